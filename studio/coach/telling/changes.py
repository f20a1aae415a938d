"""What turns one text into another, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate

from studio.advice import Edit

__all__ = ["changes"]

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


def changes(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that make `after` of `before`, in order; none overlap."""
    if before == after:
        return ()
    return tuple(_edits(before, after))


def _edits(before: str, after: str) -> Iterator[Edit]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    starts, places = ([0, *accumulate(map(len, pieces))] for pieces in (old, new))
    for name, first, last, begin, end in SequenceMatcher(None, old, new).get_opcodes():
        if name != "equal":
            yield Edit(start=starts[first], end=starts[last], replacement=after[places[begin] : places[end]])
