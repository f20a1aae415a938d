"""Embers and sparks: each is born hot, rises, cools and goes out; each flickers in a rhythm of its own.

Its colour is that of what glows so hot (Planck's law as a camera shows it: yellow, orange, red), and its light falls
faster than its heat. A lens spreads a halo around what is bright, so only the bright ones glow.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.flakes import Flakes, Seen
from studio.engines.sketch.life.ink import SHIFT, Frame

__all__ = ["Embers"]

Numbers = NDArray[np.float32]

_HEATS = 5
"""Different heats that are drawn apart."""

_STRENGTHS = 6
"""Different strengths that are drawn apart."""

_COOLING = 1.8
"""Power of the heat by which the light falls."""

_FLICKER = (3.0, 11.0)
"""Hertz: the slowest and the fastest that an ember flickers by itself."""

_SOFT = 2.2
"""Half width in pixels from which one is drawn at a quarter of the size: it is out of focus."""

_THIN = 0.45
"""How much less light a thin stroke gives than one that is drawn at a quarter of the size."""

_HALO = 1.1
"""How strong the halo around what glows is, against its blurred self."""


class Embers:
    """Draws what glows among `Flakes`.

    Args:
        flakes: where they are, and how old.
        rng: chance, for what differs between them.
    """

    def __init__(self, flakes: Flakes, rng: np.random.Generator) -> None:
        self.flakes, self.fall = flakes, flakes.fall
        many, period = len(flakes.rank), flakes.span.period
        self.born = rng.beta(4, 2, many).astype(np.float32)  # few are white-hot, few are nearly out
        hertz = rng.uniform(*_FLICKER, (many, 2))
        hertz[:, 1] *= 0.37
        self.hertz = (np.rint(hertz * period) / period if period else hertz).astype(np.float32)
        self.phase = rng.uniform(0, 2 * np.pi, (many, 2)).astype(np.float32)
        self.depth = rng.uniform(0.15, 0.6, many).astype(np.float32)
        self.palette = np.array(self.fall.colours, np.float32)

    def rests(self, number: int) -> bool:
        """Whether nothing is drawn, in this frame and in the one before."""
        return self.flakes.span.rests(number)

    def draw(self, frame: Frame, number: int) -> Frame:
        """Add their light to a frame."""
        seen = self.flakes.seen(number)
        if seen is None:
            return frame
        heat = self.born[seen.number] * (1 - 0.85 * seen.age)
        strength = self._strength(seen, heat, number / self.flakes.scene.fps)
        height, width = frame.shape[:2]
        soft = seen.radius + seen.blur > _SOFT
        fine, coarse = np.zeros_like(frame), np.zeros((height // 4 + 1, width // 4 + 1, 3), np.uint8)
        self._strokes(fine, seen, strength, heat, ~soft, 1.0)
        self._strokes(coarse, seen, strength, heat, soft, 0.25)
        bright = coarse.copy()
        self._strokes(bright, seen, strength * np.float32(_THIN), heat, ~soft, 0.25)
        halo = cv2.GaussianBlur(bright, (0, 0), max(1.2, height / 320))
        wide = cv2.addWeighted(cv2.GaussianBlur(coarse, (3, 3), 0.8), 1.0, halo, _HALO, 0)
        wide = cv2.resize(wide, None, fx=4, fy=4, interpolation=cv2.INTER_LINEAR)[:height, :width]
        light = cv2.add(cv2.GaussianBlur(fine, (3, 3), 0.55), wide)
        return np.asarray(cv2.add(frame, light), np.uint8)

    def _strength(self, seen: Seen, heat: Numbers, time: float) -> Numbers:
        """How bright each is: by its heat and its flicker, spread thin by what is out of focus."""
        which = seen.number
        waves = np.sin(2 * np.pi * self.hertz[which] * np.float32(time) + self.phase[which]).sum(axis=1) / 2
        flicker = 1 + self.depth[which] * waves
        own = np.maximum(seen.radius, 1e-3)
        whole = np.minimum(1, own / 0.6) ** 1.3 * (own + 0.5) ** 2 / (own + 0.5 + 0.8 * seen.blur) ** 2
        lit = 2.4 * heat**_COOLING * flicker * np.minimum(1, 12 * (1 - seen.age))
        return np.asarray(np.clip(self.fall.strength * seen.share * whole * lit, 0, 1), np.float32)

    def _strokes(
        self, ink: Frame, seen: Seen, strength: Numbers, heat: Numbers, which: NDArray[np.bool_], scale: float
    ) -> None:
        """A short stroke for each; those of one heat, strength and width are drawn together, the faint ones first."""
        step = np.ceil(np.sqrt(strength) * _STRENGTHS).astype(int)
        hot = np.clip(heat * _HEATS, 0, _HEATS - 1).astype(int)
        for members, points, wide in seen.strokes(strength, step * _HEATS + hot, which, scale):
            colour = self._colour(float(heat[members].mean())) * float(strength[members].mean())
            cv2.polylines(ink, points, False, colour.tolist(), wide, cv2.LINE_AA, SHIFT)

    def _colour(self, heat: float) -> Numbers:
        """The colour of a heat, 0 to 1: through the palette, from the coolest."""
        at = np.clip(heat, 0, 1) * (len(self.palette) - 1)
        part = [np.interp(at, range(len(self.palette)), self.palette[:, channel]) for channel in range(3)]
        return np.asarray(part, np.float32)
