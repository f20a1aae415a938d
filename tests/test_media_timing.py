"""Seconds and frames agree, to the frame."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import InputError
from studio.media.timing import clip_seconds, frame_at, frame_count, frame_times

FPS = st.integers(1, 60)
FRAMES = st.integers(1, 5000)


@pytest.mark.parametrize(
    ("seconds", "fps", "frames"),
    [
        (5, 24, 120),
        (2.5, 24, 60),
        (0.29, 50, 15),
        (0.1, 25, 3),
        (1 / 3, 24, 8),
        (0, 24, 1),
        (0.001, 24, 1),
        (0.5, 1, 1),
    ],
)
def test_known_lengths(seconds, fps, frames):
    assert frame_count(seconds, fps) == frames


@given(FRAMES, FPS)
@settings(deadline=None)
def test_frames_to_seconds_and_back_is_exact(frames, fps):
    assert frame_count(clip_seconds(frames, fps), fps) == frames


@given(st.floats(0, 60, allow_nan=False), FPS)
@settings(deadline=None)
def test_the_count_is_the_nearest_one(seconds, fps):
    assert abs(frame_count(seconds, fps) - max(Fraction(1), Fraction(seconds) * fps)) <= Fraction(1, 2) + Fraction(
        1, 10**9
    )


@given(st.integers(0, 60_000), FPS)
@settings(deadline=None)
def test_halves_go_up_for_the_decimal_that_was_written(milliseconds, fps):
    exact = Fraction(milliseconds, 1000) * fps
    assert frame_count(milliseconds / 1000, fps) == max(1, math.floor(exact + Fraction(1, 2)))


@given(FRAMES, FPS)
@settings(deadline=None)
def test_frame_times_start_at_zero_and_keep_their_step(frames, fps):
    times = frame_times(frames, fps)
    assert times.shape == (frames,) and times[0] == 0
    assert times[-1] == (frames - 1) / fps  # no error adds up
    assert np.all(np.diff(times) > 0)


@given(st.integers(1, 600), FPS, st.data())
@settings(deadline=None)
def test_the_frame_on_screen_when_it_begins_is_that_frame(frames, fps, data):
    index = data.draw(st.integers(0, frames - 1))
    assert frame_at(index / fps, frames, fps) == index
    assert frame_at((index + 0.5) / fps, frames, fps) == index


def test_moments_outside_the_clip_show_its_first_or_last_frame():
    assert frame_at(-3, 10, 24) == 0
    assert frame_at(99, 10, 24) == 9


@pytest.mark.parametrize("seconds", [-1, math.nan, math.inf])
def test_impossible_lengths_are_refused(seconds):
    with pytest.raises(InputError, match="seconds"):
        frame_count(seconds, 24)


@pytest.mark.parametrize("call", [lambda: frame_count(1, 0), lambda: clip_seconds(1, 0), lambda: frame_times(-1, 24)])
def test_impossible_rates_and_counts_are_refused(call):
    with pytest.raises(InputError):
        call()


def test_an_empty_clip_has_no_frame_to_show():
    with pytest.raises(InputError):
        frame_at(0, 0, 24)
