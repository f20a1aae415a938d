"""How light changes over time: curves over the frames' times, 0 where nothing changes.

Every curve is exactly 0 before its beat. What returns is exactly 0 after it; what stays is exactly 1. What wavers for
as long as its beat lasts obeys the beat's edges (``span.py``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import ease
from studio.engines.sketch.life.span import Edges

__all__ = ["flame", "flash", "pulse", "rise", "stutter", "twinkle"]

Curve = NDArray[np.float64]

_RAMP = 0.2
"""The share of a change in which it gathers speed, and again in which it loses it."""

_FASTEST = 9.0
"""Hertz: a flame's flicker above this is lost on film (its spectrum falls as 1/f from about 1 to 10 Hz)."""

_STRIKES_APART, _AFTERGLOW_APART = 0.5, 0.95
"""Seconds between strikes, without and with a second glow in each: never more than three flashes within one second
(WCAG 2.2, 2.3.1)."""


def rise(times: Curve, start: float, end: float) -> Curve:
    """From 0 at the start to 1 at the end, where it stays."""
    return ease((times - start) / (end - start), _RAMP)


def flame(times: Curve, edges: Edges, rng: np.random.Generator) -> Curve:
    """A flame's unrest: 1/f noise, mostly steady with quick dips, within -2.5 and 1.5."""
    noise = _pink(times, rng, edges.period)
    return np.asarray(np.clip(noise - 0.3 * noise**2, -2.5, 1.5) * edges.amount(times, 0.25, 0.25))


def stutter(times: Curve, edges: Edges, rng: np.random.Generator) -> Curve:
    """A faulty tube: lit, with short failures that come two or three together, 0 lit to -1 dark."""
    curve, (start, end) = np.zeros_like(times), (edges.start, edges.end)
    moment = start + rng.uniform(0.02, 0.1)
    while moment < end - 0.1:
        for _ in range(int(rng.integers(1, 3))):  # at most two within half a second
            length = rng.uniform(0.04, 0.13)
            inside = (times >= moment) & (times < min(moment + length, end))
            curve[inside] = -rng.uniform(0.6, 1.0)
            moment += length + rng.uniform(0.08, 0.2)
        moment += rng.uniform(0.5, 1.2)
    hertz = _whole(np.array([5.3]), edges.period)
    buzz = 0.06 * np.sin(2 * np.pi * hertz * times + rng.uniform(0, 6.28)) * edges.amount(times, 0.1, 0.1)
    return np.asarray(curve + buzz * (curve == 0))


def pulse(times: Curve, start: float, end: float) -> Curve:
    """Slow swells of about two and a half seconds, whole ones, from 0 to 1 and back."""
    swells = max(1, round((end - start) / 2.5))
    inside = (times > start) & (times < end)
    return np.where(inside, 0.5 - 0.5 * np.cos(2 * np.pi * swells * (times - start) / (end - start)), 0.0)


def flash(times: Curve, start: float, end: float, strikes: int, rng: np.random.Generator) -> Curve:
    """Lightning: each strike is there at once, stutters and dies within half a second."""
    curve = np.zeros_like(times)
    strikes = max(1, min(strikes, int((end - start) / _STRIKES_APART)))
    for number in range(strikes):
        at = start + (end - start) * number / strikes
        since = times - at + 1e-9
        length = min(0.6, end - at)
        glow = np.exp(-since.clip(0) / 0.11)
        if number == strikes - 1 or end - start >= strikes * _AFTERGLOW_APART:
            glow = glow + 0.55 * np.exp(-(((since - rng.uniform(0.12, 0.17)) / 0.035) ** 2))
        fade = np.clip((length - since) / (0.4 * length), 0, 1)
        curve = np.maximum(curve, np.where((since >= 0) & (since < length), glow * fade, 0.0))
    return np.asarray(curve.clip(0, 1))


def twinkle(times: Curve, edges: Edges, rng: np.random.Generator) -> Curve:
    """Points of light that come and go: short peaks over a slightly dimmer rest, within -0.6 and 1."""
    hertz = _whole(rng.uniform(0.9, 2.4, 3), edges.period)
    phases = rng.uniform(0, 2 * np.pi, 3)
    waves = np.sin(2 * np.pi * hertz * times[:, None] + phases).mean(axis=1)
    return np.asarray(np.clip(1.8 * waves + 0.6 * waves**3 - 0.1, -0.6, 1.0) * edges.amount(times, 0.3, 0.3))


def _whole(hertz: Curve, period: float | None) -> Curve:
    """The nearest rates that swing whole times in a period, where there is one."""
    return np.maximum(1, np.rint(hertz * period)) / period if period else hertz


def _pink(times: Curve, rng: np.random.Generator, period: float | None = None) -> Curve:
    """Noise whose power falls as 1/f, with a spread of one; it repeats after the period."""
    hertz = _whole(np.geomspace(0.4, _FASTEST, 24) * rng.uniform(0.95, 1.05, 24), period)
    # Steps between the frequencies grow with them, so equal parts give power that falls as 1/f.
    waves = np.sin(2 * np.pi * hertz * times[:, None] + rng.uniform(0, 2 * np.pi, 24))
    return np.asarray(waves.sum(axis=1) * np.sqrt(2 / 24))
