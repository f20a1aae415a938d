"""Where a plume begins: at the upper edge of the thing in focus, on the ground, or where the person painted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Scene

__all__ = ["Mouth", "find_mouth", "ground_mouth", "painted_mouths"]

_CELLS = 160
_SUNK = 0.07
"""How far below its rim a vessel's liquid lies, in widths of the mouth."""

_HIGHEST = 0.3
"""How far above the focus its upper edge may be, in heights of the still."""


_GROUND, _ASIDE = 0.84, 0.35
"""Where ground is most likely, in heights of the still, and how far it lies towards the focus from the middle."""

_WIDER, _BED = 1.5, 0.2
"""How much wider a plume from the ground begins, and from how far before and behind, in its widths."""

_FOOT, _ASTRIDE = 0.94, (-0.55, 0.55)
"""Where the foot of a thing is most likely, in heights of the still, and what rises on both sides of it, in widths
of a mouth."""

_RIM = 14.0
"""How far apart in CIELAB what lies on both sides of a rim is, at least: less is a shade on a thing."""

_OPENING, _ALIKE = 1.4, 20.0
"""How far below the far side of a mouth the near one may be, in widths, and how alike in CIELAB all in it is."""

_LEVEL, _FLATTEST = 0.06, 0.5
"""Half the height at which the opening of a mouth is seen, in its widths, where one edge alone is seen; and at most."""

_NARROWEST, _WIDEST = 0.8, 1.5
"""How wide a painted mouth may be, against the plume's own."""

_ON_TOP = 0.4
"""A strong edge in this upper share of what is painted is the rim of a thing; else it is the air over one."""

_PLACES, _SPECK = 4, 0.1
"""Painted places that a plume rises from, at most, and how small one may be against the largest."""


@dataclass(frozen=True)
class Mouth:
    """The middle of the mouth, its width, and half the height at which its opening is seen, in pixels of the still."""

    x: float
    y: float
    width: float
    deep: float = 0.0


def find_mouth(scene: Scene, share: float, *, foot: bool = False) -> tuple[Mouth, ...]:
    """The rim over the focus: the strongest level edge between what is like the focus and what lies above it. Below a
    second one the opening ends, so that what rises comes from all of it.

    Args:
        share: the mouth's width, as a share of the still's shorter side.
        foot: where there is no rim, it rises from around the foot of what is in focus, and not from the focus itself.
    """
    small = _small(scene)
    rows, columns = small.shape[:2]
    optics, (focus_x, focus_y) = scene.framing.optics, scene.shot.focus
    reach = share * min(optics.width, optics.height)
    half = max(1, round(0.3 * reach / optics.width * columns))
    column = int(np.clip(round(focus_x * columns), half, columns - 1 - half))
    last = int(np.clip(focus_y * rows, 2, rows - 2))
    first, strong = _level_edges(small, (column - half, column + half + 1), (int((focus_y - _HIGHEST) * rows), last))
    if not len(strong):
        at = Mouth(focus_x * optics.width, focus_y * optics.height + _SUNK * reach, reach, _BED * reach)
        return _feet(scene, _WIDER * reach) if foot else (at,)
    cell = optics.height / rows
    within = strong[strong - strong[0] <= _OPENING * reach / cell]
    deep = 0.5 * float(within[-1] - within[0]) * cell
    middle = (first + 0.5 * float(within[0] + within[-1]) + 0.5) * cell
    if deep < _LEVEL * reach:
        return (Mouth(focus_x * optics.width, middle + _SUNK * reach, reach, _LEVEL * reach),)
    x, width = _opening(small, column, int(middle / cell))
    width = float(np.clip(width / columns * optics.width, _NARROWEST * reach, _WIDEST * reach))
    x = np.clip((x + 0.5) / columns * optics.width, focus_x * optics.width - reach, focus_x * optics.width + reach)
    return (Mouth(float(x), middle, width, min(deep, _FLATTEST * width)),)


def _opening(small: NDArray[np.float32], column: int, row: int) -> tuple[float, float]:
    """The middle and the width of all in a row that is alike around a column, in columns."""
    unlike = np.linalg.norm(small[row] - small[row, column], axis=1) > _ALIKE
    left, right = np.flatnonzero(unlike[:column]), np.flatnonzero(unlike[column:])
    begin = left[-1] + 1 if len(left) else 0
    end = column + right[0] if len(right) else len(unlike)
    return (begin + end - 1) / 2, float(end - begin)


def _feet(scene: Scene, width: float) -> tuple[Mouth, ...]:
    """On both sides of the foot of what is in focus."""
    framing, optics = scene.framing, scene.framing.optics
    x, y = scene.shot.focus[0] * optics.width, min(_FOOT * optics.height, framing.top + _FOOT * framing.height)
    return tuple(Mouth(x + aside * width, y, width, _BED * width) for aside in _ASTRIDE)


def painted_mouths(scene: Scene, brush: NDArray[np.uint8], share: float) -> tuple[Mouth, ...]:
    """A mouth for each painted place, the largest first: a dab is one itself; a thing that was painted whole has it at
    its upper edge, the air over a thing at the edge where it ends below.

    Args:
        brush: over the whole still, at any scale; 0 outside.
        share: as for `find_mouth`; a mouth is as wide as what is painted there, about.
    """
    small = _small(scene)
    rows, columns = small.shape[:2]
    optics = scene.framing.optics
    reach = share * min(optics.width, optics.height)
    cells = cv2.resize(brush, (columns, rows), interpolation=cv2.INTER_AREA)
    painted = np.asarray(cells > min(127, int(cells.max()) // 2), np.uint8)  # also a dab smaller than a cell
    count, labels, stats, middles = cv2.connectedComponentsWithStats(painted, connectivity=8)
    order = sorted(range(1, count), key=lambda label: -stats[label][cv2.CC_STAT_AREA])
    largest = stats[order[0]][cv2.CC_STAT_AREA] if order else 0
    mouths = []
    for label in order[:_PLACES]:
        _, top, wide, high, area = stats[label]
        if area < _SPECK * largest:
            continue
        x, row, across = float(middles[label][0]), float(middles[label][1]), float(wide)
        if high / rows * optics.height > reach:  # taller than a mouth is wide
            half = max(1, round(0.15 * wide))
            columns_in = (max(0, round(x) - half), min(columns, round(x) + half + 1))
            first, strong = _level_edges(small, columns_in, (int(top), int(top + high) - 1))
            on_top = len(strong) and strong[0] < _ON_TOP * high
            edge = float(strong[0] if on_top else strong[-1]) if len(strong) else float(high)
            row = min(first + edge + _SUNK * reach / optics.height * rows, float(top + high - 1))
            here = np.flatnonzero(labels[min(rows - 1, round(row))] == label)
            x, across = (float(here.mean()), float(len(here))) if len(here) else (x, across)
        width = float(np.clip(across / columns * optics.width, _NARROWEST * reach, _WIDEST * reach))
        mouths.append(Mouth((x + 0.5) / columns * optics.width, (row + 0.5) / rows * optics.height, width))
    return tuple(mouths)


def _small(scene: Scene) -> NDArray[np.float32]:
    """The still on a grid on which edges are looked for, in the colours that the eye tells apart."""
    height, width = scene.canvas.shape[:2]
    scale = _CELLS / max(height, width)
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    small = cv2.cvtColor(cv2.resize(scene.canvas, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2LAB)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 1.0), np.float32)


def _level_edges(
    small: NDArray[np.float32], columns: tuple[int, int], rows: tuple[int, int]
) -> tuple[int, NDArray[np.intp]]:
    """The first row that was looked at, and the strong level edges below it, in rows from there."""
    strip = small[:, columns[0] : columns[1]].mean(axis=1)
    step = np.linalg.norm(strip[2:] - strip[:-2], axis=1)
    first = max(1, rows[0])
    edges = step[first - 1 : rows[1] + 1]
    rim = edges.max(initial=0.0)
    return first, np.flatnonzero(edges > 0.45 * rim) if rim > _RIM else np.zeros(0, np.intp)


def ground_mouth(scene: Scene, share: float) -> Mouth:
    """A place low in the picture, or in the frame where that ends higher, a little to the side of the focus.

    Args:
        share: as for `find_mouth`.
    """
    framing, optics = scene.framing, scene.framing.optics
    x = (0.5 + _ASIDE * (scene.shot.focus[0] - 0.5)) * optics.width
    y = min(_GROUND * optics.height, framing.top + _GROUND * framing.height)
    width = _WIDER * share * min(optics.width, optics.height)
    return Mouth(x, y, width, _BED * width)
