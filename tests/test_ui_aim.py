"""What a camera beat names as its target."""

from __future__ import annotations

import pytest

from studio.ui.aim import _target


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Slow dolly-in towards the mug.", "the mug"),
        ("The camera arcs slowly a few degrees to the left around the bust.", "the bust"),
        ("The camera pushes in on the old lighthouse as waves roll in.", "the old lighthouse"),
        ("The camera slowly pans to the left.", ""),
        ("The focus shifts to the background.", ""),
        ("The camera arcs around the subject.", ""),
        ("The camera slowly pushes in.", ""),
    ],
)
def test_a_target_is_a_thing_and_no_side_of_the_picture(text: str, named: str) -> None:
    assert _target(text) == named
