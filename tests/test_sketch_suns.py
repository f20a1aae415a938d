"""The sun stays where it is while the clouds go by."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engines.sketch.life.suns import find_suns

WIDTH, HEIGHT = 384, 256
OPEN = np.full((HEIGHT, WIDTH), 255, np.uint8)


def glowing(x, y, reach=45.0):
    """A blue sky with a sun in its glow."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    glow = np.exp(-((np.hypot(columns - x, rows - y) / reach) ** 2))[..., None]
    sky = np.array([120, 150, 200], np.float32)
    pixels = np.clip(sky + 190 * glow, 0, 255).astype(np.uint8)
    cv2.circle(pixels, (x, y), 14, (255, 255, 255), -1)
    return pixels


def test_the_sun_is_held_with_its_glow_and_the_sky_beside_it_is_not():
    held = find_suns(glowing(240, 100), OPEN)
    assert held[90:110, 230:250].min() == 255
    assert not held[:, :60].any()


def test_white_clouds_and_an_empty_sky_are_no_suns():
    pixels = np.full((HEIGHT, WIDTH, 3), (120, 150, 200), np.uint8)
    assert not find_suns(pixels, OPEN).any()
    cv2.ellipse(pixels, (120, 80), (60, 24), 0, 0, 360, (252, 252, 252), -1)
    cv2.circle(pixels, (260, 90), 16, (252, 252, 252), -1)
    assert not find_suns(pixels, OPEN).any()


def test_what_shines_on_the_ground_is_no_sun():
    assert not find_suns(glowing(240, 100), np.zeros_like(OPEN)).any()
