"""Stretches of the clip: which said time belongs to which motion, and motions laid out one after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.coach.cues.parse import Parse
from studio.coach.language.times import HEADINGS, TimeMark

__all__ = ["Said", "Stretch", "Window", "lay_out", "said_starts", "said_times", "slot", "windows"]

_SHORTEST = 0.1
_CROWDED = 0.2  # seconds for each motion below which a gap is too small to use
_GLANCE = 40  # characters before a time that show whether it opens its clause
_CLAUSE_ENDS = ".!?,;:\n"
_JOINERS = (" and", " then", " while", " as", " but", " —", " –", " -", " until")


@dataclass(frozen=True)
class Stretch:
    """From `start` to `end`, in seconds."""

    start: float
    end: float


@dataclass(frozen=True)
class Said:
    """What the words say of one motion's time, in seconds; ``None`` where they leave it open.

    `later` counts from the beginning of the motion before.
    """

    start: float | None = None
    end: float | None = None
    length: float | None = None
    later: float | None = None


@dataclass(frozen=True)
class Window:
    """The stretch that a heading such as "[0:00-0:02]" gives to a part of the prompt, ``prompt[first:last]``.

    `said` is what the heading says; without a heading the window is the whole clip.
    """

    first: int
    last: int
    start: float
    end: float
    said: bool = False

    def holds(self, place: int) -> bool:
        """Whether a place in the prompt lies under this heading."""
        return self.first <= place < self.last


def slot(start: float, end: float, seconds: float) -> Stretch:
    """A stretch inside the clip, never empty."""
    start = round(min(max(start, 0.0), max(0.0, seconds - _SHORTEST)), 3)
    end = min(round(max(end, start + _SHORTEST), 3), seconds)
    return Stretch(start, end if end > start else seconds)


# -- headings ---------------------------------------------------------------------------------------------------------
def windows(parse: Parse, seconds: float) -> list[Window]:
    """The parts of the prompt with the stretch that each is given, in the order of the words."""
    heads = [mark for mark in parse.masks.times if _is_heading(mark, parse.prompt)]
    first = heads[0].span.start if heads else len(parse.prompt) + 1
    found = [Window(0, first, 0.0, seconds)]
    for place, mark in enumerate(heads):
        following = heads[place + 1] if place + 1 < len(heads) else None
        last = following.span.start if following else len(parse.prompt) + 1
        scale = seconds if mark.share else 1.0
        start = (mark.start or 0.0) * scale
        end = mark.end * scale if mark.end is not None else None
        if end is None or end <= start:
            later = following.start * scale if following is not None and following.start is not None else 0.0
            end = later if later > start else max(seconds, start + 1.0)
        found.append(Window(mark.span.end, last, start, end, said=True))
    return found


def _is_heading(mark: TimeMark, prompt: str) -> bool:
    """A range in running words is a heading too where a colon follows: "from 0 to 2 s: the cat sits"."""
    after = prompt[mark.span.end : mark.span.end + 1]
    if mark.kind in HEADINGS:
        # A block that closes its clause speaks of what came before: "The man waves [0:00-0:02]."
        return not (after in set(".,;") and bool(prompt[: mark.span.start].strip()))
    return mark.kind == "range" and (mark.span.text.endswith(":") or after == ":")


# -- running words ----------------------------------------------------------------------------------------------------
def said_times(parse: Parse, heads: Sequence[int], joined: frozenset[int], seconds: float) -> dict[int, Said]:
    """What the words say of the time of each motion: the place of its head in the prompt -> what is said.

    Args:
        heads: where the motions begin in the prompt, in order.
        joined: of these, the ones that go on beside the one before ("while", "as").
    """
    marks = [mark for mark in parse.masks.times if not _is_heading(mark, parse.prompt)]
    told: dict[int, Said] = {}
    for place, mark in enumerate(marks):
        stop = min([marks[place + 1].span.start] if place + 1 < len(marks) else [len(parse.prompt)])
        new = _resolve(mark, seconds)
        for head in _owners(mark, stop, heads, joined, parse.prompt):
            if head > mark.span.start and mark.span.text.lower().startswith(("until", "till")):
                new = Said(start=new.end)  # "… until 3 s, then the bell rings", where nothing else was to end
            before = _between(heads, 0, head)[-1:]
            opened = told[before[0]].start if before and before[0] in told else None
            if new.later is not None and opened is not None:
                new = Said(start=opened + new.later)
            told[head] = _both(told.get(head, Said()), new)
    return told


def _both(old: Said, new: Said) -> Said:
    """Two times said of one motion: "at 1s … for two seconds"."""
    return Said(
        new.start if old.start is None else old.start,
        new.end if old.end is None else old.end,
        new.length if old.length is None else old.length,
        new.later if old.later is None else old.later,
    )


def _owners(mark: TimeMark, stop: int, heads: Sequence[int], joined: frozenset[int], prompt: str) -> list[int]:
    """A time that opens its clause speaks of what follows, any other of what came before."""
    if _opens(mark, prompt):
        end = _sentence_end(prompt, mark.span.end)
        ahead = _between(heads, mark.span.end, min(stop, end))
        if ahead:
            first, *others = ahead
            together: list[int] = [first]
            for head in others:
                if head not in joined:
                    break
                together.append(head)
            return together
    begin = _sentence_start(prompt, mark.span.start)
    behind = _between(heads, begin, mark.span.start)
    if behind:
        return list(behind[-1:])
    return list(_between(heads, mark.span.end, stop)[:1] or _between(heads, 0, mark.span.start)[-1:])


def _between(heads: Sequence[int], first: int, last: int) -> Sequence[int]:
    return heads[bisect_left(heads, first) : bisect_left(heads, last)]


def _opens(mark: TimeMark, prompt: str) -> bool:
    before = prompt[max(0, mark.span.start - _GLANCE) : mark.span.start].rstrip(" \t")
    return not before or before[-1] in _CLAUSE_ENDS or before.lower().endswith(_JOINERS)


def _sentence_end(prompt: str, place: int) -> int:
    ends = [end for end in (prompt.find(mark, place) for mark in (". ", "! ", "? ", "\n")) if end != -1]
    return min(ends, default=len(prompt))


def _sentence_start(prompt: str, place: int) -> int:
    return max(prompt.rfind(mark, 0, place) for mark in (". ", "! ", "? ", "\n")) + 1


def _resolve(mark: TimeMark, seconds: float) -> Said:
    scale = seconds if mark.share else 1.0
    start = mark.start * scale if mark.start is not None else None
    end = mark.end * scale if mark.end is not None else None
    if mark.kind == "length":
        return Said(length=end)
    if mark.kind == "later":
        return Said(later=end)
    if mark.kind == "last":
        return Said(max(0.0, seconds - (end or 1.0)), seconds)
    if mark.kind == "until_last":
        return Said(end=max(_SHORTEST, seconds - (end or 1.0)))
    if start is not None and end is not None and end <= start:
        end = None
    return Said(start, end)


def said_starts(parse: Parse, seconds: float) -> frozenset[float]:
    """The moments at which the words say that something begins, in seconds."""
    running = (_resolve(mark, seconds).start for mark in parse.masks.times)
    return frozenset(start for start in running if start is not None)


# -- one after the other ----------------------------------------------------------------------------------------------
def lay_out(said: Sequence[Said], begin: float, end: float, seconds: float) -> list[Stretch]:
    """A stretch for each motion, in order: what is said is kept, the others share what lies between.

    Args:
        begin, end: where the motions that say nothing may lie; what is said may lie anywhere in the clip.
    """
    items = _settled(said)
    found: list[Stretch] = []
    room = _room(items, begin, end, seconds)
    place = 0
    while place < len(items):
        last = place + 1
        while last < len(items) and items[last].start is None:
            last += 1
        opening = items[place].start
        low = opening if opening is not None else found[-1].end if found else begin
        high = items[last].start if last < len(items) else None
        top = high if high is not None and high > low else max(end, min(seconds, low + 1.0))
        found += _run(items[place:last], (low, top), room, seconds)
        place = last
    return [slot(one.start, one.end, seconds) for one in found]


def _settled(said: Sequence[Said]) -> list[Said]:
    """A length becomes an end where the start is said, a start where the end is.

    "Later" says how long the one before is.
    """
    items: list[Said] = []
    for one in said:
        new = one
        if new.later is not None and new.start is None and items:
            before = items[-1]
            if before.start is not None:
                new = replace(new, start=before.start + new.later)
            elif before.length is None:
                items[-1] = replace(before, length=new.later)
        if new.length is not None and new.start is not None:
            new = replace(new, end=new.start + new.length)
        elif new.length is not None and new.end is not None:
            new = replace(new, start=max(0.0, new.end - new.length))
        items.append(new)
    return items


def _room(items: Sequence[Said], begin: float, end: float, seconds: float) -> Stretch:
    """The longest gap between the said stretches: where a motion goes for which its own place has no room."""
    said = sorted((one.start, one.end or one.start) for one in items if one.start is not None)
    edges = [(begin, begin), *said, (end, end)]
    gaps = [Stretch(before[1], after[0]) for before, after in pairwise(edges)]
    best = max(gaps, key=lambda gap: gap.end - gap.start)
    return best if best.end - best.start >= _CROWDED else Stretch(begin, min(end, seconds))


def _run(items: Sequence[Said], bounds: tuple[float, float], room: Stretch, seconds: float) -> list[Stretch]:
    """Motions of which only the first may say when it begins: from its beginning up to the next said one."""
    low, high = bounds
    parts: list[Stretch] = []
    place = 0
    while place < len(items):
        stop = next((index for index in range(place, len(items)) if items[index].end is not None), len(items) - 1)
        group, end = items[place : stop + 1], items[stop].end
        top = end if end is not None else high
        if top <= low:
            top = max(room.end, min(seconds, low + 1.0))
        if top - low < _CROWDED * len(group) and group[0].start is None:
            low, top = (min(low, room.start), end) if end is not None else (room.start, room.end)
        parts += _parts(group, low, max(top, low + _SHORTEST))
        low, place = parts[-1].end, stop + 1
    return parts


def _parts(items: Sequence[Said], low: float, high: float) -> list[Stretch]:
    """Said lengths are kept; the others share the rest alike."""
    lengths = [one.length for one in items if one.length is not None]
    step = max(_SHORTEST, (high - low - sum(lengths)) / max(1, len(items) - len(lengths)))
    parts: list[Stretch] = []
    for one in items:
        start = parts[-1].end if parts else low
        parts.append(Stretch(start, start + (one.length if one.length is not None else step)))
    return parts
