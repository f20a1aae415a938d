"""The denoiser: any allowed shape, coordinates that keep the aspect, the same answer for each picture of a batch."""

from __future__ import annotations

import pytest
import torch

from studio.engines.sketch.network import DepthNetwork

TINY = {"widths": (8, 8, 16, 16), "blocks": (1, 1, 1), "heads": 2}


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    made = DepthNetwork(**TINY).eval()
    for parameter in made.parameters():  # some layers start at zero
        torch.nn.init.normal_(parameter, std=0.1)
    return made


@pytest.mark.parametrize(("width", "height"), [(96, 64), (64, 96), (80, 80), (112, 64), (32, 32)])
def test_disparity_has_half_the_still_s_sides(network, width, height):
    still, noisy = torch.zeros(2, 3, height, width), torch.randn(2, 1, height // 2, width // 2)
    assert network(noisy, still, torch.tensor([0.5, 1.0])).shape == noisy.shape


def test_a_picture_s_answer_does_not_depend_on_its_neighbours(network):
    generator = torch.Generator().manual_seed(1)
    still = torch.randn(3, 3, 64, 96, generator=generator)
    noisy = torch.randn(3, 1, 32, 48, generator=generator)
    time = torch.tensor([1.0, 0.9, 0.2])
    with torch.no_grad():
        together = network(noisy, still, time)
        alone = network(noisy[1:2], still[1:2], time[1:2])
    torch.testing.assert_close(together[1:2], alone, rtol=1e-3, atol=1e-3)


def test_still_time_and_noise_all_matter(network):
    still, noisy = torch.zeros(1, 3, 64, 96), torch.zeros(1, 1, 32, 48)
    with torch.no_grad():
        plain = network(noisy, still, torch.tensor([0.5]))
        for other in (
            network(noisy, still + 0.5, torch.tensor([0.5])),
            network(noisy + 0.5, still, torch.tensor([0.5])),
            network(noisy, still, torch.tensor([0.9])),
        ):
            assert (other - plain).abs().max() > 1e-4


def test_the_network_as_shipped_is_small():
    assert sum(parameter.numel() for parameter in DepthNetwork().parameters()) < 4e6
