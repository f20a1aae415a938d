"""The timeline's camera beats become a path: where the camera is at every frame.

A path is an array of frames × 8 axes, all zero at rest. Positive is right, up, in or clockwise, as the operator
behind the camera would say it, so the picture answers the other way round: a pan to the right moves the content to
the left, and a camera that rolls clockwise sees the picture turn counter-clockwise.

=========  =====================================================================================
axis       unit
=========  =====================================================================================
truck      share of the still's width that content at the focus moves by; nearer content more
pedestal   the same along the height
dolly      natural logarithm of the magnification at the focus; nearer content more
orbit      share of the width, per unit of disparity in front of the focus; the camera turns towards the focus,
           which stays put while its nearer side grows
pan        share of the width; rotation, alike at every depth
tilt       share of the height; rotation
roll       radians; rotation
zoom       natural logarithm of the magnification; the lens, alike at every depth
=========  =====================================================================================

Beats add up: each one brings the camera from where it was to where it goes and leaves it there. In a loop the camera
ends where it began; where its beats do not bring it back, they are walked out in the first half and back in the second.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.shot import Beat, Direction, Move, Timeline

__all__ = [
    "AXES",
    "FAST",
    "LEVELS",
    "SWAY",
    "TRANSLATION",
    "TRAVEL",
    "camera_path",
    "coast",
    "comes_back",
    "ease",
    "out_and_back",
    "travel",
]

AXES = ("truck", "pedestal", "dolly", "orbit", "pan", "tilt", "roll", "zoom")
TRANSLATION = slice(0, 4)
"""The axes along which the camera changes its place, so that near and far part."""

_STEP = {
    "truck": 0.10,
    "pedestal": 0.10,
    "dolly": 0.17,
    "orbit": 0.15,
    "pan": 0.12,
    "tilt": 0.12,
    "roll": 0.12,
    "zoom": 0.17,
}
"""How far a move at level 2 goes along each axis in a beat of usual length."""

LEVELS = {1: 0.8, 2: 1.0, 3: 1.7}
_USUAL_SECONDS = 4.0

Travel = dict[str, float]

TRAVEL: dict[Move, Travel] = {
    "static": {},
    "dolly_in": {"dolly": 1},
    "dolly_out": {"dolly": -1},
    "truck_left": {"truck": -1},
    "truck_right": {"truck": 1},
    "pedestal_up": {"pedestal": 1},
    "pedestal_down": {"pedestal": -1},
    "pan": {"pan": 1},
    "pan_left": {"pan": -1},
    "pan_right": {"pan": 1},
    "tilt_up": {"tilt": 1},
    "tilt_down": {"tilt": -1},
    "roll": {"roll": 1},
    "roll_cw": {"roll": 1},
    "roll_ccw": {"roll": -1},
    "zoom": {"zoom": 1},
    "zoom_in": {"zoom": 1},
    "zoom_out": {"zoom": -1},
    "orbit": {"orbit": 1},
    "crane": {"pedestal": 1, "tilt": -0.2},
    "tracking": {"truck": 1},
    "handheld": {},
    "aerial_move": {"dolly": 0.6, "pedestal": 0.6},
    "fly_through": {"dolly": 1.9},
    "fpv": {"dolly": 1.9},
    "hyperlapse": {"dolly": 1.6},
    "whip_pan": {"pan": 1.5},
    "crash_zoom": {"zoom": 2.4},
    "fast_move": {"dolly": 1.6},
    "dolly_zoom": {"dolly": 2.6, "zoom": -2.6},
    "rack_focus": {},
}
"""What each move does at level 2, in steps along the axes, where nothing is said of the direction."""

_SIDEWAYS: dict[Direction, float] = {"left": -1, "right": 1}
_OPEN: dict[Move, dict[Direction, Travel]] = {
    "pan": {"left": {"pan": -1}, "up": {"tilt": 1}, "down": {"tilt": -1}},
    "whip_pan": {"left": {"pan": -1.5}, "up": {"tilt": 1.5}, "down": {"tilt": -1.5}},
    "roll": {"ccw": {"roll": -1}, "left": {"roll": -1}},
    "zoom": {"out": {"zoom": -1}},
    "crash_zoom": {"out": {"zoom": -2.4}},
    # Seen from above, a camera that goes to its right walks counter-clockwise around what it looks at.
    "orbit": {
        "left": {"orbit": -1},
        "cw": {"orbit": -1},
        "up": {"pedestal": 1, "tilt": -0.8},
        "down": {"pedestal": -1, "tilt": 0.8},
    },
    "crane": {"down": {"pedestal": -1, "tilt": 0.2}},
    "tracking": {
        "left": {"truck": -1},
        "in": {"dolly": 1},
        "out": {"dolly": -1},
        "up": {"pedestal": 1},
        "down": {"pedestal": -1},
    },
    "aerial_move": {
        "out": {"dolly": -0.6, "pedestal": 0.6},
        "down": {"dolly": 0.6, "pedestal": -0.6},
        "left": {"truck": -1},
        "right": {"truck": 1},
    },
    "dolly_zoom": {"out": {"dolly": -2.6, "zoom": 2.6}},
    "fly_through": {"out": {"dolly": -1.9}},
    "fpv": {"out": {"dolly": -1.9}},
    "hyperlapse": {"out": {"dolly": -1.6}, **{side: {"truck": 1.6 * sign} for side, sign in _SIDEWAYS.items()}},
    "fast_move": {
        "out": {"dolly": -1.6},
        "up": {"pedestal": 1.6},
        "down": {"pedestal": -1.6},
        **{side: {"truck": 1.6 * sign} for side, sign in _SIDEWAYS.items()},
    },
}
"""Directions that turn an open move into something else than its first meaning."""

FAST: dict[Move, float] = {"whip_pan": 0.5, "crash_zoom": 0.7}
"""Moves that are over in so many seconds, in the middle of their beat."""

SWAY: dict[Move, float] = {"handheld": 1.0, "fpv": 0.6}
"""Moves with a hand's unrest in them, and how much of it."""

_UNREST = {"truck": 0.010, "pedestal": 0.008, "dolly": 0.012, "pan": 0.010, "tilt": 0.012, "roll": 0.012}


_RAMP, _RAMP_SECONDS = 0.35, 0.36
"""A move gathers speed in this share of it, and in no more than so many seconds: its start and end are seen on time.
One that fills the clip takes its whole share: in viewers' eyes it started and stopped hard.
"""

_COAST = 1.2
"""Seconds in which a camera that comes in moving slows down."""

_LEFT_OPEN = 0.3
"""A camera that ends this much of its furthest way from where it began closes a loop on the way."""

_WHOLE = 0.85
"""A beat that fills this share of a loop fills the loop."""


def travel(beat: Beat) -> NDArray[np.float64]:
    """How far a beat brings the camera along each axis; longer beats go further, as the root of their length."""
    if beat.move is None:
        return np.zeros(len(AXES))
    steps = TRAVEL[beat.move]
    if beat.direction is not None:
        steps = _OPEN.get(beat.move, {}).get(beat.direction, steps)
    length = 1.0 if beat.move in FAST else float(np.clip((beat.seconds / _USUAL_SECONDS) ** 0.5, 0.6, 1.5))
    reach = LEVELS[beat.level] * length
    return np.array([steps.get(axis, 0.0) * _STEP[axis] * reach for axis in AXES])


def ease(progress: NDArray[np.float64], ramp: float = _RAMP) -> NDArray[np.float64]:
    """Go from 0 to 1: speed up, hold the speed, slow down; speed and acceleration are continuous.

    Args:
        progress: time within the move; values outside 0 to 1 rest at the ends.
        ramp: the share of the move in which the speed rises, and again in which it falls.
    """
    progress = np.clip(progress, 0.0, 1.0)
    rising = np.minimum(progress, 1.0 - progress) / ramp  # the second half mirrors the first
    near_end = np.minimum(rising, 1.0)
    half = ramp * (near_end**3 - near_end**4 / 2) + ramp * np.maximum(rising - 1.0, 0.0)
    half = half / (1.0 - ramp)
    return np.where(progress <= 0.5, half, 1.0 - half)


def camera_path(timeline: Timeline, frames: int, fps: int, seed: int, *, loop: bool = False) -> NDArray[np.float64]:
    """Follow the camera beats over the clip.

    Args:
        seed: of a hand's unrest; nothing else hangs on it.
        loop: whether frame `frames`, were there one, shall be frame 0 again.

    Returns:
        frames × 8: the camera's place on `AXES` at each frame; frame i stands at i / fps seconds.
    """
    times = np.arange(frames) / fps
    period = frames / fps if loop else None
    clock = out_and_back(times, period) if period and not comes_back(timeline) else times
    path = np.zeros((frames, len(AXES)))
    for number, beat in enumerate(timeline.on("camera")):
        if beat.move is None:
            continue
        start, end = _active(beat)
        whole = start <= 0.5 / fps and end >= (frames - 1.5) / fps  # nothing before or after shows where it begins
        ramp = _RAMP if whole else min(_RAMP, _RAMP_SECONDS / (end - start))
        path += ease((clock - start) / (end - start), ramp)[:, None] * travel(beat)
        if beat.move in SWAY:
            amount = SWAY[beat.move] * LEVELS[beat.level]
            path += amount * _unrest(beat, times, np.random.default_rng((seed, number)), period)
    if period and clock is times:  # what little the beats leave to be walked back
        path -= ease(times / period)[:, None] * sum(
            (travel(beat) for beat in timeline.on("camera")), np.zeros(len(AXES))
        )
    return path


def coast(times: NDArray[np.float64], speed: Sequence[float], seconds: float) -> NDArray[np.float64]:
    """Slow down from a speed (on `AXES`, for one second) to rest: frames × 8."""
    slowing = min(_COAST, seconds / 2)
    progress = np.clip(times / slowing, 0.0, 1.0)
    way = slowing * (progress - progress**3 + progress**4 / 2)  # the speed falls as 1 - 3 t² + 2 t³
    return np.asarray(way[:, None] * np.asarray(speed, np.float64), np.float64)


def comes_back(timeline: Timeline) -> bool:
    """Whether the beats bring the camera back to where it began, or nearly so."""
    ways = [travel(beat) for beat in timeline.on("camera")]
    furthest = np.abs(np.cumsum([np.zeros(len(AXES)), *ways], axis=0)).max()
    return bool(np.abs(sum(ways, np.zeros(len(AXES)))).max() <= _LEFT_OPEN * furthest)


def out_and_back(times: NDArray[np.float64], period: float) -> NDArray[np.float64]:
    """The time of the timeline that is shown at each time of a loop: all of it forwards, then backwards."""
    return np.asarray(period * (1.0 - np.abs(2.0 * times / period - 1.0)), np.float64)


def _active(beat: Beat) -> tuple[float, float]:
    """The part of the beat in which the camera moves."""
    seconds = min(beat.seconds, FAST.get(beat.move, beat.seconds)) if beat.move else beat.seconds
    middle = (beat.start + beat.end) / 2
    return middle - seconds / 2, middle + seconds / 2


def _unrest(
    beat: Beat, times: NDArray[np.float64], rng: np.random.Generator, period: float | None
) -> NDArray[np.float64]:
    """A hand that holds the camera: slow drift and small tremor, from rest to rest within the beat.

    With a period, a hand that holds it through all of the loop never rests: its unrest closes instead.
    """
    hertz = np.array([0.23, 0.41, 0.67, 1.1, 1.7, 2.6])
    weights = hertz**-0.8 / np.linalg.norm(hertz**-0.8)
    unrest = np.zeros((len(times), len(AXES)))
    for column, axis in enumerate(AXES):
        phases = rng.uniform(0, 2 * np.pi, len(hertz))
        rates = hertz * rng.uniform(0.85, 1.15, len(hertz))
        if period:
            rates = np.maximum(np.round(rates * period), 1) / period
        waves = np.sin(2 * np.pi * times[:, None] * rates + phases) @ weights
        if period and beat.seconds > _WHOLE * period:
            waves -= np.sin(phases) @ weights
        unrest[:, column] = waves * _UNREST.get(axis, 0.0)
    if period and beat.seconds > _WHOLE * period:
        return unrest
    settle = min(0.5, beat.seconds / 3)
    envelope = ease((times - beat.start) / settle) * ease((beat.end - times) / settle)
    return np.asarray(unrest * envelope[:, None], dtype=np.float64)
