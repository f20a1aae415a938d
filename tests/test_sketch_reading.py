"""What a person may rely on when sketch reads what a beat moves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.reading import holds, read_beat
from tests.sketch_scenes import beat_of

LIBRARY = load_library()


def read(text, layer="scene"):
    call = read_beat(beat_of(text, layer=layer), LIBRARY)
    return call and (call.motion.id, call.region.id, call.direction)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Leaves sway in a light breeze.", ("sway", "foliage", None)),
        ("Ferns and grass nod in a faint breeze.", ("sway", "foliage", None)),
        ("The grass ripples.", ("gust", "grass", None)),
        ("The wings flutter softly.", ("flap", "wings", None)),
        ("The officer blinks.", ("blink", "eyes", None)),
        ("The tree in the yard sways.", ("sway", "foliage", None)),
        ("The plant’s leaves stir a little near the window.", ("sway", "foliage", None)),
        ("The petals of the rose tremble.", ("tremble", "flower", None)),
        ("The dandelion's head trembles.", ("tremble", "flower", None)),
        ("The dandelion sways in the evening breeze.", ("sway", "flower", None)),
        ("The officer breathes calmly.", ("breathe", "subject", None)),
        ("Two squirrels are panting.", ("breathe", "subject", None)),
        ("A light breeze moves through the garden.", ("sway", "foliage", None)),
        ("A gust lifts her hair.", ("sway", "hair", None)),
        ("The flag ripples in a steady wind from the left.", ("flutter", "flag", "right")),
        ("The hem of the dress lifts slightly.", ("flutter", "fabric", None)),
        ("Clouds move slowly across the sky to the left.", ("drift", "sky", "left")),
        ("The nearest wave folds over.", ("flow", "water", None)),
        ("The sea is rippling.", ("ripple", "water", None)),
        ("The surface of the coffee sways.", ("ripple", "liquid", None)),
        ("The flame of the candle wavers.", ("flicker", "flame", None)),
        ("A thread of smoke curls upward.", ("rise", "smoke", "up")),
        ("Her chest rises and falls.", ("breathe", "subject", None)),
        ("The boat rocks gently on the water.", ("sway", "hanging", None)),
    ],
)
def test_who_moves_how_and_which_way(text, asked):
    assert read(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "She walks along the water.",
        "The leaf shadows sway across the wall.",
        "The light slips along the folds of the drape.",
        "The handle of the cup moves.",
        "The leaves do not move.",
        "The whale jumps.",
        "The statue of the woman breathes.",
        "The city breathes.",
        "Waves",
        "",
        "…",
    ],
)
def test_what_is_not_understood_is_not_shown(text):
    assert read(text) is None


def test_only_what_happens_in_the_scene_is_read():
    assert read("The leaves sway.", layer="subject") == ("sway", "foliage", None)
    assert read("The leaves sway.", layer="light") is None
    assert read("The leaves sway.", layer="audio") is None


@pytest.mark.parametrize(
    "text", ["The bust stays perfectly still.", "The furniture stays in place.", "The signs steady."]
)
def test_what_stays_as_it_is_needs_no_showing(text):
    assert holds(beat_of(text), LIBRARY)


@pytest.mark.parametrize("text", ["She holds the cup.", "The leaves sway.", "He stands up."])
def test_holding_something_is_not_staying_still(text):
    assert not holds(beat_of(text), LIBRARY)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    read(text)
    holds(beat_of(text), LIBRARY)
