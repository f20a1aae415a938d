"""One take, watched, and the animatic that comes before it.

The work runs in a thread of its own, and the page hears of it as plain values.

Leaving the iterator early (the person pressed Cancel, or closed the tab) makes the engine's next report raise
``Cancelled``, so the work stops within one step and leaves nothing behind.
"""

from __future__ import annotations

import queue
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from studio.engines.engine import Event, Note, Preview, StageStarted, Step
from studio.errors import Cancelled
from studio.media.clips import write_clip
from studio.shot import Shot, Take
from studio.ui.cards import picture_address
from studio.workspace import Workspace

__all__ = ["animatic", "stop_all", "watch"]

_PREVIEW_SIDE = 480
_ROUGH_SIDE, _ROUGH_FPS = 320, 12
_ONE_AT_A_TIME = threading.Lock()
"""Roughs are drawn while people type and drag: one at a time leaves the other cores to the takes."""

_BEAT = 0.12
"""Seconds between two pictures of progress: smooth to the eye, light on the line."""


_RUNNING: set[threading.Event] = set()
"""What stops each take that is being made."""


def watch(workspace: Workspace, shot: Shot) -> Iterator[dict[str, Any] | Take]:
    """Make a take and tell of it.

    Yields:
        Progress for the stage (``state``, ``stage``, ``done``, ``total``, ``detail``, ``elapsed``, ``estimate``,
        ``preview``, ``time``), and the take at the end.

    Raises:
        StudioError: the take could not be made.
    """
    news: queue.Queue[Event] = queue.Queue()
    stop = threading.Event()

    def tell(event: Event) -> None:
        if stop.is_set():
            raise Cancelled
        news.put(event)

    progress = _Progress(workspace.plan(shot).estimate)
    worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="take")
    _RUNNING.add(stop)
    try:
        work = worker.submit(workspace.animate, shot, tell)
        while not work.done():
            yield progress.shown()
            for event in _latest(news, work):
                progress.hear(event)
        yield work.result()
    finally:
        stop.set()
        _RUNNING.discard(stop)
        worker.shutdown(wait=False)


def stop_all() -> None:
    """Stop every take that is being made, so that the studio can close at once and leaves nothing half done."""
    for stop in tuple(_RUNNING):
        stop.set()


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


class _Progress:
    """What the stage shows, kept up to date by events."""

    def __init__(self, estimate: float) -> None:
        self._began = time.monotonic()
        self._values: dict[str, Any] = {"stage": "", "done": 0, "total": 0, "detail": "", "time": 0.0}
        self._estimate = round(estimate, 1)
        self._preview: Preview | None = None

    def hear(self, event: Event) -> None:
        """Take an event in."""
        if isinstance(event, StageStarted):
            self._values.update(stage=event.stage, detail=event.detail, done=0, total=0)
        elif isinstance(event, Step):
            self._values.update(stage=event.stage, done=event.done, total=event.total)
        elif isinstance(event, Preview):
            self._preview = event
        elif isinstance(event, Note):
            self._values["detail"] = event.text

    def shown(self) -> dict[str, Any]:
        """The values for the page; a preview is sent once."""
        values = {
            "state": "working",
            **self._values,
            "elapsed": round(time.monotonic() - self._began, 1),
            "estimate": self._estimate,
        }
        if self._preview is not None:
            values.update(preview=picture_address(self._preview.frame, _PREVIEW_SIDE), time=self._preview.time)
            self._preview = None
        return values


def _latest(news: queue.Queue[Event], work: Future[Take]) -> Iterator[Event]:
    """Everything that happened within one beat of the display."""
    until = time.monotonic() + _BEAT
    while (left := until - time.monotonic()) > 0 and not work.done():
        try:
            yield news.get(timeout=min(left, 0.04))
        except queue.Empty:
            continue
