"""The thing in focus: how far what lies at the point of interest reaches, where it is apart from what is around it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.picture import Box
from studio.still.interest import saliency

__all__ = ["find_subject"]

_SIDE = 160  # pixels; how far a thing reaches is told by large shapes
_SALIENT, _PLAIN = 0.45, 0.06  # of the peak: what is likely the thing, and what is not
_NEAR = 0.3  # standard deviation, in the shorter side, of how near the point the thing is
_SHARE = (0.004, 0.55)  # of the picture, that a thing fills
_APART = 14.0  # ΔE in Lab between a thing and what is right around it, at least
_THIN = 0.02  # of the shorter side: what is thinner is no part to be kept
_SPILL = 0.01  # of a thing's pixels may lie outside on each side of the box


def find_subject(pixels: NDArray[np.uint8], point: tuple[float, float]) -> Box | None:
    """Find the box around the thing at a point; None: nothing there is apart from what is around it.

    What stands out and lies near the point is told from the rest by its colours (Rother et al., "GrabCut", 2004).

    Args:
        pixels: height × width × 3, RGB.
        point: of interest, (x, y) in fractions.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    small = np.ascontiguousarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    salience = cv2.resize(saliency(pixels), size, interpolation=cv2.INTER_LINEAR)
    y, x = np.mgrid[0 : size[1], 0 : size[0]] + 0.5
    away = np.hypot(x - point[0] * size[0], y - point[1] * size[1]) / min(size)
    likely = salience / max(float(salience.max()), 1e-6) * np.exp(-0.5 * (away / _NEAR) ** 2)
    likely /= max(float(likely.max()), 1e-6)
    stands_out = likely > _SALIENT
    if stands_out.all() or not stands_out.any():
        return None  # one colour all over
    mask = np.where(stands_out, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    mask[likely < _PLAIN] = cv2.GC_BGD
    cv2.setRNGSeed(1)  # its colour clusters start at random places
    cv2.grabCut(small, mask, (0, 0, 0, 0), np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    thin = max(1, round(_THIN * min(size)))
    found = np.asarray(cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((thin, thin), np.uint8)), np.uint8)
    thing = _at(found, likely)
    if not _SHARE[0] < thing.mean() < _SHARE[1] or _contrast(small, thing) < _APART:
        return None
    left, right = _ends(thing.sum(axis=0))
    top, bottom = _ends(thing.sum(axis=1))
    if not (left <= point[0] * size[0] <= right and top <= point[1] * size[1] <= bottom):
        return None
    return Box(x=left / size[0], y=top / size[1], width=(right - left) / size[0], height=(bottom - top) / size[1])


def _at(found: NDArray[np.uint8], likely: NDArray[np.floating]) -> NDArray[np.bool_]:
    """The piece that is likeliest the thing."""
    count, labels = cv2.connectedComponents(found, connectivity=8)
    weight = np.bincount(labels.ravel(), likely.ravel(), minlength=count)
    weight[0] = 0
    return np.asarray((labels == int(weight.argmax())) & (labels > 0))


def _contrast(small: NDArray[np.uint8], thing: NDArray[np.bool_]) -> float:
    """How far its border's colours are from those right outside, ΔE."""
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    kernel = np.ones((3, 3), np.uint8)
    inner = thing & (cv2.erode(thing.astype(np.uint8), kernel, iterations=3) == 0)
    outer = ~thing & (cv2.dilate(thing.astype(np.uint8), kernel, iterations=4) > 0)
    if not outer.any():
        return 0.0
    means = []
    for part in (inner, outer):
        weight = cv2.blur(part.astype(np.float32), (9, 9))
        means.append(cv2.blur(lab * part[..., None].astype(np.float32), (9, 9)) / np.maximum(weight, 1e-3)[..., None])
    return float(np.median(np.linalg.norm(means[0] - means[1], axis=2)[inner]))


def _ends(cells: NDArray[np.integer]) -> tuple[int, int]:
    """The first and the end of nearly all of what lies along an axis."""
    mass = np.cumsum(cells)
    first = int(np.searchsorted(mass, _SPILL * mass[-1], side="right"))
    return first, int(np.searchsorted(mass, (1 - _SPILL) * mass[-1])) + 1
