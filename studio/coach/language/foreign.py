"""Tells a prompt that the coach cannot read: another language, or code and markup instead of prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Span

__all__ = ["unreadable"]

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN_END = "\u02af"
_VIETNAMESE = range(0x1E00, 0x1F00)
_LOOK_AT = 4000
"""Characters looked at: a language shows itself early."""


def unreadable(text: str, quotations: Sequence[Span], vocabulary: Vocabulary, is_english: Callable[[str], bool]) -> str:
    """What a text is if it is not English prose: the name of a language or of a notation; empty for English.

    Args:
        quotations: what is quoted in the text; it may be in any language.
        is_english: whether a word in lower case is in the English dictionary.
    """
    notation = _markup(text[:_LOOK_AT], vocabulary)
    if notation:
        return notation
    parts, begin = [], 0
    for span in quotations:
        parts.append(text[begin : span.start])
        begin = span.end
    text = " ".join((*parts, text[begin:]))[:_LOOK_AT]
    letters = [] if text.isascii() else [c for c in text if c.isalpha()]
    if sum(not _is_latin(c) for c in letters) > 0.4 * max(1, len(letters)):
        return "another script"
    return _language(text, vocabulary, is_english)


def _is_latin(character: str) -> bool:
    return character <= _LATIN_END or ord(character) in _VIETNAMESE


@lru_cache(maxsize=32)
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _markup(text: str, vocabulary: Vocabulary) -> str:
    """The notation that covers most of the lines, or that opens and closes the whole."""
    stripped = text.strip()
    for name, patterns in vocabulary.languages.markup.items():
        hits = [match for pattern in patterns for match in _pattern(pattern).finditer(stripped)]
        if name == "JSON" and stripped[:1] in {"{", "["} and stripped[-1:] in {"}", "]"} and hits:
            return name
        covered = sum(match.end() - match.start() for match in hits)
        if len(hits) >= 2 and covered > 0.3 * len(stripped):
            return name
    return ""


def _language(text: str, vocabulary: Vocabulary, is_english: Callable[[str], bool]) -> str:
    words = [match.group().replace("’", "'") for match in _WORDS.finditer(text)]
    lowers = [word.lower() for word in words]
    if len(lowers) < 3:
        return ""
    written = set(words)
    plain = [
        word
        for word, lower in zip(words, lowers, strict=True)
        if (len(word) > 2 and not word.istitle()) or lower in written
    ]
    strange = [word for word in plain if not is_english(word.lower())]
    accented = sum(not word.isascii() for word in strange)
    if len(strange) <= 0.4 * len(plain) or len(strange) < 2:
        return ""
    ours = sum(word in vocabulary.function_words for word in lowers)
    foreign = {
        name: sum(word in listed for word in lowers if len(word) > 1)
        for name, listed in vocabulary.foreign_words.items()
    }
    name, theirs = max(foreign.items(), key=lambda pair: pair[1])
    if theirs >= 2 and theirs > ours:
        return name
    return "another language" if accented + theirs >= max(3, ours + 1) else ""
