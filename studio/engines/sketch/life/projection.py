"""Where a point of the world is seen in the frame: the camera's way forward, for what is drawn over the still."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import AXES
from studio.engines.sketch.framing import Framing
from studio.engines.sketch.geometry import FOCAL, PARALLAX, Optics, Points

__all__ = ["Eye"]


class Eye:
    """A camera at one pose, with its window.

    Args:
        framing: the window and the path.
        size: the frame's width and height.
        number: the frame.
    """

    def __init__(self, framing: Framing, size: tuple[int, int], number: int) -> None:
        self.optics: Optics = framing.optics
        self.pose = framing.path[number]
        self.part = {axis: float(self.pose[place]) for place, axis in enumerate(AXES)}
        self.left, self.top, window_width, window_height = framing.window(number)
        self.across, self.down = size[0] / window_width, size[1] / window_height

    def see(self, x: Points, y: Points, weight: Points) -> tuple[Points, Points]:
        """Where points are seen: from pixels of the still, as they lie with the camera at rest, to the frame's.

        Args:
            weight: how near they are: the distance of the focus over theirs; 1 lies at the focus, 0 at infinity.
        """
        part, optics = self.part, self.optics
        (fx, fy), (cx, cy) = optics.focus, optics.centre
        grow = np.exp(part["dolly"] * weight)
        lift = (weight - 1.0) / PARALLAX
        x = (x - fx) * grow - optics.width * (part["truck"] * weight + part["orbit"] * lift)
        y = (y - fy) * grow + optics.height * part["pedestal"] * weight
        turned = np.exp(part["zoom"]) / np.maximum(1.0 - x * (part["orbit"] * optics.turn), 1e-3)
        return self._turn(fx + x * turned - cx, fy + y * turned - cy)

    def matrix(self, weight: float) -> NDArray[np.float64]:
        """The same for points that are all equally near, as a projective map (3 × 3, of right, down, 1)."""
        width, height = self.optics.width, self.optics.height
        x, y = np.array([(0, width, width, 0), (0, 0, height, height)], np.float32)
        seen = self.see(x, y, np.full(4, weight))
        places, there = np.stack([x, y], axis=1), np.stack(seen, axis=1).astype(np.float32)
        return np.asarray(cv2.getPerspectiveTransform(places, there), np.float64)

    def _turn(self, x: Points, y: Points) -> tuple[Points, Points]:
        """Pan, tilt and roll, and into the window."""
        part, optics = self.part, self.optics
        focal = FOCAL * max(optics.width, optics.height)
        pitch, yaw = part["tilt"] * optics.height / focal, part["pan"] * optics.width / focal
        u, v = x / focal, y / focal
        u, w = np.cos(yaw) * u - np.sin(yaw), np.sin(yaw) * u + np.cos(yaw)
        v, w = np.cos(pitch) * v + np.sin(pitch) * w, np.cos(pitch) * w - np.sin(pitch) * v
        ahead = np.maximum(w, 1e-3)
        u, v = u / ahead, v / ahead
        cos, sin = np.cos(part["roll"]), np.sin(part["roll"])
        u, v = cos * u + sin * v, cos * v - sin * u
        centre = optics.centre
        return (u * focal + centre[0] - self.left) * self.across, (v * focal + centre[1] - self.top) * self.down

    def look(self, x: Points, y: Points) -> tuple[Points, Points]:
        """Where points of the frame lie on the still, were all of it as near as the focus."""
        pose = self.pose.astype(np.float32)
        on_x, on_y = x / self.across + self.left, y / self.down + self.top
        on_x, on_y, _ = self.optics.unrotate(pose, on_x, on_y)
        return self.optics.untranslate(pose, on_x, on_y, np.zeros_like(on_x))
