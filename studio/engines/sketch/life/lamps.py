"""Find what shines by itself in a still: lamps, lanterns, signs, lit windows, candles, globes.

A lamp is compact, nearly as bright as white, and several times as bright as what is just around it: a sofa, a wall or a
picture in the same light is not. In the dark even a fainter one shines, where it stands out still more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.look import discs

__all__ = ["find_lamps"]

Grid = NDArray[np.float32]
Core = NDArray[np.bool_]

_LEVELS = (0.33, 0.45, 0.6, 0.75, 0.9)
"""Light, against white, at which pieces are cut out, from the rim of a lamp to its inside."""

_AREA = (2, 0.06)
"""Cells that a lamp has at least, and the share of the picture that it fills at most."""

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)

_BRIGHT = ((0.85, 3.4), (0.55, 6.0))
"""The light of a lamp's brighter quarter, at least, and how many times brighter than its surroundings it is then, in
its strongest colour and to the eye: paint of a strong colour outshines its surroundings in that colour only."""

_RING = (2, 7)
"""How far from a lamp, in cells, its surroundings begin and end: the glow next to it does not count."""

_DARKEST = 0.02
"""Light of surroundings that are told apart."""

_MOST = 8.0
"""Standing out further than this makes no lamp surer."""

_BURNT, _DIMMER = 0.95, 0.75
"""Light of a globe that shines, in every colour, and of what surrounds it, at most."""

_GLOBE, _ROUND = (0.004, 0.15), 0.85
"""The share of the picture that a globe fills, and what it fills of its own hull."""


def find_lamps(small: Grid) -> list[tuple[Core, float]]:
    """Find lamps.

    Args:
        small: rows × columns × 3, linear light of a small still, 0 to 1.

    Returns:
        Where each shines, rows × columns, and how far it stands out, 0 to 1; none overlap.
    """
    taken = np.zeros(small.shape[:2], bool)
    found: list[tuple[Core, float]] = []
    for core, score in (*_globes(small), *_pieces(small)):
        if not (core & taken).any():
            taken |= core
            found.append((core, score))
    return found


def _pieces(small: Grid) -> Iterator[tuple[Core, float]]:
    """Compact pieces that stand out, each as wide as it does."""
    value, luma = np.asarray(small.max(axis=2), np.float32), np.asarray(small @ _LUMA, np.float32)
    taken = np.zeros(value.shape, bool)
    for level in _LEVELS:
        count, labels, stats, _ = cv2.connectedComponentsWithStats((value > level).astype(np.uint8), connectivity=8)
        for number in range(1, count):
            left, top, width, height, area = stats[number]
            if not _AREA[0] <= area <= _AREA[1] * value.size:
                continue
            far = _RING[1]
            box = (slice(max(0, top - far), top + height + far), slice(max(0, left - far), left + width + far))
            piece = labels[box] == number
            if taken[box][piece].any() or value[box][piece].max() < _BRIGHT[-1][0]:
                continue
            score = _stands_out(value[box], luma[box], piece.astype(np.uint8))
            if score:
                core = np.zeros(value.shape, bool)
                core[box] = piece
                taken |= core
                yield core, score


def _stands_out(value: Grid, luma: Grid, piece: NDArray[np.uint8]) -> float:
    """How far a piece outshines what is around it, 0 (no lamp) to 1."""
    near, wide = (cv2.dilate(piece, np.ones((2 * side + 1, 2 * side + 1), np.uint8)) for side in _RING)
    ring = (wide > 0) & (near == 0)
    if not ring.any():
        return 0.0
    bright = float(np.percentile(value[piece > 0], 75))
    times = min(float(np.median(part[piece > 0])) / (float(np.median(part[ring])) + _DARKEST) for part in (value, luma))
    if not any(bright >= light and times >= least for light, least in _BRIGHT):
        return 0.0
    return bright * bright * math.sqrt(min(1.0, times / _MOST))


def _globes(small: Grid) -> Iterator[tuple[Core, float]]:
    """Shades and globes, which are larger than what else shines: burnt out, round, and brighter than all around."""
    value = np.asarray(small.min(axis=2), np.float32)
    for globe, _, _ in discs(np.asarray(value > _BURNT, np.uint8), _GLOBE, _ROUND):
        piece = globe.astype(np.uint8)
        near, wide = (cv2.dilate(piece, np.ones((side, side), np.uint8)) > 0 for side in (3, 7))
        ring = wide & ~near
        if ring.any() and float(np.median(value[ring])) < _DIMMER:
            yield globe, 1.0
