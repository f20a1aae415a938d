"""Verbs and nouns are ended as a careful author would have; what the author said is kept."""

import pytest

from studio.coach.telling.endings import endings
from tests.coaching import COACH, SKETCH, review

MENDED = {
    "The cook is lift the lid and he smile, after he wipe it": ("The cook lifts the lid and he smiles."),
    "the puppy must to wake up and yawn": "The puppy wakes up and yawns.",
    "the nun she open the gate and wave to the boy": "The nun opens the gate and waves to the boy.",
    "the skater make three turn and after fall to the ice": "The skater makes three turns and then falls to the ice.",
    "I need video where the kettle is shake and the steam is rise": "The kettle shakes and the steam rises.",
    "don't make him jump, he should just walk off and look back": (
        "Don't make him jump, he just walks off and looks back."
    ),
    "the nun in the grey coat she lift the bell and everybody clap": (
        "The nun in the grey coat lifts the bell and everybody claps."
    ),
    "Instead of laughing she should frown and step back.": "Instead of laughing she frowns and steps back.",
}


@pytest.mark.parametrize(("prompt", "said"), MENDED.items())
def test_foreign_endings_are_mended_in_the_rewrite(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    "prompt",
    [
        "The gate is open.",
        "Let it fall.",
        "Should he go, she waves.",
        "A three piece suit.",
        "The nun with the goat she loves walks home.",
    ],
)
def test_what_is_right_is_not_mended(prompt: str) -> None:
    assert not list(endings(COACH.context(prompt, profile=SKETCH).parse))
