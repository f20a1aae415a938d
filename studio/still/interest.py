"""The point of interest: what the eye goes to first, and so what a camera moves towards and turns around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.shot import Box

__all__ = ["point_of_interest", "saliency"]

_SIDE = 96  # pixels; saliency is a matter of large shapes
_CENTRE_PULL = 0.45  # standard deviation of the centre prior, in half sides
_DISTINCT = 1.8  # how far the peak must stand out from the mean; below, nothing draws the eye
_PLAIN = 0.3  # what a shape without detail counts for, so that a glow in the sky gives way to the tower before it
_EDGE = 0.08  # the point stays this far inside the frame


def point_of_interest(
    pixels: NDArray[np.uint8], faces: Sequence[Box]
) -> tuple[tuple[float, float], Literal["face", "saliency", "centre"]]:
    """Find the point, (x, y) in fractions of the picture, and say how it was found.

    The largest face; without one the most salient place; where nothing stands out, the centre.

    Args:
        pixels: height × width × 3, RGB.
        faces: as found in it, largest first.
    """
    if faces:
        return faces[0].centre, "face"
    salience = saliency(pixels)
    peak = float(salience.max())
    if peak <= 0 or peak < _DISTINCT * float(salience.mean()):
        return (0.5, 0.5), "centre"
    height, width = salience.shape
    # The centroid of what is nearly as salient as the peak: it moves smoothly where a lone maximum would jump.
    weight = np.maximum(salience - 0.6 * peak, 0)
    x = float((weight.sum(axis=0) * (np.arange(width) + 0.5)).sum() / weight.sum() / width)
    y = float((weight.sum(axis=1) * (np.arange(height) + 0.5)).sum() / weight.sum() / height)
    return (float(np.clip(x, _EDGE, 1 - _EDGE)), float(np.clip(y, _EDGE, 1 - _EDGE))), "saliency"


def saliency(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Say for each place how much it stands out: a small map, height × width, 0 or more.

    The distance of its colour, in Lab, from the colours along the frame's border, where the background usually is
    (the boundary prior of Wei et al., "Geodesic saliency using background priors", ECCV 2012), measured in the
    border's own spread; more where there is detail; times a centre prior, since people frame what they mean
    (Tatler, Journal of Vision 7, 2007).

    Args:
        pixels: height × width × 3, RGB.
    """
    height, width = pixels.shape[:2]
    scale = _SIDE / max(height, width)
    size = max(8, round(width * scale)), max(8, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lab = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), (0, 0), 1.0)
    border = np.concatenate([lab[:3].reshape(-1, 3), lab[-3:].reshape(-1, 3)])
    border = np.concatenate([border, lab[:, :3].reshape(-1, 3), lab[:, -3:].reshape(-1, 3)])
    inverse = np.linalg.inv(np.cov(border, rowvar=False) + 9.0 * np.eye(3))
    away = lab - border.mean(axis=0)
    distance = np.sqrt(np.einsum("hwi,ij,hwj->hw", away, inverse, away))
    edges = np.hypot(cv2.Sobel(lab[..., 0], cv2.CV_32F, 1, 0), cv2.Sobel(lab[..., 0], cv2.CV_32F, 0, 1))
    detail = cv2.GaussianBlur(edges, (0, 0), _SIDE / 24)
    shaped = distance * (_PLAIN + detail / max(float(detail.max()), 1e-6))
    smooth = cv2.GaussianBlur(shaped.astype(np.float32), (0, 0), _SIDE / 20)
    across, down = np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1])
    prior = np.exp(-(across[None] ** 2 + down[:, None] ** 2) / (2 * (2 * _CENTRE_PULL) ** 2))
    return np.asarray(smooth * prior, dtype=np.float32)
