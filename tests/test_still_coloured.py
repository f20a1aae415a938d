"""Neon and gels are told apart from daylight, dusk, bulbs, casts and from colourful things."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.still.coloured import coloured
from tests.photos import gelled, photo, tinted

PHOTOS = ("coffee", "chelsea", "astronaut", "motorcycle_left", "camera", "brick")
GELS = {"pink and blue": ((255, 30, 160), (30, 80, 255)), "magenta": ((255, 0, 200),), "violet": ((130, 40, 255),)}
CASTS = {
    "golden hour": (1.1, 0.62, 0.25), "bulb": (1.2, 0.75, 0.4), "shade": (0.55, 0.8, 1.2), "sunset": (1.2, 0.45, 0.2),
    "blue hour": (0.1, 0.18, 0.4), "greenish": (0.8, 1.05, 0.8), "pinkish": (1.05, 0.8, 1.05),
}  # fmt: skip


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("gel", GELS)
def test_a_gel_is_seen(name, gel):
    measured = coloured(gelled(photo(name), GELS[gel], seed=1))
    assert measured.share > 0.1 and measured.hues >= 1


@pytest.mark.parametrize("name", [*PHOTOS, "rocket", "grass", "moon", "retina", "ihc"])
def test_a_photo_by_day_has_none(name):
    assert coloured(photo(name)).share < 0.05


@pytest.mark.parametrize("name", [*PHOTOS, "rocket"])
@pytest.mark.parametrize("cast", CASTS)
def test_sun_bulb_and_cast_are_no_gel(name, cast):
    assert coloured(tinted(photo(name), CASTS[cast])).share < 0.08


@pytest.mark.parametrize("colour", [(190, 15, 20), (20, 50, 190), (110, 20, 160), (240, 200, 40)])
def test_a_car_in_a_strong_colour_is_no_light(colour):
    street = (scaled_brick() // 2 + 60).astype(np.uint8)
    assert coloured(cv2.ellipse(street, (256, 300), (180, 90), 0, 0, 360, colour, -1)).share < 0.05


def scaled_brick():
    return np.array(photo("brick"))


def test_deep_shadow_is_counted():
    pixels = np.full((100, 100, 3), 120, np.uint8)
    pixels[:40] = 8
    assert coloured(pixels).low_key == pytest.approx(0.4, abs=0.02)


@pytest.mark.parametrize("shape", [(1, 1, 3), (64, 64, 3), (40, 4000, 3)])
@pytest.mark.parametrize("level", [0, 255])
def test_black_and_white_have_no_colour(shape, level):
    measured = coloured(np.full(shape, level, np.uint8))
    assert (measured.share, measured.hues, measured.low_key) == (0, 0, float(level == 0))
