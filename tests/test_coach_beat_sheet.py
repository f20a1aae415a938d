"""A timeline said as words is read as the same timeline again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import LAYERS, MOVES, Beat, Brief, Timeline
from studio.terms import Direction
from tests.coach_prompts import PROMPTS

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]
WAYS = Direction.__args__

TEXTS = (
    "The cat jumps onto the shelf.", "Steam rises from the mug.", "The camera slowly pushes in.", "a closer look",
    "The camera pans left, then tilts up.", "At 2s the dog barks.", "[0s-1s] Subject: nested", "", "rain on a roof",
    'The woman says "now" and turns. The door opens.', "Light: warm", "50 % more\nlight", "Anna waves.",
    "The cat jumps.", "Nothing moves.", "cut to a beach", "no camera movement", "El gato salta.",
    "猫が跳ぶ", "🙂 smiles",
)  # fmt: skip


def read(text, seconds):
    return COACH.review(text, Brief(seconds=seconds), profile=SKETCH).timeline


def told(timeline):
    return sorted(
        (
            b.layer,
            round(b.start, 1),
            round(b.end, 1),
            b.move or "",
            b.level,
            b.direction or "",
            " ".join(b.text.split()),
        )
        for b in timeline.beats
    )


@st.composite
def timelines(draw):
    seconds = draw(st.sampled_from([1.0, 4.0, 5.0, 7.5, 12.0]))
    beats = []
    for _ in range(draw(st.integers(1, 7))):
        layer = draw(st.sampled_from(LAYERS))
        start = draw(st.integers(0, int(seconds * 10) - 2)) / 10
        end = draw(st.integers(int(start * 10) + 1, int(seconds * 10))) / 10
        move = draw(st.none() | st.sampled_from(MOVES)) if layer == "camera" else None
        text = draw(st.sampled_from(TEXTS) | st.text(max_size=40))
        level, way = draw(st.integers(1, 3)), draw(st.none() | st.sampled_from(WAYS))
        beats.append(
            Beat(layer=layer, start=start, end=end, text=text, move=move, level=level, direction=way, origin="user")
        )
    return Timeline(seconds=seconds, beats=tuple(beats))


@settings(max_examples=120, deadline=None)
@given(timelines())
def test_a_timeline_made_by_hand_comes_back_whole(timeline):
    assert told(read(COACH.say(timeline), timeline.seconds)) == told(timeline)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PROMPTS), st.sampled_from([4.0, 5.0, 8.0]))
def test_a_timeline_read_from_a_prompt_comes_back_whole(prompt, seconds):
    timeline = read(prompt, seconds)
    assert told(read(COACH.say(timeline), seconds)) == told(timeline)


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("move", MOVES)
def test_every_move_at_every_level_comes_back(move, level):
    beat = Beat(layer="camera", start=1, end=3, text="a look at the mug", move=move, level=level, origin="user")
    timeline = Timeline(seconds=5, beats=(beat,))
    assert told(read(COACH.say(timeline), 5.0)) == told(timeline)


def test_what_plain_words_say_is_said_in_plain_words():
    timeline = read("The camera slowly pushes in. At 2s the cat jumps.", 5.0)
    assert COACH.say(timeline) == "[0s-5s] The camera slowly pushes in.\n[2s-4.25s] The cat jumps."


def test_what_the_words_leave_out_is_said_beside_them():
    beat = Beat(layer="camera", start=0, end=2, text="a closer look", move="dolly_in", level=1, origin="user")
    said = COACH.say(Timeline(seconds=5, beats=(beat,)))
    assert said == "[0s-2s] Camera (dolly in, slowly, straight): a closer look"


def test_words_in_another_language_are_kept_too():
    beat = Beat(layer="subject", start=0, end=2, text="猫が棚の上に跳ぶ。" * 20, origin="user")
    timeline = Timeline(seconds=5, beats=(beat,))
    assert told(read(COACH.say(timeline), 5.0)) == told(timeline)


def test_an_empty_timeline_says_nothing():
    assert COACH.say(Timeline(seconds=5)) == ""
