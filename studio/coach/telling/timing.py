"""The times of a prompt put back to what they time: "[0-2s] The dog sits.", "At 2 seconds, she smiles."."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from studio.coach.cues.parse import Parse
from studio.coach.language.times import HEADINGS, TimeMark
from studio.coach.telling.draft import Bit, Draft, said
from studio.coach.telling.prose import lower_first

__all__ = ["with_times"]

_INLINE = {"at", "range", "first"}
_NEAR = 3  # words between a time and the clause that it opens: "at 2 seconds, then she"


def with_times(drafts: Sequence[Draft], parse: Parse) -> list[Draft]:
    """The sentences, each with the time that its author said for it, where that was lost."""
    told = list(drafts)
    marks = [mark for mark in parse.masks.times if not mark.share and mark.kind in HEADINGS | _INLINE]
    stretches = [_stretch(mark, parse) for mark in marks]
    for place, (mark, (first, last)) in enumerate(zip(marks, stretches, strict=True)):
        if first == last or any(bit.source in range(first, last) for draft in told for bit in draft):
            continue
        end = next((start for start, stop in stretches[place + 1 :] if start < stop), len(parse.reading.words))
        end = end if mark.kind in HEADINGS else min(end, last + _NEAR)
        timed = _first(told, last, end)
        if timed is not None:
            words = said(parse.reading, first, last)
            told[timed] = _headed(words, told[timed]) if mark.kind in HEADINGS else _opened(words, told[timed], parse)
    return told


def _stretch(mark: TimeMark, parse: Parse) -> tuple[int, int]:
    """The words of a time."""
    return bisect_left(parse.starts, mark.span.start), bisect_left(parse.starts, mark.span.end)


def _first(drafts: Sequence[Draft], first: int, last: int) -> int | None:
    """The sentence that says the first of ``words[first:last]`` that is said, unless it began before them."""
    begins = [min((bit.source for bit in draft if bit.source is not None), default=-1) for draft in drafts]
    within = [(begin, place) for place, begin in enumerate(begins) if first <= begin < last]
    return min(within)[1] if within else None


def _headed(words: Draft, draft: Draft) -> Draft:
    opening = draft[0]
    return (*words, replace(opening, text=opening.text[:1].upper() + opening.text[1:]), *draft[1:])


def _opened(words: Draft, draft: Draft, parse: Parse) -> Draft:
    comma = () if words[-1].text == "," else (Bit(",", filler=True),)
    opening = draft[0]
    return (*words, *comma, replace(opening, text=lower_first(opening.text, parse.vocabulary)), *draft[1:])
