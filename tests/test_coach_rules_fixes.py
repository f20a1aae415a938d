"""What every fix of every rule keeps, whatever the prompt and its circumstances."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.readiness import FAMILIES
from studio.coach.review import Coach
from studio.coach.rule import Example
from studio.coach.rules import RULES
from studio.coach.rules.circumstances import SHARP, SOFT, lettered, portrait
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief
from tests.coach_prompts import PROMPTS

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
PROFILES = load_profiles(SETTINGS.presets / "engines")
EXAMPLES = [
    example if isinstance(example, Example) else Example(example)
    for rule in RULES
    for example in (*rule.good, *rule.bad)
]
TAILS = (
    "",
    " 8k, masterpiece",
    ", no people",
    " --ar 16:9",
    " A stranger enters the frame.",
    " Static shot.",
    " The camera pans left.",
    ' He says "come with me now".',
    " At 9s the dog barks.",
    ", dynamic movement",
)


def reviewed(example, prompt):
    return COACH.review(
        prompt, example.brief, profile=PROFILES[example.engine], report=example.report, end=example.end
    ).findings


@st.composite
def examples(draw):
    """A prompt of the project's own in the circumstances of some rule, or in drawn ones."""
    prompt = draw(st.sampled_from([*PROMPTS, *(example.prompt for example in EXAMPLES)])) + draw(st.sampled_from(TAILS))
    if draw(st.booleans()):
        told = draw(st.sampled_from(EXAMPLES))
        return Example(prompt, "", told.brief, told.engine, told.report, told.end)
    brief = Brief(
        seconds=draw(st.sampled_from((1.0, 2.0, 5.0, 8.0, 15.0))),
        negative=draw(st.sampled_from((None, "", "static, no blur"))),
        guidance=draw(st.sampled_from((None, 1.0, 5.0))),
        controls=draw(st.sampled_from(((), ("end_frame",), ("reference", "audio")))),
        size=draw(st.sampled_from((None, (1280, 720), (480, 832)))),
    )
    report = draw(st.sampled_from((None, SHARP, SOFT, lettered(14), portrait(50, x=0.02))))
    return Example(
        prompt, "", brief, draw(st.sampled_from(sorted(PROFILES))), report, draw(st.sampled_from((None, SOFT)))
    )


@settings(max_examples=150, deadline=None)
@given(examples())
def test_spans_and_edits_lie_in_the_prompt_and_no_two_edits_overlap(example):
    for finding in reviewed(example, example.prompt):
        for span in finding.spans:
            assert 0 <= span.start < span.end <= len(example.prompt)
            assert example.prompt[span.start : span.end] == span.text
        for fix in finding.fixes:
            ordered = sorted(fix.edits, key=lambda edit: (edit.start, edit.end))
            assert ordered and all(0 <= edit.start <= edit.end <= len(example.prompt) for edit in ordered)
            assert all(first.end <= second.start for first, second in pairwise(ordered))


@settings(max_examples=150, deadline=None)
@given(examples())
def test_a_safe_fix_mends_its_finding_and_makes_nothing_worse(example):
    before = reviewed(example, example.prompt)
    loud = {finding.rule for finding in before if finding.severity != "info"}
    for finding in before:
        for fix in finding.fixes:
            if fix.safety != "safe" or finding.rule == "appearance-heavy":  # deletes the quality words, not the looks
                continue
            after = reviewed(example, fix.apply(example.prompt))
            assert finding.rule not in {found.rule for found in after}
            assert {found.rule for found in after if found.severity != "info"} <= loud


@settings(max_examples=100, deadline=None)
@given(examples())
def test_each_rule_speaks_once_and_the_worst_is_told_first(example):
    findings = reviewed(example, example.prompt)
    order = [("error", "warning", "info").index(finding.severity) for finding in findings]
    assert order == sorted(order)
    assert len({finding.rule for finding in findings}) == len(findings)
    assert all(len(finding.message) <= 130 and "\n" not in finding.message for finding in findings)


@settings(max_examples=60, deadline=None)
@given(examples(), st.sampled_from(RULES))
def test_a_dismissed_rule_is_silent_by_name_and_by_code(example, rule):
    for name in (rule.name, rule.code):
        brief = example.brief.but(dismissed=(name,))
        told = Example(example.prompt, "", brief, example.engine, example.report, example.end)
        assert rule.name not in {finding.rule for finding in reviewed(told, told.prompt)}


def test_a_rule_yields_only_to_rules_that_there_are_and_belongs_to_a_part_of_the_readiness():
    names = {rule.name for rule in RULES}
    for rule in RULES:
        assert set(rule.yields_to) <= names - {rule.name}
        assert rule.code[:3] in FAMILIES and rule.code[3:].isdigit()


def test_an_example_shows_its_circumstances():
    assert str(Example("Steam rises.", "Wan 2.2, 8 s")) == "Steam rises. [Wan 2.2, 8 s]"
    assert str(Example("", "no still")) == "(no words) [no still]"
