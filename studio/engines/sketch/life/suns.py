"""The sun or the moon in a sky: it stays where it is, with its glow, while the clouds go by."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.look import Mask, discs

__all__ = ["find_suns"]

_SIDE = 256
"""The longer side, in pixels, of the picture that is searched."""

_BURNT = 246
"""Of 255, in every colour: a disc that shines is at least so bright."""

_SHARE, _ROUND = (0.0002, 0.05), 0.7
"""The share of the picture that a disc may fill, and what it fills of its own hull: clouds are ragged."""

_RINGS = (1.35, 1.9, 2.7)
"""How far out, in radii of the disc, its glow is looked at."""

_FALLS, _EVEN = 6.0, 30.0
"""How much, of 255, a glow falls from ring to ring at least, and how much it may differ along a ring."""

_GLOW = (1.8, 5.0)
"""In radii: up to where all is held, and from where all goes."""


def find_suns(picture: NDArray[np.uint8], cover: Mask) -> Mask:
    """Find what shines in a sky by itself: burnt out, round, in a glow that falls off evenly around it.

    Args:
        picture: height × width × 3, RGB.
        cover: height × width: the sky.

    Returns:
        height × width: 255 on discs and their glow, fading to 0 around them.
    """
    height, width = cover.shape
    scale = _SIDE / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    sky = np.asarray(cv2.resize(cover, size, interpolation=cv2.INTER_AREA), np.uint8)
    luma = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    y, x = np.mgrid[: size[1], : size[0]].astype(np.float32)
    held = np.zeros(luma.shape, np.float32)
    burnt = np.asarray(small.min(axis=2) >= _BURNT, np.uint8)
    for disc, (across, down), area in discs(burnt, _SHARE, _ROUND):
        radius = max(float(np.sqrt(area / np.pi)), 1.0)
        away = np.hypot(x - across, y - down) / radius
        if sky[disc].mean() >= 64 and _glows(luma, sky, away, 1 / radius):
            fade = np.clip((_GLOW[1] - away) / (_GLOW[1] - _GLOW[0]), 0, 1)
            held = np.maximum(held, fade * fade * (3 - 2 * fade))
    if not held.any():
        return np.zeros_like(cover)
    full = cv2.resize(held, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.rint(full * 255), np.uint8)


def _glows(luma: NDArray[np.float32], sky: Mask, away: NDArray[np.float32], pixel: float) -> bool:
    """Whether light falls off around a disc, alike on all its sides that are sky."""
    before = 255.0
    for ring in _RINGS:
        there = luma[(np.abs(away - ring) < max(0.15, pixel)) & (sky > 127)]
        if len(there) < 6 or before - float(there.mean()) < _FALLS or float(there.std()) > _EVEN:
            return False
        before = float(there.mean())
    return True
