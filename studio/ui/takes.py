"""The Takes tab: what waits, every take that was kept, and two of them side by side on one clock."""

from __future__ import annotations

from typing import Any

from studio.errors import InputError
from studio.ui.cards import answers, own_take
from studio.ui.components import Piece
from studio.ui.difference import differences as compare
from studio.ui.draft import Shelf
from studio.ui.files import take_address
from studio.ui.library import build_library
from studio.ui.queue import build_queue
from studio.workspace import Workspace

__all__ = ["build_takes"]


def build_takes(workspace: Workspace, shelf: Shelf) -> None:
    """Put the queue, the library and the comparison on the page."""
    build_queue(workspace, shelf)
    build_library(workspace, shelf)
    _build_comparison(workspace, shelf)


def _build_comparison(workspace: Workspace, shelf: Shelf) -> Piece:

    @answers(shelf)
    def differences(question: Any, mine: Shelf) -> dict[str, Any]:
        first, second = (own_take(workspace, mine.owner, identity) for identity in _pair(question))
        return {"rows": compare(first, second)}

    @answers(shelf, heavy="waits")
    def join(question: Any, mine: Shelf) -> dict[str, Any]:
        """Make one clip of both takes, next to each other."""
        first, second = (own_take(workspace, mine.owner, identity) for identity in _pair(question))
        made = workspace.compare(first.id, second.id)
        return {"url": take_address(first, made.name), "name": f"motion-first-{first.id[:4]}-{second.id[:4]}.mp4"}

    return Piece("compare", functions=[differences, join])


def _pair(question: Any) -> tuple[str, str]:
    """The ids of two takes, as the browser sent them.

    Raises:
        InputError: it sent something else.
    """
    if not isinstance(question, list) or len(question) != 2:
        raise InputError("the comparison", expected="two takes", action="Choose one for each side.")
    return str(question[0]), str(question[1])
