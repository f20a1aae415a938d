"""No word of the author's is lost on the way to an engine without being listed."""

from __future__ import annotations

import re

import pytest

from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings
from tests.coach_prompts import PROMPTS

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
PROFILES = load_profiles(SETTINGS.presets / "engines")
FEW = ("sketch", "runway_gen4", "kling_3", "veo_3_1", "ltx_2_5", "wan_2_2_i2v_a14b", "sora_2", "framepack_studio")
"""Engines of different dialects; the rest are long forms."""


def sent(prompt, engine):
    return COACH.review(prompt, profile=PROFILES[engine]).engine_prompt


@pytest.mark.parametrize(
    "engine", [name if name in FEW else pytest.param(name, marks=pytest.mark.long) for name in PROFILES]
)
@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_name_and_verb_is_told_or_listed(prompt, engine):
    parse = COACH.context(prompt, profile=PROFILES[engine]).parse
    if parse.foreign:
        return
    told = sent(prompt, engine)
    words = " ".join([told.prompt, told.negative, *(left.text for left in told.left_out)]).lower()
    stems = {word[:4] for word in re.findall(r"\w+", words)}
    apart = [*(m.span for m in parse.moves), *(m.span for m in parse.masks.times), *parse.masks.flags]
    apart += [*parse.masks.unwanted, *(cue.span for cue in parse.labelled("negation"))]
    for word in parse.reading.words:
        if word.kind in {"NOUN", "VERB"} and not any(span.start <= word.start < span.end for span in apart):
            pieces = re.findall(r"\w+", word.lower) or [""]
            assert {piece[:4] for piece in pieces} & (stems | {""}) or word.lemma[:4] in stems, word.text


@pytest.mark.parametrize(
    ("prompt", "lost"),
    [
        ("Slow dolly-in. The sign glows.", "sign glows"),
        ("Rain falls. The window is open.", "window is open"),
        ("She looks at the camera and waves.", "looks at the camera"),
    ],
)
def test_what_has_no_beat_is_listed(prompt, lost):
    assert lost in [left.text for left in sent(prompt, "kling_3").left_out]


def test_what_the_seconds_cannot_hold_is_listed_apart_from_what_is_there():
    left = sent(
        "A man with a silver beard opens the door, walks in, sits down, pours tea and reads.", "kling_3"
    ).left_out
    assert any("pours tea" in one.text and "no beat" in one.why for one in left)
    assert any("silver beard" in one.text and "no beat" not in one.why for one in left)
