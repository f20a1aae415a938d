"""Put masks on a frame: as a veil that hides, or as light that adds. Where a mask is 0 no bit changes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Colour", "Frame", "Mask", "add", "splat", "veil"]

Frame = NDArray[np.uint8]
Mask = NDArray[np.uint8]
Colour = NDArray[np.float32]
"""Red, green and blue, 0 to 255."""

_BYTE = np.arange(256, dtype=np.float32)


def veil(frame: Frame, mask: Mask, colour: Colour) -> Frame:
    """Cover a frame with a colour, as much as the mask says (255: wholly)."""
    left = cv2.bitwise_not(mask)
    kept = cv2.multiply(frame, cv2.merge([left, left, left]), scale=1 / 255)
    inks = [cv2.LUT(mask, np.rint(_BYTE * (part / 255)).astype(np.uint8)) for part in colour]
    return np.asarray(cv2.add(kept, cv2.merge(inks)), np.uint8)


def add(frame: Frame, mask: Mask, colours: NDArray[np.uint8]) -> Frame:
    """Add light to a frame.

    Args:
        colours: 256 × 3, what each value of the mask adds; the first adds nothing.
    """
    inks = [cv2.LUT(mask, np.ascontiguousarray(colours[:, channel])) for channel in range(3)]
    return np.asarray(cv2.add(frame, cv2.merge(inks)), np.uint8)


def splat(
    x: NDArray[np.float32], y: NDArray[np.float32], weight: NDArray[np.float32], size: tuple[int, int]
) -> NDArray[np.float32]:
    """Spread points over the four pixels around each: height × width, sums of their weights. Others fall outside."""
    width, height = size
    column, row = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    inside = (column >= 0) & (row >= 0) & (column < width - 1) & (row < height - 1)
    column, row, weight = column[inside], row[inside], weight[inside]
    right, low = x[inside] - column, y[inside] - row
    place = row * width + column
    places = np.concatenate([place, place + 1, place + width, place + width + 1])
    shares = np.concatenate([(1 - right) * (1 - low), right * (1 - low), (1 - right) * low, right * low])
    sums = np.bincount(places, shares * np.tile(weight, 4), minlength=width * height)
    return np.asarray(sums.reshape(height, width), np.float32)
