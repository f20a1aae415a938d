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
        ("Colours shift between pale and deep tones, museum light, masterpiece", "between pale and deep tones"),
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
    text = review("Pupils walk to school. Realistic human movement, natural body motion.").rewrite.text
    assert text == "Pupils walk to school."


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "The heavy gate begins to creak open. Dust falls, masterpiece.",
            "The gate begins to creak open. Dust falls.",
        ),
        (
            "The clerk suddenly took out a card that said “yes” with one hand",
            "The clerk suddenly takes out a card with one hand.",
        ),
        (
            "A clown first bows and then suddenly burst into laughter.",
            "A clown first bows and then suddenly bursts into laughter.",
        ),
        ("Old-looking cellar. A rat appears.", "A rat appears."),
        ("A fox named Rufus waits. He digs a hole, masterpiece.", "The fox named Rufus waits. Rufus digs a hole."),
        (
            "Low steady mist, the head slightly nodding, gentle hand wave",
            "The head slightly nods. The hand gently waves.",
        ),
        ("Eyes lift slowly. 5 seconds, deeply human, cinematic.", "Eyes lift slowly."),
    ],
)
def test_what_begins_is_asked_or_is_named_stays_a_deed(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Kites were floating over the roofs", "Kites float over the roofs."),
        (
            "Make a clip of a girl giving a shell to her aunt and then her aunt hugging her.",
            "The girl gives a shell to her aunt and then her aunt hugs her.",
        ),
        ("Artistic sequence of a dancer performing a solo", "The dancer performs a solo."),
    ],
)
def test_what_a_clip_shows_is_told_in_the_present(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_who_is_made_to_smile_smiles() -> None:
    assert review("make a girl smile").rewrite.text == "The girl smiles."


def test_a_number_before_a_name_of_two_words_makes_no_plural_of_the_first() -> None:
    text = review("Two mountain climbing scouts stumble through fresh snow.").rewrite.text
    assert "mountains" not in text


def test_a_participle_that_was_taken_for_a_noun_is_told_as_a_verb() -> None:
    assert (
        review("Father covering sleeping son with coat.").rewrite.text
        == "The father covers the sleeping son with coat."
    )
