"""Every rule keeps its own promises: its examples, its words, its fixes."""

from dataclasses import replace

import pytest

from studio.coach.review import Coach
from studio.coach.rule import Example
from studio.coach.rules import RULES
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief, StillReport
from tests.coach_prompts import PROMPTS

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
PROFILES = load_profiles(SETTINGS.presets / "engines")
SKETCH = PROFILES["sketch"]

GOOD = [(rule, text) for rule in RULES for text in rule.good]
BAD = [(rule, text) for rule in RULES for text in rule.bad]


def found(prompt, profile=SKETCH, **given):
    """What is found, by rule, in a prompt or in an example with its circumstances."""
    if isinstance(prompt, Example):
        given = {"brief": prompt.brief, "report": prompt.report, "end": prompt.end}
        profile, prompt = PROFILES[prompt.engine], prompt.prompt
    return {finding.rule: finding for finding in COACH.review(prompt, profile=profile, **given).findings}


def but(example, text):
    """An example with other words."""
    return replace(example, prompt=text) if isinstance(example, Example) else text


def words(example):
    return example.prompt if isinstance(example, Example) else example


def label(value):
    return value.code if hasattr(value, "code") else str(value)[:30]


@pytest.mark.parametrize(("rule", "text"), GOOD, ids=label)
def test_a_rule_lets_its_good_examples_pass(rule, text):
    assert rule.name not in found(text)


@pytest.mark.parametrize(("rule", "text"), BAD, ids=label)
def test_a_rule_finds_its_bad_examples(rule, text):
    assert rule.name in found(text)


@pytest.mark.parametrize(("rule", "text"), BAD, ids=label)
def test_a_fix_leaves_clean_text_that_the_rule_lets_pass(rule, text):
    for fix in found(text)[rule.name].fixes:
        mended = fix.apply(words(text))
        assert "  " not in mended and ",," not in mended and " ," not in mended
        assert mended == mended.strip(" ,")
        again = found(but(text, mended)).get(rule.name)
        assert again is None or again.severity == "info" or fix.safety == "safe"


@pytest.mark.parametrize(("rule", "text"), BAD, ids=label)
def test_a_finding_is_said_in_one_short_line_and_its_fixes_fit_on_a_button(rule, text):
    finding = found(text)[rule.name]
    assert len(finding.message) <= 110 and "\n" not in finding.message
    assert all(len(fix.title) <= 28 for fix in finding.fixes)


SMALL = [
    (
        "appearance-heavy",
        0,
        "A beautiful old mug, wooden table, cozy, 8k, masterpiece --ar 16:9",
        "A beautiful old mug, wooden table, cozy",
    ),
    (
        "appearance-heavy",
        1,
        "A beautiful old blue ceramic mug, 8k",
        "A mug",
    ),
    (
        "fine-text",
        0,
        'A sign that reads "SALE" swings as a dog runs past',
        "A sign swings as a dog runs past",
    ),
    (
        "aggressive-camera",
        0,
        "The camera orbits the car as rain falls",
        "The camera arcs slowly a few degrees around the car as rain falls",
    ),
    (
        "aggressive-camera",
        0,
        "whip pan to the door as it opens",
        "The camera slowly pans to the door as it opens",
    ),
    (
        "multiple-shots",
        0,
        "A man drinks tea, cut to him driving a car",
        "A man drinks tea",
    ),
    (
        "too-many-actions",
        0,
        "The chef chops leeks, stirs the pot, then bows, then waves to us.",
        "The chef chops leeks, stirs the pot.",
    ),
    (
        "no-motion",
        0,
        "A pebble --ar 16:9",
        "A pebble. The light shifts softly across the scene. --ar 16:9",
    ),
]


@pytest.mark.parametrize(("rule", "which", "text", "expected"), SMALL, ids=[text[:30] for _, _, text, _ in SMALL])
def test_a_fix_is_a_small_edit_of_the_authors_words(rule, which, text, expected):
    assert found(text)[rule].fixes[which].apply(text) == expected


def test_an_empty_prompt_is_asked_calmly_for_a_motion():
    review = COACH.review("  ", profile=SKETCH)
    assert [(finding.severity, finding.message) for finding in review.findings] == [("info", "Say what should move.")]
    assert review.readiness == 0


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_a_rule_explains_itself(rule):
    assert len(rule.good) >= 6 and len(rule.bad) >= 6
    assert all((rule.title, rule.looks_for, rule.why, rule.source, rule.severity, rule.false_alarms))
    assert rule.why.count(". ") + rule.why.endswith(".") == 2


def test_codes_and_names_are_unique():
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_a_big_move_is_an_error_on_a_weak_still_only():
    sharp = StillReport(
        digest="a", width=1600, height=1200, megapixels=1.9, sharpness=0.8, exposure=0.5, clipped=0, saturation=0.4
    )
    soft = sharp.but(megapixels=0.2, width=500, height=400)
    prompt = "The camera orbits the statue."
    assert found(prompt, report=sharp)["aggressive-camera"].severity == "warning"
    assert found(prompt, report=soft)["aggressive-camera"].severity == "error"
    message = found(prompt, report=soft)["aggressive-camera"].message
    assert "small (500 x 400)" in message
    assert "sharpness" not in message  # a sharp still lacks only its size


def test_looks_are_only_a_note_where_the_engine_wants_the_still_described():
    prompt = "A beautiful ceramic mug on a wooden table, warm light, cozy scene, premium product shot"
    assert found(prompt)["appearance-heavy"].severity == "warning"
    assert found(prompt, PROFILES["ltx_2_5"])["appearance-heavy"].severity == "info"


def test_each_motion_lets_a_prompt_carry_more_looks():
    looks = "A tall knight in a red wool cloak and a polished helmet on a green hill"
    assert "appearance-heavy" in found(f"{looks}.")
    moving = "He draws his sword, turns and walks down. The camera slowly pushes in."
    assert "appearance-heavy" not in found(f"{looks}. {moving}")


def test_words_of_order_count_steps_but_not_the_cameras():
    steps = "The dancer takes a step to the left, then a step to the right, and finally she bows."
    camera = "She looks up, then smiles, then the camera slowly pushes in."
    assert "too-many-actions" in found(steps, brief=Brief(seconds=5))
    assert "too-many-actions" not in found(camera, brief=Brief(seconds=5))


def test_more_seconds_carry_more_actions():
    prompt = "The man opens the box, lifts the lamp, and carries it away."
    assert "too-many-actions" in found(prompt, brief=Brief(seconds=5))
    assert "too-many-actions" not in found(prompt, brief=Brief(seconds=10))


def test_readiness_never_falls_when_a_finding_is_mended():
    for prompt in PROMPTS:
        review = COACH.review(prompt, profile=SKETCH)
        again = COACH.review(review.rewrite.text, profile=SKETCH)
        assert again.readiness >= review.readiness
