"""Photographs that come inside scikit-image's wheel, for tests that need real ones; nothing is downloaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import skimage
from PIL import Image

FACELESS = ("coffee", "chelsea", "rocket", "motorcycle_left", "grass", "gravel", "brick", "moon", "text", "page")
SHARP = ("astronaut", "coffee", "chelsea", "rocket", "camera", "motorcycle_left", "grass", "gravel")


@cache
def photo(name):
    """The pixels of a photo: height × width × 3, RGB."""
    folder = Path(skimage.__file__).parent / "data"
    path = next(path for path in (folder / f"{name}.png", folder / f"{name}.jpg") if path.exists())
    with Image.open(path) as picture:
        pixels = np.array(picture.convert("RGB"))
    pixels.setflags(write=False)
    return pixels


def scaled(pixels, factor):
    """The photo at another size."""
    height, width = pixels.shape[:2]
    return np.asarray(
        Image.fromarray(pixels).resize((round(width * factor), round(height * factor)), Image.Resampling.BICUBIC)
    )
