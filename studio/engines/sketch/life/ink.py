"""Put masks on a frame: as a veil that hides, or as light that adds; and what light there is in a frame to draw by.

Where a mask is 0 no bit changes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["SHIFT", "Colour", "Frame", "Mask", "add", "lay", "light_around", "splat", "veil", "white_among", "white_of"]

Frame = NDArray[np.uint8]
Mask = NDArray[np.uint8]
Colour = NDArray[np.float32]
"""Red, green and blue, 0 to 255."""

SHIFT = 4
"""Fractional bits of the coordinates that OpenCV draws with."""

_COARSE, _EVERY = (48, 48), 6
"""Cells of the light around, and of how many pixels one is looked at."""


def white_of(frame: Frame, part: float = 1.0) -> Colour:
    """The colour of something white in the light of a frame: its brightest tenth, with little of its colour."""
    few = frame[8::16, 8::16]
    return white_among(few if few.size else frame, part)


def white_among(few: Frame, part: float = 1.0) -> Colour:
    """The same, of some pixels of a frame."""
    small = few.reshape(-1, 3).astype(np.float32)
    level = small @ np.full(3, 1 / 3, np.float32)
    tenth = math.ceil(0.9 * (len(level) - 1))
    bright = small[level >= np.partition(level, tenth)[tenth]].mean(axis=0)
    grey = float(bright.mean())
    white = np.clip((0.35 * bright + 0.65 * grey) * 1.05 + 20, 90, 248)
    return np.asarray(white * part, np.float32)


def light_around(frame: Frame) -> NDArray[np.float32]:
    """The light around each place, red, green and blue, on a coarse grid over a frame."""
    few = np.ascontiguousarray(frame[_EVERY // 2 :: _EVERY, _EVERY // 2 :: _EVERY])
    small = cv2.resize(few if few.size else frame, _COARSE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small.astype(np.float32), (0, 0), _COARSE[0] / 10), np.float32)


def veil(frame: Frame, mask: Mask, colour: Colour) -> Frame:
    """Cover a frame with a colour, as much as the mask says (255: wholly)."""
    inks = [cv2.convertScaleAbs(mask, alpha=float(part) / 255) for part in np.ravel(colour)]
    return lay(frame, np.asarray(cv2.bitwise_not(mask), np.uint8), np.asarray(cv2.merge(inks), np.uint8))


def lay(frame: Frame, left: Mask, ink: Frame) -> Frame:
    """Add ink to what is left of a frame (255: all of it)."""
    kept = cv2.multiply(frame, cv2.merge([left] * (frame.size // left.size)), scale=1 / 255)
    return np.asarray(cv2.add(kept, ink), np.uint8)


def add(frame: Frame, mask: Mask, colours: NDArray[np.uint8]) -> Frame:
    """Add light to a frame.

    Args:
        colours: 256 × 3, what each value of the mask adds; the first adds nothing.
    """
    inks = [cv2.LUT(mask, np.ascontiguousarray(colours[:, channel])) for channel in range(3)]
    return np.asarray(cv2.add(frame, cv2.merge(inks)), np.uint8)


def splat(
    x: NDArray[np.float32],
    y: NDArray[np.float32],
    weight: NDArray[np.float32],
    sizes: Sequence[tuple[int, int]],
    which: NDArray[np.intp],
) -> list[NDArray[np.float32]]:
    """Spread points over the four cells around each, on several grids at once.

    Args:
        x, y: in cells of the point's own grid.
        sizes: columns and rows of each grid.
        which: the grid of each point, 0 for the first.

    Returns:
        Each grid, rows × columns: sums of weights. What would reach over its edges is left out.
    """
    columns, rows = np.array(sizes, np.intp).T
    ends = np.cumsum(columns * rows)
    column, row, width = np.floor(x).astype(np.intp), np.floor(y).astype(np.intp), columns[which]
    inside = np.flatnonzero((column >= 0) & (row >= 0) & (column < width - 1) & (row < rows[which] - 1))
    which, column, row, width = which[inside], column[inside], row[inside], width[inside]
    weight = weight[inside].astype(np.float64)
    right, low = weight * (x[inside] - column), y[inside] - row
    left, right_low = weight - right, right * low
    left_low = left * low
    place = (ends - columns * rows)[which] + row * width + column
    places = np.concatenate([place, place + 1, place + width, place + width + 1])
    shares = np.concatenate([left - left_low, right - right_low, left_low, right_low])
    sums = np.bincount(places, shares, minlength=int(ends[-1])).astype(np.float32)
    parts = np.split(sums, ends[:-1])
    return [part.reshape(high, wide) for part, (wide, high) in zip(parts, sizes, strict=True)]
