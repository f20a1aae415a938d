"""Ambient motion as a sum of waves over a region: random by seed, alike from frame to frame, and unable to fold.

A wave swings at one rate; its phase runs over the region with the wind and wanders from patch to patch, so that
neighbours move alike and the whole never repeats itself in step. Rates lie evenly on a logarithmic axis between a
motion's slowest and fastest, and quick waves are small: the spectrum falls as a power of the rate, as it does for
plants in wind (de Langre, "Effects of wind on plants", Annual Review of Fluid Mechanics, 2008) and for the sea.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.motions import Motion

__all__ = ["STEEPEST", "Ground", "Waves", "make_waves"]

STEEPEST = 0.45
"""How much of a pixel the displacement may at most change from one pixel to the next; 1 would fold."""

_EVENLY = 0.75
"""The part of that which waves may use by themselves; the rest is for where they are made smaller."""

_FALL = 0.8
"""Power by which a wave's size falls with its rate."""

_WANDER = 1.3
"""Standard deviation of the phase from patch to patch, in radians."""

_WIDENS = 1.6
"""How much faster than evenly a chest goes aside from its middle on, until it goes as far as it does."""

_FEWEST_CELLS = 5.0
"""A wave shorter than so many cells of the grid would show the grid: it is left out there."""

_TALLEST = 0.04
"""How far a wave on water goes at most, as a share of its length: steeper ones break (at 1/7, crest to trough)."""

Map = NDArray[np.float32]


@dataclass(frozen=True)
class Ground:
    """What waves are laid on: a grid over a part of the still.

    Attributes:
        size: rows × columns: how far each cell may go, in pixels of the still; exactly 0 outside the region.
        cell: width of a cell in pixels of the still.
        long: the still's longer side in pixels.
        wind: the direction in which waves run and things are pushed, (right, down), length 1.
    """

    size: Map
    cell: float
    long: float
    wind: tuple[float, float]

    def aside(self, motion: Motion) -> Map | np.float32:
        """How far to the right each place goes, against how far it goes at the most: a chest widens, wings open."""
        if motion.held not in ("foot", "pair"):
            return np.float32(1)
        inside = self.size > 0
        columns = np.flatnonzero(inside.any(axis=0))
        if not len(columns):
            return np.float32(1)
        x = np.arange(self.size.shape[1], dtype=np.float32)
        middle = float((inside.sum(axis=0) * x).sum() / inside.sum())
        half = max(1.0, 0.5 * float(columns[-1] - columns[0]))
        faster = _WIDENS if motion.held == "foot" else 1.0
        return np.asarray(np.clip((middle - x) / half * faster, -1, 1), np.float32)[None]


@dataclass(frozen=True)
class Waves:
    """A displacement over time: rows × columns × 2 fields, each with its rate.

    Attributes:
        fields: two for each wave, its sine and its cosine part: 2 waves × rows × columns × 2, pixels of the still.
        slopes: how steep each field's surface is there, 2 waves × rows × columns, about -1 to 1.
        hertz: rate of each wave.
    """

    fields: NDArray[np.float32]
    slopes: NDArray[np.float32]
    hertz: NDArray[np.float64]

    def shift(self, seconds: float, amount: float = 1.0) -> Map:
        """The displacement at a time."""
        return _sum(self.fields, _turn(self.hertz, seconds) * amount)

    def slope(self, seconds: float, amount: float = 1.0) -> Map:
        """How steep the surface stands at a time, about -1 to 1."""
        return _sum(self.slopes, _turn(self.hertz, seconds) * amount)


def _turn(hertz: NDArray[np.float64], seconds: float) -> NDArray[np.float64]:
    angle = 2 * np.pi * hertz * seconds
    return np.stack([np.sin(angle), np.cos(angle)], axis=1).ravel()


def _sum(fields: NDArray[np.float32], weights: NDArray[np.float64]) -> Map:
    flat = weights.astype(np.float32) @ fields.reshape(len(fields), -1)
    return np.asarray(flat.reshape(fields.shape[1:]), np.float32)


def make_waves(
    motion: Motion, ground: Ground, rng: np.random.Generator, highest: float = 1.0, period: float | None = None
) -> Waves:
    """Draw the waves of a motion.

    Args:
        motion: the kind, with its rates, size of patches and directions.
        ground: what they are laid on.
        rng: gives phases and directions; the same state gives the same waves.
        highest: the largest amount that will be asked for: up to it nothing folds.
        period: seconds after which everything repeats; None: it never need.
    """
    hertz = np.geomspace(*motion.hertz, motion.waves) if motion.waves > 1 else np.array([np.mean(motion.hertz)])
    hertz = hertz * rng.uniform(0.9, 1.1, len(hertz))
    if period:
        hertz = np.maximum(1, np.round(hertz * period)) / period
    sizes = (hertz / hertz[0]) ** -_FALL
    sizes /= np.linalg.norm(sizes) * 1.4
    phase = _on_water if motion.surface else _on_things
    fields, slopes = [], []
    for rate, size in zip(hertz, sizes, strict=True):
        long = np.float32(hertz[0] / rate) if motion.surface else np.float32(1)  # light shows the long waves on water
        angle, tallest = phase(motion, ground, float(rate), rng)
        height = np.minimum(ground.size * np.float32(size), tallest)
        toward = _direction(motion, ground, rng)
        aside = ground.aside(motion)
        for part, slope in ((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))):
            fields.append(np.stack([height * part * toward[0] * aside, height * part * toward[1]], axis=-1))
            slopes.append(slope * height * long / np.float32(max(float(ground.size.max()), 1e-6)))
    made = Waves(np.asarray(fields, np.float32), np.asarray(slopes, np.float32), hertz)
    return Waves(_unfolded(made.fields, ground.cell / highest), made.slopes, hertz)


def _direction(motion: Motion, ground: Ground, rng: np.random.Generator) -> tuple[np.float32, np.float32]:
    """Which way a wave moves things: along the wind as far as they go across, and up and down."""
    down = motion.down * rng.choice((-1.0, 1.0)) * rng.uniform(0.7, 1.0)
    if motion.held in ("foot", "pair"):  # what fills with air widens as it rises
        return np.float32(motion.across * np.sign(down)), np.float32(down)
    across = motion.across * (ground.wind[0] if abs(ground.wind[0]) > 0.3 else 1.0)
    return np.float32(across), np.float32(down)


def _on_things(motion: Motion, ground: Ground, rate: float, rng: np.random.Generator) -> tuple[Map, Map]:
    """A wave that runs with the wind through leaves or cloth: its phase, and how far it may at most go."""
    rows, columns = ground.size.shape
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) * np.float32(ground.cell)
    angle = np.full((rows, columns), rng.uniform(0, 2 * np.pi), np.float32)
    if motion.patch < 1:  # else all of it moves together
        angle = angle + _wander(ground, motion.patch, rng)
    if motion.travel:
        run = 2 * np.pi * rate / (motion.travel * ground.long)
        angle = angle + np.float32(run) * (x * np.float32(ground.wind[0]) + y * np.float32(ground.wind[1]))
    return np.asarray(angle, np.float32), ground.size


def _wander(ground: Ground, patch: float, rng: np.random.Generator) -> Map:
    """A smooth random phase, alike within a patch."""
    rows, columns = ground.size.shape
    cells = max(patch * ground.long / ground.cell, 3.0)
    knots = (max(2, round(rows / cells) + 2), max(2, round(columns / cells) + 2))
    coarse = rng.normal(0, _WANDER, knots).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC), np.float32)


def _on_water(motion: Motion, ground: Ground, rate: float, rng: np.random.Generator) -> tuple[Map, Map]:
    """A wave on a level surface seen from the side; long ones run faster, as gravity makes them (f ~ 1 / √λ)."""
    rows, columns = ground.size.shape
    seen = np.flatnonzero((ground.size > 0).any(axis=1))
    top, depth = (seen[0], max(seen[-1] - seen[0] + 1, 8)) if len(seen) else (0, rows)
    nearness = np.clip((np.arange(rows, dtype=np.float32) - top) / depth, 0, 1) * np.float32(0.9) + np.float32(0.1)
    away = (1 / nearness)[:, None]  # 1 at the near edge, 10 at the far one
    x = (np.arange(columns, dtype=np.float32) - columns / 2)[None] * away
    z = np.float32(depth) * away * np.float32(1.6)  # a level surface is foreshortened
    longest = motion.patch * ground.long / ground.cell
    wavelength = longest * (motion.hertz[0] / rate) ** 1.2
    course = rng.uniform(-0.9, 0.9) + np.pi / 2 * np.sign(ground.wind[0]) * (abs(ground.wind[0]) > 0.3) * 0.5
    turns = 2 * np.pi / wavelength
    angle = np.float32(turns) * (np.float32(np.sin(course)) * x - np.float32(np.cos(course)) * z)
    angle = angle + np.float32(0.6) * _wander(ground, motion.patch, rng) + np.float32(rng.uniform(0, 2 * np.pi))
    steep = np.abs(np.gradient(z[:, 0])) * turns * abs(np.cos(course)) + away[:, 0] * turns * abs(np.sin(course))
    cells = 2 * np.pi / np.maximum(steep, 1e-6)
    tallest = _TALLEST * ground.cell * cells * np.clip(cells / _FEWEST_CELLS - 1, 0, 1)
    return np.asarray(angle, np.float32), np.asarray(np.broadcast_to(tallest[:, None], ground.size.shape), np.float32)


def _unfolded(fields: NDArray[np.float32], cell: float) -> NDArray[np.float32]:
    """The fields, smaller around where a sum of them may be too steep, as at a border: the rest goes on undisturbed."""
    most = STEEPEST * cell
    for share in (_EVENLY, 1.0):
        steep, tall = _steepness(fields)
        least = np.minimum(1, share * most / np.maximum(steep, 1e-9)).astype(np.float32)
        if least.min() >= 1:
            return fields
        slope = (1 - share) * most / max(tall, 1e-9)
        rounds = int(min(1 / slope, sum(least.shape))) if slope else 0
        for _ in range(rounds):
            least = np.minimum(least, cv2.erode(least, np.ones((3, 3), np.uint8)) + np.float32(slope))
        fields = fields * (least[..., None] if rounds else least.min())
    return fields


def _steepness(fields: NDArray[np.float32]) -> tuple[Map, float]:
    """How steep the sum of all fields can be at each place, and how far it can go anywhere."""
    pairs = fields.reshape(-1, 2, *fields.shape[1:])
    steep, tall = np.zeros(fields.shape[1:3], np.float32), np.zeros(fields.shape[1:3], np.float32)
    for pair in pairs:
        change = np.stack([np.gradient(pair, axis=axis) for axis in (1, 2)])  # 2 axes × 2 parts × rows × columns × 2
        steep += np.sqrt((change**2).sum(axis=1).max(axis=(0, 3)))
        tall += np.sqrt((pair**2).sum(axis=0).max(axis=-1))
    return steep, float(tall.max())
