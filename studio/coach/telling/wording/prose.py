"""Sentences put together: "then" and "meanwhile", one subject said once, capitals where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.coach.vocabulary.load import Vocabulary

__all__ = ["also", "lower_first", "run_together", "then"]

_MOST_JOINED = 2  # verbs that a sentence takes on after its own
_LONG = 14  # words of a sentence past which nothing more is hung on it
_CLOSED = ("determiners", "pronouns", "prepositions", "adverbs", "sequence", "simultaneous")


def lower_first(text: str, vocabulary: Vocabulary) -> str:
    """The text as it stands inside a sentence: a name, "I" and capitals keep their letter."""
    word = re.match(r"[^\W\d_]+", text)
    if not word or word.group() == "I" or (len(word.group()) > 1 and word.group().isupper()):
        return text
    lower = word.group().lower()
    known = any(lower in vocabulary.sets[name] for name in _CLOSED)
    known = known or lower in vocabulary.noun_kinds or lower in vocabulary.nouns.mass or lower in vocabulary.verb_forms
    plain = known or lower in vocabulary.adjectives or lower in {"there", "here"} or lower.endswith(("s", "ly", "ing"))
    return text[0].lower() + text[1:] if plain else text


def then(before: str, text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Two sentences in order, as (first, second); the second is "" where one sentence says both."""
    if re.match(r"(?:then|finally|next|afterwards|after that|meanwhile|in the final|at \d)\b", text, re.IGNORECASE):
        return before, text
    verb = _shared(before, text, vocabulary)
    if verb and before.count(", ") < _MOST_JOINED:
        listed = before[:-1].replace(", then ", ", ")
        return f"{listed}, then {verb}", ""
    lead = "After that," if before.startswith("Then ") else "Then"
    return before, f"{lead} {lower_first(text, vocabulary)}"


def also(before: str, text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Two sentences at one time, as (first, second): "The woman turns and smiles." where both have one subject."""
    verb = _shared(before, text, vocabulary)
    if verb and " and " not in before and before.count(", ") < _MOST_JOINED and len(before.split()) < _LONG:
        return f"{before[:-1]} and {verb}", ""
    return before, text


def run_together(said: Iterable[tuple[str, bool]], vocabulary: Vocabulary) -> str:
    """Sentences as one text; each says whether it follows the one before in time."""
    sentences: list[str] = []
    for text, follows in said:
        if text and follows and sentences:
            sentences[-1:] = then(sentences[-1], text, vocabulary)
        else:
            sentences.append(text)
        sentences = [sentence for sentence in sentences if sentence]
    return " ".join(sentences)


def _shared(before: str, text: str, vocabulary: Vocabulary) -> str:
    """The second sentence without its subject, where both sentences have the same one; else ""."""
    if not before.endswith(".") or before.endswith("..") or before.count(". "):
        return ""
    first, second = before[:-1].split(), text.split()
    same = 0
    while same < min(len(first), len(second)) - 1 and first[same].lower() == second[same].lower():
        same += 1
    while same and second[same - 1].endswith("ly"):
        same -= 1
    single = same == 1 and (second[0].lower() in vocabulary.sets["pronouns"] or not first[0].islower())
    if not same or (same == 1 and not single) or (same == 1 and second[0].lower() in vocabulary.sets["determiners"]):
        return ""
    if any(_is_finite(word, vocabulary) for word in second[1:same]):
        return ""
    if not (_opens_verb(first[same:], vocabulary) and _opens_verb(second[same:], vocabulary)):
        return ""
    return " ".join(second[same:])


def _opens_verb(words: list[str], vocabulary: Vocabulary) -> bool:
    while words and words[0].endswith("ly"):
        words = words[1:]
    word = words[0].strip(".,").lower() if words else ""
    return _is_finite(word, vocabulary) or (word.endswith("s") and word not in vocabulary.noun_kinds)


def _is_finite(word: str, vocabulary: Vocabulary) -> bool:
    return any(form in {"s", "base"} for _, form in vocabulary.verb_forms.get(word.lower(), ()))
