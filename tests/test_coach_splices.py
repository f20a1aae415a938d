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
