"""The negative prompt: things, not sentences."""

import pytest

from studio.coach.cues.parse import parse
from studio.coach.dialects.negatives import negative_prompt, unwanted_things
from studio.coach.vocabulary.load import load_vocabulary
from studio.presets import Dialect
from studio.settings import Settings
from studio.shot import Beat, Brief, Timeline

WORDS = load_vocabulary(Settings().presets / "vocabulary")
BANS = Dialect(negative=True, bans=("flicker",), bans_static=("frozen frame",))
MOVING = Timeline(seconds=5, beats=(Beat(layer="scene", start=0, end=5, text="Waves roll in."),))
HELD = MOVING.but(beats=(*MOVING.beats, Beat(layer="camera", start=0, end=5, move="static")))


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("Waves roll in, no people, no boats.", ["people", "boats"]),
        ("Waves roll in without birds.", ["birds"]),
        ("The woman does not blink.", []),
        ("no camera movement, no zoom, no cuts", []),
        ("Waves roll in.\nNegative prompt: fog, rain", ["fog", "rain"]),
    ],
)
def test_what_is_not_wanted_becomes_nouns(prompt, things):
    assert unwanted_things(parse(prompt, WORDS)) == things


def test_the_usual_bans_come_first_and_static_pictures_are_banned_only_in_a_moving_shot():
    read = parse("Waves roll in, no boats.", WORDS)
    assert negative_prompt(MOVING, read, BANS, Brief()) == "flicker, frozen frame, boats"
    assert negative_prompt(HELD, read, BANS, Brief()) == "flicker, boats"


def test_the_authors_own_stands_and_an_engine_without_gets_none():
    read = parse("Waves roll in, no boats.", WORDS)
    assert negative_prompt(MOVING, read, BANS, Brief(negative="rust")) == "rust"
    assert negative_prompt(MOVING, read, Dialect(), Brief(negative="rust")) == ""
