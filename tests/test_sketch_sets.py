"""Sets and samples: every kind of set renders, numbers decide everything, shards are shared out and gone on with."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.sketch.training import bodies, clutter, props, sets
from studio.engines.sketch.training.rays import Set, Sky
from studio.engines.sketch.training.samples import KINDS, SIZE, develop, keep, shows_depth, write_shards


@pytest.mark.parametrize("build", list(dict.fromkeys(sets.SETS)), ids=lambda build: build.__name__)
def test_every_set_has_things_light_and_a_camera_outside_them(build):
    for seed in range(4):
        rng = np.random.default_rng(seed)
        scene = Set(Sky(np.ones(3), np.ones(3)))
        build(rng, scene)
        assert scene.solids
        assert {solid.kind for solid in scene.solids} <= set(KINDS)
        assert all(np.isfinite(solid.centre).all() and (solid.half > 0).all() for solid in scene.solids)
        assert np.linalg.norm(scene.aim - scene.eye) > 0.1


THINGS = sorted(
    {*props.SMALL, *props.FURNISHINGS, *bodies.OUTDOORS, *clutter.AGAINST_WALLS, *clutter.STREET_CLUTTER, bodies.bust},
    key=lambda thing: thing.__name__,
)


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.__name__)
def test_a_prop_is_about_one_unit_tall_and_placing_it_scales_and_moves_it(thing):
    solids = thing(np.random.default_rng(1))
    tall = max(solid.centre[2] + max(solid.half) for solid in solids)
    assert 0.2 < tall < 3
    moved = props.placed(solids, (5, 7, 1), 2.0, 0.7)
    for before, after in zip(solids, moved, strict=True):
        np.testing.assert_allclose(after.half, before.half * 2)
        assert after.centre[2] == pytest.approx(1 + 2 * before.centre[2])
        np.testing.assert_allclose(after.axes @ after.axes.T, np.eye(3), atol=1e-5)


def test_a_sample_is_decided_by_its_number_and_seed():
    one, again, other = sets.make(5, 0), sets.make(5, 0), sets.make(6, 0)
    np.testing.assert_array_equal(one["image"], again["image"])
    np.testing.assert_array_equal(one["disparity"], again["disparity"])
    assert not np.array_equal(one["image"], other["image"])
    assert one["image"].shape == (*SIZE[::-1], 3)
    assert np.ptp(one["disparity"].astype(float)) > 0.1


def test_a_portrait_lies_on_its_side_and_turns_back():
    depth = np.repeat(np.linspace(9, 1, SIZE[0])[:, None], SIZE[1], axis=1)  # nearer below
    picture = np.zeros((*SIZE, 3), np.uint8)
    kept = keep(picture, depth, np.zeros(SIZE), upright=True)
    assert kept["image"].shape == (*SIZE[::-1], 3)
    back = np.rot90(kept["disparity"], -1)
    assert back.shape == SIZE
    assert back[-1].mean() > back[0].mean()


def test_what_is_beyond_everything_is_sky_without_disparity():
    depth = np.full(SIZE[::-1], 5.0)
    depth[:40] = 1e9
    kept = keep(np.zeros((*SIZE[::-1], 3), np.uint8), depth, np.zeros(SIZE[::-1]), upright=False)
    assert (kept["kind"][:40] == KINDS.index("sky")).all()
    assert (kept["disparity"][:39] == 0).all()
    assert (kept["disparity"][41:] == 1).all()


@pytest.mark.parametrize("light", [0.0, 1e-6, 1.0, 1e4])
def test_any_light_develops_to_a_picture(light):
    rng = np.random.default_rng(0)
    picture = develop(rng.random((32, 48, 3)) * light, rng.random((32, 48)) * 1e9, rng)
    assert picture.dtype == np.uint8
    assert picture.shape == (32, 48, 3)


def test_shards_there_or_claimed_are_left_alone(tmp_path):
    made = []

    def make(number):
        made.append(number)
        return [{"image": np.zeros(3), "portrait": np.array(False)}] * 2

    (tmp_path / "x-0001.claim").touch()
    write_shards(tmp_path, "x", range(3), make)
    write_shards(tmp_path, "x", range(3), make)
    assert made == [0, 2]
    with np.load(tmp_path / "x-0002.npz") as shard:
        assert shard["image"].shape == (2, 3)


def test_a_shard_that_fails_is_free_again(tmp_path):
    def make(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_shards(tmp_path, "x", range(1), make)
    assert not list(tmp_path.iterdir())


def test_a_view_of_one_flat_thing_or_from_inside_something_is_not_kept():
    receding = np.repeat(np.linspace(9, 1, 60)[:, None], 90, axis=1)
    assert shows_depth(receding)
    assert not shows_depth(np.full((60, 90), 4.0))
    inside = receding.copy()
    inside[:9, :9] = 0.05
    assert not shows_depth(inside)
