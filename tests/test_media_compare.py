"""Takes next to each other, at the same moment."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from studio.errors import Cancelled, MediaError
from studio.media import compare
from studio.media.clips import ClipFacts, probe, read_frames, write_clip
from studio.media.compare import side_by_side
from studio.settings import ROOT
from tests.test_media_clips import flat, names

RED, GREEN, BLUE = (200, 20, 20), (20, 200, 20), (20, 20, 200)


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """One second in red; half a second in green that turns blue in its last frame, larger and slower."""
    folder = tmp_path_factory.mktemp("clips")
    write_clip(folder / "red.mp4", [flat(RED, 96, 64)] * 24, 24)
    write_clip(folder / "green.mp4", [flat(GREEN, 160, 128)] * 7 + [flat(BLUE, 160, 128)], 16)
    return [folder / "red.mp4", folder / "green.mp4"]


def test_clips_play_left_to_right_at_the_height_of_the_lowest(clips, tmp_path, capfd):
    assert side_by_side(clips, tmp_path / "both.mp4") == 24
    facts = probe(tmp_path / "both.mp4")
    assert (facts.width, facts.height, facts.fps, facts.seconds) == (96 + 80, 64, 24, 1)
    frames = list(read_frames(tmp_path / "both.mp4"))
    assert np.abs(frames[0][32, 40].astype(int) - RED).max() < 8
    assert np.abs(frames[0][32, 140].astype(int) - GREEN).max() < 8
    assert capfd.readouterr() == ("", "")


def test_a_shorter_clip_holds_its_last_frame(clips, tmp_path):
    side_by_side(clips, tmp_path / "both.mp4")
    for frame in list(read_frames(tmp_path / "both.mp4"))[12:]:
        assert np.abs(frame[32, 140].astype(int) - BLUE).max() < 12
        assert np.abs(frame[32, 40].astype(int) - RED).max() < 8


def test_four_clips_fit(clips, tmp_path):
    side_by_side([clips[0]] * 4, tmp_path / "four.mp4")
    assert probe(tmp_path / "four.mp4").width == 4 * 96


@pytest.mark.parametrize("count", [0, 1, 5])
def test_other_numbers_are_refused(count, clips, tmp_path):
    with pytest.raises(MediaError, match="two to 4"):
        side_by_side([clips[0]] * count, tmp_path / "x.mp4")


def test_a_clip_that_cannot_be_read_leaves_nothing(clips, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "bad.mp4").write_bytes(b"no video")
    with pytest.raises(MediaError, match=r"bad\.mp4"):
        side_by_side([clips[0], tmp_path / "bad.mp4"], folder / "x.mp4")
    assert names(folder) == []


def test_stopping_on_the_way_leaves_nothing(clips, tmp_path, monkeypatch):
    calls = []

    def stop(time, last):
        calls.append(time)
        if len(calls) > 12:
            raise Cancelled
        return min(time, last)

    monkeypatch.setattr(compare, "_held", stop)
    with pytest.raises(Cancelled):
        side_by_side(clips, tmp_path / "x.mp4")
    assert names(tmp_path) == []


def test_a_row_wider_than_browsers_decode_is_made_lower():
    facts = ClipFacts(width=1920, height=1080, fps=24, frames=9, seconds=1, codec="h264", pixel_format="yuv420p")
    sizes = compare._common_height([facts] * 4)
    assert sum(width for width, _ in sizes) <= 4096 + 8
    assert all(width % 2 == 0 and height % 2 == 0 for width, height in sizes)


def test_moviepy_is_loaded_only_to_compare():
    code = "import sys, studio.media.compare; sys.exit('moviepy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False).returncode == 0
