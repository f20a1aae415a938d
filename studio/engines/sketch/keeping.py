"""What a window on the still must not cut: whoever or what stands whole in it, heads, and the point of interest.

A crop that a move needs has play to one side or the other. It is used so that whoever is in the picture stays whole,
down to the feet and the ball before them; where a push in would still cut that, the camera aims beside the point,
within what is to stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from studio.shot import Box

__all__ = ["Keep", "what_stays"]

_HAIR, _CHIN, _EARS = 0.55, 0.2, 0.25
"""How far a head goes beyond the box of its face, in that box's height above and below, and width at each side."""

_STEPS, _STANDS, _ARMS = 6.0, 8.5, 2.0
"""How far below the upper edge of a face the feet are of somebody who runs or crouches, and who stands upright, and how
far to the sides arms and legs reach: in that face's height. Who has room for the first is whole in the picture.
"""

_AROUND = 0.08
"""What is kept around the point of interest, in shares of the still's shorter side."""

_AIR = 0.02
"""What is kept around a thing, in shares of the still's shorter side; so close to its edge, a thing is cut by it."""

_SMALL = 0.4
"""A face less than this share of the largest one's height is a passer-by: the picture is not composed around it."""


@dataclass(frozen=True)
class Keep:
    """A part of the still, in its pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def cut(self, view: tuple[NDArray[np.float64], ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """How far views would have to go right, and down, to hold it.

        Where a view is too small for it, as far as leaves as much outside at either end.

        Args:
            view: left, top, right and bottom of each view, in pixels of the still.
        """
        left, top, right, bottom = view
        return _missing(self.left - left, self.right - right), _missing(self.top - top, self.bottom - bottom)

    def joined(self, other: Keep) -> Keep:
        """The smallest part that holds both."""
        return Keep(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def _missing(first: NDArray[np.float64], last: NDArray[np.float64]) -> NDArray[np.float64]:
    """The way that brings an interval inside, from how far its ends lie beyond those that it is to lie between."""
    needed = np.minimum(first, 0.0) + np.maximum(last, 0.0)
    return np.where((first < 0) & (last > 0), (first + last) / 2, needed)


def what_stays(
    faces: Sequence[Box], still: tuple[int, int], focus: tuple[float, float], subject: Box | None = None
) -> tuple[Keep, ...]:
    """What to keep in the frame, the most that may be hoped for first: all who are whole in it, all heads, the largest
    one, its face.

    Without a face, the thing in focus, where it is whole; and the point of interest with what is right around it.

    Args:
        faces: in fractions of the still, largest first.
        still: its width and height in pixels.
        focus: the point of interest, in fractions.
        subject: where the thing in focus is known to be.
    """
    width, height = still
    meant = [face for face in faces if face.height >= _SMALL * faces[0].height]
    if not meant:
        around = _AROUND * min(still)
        x, y = focus[0] * width, focus[1] * height
        near = _within(Keep(x - around, y - around, x + around, y + around), still)
        return (_thing(subject, still, near).joined(near), near) if subject else (near,)
    heads = [_within(_head(face, still), still) for face in meant]
    together = heads[0]
    tiers: list[Keep] = []
    for head in heads[1:]:
        together = together.joined(head)
        tiers.insert(0, together)
    whole = [_within(_body(face, still), still) for face in meant if face.y + _STEPS * face.height <= 1]
    if whole:
        tiers.insert(0, reduce(Keep.joined, whole, together))
    face = faces[0]
    bare = Keep(face.x * width, face.y * height, (face.x + face.width) * width, (face.y + face.height) * height)
    return (*tiers, heads[0], _within(bare, still))


def _thing(subject: Box, still: tuple[int, int], near: Keep) -> Keep:
    """The thing in focus, with a little air; where the still's edge cuts it, no further than what is near its point."""
    width, height = still
    air = _AIR * min(still)
    left, top = subject.x * width, subject.y * height
    right, bottom = left + subject.width * width, top + subject.height * height
    return Keep(
        left - air if left > air else near.left,
        top - air if top > air else near.top,
        right + air if right < width - air else near.right,
        bottom + air if bottom < height - air else near.bottom,
    )


def _body(face: Box, still: tuple[int, int]) -> Keep:
    width, height = still
    tall, middle = face.height * height, (face.x + face.width / 2) * width
    top = face.y * height
    return Keep(middle - _ARMS * tall, top - _HAIR * tall, middle + _ARMS * tall, top + _STANDS * tall)


def _head(face: Box, still: tuple[int, int]) -> Keep:
    width, height = still
    return Keep(
        (face.x - _EARS * face.width) * width,
        (face.y - _HAIR * face.height) * height,
        (face.x + (1 + _EARS) * face.width) * width,
        (face.y + (1 + _CHIN) * face.height) * height,
    )


def _within(keep: Keep, still: tuple[int, int]) -> Keep:
    """Without what lies outside the still."""
    width, height = still
    return Keep(max(keep.left, 0.0), max(keep.top, 0.0), min(keep.right, width), min(keep.bottom, height))
