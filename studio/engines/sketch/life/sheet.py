"""What falls so far away that single drops and flakes are no longer told apart: fine sheets, one behind the other.

Each sheet hangs at its own distance, falls as fast as it looks from there, and is hidden by what stands before it; all
together they take the contrast of what is far, as rain and snow do. A sheet is drawn once, as a tile that repeats.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import FOCAL
from studio.engines.sketch.life.flakes import SHUTTER, Flakes
from studio.engines.sketch.life.ink import Mask
from studio.engines.sketch.life.projection import Eye

__all__ = ["Sheets"]

_AWAY = (1.2, 1.9, 3.0)
"""How far the sheets hang, in distances of the farthest drop that is drawn by itself."""

_TILE = (1.15, 0.8)
"""Height and width of a tile, in heights and widths of the frame."""

_STROKES = {"streak": 0.22, "disc": 0.03}
"""The share of a tile that is covered."""

_HAZE = 0.5
"""How much of a veil is even haze, without strokes."""

_LEVELS = {1: 0.55, 2: 1.0, 3: 1.6}
"""How much thicker a veil is at each level."""

_BEFORE = 0.35
"""How much of a veil there is before what is near too: it rains between it and the camera, and how far it is, and where
the sky ends, is guessed.
"""

_EDGES = 384
"""Columns on which sheets are hidden by what stands before them."""

_SOFT = 0.025
"""How softly a veil ends there, in shares of its columns: what is guessed wrong would else end in a hard line."""

_ONE = 512
"""Height of a frame in pixels at which a stroke is one pixel wide."""

_STEPS = 8
"""Different strengths of strokes."""

Grid = NDArray[np.float32]


class Sheets:
    """A veil of far rain or snow.

    Args:
        flakes: the nearer ones, which are drawn one by one.
        wind: metres in a second to the right.
        rng: chance.
    """

    def __init__(self, flakes: Flakes, wind: float, rng: np.random.Generator) -> None:
        self.scene, self.fall, self.span, self.nearness = flakes.scene, flakes.fall, flakes.span, flakes.nearness
        scene, fall = self.scene, self.fall
        optics, (width, height) = scene.framing.optics, scene.size
        self.tile = (max(16, round(_TILE[1] * width)), max(16, round(_TILE[0] * height)))
        self.weights = [fall.distance / (fall.far * away) for away in _AWAY]
        metre = FOCAL * max(optics.width, optics.height) / fall.distance * width / scene.framing.width
        speeds = [(wind * metre * weight, fall.speed * metre * weight) for weight in self.weights]
        self.tiles = [self._strokes(*speed, number, rng) for number, speed in enumerate(speeds)]
        if self.span.period:  # by whole tiles until it begins anew
            turns = np.rint(np.array(speeds) * self.span.period / self.tile)
            speeds = [(across, down) for across, down in turns * self.tile / self.span.period]
        self.speeds = speeds
        self._kept: tuple[Grid, Mask, list[Mask]] | None = None

    def mask(self, number: int) -> Mask:
        """How much of each pixel of frame `number` is veiled, 0 to 255."""
        scene = self.scene
        eye = Eye(scene.framing, scene.size, number)
        haze, before = self._hidden(self.nearness.seen(number, _EDGES))
        whole = haze
        for tile, speed, weight, mask in zip(self.tiles, self.speeds, self.weights, before, strict=True):
            seen = self._seen(tile, eye, speed, weight, number / scene.fps)
            whole = np.asarray(cv2.add(whole, cv2.multiply(seen, mask, scale=1 / 255)), np.uint8)
        strength = self.fall.veil * _LEVELS[self.span.level] * float(self.span.amount[number])
        return np.asarray(cv2.convertScaleAbs(whole, alpha=strength), np.uint8)

    def _hidden(self, near: Grid) -> tuple[Mask, list[Mask]]:
        """How much of the haze, and of each sheet, nothing stands before; kept while the camera rests."""
        if self._kept is None or self._kept[0] is not near:
            hidden = [near / np.float32(weight) for weight in (self.weights[0], *(2 * one for one in self.weights))]
            shares = [1 - np.float32(1 - _BEFORE) * np.clip(part, 0, 1) for part in hidden]
            shares[0] *= np.float32(_HAZE)
            soft = _SOFT * near.shape[1]
            shares = [cv2.GaussianBlur(share, (0, 0), soft, borderType=cv2.BORDER_REPLICATE) for share in shares]
            small = (np.rint(share * 255).astype(np.uint8) for share in shares)
            haze, *before = (
                np.asarray(cv2.resize(share, self.scene.size, interpolation=cv2.INTER_LINEAR), np.uint8)
                for share in small
            )
            self._kept = (near, haze, before)
        return self._kept[1:]

    def _seen(self, tile: Mask, eye: Eye, speed: tuple[float, float], weight: float, time: float) -> Mask:
        """The part of a tile that the frame shows: it falls, and goes along with what is so far as the camera moves."""
        framing, (width, height) = self.scene.framing, self.scene.size
        middle = (np.array([framing.left + framing.width / 2]), np.array([framing.top + framing.height / 2]))
        x, y = (float(part[0]) for part in eye.see(*middle, np.array([weight])))
        left = round(width / 2 - x - speed[0] * time) % self.tile[0]
        top = round(height / 2 - y - speed[1] * time) % self.tile[1]
        return tile[top : top + height, left : left + width]

    def _strokes(self, across: float, down: float, number: int, rng: np.random.Generator) -> Mask:
        """A tile of strokes as long as they fall while the shutter is open, repeated as far as a frame can reach."""
        width, height = self.tile
        passed = SHUTTER / self.scene.fps
        scale = self.scene.size[1] / _ONE
        thick = max(1, round(scale))
        length = max(float(np.hypot(across, down)) * passed, thick)
        many = int(_STROKES[self.fall.look] * width * height / (length * thick))
        tile = np.zeros((height, width), np.uint8)
        places = rng.uniform(0, 1, (many, 2)) * self.tile
        strength = rng.uniform(0, 1, many) ** 2 / (1 + 0.3 * number) * min(1.0, 0.3 + 0.7 * scale)
        ends = places - np.array([across, down]) * passed
        strokes = np.stack([places, ends], axis=1)
        beyond = [(0, 0), (width, 0), (0, height), (width, height)]  # what leaves a tile goes on in the next
        for step in range(_STEPS):
            which = (strength * _STEPS).astype(int) == step
            lines = np.concatenate([strokes[which] + shift for shift in beyond])
            value = 255 * (step + 0.5) / _STEPS
            cv2.polylines(tile, np.rint(lines * 16).astype(np.int32), False, value, thick, cv2.LINE_AA, 4)
        tile = np.asarray(cv2.GaussianBlur(tile, (0, 0), 0.6 * max(1.0, scale)), np.uint8)
        rows, columns = self.scene.size[1] + height, self.scene.size[0] + width
        return np.tile(tile, (-(-rows // height), -(-columns // width)))[:rows, :columns]
