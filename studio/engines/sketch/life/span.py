"""When something drawn over the still is there, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import ease
from studio.engines.sketch.life.effect import Scene
from studio.shot import Beat, Level

__all__ = ["Span"]

_WHOLE = 0.66
"""A beat that fills this share of a clip fills it: it is there from the first frames, and a loop never begins with it.

What falls or drifts over a whole shot is its weather, not something that happens in it; the moment that beats wait
before they begin is for what begins."""


@dataclass(frozen=True)
class Span:
    """The amount over the frames, 0 (nothing) to 1 (all of it).

    Attributes:
        period: seconds after which all repeats, in a loop that is filled.
    """

    amount: NDArray[np.float64]
    level: Level
    start: float
    end: float
    period: float | None = None

    @classmethod
    def of(cls, beat: Beat, scene: Scene, onset: float, tail: float, begins: bool = False) -> Span:
        """What a beat says: it comes in `onset` seconds, and is gone `tail` seconds after the beat's end.

        Args:
            begins: whether the beat tells how it comes; else one that fills the clip is there all the time.
        """
        times = np.arange(scene.frames) / scene.fps
        length = scene.frames / scene.fps
        fills = beat.seconds >= _WHOLE * length
        if scene.shot.loop and fills:
            return cls(np.ones(scene.frames), beat.level, 0.0, length, length)
        onset = min(onset, beat.seconds / 2)
        if fills and not begins:
            return cls(np.asarray(ease(times / onset)), beat.level, 0.0, length)
        end = beat.end
        if scene.shot.loop:  # all must be gone when the clip begins anew
            end = min(end, max(beat.start + onset, length - tail))
            tail = min(tail, length - end) or onset
        rising, falling = ease((times - beat.start) / onset), ease((end + tail - times) / tail)
        return cls(np.asarray(rising * falling), beat.level, beat.start, end)

    def rests(self, number: int) -> bool:
        """Whether nothing is there, in this frame and in the one before."""
        return bool(self.amount[number] == 0 and self.amount[max(0, number - 1)] == 0)
