"""The same words, other circumstances: the engine, the still and the brief decide what a finding is worth."""

from __future__ import annotations

from typing import get_args

import pytest

from studio.coach.review import Coach
from studio.coach.rules.circumstances import SHARP, SOFT, lettered, portrait
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief, ControlKind

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
PROFILES = load_profiles(SETTINGS.presets / "engines")
WAN, SKETCH, RUNWAY = PROFILES["wan_2_2_i2v_a14b"], PROFILES["sketch"], PROFILES["runway_gen4"]


def found(prompt, profile=WAN, brief=None, **given):
    findings = COACH.review(prompt, brief or Brief(), profile=profile, **given).findings
    return {finding.rule: finding for finding in findings}


@pytest.mark.parametrize(
    ("prompt", "rule", "report"),
    [
        ("The woman walks away.", "small-face", portrait(40)),
        ("The camera pushes in on the bottle.", "lettering-in-motion", lettered(14)),
        ("A man runs along the pier.", "weak-still", SOFT),
        ("The dancer spins.", "coloured-still", SHARP.but(coloured_light=0.8, light_hues=2)),
    ],
)
def test_what_the_still_cannot_carry_is_a_warning_for_a_model_and_a_note_for_the_sketch(prompt, rule, report):
    assert found(prompt, report=report)[rule].severity == "warning"
    assert found(prompt, SKETCH, report=report)[rule].severity == "info"


def test_a_finding_about_a_place_on_the_still_shows_the_place():
    assert found("The woman walks away.", report=portrait(40))["small-face"].boxes == portrait(40).faces
    assert found("Pan left.", report=lettered(14))["lettering-in-motion"].boxes == (lettered(14).lettering[0].box,)
    report = SHARP.but(room={"pan_left": 0.05})
    assert found("The camera pans left.", report=report)["camera-against-still"].boxes[0].x == 0


def test_a_smaller_clip_makes_a_face_and_lettering_smaller():
    small = Brief(size=(416, 240))
    assert "small-face" not in found("The woman walks away.", report=portrait(120))
    assert "small-face" in found("The woman walks away.", brief=small, report=portrait(120))


def test_a_transformation_asks_for_an_end_frame_until_there_is_one():
    prompt = "The wolf turns into a man."
    assert found(prompt)["identity-change"].severity == "warning"
    assert found(prompt, SKETCH)["identity-change"].severity == "info"
    assert "identity-change" not in found(prompt, brief=Brief(controls=("end_frame",)))
    assert "identity-change" not in found(prompt, report=SHARP, end=SHARP)


def test_no_rule_says_that_an_engine_refuses_what_is_not_known_of_it():
    brief = Brief(controls=("end_frame", "reference", "motion_brush"))
    unknown = [profile for profile in PROFILES.values() if profile.controls is None]
    assert unknown
    for profile in unknown:
        assert "control-ignored" not in found("Steam rises.", profile, brief)


def test_guidance_of_the_brief_stands_above_the_engines_own():
    assert "negative-unused" not in found("Steam rises.", brief=Brief(negative="blur"))
    assert "negative-unused" in found("Steam rises.", brief=Brief(negative="blur", guidance=1.0))
    hunyuan = PROFILES["hunyuan_1_5_i2v"]
    assert hunyuan.guidance is None and "negative-unused" not in found("Steam rises.", hunyuan, Brief(negative="blur"))


def test_an_engine_that_inverts_a_negation_is_told_so():
    dialect = RUNWAY.dialect.but(negation="inverted")
    finding = found("Waves roll in, no boats.", RUNWAY.but(dialect=dialect))["negation"]
    assert finding.severity == "warning" and "may show just" in finding.message


def test_what_only_the_settings_can_mend_leaves_a_good_prompt_as_it_is():
    prompt = "Static shot, steam rises from the mug."
    review = COACH.review(prompt, Brief(seconds=5), profile=WAN)
    assert {finding.rule for finding in review.findings} == {"negative-bans-static"}
    assert review.rewrite.text == prompt


def test_where_a_better_rule_speaks_the_other_is_silent():
    prompt = "A beautiful old blue ceramic mug, wooden table, cozy, 8k, masterpiece"
    assert "appearance-heavy" in found(prompt) and "leftover-tags" not in found(prompt)
    brief = Brief(dismissed=("appearance-heavy",))
    assert "leftover-tags" in found(prompt, brief=brief)


def test_times_past_the_end_can_be_drawn_together():
    fix = found("[0:00-0:04] The sea is calm. [0:04-0:08] A wave rises.")["no-time"].fixes[0]
    assert fix.apply("[0:00-0:04] The sea is calm. [0:04-0:08] A wave rises.") == (
        "[0:00-0:02.5] The sea is calm. [0:02.5-0:05] A wave rises."
    )


@pytest.mark.parametrize(
    ("prompt", "title", "expected"),
    [
        (
            "Static camera, the camera slowly pans left, a boat drifts by.",
            "Keep the move",
            "The camera slowly pans left, a boat drifts by.",
        ),
        (
            "Locked-off tripod shot, slow zoom in on the vase, petals fall.",
            "Keep the camera still",
            "Locked-off tripod shot, petals fall.",
        ),
    ],
)
def test_of_two_camera_moves_that_contradict_either_can_be_kept(prompt, title, expected):
    fixes = {fix.title: fix.apply(prompt) for fix in found(prompt)["competing-camera"].fixes}
    assert fixes[title] == expected


def test_a_steady_length_is_what_is_known_or_the_frames_an_engine_was_made_for():
    assert PROFILES["sora_2"].steady_seconds == 4.0
    assert WAN.steady_seconds == pytest.approx(81 / 16)
    assert PROFILES["kling_3"].steady_seconds is None


@pytest.mark.parametrize("kind", get_args(ControlKind))
def test_every_control_that_an_engine_does_not_take_is_named(kind):
    refusing = next(profile for profile in PROFILES.values() if profile.refuses(kind))
    finding = found("Steam rises.", refusing, Brief(controls=(kind,)))["control-ignored"]
    assert "does not take" in finding.message


def test_no_fix_puts_a_prompt_in_its_own_place():
    prompt = '{"shots": [{"at": 1}, null, true]}robot```json)'
    fixes = [fix for finding in found(prompt).values() for fix in finding.fixes]
    assert all(fix.apply(prompt) != prompt for fix in fixes)
