"""A draft by sketch is a smaller clip of the same motion, and its finish is the clip that is made at once."""

from __future__ import annotations

import cv2
import numpy as np

from studio.shot import Control
from tests.sketch_shots import SKETCH, frames_of, shot_of, still_of, textured


def test_a_draft_is_half_as_large_and_moves_as_its_finish_does(tmp_path) -> None:
    still = still_of(textured(256, 160), tmp_path)
    asked = shot_of(still, [("dolly_in", 0, 1)], seconds=1.0, draft=True)
    finish = asked.but(draft=False, finishes="a" * 16, controls=(Control(kind="draft", path="draft.mp4"),))
    small, whole = SKETCH.plan(asked), SKETCH.plan(finish)
    assert (small.width, small.height) == (whole.width // 2, whole.height // 2)
    assert (small.frames, small.fps, small.crop) == (whole.frames, whole.fps, whole.crop)
    assert small.estimate < whole.estimate
    assert not whole.ignored
    assert "same motion" in small.notes[0]
    rough, fine = frames_of(asked), frames_of(finish)
    assert np.array_equal(fine, frames_of(asked.but(draft=False)))
    for number in (0, len(fine) // 2, len(fine) - 1):
        shrunk = cv2.resize(fine[number], (small.width, small.height), interpolation=cv2.INTER_AREA)
        others = [np.abs(shrunk.astype(int) - rough[other]).mean() for other in (number, len(fine) - 1 - number)]
        assert others[0] < 12
        assert number == len(fine) // 2 or others[0] < others[1]
