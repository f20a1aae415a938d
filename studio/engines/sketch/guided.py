"""Guided filter: smooth a map so that its edges follow a picture's (He, Sun and Tang, 2010)."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["guided_filter"]


def guided_filter(
    guide: NDArray[np.float32], values: NDArray[np.float32], radius: int, epsilon: float
) -> NDArray[np.float32]:
    """Fit `values` by a linear function of a grey `guide` in every window, and average the fits.

    Args:
        guide, values: height × width, the guide from 0 to 1.
        radius: of the window, in pixels.
        epsilon: variance of the guide below which an edge is smoothed away.
    """
    window = (2 * radius + 1, 2 * radius + 1)

    def mean(image: NDArray[Any]) -> NDArray[np.float32]:
        return np.asarray(cv2.blur(image, window, borderType=cv2.BORDER_REFLECT), np.float32)

    mean_guide, mean_values = mean(guide), mean(values)
    covariance = mean(guide * values) - mean_guide * mean_values
    variance = mean(guide * guide) - mean_guide * mean_guide
    slope = covariance / (variance + np.float32(epsilon))
    offset = mean_values - slope * mean_guide
    return np.asarray(mean(slope) * guide + mean(offset), np.float32)
