"""The word lists agree with each other: a word that two of them claim for different things is named."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from studio.coach.vocabulary.load import load_vocabulary
from studio.coach.vocabulary.wordlists import Nouns, Verbs
from studio.settings import ROOT

VOCABULARY = load_vocabulary(ROOT / "presets" / "vocabulary")
KINDS = ("person", "animal", "body", "vehicle", "scenery", "thing")
MOTIONS = ("micro", "local", "whole", "scene", "transform", "light")
EITHER = {
    *("age", "arrange", "bathe", "beam", "cast", "cover", "dangle", "decorate", "diffuse", "dress", "fill", "set"),
    "weigh",
}
"""A look or a motion, as the subject and the object decide."""


@pytest.mark.parametrize("name", [*(f"nouns.{kind}" for kind in KINDS), *(f"verbs.{motion}" for motion in MOTIONS)])
def test_no_list_holds_a_word_twice(name: str) -> None:
    file, _, key = name.partition(".")
    counts = Counter(getattr(getattr(VOCABULARY, file), key))
    assert [word for word, times in counts.items() if times > 1] == []


@pytest.mark.parametrize(("one", "other"), list(combinations(KINDS, 2)))
def test_a_noun_is_of_one_kind(one: str, other: str) -> None:
    assert set(getattr(VOCABULARY.nouns, one)) & set(getattr(VOCABULARY.nouns, other)) == set()


@pytest.mark.parametrize("still", ["state", "light_state"])
@pytest.mark.parametrize("motion", MOTIONS)
def test_a_verb_that_moves_nothing_is_no_motion(still: str, motion: str) -> None:
    both = set(getattr(VOCABULARY.verbs, still)) & set(getattr(VOCABULARY.verbs, motion))
    assert both - EITHER == set()


@pytest.mark.parametrize("record", [VOCABULARY.verbs, VOCABULARY.nouns])
def test_a_line_of_words_is_read_word_by_word(record: Verbs | Nouns) -> None:
    lists = [words for words in record.__dict__.values() if isinstance(words, tuple)]
    words = [word for words in lists for word in words if isinstance(word, str)]
    assert [word for word in words if "," in word or word != word.strip() or not word] == []


@pytest.mark.parametrize(
    ("noun", "kind"),
    [("lynx", "animal"), ("lynxes", "animal"), ("ibexes", "animal"), ("welders", "person"), ("firemen", "person"),
     ("gondolas", "vehicle"), ("knuckles", "body"), ("dandelions", "scenery"), ("croissants", "thing")],
)  # fmt: skip
def test_a_noun_is_known_in_the_plural_too(noun: str, kind: str) -> None:
    assert VOCABULARY.noun_kinds[noun] == kind


@pytest.mark.parametrize(("spelling", "verbs"), [("lit", ["light", "lit"]), ("saw", ["see", "saw"])])
def test_of_two_verbs_with_one_spelling_the_inflected_one_comes_first(spelling: str, verbs: list[str]) -> None:
    """Always: the order once hung on the seed of Python's hashes, another in each process."""
    assert [lemma for lemma, _ in VOCABULARY.verb_forms[spelling]] == verbs
