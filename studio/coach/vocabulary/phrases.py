"""Phrases looked up in a list of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

__all__ = ["Phrases", "split_phrase"]

Value = TypeVar("Value")

_PIECE = re.compile(r"[’']s\b|[^\W_]+(?:[.:][^\W_]+)*(?:n[’']t)?|\S", re.UNICODE)


def split_phrase(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, as ``language.read`` gives them: lower case, split at spaces and hyphens."""
    return tuple(piece for piece in _PIECE.findall(phrase.lower()) if piece != "-")


class Phrases(Generic[Value]):
    """Longest-match lookup of phrases in a list of words; linear in the words."""

    def __init__(self, table: Iterable[tuple[str, Value]]) -> None:
        self._table: dict[tuple[str, ...], Value] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, value in table:
            pieces = split_phrase(phrase)
            if pieces:
                self._table.setdefault(pieces, value)
                lengths.setdefault(pieces[0], set()).add(len(pieces))
        # of each first word how long its phrases are, the longest first
        self._lengths = {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    def at(self, words: tuple[str, ...], index: int) -> tuple[int, Value] | None:
        """The longest phrase that begins at `index`, as (end, value)."""
        for length in self._lengths.get(words[index], ()):
            pieces = words[index : index + length]  # fewer at the end of the words
            value = self._table.get(pieces)
            if value is not None:
                return index + len(pieces), value
        return None

    def find(self, words: tuple[str, ...]) -> list[tuple[int, int, Value]]:
        """Every phrase as (start, end, value), left to right, none overlapping."""
        found: list[tuple[int, int, Value]] = []
        free = 0
        openers = self._lengths
        if openers.keys().isdisjoint(words):  # most tables on most prompts
            return found
        for index in [index for index, word in enumerate(words) if word in openers]:
            hit = self.at(words, index) if index >= free else None
            if hit:
                found.append((index, *hit))
                free = hit[0]
        return found
