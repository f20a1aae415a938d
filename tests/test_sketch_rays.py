"""The ray caster knows true depth: what it sees of simple solids is what geometry says."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.sketch.training.patterns import PATTERNS, cloudy
from studio.engines.sketch.training.rays import Lamp, Set, Sky, Solid, Surface, cast, render

GREY = Surface(np.full(3, 0.5), np.full(3, 0.5))
SKY = Sky(np.full(3, 0.5), np.full(3, 0.5))


def seen(*solids, **camera):
    scene = Set(SKY, list(solids), **{"eye": np.array([0, -5.0, 0]), "aim": np.zeros(3), **camera})
    return render(scene, 48, 32)


@pytest.mark.parametrize("form", ["box", "ball", "cone"])
def test_the_middle_of_a_solid_is_as_far_as_its_nearest_point(form):
    _, depth, kind = seen(Solid(form, np.zeros(3), np.array([1.0, 0.5 if form != "cone" else 1.0, 1.0]), GREY))
    near = 4.5 if form != "cone" else 4.0
    assert depth[15:17, 23:25].mean() == pytest.approx(near, abs=0.02)
    assert (kind[15:17, 23:25] == 0).all()
    assert (kind[0] == 1).all()  # the sky


def test_depth_is_along_the_view_axis_so_a_facing_wall_has_one_depth():
    _, depth, _ = seen(Solid("box", np.array([0, 1.0, 0]), np.array([50, 0.1, 50.0]), GREY))
    assert np.ptp(depth) < 1e-3


def test_what_is_nearer_hides_what_is_farther_in_any_order():
    near, far = (
        Solid("ball", np.array([0, y, 0.0]), np.ones(3), GREY, kind) for y, kind in ((-2, "body"), (2, "hair"))
    )
    for solids in ((near, far), (far, near)):
        _, depth, kind = seen(*solids)
        assert kind[16, 24] == 6
        assert depth[16, 24] == pytest.approx(2, abs=0.02)


def test_turned_axes_turn_the_solid():
    plank = np.array([2.0, 0.1, 0.1])
    upright = np.array([[0, 0, 1.0], [0, 1, 0], [-1, 0, 0]])
    _, _, lying = seen(Solid("box", np.zeros(3), plank, GREY))
    _, _, standing = seen(Solid("box", np.zeros(3), plank, GREY, axes=upright))
    assert (lying != 1).any(axis=0).sum() > (lying != 1).any(axis=1).sum()
    assert (standing != 1).any(axis=0).sum() < (standing != 1).any(axis=1).sum()


def test_the_sun_throws_a_shadow():
    floor = Solid("box", np.array([0, 0, -1.1]), np.array([9, 9, 0.1]), GREY)
    ball = Solid("ball", np.array([0, 0, 1.0]), np.full(3, 0.8), GREY)
    sun = [Lamp(np.array([0, 0, 1.0]), np.full(3, 2.0), sun=True)]
    camera = {"eye": np.array([0, -6, 3.0]), "aim": np.array([0, 0, -1.0]), "lamps": sun}
    open_, shaded = (seen(*solids, **camera)[0] for solids in ((floor,), (floor, ball)))
    assert shaded[16, 24].mean() < 0.6 * open_[16, 24].mean()


def test_a_lamp_shadow_ends_where_the_lamp_is():
    solids = [Solid("ball", np.array([0, 3.0, 0]), np.ones(3), GREY)]
    distance, which = cast(solids, np.zeros(3), np.array([[0, 1.0, 0], [0, -1.0, 0]]))
    assert distance[0] == pytest.approx(2, abs=1e-3)
    assert which.tolist() == [0, -1]


def test_leaves_have_holes():
    solid = Solid("ball", np.zeros(3), np.ones(3), Surface(np.ones(3), np.ones(3), scale=4, holes=0.4))
    whole, holed = seen(Solid("ball", np.zeros(3), np.ones(3), GREY))[2], seen(solid)[2]
    assert 0.3 < (holed == 0).sum() / (whole == 0).sum() < 0.95


def test_blur_spares_the_plane_in_focus():
    stripes = Surface(np.zeros(3), np.ones(3), "check", 3.0)
    wall = Solid("box", np.array([0, 0.1, 0]), np.array([50, 0.1, 50.0]), stripes)
    far = Solid("box", np.array([0, 9.1, 0]), np.array([50, 0.1, 50.0]), stripes)
    for solid, same in ((wall, True), (far, False)):
        sharp, soft = seen(solid)[0], seen(solid, aperture=0.8)[0]
        assert (np.abs(sharp - soft).max() < 0.02) == same


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_stay_between_the_two_colours(name):
    points = np.random.default_rng(0).uniform(-20, 20, (500, 3))
    mix = PATTERNS[name](points)
    assert mix.shape == (500,)
    assert mix.min() >= 0
    assert mix.max() <= 1


def test_noise_is_the_same_every_time_and_varies_in_space():
    points = np.random.default_rng(0).uniform(-20, 20, (500, 3))
    np.testing.assert_array_equal(cloudy(points), cloudy(points))
    assert cloudy(points).std() > 0.05


def test_corners_are_darker_than_open_ground():
    """What stands on a floor keeps the sky's light from the floor around its foot."""
    floor = Solid("box", np.array([0, 0, -1.1]), np.array([50, 50, 0.1]), GREY)
    wall = Solid("box", np.array([0, 0.6, 0]), np.array([1.0, 0.4, 1.0]), GREY)
    camera = {"eye": np.array([0, -6, 2.0]), "aim": np.array([0, 0, -1.0])}
    open_, sheltered = (seen(*solids, **camera)[0] for solids in ((floor,), (floor, wall)))
    assert sheltered[10:16, 8:40].min() < 0.95 * open_[10:16, 8:40].min()


def test_wear_makes_a_plain_surface_uneven_without_changing_its_hue():
    worn = Surface(np.array([0.4, 0.2, 0.1]), np.array([0.4, 0.2, 0.1]), wear=0.5)
    flat = Solid("box", np.array([0, 1.0, 0]), np.array([50, 0.1, 50.0]), worn)
    colour, _, _ = seen(flat)
    assert colour[..., 0].std() / colour[..., 0].mean() > 0.05
    np.testing.assert_allclose(colour[..., 0] / colour[..., 1], 2, rtol=1e-3)
