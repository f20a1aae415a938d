"""The thing at a point of a still, as a mask: what is alike and hangs together around it.

GrabCut (Rother, Kolmogorov and Blake, 2004), begun from the colours around the point instead of a frame drawn by hand.
"""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.media.stills import load_pixels
from studio.shot import Still

__all__ = ["find_thing", "thing_at"]

_WORKING_SIDE, _MASK_SIDE = 256, 768
_ROUNDS = 3
_TOUCH = 0.015
"""Radius of what the point itself surely holds, as a share of the longer side."""

_ALIKE = 28.0
"""Distance in CIELAB (8-bit scale) below which a colour is taken for the thing's at first."""


def thing_at(still: Still, at: tuple[float, float]) -> bytes:
    """The thing at a point of a still.

    Args:
        at: (x, y) in fractions of the still.

    Returns:
        A PNG of the still's shape, at most 768 pixels long: opaque white where the thing is, transparent elsewhere.

    Raises:
        StillError: its file was removed or changed.
    """
    scale = min(1.0, _MASK_SIDE / max(still.width, still.height))
    size = (max(1, round(still.width * scale)), max(1, round(still.height * scale)))
    mask = cv2.resize(find_thing(load_pixels(still), at), size, interpolation=cv2.INTER_CUBIC)
    held = BytesIO()
    white = np.full((size[1], size[0], 4), 255, np.uint8)
    white[..., 3] = mask
    Image.fromarray(white).save(held, "PNG")
    return held.getvalue()


def find_thing(pixels: NDArray[np.uint8], at: tuple[float, float]) -> NDArray[np.uint8]:
    """What hangs together around a point, at a small scale.

    Args:
        pixels: height × width × 3, RGB.
        at: (x, y) in fractions.

    Returns:
        rows × columns, 0 or 255; never empty, for the point itself belongs to it.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _WORKING_SIDE / max(height, width))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    point = (min(size[0] - 1, int(at[0] * size[0])), min(size[1] - 1, int(at[1] * size[1])))
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1.2), cv2.COLOR_RGB2LAB).astype(np.float32)

    sure = np.zeros(size[::-1], np.uint8)
    cv2.circle(sure, point, max(1, round(_TOUCH * max(size))), 1, -1)
    middle = np.median(lab[sure > 0], axis=0)
    alike = _around((np.linalg.norm(lab - middle, axis=2) < _ALIKE).astype(np.uint8) | sure, point)
    guess = np.where(alike > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    guess[sure > 0] = cv2.GC_FGD
    if (alike == 0).sum() >= 16:  # otherwise all the picture is alike, and nothing is left to cut it from
        cv2.setRNGSeed(7)  # GrabCut clusters colours from a random start
        models = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(small, guess, (0, 0, 1, 1), *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    found = np.isin(guess, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    whole = cv2.morphologyEx(_around(found | sure, point), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    return np.asarray(whole * 255, np.uint8)


def _around(mask: NDArray[np.uint8], point: tuple[int, int]) -> NDArray[np.uint8]:
    """The part of a mask that hangs together with a point of it."""
    _, labels = cv2.connectedComponents(mask, connectivity=4)
    return np.asarray(labels == labels[point[1], point[0]], np.uint8)
