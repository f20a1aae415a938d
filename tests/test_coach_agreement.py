"""A beat changed on the timeline is said as it was changed."""

import pytest

from studio.coach.timeline.agreement import beat_words
from studio.coach.vocabulary.load import load_vocabulary
from studio.settings import Settings
from studio.shot import Beat

WORDS = load_vocabulary(Settings().presets / "vocabulary")


@pytest.mark.parametrize(
    ("text", "move", "level", "said"),
    [
        ("The camera slowly pushes in.", "dolly_in", 1, "The camera slowly pushes in."),
        ("The camera slowly pushes in on the cup.", "dolly_in", 3, "The camera quickly pushes in on the cup."),
        ("The camera slowly pushes in.", "pan_left", 2, "The camera pans left."),
        ("", "tilt_up", 1, "The camera slowly tilts up."),
        ("A closer look at the label.", "dolly_in", 1, "The camera slowly pushes in: a closer look at the label."),
        ("The camera pushes in.", "static", 2, "The camera holds still."),
    ],
)
def test_a_camera_beat_says_its_move_and_level(text, move, level, said):
    beat = Beat(layer="camera", start=0, end=2, text=text, move=move, level=level, origin="user")
    assert beat_words(beat, WORDS) == said


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("The cat walks home.", 2, "The cat walks home."),
        ("The cat walks home.", 1, "The cat slowly walks home."),
        ("The cat quickly walks home.", 1, "The cat slowly walks home."),
        ("soft piano music", 3, "Soft piano music."),
    ],
)
def test_an_action_says_its_level(text, level, said):
    assert beat_words(Beat(layer="subject", start=0, end=2, text=text, level=level, origin="user"), WORDS) == said


def test_the_authors_own_sentence_stands():
    beat = Beat(layer="subject", start=0, end=2, text="The cat darts home.", level=3)
    assert beat_words(beat, WORDS) == "The cat darts home."
