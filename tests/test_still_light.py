"""Brightness and colour, in known amounts."""

from __future__ import annotations

import numpy as np
import pytest

from studio.still.light import light
from tests.photos import photo


def flat(*colour):
    return np.full((70, 90, 3), colour, np.uint8)


@pytest.mark.parametrize(
    ("colour", "exposure", "saturation"),
    [
        ((0, 0, 0), 0, 0),
        ((255, 255, 255), 1, 0),
        ((128, 128, 128), 0.502, 0),
        ((255, 0, 0), 0.2126, 1),
        ((0, 255, 0), 0.7152, 1),
        ((200, 100, 100), 0.4757, 0.5),
    ],
)
def test_known_colours(colour, exposure, saturation):
    assert light(flat(*colour)) == pytest.approx((exposure, saturation), abs=0.003)


@pytest.mark.parametrize("name", ["coffee", "chelsea", "astronaut", "rocket"])
def test_a_darker_print_of_a_photo_has_less_exposure_and_the_same_colour(name):
    bright, dark = light(photo(name)), light((photo(name) * 0.5).astype(np.uint8))
    assert dark.exposure == pytest.approx(bright.exposure / 2, abs=0.01)
    assert dark.saturation == pytest.approx(bright.saturation, abs=0.04)


def test_grey_has_no_saturation():
    assert light(photo("camera")).saturation == 0


def test_a_large_picture_measures_like_a_small_one():
    large = np.kron(photo("coffee"), np.ones((4, 4, 1), np.uint8))
    assert light(large) == pytest.approx(light(photo("coffee")), abs=0.01)
