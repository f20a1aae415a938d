"""Eyes: where somebody looks at the camera whose face is none that the cascades know, as an animal's."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["find_eyes"]

_SIDE = 480  # pixels; eyes that a camera may go to are still large enough at this scale
_SMALLEST = 16
_NEIGHBOURS = 4
_UNLIKE = 1.5  # how many times larger one eye of a pair may be
_APART = (1.3, 8.0)  # between two eyes, in the width of what is found: from a child to a baboon
_ASKEW = 0.25  # how much higher one may be, in the distance between them
_MIRRORED = 0.5  # how like one eye's picture must be to the other's in a mirror: correlation


def find_eyes(pixels: NDArray[np.uint8]) -> tuple[float, float] | None:
    """Find the point between the best pair of eyes, (x, y) in fractions; None: there is no pair.

    The cascade for eyes that comes with OpenCV sees one in many a knot-hole; so two are asked for, of a size, level,
    and each the other's mirror image.

    Args:
        pixels: height × width × 3, RGB.
    """
    height, width = pixels.shape[:2]
    scale = _SIDE / max(height, width)
    size = max(_SMALLEST, round(width * scale)), max(_SMALLEST, round(height * scale))
    filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = np.asarray(cv2.cvtColor(cv2.resize(pixels, size, interpolation=filtering), cv2.COLOR_RGB2GRAY), np.uint8)
    cascade = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_eye.xml"))
    hits = [tuple(map(int, hit)) for hit in cascade.detectMultiScale(grey, 1.05, _NEIGHBOURS, minSize=(_SMALLEST,) * 2)]
    pairs = [(_likeness(grey, one, two), one, two) for one, two in combinations(sorted(hits), 2) if _is_pair(one, two)]
    likeness, one, two = max(pairs, default=(0.0, (), ()))
    if likeness < _MIRRORED:
        return None
    x, y = ((one[axis] + two[axis] + (one[axis + 2] + two[axis + 2]) / 2) / 2 for axis in (0, 1))
    return x / size[0], y / size[1]


def _is_pair(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """Whether two boxes lie to each other as eyes do."""
    (x, y, side, _), (u, v, other, _) = one, two
    wide = (side + other) / 2
    across, down = abs(u + other / 2 - x - side / 2), abs(v + other / 2 - y - side / 2)
    near, far = _APART
    return (
        max(side, other) <= _UNLIKE * min(side, other) and near * wide < across < far * wide and down < _ASKEW * across
    )


def _likeness(grey: NDArray[np.uint8], one: tuple[int, ...], two: tuple[int, ...]) -> float:
    """How like one eye is to the other in a mirror."""
    looks = []
    for x, y, side, _ in (one, two):
        eye = cv2.resize(grey[y : y + side, x : x + side], (16, 16), interpolation=cv2.INTER_AREA).astype(np.float64)
        looks.append((eye - eye.mean()) / max(float(eye.std()), 1.0))
    return float((looks[0] * looks[1][:, ::-1]).mean())
