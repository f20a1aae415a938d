"""What a take of sketch costs: processor seconds for its frames, its camera and each of its effects.

Measured on one core of a server, encoding included, from 480 × 320 to 1344 × 896. At 768 × 512 each of 23 takes with up
to four effects took what was expected within a factor of 1.4 (benchmarks/sketch_work.py). What a new process costs
beside that, once, is ``LOADING``.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.engines.sketch.framing import Framing
from studio.engines.sketch.life.calls import asked_of
from studio.engines.sketch.life.kinds import Kind
from studio.engines.sketch.life.lightwords import read_light
from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.reading import read_beat
from studio.engines.sketch.saying import moves_camera
from studio.shot import Beat, Shot

__all__ = ["LOADING", "expected_seconds"]

LOADING = 4.5
"""Processor seconds that the first take of a process costs beside its own: PyTorch and the network that sees near and
far are read into memory.
"""


@dataclass(frozen=True)
class _Cost:
    """Seconds for each frame, and for each million pixels."""

    frame: float
    pixels: float


_START = 0.2
"""Seconds until the first frame: opening the still, near and far, what is straight in it."""

_FRAMES = _Cost(0.0002, 0.009)
"""Frames in which nothing changes, and their encoding."""

_CAMERA, _LIGHT, _REGION = _Cost(0.0005, 0.024), _Cost(0.001, 0.015), _Cost(0.0015, 0.014)
_CLOUDS = _Cost(0.0003, 0.0135)
_MIST, _PLUME = _Cost(0.0025, 0.008), _Cost(0.0013, 0.002)
_FALLS = {
    "streak": _Cost(0.0035, 0.045),
    "disc": _Cost(0.002, 0.042),
    "glow": _Cost(0.009, 0.009),
    "mote": _Cost(0.0035, 0.0105),
    "leaf": _Cost(0.0055, 0.004),
    "ring": _Cost(0.002, 0.004),
}


def expected_seconds(shot: Shot, framing: Framing, size: tuple[int, int]) -> float:
    """Processor seconds that a take is expected to cost, encoding included.

    Args:
        framing: the camera's path over its frames.
        size: the frame's width and height.
    """
    frames = len(framing.path)
    millions = frames * size[0] * size[1] / 1e6
    total = _START + _spent(_FRAMES, frames, millions)
    if moves_camera(shot, framing):
        total += _spent(_CAMERA, frames, millions)
    shares: dict[tuple[str, _Cost], float] = {}  # beats that say the same thing are one effect
    for beat in shot.timeline.beats:
        if (asked := _asked(beat, shot)) is not None:
            shares[asked] = min(1.0, shares.get(asked, 0.0) + beat.seconds / shot.seconds)
    return total + sum(share * _spent(cost, frames, millions) for (_, cost), share in shares.items())


def _asked(beat: Beat, shot: Shot) -> tuple[str, _Cost] | None:
    """Which effect a beat asks for, and what that costs."""
    drawing = asked_of(beat, shot)
    if drawing is not None:
        return drawing.kind.id, _drawn(drawing.kind)
    change = read_light(beat)
    if change is not None:
        return (f"{change.kind} {beat.start:g}", _LIGHT) if change.kind != "hold" else None
    call = read_beat(beat, load_library())
    if call is None:
        return None
    return f"{call.region.id} {call.motion.id}", _CLOUDS if call.motion.held == "behind" else _REGION


def _drawn(kind: Kind) -> _Cost:
    if kind.fall is not None:
        return _FALLS[kind.fall.look]
    return _PLUME if kind.plume is not None else _MIST


def _spent(cost: _Cost, frames: int, millions: float) -> float:
    return cost.frame * frames + cost.pixels * millions
