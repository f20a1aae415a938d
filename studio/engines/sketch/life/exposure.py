"""Expose a frame by stops, as a camera would: doubled and halved in linear light, with a soft shoulder.

A display value is first taken back to the light that made it, then multiplied, then shown again. White stands for
light well above the whitest paper, so highlights stay bright for long when the light dims, and what brightens nears
white without being cut off. No stops give the same values, to the bit.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["STEPS", "expose", "linear"]

STEPS = 256
"""Steps of one stop; at mid grey one is a fifth of an 8-bit value."""

_SHOULDER = 0.8
"""Where the shoulder lies: display white stands for 1 / (1 - 0.8) = 5 times the light of white paper, 2.3 stops."""

_DARKEST, _BRIGHTEST = -28.0, 12.0
"""Stops of light, against white paper, that the table holds."""

_BLACK = -20.0
"""Stops at which display black lies: no exposure that is asked for here lifts it."""


def linear(values: NDArray[np.floating]) -> NDArray[np.float32]:
    """Light of display values from 0 to 1 (IEC 61966-2-1, sRGB)."""
    low, high = values / 12.92, ((np.maximum(values, 0.04045) + 0.055) / 1.055) ** 2.4
    return np.asarray(np.where(values <= 0.04045, low, high), np.float32)


def expose(frame: NDArray[np.uint8], stops: NDArray[np.int16]) -> NDArray[np.uint8]:
    """Brighten and dim a frame.

    Args:
        frame: height × width × 3, RGB.
        stops: of the same shape, in `STEPS` of a stop; 0 keeps a value as it is.
    """
    into, back = _tables()
    light = cv2.add(cv2.LUT(frame, into), stops)  # saturates
    return np.asarray(cv2.LUT(light.view(np.uint16), back), np.uint8)


@cache
def _tables() -> tuple[NDArray[np.int16], NDArray[np.uint8]]:
    """From display values to light in steps, and from light in steps (as 16 unsigned bits) to display values."""
    values = np.arange(256) / 255
    light = linear(values).astype(np.float64)
    into = np.full(256, _BLACK * STEPS)
    into[1:] = np.log2(light[1:] / (1 - _SHOULDER * light[1:] ** 2)) * STEPS
    into = np.rint(into).astype(np.int16)
    signed = np.arange(65536, dtype=np.uint16).view(np.int16)
    scene = 2.0 ** np.clip(signed / STEPS, _DARKEST, _BRIGHTEST)
    # The light l that is shown for scene light s solves s (1 - a l²) = l.
    rise = _SHOULDER * scene
    shown = 2 * scene / (1 + np.sqrt(1 + 4 * rise * scene))
    encoded = np.where(shown <= 0.0031308, shown * 12.92, 1.055 * shown ** (1 / 2.4) - 0.055)
    return into, np.rint(np.clip(encoded, 0, 1) * 255).astype(np.uint8)
