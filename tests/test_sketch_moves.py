"""The moves that were asked for are the moves that are seen, judged by optical flow on the finished frames."""

from __future__ import annotations

import numpy as np
import pytest

from tests.flow import motion, total
from tests.sketch_shots import SKETCH, frames_of, shot_of, still_of, textured


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    return still_of(textured(), tmp_path_factory.mktemp("still"))


def seen(still, move, direction=None, **options):
    return total(frames_of(shot_of(still, [(move, 0, 2, 2, direction)], seconds=2.0, fps=12, **options)))


@pytest.mark.parametrize(
    ("move", "direction", "measure", "sign"),
    [
        ("dolly_in", None, "growth", 1),
        ("dolly_out", None, "growth", -1),
        ("zoom_in", None, "growth", 1),
        ("zoom_out", None, "growth", -1),
        ("zoom", None, "growth", 1),
        ("zoom", "out", "growth", -1),
        ("crash_zoom", None, "growth", 1),
        ("fly_through", None, "growth", 1),
        ("fpv", None, "growth", 1),
        ("hyperlapse", None, "growth", 1),
        ("fast_move", None, "growth", 1),
        ("pan_right", None, "right", -1),
        ("pan_left", None, "right", 1),
        ("pan", "left", "right", 1),
        ("whip_pan", "right", "right", -1),
        ("truck_right", None, "right", -1),
        ("truck_left", None, "right", 1),
        ("tracking", "left", "right", 1),
        ("tilt_up", None, "down", 1),
        ("tilt_down", None, "down", -1),
        ("pedestal_up", None, "down", 1),
        ("pedestal_down", None, "down", -1),
        ("aerial_move", None, "growth", 1),
        ("roll_cw", None, "clockwise", -1),
        ("roll_ccw", None, "clockwise", 1),
        ("roll", "ccw", "clockwise", 1),
    ],
)
def test_each_move_goes_the_way_its_name_says(still, move, direction, measure, sign):
    found = seen(still, move, direction)
    amounts = {name: getattr(found, name) for name in ("right", "down", "growth", "clockwise")}
    assert amounts[measure] * sign > 0.03, amounts


@pytest.mark.parametrize(("move", "measure"), [("pan_right", "right"), ("tilt_up", "down"), ("zoom_in", "growth")])
def test_a_rotation_or_zoom_does_nothing_else(still, move, measure):
    found = seen(still, move)
    others = {name: abs(getattr(found, name)) for name in ("right", "down", "growth", "clockwise") if name != measure}
    assert max(others.values()) < 0.25 * abs(getattr(found, measure)), others


@pytest.mark.parametrize(("direction", "sign"), [("right", 1), ("left", -1)])
def test_an_orbit_moves_the_far_with_the_camera_and_the_near_against_it(tmp_path, direction, sign):
    still = still_of(standing_box(), tmp_path)
    found = seen(still, "orbit", direction, focus=(0.5, 0.5))
    assert found.rows(0.0, 0.15) * sign > 1.0
    assert found.rows(0.92, 1.0) * sign < -0.5


def test_a_crane_rises_and_looks_down(still):
    near_the_foot = seen(still, "crane").flow[-20:, :, 1].mean()
    assert near_the_foot > 1.0
    assert seen(still, "crane", "down").flow[-20:, :, 1].mean() < -1.0


@pytest.mark.parametrize(("move", "parallax"), [("truck_right", True), ("pan_right", False)])
def test_trucking_shows_depth_and_panning_does_not(still, move, parallax):
    found = seen(still, move)
    far, near = found.rows(0.05, 0.2), found.rows(0.85, 0.95)
    assert far < 0
    assert (near / far > 1.3) == parallax


@pytest.mark.parametrize(("direction", "sign"), [(None, -1), ("out", 1)])
def test_a_dolly_zoom_keeps_the_focus_and_stretches_what_is_behind(tmp_path, direction, sign):
    still = still_of(standing_box(), tmp_path)
    frames = frames_of(shot_of(still, [("dolly_zoom", 0, 2, 3, direction)], fps=12, focus=(0.5, 0.5)))
    box, wall = (slice(56, 104), slice(104, 152)), (slice(0, 40), slice(0, 256))
    assert abs(total([frame[box] for frame in frames]).growth) < 0.03
    assert total([frame[wall] for frame in frames]).growth * sign > 0.02


def test_levels_go_further_and_level_two_is_plain_to_see(still):
    growth = [
        total(frames_of(shot_of(still, [("dolly_in", 0, 2, level)], seconds=2.0, fps=12))).growth for level in (1, 2, 3)
    ]
    assert growth[0] < growth[1] * 0.9 < growth[2] * 0.7
    assert growth[1] > 0.06


def test_four_seconds_of_dolly_at_level_two_magnify_by_about_a_sixth(still):
    frames = frames_of(shot_of(still, [("dolly_in", 0, 4)], seconds=4.0, fps=12))
    assert 0.13 < total([frame[50:110, 90:166] for frame in frames]).growth < 0.20


def test_two_beats_happen_in_their_order(still):
    frames = frames_of(shot_of(still, [("pan_left", 0, 2), ("dolly_in", 2, 4)], seconds=4.0, fps=12))
    first, second = total(frames, 0, 24), total(frames, 24)
    assert first.right > 0.05
    assert abs(first.growth) < 0.02
    assert second.growth > 0.05


def test_the_camera_holds_where_the_timeline_holds(still):
    frames = frames_of(shot_of(still, [("pan_left", 0, 1), ("pan_right", 3, 4)], seconds=4.0, fps=12))
    held = frames[13:36]
    assert all(np.array_equal(frame, held[0]) for frame in held)
    assert not np.array_equal(frames[0], held[0])


def test_a_camera_that_goes_and_comes_back_ends_where_it_began(still):
    frames = frames_of(shot_of(still, [("dolly_in", 0, 1.5), ("dolly_out", 1.5, 3)], seconds=3.2, fps=12))
    assert np.abs(frames[-1].astype(int) - frames[0]).max() <= 1


def test_a_hand_held_camera_never_rests_and_never_leaves(still):
    frames = frames_of(shot_of(still, [("handheld", 0, 4)], seconds=4.0, fps=12))
    hops = [motion(frames[0], frame) for frame in frames[6:-6:6]]
    assert max(np.hypot(hop.right, hop.down) for hop in hops) > 0.003
    assert max(np.hypot(hop.right, hop.down) for hop in hops) < 0.08


@pytest.mark.parametrize("name", ["coffee", "chelsea"])
def test_on_a_photograph_too(name, tmp_path):
    data = pytest.importorskip("skimage.data")
    still = still_of(getattr(data, name)(), tmp_path)
    options = {"width": 256}
    assert seen(still, "dolly_in", **options).growth > 0.05
    assert seen(still, "pan_right", **options).right < -0.05
    assert seen(still, "tilt_up", **options).down > 0.05
    assert seen(still, "roll_cw", **options).clockwise < -0.05


def test_every_move_renders(still):
    from studio.shot import MOVES

    for move in MOVES:
        shot = shot_of(still, [(move, 0, 0.5)], seconds=0.5, fps=12)
        frames = frames_of(shot)
        assert len(frames) == SKETCH.plan(shot).frames


def standing_box():
    """A wall, a floor, and a box that stands on the floor with its foot well above the picture's lower edge."""
    texture = textured().astype(np.float32) - 128
    picture = np.empty((160, 256, 3), np.float32)
    picture[:70], picture[70:] = (90, 110, 130), (120, 130, 90)
    picture[48:112, 98:158] = (210, 110, 40)
    return np.clip(picture + 0.35 * texture, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("direction", "sign"), [("right", 1), ("left", -1)])
def test_an_orbit_turns_towards_the_focus_so_that_the_nearer_side_grows(tmp_path, direction, sign):
    found = still_of(textured(seed=41), tmp_path)
    frames = frames_of(shot_of(found, [("orbit", 0, 2, 3, direction)], fps=12, focus=(0.5, 0.5)))
    left, right = (total([frame[:, side] for frame in frames]).growth for side in (slice(0, 90), slice(-90, None)))
    assert (right - left) * sign > 0.03
