"""Read which change of light a beat asks for, by the words of ``presets/light.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from studio.engines.sketch.life.words import PRESETS, Text, direction_of
from studio.presets import read_preset
from studio.shot import Beat, Direction, Record

__all__ = ["Change", "Kind", "Stops", "read_light"]

Lasting = Literal["brighten", "dim", "black", "tint", "spread"]
Returning = Literal["flicker", "pulse", "flash", "sweep", "shade", "highlight", "twinkle"]
Kind = Lasting | Returning | Literal["hold"]
Place = Literal["whole", "lamp", "lamps", "lights", "gloss"]
Stops = tuple[float, float, float]

_LAYERS = ("light", "scene", "subject")
_NONE: Stops = (0.0, 0.0, 0.0)


class Tint(Record):
    """A colour that light takes: the words for it, and its stops of red, green and blue."""

    words: tuple[str, ...]
    stops: Stops


class Asked(Record):
    """Words that ask for one kind of change, of what, and its stops at level 1, 2 and 3."""

    kind: Kind
    of: Literal["light", "gloss", "shadow", "any"]
    words: tuple[str, ...]
    stops: Stops


class LightWords(Record):
    """``presets/light.toml``; what each list is for stands there."""

    shadows: tuple[str, ...]
    lights: tuple[str, ...]
    lit: tuple[str, ...]
    lamps: tuple[str, ...]
    several: tuple[str, ...]
    electric: tuple[str, ...]
    gloss: tuple[str, ...]
    smooth: tuple[str, ...]
    happening: tuple[str, ...]
    steady: tuple[str, ...]
    tints: dict[str, Tint]
    counts: dict[str, tuple[str, ...]]
    changes: tuple[Asked, ...]


@dataclass(frozen=True)
class Change:
    """One change of light.

    Attributes:
        kind: what changes; "hold": nothing shall.
        place: what shines or is lit: everything, one lamp, all lamps, all lights (lamps where some are seen, else
            everything), or what throws light back.
        stops: how much at the most.
        tint: the colour it takes, in stops of red, green and blue.
        direction: where it goes, as far as is said.
        count: how often, as far as is said.
        electric: whether the lamp stutters, where a flame wavers.
        named: the word for the lamp or the lights; empty: none is named.
    """

    beat: Beat
    kind: Kind
    place: Place = "whole"
    stops: float = 0.0
    tint: Stops = _NONE
    direction: Direction | None = None
    count: int | None = None
    electric: bool = False
    named: str = ""


def read_light(beat: Beat) -> Change | None:
    """What a beat asks of the light; None: nothing that is understood."""
    if beat.layer not in _LAYERS:
        return None
    text, words = Text(beat.text), _light_words()
    if not _speaks(text, len(text.words), (words.lights, words.lamps, words.gloss, words.shadows, words.lit)):
        return None
    if text.says(words.steady):
        return Change(beat, "hold")
    for asked in words.changes:
        at = text.find(asked.words)
        while at is not None and not _fits(asked, beat, text, at):  # "the glitter flickers": not by its first word
            at = text.find(asked.words, at + 1)
        if at is None:
            continue
        last = at if asked.kind == "highlight" else len(text.words)  # over a red car no red light slides
        tint = next((one.stops for one in words.tints.values() if _speaks(text, last, (one.words,))), _NONE)
        if asked.kind == "tint" and tint == _NONE:
            continue
        place, named = _place(text, at, words)
        return Change(
            beat,
            _kind(asked.kind, place, text.find(words.smooth, at) is not None),
            place,
            asked.stops[beat.level - 1],
            tint,
            direction_of(beat),
            next((int(count) for count, said in words.counts.items() if text.says(said)), None),
            text.says(words.electric) or asked.kind == "flash",
            named,
        )
    return None


def _kind(asked: Kind, place: Place, smooth: bool) -> Kind:
    """Light that goes over what is smooth is a highlight, and a lamp that flashes is no lightning."""
    if asked == "sweep" and smooth:
        return "highlight"
    return "flicker" if asked == "flash" and place in ("lamp", "lamps") else asked


def _fits(asked: Asked, beat: Beat, text: Text, at: int) -> bool:
    """Whether the words before the verb speak of what this change is about; a beat on the light layer does anyhow."""
    words = _light_words()
    if asked.of == "gloss":
        return _speaks(text, at, (words.gloss,))
    if asked.of == "shadow":
        return _speaks(text, at, (words.shadows,))
    if asked.of == "light":
        return _speaks(text, at, (words.lights,))
    return beat.layer == "light" or _speaks(text, at, (words.lights, words.lamps, words.gloss, words.lit))


def _speaks(text: Text, at: int, of: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of these things is named before a place, or happens there."""
    found = text.find([word for names in of for word in names])
    if found is None or found > at:
        return False
    return found < at or text.find(_light_words().happening, at) == at


def _place(text: Text, at: int, words: LightWords) -> tuple[Place, str]:
    """What shines or is lit, and the word for it where it is a lamp or lights."""
    lamp = text.find(words.lamps)
    if lamp is not None and lamp <= at:
        named = text.words[lamp]
        return "lamps" if named.endswith("s") or named == "neon" else "lamp", named
    several = text.find(words.several)
    if several is not None and several < at:
        return "lights", text.words[several]
    return "gloss" if _speaks(text, at, (words.gloss,)) else "whole", ""


@cache
def _light_words() -> LightWords:
    return read_preset(PRESETS / "light.toml", LightWords)
