"""Rigid things stay rigid: segments follow colour, small ones get one depth, wide ones a plane; faces are flat."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.rigid import flatten_faces, make_rigid, segments
from studio.shot import Box
from tests.sketch_shots import textured

SHAPE = (64, 96)
RAMP = np.repeat(np.linspace(0, 1, SHAPE[0], dtype=np.float32)[:, None], SHAPE[1], axis=1)


def post_before_a_field():
    """A red post that stands on a green field under a blue sky, and where it is on the grid."""
    still = np.zeros((128, 192, 3), np.uint8)
    still[:64], still[64:] = (90, 140, 220), (60, 120, 50)
    still[20:110, 90:102] = (200, 30, 30)
    return still, (slice(12, 53), slice(46, 50))


def test_segments_follow_colour():
    still, post = post_before_a_field()
    labels = segments(still, SHAPE)
    assert labels.shape == SHAPE
    assert len(np.unique(labels[post])) == 1
    assert set(labels[post].ravel()).isdisjoint({labels[0, 0], labels[-1, 0]})
    assert labels[0, 0] != labels[-1, 0]


def test_an_upright_thing_gets_one_depth_where_the_guess_bends_it():
    still, post = post_before_a_field()
    rigid = make_rigid(RAMP, segments(still, SHAPE))
    assert np.ptp(RAMP[post]) > 0.5
    assert np.ptp(rigid[post]) < 1e-6
    assert RAMP[post].min() < rigid[post].mean() < RAMP[post].max()


def test_the_ground_keeps_its_slope():
    still, _ = post_before_a_field()
    rigid = make_rigid(RAMP, segments(still, SHAPE))
    np.testing.assert_allclose(rigid[36:, 4], RAMP[36:, 4], atol=0.02)


def test_a_wide_segment_that_no_plane_fits_keeps_its_guess():
    guess = RAMP.copy()
    guess[20:44, 30:66] = 1.0
    rigid = make_rigid(guess, np.zeros(SHAPE, np.intp))
    assert np.abs(rigid - guess).max() < 0.02


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([(16, 16), (16, 64), (40, 30)]),
    st.sampled_from([0, 255, None]),
    st.integers(0, 3),
)
def test_any_picture_gives_a_map_within_the_guess_s_range(shape, grey, seed):
    still = textured(shape[1] * 2, shape[0] * 2, seed) if grey is None else np.full((9, 9, 3), grey, np.uint8)
    guess = np.random.default_rng(seed).random(shape).astype(np.float32)
    rigid = make_rigid(guess, segments(still, shape))
    assert rigid.shape == shape
    assert rigid.dtype == np.float32
    assert guess.min() - 1e-6 <= rigid.min()
    assert rigid.max() <= guess.max() + 1e-6


def test_a_face_has_one_depth_and_the_rest_its_own():
    face = Box(x=0.4, y=0.2, width=0.2, height=0.3)
    flat = flatten_faces(RAMP, [face])
    inside = flat[14:30, 40:56]
    assert np.ptp(inside) < 0.01
    assert inside.mean() == pytest.approx(RAMP[14:30, 40:56].mean(), abs=0.03)
    np.testing.assert_array_equal(flat[:, :20], RAMP[:, :20])
    assert np.abs(np.diff(flat, axis=0)).max() < 0.15  # no cliff around it


def test_a_face_smaller_than_a_cell_changes_nothing():
    np.testing.assert_array_equal(flatten_faces(RAMP, [Box(x=0.5, y=0.5, width=0.002, height=0.002)]), RAMP)
