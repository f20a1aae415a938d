"""What flies before the clouds stays when they go, and shreds of clouds are no birds."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.engines.sketch.life.flying import find_flying

DARK, WHITE = (40, 40, 50), (245, 245, 245)


def open_sky():
    rows = np.linspace(0, 1, 320, dtype=np.float32)[:, None, None]
    pixels = np.tile(((90, 140, 210) + rows * (60, 40, 20)).astype(np.uint8), (1, 480, 1))
    cover = np.full((320, 480), 255, np.uint8)
    cover[260:] = 0
    pixels[260:] = (60, 50, 40)
    return pixels, cover


def fly(pixels, at, colour):
    """A bird with spread wings, as soft as a lens makes it."""
    wings = np.array([(-9, -5), (0, 0), (9, -5), (0, 3)]) + at
    drawn = cv2.fillPoly(pixels.copy(), [wings.astype(np.int32)], colour, cv2.LINE_AA)
    pixels[:] = cv2.GaussianBlur(drawn, (0, 0), 0.6)


@pytest.mark.parametrize("colour", [DARK, WHITE])
def test_a_bird_is_found_whole_and_nothing_beside_it(colour):
    bare, cover = open_sky()
    pixels = bare.copy()
    fly(pixels, (200, 100), colour)
    found = find_flying(pixels, cover)
    bird = np.abs(pixels.astype(int) - bare).max(axis=2) > 60
    bird[250:] = False
    assert bird.sum() > 40
    assert (found[bird] > 0).all()
    found[88:110, 186:214] = 0
    assert not found.any()


def test_shreds_and_gaps_of_clouds_are_not():
    pixels, cover = open_sky()
    for at, reach, colour in (
        ((90, 80), 40, WHITE),
        ((100, 70), 6, DARK),
        ((300, 120), 7, WHITE),
        ((330, 100), 25, WHITE),
    ):
        cv2.circle(pixels, at, reach, colour, -1)
    pixels[:250] = cv2.GaussianBlur(pixels, (0, 0), 3)[:250]
    assert not find_flying(pixels, cover).any()


def test_what_stands_on_the_ground_does_not_fly():
    pixels, cover = open_sky()
    pixels[200:262, 240:243] = DARK
    assert not find_flying(pixels, cover).any()
