"""Where a pair of eyes looks out of a still, and the shape of each one's opening: an almond between two lids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.shot import Box

__all__ = ["Opening", "find_openings"]

_SIDE = 480
"""The longer side, in pixels, of the picture that is searched."""

_SMALLEST, _NEIGHBOURS = 16, 4
_APART, _ASKEW, _UNLIKE = (1.2, 8.0), 0.25, 1.5
"""Between the eyes of a pair, in the width of what is found; how much higher one may be, in that distance; and how many
times larger."""

_MIRRORED = 0.5
"""How like one eye's picture is to the other's in a mirror, at least: correlation."""

_SEEN = np.array([0.4, 1.4, 1.0], np.float32)
"""How much lightness and the two colours of CIELAB tell an eye from skin: what lies in shade is no eye."""

_HUMAN, _IRIS = 0.22, 0.65
"""Half the width of a person's eye, in the distance between both, and how far an opening is drawn to its iris."""

_AROUND = 1.0
"""How much is looked at around what is found of an animal's eye, in its own widths on each side."""

_LEAST, _TINY = 0.006, 6
"""Half the width of an eye on which lids are seen, as a share of the picture's longer side, and pixels to a side of the
smallest box.
"""

_TALL = 1.8
"""How high an eye is against half its width, at most."""

_ROUND = 0.6
"""The power of the arch of an animal's lids."""

_HALVES, _MIDDLES, _LINES = (
    (8.0, 11.0, 14.0, 18.0, 22.0, 26.0),
    (26.0, 29.0, 32.0, 35.0, 38.0),
    (30.0, 33.0, 36.0, 39.0),
)
_SLANTS = (-4.0, 0.0, 4.0)
_HEIGHTS = ((5.0, 3.0), (7.0, 5.0), (9.0, 6.0), (12.0, 8.0), (14.0, 14.0), (18.0, 16.0))
"""The almonds that are tried, on that grid: half their width, their middle, slant, and heights above and below it."""

_CORNERS = 1.15
"""How much wider an eye is than what is unlike its lids: the corners are like them."""

_FINE = 64
"""Pixels to a side on which an eye's shape is looked for."""

_CLEAR = 0.2
"""How much more unlike skin an almond of each eye must be than its cut, on the mean, of all that is unlike."""

Boxed = tuple[int, int, int, int]
Lab = NDArray[np.float32]


@dataclass(frozen=True)
class Opening:
    """An open eye, in pixels of the picture: its middle, half its width, how high it is above and below the line
    through its corners, how much lower its right corner lies than its middle, and the power of the arch of its lids:
    1: an almond; less: rounder.
    """

    x: float
    y: float
    half: float
    above: float
    below: float
    slant: float
    power: float = 1.0

    def arch(self, along: Lab) -> Lab:
        """How high the lids stand between the corners, -1 and 1, against the middle."""
        return np.asarray(np.maximum(1 - along * along, 0) ** np.float32(self.power), np.float32)


def find_openings(pixels: NDArray[np.uint8], faces: Sequence[Box]) -> tuple[Opening, ...]:
    """The eyes of all faces that have two, or the best pair of the picture where no face is known, as of an animal.

    Args:
        pixels: height × width × 3, RGB.
        faces: where faces are known to be.
    """
    height, width = pixels.shape[:2]
    found: list[Opening] = []
    for face in faces:
        left, top = round(face.x * width), round(face.y * height)
        upper = pixels[top : top + round(0.62 * face.height * height), left : left + round(face.width * width)]
        pair = _pair(upper, 0.12 * face.width * width, 0.4 * face.width * width)
        found += _openings(pixels, [(x + left, y + top, wide, high) for x, y, wide, high in pair], _HUMAN)
    if not faces:
        pair = _pair(pixels, 0.0, 0.5 * min(height, width))
        found += _openings(pixels, [_around(box, width, height) for box in pair])
    return tuple(found)


def _around(box: Boxed, width: int, height: int) -> Boxed:
    """A box and what is around it: of an animal's eye the iris alone is found where that is large."""
    x, y, wide, high = box
    aside = min(int(_AROUND * wide), x, width - x - wide)
    over = min(int(_AROUND * high), y, height - y - high)
    return x - aside, y - over, wide + 2 * aside, high + 2 * over


def _pair(pixels: NDArray[np.uint8], smallest: float, largest: float) -> tuple[Boxed, ...]:
    """The boxes of the two eyes that are most alike in a mirror, in pixels; nothing: there are no two."""
    height, width = pixels.shape[:2]
    if min(height, width) < _SMALLEST:
        return ()
    scale = _SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = np.asarray(cv2.cvtColor(cv2.resize(pixels, size, interpolation=filtering), cv2.COLOR_RGB2GRAY), np.uint8)
    cascade = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_eye.xml"))
    least, most = max(_SMALLEST, round(smallest * scale)), max(_SMALLEST + 1, round(largest * scale))
    hits = cascade.detectMultiScale(grey, 1.05, _NEIGHBOURS, minSize=(least, least), maxSize=(most, most))
    boxes = sorted((int(x), int(y), int(wide), int(high)) for x, y, wide, high in hits)
    pairs = [(_likeness(grey, *two), two) for two in combinations(boxes, 2) if _lie_as_eyes(*two)]
    likeness, best = max(pairs, default=(0.0, ()))
    if likeness < _MIRRORED:
        return ()
    return tuple((int(x / scale), int(y / scale), int(wide / scale), int(high / scale)) for x, y, wide, high in best)


def _lie_as_eyes(one: Boxed, two: Boxed) -> bool:
    (x, y, side, _), (u, v, other, _) = one, two
    wide = (side + other) / 2
    across, down = abs(u + other / 2 - x - side / 2), abs(v + other / 2 - y - side / 2)
    alike = max(side, other) <= _UNLIKE * min(side, other)
    return alike and _APART[0] * wide < across < _APART[1] * wide and down < _ASKEW * across


def _likeness(grey: NDArray[np.uint8], one: Boxed, two: Boxed) -> float:
    """How like one eye is to the other in a mirror."""
    looks = []
    for x, y, wide, high in (one, two):
        eye = cv2.resize(grey[y : y + high, x : x + wide], (16, 16), interpolation=cv2.INTER_AREA).astype(np.float64)
        looks.append((eye - eye.mean()) / max(float(eye.std()), 1.0))
    return float((looks[0] * looks[1][:, ::-1]).mean())


def _openings(pixels: NDArray[np.uint8], pair: Sequence[Boxed], wide: float = 0.0) -> tuple[Opening, ...]:
    """The openings in the boxes of a pair; nothing: none is clear, or large enough for lids.

    Args:
        wide: of people, half an eye's width, at least, as a share of the way from one to the other; their two eyes are
            of one shape. 0: an animal's eyes, which are round, and where one may be seen from nearer than the other.
    """
    parts = [pixels[y : y + high, x : x + wide] for x, y, wide, high in pair]
    if len(parts) < 2 or min(min(part.shape[:2]) for part in parts) < _TINY:
        return ()
    gains = [_gain(parts[0]), _gain(parts[1])[:, ::-1]]
    shapes = [_almond(gains[0] + gains[1], 1.0)] * 2 if wide else [_almond(2 * gain, _ROUND) for gain in gains]
    half = wide * float(np.hypot(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]))
    found = []
    for part, shape, (x, y, *_), side in zip(parts, shapes, pair, (1, -1), strict=True):
        if shape is None:
            return ()
        to_x, to_y = part.shape[1] / _FINE, part.shape[0] / _FINE
        middle = shape.x if side == 1 else _FINE - shape.x
        middle = _looked(part, middle, shape) if wide else middle
        across, above, below = max(half, shape.half * to_x), shape.above * to_y, shape.below * to_y
        slant = side * shape.slant * to_y
        found.append(Opening(x + middle * to_x, y + shape.y * to_y, across, above, below, slant, shape.power))
    less, more = sorted(eye.half for eye in found)
    return tuple(found) if less >= _LEAST * max(pixels.shape[:2]) and more <= _UNLIKE * less else ()


def _looked(part: NDArray[np.uint8], middle: float, shape: Opening) -> float:
    """The middle of an opening, drawn to where its iris is: what is dark beside an eye draws it the other way."""
    dark = cv2.blur(
        255 - cv2.cvtColor(cv2.resize(part, (_FINE, _FINE)), cv2.COLOR_RGB2GRAY).astype(np.float32), (11, 11)
    )
    row, first, last = round(shape.y), round(middle - 0.7 * shape.half), round(middle + 0.7 * shape.half)
    iris = first + int(dark[row - 4 : row + 5, max(0, first) : last].mean(axis=0).argmax())
    return middle + _IRIS * (iris - middle)


def _gain(part: NDArray[np.uint8]) -> Lab:
    """How much more unlike the skin below and beside an eye each place in a box is than lids are. What is like skin
    and enclosed by what is not, as the white of an eye or an iris, belongs to it.
    """
    fine = cv2.resize(part, (_FINE, _FINE), interpolation=cv2.INTER_CUBIC)
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(fine, (0, 0), 1.0), cv2.COLOR_RGB2LAB), np.float32) * _SEEN
    skin = [lab[50:58, 8:56], lab[22:44, 1:5], lab[22:44, 59:63]]
    unlike = np.linalg.norm(lab - np.median(np.concatenate([one.reshape(-1, 3) for one in skin]), axis=0), axis=2)
    part_of = np.minimum(unlike / max(float(np.percentile(unlike[16:54], 90)), 1e-6), 1)
    cut, _ = cv2.threshold((part_of[16:54] * 255).astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    gain = np.asarray(part_of - cut / 255, np.float32)
    held = cv2.morphologyEx((gain > 0).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(held, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    whole = cv2.drawContours(np.zeros_like(held), outlines, -1, 1, cv2.FILLED)
    return np.where((whole > 0) & (gain < 0), np.float32(0.5 * gain.max()), gain)


def _almond(gain: Lab, power: float) -> Opening | None:
    """The almond that holds most of what is unlike skin, and least of what is like it; None: it parts little."""
    down, across = np.mgrid[0:_FINE, 0:_FINE].astype(np.float32)
    best, shape = 0.0, None
    for half, middle, line, slant in product(_HALVES, _MIDDLES, _LINES, _SLANTS):
        along = (across - middle) / half
        arch = np.maximum(1 - along**2, 0) ** np.float32(power)
        rise = line + slant * along - down
        for above, below in (pair for pair in _HEIGHTS if sum(pair) < _TALL * half):
            score = float(gain[(rise < above * arch) & (-rise < below * arch)].sum())
            if score > best:
                best, shape = score, Opening(middle, line, _CORNERS * half, above, below + 1, slant, power)
    if shape is None or best < _CLEAR * shape.half * (shape.above + shape.below):
        return None
    return shape
