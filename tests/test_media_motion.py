"""A clip that says how things move is checked and written anew; nothing else gets in."""

from __future__ import annotations

import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from studio.errors import InputError
from studio.media.clips import probe, read_frames, write_clip
from studio.media.motion import keep_video
from studio.settings import Settings

THING = "the pose video"


def frames(count, width=64, height=48):
    for number in range(count):
        frame = np.full((height, width, 3), 40, np.uint8)
        frame[:, : width // 4] = 40 + 4 * (number % 50)
        yield frame


def test_a_clip_is_kept_by_its_content_and_only_once(tmp_path):
    write_clip(tmp_path / "dance.mp4", frames(20), 24)
    key = keep_video(tmp_path / "dance.mp4", tmp_path / "controls", Settings(), THING)
    assert keep_video(tmp_path / "dance.mp4", tmp_path / "controls", Settings(), THING) == key
    assert [one.name for one in (tmp_path / "controls").iterdir()] == [f"{key}.mp4"]
    facts = probe(tmp_path / "controls" / f"{key}.mp4")
    assert (facts.width, facts.height, facts.frames, facts.fps) == (64, 48, 20, 24)


def test_a_large_and_fast_clip_becomes_smaller_and_keeps_its_seconds(tmp_path):
    write_clip(tmp_path / "big.mp4", frames(30, 1600, 200), 60)
    key = keep_video(tmp_path / "big.mp4", tmp_path, Settings(), THING)
    facts = probe(tmp_path / f"{key}.mp4")
    assert (facts.width, facts.height, facts.fps) == (1280, 160, 30)
    assert facts.seconds == pytest.approx(0.5, abs=0.04)


def test_a_clip_from_a_telephone_stands_upright(tmp_path):
    write_clip(tmp_path / "flat.mp4", frames(4), 24)
    turned = tmp_path / "turned.mp4"
    tool = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-display_rotation", "90", "-i", tmp_path / "flat.mp4"]
    subprocess.run([*tool, "-c", "copy", turned], check=True)
    key = keep_video(turned, tmp_path, Settings(), THING)
    last = list(read_frames(tmp_path / f"{key}.mp4"))[-1].astype(int)
    assert last.shape == (64, 48, 3)
    assert last[60].mean() > last[4].mean() + 5  # turned left: what was at the left is below


@pytest.mark.parametrize("data", [b"", b"no video at all", b"#EXTM3U\n/etc/passwd\n", b"\x89PNG\r\n\x1a\n" + b"0" * 99])
def test_what_is_no_clip_is_refused_and_leaves_nothing(tmp_path, data):
    (tmp_path / "dance.mp4").write_bytes(data)
    with pytest.raises(InputError, match="the pose video"):
        keep_video(tmp_path / "dance.mp4", tmp_path / "controls", Settings(), THING)
    assert not (tmp_path / "controls").exists()


def test_a_clip_that_breaks_off_is_refused_and_leaves_nothing(tmp_path):
    write_clip(tmp_path / "whole.mp4", frames(60), 24)
    whole = (tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) - len(whole) // 4])
    with pytest.raises(InputError, match="the pose video"):
        keep_video(tmp_path / "half.mp4", tmp_path / "controls", Settings(), THING)
    assert not list((tmp_path / "controls").glob("*")) if (tmp_path / "controls").exists() else True


def test_a_missing_one_a_heavy_one_a_long_one_and_a_picture_are_refused(tmp_path):
    with pytest.raises(InputError, match="no file"):
        keep_video(tmp_path / "none.mp4", tmp_path, Settings(), THING)
    (tmp_path / "heavy.mp4").write_bytes(b"0" * 1_500_000)
    with pytest.raises(InputError, match="at most 1 MB"):
        keep_video(tmp_path / "heavy.mp4", tmp_path, Settings(max_upload_mb=1), THING)
    write_clip(tmp_path / "long.mp4", frames(61), 1)
    with pytest.raises(InputError, match="at most 60 s"):
        keep_video(tmp_path / "long.mp4", tmp_path, Settings(), THING)
    write_clip(tmp_path / "one.mp4", frames(1), 24)
    with pytest.raises(InputError, match="one frame"):
        keep_video(tmp_path / "one.mp4", tmp_path, Settings(), THING)
