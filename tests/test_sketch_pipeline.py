"""The pipeline: seeds, steps, callbacks, saving; any still gives disparity within 0 and 1."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.hypotheses import AREA, SHIFT, still_size
from studio.engines.sketch.network import MULTIPLE, DepthNetwork
from studio.engines.sketch.pipeline import DepthPipeline
from tests.sketch_shots import textured
from tests.test_sketch_network import TINY


@pytest.fixture(scope="module")
def pipeline():
    torch.manual_seed(0)
    network = DepthNetwork(**TINY).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return DepthPipeline(network, FlowMatchEulerDiscreteScheduler(shift=SHIFT))


def seeded(number=0):
    return torch.Generator().manual_seed(number)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9000), st.integers(1, 9000))
def test_every_shape_of_still_has_a_size_the_network_takes(width, height):
    columns, rows = still_size(width, height)
    assert columns % MULTIPLE == rows % MULTIPLE == 0
    assert 0.5 * AREA < columns * rows < 1.6 * AREA
    assert (columns - rows) * (width - height) >= 0


@pytest.mark.parametrize("size", [(300, 200), (20, 400), (3, 3)])
@pytest.mark.parametrize("steps", [1, 4])
def test_any_still_gives_disparity_from_0_to_1(pipeline, size, steps):
    out = pipeline(textured(*size), num_inference_steps=steps, num_hypotheses=2, generator=seeded()).disparity
    columns, rows = still_size(*size)
    assert out.shape == (2, rows // 2, columns // 2)
    assert out.dtype == np.float32
    assert out.min() >= 0
    assert out.max() <= 1


def test_the_same_seed_gives_the_same_depth_and_another_seed_another(pipeline):
    still = textured()
    first, again, other = (pipeline(still, generator=seeded(number)).disparity for number in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 1e-3


def test_hypotheses_differ(pipeline):
    one, two = pipeline(textured(), num_hypotheses=2, generator=seeded()).disparity
    assert np.abs(one - two).max() > 1e-3


def test_the_last_step_gives_the_network_s_own_answer(pipeline):
    """The path ends at x0 exactly: nothing of the noise is left over."""
    heard = []

    def after(_, number, time, kept):
        heard.append((number, time, kept["latents"].clone()))

    out = pipeline(textured(), num_inference_steps=5, generator=seeded(), callback_on_step_end=after).disparity
    assert [number for number, _, _ in heard] == [0, 1, 2, 3, 4]
    assert [time for _, time, _ in heard] == sorted((time for _, time, _ in heard), reverse=True)
    np.testing.assert_allclose((heard[-1][2][:, 0].numpy() / 2 + 0.5).clip(0, 1), out)
    assert float(pipeline.scheduler.sigmas[-1]) == 0
    assert float(pipeline.scheduler.sigmas[0]) == 1


def test_a_callback_may_change_the_latents_and_may_stop_the_run(pipeline):
    flat = pipeline(
        textured(), generator=seeded(), callback_on_step_end=lambda *_: {"latents": torch.zeros(1, 1, 32, 48)}
    ).disparity
    assert np.ptp(flat) == 0

    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline(textured(), callback_on_step_end=stop)


def test_a_saved_pipeline_comes_back_exact(pipeline, tmp_path):
    pipeline.save_pretrained(tmp_path)
    back = DepthPipeline.from_pretrained(tmp_path)
    for kept, read in zip(pipeline.network.parameters(), back.network.parameters(), strict=True):
        assert torch.equal(kept, read)
    one, other = (each(textured(), generator=seeded()).disparity for each in (pipeline, back))
    np.testing.assert_allclose(one, other, atol=1e-5)  # where weights lie in memory decides the last bit
    assert back.scheduler.config.shift == SHIFT
