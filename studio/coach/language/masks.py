"""What is set aside before words are read for motion: quotations, leftover flags, unwanted lists, times.

Order matters: a quotation may hold anything; a flag is never a word; a time belongs to the timeline.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from studio.coach.language.times import TimeMark, find_times
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Span

__all__ = ["Masks", "find_masks", "find_quotations"]

_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“", "「": "」", "『": "』", "‘": "’", "'": "'", "`": "`"}
_MARK = re.compile(f"[{''.join(_PAIRS)}]")
_SHEET = re.compile(r'\s*\{\s*"\w+( \w+)?"\s*:\s*"')
"""A sheet in braces, whose keys and values are quoted: {"action": "it blinks"}."""
_LONGEST_QUOTATION = 300
# What every flag and every unwanted list has, in lower case, so that most prompts are not searched for each of them.
_MAY_BE_SET = re.compile(r"(?<!\w)[-–—]|:|fps|frames per second|no camera mo")


@dataclass(frozen=True)
class Masks:
    """What is set aside, as spans of the prompt."""

    quotations: tuple[Span, ...]
    flags: tuple[Span, ...]
    unwanted: tuple[Span, ...]
    times: tuple[TimeMark, ...]

    def hides(self, start: int, end: int) -> bool:
        """Whether any part of ``[start, end)`` is set aside (times excepted)."""
        starts = self._starts
        if not starts:
            return False
        place = bisect_left(starts, end)
        return place > 0 and self._reach[place - 1] > start

    @cached_property
    def _spans(self) -> list[Span]:
        return sorted((*self.quotations, *self.flags, *self.unwanted), key=lambda span: span.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self._spans]

    @cached_property
    def _reach(self) -> list[int]:
        """The furthest end so far, span by span."""
        return list(accumulate((span.end for span in self._spans), max))


def find_masks(prompt: str, vocabulary: Vocabulary) -> Masks:
    """Find what is to be set aside in a prompt."""
    quotations = find_quotations(prompt)
    if not _MAY_BE_SET.search(prompt.lower()):
        return Masks(quotations, (), (), tuple(find_times(prompt, quotations, vocabulary)))
    unwanted = _search(prompt, vocabulary.negation.sections, [])  # such a list may be quoted: -neg "blur, noise"
    unwanted = [s for s in unwanted if not any(q.start < s.start < q.end for q in quotations)]
    quotations = tuple(q for q in quotations if not any(s.start < q.start and q.end <= s.end for s in unwanted))
    flags = [
        s for s in _search(prompt, vocabulary.appearance.flags, quotations) if not any(s.overlaps(u) for u in unwanted)
    ]
    return Masks(
        quotations, tuple(flags), tuple(unwanted), tuple(find_times(prompt, [*quotations, *flags], vocabulary))
    )


@lru_cache(maxsize=8)  # whoever reads a prompt asks for them
def find_quotations(prompt: str) -> tuple[Span, ...]:
    """The quotations of a prompt, marks included; unbalanced marks open none."""
    if _SHEET.match(prompt):
        return ()
    spans: list[Span] = []
    most = 0.8 * len(prompt.strip())  # a prompt pasted in quotes is not a quotation
    mark = _MARK.search(prompt)
    while mark:
        index = mark.start()
        end = _closing(prompt, index, _PAIRS[mark.group()]) if _opens(prompt, index) else -1
        quoted = end > index and end - index <= most
        if quoted:
            spans.append(Span.of(prompt, index, end + 1))
        mark = _MARK.search(prompt, (end if quoted else index) + 1)
    return tuple(spans)


def _opens(prompt: str, index: int) -> bool:
    """A single quote opens only after a space or bracket; "the dog's" holds an apostrophe."""
    if prompt[index] not in "'‘\"`":
        return True
    before = prompt[index - 1] if index else " "
    after = prompt[index + 1] if index + 1 < len(prompt) else " "
    if prompt[index] == '"' and after.isspace():
        return before.isspace() and prompt.count('"') % 2 == 0  # " OPEN ": a space on both sides, and none left over
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


def _search(prompt: str, patterns: tuple[str, ...], outside: Sequence[Span]) -> list[Span]:
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
