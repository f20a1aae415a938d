"""Every open family through the one adapter: the plan is what comes out, and everything on the way is heard."""

from __future__ import annotations

import functools
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from diffusers import LTX2ConditionPipeline

from studio.engines.diffusers import loading, running
from studio.engines.diffusers.arguments import parameters
from studio.engines.diffusers.engine import Diffusers
from studio.engines.diffusers.memory import Tier
from studio.engines.engine import Note, Preview, Sound, StageStarted, Step, Used
from studio.errors import Cancelled, EngineError, ShotError, StillError
from studio.media.clips import write_clip
from studio.media.stills import open_still
from studio.settings import Settings
from studio.shot import Beat, Control, Shot, Timeline
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, every_family, tiny_profile


def at_length(value: str):
    """A case of the long run, which the suite leaves to ``make long``."""
    return pytest.param(value, marks=pytest.mark.long)


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """A folder of models; each is built when it is first asked for."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def engine(models):
    opened = []

    def open_engine(name: str) -> Diffusers:
        if not (models / name).exists():
            FAMILIES[name].build().save_pretrained(models / name)
        opened.append(Diffusers(tiny_profile(name), models))
        return opened[-1]

    yield open_engine
    for one in opened:
        one.unload()


def control_of(kind, picture, folder):
    """A control of a kind: a picture, or a clip of a bar that moves."""
    if not kind.endswith("_video"):
        return Control(kind=kind, path=picture)
    clip = folder / f"{kind}.mp4"
    if not clip.exists():
        write_clip(clip, (bar(number) for number in range(30)), 24)
    return Control(kind=kind, path=str(clip))


def bar(number, size=64):
    frame = np.full((size, size, 3), 60, np.uint8)
    frame[:, 2 * number % size : 2 * number % size + 12] = 220
    return frame


@pytest.fixture
def shot(tmp_path):
    def make(name: str, seconds: float = 0.5, **more) -> Shot:
        side = FAMILIES[name].side
        still = open_still(encoded(gradient(96, 80), "PNG"), tmp_path, Settings())
        beat = Beat(layer="subject", start=0, end=seconds, text="The cat jumps.")
        timeline = Timeline(seconds=seconds, beats=(beat,))
        needed = [control_of(kind, still.path, tmp_path) for kind in tiny_profile(name).pipeline.needs]
        given = {"controls": tuple(needed), "width": side, "height": side, "seed": 3, "prompt": "A cat jumps.", **more}
        return Shot(still=still, timeline=timeline, seconds=seconds, engine=name, **given)

    return make


@pytest.mark.parametrize("name", FAMILIES)
def test_what_comes_out_is_what_was_planned(engine, shot, name):
    events = []
    made = engine(name)
    asked = shot(name)
    plan = made.plan(asked)
    frames = np.stack(list(made.generate(asked, events.append)))
    assert frames.shape == (plan.frames, plan.height, plan.width, 3)
    assert frames.dtype == np.uint8
    stages = [event.stage for event in events if isinstance(event, StageStarted)]
    assert stages[0] == "plan"
    assert stages[-1] == "decode"
    assert {"denoise"} < set(stages)
    steps = [event for event in events if isinstance(event, Step) and event.stage == "denoise"]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total >= 2
    assert not [event for event in events if isinstance(event, Note) and "came out" in event.text]
    (used,) = [event for event in events if isinstance(event, Used)]
    assert (used.placement, 0.1 < used.memory < 50) == ("full", True)
    pictures = [event for event in events if isinstance(event, Preview)]
    shows_latents = "callback_on_step_end" in parameters(made._loaded.pipeline)
    assert bool(pictures) == shows_latents
    for picture in pictures:
        assert picture.frame.dtype == np.uint8
        assert picture.frame.shape[-1] == 3
        assert 0 <= picture.time <= plan.seconds


@pytest.mark.parametrize(
    "name", ["wan_2_2_ti2v_5b", "framepack_studio", *map(at_length, ("ltx_video", "hunyuan_1_5_i2v"))]
)
def test_the_same_seed_gives_the_same_frames_and_another_seed_others(engine, shot, name):
    made = engine(name)
    first, again, other = (np.stack(list(made.generate(shot(name, seed=seed), lambda _: None))) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_an_engine_that_is_steered_goes_the_way_of_the_timeline(engine, shot):
    made, still = engine("sana_wm"), shot("sana_wm")
    move = Beat(layer="camera", start=0, end=0.5, text="The camera pans left.", move="pan_left")
    panned = still.but(timeline=Timeline(seconds=0.5, beats=(*still.timeline.beats, move)))
    first, second = (np.stack(list(made.generate(asked, lambda _: None))) for asked in (still, panned))
    assert not np.array_equal(first, second)
    focus = move.but(move="rack_focus", text="The focus shifts to the door.")
    plan = made.plan(still.but(timeline=Timeline(seconds=0.5, beats=(focus,))))
    assert any("shifts to the door" in lost and "no focus" in lost for lost in plan.ignored)


@pytest.mark.parametrize("name", every_family())
def test_a_cancel_in_any_stage_leaves_the_engine_usable(engine, shot, name):
    made, asked = engine(name), shot(name)
    heard = []
    whole = np.stack(list(made.generate(asked, heard.append)))
    for stage in dict.fromkeys(event.stage for event in heard if isinstance(event, StageStarted)):

        def stop(event, stage=stage):
            if isinstance(event, StageStarted) and event.stage == stage:
                raise Cancelled

        with pytest.raises(Cancelled):
            list(made.generate(asked.but(prompt=f"Words that are new: {stage}."), stop))
    assert np.array_equal(whole, np.stack(list(made.generate(asked, lambda _: None))))


def test_sound_comes_with_the_frames_at_its_own_rate(engine, shot):
    events = []
    made, asked = engine("ltx_2_3"), shot("ltx_2_3")
    list(made.generate(asked, events.append))
    (sound,) = [event for event in events if isinstance(event, Sound)]
    assert sound.rate == 16000
    assert sound.samples.ndim == 2
    assert sound.samples.dtype == np.float32
    assert np.abs(sound.samples).max() <= 1


@pytest.mark.parametrize("name", ["wan_2_1_flf2v", *map(at_length, ("sparsectrl", "ltx_2_5_dfr"))])
def test_another_end_frame_is_another_clip(engine, shot, tmp_path, name):
    white = tmp_path / "white.png"
    white.write_bytes(encoded(np.full((80, 96, 3), 255, np.uint8), "PNG"))
    made, asked = engine(name), shot(name)
    plain, ending = (
        np.stack(list(made.generate(one, lambda _: None)))
        for one in (asked, asked.but(controls=(Control(kind="end_frame", path=str(white)),)))
    )
    assert not np.array_equal(plain, ending)


def test_a_loop_is_a_clip_whose_end_frame_is_the_still(engine, shot):
    made, asked = engine("wan_2_1_flf2v"), shot("wan_2_1_flf2v")  # it asks for an end frame; this one is the still
    ending, looped = (
        np.stack(list(made.generate(one, lambda _: None))) for one in (asked, asked.but(controls=(), loop=True))
    )
    assert np.array_equal(ending, looped)


@pytest.mark.parametrize("name", ["ltx_2_5_dfr", at_length("ltx_2_3")])
def test_an_end_frame_of_ltx_2_is_the_last_frame_of_the_clip_however_many_are_laid_out(engine, shot, name, monkeypatch):
    made, asked = engine(name), shot(name, seconds=0.7)
    list(made.generate(asked, lambda _: None))
    pipeline, places = made._loaded.pipeline, []
    lay_out = pipeline._prepare_keyframe_coords

    def heard(*given, **named):
        places.append(named["pixel_frame_idx"])
        return lay_out(*given, **named)

    monkeypatch.setattr(pipeline, "_prepare_keyframe_coords", heard)
    list(made.generate(asked.but(controls=(Control(kind="end_frame", path=asked.still.path),)), lambda _: None))
    assert made.plan(asked).frames - 1 in places


def test_an_end_frame_that_is_no_picture_is_refused_in_words(engine, shot, tmp_path):
    broken = tmp_path / "end.png"
    broken.write_text("no picture")
    asked = shot("wan_2_1_vace", controls=(Control(kind="end_frame", path=str(broken)),))
    with pytest.raises(ShotError, match=r"the end frame: end\.png"):
        list(engine("wan_2_1_vace").generate(asked, lambda _: None))


@pytest.mark.parametrize("part", ["transformer", *map(at_length, ("text_encoder", "vae"))])
def test_where_the_memory_does_not_suffice_it_says_so_and_goes_on_working(engine, shot, part, monkeypatch):
    made, asked = engine("wan_2_2_ti2v_5b"), shot("wan_2_2_ti2v_5b")
    whole = np.stack(list(made.generate(asked, lambda _: None)))

    def full(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError

    module = made._loaded.pipeline.components[part]
    monkeypatch.setattr(module.decoder if part == "vae" else module, "forward", full)
    monkeypatch.setattr(loading, "load", lambda *_: torch_full())
    with pytest.raises(EngineError, match=r"the memory for Wan 2\.2 TI2V-5B"):
        list(made.generate(asked.but(prompt="Other words."), lambda _: None))
    monkeypatch.undo()
    assert np.array_equal(whole, np.stack(list(made.generate(asked, lambda _: None))))


def test_after_the_memory_did_not_suffice_all_that_fits_without_the_weights_in_use_is_tried(engine, shot, monkeypatch):
    made, asked, events = engine("wan_2_2_ti2v_5b"), shot("wan_2_2_ti2v_5b"), []
    large, small = Tier(placement="full", vram=9, ram=1), Tier(placement="model_offload", vram=5, ram=1)
    monkeypatch.setattr("studio.engines.diffusers.engine.fitting", lambda *_: (large, small))
    whole = list(made.generate(asked, lambda _: None))
    monkeypatch.setattr("studio.engines.diffusers.engine.fitting", lambda *_: () if made._loaded else (large, small))

    def full(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError

    monkeypatch.setattr(made._loaded.pipeline.transformer, "forward", full)
    assert np.array_equal(whole, list(made.generate(asked, events.append)))
    assert [event.placement for event in events if isinstance(event, Used)] == ["model_offload"]


def test_a_still_that_changes_between_two_takes_is_opened_again(engine, shot):
    made, asked = engine("wan_2_2_ti2v_5b"), shot("wan_2_2_ti2v_5b")
    first = np.stack(list(made.generate(asked, lambda _: None)))
    file = Path(asked.still.path)
    file.write_bytes(encoded(gradient(96, 80)[::-1], "PNG"))
    assert not np.array_equal(first, np.stack(list(made.generate(asked, lambda _: None))))
    file.unlink()
    with pytest.raises(StillError, match="Drop the picture again"):
        list(made.generate(asked, lambda _: None))


def test_the_sound_of_a_clip_that_goes_on_begins_where_its_new_frames_do(engine, shot, tmp_path, monkeypatch):
    made, asked, told = engine("ltx_2_3"), shot("ltx_2_3"), []
    going_on = asked.but(controls=(control_of("motion_video", None, tmp_path).but(kind="previous_clip"),))
    call, rate, again = LTX2ConditionPipeline.__call__, 16000, made.profile.pipeline.overlap

    @functools.wraps(call)
    def in_time(*given, **named):
        output = call(*given, **named)  # its tiny vocoder makes less sound than its pictures last
        output.audio = torch.linspace(-1, 1, round(named["num_frames"] / 24 * rate)).repeat(1, 2, 1)
        return output

    monkeypatch.setattr(LTX2ConditionPipeline, "__call__", in_time)
    frames = list(made.generate(going_on, told.append))
    sound = next(event for event in told if isinstance(event, Sound))
    assert sound.samples.shape == (2, round(len(frames) / 24 * rate))
    assert sound.samples[0, 0] == pytest.approx(2 * again / (again + len(frames)) - 1, abs=1e-3)


@pytest.mark.parametrize("values", [(-0.4, 0.5), (0.2, 1.7), (0.0, 1.0)])
def test_a_frame_becomes_bytes_by_rounding_and_what_lies_outside_is_cut(values):
    pixels = np.random.default_rng(0).uniform(*values, (1, 3, 8, 6, 3)).astype(np.float32)
    made = running._frames(SimpleNamespace(frames=pixels), tiny_profile("wan_2_2_ti2v_5b"))
    assert np.array_equal(made, np.floor(np.clip(pixels[0], 0, 1) * 255 + np.float32(0.5)))


@pytest.mark.parametrize("spoilt", [np.nan, np.inf, -np.inf])
def test_values_that_are_no_numbers_are_no_picture(spoilt):
    pixels = np.zeros((1, 3, 8, 6, 3), np.float32)
    pixels[0, 2, 4, 3, 1] = spoilt
    with pytest.raises(EngineError, match="no numbers"):
        running._frames(SimpleNamespace(frames=pixels), tiny_profile("wan_2_2_ti2v_5b"))


def torch_full():
    raise torch.OutOfMemoryError


def test_a_clip_too_large_to_decode_at_once_is_decoded_in_tiles(engine, shot, monkeypatch):
    made, asked = engine("wan_2_1_i2v"), shot("wan_2_1_i2v")
    list(made.generate(asked, lambda _: None))
    vae, calls = made._loaded.pipeline.vae, []
    decode = vae._decode

    def tight(latents, *given, **named):
        calls.append(vae.use_tiling)
        if not vae.use_tiling:
            raise torch.OutOfMemoryError
        return decode(latents, *given, **named)

    monkeypatch.setattr(vae, "_decode", tight)
    events = []
    frames = list(made.generate(asked, events.append))
    assert len(frames) == made.plan(asked).frames
    assert calls == [False, True]
    assert any("in tiles" in event.text for event in events if isinstance(event, Note))


@pytest.mark.parametrize("harm", ["remove", "cut", "another", "words", "index"])
def test_damaged_weights_are_an_error_with_a_remedy(models, shot, tmp_path, harm):
    name = "wan_2_2_ti2v_5b"
    FAMILIES[name].build().save_pretrained(tmp_path / name)
    weights = tmp_path / name / "transformer" / "diffusion_pytorch_model.safetensors"
    if harm == "remove":
        weights.unlink()
    elif harm == "words":  # transformers would make a tokenizer that knows none
        (tmp_path / name / "tokenizer" / "tokenizer.json").unlink()
    elif harm == "index":
        (tmp_path / name / "model_index.json").write_text("[]")
    elif harm == "cut":
        weights.write_bytes(weights.read_bytes()[:1000])
    else:
        weights.write_bytes((tmp_path / name / "vae" / "diffusion_pytorch_model.safetensors").read_bytes())
    with pytest.raises(EngineError, match=r"the weights of Wan 2\.2 TI2V-5B") as caught:
        list(Diffusers(tiny_profile(name), tmp_path).generate(shot(name), lambda _: None))
    assert "download them again" in str(caught.value)


def test_another_model_takes_the_seat_in_memory(engine, shot):
    first, second = engine("wan_2_2_ti2v_5b"), engine("ltx_video")
    list(first.generate(shot("wan_2_2_ti2v_5b"), lambda _: None))
    list(second.generate(shot("ltx_video"), lambda _: None))
    assert first._loaded is None
    assert second._loaded is not None


def test_the_same_words_are_read_once(engine, shot):
    made, asked = engine("ltx_video"), shot("ltx_video")
    list(made.generate(asked, lambda _: None))
    events = []
    list(made.generate(asked.but(seed=9), events.append))
    assert "condition" not in [event.stage for event in events if isinstance(event, StageStarted)]


@pytest.mark.parametrize("name", ["wan_2_1_vace", "ltx_2_3", at_length("ltx_video")])
def test_a_clip_goes_on_from_the_one_before_and_only_what_is_new_comes_out(engine, shot, tmp_path, name):
    clip = tmp_path / "before.mp4"
    write_clip(clip, (np.full((64, 64, 3), 40 + 4 * number, np.uint8) for number in range(30)), 24)
    asked = shot(name, 1.0, controls=(Control(kind="previous_clip", path=str(clip)),))
    made = engine(name)
    plan = made.plan(asked)
    assert plan.frames % made.profile.frames.step == (1 - 9) % made.profile.frames.step
    events = []
    frames = np.stack(list(made.generate(asked, events.append)))
    assert len(frames) == plan.frames
    assert not [event for event in events if isinstance(event, Note) and "came out" in event.text]
