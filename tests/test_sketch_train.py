"""Training: honest batches, a run that learns, stops, goes on and writes a model that loads."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
import torch

from studio.engines.sketch.pipeline import DepthPipeline
from studio.engines.sketch.training import sets
from studio.engines.sketch.training.data import SHAPES, batch, batches, read_shards
from studio.engines.sketch.training.evaluate import HEURISTICS, correlation, drawn, evaluate
from studio.engines.sketch.training.samples import write_shards
from studio.engines.sketch.training.train import Recipe, Trainer, loss, run, times, write_model
from tests.sketch_shots import textured
from tests.test_sketch_network import TINY


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards")
    write_shards(folder, "sets-0", range(2), lambda shard: [sets.make(4 * shard + i, 0) for i in range(4)])
    return folder


def test_batches_are_aligned_in_range_and_of_all_shapes(shards):
    pictures = read_shards(list(shards.glob("*.npz")))
    assert len(pictures) == 8
    rng, seen = np.random.default_rng(0), set()
    for _ in range(30):
        stills, truth = batch(pictures, 2, rng)
        rows, columns = stills.shape[2:]
        seen.add((columns, rows))
        assert truth.shape == (2, 1, rows // 2, columns // 2)
        assert np.abs(stills).max() <= 1
        assert truth.min() >= -1
        assert truth.max() <= 1
    assert seen <= set(SHAPES)
    assert len(seen) >= 3


def test_a_still_and_its_truth_are_cut_alike():
    """A picture that is its own disparity stays so, whatever is cut and mirrored."""
    ramp = np.clip(np.add.outer(np.linspace(0.1, 0.4, 128), np.linspace(0, 0.5, 192)), 0, 1)
    pictures = read_shards([])
    pictures.image.append(np.repeat((ramp * 255).astype(np.uint8)[..., None], 3, axis=-1))
    pictures.disparity.append(ramp.reshape(64, 2, 96, 2).mean(axis=(1, 3)).astype(np.float16))
    rng = np.random.default_rng(0)
    for _ in range(12):
        stills, truth = batch(pictures, 1, rng)
        small = stills[0].mean(axis=0).reshape(truth.shape[2], 2, truth.shape[3], 2).mean(axis=(1, 3))
        assert correlation(small, truth[0, 0]) > 0.9


def test_times_lie_near_noise_and_a_tenth_is_noise():
    drawn_times = times(4000, torch.Generator().manual_seed(0))
    assert 0.07 < (drawn_times == 1).float().mean() < 0.13
    assert drawn_times.median() > 0.9
    assert drawn_times.min() >= 0


def test_loss_is_nothing_for_the_truth_and_counts_edges():
    truth = torch.zeros(1, 1, 32, 32)
    assert loss(truth, truth) == 0
    stripes = truth.clone()
    stripes[..., ::2] = 0.2
    assert loss(stripes, truth) > loss(truth + stripes.square().mean().sqrt(), truth)


def test_a_run_that_is_stopped_and_resumed_ends_as_one_that_was_not(shards, tmp_path):
    recipe = Recipe(steps=8, batch=2, every=4, network=TINY)
    run(Trainer(recipe, tmp_path / "stopped"), [shards], until=4)
    resumed, whole = Trainer(recipe, tmp_path / "stopped"), Trainer(recipe, tmp_path / "whole")
    assert resumed.step == 4
    run(resumed, [shards])
    run(whole, [shards])
    for one, other in zip(resumed.average.parameters(), whole.average.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


def test_batches_are_the_same_whoever_makes_them(shards):
    pictures = read_shards(list(shards.glob("*.npz")))
    alone, shared = (list(batches(pictures, 2, range(3, 8), 0, workers)) for workers in (0, 2))
    assert len(alone) == 5
    for one, other in zip(alone, shared, strict=True):
        assert torch.equal(one[0], other[0])
        assert torch.equal(one[1], other[1])


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
