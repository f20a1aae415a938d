"""A camera that is steered: each move of the timeline as poses and lenses, when its beat says so."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.diffusers.steering import steer
from studio.shot import Beat, Timeline

FRAMES, FPS = 65, 16


def steered(move, direction=None, start=0.0, end=4.0, level=2):
    beat = Beat(layer="camera", start=start, end=end, text="It moves.", move=move, direction=direction, level=level)
    return steer(Timeline(seconds=4.0, beats=(beat,)), FRAMES, FPS, 0, (1280, 704))


@pytest.mark.parametrize(
    ("move", "axis", "sign"),
    [
        ("dolly_in", 2, 1), ("dolly_out", 2, -1), ("truck_left", 0, -1), ("truck_right", 0, 1),
        ("pedestal_up", 1, -1), ("pedestal_down", 1, 1), ("fly_through", 2, 1),
    ],
)  # fmt: skip
def test_a_camera_that_travels_goes_straight_along_its_axis(move, axis, sign):
    poses, lenses = steered(move)
    way = poses[-1, :3, 3]
    assert way[axis] * sign > 1
    assert np.abs(np.delete(way, axis)).max() < 1e-5
    assert np.allclose(poses[:, :3, :3], np.eye(3), atol=1e-6) and np.allclose(lenses, lenses[0])


@pytest.mark.parametrize(
    ("move", "seen", "axis", "sign"),
    [
        ("pan_right", (0, 0, 1), 0, 1), ("pan_left", (0, 0, 1), 0, -1), ("tilt_up", (0, 0, 1), 1, -1),
        ("tilt_down", (0, 0, 1), 1, 1), ("roll_cw", (1, 0, 0), 1, 1), ("roll_ccw", (1, 0, 0), 1, -1),
    ],
)  # fmt: skip
def test_a_camera_that_turns_stays_where_it_is_and_looks_there(move, seen, axis, sign):
    poses, _ = steered(move)
    assert (poses[-1, :3, :3] @ np.array(seen))[axis] * sign > 0.1
    assert np.allclose(poses[:, :3, 3], 0, atol=1e-6)


def test_an_orbit_keeps_looking_at_the_same_point():
    poses, _ = steered("orbit", "right")
    point = np.array([0, 0, 10, 1])
    seen = np.linalg.inv(poses.astype(np.float64)) @ point
    assert poses[-1, 0, 3] > 1
    assert np.allclose(seen[:, :2], 0, atol=1e-4) and np.allclose(seen[:, 2], 10, atol=1e-4)


def test_a_zoom_changes_the_lens_alone():
    poses, lenses = steered("zoom_in")
    assert np.allclose(poses, np.eye(4), atol=1e-6)
    assert lenses[-1, 0] > 1.2 * lenses[0, 0] and np.allclose(lenses[:, 2:], (640, 352))


def test_a_camera_moves_within_its_beat_and_begins_at_the_still():
    poses, _ = steered("dolly_in", start=1.0, end=3.0)
    way = poses[:, 2, 3]
    assert np.allclose(poses[:17], np.eye(4), atol=1e-6)
    assert way[24] > 0.05 and np.allclose(way[48:], way[-1], atol=1e-4)


def test_a_hands_unrest_is_that_of_its_seed_and_begins_at_the_still():
    poses, _ = steered("handheld")
    assert np.allclose(poses[0], np.eye(4), atol=1e-6) and np.array_equal(poses, steered("handheld")[0])
    assert np.abs(poses - np.eye(4)).max() > 1e-3


def test_every_pose_is_a_turn_and_a_place():
    for move in ("orbit", "crane", "fpv", "aerial_move", "dolly_zoom"):
        poses, lenses = steered(move, level=3)
        turned = poses[:, :3, :3].astype(np.float64)
        assert np.allclose(turned @ turned.transpose(0, 2, 1), np.eye(3), atol=1e-5)
        assert np.allclose(np.linalg.det(turned), 1, atol=1e-5) and (lenses[:, :2] > 0).all()
