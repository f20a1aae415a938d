"""Where the first shot of a prompt ends, and what is left for the one that follows, in the author's own words."""

from __future__ import annotations

import re

from studio.coach.cues.parse import Parse
from studio.coach.edits import tidy
from studio.shot import Cue

__all__ = ["after_cut", "first_shot", "only_named"]

_DIRECTION = re.compile(r"\A([^\[\]\n]{0,40})\][:.]?\s*")
"""The end of a direction in brackets whose beginning cut: "[Switch to | close-up] Her hand …"."""
_EDITED = re.compile(r"\b(?:cuts|transitions|fades|dissolves|crossfades|flashbacks)\Z", re.IGNORECASE)
_STYLED = re.compile(
    r"(?:montage|collage|compilation)s?(?: (?:footage|style|edit|editing|effect|look))?\s*(?:,|\Z)", re.IGNORECASE
)
_LEADS = re.compile(r"\s*(?:\w+ly\s+)?(?:to|into|from|between|back|of|on|showing|with|as)\b", re.IGNORECASE)
_LINKS = re.compile(r"^(?:[\s,;:.\-–—)\]#]|\d+\b(?=\s*[:.)])|(?:to|and|then|into)\b)+", re.IGNORECASE)


def only_named(parse: Parse) -> list[Cue]:
    """The cuts that are an item among others and lie at no place: "..., rapid cuts, flickering lights, ..."."""
    return [cue for cue in parse.labelled("cut") if _is_item(cue, parse)]


def _is_item(cue: Cue, parse: Parse) -> bool:
    ahead = parse.prompt[: cue.span.start].rstrip()
    if ahead.endswith(",") and _STYLED.match(parse.prompt, cue.span.start):
        return True  # "..., montage footage, ..."
    return _EDITED.search(cue.span.text) is not None and _LEADS.match(parse.prompt, cue.span.end) is None


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
        if cue.sense != "story" and not _is_item(cue, parse) and any(head < cue.span.start for head in heads):
            return cue.span.start, cue.span.end
    return len(parse.prompt) + 1, len(parse.prompt) + 1
