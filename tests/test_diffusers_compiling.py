"""Blocks that are compiled: the same frames, said with the take and in the estimate; or why they are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from diffusers.models.transformers.transformer_ltx import LTXVideoTransformerBlock
from torch._dynamo.eval_frame import _debug_get_cache_entry_list

from studio import doctor
from studio.engines.diffusers import compiling, engine
from studio.engines.diffusers.compiling import COMPILED, FIRST_STEP, PERHAPS, lacks_compiler
from studio.engines.diffusers.memory import Device
from studio.media.clips import read_frames
from studio.presets import Placement
from studio.settings import Settings
from studio.shot import Shot, Take, Timeline
from studio.workspace import Workspace
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, PROFILES, tiny_profile

NAME = "ltx_video"
CPU = Device(kind="cpu", title="processor", ram=64)
CARD = Device(kind="cuda", title="a card", vram=140, ram=128)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    FAMILIES[NAME].build().save_pretrained(folder / NAME)
    return folder


def studio(models: Path, data: Path, compiled: bool) -> tuple[Workspace, Shot]:
    """A studio whose one open engine is a tiny twin, and a shot for it."""
    made = Workspace.open(Settings(data=data, models=models, compile=compiled))
    made.profiles = {**PROFILES, NAME: tiny_profile(NAME)}
    still = made.add_still(encoded(gradient(96, 80), "PNG"), "plain")
    return made, made.shot(still, "Waves.", Timeline(seconds=0.5), engine=NAME, width=64, height=64, seed=3)


def frames(take: Take) -> np.ndarray:
    return np.stack(list(read_frames(Path(take.clip))))


def kept() -> int:
    """Compiled forms of a block that PyTorch holds."""
    return len(_debug_get_cache_entry_list(LTXVideoTransformerBlock.forward.__code__))


def told(take: Take) -> list[str]:
    return [note for note in take.notes if "ompiled" in note]


def test_compiled_blocks_make_the_same_frames_and_the_take_says_so(models, tmp_path, monkeypatch):
    monkeypatch.setattr(compiling, "_BACKEND", "eager")  # all of the road but machine code
    plain, shot = studio(models, tmp_path, False)
    whole = plain.animate(shot, lambda _: None)
    assert not told(whole)
    plain.catalogue.unload()
    quick, _ = studio(models, tmp_path, True)
    take = quick.animate(shot, lambda _: None)
    assert told(take) == ["Its blocks are compiled, so that the first step of a new size takes longer."]
    assert np.array_equal(frames(whole), frames(take))
    assert kept()
    quick.catalogue.unload()
    assert not kept()


def test_a_compiler_that_fails_costs_no_take_and_is_quoted(models, tmp_path, monkeypatch):
    def broken(*_: Any) -> None:
        raise RuntimeError("no such machine")

    monkeypatch.setattr(compiling, "_BACKEND", broken)
    quick, shot = studio(models, tmp_path, True)
    first, again = (quick.animate(shot, lambda _: None) for _ in range(2))
    assert any("no such machine" in note and note.startswith("Not compiled") for note in told(first))
    assert len(told(again)) == 1 and told(again)[0].startswith("Not compiled")
    assert np.array_equal(frames(first), frames(again))
    assert "compiled" not in quick.catalogue.cost(quick.plan(shot)).how
    quick.catalogue.unload()


@pytest.mark.parametrize(
    ("device", "placement", "lacking", "why"),
    [
        (CPU, "full", "", ""),
        (CARD, "model_offload", "", ""),
        (CARD, "group_offload", "", "layers are moved"),
        (CARD, "disk_offload", "", "layers are moved"),
        (CARD, "full", "triton", "triton is not installed"),
        (CPU, "full", "c++", "no C++ compiler"),
        (Device(kind="mps", title="Apple silicon", ram=64), "full", "", "Apple silicon"),
    ],
)
def test_where_it_cannot_be_had_it_says_why(
    monkeypatch: pytest.MonkeyPatch, device: Device, placement: Placement, lacking: str, why: str
) -> None:
    monkeypatch.setattr(compiling, "find_spec", lambda name: None if lacking else name)
    monkeypatch.setattr(compiling.shutil, "which", lambda name: None if lacking else name)
    found = lacks_compiler(device, placement)
    assert why in found
    assert bool(found) == bool(why)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"transformer": ["diffusers", "WanTransformer3DModel"], "transformer_2": [None, None]}, COMPILED),
        ({"unet": ["diffusers", "UNetSpatioTemporalConditionModel"]}, ""),
        ({"transformer": [None, None], "unet": ["diffusers", "UNetMotionModel"]}, ""),
        (None, PERHAPS),
    ],
)
def test_the_estimate_says_that_the_first_step_takes_longer_as_far_as_that_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, parts: dict[str, Any] | None, said: str
) -> None:
    name = "wan_2_2_ti2v_5b"
    monkeypatch.setattr(engine, "find_device", lambda: CARD)
    monkeypatch.setattr(compiling, "find_spec", lambda name: name)
    if parts is not None:
        (tmp_path / name).mkdir()
        (tmp_path / name / "model_index.json").write_text(json.dumps({"_class_name": "Some", **parts}))
    costs = []
    for compiled in (False, True):
        made = engine.Diffusers(PROFILES[name].but(seconds=(0.5, 5.0)), tmp_path, compiled=compiled)
        _, shot = studio(tmp_path, tmp_path, False)
        costs.append(made.cost(made.plan(shot.but(engine=name))))
    plain, compiled = costs
    assert compiled.how == (f"{plain.how}, {said}" if said else plain.how)
    assert compiled.seconds == pytest.approx(plain.seconds + (FIRST_STEP if said else 0), abs=0.2)


@pytest.mark.parametrize(
    ("asked", "there", "state"), [(True, True, "good"), (True, False, "note"), (False, True, "good")]
)
def test_the_doctor_says_whether_it_can_be_had(monkeypatch, tmp_path, asked, there, state):
    monkeypatch.setattr(compiling.shutil, "which", lambda name: name if there else None)
    found = doctor._compiling(Settings(data=tmp_path, compile=asked))
    assert found.state == state
    assert ("no C++ compiler" in found.found) == (not there)
    assert bool(found.remedy) == (state == "note")
