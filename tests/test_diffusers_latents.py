"""A take that broke off after denoising is decoded from its latents: nothing is sampled twice or looks different."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import SafetensorError

from studio.engines.diffusers.engine import Diffusers
from studio.engines.engine import Note, Sound, StageStarted, Step
from studio.errors import Cancelled, EngineError
from studio.media.stills import open_still
from studio.settings import Settings
from studio.shot import Beat, Control, Shot, Timeline
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, every_family, tiny_profile

QUICK = "wan_2_2_ti2v_5b"
SOUND_LAST = {"kandinsky_6_lite"}
"""Pipelines that decode their sound after the pictures: where those fail, the sound's latents were not seen yet."""


class Bench:
    """An engine whose denoising is counted and whose decoding can be broken."""

    def __init__(self, name: str, models: Path, folder: Path) -> None:
        if not (models / name).exists():
            FAMILIES[name].build().save_pretrained(models / name)
        self.engine, self.folder = Diffusers(tiny_profile(name), models, latents=folder), folder
        self.steps, self.broken, self.events = 0, False, []

    def make(self, shot: Shot) -> np.ndarray:
        self.steps, self.events = 0, []
        if self.engine._loaded is None:
            list(self.engine.generate(shot.but(seed=77), lambda _: None))
            self.engine.release(shot.but(seed=77))
            self._listen(self.engine._loaded.pipeline)
        return np.stack(list(self.engine.generate(shot, self.events.append)))

    def break_off(self, shot: Shot) -> None:
        """An attempt that dies at the autoencoder's door, as a process would."""
        self.broken = True
        with pytest.raises(KeyboardInterrupt):
            self.make(shot)
        self.broken = False
        assert self.steps

    def kept(self) -> list[Path]:
        return sorted(self.folder.glob("*"))

    def notes(self) -> str:
        return " ".join(event.text for event in self.events if isinstance(event, Note))

    def _listen(self, pipeline) -> None:
        for name, part in pipeline.components.items():
            if name in ("transformer", "transformer_2", "unet") and part is not None:
                next(part.children()).register_forward_pre_hook(self._step)  # at work, not merely asked
        inner = getattr(pipeline.vae, "decoder", None)
        inner.register_forward_pre_hook(self._decode)

    def _step(self, *_: object) -> None:
        self.steps += 1

    def _decode(self, *_: object) -> None:
        if self.broken:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def bench(models, tmp_path):
    opened = []

    def open_bench(name: str = QUICK) -> Bench:
        opened.append(Bench(name, models, tmp_path / "latents"))
        return opened[-1]

    yield open_bench
    for one in opened:
        one.engine.unload()


@pytest.fixture
def shot(tmp_path):
    def make(name: str = QUICK, **more) -> Shot:
        still = open_still(encoded(gradient(96, 80), "PNG"), tmp_path, Settings())
        beat = Beat(layer="subject", start=0, end=0.5, text="The cat jumps.")
        needed = tuple(Control(kind=kind, path=still.path) for kind in tiny_profile(name).pipeline.needs)
        side = FAMILIES[name].side
        given = {"controls": needed, "width": side, "height": side, "seed": 3, "prompt": "A cat jumps.", **more}
        timeline = Timeline(seconds=0.5, beats=(beat,))
        return Shot(still=still, timeline=timeline, seconds=0.5, engine=name, **given)

    return make


@pytest.mark.parametrize("name", every_family())
def test_a_take_that_broke_off_in_decoding_is_not_sampled_again(bench, shot, name):
    made, asked = bench(name), shot(name)
    whole = made.make(asked)
    sound = [event.samples for event in made.events if isinstance(event, Sound)]
    made.engine.release(asked)
    made.break_off(asked)
    again = made.make(asked)
    assert np.array_equal(whole, again)
    heard = [event.samples for event in made.events if isinstance(event, Sound)]
    assert len(heard) == len(sound) and all(np.array_equal(*pair) for pair in zip(sound, heard, strict=True))
    denoised = [event for event in made.events if isinstance(event, StageStarted) and event.stage == "denoise"]
    if name in SOUND_LAST:
        assert "they are sampled again" in made.notes()
    else:
        assert (made.steps, denoised) == (0, [])
        assert "nothing is sampled again" in made.notes()
    made.engine.release(asked)
    assert made.kept() == []


def test_a_cancel_while_the_clip_is_written_is_heard_and_the_latents_stay(bench, shot):
    made, asked = bench(), shot()
    whole = made.make(asked)
    made.engine.release(asked)

    def stop(event):
        if isinstance(event, Step) and event.stage == "decode" and event.total > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(made.engine.generate(asked, stop))
    assert np.array_equal(whole, made.make(asked))
    assert made.steps == 0


def test_latents_are_of_one_shot_alone(bench, shot):
    made = bench()
    made.break_off(shot())
    made.make(shot(seed=4))
    assert made.steps > 0
    made.make(shot(prompt="Another cat."))
    assert made.steps > 0


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty"])
def test_damaged_latents_are_told_and_sampled_again(bench, shot, harm):
    made, asked = bench(), shot()
    whole = made.make(asked)
    made.engine.release(asked)
    made.break_off(asked)
    (path,) = made.kept()
    held = bytearray(path.read_bytes())
    held[-5] ^= 1
    path.write_bytes({"cut": bytes(held[:-100]), "flipped": bytes(held), "empty": b""}[harm])
    assert np.array_equal(whole, made.make(asked))
    assert made.steps > 0
    assert "The latents of an earlier attempt are damaged: they are sampled again." in made.notes()


def test_latents_of_another_version_are_not_decoded(bench, shot, monkeypatch):
    made, asked = bench(), shot()
    monkeypatch.setattr("diffusers.__version__", "0.0.1")
    made.break_off(asked)
    monkeypatch.undo()
    made.make(asked)
    assert made.steps > 0
    assert "another version" in made.notes()


def test_a_disk_without_room_for_latents_does_not_stop_the_take(bench, shot):
    made, asked = bench(), shot()
    made.folder.parent.mkdir(exist_ok=True)
    made.folder.write_text("no folder")
    assert len(made.make(asked))
    assert "should this take break off, it is sampled again" in made.notes()


def test_why_latents_are_not_kept_is_told_once_a_take(bench, shot, monkeypatch):
    def full(*_: object) -> None:
        raise SafetensorError("I/O error: No space left on device")

    made, asked = bench("ltx_2_3"), shot("ltx_2_3")
    made.make(asked.but(seed=5))
    made.engine.release(asked.but(seed=5))
    monkeypatch.setattr("studio.engines.diffusers.latents.save_file", full)
    assert len(made.make(asked))
    told = [note for note in made.notes().split(". ") if "No space left on device" in note]
    assert len(told) == 1  # its pictures and its sound go through two doors
    assert made.kept() == []


def test_where_the_decoding_itself_fails_the_latents_stay(bench, shot, monkeypatch):
    made, asked = bench(), shot()
    made.break_off(asked)
    decoder = made.engine._loaded.pipeline.vae.decoder

    def spoilt(*_: object, **__: object) -> None:
        raise RuntimeError("an unlucky kernel")

    monkeypatch.setattr(decoder, "forward", spoilt)
    with pytest.raises(EngineError, match="unlucky"):
        made.make(asked)
    monkeypatch.undo()
    made.make(asked)
    assert made.steps == 0


def test_where_the_memory_does_not_hold_the_decoding_the_latents_stay(bench, shot, monkeypatch):
    made, asked = bench(), shot()
    made.break_off(asked)

    def full(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError

    monkeypatch.setattr(made.engine._loaded.pipeline.vae.decoder, "forward", full)
    with pytest.raises(Exception, match="memory"):
        made.make(asked)
    assert made.steps == 0
    assert len(made.kept()) == 1
