"""The blocks of JPEG are seen in the pixels, wherever the grid lies; other pictures have none."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from studio.still.compression import compression
from tests.photos import SHARP, photo, scaled
from tests.pictures import encoded


def jpeg(pixels, quality):
    return np.asarray(Image.open(io.BytesIO(encoded(pixels, "JPEG", quality=quality))).convert("RGB"))


@pytest.mark.parametrize("name", SHARP)
def test_a_photo_that_was_not_compressed_shows_none(name):
    assert compression(photo(name)) < 0.1
    assert compression(scaled(photo(name), 2)) < 0.1


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea", "camera", "motorcycle_left", "rocket"])
def test_the_lower_the_quality_the_higher(name):
    values = [compression(jpeg(photo(name), quality)) for quality in (95, 75, 50, 20)]
    assert values == sorted(values)
    assert values[0] < 0.1 and values[1] < 0.4 and values[3] > 0.7


def test_a_crop_measures_like_the_whole():
    blocky = jpeg(photo("coffee"), 30)
    assert compression(blocky[3:, 5:]) == pytest.approx(compression(blocky), abs=0.1)


def test_stripes_are_not_blocks():
    stripes = np.zeros((256, 256, 3), np.uint8)
    stripes[:, ::8] = 90
    assert compression(stripes) == 0


@pytest.mark.parametrize("shape", [(1, 1, 3), (64, 64, 3), (33, 4000, 3)])
@pytest.mark.parametrize("level", [0, 255])
def test_flat_pictures_show_none(shape, level):
    assert compression(np.full(shape, level, np.uint8)) == 0


def test_noise_shows_none():
    assert compression(np.random.default_rng(0).integers(0, 256, (300, 400, 3)).astype(np.uint8)) == 0
