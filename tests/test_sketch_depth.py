"""Near and far by rule: right about the common picture, level on the thing in focus, the same every time."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.depth import blend, estimate_disparity, grid_size, lift_above_focus, steady
from studio.engines.sketch.geometry import FAR, NEAR
from tests.sketch_shots import textured
from tests.test_sketch_moves import standing_box


def test_the_ground_comes_nearer_towards_the_lower_edge():
    column = estimate_disparity(standing_box(), (0.5, 0.5))[:, 2]
    assert (np.diff(column) >= 0).all()
    assert column[0] < 0.05
    assert column[-1] > 0.8


def test_what_stands_upright_has_one_depth_the_ground_s_at_its_foot():
    disparity = estimate_disparity(standing_box(), (0.5, 0.5))
    rows, columns = disparity.shape
    box = disparity[int(0.34 * rows) : int(0.66 * rows), int(0.42 * columns) : int(0.58 * columns)]
    foot = disparity[round(0.7 * rows), 2]
    assert np.ptp(box) < 0.1
    assert box.mean() == pytest.approx(foot, abs=0.15)
    assert box.mean() > disparity[int(0.4 * rows), 2] + 0.2


@pytest.mark.parametrize("seed", range(3))
def test_the_same_still_gives_the_same_depth(seed):
    cv2.setRNGSeed(seed)
    first = estimate_disparity(textured(seed=seed), (0.4, 0.6))
    cv2.setRNGSeed(seed + 7)
    np.testing.assert_array_equal(first, estimate_disparity(textured(seed=seed), (0.4, 0.6)))


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from([(16, 16), (400, 20), (20, 400), (96, 96), (3, 3)]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.sampled_from([0, 128, 255, None]),
)
def test_any_picture_and_any_focus_give_a_usable_map(size, focus, grey):
    still = textured(*size) if grey is None else np.full((size[1], size[0], 3), grey, np.uint8)
    disparity = estimate_disparity(still, focus)
    assert disparity.dtype == np.float32
    assert np.isfinite(disparity).all()
    assert disparity.min() >= 0
    assert disparity.max() <= 1
    lift = lift_above_focus(disparity, focus)
    assert lift.min() >= np.float32(FAR)
    assert lift.max() <= np.float32(NEAR)


def test_the_focus_lies_at_no_lift():
    lift = lift_above_focus(estimate_disparity(standing_box(), (0.5, 0.5)), (0.5, 0.5))
    rows, columns = lift.shape
    assert abs(lift[rows // 2, columns // 2]) < 0.02


def test_it_is_nearer_to_a_stereo_measurement_than_a_ramp_is():
    """One photograph with measured disparity, the only one at hand: scikit-image's motorcycle."""
    data = pytest.importorskip("skimage.data")
    left, _, true = data.stereo_motorcycle()
    guess = cv2.resize(estimate_disparity(left, (0.5, 0.5)), true.shape[::-1])
    known = np.isfinite(true) & (true > 0)
    ramp = np.repeat(np.linspace(0, 1, len(true))[:, None], true.shape[1], axis=1)
    found, plain = (np.corrcoef(values[known], true[known])[0, 1] for values in (guess, ramp))
    assert found > max(0.70, plain)


def test_a_cap_of_another_colour_stands_at_its_bottle_s_depth():
    still = np.full((240, 180, 3), (205, 140, 110), np.uint8)
    still[170:] = (190, 170, 150)
    still[80:200, 60:120] = (150, 40, 10)
    still[50:80, 75:105] = (60, 35, 30)
    still = np.clip(still + 0.1 * (textured(180, 240).astype(np.float32) - 128), 0, 255).astype(np.uint8)
    disparity = estimate_disparity(still, (0.5, 0.58))
    rows, columns = disparity.shape
    cap, bottle = disparity[int(0.27 * rows), columns // 2], disparity[int(0.6 * rows), columns // 2]
    assert cap == pytest.approx(bottle, abs=0.1)


@pytest.mark.parametrize("size", [(300, 200), (20, 400)])
def test_half_of_the_depth_is_ground_and_centre(size):
    grid = grid_size(textured(*size))
    drawn = np.zeros((32, 48), np.float32)
    drawn[:, 24:] = 1.0
    both = blend(drawn, grid)
    assert both.shape == grid[::-1]
    assert 0 <= both.min() < both.max() <= 1
    half = grid[0] // 2
    assert both[:, half + 2 :].mean() > both[:, : half - 2].mean() + 0.2
    assert both[-1].mean() > both[0].mean() + 0.2


def test_a_network_that_sees_nothing_leaves_ground_and_centre():
    both = blend(np.full((32, 48), 0.5, np.float32), (96, 64))
    assert np.isfinite(both).all()
    assert both[-1].mean() > both[0].mean() + 0.5


def test_the_thing_in_focus_turns_as_one():
    still = standing_box()
    drawn = np.repeat(np.linspace(0, 1, 32, dtype=np.float32)[:, None], 48, axis=1)
    plain, found = blend(drawn, grid_size(still)), steady(drawn, still, (0.5, 0.5))
    rows, columns = found.shape
    box = slice(int(0.36 * rows), int(0.64 * rows)), slice(int(0.44 * columns), int(0.56 * columns))
    assert np.ptp(found[box]) < 0.4 * np.ptp(plain[box])
    assert plain[-1].mean() > found[box].mean() + 0.1
    assert np.array_equal(found[:, 2], plain[:, 2])


def test_a_figure_that_the_network_is_sure_of_is_one_whatever_its_colours():
    drawn = np.full((32, 48), 0.1, np.float32)
    drawn[4:, 14:34] = 0.8
    still = standing_box()  # its box is darker than what the figure has above it
    found = steady(drawn, still, (0.5, 0.5))
    rows, columns = found.shape
    figure = found[int(0.3 * rows) : int(0.8 * rows), int(0.38 * columns) : int(0.62 * columns)]
    assert np.ptp(figure) < 0.25
    assert figure.min() > found[int(0.3 * rows), : columns // 6].max() + 0.2
