"""Clips that are made window after window: each window hears its own words, and a finished one is not made again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.engines.diffusers.engine import Diffusers
from studio.engines.diffusers.windows import window_words
from studio.engines.engine import Event, Note, Step
from studio.errors import Cancelled
from studio.media.stills import open_still
from studio.settings import Settings
from studio.shot import Shot, Timed, Timeline
from tests.conftest import textured
from tests.tiny.families import FAMILIES, PROFILES, tiny_profile

NAMES = tuple(name for name in FAMILIES if PROFILES[name].pipeline.windows)
UNLIKE = ("helios_distilled", "ltx_video_long")
"""They differ most: the first takes more steps in its first window; the other's windows are not all of a length."""
LONG = [name if name in UNLIKE else pytest.param(name, marks=pytest.mark.long) for name in NAMES]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name in NAMES:
        FAMILIES[name].build().save_pretrained(folder / name)
    return folder


@pytest.fixture
def shot(tmp_path: Path) -> Shot:
    textured(96, 64).save(tmp_path / "still.png")
    still = open_still(tmp_path / "still.png", tmp_path / "stills", Settings(data=tmp_path))
    return Shot(
        still=still, prompt="A cat.", said="A cat jumps.", timeline=Timeline(seconds=1), seconds=1, width=64, height=64
    )


def of(shot: Shot, name: str, windows: int, *words: str) -> Shot:
    """The shot, so many windows long, told so from so many even moments on."""
    profile = tiny_profile(name)
    first, further = profile.pipeline.window or (profile.frames.step, profile.frames.step)
    seconds = (first + further * (windows - 1) + profile.frames.remainder) / profile.fps[0]
    timed = tuple(Timed(start=number * seconds / len(words), text=text) for number, text in enumerate(words))
    return shot.but(engine=name, seconds=seconds, timeline=Timeline(seconds=seconds), timed=timed)


def engine(name: str, models: Path, folder: Path) -> Diffusers:
    return Diffusers(tiny_profile(name), models, latents=folder)


def frames(made: Diffusers, shot: Shot, tell=lambda _: None) -> np.ndarray:
    return np.stack(list(made.generate(shot, tell)))


def test_the_last_window_comes_first_where_a_clip_is_made_backwards(shot: Shot) -> None:
    told = {name: of(shot, name, 2, "one", "two") for name in NAMES}
    plans = {name: engine(name, Path(), Path()).plan(told[name]) for name in NAMES}
    words = {name: window_words(told[name], plans[name], tiny_profile(name)) for name in NAMES}
    order = {"forwards": ("one", "two"), "backwards": ("two", "one")}
    assert words == {name: order[PROFILES[name].pipeline.windows] for name in NAMES}
    assert words["framepack_studio"] == ("two", "one") != words["helios"]


def test_windows_without_words_of_their_own_hear_those_of_the_clip(shot: Shot) -> None:
    plain = of(shot, "helios", 2)
    assert (
        window_words(plain, engine("helios", Path(), Path()).plan(plain), tiny_profile("helios"))
        == ("A cat jumps.",) * 2
    )


def test_a_clip_of_one_window_is_made_as_a_whole(shot: Shot) -> None:
    plain = of(shot, "helios", 1)
    assert window_words(plain, engine("helios", Path(), Path()).plan(plain), tiny_profile("helios")) == ()


@pytest.mark.parametrize(("name", "kept", "changed"), [("framepack_studio", -1, 1), ("helios", 0, -1)])
def test_what_the_second_window_hears_changes_nothing_of_the_first(
    name: str, kept: int, changed: int, shot: Shot, models: Path, tmp_path: Path
) -> None:
    made = engine(name, models, tmp_path / "latents")
    same, other = ("the cat jumps", "the dog runs away")
    first = frames(made, of(shot, name, 2, same, same))
    words = (other, same) if name == "framepack_studio" else (same, other)
    second = frames(made, of(shot, name, 2, *words))
    assert np.array_equal(first[kept], second[kept])
    assert not np.array_equal(first[changed], second[changed])


def test_the_second_window_of_a_pipeline_that_mixes_frames_as_it_decodes_hears_its_own_words(
    shot: Shot, models: Path, tmp_path: Path
) -> None:
    made, clips = engine("ltx_video_long", models, tmp_path / "latents"), []
    for words in ("the cat jumps", "the dog runs"):
        clips.append(frames(made, of(shot, "ltx_video_long", 2, "the cat jumps", words)).astype(float))
    change = np.abs(clips[0] - clips[1]).mean(axis=(1, 2, 3))
    assert change[0] < change[80:].mean() / 4


def test_a_further_window_begins_with_the_frame_after_the_one_before() -> None:
    long = PROFILES["ltx_video_long"]
    assert [len(long.windows(frames)) for frames in (9, 73, 81, 129, 137, 1497)] == [1, 1, 2, 2, 3, 27]
    assert long.windows(137) == (0.0, 72.0, 128.0)
    assert PROFILES["helios"].windows(66) == (0.0, 33.0)
    assert PROFILES["wan_2_2_ti2v_5b"].windows(121) == (0.0,)


@pytest.mark.parametrize("name", LONG)
def test_every_window_hearing_the_same_is_the_bare_call(name: str, shot: Shot, models: Path, tmp_path: Path) -> None:
    made = engine(name, models, tmp_path / "latents")
    assert np.array_equal(
        frames(made, of(shot, name, 2)), frames(made, of(shot, name, 2, "A cat jumps.", "A cat jumps."))
    )


@pytest.mark.parametrize("name", LONG)
def test_a_clip_that_broke_off_goes_on_after_the_last_finished_window(
    name: str, shot: Shot, models: Path, tmp_path: Path
) -> None:
    told = of(shot, name, 3, "the cat jumps", "the dog runs", "the light dims")
    whole = frames(engine(name, models, tmp_path / "other"), told)
    made, heard = engine(name, models, tmp_path / "latents"), list[Event]()
    pipeline = tiny_profile(name).pipeline
    two_windows = pipeline.steps * (pipeline.opening + 1)

    def break_off(event: Event) -> None:
        if isinstance(event, Step) and event.stage == "denoise" and event.done == two_windows + 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        frames(made, told, break_off)
    worked = []
    next(made._loaded.pipeline.transformer.children()).register_forward_pre_hook(lambda *_: worked.append(1))
    again = frames(made, told, heard.append)
    apart = np.abs(again.astype(int) - whole.astype(int)).max()
    assert apart <= (1 if name == "ltx_video_long" else 0)  # sums over latents that lie otherwise in memory are rounded
    notes = [event.text for event in heard if isinstance(event, Note)]
    assert "Gone on after window 2 of an earlier attempt; what was finished is not sampled again." in notes
    calls = len(worked)
    made.release(told)
    worked.clear()
    frames(made, told)
    assert len(worked) == (pipeline.opening + 2) * calls  # one window of three was left to do


@pytest.mark.parametrize("name", LONG)
def test_progress_counts_the_steps_of_all_windows(name: str, shot: Shot, models: Path, tmp_path: Path) -> None:
    heard: list[Event] = []
    frames(engine(name, models, tmp_path / "latents"), of(shot, name, 2), heard.append)
    steps = [event for event in heard if isinstance(event, Step) and event.stage == "denoise"]
    pipeline = tiny_profile(name).pipeline
    assert {event.total for event in steps} == {pipeline.steps * (pipeline.opening + 1)}
    assert steps[-1].done == steps[-1].total


def test_the_pipeline_is_left_as_it_was(shot: Shot, models: Path, tmp_path: Path) -> None:
    made = engine("helios", models, tmp_path / "latents")
    asked = of(shot, "helios", 2)
    assert len(frames(made, asked)) == made.plan(asked).frames == 65  # of two windows of 33 it gives no more
    pipeline = made._loaded.pipeline
    before = pipeline.encode_prompt, pipeline.transformer.forward, len(pipeline.transformer._forward_pre_hooks)
    frames(made, of(shot, "helios", 2, "one", "two"))
    after = pipeline.encode_prompt, pipeline.transformer.forward, len(pipeline.transformer._forward_pre_hooks)
    assert before == after
