"""What a prompt says of cuts and of how long the clip is: it shows nothing of the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.shot import Span

__all__ = ["of_the_edit", "uncut"]

_UNCUT = re.compile(
    r"\b(?:no|without(?: any)?|zero) (?:[\w-]+ )?(?:cuts?|transitions?|scene changes?|edits?|fades?)\b"
    r"(?: or scene changes?\b)?"
    r"|\b(?:(?:a|one|single|continuous|unbroken|uninterrupted|uncut)[ -])*"
    r"(?:continuous|unbroken|uninterrupted|uncut)\b"
    r"(?:[ -](?:[a-z]+ ){0,2}"
    r"(?:shot|take|pan|tilt|orbit|arc|move|movement|zoom|push|pull|sequence|footage|motion))?"
    r"|\b(?:one|single)[ -](?:take|shot)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\b(?:(?:the )?(?:scene|screen|video|image|picture|shot) )?(?:slowly )?"
    r"fad(?:es?|ing)[ -](?:to|in|out|from)(?: (?:to )?(?:black|white))?\b"
    r"|\b(?:quick|rapid|fast|jump|hard|smash|match|flash)[ -]cuts?\b(?! (?:to|from|between|back)\b)"
    r"(?: synced to (?:the )?(?:beat|music))?"
    r"|\bsplit[ -]?screen(?: comparison)?\b"
    r"|\b(?:[a-z-]+ )?(?:swipe|wipe|page[- ]turn|glitch|dissolve) transitions?\b"
    r"|\b(?:smooth|seamless|creative|quick|fast|dynamic|scene|cinematic) transitions?\b(?! (?:from|of|between)\b)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\b\d+(?:\.\d+)?[ -]?(?:s|secs?|seconds?)\b(?:[ -]long)?", re.IGNORECASE)
_BY_REASON = ((_UNCUT, "one shot"), (_EDITED, "editing"), (_LENGTH, "said to the machine"))


def of_the_edit(text: str) -> Iterator[tuple[Span, str]]:
    """What is said of the edit, each with the reason for which it goes."""
    for pattern, name in _BY_REASON:
        for match in pattern.finditer(text):
            yield Span.of(text, *match.span()), name


def uncut(text: str) -> Iterator[int]:
    """Where it is said that nothing is cut: "no cuts", "one take"."""
    yield from (match.start() for match in _UNCUT.finditer(text))
