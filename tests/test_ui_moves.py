"""Every camera move is explained in a sentence."""

from __future__ import annotations

from studio.shot import MOVES
from studio.ui.moves import MEANING


def test_every_move_of_the_menu_has_a_meaning_in_one_sentence() -> None:
    assert set(MEANING) == set(MOVES)
    assert all(text.startswith("The ") and text.endswith(".") for text in MEANING.values())
