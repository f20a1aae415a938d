"""Clipping: what is so dark or so bright that it holds no shape, and where."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.picture import Box

__all__ = ["Clipping", "clipping"]

_SIDE = 512  # pixels, sampled
_BLACK, _WHITE = 2, 253  # of 255: what lies beyond holds no shape that a camera could have seen
_LARGE = 0.01  # of the picture: an area that is worth showing
_MOST = 6


class Clipping(NamedTuple):
    """Shares of the pixels at either end of the range, 0 to 1, and the large areas, each "dark" or "bright"."""

    dark: float
    bright: float
    areas: tuple[Box, ...]


def clipping(pixels: NDArray[np.uint8]) -> Clipping:
    """Find what is clipped: pixels whose channels are all at the same end of the range.

    Args:
        pixels: height × width × 3, RGB.
    """
    step = max(1, max(pixels.shape[:2]) // _SIDE)
    sampled = pixels[::step, ::step]  # sampled, not averaged: averaging would hide clipping
    dark, bright = sampled.max(axis=2) <= _BLACK, sampled.min(axis=2) >= _WHITE
    areas = sorted(_areas(dark, "dark") + _areas(bright, "bright"), key=lambda area: -area[0])
    return Clipping(float(dark.mean()), float(bright.mean()), tuple(box for _, box in areas[:_MOST]))


def _areas(clipped: NDArray[np.bool_], end: str) -> list[tuple[int, Box]]:
    """Connected areas, each with the number of its pixels."""
    height, width = clipped.shape
    _, _, facts, _ = cv2.connectedComponentsWithStats(clipped.astype(np.uint8), connectivity=4)
    return [
        (int(many), Box(x=x / width, y=y / height, width=across / width, height=down / height, text=end))
        for x, y, across, down, many in facts[1:]
        if many >= _LARGE * clipped.size
    ]
