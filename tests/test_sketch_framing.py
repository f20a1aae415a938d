"""No frame ever looks past the still's edge, whatever the camera does and however near the picture's parts are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.camera import AXES, camera_path
from studio.engines.sketch.framing import frame_path
from studio.engines.sketch.geometry import FAR, NEAR, Optics
from studio.engines.sketch.keeping import what_stays
from studio.shot import Beat, Box, Timeline
from tests.test_sketch_camera import timelines

SIZES = st.tuples(st.integers(64, 3000), st.integers(64, 3000))
FOCUS = st.tuples(st.floats(0, 1), st.floats(0, 1))


def path_of(move, level=2, direction=None):
    beat = Beat(layer="camera", move=move, start=0, end=4, level=level, direction=direction)
    return camera_path(Timeline(seconds=4, beats=(beat,)), 96, 24, 0)


@settings(max_examples=60, deadline=None)
@given(timelines(), SIZES, st.floats(0.4, 2.5), FOCUS)
def test_every_point_of_every_frame_lies_on_the_still_at_any_depth(timeline, size, aspect, focus):
    path = camera_path(timeline, max(1, round(timeline.seconds * 12)), 12, 3)
    framing = frame_path(path, size, aspect, focus)
    u, v = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 1, 9))
    x = framing.left + u.ravel()[:, None] * framing.width
    y = framing.top + v.ravel()[:, None] * framing.height
    pose = framing.path[:, None, None, :]
    x, y, ahead = framing.optics.unrotate(pose, x, y)
    x, y = framing.optics.untranslate(pose, x, y, np.linspace(FAR, NEAR, 7))
    slack = 0.002 * max(size)
    assert ahead.min() > 0
    assert x.min() > -slack
    assert x.max() < size[0] + slack
    assert y.min() > -slack
    assert y.max() < size[1] + slack


@settings(max_examples=60, deadline=None)
@given(timelines(), SIZES, st.floats(0.4, 2.5), FOCUS)
def test_the_window_has_the_frames_shape_and_is_never_too_tight(timeline, size, aspect, focus):
    framing = frame_path(camera_path(timeline, 24, 12, 3), size, aspect, focus)
    assert framing.width / framing.height == pytest.approx(aspect, rel=1e-6)
    assert 0.59 < framing.crop <= 1
    assert 0 <= framing.walked <= 1


@pytest.mark.parametrize("move", ["static", "dolly_in", "zoom_in", "crash_zoom"])
def test_a_push_in_needs_no_crop(move):
    assert frame_path(path_of(move), (768, 512), 1.5, (0.5, 0.5)).crop == 1.0


@pytest.mark.parametrize("move", ["dolly_out", "pan_left", "tilt_up", "truck_right", "orbit", "roll_cw", "handheld"])
def test_other_moves_at_level_two_keep_at_least_three_quarters(move):
    framing = frame_path(path_of(move), (768, 512), 1.5, (0.5, 0.5))
    assert 0.75 <= framing.crop < 1
    assert framing.walked == 1


def test_a_pan_starts_where_it_has_room_to_go():
    right = frame_path(path_of("pan_right"), (768, 512), 1.5, (0.5, 0.5))
    left = frame_path(path_of("pan_left"), (768, 512), 1.5, (0.5, 0.5))
    assert right.left < left.left


def test_a_path_that_is_too_long_is_walked_in_part():
    framing = frame_path(path_of("pan_left") * 10, (768, 512), 1.5, (0.5, 0.5))
    assert 0 < framing.walked < 0.9
    assert framing.crop >= 0.59


def test_nothing_is_magnified_past_recognition():
    framing = frame_path(path_of("zoom_in") * 50, (768, 512), 1.5, (0.5, 0.5))
    assert framing.magnified < 3.1


def test_another_shape_is_cut_out_around_the_focus():
    framing = frame_path(path_of("static"), (1600, 900), 9 / 16, (0.8, 0.5))
    assert framing.left + framing.width / 2 == pytest.approx(1280)
    assert framing.height == pytest.approx(900)


def test_at_rest_a_point_is_seen_where_it_lies():
    optics = Optics(300, 200, (120, 90), (150, 100))
    x, y, _ = optics.unrotate(np.zeros(len(AXES)), np.array([3.0, 299.0]), np.array([7.0, 150.0]))
    x, y = optics.untranslate(np.zeros(len(AXES)), x, y, np.array([FAR, NEAR]))
    np.testing.assert_allclose([x, y], [[3.0, 299.0], [7.0, 150.0]])


@pytest.mark.parametrize("move", ["orbit", "truck_right", "pan_right", "handheld", "dolly_in", "dolly_out", "zoom_in"])
def test_a_head_near_the_upper_edge_stays_whole(move):
    face = Box(x=0.35, y=0.13, width=0.18, height=0.18)
    keeps = what_stays((face,), (512, 512), face.centre)
    framing = frame_path(path_of(move), (512, 512), 1.0, face.centre, keeps)
    hair = np.array([face.centre[0], face.y - 0.5 * face.height])
    for number in range(0, 96, 5):
        assert seen_at(framing, number, hair)[1] > -0.01


def test_a_push_in_on_who_is_whole_in_the_picture_keeps_the_feet():
    face = Box(x=0.42, y=0.26, width=0.07, height=0.11)
    keeps = what_stays((face,), (768, 512), face.centre)
    framing = frame_path(path_of("dolly_in", level=1), (768, 512), 1.5, face.centre, keeps)
    places = np.array([(0.45, 0.99), (0.45, 0.21), (0.36, 0.95)])
    for number in range(0, 96, 5):
        assert all(-0.01 < seen_at(framing, number, place)[1] < 1.01 for place in places)


def test_two_who_stand_side_by_side_both_stay_whole():
    faces = tuple(Box(x=x, y=0.3, width=0.12, height=0.2) for x in (0.16, 0.72))
    keeps = what_stays(faces, (768, 512), faces[0].centre)
    framing = frame_path(path_of("orbit"), (768, 512), 1.5, faces[0].centre, keeps)
    for number in range(0, 96, 5):
        for face in faces:
            for x in (face.x, face.x + face.width):
                assert 0 < seen_at(framing, number, np.array([x, face.centre[1]]))[0] < 1


@pytest.mark.parametrize("move", ["dolly_in", "dolly_out", "zoom_in", "truck_right"])
def test_a_thing_that_is_whole_stays_so_and_one_that_the_edge_cuts_is_no_burden(move):
    tall, cut = (Box(x=0.15, y=y, width=0.25, height=high) for y, high in ((0.06, 0.82), (0.25, 0.75)))
    for thing, ends in ((tall, (0.07, 0.87)), (cut, (0.26,))):
        keeps = what_stays((), (768, 512), (0.28, 0.4), thing)
        framing = frame_path(path_of(move, 1), (768, 512), 1.5, (0.28, 0.4), keeps, spares=True)
        assert framing.walked > 0.55 and framing.spared == (framing.walked < 1)
        for number in range(0, 96, 15):
            assert all(-0.01 < seen_at(framing, number, np.array([0.28, end]))[1] < 1.01 for end in ends)


def test_without_a_face_the_window_keeps_to_the_middle():
    keeps = what_stays((), (768, 512), (0.5, 0.5))
    framing = frame_path(path_of("orbit"), (768, 512), 1.5, (0.5, 0.5), keeps)
    bare = frame_path(path_of("orbit"), (768, 512), 1.5, (0.5, 0.5))
    assert (framing.left, framing.top, framing.crop) == (bare.left, bare.top, bare.crop)


def seen_at(framing, number, place):
    """Where a place of the still that is as far as the focus is seen, in fractions of the frame."""
    left, top, width, height = framing.window(number)
    u, v = np.meshgrid(np.linspace(-0.2, 1.2, 141), np.linspace(-0.2, 1.2, 141))
    pose = framing.path[number]
    x, y, _ = framing.optics.unrotate(pose, left + u * width, top + v * height)
    x, y = framing.optics.untranslate(pose, x, y, np.zeros(1))
    place = place * (framing.optics.width, framing.optics.height)
    nearest = int(np.hypot(x - place[0], y - place[1]).argmin())
    return u.ravel()[nearest], v.ravel()[nearest]
