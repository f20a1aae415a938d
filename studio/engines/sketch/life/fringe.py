"""The last pixels of a sky, between what was found of it and what stands before it.

Sky is found a little coarsely, and thin things are left out with a border of their own. Where that border has the sky's
own colour it must leave with the clouds: else a fringe of the old cloud stays around every spire.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.look import holding, strongest

__all__ = ["filled", "up_to_things"]

Mask = NDArray[np.uint8]

_REACH = 0.014
"""How wide a fringe may be, as a share of the picture's longer side."""

_STANDS_OUT = 56
"""How unlike the sky, of 255, what stands there must be for its own edge to be known."""

_ALIKE, _FADES = 0.17, 0.2
"""How unlike the sky behind it the sky may be, as a share of how unlike the thing is; and the width of its edge."""

_WHOLLY, _THING = 250, 64
"""Cover from which a place is sky, and up to which it is surely something else."""


def up_to_things(picture: NDArray[np.uint8], cover: Mask, behind: NDArray[np.uint8], kept: Mask) -> Mask:
    """Let a sky go on up to the edges of what stands before it.

    Args:
        picture: height × width × 3, RGB.
        cover: height × width: the sky; 0 where something stands in front.
        behind: the picture with the sky carried on behind that.
        kept: what is no sky whatever its colour, where it is not 0.

    Returns:
        A cover that is nowhere less.
    """
    reach = max(3, round(_REACH * max(cover.shape)))
    around = np.ones((2 * reach + 1,) * 2, np.uint8)
    near = (cv2.dilate((cover > 127).astype(np.uint8), around) > 0) & (cover < 255) & (kept == 0)
    unlike = cv2.GaussianBlur(strongest(cv2.absdiff(picture, behind)), (3, 3), 0.6)
    thing = np.asarray(cv2.dilate(np.where(cover < 255, unlike, 0).astype(np.uint8), around), np.float32)
    share = np.clip((_ALIKE + _FADES - unlike / np.maximum(thing, 1)) / _FADES, 0, 1)
    grown = np.where(near & (thing > _STANDS_OUT), share * 255 + 0.5, 0).astype(np.uint8)
    return np.asarray(cv2.max(cover, _joined(grown, cover)), np.uint8)


def filled(cover: Mask) -> Mask:
    """A cover without places that are half sky and lie in open sky, at no thing: what stays behind there is an arc."""
    things = holding(cover < _WHOLLY, cover <= _THING, 8)
    return np.where(things, cover, 255).astype(np.uint8)


def _joined(grown: Mask, cover: Mask) -> Mask:
    """What of it goes on from the sky: a pale window behind the edge of a tower does not."""
    return np.where(holding((grown > 60) | (cover > 127), cover > 127, 4), grown, 0).astype(np.uint8)
