"""`make gpu` on a machine without a GPU: it skips in one line, and its comparison holds on tiny weights."""

from __future__ import annotations

import pytest
import torch

from benchmarks import gpu
from studio.engines.diffusers.memory import Device, Tier
from studio.media.stills import open_still
from studio.settings import Settings
from studio.shot import Shot, Timeline
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, tiny_profile

NAME = "wan_2_2_ti2v_5b"


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_it_skips_and_says_so(capsys):
    assert gpu.main([]) == 0
    assert capsys.readouterr().out.startswith("Skipped: ")


def test_the_ways_are_compared_with_the_stock_call(tmp_path, monkeypatch):
    FAMILIES[NAME].build().save_pretrained(tmp_path / NAME)
    still = open_still(encoded(gradient(96, 96), "PNG"), tmp_path, Settings())
    shot = Shot(still=still, timeline=Timeline(seconds=0.5), seconds=0.5, width=64, height=64, engine=NAME)
    device = Device(kind="cpu", title="processor", ram=64)
    tiers = (Tier(placement="full", vram=0, ram=1), Tier(placement="disk_offload", vram=0, ram=1))
    monkeypatch.setattr(gpu, "fitting", lambda *_: tiers)
    stock, whole, single = gpu.compare(tiny_profile(NAME), tmp_path / NAME, shot, device, rounds=1, compiled=False)
    assert [row.name for row in (stock, whole)] == ["stock", "the whole model on the device"]
    assert stock.apart == whole.apart == single.apart == 0.0  # none of them changes a pixel
    assert stock.seconds > 0 and stock.memory > 0.1
    assert "1.00 x" in stock.words(stock.seconds)


def test_an_estimate_that_is_off_is_marked():
    row = gpu.Row("full", 2.0, 20.0, (9.0, 11.0), 0.0)
    assert "(+100 %) OFF" in row.words(4.0) and " 2.00 x" in row.words(4.0)
    assert "OFF" not in gpu.Row("full", 2.0, 10.5, (9.0, 11.0), 0.0).words(4.0)
