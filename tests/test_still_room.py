"""Room is where the picture goes on: beyond a plain border yes, beyond a cut subject no."""

from __future__ import annotations

from typing import get_args

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.picture import Box
from studio.still.room import Frame, frame, room
from studio.terms import Move
from tests.photos import photo

SHARES = st.floats(0, 1)


def wall(width=640, height=360):
    return np.full((height, width, 3), (170, 165, 160), np.uint8)


def judged(pixels, faces=(), subject=True, sharpness=1.0):
    return room(frame(pixels, faces, subject), min(pixels.shape[:2]), sharpness)


@given(st.tuples(SHARES, SHARES, SHARES, SHARES), SHARES, st.integers(1, 8000), SHARES)
@settings(deadline=None, max_examples=60)
def test_every_move_gets_a_share(sides, fill, lines, sharpness):
    shares = room(Frame(dict(zip(("left", "right", "up", "down"), sides, strict=True)), fill), lines, sharpness)
    assert set(shares) == set(get_args(Move))
    assert all(0 <= share <= 1 for share in shares.values()) and shares["static"] == 1


def test_a_plain_wall_goes_on_in_every_direction():
    shares = judged(wall(), subject=False)
    assert all(shares[move] > 0.95 for move in ("pan_left", "pan_right", "tilt_up", "tilt_down", "dolly_out", "crane"))


def test_a_subject_cut_by_the_border_leaves_no_room_there():
    shares = judged(cv2.circle(wall(), (610, 180), 70, (190, 40, 40), -1))
    assert shares["pan_right"] < 0.2 and shares["truck_right"] < 0.2
    assert shares["pan_left"] > 0.8


def test_a_busy_border_has_less_room_than_a_plain_one():
    pixels = wall()
    pixels[:, :200] = cv2.resize(np.random.default_rng(0).integers(0, 255, (18, 10, 3)).astype(np.uint8), (200, 360))
    shares = judged(pixels, subject=False)
    assert shares["pan_left"] < 0.5 < shares["pan_right"]
    assert shares["pan"] == shares["pan_right"]


def test_a_face_near_the_upper_edge_leaves_no_headroom():
    low, high = Box(x=0.4, y=0.4, width=0.2, height=0.2), Box(x=0.4, y=0.0, width=0.2, height=0.2)
    assert judged(wall(), (low,))["tilt_up"] > 0.9 > 0.1 > judged(wall(), (high,))["tilt_up"]


def test_moving_in_needs_pixels_and_sharpness():
    large, small = judged(wall(1920, 1080)), judged(wall(640, 360))
    assert large["dolly_in"] == 1 > small["dolly_in"] > small["crash_zoom"]
    assert judged(wall(1920, 1080), sharpness=0)["dolly_in"] < 0.5


def test_no_still_holds_the_far_side_of_things():
    assert judged(wall(1920, 1080), subject=False)["orbit"] <= 0.5


def test_a_mirrored_photo_has_mirrored_room():
    before, after = judged(photo("motorcycle_left")), judged(np.ascontiguousarray(photo("motorcycle_left")[:, ::-1]))
    assert before["pan_left"] == pytest.approx(after["pan_right"], abs=0.06)


@pytest.mark.parametrize("shape", [(1, 1, 3), (64, 64, 3), (64, 4000, 3), (4000, 64, 3)])
@pytest.mark.parametrize("level", [0, 255])
@pytest.mark.parametrize("subject", [True, False])
def test_pictures_of_any_shape_can_be_judged(shape, level, subject):
    assert all(0 <= share <= 1 for share in judged(np.full(shape, level, np.uint8), subject=subject).values())
