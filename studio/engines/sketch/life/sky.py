"""Find the sky: what lies above the skyline.

Colour alone does not tell a dark cloud from a hill in the haze; fine texture does: air has next to none of it, what
is solid and in focus has. So every pixel is judged by texture first and colour second, one skyline is drawn through
the whole picture where that changes (dynamic programming over the columns), and what the colours on both sides of it
say is taken in before it is drawn again. Then the sky goes on below the line where it is seen through something, and
leaves out what stands or flies in it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.look import Look, Map, Mask, holding, step

__all__ = ["find_sky"]

_QUIET = (0.007, 0.014)
"""Fine texture below which a place may be sky: the least and the most, by how much grain the picture has."""

_GRAIN = 2.2
"""So many times the quietest fifth of the upper sixth is still grain."""

_CRISP = 1.5
"""So many times the quiet texture is the edge of a thing; the edge of a cloud is softer."""

_JUMP, _CLIFF = 0.35, 6.0
"""What a skyline loses by every pixel that it goes up or down from one column to the next, and at most: a tower."""

_EDGE = 14.0
"""What a skyline gains along the strongest edge that there may be."""

_PASSES = 5
"""How often the line is drawn again, at most, with what it taught."""

_SHORE = (0.65, 0.85)
"""The share of a row that is crisp where it may be, and surely is, a shore or a horizon: nothing below is sky."""

_BINS = (12, 16, 16)
_CELL = (100 / 12, 12.0, 12.0)
"""Colours are counted in so many cells of CIELAB, of this size."""

_RARE = 0.004
"""The share of the open sky below which a colour is not its own."""

_MOSTLY, _NEARLY = 0.2, 0.5
"""What is closed off, and foreign by this share of it, is foreign altogether: where it is small, and whatever its size.
"""
_SMALL = 0.03

_NEARBY = (15, 15)
_ALIKE = 0.05
"""How far, of 1, a pixel's colour may lie from the sky's mean nearby to belong to it."""

_WIDE, _BUSY, _MOST = (13, 13), 0.3, 0.65
"""Pixels over which a part of the sky is looked at, the share of it that may be crisp, and how much of the sky must be
no crisper: what is more is no cloud but land in the haze, as seen from high above, or the bays of a bright wall.
"""

_TOP, _LEAST = 0.3, 0.05
"""Of the upper edge and of the whole picture, what the sky must at least fill."""

_ROUGHEST = 1.6
_COLOUR, _BRIGHTER, _GREY = 0.7, 0.25, 0.12
"""How well its colour must fit; or how much brighter than the rest it must be, and how grey, or a red evening's."""

_GLOW, _WHOLE, _WIDE_OPEN = 0.5, 0.97, 0.2
"""How well a red evening's colour must at least fit, and what such a sky fills of the upper edge and of the picture."""

_Cells = NDArray[np.intp]
_Where = NDArray[np.bool_]


def find_sky(look: Look) -> Mask | None:
    """The sky, 0 or 255; None: there is none, or it is not sure."""
    rows = len(look.luma)
    grain = float(np.percentile(look.fine[: max(2, rows // 6)], 20))
    quiet = float(np.clip(_GRAIN * grain, *_QUIET))
    texture = np.log2(quiet / np.maximum(look.fine, 1e-5))
    below = _under_a_shore(look, quiet)
    colour = _colour(look)
    fit = _fit(look, texture, colour, below)
    cells = _cells(look)
    edge = _EDGE * cv2.blur(cv2.absdiff(look.rgb[1:], look.rgb[:-1]).max(axis=2).astype(np.float32) / 255, (3, 1))
    inside, learnt = _above(_skyline(fit, edge), rows), np.zeros_like(fit)
    for _ in range(_PASSES):
        if not 0.02 < inside.mean() < 0.98:
            break
        learnt = np.clip(np.log(_shares(cells, inside) / _shares(cells, ~inside)), -2.5, 2.5)
        before, inside = inside, _above(_skyline(0.8 * fit + 0.5 * learnt, edge), rows)
        if (inside == before).all():
            break
    seen_through = (texture > 0) & (learnt > 1) & (below < _SHORE[0] / 2) & (fit > 0)
    whole = holding(inside | seen_through, inside, 4)
    things = _things(look, whole, quiet, colour)
    sky = whole & ~things
    if _steady(look, sky, quiet) < _MOST or not _is_sky(look, sky, quiet, colour):
        return None
    return np.where(_up_to_edges(look, sky, things), 255, 0).astype(np.uint8)


def _colour(look: Look) -> Map:
    """How well a colour fits: blue, grey, or a warm glow; nothing green."""
    blue = step(look.blue - look.red, 0.02, 0.06) * step(look.blue - look.green, -0.05, 0.06)
    grey = step(-look.saturation, -0.28, 0.2)
    warm = step(look.red - look.green, -0.02, 0.06) * step(look.luma, 0.5, 0.2) * step(look.red - look.blue, 0, 0.1)
    green = step(look.green - np.maximum(look.red, look.blue), 0, 0.05)
    return np.asarray(np.maximum(np.maximum(blue, grey), 0.8 * warm) - green, np.float32)


def _fit(look: Look, texture: Map, colour: Map, below: Map) -> Map:
    """How much each place speaks for sky, above 0, or against it."""
    here = np.clip(texture, -2, 1.5)
    around = cv2.blur(here, (15, 15))  # the edges of clouds are thin, the face of a hill is not
    light = np.clip(2 * (look.luma - np.median(look.luma)), -0.5, 0.5)
    beige = step(look.red - look.blue, 0.06, 0.06) * step(-look.saturation, -0.22, 0.1)  # land in the haze
    low = 3.5 * np.clip(look.row - 0.52, 0, 1)
    return np.asarray(
        0.5 * here + 0.9 * around + 1.2 * (colour - 0.5) + light - 0.7 * beige - low - 1.5 * below, np.float32
    )


def _under_a_shore(look: Look, quiet: float) -> Map:
    """1 below a row that is crisp nearly from side to side: what is smooth there is water, sand or snow."""
    crisp = (look.fine > 1.7 * quiet).mean(axis=1, keepdims=True)
    low, high = _SHORE
    below = np.maximum.accumulate(np.clip((crisp - low) / (high - low), 0, 1), axis=0)
    return np.broadcast_to(below.astype(np.float32), look.luma.shape)


def _skyline(score: Map, edge: Map) -> _Cells:
    """How many rows of each column lie above the best line: much score above it, a strong edge along it, few jumps."""
    rows, columns = score.shape
    total = np.concatenate([np.zeros((1, columns), np.float32), np.cumsum(score, axis=0, dtype=np.float32)])
    total[1:-1] += edge
    height = np.arange(rows + 1)
    jump = np.minimum(_JUMP * np.abs(height[:, None] - height), _CLIFF).astype(np.float32)
    best, came = total[:, 0], []
    for column in range(1, columns):
        reached = best - jump
        before = reached.argmax(axis=1)
        came.append(before)
        best = reached[height, before] + total[:, column]
    line = [int(best.argmax())]
    for before in reversed(came):
        line.append(int(before[line[-1]]))
    return np.array(line[::-1])


def _above(line: _Cells, rows: int) -> _Where:
    return np.asarray(np.arange(rows)[:, None] < line)


def _cells(look: Look) -> _Cells:
    """The number of each pixel's colour cell."""
    lab = cv2.cvtColor(look.rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    middle = np.array(_BINS) // 2 * (0, 1, 1)
    place = np.clip(np.floor(lab / np.array(_CELL, np.float32)) + middle, 0, np.array(_BINS) - 1).astype(np.intp)
    return np.asarray(np.ravel_multi_index(tuple(np.moveaxis(place, -1, 0)), _BINS), np.intp)


def _shares(cells: _Cells, where: _Where) -> Map:
    """What share of a part has each pixel's colour, or nearly so."""
    count = np.bincount(cells[where], minlength=int(np.prod(_BINS))).astype(np.float32).reshape(_BINS)
    for axis in range(3):
        count = np.roll(count, 1, axis) + 2 * count + np.roll(count, -1, axis)
    return np.asarray(count.ravel()[cells] / max(float(count.sum()), 1.0) + 1e-4, np.float32)


def _things(look: Look, sky: _Where, quiet: float, colour: Map) -> _Where:
    """What stands or flies in the sky: closed off by a crisp edge, of a colour that the open sky has nowhere.

    What is closed off so, brighter than the sky around and of a sky's colour is a cloud.
    """
    _, labels = cv2.connectedComponents((sky & (look.fine < _CRISP * quiet)).astype(np.uint8), connectivity=4)
    open_sky = np.isin(labels, np.unique(labels[: max(1, len(labels) // 12)])) & (labels > 0)
    if not open_sky.any():
        return np.zeros_like(sky)
    cells = _cells(look)
    count = np.bincount(labels.ravel())
    own = np.bincount(labels[_shares(cells, open_sky) >= _RARE / 16], minlength=len(count))
    beside = np.unique(labels[:, [0, -1]])  # a dark coat reaches a side of the picture too
    open_sky |= np.isin(labels, beside[own[beside] > _NEARLY * count[beside]]) & (labels > 0)
    box = (look.luma.shape[1] // 4 | 1,) * 2
    share = np.maximum(cv2.blur(open_sky.astype(np.float32), box), 1e-3)
    cloud = (look.luma > cv2.blur(look.luma * open_sky, box) / share + 0.04) & (colour > 0.45)
    odd = (_shares(cells, open_sky) < _RARE / 16) & ~cloud
    closed = sky & ~open_sky
    _, labels = cv2.connectedComponents(closed.astype(np.uint8), connectivity=8)
    count, own = np.bincount(labels.ravel()), np.bincount(labels[closed & odd], minlength=labels.max() + 1)
    foreign = (own > _MOSTLY * count) & (count < _SMALL * sky.size) | (own > _NEARLY * count)
    whole = foreign[labels] & closed
    solid = cv2.morphologyEx((whole | (odd & closed)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return np.asarray(cv2.dilate(solid, np.ones((3, 3), np.uint8)) > 0)


def _steady(look: Look, sky: _Where, quiet: float) -> float:
    """The share of the sky in which little is crisp, but along its border."""
    inside = cv2.erode(sky.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.float32)
    crisp = cv2.blur(inside * (look.fine > _CRISP * quiet), _WIDE)
    busy = crisp > _BUSY * np.maximum(cv2.blur(inside, _WIDE), 1e-3)
    spread = cv2.dilate(busy.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    return float((sky & ~spread).sum()) / max(int(sky.sum()), 1)


def _up_to_edges(look: Look, sky: _Where, things: _Where) -> _Where:
    """The sky, grown over the few pixels that its border kept from what stands before it."""
    part, inside = look.rgb.astype(np.float32) / 255, sky.astype(np.float32)
    share = cv2.blur(inside, _NEARBY)
    nearby = cv2.blur(part * inside[..., None], _NEARBY) / np.maximum(share, 1e-4)[..., None]
    alike = (np.abs(part - nearby).max(axis=2) < _ALIKE) & (share > 0.02) & ~things
    return np.asarray(sky | ((cv2.dilate(inside, np.ones((9, 9), np.uint8)) > 0) & alike))


def _is_sky(look: Look, sky: _Where, quiet: float, colour: Map) -> bool:
    """Whether what was found is where a sky is, as smooth, and of its colour."""
    top = float(sky[: max(1, len(sky) // 12)].mean())
    if top < _TOP or sky.mean() < _LEAST or look.fine[sky].mean() > _ROUGHEST * quiet:
        return False
    if colour[sky].mean() > _COLOUR:
        return True
    rest = float(look.luma[~sky].mean()) if not sky.all() else 0.0
    bright = float(look.luma[sky].mean()) - rest > _BRIGHTER
    glows = top > _WHOLE and sky.mean() > _WIDE_OPEN and colour[sky].mean() > _GLOW
    return bright and bool(glows or look.saturation[sky].mean() < _GREY)
