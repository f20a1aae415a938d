"""Fog, mist and haze: they thicken with the distance, and banks drift behind what is near and thinly before it.

How much of a place is left to be seen falls exponentially with the air before it (Koschmieder's law, 1924), and what
is seen in its stead is the light around that place. In that air three banks drift, each at its own distance: a bank
hides only what lies behind it, and what is near drifts faster. All of it lies low: a look that rises from the horizon
soon leaves it, so that peaks and the sky stand out of it. Banks are fractal noise that is carried along and
slowly folded into itself, and they thin out the way real fog does: never one even veil.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Scene
from studio.engines.sketch.life.ink import Frame, Mask, lay, light_around, white_of
from studio.engines.sketch.life.kinds import Mist
from studio.engines.sketch.life.nearness import Nearness
from studio.engines.sketch.life.projection import Eye
from studio.engines.sketch.life.span import Span
from studio.media.planes import Planes, half_size, to_luma

__all__ = ["Drifting"]

Grid = NDArray[np.float32]

_TILE = (128, 256)
"""Rows and columns of a tile of billows; it repeats."""

_CELLS = 120
"""Columns on which the banks are made; they are soft, so no more are needed."""

_EDGES = 256
"""Columns on which they are hidden by what stands before them."""

_FOLD = 0.12
"""How far billows are pushed aside, in tiles."""

_TURN = 9.0
"""Seconds in which what pushes them turns once."""

_BANKS = ((0.3, 0.55), (0.65, 0.85), (1.7, 1.2))
"""How near each bank is (the distance of the focus over its own), and how large its billows are."""

_FLAT = 2.2
"""How much wider than high billows are."""

_AIR, _BANK = 0.2, 1.15
"""How thick the air itself is over the distance of the focus, and the banks behind the focus."""

_FARTHEST = 0.1
"""How near the farthest is, so that even that is not wholly lost."""

_CLEAR, _STEEP = 0.4, 3.0
"""How thick billows must be to be seen, and how fast they thicken beyond: between banks the air is clear."""

_SKYLINE, _HIGH = 80, 0.12
"""The percentage of what is farthest that lies above the horizon, and how far above it the fog gets thin, in heights
of the frame.
"""

_LEVEL = 0.3
"""How much farther away than judged a place at the height of the horizon is taken for: ground there is far."""

_LIT = 0.5
"""How much of the fog's light comes from what is around each place, against the brightest of the frame."""


class Drifting:
    """Fog over a still.

    Args:
        scene: the take.
        mist: what it is.
        span: when, and how much.
        wind: widths of the frame in a second to the right.
        enters: whether it comes in from where the wind comes, instead of gathering everywhere.
        nearness: what stands in it.
    """

    def __init__(self, scene: Scene, mist: Mist, span: Span, wind: float, enters: bool, nearness: Nearness) -> None:
        self.scene, self.mist, self.span, self.wind, self.enters = scene, mist, span, wind, enters
        self.nearness = nearness
        rng = np.random.default_rng((scene.shot.seed, 13))
        self.tiles = [_billows(rng) for _ in _BANKS]
        self.fold = np.dstack([_billows(rng) - 0.5 for _ in range(2)])
        width, height = scene.size
        self.size = (_CELLS, max(8, round(_CELLS * height / width)))
        x, y = np.meshgrid(*((np.arange(side, dtype=np.float32) + 0.5) / side for side in self.size))
        self.x, self.y = x, y
        self.horizon = self._skyline()
        self._low: tuple[bytes, Grid] | None = None

    def rests(self, number: int) -> bool:
        """Whether nothing is drawn, in this frame and in the one before."""
        return self.span.rests(number)

    def draw(self, frame: Frame, number: int) -> Frame:
        """Draw the fog as it lies at this frame."""
        cover = self._cover(number)
        if cover is None:
            return frame
        ink = _bytes(cover[..., None] * _light(frame, cover.shape))
        return lay(frame, _large(255 - _bytes(255 * cover), self.scene.size), _large(ink, self.scene.size))

    def film(self, planes: Planes, number: int) -> Planes:
        """Draw it on planes."""
        cover = self._cover(number)
        if cover is None:
            return planes
        ink = _bytes(cover[..., None] * to_luma(_bytes(_light(half_size(planes), cover.shape))))
        left, size = 255 - _bytes(255 * cover), planes.half.shape[1::-1]
        luma = lay(planes.luma, _large(left, self.scene.size), _large(ink[..., 0], self.scene.size))
        return Planes(luma, lay(planes.half, _large(left, size), _large(ink, size)))

    def _cover(self, number: int) -> Grid | None:
        """How much of each place is hidden, 0 to 1; None: nothing."""
        amount = float(self.span.amount[number])
        if amount <= 0:
            return None
        thick = self._thickness(number)
        if self.enters and not self.span.period:
            ahead = np.linspace(0, 1, thick.shape[1], dtype=np.float32)
            ahead = ahead if self.wind >= 0 else 1 - ahead
            thick = thick * np.clip((amount * 1.9 - ahead) / 0.9, 0, 1)
        else:
            thick = thick * np.float32(amount)
        cover = np.float32(self.mist.strength[self.span.level - 1]) * (1 - cv2.exp(-thick))
        return np.asarray(cover, np.float32)

    def _thickness(self, number: int) -> Grid:
        """How much fog lies before each place: the air up to it, and the banks that drift before it."""
        near = self.nearness.seen(number, _EDGES)
        low = cv2.resize(self._lowness(number) - self.horizon, near.shape[::-1], interpolation=cv2.INTER_LINEAR)
        near = near * (1 - _LEVEL * np.clip(1 - low / np.float32(_HIGH), 0, 1))
        banks = self._billowing(number, near)
        air = 1 / np.maximum(near, _FARTHEST) - 1
        thick = _AIR * np.maximum(air, 0) * (0.35 + 1.3 * banks[0])
        for bank, (at, _), much in zip(banks, _BANKS, (_BANK, _BANK, 1 - self.mist.far), strict=True):
            before = np.clip((at - near) * np.float32(2 / at) + np.float32(0.5), 0, 1)
            thick += np.float32(much) * bank * before
        lying = cv2.exp(np.minimum(low, 0) / np.float32(_HIGH))
        return np.asarray(thick * (1 - self.mist.low * (1 - lying)), np.float32)

    def _skyline(self) -> np.float32:
        """About how low the horizon lies, as `_lowness` tells it: what is farthest lies above it."""
        near, framing = self.nearness.grid, self.scene.framing
        rows, _ = np.nonzero(near <= max(_FARTHEST, float(np.percentile(near, 10))))
        y = np.percentile(rows, _SKYLINE) / len(near) * framing.optics.height
        return np.float32((y - framing.top) / framing.height)

    def _lowness(self, number: int) -> Grid:
        """How low in the picture each place of the frame lies, 0 at the top of the frame at rest to 1 at its foot."""
        framing = self.scene.framing
        view = framing.view(number)
        if self._low is None or self._low[0] != view:
            width, height = self.scene.size
            _, y = Eye(framing, self.scene.size, number).look(self.x * width, self.y * height)
            self._low = view, np.asarray((y - framing.top) / framing.height, np.float32)
        return self._low[1]

    def _billowing(self, number: int, near: Grid) -> list[Grid]:
        """Every bank, 0 to 1; in a loop, those of the next time around come in as these go."""
        time = number / self.scene.fps
        eye = Eye(self.scene.framing, self.scene.size, number)
        banks = self._drift(time, eye)
        if self.span.period:
            gone = np.float32(time / self.span.period)
            nexts = self._drift(time - self.span.period, eye)
            banks = [(1 - gone) * bank + gone * other for bank, other in zip(banks, nexts, strict=True)]
        thick = (np.clip((bank - np.float32(_CLEAR)) * np.float32(_STEEP), 0, 1) for bank in banks)
        full = (cv2.resize(bank, near.shape[::-1], interpolation=cv2.INTER_LINEAR) for bank in thick)
        return [np.asarray(bank, np.float32) for bank in full]

    def _drift(self, time: float, eye: Eye) -> list[Grid]:
        """How thick each bank is by place, at a time."""
        banks = []
        for tile, (weight, size) in zip(self.tiles, _BANKS, strict=True):
            shift_x, shift_y = self._moved(eye, weight)
            scale = 1 / (self.mist.grain * size * 4)
            gone = time * self.wind * (0.4 + 0.6 * weight)
            x = np.asarray((self.x - shift_x - gone) * scale, np.float32)
            y = np.asarray((self.y - shift_y) * scale * self.size[1] / self.size[0] * _FLAT, np.float32)
            fold = self._fold(x, y, time)
            banks.append(_read(tile, x + _FOLD * fold[0], y + _FOLD * fold[1]))
        return banks

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


def _bytes(grid: Grid) -> Mask:
    return np.asarray(np.rint(grid), np.uint8)


def _large(grid: Mask, size: tuple[int, int]) -> Mask:
    return np.asarray(cv2.resize(grid, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _light(frame: Frame, shape: tuple[int, ...]) -> Grid:
    """The light that the fog throws back: that of its surroundings, mixed with the brightest of the frame."""
    light = (1 - _LIT) * white_of(frame, 0.97) + _LIT * np.minimum(light_around(frame) * 1.2 + 6, 250)
    return np.asarray(cv2.resize(light.astype(np.float32), shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)


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
