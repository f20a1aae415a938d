"""What a person may rely on when effects are put into the frames."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from studio.engines.sketch.framing import frame_path
from studio.engines.sketch.life.effect import Life, Sample
from studio.engines.sketch.life.exposure import STEPS, expose
from studio.engines.sketch.render import Renderer
from studio.engines.sketch.warp import Warp
from tests.sketch_shots import textured

SIZE = (192, 120)
STILL = textured(384, 240)


def warp_of(pan=0.0, dolly=0.0, frames=6):
    path = np.zeros((frames, 8))
    path[:, 4] = np.linspace(0, pan, frames)
    path[:, 2] = np.linspace(0, dolly, frames)
    lift = np.linspace(-0.3, 0.3, 24, dtype=np.float32)[:, None] * np.ones((1, 36), np.float32)
    return Warp(STILL, lift, frame_path(path, (384, 240), 1.6, (0.5, 0.5)), SIZE)


def beside(shift):
    grid = np.zeros((50, 60, 2), np.float32)
    grid[4:-4, 4:-4] = shift
    return grid


@dataclass
class Shifted:
    """Moves a rectangle of the still by so many pixels, and lights it."""

    area: tuple = (100.0, 60.0, 220.0, 160.0)
    by: tuple = (0.0, 0.0)
    light: float | None = None
    resting: bool = False
    asked: int = 0

    def rests(self, number):
        return self.resting

    def shift(self, number):
        self.asked += 1
        return beside(self.by)

    def gain(self, number):
        return None if self.light is None else np.full((50, 60), self.light, np.float32)


@dataclass
class Sliding:
    """Shows a picture behind a cover."""

    cover: np.ndarray
    picture: np.ndarray = field(default_factory=lambda: STILL)
    pace: np.ndarray = field(default_factory=lambda: np.full((40, 64, 2), (20.0, 4.0), np.float32))
    by: tuple = (0.0,)
    weights: tuple = (1.0,)
    calm: np.ndarray = field(default_factory=lambda: np.full((6, 9, 3), 128, np.float32))
    strength: float = 1.0

    def contrast(self, number):
        return self.strength

    def rests(self, number):
        return True

    def samples(self, number):
        return [Sample(times, weight) for times, weight in zip(self.by, self.weights, strict=True)]


@dataclass
class Lamp:
    value: float

    def rests(self, number):
        return True

    def stops(self, number):
        return np.full((4, 6, 3), self.value, np.float32)


@dataclass
class Stamp:
    def rests(self, number):
        return True

    def draw(self, frame, number):
        frame[:10, :10] = 255
        return frame


@pytest.mark.parametrize("move", [{}, {"pan": 0.05}, {"dolly": 0.2}])
def test_without_effects_the_frames_are_the_camera_s_own_to_the_bit(move):
    warp = warp_of(**move)
    renderer = Renderer(warp)
    for number in (0, 1, 5, 2):
        np.testing.assert_array_equal(renderer.frame(number), warp.frame(number))


@pytest.mark.parametrize("move", [{}, {"pan": 0.05}, {"dolly": 0.2}])
def test_effects_that_shift_nothing_change_no_bit(move):
    warp = warp_of(**move)
    life = Life((Shifted(),), (Sliding(np.full(STILL.shape[:2], 255, np.uint8)),))
    np.testing.assert_array_equal(Renderer(warp, life).frame(3), warp.frame(3))


def test_what_swings_comes_from_where_it_says_and_the_rest_is_untouched():
    warp = warp_of()
    moved = Renderer(warp, Life((Shifted(by=(6.0, 2.0)),))).frame(0)
    calm = warp.frame(0)
    np.testing.assert_array_equal(moved[40:70, 60:100], calm[41:71, 63:103])
    outside = np.ones(calm.shape[:2], bool)
    outside[30:80, 50:110] = False
    np.testing.assert_array_equal(moved[outside], calm[outside])


@pytest.mark.parametrize("move", [{}, {"pan": 0.05}])
def test_a_frame_is_the_same_whether_the_ones_before_were_asked_for_or_not(move):
    life = Life((Shifted(by=(6.0, 2.0), light=1.2), Shifted(area=(150.0, 90.0, 300.0, 200.0), by=(-3.0, 1.0))))
    alone = Renderer(warp_of(**move), life).frame(4)
    renderer = Renderer(warp_of(**move), life)
    frames = [renderer.frame(number).copy() for number in range(5)]
    np.testing.assert_array_equal(frames[4], alone)


def test_two_that_swing_side_by_side_both_do():
    warp, other = warp_of(), Shifted(area=(180.0, 60.0, 300.0, 160.0), by=(-4.0, 0.0))
    both = Renderer(warp, Life((Shifted(by=(6.0, 2.0)), other))).frame(0)
    alone = Renderer(warp, Life((Shifted(by=(6.0, 2.0)),))).frame(0)
    np.testing.assert_array_equal(both[:, :85], alone[:, :85])
    assert not np.array_equal(both[:, 120:140], alone[:, 120:140])


def test_what_swings_may_be_lighter_there():
    warp = warp_of()
    lit = Renderer(warp, Life((Shifted(light=0.5),))).frame(0).astype(float)
    calm = warp.frame(0)
    assert np.abs(lit[40:70, 60:100] - calm[40:70, 60:100] * 0.5).max() <= 0.51
    np.testing.assert_array_equal(lit[:, :40], calm[:, :40])


def test_a_layer_shows_where_its_cover_lets_it_and_nowhere_else():
    warp = warp_of()
    cover = np.zeros(STILL.shape[:2], np.uint8)
    cover[:, :160] = 255
    moved = Renderer(warp, Life(layers=(Sliding(cover, by=(0.5,)),))).frame(0)
    calm = warp.frame(0)
    np.testing.assert_array_equal(moved[:, 82:], calm[:, 82:])
    np.testing.assert_array_equal(moved[10:100, 10:70], calm[11:101, 15:75])


def test_two_samples_of_a_layer_are_mixed_by_their_weights():
    warp = warp_of()
    layer = Sliding(np.full(STILL.shape[:2], 255, np.uint8), by=(0.0, 1.0), weights=(0.25, 0.75))
    mixed = Renderer(warp, Life(layers=(layer,))).frame(0)
    calm = warp.frame(0).astype(float)
    expected = 0.25 * calm[40:70, 60:90] + 0.75 * calm[42:72, 70:100]
    assert np.abs(mixed[40:70, 60:90] - expected).max() <= 1


def test_a_mixture_s_contrast_is_kept_around_its_calm_picture():
    warp = warp_of()
    cover = np.full(STILL.shape[:2], 255, np.uint8)
    both = [Sliding(cover, by=(0.0, 1.0), weights=(0.5, 0.5), strength=strength) for strength in (1.0, 1.3)]
    plain, strong = (Renderer(warp, Life(layers=(layer,))).frame(0)[40:70, 60:90].astype(float) for layer in both)
    assert np.abs(strong - np.clip((plain - 128) * 1.3 + 128, 0, 255)).max() <= 1.5


def test_what_swings_before_a_layer_hides_it():
    warp = warp_of()
    cover = np.full(STILL.shape[:2], 255, np.uint8)
    cover[60:160, 100:220] = 0
    black = Sliding(cover, np.zeros_like(STILL))
    moved = Renderer(warp, Life((Shifted(area=(60.0, 30.0, 260.0, 190.0), by=(8.0, 0.0)),), (black,))).frame(0)
    hidden = (moved.sum(axis=2) > 0)[50]
    assert hidden[48:104].all()
    assert not hidden[108:120].any()


def test_an_effect_out_of_sight_changes_nothing():
    warp = warp_of(dolly=1.0)
    effect = Shifted(area=(0.0, 0.0, 10.0, 10.0), by=(3.0, 3.0))
    np.testing.assert_array_equal(Renderer(warp, Life((effect,))).frame(5), warp.frame(5))


def test_while_everything_rests_the_same_frame_is_given_again():
    effect = Shifted(by=(4.0, 0.0), resting=True)
    renderer = Renderer(warp_of(), Life((effect,)))
    first = renderer.frame(0)
    assert renderer.frame(1) is first
    assert effect.asked == 1
    renderer.frame(4)  # not the next one, so nothing is known of it
    assert effect.asked == 2


def test_lights_add_up_in_stops_and_overlays_come_last():
    warp = warp_of()
    lit = Renderer(warp, Life(lights=(Lamp(-0.5), Lamp(-0.25)), overlays=(Stamp(),))).frame(0)
    assert (lit[:10, :10] == 255).all()
    steps = np.full((*SIZE[::-1], 3), -0.75 * STEPS, np.int16)
    np.testing.assert_array_equal(lit[10:, 10:], expose(warp.frame(0), steps)[10:, 10:])


def test_light_of_no_stops_changes_no_bit():
    warp = warp_of()
    np.testing.assert_array_equal(Renderer(warp, Life(lights=(Lamp(0.0),))).frame(0), warp.frame(0))


def test_lives_add_up():
    one, two = Life((Shifted(),), notes=("a",)), Life(lights=(Lamp(1.0),), notes=("b",))
    both = one + two
    assert (len(both.swings), len(both.lights), both.notes) == (1, 1, ("a", "b"))
    assert Life().rests(3)
