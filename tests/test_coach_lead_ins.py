"""What leads into a clause without a mark: a pace, a place, a size of shot, a camera with an adjective."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Time-lapse of clouds drifting over a valley", "In a time-lapse, clouds drift over a valley."),
        ("Slow motion shot of a colt galloping along a shore.", "In slow motion, the colt gallops along a shore."),
        ("Quiet old harbour the fog rolls in.", "The fog rolls in."),
        ("Reeds sway. Steady cinematic camera slowly moves back.", "Reeds sway. The steady camera slowly moves back."),
        ("The weaver ties a knot extreme close-up", "The weaver ties a knot, extreme close-up."),
        ("The cat jumps on the sofa → the dog barks", "The cat jumps on the sofa, then the dog barks."),
    ],
)
def test_a_lead_in_becomes_a_part_of_a_sentence(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    "prompt", ["A postman the dog chases runs home.", "A painter in a loft the size of a barn bows."]
)
def test_a_clause_inside_a_phrase_is_no_sentence(prompt: str) -> None:
    assert review(prompt).rewrite.text.endswith(prompt)
