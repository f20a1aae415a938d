"""What is set aside before words are read for motion: quotations, leftover flags, unwanted lists, times.

Order matters: a quotation may hold anything; a flag is never a word; a time belongs to the timeline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from studio.coach.vocabulary import Vocabulary
from studio.shot import Span

__all__ = ["Masks", "TimeMark", "find_masks"]

_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“", "「": "」", "『": "』", "‘": "’", "'": "'"}
_LONGEST_QUOTATION = 300
_NUMBER = r"(\d+(?:\.\d+)?)"
_CLOCK = r"(?:(\d{1,2}):)?(\d{1,2}(?:\.\d+)?)"
_SPELLED = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "half": 0.5}
_SECONDS = r"\s*(?:s|sec|secs|seconds?)\b"

_AMOUNT = rf"(?:{_NUMBER}\s+|(one|two|three|four|five|six|half)\s+)?seconds?\b"

_TIMES = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "clock": rf"[\[(]\s*{_CLOCK}\s*s?\s*(?:-|–|—|to)\s*{_CLOCK}\s*s?\s*[\])]:?",
        "stamp": r"[\[(]\s*(\d{1,2}):(\d{2}(?:\.\d+)?)\s*[\])]:?",
        "range": rf"\b(?:from\s+|between\s+)?{_NUMBER}\s*s?(?:ec(?:onds?)?)?\s*(?:-|–|—|to|and)\s*"
        rf"{_NUMBER}{_SECONDS}:?",
        "at": rf"\b(?:at|after|from)\s+(?:the\s+)?{_NUMBER}{_SECONDS}(?:\s+mark)?",
        "first": rf"\b(?:for|in|during|over)\s+the\s+first\s+{_AMOUNT}",
        "last": rf"\b(?:for|in|during|over)\s+the\s+(?:last|final)\s+{_AMOUNT}",
        "for": rf"\b(?:for|over|within|in)\s+(?:about\s+|around\s+)?"
        rf"(?:{_NUMBER}|(one|two|three|four|five|six))\s*(?:s|sec|seconds?)\b",
    }.items()
}


@dataclass(frozen=True)
class TimeMark:
    """A time said in words. ``start`` and ``end`` in seconds; None where the words leave it open.

    ``kind`` "last" counts from the end of the shot, "for" gives a length only.
    """

    span: Span
    kind: str
    start: float | None
    end: float | None


@dataclass(frozen=True)
class Masks:
    """What is set aside, as spans of the prompt."""

    quotations: tuple[Span, ...]
    flags: tuple[Span, ...]
    unwanted: tuple[Span, ...]
    times: tuple[TimeMark, ...]

    def hides(self, start: int, end: int) -> bool:
        """Whether any part of ``[start, end)`` is set aside (times excepted)."""
        return any(
            s.start < end and start < s.end for group in (self.quotations, self.flags, self.unwanted) for s in group
        )


def find_masks(prompt: str, vocabulary: Vocabulary) -> Masks:
    """Find what is to be set aside in a prompt."""
    quotations = _quotations(prompt)
    unwanted = _search(prompt, vocabulary.negation.sections, quotations)
    flags = [
        s for s in _search(prompt, vocabulary.appearance.flags, quotations) if not any(s.overlaps(u) for u in unwanted)
    ]
    return Masks(tuple(quotations), tuple(flags), tuple(unwanted), tuple(_times(prompt, [*quotations, *flags])))


def _quotations(prompt: str) -> list[Span]:
    spans: list[Span] = []
    index = 0
    while index < len(prompt):
        closer = _PAIRS.get(prompt[index])
        end = _closing(prompt, index, closer) if closer and _opens(prompt, index) else -1
        whole = end - index > 0.8 * len(prompt.strip())  # a prompt pasted in quotes is not a quotation
        if end > index and not whole:
            spans.append(Span.of(prompt, index, end + 1))
            index = end
        index += 1
    return spans


def _opens(prompt: str, index: int) -> bool:
    """A single quote opens only after a space or bracket; "the dog's" holds an apostrophe."""
    if prompt[index] not in "'‘\"":
        return True
    before = prompt[index - 1] if index else " "
    after = prompt[index + 1] if index + 1 < len(prompt) else " "
    return (before.isspace() or before in "([{—–-:,/" or prompt[index] == '"') and not after.isspace()


def _closing(prompt: str, index: int, closer: str) -> int:
    limit = min(len(prompt), index + _LONGEST_QUOTATION)
    place = prompt.find(closer, index + 1, limit)
    while place != -1 and closer in "'’":
        after = prompt[place + 1] if place + 1 < len(prompt) else " "
        if not after.isalnum():
            return place
        place = prompt.find(closer, place + 1, limit)
    return place


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _search(prompt: str, patterns: tuple[str, ...], outside: list[Span]) -> list[Span]:
    """The matches of all patterns, leftmost and longest first, none overlapping, none in a quotation."""
    hits = sorted(
        {m.span() for pattern in patterns for m in _compiled(pattern).finditer(prompt)}, key=lambda s: (s[0], -s[1])
    )
    spans: list[Span] = []
    for start, end in hits:
        if (
            end > start
            and (not spans or start >= spans[-1].end)
            and not any(q.start < end and start < q.end for q in outside)
        ):
            spans.append(Span.of(prompt, start, end))
    return spans


def _times(prompt: str, outside: list[Span]) -> list[TimeMark]:
    marks: list[TimeMark] = []
    for kind, pattern in _TIMES.items():
        for match in pattern.finditer(prompt):
            span = Span.of(prompt, *match.span())
            if not any(span.overlaps(other) for other in [*outside, *(mark.span for mark in marks)]):
                marks.append(TimeMark(span, kind, *_seconds(kind, match)))
    return sorted(marks, key=lambda mark: mark.span.start)


def _seconds(kind: str, match: re.Match[str]) -> tuple[float | None, float | None]:
    groups = match.groups()
    if kind == "clock":
        return float(groups[0] or 0) * 60 + float(groups[1]), float(groups[2] or 0) * 60 + float(groups[3])
    if kind == "stamp":
        return float(groups[0]) * 60 + float(groups[1]), None
    if kind == "range":
        return float(groups[0]), float(groups[1])
    if kind == "at":
        return float(groups[0]), None
    amount = float(groups[0]) if groups[0] else _SPELLED.get((groups[1] or "one").lower(), 1.0)
    return (0.0, amount) if kind == "first" else (None, amount)
