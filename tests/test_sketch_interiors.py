"""Rooms to train on: their walls run past the camera, and hands are nearer than everything else."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.sketch.training import interiors
from studio.engines.sketch.training.samples import KINDS
from studio.engines.sketch.training.sets import INTERIORS, make


@pytest.mark.parametrize("stage", tuple(dict.fromkeys(INTERIORS)), ids=lambda stage: stage.__name__)
def test_a_room_is_made_alike_from_its_number(stage):
    one, again = (make(3, 1, (stage,)) for _ in range(2))
    assert np.array_equal(one["image"], again["image"])
    assert np.array_equal(one["disparity"], again["disparity"])


def test_the_walls_of_a_corridor_are_nearer_than_its_end():
    views = [make(number, 0, (interiors.corridor,)) for number in range(4)]
    lying = [view["disparity"].astype(float) for view in views if not view["portrait"]]
    edges = np.mean([plane[30:60, [0, -1]].mean() for plane in lying])
    assert edges > 1.5 * np.mean([plane[40:56, 60:84].mean() for plane in lying])


def test_hands_are_the_nearest():
    view = make(1, 0, (interiors.within_reach,))
    hands = view["kind"] == KINDS.index("body")
    assert hands.any()
    assert np.median(view["disparity"][hands]) > np.median(view["disparity"][~hands])
