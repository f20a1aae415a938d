"""Brackets that only set a camera command or a wish apart, and those that were never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.advice import Edit
from studio.coach.cues.parse import Parse

__all__ = ["brackets", "timed_brackets"]

_PAIRS = {"(": ")", "[": "]"}
_ARTICLES = {"a", "an", "the", "he", "she", "it", "they", "his", "her", "its", "their"}
_LABEL = re.compile(r"\s*(?:camera(?: movement| motion| move)?\s*[:=-]\s*)?", re.IGNORECASE)
_TIMED = re.compile(
    r"[ \t]*\[\s*(\d+(?:\.\d+)?)\s*s?(?:ec(?:onds?)?)?\s*(?:(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*)?s(?:ec(?:onds?)?)?\s*:\s*"
    r"([^\[\]\n]*[^\[\]\s.])\.?\s*\][,;.]?",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\s*:?\s*[\"“]|:\s*[A-Z]")
_END = re.compile(r"[.!?…:;]\s*\Z")


def brackets(parse: Parse) -> Iterator[Edit]:
    """ "A hut in the snow [camera: slow push in]": a sentence of its own; "(slow zoom in" without its end, too."""
    prompt = parse.prompt
    open_ones: list[int] = []
    for match in re.finditer(r"[()\[\]]", prompt):
        place = match.start()
        if parse.masks.hides(place, place + 1):
            continue
        if match[0] in _PAIRS:
            open_ones.append(place)
        elif open_ones and _PAIRS[prompt[open_ones[-1]]] == match[0]:
            yield from _command(open_ones.pop(), place, parse)
        elif place and not prompt[place - 1].isdigit() and prompt[place - 1] not in ":;":
            yield Edit(start=place, end=place + 1, replacement="")
    for place in open_ones:
        start = place
        while start and prompt[start - 1] == " ":
            start -= 1
        tied = start and prompt[start - 1].isalnum()
        yield Edit(start=start, end=place + 1, replacement=", " if tied else " " if start else "")


def timed_brackets(prompt: str) -> tuple[Edit, ...]:
    """ "[1s: the cat jumps] [3-5s: it lands]": each step with its time, as a sentence."""
    edits: list[Edit] = []
    for match in _TIMED.finditer(prompt):
        first, last, text = match.groups()
        unit = "second" if float(first) == 1 else "seconds"
        before = prompt[: match.start()].rstrip(" \t,")
        gap = (
            "" if not before or before.endswith("\n") else " " if _END.search(before) or before.endswith("]") else ". "
        )
        opens = text[0].lower() if text.split()[0].lower() in _ARTICLES else text[0]
        lead = f"[{first}s-{last}s] {text[0].upper()}" if last else f"At {first} {unit}, {opens}"
        place = match.start(3)
        edits += [
            Edit(start=len(before), end=place + 1, replacement=gap + lead),
            Edit(start=match.end(3), end=match.end(), replacement="."),
        ]
    return tuple(edits)


def _command(start: int, end: int, parse: Parse) -> Iterator[Edit]:
    """A pair of brackets around one move of the camera and nothing that happens."""
    prompt, words = parse.prompt, parse.reading.words
    films = [f for f in parse.moves if start < words[f.first].start and words[f.last - 1].end <= end]
    acts = any(start < words[event.verb].start < end for event in parse.events)
    timed = any(start <= mark.span.start < end for mark in parse.masks.times)
    inside = _LABEL.match(prompt, start + 1)
    alone = (films and not acts) or (
        prompt[start] == "[" and len(prompt[start:end].split()) > 1 and not _shown(start, end, parse)
    )
    if _SPOKEN.match(prompt, end + 1):
        return  # who says what follows
    if not alone or timed or inside is None or "[" in prompt[start + 1 : end] or inside.end() >= end:
        return
    before = prompt[:start].rstrip()
    opens = not before or _END.search(before) is not None
    first = prompt[inside.end() : inside.end() + 1]
    lead = f"{prompt[len(before) : start]}{first.upper()}" if opens else f". {first.upper()}"
    yield Edit(start=len(before), end=inside.end() + 1, replacement=lead)
    behind = prompt[end + 1 : end + 2]
    ended = _END.search(prompt[:end]) is not None
    yield Edit(start=end, end=end + 1 + (behind == ","), replacement="" if ended or behind in {".", "!"} else ".")


def _shown(start: int, end: int, parse: Parse) -> bool:
    return any(start < cue.span.end and cue.span.start < end for cue in parse.labelled("lettering"))
