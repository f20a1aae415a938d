"""Blinking: the skin over each open eye is drawn down over it with its lashes, and up again.

A lid closes in a tenth of a second, rests for a moment and opens a little more slowly (Evinger, Manning and Sibony,
"Eyelid movements", Investigative Ophthalmology & Visual Science, 1991).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Piece, Scene
from studio.engines.sketch.life.eyes import Opening, find_openings
from studio.shot import Beat

__all__ = ["Lids"]

_CLOSING, _CLOSED, _OPENS = 0.11, 0.06, 0.2
"""Seconds of a blink's three parts."""

_SLOWLY = {1: 1.7, 2: 1.15, 3: 0.9}
"""How much longer they take at each level."""

_FIRST, _BETWEEN = 0.35, (1.3, 2.1)
"""Seconds from the beat's start to the first blink, and from one to the next."""

_SKIN, _LASHES = 0.5, 0.35
"""How much skin over an eye is drawn down, in heights of its opening, and the part of it, with the lashes, that keeps
its shape: the rest is drawn out.
"""

_LOW = 1.0
"""How much of an opening is covered when it is closed."""

Map = NDArray[np.float32]


@dataclass(frozen=True)
class Lids:
    """The lids of the eyes in a still.

    Attributes:
        canvas: the still.
        eyes: their openings, in pixels of the canvas.
        closed: how far they are closed at each frame, 0 to 1.
    """

    canvas: NDArray[np.uint8]
    eyes: tuple[Opening, ...]
    closed: NDArray[np.float64]

    @classmethod
    def of(cls, scene: Scene, beat: Beat, rng: np.random.Generator) -> Lids | None:
        """The lids that a beat moves; None: no pair of open eyes is found."""
        eyes = find_openings(scene.canvas, scene.shot.faces)
        if not eyes:
            return None
        times, closed = np.arange(scene.frames) / scene.fps, np.zeros(scene.frames)
        slow = _SLOWLY[beat.level]
        whole = slow * (_CLOSING + _CLOSED + _OPENS)
        end = min(beat.end, scene.frames / scene.fps)
        at = beat.start + min(_FIRST, max(end - beat.start - whole, 0) / 2)
        while at + whole <= end + 1e-6:
            since = (times - at) / slow
            down, up = since / _CLOSING, 1 - (since - _CLOSING - _CLOSED) / _OPENS
            part = np.clip(np.minimum(down, up), 0, 1)
            closed = np.maximum(closed, part * part * (3 - 2 * part))
            at += rng.uniform(*_BETWEEN)
        return cls(scene.canvas, eyes, closed) if closed.any() else None

    def rests(self, number: int) -> bool:
        """Whether the lids stand."""
        return number > 0 and bool(self.closed[number] == self.closed[number - 1])

    def pieces(self, number: int) -> tuple[Piece, ...]:
        """What covers each eye at this frame."""
        share = float(self.closed[number])
        return tuple(self._lid(eye, share) for eye in self.eyes) if share else ()

    def _lid(self, eye: Opening, share: float) -> Piece:
        """The skin over an eye, drawn down to where its lid now ends."""
        rows, columns = self.canvas.shape[:2]
        skin = _SKIN * (eye.above + eye.below)
        reach = abs(eye.slant) + 2
        left, right = max(0, int(eye.x - eye.half)), min(columns, int(eye.x + eye.half) + 2)
        top, bottom = max(0, int(eye.y - eye.above - skin - reach)), min(rows, int(eye.y + eye.below + reach) + 2)
        down, across = np.mgrid[top:bottom, left:right].astype(np.float32) + np.float32(0.5)
        along = (across - np.float32(eye.x)) / np.float32(eye.half)
        arch = eye.arch(along)
        middle = np.float32(eye.y) + np.float32(eye.slant) * along
        upper = middle - np.float32(eye.above) * arch
        line = upper + np.float32(share * _LOW * (eye.above + eye.below)) * arch
        held = upper - np.float32(skin) * np.sqrt(arch)  # above it nothing is drawn along
        below, lash = line - down, np.float32(_LASHES) * (upper - held)
        stretched = (upper - held - lash) / np.maximum(line - held - lash, 1e-3)
        drawn = upper - np.where(below < lash, below, lash + (below - lash) * stretched)
        source = np.where((down > held) & (arch > 0), drawn, down).astype(np.float32)
        picture = cv2.remap(
            self.canvas,
            across - np.float32(0.5),
            source - np.float32(0.5),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        soft = np.float32(max(0.75, 0.06 * (eye.above + eye.below)))
        cover = np.clip((line - down) / soft + 0.5, 0, 1) * (down > held - 1) * (line - upper > 0.05)
        return Piece((left, top), np.asarray(picture, np.uint8), np.asarray(cover * 255 + 0.5, np.uint8))
