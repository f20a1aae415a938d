"""Blinking: skin like that over each open eye comes down over it with its lashes, and goes up again.

A lid closes in a tenth of a second, rests for a moment and opens a little more slowly (Evinger, Manning and Sibony,
"Eyelid movements", Investigative Ophthalmology & Visual Science, 1991).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Piece, Scene
from studio.engines.sketch.life.eyes import Opening, find_openings, painted_openings
from studio.engines.sketch.life.words import Text
from studio.shot import Beat

__all__ = ["Lid", "Lids"]

_CLOSING, _CLOSED, _OPENS = 0.11, 0.06, 0.2
"""Seconds of a blink's three parts."""

_SLOWLY = {1: 1.7, 2: 1.15, 3: 0.9}
"""How much longer they take at each level."""

_FIRST, _BETWEEN = 0.35, (1.3, 2.1)
"""Seconds from the beat's start to the first blink, and from one to the next."""

_WINKS = ("wink*",)
_COUNTS = {1: ("once", "one time", "a single time"), 2: ("twice", "two times")}
_MIDDLE = 0.4
"""Where in its beat a single blink lies."""

_WIDER, _OVER, _UNDER = 1.2, 0.25, 0.18
"""How far lashes and the rims of lids reach out of an opening, beside, above and below it, in half its width."""

_SKIN = 1.0
"""How far around that skin is looked at, in half the opening's width."""

_LOWER, _FLAT = 0.15, 0.6
"""How much of an eye the lower lid comes up, for each half width that it is higher than that many: the rounder, the
more.
"""

_LASH, _DARK = 0.1, 0.8
"""How thick lashes are, in half the opening's width, and how much of what is under them they hide."""

_SHADE = (0.1, 0.2)
"""How much darker the upper lid is where it turns to the eye, and the lower one."""

Map = NDArray[np.float32]


@dataclass(frozen=True)
class Lids:
    """The lids of the eyes in a still.

    Attributes:
        lids: one for each open eye.
        closed: how far they are closed at each frame, 0 to 1.
    """

    lids: tuple[Lid, ...]
    closed: NDArray[np.float64]

    @classmethod
    def of(
        cls, scene: Scene, beat: Beat, rng: np.random.Generator, brush: NDArray[np.uint8] | None = None
    ) -> Lids | None:
        """The lids that a beat moves; None: no open eyes are found or painted."""
        eyes = find_openings(scene.canvas, scene.shot.faces)
        if not eyes and brush is not None:
            eyes = painted_openings(brush, scene.canvas.shape[1::-1])
        if not eyes:
            return None
        if Text(beat.text).says(_WINKS):
            eyes = eyes[::2]
        most = _most(Text(beat.text), Text(scene.shot.words))
        times, closed = np.arange(scene.frames) / scene.fps, np.zeros(scene.frames)
        slow = _SLOWLY[beat.level]
        whole = slow * (_CLOSING + _CLOSED + _OPENS)
        end = min(beat.end, scene.frames / scene.fps)
        spare = max(end - beat.start - whole, 0)
        at, blinks = beat.start + (_MIDDLE * spare if most == 1 else min(_FIRST, spare / 2)), 0
        while at + whole <= end + 1e-6 and blinks != most:
            since = (times - at) / slow
            down, up = since / _CLOSING, 1 - (since - _CLOSING - _CLOSED) / _OPENS
            part = np.clip(np.minimum(down, up), 0, 1)
            closed = np.maximum(closed, part * part * (3 - 2 * part))
            at, blinks = at + rng.uniform(*_BETWEEN), blinks + 1
        return cls(tuple(Lid(scene.canvas, eye) for eye in eyes), closed) if closed.any() else None

    def rests(self, number: int) -> bool:
        """Whether the lids stand."""
        return number > 0 and bool(self.closed[number] == self.closed[number - 1])

    def pieces(self, number: int) -> tuple[Piece, ...]:
        """What covers each eye at this frame."""
        share = float(self.closed[number])
        return tuple(lid.drawn(share) for lid in self.lids) if share else ()


def _most(beat: Text, words: Text) -> int | None:
    """How often they blink, as the beat says, or the prompt that it was told from; None: nobody says."""
    for count, said in _COUNTS.items():
        if beat.says(said) or words.says([f"blink* {way}{how}" for how in said for way in ("", "* ", "* * ")]):
            return count
    return 1 if beat.says(_WINKS) else None


@dataclass(frozen=True)
class Lid:
    """What covers one eye: the skin around it carried on over it, with the grain of the skin above.

    Attributes:
        canvas: the still, height × width × 3, RGB.
        eye: its opening, in pixels of the canvas.
    """

    canvas: NDArray[np.uint8]
    eye: Opening

    @cached_property
    def _corner(self) -> tuple[int, int]:
        """Column and row of the upper left corner of all that is looked at."""
        eye = self.eye
        aside = (_WIDER + _SKIN) * eye.half
        over = _OVER * eye.half + max(_SKIN * eye.half, eye.above + eye.below) + eye.above + abs(eye.slant)
        return max(0, int(eye.x - aside)), max(0, int(eye.y - over))

    @cached_property
    def _skin(self) -> Map:
        """The eye and the skin around it, 0 to 1."""
        eye, (left, top) = self.eye, self._corner
        right = int(eye.x + (_WIDER + _SKIN) * eye.half) + 2
        bottom = int(eye.y + eye.below + (_UNDER + _SKIN) * eye.half + abs(eye.slant)) + 2
        return np.asarray(self.canvas[top:bottom, left:right] / np.float32(255), np.float32)

    @cached_property
    def _place(self) -> tuple[Map, Map]:
        """Where each of its pixels lies: along the line through the corners, -1 and 1 there, and how far below it."""
        left, top = self._corner
        down, across = np.mgrid[0 : self._skin.shape[0], 0 : self._skin.shape[1]].astype(np.float32) + np.float32(0.5)
        along = (across + left - np.float32(self.eye.x)) / np.float32(self.eye.half)
        return along, down + top - np.float32(self.eye.y) - np.float32(self.eye.slant) * along

    def _inside(self, more: float = 0.0) -> Map:
        """How far a place lies inside the opening with its rims and `more` around it, in pixels; below 0: outside.

        Args:
            more: in half the opening's width.
        """
        along, below = self._place
        arch = self.eye.arch(along / np.float32(_WIDER + more))
        over = (self.eye.above + (_OVER + more) * self.eye.half) * arch
        under = (self.eye.below + (_UNDER + more) * self.eye.half) * arch
        return np.asarray(np.where(arch > 0, np.minimum(below + over, under - below), -1), np.float32)

    @cached_property
    def _fill(self) -> Map:
        """The skin above the eye and that below it carried on over the eye, where one goes over into the other."""
        ring = (self._inside() <= 0) & (self._inside(_SKIN) > 0)
        upper = self._place[1] < 0
        above, below = (self._carried(ring & side) for side in (upper, ~upper))
        along, lower = self._place
        arch, rims = self.eye.arch(along / np.float32(_WIDER)), (_OVER * self.eye.half, _UNDER * self.eye.half)
        over, under = (self.eye.above + rims[0]) * arch, (self.eye.below + rims[1]) * arch
        part = np.clip((lower + over) / np.maximum(over + under, 1e-3), 0, 1)[..., None]
        return np.asarray(above + part * part * (3 - 2 * part) * (below - above), np.float32)

    def _carried(self, seen: NDArray[np.bool_]) -> Map:
        """What is seen carried on over the rest, without grain, the nearer the more; but what is dark, as a brow."""
        seen = seen | (not seen.any())  # at the picture's edge there may be nothing on one side
        weight = self._plain(seen) * seen + np.float32(1e-6) * seen
        filled = np.zeros_like(self._skin)
        for reach in (1.2, 0.6, 0.3, 0.15):
            sigma = max(0.7, reach * self.eye.half)
            held = cv2.GaussianBlur(weight, (0, 0), sigma)[..., None]
            mean = cv2.GaussianBlur(self._skin * weight[..., None], (0, 0), sigma) / np.maximum(held, 1e-9)
            filled += (held / (held + np.float32(0.05)) if reach < 1 else 1) * (mean - filled)
        return np.asarray(cv2.GaussianBlur(filled, (0, 0), max(0.7, 0.08 * self.eye.half)), np.float32)

    def _plain(self, seen: NDArray[np.bool_]) -> Map:
        """Where it is not much darker than the lighter half of what is seen: 1 there, else less."""
        seen, light = seen | (not seen.any()), self._skin.mean(axis=2)
        middle, bright = np.percentile(light[seen], (60, 90))
        darker = np.maximum(middle - light, 0) / np.clip(2 * (bright - middle), 0.05, 0.15)
        return np.asarray(np.exp(-(darker**2)), np.float32)

    @cached_property
    def _grain(self) -> Map:
        """How the skin differs from place to place; what is dark, as a brow, is no grain of it."""
        half = self.eye.half
        grain = self._skin - cv2.GaussianBlur(self._skin, (0, 0), max(1.0, 0.15 * half))
        plain = self._plain(self._inside() <= 0)
        smooth = cv2.GaussianBlur(cv2.erode(plain, np.ones((3, 3), np.uint8)), (0, 0), max(0.7, 0.06 * half))
        smooth = smooth * (self._inside() <= 0)
        return np.asarray(grain * smooth[..., None], np.float32)

    def _moved(self, way: float) -> Map:
        """The grain, moved down by so many pixels."""
        down = np.array([[1, 0, 0], [0, 1, way]], np.float32)
        moved = cv2.warpAffine(
            self._grain, down, self._grain.shape[1::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
        )
        return np.asarray(moved, np.float32)

    @cached_property
    def _lashes(self) -> Map:
        """Their colour: the darkest along the upper rim, and darker than the skin."""
        along, below = self._place
        rim = np.abs(below + self.eye.above * self.eye.arch(along)) + self.eye.half * (np.abs(along) > 0.85)
        near = self._skin[rim <= max(0.15 * self.eye.half + 0.5, float(rim.min()))]
        dark = near[np.argsort(near.sum(axis=1))[: 1 + len(near) // 5]].mean(axis=0)
        return np.asarray(np.minimum(dark, 0.6 * self._fill.mean(axis=(0, 1))), np.float32)

    def drawn(self, share: float) -> Piece:
        """The eye, closed so far (0 to 1)."""
        eye, (along, below), fill = self.eye, self._place, self._fill
        arch, half = eye.arch(along), np.float32(eye.half)
        high = eye.above + eye.below
        way = share * high * (1 - float(np.clip(_LOWER * (high / eye.half - _FLAT), 0, 0.3)))
        over = np.asarray((way - eye.above) * arch - below, np.float32)  # above the lid's edge
        turns = np.where(over > 0, _SHADE[0], _SHADE[1]) * np.exp(-((over / np.where(over > 0, 0.4, 0.2) / half) ** 2))
        edge = np.clip(over / 1.2 + 0.5, 0, 1)
        # The grain goes along with the lid's edge.
        upper, lower = self._moved(way + _OVER * eye.half), self._moved(way - high - _UNDER * eye.half)
        picture = fill * (1 - turns * arch)[..., None] + lower + edge[..., None] * (upper - lower)
        thick = max(0.6, _LASH * eye.half)
        lash = np.exp(-(((over - 0.3 * thick) / np.where(over > 0, 1.2 * thick, 0.8 * thick)) ** 2))
        lash *= np.float32(_DARK * min(1.0, share / 0.15)) * np.clip(1 - (along / 1.1) ** 2, 0, 1) ** 0.5
        picture += lash[..., None] * (self._lashes - picture)
        within = np.clip(self._inside() / max(1.0, 0.2 * eye.half), 0, 1)
        within = within * within * (3 - 2 * within)
        shown = np.maximum(edge + (1 - edge) * np.float32(np.clip((share - 0.85) / 0.15, 0, 1)), lash)
        cover = within * shown * np.float32(min(1.0, share / 0.1))
        return Piece(
            self._corner,
            np.asarray(np.clip(picture, 0, 1) * 255 + 0.5, np.uint8),
            np.asarray(cover * 255 + 0.5, np.uint8),
        )
