"""What turns one text into another, word by word, over several passes of edits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from studio.advice import Edit

__all__ = ["changes", "revised", "stem", "traced"]

_STEM = 4  # letters
_NEW = -1
_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


def changes(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that make `after` of `before`, in order; none overlap."""
    if before == after:
        return ()
    return tuple(_edits(before, after))


def _edits(before: str, after: str) -> Iterator[Edit]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    starts, places = ([0, *accumulate(map(len, pieces))] for pieces in (old, new))
    matcher = SequenceMatcher(None, list(map(stem, old)), list(map(stem, new)))
    for name, first, last, begin, end in matcher.get_opcodes():
        if name != "equal":
            yield Edit(start=starts[first], end=starts[last], replacement=after[places[begin] : places[end]])
            continue
        for index, place in zip(range(first, last), range(begin, end), strict=True):
            if old[index] != new[place]:  # "quick" and "quickly" are one word
                yield Edit(start=starts[index], end=starts[index + 1], replacement=new[place])


def stem(piece: str) -> str:
    """What two forms of a word have in common."""
    return piece.lower()[:_STEM]


def revised(origins: Sequence[int], edits: Sequence[Edit]) -> list[int]:
    """Where each character of a text comes from (`_NEW` for one that is not of the source), after further edits."""
    told = list(origins)
    for edit in reversed(edits):
        told[edit.start : edit.end] = [_NEW] * len(edit.replacement)
    return told


def traced(source: str, text: str, origins: Sequence[int]) -> tuple[Edit, ...]:
    """The edits that make `text` of `source`, where it is known which character comes from where."""
    return tuple(_traced(source, text, origins))


def _traced(source: str, text: str, origins: Sequence[int]) -> Iterator[Edit]:
    start = begin = 0  # of what is not yet told, in the source and in the text
    for place, origin in enumerate((*origins, len(source))):
        if origin == _NEW:
            continue
        if origin == start and place == begin:
            start, begin = origin + 1, place + 1
            continue
        for edit in _edits(source[start:origin], text[begin:place]):
            yield Edit(start=edit.start + start, end=edit.end + start, replacement=edit.replacement)
        start, begin = origin + 1, place + 1
