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
        self._line = " ".join(self.words)

    def find(self, phrases: Iterable[str], start: int = 0) -> int | None:
        """The place of the first word of whichever phrase comes first from `start` on; None: none of them is there.

        A phrase is one or more words that follow each other; a word ending in * stands for all that begin so.
        """
        begin = sum(len(word) + 1 for word in self.words[:start])
        found = _finder(tuple(phrases)).search(self._line, begin)
        return self._line.count(" ", 0, found.start()) if found else None

    def says(self, phrases: Iterable[str]) -> bool:
        """Whether one of the phrases is there."""
        return self.find(phrases) is not None


@cache
def _finder(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds these phrases among words with one space between them; the phrases are those of the presets."""
    parts = [phrase.split() for phrase in phrases]
    said = (" ".join(re.escape(part.removesuffix("*")) + r"\S*" * part.endswith("*") for part in one) for one in parts)
    return re.compile(rf"(?<!\S)(?:{'|'.join(said) or '(?!)'})(?!\S)")


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
