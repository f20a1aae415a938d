"""Rack focus: where the lens is focused at every frame, and what lies nearer or farther drawn out of focus.

Only sharpness can be taken away: a part of the still that is blurred already stays so. The lens opens as the first
shift begins, so the clip still starts with the still itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import LEVELS, ease
from studio.shot import Beat, Direction, Timeline

__all__ = ["Lens", "Rack", "follow_focus", "refine"]

Grid = NDArray[np.float32]
_Frame = NDArray[np.uint8]

_OPEN = 0.03
"""Radius of blur at level 2 for one unit of disparity, in shares of the frame's longer side."""

_WIDEST = 0.022
"""The largest radius of blur, in the same shares: beyond it, shapes dissolve."""

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

_EDGE_SIDE, _EDGE_RADIUS, _EDGE_FLOOR = 384, 6, 2e-3
"""Longer side at which disparity is fitted to the picture's edges, reach in pixels, variance taken for flat."""


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
    far, near = (float(np.quantile(lift, share)) for share in (0.06, 0.94))
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
    guide = cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY) / np.float32(255)
    guide = np.asarray(guide, np.float32)
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

    def draw(self, frame: _Frame, where: tuple[Grid, Grid], picture: tuple[int, int], number: int) -> _Frame:
        """Blur what is out of focus at frame `number`.

        Args:
            frame: height × width × 3, RGB.
            where: x and y, for every pixel of the frame, at which it looks on a picture of the whole still.
            picture: that picture's width and height.
        """
        opening = float(self.rack.opening[number])
        if opening <= 0:
            return frame
        height, width = frame.shape[:2]
        half = (max(1, width // 2), max(1, height // 2))
        x, y = (
            cv2.resize(part, half, interpolation=cv2.INTER_LINEAR) * np.float32(cells / side)
            for part, cells, side in zip(where, self.lift.shape[::-1], picture, strict=True)
        )
        lift = cv2.remap(self.lift, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        longest = max(half)
        blur = (lift - np.float32(self.rack.plane[number])) * np.float32(opening * longest)
        most = np.float32(_WIDEST * longest)
        return _defocus(frame, np.asarray(np.clip(blur, -most, most), np.float32))


def _defocus(frame: _Frame, blur: Grid) -> _Frame:
    """Blur a frame by a map of signed radii, in pixels of half its size, above zero what is nearer than the focus.

    The far is blurred without the colours of what stands sharp before it; the near spreads over its own outline.
    """
    largest = float(np.abs(blur).max())
    if largest < _SHARP:
        return frame
    small = cv2.resize(frame, blur.shape[::-1], interpolation=cv2.INTER_AREA)
    # Plane by plane: numpy weighs planes several times faster than pixels, and memory that small is used again.
    light = [np.square(np.asarray(plane, np.float32)) for plane in cv2.split(small)]  # close to linear light
    near = np.clip(blur - np.float32(0.5), 0, 1)
    behind = 1 - near
    radii = np.abs(blur)
    *far, share = _layer([*light, None], behind, radii * behind, largest)
    share = np.maximum(share, np.float32(1e-3))
    drawn = [plane / share for plane in far]
    strength = np.clip((radii - np.float32(0.3)) / np.float32(0.9), 0, 1) * behind
    if float(near.max()) > 0:
        *over, whole = _layer([*light, None], near, radii, largest)
        cover = np.minimum(whole, 1)
        strength = np.maximum(strength, np.minimum(cover * np.float32(1.5), 1))
        whole = np.maximum(whole, 1)  # where radii differ, more than one whole may come together
        drawn = [plane * (1 - cover) + above / whole for plane, above in zip(drawn, over, strict=True)]
    shown = cv2.merge([cv2.convertScaleAbs(np.sqrt(np.maximum(plane, 0))) for plane in drawn])
    size = frame.shape[1::-1]
    full = cv2.resize(shown, size, interpolation=cv2.INTER_LINEAR)
    mix = cv2.resize(cv2.convertScaleAbs(strength, alpha=255), size, interpolation=cv2.INTER_LINEAR)
    mixed = cv2.merge([mix] * 3)
    kept = cv2.multiply(frame, cv2.bitwise_not(mixed), scale=1 / 255)
    return np.asarray(cv2.add(kept, cv2.multiply(full, mixed, scale=1 / 255)), np.uint8)


def _layer(planes: list[Grid | None], weight: Grid, radii: Grid, largest: float) -> list[Grid]:
    """Spread planes by their radii: each step of blur carries the part of the layer that is nearest to it.

    Args:
        planes: rows × columns each; None is a plane of ones.
        weight: how much of the layer is at a place, as are the radii rows × columns.
        radii: in pixels.
        largest: of all radii.

    Returns:
        Every plane, weighted and spread.
    """
    steps = [0.0, *(share * largest for share in _RADII)]
    parts = []
    for number, radius in enumerate(steps):
        part = np.ones_like(weight)
        if number:
            below = steps[number - 1]
            part = np.clip((radii - np.float32(below)) * np.float32(1 / (radius - below)), 0, 1)
        if number + 1 < len(steps):
            above = steps[number + 1]
            falling = np.clip((np.float32(above) - radii) * np.float32(1 / (above - radius)), 0, 1)
            part = np.minimum(part, falling)
        part = part * weight
        if float(part.max()) > 0:
            parts.append((part, radius))
    spread = []
    for plane in planes:
        total = np.zeros_like(weight)
        for part, radius in parts:
            total += _disc(part if plane is None else part * plane, radius)
        spread.append(total)
    return spread


def _disc(plane: Grid, radius: float) -> Grid:
    """Spread every point over a disc, at a size at which the disc is small."""
    if radius < 0.5:
        return plane
    height, width = plane.shape
    shrink = max(1, int(radius / _DRAWN))
    if shrink == 1:  # so small that a bell of the same spread looks the same, for a third of the time
        return np.asarray(cv2.GaussianBlur(plane, (7, 7), radius / 2, borderType=cv2.BORDER_REFLECT), np.float32)
    size = (max(1, width // shrink), max(1, height // shrink))
    reach = radius * size[0] / width
    side = int(np.ceil(reach)) * 2 + 1
    y, x = np.mgrid[:side, :side] - side // 2
    kernel = np.clip(reach + 0.5 - np.hypot(x, y), 0, 1)
    small = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    spread = cv2.filter2D(small, -1, (kernel / kernel.sum()).astype(np.float32), borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.resize(spread, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
