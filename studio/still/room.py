"""Room for a camera move: how much of what the move would newly show is in the still, or follows from it."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.picture import Box
from studio.still.interest import saliency
from studio.terms import Move

__all__ = ["Frame", "frame", "room"]

Side = Literal["left", "right", "up", "down"]

_SIDE = 192  # pixels; what a border shows is a matter of large shapes
_STRIP = 0.12  # of the side: the border that a move would have to continue
_UNLIKE = 6.0  # ΔE in Lab between a strip and its continuation at which a quarter of it is guesswork
_SALIENT = 0.5  # of the peak: what belongs to the subject
_CLEAR = 0.15  # of the side: a subject this far from a border is not cut by what the move shows
_LINES = 720.0  # what most engines render; fewer lines than this in the cropped still have to be invented
_CLOSER, _CRASH = 1.3, 2.0  # times: how far a steady move in goes, and a crash zoom
_SOFTEST = 0.3  # of its pixels: what a fully blurred still is worth


class Frame(NamedTuple):
    """How a still is framed.

    Attributes:
        sides: for each border, 0 to 1, how well the picture goes on beyond it.
        fill: the subject's share of the frame, 0 to 1; 0 where there is no subject.
    """

    sides: dict[Side, float]
    fill: float


def frame(pixels: NDArray[np.uint8], faces: tuple[Box, ...], subject: bool) -> Frame:
    """Read how a still is framed.

    A border is good for as much as the two strips along it are alike, when the inner is mirrored onto the outer: what
    has continued so far, a sky or a wall, will go on. The difference is taken in Lab at a small scale, as a mean with
    an exponential fall-off. That assumes a scene without surprises; a door just outside the frame is not foreseen.
    It is multiplied by the distance of the subject from that border, in ``_CLEAR`` of the side: a subject cut by the
    border would have to be invented. The subject is the largest face with the shoulders below it, else what stands
    out around the point of interest.

    Args:
        pixels: height × width × 3, RGB.
        faces: as found in it, largest first.
        subject: whether anything stands out in it.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1.0), cv2.COLOR_RGB2LAB), np.float32)
    turned: dict[Side, NDArray[np.float32]] = {
        "left": lab, "right": lab[:, ::-1], "up": lab.transpose(1, 0, 2), "down": lab[::-1].transpose(1, 0, 2)
    }  # fmt: skip
    left, top, right, bottom = _subject(pixels, faces) if subject or faces else (0.5, 0.5, 0.5, 0.5)
    clear: dict[Side, float] = {"left": left, "right": 1 - right, "up": top, "down": 1 - bottom}
    sides = {side: _goes_on(turned[side]) * min(1.0, clear[side] / _CLEAR) for side in get_args(Side)}
    return Frame(sides, (right - left) * (bottom - top))


def room(framed: Frame, lines: int, sharpness: float) -> dict[Move, float]:
    """Say for every camera move, 0 to 1, what share of what it newly shows is there or follows from the still.

    - static shows nothing new: 1.
    - pan, tilt, truck and pedestal show what lies beyond one border: that side. A truck and a pedestal also uncover
      what the subject hides: times what it does not fill. Where no direction is given the better side counts.
    - moves out show all borders: their mean. A roll and a handheld camera show little of each: half way from their
      mean to 1, handheld three quarters. A crane rises: the upper side. A view from the air rises and goes out: the
      lesser of the two.
    - moves in show detail: the still's lines left after a steady move (× 1.3) or a crash zoom (× 2), less what
      blur has taken, over the 720 lines of an engine's frame.
    - a dolly zoom goes closer while the lens opens to what lies around: the lesser of the two. A shift of focus shows
      sharp what may be soft in the still: half way from the sharpness to 1.
    - an orbit shows the far side of things, which no still has: half of a truck at best. Flying through, first person
      and hyperlapse go past what the still shows: half of a move in. A whip pan and other fast moves leave the frame
      altogether: half of the better side.

    Args:
        lines: the still's shorter side, in pixels.
        sharpness: of it, 0 to 1.
    """
    left, right, up, down = (framed.sides[side] for side in get_args(Side))
    across, around = max(left, right), (left + right + up + down) / 4
    unhidden = 1 - framed.fill
    detail = lines * (_SOFTEST + (1 - _SOFTEST) * sharpness) / _LINES
    closer, crash = min(1.0, detail / _CLOSER), min(1.0, detail / _CRASH)
    shares: dict[Move, float] = {
        "static": 1.0,
        "dolly_in": closer, "zoom_in": closer, "zoom": closer, "crash_zoom": crash,
        "dolly_out": around, "zoom_out": around,
        "pan": across, "pan_left": left, "pan_right": right, "tilt_up": up, "tilt_down": down,
        "truck_left": left * unhidden, "truck_right": right * unhidden, "tracking": across * unhidden,
        "pedestal_up": up * unhidden, "pedestal_down": down * unhidden, "crane": up * unhidden,
        "roll": (1 + around) / 2, "roll_cw": (1 + around) / 2, "roll_ccw": (1 + around) / 2,
        "handheld": (3 + around) / 4,
        "orbit": across * unhidden / 2,
        "aerial_move": min(up, around),
        "dolly_zoom": min(closer, around), "rack_focus": (1 + sharpness) / 2,
        "fly_through": closer / 2, "fpv": closer / 2, "hyperlapse": closer / 2,
        "whip_pan": across / 2, "fast_move": across / 2,
    }  # fmt: skip
    return shares


def _goes_on(lab: NDArray[np.float32]) -> float:
    """How well the left border continues, 0 to 1."""
    strip = max(2, round(lab.shape[1] * _STRIP))
    outer, inner = lab[:, :strip], lab[:, strip : 2 * strip][:, ::-1]
    unlike = float(np.linalg.norm(outer - inner, axis=2).mean())
    return float(0.75 ** (unlike / _UNLIKE))


def _subject(pixels: NDArray[np.uint8], faces: tuple[Box, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the subject, in fractions of the picture."""
    if faces:
        face = faces[0]
        left, right = face.x - face.width / 2, face.x + 1.5 * face.width
        top, bottom = face.y - face.height / 4, face.y + 3 * face.height
    else:
        salience = saliency(pixels)
        salient = (salience >= max(1e-6, _SALIENT * float(salience.max()))).astype(np.uint8)
        many, parts = cv2.connectedComponents(salient)
        weight = [float(salience[parts == part].sum()) for part in range(1, many)]
        if not weight:
            return 0.5, 0.5, 0.5, 0.5
        rows, columns = np.nonzero(parts == 1 + int(np.argmax(weight)))
        left, right = float(columns.min()) / salience.shape[1], float(columns.max() + 1) / salience.shape[1]
        top, bottom = float(rows.min()) / salience.shape[0], float(rows.max() + 1) / salience.shape[0]
    return max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom)
