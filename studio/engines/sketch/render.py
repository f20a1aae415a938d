"""The compositor: the camera's look on the still, what moves by itself in it, light, and what is drawn over it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import Points
from studio.engines.sketch.lens import Lens
from studio.engines.sketch.life.effect import Ambient, Area, Life, Sample
from studio.engines.sketch.life.exposure import STEPS, expose
from studio.engines.sketch.warp import Warp

__all__ = ["Renderer"]

Grid = NDArray[np.float32]
_Frame = NDArray[np.uint8]

_HALF = np.float32(0.5)
"""From edges, where coordinates begin, to the middle of pixels, where OpenCV's begin."""


@dataclass(frozen=True)
class _View:
    """Where a camera pose looks: on the coarse grid in pixels of the still, and for every pixel of the frame."""

    x: Points
    y: Points
    where: tuple[Grid, Grid]


@dataclass(frozen=True)
class _Patch:
    """The part of the frame that an effect touches, and where it looks on the still, in pixels of the still."""

    rows: slice
    columns: slice
    x: Grid
    y: Grid


class Renderer:
    """Renders the frames of a take.

    Args:
        warp: the camera.
        life: the effects; without any, frames are the camera's own.
        lens: where it is focused; without one, everything is as sharp as in the still.
    """

    def __init__(self, warp: Warp, life: Life | None = None, lens: Lens | None = None) -> None:
        self.warp, self.life, self.lens = warp, life or Life(), lens
        optics = warp.framing.optics
        self._scale = tuple(
            np.float32(side / span)
            for side, span in zip(warp.still.shape[1::-1], (optics.width, optics.height), strict=True)
        )
        self._pose: bytes | None = None
        self._number = -2
        self._view: _View
        self._base: _Frame
        self._frame: _Frame

    def frame(self, number: int) -> _Frame:
        """Render frame `number`: height × width × 3, RGB. The array may be given again; copy it to draw on it."""
        pose = self.warp.framing.path[number].tobytes()
        moved = pose != self._pose
        if moved:
            x, y = self.warp.solve(number)
            self._view = _View(x, y, self.warp.look(x, y))
            self._base = self.warp.pixels(*self._view.where)
            self._pose = pose
        after = self._number in (number, number - 1)
        if moved or not after or (self._number != number and not self._rests(number)):
            self._frame = self._alive(number)
        self._number = number
        return self._frame

    def _rests(self, number: int) -> bool:
        return self.life.rests(number) and (self.lens is None or self.lens.rests(number))

    def _alive(self, number: int) -> _Frame:
        """The camera's frame with all effects on it."""
        life = self.life
        if not (life.ambients or life.lights or life.overlays or self.lens):
            return self._base
        frame = self._base.copy()
        for ambient in life.ambients:
            self._move(frame, ambient, number)
        frame = self._lit(frame, number)
        if self.lens:
            frame = self.lens.draw(frame, self._view.where, self.warp.still.shape[1::-1], number)
        for overlay in life.overlays:
            frame = overlay.draw(frame, number)
        return frame

    def _move(self, frame: _Frame, ambient: Ambient, number: int) -> None:
        """Show an ambient's samples in its part of the frame."""
        patch = self._patch(ambient.area)
        if patch is None:
            return
        picture = self.warp.still if ambient.picture is None else ambient.picture
        samples = ambient.samples(number)
        inside = frame[patch.rows, patch.columns]
        shown = [self._sample(picture, patch, ambient.area, sample) for sample in samples]
        if len(samples) == 1:
            mixed = shown[0]
        else:
            first, second = (
                self._over(sample.weight, patch, ambient.area) for sample in samples if sample.weight is not None
            )
            mixed = np.asarray(cv2.blendLinear(shown[0], shown[1], first, second), np.uint8)
        if ambient.cover is not None:
            x, y = (part[patch.rows, patch.columns] for part in self._view.where)
            cover = cv2.remap(ambient.cover, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            share = cover.astype(np.float32) * np.float32(1 / 255)
            mixed = np.asarray(cv2.blendLinear(mixed, inside, share, 1 - share), np.uint8)
        inside[:] = mixed

    def _sample(self, picture: _Frame, patch: _Patch, area: Area, sample: Sample) -> _Frame:
        """Look at a picture beside where the camera looks."""
        shift = self._over(sample.shift, patch, area)
        x, y = (
            part[patch.rows, patch.columns] + shift[..., axis] * self._scale[axis]
            for axis, part in enumerate(self._view.where)
        )
        if picture is self.warp.still:
            return self.warp.pixels(x, y)
        return np.asarray(cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)

    def _patch(self, area: Area) -> _Patch | None:
        """Where in the frame an area of the still is seen; None: nowhere."""
        view, step, (width, height) = self._view, self.warp.step, self.warp.size
        left, top, right, bottom = area
        seen = (view.x > left) & (view.x < right) & (view.y > top) & (view.y < bottom)
        seen = cv2.dilate(seen.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        if not seen.any():
            return None
        rows, columns = (np.flatnonzero(seen.any(axis=axis)) for axis in (1, 0))
        # The grid's first cell lies before the frame's edge.
        down = slice(max(0, (int(rows[0]) - 1) * step), min(height, int(rows[-1]) * step))
        across = slice(max(0, (int(columns[0]) - 1) * step), min(width, int(columns[-1]) * step))
        if down.start >= down.stop or across.start >= across.stop:
            return None
        x, y = ((part[down, across] + _HALF) / scale for part, scale in zip(view.where, self._scale, strict=True))
        return _Patch(down, across, x, y)

    def _over(self, grid: Grid, patch: _Patch, area: Area) -> Grid:
        """A grid over an area, read where the patch looks."""
        rows, columns = grid.shape[:2]
        left, top, right, bottom = area
        x = (patch.x - left) * np.float32(columns / (right - left)) - _HALF
        y = (patch.y - top) * np.float32(rows / (bottom - top)) - _HALF
        return np.asarray(cv2.remap(grid, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

    def _lit(self, frame: _Frame, number: int) -> _Frame:
        """The frame in the light of all lights together: stops add up."""
        optics, whole = self.warp.framing.optics, np.zeros((*self._view.x.shape, 3), np.float32)
        for light in self.life.lights:
            stops = light.stops(number)
            if stops is None:
                continue
            x = np.asarray(self._view.x * (stops.shape[1] / optics.width) - _HALF, np.float32)
            y = np.asarray(self._view.y * (stops.shape[0] / optics.height) - _HALF, np.float32)
            whole += cv2.remap(stops, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        steps = np.rint(whole * STEPS).astype(np.int16)
        return expose(frame, self.warp.spread(steps)) if steps.any() else frame
