"""How fast a move is, said behind a mark, and ways that lead into a place."""

from __future__ import annotations

import pytest

from tests.coaching import review

FAST = [
    "The camera zooms out from the stage, fast speed.",
    "Camera pans left over the quay, very quickly.",
    "Camera moving in, speed fast.",
]
CALM = [
    "The camera zooms out from the stage, at a very slow pace.",
    "The camera pans right, a fast train passes.",
    "The camera zooms in, slowly, soft light.",
]
MOVES = [
    ("The camera zooms out from the stage, fast speed.", ["zoom_out"]),
    ("Camera fast zooms out of the loft.", ["zoom_out"]),
    ("A calm walkthrough of a loft with brick walls.", ["fly_through"]),
    ("The camera pushes toward the gate, then through it.", ["fly_through"]),
    ("The camera flies under the viaduct.", ["fly_through"]),
    ("Seen in a slow camera movement towards the left.", ["truck_left"]),
    ("The camera pushes in on a lantern as moths fly through the smoke.", ["dolly_in"]),
]


@pytest.mark.parametrize("prompt", FAST)
def test_a_pace_behind_the_comma_makes_a_move_fast(prompt: str) -> None:
    assert "aggressive-camera" in [finding.rule for finding in review(prompt).findings]


@pytest.mark.parametrize("prompt", CALM)
def test_a_pace_of_something_else_or_a_slow_one_leaves_a_move_calm(prompt: str) -> None:
    assert "aggressive-camera" not in [finding.rule for finding in review(prompt).findings]


@pytest.mark.parametrize(("prompt", "moves"), MOVES)
def test_a_way_and_a_pace_are_read_as_one_move(prompt: str, moves: list[str]) -> None:
    assert [move.move for move in review(prompt).camera] == moves
