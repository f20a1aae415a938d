"""Make a take: frames from the engine, a clip with its record inside it and beside it, whole or not at all.

A take that is kept is made in a scratch folder and moved into its place in one step, so a folder under ``takes`` is
always complete, and a second attempt at the same take finds the first one.
"""

from __future__ import annotations

import datetime
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studio import __version__
from studio.engines.engine import Engine, Event, Listener, Note, Sound, StageStarted, Used, film
from studio.errors import MediaError
from studio.identity import new_identity
from studio.media.clips import poster, write_clip
from studio.media.provenance import portable, read_take, recorded
from studio.media.whole import refused
from studio.shot import Shot, Take

__all__ = ["CLIP", "POSTER", "clear_scratch", "find_poster", "keep_take", "kept_take", "make_take", "preview_path"]

CLIP, POSTER = "clip.mp4", "poster.jpg"
_SCRATCH, _PREVIEWS = "scratch", "previews"


def make_take(
    engine: Engine, shot: Shot, tell: Listener, clip: Path, identity: str = "", with_poster: bool = False, tier: int = 0
) -> Take:
    """Turn a shot into a clip at `clip`, with its record beside it.

    What the engine keeps for another attempt (latents) stays until ``engine.release(shot)``.

    Args:
        tell: hears every event; it may raise ``Cancelled`` to stop.
        identity: the take's id; a new unguessable one when none is given.
        with_poster: make ``poster.jpg`` beside it too.
        tier: as for ``Engine.generate``.

    Raises:
        ShotError, EngineError, MediaError: the take could not be made; nothing is left behind.
    """
    plan = engine.plan(shot)
    take = Take(
        id=identity or new_identity(), clip=str(clip), shot=shot, plan=plan, created=_now(),
        studio=__version__, attribution=engine.profile.attribution,
        poster=str(clip.with_name(POSTER)) if with_poster else "",
    )  # fmt: skip
    watch = _Stopwatch(tell)

    def describe(frames: int) -> str:
        nonlocal take
        counted = plan.but(frames=frames, seconds=frames / plan.fps)
        used = {"memory": watch.used.memory, "placement": watch.used.placement} if watch.used else {}
        take = take.but(plan=counted, timings=watch.stop(), notes=watch.notes, **used)
        record(take)
        return portable(take).to_json()

    with recorded(clip) as record:
        write_clip(clip, film(engine, shot, watch, tier), plan.fps, describe, hear=lambda: watch.sound)
    if with_poster:
        poster(clip, Path(take.poster))
    return take


def keep_take(engine: Engine, shot: Shot, tell: Listener, takes: Path, identity: str = "", tier: int = 0) -> Take:
    """Turn a shot into a take in a folder of its own under `takes`: clip, record and poster, all or nothing.

    Where this take is there already (an attempt that ended before it could say so), that one is given. Once it lies in
    its place, what the engine kept for another attempt is released.

    Raises:
        ShotError, EngineError, MediaError: as ``make_take``.
    """
    identity = identity or new_identity()
    if found := kept_take(takes, identity):
        engine.release(shot)
        return found.but(shot=shot)
    home = takes / identity
    scratch = takes.parent / _SCRATCH / f"{identity}.{secrets.token_hex(4)}"
    try:
        with _explained():
            scratch.mkdir(parents=True)
        take = make_take(engine, shot, tell, scratch / CLIP, identity, with_poster=True, tier=tier)
        with _explained():
            for part in scratch.glob(".*.part"):  # the disk refused to take it away before
                part.unlink()
            _settle(scratch)
            takes.mkdir(parents=True, exist_ok=True)
            scratch.rename(home)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    engine.release(shot)
    return take.but(clip=str(home / CLIP), poster=str(home / POSTER))


def kept_take(takes: Path, identity: str) -> Take | None:
    """The take in this folder, its files named in full and its still without a folder; ``None`` where there is none.

    Raises:
        MediaError: its record cannot be read.
    """
    record = takes / identity / "take.json"
    return read_take(record) if record.exists() else None


def find_poster(home: Path) -> Path:
    """The poster of the take in this folder, made again from its clip where somebody deleted it; it is not there where
    the clip is gone too, or cannot be read, or the disk refuses.
    """
    path = home / POSTER
    if not path.exists():
        with suppress(MediaError):
            poster(home / CLIP, path)
    return path


def preview_path(takes: Path, identity: str) -> Path:
    """Where the newest preview of a take lies while it is being made, in a folder of its own."""
    return takes.parent / _PREVIEWS / identity / "preview.jpg"


def clear_scratch(takes: Path, identities: set[str]) -> None:
    """Remove what broken-off attempts at these takes left. Only for who knows that nobody works on them."""
    folder = takes.parent / _SCRATCH
    for left in folder.glob("*") if folder.is_dir() else ():
        if left.name.split(".")[0] in identities:
            shutil.rmtree(left, ignore_errors=True)
    for identity in identities:
        shutil.rmtree(preview_path(takes, identity).parent, ignore_errors=True)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn a refusal of the disk into a MediaError."""
    try:
        yield
    except OSError as error:
        raise refused("the take", error, "a data folder", "set MOTION_FIRST_DATA to another folder") from error


def _settle(folder: Path) -> None:
    """Wait until the files have reached the disk, so that a power cut after the move leaves a whole take."""
    for path in sorted(folder.iterdir()):
        with path.open("rb+") as file:
            os.fsync(file.fileno())


class _Stopwatch:
    """Passes events on and measures how long each stage took."""

    def __init__(self, tell: Listener) -> None:
        self._tell = tell
        self._stage = ""
        self._born = self._began = time.perf_counter()
        self._timings: dict[str, float] = {}
        self.notes: tuple[str, ...] = ()
        self.sound: Sound | None = None
        self.used: Used | None = None

    def __call__(self, event: Event) -> None:
        if isinstance(event, Sound):  # for the clip; nobody watches it
            self.sound = event
            return
        if isinstance(event, Used):  # for its record
            self.used = event
            return
        if isinstance(event, StageStarted):
            self.stop()
            self._stage = event.stage
        elif isinstance(event, Note):
            self.notes += (event.text,)
        self._tell(event)

    def stop(self) -> dict[str, float]:
        """End the running stage and give seconds by stage, and in total."""
        now = time.perf_counter()
        if self._stage:
            self._timings[self._stage] = round(self._timings.get(self._stage, 0.0) + now - self._began, 3)
        self._began = now
        return {**self._timings, "total": round(now - self._born, 3)}


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
