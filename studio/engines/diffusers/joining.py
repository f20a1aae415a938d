"""A clip that goes on from another: the end of the one before, and a join at which neither colour nor light jumps.

The engine is shown the last frames of the clip before and draws them once more. Those are dropped; what they differ by
from the true ones says how far the engine's colours have drifted, and that is taken back, less and less, from what
follows.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.engines.diffusers.pictures import fitted
from studio.errors import ShotError
from studio.media.clips import probe, read_frames
from studio.shot import Control

__all__ = ["joined", "last_frames"]

_SETTLED = 1.0
"""Seconds after the join in which the engine's own colours return."""
_MOST_GAIN = 0.25


def last_frames(
    control: Control, count: int, fps: int, size: tuple[int, int], focus: tuple[float, float]
) -> NDArray[np.uint8]:
    """The end of a clip at another rate and size, so that its motion keeps its speed.

    Returns:
        count × height × width × 3; where the clip is shorter, its first frame is repeated.

    Raises:
        ShotError, MediaError: the clip cannot be read.
    """
    path = Path(control.path)
    rate = probe(path).fps
    back = [round(number * rate / fps) for number in range(count)]
    kept = deque(read_frames(path), maxlen=back[-1] + 1)
    if not kept:
        raise ShotError("the previous clip", path.name, expected="a clip with frames", action="Choose it again.")
    chosen = [kept[max(0, len(kept) - 1 - steps)] for steps in reversed(back)]
    return np.stack([np.asarray(fitted(frame, size, focus)) for frame in chosen])


def joined(frames: NDArray[np.uint8], before: NDArray[np.uint8], fps: int) -> NDArray[np.uint8]:
    """What follows the overlap, its colours brought to those of the clip before at the join.

    Args:
        frames: overlap and clip, as the engine drew them: frames × height × width × 3.
        before: the overlap as it truly is.
    """
    count = len(before)
    drawn, true = frames[:count].astype(np.float32), before.astype(np.float32)
    gain = np.clip(_spread(true) / np.maximum(_spread(drawn), 1.0), 1 - _MOST_GAIN, 1 + _MOST_GAIN)
    shift = true.mean(axis=(0, 1, 2)) - gain * drawn.mean(axis=(0, 1, 2))
    after = frames[count:].astype(np.float32)
    weight = np.clip(1 - np.arange(len(after)) / max(1.0, _SETTLED * fps), 0, 1)[:, None, None, None]
    settled = after + weight * ((gain - 1) * after + shift)
    return np.asarray(np.clip(settled + 0.5, 0, 255), np.uint8)


def _spread(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(pixels.std(axis=(0, 1, 2)), np.float32)
