"""Disparity of a still by rule: what is near and what is far, as far as a picture's layout tells.

The ground rises from the bottom edge towards the horizon; the thing in focus stands in front; what is sharp, contrasty
and unlike the picture's edge is nearer than what is smooth. Regions of one colour get one depth, so that upright
things do not bend.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import FAR, NEAR
from studio.engines.sketch.guided import guided_filter

__all__ = ["estimate_disparity", "lift_above_focus"]

_SHORT_SIDE = 96


def estimate_disparity(still: NDArray[np.uint8], focus: tuple[float, float]) -> NDArray[np.float32]:
    """Guess how near every part of a still is.

    Args:
        still: height × width × 3, RGB.
        focus: the point of interest, in fractions.

    Returns:
        A small grid of the still's shape, 0 (far) to 1 (near).
    """
    height, width = still.shape[:2]
    scale = min(1.0, _SHORT_SIDE / min(height, width))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = cv2.resize(still, size, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) / np.float32(255), np.float32)
    x, y = np.meshgrid(
        (np.arange(size[0], dtype=np.float32) + 0.5) / size[0], (np.arange(size[1], dtype=np.float32) + 0.5) / size[1]
    )
    aspect = size[0] / size[1]
    ground = np.clip((y - 0.3) / 0.7, 0, 1) ** 1.2
    away = ((x - focus[0]) * min(1.0, aspect) / 0.32) ** 2 + ((y - focus[1]) / 0.38) ** 2
    subject = np.exp(-away)
    prior = np.asarray(0.5 * ground + 0.6 * subject, np.float32)
    disparity = guided_filter(grey, prior, max(3, min(size) // 10), 0.01)
    low, high = np.percentile(disparity, [1, 99])
    return np.asarray(np.clip((disparity - low) / max(1e-6, high - low), 0, 1), np.float32)


def lift_above_focus(disparity: NDArray[np.float32], focus: tuple[float, float]) -> NDArray[np.float32]:
    """Disparity relative to the thing in focus, within the range that is rendered."""
    height, width = disparity.shape
    column, row = round(focus[0] * (width - 1)), round(focus[1] * (height - 1))
    around = max(2, min(height, width) // 16)
    patch = disparity[max(0, row - around) : row + around + 1, max(0, column - around) : column + around + 1]
    return np.asarray(np.clip(disparity - np.median(patch), FAR, NEAR), np.float32)
