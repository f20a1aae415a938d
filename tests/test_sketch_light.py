"""What a person may rely on when beats change the light."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.life import curves
from studio.engines.sketch.life.light import Passing, enliven
from studio.engines.sketch.life.lightmaps import LightMaps
from studio.engines.sketch.life.lightwords import read_light
from tests.sketch_scenes import FPS, beat_of, changed, frames_of, scene_of
from tests.sketch_shots import textured

ASKED = {
    "brighten": "The light brightens.",
    "dim": "The light slowly dims.",
    "black": "The lamp goes out.",
    "tint": "The light turns golden.",
    "flicker": "Candle light flickers.",
    "pulse": "The lantern pulses.",
    "flash": "Lightning flashes twice.",
    "sweep": "Golden light sweeps across the wall from left to right.",
    "spread": "The sun breaks through the clouds.",
    "shade": "Cloud shadows pass over the meadow.",
    "highlight": "The highlight slides along the glaze.",
    "twinkle": "The glitter flickers on the water.",
    "hold": "The floor lamp glows steadily.",
}
LASTING = ("brighten", "dim", "black", "tint", "spread")
RETURNING = ("flicker", "pulse", "flash", "sweep", "shade", "highlight", "twinkle")


def lit(kind, pixels=None, **options):
    """The frames of a still whose light changes so."""
    layer = options.pop("layer", "light")
    scene = scene_of(beat_of(ASKED[kind], layer=layer, **options), pixels=pixels)
    return frames_of(scene, enliven(scene))


SCENE = ("canvas", "lift", "framing", "size", "fps")


def lamp_lit(spot=(180, 40), size=8):
    """A dim wall with one bright lamp."""
    pixels = (textured(240, 160) // 4 + 20).astype(np.uint8)
    x, y = spot
    pixels[y - size : y + size, x - size : x + size] = (255, 240, 200)
    return pixels


@pytest.mark.parametrize(("kind", "text"), ASKED.items())
@pytest.mark.parametrize("layer", ["light", "scene"])
def test_words_ask_for_a_change(kind, text, layer):
    assert read_light(beat_of(text, layer=layer)).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She turns her head.",
        "The leaves rustle.",
        "Smoke rises into the light.",
        "The movie star waves.",
        "42 …",
        "Embers rise.",
        "The lines glow.",
    ],
)
def test_other_words_ask_for_nothing(text):
    assert read_light(beat_of(text)) is None


def test_the_camera_and_sound_are_not_light():
    assert read_light(beat_of("The light dims.", layer="audio")) is None
    assert read_light(beat_of("Past the light.", layer="camera", move="truck_left")) is None


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Light sweeps from right to left.", "left"),
        ("Light sweeps to the right.", "right"),
        ("The highlight travels down the edge of the glass.", "down"),
        ("Light sweeps across the wall.", None),
    ],
)
def test_the_way_is_read_from_the_words(text, way):
    assert read_light(beat_of(text, layer="light")).direction == way


def test_a_sign_that_flashes_stutters_and_is_no_lightning():
    change = read_light(beat_of("Signs flash."))
    assert (change.kind, change.electric) == ("flicker", True)


def test_a_glint_that_travels_is_a_highlight():
    assert read_light(beat_of("A glint travels over the gold.", layer="light")).kind == "highlight"


def test_a_highlight_has_the_colour_of_light_and_not_of_what_it_runs_over():
    over = read_light(beat_of("A highlight glides over the red tank.", layer="light"))
    assert over.kind == "highlight" and over.tint == (0.0, 0.0, 0.0)
    assert read_light(beat_of("A golden highlight glides over the tank.", layer="light")).tint != over.tint


def test_one_lamp_or_all_of_them():
    assert read_light(beat_of("The lamp brightens.")).place == "lamp"
    assert read_light(beat_of("The lanterns brighten.")).place == "lamps"
    assert read_light(beat_of("The light brightens.")).place == "whole"


@pytest.mark.parametrize("kind", [*LASTING, *RETURNING])
def test_nothing_changes_before_the_beat_and_something_in_it(kind):
    frames = lit(kind, lamp_lit())
    difference = changed(frames)
    assert (difference[: round(0.5 * FPS)] == 0).all()
    assert difference[round(0.5 * FPS) : round(2 * FPS)].max() > 0.01


@pytest.mark.parametrize("kind", LASTING)
def test_what_changes_for_good_stays(kind):
    frames = lit(kind)
    np.testing.assert_array_equal(frames[round(2 * FPS) + 1], frames[-1])
    assert changed(frames)[-1] > 0.2


@pytest.mark.parametrize("kind", RETURNING)
def test_what_passes_returns_to_the_same_bits(kind):
    frames = lit(kind)
    np.testing.assert_array_equal(frames[round(2 * FPS) + 1], frames[0])
    np.testing.assert_array_equal(frames[-1], frames[0])


@pytest.mark.parametrize("kind", ["brighten", "dim"])
def test_half_of_the_change_is_there_in_the_middle_of_the_beat(kind):
    life = enliven(scene_of(beat_of(ASKED[kind], layer="light")))
    full = life.lights[0].stops(71)
    middle = life.lights[0].stops(round(1.25 * FPS))
    np.testing.assert_allclose(middle, full / 2, rtol=1e-4)


@pytest.mark.parametrize(("level", "other"), [(1, 2), (2, 3)])
def test_a_higher_level_changes_more(level, other):
    low, high = (changed(lit("dim", level=number))[-1] for number in (level, other))
    assert high > 1.2 * low


def test_brighter_is_brighter_and_dimmer_is_dimmer():
    assert lit("brighten")[-1].mean() > textured(240, 160).mean() + 3
    assert lit("dim")[-1].mean() < textured(240, 160).mean() - 3


def far_from_the_lamp(text):
    """How bright the wall is in the end where no lamp is near, as a share of what it was."""
    scene = scene_of(beat_of(text, layer="light"), pixels=lamp_lit())
    frames = frames_of(scene, enliven(scene))
    return frames[-1][120:, :60].mean() / frames[0][120:, :60].mean()


def test_a_room_goes_dark_with_all_its_lamps_and_nearly_dark_where_the_words_say_so():
    one, every = far_from_the_lamp("The lamp dims."), far_from_the_lamp("The lamps dim.")
    assert far_from_the_lamp("The lamps dim to almost dark.") < every < one < 1


def test_a_lamp_is_found_and_its_light_falls_off():
    pixels = lamp_lit()
    dark = lit("black", pixels)[-1].astype(float)
    fall = (pixels - dark).mean(axis=2)
    assert fall[36:44, 176:184].mean() > 100
    assert fall[36:44, 150:160].mean() > 1.5 * fall[100:150, 10:60].mean()


def test_a_sweep_goes_where_it_is_said():
    scene = scene_of(beat_of(ASKED["sweep"], layer="light"))
    light = enliven(scene).lights[0]
    weights = [light.stops(number)[..., 1].clip(0) for number in (18, 24, 30, 36, 42)]
    middles = [(grid.sum(axis=0) @ np.arange(grid.shape[1])) / grid.sum() for grid in weights if grid.sum()]
    assert middles == sorted(middles)
    assert middles[-1] - middles[0] > 60


def test_golden_light_is_warm():
    sweep = enliven(scene_of(beat_of(ASKED["sweep"], layer="light"))).lights[0].stops(30)
    assert sweep[..., 0].max() > sweep[..., 2].max() + 0.1


@pytest.mark.parametrize("kind", [*LASTING, *RETURNING])
def test_the_same_seed_gives_the_same_bits(kind):
    one, two = (lit(kind, lamp_lit()) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def two_lamps():
    pixels = lamp_lit((60, 40))
    pixels[32:48, 172:188] = (255, 240, 200)
    return pixels


@pytest.mark.parametrize(
    "text", ["The lamps flicker.", "The neon signs flicker.", "The lights flicker.", "Windows flicker."]
)
def test_each_of_several_lamps_flickers_in_its_own_time(text):
    beat = beat_of(text, 0.0, 3.0, layer="light")
    scene = scene_of(beat, pixels=two_lamps(), focus=(0.5, 0.3))
    frames = np.array(frames_of(scene, enliven(scene)), np.float32)
    one, two = (frames[:, 54:62, x - 6 : x + 6].mean(axis=(1, 2, 3)) for x in (60, 180))
    assert min(one.std(), two.std()) > 0.1
    assert np.corrcoef(one, two)[0, 1] < 0.7


def test_lights_of_which_none_is_seen_flicker_as_a_whole():
    scene = scene_of(
        beat_of("The lights flicker.", 0.0, 3.0, layer="light"), pixels=np.full((160, 240, 3), 60, np.uint8)
    )
    (light,) = enliven(scene).lights
    assert len(light.maps) == 1
    assert light.maps[0].min() > 0.9 * light.maps[0].max()


def test_a_globe_that_is_burnt_out_is_a_lamp():
    pixels = np.full((160, 240, 3), 120, np.uint8)
    cv2.circle(pixels, (70, 40), 22, (255, 255, 255), -1)
    maps = LightMaps(scene_of(pixels=pixels, focus=(0.6, 0.7)))
    source, _ = maps.lamp(False)
    rows, columns = np.nonzero(source > 0.5)
    assert abs(columns.mean() / source.shape[1] - 70 / 240) < 0.03
    assert abs(rows.mean() / source.shape[0] - 40 / 160) < 0.03


@pytest.mark.parametrize("kind", ["flicker", "twinkle"])
def test_what_wavers_all_through_goes_on_to_the_last_frame_and_over_the_seam_of_a_loop(kind):
    beat = beat_of(ASKED[kind], 0.0, 3.0, layer="light")
    scene = scene_of(beat, seed=3)
    once, looped = (
        enliven(type(scene)(scene.shot.but(loop=loop), *(getattr(scene, name) for name in SCENE))).lights[0].curves[0]
        for loop in (False, True)
    )
    assert np.abs(np.diff(once[-8:])).max() > 0.02
    assert np.abs(once[:8]).max() > 0.02
    assert np.abs(looped[0] - looped[-1]) <= 1.5 * np.abs(np.diff(looped)).max()
    assert np.abs(looped[-4:]).max() + np.abs(looped[:4]).max() > 0.05


def room(lamp=(255, 250, 225), sofa=(250, 165, 140)):
    """A wall with a lamp at the right, and a bright sofa in the focus before it."""
    pixels = np.full((160, 240, 3), 90, np.uint8)
    pixels[90:150, 60:170] = 130
    pixels[100:120, 100:125] = sofa
    pixels[40:58, 190:210] = lamp
    return pixels


def test_the_lamp_flickers_and_not_the_bright_sofa_in_the_focus():
    scene = scene_of(beat_of("The floor lamp flickers.", 0.0, 3.0, layer="light"), pixels=room(), focus=(0.47, 0.7))
    life = enliven(scene)
    frames = np.array(frames_of(scene, life), np.float32)
    wall = frames[:, 60:66, 190:210].mean(axis=(1, 2, 3)).std()
    assert wall > 2 * frames[:, 100:120, 100:125].mean(axis=(1, 2, 3)).std()
    assert not life.notes


@pytest.mark.parametrize(
    ("text", "named"),
    [("The lantern flickers.", "lantern"), ("The candles dim.", "candles"), ("The lights flicker.", "lights")],
)
def test_a_lamp_that_is_not_in_the_picture_is_told(text, named):
    dark = room(lamp=(90, 90, 90), sofa=(150, 150, 150))
    assert enliven(scene_of(beat_of(text, layer="light"), pixels=dark)).notes == (
        f"The {named}: not found in the picture for sure, so the light "
        f"{'of the whole picture' if named == 'lights' else 'at the point of interest'} changes instead.",
    )
    assert not enliven(scene_of(beat_of(text, layer="light"), pixels=room())).notes


@pytest.mark.parametrize("text", ["The light dims.", "The lights brighten.", "The lamp glows steadily."])
def test_light_that_needs_no_lamp_is_not_told_to_lack_one(text):
    assert not enliven(scene_of(beat_of(text, layer="light"), pixels=np.full((160, 240, 3), 90, np.uint8))).notes


def test_another_seed_flickers_otherwise():
    beat = beat_of(ASKED["flicker"], layer="light")
    one, two = (enliven(scene_of(beat, seed=seed)).lights[0].curves[0] for seed in (1, 2))
    assert np.abs(one - two).max() > 0.3


def test_several_changes_of_light_are_shown_together():
    scene = scene_of(beat_of(ASKED["dim"], layer="light"), beat_of(ASKED["flicker"], layer="light"))
    assert len(enliven(scene).lights) == 2


def test_a_flame_s_unrest_falls_off_as_one_over_its_frequency():
    times = np.arange(0, 60, 1 / 48)
    power = np.zeros(times.size // 2 + 1)
    for seed in range(40):
        power += np.abs(np.fft.rfft(curves._pink(times, np.random.default_rng(seed)))) ** 2
    hertz = np.fft.rfftfreq(times.size, 1 / 48)
    bands = [(0.5, 1), (1, 2), (2, 4), (4, 8)]
    level = [np.log2(power[(hertz >= low) & (hertz < high)].mean()) for low, high in bands]
    assert np.polyfit(range(4), level, 1)[0] == pytest.approx(-1, abs=0.25)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.6, 20), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_no_second_holds_more_than_three_flashes(seconds, strikes, seed):
    times = np.arange(0, seconds + 1, 1 / 240)
    curve = curves.flash(times, 0.5, 0.5 + seconds, strikes, np.random.default_rng(seed))
    rises = times[1:][(curve[1:] > 0.7) & (curve[:-1] <= 0.7)]
    assert all(np.sum((rises >= moment) & (rises < moment + 1)) <= 3 for moment in rises)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(sorted(ASKED)),
    st.floats(0, 2.9),
    st.floats(0.001, 3),
    st.integers(1, 3),
    st.integers(0, 2**32 - 1),
)
def test_extreme_beats_stay_bounded(kind, start, seconds, level, seed):
    beat = beat_of(ASKED[kind], start, min(start + seconds, 3.0), level=level)
    scene = scene_of(beat, pixels=textured(96, 64), seed=seed)
    for light in enliven(scene).lights:
        for number in range(0, scene.frames, 5):
            stops = light.stops(number)
            if stops is not None:
                assert np.isfinite(stops).all()
                assert stops.max() <= 2.6
                assert stops.min() >= -8.5
                assert stops.dtype == np.float32


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_still_of_one_grey_has_maps_too(value):
    maps = LightMaps(scene_of(pixels=np.full((64, 96, 3), value, np.uint8)))
    for grid in (maps.whole, maps.lit, maps.thing, maps.shine, maps.sheen, maps.ground, *maps.lamp(False)):
        assert np.isfinite(grid).all()
        assert grid.min() >= 0
        assert grid.max() <= 1


def test_lettering_and_edges_are_no_highlights():
    pixels = np.full((160, 240, 3), 60, np.uint8)
    pixels[40:120, 60:180] = 220
    pixels[60:100:6, 70:170] = 40  # lines of type on a label
    pixels[130:134, 200:204] = 255  # a highlight
    shine = LightMaps(scene_of(pixels=pixels)).shine
    assert shine[104:107, 160:163].max() > 0.5
    assert shine[40:90, 55:140].max() < 0.2


def test_a_highlight_over_a_thing_too_small_to_be_seen_is_none():
    scene = scene_of(beat_of(ASKED["highlight"], layer="light"))
    scene = type(scene)(scene.shot, scene.canvas, np.full_like(scene.lift, 0.5), scene.framing, scene.size, FPS)
    assert not enliven(scene).lights[0].stops(20).any()


def test_a_highlight_is_plain_on_what_is_dark_and_keeps_off_the_ground():
    pixels = np.full((160, 240, 3), 200, np.uint8)
    pixels[40:130, 90:150] = 25
    frames = np.array(lit("highlight", pixels)[::4], int)
    brighter = (frames - frames[0]).max(axis=(0, 3))
    assert brighter[60:110, 110:130].max() > 80
    assert not np.abs(frames - frames[0])[:, :, np.r_[:85, 156:240]].any()


def test_where_nothing_changes_the_renderer_is_told_so():
    band = Passing(
        np.zeros((4, 4), np.float32),
        np.ones((4, 4, 3), np.float32),
        np.array([0.0, 0.0, 0.5, 0.5]),
        np.array([0.0, 0.0, 1.0, 1.0]),
        0.3,
    )
    assert [band.rests(number) for number in range(4)] == [False, True, False, True]
