"""The Rules tab is made from the rules themselves."""

from __future__ import annotations

from studio.coach.readiness import MOST
from studio.coach.rules import RULES
from studio.ui.components.piece import ASSETS
from studio.ui.rules import build_rules
from studio.workspace import Workspace


def test_every_rule_is_listed_under_a_part_that_the_tab_shows(workspace: Workspace) -> None:
    listed = build_rules(workspace).props["rules"]
    assert [rule["code"] for rule in listed] == [rule.code for rule in RULES]
    assert {rule["part"] for rule in listed} <= set(MOST)
    script = (ASSETS / "rules.js").read_text(encoding="utf-8")
    assert all(f'"{part}"' in script for part in MOST)
