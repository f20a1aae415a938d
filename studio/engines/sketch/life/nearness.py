"""How near everything in a still is, for what is in the air before it and behind it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import PARALLAX
from studio.engines.sketch.lens import refine
from studio.engines.sketch.life.effect import Scene
from studio.engines.sketch.life.projection import Eye
from studio.engines.sketch.life.regions import find_region

__all__ = ["Nearness"]

Grid = NDArray[np.float32]

_FLATTEST = -0.05
"""A still whose farthest part lies no deeper than this behind the focus is all as far as the focus."""

_GROUND = 0.6
"""How much nearer than the focus the lower edge of the picture is, at least: what lies lower is nearer, and the
disparity that the camera uses does not go on below the focus."""

_SURELY_SKY, _NO_SKY = 0.5, 1.0
"""Up to what nearness all that was found to be sky is infinitely far, and from what on none of it is: one of the two
was guessed wrong there, and to believe the sky would end in a hard line.
"""

_SOFT = 0.015
"""How softly what hides a flake or fog ends, in shares of the longer side: no better is known where it does."""


class Nearness:
    """The distance of the focus over that of each place: 1 at the focus, more before it, 0 infinitely far.

    Args:
        scene: the take.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        low, high = float(scene.lift.min()), float(scene.lift.max())
        lift = np.clip(refine(scene.lift, scene.canvas), low, high)
        behind = (1 - np.minimum(lift, 0) / min(low, _FLATTEST)) ** 2
        near = np.where(lift < 0, behind, 1 + PARALLAX * lift)
        sky = find_region(scene.canvas, "sky", scene.shot.focus)
        if sky is not None:
            open_air = cv2.resize(sky, near.shape[::-1], interpolation=cv2.INTER_LINEAR) / np.float32(255)
            near = near * (1 - open_air * np.clip((_NO_SKY - near) / (_NO_SKY - _SURELY_SKY), 0, 1))
        soft = _SOFT * max(near.shape)
        self.solid = np.asarray(cv2.GaussianBlur(near, (0, 0), soft, borderType=cv2.BORDER_REPLICATE), np.float32)
        focus = scene.shot.focus[1]
        row = (np.arange(near.shape[0]) + 0.5) / near.shape[0]
        below = np.clip((row - focus) / max(1 - focus, 0.1), 0, 1)
        self.grid = np.asarray(self.solid * (1 + _GROUND * below)[:, None], np.float32)
        self._kept: dict[int, tuple[bytes, Grid]] = {}

    def at(self, x: NDArray[np.floating], y: NDArray[np.floating]) -> Grid:
        """What stands at points of the still, in its pixels: what falls is seen down to the ground."""
        optics, (rows, columns) = self.scene.framing.optics, self.solid.shape
        column = np.asarray(x * (columns / optics.width) - 0.5, np.float32)
        row = np.asarray(y * (rows / optics.height) - 0.5, np.float32)
        seen = cv2.remap(self.solid, column[:, None], row[:, None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(seen[:, 0], np.float32)

    def seen(self, number: int, columns: int) -> Grid:
        """The whole of frame `number`, on a grid of so many columns at the most; while the camera rests, the same."""
        scene = self.scene
        pose, (view, kept) = scene.framing.view(number), self._kept.get(columns, (None, None))
        if kept is not None and view == pose:
            return kept
        width, height = scene.size
        across = min(columns, width)
        size = (across, max(8, round(across * height / width)))
        corners: Grid = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
        on_x, on_y = Eye(scene.framing, scene.size, number).look(*(corners * np.array(scene.size)).T)
        optics, shape = scene.framing.optics, self.grid.shape
        there = np.stack([on_x * (shape[1] / optics.width), on_y * (shape[0] / optics.height)], axis=1)
        here = np.asarray(corners * np.array(size) - 0.5, np.float32)
        way = cv2.getPerspectiveTransform(here, np.asarray(there - 0.5, np.float32))
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        grid = cv2.warpPerspective(self.grid, way, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        kept = np.asarray(grid, np.float32)
        self._kept[columns] = (pose, kept)
        return kept
