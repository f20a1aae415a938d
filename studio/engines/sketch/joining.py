"""Going on from a clip: where its camera looked in the last frame and how fast it still moved, told to the next shot.

The next shot's still is that last frame, so what the camera did is said anew in shares of it. The camera then slows
down from that speed while its own beats begin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import AXES
from studio.engines.sketch.planning import draft
from studio.presets import Profile
from studio.shot import Shot

__all__ = ["Leaving", "leave"]


@dataclass(frozen=True)
class Leaving:
    """How a shot's last frame stands.

    Attributes:
        speed: of the camera on `AXES`, for one second, in shares of the frame.
        focus: where the point of interest is seen, in fractions of the frame.
    """

    speed: tuple[float, ...]
    focus: tuple[float, float]


def leave(shot: Shot, profile: Profile) -> Leaving:
    """Look at the end of a shot as it was made.

    Raises:
        ShotError: it could not have been made by this engine.
    """
    drafted = draft(shot, profile)
    framing, fps = drafted.framing, drafted.plan.fps
    last = len(framing.path) - 1
    pose = framing.path[last]
    speed = dict(zip(AXES, (pose - framing.path[max(0, last - 1)]) * fps, strict=True))
    _, _, width, height = framing.window(last)
    across, down = framing.optics.width / width, framing.optics.height / height
    nearer = float(np.exp(pose[AXES.index("zoom")]))
    larger = {
        "pan": across, "tilt": down, "truck": across * nearer, "orbit": across * nearer, "pedestal": down * nearer
    }  # fmt: skip
    moved: NDArray[np.float64] = np.array([speed[axis] * larger.get(axis, 1.0) for axis in AXES])
    return Leaving(tuple(round(float(part), 6) for part in moved), framing.seen(last))
