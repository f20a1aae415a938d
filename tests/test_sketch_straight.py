"""What is straight in a still is found, and near and far are settled so that it stays straight."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.engines.sketch.geometry import FAR, NEAR
from studio.engines.sketch.straight import NO_LINES, find_lines, settle
from studio.engines.sketch.warp import limit_slope
from tests.test_sketch_warp import steep, warp_of

POST = np.array([[0.5, 0.1, 0.5, 0.95]])
"""An upright line through what is near and what is far."""


def bounded(slope=0.03):
    return limit_slope(steep(), slope)


def along(grid, line, count=30):
    """A map's values along a line."""
    rows, columns = grid.shape
    share = np.linspace(0.05, 0.95, count)
    x = (line[0] + share * (line[2] - line[0])) * columns - 0.5
    y = (line[1] + share * (line[3] - line[1])) * rows - 0.5
    return cv2.remap(grid, x[None].astype(np.float32), y[None].astype(np.float32), cv2.INTER_LINEAR)[0]


def test_the_edges_of_a_post_are_found():
    still = np.full((300, 400, 3), 200, np.uint8)
    still[40:280, 180:220] = 40
    edges = [line for line in find_lines(still) if abs(line[0] - line[2]) < 0.01 and abs(line[1] - line[3]) > 0.7]
    assert sorted(round(line[0], 2) for line in edges) == [0.45, 0.55]


def test_an_upright_edge_that_is_hidden_in_part_is_one_edge():
    still = np.full((300, 400, 3), 170, np.uint8)
    still[20:280, 200:] = 90
    still[130:160, 150:260] = 30  # a hand before it
    edges = [line for line in find_lines(still) if abs(line[0] - 0.5) < 0.01 and abs(line[2] - 0.5) < 0.01]
    assert max(abs(line[1] - line[3]) for line in edges) > 0.8


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (40, 40)])
def test_a_still_without_lines_has_none(shape):
    assert find_lines(np.full((*shape, 3), 90, np.uint8)).shape == (0, 4)


def test_disparity_is_alike_along_an_upright_line():
    settled = settle(bounded(), steep(), POST)
    assert np.ptp(along(settled, POST[0])) < 0.1 * np.ptp(along(bounded(), POST[0]))


def test_disparity_is_even_along_a_slanting_line():
    line = np.array([0.1, 0.25, 0.9, 0.75])

    def bent(grid):
        values = along(grid, line)
        places = np.arange(len(values))
        return np.abs(values - np.polyval(np.polyfit(places, values, 1), places)).max()

    assert bent(settle(bounded(), steep(), line[None])) < 0.15 * bent(bounded())


def test_away_from_lines_near_and_far_stay_what_they_were():
    settled = settle(bounded(), steep(), NO_LINES)
    assert np.abs(settled - bounded()).mean() < 0.08
    assert settled[32, 48] > NEAR - 0.1


def test_a_settled_map_stays_within_what_the_window_was_found_for():
    settled = settle(bounded(), steep(), np.random.default_rng(1).random((60, 4)))
    assert settled.min() >= np.float32(FAR) - 1e-6
    assert settled.max() <= np.float32(NEAR) + 1e-6


def test_a_level_map_stays_level():
    level = np.full((16, 24), 0.25, np.float32)
    assert (settle(level, level, POST) == level).all()


@pytest.mark.parametrize("move", ["orbit", "truck_left", "dolly_zoom", "fly_through"])
def test_lines_that_cannot_all_be_kept_do_not_fold_the_picture(move):
    warp = warp_of(move, lines=np.random.default_rng(2).random((120, 4)))
    where = warp.coordinates(23)
    along_x, down = np.gradient(where, axis=1), np.gradient(where, axis=0)
    assert (along_x[..., 0] * down[..., 1] - along_x[..., 1] * down[..., 0]).min() > 0
