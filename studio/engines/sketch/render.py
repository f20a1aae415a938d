"""The compositor: the camera's look on the still, what moves by itself in it, light, and what is drawn over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import Points
from studio.engines.sketch.lens import Lens
from studio.engines.sketch.life.effect import Area, Gleaming, Layer, Life, OnFilm, Piece
from studio.engines.sketch.life.exposure import STEPS, expose
from studio.engines.sketch.warp import FinePlanes, Maps, Place, Warp, fine_planes, half_samples, read_halves
from studio.media.planes import Picture, Planes

__all__ = ["Renderer"]

Grid = NDArray[np.float32]
_Frame = NDArray[np.uint8]
Where = tuple[Grid, Grid]

_HALF = np.float32(0.5)
"""From edges, where coordinates begin, to the middle of pixels, where OpenCV's begin."""

_ROUGH = (64, 64)
"""Columns and rows of the map that says where in the frame a layer may show at all."""


@dataclass(frozen=True)
class _View:
    """Where a camera pose looks: on the coarse grid in pixels of the still, and for every pixel of the frame."""

    warp: Warp
    x: Points
    y: Points

    @cached_property
    def where(self) -> Where:
        """For every pixel of the frame, counted as OpenCV counts the picture's."""
        return self.warp.look(self.x, self.y)

    @cached_property
    def frame(self) -> _Frame:
        """What the camera alone shows."""
        return self.warp.draw(self.x, self.y)

    @cached_property
    def planes(self) -> Planes:
        """The same as planes."""
        return self.warp.film(self.x, self.y)

    def beside(self, shift: Grid) -> Where:
        """Where it looks with every place shifted."""
        return self.warp.look(self.x + shift[..., 0], self.y + shift[..., 1])


@dataclass(frozen=True)
class _Show:
    """Where a layer shows in the frame, its share of every pixel there, at the full size and at half of it, how it goes
    on the coarse grid, and, if it goes only sideways, where it is read down the picture.
    """

    place: Place
    luma: _Frame
    half: _Frame
    pace: Grid
    down: Maps | None


class Renderer:
    """Renders the frames of a take.

    Args:
        warp: the camera.
        life: the effects; without any, frames are the camera's own.
        lens: where it is focused; without one, everything is as sharp as in the still.
    """

    def __init__(self, warp: Warp, life: Life | None = None, lens: Lens | None = None) -> None:
        self.warp, self.life, self.lens = warp, life or Life(), lens
        self._onto_film = [overlay for overlay in self.life.overlays if isinstance(overlay, OnFilm)]
        one = all(len(layer.samples(0)) == 1 for layer in self.life.layers)
        filmed = len(self._onto_film) + (len(self.life.layers) if one else 0)
        self._all_on_film = filmed == len(self.life.effects)
        self._whole = (0.0, 0.0, float(warp.framing.optics.width), float(warp.framing.optics.height))
        self._pose: bytes | None = None
        self._number = -2
        self._view: _View
        self._depth: Grid | None = None
        self._held: tuple[Planes, list[_Show | None]] | None = None
        self._shown: Picture

    def frame(self, number: int) -> _Frame:
        """Render frame `number`: height × width × 3, RGB. The array may be given again; copy it to draw on it."""
        return cast(_Frame, self._picture(number, self._alive))

    def film(self, number: int) -> Picture:
        """Render frame `number` for the encoder: as planes where camera, clouds, lens, plumes and fog alone make it, in
        half the time. A renderer makes either frames or film.
        """
        return self._picture(number, self._filmed if self._all_on_film else self._alive)

    def _picture(self, number: int, draw: Callable[[int, bool], Picture]) -> Picture:
        """What frame `number` shows, drawn anew only where it differs from the one before."""
        pose = self.warp.framing.view(number)
        moved = pose != self._pose
        if moved:
            self._view, self._pose = _View(self.warp, *self.warp.solve(number)), pose
            self._depth = self._held = None
        after = self._number in (number, number - 1)
        if moved or not after or (self._number != number and not self._rests(number)):
            self._shown = draw(number, not moved)
        self._number = number
        return self._shown

    def _rests(self, number: int) -> bool:
        return self.life.rests(number) and (self.lens is None or self.lens.rests(number))

    def _filmed(self, number: int, _: bool) -> Planes:
        """What the camera shows through its lens."""
        planes = self._view.planes
        if self.life.effects:
            front, shows = self._front()
            planes = Planes(front.luma.copy(), front.half.copy())
            for (layer, picture, _own), show in zip(self._layers_on_film, shows, strict=True):
                if show is not None:
                    self._add(planes, show, picture, layer.samples(number)[0].times)
        if self.lens:
            planes = self.lens.film(planes, self._seen_through(self.lens), number)
        for overlay in self._onto_film:
            planes = overlay.film(planes, number)
        return planes

    def _add(self, planes: Planes, show: _Show, picture: FinePlanes, times: float) -> None:
        """Add a layer, as far as it shows, to planes that are held out there."""
        x, y = (
            part + show.pace[..., axis] * np.float32(times) for axis, part in enumerate((self._view.x, self._view.y))
        )
        down = show.down or self.warp.on_film(y, 0, show.place)
        shown = self.warp.read_film(self.warp.on_film(x, 1, show.place), down, picture)
        for part, added, share in (
            (planes.luma[show.place], shown.luma, show.luma),
            (planes.half[tuple(slice(side.start // 2, side.stop // 2) for side in show.place)], shown.half, show.half),
        ):
            cv2.add(part, _by(added, share), dst=part)

    @cached_property
    def _layers(self) -> list[tuple[Layer, _Frame, Grid]]:
        return [(layer, half_samples(layer.picture), _near(layer.cover)) for layer in self.life.layers]

    @cached_property
    def _layers_on_film(self) -> list[tuple[Layer, FinePlanes, _Frame]]:
        """Each with its own share of the picture: what lies before it takes from that."""
        layers: list[tuple[Layer, FinePlanes, _Frame]] = []
        left = np.full(self.warp.still.shape[:2], 255, np.uint8)
        for layer in reversed(self.life.layers):
            share = np.asarray(cv2.multiply(layer.cover, left, scale=1 / 255), np.uint8)
            left = np.asarray(cv2.subtract(left, share), np.uint8)
            layers.insert(0, (layer, fine_planes(layer.picture), share))
        return layers

    def _front(self) -> tuple[Planes, list[_Show | None]]:
        """The camera's planes without what layers hide of them, and where those show; kept while the camera stands."""
        if self._held is None:
            hidden = np.zeros(self.warp.size[::-1], np.uint8)
            shows = [self._show(layer, share, hidden) for layer, _picture, share in self._layers_on_film]
            planes = self._view.planes
            if self.life.layers:
                planes = Planes(_by(planes.luma, 255 - hidden), _by(planes.half, 255 - _half(hidden)))
            self._held = planes, shows
        return self._held

    def _show(self, layer: Layer, share: _Frame, hidden: _Frame) -> _Show | None:
        """Where a layer shows, if it does; what it hides is added."""
        place = self._touched(self._over(_near(share), self._whole, 0.0) > 0)
        if place is None:
            return None
        x, y = (part[place] for part in self._view.where)
        seen = np.asarray(cv2.remap(share, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)
        hidden[place] = cv2.add(hidden[place], seen)
        pace = self._over(layer.pace, self._whole)
        down = None if pace[..., 1].any() else self.warp.on_film(self._view.y, 0, place)
        return _Show(place, seen, _half(seen), pace, down)

    def _seen_through(self, lens: Lens) -> Grid:
        """Disparity over the frame, the same while the camera stands."""
        if self._depth is None:
            self._depth = lens.look(self._view.where, self.warp.still.shape[1::-1])
        return self._depth

    def _alive(self, number: int, rested: bool) -> _Frame:
        """The camera's frame with all effects on it."""
        if not (self.life.effects or self.lens):
            return self._view.frame
        frame, where = self._swung(number, rested)
        for layer, picture, near in self._layers:
            place = self._touched(self._over(near, self._whole, 0.0) > 0)
            if place is not None:
                shown = self._layer(layer, picture, place, number)
                x, y = (part[place] for part in where)
                cover = cv2.remap(layer.cover, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
                _cover(frame[place], shown, np.asarray(cover, np.uint8))
        for effect in self.life.redrawn:
            for piece in effect.pieces(number):
                self._redraw(frame, piece, where)
        if self.life.lights:
            frame = self._lit(frame, number)
        if self.lens:
            frame = self.lens.draw(frame, self._seen_through(self.lens), number)
        for overlay in self.life.overlays:
            frame = overlay.draw(frame, number)
        return frame

    def _swung(self, number: int, rested: bool) -> tuple[_Frame, Where]:
        """The frame with all swings in it, and where it looks then. At rest, only what swings is looked at anew."""
        if not self.life.swings:
            return self._view.frame.copy(), self._view.where
        shift, gain = np.zeros((*self._view.x.shape, 2), np.float32), np.ones(self._view.x.shape, np.float32)
        for swing in self.life.swings:
            shift += self._over(swing.shift(number), swing.area, 0.0)
            shade = swing.gain(number)
            if shade is not None:
                gain *= self._over(shade, swing.area, 1.0)
        place = self._touched(shift.any(axis=-1) | (gain != 1))
        if place is None:
            return self._view.frame.copy(), self._view.where
        where = self._view.beside(shift)
        if rested:
            frame = self._view.frame.copy()
            frame[place] = self.warp.pixels(where[0][place], where[1][place])
        else:
            frame = self.warp.pixels(*where)
        if (gain != 1).any():
            full = self.warp.spread(np.asarray(cv2.merge([gain] * 3), np.float32))[place]
            frame[place] = cv2.multiply(frame[place], full, dtype=cv2.CV_8U)
        return frame, where

    def _over(self, grid: Grid, area: Area, outside: float | None = None) -> Grid:
        """A grid over an area of the still, read where the frame's coarse grid looks; `outside`: as at its edge."""
        rows, columns = grid.shape[:2]
        left, top, right, bottom = area
        x = np.asarray((self._view.x - left) * (columns / (right - left)) - _HALF, np.float32)
        y = np.asarray((self._view.y - top) * (rows / (bottom - top)) - _HALF, np.float32)
        if outside is None:
            return np.asarray(cv2.remap(grid, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
        border = (outside, outside, outside, outside)
        seen = cv2.remap(grid, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
        return np.asarray(seen, np.float32)

    def _touched(self, cells: NDArray[np.bool_]) -> Place | None:
        """The rows and columns of the frame that these cells of the coarse grid reach; None: none of them."""
        (width, height), step = self.warp.size, self.warp.step
        rows, columns = (np.flatnonzero(cells.any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return None
        # The grid's first cell lies before the frame's edge, and a cell reaches half a step beyond its own.
        down = slice(max(0, (int(rows[0]) - 2) * step), min(height, (int(rows[-1]) + 1) * step))
        across = slice(max(0, (int(columns[0]) - 2) * step), min(width, (int(columns[-1]) + 1) * step))
        return (down, across) if down.start < down.stop and across.start < across.stop else None

    def _layer(self, layer: Layer, picture: _Frame, place: Place, number: int) -> _Frame:
        """What a layer shows in a part of the frame."""
        samples = layer.samples(number)
        pace = self._over(layer.pace, self._whole)
        looks = [self._view.beside(pace * np.float32(sample.times)) for sample in samples]
        shown = [read_halves(picture, x[place], y[place]) for x, y in looks]
        if len(samples) == 1:
            return shown[0]
        mixed = cv2.addWeighted(shown[0], samples[0].weight, shown[1], samples[1].weight, 0)
        strength = layer.contrast(number)
        calm = self.warp.spread(self._over(layer.calm, self._whole))[place].astype(np.uint8)
        return np.asarray(cv2.addWeighted(np.asarray(mixed, np.uint8), strength, calm, 1 - strength, 0), np.uint8)

    def _redraw(self, frame: _Frame, piece: Piece, where: Where) -> None:
        """Put a part of the canvas that is drawn anew to where the frame looks at it."""
        (left, top), (rows, columns) = piece.corner, piece.cover.shape
        across, down = (side / still for side, still in zip(self._whole[2:], self.warp.still.shape[1::-1], strict=True))
        x, y = self._view.x / np.float32(across), self._view.y / np.float32(down)
        place = self._touched((x > left - 1) & (x < left + columns + 1) & (y > top - 1) & (y < top + rows + 1))
        if place is None:
            return
        x, y = where[0][place] - np.float32(left), where[1][place] - np.float32(top)
        cover = cv2.remap(piece.cover, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        shown = cv2.remap(piece.picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        _cover(frame[place], np.asarray(shown, np.uint8), np.asarray(cover, np.uint8))

    def _lit(self, frame: _Frame, number: int) -> _Frame:
        """The frame in the light of all lights together: stops add up, and gleams lie over one another."""
        whole, gleam = np.zeros((2, *self._view.x.shape, 3), np.float32)
        for light in self.life.lights:
            whole += self._on_grid(light.stops(number))
            if isinstance(light, Gleaming):
                gleam += (1 - gleam) * self._on_grid(light.gleam(number))
        steps = np.rint(whole * STEPS).astype(np.int16)
        if steps.any():
            frame = expose(frame, self.warp.spread(steps))
        if gleam.any():
            left = cv2.multiply(cv2.bitwise_not(frame), self.warp.spread(1 - gleam), dtype=cv2.CV_8U)
            frame = np.asarray(cv2.bitwise_not(left), np.uint8)
        return frame

    def _on_grid(self, grid: Grid | None) -> Grid | float:
        """A grid over the whole still, read as lights are; nothing: 0 everywhere."""
        if grid is None:
            return 0.0
        x = np.asarray(self._view.x * (grid.shape[1] / self.warp.framing.optics.width) - _HALF, np.float32)
        y = np.asarray(self._view.y * (grid.shape[0] / self.warp.framing.optics.height) - _HALF, np.float32)
        return np.asarray(cv2.remap(grid, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _by(values: _Frame, share: _Frame) -> _Frame:
    """Values by a share of 255; all or nothing of them to the bit."""
    return np.asarray(cv2.multiply(values, share, scale=1 / 255), np.uint8)


def _half(share: _Frame) -> _Frame:
    """A share of every pixel as one of all three parts of each at half the size."""
    half = cv2.resize(share, (share.shape[1] // 2, share.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.merge([half] * 3), np.uint8)


def _near(cover: _Frame) -> Grid:
    """A rough map of where a layer may show at all."""
    wide = cv2.dilate(cover, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.resize(wide, _ROUGH, interpolation=cv2.INTER_AREA), np.float32)


def _cover(frame: _Frame, shown: _Frame, cover: _Frame) -> None:
    """Put a layer into the frame; where its cover is all or nothing, to the bit."""
    share = np.asarray(cv2.merge([cover] * 3), np.uint8)
    frame[:] = cv2.add(_by(shown, share), _by(frame, np.asarray(cv2.bitwise_not(share), np.uint8)))
