"""The Takes tab: two takes side by side on one clock, and what differs between their shots in words."""

from __future__ import annotations

from typing import Any

from studio.errors import InputError, StudioError
from studio.ui.cards import differences as compare
from studio.ui.cards import said
from studio.ui.components import Piece
from studio.workspace import Workspace

__all__ = ["build_takes"]


def build_takes(workspace: Workspace) -> Piece:
    """Put the comparison on the page."""

    def differences(question: Any) -> dict[str, Any]:
        try:
            if not isinstance(question, list) or len(question) != 2:
                raise InputError("the comparison", expected="two takes", action="Choose one for each side.")
            first, second = (workspace.load_take(str(identity)) for identity in question)
        except StudioError as error:
            return {"error": said(error)}
        return {"rows": compare(first, second)}

    return Piece("compare", functions=[differences])
