"""What does not fit into one shot is offered as the next one, in the author's words."""

import pytest

from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]


def next_shot(prompt, seconds=5.0):
    return COACH.review(prompt, Brief(seconds=seconds), profile=SKETCH).next_shot


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("A baker kneads dough. Cut to the oven, where the bread rises.", "The oven, where the bread rises."),
        ("Shot 1: A man walks. Shot 2: He runs away.", "He runs away."),
        ("At 1s the cat jumps. At 7s the dog barks.", "At 2 seconds, the dog barks."),
        ("At 1s the cat jumps. At 5s the dog barks.", "The dog barks."),
        (
            "The woman turns, walks to the door, opens the box, steps out and waves.",
            "The woman opens the box, steps out, then waves.",
        ),
    ],
)
def test_what_is_left_over_is_the_next_shot(prompt, text):
    assert next_shot(prompt) == text


@pytest.mark.parametrize("prompt", ["The cat jumps.", "", "A mug on a table.", "The camera pans left, then tilts up."])
def test_nothing_is_left_over_where_everything_fits(prompt):
    assert next_shot(prompt) == ""


def test_what_comes_after_a_cut_is_no_beat_of_this_shot():
    review = COACH.review("A baker kneads dough. Cut to the oven. A cat jumps.", profile=SKETCH)
    assert not any("cat" in beat.text for beat in review.timeline.beats)
    assert "cat jumps" in review.next_shot


def test_actions_that_say_their_time_stay_however_many_they_are():
    prompt = "[0-1s] The man turns. [1-2s] He walks. [2-3s] He stops. [3-4s] He waves. [4-5s] He smiles."
    assert next_shot(prompt) == ""


def test_a_longer_clip_leaves_less_over():
    prompt = "The woman turns, walks to the door, opens the box, steps out and waves."
    assert len(next_shot(prompt, 10.0)) < len(next_shot(prompt, 5.0))
