"""Where an animal looks out of a still: two discs of another colour than the fur around, each with a dark pupil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["Iris", "find_irises", "outline"]

_RADIUS, _RAYS, _SPREAD = 7.0, 12, 20
"""Pixels of an iris' radius in the pictures that are searched, in how many directions, and how far around a place."""

_SIZES, _STEP = (0.016, 0.1), 1.22
"""The radii that are searched, in shares of the longer side, and the step from one to the next."""

_LIGHTNESS = 0.7
"""What a difference in lightness counts, against one in the two colours of CIELAB."""

_OPEN = 2
"""In so many directions the rim of an iris may be hidden."""

_PUPIL, _HUE, _LIGHT = 25.0, 20.0, 15.0
"""How much lighter than its pupil a plain iris is, and how far from fur in colour or lighter than that, in CIELAB."""

_FAINT, _MOST = 0.2, 40
"""How plain an iris is, at least, and how many are paired."""

_APART, _ASKEW, _UNLIKE = (2.3, 9.0), 0.4, 1.6
"""Between the irises of a pair, in their radius; how much higher one may be, in that distance; and how much larger."""

_AROUND, _SEEN = 2.2, 16
"""How much of the fur around is looked at for how alike they are, in an iris' radius, and pixels to a side of that."""

_COUNTS = np.array([0.4, 1.4, 1.0], np.float32)
"""How much lightness and the two colours of CIELAB tell an iris from fur."""

_LARGEST = 2.4
"""How much larger than what was found an iris is at most: of one with a large pupil that alone may have been found."""

Lab = NDArray[np.float32]


@dataclass(frozen=True)
class Iris:
    """A disc with a dark middle, in pixels of the picture, and how plain it is: 1 and more where nobody misses it."""

    x: float
    y: float
    radius: float
    plain: float


def find_irises(pixels: NDArray[np.uint8]) -> list[tuple[float, Iris, Iris]]:
    """Pairs that may be the eyes of an animal, the left one first, and how alike they are in a mirror, -1 to 1.

    Args:
        pixels: height × width × 3, RGB.
    """
    found: list[Iris] = []
    for iris in sorted(_discs(pixels), key=lambda one: -one.plain):
        if all(np.hypot(iris.x - own.x, iris.y - own.y) > 0.6 * max(iris.radius, own.radius) for own in found):
            found.append(iris)
    pairs = []
    for pair in combinations(found[:_MOST], 2):
        one, two = sorted(pair, key=lambda iris: iris.x)
        size, across = (one.radius + two.radius) / 2, two.x - one.x
        alike = max(one.radius, two.radius) <= _UNLIKE * min(one.radius, two.radius)
        if alike and _APART[0] * size < across < _APART[1] * size and abs(two.y - one.y) < _ASKEW * across:
            pairs.append((_likeness(pixels, one, two), one, two))
    return pairs


def outline(pixels: NDArray[np.uint8], iris: Iris) -> tuple[float, float, float, float] | None:
    """Where all of an iris lies: its middle, and half its width and height, in pixels; None: it has no clear edge.

    Args:
        pixels: height × width × 3, RGB.
        iris: as it was found.
    """
    side = int(1.5 * _LARGEST * iris.radius)
    left, top = max(0, int(iris.x) - side), max(0, int(iris.y) - side)
    near = cv2.GaussianBlur(
        pixels[top : int(iris.y) + side, left : int(iris.x) + side], (0, 0), max(0.6, 0.08 * iris.radius)
    )
    lab = np.asarray(cv2.cvtColor(near.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32) * _COUNTS
    down, across = np.mgrid[0 : lab.shape[0], 0 : lab.shape[1]] + 0.5
    away = np.hypot(across - iris.x + left, down - iris.y + top) / iris.radius
    fur, within = lab[away > _LARGEST], lab[(away > 0.4) & (away < 1.0)]
    if not len(fur) or not len(within):
        return None
    light = within[within[:, 0] >= np.percentile(within[:, 0], 60)]  # what is darker is the pupil
    to_iris, to_fur = (np.linalg.norm(lab - np.median(own, axis=0), axis=2) for own in (light, fur))
    speck = max(3, int(0.25 * iris.radius) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (speck, speck))
    own = ((to_iris < to_fur) & (away < _LARGEST)).astype(np.uint8)
    count, labels = cv2.connectedComponents(cv2.morphologyEx(own, cv2.MORPH_OPEN, kernel), connectivity=4)
    cells = np.bincount(labels[away < 0.9], minlength=count)
    cells[0] = 0
    if not cells.any():
        return None
    x, y, wide, high = cv2.boundingRect((labels == int(cells.argmax())).astype(np.uint8))
    return left + x + wide / 2, top + y + high / 2, wide / 2, high / 2


def _discs(pixels: NDArray[np.uint8]) -> Iterator[Iris]:
    """Every place that is the middle of a disc with a rim all around and something darker in it, at every size."""
    longer = max(pixels.shape[:2])
    share = _SIZES[0]
    while share < _SIZES[1]:
        scale = _RADIUS / (share * longer)
        size = tuple(max(24, round(side * scale)) for side in pixels.shape[1::-1])
        filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        small = cv2.resize(pixels, size, interpolation=filtering).astype(np.float32) / 255
        plain = _plainness(np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float32))
        peaks = (plain == cv2.dilate(plain, np.ones((9, 9), np.uint8))) & (plain > _FAINT)
        for row, column in np.argwhere(peaks[5:-5, 5:-5]) + 5:
            yield Iris((column + 0.5) / scale, (row + 0.5) / scale, _RADIUS / scale, float(plain[row, column]))
        share *= _STEP


def _plainness(lab: Lab) -> Lab:
    """How plainly each place is the middle of an iris."""
    soft = cv2.GaussianBlur(lab, (0, 0), 1.0)
    rows, columns = soft.shape[:2]
    spread = cv2.copyMakeBorder(soft, *(_SPREAD,) * 4, cv2.BORDER_REPLICATE)
    angles = np.arange(_RAYS) * 2 * np.pi / _RAYS

    def at(distance: float) -> Lab:
        """What lies that far away in every direction, to the nearest pixel: rays × rows × columns × 3."""
        left, top = (np.rint(_SPREAD + distance * way(angles)).astype(int) for way in (np.cos, np.sin))
        return np.stack([spread[v : v + rows, u : u + columns] for u, v in zip(left, top, strict=True)])

    inner, outer = np.sort(at(0.65 * _RADIUS), axis=0), np.sort(at(1.5 * _RADIUS), axis=0)
    counts = np.array([_LIGHTNESS, 1.0, 1.0], np.float32)
    steps = [(at(_RADIUS + beyond) - at(_RADIUS + within)) * counts for within, beyond in ((-3.0, 1.2), (-1.2, 3.0))]
    way = np.mean(steps, axis=(0, 1))
    way /= np.maximum(np.linalg.norm(way, axis=2, keepdims=True), 1e-3)
    along = np.maximum(*(np.einsum("krcl,rcl->krc", step, way) for step in steps))
    rim = np.partition(along, _OPEN, axis=0)[_OPEN]
    slopes = np.stack([cv2.Sobel(soft * counts, cv2.CV_32F, *side) / 4 for side in ((1, 0), (0, 1))])
    texture = cv2.GaussianBlur(np.sqrt((slopes**2).sum(axis=(0, 3))), (0, 0), 1.3 * _RADIUS)
    pupil = cv2.erode(soft[..., 0], cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    iris, fur = inner[_RAYS // 2], outer[_RAYS // 2]
    hue = np.linalg.norm(iris[..., 1:] - fur[..., 1:], axis=2) / _HUE
    light = (inner[_RAYS // 4, ..., 0] - outer[-_RAYS // 4, ..., 0]) / _LIGHT
    told = np.minimum((iris[..., 0] - pupil) / _PUPIL, np.maximum(hue, light))
    return np.asarray(rim / (3 * texture + 1.5) * np.clip(told, 0, 1.3), np.float32)


def _likeness(pixels: NDArray[np.uint8], one: Iris, two: Iris) -> float:
    """How like one is to the other in a mirror, with the fur around."""
    looks = []
    for iris in (one, two):
        step = 2 * _AROUND * iris.radius / _SEEN
        side = int(_AROUND * iris.radius + 3 * step) + 1
        left, top = max(0, int(iris.x) - side), max(0, int(iris.y) - side)
        near = pixels[top : int(iris.y) + side, left : int(iris.x) + side]
        soft = cv2.GaussianBlur(near, (0, 0), max(0.5, 0.2 * iris.radius))
        corner = np.array([iris.x - left, iris.y - top]) - _AROUND * iris.radius
        seen = np.array([[step, 0, corner[0]], [0, step, corner[1]]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        small = cv2.warpAffine(soft, seen, (_SEEN, _SEEN), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        look = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float64)
        look -= look.mean(axis=(0, 1))
        looks.append(look / max(float(np.sqrt((look**2).mean())), 1.0))
    return float((looks[0] * looks[1][:, ::-1]).mean())
