"""When something is there, and how much of it: by the edges of its beat, and by which of them are the clip's own.

A beat that begins with the clip shows from its first frames on, one that ends with the clip is there to its last; at
an edge inside the clip what it asks for comes and goes within the beat. In a loop the clip's edges are a seam: what
lies on both sides of it goes on across, what lies on one side is gone there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import ease
from studio.engines.sketch.life.effect import Scene
from studio.shot import Beat, Level

__all__ = ["Edges", "Span"]

Curve = NDArray[np.float64]

_AT_ONCE = 0.4
"""Seconds, at most, in which what is there from the first comes over the still, which is the clip's first frame."""

_AT_THE_EDGE = 0.08
"""Seconds from the clip's edge within which a beat's edge is the same: two frames on film."""


@dataclass(frozen=True)
class Edges:
    """The edges of a beat in its clip.

    Attributes:
        start, end: seconds.
        opens: it is there from the clip's first frames on.
        closes: it is there to the clip's last frame.
        period: seconds after which all repeats, in a loop that it fills.
    """

    start: float
    end: float
    opens: bool = False
    closes: bool = False
    period: float | None = None

    @classmethod
    def of(cls, beat: Beat, scene: Scene, *, begins: bool = False) -> Edges:
        """The edges of a beat.

        Args:
            begins: whether the beat tells how it comes: then it does, even at the clip's first frame.
        """
        length = scene.frames / scene.fps
        opens, closes = beat.start <= _AT_THE_EDGE, beat.end >= length - _AT_THE_EDGE
        if scene.shot.loop:
            period = length if opens and closes else None
            return cls(beat.start, beat.end, opens, period is not None, period)
        return cls(beat.start, beat.end, opens and not begins, closes)

    def ramps(self, onset: float, tail: float) -> tuple[float, float]:
        """Seconds in which it comes and goes, as is asked or a third of the beat where that is less."""
        third = (self.end - self.start) / 3
        return min(onset, third, *((_AT_ONCE,) if self.opens else ())), min(tail, third)

    def amount(self, times: Curve, onset: float, tail: float) -> Curve:
        """How much of it is there at these times, 0 to 1: it comes in `onset` seconds and is gone in `tail`."""
        if self.period:
            return np.ones(len(times))
        onset, tail = self.ramps(onset, tail)
        rising = ease((times - self.start) / onset)
        return rising if self.closes else rising * ease((self.end - times) / tail)


@dataclass(frozen=True)
class Span:
    """The amount of something drawn over the frames, 0 (nothing) to 1 (all of it).

    Attributes:
        start, end: seconds between which more of it comes; without an end at an edge that is the clip's own.
        period: seconds after which all repeats, in a loop that is filled.
    """

    amount: Curve
    level: Level
    start: float
    end: float
    period: float | None = None

    @classmethod
    def of(cls, beat: Beat, scene: Scene, onset: float, tail: float, *, begins: bool = False) -> Span:
        """What a beat asks for; `onset`, `tail` and `begins` as for `Edges`."""
        edges = Edges.of(beat, scene, begins=begins)
        start = -np.inf if edges.opens else edges.start
        end = np.inf if edges.closes else edges.end - edges.ramps(onset, tail)[1]
        amount = edges.amount(np.arange(scene.frames) / scene.fps, onset, tail)
        return cls(amount, beat.level, start, end, edges.period)

    def rests(self, number: int) -> bool:
        """Whether nothing is there, in this frame and in the one before."""
        return bool(self.amount[number] == 0 and self.amount[max(0, number - 1)] == 0)
