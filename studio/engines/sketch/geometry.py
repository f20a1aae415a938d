"""Where a point of the frame lies on the still, for a camera pose: a pinhole camera over a still with disparity.

Rotation and lens act alike at every depth, so they are a homography. Translation acts by disparity, so it is undone
point by point. All points are in pixels of the still, (0, 0) at its top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import AXES

__all__ = ["FAR", "FOCAL", "NEAR", "PARALLAX", "Optics", "Points"]

Points = NDArray[np.floating[Any]]
"""Coordinates in one precision throughout: the pose must come in the points' own."""

FAR, NEAR = -0.6, 0.4
"""Disparity relative to the focus: the range that is ever rendered."""

PARALLAX = 0.8
"""How much more than the focus a thing moves that is one unit of disparity nearer."""

FOCAL = 1.2
"""Focal length in units of the still's longer side: a view of 45 degrees."""


@dataclass(frozen=True)
class Optics:
    """The camera's fixed parts: the still's size, what it turns around, where the lens points at rest.

    Attributes:
        width, height: of the still, in pixels.
        focus: the point of interest, in pixels.
        centre: the principal point, in pixels.
    """

    width: float
    height: float
    focus: tuple[float, float]
    centre: tuple[float, float]

    @property
    def turn(self) -> float:
        """How much a pixel to the side of the focus grows or shrinks by an orbit of 1.

        Who walks around a thing keeps turning towards it, so that its nearer side grows.
        """
        return self.width / PARALLAX / (FOCAL * max(self.width, self.height)) ** 2

    def unrotate(self, pose: Points, x: Points, y: Points) -> tuple[Points, Points, Points]:
        """Undo pan, tilt, roll, zoom and the turn of an orbit.

        Args:
            pose: eight axes, or anything × 8 that broadcasts with the points after its last axis is taken off.
            x, y: points of the frame.

        Returns:
            x, y before rotation and zoom, and the depth of the ray: not above zero, the point lies behind the camera.
        """
        part = _parts(pose)
        ahead = np.ones_like(x)
        if any(part[axis].any() for axis in ("roll", "pan", "tilt")):
            x, y, ahead = self._unturn(part, x, y)
        shrink = np.exp(-part["zoom"])
        x, y = (x - self.focus[0]) * shrink, (y - self.focus[1]) * shrink
        turned = 1.0 + x * (part["orbit"] * self.turn)
        whole = np.maximum(turned, 1e-3)
        return self.focus[0] + x / whole, self.focus[1] + y / whole, np.minimum(ahead, turned)

    def _unturn(self, part: dict[str, Points], x: Points, y: Points) -> tuple[Points, Points, Points]:
        """Undo roll, tilt and pan."""
        focal = FOCAL * max(self.width, self.height)
        u, v = (x - self.centre[0]) / focal, (y - self.centre[1]) / focal
        cos, sin = np.cos(part["roll"]), np.sin(part["roll"])
        u, v = cos * u - sin * v, sin * u + cos * v
        pitch, yaw = part["tilt"] * self.height / focal, part["pan"] * self.width / focal
        v, w = np.cos(pitch) * v - np.sin(pitch), np.sin(pitch) * v + np.cos(pitch)
        u, w = np.cos(yaw) * u + np.sin(yaw) * w, np.cos(yaw) * w - np.sin(yaw) * u
        ahead = np.maximum(w, 1e-3)
        return u / ahead * focal + self.centre[0], v / ahead * focal + self.centre[1], w

    def untranslate(self, pose: Points, x: Points, y: Points, lift: Points) -> tuple[Points, Points]:
        """Undo dolly, truck, pedestal and orbit for points whose disparity lies `lift` above the focus."""
        part = _parts(pose)
        # Whole grids are looked at for every frame, so what does not move is left alone and nothing is done twice.
        if part["truck"].any() or part["orbit"].any():
            x = x + (lift * (self.width * (part["truck"] * PARALLAX + part["orbit"])) + self.width * part["truck"])
        if part["pedestal"].any():
            y = y - (lift * (self.height * PARALLAX * part["pedestal"]) + self.height * part["pedestal"])
        if not part["dolly"].any():
            return x, y
        shrink = np.exp(-part["dolly"] + lift * (-PARALLAX * part["dolly"]))
        return self.focus[0] + (x - self.focus[0]) * shrink, self.focus[1] + (y - self.focus[1]) * shrink

    def per(self, across: float, down: float) -> Optics:
        """The same for translation, counted in cells of so many pixels, from the middle of the first."""
        focus, centre = ((point[0] / across - 0.5, point[1] / down - 0.5) for point in (self.focus, self.centre))
        return Optics(self.width / across, self.height / down, focus, centre)


def _parts(pose: Points) -> dict[str, Points]:
    return {axis: pose[..., number] for number, axis in enumerate(AXES)}
