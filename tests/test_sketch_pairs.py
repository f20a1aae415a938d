"""Stereo pairs: a shift is found as it was made, and a pair that is none is named."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.engines.sketch.training.pairs import match, read_pairs

SHIFT = 6


def shifted():
    noise = np.random.default_rng(0).integers(0, 256, (96, 240 + SHIFT, 3), np.uint8)
    wide = cv2.GaussianBlur(noise, (0, 0), 1.5)
    return wide[:, :-SHIFT], wide[:, SHIFT:]


def test_the_disparity_of_a_shifted_picture_is_its_shift():
    found = match(*shifted())
    known = np.isfinite(found)
    assert known.mean() > 0.8
    assert np.median(found[known]) == pytest.approx(SHIFT, abs=0.25)


def test_a_pair_without_its_right_picture_is_named(tmp_path):
    cv2.imwrite(str(tmp_path / "room_left.png"), shifted()[0])
    with pytest.raises(ValueError, match=r"room_right\.png"):
        list(read_pairs(tmp_path))
