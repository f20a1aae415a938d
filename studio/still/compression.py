"""Compression: how plainly the blocks of JPEG stand in the pixels, 0 (not at all) to 1."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["compression"]

_BLOCK = 8  # pixels; JPEG codes each square of this side alone (ITU-T T.81), and so do most video codecs' ancestors
_STEEPEST = 24  # of 255: a steeper step is an edge of the scene
_LEAST, _MOST = 0.04, 0.45  # of the steps beside it: what an untouched photo reaches, and JPEG of quality 10
_FAINTEST = 2.0  # of 255: smaller steps are not seen, however regular
_SMALLEST = 4 * _BLOCK  # pixels; below, there is no grid to speak of


def compression(pixels: NDArray[np.uint8]) -> float:
    """Measure the 8 × 8 grid: how much larger steps are on it than beside it, relative to those beside it.

    After Wang, Sheikh and Bovik, "No-reference perceptual quality assessment of JPEG compressed images" (ICIP 2002),
    without its need to know where the grid lies: each of its eight phases is tried, so a cropped picture measures
    like the whole. The weaker axis counts, since stripes in the scene make a grid along one axis only. A picture
    resized after it was compressed has no such grid any more, and shows as little of it to the eye.

    Args:
        pixels: height × width × 3, RGB, as decoded.
    """
    if min(pixels.shape[:2]) < _SMALLEST:
        return 0.0
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.int16)
    ratio = min(_on_grid(luma), _on_grid(luma.T))
    return float(np.clip((ratio - _LEAST) / (_MOST - _LEAST), 0, 1))


def _on_grid(luma: NDArray[np.int16]) -> float:
    """By what share the mean step across columns on the strongest phase exceeds the next strongest phase's."""
    steps = np.minimum(np.abs(np.diff(luma, axis=1)), _STEEPEST).mean(axis=0)
    steps = steps[: len(steps) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    phases = np.sort(steps.mean(axis=0))
    return float((phases[-1] - phases[-2]) / (phases[:-1].mean() + _FAINTEST))
