"""Batches are aligned, in range, of every shape, and decided by their numbers alone."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from studio.engines.sketch.training.data import COARSE, SHAPES, Pictures, batch, batches, read_shards
from studio.engines.sketch.training.evaluate import correlation
from tests.sketch_shards import shards_in


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    return shards_in(tmp_path_factory.mktemp("shards"))


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


def test_batches_are_the_same_whoever_makes_them(shards):
    pictures = read_shards(list(shards.glob("*.npz")))
    alone, shared = (list(batches(pictures, 2, range(3, 8), 0, workers=workers)) for workers in (0, 2))
    assert len(alone) == 5
    for one, other in zip(alone, shared, strict=True):
        assert torch.equal(one[0], other[0])
        assert torch.equal(one[1], other[1])


@pytest.mark.parametrize("shape", [(128, 192), (192, 128)])
def test_pictures_of_one_orientation_are_enough(shape):
    """A run whose pictures all lie, or all stand, still gets batches of every shape."""
    height, width = shape
    one = Pictures([np.zeros((height, width, 3), np.uint8)], [np.zeros((height // 2, width // 2), np.float16)])
    rng = np.random.default_rng(0)
    assert {batch(one, 1, rng)[0].shape[2:][::-1] for _ in range(40)} == set(SHAPES)


def test_a_run_begins_with_small_pictures(shards):
    made = list(batches(read_shards(list(shards.glob("*.npz"))), 1, range(6), 0, coarse=3))
    assert {tuple(stills.shape[2:][::-1]) for stills, _ in made[:3]} <= set(COARSE)
    assert {tuple(stills.shape[2:][::-1]) for stills, _ in made[3:]} <= set(SHAPES)
