"""Find words of ``presets/`` in the text of a beat. The engine reads a beat's words as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from studio.presets import read_preset
from studio.settings import ROOT
from studio.shot import Beat, Direction, Record

__all__ = ["PRESETS", "Directions", "Text", "direction_of"]

PRESETS: Final = ROOT / "presets"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Text:
    """A beat's text as small letters, word by word."""

    def __init__(self, text: str) -> None:
        self.words = tuple(_WORD.findall(text.lower()))

    def find(self, phrases: Iterable[str], start: int = 0) -> int | None:
        """The place of the first word of whichever phrase comes first from `start` on; None: none of them is there.

        A phrase is one or more words that follow each other; a word ending in * stands for all that begin so.
        """
        patterns = [phrase.split() for phrase in phrases]
        for place in range(start, len(self.words)):
            if any(self._stands(pattern, place) for pattern in patterns):
                return place
        return None

    def says(self, phrases: Iterable[str]) -> bool:
        """Whether one of the phrases is there."""
        return self.find(phrases) is not None

    def _stands(self, pattern: list[str], place: int) -> bool:
        heard = self.words[place : place + len(pattern)]
        return len(heard) == len(pattern) and all(
            word.startswith(part[:-1]) if part.endswith("*") else word == part
            for word, part in zip(heard, pattern, strict=True)
        )


class Directions(Record):
    """How a text says where something goes; ``presets/directions.toml``."""

    right: tuple[str, ...]
    left: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]


def direction_of(beat: Beat) -> Direction | None:
    """Where the change goes: as the beat says, else as its words do."""
    if beat.direction is not None:
        return beat.direction
    text, known = Text(beat.text), _directions()
    ways: dict[Direction, tuple[str, ...]] = {
        "right": known.right,
        "left": known.left,
        "up": known.up,
        "down": known.down,
    }
    return next((way for way, phrases in ways.items() if text.says(phrases)), None)


@cache
def _directions() -> Directions:
    return read_preset(PRESETS / "directions.toml", Directions)
