"""The words of the prompt grammar: ``lexicon.toml`` and the coach's own vocabulary together."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from studio.coach.vocabulary.load import Vocabulary

__all__ = ["Lexicon", "load_lexicon"]

_FILE = Path(__file__).with_name("lexicon.toml")
_RARE = -16.0
"""The natural logarithm of the share in running text under which a word is rare."""
_OWN_IRREGULAR = {
    "lay": ("laid", "laid"), "deal": ("dealt", "dealt"), "sew": ("sewed", "sewn"), "weave": ("wove", "woven"),
    "knit": ("knit", "knit"), "lead": ("led", "led"), "feed": ("fed", "fed"), "saw": ("sawed", "sawn"),
}  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """Lists of words by name; ``noun_lists`` names those that hold nouns, the likelier ones more than once."""

    words: Mapping[str, tuple[str, ...]]
    noun_lists: tuple[str, ...]
    plurals: Mapping[str, str]
    irregular: Mapping[str, tuple[str, str]]


def load_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Read the lists and add the vocabulary's nouns and verbs to them."""
    words = {name: tuple(listed) for name, listed in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}
    nouns, verbs = vocabulary.nouns, vocabulary.verbs
    plurals = {pair for pair in vocabulary.singulars if vocabulary.singulars[pair] != pair}
    for kind in ("person", "animal", "body", "scenery", "vehicle", "thing"):
        words[kind] = tuple(noun for noun in getattr(nouns, kind) if noun.isalpha() and noun not in plurals)
    plain = frozenset(verbs.particles)
    for ours, theirs in (
        ("intransitive", (*verbs.micro, *verbs.whole, *verbs.scene)),
        ("transitive", verbs.local),
    ):
        extra = tuple(lemma for lemma in theirs if lemma.isalpha() and lemma not in plain)
        words[ours] = words[ours] * 2 + extra
    words["any_noun"], words["any_verb"] = _dictionary("noun"), _dictionary("verb")
    words["any_adjective"] = tuple(adjective for adjective in _dictionary("adj") if not adjective.endswith("ly"))
    noun_lists = (
        "any_noun",
        "any_noun",
        "person",
        "animal",
        "body",
        "scenery",
        "thing",
        "extra_nouns",
        "extra_nouns",
        "vehicle",
        "places",
    )
    words["intransitive"] = _mixed(words["intransitive"], words["any_verb"])
    words["transitive"] = _mixed(words["transitive"], words["any_verb"])
    return Lexicon(words, noun_lists, dict(nouns.irregular_plural), {**_OWN_IRREGULAR, **verbs.irregular})


def _mixed(ours: tuple[str, ...], dictionary: tuple[str, ...]) -> tuple[str, ...]:
    """Our list repeated until about three draws in four come from it, the rest from the whole dictionary."""
    return ours * max(1, round(3 * len(dictionary) / len(ours))) + dictionary


def _dictionary(part: str) -> tuple[str, ...]:
    """The plain words of a part of speech in spaCy's lemma tables that people use: no word's class shall be learnt by
    heart alone."""
    from spacy.lang.en import English

    lemmatizer: Any = English().add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize()
    listed = lemmatizer.lookups.get_table("lemma_index")[part]
    frequent = _frequent()
    return tuple(sorted(word for word in listed if word in frequent and word.isalpha() and 2 < len(word) < 13))


@cache
def _frequent() -> frozenset[str]:
    """The words of spaCy's table of frequencies above a floor, which leaves out what only dictionaries know."""
    from spacy import registry
    from spacy.util import load_language_data

    table = load_language_data(registry.lookups.get("en")["lexeme_prob"])
    return frozenset(word for word, logarithm in table.items() if logarithm > _RARE and word.isascii())
