"""Pieces that their author set apart by wide spaces and gave no stop: "an old harbour  Two gulls circling  A dog"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["wide_spaces"]

_WIDE = re.compile(r"[ \t]{2,}")
_ENDING = {"NOUN", "ADV", "ADJ", "VERB"}
_LEAST = 3  # words of a piece
_OPENING = {"DET", "NUM"}
_ROW = 2  # wide spaces that make a habit of it


def wide_spaces(parse: Parse) -> Iterator[Edit]:
    """A full stop for each wide space behind which another piece begins with a capital."""
    found = [pair for pair in pairwise(parse.reading.words) if _parts(*pair, parse)]
    for first, second in found:
        after = parse.reading.words[second.index + 1 : second.index + _LEAST]
        small = len(after) == _LEAST - 1 and all(w.text.islower() and w.sentence == second.sentence for w in after)
        sure = second.kind in _OPENING or second.lower in {"a", "an", "the"} or len(found) >= _ROW
        if small and sure:
            yield Edit(start=first.end, end=second.start, replacement=". ")


def _parts(first: Word, second: Word, parse: Parse) -> bool:
    gap = parse.prompt[first.end : second.start]
    ahead = second.index - parse.reading.starts[second.sentence]
    opens = second.text.istitle() or second.text == "A"
    apart = bool(_WIDE.fullmatch(gap)) and first.sentence == second.sentence and ahead >= _LEAST
    hidden = parse.masks.hides(first.start, second.end)
    return apart and opens and first.kind in _ENDING and not hidden
