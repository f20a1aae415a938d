"""Few steps by distilled weights, and the placement in 4 bits: when they are taken, and what then comes out."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.engines.diffusers import engine as engines
from studio.engines.diffusers import memory
from studio.engines.diffusers.distilled import find_distilled, with_distilled
from studio.engines.diffusers.engine import Diffusers
from studio.engines.diffusers.memory import Device, fitting, quicker
from studio.engines.engine import Note, Step
from studio.errors import EngineError, ShotError
from studio.media.stills import open_still
from studio.presets import load_profiles
from studio.settings import ROOT, Settings
from studio.shot import Shot, Timeline
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, tiny_profile

NAME = "wan_2_2_i2v_a14b"
WAN = load_profiles(ROOT / "presets" / "engines")[NAME]
LIGHTNING = WAN.pipeline.distilled[0]
CARDS = {
    "8": Device(kind="cuda", title="a card", vram=7.5, total=8, ram=96),
    "12": Device(kind="cuda", title="a card", vram=11.6, total=12, ram=96),
    "16": Device(kind="cuda", title="a card", vram=15.6, total=16, ram=32),
    "24": Device(kind="cuda", title="a card", vram=23.5, total=24, ram=64),
    "80": Device(kind="cuda", title="a card", vram=79, total=80, ram=128),
    "80, full of this model": Device(kind="cuda", title="a card", vram=8, total=80, ram=128),
}


@pytest.fixture
def shot(tmp_path):
    still = open_still(encoded(gradient(96, 96), "PNG"), tmp_path, Settings())
    return Shot(
        still=still, timeline=Timeline(seconds=0.5), seconds=0.5, prompt="A cat jumps.", width=64, height=64, seed=3,
        engine=NAME,
    )  # fmt: skip


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """The tiny twin, and low-rank weights for both its denoisers, as large ones are written."""
    folder = tmp_path_factory.mktemp("models")
    pipeline = FAMILIES[NAME].build()
    pipeline.save_pretrained(folder / NAME)
    for part, file in LIGHTNING.weights.files.items():
        save_low_rank(pipeline.components[part], folder / NAME / file)
    return folder


def save_low_rank(denoiser, path):
    chance = torch.Generator().manual_seed(len(path.name))
    tensors = {}
    for name, module in denoiser.named_modules():
        if isinstance(module, torch.nn.Linear) and ".attn1.to_q" in name:
            down = torch.randn(2, module.in_features, generator=chance)
            tensors |= {
                f"diffusion_model.{name.replace('attn1.to_q', 'self_attn.q')}.lora_down.weight": down,
                f"diffusion_model.{name.replace('attn1.to_q', 'self_attn.q')}.lora_up.weight": torch.randn(
                    module.out_features, 2, generator=chance
                ),
            }
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path)


def twin(models) -> Diffusers:
    tiny = tiny_profile(NAME)
    return Diffusers(tiny.but(pipeline=tiny.pipeline.but(steps=6, distilled=(LIGHTNING,))), models)


@pytest.mark.parametrize(
    ("card", "taken"), {"8": 1, "12": 1, "16": 1, "24": 1, "80": 0, "80, full of this model": 0}.items()
)
def test_the_size_of_the_card_decides_and_not_what_lies_in_it(shot, card, taken):
    found = find_distilled(shot, WAN, CARDS[card], True)
    assert (found == LIGHTNING) == bool(taken)
    assert find_distilled(shot, WAN, CARDS[card], False) is None
    assert find_distilled(shot.but(distilled="none"), WAN, CARDS[card], True) is None
    assert find_distilled(shot.but(distilled="lightning"), WAN, CARDS[card], False) == LIGHTNING


def test_an_unknown_name_is_refused_with_the_known_ones(shot):
    with pytest.raises(ShotError, match="lightning or none"):
        find_distilled(shot.but(distilled="thunder"), WAN, CARDS["24"], True)


def test_with_them_it_is_planned_in_four_steps_without_guidance():
    made = with_distilled(WAN, "lightning")
    assert (made.pipeline.steps, made.guidance, made.pipeline.arguments["guidance_scale_2"]) == (4, 1.0, 1.0)
    assert with_distilled(WAN, "") == WAN
    assert any("Apache-2.0" in words for _, words in WAN.terms.rows if "Lightning" in words)


def test_the_plan_is_what_comes_out_with_them_and_without(models, shot):
    engine = twin(models)
    frames = {}
    for way, steps in (("", 4), ("none", 6)):  # no GPU is a small one
        asked, events = shot.but(distilled=way), []
        plan = engine.plan(asked)
        assert (plan.steps, plan.distilled) == (steps, "lightning" if steps == 4 else "")
        frames[way] = np.stack(list(engine.generate(asked, events.append)))
        assert len(frames[way]) == plan.frames
        last = [event for event in events if isinstance(event, Step) and event.stage == "denoise"][-1]
        assert last.done == last.total == steps
        assert any("without guidance" in event.text for event in events if isinstance(event, Note)) == (steps == 4)
        if steps == 4:
            assert engine._loaded.pipeline.scheduler.config.flow_shift == 5.0
    engine.unload()


def test_both_denoisers_get_their_own_low_rank_weights(models, shot):
    engine = twin(models)
    list(engine.generate(shot, lambda _: None))
    joined = engine._loaded.pipeline
    plain = FAMILIES[NAME].build().__class__.from_pretrained(models / NAME)
    changes = []
    for part in ("transformer", "transformer_2"):
        place = "blocks.0.attn1.to_q.weight"
        before, after = (dict(one.components[part].named_parameters())[place] for one in (plain, joined))
        changes.append((after - before).abs().max())
    assert min(changes) > 0.01
    assert not torch.equal(*[joined.components[part].blocks[0].attn1.to_q.weight - plain.components[part].blocks[
        0].attn1.to_q.weight for part in ("transformer", "transformer_2")])  # fmt: skip
    engine.unload()


def test_weights_that_were_brought_without_them_are_run_in_their_own_steps(models, shot, tmp_path):
    (tmp_path / "models").mkdir()
    FAMILIES[NAME].build().save_pretrained(tmp_path / "models" / NAME)
    engine = twin(tmp_path / "models")
    assert engine.plan(shot).steps == 6
    with pytest.raises(EngineError, match=r"high_noise_model\.safetensors"):
        list(engine.generate(shot.but(distilled="lightning"), lambda _: None))


def test_four_bits_are_taken_between_eight_and_single_layers_where_they_can_be_read(monkeypatch):
    def best(card):
        fit = fitting(WAN, CARDS[card])
        return fit[0].placement if fit else ""

    monkeypatch.setattr(memory, "find_spec", lambda _: None)
    assert [best(card) for card in ("24", "16", "80")] == ["disk_offload", "disk_offload", "model_offload"]
    advice = quicker(WAN, CARDS["24"], fitting(WAN, CARDS["24"])[0])
    assert "pip install bitsandbytes" in advice
    assert not quicker(WAN, CARDS["80"], fitting(WAN, CARDS["80"])[0])
    monkeypatch.setattr(memory, "find_spec", lambda _: "installed")
    assert [best(card) for card in ("24", "80")] == ["four_bit", "model_offload"]
    assert not quicker(WAN, CARDS["24"], fitting(WAN, CARDS["24"])[0])
    assert not [
        tier
        for tier in fitting(WAN, Device(kind="mps", title="Apple", vram=24, ram=24))
        if tier.placement == "four_bit"
    ]


def test_what_would_be_quicker_is_told_with_the_take(models, shot, monkeypatch):
    engine, events = twin(models), []
    monkeypatch.setattr(engines, "quicker", lambda *_: "Install it.")
    list(engine.generate(shot.but(distilled="none"), events.append))
    assert "Install it." in [event.text for event in events if isinstance(event, Note)]
    engine.unload()
