"""A clip that goes on from another: the right end of it, and no jump at the join."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.diffusers.joining import joined, last_frames
from studio.errors import MediaError
from studio.media.clips import write_clip
from studio.shot import Control

SIZE = (64, 48)


def grey(level):
    return np.full((48, 64, 3), level, np.uint8)


def scene(count, seed=0):
    return np.random.default_rng(seed).integers(40, 200, (count, 8, 8, 3)).astype(np.uint8)


@pytest.fixture
def clip(tmp_path):
    """Two seconds at 24 frames a second that get brighter by two levels a frame."""
    write_clip(tmp_path / "before.mp4", (grey(40 + 2 * number) for number in range(48)), 24)
    return Control(kind="previous_clip", path=str(tmp_path / "before.mp4"))


@pytest.mark.parametrize(("fps", "apart"), [(24, 2), (12, 4), (48, 1)])
def test_the_end_is_taken_at_the_speed_of_the_new_clip(clip, fps, apart):
    levels = last_frames(clip, 9, fps, SIZE, (0.5, 0.5)).mean(axis=(1, 2, 3))
    assert levels[-1] == pytest.approx(40 + 2 * 47, abs=2)
    assert np.diff(levels).mean() == pytest.approx(apart, abs=0.3)


def test_a_clip_shorter_than_the_overlap_is_held_at_its_first_frame(tmp_path):
    write_clip(tmp_path / "short.mp4", (grey(60 + 30 * number) for number in range(3)), 24)
    control = Control(kind="previous_clip", path=str(tmp_path / "short.mp4"))
    levels = last_frames(control, 9, 24, SIZE, (0.5, 0.5)).mean(axis=(1, 2, 3))
    assert len(levels) == 9
    assert np.allclose(levels[:7], 60, atol=2)


def test_what_is_no_clip_is_refused(tmp_path):
    (tmp_path / "words.mp4").write_text("no clip")
    with pytest.raises(MediaError):
        last_frames(Control(kind="previous_clip", path=str(tmp_path / "words.mp4")), 9, 24, SIZE, (0.5, 0.5))


def test_an_overlap_drawn_truly_leaves_the_rest_as_it_is():
    frames = scene(20)
    assert np.array_equal(joined(frames, frames[:9], 24), frames[9:])


def test_a_drift_of_colour_is_taken_back_at_the_join_and_let_go_after_a_second():
    true = scene(60)
    drifted = np.clip(true * 0.9 + np.array([12, 0, -6]), 0, 255).astype(np.uint8)
    settled = joined(drifted, true[:9], 24).astype(int)
    assert np.abs(settled[0] - true[9]).mean() < 1.5
    assert np.array_equal(settled[30:], drifted[39:])
