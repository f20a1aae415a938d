"""Every camera move is explained in a sentence."""

from __future__ import annotations

from studio.shot import MOVES
from studio.ui.moves import MEANING, SEEN, WAYS, label


def test_every_move_of_the_menu_has_a_meaning_in_one_sentence() -> None:
    assert set(MEANING) == set(MOVES)
    assert all(text.startswith("The ") and text.endswith(".") for text in MEANING.values())


def test_every_move_is_called_by_its_term_and_by_what_it_does() -> None:
    assert set(SEEN) == set(MOVES)
    assert label("rack_focus", "out") == "Rack focus → background"
    assert label("dolly_in") == "Dolly in → closer"
    assert label("roll_ccw") == "Roll → leans counter-clockwise"
    for move in MOVES:
        told = [label(move), *(label(move, way) for way in WAYS.get(move, {}))]
        assert all(0 < len(one.split(" → ")[1].split()) <= 5 for one in told)
        plain = " ".join(one.split(" → ")[1] for one in told)
        assert not any(field in plain for field in ("dolly", "truck", "cw", "rack", "fpv"))
