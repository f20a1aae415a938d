"""The compositor: the camera's look on the still, what moves by itself in it, light, and what is drawn over it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import Points
from studio.engines.sketch.lens import Lens
from studio.engines.sketch.life.effect import Area, Layer, Life
from studio.engines.sketch.life.exposure import STEPS, expose
from studio.engines.sketch.warp import Warp, half_samples, read_halves

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
        height, width = warp.still.shape[:2]
        self._scale = np.array([width / optics.width, height / optics.height], np.float32)
        self._pictures = [half_samples(layer.picture) for layer in self.life.layers]
        self._pose: bytes | None = None
        self._number = -2
        self._view: _View
        self._base: _Frame | None = None
        self._frame: _Frame

    def frame(self, number: int) -> _Frame:
        """Render frame `number`: height × width × 3, RGB. The array may be given again; copy it to draw on it."""
        pose = self.warp.framing.path[number].tobytes()
        moved = pose != self._pose
        if moved:
            x, y = self.warp.solve(number)
            self._view = _View(x, y, self.warp.look(x, y))
            self._base, self._pose = None, pose
        after = self._number in (number, number - 1)
        if moved or not after or (self._number != number and not self._rests(number)):
            self._frame = self._alive(number, rested=not moved)
        self._number = number
        return self._frame

    def _rests(self, number: int) -> bool:
        return self.life.rests(number) and (self.lens is None or self.lens.rests(number))

    def _alive(self, number: int, rested: bool) -> _Frame:
        """The camera's frame with all effects on it."""
        if not (self.life.effects or self.lens):
            return self._resting()
        frame, where = self._swung(number, rested)
        for layer, picture in zip(self.life.layers, self._pictures, strict=True):
            cover = cv2.remap(layer.cover, *where, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            self._lay(frame, layer, picture, np.asarray(cover, np.uint8), number)
        frame = self._lit(frame, number)
        if self.lens:
            frame = self.lens.draw(frame, self._view.where, self.warp.still.shape[1::-1], number)
        for overlay in self.life.overlays:
            frame = overlay.draw(frame, number)
        return frame

    def _swung(self, number: int, rested: bool) -> tuple[_Frame, tuple[Grid, Grid]]:
        """The frame with all swings in it, and where it looks then. At rest, only what swings is looked at anew."""
        shift, gain = np.zeros((*self._view.x.shape, 2), np.float32), np.ones(self._view.x.shape, np.float32)
        for swing in self.life.swings:
            shift += self._over(swing.shift(number), swing.area, 0.0)
            shade = swing.gain(number)
            if shade is not None:
                gain *= self._over(shade, swing.area, 1.0)
        place = self._touched(shift.any(axis=-1) | (gain != 1))
        if place is None:
            return self._resting().copy(), self._view.where
        beside = [self.warp.spread(shift[..., axis] * self._scale[axis]) for axis in (0, 1)]
        where = (self._view.where[0] + beside[0], self._view.where[1] + beside[1])
        if rested:
            frame = self._resting().copy()
            frame[place] = self.warp.pixels(where[0][place], where[1][place])
        else:
            frame = self.warp.pixels(*where)
        if (gain != 1).any():
            full = self.warp.spread(gain)[place]
            frame[place] = cv2.multiply(frame[place], cv2.merge([full] * 3), dtype=cv2.CV_8U)
        return frame, where

    def _resting(self) -> _Frame:
        """What the camera alone shows."""
        if self._base is None:
            self._base = self.warp.pixels(*self._view.where)
        return self._base

    def _over(self, grid: Grid, area: Area, outside: float) -> Grid:
        """A grid over an area of the still, read where the frame's coarse grid looks."""
        rows, columns = grid.shape[:2]
        left, top, right, bottom = area
        x = np.asarray((self._view.x - left) * (columns / (right - left)) - _HALF, np.float32)
        y = np.asarray((self._view.y - top) * (rows / (bottom - top)) - _HALF, np.float32)
        border = (outside, outside, outside, outside)
        seen = cv2.remap(grid, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
        return np.asarray(seen, np.float32)

    def _touched(self, cells: NDArray[np.bool_]) -> tuple[slice, slice] | None:
        """The rows and columns of the frame that these cells of the coarse grid reach; None: none of them."""
        (width, height), step = self.warp.size, self.warp.step
        rows, columns = (np.flatnonzero(cells.any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return None
        # The grid's first cell lies before the frame's edge, and a cell reaches half a step beyond its own.
        down = slice(max(0, (int(rows[0]) - 2) * step), min(height, (int(rows[-1]) + 1) * step))
        across = slice(max(0, (int(columns[0]) - 2) * step), min(width, (int(columns[-1]) + 1) * step))
        return (down, across) if down.start < down.stop and across.start < across.stop else None

    def _lay(self, frame: _Frame, layer: Layer, picture: _Frame, cover: _Frame, number: int) -> None:
        """Show a layer's picture where its cover lets it through."""
        rows, columns = (np.flatnonzero(cover.any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return
        place = (slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1))
        optics = self.warp.framing.optics
        whole = (0.0, 0.0, float(optics.width), float(optics.height))
        shown, samples = [], layer.samples(number)
        for sample in samples:
            shift = self._over(sample.shift, whole, 0.0)
            x, y = (
                self._view.where[axis][place] + self.warp.spread(shift[..., axis] * self._scale[axis])[place]
                for axis in (0, 1)
            )
            shown.append(read_halves(picture, x, y))
        mixed = shown[0]
        if len(samples) > 1:
            mixed = np.asarray(cv2.addWeighted(shown[0], samples[0].weight, shown[1], samples[1].weight, 0), np.uint8)
            strength = layer.contrast(number)
            x, y = (part[place] for part in self._view.where)
            calm = cv2.remap(layer.calm, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            mixed = np.asarray(cv2.addWeighted(mixed, strength, calm, 1 - strength, 0), np.uint8)
        share = cover[place].astype(np.float32) * np.float32(1 / 255)
        frame[place] = cv2.blendLinear(mixed, frame[place], share, 1 - share)

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
