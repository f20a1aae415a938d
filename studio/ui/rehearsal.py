"""A job, watched.

The work is done by a worker of its own (``studio.jobs``); the page only looks at the store. So a tab that is closed,
reloaded or opened twice changes nothing: whoever watches sees the same job.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

from studio.jobs.make import preview_path
from studio.jobs.records import Job
from studio.jobs.room import find_hold, was_held
from studio.shot import Take
from studio.workspace import Workspace

__all__ = ["watch"]

_BEAT, _REST = 0.2, 1.0
"""Seconds between two looks at the store while a job is made, which is smooth to the eye, and while it only waits."""


async def watch(workspace: Workspace, job: str, owner: str) -> AsyncIterator[dict[str, Any] | Take]:
    """Follow a job of this person until it is over; leaving early changes nothing.

    Yields:
        Progress for the stage (``state`` "working", ``job``, ``stage``, ``done``, ``total``, ``detail``, ``elapsed``,
        ``preview``, ``time``), and at the end the take, or ``state`` "cancelled", or "failed" with ``message``.

    Raises:
        JobError: there is no such job, or it is somebody else's.
        StoreError: the store cannot be read.
    """
    queue, preview = workspace.jobs.of(owner), 0
    while True:
        found = await asyncio.to_thread(queue.get, job)
        if found.over:
            break
        picture = _preview(workspace, found) if found.progress.preview != preview else {}
        preview = found.progress.preview
        shown = _shown(found)
        if found.state == "queued" and (why := await asyncio.to_thread(_held, workspace, found)):
            shown["detail"] = why
        yield {**shown, **picture}
        await asyncio.sleep(_REST if found.state == "queued" else _BEAT)
    if found.state == "done":
        yield (await asyncio.to_thread(workspace.library.of(owner).get, job)).take
    elif found.state == "cancelled":
        yield {"state": "cancelled", "job": job}
    else:
        yield {"state": "failed", "job": job, "message": found.reason}


def _shown(job: Job) -> dict[str, Any]:
    """How far a job is, in the page's words."""
    progress = job.progress
    before = job.place - 1
    waiting = f"Waiting for {before} {'take' if before == 1 else 'takes'} before it" if before > 0 else ""
    return {
        "state": "working",
        "job": job.id,
        "stage": progress.stage,
        "detail": waiting or progress.detail,
        "done": progress.done,
        "total": progress.total,
        "elapsed": progress.elapsed,
    }


def _held(workspace: Workspace, job: Job) -> str:
    """Why a job that waits cannot begin, though its turn may have come; empty when nothing is in its way."""
    hold = find_hold(workspace.store, workspace.settings)
    return hold.found if hold else job.reason if was_held(job) else ""


def _preview(workspace: Workspace, job: Job) -> dict[str, Any]:
    """The newest preview picture as its own address; nothing when it has just been taken away."""
    try:
        picture = preview_path(workspace.settings.data / "takes", job.id).read_bytes()
    except OSError:
        return {}
    shown = "data:image/jpeg;base64," + base64.b64encode(picture).decode("ascii")
    return {"preview": shown, "time": job.progress.time}
