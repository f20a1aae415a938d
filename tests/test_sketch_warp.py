"""What is rendered never folds, tears, jumps or shows anything outside the still."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studio.engines.sketch.camera import camera_path
from studio.engines.sketch.framing import frame_path
from studio.engines.sketch.geometry import FAR, NEAR
from studio.engines.sketch.straight import NO_LINES
from studio.engines.sketch.warp import Warp, limit_slope
from studio.shot import MOVES, Beat, Timeline
from tests.sketch_shots import textured

LIFTS = arrays(np.float32, (16, 24), elements=st.floats(-0.5, 0.375, width=16))


def warp_of(move, lift=None, level=3, still=None, size=(192, 128), frames=24, lines=NO_LINES):
    still = textured(384, 256) if still is None else still
    beat = Beat(layer="camera", move=move, start=0, end=2, level=level)
    path = camera_path(Timeline(seconds=2, beats=(beat,)), frames, 12, 0)
    framing = frame_path(path, (still.shape[1], still.shape[0]), size[0] / size[1], (0.5, 0.5))
    lift = steep() if lift is None else lift
    return Warp(still, lift, framing, size, lines)


def steep():
    """The worst disparity there is: a near square, hard-edged, before the far."""
    lift = np.full((64, 96), FAR, np.float32)
    lift[20:44, 30:66] = NEAR
    return lift


@settings(max_examples=40, deadline=None)
@given(LIFTS, st.floats(0.01, 0.5))
def test_a_limited_map_is_nowhere_lower_and_nowhere_steeper(lift, slope):
    limited = limit_slope(lift, slope)
    assert np.abs(np.diff(limited, axis=0)).max() <= slope + 1e-4
    assert np.abs(np.diff(limited, axis=1)).max() <= slope + 1e-4
    assert (limited >= lift - slope - 1e-4).all()
    assert limited.max() <= NEAR + 1e-6


def test_what_is_near_keeps_one_depth():
    limited = limit_slope(steep(), 0.02)
    assert (limited[22:42, 32:64] == np.float32(NEAR)).all()


@pytest.mark.parametrize("move", MOVES)
def test_no_move_folds_the_picture(move):
    warp = warp_of(move)
    for number in (6, 12, 23):
        where = warp.coordinates(number)
        along, down = np.gradient(where, axis=1), np.gradient(where, axis=0)
        area = along[..., 0] * down[..., 1] - along[..., 1] * down[..., 0]
        assert area.min() > 0


@pytest.mark.parametrize("move", MOVES)
def test_no_move_looks_past_the_edge(move):
    warp = warp_of(move)
    for number in range(0, 24, 3):
        where = warp.coordinates(number)
        assert where.min() >= 0
        assert where[..., 0].max() <= 384
        assert where[..., 1].max() <= 256


@pytest.mark.parametrize("move", ["dolly_out", "pan_left", "orbit", "roll_cw", "handheld", "truck_right", "crane"])
def test_a_border_painted_around_the_still_is_never_seen(move):
    still = np.full((256, 384, 3), 90, np.uint8)
    still[:, [0, -1]] = still[[0, -1]] = (255, 0, 255)
    warp = warp_of(move, still=still)
    for number in range(0, 24, 3):
        assert (warp.frame(number)[..., 0] < 140).all()


@pytest.mark.parametrize("move", ["dolly_in", "orbit", "truck_left", "pedestal_up", "fly_through"])
def test_the_inverse_map_has_settled(move, monkeypatch):
    warp = warp_of(move)
    settled = warp.coordinates(23)
    monkeypatch.setattr("studio.engines.sketch.warp._ROUNDS", 40)
    np.testing.assert_allclose(settled, warp.coordinates(23), atol=0.15)


@pytest.mark.parametrize("move", [move for move in MOVES if move not in ("whip_pan", "crash_zoom")])
def test_from_frame_to_frame_nothing_jumps(move):
    warp = warp_of(move, level=2)
    places = [warp.coordinates(number) for number in range(24)]
    hops = [np.hypot(*np.moveaxis(b - a, 2, 0)).max() for a, b in pairwise(places)]
    assert max(hops) < 0.035 * 384


@pytest.mark.parametrize("size", [(192, 128), (190, 126), (64, 200), (18, 16)])
def test_the_first_frame_is_the_still_in_its_window(size):
    warp = warp_of("dolly_in", size=size)
    framing = warp.framing
    where = warp.coordinates(0)
    x = framing.left + (np.arange(size[0]) + 0.5) * framing.width / size[0]
    y = framing.top + (np.arange(size[1]) + 0.5) * framing.height / size[1]
    np.testing.assert_allclose(where[..., 0], np.broadcast_to(x, size[::-1]), atol=0.01)
    np.testing.assert_allclose(where[..., 1], np.broadcast_to(y[:, None], size[::-1]), atol=0.01)
