"""Which engine? The list on the page: what each would take of this computer for the shot as it stands."""

from __future__ import annotations

from typing import Any

from studio.choosing import choices
from studio.jobs.records import LOCAL
from studio.shot import Shot
from studio.workspace import Workspace

__all__ = ["weighed"]


def weighed(workspace: Workspace, shot: Shot, owner: str | None) -> list[dict[str, Any]]:
    """One row for each engine, those that run here first.

    Raises:
        StoreError: the store of past takes cannot be read.
    """
    order = {"runs": 0, "slowly": 1, "not here": 2}
    found = sorted(choices(workspace, shot, owner or LOCAL), key=lambda choice: order[choice.state])
    return [{"id": one.engine, "title": one.title, "state": one.state, "words": one.words} for one in found]
