"""The timeline's camera for engines that are steered: a pose and a lens for every frame.

Such an engine is not told of the camera in words. Poses are camera-to-world as OpenCV has them: x to the right, y
down, z ahead; the first is where the still was taken. Lenses are focal lengths and centre in pixels. Facts: the pages
of SANA-WM, and ``pipelines/sana_wm/cam_utils.py`` of diffusers 0.42.1, whose walking camera goes 0.8 a second.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import AXES, camera_path
from studio.shot import Timeline

__all__ = ["steer"]

_FIELD = math.radians(60)
"""The horizontal angle of view that a still is taken for, as nothing is known of its lens."""

_DISTANCE = 10.0
"""How far off the point of interest is taken to be; a dolly at level 2 then goes about as fast as somebody walks."""

_REACH = 2.0
"""Times as far as sketch goes, which may show nothing that the still does not hold."""


def steer(
    timeline: Timeline, frames: int, fps: int, seed: int, size: tuple[int, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Lay out the camera of a clip.

    Args:
        seed: of a hand's unrest.
        size: of the still as the engine gets it, in pixels.

    Returns:
        frames × 4 × 4 poses, and frames × 4 lenses (horizontal and vertical focal length, centre).
    """
    width, height = size
    focal = width / 2 / math.tan(_FIELD / 2)
    ways = _REACH * camera_path(timeline, frames, fps, seed)
    poses = np.stack([_pose(dict(zip(AXES, way, strict=True)), width / focal, height / focal) for way in ways])
    poses = np.linalg.inv(poses[0]) @ poses
    focals = focal * np.exp(ways[:, AXES.index("zoom")])
    lenses = np.stack([focals, focals, np.full(frames, width / 2), np.full(frames, height / 2)], axis=1)
    return poses.astype(np.float32), lenses.astype(np.float32)


def _pose(at: Mapping[str, float], wide: float, high: float) -> NDArray[np.float64]:
    """Where a camera is that has gone so far along each axis; `wide` and `high`: of the view at a distance of 1."""
    around = at["orbit"]
    pose = np.eye(4)
    pose[:3, :3] = (
        _turn(math.atan(at["pan"] * wide) - around, 2, 0)
        @ _turn(-math.atan(at["tilt"] * high), 2, 1)
        @ _turn(at["roll"], 0, 1)
    )
    pose[:3, 3] = _DISTANCE * np.array(
        [
            at["truck"] * wide + math.sin(around),
            -at["pedestal"] * high,
            1.0 - math.exp(-at["dolly"]) + 1.0 - math.cos(around),
        ]
    )
    return pose


def _turn(angle: float, first: int, second: int) -> NDArray[np.float64]:
    """Turn by an angle from one axis towards another; y points down, so a turn from z towards it is downwards."""
    turned = np.eye(3)
    cosine, sine = math.cos(angle), math.sin(angle)
    turned[first, first] = turned[second, second] = cosine
    turned[second, first], turned[first, second] = sine, -sine
    return turned
