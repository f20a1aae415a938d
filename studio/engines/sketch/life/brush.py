"""The motion brush: where the person painted what may move, a picture of the still's shape."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from studio.errors import ShotError
from studio.shot import Shot

__all__ = ["read_brush"]

_SHAPE_OFF = 0.02
_LARGEST = 4096 * 4096


def read_brush(shot: Shot) -> NDArray[np.uint8] | None:
    """Read the shot's motion brush.

    A picture with transparency is painted where it is opaque, any other where it is bright. Its strength scales it.

    Returns:
        height × width at the brush's own scale, 0 (nothing moves) to 255; None where the shot has none.

    Raises:
        ShotError: the file is missing, is not a picture, has another shape than the still, or is empty.
    """
    control = next((control for control in shot.controls if control.kind == "motion_brush"), None)
    if control is None:
        return None
    still = shot.still
    try:
        with Image.open(control.path) as picture:
            if picture.width * picture.height > _LARGEST:
                raise ShotError(
                    "the motion brush",
                    f"{picture.width} × {picture.height}",
                    expected=f"the still's size, {still.width} × {still.height}",
                    action="Paint it on this still.",
                )
            clear = "A" in picture.getbands() or "transparency" in picture.info
            mask = np.array(picture.convert("RGBA").getchannel("A") if clear else picture.convert("L"))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as error:
        if isinstance(error, ShotError):
            raise
        raise ShotError(
            "the motion brush", Path(control.path).name, expected="a picture (PNG)", action="Paint it again."
        ) from error
    height, width = mask.shape
    if abs(width / height / (still.width / still.height) - 1) > _SHAPE_OFF:
        raise ShotError(
            "the motion brush",
            f"{width} × {height}",
            expected=f"the shape of the still, {still.width} × {still.height}",
            action="Paint it on this still.",
        )
    if not (mask > 127).any():
        raise ShotError(
            "the motion brush",
            "nothing painted",
            expected="a painted place",
            action="Paint what moves, or take it out.",
        )
    long = max(width, height)
    if long > 1024:  # a mask needs no more
        mask = cv2.resize(mask, (round(width * 1024 / long), round(height * 1024 / long)), interpolation=cv2.INTER_AREA)
    return np.asarray(mask, np.uint8)
