"""Photographs that come inside scikit-image's wheel, for tests that need real ones; nothing is downloaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import skimage
from PIL import Image, ImageDraw, ImageFont

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


def lettered(pixels, text, size, place, tilt=0.0, contrast=110):
    """The pixels with a line of lettering, and where it stands: (left, top, right, bottom) in pixels.

    ``size`` is the type's, in pixels: capitals are about 0.7 of it. The typeface ships with Pillow.
    """
    times = 4  # drawn larger and averaged, as a camera would
    font = ImageFont.load_default(size * times)
    left, top, right, bottom = font.getbbox(text)
    mask = Image.new("L", (int(right - left), int(bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), text, font=font, fill=255)
    mask = mask.rotate(tilt, expand=True, resample=Image.Resampling.BICUBIC)
    mask = mask.resize((max(1, mask.width // times), max(1, mask.height // times)), Image.Resampling.BOX)
    x, y = place
    ground = pixels[y : y + mask.height, x : x + mask.width].astype(np.float32)
    share = np.asarray(mask, np.float32)[: ground.shape[0], : ground.shape[1], None] / 255
    ink = np.clip(ground.mean(axis=(0, 1)) + (contrast if ground.mean() < 128 else -contrast), 0, 255)
    scene = pixels.copy()
    scene[y : y + mask.height, x : x + mask.width] = ground * (1 - share) + ink * share
    return scene, (x, y, x + mask.width, y + mask.height)


def tinted(pixels, gains):
    """The photo under light of another colour: linear gains for red, green and blue."""
    linear = (pixels / 255.0) ** 2.2 * np.array(gains)
    return (np.clip(linear, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def gelled(pixels, colours, seed=0):
    """The photo by night, each colour a lamp with a gel somewhere in it."""
    rng = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width]).reshape(2, 1, 1)
    light = np.full((height, width, 3), 0.03)
    for colour in colours:
        across, down = rng.uniform(0.2, 0.8, 2)
        near = np.exp(-((x - across) ** 2 + (y - down) ** 2) / 0.12)
        light += 1.5 * near[..., None] * (np.array(colour) / 255) ** 2.2
    return tinted(pixels, light)
