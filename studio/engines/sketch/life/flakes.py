"""Where many small things are that fall, rise or float through the air, at any moment: rain, snow, dust, embers.

Each has a place in the world that is a plain function of time, so any frame can be asked for: a steady fall in the
wind, and the eddies of a flow without sources (the curl of a sum of waves; Bridson and others, "Curl-noise for
procedural fluid flow", 2007). Most are small; what is large falls faster, as the root of its size (the drag of what
falls through air grows with the square of its speed). The camera sees each at its own distance, so that what is near
moves faster and is out of focus. What leaves the frame comes in again on the other side, and what ends its life begins
another elsewhere, so there are always as many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import FOCAL
from studio.engines.sketch.life.effect import Scene
from studio.engines.sketch.life.ink import SHIFT
from studio.engines.sketch.life.kinds import Fall
from studio.engines.sketch.life.nearness import Nearness
from studio.engines.sketch.life.projection import Eye
from studio.engines.sketch.life.span import Span

__all__ = ["SHUTTER", "Flakes", "Seen"]

Numbers = NDArray[np.float32]

SHUTTER = 0.5
"""The share of a frame's time in which the shutter is open: 180 degrees, as on film."""

_APERTURE = 0.006
"""Metres: how wide the lens is open; it decides how soft is what is out of focus."""

_SOLID, _GONE = 0.7, 0.4
"""What stands in the still dims what is more than so much farther (the inverse of it), and hides it from the second on:
how far it stands is known no better than that, and what is hidden at once would end in a hard line.
"""

_EDDIES = 5
_MARGIN = 0.04
"""How far beyond the frame things go before they come in on the other side, in heights of the frame."""

_RANKS = 0.85
"""The last things come when the effect is nearly there, so that they become many, not all of them strong."""

_SMALL = 1.5
"""Power by which small things are more than large ones."""

_ELSEWHERE = (0.6180, 0.7549)
"""How far, in widths and heights of the frame, a next life begins from the last: never twice at one place."""


@dataclass(frozen=True)
class Seen:
    """What the camera sees of them in one frame, in pixels of the frame.

    Attributes:
        x, y: where each is.  back_x, back_y: how far it came while the shutter was open.
        radius: its own.  blur: what being out of focus adds.  share: how much of it is there, 0 to 1.
        age: the part of its life that is over; 0 where lives do not end.
        number: which of them it is.
    """

    x: Numbers
    y: Numbers
    back_x: Numbers
    back_y: Numbers
    radius: Numbers
    blur: Numbers
    share: Numbers
    age: Numbers
    number: NDArray[np.intp]

    def strokes(
        self, strength: Numbers, rank: NDArray[np.int_], which: NDArray[np.bool_], scale: float
    ) -> Iterator[tuple[NDArray[np.bool_], list[NDArray[np.int32]], int]]:
        """Short strokes, each as long as it moved: those of one rank and width together, the lowest rank first.

        Args:
            strength: 0 to 1; what is too faint for 8 bits is left out.
            which: those that are to be drawn.
            scale: how large, against the frame.

        Yields:
            Which they are, their ends for OpenCV with `SHIFT`, and how wide they are.
        """
        wide = np.maximum(1, np.rint(2 * (self.radius + self.blur) * scale)).astype(int)
        ends = np.stack([self.x, self.y, self.x + self.back_x, self.y + self.back_y], axis=1) * scale
        ends[:, 2:] += 0.05  # what stands still is a dot
        points = np.rint(ends * (1 << SHIFT)).astype(np.int32).reshape(-1, 2, 2)
        key = np.where(which & (strength > 1 / 255), rank * 1000 + wide, -1)
        for group in np.unique(key[key >= 0]):
            members = key == group
            yield members, list(points[members]), int(group % 1000)


class Flakes:
    """Many small things in the air.

    Args:
        scene: the take.
        fall: how they fall.
        span: when they are there, and how many.
        wind: metres in a second to the right.
        nearness: what stands in the air.
        rng: chance.
    """

    def __init__(
        self, scene: Scene, fall: Fall, span: Span, wind: float, nearness: Nearness, rng: np.random.Generator
    ) -> None:
        self.scene, self.fall, self.span, self.nearness = scene, fall, span, nearness
        width, height = scene.size
        many = fall.count[span.level - 1]
        self.near = self._distances(many, rng)
        self.weight = np.asarray(fall.distance / self.near, np.float32)
        framing = scene.framing
        self.metre = np.float32(FOCAL * max(framing.optics.width, framing.optics.height) / fall.distance)
        self.zoom = np.float32(width / framing.width)
        small, large = fall.size
        size = small * (large / small) ** (rng.uniform(0, 1, many) ** _SMALL)
        heavy = np.sqrt(size / np.sqrt(small * large))
        pace = fall.speed * heavy * rng.uniform(1 - fall.spread, 1 + fall.spread, many)
        drift = wind * rng.uniform(0.7, 1.3, many)
        self.fall_x, self.fall_y = (np.asarray(part * self.metre * self.weight, np.float32) for part in (drift, pace))
        focal = self.metre * fall.distance * self.zoom
        self.radius = np.asarray(size / 2000 / self.near * focal, np.float32)
        self.blur = np.asarray(np.abs(1 / self.near - 1 / fall.distance) * _APERTURE / 2 * focal, np.float32)
        self.rank = (rng.permutation(many) / max(many, 1) * _RANKS).astype(np.float32)
        self.bright = rng.uniform(0.55, 1.0, many).astype(np.float32)
        self.phase = rng.uniform(0, 1, many).astype(np.float32)
        margin = _MARGIN * height + 2 * (self.radius + self.blur)
        blurred = np.hypot(self.fall_x, self.fall_y) * self.zoom * SHUTTER / scene.fps
        self.margin = np.asarray(margin + blurred, np.float32)
        self.home_x = np.asarray(framing.left + rng.uniform(0, 1, many) * framing.width, np.float32)
        self.home_y = np.asarray(framing.top + rng.uniform(0, 1, many) * framing.height, np.float32)
        self._stir(rng)
        self.life = self._lives(many, rng)

    def seen(self, number: int) -> Seen | None:
        """What frame `number` shows; None: nothing."""
        amount = self.span.amount[number]
        if amount <= 0:
            return None
        share = np.clip((np.float32(amount) - self.rank) / np.float32(1 - _RANKS), 0, 1)
        alive = np.flatnonzero(share > 0)
        scene, time = self.scene, number / self.scene.fps
        eye = Eye(scene.framing, scene.size, number)
        on_x, on_y, fade, age = self._at(time, alive)
        weight, passed = self.weight[alive], np.float32(SHUTTER / scene.fps)
        x, y = eye.see(on_x, on_y, weight)
        before_x, before_y = on_x - self.fall_x[alive] * passed, on_y - self.fall_y[alive] * passed
        before_x, before_y = eye.see(before_x, before_y, weight)
        back_x, back_y = (np.asarray(part, np.float32) for part in (before_x - x, before_y - y))
        width, height = scene.size
        margin = self.margin[alive]
        x = np.mod(x + margin, width + 2 * margin) - margin
        y = np.mod(y + margin, height + 2 * margin) - margin
        stands = self.nearness.at(*eye.look(x, y))
        share = share[alive] * fade * np.clip((weight - stands * _GONE) / (stands * (_SOLID - _GONE) + 0.01), 0, 1)
        kept = share > 0.01
        if not kept.any():
            return None
        parts = x, y, back_x, back_y, self.radius[alive], self.blur[alive], share, age
        x, y, back_x, back_y, radius, blur, share, age = (np.asarray(part[kept], np.float32) for part in parts)
        return Seen(x, y, back_x, back_y, radius, blur, share, age, alive[kept])

    def _lives(self, many: int, rng: np.random.Generator) -> Numbers | None:
        """How long each lives; in a loop as often as fits, and what has no end lives once through it."""
        period = self.span.period
        if not self.fall.life:
            return np.full(many, period, np.float32) if period else None
        life = rng.uniform(*self.fall.life, many)
        return np.asarray(period / np.maximum(1, np.rint(period / life)) if period else life, np.float32)

    def _distances(self, many: int, rng: np.random.Generator) -> Numbers:
        """More of them far away than near, as a view widens with the distance."""
        near, far = self.fall.near, self.fall.far
        power = self.fall.crowd + 1
        part = rng.uniform(0, 1, many)
        return np.asarray((near**power + part * (far**power - near**power)) ** (1 / power), np.float32)

    def _stir(self, rng: np.random.Generator) -> None:
        """The waves whose curl is the eddies' flow: divergence-free, for each thing as large as it is near."""
        metres = rng.uniform(0.25, 1.1, _EDDIES)
        turn = rng.uniform(0, 2 * np.pi, _EDDIES)
        size = 2 * np.pi / metres
        self.wave_x = (np.cos(turn) * size).astype(np.float32)
        self.wave_y = (np.sin(turn) * size).astype(np.float32)
        rate = rng.uniform(0.25, 0.7, _EDDIES) * self.fall.hertz
        if self.span.period:
            rate = np.maximum(1, np.rint(rate * self.span.period)) / self.span.period
        self.wave_rate = (2 * np.pi * rate).astype(np.float32)
        self.wave_phase = rng.uniform(0, 2 * np.pi, _EDDIES).astype(np.float32)

    def _at(self, time: float, alive: NDArray[np.intp]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Where they are in pixels of the still, as the camera at rest sees it, how much of each, and its age."""
        weight, framing = self.weight[alive], self.scene.framing
        x, y = self.home_x[alive], self.home_y[alive]
        since: Numbers | np.float32 = np.float32(time)
        fade, age = np.ones(len(alive), np.float32), np.zeros(len(alive), np.float32)
        if self.life is not None:  # each is unseen when it begins anew
            life = self.life[alive]
            lives = time / life + self.phase[alive]
            part = np.mod(lives, 1)
            since = np.asarray(part * life, np.float32)
            fade = np.asarray(np.clip(8 * np.minimum(part, 1 - part), 0, 1), np.float32)
            if self.fall.life:
                age = np.asarray(part, np.float32)
                turn = np.floor(lives)
                if self.span.period:  # the first life of the next time around is that of this one
                    turn = np.mod(turn, np.rint(self.span.period / life))
                x = x + (_ELSEWHERE[0] * turn % 1 * framing.width).astype(np.float32)
                y = y + (_ELSEWHERE[1] * turn % 1 * framing.height).astype(np.float32)
        x = x + self.fall_x[alive] * since
        y = y + self.fall_y[alive] * since
        if self.fall.eddies:
            scale = self.metre * weight
            phase = (
                (x / scale)[:, None] * self.wave_x
                + (y / scale)[:, None] * self.wave_y
                + np.float32(time) * self.wave_rate
                + self.wave_phase
                + 40 * self.near[alive][:, None]
            )
            swing = np.cos(phase) * np.float32(self.fall.eddies / np.sqrt(_EDDIES)) * scale[:, None]
            length = np.hypot(self.wave_x, self.wave_y)
            x = x + swing @ (self.wave_y / length)
            y = y - swing @ (self.wave_x / length)
        return np.asarray(x, np.float32), np.asarray(y, np.float32), fade, age
