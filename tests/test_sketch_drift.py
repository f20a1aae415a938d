"""What a person may rely on when clouds drift and water runs."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from studio.engines.sketch.life.drift import Drift, carry_on, soft_mask
from studio.engines.sketch.life.effect import Life
from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.render import Renderer
from studio.engines.sketch.warp import Warp
from studio.media.planes import Planes, to_luma
from tests.sketch_scenes import frames_of, scene_of
from tests.sketch_shots import textured

MOTIONS = {motion.id: motion for motion in load_library().motions}


def skyline(width=240, height=160):
    """Soft clouds over a hard city, and where the sky is."""
    pixels = textured(width, height)
    pixels = cv2.GaussianBlur(pixels, (0, 0), 3)
    sky = np.full((height, width), 255, np.uint8)
    sky[100:] = 0
    sky[40:, 100:130] = 0  # a tower
    pixels[sky == 0] = (60, 30, 20)
    return pixels, sky


def drift_of(motion="drift", seconds=3.0, wind=(1.0, 0.0), amount=1.0, loop=False):
    pixels, sky = skyline()
    scene = scene_of(pixels=pixels, seconds=seconds)
    if loop:
        object.__setattr__(scene, "shot", scene.shot.but(loop=True))
    amounts = np.full(scene.frames, amount)
    return scene, sky, Drift.over(sky, scene, MOTIONS[motion], amounts, wind)


@pytest.mark.parametrize("motion", ["drift", "flow", "rise"])
def test_what_stands_in_front_stays_to_the_bit(motion):
    scene, sky, layer = drift_of(motion)
    frames = frames_of(scene, Life(layers=(layer,)))
    solid = cv2.erode(255 - sky, np.ones((9, 9), np.uint8)) > 0
    for frame in frames[::12]:
        np.testing.assert_array_equal(frame[solid], frames[0][solid])
    assert np.abs(frames[40].astype(int) - frames[0])[sky > 0].mean() > 0.5


def test_the_first_frame_is_the_still():
    for motion in ("drift", "flow"):
        scene, _, layer = drift_of(motion)
        first = frames_of(scene, Life(layers=(layer,)))[0]
        assert np.abs(first.astype(int) - scene.canvas).mean() < 1.5


@pytest.mark.parametrize("wind", [(1.0, 0.0), (-1.0, 0.0)])
def test_clouds_go_as_far_as_they_are_asked_to(wind):
    scene, _, layer = drift_of(wind=wind)
    frames = frames_of(scene, Life(layers=(layer,)))
    before, after = (cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (frames[0], frames[24]))
    flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(before, after, None)
    across, down = np.median(flow[5:30, 90:150].reshape(-1, 2), axis=0)
    assert across == pytest.approx(wind[0] * MOTIONS["drift"].reach * 240, rel=0.3)
    assert abs(down) < 0.5


def test_nothing_of_the_front_is_carried_into_the_layer():
    pixels, sky = skyline()
    behind = carry_on(pixels, sky)
    assert np.abs(behind[60:90, 110:120].astype(int) - (60, 30, 20)).mean() > 30


def test_a_soft_mask_is_nothing_away_from_the_mask_and_whole_inside():
    pixels, sky = skyline()
    soft = soft_mask(sky, pixels)
    assert not soft[112:].any()
    assert soft[:80, :80].min() > 240


@pytest.mark.parametrize("motion", ["drift", "flow"])
def test_a_loop_closes(motion):
    scene, _, layer = drift_of(motion, loop=True)
    assert layer.looped
    frames = frames_of(scene, Life(layers=(layer,)))
    step = np.mean([np.abs(a.astype(int) - b).mean() for a, b in itertools.pairwise(frames)])
    assert np.abs(frames[-1].astype(int) - frames[0]).mean() < 2 * step + 0.1


def test_two_copies_keep_the_contrast_of_one():
    scene, sky, layer = drift_of("flow", seconds=5.0)
    frames = frames_of(scene, Life(layers=(layer,)))
    inside = cv2.erode(sky, np.ones((21, 21), np.uint8)) > 0
    spread = [frame[inside].std() for frame in frames]
    assert min(spread) > 0.8 * spread[0]
    assert max(spread) < 1.2 * spread[0]


def test_at_rest_it_rests():
    _, _, layer = drift_of(amount=0.0)
    assert all(layer.rests(number) for number in range(20))


def test_an_empty_mask_makes_no_layer():
    pixels, sky = skyline()
    scene = scene_of(pixels=pixels)
    assert Drift.over(np.zeros_like(sky), scene, MOTIONS["drift"], np.ones(scene.frames), (1.0, 0.0)) is None


def drifted(pixels, sky):
    """The frames of three seconds in which the sky goes to the right."""
    scene = scene_of(pixels=pixels, seconds=3.0)
    layer = Drift.over(sky, scene, MOTIONS["drift"], np.full(scene.frames, 1.0), (1.0, 0.0))
    return frames_of(scene, Life(layers=(layer,)))


def test_a_lamp_post_stays_when_the_clouds_go():
    pixels, sky = skyline()
    pixels[30:100, 60:62] = (60, 30, 20)
    frames = drifted(pixels, sky)
    np.testing.assert_array_equal(frames[-1][35:90, 60:62], frames[0][35:90, 60:62])
    assert np.abs(frames[-1].astype(int) - frames[0])[35:90, 66:90].mean() > 0.5


def test_a_bird_stays_when_the_clouds_go():
    pixels, sky = skyline()
    pixels[30:33, 60:72] = (20, 20, 25)
    frames = drifted(pixels, sky)
    np.testing.assert_array_equal(frames[-1][30:33, 60:72], frames[0][30:33, 60:72])


def test_clouds_go_in_one_piece_and_reach_the_sides_of_the_picture():
    pixels, sky = skyline()
    scene = scene_of(pixels=pixels, seconds=6.0)
    layer = Drift.over(sky, scene, MOTIONS["drift"], np.full(scene.frames, 1.8), (1.0, 0.0))
    assert len(layer.samples(scene.frames - 1)) == 1
    last = frames_of(scene, Life(layers=(layer,)))[-1].astype(int)
    gone = round(float(layer.pace[2, -1, 0]) * layer.way[-1])
    assert 0.15 * 240 < gone < 0.2 * 240
    assert np.abs(last[2:10, -2] - pixels[2:10, -2 - gone]).mean() < 4


def test_clouds_on_film_are_the_clouds_on_frames():
    scene, _, layer = drift_of()
    renderer = Renderer(Warp(scene.canvas, scene.lift, scene.framing, scene.size), Life(layers=(layer,)))
    planes, frame = renderer.film(60), frames_of(scene, Life(layers=(layer,)))[60]
    assert isinstance(planes, Planes)
    apart = np.abs(planes.luma.astype(int) - to_luma(frame)[..., 0])
    assert apart.mean() < 1
    assert np.percentile(apart, 99) <= 3


def test_no_fringe_of_the_old_cloud_stays_around_a_spire():
    pixels = np.full((160, 240, 3), (60, 110, 190), np.uint8)
    cv2.rectangle(pixels, (0, 20), (130, 109), (205, 210, 215), -1)  # a cloud
    pixels = cv2.GaussianBlur(pixels, (0, 0), 5)
    cv2.rectangle(pixels, (119, 55), (121, 110), (20, 20, 25), -1)  # a spire before it
    pixels[110:] = (60, 50, 40)
    sky = np.full((160, 240), 255, np.uint8)
    sky[110:] = 0
    sky[50:, 116:125] = 0  # found with a border of sky
    scene = scene_of(pixels=pixels, seconds=3.0)
    layer = Drift.over(sky, scene, MOTIONS["drift"], np.full(scene.frames, 1.0), (-1.0, 0.0))
    last = frames_of(scene, Life(layers=(layer,)))[-1].astype(int)
    assert np.abs(last[70:90, 117] - last[70:90, 112]).mean() < 20
    np.testing.assert_array_equal(last[70:90, 120], pixels[70:90, 120])


def test_behind_the_front_lies_the_colour_of_the_sky_beside_it():
    pixels = np.full((160, 240, 3), (40, 90, 220), np.uint8)
    pixels[:60] = (235, 235, 235)
    sky = np.full((160, 240), 255, np.uint8)
    sky[100:] = sky[70:, 150:] = 0
    pixels[sky == 0] = (60, 30, 20)
    behind = carry_on(pixels, sky)
    assert np.abs(behind[82:95, 152:158].astype(int) - (40, 90, 220)).mean() < 25


def test_what_lies_in_the_haze_at_the_horizon_stands_while_the_clouds_go():
    _, _, layer = drift_of()
    across = np.abs(layer.pace[..., 0])
    assert across[round(0.58 * len(across)), 60] < 0.1 * across[5, 60]


def test_what_compression_leaves_around_an_edge_does_not_leave_with_the_sky_and_a_bird_does():
    pixels = np.full((160, 240, 3), (40, 90, 220), np.uint8)
    sky = np.full((160, 240), 255, np.uint8)
    sky[100:] = sky[40:, 150:] = 0
    pixels[sky == 0] = (60, 30, 20)
    pixels[60:90:3, 146] = (60, 110, 240)
    pixels[20:26, 60:68] = (20, 20, 30)
    behind = carry_on(pixels, sky).astype(int)
    assert np.abs(behind[60:90, 140:148] - (40, 90, 220)).max() < 10
    np.testing.assert_array_equal(behind[20:26, 60:68], pixels[20:26, 60:68])
