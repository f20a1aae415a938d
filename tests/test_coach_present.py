"""A tale in the past is told in the present, where who does it is known."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("She opened the old crate and looked inside.", "She opens the old crate and looks inside."),
        ("They explored a cave, chased bats, and sang.", "They explore a cave, chase bats, and sing."),
        (
            "The king rode into the forest. His horse jumped over a log.",
            "The king rides into the forest. His horse jumps over a log.",
        ),
        (
            "A girl was dancing in the rain while her friends watched.",
            "A girl is dancing in the rain while her friends watch.",
        ),
        ("The farmer and his son walked to the river.", "The farmer and his son walk to the river."),
        (
            "A man dressed in black walked slowly along the pier and stopped when the ship arrived.",
            "A man dressed in black walks slowly along the pier and stops when the ship arrives.",
        ),
    ],
)
def test_a_tale_is_told_in_the_present(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_what_is_no_verb_of_a_tale_stays() -> None:
    prompt = "A dragon carved in stone breathes smoke."
    assert review(prompt).rewrite.text == prompt
