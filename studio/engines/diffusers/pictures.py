"""Pictures for a model, at the clip's size: cropped to its shape around the point of interest, then scaled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from studio.errors import ShotError
from studio.shot import Control

__all__ = ["fitted", "open_control"]


def fitted(picture: NDArray[np.uint8], size: tuple[int, int], focus: tuple[float, float]) -> Image.Image:
    """Crop and scale a picture.

    Args:
        picture: height × width × 3, RGB.
        size: width and height of the clip.
        focus: the point of interest, in fractions; the crop holds it as near its middle as the edges allow.
    """
    height, width = picture.shape[:2]
    scale = min(width / size[0], height / size[1])
    across, down = size[0] * scale, size[1] * scale
    left = float(np.clip(focus[0] * width - across / 2, 0, width - across))
    top = float(np.clip(focus[1] * height - down / 2, 0, height - down))
    box = (left, top, left + across, top + down)
    return Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS, box=box)


def open_control(control: Control) -> NDArray[np.uint8]:
    """Read the picture of a control: height × width × 3, RGB.

    Raises:
        ShotError: the file is missing or is no picture.
    """
    path = Path(control.path)
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as picture:
            return np.asarray(picture.convert("RGB"))
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as error:
        raise ShotError(
            f"the {control.kind.replace('_', ' ')}",
            path.name,
            expected="a picture that can be opened",
            action="Choose it again.",
        ) from error
