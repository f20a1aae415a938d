"""Fog and mist that drift over the whole frame: billows at three distances, thicker far away and near the ground.

What is near drifts faster. The billows are fractal noise that is carried along and slowly folded into itself, and they
thin out the way real fog does: never one even veil.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.drawn import white_of
from studio.engines.sketch.life.effect import Scene
from studio.engines.sketch.life.ink import Frame, veil
from studio.engines.sketch.life.kinds import Mist
from studio.engines.sketch.life.projection import Eye
from studio.engines.sketch.life.span import Span

__all__ = ["Drifting"]

Grid = NDArray[np.float32]

_TILE = (128, 256)
"""Rows and columns of a tile of billows; it repeats."""

_CELLS = 120
"""Columns on which the fog is made; it is soft, so no more are needed."""

_FOLD = 0.12
"""How far billows are pushed aside, in tiles."""

_TURN = 9.0
"""Seconds in which what pushes them turns once."""

_LAYERS = ((0.35, 0.5), (0.8, 0.8), (1.6, 1.0))
"""How near each layer is (the distance of the focus over its own), and how large its billows are."""


class Drifting:
    """Fog over a still.

    Args:
        scene: the take.
        mist: what it is.
        span: when, and how much.
        wind: widths of the frame in a second to the right.
        enters: whether it comes in from where the wind comes, instead of gathering everywhere.
    """

    def __init__(self, scene: Scene, mist: Mist, span: Span, wind: float, enters: bool) -> None:
        self.scene, self.mist, self.span, self.wind, self.enters = scene, mist, span, wind, enters
        rng = np.random.default_rng((scene.shot.seed, 13))
        self.tiles = [_billows(rng) for _ in _LAYERS]
        self.fold = np.dstack([_billows(rng) - 0.5 for _ in range(2)])
        width, height = scene.size
        self.size = (_CELLS, max(8, round(_CELLS * height / width)))
        x, y = np.meshgrid(*((np.arange(side, dtype=np.float32) + 0.5) / side for side in self.size))
        self.x, self.y = x, y
        low, high = float(scene.lift.min()), float(scene.lift.max())
        deep = max(-low, 0.5 * (high - low), 1e-3)  # the focus itself is near, unless it is the farthest there is
        self.near = np.asarray(np.clip((scene.lift - low) / np.float32(deep), 0, 1), np.float32)

    def rests(self, number: int) -> bool:
        """Whether nothing is drawn, in this frame and in the one before."""
        return self.span.rests(number)

    def draw(self, frame: Frame, number: int) -> Frame:
        """Draw the fog as it lies at this frame."""
        amount = float(self.span.amount[number])
        if amount <= 0:
            return frame
        scene = self.scene
        width, height = scene.size
        eye = Eye(scene.framing, scene.size, number)
        still_x, still_y = eye.look(self.x * width, self.y * height)
        cover = self._billowing(number / scene.fps, eye) * self._lies(still_x, still_y)
        if self.enters and not self.span.period:
            ahead = self.x if self.wind >= 0 else 1 - self.x
            cover = cover * np.clip((amount * 1.9 - ahead) / 0.9, 0, 1)
        else:
            cover = cover * np.float32(amount)
        strength = self.mist.strength[self.span.level - 1]
        small = np.rint(np.clip(cover, 0, 1) * np.float32(255 * strength)).astype(np.uint8)
        mask = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
        return veil(frame, mask, white_of(frame, 0.97))

    def _lies(self, x: Grid, y: Grid) -> Grid:
        """How thick it is by place: more before what is far, more near the ground."""
        optics, (rows, columns) = self.scene.framing.optics, self.near.shape
        column = np.asarray(x * (columns / optics.width) - 0.5, np.float32)
        row = np.asarray(y * (rows / optics.height) - 0.5, np.float32)
        near = cv2.remap(self.near, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        height = np.asarray(y / optics.height, np.float32)
        lies = 1 - self.mist.low + self.mist.low * np.clip(0.25 + 1.1 * height, 0, 1)
        return np.asarray(lies * (1 - self.mist.far * near**1.5), np.float32)

    def _billowing(self, time: float, eye: Eye) -> Grid:
        """The billows of all layers, 0 to 1; in a loop, those of the next time around come in as these go."""
        total = self._layers(time, eye)
        if self.span.period:
            gone = np.float32(time / self.span.period)
            total = (1 - gone) * total + gone * self._layers(time - self.span.period, eye)
        return np.asarray(np.clip((total - 0.34) * 2.6, 0, 1), np.float32)

    def _layers(self, time: float, eye: Eye) -> Grid:
        """The mean of all layers."""
        total = np.zeros_like(self.x)
        for tile, (weight, size) in zip(self.tiles, _LAYERS, strict=True):
            shift_x, shift_y = self._moved(eye, weight)
            scale = 1 / (self.mist.grain * size * 4)
            gone = time * self.wind * (0.4 + 0.6 * weight)
            x = np.asarray((self.x - shift_x - gone) * scale, np.float32)
            y = np.asarray((self.y - shift_y) * scale * self.size[1] / self.size[0] * 1.6, np.float32)
            fold = self._fold(x, y, time)
            total += _read(tile, x + _FOLD * fold[0], y + _FOLD * fold[1])
        return np.asarray(total / len(_LAYERS), np.float32)

    def _fold(self, x: Grid, y: Grid, time: float) -> tuple[Grid, Grid]:
        """How the billows are pushed aside by others that turn slowly."""
        turn = 2 * np.pi * time / _TURN
        cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        one, two = cv2.split(_read(self.fold, 0.6 * x, 0.6 * y))
        return np.asarray(one * cos - two * sin), np.asarray(one * sin + two * cos)

    def _moved(self, eye: Eye, weight: float) -> tuple[float, float]:
        """How far the camera has shifted what is so near, in widths and heights of the frame."""
        width, height = self.scene.size
        framing = self.scene.framing
        middle = (np.array([framing.left + framing.width / 2]), np.array([framing.top + framing.height / 2]))
        x, y = eye.see(*middle, np.array([weight]))
        return float(x[0] / width - 0.5), float(y[0] / height - 0.5)


def _billows(rng: np.random.Generator) -> Grid:
    """Fractal noise that repeats at its edges, 0 to 1."""
    rows, columns = _TILE
    down, across = np.fft.fftfreq(rows)[:, None] * rows, np.fft.rfftfreq(columns)[None] * columns / 2
    reach = np.hypot(down, across)
    reach[0, 0] = 1
    spectrum = np.fft.rfft2(rng.standard_normal(_TILE)) * np.maximum(reach, 2.0) ** -1.75
    spectrum[0, 0] = 0
    noise = np.fft.irfft2(spectrum, _TILE)
    return np.asarray(np.clip(0.5 + 0.2 * noise / noise.std(), 0, 1), np.float32)


def _read(tile: Grid, x: Grid, y: Grid) -> Grid:
    """A tile at places counted in tiles, over and over."""
    rows, columns = tile.shape[:2]
    column = np.asarray((x - np.floor(x)) * columns, np.float32)
    row = np.asarray((y - np.floor(y)) * rows, np.float32)
    return np.asarray(cv2.remap(tile, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32)
