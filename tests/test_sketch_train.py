"""Training: times near noise, and a run that learns, stops, goes on and writes a model that loads."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
import torch

from studio.engines.sketch.pipeline import DepthPipeline
from studio.engines.sketch.training.train import Recipe, Trainer, digest, loss, run, times, write_model
from tests.sketch_shards import shards_in
from tests.sketch_shots import textured
from tests.test_sketch_network import TINY


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    return shards_in(tmp_path_factory.mktemp("shards"))


def test_times_lie_near_noise_and_a_tenth_is_noise():
    drawn_times = times(4000, torch.Generator().manual_seed(0), 0.1)
    assert 0.07 < (drawn_times == 1).float().mean() < 0.13
    assert drawn_times.median() > 0.9
    assert drawn_times.min() >= 0


def test_a_regression_sees_nothing_but_noise():
    assert (times(100, torch.Generator().manual_seed(0), 1.0) == 1).all()


def test_loss_is_nothing_for_the_truth_and_counts_edges():
    truth = torch.linspace(-1, 1, 32).expand(1, 1, 32, 32).clone()
    assert loss(truth, truth) == 0
    stripes = truth.clone()
    stripes[..., ::2] += 0.2
    assert loss(stripes, truth) > loss(truth + 0.2 / 2**0.5, truth)


@pytest.fixture
def one_thread():
    """Several threads add up in an order that a busy machine decides."""
    several = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(several)


@pytest.mark.usefixtures("one_thread")
def test_a_run_that_is_stopped_and_resumed_ends_as_one_that_was_not(shards, tmp_path):
    recipe = Recipe(steps=8, batch=2, every=4, network=TINY)
    run(Trainer(recipe, tmp_path / "stopped"), [shards], until=4)
    resumed, whole = Trainer(recipe, tmp_path / "stopped"), Trainer(recipe, tmp_path / "whole")
    assert resumed.step == 4
    run(resumed, [shards])
    run(whole, [shards])
    for one, other in zip(resumed.average.parameters(), whole.average.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


def test_a_run_learns_and_writes_a_model_that_loads(shards, tmp_path):
    whole = Trainer(Recipe(steps=24, batch=4, every=12, rate=3e-3, network=TINY), tmp_path)
    run(whole, [shards])
    assert [entry["step"] for entry in whole.log] == [12, 24]
    assert whole.log[1]["loss"] < whole.log[0]["loss"]
    assert {"held_out_1", "held_out_4", "pictures"} <= set(whole.log[1])
    write_model(whole, tmp_path / "model")
    record = json.loads((tmp_path / "model" / "training.json").read_text())
    weights = tmp_path / "model" / "network" / "diffusion_pytorch_model.safetensors"
    assert record["sha256"] == hashlib.sha256(weights.read_bytes()).hexdigest()
    out = DepthPipeline.from_pretrained(tmp_path / "model")(textured(), num_inference_steps=2)
    assert np.isfinite(out.disparity).all()


def test_a_run_goes_on_from_a_model_and_its_log_says_from_which_and_with_what(shards, tmp_path):
    first = Trainer(Recipe(steps=2, batch=2, every=2, network=TINY), tmp_path / "first")
    run(first, [shards])
    write_model(first, tmp_path / "model")
    recipe = Recipe(steps=2, batch=2, every=2, start=digest(tmp_path / "model"), network=TINY)
    second = Trainer(recipe, tmp_path / "second", tmp_path / "model")
    for one, other in zip(second.network.parameters(), first.average.parameters(), strict=True):
        assert torch.equal(one, other.float())  # the model is in half precision
    for one, other in zip(second.average.parameters(), second.network.parameters(), strict=True):
        torch.testing.assert_close(one, other)
    run(second, [shards])
    write_model(second, tmp_path / "model")
    record = json.loads((tmp_path / "model" / "training.json").read_text())
    assert record["recipe"]["start"] == recipe.start != record["sha256"]
    assert record["data"] == {"shards of sets-0": 1, "pictures": 4}
    assert record["before"]["sha256"] == recipe.start
    assert [entry["step"] for entry in record["before"]["log"]] == [2]


def test_a_run_does_not_start_from_another_model_than_its_recipe_names(shards, tmp_path):
    write_model(Trainer(Recipe(network=TINY), tmp_path), tmp_path / "model")
    with pytest.raises(ValueError, match="goes on from chance"):
        Trainer(Recipe(network=TINY), tmp_path / "other", tmp_path / "model")
