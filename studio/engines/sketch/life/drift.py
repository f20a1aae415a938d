"""What goes one way and never swings back: clouds behind the skyline, smoke.

The region is a layer of its own, carried on behind what stands in front of it, so that nothing there bends. Clouds
simply go, a little slower where the way would be too long; a much longer way, what streams and what repeats are a loop
of two copies that fade into each other, half a loop apart (Vlachos, "Water Flow in Portal 2", 2010), so that no part
ever goes far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Sample, Scene
from studio.engines.sketch.life.flying import find_flying
from studio.engines.sketch.life.fringe import filled, up_to_things
from studio.engines.sketch.life.look import pieces, strongest
from studio.engines.sketch.life.motions import Motion
from studio.engines.sketch.life.posts import find_posts
from studio.engines.sketch.life.suns import find_suns

__all__ = ["Drift", "carry_on", "soft_mask"]

_FURTHEST, _SLOWER = 0.18, 0.5
"""The way, as a share of the still's longer side, that a layer goes in one piece, and how much slower than asked it
goes at most so that it does: two copies that fade into each other are seen as two.
"""

_LAPPED = 0.09
"""The way of a loop, as the same share, by which the side from where it comes is held."""

_LAP = 2.4
"""Seconds of one copy's way in a loop."""

_ITS_OWN = 64
"""Cover from which a pixel is water's or smoke's own, so that at rest the still is shown as it is."""

_COARSER = 3
"""What lies behind the front is smooth: it is made at this part of the picture's scale."""

_NEAREST = 4.0
"""A place behind the front takes the colour of what is nearest: all of it where a quarter around it is known."""

_CALM = (24, 24)
"""Columns and rows of the picture without its detail."""

_DRAWN = 6
"""Over how many times its way the side from which a layer comes is drawn out: nowhere by more than a third."""

_CELLS = 96
_FAR_PACE = 0.4
"""How fast the further end of what goes is, against its nearer end; a sky that comes down to the horizon stands there,
as what is seen of it there is far away, with hills in the haze."""

_HORIZON = 0.97
"""A sky that comes down to less than this share of the picture ends at a horizon, or at what hides one."""

_RINGS, _FAINT, _BIRD, _SMOOTHED = 0.012, 40, 16, 5
"""How far from what stands before it a sky is strewn with what compression made of its edges, as a share of the
picture's longer side; how unlike the sky around, of 255, and how many pixels large something else, as a bird, is at
least; and the window of the median without it all, taken twice."""

Map = NDArray[np.float32]
Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Drift:
    """A layer on its way.

    Attributes:
        pace: rows × columns × 2, how far it goes at amount 1 in a second, in pixels of the still.
        way: seconds gone so far at each frame, weighed by the amount.
        amounts: at each frame.
        looped: whether two copies take turns.
        lap: seconds of one copy's turn.
        alike: how alike the two copies are, as a correlation.
    """

    cover: Mask
    picture: NDArray[np.uint8]
    pace: Map
    way: NDArray[np.float64]
    amounts: NDArray[np.float64]
    fps: int
    looped: bool
    lap: float
    calm: Map
    alike: float

    @classmethod
    def over(
        cls, mask: Mask, scene: Scene, motion: Motion, amounts: NDArray[np.float64], wind: tuple[float, float]
    ) -> Drift | None:
        """Make a layer of the masked part of the still."""
        cover = soft_mask(mask, scene.canvas)
        if motion.held == "behind":
            suns = find_suns(scene.canvas, cover)
            held = find_posts(scene.canvas, cover) | find_flying(scene.canvas, cover) | suns
            cover = np.asarray(cv2.subtract(cover, held), np.uint8)
            if not any(control.kind == "motion_brush" for control in scene.shot.controls):  # what is painted is exact
                behind = carry_on(scene.canvas, cover, calm=False)
                cover = filled(up_to_things(scene.canvas, cover, behind, suns))
        if not (cover > 127).any():
            return None
        still = scene.shot.still
        way = np.concatenate([[0.0], np.cumsum(amounts[:-1])]) / scene.fps
        side, whole = max(still.width, still.height), max(float(way[-1]), 1e-6)
        in_one = max(min(motion.reach, _FURTHEST / whole), _SLOWER * motion.reach)
        looped = motion.held == "stream" or in_one * whole > _FURTHEST or bool(scene.period)
        speed = (motion.reach if looped else in_one) * side
        lap = scene.period / max(1, round(scene.period / _LAP)) if scene.period else _LAP
        length = _LAPPED * side if looped else speed * whole
        far_end = {"behind": "below", "stream": "above" if motion.surface else ""}[motion.held]
        pace = _pace(cover, (still.width, still.height), wind, length, far_end) * np.float32(speed)
        picture = carry_on(scene.canvas, cover, strict=motion.held == "behind")
        calm = np.asarray(cv2.resize(picture, _CALM, interpolation=cv2.INTER_AREA), np.float32)
        apart = 0.5 * lap * speed * np.array(wind) * picture.shape[1] / still.width
        alike = _alike(picture, calm, cover, apart) if looped else 1.0
        return cls(cover, picture, pace, way, amounts, scene.fps, looped, lap, calm, alike)

    def rests(self, number: int) -> bool:
        """Whether the layer stands."""
        return number == 0 or bool(self.way[number] == self.way[number - 1])

    def samples(self, number: int) -> Sequence[Sample]:
        """Where the layer was; two copies of it in a loop."""
        if not self.looped:
            return (Sample(-float(self.way[number])),)
        amount = float(min(self.amounts[number], 1.0))
        samples = []
        for turn in (0.5, 0.0):
            part = self._part(number, turn)
            samples.append(Sample(-(part - 0.5) * self.lap * amount, float(np.sin(np.pi * part) ** 2)))
        return samples

    def contrast(self, number: int) -> float:
        """What two unlike copies lose when they are mixed is given back (Heitz and Neyret, 2018, section 3.1)."""
        first = np.sin(np.pi * self._part(number, 0.0)) ** 2
        left = first**2 + (1 - first) ** 2 + 2 * self.alike * first * (1 - first)
        moving = min(1.0, float(self.amounts[number]))
        return float(1 + moving * (1 / np.sqrt(left) - 1)) if self.looped else 1.0

    def _part(self, number: int, turn: float) -> float:
        """How far a copy is in its lap, 0 to 1; the first copy sets out from where the still is."""
        began = int(np.argmax(self.amounts > 0))
        return float(((number - began) / self.fps / self.lap + turn) % 1.0)


def _alike(picture: NDArray[np.uint8], calm: Map, cover: Mask, apart: NDArray[np.float64]) -> float:
    """How alike the picture's detail is to itself so many pixels away, as a correlation from 0 to 1."""
    mean = cv2.resize(calm, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    detail = (np.asarray(picture, np.float32) - mean).mean(axis=2) * (cover > 127)
    move = np.array([[1, 0, apart[0]], [0, 1, apart[1]]], np.float32)
    beside = cv2.warpAffine(detail, move, picture.shape[1::-1])
    return float(np.clip((detail * beside).sum() / max(float((detail * detail).sum()), 1e-6), 0, 1))


def _pace(cover: Mask, still: tuple[int, int], toward: tuple[float, float], length: float, far_end: str) -> Map:
    """How fast each place goes, 1 at the fastest: slower at its far end and where the still begins."""
    rows, columns = (max(8, round(_CELLS * side / max(still))) for side in (still[1], still[0]))
    seen = np.flatnonzero((cover > 127).any(axis=1)) / len(cover) * rows
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) + np.float32(0.5)
    low = np.clip((y - seen[0]) / max(seen[-1] - seen[0], 1), 0, 1)
    far = {"below": low, "above": 1 - low}.get(far_end, np.zeros_like(low))
    speed = 1 - (1 - _FAR_PACE) * far
    if far_end == "below" and seen[-1] < _HORIZON * rows:
        speed = 1 - low * low * (3 - 2 * low)
    cell = max(still) / _CELLS
    behind = x if toward[0] > 0 else columns - x
    if toward[0]:
        enters = np.clip(behind * cell / max(_DRAWN * length, 1e-6), 0, 1)
        speed = speed * enters * enters * (3 - 2 * enters)
    return np.asarray(np.stack([speed * toward[0], speed * toward[1]], axis=-1), np.float32)


def soft_mask(mask: Mask, picture: NDArray[np.uint8]) -> Mask:
    """A mask's border drawn along the picture's own edges (He, Sun, Tang, "Guided Image Filtering", 2010).

    Returns:
        height × width of the picture; exactly 0 outside of the mask.
    """
    height, width = picture.shape[:2]
    guide = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32) / 255
    large = cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR)
    rough = np.asarray(large, np.float32) / 255
    reach = max(2, round(max(height, width) / 100))
    box = (2 * reach + 1, 2 * reach + 1)
    mean, level = cv2.blur(guide, box), cv2.blur(rough, box)
    slope = (cv2.blur(guide * rough, box) - mean * level) / (cv2.blur(guide * guide, box) - mean * mean + 1e-3)
    rest = level - slope * mean
    soft = cv2.blur(slope, box) * guide + cv2.blur(rest, box)
    soft = np.clip((soft - 0.15) / 0.7, 0, 1)
    deep = cv2.erode(large, np.ones(box, np.uint8)) > 252
    return np.where(deep, 255, np.asarray(soft * 255 + 0.5, np.uint8) * (large > 0)).astype(np.uint8)


def carry_on(picture: NDArray[np.uint8], cover: Mask, *, strict: bool = True, calm: bool = True) -> NDArray[np.uint8]:
    """The covered part, carried on behind the rest from its border inwards (pull-push over a pyramid).

    Strictly, no pixel that may hold some of what stands in front is kept, as it would be seen to leave with the clouds;
    and calmly, no speck that its edges left there.
    """
    certain = np.where(cv2.erode(cover, np.ones((5, 5), np.uint8)) > 250, 255, 0).astype(np.uint8)
    size = (max(8, cover.shape[1] // _COARSER), max(8, cover.shape[0] // _COARSER))
    sure = np.asarray(cv2.resize(certain, size, interpolation=cv2.INTER_AREA), np.float32)[..., None] / np.float32(255)
    held = cv2.copyTo(picture, certain)
    colours, weights = [np.asarray(cv2.resize(held, size, interpolation=cv2.INTER_AREA), np.float32)], [sure]
    while min(colours[-1].shape[:2]) > 4:
        colours.append(np.asarray(cv2.pyrDown(colours[-1]), np.float32))
        weights.append(np.asarray(cv2.pyrDown(weights[-1]), np.float32)[..., None])
    filled = colours[-1] / np.maximum(weights[-1], 1e-4)
    for colour, weight in zip(colours[-2::-1], weights[-2::-1], strict=True):
        wide = cv2.pyrUp(filled, dstsize=colour.shape[1::-1])
        full = np.minimum(_NEAREST * weight, 1)
        filled = colour / np.maximum(weight, 1e-4) * full + wide * (1 - full)
    behind = cv2.resize(np.asarray(np.clip(filled, 0, 255), np.uint8), cover.shape[::-1])
    own = certain if strict else np.asarray(cover > _ITS_OWN, np.uint8)
    whole = np.asarray(cv2.copyTo(picture, own, behind), np.uint8)
    return _calmed(whole, certain) if strict and calm else whole


def _calmed(layer: NDArray[np.uint8], certain: Mask) -> NDArray[np.uint8]:
    """A layer without the specks that compression leaves around edges: they would leave with it, an outline in the
    open sky. What stands out more, as a bird does, stays.
    """
    reach = max(2, round(_RINGS * max(certain.shape)))
    band = cv2.erode(certain, np.ones((2 * reach + 1,) * 2, np.uint8)) == 0
    smooth = cv2.medianBlur(cv2.medianBlur(layer, _SMOOTHED), _SMOOTHED)  # a wider one takes ten times as long
    stands_out = (strongest(cv2.absdiff(layer, smooth)) > _FAINT).astype(np.uint8)
    things = cv2.dilate(pieces(stands_out, _BIRD / stands_out.size), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.copyTo(smooth, np.asarray(band & (things == 0), np.uint8), layer), np.uint8)
