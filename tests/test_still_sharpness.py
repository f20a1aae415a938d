"""Blur lowers sharpness; noise, size, brightness and a soft background do not fool it."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from studio.still.sharpness import sharpness
from tests.photos import SHARP, photo, scaled

BLURS = (0.7, 1, 1.5, 2, 3, 5, 8)


def blurred(pixels, sigma):
    return cv2.GaussianBlur(pixels, (0, 0), sigma)


def noisy(pixels, sigma):
    noise = np.random.default_rng(0).normal(0, sigma, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("name", SHARP)
def test_the_more_a_photo_is_blurred_the_lower(name):
    values = [sharpness(photo(name)), *(sharpness(blurred(photo(name), sigma)) for sigma in BLURS)]
    assert all(after <= before for before, after in itertools.pairwise(values))
    assert values[0] > 0.7
    assert values[BLURS.index(3) + 1] < 0.25 and values[-1] < 0.05


@pytest.mark.parametrize("name", SHARP)
def test_noise_on_a_blurred_photo_is_not_taken_for_detail(name):
    assert sharpness(noisy(blurred(photo(name), 3), 5)) < 0.25


@pytest.mark.parametrize("name", SHARP)
def test_noise_on_a_sharp_photo_hardly_matters(name):
    assert abs(sharpness(noisy(photo(name), 8)) - sharpness(photo(name))) < 0.1


@pytest.mark.parametrize("name", SHARP)
def test_a_blur_of_the_same_share_of_the_frame_counts_alike_at_any_size(name):
    large, small = scaled(photo(name), 4), scaled(photo(name), 2)
    assert abs(sharpness(blurred(large, 12)) - sharpness(blurred(small, 6))) < 0.05


@pytest.mark.parametrize("name", ["coffee", "chelsea", "rocket", "motorcycle_left", "astronaut"])
def test_a_soft_background_is_no_blur(name):
    sharp = photo(name)
    soft = blurred(sharp, 5)
    height, width = sharp.shape[:2]
    middle = np.s_[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3]
    soft[middle] = sharp[middle]
    assert sharpness(soft) > 0.6


@pytest.mark.parametrize("name", SHARP)
def test_low_contrast_is_not_blur(name):
    pale = (photo(name) * 0.4 + 120).astype(np.uint8)
    assert abs(sharpness(pale) - sharpness(photo(name))) < 0.15


def test_a_picture_without_edges_is_not_sharp():
    flat = np.full((300, 400, 3), 90, np.uint8)
    assert sharpness(flat) == sharpness(noisy(flat, 8)) == 0


@pytest.mark.parametrize("size", [(64, 64), (64, 512), (512, 64), (65, 97)])
def test_the_smallest_stills_can_be_judged(size):
    assert 0 < sharpness(photo("grass")[: size[0], : size[1]]) <= 1
