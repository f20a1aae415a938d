"""A shot is asked back: by its take, by the job that waits, by a link, or with a file that somebody dropped."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated, Any

from PIL import Image
from pydantic import Field

from studio.errors import JobError, MediaError
from studio.jobs.library import Library
from studio.jobs.records import Listed
from studio.media.clips import read_frames
from studio.media.provenance import read_take
from studio.shot import Record, Take
from studio.ui.cards import Answer, answers, still_card, take_card
from studio.ui.components import Piece
from studio.ui.draft import Draft, Shelf
from studio.ui.files import taken_in
from studio.ui.restore import restored
from studio.workspace import Workspace

__all__ = ["build_reopen"]


class _Asked(Record):
    """Which shot shall come back; one of ``take``, ``job`` and ``upload``.

    Attributes:
        name: what the file is called where it came from.
    """

    take: Annotated[str, Field(max_length=64)] = ""
    job: Annotated[str, Field(max_length=64)] = ""
    upload: Annotated[str, Field(max_length=2_000)] = ""
    name: Annotated[str, Field(max_length=400)] = ""


class _Replaced(Record):
    job: Annotated[str, Field(max_length=64)]
    draft: Draft


def build_reopen(workspace: Workspace, shelf: Shelf) -> Piece:
    """Put the line on the page that says which shot came back."""

    @answers(shelf, heavy="waits")
    def reopen(question: Any, mine: Shelf) -> Answer:
        """Give the draft of a shot, and what of it cannot come back."""
        asked = _Asked.from_dict(question)
        if asked.job:
            job = workspace.jobs.of(str(mine.owner)).get(asked.job)
            if job.state != "queued" or job.shot is None:
                raise JobError(
                    "this shot", f"is {job.state}", expected="one that still waits", action="Use its take instead."
                )
            return {"place": job.place, **restored(job.shot, workspace, mine)}
        if asked.take:
            listed = _listed(workspace.library.of(str(mine.owner)), asked.take)
            take = listed.kept.take
            return {"take": take_card(listed, workspace), **restored(take.shot, workspace, mine, take.plan)}
        path = taken_in(workspace, str(mine.owner), asked.upload)
        if asked.name.lower().endswith(".json") and path.suffix != ".json":
            path = path.rename(path.with_suffix(".json"))  # what it is follows from its name
        try:
            take = _inside(path, asked.name)
            back = restored(take.shot, workspace, mine, take.plan)
            if back["draft"]["still"] is None and path.suffix != ".json":
                back["stand_in"] = _first_frame(path, mine, workspace, asked.name)
            return back
        finally:
            path.unlink(missing_ok=True)

    @answers(shelf)
    def replace(question: Any, mine: Shelf) -> Answer:
        """Give a job that waits the shot of a draft."""
        asked = _Replaced.from_dict(question)
        job = workspace.jobs.of(str(mine.owner)).edit(asked.job, asked.draft.shot(workspace, mine))
        return {"place": job.place}

    return Piece("reopen", functions=[reopen, replace], most=workspace.settings.max_upload_mb)


def _listed(library: Library, identity: str) -> Listed:
    """A take that a link or a card names.

    Raises:
        JobError: this person has none by this name; whether somebody else has is not told.
    """
    try:
        return library.listed(identity)
    except JobError as error:
        raise JobError(
            "the take of this link",
            "is not among yours",
            expected="one that was made in this browser and is still kept",
            action="A link works only there. Who made it can give you its mp4: drop it here, the shot is inside.",
        ) from error


def _inside(path: Path, name: str) -> Take:
    """The take that a dropped file tells of.

    Raises:
        MediaError: it tells of none; the message calls it as its owner does.
    """
    try:
        return read_take(path)
    except MediaError as error:
        called = f"the file {name or path.name}"
        raise MediaError(called, error.value, expected=error.expected, action=error.action) from error


def _first_frame(clip: Path, shelf: Shelf, workspace: Workspace, name: str) -> Answer:
    """The clip's first frame as a still, for whoever has no other; nothing where it cannot be read."""
    try:
        picture = io.BytesIO()
        Image.fromarray(next(iter(read_frames(clip)))).save(picture, "PNG", compress_level=1)
        still = shelf.add(picture.getvalue(), f"First frame of {name or 'a clip'}")
    except (MediaError, StopIteration):
        return {}
    return still_card(still, shelf, workspace.report(still), "The first frame of a clip")
