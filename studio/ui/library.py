"""The library on the page: every take of a person, found, starred, noted, thrown away and brought back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from studio.jobs.library import Library
from studio.shot import Record
from studio.ui.cards import Answer, answers, take_card
from studio.ui.components import Piece
from studio.ui.draft import Shelf
from studio.workspace import Workspace

__all__ = ["build_library"]

_ON_A_PAGE = 24


class _Wanted(Record):
    """What the browser asks to see; ``after`` is what the page before gave."""

    words: Annotated[str, Field(max_length=500)] = ""
    shown: Annotated[str, Field(pattern="^(all|starred|removed)$")] = "all"
    after: Annotated[int, Field(ge=0)] | None = None


class _Named(Record):
    """A change of one take."""

    take: Annotated[str, Field(min_length=1, max_length=64)]
    starred: bool = False
    note: Annotated[str, Field(max_length=2_000)] = ""


def build_library(workspace: Workspace, shelf: Shelf) -> Piece:
    """Put the library on the page."""

    def card(library: Library, name: str) -> Answer:
        return {"take": take_card(library.listed(name), workspace)}

    @answers(shelf)
    def list_takes(question: Any, mine: Shelf) -> Answer:
        wanted = _Wanted.from_dict(question)
        library = workspace.library.of(str(mine.owner))
        page = library.page(
            wanted.words,
            starred=wanted.shown == "starred",
            removed=wanted.shown == "removed",
            after=wanted.after,
            count=_ON_A_PAGE,
        )
        return {
            "takes": [take_card(listed, workspace) for listed in page.takes],
            "after": page.after,
            "counts": library.counts(),
        }

    @answers(shelf)
    def star(question: Any, mine: Shelf) -> Answer:
        given, library = _Named.from_dict(question), workspace.library.of(str(mine.owner))
        library.star(given.take, given.starred)
        return card(library, given.take)

    @answers(shelf)
    def annotate(question: Any, mine: Shelf) -> Answer:
        """Keep a note on a take."""
        given, library = _Named.from_dict(question), workspace.library.of(str(mine.owner))
        library.note(given.take, given.note.strip())
        return card(library, given.take)

    @answers(shelf)
    def remove(question: Any, mine: Shelf) -> Answer:
        """Throw a take away; it can be brought back."""
        given, library = _Named.from_dict(question), workspace.library.of(str(mine.owner))
        library.remove(given.take)
        return card(library, given.take)

    @answers(shelf)
    def bring_back(question: Any, mine: Shelf) -> Answer:
        given, library = _Named.from_dict(question), workspace.library.of(str(mine.owner))
        library.restore(given.take)
        return card(library, given.take)

    @answers(shelf)
    def empty(_question: Any, mine: Shelf) -> Answer:
        """Delete for good what was thrown away."""
        return {"takes": workspace.library.of(str(mine.owner)).empty_trash()}

    return Piece("library", functions=[list_takes, star, annotate, remove, bring_back, empty])
