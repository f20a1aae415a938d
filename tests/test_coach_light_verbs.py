"""Deeds that are no motion verb of a list: nouns behind light verbs, a second verb of a row."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "The knight blinks, then gives a weary look. Masterpiece, 4k",
            "The knight blinks, then gives a weary look.",
        ),
        (
            "Mist rises from the pond. The surface has faint ripples. Masterpiece, 4k",
            "Mist rises from the pond. The surface has faint ripples.",
        ),
        (
            "An otter playing a flute and inviting a crowd of frogs to a feast",
            "The otter plays a flute and invites a crowd of frogs to a feast.",
        ),
    ],
)
def test_a_deed_by_other_words_stays(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "kept"),
    [
        ("Colours shift between warm and cool tones, museum light, masterpiece", "between warm and cool tones"),
        ("A paper boat drifting down a gutter", "paper boat"),
        ("A golden retriever runs along the shore, wearing a stylish red scarf.", "golden retriever"),
    ],
)
def test_what_a_thing_is_called_stays_whole(prompt: str, kept: str) -> None:
    assert kept in review(prompt).rewrite.text


def test_what_is_joined_to_a_light_that_goes_goes_with_it() -> None:
    text = review("A courier walks down an alley filled with pink neon and animated signs. She waves.").rewrite.text
    assert text == "A courier walks down an alley. She waves."


def test_how_all_moves_is_no_deed() -> None:
    text = review("Pupils walk to school. Realistic human motion, natural body movement.").rewrite.text
    assert text == "Pupils walk to school."
