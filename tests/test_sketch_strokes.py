"""Painted depth: strokes are followed, fill their segment, leave the rest; transparent says nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.engines.sketch.strokes import Strokes, apply_strokes, read_strokes
from studio.errors import InputError

SHAPE = (40, 60)
LABELS = np.zeros(SHAPE, np.intp)
LABELS[10:30, 20:40] = 1
FLAT = np.full(SHAPE, 0.3, np.float32)


def stroke(rows, columns, near):
    said = np.zeros(SHAPE, np.float32)
    said[rows, columns] = 1
    return Strokes(np.where(said > 0, near, 0).astype(np.float32), said)


def test_a_stroke_fills_its_segment_and_spares_what_is_far_from_it():
    painted = apply_strokes(FLAT, stroke(slice(18, 22), slice(28, 32), 0.9), LABELS)
    assert painted[20, 30] == pytest.approx(0.9, abs=0.05)
    assert painted[12, 22] == pytest.approx(0.9, abs=0.15)
    assert painted[0, 0] == pytest.approx(0.3, abs=0.12)
    assert painted[12, 22] - painted[12, 18] > 0.1  # a step at the segment's edge


def test_near_and_far_strokes_hold_beside_each_other():
    near, far = stroke(slice(2, 5), slice(0, 60), 1.0), stroke(slice(35, 38), slice(0, 60), 0.0)
    both = Strokes(near.near + far.near, near.said + far.said)
    painted = apply_strokes(FLAT, both, np.zeros(SHAPE, np.intp))
    assert painted[3].mean() > 0.9
    assert painted[36].mean() < 0.1
    assert (np.diff(painted[5:35].mean(axis=1)) < 1e-3).all()  # smooth from one to the other


def test_nothing_painted_changes_nothing():
    assert apply_strokes(FLAT, stroke(slice(0, 0), slice(0, 0), 1.0), LABELS) is FLAT


def test_a_weaker_stroke_changes_less():
    whole, weak = stroke(slice(18, 22), slice(28, 32), 0.9), stroke(slice(18, 22), slice(28, 32), 0.9)
    weak = Strokes(weak.near, weak.said * np.float32(0.01))
    strong_at, weak_at = (apply_strokes(FLAT, one, LABELS)[20, 30] for one in (whole, weak))
    assert 0.3 < weak_at < strong_at


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9), st.floats(0, 1), st.floats(0, 1))
def test_any_strokes_give_a_usable_map(seed, share, near):
    rng = np.random.default_rng(seed)
    said = (rng.random(SHAPE) < share).astype(np.float32)
    guess = rng.random(SHAPE).astype(np.float32)
    painted = apply_strokes(guess, Strokes(np.full(SHAPE, near, np.float32), said), rng.integers(0, 9, SHAPE))
    assert painted.dtype == np.float32
    assert np.isfinite(painted).all()
    assert painted.min() >= 0
    assert painted.max() <= 1


def test_a_painted_picture_is_read_at_any_size(tmp_path):
    painted = np.zeros((200, 300, 4), np.uint8)
    painted[50:150, 100:200] = (255, 255, 255, 255)
    painted[:20] = (0, 0, 0, 255)
    Image.fromarray(painted).save(tmp_path / "depth.png")
    read = read_strokes(tmp_path / "depth.png", SHAPE, 0.5)
    assert read.near[20, 30] == pytest.approx(1)
    assert read.near[1, 1] == pytest.approx(0)
    assert read.said[20, 30] == pytest.approx(0.5)
    assert read.said[35, 5] == 0


@pytest.mark.parametrize("mode", ["RGB", "L", None])
def test_a_picture_without_transparency_or_no_picture_is_refused(tmp_path, mode):
    path = tmp_path / "depth.png"
    if mode:
        Image.new(mode, (30, 20)).save(path)
    with pytest.raises(InputError, match="transparency"):
        read_strokes(path, SHAPE)
