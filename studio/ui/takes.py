"""The Takes tab: two takes side by side on one clock, and what differs between their shots in words."""

from __future__ import annotations

from typing import Any

from studio.errors import InputError, StudioError
from studio.ui.cards import address, said
from studio.ui.cards import differences as compare
from studio.ui.components import Piece
from studio.ui.draft import owner_of
from studio.workspace import Workspace

__all__ = ["build_takes"]


def build_takes(workspace: Workspace) -> Piece:
    """Put the comparison on the page."""

    def differences(question: Any) -> dict[str, Any]:
        try:
            first, second = (workspace.load_take(identity) for identity in _pair(question))
        except StudioError as error:
            return {"error": said(error)}
        return {"rows": compare(first, second)}

    def join(question: Any) -> dict[str, Any]:
        """Make one clip of both takes, next to each other."""
        try:
            first, second = _pair(question)
            return {
                "url": address(workspace.compare(first, second)),
                "name": f"motion-first-{first[:4]}-{second[:4]}.mp4",
            }
        except StudioError as error:
            return {"error": said(error)}

    def forget(question: Any) -> dict[str, Any]:
        """Delete everything that this browser made, queued or brought here."""
        given = question if isinstance(question, dict) else {}
        brought = [str(key).removeprefix("still:") for key in given.get("stills") or () if isinstance(key, str)]
        try:
            return {"takes": workspace.forget(owner_of(given.get("who")), brought)}
        except StudioError as error:
            return {"error": said(error)}

    return Piece("compare", functions=[differences, join, forget])


def _pair(question: Any) -> tuple[str, str]:
    """The ids of two takes, as the browser sent them.

    Raises:
        InputError: it sent something else.
    """
    if not isinstance(question, list) or len(question) != 2:
        raise InputError("the comparison", expected="two takes", action="Choose one for each side.")
    return str(question[0]), str(question[1])
