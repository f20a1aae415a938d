"""A clip's sound: as long as its pictures, at its own rate, in sync."""

from __future__ import annotations

import av
import numpy as np
import pytest

from studio.media.clips import probe, read_comment, write_clip
from studio.media.sound import Sound

FPS, FRAMES = 24, 36


def pictures():
    for number in range(FRAMES):
        yield np.full((64, 96, 3), 60 + 100 * (number >= FRAMES // 2), np.uint8)


def tone(seconds, rate=16000, channels=2, begins=0.0):
    times = np.arange(round(seconds * rate)) / rate
    wave = 0.5 * np.sin(2 * np.pi * 440 * times) * (times >= begins)
    return Sound(np.tile(wave.astype(np.float32), (channels, 1)), rate)


def heard(path):
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        parts = [frame.to_ndarray() for frame in container.decode(stream)]
        return np.concatenate(parts, axis=1), stream.rate


@pytest.mark.parametrize("seconds", [0.4, 1.5, 6.0])
def test_the_sound_lasts_as_long_as_the_pictures(tmp_path, seconds):
    write_clip(tmp_path / "clip.mp4", pictures(), FPS, hear=lambda: tone(seconds))
    samples, rate = heard(tmp_path / "clip.mp4")
    assert samples.shape[1] / rate == pytest.approx(FRAMES / FPS, abs=0.07)  # AAC counts in blocks of 1024
    assert probe(tmp_path / "clip.mp4").frames == FRAMES


@pytest.mark.parametrize(("rate", "channels"), [(16000, 1), (24000, 2), (48000, 2)])
def test_rate_and_channels_stay(tmp_path, rate, channels):
    write_clip(tmp_path / "clip.mp4", pictures(), FPS, hear=lambda: tone(1.5, rate, channels))
    samples, found = heard(tmp_path / "clip.mp4")
    assert found == rate
    assert len(samples) == channels


def test_what_begins_with_a_picture_is_heard_with_it(tmp_path):
    write_clip(tmp_path / "clip.mp4", pictures(), FPS, hear=lambda: tone(1.5, begins=FRAMES / 2 / FPS))
    samples, rate = heard(tmp_path / "clip.mp4")
    first = np.argmax(np.abs(samples[0]) > 0.2) / rate
    assert first == pytest.approx(FRAMES / 2 / FPS, abs=1.5 / FPS)


def test_the_record_stays_in_a_clip_with_sound(tmp_path):
    write_clip(tmp_path / "clip.mp4", pictures(), FPS, lambda count: f"{count} frames", hear=lambda: tone(1.5))
    assert read_comment(tmp_path / "clip.mp4") == f"{FRAMES} frames"


def test_without_a_sound_there_is_no_track(tmp_path):
    write_clip(tmp_path / "clip.mp4", pictures(), FPS, hear=lambda: None)
    with av.open(str(tmp_path / "clip.mp4")) as container:
        assert not container.streams.audio


def test_a_sound_that_is_cut_fades_out():
    cut = tone(3.0).lasting(1.0)
    assert cut.samples.shape == (2, 16000)
    assert abs(cut.samples[0, -1]) < 1e-6
