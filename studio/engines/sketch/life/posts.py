"""What stands thin before the sky: lamp posts, masts, bare trunks. The sky is found too coarsely to see them, so that
without care they would leave with the clouds.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.look import holding, strongest

__all__ = ["find_posts"]

Mask = NDArray[np.uint8]

_THICK, _TALL = 0.012, 0.012
"""How thick a post may be, and how tall it must at least be, as shares of the picture's longer side."""

_HEAD = 3
"""How many times as thick what hangs on it may be."""

_DARKER = 14
"""How much darker than the sky on both sides, of 255."""

_VANE_DARKER, _CRISP = 30, 45
"""How much darker than the sky around, of 255, a vane is, and how much of it from one pixel to the next but one:
clouds are soft."""

_SPECK = 3
"""Pixels: what is smaller is no vane."""

_OPEN = 250
"""Cover from which a place is open sky, of 255."""

_LEANS = 3
"""Pixels by which a post may lean or waver over its least height."""

_GAP = 0.03
"""How far above what stands in front a post may seem to end, as the same share."""

_VANE, _ROD = 0.026, 1.5
"""How wide and half as high a vane or a finial is at most, as the same share; its rod is too thin to be seen, and so
many gaps long at most."""


def find_posts(picture: NDArray[np.uint8], cover: Mask) -> Mask:
    """Find thin upright things before a sky that stand on what is in front of it.

    Args:
        picture: height × width × 3, RGB.
        cover: height × width: the sky; 0 where something stands in front.

    Returns:
        height × width: 255 on posts and what hangs on them, with a narrow border; 0 elsewhere.
    """
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    longest = max(grey.shape)
    thick, tall = 2 * round(_THICK * longest / 2) + 1, max(5, round(_TALL * longest))
    wide = cv2.dilate(_dark(grey, cover, thick), np.ones((1, _LEANS), np.uint8))
    hung = _dark(grey, cover, _HEAD * thick)
    upright = np.asarray(cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8)), np.uint8)
    gap = round(_GAP * longest)
    front = np.asarray(cv2.dilate((cover == 0).astype(np.uint8), np.ones((3, 3), np.uint8)), np.uint8)
    posts = np.zeros_like(grey)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    for label in range(1, count):
        left, top, width, height, _ = stats[label]
        foot = slice(top + height - 1, top + height + gap), slice(left, left + width)
        if height < 2 * width or not front[foot].any():
            continue
        around = (
            slice(max(0, top - gap), top + height + gap),
            slice(max(0, left - thick), left + width + thick),
        )
        own = np.asarray(labels[around] == label)
        posts[around] |= np.where(holding(hung[around] | own, own, 8), 255, 0).astype(np.uint8)
        posts[foot] |= np.where(upright[top + height - 1, left : left + width][None] > 0, 255, 0).astype(np.uint8)
    posts |= _vanes(picture, cover, front, round(_VANE * longest), round(_ROD * gap))
    posts |= _twigs(picture, cover, 2 * round(_VANE * longest / 2) + 1)
    return np.asarray(cv2.dilate(posts, np.ones((3, 3), np.uint8)), np.uint8)


def _vanes(picture: Mask, cover: Mask, front: Mask, large: int, rod: int) -> Mask:
    """What is small, crisp and darker than the sky on all sides, close above what stands in front; with its rod."""
    around = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((large, large), np.uint8))
    dark = ((strongest(cv2.subtract(around, picture)) > _VANE_DARKER) & (cover > _OPEN)).astype(np.uint8)
    dark = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)
    edge = strongest(cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)))
    found = np.zeros_like(cover)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    for label in range(1, count):
        left, top, width, height, area = stats[label]
        box = slice(top, top + height), slice(left, left + width)
        if width > large or height > 2 * large or area < _SPECK or edge[box][labels[box] == label].mean() < _CRISP:
            continue
        middle = left + width // 2
        foot = slice(top + height, top + height + rod), slice(max(0, middle - _LEANS), middle + _LEANS + 1)
        stands = np.flatnonzero(front[foot].any(axis=1))
        if len(stands):
            found[box] |= np.where(dark[box] > 0, 255, 0).astype(np.uint8)
            found[top + height : top + height + int(stands[0]) + 1, middle - 1 : middle + 2] = 255
    return np.asarray(np.where(cover > 0, found, 0), np.uint8)


def _twigs(picture: Mask, cover: Mask, large: int) -> Mask:
    """What is thin, crisp and darker than the sky around, whichever way it runs, and goes on into what stands in
    front: the end of a branch that hangs in from outside. A bird touches nothing (flying.py).
    """
    around = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((large, large), np.uint8))
    dark = np.asarray(strongest(cv2.subtract(around, picture)) > _VANE_DARKER, np.uint8)
    dark = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
    edge = strongest(cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)))
    stem = cv2.dilate(np.asarray(np.where(cover > _OPEN, 0, dark), np.uint8), np.ones((3, 3), np.uint8))
    inside = np.asarray(np.where(cover > 0, dark, 0), np.uint8)
    count, labels = cv2.connectedComponents(inside, connectivity=8)
    if count < 2:
        return np.zeros_like(cover)
    where = np.flatnonzero(inside)
    whose = labels.ravel()[where]
    size, edges, stems = (np.bincount(whose, part, count) for part in (None, edge.ravel()[where], stem.ravel()[where]))
    kept = (stems > 0) & (edges > _CRISP * size) & (size >= _SPECK)
    return np.asarray(np.where(kept[labels], 255, 0), np.uint8)


def _dark(grey: Mask, cover: Mask, thick: int) -> Mask:
    """1 where the sky is darker than on both sides within so many pixels."""
    beside = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((1, thick), np.uint8))
    return np.asarray((cv2.subtract(beside, grey) > _DARKER) & (cover > 0), np.uint8)
