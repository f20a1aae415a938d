"""Readiness: one number with its parts, which mending never lowers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.readiness import FAMILIES, MOST, measure, part_of, total
from studio.coach.review import Coach, Review
from studio.coach.rule import Example, Rule
from studio.coach.rules import RULES
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import SEVERITIES, Brief, Finding
from tests.coach_prompts import PROMPTS

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
PROFILES = load_profiles(SETTINGS.presets / "engines")
CODES = [rule.code for rule in RULES]

findings = st.lists(
    st.builds(
        Finding,
        rule=st.just("rule"),
        code=st.sampled_from(CODES),
        severity=st.sampled_from(SEVERITIES),
        message=st.text(max_size=20),
        why=st.just("why"),
    ),
    max_size=12,
)


def review(prompt: str, engine: str = "sketch", **told: object) -> Review:
    return COACH.review(prompt, Brief(**told), profile=PROFILES[engine])


@given(found=findings, gone=st.integers(0, 11))
@settings(deadline=None)
def test_with_one_finding_less_no_part_has_fewer_points(found: list[Finding], gone: int) -> None:
    left = [finding for index, finding in enumerate(found) if index != gone]
    for before, after in zip(measure(found), measure(left), strict=True):
        assert before.points <= after.points <= after.most


@given(found=findings)
@settings(deadline=None)
def test_the_number_is_the_sum_of_its_parts(found: list[Finding]) -> None:
    parts = measure(found)
    assert sum(part.points for part in parts) == total((finding.code, finding.severity) for finding in found)
    assert all(part.line for part in parts if part.points == part.most)


@pytest.mark.parametrize("engine", ["sketch", "ltx_2_5", "wan_2_2_i2v_a14b"])
def test_taking_any_fix_of_any_finding_never_lowers_it(engine: str) -> None:
    for prompt in PROMPTS:
        before = review(prompt, engine)
        for finding in before.findings:
            for fix in finding.fixes:
                after = review(fix.apply(prompt), engine)
                assert after.readiness >= before.readiness, (prompt, finding.rule, fix.title)


def test_most_findings_keep_a_fix() -> None:
    found = [finding for prompt in PROMPTS for finding in review(prompt).findings if finding.severity != "info"]
    assert sum(bool(finding.fixes) for finding in found) >= 0.9 * len(found)


def test_a_directed_prompt_has_all_points_and_an_empty_one_none() -> None:
    assert review("Slow dolly-in. Steam rises from the mug.").readiness == 100
    assert review(" \n").readiness == sum(part.points for part in review(" ").parts) == 0


def test_each_part_says_its_worst_finding_in_one_line() -> None:
    prompt = review("A beautiful ceramic mug on a wooden table, 8k, premium product shot")
    parts = {part.name: part for part in prompt.parts}
    messages = {finding.rule: finding.message for finding in prompt.findings}
    assert parts["motion"].line == messages["no-motion"]
    assert parts["motion"].points < parts["motion"].most
    assert parts["camera"].points == parts["camera"].most


def test_a_dismissed_rule_is_not_heard_by_name_or_code() -> None:
    prompt = "The camera orbits the statue."
    assert [finding.rule for finding in review(prompt).findings] == ["aggressive-camera"]
    assert review(prompt, dismissed=("aggressive-camera",)).findings == ()
    assert review(prompt, dismissed=("CAM001",)).readiness == 100


def test_the_parts_are_worth_a_hundred_and_every_family_has_one() -> None:
    assert sum(MOST.values()) == 100
    assert {rule.code.rstrip("0123456789") for rule in RULES} <= set(FAMILIES)
    assert {part_of(code) for code in CODES} <= set(MOST)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_fix_of_a_rule_lowers_it_in_the_circumstances_of_its_examples(rule: Rule) -> None:
    for example in rule.bad:
        given = example if isinstance(example, Example) else Example(example)
        told = {"profile": PROFILES[given.engine], "report": given.report, "end": given.end}
        before = COACH.review(given.prompt, given.brief, **told)
        for fix in (fix for finding in before.findings for fix in finding.fixes):
            assert COACH.review(fix.apply(given.prompt), given.brief, **told).readiness >= before.readiness
