"""The queue on the page: what of a person's shots waits or is being made, and what may be changed about it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from PIL import Image
from pydantic import Field

from studio.choosing import time_words
from studio.errors import StillError
from studio.jobs.estimate import outlook
from studio.jobs.records import Estimate, Job
from studio.jobs.room import find_hold, was_held
from studio.shot import Record
from studio.ui.cards import Answer, answers, picture_address, title
from studio.ui.components import Piece
from studio.ui.difference import stage_words
from studio.ui.draft import Shelf
from studio.workspace import Workspace

__all__ = ["build_queue"]

_MOST_FAILED = 5
_SIDE = 160


class _Named(Record):
    """A change of one job, or of what makes a take again."""

    job: Annotated[str, Field(max_length=64)] = ""
    take: Annotated[str, Field(max_length=64)] = ""
    before: Annotated[str, Field(max_length=64)] | None = None
    count: Annotated[int, Field(ge=1, le=16)] = 1


def build_queue(workspace: Workspace, shelf: Shelf) -> Piece:
    """Put the queue on the page."""

    @answers(shelf)
    def look(_question: Any, mine: Shelf) -> Answer:
        """What is being made and what waits, as it will be served, and what broke off."""
        queue = workspace.jobs.of(str(mine.owner))
        found = queue.list(["running", "queued", "interrupted", "failed"])
        live = [job for job in found if not job.over]
        ended = [job for job in found if job.over][:_MOST_FAILED]
        costs = outlook(workspace.store, live, lambda shot: workspace.catalogue.costed(workspace.plan(shot)))
        hold = find_hold(workspace.store, workspace.settings) if live else None
        rows = [_row(job, costs.get(job.id), workspace) for job in (*live, *ended)]
        return {"jobs": rows, "hold": f"{hold.found} The queue goes on by itself when that is mended." if hold else ""}

    @answers(shelf)
    def cancel_job(question: Any, mine: Shelf) -> Answer:
        workspace.jobs.of(str(mine.owner)).cancel(_Named.from_dict(question).job)
        return {}

    @answers(shelf)
    def retry(question: Any, mine: Shelf) -> Answer:
        """Queue what broke off again."""
        workspace.jobs.of(str(mine.owner)).retry(_Named.from_dict(question).job)
        return {}

    @answers(shelf)
    def move(question: Any, mine: Shelf) -> Answer:
        """Move a job before another one of this person's, or behind them all."""
        asked = _Named.from_dict(question)
        workspace.jobs.of(str(mine.owner)).reorder(asked.job, asked.before)
        return {}

    @answers(shelf)
    def vary(question: Any, mine: Shelf) -> Answer:
        """Queue the shot of a job or of a take again, so many times, each with a seed that it has not had."""
        asked, queue = _Named.from_dict(question), workspace.jobs.of(str(mine.owner))
        if asked.job:
            made = queue.vary(asked.job, asked.count)
        else:
            shot = workspace.library.of(str(mine.owner)).get(asked.take).take.shot
            if not Path(shot.still.path).is_file():
                raise StillError(
                    "the still of this take", expected="one that is still kept here", action="Drop it again."
                )
            made = queue.vary_shot(shot, asked.count)
        return {"seeds": [job.shot.seed for job in made if job.shot]}

    return Piece("queue", functions=[look, cancel_job, retry, move, vary])


def _row(job: Job, cost: Estimate | None, workspace: Workspace) -> Answer:
    shot, progress = job.shot, job.progress
    row: Answer = {
        "id": job.id,
        "state": job.state,
        "cancelling": job.cancelling,
        "place": job.place,
        "reason": job.reason if job.over or was_held(job) else "",
        "stage": progress.stage,
        "done": progress.done,
        "total": progress.total,
        "when": _when(job, cost),
        "title": title(shot) if shot else "A shot that cannot be read",
        "thumb": "",
        "short": "",
    }
    if shot:
        profile = workspace.profiles.get(shot.engine)
        row["thumb"] = _thumb(shot.still.path)
        row["short"] = (
            f"{profile.title if profile else shot.engine} · {shot.seconds:.1f} s · seed {shot.seed}{stage_words(shot)}"
        )
    return row


def _when(job: Job, cost: Estimate | None) -> str:
    """When a job begins and how long it takes, as a range: "starts in about 40 s, takes 15 to 30 s"."""
    if cost is None or not cost.high:
        return ""
    low, high = time_words(cost.low), time_words(cost.high)
    span = high if low == high or (job.state == "running" and not round(cost.low)) else f"{low} to {high}"
    if job.state == "running":
        return f"{span} left" if cost.high >= 1 else "any moment"
    begins = f"starts in about {time_words(cost.wait)}, " if cost.wait >= 1 else ""
    return f"{begins}takes {span}"


@lru_cache(maxsize=64)
def _thumb(path: str) -> str:
    """A small picture of a still; none where it is gone."""
    try:
        shown = Path(path).with_suffix(".jpg")  # what the page shows of it, quicker to open
        with Image.open(shown if shown.is_file() else path) as picture:
            picture.draft("RGB", (_SIDE * 2, _SIDE * 2))
            return picture_address(picture, _SIDE)
    except OSError:
        return ""
