"""A still is looked at once, however often its camera is changed, and again as soon as it is another one."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.sketch import memory
from studio.engines.sketch.memory import pixels_of, relief_of
from studio.errors import StillError
from studio.shot import Still
from tests.sketch_shots import frames_of, shot_of, still_of, textured


def test_another_camera_or_timing_does_not_judge_near_and_far_again(tmp_path, monkeypatch):
    still = still_of(textured(seed=5), tmp_path)
    first = relief_of(shot_of(still, [("dolly_in", 0, 2)]))
    monkeypatch.setattr(memory, "relief", lambda *_: pytest.fail("judged again"))
    assert relief_of(shot_of(still, [("orbit", 0, 1)], seconds=4.0, seed=3, width=320)) is first


def test_another_focus_is_judged_anew(tmp_path):
    still = still_of(textured(seed=6), tmp_path)
    assert relief_of(shot_of(still)) is not relief_of(shot_of(still, focus=(0.1, 0.9)))


def test_a_still_that_changed_on_disk_is_read_again(tmp_path):
    still = still_of(textured(seed=7), tmp_path)
    before = pixels_of(still)
    still_of(textured(seed=8), tmp_path)
    assert not np.array_equal(pixels_of(still), before)


def test_a_still_that_is_gone_is_told(tmp_path):
    still = still_of(textured(), tmp_path)
    pixels_of(still)
    (tmp_path / "still.png").unlink()
    with pytest.raises(StillError):
        pixels_of(still)


def test_a_path_that_is_none_is_told():
    with pytest.raises(StillError):
        pixels_of(Still(path="\0", digest="none", width=64, height=64))


def test_what_is_remembered_cannot_be_drawn_upon(tmp_path):
    still = still_of(textured(), tmp_path)
    with pytest.raises(ValueError, match="read-only"):
        pixels_of(still)[:] = 0
    frames = frames_of(shot_of(still, [("orbit", 0, 1), ("rack_focus", 0, 1)], seconds=1.0, fps=12))
    frames[0][:] = 0
    assert pixels_of(still).any()


def test_only_a_few_stills_are_kept(tmp_path):
    for seed in range(6):
        pixels_of(still_of(textured(seed=seed), tmp_path, f"still{seed}"))
    assert memory._pixels.cache_info().currsize <= 2
