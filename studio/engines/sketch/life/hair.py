"""Find the hair of whoever's face is known: what is unlike the skin around a face, above and beside it, and goes on."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.look import Mask
from studio.shot import Box

__all__ = ["find_hair"]

_SIDE = 224
"""The longer side, in pixels, of the picture that is searched."""

_LEAST_FACE = 14
"""Pixels of that a face is wide at least: less shows no hair."""

_UNLIKE, _ALIKE = 24.0, 16.0
"""How far in CIELAB hair is from skin at least, and how far apart it is in itself at the most."""

_RING, _PART = 1.9, 0.28
"""How far out around a face hair is looked for first, in squared radii, and the part of that which a tone has."""

_LOWEST, _ASIDE, _OVER = 1.9, 0.75, 0.6
"""How far hair goes below a face's upper edge, beside the face and above it, in its heights and widths."""

_SHARE = (0.25, 4.5)
"""How much of the area of a face's box hair has, at least and at most."""


def find_hair(still: NDArray[np.uint8], faces: Sequence[Box]) -> Mask | None:
    """Find hair.

    Args:
        still: height × width × 3, RGB.
        faces: where faces are known to be.

    Returns:
        A small mask of the still's shape, 0 or 255; None: no face has hair that is sure.
    """
    height, width = still.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    small = np.ascontiguousarray(cv2.resize(still, size, interpolation=cv2.INTER_AREA), np.uint8)
    found = np.zeros(size[::-1], np.uint8)
    for face in faces:
        if face.width * size[0] >= _LEAST_FACE:
            found = np.maximum(found, _of_face(small, face))
    return found if found.any() else None


def _of_face(small: NDArray[np.uint8], face: Box) -> Mask:
    """The hair of one face; nothing of it where it is not sure."""
    rows, columns = small.shape[:2]
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    across = ((x + 0.5) / columns - face.x - face.width / 2) / face.width  # -0.5 and 0.5 at the box's sides
    down = ((y + 0.5) / rows - face.y) / face.height
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 0.8), cv2.COLOR_RGB2LAB), np.float32)
    skin = np.median(lab[(np.abs(across) < 0.22) & (down > 0.45) & (down < 0.75)].reshape(-1, 3), axis=0)
    head = (across / 0.37) ** 2 + ((down - 0.52) / 0.5) ** 2
    around = (head > 1) & (head < _RING) & (down < 1.0)
    unlike = np.linalg.norm(lab - skin, axis=2)
    seeds = around & (unlike > _UNLIKE) & (lab[..., 0] < skin[0])
    if seeds.sum() < 12:
        return np.zeros((rows, columns), np.uint8)
    near = np.min([np.linalg.norm(lab - tone, axis=2) for tone in _tones(lab[seeds])], axis=0)
    reach = (np.abs(across) < 0.5 + _ASIDE) & (down > -_OVER) & (down < _LOWEST)
    cut = np.full((rows, columns), cv2.GC_BGD, np.uint8)
    cut[reach] = np.where(near[reach] < _ALIKE, cv2.GC_PR_FGD, cv2.GC_PR_BGD)
    cut[seeds & (near < 0.7 * _ALIKE)] = cv2.GC_FGD
    cut[(head < 0.8) | (reach & (near > 3 * _ALIKE))] = cv2.GC_BGD
    if (cut == cv2.GC_FGD).sum() < 12:
        return np.zeros((rows, columns), np.uint8)
    cv2.setRNGSeed(1)
    cv2.grabCut(small, cut, (0, 0, 0, 0), np.zeros((1, 65)), np.zeros((1, 65)), 2, cv2.GC_INIT_WITH_MASK)
    hair = np.isin(cut, (cv2.GC_FGD, cv2.GC_PR_FGD)) & (near < 2 * _ALIKE) & (head > 0.8)
    _, labels = cv2.connectedComponents(hair.astype(np.uint8), connectivity=4)
    own = np.unique(labels[seeds & hair])
    mask = np.where(np.isin(labels, own[own > 0]), 255, 0).astype(np.uint8)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)
    share = float((mask > 0).sum()) / max(face.width * columns * face.height * rows, 1.0)
    return mask if _SHARE[0] < share < _SHARE[1] else np.zeros_like(mask)


def _tones(colours: NDArray[np.float32]) -> NDArray[np.float32]:
    """The colours that most of them are close to: hair in the light and in its own shade."""
    cv2.setRNGSeed(1)
    many = min(3, len(colours))
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0)
    start = np.zeros((len(colours), 1), np.int32)
    _, label, centres = cv2.kmeans(np.ascontiguousarray(colours), many, start, criteria, 2, cv2.KMEANS_PP_CENTERS)
    size = np.bincount(label.ravel(), minlength=many) / len(colours)
    return np.asarray(centres[size >= min(_PART, float(size.max()))], np.float32)
