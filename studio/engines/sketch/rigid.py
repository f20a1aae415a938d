"""Keep rigid things rigid: one depth for what stands upright, a plane for everything else.

A guess of disparity varies within things that in truth stand at one distance; a camera that moves past them would
bend them. So the still is cut into segments of like colour, and each gets the simplest depth that fits it:
planes keep straight lines straight.

What is rendered is smoother: a large move bounds the slope of disparity (``warp``), and what is near then raises what
stands beside it; ``straight`` settles that so that straight edges stay straight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.shot import Box

__all__ = ["flatten_faces", "make_rigid", "segments"]

Grid = NDArray[np.float32]
Labels = NDArray[np.intp]

_PREFERENCE = 20.0
"""How unlike (in CIELAB units times cells) a segment's neighbour may be: the larger, the larger segments get."""

_LEAST_CELLS = 12
_UPRIGHT = 1.5
"""A segment that is this many times as tall as wide stands upright: the ground's slope is not its own."""

_FITS, _MISFITS = 0.05, 0.15
"""Root of the mean square by which a plane may be wrong and is still taken whole; by which it is not taken at all."""

_FACE_REACH = (1.15, 1.6)
"""A face is flat within this many of its box's half sides, and the picture as it was beyond the second number."""


def segments(still: NDArray[np.uint8], shape: tuple[int, int]) -> Labels:
    """Cut a still into segments of like colour (Felzenszwalb and Huttenlocher, "Efficient Graph-Based Image
    Segmentation", 2004).

    Args:
        still: height × width × 3, RGB.
        shape: rows and columns of the grid.

    Returns:
        rows × columns: the number of each cell's segment, from 0.
    """
    small = cv2.resize(still, shape[::-1], interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    number = np.arange(shape[0] * shape[1]).reshape(shape)
    pairs = ((lab[:, 1:], lab[:, :-1], number[:, 1:], number[:, :-1]), (lab[1:], lab[:-1], number[1:], number[:-1]))
    unlike = np.concatenate([np.linalg.norm(one - other, axis=-1).ravel() for one, other, _, _ in pairs])
    first, second = (np.concatenate([pair[side].ravel() for pair in pairs]) for side in (2, 3))
    order = np.argsort(unlike, kind="stable")
    edges = list(zip(unlike[order].tolist(), first[order].tolist(), second[order].tolist(), strict=True))
    return _grown(edges, number.size).reshape(shape)


def _grown(edges: list[tuple[float, int, int]], count: int) -> Labels:
    """Join cells along edges, the most alike first; then the smallest segments to what is most like them."""
    parent, size, bound = list(range(count)), [1] * count, [_PREFERENCE] * count

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for least in (0, _LEAST_CELLS):
        for unlike, one, other in edges:
            a, b = root(one), root(other)
            if a != b and (min(size[a], size[b]) < least or unlike <= min(bound[a], bound[b])):
                parent[b] = a
                size[a] += size[b]
                bound[a] = unlike + _PREFERENCE / size[a]
    _, labels = np.unique([root(cell) for cell in range(count)], return_inverse=True)
    return np.asarray(labels, np.intp)


def make_rigid(disparity: Grid, labels: Labels) -> Grid:
    """Give what stands upright one depth and every other segment a plane, as far as a plane fits it.

    Args:
        disparity: rows × columns, 0 (far) to 1 (near).
        labels: of the same shape, from ``segments``.
    """
    flat, values = labels.ravel(), disparity.ravel()
    cells = np.bincount(flat)
    plane, low, high = _planes(disparity, flat, len(cells))
    plane = np.clip(plane, low[flat], high[flat])
    wrong = np.sqrt(np.bincount(flat, (plane - values) ** 2) / cells)
    kept = np.clip((wrong - _FITS) / (_MISFITS - _FITS), 0, 1)[flat]
    middle = values[np.lexsort((values, flat))][np.cumsum(cells) - (cells + 1) // 2]
    rigid = np.where(_upright(labels)[flat], middle[flat], plane + (values - plane) * kept)
    return np.asarray(rigid.reshape(disparity.shape), np.float32)


def _upright(labels: Labels) -> NDArray[np.bool_]:
    """Which segments are much taller than wide."""
    rows, columns = labels.shape
    spans = []
    for place in (np.repeat(np.arange(rows), columns), np.tile(np.arange(columns), rows)):
        low, high = np.full(labels.max() + 1, labels.size), np.zeros(labels.max() + 1, np.intp)
        np.minimum.at(low, labels.ravel(), place)
        np.maximum.at(high, labels.ravel(), place)
        spans.append(high - low + 1)
    return np.asarray(spans[0] > _UPRIGHT * spans[1])


def _planes(disparity: Grid, flat: Labels, count: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The plane of least squares through every segment, at every cell, and each segment's range."""
    rows, columns = disparity.shape
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    basis, values = np.stack([np.ones(rows * columns), x.ravel(), y.ravel()]), disparity.ravel().astype(float)
    normal = np.array([[np.bincount(flat, one * other, count) for other in basis] for one in basis])
    right = np.array([np.bincount(flat, one * values, count) for one in basis])
    normal = normal.transpose(2, 0, 1) + np.diag([0, 1e-3, 1e-3])  # nothing told: level
    found = np.linalg.solve(normal, right.T[..., None])[..., 0]
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, flat, values)
    np.maximum.at(high, flat, values)
    return (found[flat] * basis.T).sum(axis=1), low, high


def flatten_faces(disparity: Grid, faces: Sequence[Box]) -> Grid:
    """Give every face one depth, its own median, so that no camera move squeezes it.

    Args:
        disparity: rows × columns.
        faces: where they are, in fractions.
    """
    rows, columns = disparity.shape
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) + np.float32(0.5)
    flat = disparity
    for face in faces:
        (across, down), wide, high = face.centre, face.width * columns / 2, face.height * rows / 2
        if min(wide, high) < 0.5:
            continue
        away = np.hypot((x - across * columns) / wide, (y - down * rows) / high)
        inner, outer = _FACE_REACH
        share = np.clip((outer - away) / (outer - inner), 0, 1)
        inside = away <= 1
        if inside.any():
            flat = flat + share * (np.median(disparity[inside]) - flat)
    return np.asarray(flat, np.float32)
