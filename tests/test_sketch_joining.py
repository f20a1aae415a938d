"""A clip that goes on from another begins with its last frame and, where that is known, at its camera's speed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.camera import AXES
from studio.engines.sketch.framing import frame_path, open_from_whole
from studio.engines.sketch.joining import leave
from studio.engines.sketch.planning import draft
from studio.errors import ShotError
from studio.media.clips import last_frame, read_frames
from studio.shot import Beat, Control, Timeline
from tests.flow import motion
from tests.sketch_shots import SKETCH, frames_of, shot_of, still_of, textured
from tests.test_sketch_camera import timelines
from tests.test_sketch_framing import FOCUS, SIZES, camera_path


def joined(still, moves, speed=(), **options):
    control = Control(kind="previous_clip", path="before.mp4", speed=tuple(speed))
    return shot_of(still, moves, controls=(control,), **options)


def speed_of(**parts):
    return [parts.get(axis, 0.0) for axis in AXES]


@pytest.mark.parametrize("moves", [[("pan_left", 0, 2)], [("orbit", 0, 2)], [("dolly_out", 0, 2)], []])
def test_the_first_frame_is_the_whole_last_frame(tmp_path, moves):
    still = still_of(textured(), tmp_path)
    frames = frames_of(joined(still, moves, speed_of(pan=0.05), fps=12))
    np.testing.assert_array_equal(frames[0], textured())


def test_the_speed_is_said_in_shares_of_the_last_frame(tmp_path):
    shot = shot_of(still_of(textured(512, 320), tmp_path), [("handheld", 0, 2, 3)], loop=True, fps=24)
    framing = draft(shot, SKETCH.profile).framing
    pan = AXES.index("pan")
    speed = leave(shot, SKETCH.profile).speed[pan]
    assert speed == pytest.approx((framing.path[-1, pan] - framing.path[-2, pan]) * 24 / framing.crop, abs=1e-5)
    assert speed != 0


def test_a_move_that_has_ended_leaves_at_rest(tmp_path):
    shot = shot_of(still_of(textured(512, 320), tmp_path), [("pan_left", 0, 1)], fps=24)
    assert np.abs(leave(shot, SKETCH.profile).speed).max() == 0


def test_the_camera_goes_on_at_the_speed_it_had_and_slows_down(tmp_path):
    still = still_of(textured(512, 320), tmp_path)
    frames = frames_of(joined(still, [], speed_of(dolly=0.25), seconds=2.0, fps=24))
    assert motion(frames[0], frames[3]).growth == pytest.approx(0.25 * 3 / 24, rel=0.25)
    assert motion(frames[-4], frames[-1]).growth < 1e-3


def test_the_focus_is_found_again_where_it_is_seen(tmp_path):
    still = still_of(textured(), tmp_path)
    zoomed = shot_of(still, [("zoom_in", 0, 1, 3)], focus=(0.7, 0.4), fps=24)
    assert leave(zoomed, SKETCH.profile).focus == pytest.approx((0.7, 0.4), abs=1e-3)
    panned = shot_of(still, [("pan_right", 0, 1, 3)], focus=(0.5, 0.5), fps=24)
    assert leave(panned, SKETCH.profile).focus[0] < 0.45


@settings(max_examples=40, deadline=None)
@given(timelines(), SIZES, st.floats(0.4, 2.5), FOCUS)
def test_a_window_that_closes_in_never_looks_past_the_still_and_never_opens_again(timeline, size, aspect, focus):
    path = camera_path(timeline, max(2, round(timeline.seconds * 12)), 12, 3)
    framing = open_from_whole(frame_path(path, size, aspect, focus))
    assert framing.opening[0] == pytest.approx(1)
    assert (np.diff(framing.opening) <= 0).all()
    for number in range(0, len(path), 5):
        left, top, width, height = framing.window(number)
        x, y = np.meshgrid(left + np.linspace(0, 1, 5) * width, top + np.linspace(0, 1, 5) * height)
        pose = framing.path[number]
        x, y, _ = framing.optics.unrotate(pose, x, y)
        for lift in (-0.6, 0.0, 0.4):
            u, v = framing.optics.untranslate(pose, x, y, np.full_like(x, lift))
            slack = 0.002 * max(size)
            assert u.min() > -slack
            assert v.min() > -slack
            assert u.max() < size[0] + slack
            assert v.max() < size[1] + slack


@pytest.mark.parametrize(
    ("speed", "word"), [((), "begins at rest"), (speed_of(), "at rest"), (speed_of(pan=0.05), "goes on at the speed")]
)
def test_the_plan_says_how_the_clip_is_joined(tmp_path, speed, word):
    plan = SKETCH.plan(joined(still_of(textured(), tmp_path), [("dolly_in", 0, 2)], speed))
    assert any(word in note for note in plan.notes)
    assert not plan.ignored


def test_a_speed_belongs_to_a_previous_clip():
    with pytest.raises(ShotError):
        Control.from_dict({"kind": "motion_brush", "path": "mask.png", "speed": speed_of()})
    with pytest.raises(ShotError):
        Control.from_dict({"kind": "previous_clip", "path": "a.mp4", "speed": [1.0]})


def test_from_the_command_line_s_side_a_clip_goes_on_from_its_last_frame(workspace, picture, tmp_path):
    still = workspace.add_still(picture)
    timeline = Timeline(seconds=0.5, beats=(Beat(layer="camera", move="pan_right", start=0, end=0.5),))
    take = workspace.animate(workspace.shot(still, "", timeline), lambda _: None, tmp_path / "first.mp4")
    last, options = workspace.go_on(tmp_path / "first.mp4")
    assert (last.width, last.height) == (take.plan.width, take.plan.height)
    second = workspace.shot(last, "", timeline, **options)
    again = workspace.animate(second, lambda _: None, tmp_path / "second.mp4")
    assert again.shot.controls[0].kind == "previous_clip"
    assert len(again.shot.controls[0].speed) == len(AXES)
    opening = next(read_frames(tmp_path / "second.mp4")).astype(int)
    assert np.abs(opening - last_frame(tmp_path / "first.mp4")).mean() < 3
