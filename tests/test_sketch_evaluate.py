"""Evaluation: correlation as defined, heuristics that make sense, every number of steps reported."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.sketch.training.data import read_shards
from studio.engines.sketch.training.evaluate import HEURISTICS, correlation, drawn, evaluate
from studio.engines.sketch.training.train import Recipe, Trainer
from tests.sketch_shards import shards_in
from tests.sketch_shots import textured
from tests.test_sketch_network import TINY


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    return shards_in(tmp_path_factory.mktemp("shards"))


def test_correlation_is_blind_to_scale_and_shift_and_to_the_unknown():
    truth = np.random.default_rng(0).random((20, 30))
    holed = truth.copy()
    holed[:3] = np.nan
    assert correlation(3 * truth + 1, holed) == pytest.approx(1, abs=1e-5)
    assert correlation(-truth, truth) == pytest.approx(-1, abs=1e-5)
    assert correlation(np.zeros((2, 2)), truth) == 0


@pytest.mark.parametrize("name", HEURISTICS)
def test_every_heuristic_knows_that_the_ground_is_near_at_the_bottom(name):
    disparity = HEURISTICS[name](textured(96, 64))
    assert disparity[-1].mean() > disparity[0].mean()


def test_evaluation_reports_every_number_of_steps(shards, tmp_path):
    pipeline = Trainer(Recipe(network=TINY), tmp_path).pipeline()
    found = evaluate(pipeline, read_shards(list(shards.glob("*-0001.npz"))), at_most=2)
    assert {"held_out_1", "held_out_4"} <= set(found)
    assert all(-1 <= value <= 1 for value in found.values())
    assert drawn(pipeline, 1, 3)(textured()).shape == (32, 48)
