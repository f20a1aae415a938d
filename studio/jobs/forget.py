"""Forget a person: their jobs, takes, shots, what happened to them, and the stills that nobody else used."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, delete, select

from studio.errors import InputError
from studio.jobs.library import Library
from studio.jobs.schema import events, jobs, sessions, shots, takes
from studio.jobs.store import Store, tick
from studio.shot import Shot, Take

__all__ = ["forget"]

_DIGEST = re.compile(r"[a-z0-9]{8,64}")


def forget(store: Store, data: Path, owner: str, stills: Iterable[str] = ()) -> int:
    """Delete everything of a person for good, and say how many takes that were.

    A take that is being made stops within one step: its worker finds the job gone.

    Args:
        stills: digests of pictures that the person brought and that may never have been used.

    Raises:
        StoreError: the store cannot be written; then nothing was deleted from it.
    """
    Library(store, data).adopt()
    with store.writing() as connection:
        tick(connection)
        mine = list(connection.execute(select(jobs.c.id).where(jobs.c.owner == owner)).scalars())
        made = connection.execute(select(takes.c.id, takes.c.record).where(takes.c.owner == owner)).all()
        brought = {f"{digest}.png" for digest in stills if _DIGEST.fullmatch(digest)}
        used = brought | _stills(connection, owner) | {_still_of(row.record) for row in made}
        connection.execute(delete(events).where(events.c.job.in_(mine)))
        connection.execute(delete(jobs).where(jobs.c.owner == owner))
        connection.execute(delete(takes).where(takes.c.owner == owner))
        connection.execute(delete(shots).where(shots.c.id.not_in(select(jobs.c.shot))))
        connection.execute(delete(sessions).where(sessions.c.id == owner))
        kept = connection.execute(select(takes.c.record)).scalars()
        others = _stills(connection) | {_still_of(record) for record in kept}
    for identity in {*mine, *(row.id for row in made)}:
        for folder in ("takes", "trash", "previews"):
            shutil.rmtree(data / folder / identity, ignore_errors=True)
    for name in filter(None, used - others):
        for shown in (data / "stills" / name, (data / "stills" / name).with_suffix(".jpg")):
            with contextlib.suppress(OSError):
                shown.unlink(missing_ok=True)
    return len(made)


def _stills(connection: Connection, owner: str | None = None) -> set[str]:
    """The names of the stills of a person's jobs, or of everybody's."""
    query = select(shots.c.record).join(jobs, jobs.c.shot == shots.c.id)
    if owner is not None:
        query = query.where(jobs.c.owner == owner)
    found = set()
    for record in connection.execute(query).scalars():
        with contextlib.suppress(InputError):
            found.add(Path(Shot.from_json(record).still.path).name)
    return found


def _still_of(record: str) -> str:
    """The name of a take's still; none where its record cannot be read."""
    with contextlib.suppress(InputError):
        return Path(Take.from_json(record).shot.still.path).name
    return ""
