"""Light that changes over the still, as the beats say: brighter, dimmer, in flicker, passing, spreading, flashing.

Each effect is a low-rank field of photographic stops: maps over the still (``lightmaps.py``) times curves over the
frames (``curves.py``). What changes for good stays when its beat is over; what flickers or passes returns to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import out_and_back
from studio.engines.sketch.life import curves
from studio.engines.sketch.life.effect import Life, Light, Scene
from studio.engines.sketch.life.lightmaps import Grid, LightMaps
from studio.engines.sketch.life.lightwords import Change, Kind, Lasting, Stops, read_light
from studio.engines.sketch.life.span import Edges
from studio.shot import Direction

__all__ = ["Blend", "Gleam", "Passing", "enliven"]

_WAYS: dict[Direction, tuple[float, float]] = {"right": (1, 0), "left": (-1, 0), "down": (0, 1), "up": (0, -1)}

_SLANT = 0.25
"""A band of light leans: light comes from above and from one side."""

_BEND = 0.10
"""How much further along a band meets what is one unit of disparity nearer."""

_UNDONE = "The clip loops: what the light does is done by the middle and undone by the end."

_PATCHES = 6
"""Groups of highlights that twinkle each in a time of their own."""

_MATT, _LIT = 0.3, 0.9
"""How much of a passing streak is thrown back by what is matt; and how much more light falls on all, in its stops."""

_BRIGHTEST, _WHITE = 0.8, 2.4
"""How far a streak brightens what it meets towards white, at most; and the stops at which it would make it white."""

_STREAK, _GLOW = (0.09, 0.3), 0.4
"""Half the widths of a streak's line and of the glow around it, in lengths of the thing; the glow's part of it."""

_DIMMED = 0.5
"""Stops that what is white loses beside a streak."""

_FORM, _BULGE, _SHADED = 0.1, 0.12, 0.3
"""How far along a streak meets what faces it, in heights or widths of the still; how broad a thing's rounded rim is, in
the root of its area; and how much light and shade on it count for its form.
"""

_FROM_LAMPS = {"lamp": 0.2, "lamps": 0.5}
"""How much of the light of everything comes from one lamp, and from all that are seen together."""

_BY_LAMPS = ("brighten", "dim", "black", "tint", "flicker", "pulse")
"""Changes that come from a lamp where one is named."""

_MOST = 2.2
"""Stops that light may add anywhere: more would wash the still out."""


@dataclass(frozen=True)
class Blend:
    """Maps that come and go: rank by rank, rows × columns × 3 stops, each with its curve over the frames."""

    maps: tuple[Grid, ...]
    curves: tuple[NDArray[np.float64], ...]

    def rests(self, number: int) -> bool:
        """Whether no curve moves into this frame."""
        return number > 0 and all(curve[number] == curve[number - 1] for curve in self.curves)

    def stops(self, number: int) -> Grid | None:
        """The sum of the maps as the curves weigh them."""
        parts = [
            part * np.float32(curve[number])
            for part, curve in zip(self.maps, self.curves, strict=True)
            if curve[number]
        ]
        return np.asarray(np.minimum(sum(parts), _MOST), np.float32) if parts else None


@dataclass(frozen=True)
class Passing:
    """Light with a shape that travels: a band, or an edge behind which it stays.

    Attributes:
        along: rows × columns, how far along the way each place lies.
        where: rows × columns × 3 stops: how much it takes there.
        place: where the middle of the band, or the foot of the edge, is at each frame, in units of `along`.
        share: how much of it is there at each frame.
        width: half the band's width, or the edge's whole width, in units of `along`.
        stays: an edge, not a band.
    """

    along: Grid
    where: Grid
    place: NDArray[np.float64]
    share: NDArray[np.float64]
    width: float
    stays: bool = False

    def rests(self, number: int) -> bool:
        """Whether nothing moved and nothing grew into this frame."""
        return _stands(self.place, self.share, number)

    def stops(self, number: int) -> Grid | None:
        """The band or the edge where it stands now."""
        if not self.share[number]:
            return None
        behind = (np.float32(self.place[number]) - self.along) / np.float32(self.width)
        if self.stays:
            shape = np.clip(behind, 0, 1)
            shape = shape * shape * (3 - 2 * shape)
        else:
            shape = np.cos(np.pi / 2 * np.clip(behind, -1, 1)) ** 2
        return np.asarray(np.minimum(self.where * (shape * np.float32(self.share[number]))[..., None], _MOST))


def _stands(place: NDArray[np.float64], share: NDArray[np.float64], number: int) -> bool:
    """Whether what is there in some share, at some place, is as it was a frame before."""
    same = number > 0 and share[number - 1] == share[number]
    return bool(same and (share[number] == 0 or place[number - 1] == place[number]))


@dataclass(frozen=True)
class Gleam:
    """A streak of light that travels over a thing and is thrown back as from a mirror.

    Attributes:
        along: rows × columns, how far along the way each place lies: 0 and 1 at the thing's ends.
        takes: rows × columns × 3, how far the streak brightens each place towards white.
        lights: rows × columns × 3 stops: how much more light falls on each place in the streak.
        dims: rows × columns × 3 stops: what the thing beside the streak loses, so that on what is white it shows, too.
        place: where the streak's middle is at each frame, in units of `along`.
        share: how much of it is there at each frame.
    """

    along: Grid
    takes: Grid
    lights: Grid
    dims: Grid
    place: NDArray[np.float64]
    share: NDArray[np.float64]

    def rests(self, number: int) -> bool:
        """Whether it stands, or is not there."""
        return _stands(self.place, self.share, number)

    def stops(self, number: int) -> Grid | None:
        """What the thing gains in the streak and loses beside it."""
        share = np.float32(self.share[number])
        return share * (self.dims + self.lights * self._streak(number)) if share else None

    def gleam(self, number: int) -> Grid | None:
        """What is thrown back of the streak."""
        share = np.float32(self.share[number])
        return share * self.takes * self._streak(number) if share else None

    def _streak(self, number: int) -> Grid:
        """A bright line in a soft glow: rows × columns × 1, 0 to 1."""
        apart = np.abs(self.along - np.float32(self.place[number]))
        line, glow = (np.cos(np.pi / 2 * np.minimum(apart / np.float32(width), 1)) ** 2 for width in _STREAK)
        return np.asarray(((1 - _GLOW) * line + _GLOW * glow)[..., None], np.float32)


@dataclass(frozen=True)
class _Work:
    """What a builder is given: the change and its edges, the still's maps, the frames' times and chance."""

    change: Change
    edges: Edges
    maps: LightMaps
    times: NDArray[np.float64]
    rng: np.random.Generator

    @property
    def span(self) -> tuple[float, float]:
        return self.change.beat.start, self.change.beat.end


def enliven(scene: Scene) -> Life:
    """The lights that the shot's beats ask for, in their order."""
    times = np.arange(scene.frames) / scene.fps
    maps = LightMaps(scene)
    lights: list[Light] = []
    notes: dict[str, None] = {}
    for number, beat in enumerate(scene.shot.timeline.beats):
        change = read_light(beat)
        build = _BUILD.get(change.kind) if change else None
        if not change or not build:
            continue
        lasts = change.kind in get_args(Lasting)
        clock = out_and_back(times, scene.period) if scene.period and lasts else times
        if missing := _missing(change, maps):
            notes[missing] = None
        if scene.period and lasts:
            notes[_UNDONE] = None
        rng = np.random.default_rng((scene.shot.seed, 7, number))
        lights.append(build(_Work(change, Edges.of(beat, scene), maps, clock, rng)))
    return Life(lights=tuple(lights), notes=tuple(notes))


def _missing(change: Change, maps: LightMaps) -> str:
    """What is to be said of a lamp that is named and not seen."""
    if not change.named or change.kind not in _BY_LAMPS or maps.shines:
        return ""
    if change.place in _FROM_LAMPS:
        instead = "the light at the point of interest changes instead"
    elif change.kind == "flicker":
        instead = "the light of the whole picture changes instead"
    else:
        return ""
    return f"The {change.named}: not found in the picture for sure, so {instead}."


def _lasting(work: _Work) -> Light:
    """Brighter, dimmer or of another colour, and so it stays."""
    change, maps = work.change, work.maps
    if change.place in ("lamp", "lamps"):
        source, halo = maps.lamp(change.place == "lamps")
        strong = min(change.stops, 0.9) if change.stops > 0 else max(change.stops, -4.0)
        field = strong * (source * 0.6 + halo) + _FROM_LAMPS[change.place] * max(change.stops, -2.0) * maps.whole
        colour = _coloured(np.maximum(source, halo), change.tint)
    else:
        field = change.stops * (maps.whole if change.kind != "black" else np.ones_like(maps.whole))
        colour = _coloured(np.ones_like(maps.whole), change.tint if change.kind != "black" else (0.0, 0.0, 0.0))
    return Blend((_white(field) + colour,), (curves.rise(work.times, *work.span),))


def _flicker(work: _Work) -> Light:
    """A flame wavers and a tube stutters; both light what is around them. Of several, each does in its own time."""
    change, maps = work.change, work.maps
    several = change.place == "lamps" or (change.place == "lights" and maps.shines)
    if not several and change.place != "lamp":
        curve = curves.flame(work.times, work.edges, work.rng)
        return Blend((_white(0.45 * change.stops * maps.whole),), (curve,))
    groups = maps.lamps(work.rng) if several else [(*maps.lamp(False), 1.0)]
    fields, moments = [], []
    for source, halo, share in groups:
        room = 0.2 * share * maps.whole
        if change.electric:
            fields.append(_white(change.stops * (4.5 * np.maximum(source, 0.8 * halo) + room)))
            moments.append(curves.stutter(work.times, work.edges, work.rng))
        else:  # a flame that sinks gets redder, as it is cooler
            field, colour = 0.5 * source + 0.8 * halo + room, _coloured(halo + room, (-0.03, 0.0, 0.06))
            fields.append(_white(change.stops * field) + colour)
            moments.append(curves.flame(work.times, work.edges, work.rng))
    return Blend(tuple(fields), tuple(moments))


def _pulse(work: _Work) -> Light:
    change, maps = work.change, work.maps
    if change.place in ("lamp", "lamps"):
        source, halo = maps.lamp(change.place == "lamps")
        field = change.stops * (0.6 * source + halo)
    else:
        field = 0.6 * change.stops * maps.whole
    return Blend((_white(np.asarray(field, np.float32)),), (curves.pulse(work.times, *work.span),))


def _flash(work: _Work) -> Light:
    """Lightning, brightest above and cold."""
    change, maps = work.change, work.maps
    high = np.asarray((1.0 - 0.45 * maps.y) * (0.7 + 0.3 * maps.lit), np.float32)
    strikes = change.count or min(2, max(1, round(change.beat.seconds)))
    curve = curves.flash(work.times, *work.span, strikes, work.rng)
    return Blend((_white(change.stops * high) + _coloured(high, (-0.12, 0.0, 0.18)),), (curve,))


def _band(work: _Work) -> Light:
    """A band of light or shade that crosses the still and is gone."""
    change, maps = work.change, work.maps
    shade = change.kind == "shade"
    width = 0.42 if shade else 0.3
    along = _along(maps, change.direction or "right")
    if shade:  # a cloud has no straight edge
        along = along + 0.16 * _clouds(maps.light.shape, maps.unit / 5, work.rng)
    along = (along - along.min()) / max(float(np.ptp(along)), 1e-6)
    takes = np.asarray(maps.ground if shade else 0.3 + 0.7 * maps.lit, np.float32)
    where = _white(change.stops * takes) + _coloured(takes, change.tint)
    start, end = work.span
    going = curves.rise(work.times, start, end)
    share = ((work.times > start) & (work.times < end)).astype(np.float64)
    return Passing(np.asarray(along, np.float32), where, -width + going * (1 + 2 * width), share, width)


def _spread(work: _Work) -> Light:
    """Light whose soft edge goes on over the still; what it has reached stays lit."""
    change, maps = work.change, work.maps
    along = _along(maps, change.direction or "down") + 0.05 * _clouds(maps.light.shape, maps.unit / 6, work.rng)
    along = (along - along.min()) / max(float(np.ptp(along)), 1e-6)
    takes = np.asarray(0.35 + 0.65 * maps.lit, np.float32)
    where = _white(change.stops * takes) + _coloured(takes, change.tint)
    width = 0.6
    going = curves.rise(work.times, *work.span)
    share = (work.times > work.span[0]).astype(np.float64)
    return Passing(np.asarray(along, np.float32), where, going * (1 + width), share, width, stays=True)


def _highlight(work: _Work) -> Light:
    """A streak of light that runs over the thing in focus, as its form lets it, and is thrown back into the lens."""
    change, maps = work.change, work.maps
    along = _along(maps, change.direction or "right") + _FORM * _faces(maps, change.direction or "right")
    first, last = _extent(along, maps.thing, 0.02)
    going = curves.rise(work.times, *work.span)
    strong = min(_BRIGHTEST, change.stops / _WHITE)
    # Where the thing is not told from its ground, only what is glazed: over what is dark and empty nothing may float.
    thing = maps.thing if maps.is_apart else maps.thing * maps.glaze
    tint = np.exp2(np.asarray(change.tint, np.float32))
    takes = thing * (_MATT + (1 - _MATT) * np.maximum(maps.shine, maps.sheen / 0.6))
    return Gleam(
        (along - np.float32(first)) / np.float32(last - first),
        takes[..., None] * np.float32(strong) * tint / tint.max(),
        _white(_LIT * change.stops * thing),
        _white(-_DIMMED * thing * maps.light / (maps.light + 0.3)),
        going * (1 + 2 * _STREAK[1]) - _STREAK[1],
        work.edges.amount(work.times, 0.25, 0.25),
    )


def _twinkle(work: _Work) -> Light:
    """Highlights that come and go, each patch of them in its own time."""
    change, maps = work.change, work.maps
    patches, moments = [], []
    for _ in range(_PATCHES):
        patch = np.maximum(_clouds(maps.light.shape, maps.unit / 70, work.rng), 0)
        patches.append(_white(change.stops * maps.shine * patch))
        moments.append(curves.twinkle(work.times, work.edges, work.rng))
    return Blend(tuple(patches), tuple(moments))


_BUILD: dict[Kind, Callable[[_Work], Light]] = {
    "brighten": _lasting,
    "dim": _lasting,
    "black": _lasting,
    "tint": _lasting,
    "flicker": _flicker,
    "pulse": _pulse,
    "flash": _flash,
    "sweep": _band,
    "shade": _band,
    "spread": _spread,
    "highlight": _highlight,
    "twinkle": _twinkle,
}
"""Every kind but "hold", for which nothing is to be done."""


def _along(maps: LightMaps, direction: Direction) -> Grid:
    """How far along a direction each place lies, in heights or widths of the still; near things a little further."""
    across, down = _WAYS.get(direction, (1.0, 0.0))
    rows, columns = maps.light.shape
    x, y = maps.x * columns / maps.unit, maps.y * rows / maps.unit
    lean = _SLANT * (y if across else x)
    return np.asarray(across * x + down * y + lean - _BEND * maps.lift, np.float32)


def _faces(maps: LightMaps, direction: Direction) -> Grid:
    """How far the thing in focus is turned towards a direction at each place, about -1 to 1: as it bulges out of its
    outline, and a little as light and shade upon it say (Johnston, "Lumo: illumination for cel animation", 2002).
    """
    across, down = _WAYS.get(direction, (1.0, 0.0))
    rim = max(0.5, _BULGE * np.sqrt(float(maps.thing.sum())))  # of a thing too thin to be seen, too
    swell = np.sqrt(cv2.GaussianBlur(maps.thing, (0, 0), rim) * maps.thing)
    shade = cv2.GaussianBlur(np.log2(maps.light + 0.02), (0, 0), maps.unit / 50)
    turned = np.zeros_like(swell)
    for field, part in ((swell, 1.0), (shade, _SHADED)):
        slope = -across * cv2.Sobel(field, cv2.CV_32F, 1, 0) - down * cv2.Sobel(field, cv2.CV_32F, 0, 1)
        most = float(np.percentile(np.abs(slope[maps.thing > 0.5]), 90)) if (maps.thing > 0.5).any() else 0.0
        turned += part * np.clip(slope / max(most, 1e-6), -1, 1)
    return np.asarray(cv2.GaussianBlur(turned, (0, 0), 1.0), np.float32)


def _extent(along: Grid, weight: Grid, aside: float) -> tuple[float, float]:
    """From where to where along the way nearly all of a thing lies, but for a share at either end."""
    order = np.argsort(along, axis=None)
    mass = np.cumsum(weight.ravel()[order])
    first, last = (float(along.ravel()[order][np.searchsorted(mass, part * mass[-1])]) for part in (aside, 1 - aside))
    return first, max(last, first + 0.05)


def _clouds(shape: tuple[int, ...], size: float, rng: np.random.Generator) -> Grid:
    """Smooth noise with a spread of one, `size` cells from light to dark."""
    noise = cv2.GaussianBlur(rng.standard_normal(shape).astype(np.float32), (0, 0), max(0.5, size / 2))
    return np.asarray((noise - noise.mean()) / max(float(noise.std()), 1e-6), np.float32)


def _white(field: NDArray[np.floating]) -> Grid:
    """The same stops for red, green and blue."""
    return np.repeat(np.asarray(field, np.float32)[..., None], 3, axis=2)


def _coloured(field: NDArray[np.floating], tint: Stops) -> Grid:
    return np.asarray(field[..., None] * np.asarray(tint, np.float32), np.float32)
