"""A storyboard with bars between its panels: "A goat eats hay. | A goat turns." Each panel is a sentence, and who was
there before is "the" one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.advice import Edit
from studio.coach.cues.parse import Parse

__all__ = ["panels"]

_BAR = re.compile(r"[ \t]*\|[ \t]*")
_OPENING = re.compile(r"\s*(an?)\s+(\w+)", re.IGNORECASE)
_MARKS = ".!?,;:"


def panels(parse: Parse) -> Iterator[Edit]:
    """An edit for each bar between two panels, for each panel said twice in a row, and for whoever comes again."""
    prompt = parse.prompt
    if "|" not in prompt:
        return
    bars = [m for m in _BAR.finditer(prompt) if not parse.masks.hides(*m.span())]
    starts = [0, *(bar.end() for bar in bars)]
    ends = [*(bar.start() for bar in bars), len(prompt)]
    acting = [_acts(start, end, parse) for start, end in zip(starts, ends, strict=True)]
    told = [acts for acts, start, end in zip(acting, starts, ends, strict=True) if prompt[start:end].strip()]
    if not all(told):  # a row of tags keeps its bars, less the one that ends it
        if bars and not prompt[bars[-1].end() :].strip():
            yield Edit(start=bars[-1].start(), end=bars[-1].end(), replacement="")
        return
    met: set[str] = set()
    before = ""
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        panel = prompt[start:end]
        said = re.sub(r"[\W_]+", " ", panel).strip().lower()
        if place:
            again = not said or said == before
            yield Edit(
                start=bars[place - 1].start(), end=end if again else start, replacement=_gap(prompt, bars, place)
            )
            if again:
                continue
        opening = _OPENING.match(panel)
        if opening and opening[2].lower() in met:
            article = "The" if opening[1][0].isupper() else "the"
            yield Edit(start=start + opening.start(1), end=start + opening.end(1), replacement=article)
        met |= {opening[2].lower()} if opening else set()
        before = said


def _gap(prompt: str, bars: list[re.Match[str]], place: int) -> str:
    """What stands for a bar: the full stop that its panel lacks, and a space before the next one."""
    ahead, behind = prompt[: bars[place - 1].start()].rstrip(), prompt[bars[place - 1].end() :]
    stop = "" if not ahead or ahead[-1] in _MARKS else "."
    return stop + ("" if not behind.strip() or behind[0].isspace() else " ")


def _acts(start: int, end: int, parse: Parse) -> bool:
    """Whether a panel says what somebody does or how it is filmed, and not only how things look."""
    moved = any(start <= parse.reading.words[found.first].start < end for found in parse.moves)
    verbs = (word for word in parse.reading.words if word.kind == "VERB" and word.form in {"s", "ing", "base"})
    return moved or any(start <= word.start < end for word in verbs)
