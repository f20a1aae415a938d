"""Beats become a smooth path: continuous, adding up, holding where the timeline holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.camera import AXES, TRAVEL, camera_path, ease, travel
from studio.shot import MOVES, Beat, Direction, Timeline

DIRECTIONS = [None, *Direction.__args__]


def beat(move, start=0.0, end=4.0, **options):
    return Beat(layer="camera", move=move, start=start, end=end, **options)


def path_of(*beats, seconds=4.0, fps=24, seed=0, loop=False):
    return camera_path(Timeline(seconds=seconds, beats=beats), round(seconds * fps), fps, seed, loop=loop)


@st.composite
def timelines(draw):
    seconds = draw(st.floats(0.5, 15))
    beats = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.floats(0, seconds * 0.8))
        end = draw(st.floats(min(seconds, start + 0.1), seconds))
        if end > start:
            options = {"level": draw(st.sampled_from([1, 2, 3])), "direction": draw(st.sampled_from(DIRECTIONS))}
            beats.append(beat(draw(st.sampled_from(MOVES)), start, end, **options))
    return Timeline(seconds=seconds, beats=tuple(beats))


def test_every_move_of_the_vocabulary_has_a_meaning():
    assert set(TRAVEL) == set(MOVES)


def test_every_move_but_a_still_camera_and_a_rack_of_focus_goes_somewhere_or_sways():
    for move in MOVES:
        assert path_of(beat(move)).any() == (move not in {"static", "rack_focus"}), move


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dolly_in", "dolly_out"),
        ("truck_left", "truck_right"),
        ("pedestal_up", "pedestal_down"),
        ("pan_left", "pan_right"),
        ("tilt_up", "tilt_down"),
        ("roll_cw", "roll_ccw"),
        ("zoom_in", "zoom_out"),
    ],
)
def test_opposite_moves_undo_each_other(one, other):
    np.testing.assert_allclose(travel(beat(one)), -travel(beat(other)))


def test_a_direction_says_which_way_an_open_move_goes():
    for move in ("pan", "orbit", "tracking", "whip_pan", "fast_move", "hyperlapse"):
        np.testing.assert_allclose(travel(beat(move, direction="left")), -travel(beat(move, direction="right"))), move


def test_a_direction_that_contradicts_a_closed_move_changes_nothing():
    np.testing.assert_array_equal(travel(beat("pan_left", direction="right")), travel(beat("pan_left")))


@given(st.floats(0, 1))
def test_easing_rises_from_nought_to_one_the_same_from_both_ends(progress):
    assert 0 <= ease(np.array(progress)) <= 1
    assert ease(np.array(progress)) + ease(np.array(1 - progress)) == pytest.approx(1)


def test_easing_starts_and_ends_at_rest():
    speed = np.gradient(ease(np.linspace(-0.2, 1.2, 1401)), 0.001)
    assert abs(speed[[190, 1210]]).max() < 1e-6
    assert np.abs(np.diff(speed)).max() < 0.02
    assert speed.min() >= -1e-9


@settings(max_examples=60, deadline=None)
@given(timelines())
def test_a_path_starts_at_rest_and_never_jumps(timeline):
    path = camera_path(timeline, round(timeline.seconds * 24) or 1, 24, 1)
    assert path.shape[1] == len(AXES)
    assert np.isfinite(path).all()
    np.testing.assert_allclose(path[0], 0, atol=1e-9)
    for beat_seconds in [min((b.seconds for b in timeline.beats), default=1.0)]:
        fine = camera_path(timeline, round(timeline.seconds * 960) or 1, 960, 1)
        furthest = sum(np.abs(travel(b)) for b in timeline.beats) + 0.1
        assert (np.abs(np.diff(fine, axis=0)).max(axis=0) <= furthest * 8 / 960 / min(beat_seconds, 0.5)).all()


def test_beats_that_overlap_add_up():
    pan, dolly = beat("pan_left", 0, 3), beat("dolly_in", 1, 4)
    np.testing.assert_allclose(path_of(pan, dolly), path_of(pan) + path_of(dolly))


def test_a_later_beat_starts_where_the_former_ended_and_rests_hold():
    path = path_of(beat("pan_left", 0, 1), beat("dolly_in", 3, 4))
    held = path[24:73]
    assert (held == held[0]).all()
    assert held[0][AXES.index("pan")] < 0
    assert held[0][AXES.index("dolly")] == 0


def test_no_beats_no_motion():
    assert not path_of().any()


def test_a_whip_pan_is_over_in_half_a_second():
    path = path_of(beat("whip_pan", 0, 4))[:, AXES.index("pan")]
    moving = np.flatnonzero(np.diff(path))
    assert len(moving) <= 13
    assert 36 < moving.mean() < 60


def test_the_seed_changes_only_a_hand_held_camera():
    assert (path_of(beat("orbit"), seed=1) == path_of(beat("orbit"), seed=2)).all()
    assert not (path_of(beat("handheld"), seed=1) == path_of(beat("handheld"), seed=2)).all()
    assert (path_of(beat("handheld"), seed=1) == path_of(beat("handheld"), seed=1)).all()


def test_the_frame_rate_does_not_change_where_the_camera_is():
    handheld = beat("handheld")
    np.testing.assert_allclose(path_of(handheld, fps=48)[::2], path_of(handheld, fps=24))


@settings(max_examples=60, deadline=None)
@given(timelines(), st.integers(0, 9))
def test_a_loop_closes_without_a_jump_in_place_or_speed(timeline, seed):
    frames = max(2, round(timeline.seconds * 240))
    path = camera_path(timeline, frames, 240, seed, loop=True)
    hops = np.diff(np.vstack([path, path[:2]]), axis=0)
    largest = np.abs(np.diff(hops[:-2], axis=0)).max(axis=0, initial=0.0)
    assert (np.abs(hops[-2]) <= np.abs(hops[:-2]).max(axis=0, initial=0.0) * 1.2 + 1e-3).all()
    assert (np.abs(np.diff(hops[-3:], axis=0)) <= 2 * largest + 1e-3).all()


def test_a_loop_of_one_move_is_out_by_the_middle_and_back_at_the_end():
    path = path_of(beat("dolly_in"), loop=True)[:, AXES.index("dolly")]
    assert path.argmax() == 48
    assert path.max() == pytest.approx(travel(beat("dolly_in")).max())
    assert path[-1] < 0.01 * path.max()


def test_beats_that_come_back_by_themselves_keep_their_times_in_a_loop():
    beats = beat("pan_left", 0, 2), beat("pan_right", 2, 4)
    np.testing.assert_allclose(path_of(*beats, loop=True), path_of(*beats))


def test_a_hand_that_holds_a_whole_loop_does_not_come_to_rest_at_its_seam():
    path = path_of(beat("handheld"), loop=True)
    assert np.abs(path[0]).max() < 1e-12
    assert np.abs(path[1] - path[0]).max() > 1e-4


def test_a_pan_to_the_left_and_back_to_the_right_returns():
    path = path_of(beat("pan_left", 0.24, 2), beat("pan_right", 2, 3.76))
    assert np.abs(path[-1]).max() < 1e-9
    assert path[48, AXES.index("pan")] < -0.05
