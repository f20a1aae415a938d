"""What is clipped, at which end, and where."""

from __future__ import annotations

import numpy as np
import pytest

from studio.still.clipping import clipping
from tests.photos import photo


def flat(level, width=90, height=70):
    return np.full((height, width, 3), level, np.uint8)


@pytest.mark.parametrize(("level", "dark", "bright"), [(0, 1, 0), (255, 0, 1), (128, 0, 0)])
def test_one_end_or_the_other(level, dark, bright):
    measured = clipping(flat(level))
    assert (measured.dark, measured.bright) == (dark, bright)


def test_shares_and_places_of_large_areas():
    pixels = flat(128, 100, 80)
    pixels[:, :10], pixels[:40, 60:] = 0, 255
    measured = clipping(pixels)
    assert (measured.dark, measured.bright) == pytest.approx((0.1, 0.2))
    sky, shade = measured.areas
    assert (sky.text, sky.x, sky.y, sky.width, sky.height) == ("bright", 0.6, 0, 0.4, 0.5)
    assert (shade.text, shade.x, shade.width) == ("dark", 0, 0.1)


def test_a_strong_colour_is_not_clipped():
    pixels = flat(0)
    pixels[..., 0] = 255
    assert clipping(pixels) == (0, 0, ())


@pytest.mark.parametrize("name", ["coffee", "chelsea", "motorcycle_left"])
def test_the_more_a_photo_is_overexposed_the_more_is_clipped(name):
    shares = [clipping(np.clip(photo(name) * gain, 0, 255).astype(np.uint8)).bright for gain in (1.0, 2.0, 4.0, 8.0)]
    assert shares == sorted(shares) and shares[0] < 0.05 and shares[-1] > 0.3


def test_specks_have_no_box():
    noise = np.random.default_rng(0).choice([0, 128, 255], (200, 300, 1)).astype(np.uint8).repeat(3, 2)
    measured = clipping(noise)
    assert measured.dark == pytest.approx(1 / 3, abs=0.02) and measured.areas == ()
