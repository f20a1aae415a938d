"""The terms of an engine on the page: shown before its first download, accepted there."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from studio.engines.diffusers.download import what_is_missing
from studio.errors import TermsError
from studio.shot import Record
from studio.ui.cards import Answer, answers
from studio.ui.components import Piece
from studio.ui.draft import Shelf
from studio.workspace import Workspace

__all__ = ["build_terms", "terms_card"]


class _Agreed(Record):
    """What somebody has read: of which engine, and which words."""

    engine: Annotated[str, Field(max_length=64)]
    digest: Annotated[str, Field(max_length=64)]


def build_terms(workspace: Workspace, shelf: Shelf) -> Piece:
    """Put the dialog on the page; it opens when Animate is pressed and something has yet to be accepted."""

    @answers(shelf)
    def accept_terms(question: Any, mine: Shelf) -> Answer:
        """Write down that a visitor read and accepted the terms that now stand."""
        agreed = _Agreed.from_dict(question)
        profile = workspace.profile(agreed.engine)
        terms = profile.terms
        if terms is None or terms.digest != agreed.digest:
            raise TermsError(
                f"the terms of {profile.title}",
                expected="those that stand now",
                action="They have changed meanwhile: press Animate and read them again.",
            )
        workspace.terms.acknowledge(terms, str(mine.owner))
        return {}

    return Piece("terms", functions=[accept_terms])


def terms_card(workspace: Workspace, engine: str) -> Answer | None:
    """What the dialog shows; None where nothing has to be accepted."""
    terms = workspace.terms.open(workspace.profile(engine))
    if terms is None:
        return None
    return {
        "engine": terms.engine,
        "title": terms.title,
        "digest": terms.digest,
        "rows": terms.rows,
        "page": terms.page,
        "missing": what_is_missing(terms),
    }
