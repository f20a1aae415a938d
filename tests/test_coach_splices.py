"""Clauses that are hung on each other by commas become sentences, where their author writes so by another grammar."""

import pytest

from tests.coaching import COACH, SKETCH, review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "the goat she jump on the wall, the farmer is shout, everybody is look at her",
            "The goat jumps on the wall. The farmer shouts. Everybody looks at her.",
        ),
        (
            "the potter he turn the wheel, don't move the camera, only the lamp is moving",
            "The potter turns the wheel. Don't move the camera. Only the lamp is moving.",
        ),
    ],
)
def test_each_clause_is_a_sentence(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_what_is_right_keeps_its_commas() -> None:
    prompt = "The door opens, light pours in, and she shields her eyes."
    assert COACH.review(prompt, profile=SKETCH).rewrite.text == prompt


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "Static shot, reeds bend slowly by the bank, herons wade.",
            "Static shot, reeds bend slowly by the bank. Herons wade.",
        ),
        (
            "The camera follows a sledge as it slides downhill, spray rises from its runners.",
            "The camera follows a sledge as it slides downhill. Spray rises from its runners.",
        ),
    ],
)
def test_two_whole_clauses_are_two_sentences(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    "prompt",
    ["As the tide turns, the boats swing round.", "The guide says that when the fog lifts, the bay glitters."],
)
def test_a_clause_that_hangs_on_another_keeps_its_comma(prompt: str) -> None:
    assert review(prompt).rewrite.text == prompt
