"""What settings of other tools ask for, said in words: "a lake at dusk -camera pan left -motion 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.advice import Edit
from studio.coach.cues.parse import Parse

__all__ = ["switches"]

_FILMED = re.compile(r"[\s,.]*(?<!\w)--?\s*camera[: ]\s*(?=[a-z])", re.IGNORECASE)
_LETTERED = re.compile(r"(?<=[\w)])\s+(?=Message:)")
_UNWANTED = re.compile(r"\s+(?=--?neg\b)", re.IGNORECASE)


def switches(parse: Parse) -> Iterator[Edit]:
    """An edit for each setting: a camera move becomes a sentence, a line of lettering one of its own; others go."""
    prompt, taken = parse.prompt, set[int]()
    for match in _FILMED.finditer(prompt):
        if _quoted(match.start(), parse):
            continue
        taken.update(range(*match.span()))
        listed = any(span.start < match.start() for span in parse.masks.unwanted)
        lead = "\n" if listed else ". " if any(c.isalnum() for c in prompt[: match.start()]) else ""
        yield Edit(start=match.start(), end=match.end(), replacement=f"{lead}Camera ")
    for match in _UNWANTED.finditer(prompt):
        if not _quoted(match.start(), parse):
            yield Edit(start=match.start(), end=match.end(), replacement="\n")
    for match in _LETTERED.finditer(prompt):
        if not _quoted(match.start(), parse):
            yield Edit(start=match.start(), end=match.end(), replacement=". ")
    for flag in parse.masks.flags:
        if taken.isdisjoint(range(flag.start, flag.end)):
            start = flag.start
            while start and prompt[start - 1] in " ,":
                start -= 1
            yield Edit(start=start, end=flag.end, replacement="" if prompt[flag.end - 1 : flag.end] != " " else " ")


def _quoted(place: int, parse: Parse) -> bool:
    return any(span.start <= place < span.end for span in parse.masks.quotations)
