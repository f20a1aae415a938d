"""Coloured light: neon and gels, told apart from sun, sky, lamps and from things that are colourful themselves."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Coloured", "coloured"]

_SIDE = 256  # pixels; light is a matter of large areas
_WINDOW = 9  # pixels of those; over several things, or a thing and its ground
_TINTED = 0.25  # quantile over a window: when even its palest quarter is saturated, it is the light
_SEEN = 0.2  # brightest channel, 0 to 1; in darker pixels hue is noise
_DEEP = 0.06  # luma, 0 to 1: deep shadow
_NIGHT = 0.25  # of the picture in deep shadow: then a strong red, green or blue is a lamp rather than a coat or a sky
_ODD, _LEAST_ODD = (245.0, 333.0), 0.45  # degrees: violet to pink, which neither sun nor sky nor lamp gives
_COLD, _LEAST_COLD = (165.0, 245.0), 0.62  # cyan and blue: sky, sea and blue hour are these too, so only at night
_PURE, _LEAST_PURE = ((95.0, 165.0), (345.0, 375.0), (0.0, 12.0)), 0.72  # green and red: leaves and paint by day
_ALL = 0.5  # of what is not too dark to tell: so much of one such colour is its light by day, too
_PALE, _LIT = 0.2, 0.35  # saturation below, brightness above: a surface that shows the light to be neutral
_SOME, _MANY = 0.25, 0.5  # shares of such pixels from which, and at which, the light is neutral on the whole
_HUE, _COUNTS = 30.0, 0.03  # degrees that make a hue, and the share of the picture that it has to light


class Coloured(NamedTuple):
    """Share lit by coloured light, number of its hues, share in deep shadow."""

    share: float
    hues: int
    low_key: float


def coloured(pixels: NDArray[np.uint8]) -> Coloured:
    """Measure how much of the picture strongly coloured light falls on.

    Under neutral light something pale lies in almost every small window: a highlight, a grey, a neighbour of another
    colour. Under a gel or a neon tube nothing is pale, and the hue is one that daylight, dusk and bulbs do not have.
    Orange and yellow, the colours of low sun, fire and bulbs, never count. A close view of violet flowers is taken
    for violet light: by colour alone the two are one.

    Args:
        pixels: height × width × 3, RGB.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    luma = small @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    low_key = float((luma < _DEEP).mean())
    planes = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2HSV))
    hue, saturation, value = (np.asarray(plane, np.float32) for plane in planes)
    tint = _palest(saturation, value)
    seen = value >= _SEEN
    strange = seen & _within(hue, _ODD) & (tint >= _LEAST_ODD)
    cold = seen & _within(hue, _COLD) & (tint >= _LEAST_COLD)
    pure = seen & np.any([_within(hue, band) for band in _PURE], axis=0) & (tint >= _LEAST_PURE)
    odd = float(strange.mean()) >= _COUNTS
    lamps = low_key >= _NIGHT or float((strange | pure).sum()) >= _ALL * max(1, int(seen.sum()))
    if lamps or odd:
        strange |= cold
    if lamps:
        strange |= pure
    neutral = float(((saturation < _PALE) & (value > _LIT)).mean())
    doubt = float(np.clip((neutral - _SOME) / (_MANY - _SOME), 0, 1))
    share = float(strange.mean()) * (1 - doubt)
    return Coloured(share, _hues(hue[strange], strange.size) if share >= _COUNTS else 0, low_key)


def _palest(saturation: NDArray[np.float32], value: NDArray[np.float32]) -> NDArray[np.float32]:
    """The saturation of the palest quarter of the window around each pixel; pixels too dark to tell count as tinted."""
    known = np.where(value >= _SEEN, saturation, 1.0)
    levels = np.linspace(0, 1, 21, dtype=np.float32)[1:-1]
    palest = np.zeros_like(known)
    for level in levels:  # the quantile of a sliding window, as the highest level that most of it lies above
        above = cv2.blur((known >= level).astype(np.float32), (_WINDOW, _WINDOW))
        palest[above >= 1 - _TINTED] = level
    return np.asarray(palest)


def _within(hue: NDArray[np.float32], band: tuple[float, float]) -> NDArray[np.bool_]:
    return np.asarray((hue >= band[0]) & (hue < band[1]))


def _hues(hues: NDArray[np.float32], pixels: int) -> int:
    """How many hues light a share that counts; neighbouring bins are one hue."""
    counts, _ = np.histogram(hues, bins=int(360 / _HUE), range=(0, 360))
    shares = counts / pixels
    peaks = (shares >= _COUNTS) & (shares >= np.roll(shares, 1)) & (shares > np.roll(shares, -1))
    return max(1, int(peaks.sum()))
