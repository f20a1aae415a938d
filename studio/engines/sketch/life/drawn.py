"""Draw small things in the air as a camera would: streaks, soft discs out of focus, motes, leaves that turn, bubbles.

They are lit as the frame is: their white is the frame's own brightest, so that snow in a dark street stays dim.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.flakes import Flakes, Seen
from studio.engines.sketch.life.ink import SHIFT, Frame, Mask, add, lay, light_around, veil, white_of
from studio.engines.sketch.life.sheet import Sheets

__all__ = ["Drawn"]

Numbers = NDArray[np.float32]

_LEVELS = 7
"""Different strengths that are drawn apart."""

_SCALES = ((1, 1.1), (2, 2.8), (4, np.inf))
"""How much smaller strokes are drawn, up to which half width in pixels: wide ones are soft, and quicker so."""

_UNLIT = 0.6
"""How much is seen of what falls where all is dark."""

_SIDE = [(0.2, -0.7), (0.38, -0.25), (0.4, 0.15), (0.25, 0.6), (0.05, 0.95)]
_LEAF = np.array([(0, -1), *_SIDE, (0, 1.25), *((-x, y) for x, y in reversed(_SIDE))], np.float32)
"""A leaf with its stalk, one unit from the middle to the tip."""


def _lit(frame: Frame, white: NDArray[np.float32]) -> Mask:
    """How much of the frame's white there is in the light around each place: in the dark, drops are hardly seen."""
    part = np.clip(_UNLIT + (1 - _UNLIT) * 1.6 * light_around(frame).max(axis=2) / np.float32(white.max()), 0, 1) * 255
    size = frame.shape[1::-1]
    return np.asarray(cv2.resize(part.astype(np.uint8), size, interpolation=cv2.INTER_LINEAR), np.uint8)


class Drawn:
    """Draws what `Flakes` knows.

    Args:
        flakes: where they are.
        rng: chance, for what differs between them.
        sheets: what falls farther away, where it does.
    """

    def __init__(self, flakes: Flakes, rng: np.random.Generator, sheets: Sheets | None = None) -> None:
        self.flakes, self.fall, self.sheets = flakes, flakes.fall, sheets
        self.width, self.height = flakes.scene.size
        many = len(flakes.rank)
        self.turn = rng.uniform(0, 2 * np.pi, (many, 3)).astype(np.float32)
        self.spin = (rng.uniform(0.5, 1.2, (many, 3)) * rng.choice([-1, 1], (many, 3))).astype(np.float32)
        if flakes.span.period:
            self.spin = np.rint(self.spin * flakes.span.period) / np.float32(flakes.span.period)
        self.palette = np.array(self.fall.colours, np.float32)
        self.colour = rng.integers(0, len(self.palette), many)
        self.light: Numbers | None = None
        if self.fall.look == "mote":
            small = cv2.resize(flakes.scene.canvas, (96, 64), interpolation=cv2.INTER_AREA).mean(axis=2)
            self.light = np.asarray(cv2.GaussianBlur(small, (0, 0), 2) / 255, np.float32)

    def rests(self, number: int) -> bool:
        """Whether nothing is drawn, in this frame and in the one before."""
        return self.flakes.span.rests(number)

    def draw(self, frame: Frame, number: int) -> Frame:
        """Draw what is in the air at this frame."""
        seen = self.flakes.seen(number)
        if seen is None:
            return frame
        look = self.fall.look
        if look == "leaf":
            return self._leaves(frame, seen, number)
        if look == "ring":
            return self._rings(frame, seen)
        mask = self._strokes(seen, self._strength(seen))
        if self.sheets:
            mask = np.asarray(cv2.max(mask, self.sheets.mask(number)), np.uint8)
        white = white_of(frame)
        if look == "mote":
            ramp = np.arange(256, dtype=np.float32)[:, None] / 255 * np.minimum(white * [1.0, 0.95, 0.84], 235)
            return add(frame, mask, ramp.astype(np.uint8))
        lit = np.asarray(cv2.multiply(mask, _lit(frame, white), scale=1 / 255), np.uint8)
        return veil(frame, lit, white)

    def _strength(self, seen: Seen) -> Numbers:
        """How much each covers: light is spread thin by what is out of focus and by what moves fast."""
        own = np.maximum(seen.radius, 1e-3)
        part = self.fall.strength * self.flakes.bright[seen.number] * seen.share
        if self.fall.look == "streak":  # a drop's own width, and less of it where it is blurred
            return np.asarray(part * np.minimum(1, 2 * own) ** 0.7 * (own + 0.4) / (own + 0.4 + seen.blur), np.float32)
        whole = np.minimum(1, (own / 0.6) ** 2) * (own + 0.5) ** 2 / (own + 0.5 + seen.blur) ** 2
        length = np.hypot(seen.back_x, seen.back_y)
        part = part * whole * (1 + 0.4 * length / (own + seen.blur + 1)) ** -0.5
        if self.light is not None:
            at_x = np.clip(seen.x / self.width * 96, 0, 95).astype(int)
            at_y = np.clip(seen.y / self.height * 64, 0, 63).astype(int)
            part = part * np.clip(0.12 + 1.6 * self.light[at_y, at_x] ** 1.5, 0, 1)
        return np.asarray(part, np.float32)

    def _strokes(self, seen: Seen, strength: Numbers) -> Mask:
        """A short stroke for each: as long as it moved while the shutter was open; what is wide is drawn small."""
        mask = np.zeros((self.height, self.width), np.uint8)
        spread, step = seen.radius + seen.blur, np.ceil(np.sqrt(strength) * _LEVELS).astype(int)
        widest = 0.0
        for scale, limit in _SCALES:
            which = (spread >= widest) & (spread < limit)
            widest = limit
            if not which.any():
                continue
            drawn = np.zeros((self.height // scale + 1, self.width // scale + 1), np.uint8)
            for members, points, wide in seen.strokes(strength, step, which, 1 / scale):
                value = float(strength[members].mean()) * 255
                cv2.polylines(drawn, points, False, value, wide, cv2.LINE_AA, SHIFT)
            large = cv2.GaussianBlur(drawn, (3, 3), 0.55 if scale == 1 else 0.85)
            if scale > 1:
                large = cv2.resize(large, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
            large = large[: self.height, : self.width]
            mask = np.asarray(cv2.max(mask, large), np.uint8)
        return mask

    def _leaves(self, frame: Frame, seen: Seen, number: int) -> Frame:
        """Leaves turn about themselves, so that they are seen from the flat side and from the edge in turn."""
        time = number / self.flakes.scene.fps
        light = white_of(frame) / 225
        order = np.argsort(-self.flakes.near[seen.number])  # the far ones first
        ink = np.zeros_like(frame)
        mask = np.zeros(frame.shape[:2], np.uint8)
        for place in order:
            which = int(seen.number[place])
            roll, pitch, shade = self.turn[which] + 2 * np.pi * np.float32(time) * self.spin[which] * (0.3, 0.7, 0.7)
            flat = 0.25 + 0.75 * abs(np.cos(pitch))
            cos, sin = np.cos(roll), np.sin(roll)
            turned = _LEAF * (flat, 1.0) @ np.array([[cos, sin], [-sin, cos]])
            outline = turned * seen.radius[place] + np.array([seen.x[place], seen.y[place]])
            points = np.rint(outline * (1 << SHIFT)).astype(np.int32)
            share = float(seen.share[place] * seen.radius[place] / (seen.radius[place] + 0.4 * seen.blur[place]))
            tone = self.palette[self.colour[which]] * light * (0.8 + 0.28 * np.cos(pitch + 0.6 * np.cos(shade)))
            colour = np.clip(tone, 0, 255) * share
            cv2.fillConvexPoly(ink, points, colour.tolist(), cv2.LINE_AA, SHIFT)
            cv2.fillConvexPoly(mask, points, 255 * share, cv2.LINE_AA, SHIFT)
        mask, ink = (np.asarray(cv2.GaussianBlur(drawn, (3, 3), 0.8), np.uint8) for drawn in (mask, ink))
        return lay(frame, np.asarray(cv2.bitwise_not(mask), np.uint8), ink)

    def _rings(self, frame: Frame, seen: Seen) -> Frame:
        """Bubbles: a bright rim, a trace of a film, and the glint of the light above."""
        mask = np.zeros(frame.shape[:2], np.uint8)
        for x, y, radius, share in zip(seen.x, seen.y, seen.radius, seen.share, strict=True):
            middle = (round(float(x) * 16), round(float(y) * 16))
            reach = max(1.2, float(radius))
            value = 255 * self.fall.strength * float(share)
            cv2.circle(mask, middle, round(reach * 16), value * 0.12, -1, cv2.LINE_AA, SHIFT)
            cv2.circle(mask, middle, round(reach * 16), value * 0.6, 1, cv2.LINE_AA, SHIFT)
            glint = (middle[0] - round(reach * 6), middle[1] - round(reach * 6.5))
            cv2.circle(mask, glint, max(8, round(reach * 2.6)), value, -1, cv2.LINE_AA, SHIFT)
        mask = np.asarray(cv2.GaussianBlur(mask, (3, 3), 0.7), np.uint8)
        return veil(frame, mask, white_of(frame))
