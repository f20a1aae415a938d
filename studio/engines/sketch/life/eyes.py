"""Where a pair of eyes looks out of a still, and the shape of each one's opening: an almond between two lids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.irises import Iris, find_irises, outline
from studio.shot import Box

__all__ = ["Opening", "find_openings", "painted_openings"]

_SIDE = 480
"""The longer side, in pixels, of the picture that is searched."""

_SMALLEST, _NEIGHBOURS = 16, 4
_APART, _ASKEW, _UNLIKE = (1.2, 8.0), 0.25, 1.5
"""Between the eyes of a pair, in the width of what is found; how much higher one may be, in that distance; and how many
times larger."""

_MIRRORED, _IN_A_FACE, _SURE = 0.5, 0.25, 0.65
"""How like one eye's picture is to the other's in a mirror, at least: correlation; where eyes lie in a face; and where
no other pair of it is looked for.
"""

_SEEN = np.array([0.4, 1.4, 1.0], np.float32)
"""How much lightness and the two colours of CIELAB tell an eye from skin: what lies in shade is no eye."""

_PART = 0.12
"""Half an eye's width in its face's, at most."""

_FACE, _TILTS = 320, (0.0, 15.0, -15.0, 30.0, -30.0)
"""Pixels to a side at which a face is searched, and the degrees by which it is turned for that."""

_BETWEEN, _OFF, _EYES = np.array([0.5, 0.4]), 0.15, (0.28, 0.55)
"""Where the middle between the eyes lies in the box of a face, how far beside it may be, and how far apart they are."""

_EYE, _BOXES, _RIM = 0.58, 3.0, 1.06
"""How much is looked at around the middle of a person's eye, in the way to the other, and around an animal's, in the
width of what the cascade finds; and how much wider than its iris an animal's opening is.
"""

_PLAIN, _FAINT, _ALONE = 0.8, 0.3, 0.6
"""How plain a pair of irises is, times how alike they are, that is sure; the least of both of one that may be; and how
alike eyes are that the cascade alone sees.
"""

_PAINTED, _WIDEST = 4, 0.2
"""Eyes that are painted, at most, and how wide one may be, as a share of the picture's longer side."""

_LEAST, _TINY = 0.006, 6.0
"""Half the width of an eye on which lids are seen, as a share of the picture's longer side, and the pixels that are
looked at around the smallest.
"""

_TALL = 1.8
"""How high an eye is against half its width, at most."""

_SLANTS = (-4.0, 0.0, 4.0)


@dataclass(frozen=True)
class _Tried:
    """The almonds that are tried, on that grid: half their width, their middle, the line through their corners, heights
    above and below it, and the power of their arch; and the rows that are looked at.
    """

    halves: tuple[float, ...]
    middles: tuple[float, ...]
    lines: tuple[float, ...]
    heights: tuple[tuple[float, float], ...]
    power: float
    rows: tuple[int, int]


_PERSON = _Tried(
    (22.0, 24.0),
    (29.0, 32.0, 35.0),
    (32.0, 34.0, 36.0),
    ((5.0, 4.0), (7.0, 5.0), (8.0, 7.0), (9.0, 8.0)),
    1.0,
    (18, 46),
)
"""Where a person's eye is found its pupil is, so that its opening varies little, and brows and glasses are outside."""

_ANIMAL = _Tried(
    (8.0, 11.0, 14.0, 18.0, 22.0, 26.0),
    (26.0, 29.0, 32.0, 35.0, 38.0),
    (30.0, 33.0, 36.0, 39.0),
    ((5.0, 3.0), (7.0, 5.0), (9.0, 6.0), (12.0, 8.0), (14.0, 14.0), (18.0, 16.0)),
    0.6,
    (0, 64),
)
_CORNERS = 1.15
"""How much wider an eye is than what is unlike its lids: the corners are like them."""

_FINE = 64
"""Pixels to a side on which an eye's shape is looked for."""

_CLEAR = 0.2
"""How much more unlike skin an almond of each eye must be than its cut, on the mean, of all that is unlike."""

Boxed = tuple[int, int, int, int]
Pair = tuple[tuple[float, float], tuple[float, float]]
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
    """The eyes of all faces that have two, or where no face is known those of an animal.

    Args:
        pixels: height × width × 3, RGB.
        faces: where faces are known to be.
    """
    found: list[Opening] = []
    for face in faces:
        seen = _PART * face.width * pixels.shape[1] >= _LEAST * max(pixels.shape[:2])
        pair = _pair_of(pixels, face) if seen else None
        found += _openings(pixels, pair, _PERSON) if pair else ()
    return tuple(found) if faces else _animal(pixels)


def painted_openings(brush: NDArray[np.uint8], size: tuple[int, int]) -> tuple[Opening, ...]:
    """The eyes that are painted, each place one of them: where none is found by itself, as of one seen from the side.

    Args:
        brush: over the whole still, at any scale; 0 outside.
        size: width and height of the picture.
    """
    across, down = size[0] / brush.shape[1], size[1] / brush.shape[0]
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(brush > 127, np.uint8), connectivity=8)
    eyes = []
    for x, y, wide, high, _ in sorted(stats[1:].tolist(), key=lambda one: -one[4])[:_PAINTED]:
        half, tall = 0.5 * wide * across, 0.5 * high * down
        if _TINY < 2 * half < _WIDEST * max(size) and tall <= 1.2 * half:
            eyes.append(Opening((x + wide / 2) * across, (y + high / 2) * down, half, tall, tall, 0.0, 0.6))
    return tuple(eyes)


def _animal(pixels: NDArray[np.uint8]) -> tuple[Opening, ...]:
    """The openings of an animal's eyes; nothing: there are none for sure.

    Irises of a colour of their own are plain; two that are less so, each has to be seen by the cascade, too. Where
    eyes are dark the cascade alone sees them: of a pair, as more than two that are alike are lights or leaves.
    """
    rated = [(likeness, min(one.plain, two.plain), one, two) for likeness, one, two in find_irises(pixels)]
    for likeness, plain, *pair in sorted(rated, key=lambda one: -one[0] * one[1]):
        if likeness * plain > _PLAIN or (min(likeness, plain) > _FAINT and all(_is_eye(pixels, one) for one in pair)):
            rims = [outline(pixels, iris) for iris in pair]
            return _checked(pixels, [_round(*rim) for rim in rims if rim is not None])
    pairs = _pairs(pixels, (0.0, 0.5 * min(pixels.shape[:2])), "eye", _MIRRORED)
    if len(pairs) != 1 or pairs[0][0] < _ALONE:
        return ()
    one, two = ((x + wide / 2, y + high / 2) for x, y, wide, high in pairs[0][1])
    return _openings(pixels, (one, two), _ANIMAL, [_BOXES * box[2] for box in pairs[0][1]])


def _round(x: float, y: float, wide: float, high: float) -> Opening:
    """The opening around an iris that is seen whole, with the dark rim around it."""
    return Opening(x, y, _RIM * wide, _RIM * high, _RIM * high, 0.0, 0.5)


def _checked(pixels: NDArray[np.uint8], eyes: Sequence[Opening]) -> tuple[Opening, ...]:
    """The eyes of a pair; nothing: they are too small for lids to be seen, or unlike each other."""
    sizes = sorted(eye.half for eye in eyes)
    fits = len(sizes) == 2 and sizes[0] >= _LEAST * max(pixels.shape[:2]) and sizes[1] <= _UNLIKE * sizes[0]
    return tuple(eyes) if fits else ()


def _is_eye(pixels: NDArray[np.uint8], iris: Iris) -> bool:
    """Whether the cascade sees an eye around an iris at all."""
    side, scale = int(4 * iris.radius), 8 / iris.radius
    left, top = max(0, int(iris.x) - side), max(0, int(iris.y) - side)
    near = cv2.cvtColor(pixels[top : int(iris.y) + side, left : int(iris.x) + side], cv2.COLOR_RGB2GRAY)
    filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = np.asarray(cv2.resize(near, None, fx=scale, fy=scale, interpolation=filtering), np.uint8)
    middle = scale * np.array([iris.x - left, iris.y - top])
    hits = _cascade("eye").detectMultiScale(grey, 1.05, 0, minSize=(20, 20), maxSize=(60, 60))
    return any(np.linalg.norm(middle - (x + w / 2, y + h / 2)) < 0.35 * w for x, y, w, h in hits)


def _pair_of(pixels: NDArray[np.uint8], face: Box) -> Pair | None:
    """The middles of a face's eyes, also where its head leans."""
    scale = min(1.0, _FACE / (face.width * pixels.shape[1]))
    pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    height, width = pixels.shape[:2]
    x, y, wide = face.centre[0] * width, face.centre[1] * height, face.width * width
    best, found = 0.0, None
    for tilt in _TILTS:
        if best > _SURE:
            break
        turn = np.asarray(cv2.getRotationMatrix2D((x, y), tilt, _FACE / wide), np.float64)
        turn[:, 2] += _FACE / 2 - np.array([x, y])
        upright = cv2.warpAffine(pixels, turn, (_FACE, _FACE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        upper = np.asarray(upright[: round(0.62 * _FACE)], np.uint8)
        for name in ("eye_tree_eyeglasses", "eye"):
            for likeness, boxes in _pairs(upper, (0.12 * _FACE, 0.4 * _FACE), name, _IN_A_FACE):
                one, two = (np.array([u + side / 2, v + side / 2]) for u, v, side, _ in boxes)
                off = np.abs(((one + two) / 2) / _FACE - _BETWEEN).max()
                if likeness > best and off < _OFF and _EYES[0] < np.linalg.norm(two - one) / _FACE < _EYES[1]:
                    back = cv2.invertAffineTransform(turn)
                    best, found = likeness, tuple((back @ (*place, 1.0) / scale).tolist() for place in (one, two))
    return found


def _pairs(
    pixels: NDArray[np.uint8], sizes: tuple[float, float], name: str, alike: float
) -> list[tuple[float, tuple[Boxed, ...]]]:
    """The pairs of boxes that may be eyes, the left one first, in pixels, and how alike they are in a mirror.

    Args:
        sizes: how wide a box is, at least and at most.
        name: of the cascade that sees eyes, of those that come with OpenCV.
        alike: how alike they are, at least.
    """
    height, width = pixels.shape[:2]
    if min(height, width) < _SMALLEST:
        return []
    scale = _SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = np.asarray(cv2.cvtColor(cv2.resize(pixels, size, interpolation=filtering), cv2.COLOR_RGB2GRAY), np.uint8)
    least, most = max(_SMALLEST, round(sizes[0] * scale)), max(_SMALLEST + 1, round(sizes[1] * scale))
    hits = _cascade(name).detectMultiScale(grey, 1.05, _NEIGHBOURS, minSize=(least, least), maxSize=(most, most))
    boxes = sorted((int(x), int(y), int(wide), int(high)) for x, y, wide, high in hits)
    pairs = [(_likeness(grey, *two), two) for two in combinations(boxes, 2) if _lie_as_eyes(*two)]
    return [
        (likeness, tuple((int(x / scale), int(y / scale), int(w / scale), int(h / scale)) for x, y, w, h in two))
        for likeness, two in pairs
        if likeness >= alike
    ]


def _cascade(name: str) -> cv2.CascadeClassifier:
    """One of those that come with OpenCV, fresh: they may not be shared between threads."""
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))


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


def _openings(
    pixels: NDArray[np.uint8], pair: Pair, tried: _Tried, around: Sequence[float] = ()
) -> tuple[Opening, ...]:
    """The openings around the middles of a pair; nothing: none is clear, or large enough for lids.

    Args:
        pair: the left eye first.
        tried: the shapes that are tried.
        around: how much is looked at around each, in pixels, where each has a shape of its own, as of an animal one may
            be seen from nearer than the other. Else both have one shape, and the way between them says how much.
    """
    across, down = pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]
    apart, lean = float(np.hypot(across, down)), down / max(across, 1e-6)
    sides = around or (_EYE * apart,) * 2
    if min(sides) < _TINY:
        return ()
    parts = [_level(pixels, place, side, lean) for place, side in zip(pair, sides, strict=True)]
    gains = [_gain(parts[0]), _gain(parts[1])[:, ::-1]]
    shapes = [_almond(2 * gain, tried) for gain in gains] if around else [_almond(gains[0] + gains[1], tried)] * 2
    level = float(np.cos(np.arctan(lean)))
    found = []
    for shape, (x, y), size, side in zip(shapes, pair, sides, (1, -1), strict=True):
        if shape is None:
            return ()
        to = size / _FINE
        middle = shape.x if side == 1 else _FINE - shape.x
        right, lower = (middle - _FINE / 2) * to * level, (shape.y - _FINE / 2) * to * level
        half = shape.half * to * level
        above, below = shape.above * to / level, shape.below * to / level
        slant = side * shape.slant * to + half * lean
        found.append(
            Opening(x + right - lean * lower, y + lower + lean * right, half, above, below, slant, shape.power)
        )
    return _checked(pixels, found)


def _level(pixels: NDArray[np.uint8], place: tuple[float, float], side: float, lean: float) -> NDArray[np.uint8]:
    """A square of the picture around a place, turned so that a line with that slope lies level in it."""
    angle, to = np.arctan(lean), side / _FINE
    turn = to * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    reach = int(side) + 2
    left, top = max(0, int(place[0]) - reach), max(0, int(place[1]) - reach)
    near = pixels[top : int(place[1]) + reach, left : int(place[0]) + reach]
    near = np.asarray(cv2.GaussianBlur(near, (0, 0), 0.4 * to), np.uint8) if to > 1 else near
    corner = np.array(place) - (left + 0.5, top + 0.5) - turn @ np.full(2, (_FINE - 1) / 2)
    seen = np.column_stack([turn, corner])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(near, seen, (_FINE, _FINE), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _gain(part: NDArray[np.uint8]) -> Lab:
    """How much more unlike the skin below and beside an eye each place in a box is than lids are. What is like skin
    and enclosed by what is not, as the white of an eye or an iris, belongs to it.
    """
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(part, (0, 0), 1.0), cv2.COLOR_RGB2LAB), np.float32) * _SEEN
    skin = [lab[50:58, 8:56], lab[22:44, 1:5], lab[22:44, 59:63]]
    unlike = np.linalg.norm(lab - np.median(np.concatenate([one.reshape(-1, 3) for one in skin]), axis=0), axis=2)
    part_of = np.minimum(unlike / max(float(np.percentile(unlike[16:54], 90)), 1e-6), 1)
    cut, _ = cv2.threshold((part_of[16:54] * 255).astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    gain = np.asarray(part_of - cut / 255, np.float32)
    held = cv2.morphologyEx((gain > 0).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(held, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    whole = cv2.drawContours(np.zeros_like(held), outlines, -1, 1, cv2.FILLED)
    return np.where((whole > 0) & (gain < 0), np.float32(0.5 * gain.max()), gain)


def _almond(gain: Lab, tried: _Tried) -> Opening | None:
    """The almond that holds most of what is unlike skin, and least of what is like it; None: it parts little."""
    down, across = np.mgrid[0:_FINE, 0:_FINE].astype(np.float32)
    seen = gain * ((down >= tried.rows[0]) & (down < tried.rows[1]))
    best, shape = 0.0, None
    for half, middle, line, slant in product(tried.halves, tried.middles, tried.lines, _SLANTS):
        along = (across - middle) / half
        arch = np.maximum(1 - along**2, 0) ** np.float32(tried.power)
        rise = line + slant * along - down
        for above, below in (pair for pair in tried.heights if sum(pair) < _TALL * half):
            score = float(seen[(rise < above * arch) & (-rise < below * arch)].sum())
            if score > best:
                best, shape = score, Opening(middle, line, _CORNERS * half, above, below + 1, slant, tried.power)
    if shape is None or best < _CLEAR * shape.half * (shape.above + shape.below):
        return None
    return shape
