"""What a person may rely on in the waves behind ambient motion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.waves import Ground, make_waves

MOTIONS = {motion.id: motion for motion in load_library().motions if motion.held not in ("behind", "stream")}
CELL = 3.0


def ground_of(size=6.0, shape=(60, 90), wind=(1.0, 0.0)):
    room = np.zeros(shape, np.float32)
    room[6:-6, 8:-8] = size
    return Ground(room, CELL, 768.0, wind)


def waves_of(name, seed=0, ground=None, **options):
    return make_waves(MOTIONS[name], ground or ground_of(), np.random.default_rng(seed), **options)


@pytest.mark.parametrize("name", MOTIONS)
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1000), size=st.floats(0.1, 200), highest=st.sampled_from([0.55, 1.0, 1.8]))
def test_nothing_ever_folds(name, seed, size, highest):
    waves = waves_of(name, seed, ground_of(size), highest=highest)
    for seconds in np.linspace(0, 15, 7):
        shift = waves.shift(seconds, highest) / CELL
        (xy, xx), (yy, yx) = (np.gradient(shift[..., axis]) for axis in (0, 1))
        assert ((1 + xx) * (1 + yy) - xy * yx).min() > 0.05


@pytest.mark.parametrize("name", MOTIONS)
def test_outside_the_region_nothing_moves_at_all(name):
    ground = ground_of()
    waves = waves_of(name)
    assert not waves.shift(1.3)[ground.size == 0].any()
    assert not waves.slope(1.3)[ground.size == 0].any()
    assert waves.shift(1.3).any()


@pytest.mark.parametrize("name", MOTIONS)
def test_it_swings_as_fast_as_its_kind(name):
    ground, motion = ground_of(), MOTIONS[name]
    waves = waves_of(name)
    assert waves.hertz.min() >= 0.85 * motion.hertz[0]
    assert waves.hertz.max() <= 1.15 * motion.hertz[1]
    place = np.unravel_index(np.abs(waves.shift(0.4)).sum(axis=-1).argmax(), ground.size.shape)
    times = np.arange(0, 40, 0.05)
    path = np.array([waves.shift(seconds)[place] for seconds in times])
    power = np.abs(np.fft.rfft(path - path.mean(axis=0), axis=0)) ** 2
    rates = np.fft.rfftfreq(len(times), 0.05)
    centre = (power.sum(axis=1) * rates).sum() / power.sum()
    assert 0.8 * motion.hertz[0] <= centre <= 1.2 * motion.hertz[1]


@pytest.mark.parametrize("name", MOTIONS)
def test_with_a_period_it_closes_and_without_one_it_does_not_repeat(name):
    period = 5.0
    looped, free = waves_of(name, period=period), waves_of(name)
    np.testing.assert_allclose(looped.shift(0.7), looped.shift(0.7 + period), atol=1e-3)
    assert np.abs(free.shift(0.7) - free.shift(0.7 + period)).max() > 0.05


def test_a_border_with_little_room_does_not_still_the_middle():
    ground = ground_of(16.0, (60, 90))
    ground.size[:, 60:] = 0  # a hard edge
    waves = waves_of("sway", ground=ground)
    tallest = np.max([np.abs(waves.shift(seconds)) for seconds in np.arange(0, 6, 0.25)], axis=(0, 3))
    assert tallest[30, 20:45].min() > 2 * tallest[30, 58:60].max()


def test_the_seed_decides_and_nothing_else():
    one, again, other = (waves_of("sway", seed).shift(1.0) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 0.5


def test_neighbours_move_alike():
    shift = waves_of("sway", ground=ground_of(shape=(120, 180))).shift(1.0)[20:-20, 20:-20, 0]
    beside = np.corrcoef(shift[:, :-2].ravel(), shift[:, 2:].ravel())[0, 1]
    assert beside > 0.95


def test_water_is_calmer_and_finer_towards_the_horizon():
    shift = np.array([waves_of("ripple", ground=ground_of(12.0, (120, 180))).shift(t) for t in (0.3, 1.1, 2.9, 4.2)])
    far, near = np.abs(shift[:, 10:30]).mean(), np.abs(shift[:, 90:110]).mean()
    assert near > 3 * far


def test_wings_open_to_both_sides_together_and_the_body_between_them_stays():
    shift = waves_of("flap", ground=ground_of(12.0, (60, 120)))
    moved = np.array([shift.shift(seconds)[30, :, 0] for seconds in np.arange(0, 3, 0.1)])
    left, middle, right = moved[:, 25], moved[:, 59], moved[:, 94]
    assert np.corrcoef(left, right)[0, 1] < -0.95
    assert np.abs(middle).max() < 0.1 * np.abs(left).max()
