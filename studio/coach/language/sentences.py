"""Cuts a prompt into sentences before anything is parsed, so that an edit costs only the sentences it touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.shot import Span

__all__ = ["Piece", "cut"]

_LABELS = (
    "subject|action|actions|motion|movement|scene|setting|environment|background|camera|camera movement|camera motion|"
    "shot|shot type|framing|style|lighting|light|mood|atmosphere|audio|sound|dialogue|composition|pacing|location"
)
_END = re.compile(
    r"(?:[.!?;…]+|[。！？])[\"'”’»)\]]*(?=\s)|(?<=[a-z]{3})[.!?](?=[A-Z][a-z]*\s)|[。！？]|\n"
    r"|[,;\s](?=\s?[\[(]\s*\d[\d.:]*\s*s?\s*(?:-|–|—|to)\s*\d[\d.:]*\s*s?\s*[\])])|(?<=[a-z]\])\s(?=[A-Z])"
    rf"|\s\|(?=\s)|[,\s](?=\s?\[(?i:{_LABELS}|shot \d+)\])|,(?=\s\"?(?i:{_LABELS})\"?:\s)",
)
"""Where a sentence ends: at its mark, at a line's end, before a label ("[Action] pours",
"| camera: slow pan") and a time ("[2-4s]"), behind a bracket ("[Tracking shot] A dog runs")."""
_LABEL = re.compile(rf"\[(?i:{_LABELS}|shot \d+)\]\s\Z")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|[a-z]\.[a-z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|approx|etc|e\.g|i\.e|no|fig)\.$"
)
_WRAPPED = re.compile(r"(?:,|\b(?:an?|the|of|in|on|at|with|and|or|by|to|from|into|his|her|its|their))[ \t]*\Z")
"""What no line ends with unless it is wrapped; a comma ends one before a capital."""
_CLOSING = "\"'”’»)]"
_FULL = 55
"""Characters of a line that whatever wrote it wraps; lists have shorter ones."""
_LONGEST = 600
"""Characters; longer ones are cut at a comma or space, so that no sentence costs more than it should."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence: where it starts in the prompt, its text, and the quotations in it as (start, end) of that text."""

    start: int
    text: str
    quotations: tuple[tuple[int, int], ...] = ()


def cut(text: str, quotations: Sequence[Span]) -> Iterator[Piece]:
    """The sentences of a text in order; together they are the whole text. A quotation is never cut."""
    quoted = [(span.start, span.end) for span in quotations]
    first = start = 0  # of the quotations, of the sentence
    for end in _ends(text, quoted):
        last = first
        while last < len(quoted) and quoted[last][0] < end:
            last += 1
        inside = tuple((max(0, a - start), b - start) for a, b in quoted[first:last])
        yield Piece(start, text[start:end], inside)
        first, start = last, end


def _ends(text: str, quoted: Sequence[tuple[int, int]]) -> Iterator[int]:
    place, begin = 0, 0
    for match in _END.finditer(text):
        end = match.end()
        while place < len(quoted) and quoted[place][1] < end:
            place += 1
        if place < len(quoted) and quoted[place][0] < match.start() and end < quoted[place][1]:
            continue  # inside a quotation
        if match.group()[-1] in _CLOSING and text[end : end + 2].strip()[:1].islower():
            continue  # "Go." and leaves
        wraps = match.group() == "\n" and (text[end : end + 1].islower() or text[match.start() - 1].isalpha())
        if wraps and _WRAPPED.search(text, max(begin, match.start() - 8), match.start()):
            continue
        if match.group() == "\n" and text[end : end + 1].islower() and _is_full(text, match.start()):
            continue
        if match.group().isspace() and text[match.start() - 1] == "]" and _LABEL.search(text, begin, end):
            continue
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(begin, match.start() - 8), match.start() + 1):
            continue
        yield from _short(text, begin, end, quoted)
        begin = end
    if begin < len(text):
        yield from _short(text, begin, len(text), quoted)


def _is_full(text: str, end: int) -> bool:
    """Whether a line ends where it was full and not where something was done: long, with no mark at its end."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return len(line) >= _FULL and line.rstrip()[-1:].isalnum()


def _short(text: str, begin: int, end: int, quoted: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where a sentence that never ends is cut, and its end."""
    while end - begin > _LONGEST:
        window = text[begin : begin + _LONGEST]
        place = max(window.rfind(", ") + 1, window.rfind("\t") + 1) or window.rfind(" ") + 1
        stop = begin + (place if place > _LONGEST // 3 else _LONGEST)
        around = next(((a, b) for a, b in quoted if a < stop < b), None) if quoted else None
        stop = min(end, around[1]) if around else stop
        if stop >= end:
            break
        yield stop
        begin = stop
    yield end
