"""What a person may rely on when something is drawn over the still."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.framing import frame_path
from studio.engines.sketch.life.calls import asked_of, read_particles
from studio.engines.sketch.life.effect import Life
from studio.engines.sketch.life.ink import add, splat, veil
from studio.engines.sketch.life.kinds import Kind, load_kinds
from studio.engines.sketch.life.mouth import find_mouth
from studio.engines.sketch.life.nearness import Nearness
from studio.engines.sketch.life.particles import enliven
from studio.engines.sketch.life.projection import Eye
from studio.engines.sketch.planning import draft
from studio.errors import PresetError
from studio.media.planes import Planes, to_luma, whole_size
from studio.presets import find_profile, load_profiles, read_preset
from studio.settings import ROOT
from studio.shot import Beat, Control
from tests.sketch_scenes import FPS, beat_of, changed, frames_of, scene_of
from tests.sketch_shots import textured

ASKED = {
    "rain": "Rain falls on the street.",
    "snow": "It starts to snow.",
    "steam": "A thin ribbon of steam rises from the coffee.",
    "smoke": "Smoke curls from the chimney.",
    "fog": "Fog rolls in from the left.",
    "haze": "Haze drifts over the valley.",
    "dust": "Dust motes drift in the light.",
    "embers": "Embers rise.",
    "leaves": "Leaves fall from the trees.",
    "petals": "Petals drift down.",
    "bubbles": "Bubbles rise through the glass.",
}
DIM = (textured(240, 160) // 3 + 30).astype(np.uint8)


def drawn(kind, pixels=DIM, **options):
    """The frames of a still with this drawn over it, from 0.5 to 2 of 5 seconds."""
    scene = scene_of(beat_of(ASKED[kind], **options.pop("beat", {})), pixels=pixels, **{"seconds": 5.5, **options})
    return frames_of(scene, enliven(scene))


def test_every_kind_is_asked_for_here():
    assert {kind.id for kind in load_kinds()} == set(ASKED)


@pytest.mark.parametrize(("kind", "text"), ASKED.items())
def test_words_ask_for_it(kind, text):
    assert read_particles(beat_of(text)).kind.id == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She walks in the rain.",
        "The train steams on.",
        "The fog lifts.",
        "The rain stops.",
        "Light falls on the snow.",
        "The leaves rustle in the wind.",
        "She shakes the snow from her coat.",
        "He smokes a cigarette.",
        "Leaves sway.",
        "The petals tremble.",
        "The leaves float on the water.",
    ],
)
def test_other_words_ask_for_nothing(text):
    assert read_particles(beat_of(text)) is None


def test_a_thing_alone_is_enough():
    assert read_particles(beat_of("Light snow.")).kind.id == "snow"


def test_the_wind_is_read_from_the_words():
    assert read_particles(beat_of("Steam rises and drifts to the left.")).side == -1
    assert read_particles(beat_of("Snow drifts from the left.")).side == 1


def test_what_is_painted_with_a_motion_brush_is_moved_and_not_drawn():
    beat = beat_of(ASKED["smoke"])
    shot = scene_of(beat).shot
    assert asked_of(beat, shot) is not None
    assert asked_of(beat, shot.but(controls=(Control(kind="motion_brush", path="mask.png"),))) is None


def test_a_take_says_what_is_drawn_over_it_once_each():
    scene = scene_of(beat_of(ASKED["steam"]), beat_of("Steam curls slowly."), beat_of(ASKED["embers"]))
    assert enliven(scene).notes == (
        "Steam is drawn over the still; it is not in the picture.",
        "Embers are drawn over the still; they are not in the picture.",
    )
    assert not enliven(scene_of(beat_of("She smiles."))).notes


def test_what_two_beats_say_of_one_thing_is_drawn_once():
    rise, drift = beat_of("Steam rises from the coffee."), beat_of("Steam drifts to the right.", level=3)
    (one,) = enliven(scene_of(rise, drift)).overlays
    assert one.wind > 0
    assert one.span.level == 3
    later = beat_of("Steam rises again.", 2.5, 3.0)
    assert len(enliven(scene_of(rise, later)).overlays) == 2


def test_a_plan_says_it_before_anything_is_made():
    shot = scene_of(beat_of(ASKED["steam"])).shot
    profile = find_profile(load_profiles(ROOT / "presets" / "engines"), "sketch")
    assert draft(shot, profile).plan.drawn == enliven(scene_of(beat_of(ASKED["steam"]))).notes


@pytest.mark.parametrize("kind", ASKED)
def test_it_is_there_in_its_beat_and_gone_to_the_bit_before_and_after(kind):
    difference = changed(drawn(kind))
    assert (difference[: round(0.5 * FPS) + 1] == 0).all()
    assert difference[round(1.2 * FPS) : round(2 * FPS)].max() > 0.003
    assert difference[-1] == 0


@pytest.mark.parametrize("kind", ["rain", "snow", "dust", "fog"])
def test_it_comes_within_two_frames_of_its_beat(kind):
    overlay = enliven(scene_of(beat_of(ASKED[kind]))).overlays[0]
    amount = overlay.flakes.span.amount if hasattr(overlay, "flakes") else overlay.span.amount
    assert amount[round(0.5 * FPS)] == 0
    assert amount[round(0.5 * FPS) + 2] > 0


@pytest.mark.parametrize("kind", ASKED)
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(kind):
    one, two = (drawn(kind, seconds=2.0, beat={"start": 0.0, "end": 2.0}) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    other = drawn(kind, seconds=2.0, seed=5, beat={"start": 0.0, "end": 2.0})
    assert not all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["rain", "steam", "fog"])
def test_a_frame_does_not_depend_on_those_drawn_before(kind):
    scene = scene_of(beat_of(ASKED[kind], 0.0, 2.0), pixels=DIM, seconds=2.0)
    in_turn, at_once = enliven(scene).overlays[0], enliven(scene).overlays[0]
    for number in range(30):
        shown = in_turn.draw(DIM.copy(), number)
    np.testing.assert_array_equal(shown, at_once.draw(DIM.copy(), 29))


@pytest.mark.parametrize("kind", ["rain", "snow", "embers", "dust"])
def test_a_higher_level_is_more(kind):
    low, high = (changed(drawn(kind, beat={"level": level}))[36:46].mean() for level in (1, 3))
    assert high > 1.3 * low


def test_steam_rises_from_the_thing_in_focus_and_touches_nothing_else():
    pixels = np.full((160, 240, 3), 40, np.uint8)
    pixels[80:150, 100:140] = 150  # a cup
    frames = drawn("steam", pixels, focus=(0.5, 0.6), beat={"start": 0.0, "end": 3.0})
    cover = np.max([np.abs(frame.astype(int) - pixels).max(axis=2) for frame in frames], axis=0)
    assert cover[50:80, 90:150].max() > 15
    assert cover[95:].max() == 0
    assert cover[:, :60].max() == 0
    assert cover[:, 185:].max() == 0


def test_the_mouth_is_the_upper_edge_of_the_thing_in_focus():
    pixels = np.full((160, 240, 3), 40, np.uint8)
    pixels[80:150, 100:140] = 150
    (mouth,) = find_mouth(scene_of(pixels=pixels, focus=(0.5, 0.6)), 0.2)
    assert mouth.x == pytest.approx(120)
    assert mouth.y == pytest.approx(81, abs=4)


def test_steam_comes_from_all_of_an_open_cup_and_not_from_its_near_rim():
    pixels = np.full((160, 240, 3), 40, np.uint8)
    cv2.ellipse(pixels, (120, 90), (30, 14), 0, 0, 360, (150, 110, 60), -1)
    (mouth,) = find_mouth(scene_of(pixels=pixels, focus=(0.5, 0.7)), 0.2)
    assert mouth.y == pytest.approx(90, abs=4)
    assert mouth.deep == pytest.approx(14, abs=4)
    assert 32 < mouth.width < 64


def test_smoke_that_billows_around_what_has_no_rim_comes_from_both_sides_of_its_foot():
    pixels = np.full((160, 240, 3), 40, np.uint8)
    mouths = enliven(scene_of(beat_of("Smoke billows."), pixels=pixels)).overlays[0].mouths
    assert min(mouth.x for mouth in mouths) < 120 < max(mouth.x for mouth in mouths)
    assert all(mouth.y > 140 for mouth in mouths)
    assert len(enliven(scene_of(beat_of("A wisp of smoke curls."), pixels=pixels)).overlays[0].mouths) == 1


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Steam rises from the wet street.", True),
        ("Smoke curls out of a manhole.", True),
        ("Steam rises from the cup in the street.", False),
        ("Steam rises.", False),
    ],
)
def test_steam_from_the_street_rises_from_the_ground_and_not_from_the_thing_in_focus(text, low):
    pixels = np.full((160, 240, 3), 40, np.uint8)
    pixels[50:70, 140:170] = 220  # a lantern
    overlay = enliven(scene_of(beat_of(text), pixels=pixels, focus=(0.65, 0.38))).overlays[0]
    assert (overlay.mouths[0].y > 0.75 * 160) is low


@pytest.mark.parametrize(("move", "way"), [("tilt_up", 1), ("tilt_down", -1), ("pedestal_up", 1)])
def test_fog_lies_on_the_ground_of_the_picture_and_goes_with_it(move, way):
    """Where the camera looks higher, the thick fog sinks in the frame."""
    fog = beat_of("Fog drifts.", 0.0, 3.0)
    scene = scene_of(fog, Beat(layer="camera", start=0.5, end=2.5, move=move, level=3), pixels=DIM)
    mist = enliven(scene).overlays[0]
    first, last = (mist._lowness(number).mean(axis=1) for number in (0, scene.frames - 1))
    assert np.diff(first).min() > 0
    assert (first - last).min() * way > 0.02 if way > 0 else (last - first).min() > 0.02


def test_steam_stands_in_no_fixed_stripes():
    """Over the clip, there is one hump over the mouth: nowhere less than on both sides of it."""
    pixels = np.full((320, 480, 3), 40, np.uint8)
    scene = scene_of(beat_of(ASKED["steam"], 0.0, 6.0), pixels=pixels, focus=(0.5, 0.9), seconds=6.0)
    rising = enliven(scene).overlays[0]
    (mouth,) = rising.mouths
    row, half = int(mouth.y - mouth.width / 4), int(mouth.width / 2)
    frames = frames_of(scene, Life(overlays=(rising,)))[12::6]
    cover = np.mean([frame[row - 3 : row + 4, 240 - half : 240 + half] for frame in frames], axis=(0, 1, 3)) - 40
    left, right = np.maximum.accumulate(cover), np.maximum.accumulate(cover[::-1])[::-1]
    assert (cover / np.minimum(left, right)).min() > 0.9


def flakes_of(text=ASKED["snow"], **options):
    scene = scene_of(beat_of(text, 0.0, 3.0, **options.pop("beat", {})), **options)
    return enliven(scene).overlays[0].flakes


def test_snow_falls_and_embers_rise():
    snow, embers = (flakes_of(ASKED[kind]) for kind in ("snow", "embers"))
    for flakes, sign in ((snow, 1), (embers, -1)):
        seen = flakes.seen(40)
        assert np.median(-seen.back_y) * sign > 0.1


def test_near_flakes_move_faster_and_are_larger():
    flakes = flakes_of()
    seen = flakes.seen(40)
    near = flakes.near[seen.number] < 3
    assert np.median(-seen.back_y[near]) > 2 * np.median(-seen.back_y[~near])
    assert np.median(seen.radius[near]) > 2 * np.median(seen.radius[~near])


def test_the_wind_blows_them_to_its_side():
    right, left = (flakes_of(f"Snow drifts to the {side}.").seen(40) for side in ("right", "left"))
    assert np.median(-right.back_x) > 0 > np.median(-left.back_x)


def test_flakes_are_always_spread_over_the_whole_frame():
    seen = flakes_of(ASKED["rain"]).seen(50)
    counts, *_ = np.histogram2d(seen.x, seen.y, bins=(4, 3), range=((0, 240), (0, 160)))
    assert counts.min() > 0.3 * counts.mean()


def test_what_stands_near_hides_the_far_flakes():
    scene = scene_of(beat_of(ASKED["snow"], 0.0, 3.0))
    wall = np.full_like(scene.lift, 0.0)
    wall[:, wall.shape[1] // 2 :] = -0.5
    flakes = enliven(type(scene)(scene.shot, scene.canvas, wall, scene.framing, scene.size, FPS)).overlays[0].flakes
    seen = flakes.seen(40)
    before, beside = seen.number[seen.x < 100], seen.number[seen.x > 140]
    assert flakes.near[before].max() < flakes.near[beside].max() - 2


def stepped(scene):
    """The scene with its right half far away, and its left half as near as the focus."""
    lift = np.zeros_like(scene.lift)
    lift[:, lift.shape[1] // 2 :] = -0.5
    return type(scene)(scene.shot, scene.canvas, lift, scene.framing, scene.size, FPS)


@pytest.mark.parametrize("kind", ["fog", "rain", "snow"])
def test_it_thickens_with_the_distance(kind):
    scene = stepped(scene_of(beat_of(ASKED[kind], 0.0, 3.0), pixels=DIM))
    frames = frames_of(scene, enliven(scene))
    cover = np.mean([np.abs(frame.astype(float) - DIM) for frame in frames[24::6]], axis=(0, 3))
    assert cover[:, 140:].mean() > 1.5 * cover[:, :100].mean() > 0


@pytest.mark.parametrize("kind", ["rain", "snow"])
def test_it_falls_before_what_is_near_too_and_ends_in_no_hard_line(kind):
    scene = stepped(scene_of(beat_of(ASKED[kind], 0.0, 3.0), pixels=DIM))
    sheets = enliven(scene).overlays[0].sheets
    veil = np.mean([sheets.mask(number) for number in range(24, 72, 2)], axis=(0, 1))
    near, far = veil[:90].mean(), veil[150:].mean()
    assert near > 0.15 * far
    smooth = np.convolve(veil, np.full(5, 0.2), "valid")
    assert np.abs(np.diff(smooth[100:136])).max() < 0.2 * (far - near)


def test_distances_are_kept_while_the_camera_rests_for_fog_and_rain_at_once():
    nearness = Nearness(scene_of(beat_of(ASKED["fog"]), pixels=DIM))
    fog, rain = (nearness.seen(0, columns) for columns in (60, 90))
    assert fog.shape[1] == 60
    assert nearness.seen(1, 90) is rain
    assert nearness.seen(1, 60) is fog


def test_what_rises_above_the_horizon_stands_out_of_the_fog_as_the_sky_does():
    scene = scene_of(beat_of(ASKED["fog"], 0.0, 3.0), pixels=DIM)
    lift = np.zeros_like(scene.lift)
    lift[: len(lift) // 2] = -0.5
    scene = type(scene)(scene.shot, scene.canvas, lift, scene.framing, scene.size, FPS)
    cover = np.mean([enliven(scene).overlays[0]._cover(number) for number in range(48, 72, 6)], axis=(0, 2))
    low, high = cover[len(cover) // 3 : len(cover) // 2].mean(), cover[: len(cover) // 8].mean()
    assert low > 3 * high


def test_fog_gathers_and_is_no_flash():
    (fog,) = enliven(scene_of(beat_of("Mist drifts.", 0.0, 3.0))).overlays
    assert 0 < fog.span.amount[4] < 0.2
    assert np.diff(fog.span.amount).max() < 0.1


def test_fog_on_film_is_the_fog_on_frames():
    pixels = np.full((160, 240, 3), (40, 60, 90), np.uint8)
    (fog,) = enliven(scene_of(beat_of("Mist drifts.", 0.0, 3.0), pixels=pixels)).overlays
    planes = Planes(to_luma(pixels)[..., 0], to_luma(pixels)[::2, ::2].copy())
    assert np.abs(whole_size(fog.film(planes, 60)).astype(int) - fog.draw(pixels.copy(), 60)).max() <= 6


def test_fog_takes_the_light_of_its_surroundings():
    pixels = np.full((160, 240, 3), 30, np.uint8)
    pixels[:, :60] = (240, 150, 60)
    scene = stepped(scene_of(beat_of(ASKED["fog"], 0.0, 3.0), pixels=pixels))
    shown = frames_of(scene, enliven(scene))[48].astype(float)
    lit, dark = shown[:, 125:150].mean(axis=(0, 1)), shown[:, 215:].mean(axis=(0, 1))
    assert lit.mean() > dark.mean()
    assert lit[0] - lit[2] > dark[0] - dark[2]


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("Fog rolls in.", True),
        ("Fog rolls in from the left.", True),
        ("Mist creeps in slowly over the field.", True),
        ("Dust motes drift in the light.", False),
        ("Mist drifts in thin bands.", False),
    ],
)
def test_what_comes_in_is_told_from_what_is_in_something(text, comes):
    asked = read_particles(beat_of(text))
    assert asked.enters is comes
    assert asked.begins is comes


@pytest.mark.parametrize("kind", sorted(ASKED.keys() - {"snow", "fog"}))  # what begins, and what rolls in
def test_what_lasts_the_whole_clip_is_there_from_the_first_frames_to_the_last(kind):
    difference = changed(frames_of(scene := scene_of(beat_of(ASKED[kind], 0.0, 3.0), pixels=DIM), enliven(scene)))
    usual = np.median(difference)
    assert difference[4] > 0
    assert difference[round(0.4 * FPS)] > 0.5 * usual
    assert difference[-3:].mean() > 0.6 * usual


@pytest.mark.parametrize("kind", ASKED)
def test_it_keeps_to_the_edges_of_a_beat_that_nearly_fills_the_clip(kind):
    scene = scene_of(beat_of(ASKED[kind], 0.6, 2.6), pixels=DIM)
    frames = frames_of(scene, enliven(scene))
    for number in (*range(round(0.6 * FPS) + 1), *range(round(2.6 * FPS) + 1, scene.frames)):
        np.testing.assert_array_equal(frames[number], DIM)
    assert changed(frames).max() > 0.003


def test_rain_that_begins_waits_for_its_beat():
    scene = scene_of(beat_of("It starts to rain.", 0.6, 2.9), pixels=DIM)
    difference = changed(frames_of(scene, enliven(scene)))
    assert not difference[: round(0.6 * FPS)].any()


def test_embers_cool_from_yellow_to_red_and_flicker_each_for_itself():
    scene = scene_of(beat_of(ASKED["embers"], 0.0, 3.0))
    embers = enliven(scene).overlays[0]
    one, two = (embers.flakes.seen(number) for number in (40, 41))
    assert one.age.min() < 0.1
    assert one.age.max() > 0.9
    red, green, _ = embers._colour(0.15)
    hot_red, hot_green, _ = embers._colour(0.9)
    assert hot_green / hot_red > 2 * green / red
    both, first, second = np.intersect1d(one.number, two.number, return_indices=True)
    heat = np.ones(len(both), np.float32)

    def lit(seen, at, number):
        part = type(seen)(*(getattr(seen, name)[at] for name in seen.__dataclass_fields__))
        return embers._strength(part, heat, number / FPS)

    change = lit(two, second, 41) - lit(one, first, 40)
    assert (change > 0).mean() > 0.2
    assert (change < 0).mean() > 0.2


@pytest.mark.parametrize("kind", ["embers", "snow", "dust"])
def test_they_differ_in_size_and_most_are_small(kind):
    flakes = flakes_of(ASKED[kind])
    size = flakes.radius * flakes.near
    assert size.max() > 2 * np.median(size)
    assert np.median(size) < size.mean()


def test_a_loop_that_is_filled_closes():
    for kind in ("rain", "snow", "steam", "fog", "leaves", "embers"):
        scene = scene_of(beat_of(ASKED[kind], 0.0, 3.0), pixels=DIM)
        scene = type(scene)(scene.shot.but(loop=True), scene.canvas, scene.lift, scene.framing, scene.size, FPS)
        frames = [frame.astype(float) for frame in frames_of(scene, enliven(scene))]
        steps = [np.abs(one - two).mean() for one, two in itertools.pairwise(frames)]
        assert np.abs(frames[-1] - frames[0]).mean() < 1.6 * np.median(steps) + 0.01, kind
        assert min(np.abs(frame - DIM).mean() for frame in frames) > 0.003, kind


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(sorted(ASKED)),
    st.floats(0, 1.9),
    st.floats(0.001, 2),
    st.integers(1, 3),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0, 127, 255]),
)
def test_extreme_beats_and_stills_are_drawn_all_the_same(kind, start, seconds, level, seed, grey):
    beat = beat_of(ASKED[kind], start, min(start + seconds, 2.0), level=level)
    scene = scene_of(beat, pixels=np.full((48, 64, 3), grey, np.uint8), seconds=2.0, seed=seed)
    for overlay in enliven(scene).overlays:
        for number in (0, 9, 30, 47):
            shown = overlay.draw(scene.canvas.copy(), number)
            assert shown.shape == scene.canvas.shape
            assert shown.dtype == np.uint8


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(-0.12, 0.12), min_size=8, max_size=8), st.floats(0.2, 0.8), st.floats(0.2, 0.8))
def test_what_lies_at_the_focus_is_seen_where_the_still_is(pose, across, down):
    path = np.zeros((2, 8))
    path[1] = pose
    eye = Eye(frame_path(path, (300, 200), 1.5, (0.4, 0.6)), (300, 200), 1)
    x, y = np.array([across * 300]), np.array([down * 200])
    back = eye.see(*eye.look(x, y), np.ones(1))
    np.testing.assert_allclose(np.ravel(back), [x[0], y[0]], atol=0.01)


def test_ink_of_nothing_changes_no_bit():
    frame = textured(64, 48)
    nothing = np.zeros((48, 64), np.uint8)
    np.testing.assert_array_equal(veil(frame, nothing, np.float32([200, 200, 200])), frame)
    np.testing.assert_array_equal(add(frame, nothing, np.zeros((256, 3), np.uint8)), frame)
    full = veil(frame, nothing + 255, np.float32([200, 190, 180]))
    np.testing.assert_array_equal(full[0, 0], [200, 190, 180])


def test_a_plume_on_film_is_the_plume_on_frames_and_leaves_the_rest_to_the_bit():
    pixels = np.full((160, 240, 3), (40, 60, 90), np.uint8)
    scene = scene_of(beat_of(ASKED["smoke"], 0.0, 3.0), pixels=pixels, focus=(0.5, 0.6))
    on_frame, on_film = (enliven(scene).overlays[0] for _ in range(2))
    frame = on_frame.draw(pixels.copy(), 40)
    bare = to_luma(pixels)
    planes = on_film.film(Planes(bare[..., 0].copy(), bare[::2, ::2].copy()), 40)
    assert np.abs(whole_size(planes).astype(int) - frame).max() <= 6
    hidden = np.any(frame != pixels, axis=2).astype(np.uint8)
    still = cv2.dilate(hidden, np.ones((17, 17), np.uint8)) == 0
    assert hidden.any()
    assert still.mean() > 0.2
    np.testing.assert_array_equal(planes.luma[still], bare[still][:, 0])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 50))
def test_no_grain_is_lost_inside_and_none_outside_counts(seed, many):
    rng = np.random.default_rng(seed)
    x, y = (rng.uniform(-20, 60, many).astype(np.float32) for _ in range(2))
    weight = rng.uniform(0, 2, many).astype(np.float32)
    which, sizes = rng.integers(0, 2, many).astype(np.int32), [(40, 30), (24, 50)]
    for number, (grid, (columns, rows)) in enumerate(zip(splat(x, y, weight, sizes, which), sizes, strict=True)):
        inside = (x >= 0) & (y >= 0) & (np.floor(x) < columns - 1) & (np.floor(y) < rows - 1) & (which == number)
        assert grid.sum() == pytest.approx(float(weight[inside].sum()), rel=1e-4, abs=1e-5)


def test_only_streaks_and_discs_have_a_veil(tmp_path):
    rain = (ROOT / "presets" / "particles" / "rain.toml").read_text(encoding="utf-8")
    path = tmp_path / "rain.toml"
    path.write_text(rain.replace('look = "streak"', 'look = "ring"'), encoding="utf-8")
    with pytest.raises(PresetError, match="streak or disc"):
        read_preset(path, Kind)


def test_a_kind_must_be_of_one_sort(tmp_path):
    path = tmp_path / "hail.toml"
    path.write_text('id = "hail"\ntitle = "Hail is"\nnouns = ["hail"]\nverbs = []\nonset = 1.0\ntail = 1.0\n')
    with pytest.raises(PresetError, match="fall, plume and mist"):
        read_preset(path, Kind)
