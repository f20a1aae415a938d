"""Whether a text made out of a prompt reads as English."""

from __future__ import annotations

import pytest

from studio.coach.cues.parse import parse
from studio.coach.telling.checks.soundness import is_sound
from studio.coach.vocabulary.load import load_vocabulary
from studio.settings import ROOT, Settings

VOCABULARY = load_vocabulary(Settings().presets / "vocabulary", ROOT / "assets" / "models")


def sound(text: str) -> bool:
    return is_sound(parse(text, VOCABULARY))


@pytest.mark.parametrize(
    "text",
    [
        "The potter shapes a bowl on a wheel.",
        "As rain falls, the woman opens her umbrella.",
        "The ball that rolls down the stairs hits the wall.",
        "The camera slowly pushes in.",
        "Slow pan left over the harbour.",
        "She watches the dog run along the beach.",
        "The man turns around.",
        "There is heavy rain.",
    ],
)
def test_sentences_are_sound(text):
    assert sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "The bus is takes off.",
        "The man begins to walks home.",
        "After placing the sign.",
        "Casting shadows that dance on the walls.",
        "As he runs along the beach.",
        "Once there is the clockmaker builds a bird.",
        "The girl looks at the.",
        "The man walks with.",
        "And the dog barks.",
        "The the dog barks.",
        "Which spins on the table.",
        "The dog barks and.",
        "The dragon flies over the castle and breathing fire.",
        "Clouds to move.",
    ],
)
def test_what_lost_a_part_is_not(text):
    assert not sound(text)
