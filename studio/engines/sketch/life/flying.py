"""What flies in the sky: birds, a far aeroplane, a wire. The sky is found too coarsely to see it, so that without care
it would leave with the clouds.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.look import strongest

__all__ = ["find_flying"]

Mask = NDArray[np.uint8]

_SIDE, _COARSER, _LARGE = 768, 4, 0.09
"""The longer side at which what flies is looked for, at which part of that the sky behind it is seen, and how large it
is at most, as the same share: what is larger is found with the sky.
"""

_UNLIKE, _SMALLEST = (30, 70), 6
"""How unlike the sky around, of 255, what flies is, before a blue sky and before clouds that are unlike it themselves,
and how many of those pixels it has at least.
"""

_ALL_AROUND, _MOSTLY = 0.37, 0.73
"""How sharply, against how unlike the sky it is, three quarters of its outline stand out from one pixel to the next but
one, and half of it: outlines of clouds do less.
"""

_HARDLY = 0.6
"""What is softer than this around, in the mean against the mean, is not looked at any further."""

_BESIDE, _CALM, _DEEP = 12, 6.0, 45
"""How many pixels around it the sky is as it is farther away, up to how much of 255, or how much darker it is itself:
else it is a shred of a cloud, or a gap in one.
"""

_FRONT = 20
"""Cover up to which something stands in front; what touches that does not fly."""


def find_flying(picture: NDArray[np.uint8], cover: Mask) -> Mask:
    """Find what is sharp all around in the open sky, as clouds are not.

    Args:
        picture: height × width × 3, RGB.
        cover: height × width: the sky; 0 where something stands in front.

    Returns:
        height × width: 255 on it, with a narrow border; 0 elsewhere.
    """
    scale = min(1.0, _SIDE / max(cover.shape))
    size = (round(cover.shape[1] * scale), round(cover.shape[0] * scale))
    seen, open_sky = (cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in (picture, cover))
    small = cv2.resize(seen, (max(8, size[0] // _COARSER), max(8, size[1] // _COARSER)), interpolation=cv2.INTER_AREA)
    behind = cv2.resize(cv2.medianBlur(small, 2 * round(_LARGE * max(size) / _COARSER / 2) + 1), size)
    unlike = strongest(cv2.absdiff(seen, behind))
    edge = strongest(cv2.morphologyEx(seen, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)))
    front = cv2.dilate(np.asarray(open_sky < _FRONT, np.uint8), np.ones((5, 5), np.uint8)) > 0
    darker = cv2.subtract(cv2.cvtColor(behind, cv2.COLOR_RGB2GRAY), cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY))
    found = np.zeros_like(unlike)
    for least in _UNLIKE:
        thing = np.asarray((unlike > least) & (open_sky > 127), np.uint8)
        thing = np.asarray(cv2.morphologyEx(thing, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(thing, connectivity=8)
        inner = thing > cv2.erode(thing, np.ones((3, 3), np.uint8))
        rims, lengths, whole = (
            np.bincount(labels[where], part, len(stats))
            for where, part in ((inner, edge[inner]), (inner, None), (thing > 0, unlike[thing > 0]))
        )
        area = stats[:, cv2.CC_STAT_AREA]
        hard = rims * area > _HARDLY * lengths * whole
        for label in np.flatnonzero(hard[1:] & (area[1:] >= _SMALLEST)) + 1:
            left, top, width, height, _ = stats[label]
            rows = slice(max(0, top - _BESIDE), top + height + _BESIDE)
            columns = slice(max(0, left - _BESIDE), left + width + _BESIDE)
            own, apart = labels[rows, columns] == label, unlike[rows, columns]
            calm = apart[~own].mean() < _CALM or darker[rows, columns][own].mean() > _DEEP
            if not calm or front[rows, columns][own].any():
                continue
            rim = cv2.morphologyEx(own.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
            outline = edge[rows, columns][rim] / np.percentile(apart[own], 75)
            if (np.percentile(outline, (25, 50)) > (_ALL_AROUND, _MOSTLY)).all():
                found[rows, columns][own] = 255
    found = np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), np.uint8)
    return np.asarray(cv2.resize(found, cover.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
