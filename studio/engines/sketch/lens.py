"""Rack focus: where the lens is focused at every frame, and what lies nearer or farther drawn out of focus.

Only sharpness can be taken away: a part of the still that is blurred already stays so. The lens opens as the first
shift begins, so the clip still starts with the still itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import LEVELS, ease
from studio.media.planes import Picture, Planes, half_size, to_luma
from studio.shot import Beat, Direction, Timeline

__all__ = ["Lens", "Rack", "follow_focus", "refine"]

Grid = NDArray[np.float32]
_Frame = NDArray[np.uint8]

_OPEN = 0.03
"""Radius of blur at level 2 for one unit of disparity, in shares of the frame's longer side."""

_WIDEST = 0.02
"""The largest radius of blur, in the same shares: beyond it, shapes dissolve."""

_DEEP = 0.08
"""How far, in disparity, from what the lens is focused at things are sharp too: no thing is soft at one end."""

_ENDS = (0.15, 0.85)
"""The shares of the picture that lie behind the far end, and before the near end, of what the lens is turned to: on
less than that it would leave all but a corner soft."""

_OPENS, _TURNS = 0.45, 0.25
"""The lens opens in the first share of the beat and begins to turn after the second."""

_FAINT = 0.05
"""Disparity between two things that the lens cannot tell apart."""

_RADII = (0.25, 0.5, 1.0)
"""The steps of blur that are drawn, in shares of the largest; what lies between is mixed."""

_SHARP = 0.35
"""A radius, in pixels of half the frame's size, that nobody sees."""

_DRAWN = 2.0
"""About the radius, in pixels, at which a disc is drawn: larger ones are drawn on a smaller picture."""

_RESIZED = 0.25
"""Variance, in its square pixels, by which a picture at half the size is blurred when it is enlarged again."""

_EDGE_SIDE, _EDGE_RADIUS, _EDGE_FLOOR, _EDGE_TEXTURE = 384, 14, 4e-3, 9
"""Longer side at which disparity is fitted to the picture's edges, reach in pixels, variance taken for flat, and the
median's window that takes texture away first: with less reach, focus would change in patches where disparity is judged
in patches; with texture, a stripe of fur would be as far as its colour.
"""


@dataclass(frozen=True)
class Rack:
    """How the lens stands at every frame.

    Attributes:
        plane: disparity above the focus that is sharp, by frame.
        opening: radius of blur for one unit of disparity, in shares of the frame's longer side, by frame.
        faint: whether a shift was asked for where near and far can hardly be told apart.
    """

    plane: NDArray[np.float64]
    opening: NDArray[np.float64]
    faint: bool = False


def follow_focus(timeline: Timeline, lift: Grid, times: NDArray[np.float64]) -> Rack | None:
    """Follow the shifts of focus over the clip; None: there is none.

    Args:
        timeline: its camera beats with the move "rack_focus".
        lift: disparity above the focus, a grid over the still.
        times: of the frames, in seconds.
    """
    beats = [beat for beat in timeline.on("camera") if beat.move == "rack_focus"]
    if not beats:
        return None
    far, near = (float(np.quantile(lift, share)) for share in _ENDS)
    away = far if -far >= near else near
    plane = _target(beats[0], lift, 0.0, (far, near), away)
    start = away if abs(plane) < _FAINT else 0.0
    planes, opening = np.full(len(times), start), np.zeros(len(times))
    now, aperture, faint = start, 0.0, abs(plane - start) < _FAINT
    for number, beat in enumerate(beats):
        if number:
            plane = _target(beat, lift, now, (far, near), away)
        progress = (times - beat.start) / beat.seconds
        wide = _OPEN * LEVELS[beat.level]
        planes += (plane - now) * ease((progress - _TURNS) / (1 - _TURNS))
        opening += (wide - aperture) * ease(progress / _OPENS)
        now, aperture = plane, wide
    return Rack(planes, opening, faint)


def _target(beat: Beat, lift: Grid, now: float, ends: tuple[float, float], away: float) -> float:
    """The disparity that a shift ends on."""
    far, near = ends
    sides: dict[Direction, tuple[slice, slice]] = {
        "left": (slice(None), slice(0, lift.shape[1] // 3)),
        "right": (slice(None), slice(-(lift.shape[1] // 3), None)),
        "up": (slice(0, lift.shape[0] // 3), slice(None)),
        "down": (slice(-(lift.shape[0] // 3), None), slice(None)),
    }
    if beat.direction == "out":
        return far
    if beat.direction == "in":
        return 0.0 if far < -_FAINT else near
    if beat.direction in sides:
        return float(np.median(lift[sides[beat.direction]]))
    return away if abs(now) < _FAINT else 0.0


def refine(lift: Grid, picture: _Frame) -> Grid:
    """Fit a coarse map of disparity to the picture's edges by a guided filter (He, Sun and Tang, "Guided Image
    Filtering", 2013).

    Returns:
        A grid over the whole picture, finer than `lift`.
    """
    height, width = picture.shape[:2]
    scale = min(1.0, _EDGE_SIDE / max(height, width))
    size = (max(2, round(width * scale)), max(2, round(height * scale)))
    grey = cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    guide = np.asarray(cv2.medianBlur(grey, _EDGE_TEXTURE) / np.float32(255), np.float32)
    coarse = cv2.resize(lift, size, interpolation=cv2.INTER_LINEAR)
    window = (2 * _EDGE_RADIUS + 1, 2 * _EDGE_RADIUS + 1)

    def mean(grid: Grid) -> Grid:
        return np.asarray(cv2.blur(grid, window), np.float32)

    of_guide, of_lift = mean(guide), mean(np.asarray(coarse, np.float32))
    slope = (mean(guide * coarse) - of_guide * of_lift) / (mean(guide * guide) - of_guide**2 + _EDGE_FLOOR)
    return np.asarray(mean(slope) * guide + mean(of_lift - slope * of_guide), np.float32)


class Lens:
    """Draws frames as a lens sees them that is focused at one depth.

    Args:
        rack: how it stands at every frame.
        lift: disparity above the focus, a grid over the whole still.
    """

    def __init__(self, rack: Rack, lift: Grid) -> None:
        self.rack, self.lift = rack, lift

    def rests(self, number: int) -> bool:
        """Whether the lens stands at frame `number` as it did one frame before."""
        plane, opening = self.rack.plane, self.rack.opening
        return number > 0 and plane[number] == plane[number - 1] and opening[number] == opening[number - 1]

    def look(self, where: tuple[Grid, Grid], picture: tuple[int, int]) -> Grid:
        """Disparity above the focus for every second pixel of a frame.

        Args:
            where: x and y, for every pixel of the frame, at which it looks on a picture of the whole still.
            picture: that picture's width and height.
        """
        height, width = where[0].shape
        half = (max(1, width // 2), max(1, height // 2))
        x, y = (
            cv2.resize(part, half, interpolation=cv2.INTER_LINEAR) * np.float32(cells / side)
            for part, cells, side in zip(where, self.lift.shape[::-1], picture, strict=True)
        )
        return np.asarray(cv2.remap(self.lift, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

    def draw(self, frame: _Frame, seen: Grid, number: int) -> _Frame:
        """Blur what is out of focus at frame `number`.

        Args:
            frame: height × width × 3, RGB.
            seen: disparity in it, from ``look``.
        """
        soft = self._soften(frame, seen, number)
        if soft is None:
            return frame
        share, picture = soft
        return _over(frame, picture, _thrice(share))

    def film(self, planes: Planes, seen: Grid, number: int) -> Planes:
        """The same of a frame's planes."""
        soft = self._soften(planes, seen, number)
        if soft is None:
            return planes
        share, picture = soft
        half = to_luma(picture)
        luma = _over(planes.luma, np.ascontiguousarray(half[..., 0]), share)
        return Planes(luma, _over(planes.half, half, _thrice(share)))

    def _soften(self, frame: Picture, seen: Grid, number: int) -> tuple[_Frame, _Frame] | None:
        """How much of each place is out of focus (255: all), and what it looks like then, at half the frame's size."""
        opening = float(self.rack.opening[number])
        if opening <= 0:
            return None
        longest = max(seen.shape)
        away = seen - np.float32(self.rack.plane[number])
        away -= np.clip(away, -_DEEP, _DEEP)
        blur = away * np.float32(opening * longest)
        most = np.float32(_WIDEST * longest)
        return _defocus(half_size(frame), np.asarray(np.clip(blur, -most, most), np.float32))


def _defocus(small: _Frame, blur: Grid) -> tuple[_Frame, _Frame] | None:
    """Blur a frame by a map of signed radii, in pixels, above zero what is nearer than the focus.

    The far is blurred without the colours of what stands sharp before it; the near spreads over its own outline. What
    is spread is drawn at half the size and faded in over `small`, as that is over the frame.
    """
    radii = np.abs(blur)
    if float(radii.max()) < _SHARP:
        return None
    near = np.clip(blur - np.float32(0.5), 0, 1)
    behind = 1 - near
    drawn, cover = _spread(small, near, radii)
    soft = np.asarray(cv2.resize(drawn, blur.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    over = np.minimum(cv2.resize(cover, blur.shape[::-1], interpolation=cv2.INTER_LINEAR) * np.float32(1.5), 1)
    largest = float(blur.max())  # of the near: what it spreads over lies outside its own outline
    wide = np.maximum(np.clip(radii - 1, 0, 1) * behind, over * np.float32(np.clip(largest - 1, 0, 1)))
    strength = np.maximum(np.clip((radii - np.float32(0.3)) / np.float32(0.9), 0, 1) * behind, over)
    share, spread = (np.asarray(cv2.convertScaleAbs(part, alpha=255), np.uint8) for part in (strength, wide))
    return share, _over(small, soft, _thrice(spread))


def _over(frame: _Frame, picture: _Frame, share: _Frame) -> _Frame:
    """Lay a picture over a frame, by so much of it; both may be smaller than the frame."""
    size = frame.shape[1::-1]
    kept, laid = cv2.bitwise_not(share), cv2.multiply(picture, share, scale=1 / 255)
    if size == picture.shape[1::-1]:
        return np.asarray(cv2.add(cv2.multiply(frame, kept, scale=1 / 255), laid), np.uint8)
    # Sixteen bits are enlarged in half the time of eight.
    kept, laid = (cv2.resize(part.astype(np.int16), size, interpolation=cv2.INTER_LINEAR) for part in (kept, laid))
    kept = cv2.multiply(frame, kept, scale=1 / 255, dtype=cv2.CV_16S)
    return np.asarray(cv2.add(kept, laid, dtype=cv2.CV_8U), np.uint8)


def _thrice(share: _Frame) -> _Frame:
    return np.asarray(cv2.merge([share] * 3), np.uint8)


def _spread(picture: _Frame, near: Grid, radii: Grid) -> tuple[_Frame, Grid]:
    """Draw every point of a picture over its disc, at half the picture's size.

    Args:
        picture: height × width × 3, RGB.
        near: how much of a place stands before what is in focus, as are the radii height × width.
        radii: in pixels of the picture.

    Returns:
        The picture drawn, and how much of a place is covered by what is near.
    """
    height, width = near.shape
    half = (max(1, width // 2), max(1, height // 2))
    # Plane by plane: numpy weighs planes several times faster than pixels, and memory that small is used again.
    planes = cv2.split(cv2.resize(picture, half, interpolation=cv2.INTER_AREA))
    light = [np.square(np.asarray(plane, np.float32)) for plane in planes]  # close to linear light
    near, radii = (
        np.asarray(cv2.resize(grid, half, interpolation=cv2.INTER_AREA), np.float32) for grid in (near, radii / 2)
    )
    behind = 1 - near
    largest = float(radii.max())
    *far, share = _layer(light, behind, radii * behind, largest)
    share = np.maximum(share, np.float32(1e-3))
    drawn, cover = [plane / share for plane in far], np.zeros_like(near)
    if float(near.max()) > 0:
        *over, whole = _layer(light, near, radii, largest)
        cover = np.minimum(whole, 1)
        clear, whole = 1 - cover, np.maximum(whole, 1)  # where radii differ, more than one whole may come together
        drawn = [plane * clear + above / whole for plane, above in zip(drawn, over, strict=True)]
    shown = cv2.merge([cv2.convertScaleAbs(np.sqrt(np.maximum(plane, 0))) for plane in drawn])
    return np.asarray(shown, np.uint8), cover


def _layer(planes: list[Grid], weight: Grid, radii: Grid, largest: float) -> list[Grid]:
    """Spread planes by their radii: each step of blur carries the part of the layer that is nearest to it.

    Args:
        planes: rows × columns each.
        weight: how much of the layer is at a place, as are the radii rows × columns.
        radii: in pixels.
        largest: of all radii.

    Returns:
        Every plane, weighted and spread, and last the weight itself.
    """
    layer = [*(plane * weight for plane in planes), weight]
    spread = [np.zeros_like(weight) for _ in layer]
    steps = [share * largest for share in _RADII]
    for number, radius in enumerate(steps):
        share = _share(radii, steps, number)
        if float(share.max()) > 0:
            spread = [total + _disc(plane * share, radius) for total, plane in zip(spread, layer, strict=True)]
    return spread


def _share(radii: Grid, steps: list[float], number: int) -> Grid:
    """How much of every place a step of blur carries: all where it is the step's own, none from the next step on; the
    first step carries what is blurred less.
    """
    share = np.ones_like(radii)
    if number:
        below = steps[number - 1]
        share = np.clip((radii - np.float32(below)) * np.float32(1 / (steps[number] - below)), 0, 1)
    if number + 1 < len(steps):
        above = steps[number + 1]
        share = np.minimum(share, np.clip((np.float32(above) - radii) * np.float32(1 / (above - steps[number])), 0, 1))
    return share


def _disc(plane: Grid, radius: float) -> Grid:
    """Spread every point over a disc, at a size at which the disc is small."""
    height, width = plane.shape
    if radius < _DRAWN:  # so small that a bell of the same spread looks the same
        bell = max(radius**2 / 4 - _RESIZED, 0.0) ** 0.5
        taps = 2 * math.ceil(1.5 * bell) + 1
        if taps == 1:
            return plane
        return np.asarray(cv2.GaussianBlur(plane, (taps, taps), bell, borderType=cv2.BORDER_REFLECT), np.float32)
    shrink = int(radius / _DRAWN)
    size = (max(1, width // shrink), max(1, height // shrink))
    reach = radius * size[0] / width
    small = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    spread = cv2.filter2D(small, -1, _kernel(reach), borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.resize(spread, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


@lru_cache(maxsize=8)
def _kernel(reach: float) -> Grid:
    """A disc that sums to one; every plane of a frame is drawn with the same two or three."""
    side = int(np.ceil(reach)) * 2 + 1
    y, x = np.mgrid[:side, :side] - side // 2
    kernel = np.clip(reach + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(kernel / kernel.sum(), np.float32)
