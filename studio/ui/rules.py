"""The Rules tab: every rule's own page, made from the rule when somebody opens it."""

from __future__ import annotations

from typing import Any

from studio.coach.readiness import part_of
from studio.errors import StudioError
from studio.ui.cards import said
from studio.ui.components import Piece
from studio.workspace import Workspace

__all__ = ["build_rules"]


def build_rules(workspace: Workspace) -> Piece:
    """Put the rules on the page, by the part of the readiness that they belong to."""

    def rule_page(code: Any) -> dict[str, Any]:
        try:
            return workspace.rule_pages(str(code)[:80])[0].to_dict()
        except StudioError as error:
            return {"error": said(error)}

    rules = [
        {"code": rule.code, "title": rule.title, "looks_for": rule.looks_for, "part": part_of(rule.code)}
        for rule in workspace.rules()
    ]
    return Piece("rules", functions=[rule_page], rules=rules)
