"""The times of a prompt put back to what they time: "[0-2s] The dog sits.", "At 2 seconds, she smiles."."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from studio.coach.cues.parse import Parse
from studio.coach.language.times import HEADINGS, TimeMark
from studio.coach.telling.wording.draft import Bit, Draft, said
from studio.coach.telling.wording.prose import lower_first

__all__ = ["with_times"]

_INLINE = {"at", "range", "first"}
_NEAR = 8  # words between a time and the verb of the clause that it opens: "at 2 seconds, then the old woman"


def with_times(drafts: Sequence[Draft], parse: Parse) -> list[Draft]:
    """The sentences, each with the time that its author said for it, where that was lost."""
    told = list(drafts)
    marks = [mark for mark in parse.masks.times if not mark.share and mark.kind in HEADINGS | _INLINE]
    stretches = [_stretch(mark, parse) for mark in marks]
    for place, (mark, (first, last)) in enumerate(zip(marks, stretches, strict=True)):
        inside = _bracketed(mark, parse)
        if inside:  # of its own bracket only the time is said
            own = {*range(first, last), *(w.index for w in parse.reading.words[last : last + 1] if w.text == "]")}
            told = [tuple(bit for bit in draft if bit.source not in own) for draft in told]
        if first == last or any(bit.source in range(first, last) for draft in told for bit in draft):
            continue
        end = next((start for start, stop in stretches[place + 1 :] if start < stop), len(parse.reading.words))
        heads = mark.kind in HEADINGS or inside
        timed = _first(told, last, end if heads else min(end, last + _NEAR), parse)
        if timed is None or (mark.kind in HEADINGS and not inside and _apart(told[timed], last, parse)):
            continue
        words = said(parse.reading, first, last)
        words = (Bit("[", filler=True), *words, Bit("]", filler=True)) if inside else words
        told[timed] = _headed(words, told[timed]) if heads else _opened(words, told[timed], parse)
    return told


def _stretch(mark: TimeMark, parse: Parse) -> tuple[int, int]:
    """The words of a time."""
    return bisect_left(parse.starts, mark.span.start), bisect_left(parse.starts, mark.span.end)


def _bracketed(mark: TimeMark, parse: Parse) -> bool:
    """Whether a time stands among other words in square brackets: "[Shot 1 | 0-4s]"."""
    before, behind = parse.prompt[: mark.span.start].rpartition("[")[2], parse.prompt[mark.span.end :].partition("]")[0]
    opened = "[" in parse.prompt[: mark.span.start] and not {"]", "\n"} & set(before)
    return opened and mark.span.text[:1] != "[" and not {"[", "\n"} & set(behind)


def _apart(draft: Draft, index: int, parse: Parse) -> bool:
    """Whether what comes right behind a time was left out, so that a later sentence is no longer timed by it."""
    words = parse.reading.words
    sources = (bit.source for bit in draft if bit.source is not None and bit.source >= index)
    return index < len(words) and all(words[source].sentence != words[index].sentence for source in sources)


def _begin(draft: Draft, parse: Parse) -> int:
    """Where a sentence begins in the prompt: with its first verb, as a name may be taken from further ahead."""
    sources = [bit.source for bit in draft if bit.source is not None]
    verbs = [source for source in sources if parse.reading.words[source].kind in {"VERB", "AUX"}]
    return (verbs or sources or [-1])[0]


def _first(drafts: Sequence[Draft], first: int, last: int, parse: Parse) -> int | None:
    """The sentence that says the first of ``words[first:last]`` that is said, unless it began before them."""
    begins = [_begin(draft, parse) for draft in drafts]
    within = [(begin, place) for place, begin in enumerate(begins) if first <= begin < last]
    return min(within)[1] if within else None


def _headed(words: Draft, draft: Draft) -> Draft:
    opening = draft[0]
    return (*words, replace(opening, text=opening.text[:1].upper() + opening.text[1:]), *draft[1:])


def _opened(words: Draft, draft: Draft, parse: Parse) -> Draft:
    comma = () if words[-1].text == "," else (Bit(",", filler=True),)
    opening = draft[0]
    return (*words, *comma, replace(opening, text=lower_first(opening.text, parse.vocabulary)), *draft[1:])
