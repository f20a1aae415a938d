"""Camera work said in loose words, and things in the picture that only sound like it."""

from __future__ import annotations

import pytest

from tests.coaching import review

MOVES = [
    ("The camera pans, zooms and tilts.", ["pan", "zoom", "tilt_up"]),
    ("A quiet harbour, gentle camera movement forward.", ["dolly_in"]),
    ("The camera glides through the doorway.", ["fly_through"]),
    ("The camera glides through the aisle.", ["dolly_in"]),
    ("A clerk waits at his desk, static wide.", ["static"]),
    ("Drone approaches from the north, slow descent.", ["aerial_move"]),
    ("FPV drone shot, flying through a barn.", ["fpv"]),
    ("The horizon tilts as the ship sinks.", ["roll"]),
    # What somebody or something else does.
    ("As she was flying over the meadow, she sang.", []),
    ("A drone flies through overhead.", []),
    ("A blue truck left on a bridge.", []),
    ("A truck left past a row of barns.", ["truck_left"]),
]


@pytest.mark.parametrize(("prompt", "moves"), MOVES)
def test_a_move_is_found_however_it_is_said(prompt: str, moves: list[str]) -> None:
    assert [move.move for move in review(prompt).camera] == moves


def test_a_sweep_that_leads_downward_in_an_arc_goes_round_nothing() -> None:
    assert "orbit" not in {move.move for move in review("The camera descends, sweeping downward in an arc.").camera}


@pytest.mark.parametrize(
    ("prompt", "rule", "flagged"),
    [
        ("A captain yells: “Jump!” Signs blur past the ship.", "fine-text", False),
        ("A neon tower, “Iron Dawn” art style, rain falls.", "fine-text", False),
        ("Golden light painting the hills, gulls circle.", "stylised-lighting", False),
        ("The first frame shows a lake. The second frame reveals a town.", "multiple-shots", True),
        ("On the first day he plants a seed. On the second day a stem sprouts.", "too-many-actions", True),
        (
            "An old clown, white face paint, red nose, ruffled collar, gentle nod, slow blink.",
            "appearance-heavy",
            False,
        ),
    ],
)
def test_a_flag_minds_what_words_mean_beside_each_other(prompt: str, rule: str, flagged: bool) -> None:
    assert (rule in {finding.rule for finding in review(prompt).findings}) is flagged


@pytest.mark.parametrize(
    ("prompt", "lemmas"),
    [
        ("Cute robot, slow blink, small head tilt, gentle hand wave.", ["blink", "tilt", "wave"]),
        ("The statue wakes: cracks spread over its arms.", ["spread"]),
        ("A duchess stands abruptly.", ["stand"]),
        ("The guard walks past, then kneels.", ["walk", "kneel"]),
        ("A fox sits, then stands.", ["stand"]),
        ("She laughs and finally lies on the rug.", ["laugh", "lie"]),
        ("The man stands in a doorway.", []),
        ("Two sailors engage in a fierce quarrel.", ["engage"]),
        ("No one dares to enter.", []),
        ("Tiles animate into place.", ["animate"]),
        ("No head movement, a moth circles.", ["circle"]),
        ("The camera movement is static. A kettle steams.", ["steam"]),
    ],
)
def test_what_must_be_seen_holds_motions_that_are_only_named(prompt: str, lemmas: list[str]) -> None:
    assert [action.lemma for action in review(prompt).actions] == lemmas
