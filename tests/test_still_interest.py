"""The camera is pointed at what a person would look at, and does not jump for a trifle."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.shot import Box
from studio.still.interest import point_of_interest, saliency
from tests.photos import FACELESS, photo


def spot(x, y, width=320, height=200, radius=24):
    """A red disc on a wall that darkens to the right."""
    scene = np.dstack([np.tile(np.linspace(170, 110, width), (height, 1))] * 3).astype(np.uint8)
    return cv2.circle(scene, (round(x * width), round(y * height)), radius, (200, 40, 40), -1)


def test_the_largest_face_wins():
    faces = (Box(x=0.1, y=0.2, width=0.2, height=0.2), Box(x=0.7, y=0.2, width=0.1, height=0.1))
    assert point_of_interest(spot(0.8, 0.5), faces) == (pytest.approx((0.2, 0.3)), "face")


@pytest.mark.parametrize("place", [(0.25, 0.3), (0.75, 0.3), (0.3, 0.7), (0.7, 0.75), (0.5, 0.5)])
def test_a_thing_that_stands_out_is_found(place):
    point, how = point_of_interest(spot(*place), ())
    assert how == "saliency"
    assert np.hypot(point[0] - place[0], point[1] - place[1]) < 0.08


@pytest.mark.parametrize(
    ("name", "left", "top", "right", "bottom"),
    [
        ("coffee", 0.2, 0.05, 0.8, 0.9),  # the cup and its saucer
        ("chelsea", 0.2, 0.15, 0.8, 0.9),  # the cat's face
        ("rocket", 0.45, 0.25, 0.55, 1.0),
        ("camera", 0.15, 0.05, 0.65, 0.7),  # the man or his camera
        ("motorcycle_left", 0.15, 0.2, 0.9, 0.85),
        ("moon", 0.4, 0.7, 0.6, 0.95),  # the dark crater
    ],
)
def test_in_photos_it_lies_on_the_subject(name, left, top, right, bottom):
    (x, y), _ = point_of_interest(photo(name), ())
    assert left <= x <= right and top <= y <= bottom


@pytest.mark.parametrize("colour", [0, 90, 255])
def test_where_nothing_stands_out_it_is_the_centre(colour):
    assert point_of_interest(np.full((90, 160, 3), colour, np.uint8), ()) == ((0.5, 0.5), "centre")


@pytest.mark.parametrize("name", FACELESS)
def test_noise_and_a_bit_less_light_hardly_move_it(name):
    before, _ = point_of_interest(photo(name), ())
    noise = np.random.default_rng(0).normal(0, 6, photo(name).shape)
    after, _ = point_of_interest(np.clip(photo(name) * 0.9 + noise, 0, 255).astype(np.uint8), ())
    assert np.hypot(before[0] - after[0], before[1] - after[1]) < 0.08


@pytest.mark.parametrize("name", ["coffee", "chelsea", "rocket", "motorcycle_left", "moon"])
def test_a_mirrored_photo_has_a_mirrored_point(name):
    (x, y), _ = point_of_interest(photo(name), ())
    (mirrored_x, mirrored_y), _ = point_of_interest(np.ascontiguousarray(photo(name)[:, ::-1]), ())
    assert abs(mirrored_x - (1 - x)) < 0.02 and abs(mirrored_y - y) < 0.02


def test_the_map_is_never_negative_and_has_the_pictures_shape():
    salience = saliency(photo("rocket"))
    assert salience.min() >= 0
    assert salience.shape[1] / salience.shape[0] == pytest.approx(640 / 427, rel=0.02)
