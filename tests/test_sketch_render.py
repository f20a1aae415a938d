"""What a person may rely on when effects are put into the frames."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass
class Shifted:
    """Moves a rectangle of the still by so many pixels."""

    area: tuple = (100.0, 60.0, 220.0, 160.0)
    shift: tuple = (0.0, 0.0)
    cover: np.ndarray | None = None
    picture: np.ndarray | None = None
    resting: bool = False
    asked: int = 0

    def rests(self, number):
        return self.resting

    def samples(self, number):
        self.asked += 1
        shift = np.zeros((50, 60, 2), np.float32)
        shift[4:-4, 4:-4] = self.shift
        return [Sample(shift)]


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
def test_an_effect_that_shifts_nothing_changes_no_bit(move):
    warp = warp_of(**move)
    cover = np.full(STILL.shape[:2], 255, np.uint8)
    for effect in (Shifted(), Shifted(cover=cover)):
        np.testing.assert_array_equal(Renderer(warp, Life((effect,))).frame(3), warp.frame(3))


def test_what_an_effect_moves_comes_from_where_it_says_and_the_rest_is_untouched():
    warp = warp_of()
    moved = Renderer(warp, Life((Shifted(shift=(6.0, 2.0)),))).frame(0)
    calm = warp.frame(0)
    np.testing.assert_array_equal(moved[36:74, 56:104], calm[37:75, 59:107])
    outside = np.ones(calm.shape[:2], bool)
    outside[30:80, 50:110] = False
    np.testing.assert_array_equal(moved[outside], calm[outside])


def test_a_cover_of_zero_keeps_the_still():
    warp = warp_of()
    cover = np.zeros(STILL.shape[:2], np.uint8)
    cover[:, :160] = 255
    moved = Renderer(warp, Life((Shifted(shift=(6.0, 2.0), cover=cover),))).frame(0)
    np.testing.assert_array_equal(moved[:, 81:], warp.frame(0)[:, 81:])
    assert not np.array_equal(moved[:, :79], warp.frame(0)[:, :79])


def test_two_samples_are_mixed_by_their_weights():
    class Mixed(Shifted):
        def samples(self, number):
            near, far = np.zeros((2, 50, 60, 2), np.float32)
            far[..., 0] = 20
            share = np.full((50, 60), 0.25, np.float32)
            return [Sample(near, share), Sample(far, 1 - share)]

    cover = np.full(STILL.shape[:2], 255, np.uint8)
    warp = warp_of()
    calm = warp.frame(0).astype(float)
    mixed = Renderer(warp, Life((Mixed(cover=cover),))).frame(0)
    expected = 0.25 * calm[40:70, 60:90] + 0.75 * calm[40:70, 70:100]
    assert np.abs(mixed[40:70, 60:90] - expected).max() <= 1


def test_an_area_out_of_sight_costs_and_changes_nothing():
    warp = warp_of(dolly=1.0)
    effect = Shifted(area=(0.0, 0.0, 10.0, 10.0), shift=(3.0, 3.0))
    np.testing.assert_array_equal(Renderer(warp, Life((effect,))).frame(5), warp.frame(5))
    assert effect.asked == 0


def test_while_everything_rests_the_same_frame_is_given_again():
    effect = Shifted(shift=(4.0, 0.0), resting=True)
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
    one, two = Life(ambients=(Shifted(),), notes=("a",)), Life(lights=(Lamp(1.0),), notes=("b",))
    both = one + two
    assert (len(both.ambients), len(both.lights), both.notes) == (1, 1, ("a", "b"))
    assert Life().rests(3)
