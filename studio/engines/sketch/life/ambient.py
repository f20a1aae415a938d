"""The ambient motion of a take: read from the beats, found on the still or painted, and made to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.brush import read_brush
from studio.engines.sketch.life.calls import asked_of, rises_from_brush
from studio.engines.sketch.life.drift import Drift
from studio.engines.sketch.life.effect import Area, Layer, Life, Redrawn, Scene, Swing
from studio.engines.sketch.life.hair import find_hair
from studio.engines.sketch.life.lids import Lids
from studio.engines.sketch.life.motions import Library, Motion, Region, load_library
from studio.engines.sketch.life.place import lay_out
from studio.engines.sketch.life.reading import Call, read_beat
from studio.engines.sketch.life.regions import FINDERS, find_region
from studio.engines.sketch.life.span import Edges
from studio.engines.sketch.life.waves import Ground, Waves, make_waves
from studio.shot import Beat, Direction, Shot

__all__ = ["Waving", "calls_of", "enliven"]

_LEVELS = {1: 0.55, 2: 1.0, 3: 1.8}
_RAMP = 0.7
"""Seconds in which a motion comes up and dies away at an edge of its beat that is inside the clip."""

_CHEST = 1.5
"""How many times its own height the side of a picture may be by which a chest's breath is measured."""

_IDLE_BRUSH = "The motion brush is not used: no beat says how its place moves."

_COURSES: dict[Direction, tuple[float, float]] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "up": (0.0, -1.0),
    "down": (0.0, 1.0),
}

Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Order:
    """One region that moves in one way, by all the beats that ask for it.

    Attributes:
        amounts: one for each frame, 0 at rest.
        wind: the way it goes or is blown, (right, down).
        beat: the first of them.
    """

    motion: Motion
    region: Region
    amounts: NDArray[np.float64]
    wind: tuple[float, float]
    beat: Beat


@dataclass(frozen=True)
class Waving:
    """A region that swings where it is, in waves.

    Attributes:
        ink: where the region itself is, without the margin around it: only that is shaded.
    """

    area: Area
    waves: Waves
    amounts: NDArray[np.float64]
    fps: int
    shade: float
    ink: NDArray[np.float32]

    def rests(self, number: int) -> bool:
        """Whether nothing swings here."""
        return not self.amounts[max(0, number - 1) : number + 1].any()

    def shift(self, number: int) -> NDArray[np.float32]:
        """The waves at this frame."""
        return self.waves.shift(number / self.fps, float(self.amounts[number]))

    def gain(self, number: int) -> NDArray[np.float32] | None:
        """Light on the waves' slopes."""
        amount = min(float(self.amounts[number]), 1.5) * self.shade
        return 1 + self.waves.slope(number / self.fps, amount) * self.ink if amount else None


def calls_of(shot: Shot, library: Library) -> list[Call]:
    """What the shot's beats ask of the still; what is drawn over it is not asked of it."""
    beats = [beat for beat in shot.timeline.beats if asked_of(beat, shot) is None]
    return [call for beat in beats if (call := read_beat(beat, library)) is not None]


def enliven(scene: Scene) -> Life:
    """Make everything move that the beats name and that is found on the still or painted.

    Raises:
        ShotError: a motion brush that cannot be used.
    """
    library = load_library()
    orders = _orders(scene, library)
    brush = read_brush(scene.shot)
    if not orders:
        idle = brush is not None and not rises_from_brush(scene.shot)
        return Life(notes=(_IDLE_BRUSH,) if idle else ())
    masks = _masks(scene, orders, brush)
    swings: list[Swing] = []
    layers: list[Layer] = []
    redrawn: list[Redrawn] = []
    notes = []
    for number, (order, mask) in enumerate(zip(orders, masks, strict=True)):
        rng = np.random.default_rng((scene.shot.seed, 7919, number))
        effect: Waving | Drift | Lids | None = None
        if order.motion.held == "lids":
            effect = Lids.of(scene, order.beat, rng, brush if len(orders) == 1 else None)
        elif mask is not None:
            effect = _effect(scene, order, mask, rng)
        if effect is None and not order.region.found and brush is None:
            continue  # the plan has said so
        if effect is None:
            title = order.region.title
            notes.append(f"{title[0].upper()}{title[1:]}: not found on the still for sure, so nothing moves there.")
        elif isinstance(effect, Drift):
            layers.append(effect)
        elif isinstance(effect, Lids):
            redrawn.append(effect)
        else:
            swings.append(effect)
    return Life(tuple(swings), tuple(layers), tuple(redrawn), notes=tuple(notes))


def _orders(scene: Scene, library: Library) -> list[Order]:
    """One order for each region and motion; beats that ask for the same one share it."""
    grouped: dict[tuple[str, str], list[Call]] = {}
    for call in calls_of(scene.shot, library):
        grouped.setdefault((call.region.id, call.motion.id), []).append(call)
    times = np.arange(scene.frames) / scene.fps
    orders = []
    for number, calls in enumerate(grouped.values()):
        amounts = np.max([_amount(call, times, scene) for call in calls], axis=0)
        said = next((call.direction for call in calls if call.direction is not None), None)
        rng = np.random.default_rng((scene.shot.seed, 104729, number))
        motion, region = calls[0].motion, calls[0].region
        if motion.held == "lids":
            region = library.region(motion.regions[0])  # whoever blinks, it is the eyes that do
        orders.append(Order(motion, region, amounts, _wind(motion, said, rng), calls[0].beat))
    return orders


def _wind(motion: Motion, said: Direction | None, rng: np.random.Generator) -> tuple[float, float]:
    """Which way things go: as said, else as they do by themselves; a wind that nobody named comes by chance."""
    upright = motion.held == "stream" and not motion.surface  # foam that slides up the sand comes down the picture
    course = said if said in ("left", "right") or upright else None
    if course is None and motion.course != "wind":
        course = motion.course
    chance = (float(rng.choice((-1.0, 1.0))), 0.0)
    return _COURSES[course] if course else chance


def _amount(call: Call, times: NDArray[np.float64], scene: Scene) -> NDArray[np.float64]:
    """How much a beat asks for at each time; one that fills a loop never rests."""
    return _LEVELS[call.beat.level] * Edges.of(call.beat, scene).amount(times, _RAMP, _RAMP)


def _masks(scene: Scene, orders: Sequence[Order], brush: Mask | None) -> list[Mask | None]:
    """Where each order acts: found on the still, within the brush where there is one."""
    found = [_found(scene, order.region) for order in orders]
    if brush is None:
        return found
    if len({order.region.id for order in orders}) == 1:
        return [brush for _ in orders]
    taken = np.zeros_like(brush)
    within: list[Mask | None] = []
    for mask in found:
        if mask is None:
            within.append(None)
            continue
        large = cv2.resize(mask, brush.shape[::-1], interpolation=cv2.INTER_LINEAR)
        within.append(np.minimum(brush, large))
        taken = np.maximum(taken, large)
    rest = np.minimum(brush, 255 - taken)
    return [rest if mask is None else mask for mask in within]


def _found(scene: Scene, region: Region) -> Mask | None:
    """Where a region is on the still."""
    if region.id == "hair":
        return find_hair(scene.canvas, scene.shot.faces)
    return find_region(scene.canvas, region.id, scene.shot.focus) if region.id in FINDERS else None


def _effect(scene: Scene, order: Order, mask: Mask, rng: np.random.Generator) -> Waving | Drift | None:
    """The effect of an order on its mask; None where the mask is too small."""
    still = (scene.shot.still.width, scene.shot.still.height)
    if order.motion.held in ("behind", "stream"):
        return Drift.over(mask, scene, order.motion, order.amounts, order.wind)
    place = lay_out(mask, still, order.motion, order.region, order.wind)
    if place is None:
        return None
    high = place.area[3] - place.area[1]
    reach = order.motion.reach * (min(max(still), _CHEST * high) if order.motion.held == "foot" else max(still))
    highest = max(float(order.amounts.max(initial=0.0)), 1e-6)
    size = np.minimum(reach * place.free, place.room / highest)
    waves = make_waves(order.motion, Ground(size, place.cell, max(still), order.wind), rng, highest, scene.period)
    return Waving(place.area, waves, order.amounts, scene.fps, order.motion.shade, place.ink)
