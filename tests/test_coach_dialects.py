"""One timeline, said the way each engine wants to hear it."""

import pytest

from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief
from tests.coach_prompts import PROMPTS

PRESETS = Settings().presets
COACH = Coach(PRESETS)
PROFILES = load_profiles(PRESETS / "engines")
MUG = "A blue mug on a desk, morning light. Steam rises from the mug."
PUSH = "The camera slowly pushes in. Steam rises from the mug."


def said(prompt, engine, seconds=5.0):
    return COACH.review(prompt, profile=PROFILES[engine], brief=Brief(seconds=seconds)).engine_prompt


@pytest.mark.parametrize("engine", sorted(PROFILES))
def test_every_engine_is_spoken_to_within_its_limits(engine):
    dialect = PROFILES[engine].dialect
    for prompt in PROMPTS:
        sent = said(prompt, engine)
        assert sent.prompt
        assert dialect.max_chars is None or len(sent.prompt) <= dialect.max_chars
        assert dialect.negative or sent.negative == ""


def test_brackets_open_the_prompt_of_an_engine_that_reads_them():
    assert said(PUSH, "hailuo_2_3").prompt.startswith("[Push in]")


def test_timestamps_cover_the_clip_from_its_first_second():
    text = said(PUSH, "veo_3_1").prompt
    assert "[00:00-" in text and "-00:05]" in text


def test_sections_are_closed_and_start_at_zero():
    text = said(PUSH, "framepack_studio").prompt
    assert text.count("[") == text.count("]") and "[0s-" in text


def test_shots_are_labelled():
    assert said(PUSH, "kling_3").prompt.startswith("Shot 1:")


def test_an_engine_that_wants_the_still_in_words_hears_the_users_own():
    assert said(MUG, "ltx_2_5").prompt.startswith("A blue mug on a desk, morning light.")
    assert "blue" not in said(MUG, "wan_2_2_i2v_a14b").prompt


def test_a_camera_that_holds_is_said_only_where_it_must_be():
    assert "static" in said(MUG, "ltx_2_5").prompt
    assert "camera" not in said(MUG, "hunyuan_1_5_i2v").prompt.lower()


def test_the_coachs_own_camera_is_not_told_to_an_engine_that_forbids_it():
    assert "camera" not in said("A mug.", "hunyuan_1_5_i2v").prompt.lower()


def test_a_static_shot_never_bans_static_pictures():
    sent = said("Static shot. Steam rises from the mug.", "wan_2_2_i2v_a14b")
    assert "static" not in sent.negative and "frozen" not in sent.negative
