"""Find a region in the still by colour, texture and place: water, sky, leaves and grass, a flame, a flag, the subject.

Each finder first says how well every pixel fits, from rules that hold for photographs; graph cuts then settle the
border by the picture's own colours (Rother et al., "GrabCut", 2004). What is found must pass the region's own checks
of size, place and unity: a region that is not there, or not sure, is not found, because moving the wrong thing is
worse than moving nothing.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Hashable
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.greenery import find_foliage, find_grass
from studio.engines.sketch.life.look import (
    Look,
    Map,
    Mask,
    fine_texture,
    look_at,
    ordered_texture,
    pieces,
    settle,
    step,
)
from studio.engines.sketch.life.motions import RegionName
from studio.engines.sketch.life.sky import find_sky

__all__ = ["FINDERS", "SEARCH_SIDE", "at_focus", "find_region"]

_Value = TypeVar("_Value")

_MOST_KEPT = 32
"""Stills, and regions of stills, that are known before the oldest is forgotten."""

SEARCH_SIDE = 224
"""The longer side, in pixels, of the picture that is searched: a border is right to about a third of a percent."""


_SHORE_RISE = 0.15
"""How much brighter water must be than the land beyond it, to be told by that alone."""

_CALM = 0.045
"""Fine texture that calm water stays below, where boats and shingle do not."""

_SOFT, _SHARPER = 0.6, 3.0
"""How far what is sharp must be apart from what is not, and how many times sharper a flower's head is than the rest."""

_STALK, _FULL = 0.06, 0.7
"""What is thinner than this share of the longer side is no head; how round one is."""

_BODY, _SHARP = (0.01, 0.75), 1.8
"""The share of the picture that a body told by its sharpness fills, and how many times sharper it is than the rest."""

_INSIDE, _LARGER = 0.9, 2.5
"""A sharp head of which so much lies in what was found, and that is so many times smaller, is the flower itself."""


def find_region(still: NDArray[np.uint8], region: RegionName, focus: tuple[float, float]) -> Mask | None:
    """Find a region in a still.

    Args:
        still: height × width × 3, RGB.
        region: one of `FINDERS`.
        focus: the point of interest, in fractions.

    Returns:
        A small mask of the still's shape, 0 or 255; None: the region is not there, or not sure.
    """
    picture = still.shape, hashlib.blake2b(np.ascontiguousarray(still).data, digest_size=16).digest()

    def find() -> Mask | None:
        small, fine, order = _kept(_textures, picture, lambda: _textured(still))
        found = FINDERS[region](look_at(small, fine, order, focus))
        if found is not None:
            found.setflags(write=False)
        return found

    return _kept(_found, (picture, region, focus), find)


_found: dict[Hashable, Mask | None] = {}
_textures: dict[Hashable, tuple[NDArray[np.uint8], Map, Map]] = {}
_keeping = threading.Lock()


def _kept(known: dict[Hashable, _Value], key: Hashable, make: Callable[[], _Value]) -> _Value:
    """What was made before, by the picture itself: every edit of a beat asks again."""
    with _keeping:
        if key in known:
            return known[key]
    made = make()
    with _keeping:
        while len(known) >= _MOST_KEPT:
            del known[next(iter(known))]
        known[key] = made
    return made


def _textured(still: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Map, Map]:
    """The small still that is searched, and the textures of the large one on its pixels."""
    height, width = still.shape[:2]
    scale = min(1.0, SEARCH_SIDE / max(height, width))
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    small = np.ascontiguousarray(cv2.resize(still, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small, fine_texture(still, size), ordered_texture(still, size)


def _water(look: Look) -> Mask | None:
    """What lies below a far shore and is as bright as it begins there, and what is told by its colour."""
    bluish, shore = _bluish_water(look), _far_shore(look)
    if shore is None:
        return bluish
    start = shore + 2  # the edge itself stays where it is
    bright = look.luma / max(float(np.median(look.luma[start : start + 6])), 0.02)
    green = look.green - np.maximum(look.red, look.blue)
    calm = (look.fine < _CALM) & (green < 0.02) & (bright > 0.5) & (bright < 1.6)
    if bluish is not None:
        calm |= bluish > 0
    calm[:start] = False
    _, labels = cv2.connectedComponents(calm.astype(np.uint8), connectivity=4)
    under = labels[start : start + 6]
    mask = np.where(np.isin(labels, np.unique(under[under > 0])), 255, 0).astype(np.uint8)
    wide = (mask > 0).any(axis=0).mean() > 0.7 and mask.mean() > 0.04 * 255
    return mask if wide else bluish


def _far_shore(look: Look) -> int | None:
    """The row at which, nearly from side to side, bright water begins below dark land; None: there is none."""
    sky = find_sky(look)
    if sky is None:
        return None
    step_down = np.zeros_like(look.luma)
    step_down[2:-2] = look.luma[4:] - look.luma[:-4]
    step_down[sky > 0] = 0
    rise, change = step_down.mean(axis=1), np.abs(step_down).mean(axis=1)
    shore = int(rise.argmax())
    sure = rise[shore] > _SHORE_RISE and rise[shore] > 0.9 * change[shore]
    return shore if sure and shore < len(rise) - 8 else None


def _bluish_water(look: Look) -> Mask | None:
    """Below the sky, bluer than the ground beside it or streaked level, and wide."""
    below = step(look.row, 0.3, 0.1)
    across, down = (np.abs(cv2.Sobel(look.luma, cv2.CV_32F, *order)) for order in ((1, 0), (0, 1)))
    level = cv2.blur(down, (15, 7)) / (cv2.blur(across, (15, 7)) + cv2.blur(down, (15, 7)) + 1e-3)
    blueness = (look.blue - look.red) / (look.red + look.green + look.blue + 0.05)
    low = look.row > 0.42
    middle, apart = _threshold(blueness[low])
    if apart < 0.55 or middle < -0.08:
        return None
    fit = step(blueness, middle, 0.06) * below * (0.55 + 0.45 * step(level, 0.58, 0.12))
    fit *= step(0.35 - look.saturation * step(look.green - look.blue, 0.02, 0.04), 0.1, 0.1)
    mask = settle(look, fit, sure=0.85)
    mask[look.row < 0.3] = 0
    sky = find_sky(look)
    if sky is not None:
        mask[sky > 0] = 0
    mask = pieces(mask, 0.02)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
    between = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, SEARCH_SIDE // 4), np.uint8))
    if not mask.any():
        return None
    typical = float(np.median(look.luma[mask > 0]))
    mask[(between > 0) & (look.luma > 1.1 * typical)] = 255  # glitter
    stones = cv2.morphologyEx((look.luma < 0.55 * typical).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    mask[cv2.dilate(stones, np.ones((5, 5), np.uint8)) > 0] = 0
    inside = mask > 0
    if inside.mean() < 0.05 or inside.any(axis=0).mean() < 0.4 or level[inside].mean() < 0.5:
        return None
    return mask


def _threshold(values: Map) -> tuple[float, float]:
    """Where values fall into two groups (Otsu, 1979), and how far apart those are: 0 one group, 1 two points."""
    low, high = np.percentile(values, (1, 99))
    if high - low < 1e-3:
        return float(low), 0.0
    eight = np.clip((values - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    cut, _ = cv2.threshold(eight, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    above = eight > cut
    share = above.mean()
    if not 0.02 < share < 0.98:
        return float(low), 0.0
    between = share * (1 - share) * (float(eight[above].mean()) - float(eight[~above].mean())) ** 2
    return float(low + cut / 255 * (high - low)), float(between / max(float(eight.var()), 1e-6))


def _flame(look: Look) -> Mask | None:
    """Very bright and yellow to orange, brighter than all around it, small."""
    warm = step(look.red - look.blue, 0.2, 0.15) * step(look.hue, 8, 8) * step(-look.hue, -62, 12)
    core = step(look.luma, 0.85, 0.1) * step(look.red - look.blue, 0.03, 0.05)
    bright = step(look.luma, max(0.5, float(np.percentile(look.luma, 90))), 0.15) * step(look.red, 0.85, 0.12)
    mask = pieces(settle(look, np.maximum(warm, core) * bright), 0.0008)
    share = mask.mean() / 255
    if not 0.0008 < share < 0.25:
        return None
    ring = (cv2.dilate(mask, np.ones((15, 15), np.uint8)) > 0) & (mask == 0)
    return mask if look.luma[mask > 0].mean() - look.luma[ring].mean() > 0.25 else None


def _around(look: Look, reach: float) -> Map:
    """How near each pixel is to the focus, 1 at it."""
    rows, columns = look.luma.shape
    scale = reach * max(rows, columns)
    across, down = (look.column - look.focus[0]) * columns, (look.row - look.focus[1]) * rows
    return np.asarray(np.exp(-0.5 * (across**2 + down**2) / scale**2), np.float32)


def _flag(look: Look) -> Mask | None:
    """The cloth in focus before an open, smooth ground."""
    mask = settle(look, _around(look, 0.2) * np.float32(0.98), sure=0.9, never=0.1)
    mask = at_focus(mask, look.focus)
    ring = (cv2.dilate(mask, np.ones((9, 9), np.uint8)) > 0) & (mask == 0)
    inside = mask > 0
    if not 0.01 < inside.mean() < 0.5 or not ring.any() or _apart(look, inside, ring) < 0.12:
        return None
    edge = cv2.erode(mask, np.ones((3, 3), np.uint8)) != mask
    smooth = look.rough[ring & ~(cv2.dilate(edge.astype(np.uint8), np.ones((7, 7))) > 0)]
    return mask if smooth.size and np.median(smooth) < 0.03 else None


def _subject(look: Look) -> Mask | None:
    """What stands in focus, whole, and apart from its ground by its colours or its sharpness."""
    found = _body(look)
    return found if found is not None else _sharp_body(look)


def _body(look: Look) -> Mask | None:
    """What stands in focus and is apart from its ground by its colours."""
    rows, columns = look.luma.shape
    across, down = (look.column - look.focus[0]) * columns / rows, look.row - look.focus[1]
    half = 0.2 + 0.35 * np.maximum(down, 0)
    standing = np.exp(-0.5 * ((across / half) ** 2 + (np.minimum(down, 0) / 0.22) ** 2)).astype(np.float32)
    found = []
    for fit, sure, never in ((_around(look, 0.2) * np.float32(0.98), 0.9, 0.1), (standing, 0.97, 0.05)):
        mask = at_focus(settle(look, fit, sure, never), look.focus)
        inside = mask > 0
        ring = (cv2.dilate(mask, np.ones((11, 11), np.uint8)) > 0) & ~inside
        if 0.03 < inside.mean() < 0.75 and ring.any():
            found.append((_apart(look, inside, ring), mask))
    if not found:
        return None
    apart, mask = max(found, key=lambda candidate: candidate[0])
    return mask if apart > 0.12 else None


def _sharp_body(look: Look) -> Mask | None:
    """What is in focus before a ground that is not, where its colours are those of the ground."""
    fine = np.asarray(cv2.blur(look.fine, (5, 5)), np.float32)
    cut, apart = _threshold(fine)
    sharp = cv2.morphologyEx(np.asarray(fine > cut, np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    piece = at_focus(np.asarray(sharp * 255, np.uint8), look.focus)
    outline, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    mask = np.asarray(cv2.drawContours(np.zeros_like(piece), outline, -1, 255, cv2.FILLED), np.uint8)
    inside = mask > 0
    rows, columns = piece.shape
    aimed = piece[min(rows - 1, int(look.focus[1] * rows)), min(columns - 1, int(look.focus[0] * columns))]
    if not aimed or apart < _SOFT or not _BODY[0] < inside.mean() < _BODY[1]:
        return None
    return mask if fine[inside].mean() > _SHARP * fine[~inside].mean() else None


def _wings(look: Look) -> Mask | None:
    """What stands in focus, with what lies between its spread parts."""
    mask = _subject(look)
    if mask is None:
        return None
    side = SEARCH_SIDE // 14 | 1
    closed = cv2.morphologyEx(
        cv2.copyMakeBorder(mask, side, side, side, side, cv2.BORDER_CONSTANT),
        cv2.MORPH_CLOSE,
        np.ones((side, side), np.uint8),
    )
    return np.asarray(closed[side:-side, side:-side], np.uint8)


def _flower(look: Look) -> Mask | None:
    """The flower in focus, or all that is leafy where none stands apart there."""
    found, sharp = _body(look), _sharp_head(look)
    if found is not None and (found[0].any() or look.fine[found > 0].mean() <= look.fine[found == 0].mean()):
        found = None  # what reaches the upper edge, or is no sharper than the rest, is a ground
    if found is not None and sharp is not None:
        within = float((found[sharp > 0] > 0).mean())
        if within > _INSIDE and (found > 0).sum() > _LARGER * (sharp > 0).sum():
            return sharp
    if found is None:
        found = sharp
    return found if found is not None else find_foliage(look)


def _sharp_head(look: Look) -> Mask | None:
    """What is round and sharp near the focus before a ground that is not: a head on its stalk, seen from close by."""
    fine = cv2.blur(look.fine, (5, 5))
    cut, apart = _threshold(np.asarray(fine, np.float32))
    sharp = cv2.morphologyEx(np.asarray(fine > cut, np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    stalk = max(3, round(_STALK * max(sharp.shape)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (stalk, stalk))
    sharp = np.asarray(cv2.morphologyEx(sharp, cv2.MORPH_OPEN, kernel), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(sharp, connectivity=4)
    if count < 2 or apart < _SOFT:
        return None
    around = _around(look, 0.3)
    label = 1 + int(np.argmax([around[labels == number].sum() for number in range(1, count)]))
    outline, _ = cv2.findContours(np.asarray(labels == label, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(outline[0])
    mask = cv2.fillConvexPoly(np.zeros_like(sharp), hull, 255)
    inside = mask > 0
    left, top, width, height, area = stats[label]
    whole = left > 0 and top > 0 and left + width < mask.shape[1]
    round_enough = area > _FULL * cv2.contourArea(hull) and _FULL < width / height < 1 / _FULL
    alone = fine[inside].mean() > _SHARPER * fine[~inside].mean()
    return np.asarray(mask, np.uint8) if whole and round_enough and alone and 0.01 < inside.mean() < 0.4 else None


def at_focus(mask: Mask, focus: tuple[float, float]) -> Mask:
    """The piece at the focus, or the largest where nothing is found right there, without small holes."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    if count < 2:
        return mask
    rows, columns = mask.shape
    label = int(labels[min(rows - 1, int(focus[1] * rows)), min(columns - 1, int(focus[0] * columns))])
    label = label or 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    piece = np.where(labels == label, 255, 0).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(piece, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)


def _apart(look: Look, inside: NDArray[np.bool_], outside: NDArray[np.bool_]) -> float:
    """How far the mean colours of two parts differ, 0 to about 1."""
    part = look.rgb.astype(np.float32) / 255
    return float(np.linalg.norm(part[inside].mean(axis=0) - part[outside].mean(axis=0)) / 3**0.5)


FINDERS: dict[RegionName, Callable[[Look], Mask | None]] = {
    "sky": find_sky,
    "foliage": find_foliage,
    "grass": find_grass,
    "water": _water,
    "flame": _flame,
    "flower": _flower,
    "flag": _flag,
    "subject": _subject,
    "wings": _wings,
}
"""The regions that can be found without being painted."""
