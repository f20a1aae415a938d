"""A draft, and what it becomes when it is finished: the plan of both is what comes out, and the motion stays."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from diffusers.pipelines.ltx.modeling_latent_upsampler import LTXLatentUpsamplerModel

from studio.engines.diffusers.engine import Diffusers
from studio.engines.engine import Note, Step
from studio.errors import ShotError
from studio.media.clips import write_clip
from studio.media.stills import open_still
from studio.presets import Extra, Staging
from studio.settings import Settings
from studio.shot import Control, Shot, Timeline
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, tiny_profile

MORE = ("wan_2_2_i2v_a14b", "wan_2_1_vace")
REFINED = Staging(scale=2.0, steps=1.0, finish="refine", refine_steps=5, strength=0.4)
UPSAMPLER = Extra(
    hub="nowhere/upsampler",
    files={
        "config": "latent_upsampler/config.json",
        "weights": "latent_upsampler/diffusion_pytorch_model.safetensors",
    },
)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


def staged(name: str, staging: Staging, models, latents=None) -> Diffusers:
    if not (models / name).exists():
        FAMILIES[name].build().save_pretrained(models / name)
    profile = tiny_profile(name)
    profile = profile.but(pipeline=profile.pipeline.but(staging=staging, steps=4))
    return Diffusers(profile, models, latents=latents)


@pytest.fixture
def shot(tmp_path):
    still = open_still(encoded(gradient(96, 96), "PNG"), tmp_path, Settings())
    return Shot(
        still=still, timeline=Timeline(seconds=0.5), seconds=0.5, prompt="A cat jumps.", width=64, height=64, seed=3,
        engine="ltx_video", draft=True,
    )  # fmt: skip


def drafted(engine, shot, tmp_path):
    """The frames of a draft, its clip, and the shot that finishes it."""
    frames = list(engine.generate(shot, lambda _: None))
    clip = tmp_path / "draft.mp4"
    write_clip(clip, iter(frames), engine.plan(shot).fps)
    finish = shot.but(draft=False, finishes="a" * 16, controls=(Control(kind="draft", path=str(clip)),))
    return np.stack(frames), finish


def made(engine, shot):
    events = []
    frames = np.stack(list(engine.generate(shot, events.append)))
    steps = [event for event in events if isinstance(event, Step) and event.stage == "denoise"]
    return frames, [event.text for event in events if isinstance(event, Note)], steps[-1]


@pytest.mark.parametrize(
    "name", ["ltx_video", "wan_2_2_ti2v_5b", *(pytest.param(name, marks=pytest.mark.long) for name in MORE)]
)
def test_a_refined_draft_has_the_size_and_the_steps_of_its_plan(models, shot, tmp_path, name):
    engine = staged(name, REFINED, models)
    small, finish = drafted(engine, shot.but(engine=name), tmp_path)
    assert small.shape[1:3] == (32, 32)
    plan = engine.plan(finish)
    frames, notes, last = made(engine, finish)
    assert frames.shape == (len(small), 64, 64, 3) == (plan.frames, plan.height, plan.width, 3)
    assert last.done == last.total == plan.steps == 2
    assert any("the last 2 of 5 steps denoised again" in note for note in notes)


def test_a_refined_draft_begins_from_the_draft_and_not_from_noise(models, shot, tmp_path):
    engine = staged("wan_2_2_ti2v_5b", REFINED, models)
    asked = shot.but(engine="wan_2_2_ti2v_5b")
    _, finish = drafted(engine, asked, tmp_path)
    frames, *_ = made(engine, finish)
    write_clip(tmp_path / "other.mp4", (np.full((64, 64, 3), 230, np.uint8) for _ in range(13)), 24)
    other, *_ = made(engine, finish.but(controls=(Control(kind="draft", path=str(tmp_path / "other.mp4")),)))
    again, *_ = made(engine, finish)
    assert np.array_equal(frames, again)
    assert not np.array_equal(frames, other)
    whole, *_ = made(engine, asked.but(draft=False))  # nothing of the schedule stays behind in the pipeline
    assert np.array_equal(whole, np.stack(list(staged("wan_2_2_ti2v_5b", REFINED, models).generate(
        asked.but(draft=False), lambda _: None))))  # fmt: skip


@pytest.mark.parametrize("kept", [True, False])
def test_latents_are_enlarged_by_the_familys_upsampler(models, shot, tmp_path, kept):
    staging = REFINED.but(upsampler=UPSAMPLER)
    engine = staged("ltx_video", staging, models, tmp_path / "latents")
    folder = models / "ltx_video" / "latent_upsampler"
    if not folder.exists():
        torch.manual_seed(0)
        LTXLatentUpsamplerModel(in_channels=8, mid_channels=32, num_blocks_per_stage=1).save_pretrained(folder)
    small, finish = drafted(engine, shot, tmp_path)
    engine.release(shot)
    lying = list((tmp_path / "latents").glob("*.safetensors"))
    assert len(lying) == 1  # a finish begins from them
    if not kept:
        lying[0].unlink()
    frames, notes, _ = made(engine, finish)
    assert frames.shape == (len(small), 64, 64, 3)
    assert any("read again" in note for note in notes) != kept
    assert not any("no upsampler" in note for note in notes)
    engine.release(finish)
    assert [path for path in lying if path.exists()] == (lying if kept else [])


def test_without_its_upsampler_the_pictures_are_enlarged_and_that_is_said(models, shot, tmp_path):
    engine = staged("ltx_video", REFINED.but(upsampler=UPSAMPLER.but(files={"weights": "up/none.safetensors"})), models)
    _, finish = drafted(engine, shot, tmp_path)
    frames, notes, _ = made(engine, finish)
    assert frames.shape[1:3] == (64, 64)
    assert any("pictures are enlarged" in note and "nowhere/upsampler" in note for note in notes)


def test_a_family_without_a_refine_pass_is_made_again_from_the_seed_in_all_steps(models, shot, tmp_path):
    engine = staged("wan_2_2_ti2v_5b", Staging(), models)
    asked = shot.but(engine="wan_2_2_ti2v_5b")
    _, finish = drafted(engine, asked, tmp_path)
    assert (engine.plan(asked).steps, engine.plan(finish).steps) == (2, 4)
    frames, notes, last = made(engine, finish)
    assert last.done == 4
    assert any("by and large" in note for note in notes)
    whole, *_ = made(engine, asked.but(draft=False))
    assert np.array_equal(frames, whole)


def test_a_finish_goes_on_from_a_previous_clip_too(models, shot, tmp_path):
    engine = staged("ltx_video", REFINED, models)
    before = tmp_path / "before.mp4"
    write_clip(before, (np.full((64, 64, 3), 40 + 4 * number, np.uint8) for number in range(30)), 24)
    asked = shot.but(controls=(Control(kind="previous_clip", path=str(before)),))
    small, finish = drafted(engine, asked, tmp_path)
    finish = finish.but(controls=(*asked.controls, *finish.controls))
    frames, *_ = made(engine, finish)
    assert frames.shape == (len(small), 64, 64, 3)
    assert len(frames) == engine.plan(finish).frames


def test_the_size_of_a_draft_is_such_that_its_finish_is_one_that_the_engine_makes(models, shot):
    engine = staged("ltx_video", REFINED.but(scale=1.5), models)
    for width, height in ((333, 777), (704, 480), (100, 64)):
        asked = shot.but(width=width, height=height)
        small, whole = (
            engine.plan(asked),
            engine.plan(asked.but(draft=False, controls=(Control(kind="draft", path="x"),))),
        )
        assert whole.width == small.width * 1.5
        assert whole.height == small.height * 1.5
        assert not any(side % 32 for side in (small.width, small.height, whole.width, whole.height))
        assert small.frames == whole.frames


def test_a_draft_is_not_finished_while_it_is_drafted(shot):
    with pytest.raises(ShotError, match="draft"):
        shot.but(controls=(Control(kind="draft", path="x.mp4"),))
