"""A rule's page is made from the rule, and its documentation is not out of date."""

from __future__ import annotations

import pytest

from studio.coach.pages import find_rule, markdown, rule_page
from studio.coach.review import Coach
from studio.coach.rules import RULES
from studio.errors import InputError
from studio.presets import load_profiles
from studio.settings import ROOT, Settings

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
PROFILES = load_profiles(SETTINGS.presets / "engines")
PAGES = {rule.code: rule_page(rule, COACH, PROFILES) for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_says_everything_that_the_rule_knows(rule) -> None:
    page = PAGES[rule.code]
    said = "\n".join(line for section in page.sections for line in section.lines)
    assert (page.name, page.title, page.looks_for) == (rule.name, rule.title, rule.looks_for)
    starts = [" ".join(str(example).split())[:80] for example in (rule.bad[0], rule.good[0])]
    assert all(words in said for words in (rule.why, *starts, rule.false_alarms[1:]))
    assert all(len(line) < 900 for section in page.sections for line in section.lines)
    assert all(section.lines for section in page.sections)


def test_how_bad_names_the_engines_for_which_it_differs() -> None:
    how_bad = next(section for section in PAGES["APP001"].sections if section.heading == "How bad")
    note = next(line for line in how_bad.lines if line.startswith("At worst a note"))
    assert "LTX-2.5" in note and "Sketch" not in note


def test_what_mends_it_is_tried_on_the_rule_s_own_example() -> None:
    mends = next(section for section in PAGES["CAM001"].sections if section.heading == "What mends it")
    assert "The camera orbits the statue." in mends.lines[0] and "a few degrees around the statue" in mends.lines[0]


def test_a_rule_is_found_by_name_or_code_in_any_case() -> None:
    assert find_rule("cam001") is find_rule("Aggressive_Camera") is find_rule("aggressive-camera")
    with pytest.raises(InputError, match="Did you mean aggressive-camera"):
        find_rule("agressive camera")


def test_docs_rules_md_is_what_the_rules_say_now() -> None:
    kept = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert kept == markdown(PAGES.values()), "write it again: make docs"


def test_the_table_of_contents_leads_to_every_rule() -> None:
    text = markdown(PAGES.values())
    for rule in RULES:
        assert f"(#{rule.code.lower()}-{rule.name})" in text
        assert f"\n## {rule.code} {rule.name}\n" in text
