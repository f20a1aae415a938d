"""What a person may rely on when sketch looks for water, sky or leaves in a still."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.engines.sketch.life import regions
from studio.engines.sketch.life.hair import find_hair
from studio.engines.sketch.life.regions import FINDERS, SEARCH_SIDE, find_region
from studio.settings import ROOT
from studio.shot import Box
from tests.photos import photo

FOCUS = {"flag": (0.52, 0.38), "bust": (0.47, 0.42), "seaside": (0.72, 0.42)}


@cache
def example(name):
    with Image.open(ROOT / "assets" / "stills" / f"{name}.jpg") as picture:
        return np.array(picture.convert("RGB"))


def found(name, region):
    try:
        still = example(name)
    except FileNotFoundError:
        still = photo(name)
    return find_region(still, region, FOCUS.get(name, (0.5, 0.5)))


def at(mask, x, y):
    return bool(mask[int(y * mask.shape[0]), int(x * mask.shape[1])])


@pytest.mark.parametrize(
    ("name", "region", "inside", "outside"),
    [
        ("flag", "sky", [(0.1, 0.2), (0.9, 0.3)], [(0.45, 0.35), (0.585, 0.42), (0.5, 0.9), (0.85, 0.72)]),
        ("flag", "foliage", [(0.1, 0.9), (0.8, 0.93)], [(0.45, 0.35), (0.1, 0.2), (0.9, 0.7)]),
        ("flag", "flag", [(0.4, 0.3), (0.65, 0.4)], [(0.1, 0.2), (0.5, 0.9), (0.9, 0.5)]),
        ("seaside", "sky", [(0.3, 0.2), (0.9, 0.1)], [(0.75, 0.45), (0.3, 0.7), (0.3, 0.95)]),
        ("seaside", "water", [(0.5, 0.6), (0.4, 0.7)], [(0.75, 0.4), (0.3, 0.2), (0.3, 0.95), (0.1, 0.72)]),
        ("room", "foliage", [(0.08, 0.4), (0.05, 0.36)], [(0.5, 0.2), (0.12, 0.67), (0.5, 0.85)]),
        ("forest-path", "foliage", [(0.3, 0.9), (0.9, 0.85)], [(0.47, 0.9), (0.5, 0.3)]),
        ("bust", "subject", [(0.45, 0.35), (0.45, 0.65)], [(0.1, 0.3), (0.9, 0.3)]),
        ("camera", "sky", [(0.1, 0.1), (0.9, 0.2)], [(0.2, 0.4), (0.08, 0.72), (0.5, 0.9)]),
    ],
)
def test_a_region_is_found_where_it_is(name, region, inside, outside):
    mask = found(name, region)
    assert mask is not None
    assert all(at(mask, *place) for place in inside)
    assert not any(at(mask, *place) for place in outside)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("bottle", "sky"),
        ("bottle", "water"),
        ("bottle", "flag"),
        ("room", "sky"),
        ("room", "water"),
        ("room", "flag"),
        ("mug", "water"),
        ("mug", "flag"),
        ("forest-path", "water"),
        ("neon-street", "foliage"),
        ("coffee", "sky"),
        ("coffee", "water"),
        ("chelsea", "sky"),
        ("chelsea", "water"),
        ("rocket", "water"),
        ("motorcycle_left", "water"),
        ("motorcycle_left", "foliage"),
        ("camera", "water"),
    ],
)
def test_what_is_not_there_is_not_found(name, region):
    assert found(name, region) is None


@pytest.mark.parametrize("region", FINDERS)
def test_the_same_picture_gives_the_same_region_at_any_size(region):
    large = example("flag")
    small = np.array(Image.fromarray(large).resize((768, 512), Image.Resampling.BOX))
    one, other = (find_region(still, region, FOCUS["flag"]) for still in (large, small))
    assert (one is None) == (other is None)
    if one is not None:
        assert max(one.shape) == SEARCH_SIDE
        assert (one == other).mean() > 0.97


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(sorted(FINDERS)),
    st.integers(1, 60),
    st.integers(1, 60),
    st.integers(0, 255),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_any_picture_can_be_searched(region, width, height, grey, focus):
    mask = find_region(np.full((height, width, 3), grey, np.uint8), region, focus)
    assert mask is None or set(np.unique(mask)) <= {0, 255}


def test_single_clouds_belong_to_the_sky_and_a_house_does_not():
    still = np.full((240, 360, 3), (70, 120, 200), np.uint8)
    still[:170] = (np.linspace(0.8, 1.1, 170)[:, None, None] * np.array([70, 120, 200])).astype(np.uint8)
    still[170:] = (70, 80, 50)
    still[110:170, 230:300] = (120, 60, 50)
    cv2.ellipse(still, (110, 70), (34, 12), 0, 0, 360, (245, 245, 245), -1)
    mask = find_region(still, "sky", (0.5, 0.5))
    assert at(mask, 110 / 360, 70 / 240)
    assert not at(mask, 265 / 360, 140 / 240)


def test_a_sharp_round_head_on_its_stalk_is_the_flower_even_before_a_bright_sky():
    rng = np.random.default_rng(3)
    ground = cv2.resize(rng.uniform(30, 90, (12, 18, 3)).astype(np.uint8), (360, 240), interpolation=cv2.INTER_CUBIC)
    ground[:60] = 235
    pixels = cv2.GaussianBlur(ground, (0, 0), 6)
    head = np.zeros((240, 360), np.uint8)
    cv2.circle(head, (120, 90), 45, 255, -1)
    grain = rng.uniform(120, 255, (240, 360, 3)).astype(np.uint8)
    pixels[head > 0] = grain[head > 0]
    pixels[135:, 118:122] = (70, 110, 50)
    mask = find_region(pixels, "flower", (0.5, 0.4))
    assert mask is not None
    found = cv2.resize(mask, (360, 240)) > 127
    assert found[head > 0].mean() > 0.85
    assert found[head == 0].mean() < 0.02


def test_what_was_found_is_not_searched_again_nor_measured(monkeypatch):
    still = warm("every way")
    once = find_region(still, "foliage", (0.5, 0.6))
    monkeypatch.setattr(regions, "fine_texture", None)
    monkeypatch.setattr(regions, "ordered_texture", None)
    assert find_region(still.copy(), "foliage", (0.5, 0.6)) is once
    find_region(still, "sky", (0.5, 0.6))  # another region of it is searched for, and nothing is measured


def test_grass_is_what_lies_below_without_what_lies_on_it():
    rng = np.random.default_rng(2)
    still = np.full((240, 360, 3), (110, 100, 105), np.uint8)
    still[20:50, 40:90] = (190, 200, 40)  # a sign
    still[140:] = np.clip((60, 130, 25) * rng.uniform(0.8, 1.1, (100, 360, 1)), 0, 255)
    cv2.circle(still, (200, 190), 16, (235, 230, 30), -1)
    mask = find_region(still, "grass", (0.5, 0.5))
    assert all(at(mask, x, 0.8) for x in (0.1, 0.4, 0.9))
    assert not any(at(mask, *place) for place in ((200 / 360, 190 / 240), (0.18, 0.15), (0.5, 0.4)))


def warm(edges):
    """A warm slope below a grey sky: edges every way, or courses of bricks."""
    rng = np.random.default_rng(5)
    light = rng.uniform(0.45, 1.0, (240, 360, 1))
    if edges == "level":
        light = np.repeat(rng.uniform(0.45, 1.0, (60, 1, 1)), 4, axis=0) * np.ones((1, 360, 1))
    pixels = (np.array([200, 105, 60]) * light).astype(np.uint8)
    pixels[:110] = (190, 195, 200)
    return pixels


def test_autumn_leaves_are_leaves_and_a_warm_wall_is_not():
    leaves = find_region(warm("every way"), "foliage", (0.5, 0.6))
    assert leaves is not None
    assert (leaves[len(leaves) * 6 // 10 : -8, 8:-8] > 0).mean() > 0.6
    assert not (leaves[: len(leaves) * 4 // 10] > 0).any()
    wall = find_region(warm("level")[:200], "foliage", (0.5, 0.2))
    assert wall is None or (wall > 0).mean() < 0.1


def landscape():
    """A smooth sky with a dark cloud and a kite, over a rough hill in the haze and water as smooth as the sky."""
    rng = np.random.default_rng(3)
    still = np.linspace((90, 130, 200), (180, 200, 225), 400).astype(np.float32)[:, None].repeat(600, 1)
    y, x = np.mgrid[0:400, 0:600]
    still -= 55 * np.exp(-(((x - 420) / 90) ** 2) - ((y - 70) / 25) ** 2)[..., None]
    ridge = 180 + 30 * np.sin(np.arange(600) / 60)
    hill = (y > ridge) & (y < 300)
    still[hill] = 150 + 25 * rng.standard_normal((int(hill.sum()), 1)) + np.array([0, 5, 18])
    still[300:] = still[170:70:-1]
    still = np.clip(still + rng.normal(0, 1, still.shape), 0, 255).astype(np.uint8)
    cv2.fillPoly(still, [np.array([(150, 60), (190, 75), (160, 100)])], (200, 30, 40))
    return still


def test_the_skyline_runs_between_a_dark_cloud_and_a_hill_in_the_haze():
    mask = find_region(landscape(), "sky", (0.5, 0.5))
    assert at(mask, 420 / 600, 70 / 400)  # the cloud
    assert at(mask, 0.1, 0.3)
    assert not any(at(mask, place, 0.62) for place in (0.1, 0.4, 0.8))  # the hill
    assert not any(at(mask, place, 0.9) for place in (0.1, 0.5, 0.9))  # the sky that water mirrors


@pytest.mark.parametrize(("land", "found"), [(0.2, True), (1.0, False)])
def test_a_red_evening_over_dark_land_is_a_sky_and_a_warm_wall_is_none(land, found):
    noise = np.random.default_rng(1).normal(0, 1, (200, 300, 1))
    clouds = cv2.GaussianBlur(noise, (0, 0), 12)[..., None] * 300 * (1.0, 0.7, 0.3)
    ground = land * (np.array((150, 110, 80)) + 60 * noise[90:])
    still = np.clip(np.concatenate([clouds[:90] + noise[:90] + (210, 125, 95), ground]), 0, 255).astype(np.uint8)
    assert (find_region(still, "sky", (0.5, 0.5)) is not None) is found


def test_what_flies_in_the_sky_is_no_cloud():
    mask = find_region(landscape(), "sky", (0.5, 0.5))
    assert not at(mask, 166 / 600, 78 / 400)
    assert at(mask, 230 / 600, 78 / 400)


def test_a_lake_that_mirrors_a_sunset_is_water_and_what_lies_in_it_is_not():
    rng = np.random.default_rng(5)
    sunset = np.linspace((200, 140, 110), (250, 190, 90), 150).astype(np.float32)[:, None].repeat(600, 1)
    still = np.concatenate([sunset, np.full((30, 600, 3), (30, 26, 24), np.float32), sunset[::-1], sunset[:70]])
    still[330:] = 70 + 40 * rng.standard_normal((70, 600, 1))  # shingle
    still[230:300, 250:290] = (90, 40, 20)  # a boat
    still = np.clip(still + rng.normal(0, 1, still.shape), 0, 255).astype(np.uint8)
    mask = find_region(still, "water", (0.5, 0.5))
    assert all(at(mask, *place) for place in ((0.1, 0.55), (0.8, 0.55), (0.5, 0.5)))
    assert not any(at(mask, *place) for place in ((0.45, 0.66), (0.5, 0.2), (0.5, 0.41), (0.3, 0.95)))


@pytest.mark.parametrize(
    ("texture", "size", "clear"), [("gravel", 0.5, 0.4), ("gravel", 0.25, 0.3), ("grass", 0.5, 0.4)]
)
def test_land_in_the_haze_seen_from_high_above_is_no_sky(texture, size, clear):
    ground = cv2.resize(photo(texture)[..., 0], None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    ground = np.tile(ground, (5, 6))[:480, :640].astype(np.float32)[..., None] * (0.8, 0.85, 0.75)
    clear = np.linspace(clear, 1, 480)[:, None, None]
    grain = np.random.default_rng(0).normal(0, 1.5, (480, 640, 1))
    still = np.clip((1 - clear) * (190, 200, 215) + clear * ground + grain, 0, 255).astype(np.uint8)
    assert find_region(still, "sky", (0.5, 0.5)) is None


def test_a_sharp_body_before_a_soft_ground_of_its_own_colours_is_the_subject():
    rng = np.random.default_rng(4)
    still = cv2.GaussianBlur(rng.uniform(60, 180, (240, 360, 3)).astype(np.uint8), (0, 0), 9)
    body = np.zeros((240, 360), np.uint8)
    cv2.ellipse(body, (180, 130), (70, 30), 0, 0, 360, 255, -1)
    still[body > 0] = rng.uniform(60, 180, (240, 360, 3)).astype(np.uint8)[body > 0]
    found = cv2.resize(find_region(still, "subject", (0.5, 0.54)), (360, 240)) > 127
    assert found[body > 0].mean() > 0.9
    assert found[body == 0].mean() < 0.06


def test_hair_is_what_lies_around_a_known_face_and_not_the_face():
    face = Box(x=0.342, y=0.128, width=0.192, height=0.192)
    mask = find_hair(photo("astronaut"), (face,))
    assert all(at(mask, *place) for place in ((0.4, 0.07), (0.52, 0.12), (0.48, 0.08)))
    assert not any(at(mask, *place) for place in ((0.44, 0.25), (0.44, 0.45), (0.1, 0.1), (0.75, 0.2)))
    assert find_hair(photo("astronaut"), ()) is None
