"""A job, watched, and the animatic that comes before it.

The work is done by a worker of its own (``studio.jobs``); the page only looks at the store. So a tab that is closed,
reloaded or opened twice changes nothing: whoever watches sees the same job.
"""

from __future__ import annotations

import asyncio
import base64
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from studio.jobs.make import preview_path
from studio.jobs.records import Job
from studio.jobs.room import find_hold, was_held
from studio.media.clips import write_clip
from studio.shot import Shot, Take
from studio.workspace import Workspace

__all__ = ["animatic", "watch"]

_ROUGH_SIDE, _ROUGH_FPS = 320, 12
_ONE_AT_A_TIME = threading.Lock()
"""Roughs are drawn while people type and drag: one at a time leaves the other cores to the takes."""

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


def animatic(workspace: Workspace, shot: Shot) -> bytes:
    """A small rough of a shot (mp4), drawn by the studio's own engine in well under a second, whatever engine the
    shot is meant for: its camera and its timing, before anything is paid for.

    Raises:
        StudioError: the shot cannot be drawn.
    """
    scale = _ROUGH_SIDE / max(shot.still.width, shot.still.height)
    width, height = (max(64, round(side * scale / 2) * 2) for side in (shot.still.width, shot.still.height))
    rough = shot.but(engine="sketch", width=width, height=height, fps=_ROUGH_FPS)
    engine = workspace.catalogue.get("sketch")
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="animatic-") as folder:
        clip = Path(folder) / "animatic.mp4"
        write_clip(clip, engine.generate(rough, lambda _: None), _ROUGH_FPS)
        return clip.read_bytes()


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
