"""What the camera did, measured from the pictures alone: dense optical flow and a least-squares fit.

It shares nothing with the engine that it judges.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Motion:
    """How the content moved on screen from one frame to another.

    right, down: shift of the middle, in shares of the width and height.  growth: relative change of scale.
    clockwise: turn in radians, seen on screen.  flow: height × width × 2, in pixels.
    """

    right: float
    down: float
    growth: float
    clockwise: float
    flow: NDArray[np.float32]

    def rows(self, top: float, bottom: float) -> float:
        """Mean shift to the right of the rows between two shares of the height, in pixels."""
        height = self.flow.shape[0]
        return float(np.median(self.flow[int(top * height) : int(bottom * height), :, 0]))


def motion(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> Motion:
    """Fit shift, scale and turn to the optical flow between two frames, ignoring the worst quarter of the picture."""
    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (before, after)]
    finder = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    flow = finder.calc(grey[0], grey[1], None)
    height, width = grey[0].shape
    x, y = np.meshgrid(np.arange(width) - (width - 1) / 2, np.arange(height) - (height - 1) / 2)
    u, v = flow[..., 0].ravel(), flow[..., 1].ravel()
    x, y, one, nil = x.ravel(), y.ravel(), np.ones(x.size), np.zeros(x.size)
    # u = right + growth x - turn y;  v = down + growth y + turn x
    system = np.vstack([np.column_stack([one, nil, x, -y]), np.column_stack([nil, one, y, x])])
    target = np.concatenate([u, v])
    keep = np.ones(x.size, bool)
    for _ in range(3):
        both = np.concatenate([keep, keep])
        fit, *_ = np.linalg.lstsq(system[both], target[both], rcond=None)
        miss = (system @ fit - target).reshape(2, -1)
        error = np.hypot(*miss)
        keep = error <= np.quantile(error, 0.75)
    return Motion(fit[0] / width, fit[1] / height, fit[2], fit[3], flow)


def total(frames: list[NDArray[np.uint8]], start: int = 0, end: int | None = None, step: int = 3) -> Motion:
    """Add up the motion of short hops, so that a long move is measured as surely as a small one."""
    chosen = frames[start:end][::step]
    hops = [motion(a, b) for a, b in itertools.pairwise(chosen)]
    flow = np.sum([hop.flow for hop in hops], axis=0)
    sums = (sum(getattr(hop, name) for hop in hops) for name in ("right", "down", "growth", "clockwise"))
    return Motion(*sums, flow)
