"""Where the first shot of a prompt ends, and what is left for the one that follows, in the author's own words."""

from __future__ import annotations

import re

from studio.coach.cues.parse import Parse
from studio.coach.edits import tidy

__all__ = ["after_cut", "first_shot"]

_DIRECTION = re.compile(r"\A([^\[\]\n]{0,40})\][:.]?\s*")
"""The end of a direction in brackets whose beginning cut: "[Switch to | close-up] Her hand …"."""
_LINKS = re.compile(r"^(?:[\s,;:.\-–—)\]#]|\d+\b(?=\s*[:.)])|(?:to|and|then|into)\b)+", re.IGNORECASE)


def first_shot(parse: Parse) -> int:
    """Where the second shot begins in the prompt: the first cut with something before it; else past its end."""
    return _split(parse)[0]


def after_cut(parse: Parse) -> str:
    """The prompt from the first cut on, without the words that cut; "" where nothing is cut."""
    _, begin = _split(parse)
    rest = _LINKS.sub("", _DIRECTION.sub(r"\1. ", parse.prompt[begin:]))
    return tidy(rest) if any(c.isalnum() for c in rest) else ""


def _split(parse: Parse) -> tuple[int, int]:
    """Where the first shot ends and where the text of the second begins."""
    heads = [event.head for event in parse.events] + [found.span.start for found in parse.moves]
    for cue in parse.labelled("cut"):
        if cue.sense != "story" and any(head < cue.span.start for head in heads):
            return cue.span.start, cue.span.end
    return len(parse.prompt) + 1, len(parse.prompt) + 1
