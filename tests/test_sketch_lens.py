"""A shift of focus takes sharpness away where it says, when it says, and from the first frame nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.lens import Lens, follow_focus, refine
from studio.shot import Beat, Timeline
from tests.sketch_shots import frames_of, shot_of, still_of, textured

SIZE = (192, 128)
PICTURE = textured(*SIZE)
LIFT = np.where(np.arange(96) < 48, 0.0, -0.5).astype(np.float32)[None] * np.ones((64, 1), np.float32)
"""The left half is in focus, the right half far behind."""


def timeline(*beats, seconds=4.0):
    return Timeline(
        seconds=seconds,
        beats=tuple(
            Beat(layer="camera", move="rack_focus", start=start, end=end, direction=direction, level=level)
            for start, end, direction, level in beats
        ),
    )


def seen(*beats, fps=12):
    rack = follow_focus(timeline(*beats), LIFT, np.arange(48) / fps)
    lens = Lens(rack, LIFT)
    x, y = np.meshgrid(np.arange(SIZE[0], dtype=np.float32), np.arange(SIZE[1], dtype=np.float32))
    return rack, [lens.draw(PICTURE, lens.look((x, y), SIZE), number) for number in range(48)]


def sharpness(frame):
    """Of the left and of the right half, well away from their border."""
    detail = cv2.Laplacian(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), cv2.CV_32F)
    return detail[:, 8:80].std(), detail[:, 112:-8].std()


def test_without_a_shift_there_is_no_lens():
    assert follow_focus(Timeline(seconds=4), LIFT, np.arange(4.0)) is None


def test_the_clip_begins_with_the_still_and_ends_on_the_background():
    _, frames = seen((0.5, 3.5, "out", 3))
    np.testing.assert_array_equal(frames[0], PICTURE)
    near, far = sharpness(PICTURE)
    assert sharpness(frames[-1])[0] < 0.4 * near
    assert sharpness(frames[-1])[1] > 0.95 * far


def test_on_the_way_the_background_is_soft_and_the_subject_sharp():
    _, frames = seen((0.5, 3.5, "out", 3))
    near, far = sharpness(PICTURE)
    assert min(sharpness(frame)[1] for frame in frames) < 0.6 * far
    softest = min(frames, key=lambda frame: sharpness(frame)[1])
    assert sharpness(softest)[0] > 0.9 * near


def test_inwards_the_subject_is_soft_first_and_sharp_in_the_end():
    _, frames = seen((0.0, 4.0, "in", 3))
    near, far = sharpness(PICTURE)
    assert min(sharpness(frame)[0] for frame in frames) < 0.6 * near
    assert sharpness(frames[-1])[0] > 0.9 * near
    assert sharpness(frames[-1])[1] < 0.5 * far


def test_a_side_that_is_named_is_what_becomes_sharp():
    rack, _ = seen((0.0, 3.0, "right", 2))
    assert rack.plane[-1] == pytest.approx(-0.5)
    rack, _ = seen((0.0, 3.0, "left", 2))
    assert rack.plane[-1] == pytest.approx(0.0)


def test_focus_goes_and_comes_back_and_holds_between():
    rack, frames = seen((0.0, 1.0, None, 2), (3.0, 4.0, None, 2))
    held = frames[13:35]
    assert all(np.array_equal(frame, held[0]) for frame in held)
    assert rack.plane[20] == pytest.approx(-0.5)
    assert rack.plane[-1] == pytest.approx(0.0, abs=0.05)


def test_a_higher_level_opens_the_lens_further():
    ends = [sharpness(seen((0.0, 3.0, "out", level))[1][-1])[0] for level in (1, 2, 3)]
    assert ends[0] > ends[1] > ends[2]


def test_a_flat_still_says_that_little_can_be_shown(tmp_path):
    flat = follow_focus(timeline((0.0, 2.0, None, 2)), np.zeros((8, 8), np.float32), np.arange(4.0))
    assert flat.faint


def test_bright_outlines_do_not_appear_where_radii_change():
    grey = np.full((128, 192, 3), 120, np.uint8)
    slope = np.tile(np.linspace(-0.6, 0.4, 96, dtype=np.float32), (64, 1))
    rack = follow_focus(timeline((0.0, 2.0, "out", 3)), slope, np.arange(48) / 12)
    x, y = np.meshgrid(np.arange(192, dtype=np.float32), np.arange(128, dtype=np.float32))
    lens = Lens(rack, slope)
    for number in range(0, 48, 4):
        assert np.abs(lens.draw(grey, lens.look((x, y), SIZE), number).astype(int) - 120).max() <= 2


def test_disparity_is_fitted_to_the_edges_of_the_picture():
    picture = np.zeros((128, 192, 3), np.uint8)
    picture[:, 100:] = 255
    coarse = np.tile(np.clip((np.arange(24) - 9) / 6, 0, 1).astype(np.float32), (16, 1))
    fine = refine(coarse, picture)
    assert np.abs(np.diff(fine[64])).max() > 1.5 * np.abs(np.diff(cv2.resize(coarse, SIZE)[64])).max()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 3.5), st.floats(0.05, 3.0), st.sampled_from([None, "in", "out", "left", "up"]), st.just(2)
        ),
        max_size=6,
    )
)
def test_any_shifts_stay_within_what_is_there(asked):
    beats = [(start, min(4.0, start + length), way, level) for start, length, way, level in asked]
    rack = follow_focus(timeline(*beats), LIFT, np.arange(96) / 24)
    if rack is None:
        assert not beats
        return
    assert np.isfinite(rack.plane).all()
    assert (rack.opening >= -1e-12).all()
    assert rack.opening[0] == 0 or not beats


def test_a_shot_with_a_shift_of_focus_starts_as_the_still_and_changes(tmp_path):
    still = still_of(textured(), tmp_path)
    frames = frames_of(shot_of(still, [("rack_focus", 0, 2, 3, "out")], fps=12))
    np.testing.assert_array_equal(frames[0], textured())
    assert not np.array_equal(frames[-1], frames[0])


def test_focus_does_not_change_in_patches_where_only_disparity_was_judged_in_patches():
    """A step of disparity that no edge of the picture asks for becomes a slope; one that an edge asks for stays."""
    noise = np.random.default_rng(0).normal(120, 12, (256, 384, 1)).clip(0, 255).astype(np.uint8)
    bare = np.repeat(noise, 3, axis=2)
    coarse = np.zeros((64, 96), np.float32)
    coarse[:, 48:] = 1.0
    edged = np.where(np.arange(384)[None, :, None] < 192, bare // 2, bare)
    steepest = [np.abs(np.diff(refine(coarse, shown)[128])).max() for shown in (bare, edged.astype(np.uint8))]
    assert steepest[0] < 0.06
    assert steepest[1] > 3 * steepest[0]
