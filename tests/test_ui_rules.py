"""The Rules tab is written from the rules themselves."""

from __future__ import annotations

from html import escape

from studio.coach.rules import RULES
from studio.ui.rules import rules_page


def test_every_rule_has_a_page_with_its_reason() -> None:
    page = rules_page()
    for rule in RULES:
        assert f'id="rule-{rule.code}"' in page
        assert escape(rule.why) in page
