"""What counts as motion: nouns that name one, light beams, what a denial does not reach; and looks that are none."""

from __future__ import annotations

import pytest

from tests.coaching import review

STILL = [
    "A porcelain cat with painted paws, studio light.",
    "A tablet that allows users to choose a font, white desk.",
    "His coat appears somewhat worn, grey wall.",
    "The field is divided into four plots.",
    "A cottage, the sun shining brightly above.",
    "A dog on a sofa  Message: bark (Font: MODERN)",
    "In a style of calming and delicate watercolour, a lake.",
    "Sun shining through the pines, a bench.",
    "A hall divided by columns, lit by lanterns.",
    "A phone showing a message: rain (Font: SERIF)",
    "A man with tattooed hands and lion paws.",
    "The mirror appears cracked and dusty.",
]
MOVING = [
    "Two pilots in conversation beside a plane.",
    "Intense showdown between a samurai and an ogre.",
    "A laser show over the harbour.",
    "Coffee splash on marble.",
    "A searchlight beam sweeping over the harbour.",
    "A cold beam shines on the singer.",
    "A wheel that does not touch the ground is spinning.",
    "A red Ferrari 250 speeding along the coast.",
    "Basketball dunk in slow motion.",
    "A bear that doesn't look at us is eating.",
    "The dog paws at the door.",
    "A car chase in the desert.",
    "The mirror appears in the hall.",
    "A girl who can't swim is laughing.",
]


def still(prompt: str) -> bool:
    return any(finding.rule == "no-motion" for finding in review(prompt).findings)


@pytest.mark.parametrize("prompt", STILL)
def test_looks_letters_and_what_could_be_done_are_no_motion(prompt):
    assert still(prompt)


@pytest.mark.parametrize("prompt", MOVING)
def test_motion_is_seen_in_nouns_beams_and_behind_a_denied_clause(prompt):
    assert not still(prompt)
