"""From a region's mask to the grid that motion is laid on: how far each place may go, and where it is held."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Area
from studio.engines.sketch.life.motions import Motion, Region

__all__ = ["GRID", "Place", "lay_out"]

GRID = 256
"""Cells of the grid along the still's longer side."""

_FEATHER = 0.03
"""How far inward of a region's border its motion fades in, at most, as a share of the longer side."""

_ROOM = 0.4
"""The share of its distance to the border that a place may move, so that nothing crosses the border."""

_LOST = 2.0
"""Cells within a border that stay at rest, because the grid is read on a grid and enlarged."""

Map = NDArray[np.float32]
Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Place:
    """A region on a grid.

    Attributes:
        area: the part of the still that the grid covers.
        free: rows × columns, 0 where it is held to 1 where it is free; exactly 0 outside.
        ink: rows × columns, 1 in the region itself, without its margin, fading to 0 at its border.
        room: how far each cell may go, in pixels of the still.
        cell: width of a cell in pixels of the still.
    """

    area: Area
    free: Map
    ink: Map
    room: Map
    cell: float


def lay_out(
    mask: Mask, still: tuple[int, int], motion: Motion, region: Region, wind: tuple[float, float]
) -> Place | None:
    """Lay a grid over a region.

    Args:
        mask: over the whole still, at any scale; 0 outside.
        still: its width and height in pixels.
        motion, region: say where it is held, and how far its motion fades out beyond the border.
        wind: the direction from which "hoist" is found.

    Returns:
        None where the region is too small to move.
    """
    long = max(still)
    cell = long / min(GRID, long)
    size = (max(8, round(still[0] / cell)), max(8, round(still[1] / cell)))
    inside = (cv2.resize(mask, size, interpolation=cv2.INTER_AREA) > 127).astype(np.uint8)
    ink = np.asarray(cv2.blur(cv2.erode(inside, np.ones((3, 3), np.uint8)).astype(np.float32), (3, 3)), np.float32)
    margin = round(region.margin * long / cell)
    if margin:
        around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * margin + 1, 2 * margin + 1))
        inside = np.asarray(cv2.dilate(inside, around), np.uint8)
    within = cv2.distanceTransform(cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_REPLICATE), cv2.DIST_L2, 5)
    within = np.maximum(within[1:-1, 1:-1] - _LOST, 0)
    rows, columns = (np.flatnonzero(within.any(axis=axis)) for axis in (1, 0))
    if not len(rows) or within.max() < 1:
        return None
    box = (slice(max(0, rows[0] - 3), rows[-1] + 4), slice(max(0, columns[0] - 3), columns[-1] + 4))
    within = np.asarray(within[box], np.float32)
    feather = min(_FEATHER * long / cell, 0.6 * float(within.max()) + 1)
    fade = np.clip(within / feather, 0, 1)
    fade = fade * fade * (3 - 2 * fade)
    held = inside[box]
    free = fade * (_hold(held[::-1], motion, wind)[::-1] if region.hangs else _hold(held, motion, wind))
    cell_x, cell_y = still[0] / size[0], still[1] / size[1]
    height, width = within.shape
    left, top = float(box[1].start * cell_x), float(box[0].start * cell_y)
    area = (left, top, left + width * cell_x, top + height * cell_y)
    return Place(area, np.asarray(free, np.float32), ink[box], np.asarray(within * _ROOM * cell, np.float32), cell_x)


def _hold(inside: Mask, motion: Motion, wind: tuple[float, float]) -> Map:
    """How free each place is by the way the motion is held, apart from the border's own fading."""
    if motion.held == "root":
        return _from_root(inside)
    if motion.held == "hoist":
        columns = np.flatnonzero(inside.any(axis=0))
        along = np.clip((np.arange(inside.shape[1]) - columns[0]) / max(1, columns[-1] - columns[0]), 0, 1)
        along = along if wind[0] >= 0 else 1 - along
        return np.broadcast_to((along**0.9).astype(np.float32), inside.shape)
    if motion.held == "foot":
        rows = np.flatnonzero(inside.any(axis=1))
        up = np.clip((rows[-1] - np.arange(inside.shape[0])) / max(1, rows[-1] - rows[0]), 0, 1)
        lifted = np.clip(up / 0.55, 0, 1)  # the chest; what is above it goes along unbent
        return np.broadcast_to((lifted * lifted * (3 - 2 * lifted)).astype(np.float32)[:, None], inside.shape)
    if motion.held == "pair":
        columns = np.flatnonzero(inside.any(axis=0))
        x = np.arange(inside.shape[1])
        middle = (inside.sum(axis=0) * x).sum() / max(1, inside.sum())
        away = np.abs(x - middle) / max(1.0, 0.5 * (columns[-1] - columns[0]))
        return np.broadcast_to(np.clip(2 * away, 0, 1).astype(np.float32), inside.shape)
    return np.ones(inside.shape, np.float32)


def _from_root(inside: Mask) -> Map:
    """Free as far as it is from the foot of its own piece; a wide low piece is a field, freer towards the viewer."""
    free = np.zeros(inside.shape, np.float32)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    rows, columns = np.mgrid[0 : inside.shape[0], 0 : inside.shape[1]].astype(np.float32)
    for label in range(1, count):
        left, top, width, height, _ = stats[label]
        here = labels == label
        if width > 1.6 * height:
            free[here] = 0.35 + 0.65 * (rows[here] - top) / max(1, height)
            continue
        foot = here[top + height - max(2, height // 12) : top + height]
        root = float(np.flatnonzero(foot.any(axis=0)).mean()) if foot.any() else left + width / 2
        away = np.hypot(rows[here] - (top + height), (columns[here] - root) * 0.8)
        free[here] = np.clip(away / max(1.0, float(away.max())), 0, 1) ** 1.3
    return free
