"""Keep straight lines straight: near and far settled so that a move bends neither a post nor a horizon.

A line of the still stays straight under a camera that moves where disparity grows evenly along it, and an upright one
stays upright where disparity is alike along it. Disparity of bounded slope alone (``warp.limit_slope``) is neither: it
falls off around whatever is near, so that a wall beside it is carried along at one end. So the bounded map is replaced
by the smoothest one (a bicubic spline of least squares) that keeps to it where it is near, and to the lines everywhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["NO_LINES", "Lines", "find_lines", "settle"]

Grid = NDArray[np.float32]
Lines = NDArray[np.float64]
_Rows = NDArray[np.float64]

NO_LINES: Lines = np.empty((0, 4))

_SIDE = 512
"""Longer side at which lines are looked for."""

_SHORTEST, _MOST = 0.09, 240
"""Least length of a line, in shares of the longer side (texture has shorter ones by chance), and how many at most."""

_UPRIGHT = np.tan(np.radians(12))
"""A line that leans less is upright."""

_CLEAR, _TILES = 2.5, (4, 4)
"""How far contrast is raised, over how many parts of the picture, to see upright edges in the dark and on a wall."""

_PIECE, _HIDDEN, _OFF, _LONG = 0.04, 0.35, 0.006, 0.2
"""Least length of a piece of an edge, how much of its own length may be hidden before it, how far pieces may lie from
one line, and the least length of an edge in pieces (a fold of cloth is shorter); lengths in shares of the longer side.
"""

_KNOT = 4.0
"""Cells of the grid between two knots of the spline."""

_POINTS = 8
"""Places along a line at which it is held."""

_FAR = 0.2
"""How much the farthest place counts, as it moves least, against the nearest, whose shape is seen to change."""

_FREE = 0.03
"""How much a place counts that was raised only because something near is beside it; all else counts 1."""

_SMOOTH, _STRAIGHT, _ERECT = 0.4, 3000.0, 3000.0
"""Weights of bending anywhere, of bending along a line, and of leaning along an upright one."""

_DIGITS = 4096


def find_lines(picture: NDArray[np.uint8]) -> Lines:
    """Find straight edges (von Gioi et al., "LSD: a Fast Line Segment Detector", 2010).

    Args:
        picture: height × width × 3, RGB.

    Returns:
        lines × 4: x, y of both ends in fractions, the longest first.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    clear = cv2.createCLAHE(_CLEAR, _TILES).apply(grey)
    found = [cv2.createLineSegmentDetector().detect(seen)[0] for seen in (grey, clear)]
    plain, faint = (NO_LINES if one is None else np.asarray(one, np.float64).reshape(-1, 4) for one in found)
    edges = _edges(np.concatenate([plain, faint]), max(size))
    lines = np.concatenate([plain[~_part_of(plain, edges, max(size))], edges])
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    chosen = np.argsort(-length, kind="stable")[:_MOST]
    chosen = chosen[length[chosen] >= _SHORTEST * max(size)]
    return np.asarray(lines[chosen] / np.array([*size, *size]), np.float64)


def _edges(lines: Lines, longest: int) -> Lines:
    """Long upright edges that were seen in pieces: a hand hid a part of them, or they are faint there."""
    upright = lines[_upright(lines) & (np.abs(lines[:, 3] - lines[:, 1]) >= _PIECE * longest)]
    pieces = np.where((upright[:, 3] < upright[:, 1])[:, None], upright[:, [2, 3, 0, 1]], upright)
    edges: list[_Rows] = []
    for piece in pieces[np.argsort(pieces[:, 1], kind="stable")]:
        for number, edge in enumerate(edges):
            gap = piece[1] - edge[3]
            lean = (piece[2] - edge[0]) / max(piece[3] - edge[1], 1.0)
            off = [abs(edge[0] + lean * (y - edge[1]) - x) for x, y in (edge[2:], piece[:2], piece[2:])]
            if gap < _HIDDEN * (piece[3] - edge[1]) and max(off) < _OFF * longest:
                if piece[3] > edge[3]:
                    edges[number] = np.concatenate([edge[:2], piece[2:]])
                break
        else:
            edges.append(piece)
    found = np.array(edges).reshape(-1, 4)
    return np.asarray(found[found[:, 3] - found[:, 1] >= _LONG * longest], np.float64)


def _part_of(lines: Lines, edges: Lines, longest: int) -> NDArray[np.bool_]:
    """Which lines lie on one of the edges: it says all that they say."""
    lie = np.zeros(len(lines), bool)
    for left, top, right, bottom in edges:
        on = np.ones(len(lines), bool)
        for x, y in (lines[:, :2].T, lines[:, 2:].T):
            there = left + (right - left) * (y - top) / (bottom - top)
            on &= (np.abs(there - x) < _OFF * longest) & (y > top - 1) & (y < bottom + 1)
        lie |= on
    return lie


def _upright(lines: Lines) -> NDArray[np.bool_]:
    return np.asarray(np.abs(lines[:, 2] - lines[:, 0]) < _UPRIGHT * np.abs(lines[:, 3] - lines[:, 1]))


def settle(bounded: Grid, lift: Grid, lines: Lines) -> Grid:
    """Settle a map of bounded slope.

    Args:
        bounded: rows × columns.
        lift: what it was bounded from, nowhere above it.
        lines: lines × 4, from ``find_lines``.
    """
    rows, columns = bounded.shape
    middle = float(bounded.mean())
    down, across = (_spline(np.arange(side) + 0.5, side) for side in (rows, columns))
    low, high = float(lift.min()), float(lift.max())
    near = _FAR + (1 - _FAR) * (lift - low) / max(high - low, 1e-6)
    weight = np.where(bounded - lift < 0.02, near, _FREE)
    normal = np.einsum("yx,yi,yj,xk,xl->ikjl", weight, down, down, across, across, optimize=True)
    size = down.shape[1] * across.shape[1]
    normal = normal.reshape(size, size) + _SMOOTH * _bending(rows, columns, down.shape[1], across.shape[1])
    right = (down.T @ (weight * (bounded - middle)) @ across).ravel()
    if len(lines):
        held = _held(lines, rows, columns)
        normal += held.T @ held
    found = np.linalg.solve(normal, right).reshape(down.shape[1], across.shape[1])
    settled = np.clip(down @ found @ across.T + middle, lift.min(), lift.max())  # the window was found for no more
    return np.asarray(np.round(settled * _DIGITS) / _DIGITS, np.float32)


def _spline(places: NDArray[np.floating[Any]], cells: int, order: int = 0) -> _Rows:
    """Cubic B-splines (or their derivatives by cells) at places: places × knots."""
    knots = max(4, round(cells / _KNOT) + 3)
    step = cells / (knots - 3)
    away = np.asarray(places)[:, None] / step - (np.arange(knots) - 1)
    part = np.abs(away)
    if order == 0:
        value = np.where(part < 1, 2 / 3 - part**2 + part**3 / 2, np.where(part < 2, (2 - part) ** 3 / 6, 0))
    elif order == 1:
        slope = np.where(part < 1, -2 * part + 1.5 * part**2, np.where(part < 2, -((2 - part) ** 2) / 2, 0))
        value = slope * np.sign(away)
    else:
        value = np.where(part < 1, -2 + 3 * part, np.where(part < 2, 2 - part, 0))
    return np.asarray(value / step**order, np.float64)


@lru_cache(maxsize=4)
def _bending(rows: int, columns: int, high: int, wide: int) -> _Rows:
    """Energy of a thin plate, per cell to the fourth power."""
    total = np.zeros((high * wide, high * wide))
    for order, share in ((0, 1.0), (1, 2.0), (2, 1.0)):
        down = _spline(np.arange(rows) + 0.5, rows, order)
        across = _spline(np.arange(columns) + 0.5, columns, 2 - order)
        total += share * np.kron(down.T @ down, across.T @ across)
    return total * (rows / 64) ** 4 * 1e3


def _held(lines: Lines, rows: int, columns: int) -> _Rows:
    """How far disparity along each line is from even, and along each upright one from alike: rows × knots."""
    share = (np.arange(_POINTS) + 0.5) / _POINTS
    x = (lines[:, :1] + share * (lines[:, 2:3] - lines[:, :1])) * columns
    y = (lines[:, 1:2] + share * (lines[:, 3:] - lines[:, 1:2])) * rows
    down, across = _spline(y.ravel(), rows), _spline(x.ravel(), columns)
    values = (down[:, :, None] * across[:, None, :]).reshape(len(lines), _POINTS, -1)
    length = np.hypot(x[:, -1] - x[:, 0], y[:, -1] - y[:, 0])
    even = np.stack([np.ones(_POINTS), (share - 0.5) / np.sqrt(((share - 0.5) ** 2).mean())]) / _POINTS**0.5
    along = np.einsum("kp,lpn->lkn", even, values)
    bent = values - np.einsum("kp,lkn->lpn", even, along)
    bent *= np.sqrt(_STRAIGHT * length / _POINTS)[:, None, None]
    upright = np.abs(x[:, -1] - x[:, 0]) < _UPRIGHT * np.abs(y[:, -1] - y[:, 0])
    lean = along[upright, 1] * np.sqrt(_ERECT * length[upright] / _POINTS)[:, None]
    return np.concatenate([bent.reshape(-1, values.shape[-1]), lean])
