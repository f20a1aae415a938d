"""All arithmetic between seconds and frames, in one place.

Frame `i` of a clip with `fps` frames a second is shown from ``i / fps`` to ``(i + 1) / fps``.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from studio.errors import InputError

__all__ = ["clip_seconds", "frame_at", "frame_count", "frame_times"]


def frame_count(seconds: float, fps: int) -> int:
    """How many frames fill `seconds`: the nearest number, halves up, at least one.

    Computed on the decimal the person wrote: 0.29 s at 50 fps is 14.5 frames and so 15, though the
    binary fraction nearest to 0.29 lies a little below it.

    Raises:
        InputError: `seconds` is negative or not finite, or `fps` is below one.
    """
    _check_fps(fps)
    if not np.isfinite(seconds) or seconds < 0:
        raise InputError("seconds", seconds, expected="a length of zero or more", action="Choose another length.")
    exact = Fraction(repr(float(seconds))) * fps
    return max(1, int(exact + Fraction(1, 2)))


def clip_seconds(frames: int, fps: int) -> float:
    """How long `frames` last, in seconds.

    Raises:
        InputError: `frames` is negative or `fps` is below one.
    """
    _check_fps(fps)
    if frames < 0:
        raise InputError("frames", frames, expected="zero or more", action="Choose another count.")
    return frames / fps


def frame_times(frames: int, fps: int) -> NDArray[np.float64]:
    """When each frame begins, in seconds: shape (frames,), first 0, each computed afresh so that no error adds up.

    Raises:
        InputError: `frames` is negative or `fps` is below one.
    """
    clip_seconds(frames, fps)
    return np.arange(frames, dtype=np.float64) / fps


def frame_at(time: float, frames: int, fps: int) -> int:
    """The frame that is on screen at `time` seconds, held inside the clip.

    Raises:
        InputError: the clip is empty, or `fps` is below one.
    """
    _check_fps(fps)
    if frames < 1:
        raise InputError("frames", frames, expected="at least one", action="Choose another count.")
    index = int(Fraction(repr(float(time))) * fps + Fraction(1, 10**6)) if time > 0 else 0
    return min(index, frames - 1)


def _check_fps(fps: int) -> None:
    if fps < 1:
        raise InputError("frames per second", fps, expected="at least 1", action="Choose another rate.")
