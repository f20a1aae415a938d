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


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Pouring tea into a glass", "Tea is poured into a glass."),
        ("Stirring the soup with a long spoon.", "The soup is stirred with a long spoon."),
        ("Slicing two pears on a board.", "Two pears are sliced on a board."),
    ],
)
def test_what_is_done_by_nobody_who_is_named_is_done_to_the_thing(prompt: str, said: str) -> None:
    rewrite = review(prompt).rewrite
    assert rewrite.text == said
    assert not rewrite.removed


@pytest.mark.parametrize("prompt", ["Running water flows over stones.", "Breaking waves on the shore."])
def test_an_adjective_in_ing_is_no_deed_of_nobody(prompt: str) -> None:
    assert " is " not in review(prompt).rewrite.text
    assert " are " not in review(prompt).rewrite.text


def test_a_first_that_nothing_follows_goes() -> None:
    prompt = "The boy first combs his hair, then turns to walk to the gate, and finally stops to look back at the sea."
    assert review(prompt).rewrite.text == "The boy combs his hair."


def test_a_line_that_is_spoken_stays_whatever_its_words() -> None:
    assert '"Hold tight!"' in review('The guard yells: "Hold tight!" The door shakes, masterpiece, 4k.').rewrite.text
