"""Light: how bright and how colourful a picture is."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Light", "light"]

_SIDE = 512  # pixels; means hardly change with scale


class Light(NamedTuple):
    """Each 0 to 1: mean luma, mean saturation."""

    exposure: float
    saturation: float


def light(pixels: NDArray[np.uint8]) -> Light:
    """Measure the light of a picture.

    Luma is Rec. 709's (ITU-R BT.709-6, item 3.2), saturation that of HSV: (max - min) / max of a pixel's channels.

    Args:
        pixels: height × width × 3, RGB.
    """
    step = max(1, max(pixels.shape[:2]) // _SIDE)
    sampled = np.ascontiguousarray(pixels[::step, ::step])
    luma = sampled @ np.array([0.2126, 0.7152, 0.0722])
    saturation = cv2.cvtColor(sampled, cv2.COLOR_RGB2HSV)[..., 1]
    return Light(float(luma.mean() / 255), float(saturation.mean() / 255))
