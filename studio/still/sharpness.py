"""Sharpness: how fine the finest edges are, 0 (blurred) to 1 (crisp)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["sharpness"]

_SIDE = 768  # pixels; about what an engine sees of the still
_TILE = 32
_FINE, _MIDDLE, _COARSE = 0.8, 1.6, 3.2  # pixels, standard deviations of the Gaussians between which the bands lie
_SOFT, _CRISP = 0.28, 0.95  # ratio of the bands: of a clearly blurred photo, of a crisp one
_FAINTEST = 2e-5  # energy of a band below which there is no edge to judge: about one grey level of 255
_SHARPEST = 0.8  # quantile over the tiles: a shallow depth of field is no blur, so the best fifth counts
_FLATTEST = 0.05  # quantile over the tiles: where there is hardly anything but noise
_NOISE_IN_FINE, _NOISE_IN_COARSE = 0.098, 0.024  # white noise in these bands for 1 in the finest, a tenth to spare


def sharpness(pixels: NDArray[np.uint8]) -> float:
    """Judge how sharp a picture is where it is sharpest; 0 where it has no edges at all.

    An edge has energy in every band of scale; blur takes it from the fine band first. So the ratio of the energies of
    two neighbouring bands (differences of Gaussians) measures blur, whatever the contrast. Compare the multi-scale
    ratio of Zhuo and Sim, "Defocus map estimation from a single image", Pattern Recognition 44 (2011). The energy of
    white noise is taken off both bands first. It is estimated in the finest band of all, where noise is strongest and
    real detail weakest, in the flattest tiles.

    Args:
        pixels: height × width × 3, RGB.
    """
    grey = cv2.cvtColor(_at_common_scale(pixels), cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    blurred = [cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in (_FINE, _MIDDLE, _COARSE)]
    fine = _tile_energy(blurred[0] - blurred[1])
    coarse = _tile_energy(blurred[1] - blurred[2])
    noise = float(np.quantile(_tile_energy(grey - blurred[0]), _FLATTEST))
    fine, coarse = np.maximum(fine - _NOISE_IN_FINE * noise, 0), np.maximum(coarse - _NOISE_IN_COARSE * noise, 0)
    edges = coarse > max(_FAINTEST, 0.05 * float(coarse.max()))
    if not edges.any():
        return 0.0
    ratio = float(np.quantile(np.sqrt(fine[edges] / coarse[edges]), _SHARPEST))
    return float(np.clip((ratio - _SOFT) / (_CRISP - _SOFT), 0, 1))


def _at_common_scale(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Scale a larger picture down; a smaller one stays, since enlarging would only blur it."""
    height, width = pixels.shape[:2]
    scale = _SIDE / max(height, width)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _tile_energy(band: NDArray[np.floating]) -> NDArray[np.float32]:
    """Mean square over tiles, row by row; the rest at the right and bottom edges is left out."""
    height, width = (length // _TILE * _TILE for length in band.shape)
    tiles = band[:height, :width].reshape(height // _TILE, _TILE, width // _TILE, _TILE)
    return np.asarray((tiles**2).mean(axis=(1, 3)).ravel(), dtype=np.float32)
