"""Patterns in the solid: how far a surface goes from its first colour to its second, at points in space.

Every pattern takes n × 3 points, already multiplied by the surface's scale, and gives n numbers from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["PATTERNS", "cloudy"]

Grid = NDArray[np.floating[Any]]
Pattern = Callable[[Grid], Grid]


@cache
def _volume() -> NDArray[np.float32]:
    """A block of smooth noise that repeats, spread evenly over 0 to 1."""
    rng = np.random.default_rng(0)
    block = rng.random((16, 16, 16)).astype(np.float32)
    for axis in range(3):
        fine = np.repeat(block, 4, axis)
        block = np.mean([np.roll(fine, shift, axis) for shift in range(-2, 3)], axis=0)
    order = np.argsort(np.argsort(block.ravel()))
    return np.asarray((order / block.size).reshape(block.shape), np.float32)


def _noise(points: Grid) -> Grid:
    place = np.floor(points * 4).astype(np.int64) & 63
    return np.asarray(_volume()[place[:, 0], place[:, 1], place[:, 2]])


def cloudy(points: Grid) -> Grid:
    """Noise of three octaves, about 0 to 1."""
    return np.asarray((_noise(points) + 0.5 * _noise(points * 2.1 + 3) + 0.25 * _noise(points * 4.3 + 9)) / 1.75)


def _lines(points: Grid, width: float) -> Grid:
    """Whether points lie on the lines of a unit lattice."""
    place = points - np.floor(points)
    return np.asarray(((place < width) & (np.abs(points) > 1e-4)).any(axis=1), np.float32)


def _bricks(points: Grid) -> Grid:
    course = np.floor(points[:, 2:] * 2)
    laid = np.hstack([points[:, :1] + 0.5 * course, points[:, 1:2] + 0.5 * course, points[:, 2:] * 2])
    return np.asarray(np.clip(_lines(laid, 0.12) + 0.5 * _noise(np.floor(laid) * 3.7), 0, 1))


def _windows(points: Grid) -> Grid:
    place = points - np.floor(points)
    pane = ((place > 0.25) & (place < 0.75)).sum(axis=1) >= 2
    return np.asarray(np.where(pane, 0.6 + 0.4 * (_noise(np.floor(points) * 3.7) > 0.6), 0.15 * _noise(points * 3)))


def _collage(points: Grid) -> Grid:
    """Labels, prints and patches: blocks of three sizes over each other, each of one mix."""
    found = _noise(np.floor(points) * 3.7)
    for size, share in ((2.3, 0.6), (5.1, 0.75)):
        block = np.floor(points * np.array([1, 1, 1.6]) * size)
        found = np.where(_noise(block * 2.9 + size) > share, _noise(block * 5.3 + 7.1), found)
    return np.asarray(found)


def _wood(points: Grid) -> Grid:
    """Boards with rings drawn out along one direction."""
    drawn = points * np.array([0.35, 6, 6])
    rings = np.sin(20 * np.hypot(drawn[:, 1] / 6, drawn[:, 2] / 6) + 5 * cloudy(drawn * 0.4))
    boards = _noise(np.floor(points * np.array([0.2, 3, 3])) * 3.7)
    return np.asarray(np.clip(0.3 + 0.2 * rings + 0.3 * (cloudy(drawn * 3) - 0.5) + 0.4 * (boards - 0.5), 0, 1))


def _weave(points: Grid) -> Grid:
    """Cloth: crossing threads over soft folds."""
    threads = np.sin(points[:, 0] * 25) * np.sin(points[:, 2] * 25) + np.sin(points[:, 1] * 25)
    return np.asarray(np.clip(cloudy(points * np.array([1, 1, 0.3])) + 0.15 * threads, 0, 1))


def _clumps(points: Grid) -> Grid:
    """Leaves, moss, rubble: hard-edged noise over soft."""
    fine = _noise(points * 5) * _noise(points * 2.3 + 5)
    return np.asarray(np.clip(1.6 * fine + 0.4 * cloudy(points) - 0.2, 0, 1))


PATTERNS: dict[str, Pattern] = {
    "plain": lambda points: np.zeros(len(points), np.float32),
    "noise": cloudy,
    "spots": lambda points: np.clip((_noise(points) - 0.6) * 8, 0, 1),
    "stripes": lambda points: np.clip(2 * np.sin(points[:, 0] * 6 + 2 * cloudy(points)) + 0.5, 0, 1),
    "tiles": lambda points: np.clip(_lines(points, 0.06) + 0.25 * _noise(np.floor(points) * 3.7), 0, 1),
    "check": lambda points: np.floor(points + 1e-4).sum(axis=1) % 2,
    "grain": lambda points: 0.5 * _noise(points * 9) + 0.5 * cloudy(points * np.array([1, 1, 6])),
    "bricks": _bricks,
    "windows": _windows,
    "collage": _collage,
    "wood": _wood,
    "weave": _weave,
    "clumps": _clumps,
}
