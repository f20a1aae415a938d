"""Clips one after another: every frame where it was planned, no click and no dip in the sound."""

from __future__ import annotations

import itertools

import av
import numpy as np
import pytest

from studio.errors import MediaError
from studio.media.clips import clip_sound, probe, read_comment, read_frames, write_clip
from studio.media.join import Part, join_clips, joined_frames
from studio.media.sound import Sound
from tests.test_media_clips import flat
from tests.test_media_sound import heard

FPS, RATE = 24, 48000
RED, BLUE = (200, 30, 30), (30, 30, 200)


def voice(seconds: float, pitch: float, rate: int = RATE, channels: int = 2) -> Sound:
    """A low voice: a few partials, trembling a little, so that two of them are never in step."""
    times = np.arange(round(seconds * rate)) / rate
    phase = 2 * np.pi * pitch * times + 0.8 * np.sin(2 * np.pi * 5 * times)
    wave = sum(np.sin(k * phase + k) / k for k in (1, 2, 3))
    wave *= np.clip(times / 0.04, 0, 1)  # AAC answers a sudden start with a crackle of its own
    return Sound(np.tile((0.22 * wave).astype(np.float32), (channels, 1)), rate)


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    write_clip(folder / "red.mp4", [flat(RED, 96, 64)] * 48, FPS, hear=lambda: voice(2, 110))
    write_clip(folder / "blue.mp4", [flat(BLUE, 96, 64)] * 36, FPS, hear=lambda: voice(1.5, 163))
    write_clip(folder / "silent.mp4", [flat(BLUE, 96, 64)] * 12, FPS)
    write_clip(folder / "mono.mp4", [flat(BLUE, 96, 64)] * 24, FPS, hear=lambda: voice(1, 163, 16000, 1))
    write_clip(folder / "large.mp4", [flat(BLUE, 128, 64)] * 24, FPS)
    return folder


@pytest.mark.parametrize(("skip", "fade"), [(0, 0), (1, 0), (0, 12), (1, 12), (0, 1)])
def test_as_many_frames_come_out_as_were_counted_before(clips, tmp_path, skip, fade):
    parts = [Part(clips / "red.mp4"), Part(clips / "blue.mp4", skip, fade)]
    assert join_clips(parts, tmp_path / "reel.mp4") == joined_frames([48, 36], parts) == 84 - skip - fade
    facts = probe(tmp_path / "reel.mp4")
    assert (facts.frames, facts.fps, facts.width) == (84 - skip - fade, FPS, 96)
    seen = [frame[32, 48].astype(int) for frame in read_frames(tmp_path / "reel.mp4")]
    assert np.abs(seen[47 - fade] - RED).max() < 8
    assert np.abs(seen[48] - BLUE).max() < 8
    blues = [pixel[2] for pixel in seen]
    assert all(after >= before - 4 for before, after in itertools.pairwise(blues))


def test_a_cross_fade_of_the_pictures_is_even(clips, tmp_path):
    join_clips([Part(clips / "red.mp4"), Part(clips / "blue.mp4", fade=12)], tmp_path / "reel.mp4")
    blue = np.array([frame[32, 48, 2] for frame in read_frames(tmp_path / "reel.mp4")][36:48], float)
    assert np.abs(blue - np.linspace(30, 200, 14)[1:-1]).max() < 8


def loudness(samples, at, seconds=0.1):
    begin = round((at - seconds / 2) * RATE)
    return float(np.sqrt(np.mean(samples[:, begin : begin + round(seconds * RATE)] ** 2)))


def test_a_cross_fade_of_the_sound_keeps_its_power(clips, tmp_path):
    join_clips([Part(clips / "red.mp4"), Part(clips / "blue.mp4", fade=24)], tmp_path / "reel.mp4")
    samples, _ = heard(tmp_path / "reel.mp4")
    before, after = loudness(samples, 0.5), loudness(samples, 2.3)
    for at in (1.1, 1.3, 1.5, 1.7, 1.9):  # a fade by straight lines is 3 dB too quiet in its middle
        assert abs(20 * np.log10(loudness(samples, at) / np.hypot(before, after) * np.sqrt(2))) < 1.5


def jump(samples, at):
    """The sharpest bend of the wave within 50 ms: what is heard as a click."""
    near = samples[:, round((at - 0.05) * RATE) : round((at + 0.05) * RATE)]
    return float(np.abs(np.diff(near, 2, axis=1)).max())


@pytest.mark.parametrize(("skip", "fade"), [(0, 0), (1, 0), (0, 12)])
def test_a_join_does_not_click(clips, tmp_path, skip, fade):
    """Set end to end as they are, the same sounds bend a hundred times as sharply."""
    join_clips([Part(clips / "red.mp4"), Part(clips / "blue.mp4", skip, fade)], tmp_path / "reel.mp4")
    samples, _ = heard(tmp_path / "reel.mp4")
    first, second = (clip_sound(clips / f"{name}.mp4", RATE, 2).samples for name in ("red", "blue"))
    spliced = jump(np.concatenate([first[:, : 2 * RATE], second], axis=1), 2.0)
    assert jump(samples, 2.0 - fade / FPS) < spliced / 100
    assert jump(samples, 2.0) < spliced / 100


def test_what_belongs_to_the_second_clip_is_heard_with_it(clips, tmp_path):
    join_clips([Part(clips / "silent.mp4"), Part(clips / "blue.mp4")], tmp_path / "reel.mp4")
    samples, rate = heard(tmp_path / "reel.mp4")
    assert np.argmax(np.abs(samples[0]) > 0.1) / rate == pytest.approx(0.5, abs=1 / FPS)
    assert loudness(samples, 0.25) < 0.005


def test_clips_with_other_rates_and_channels_get_one_track(clips, tmp_path):
    join_clips([Part(clips / "mono.mp4"), Part(clips / "red.mp4"), Part(clips / "silent.mp4")], tmp_path / "reel.mp4")
    samples, rate = heard(tmp_path / "reel.mp4")
    assert (len(samples), rate) == (2, RATE)
    assert loudness(samples, 0.5) == pytest.approx(loudness(samples, 2.0), rel=0.15)


def test_clips_without_sound_stay_silent(clips, tmp_path):
    join_clips([Part(clips / "silent.mp4")] * 2, tmp_path / "reel.mp4", lambda count: f"{count} frames")
    assert read_comment(tmp_path / "reel.mp4") == "24 frames"
    with av.open(str(tmp_path / "reel.mp4")) as container:
        assert not container.streams.audio


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], "no clips"),
        ([("red", 0), ("large", 0)], "clip 2: 128 × 64 at 24"),
        ([("silent", 0), ("red", 12)], "the cross-fades of clip 1: 12 of its 12 frames"),
        ([("red", 0), ("silent", 6), ("red", 6)], "the cross-fades of clip 2: 12 of its 12 frames"),
        ([("red", 0), ("gone", 0)], r"gone\.mp4: not found"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(clips, tmp_path, parts, said):
    with pytest.raises(MediaError, match=said):
        join_clips([Part(clips / f"{name}.mp4", fade=fade) for name, fade in parts], tmp_path / "reel.mp4")
    assert not list(tmp_path.iterdir())
