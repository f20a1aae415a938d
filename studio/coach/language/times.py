"""Times said in words: "at 2s", "[0:00-0:02]", "for the first second", "halfway". How they are said is data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Span

__all__ = ["HEADINGS", "TimeMark", "find_times"]

HEADINGS = frozenset({"block", "stamp"})
"""Kinds of mark that head a stretch of the prompt: all that follows, up to the next one, belongs to them."""

_PLACE = re.compile(r"@(clip|next|[abABsS])")
_CLOCK = r"(?:(?P<{0}m>\d{{1,2}}):)?(?P<{0}>\d{{1,2}}(?:\.\d+)?)"


@dataclass(frozen=True)
class TimeMark:
    """A time said in words.

    Attributes:
        kind: "block" and "stamp" head a stretch of the prompt ("[0:00-0:02]", "0:03 -"); "range", "at", "by" stand in
            running words; "first" and "last" count from one end; "length" says only how long; "later" counts from the
            beginning of what came before; "until_last" leaves a stretch at the end free.
        start, end: in seconds, in shares of the clip where `share`; ``None`` where the words leave it open.
            A "length", a "last" and a "later" give their seconds as `end`.
    """

    span: Span
    kind: str
    start: float | None
    end: float | None
    share: bool = False


def find_times(prompt: str, outside: Iterable[Span], vocabulary: Vocabulary) -> list[TimeMark]:
    """The times that a prompt says, in the order of the words, none overlapping and none inside `outside`."""
    taken = bytearray(len(prompt))
    for span in outside:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    numbers = vocabulary.times.numbers
    marks: list[TimeMark] = []
    lower = prompt.lower()
    said, shares = _MAY_SAY.search(lower), _MAY_SHARE.search(lower)
    for kind, share, pattern in _patterns(vocabulary) if said or shares else ():
        if not (shares if share else said):
            continue
        for match in pattern.finditer(prompt):
            start, end = match.span()
            start, end = start + _lead(match.group()), start + len(match.group().rstrip())
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                span = Span.of(prompt, start, end)
                marks.append(
                    TimeMark(span, "share", *share, True) if share else _mark(span, kind, match.groupdict(), numbers)
                )
    return sorted(marks, key=lambda mark: mark.span.start)


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


# What every way of saying a time has, in lower case, so that most prompts are not searched for each of them.
_MAY_SAY = re.compile(r"sec|\d:\d|[\[(]\s*\d|%|(?:\d\s*|[\s-])s\b")
_MAY_SHARE = re.compile(
    r"half|midway|middle|third|\b(?:start|beginning|end)\b|whole|entire|full|throughout|all\s+the\s+while"
)


@lru_cache(maxsize=4)
def _patterns(
    vocabulary: Vocabulary,
) -> tuple[tuple[str, tuple[float | None, float | None] | None, re.Pattern[str]], ...]:
    """The ways of saying a time, ready to use: (kind, its share of the clip, what to look for)."""
    times = vocabulary.times
    words = "|".join(sorted(times.numbers, key=len, reverse=True))
    number = rf"(?P<{{0}}>(?<![\w.,])\d+(?:\.\d+)?|\.\d+|\b(?:{words})\b)"
    units = "|".join(sorted(times.units, key=len, reverse=True))
    parts = {
        "a": number.format("a"), "b": number.format("b"), "A": _CLOCK.format("a"), "B": _CLOCK.format("b"),
        "s": rf"(?:(?:{units})\b)", "S": r"(?:seconds?|secs?)",
        "next": rf"(?:{'|'.join(times.next)})\b",
        "clip": rf"of\s+the\s+(?:{'|'.join(times.clips)})\b",
    }  # fmt: skip

    def ready(pattern: str) -> re.Pattern[str]:
        return re.compile(_PLACE.sub(lambda place: parts[place.group(1)], pattern), re.IGNORECASE)

    said = [(way.kind, None, ready(way.pattern)) for way in times.said]
    shares = [("share", (way.start, way.end), ready(way.pattern)) for way in times.share]
    return (*said, *shares)


def _mark(span: Span, kind: str, groups: dict[str, str | None], numbers: dict[str, float]) -> TimeMark:
    first = _value(groups, "a", numbers)
    if kind == "block_share":
        return TimeMark(span, "block", (first or 0.0) / 100, (_value(groups, "b", numbers) or 0.0) / 100, True)
    if kind in {"block", "range"}:
        return TimeMark(span, kind, first, _value(groups, "b", numbers))
    if kind in {"stamp", "at"}:
        return TimeMark(span, kind, 1.0 if first is None else first, None)
    if kind == "by":
        return TimeMark(span, kind, None, first if first is not None else _value(groups, "c", numbers))
    amount = 1.0 if first is None else first
    return TimeMark(span, kind, 0.0, amount) if kind == "first" else TimeMark(span, kind, None, amount)


def _value(groups: dict[str, str | None], name: str, numbers: dict[str, float]) -> float | None:
    """The number at a place, its minutes included: "0:03" gives 3.0."""
    said = groups.get(name)
    if said is None:
        return None
    minutes = groups.get(f"{'a' if name == 'c' else name}m")
    return float(numbers.get(" ".join(said.lower().split()), 0.0) or said) + 60 * float(minutes or 0)
