"""Forget a person: their reels, jobs, takes, shots, what happened to them, and the pictures that nobody else used."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from sqlalchemy import Connection, delete, select, update

from studio.errors import InputError
from studio.jobs.belongings import files_of
from studio.jobs.copies import forget_in_copies
from studio.jobs.homes import drop, going, home_of, moving
from studio.jobs.library import Library
from studio.jobs.reel_store import ReelStore
from studio.jobs.schema import acknowledgements, aside, belongings, events, jobs, sessions, shots, takes
from studio.jobs.store import Store
from studio.media.controls import housed
from studio.media.latents import drop_latents
from studio.shot import Shot, Take

__all__ = ["INCOMING", "forget"]

INCOMING = "incoming"
"""The folder of what was just sent and not opened yet, in a folder for each person."""


def forget(store: Store, data: Path, owner: str) -> int:
    """Delete everything of a person for good, and say how many takes that were.

    A take that is being made stops within one step: its worker finds the job gone. A file that somebody else brought
    too stays theirs.

    Raises:
        StoreError: the store cannot be written; then nothing was deleted.
        MediaError: a take's folder cannot be moved; then nothing was deleted either.
    """
    ReelStore(data, owner).forget()  # first: who makes one stops
    Library(store, data).adopt()
    with moving(store) as (connection, _, move):
        mine = list(connection.execute(select(jobs.c.id).where(jobs.c.owner == owner)).scalars())
        made = connection.execute(select(takes.c.id, takes.c.record).where(takes.c.owner == owner)).all()
        used = files_of(connection, owner) | _shot_files(connection, owner)
        used = used.union(*(_take_files(row.record) for row in made))
        connection.execute(delete(events).where(events.c.job.in_(mine)))
        connection.execute(delete(jobs).where(jobs.c.owner == owner))
        connection.execute(delete(takes).where(takes.c.owner == owner))
        lost = shots.c.id.not_in(select(jobs.c.shot))
        unmade = list(connection.execute(select(shots.c.id).where(lost)).scalars())
        connection.execute(delete(shots).where(lost))
        connection.execute(delete(belongings).where(belongings.c.owner == owner))
        connection.execute(update(acknowledgements).where(acknowledgements.c.owner == owner).values(owner=""))
        connection.execute(delete(sessions).where(sessions.c.id == owner))
        for named in (owner, *mine, *(row.id for row in made)):
            connection.execute(delete(aside).where(aside.c.held.contains(named, autoescape=True)))
        kept = connection.execute(select(takes.c.record)).scalars()
        others = files_of(connection) | _shot_files(connection)
        others = others.union(*(_take_files(record) for record in kept))
        theirs = {*mine, *(row.id for row in made)}
        for identity in theirs:  # now: what lies under takes without a row is adopted again
            move(home_of(data, identity, home_of(data, identity, True).exists()), going(data, identity))
    drop(data, theirs)
    for identity in theirs:
        shutil.rmtree(data / "previews" / identity, ignore_errors=True)
    for shot in unmade:
        drop_latents(data / "latents", shot)
    store.wipe()
    forget_in_copies(data, owner)
    shutil.rmtree(data / INCOMING / owner, ignore_errors=True)
    for name in used - others:
        for shown in (data / name, (data / name).with_suffix(".jpg")):
            with contextlib.suppress(OSError):
                shown.unlink(missing_ok=True)
    return len(made)


def _shot_files(connection: Connection, owner: str | None = None) -> set[str]:
    """The files that a person's jobs, or everybody's, are made from."""
    query = select(shots.c.record).join(jobs, jobs.c.shot == shots.c.id)
    if owner is not None:
        query = query.where(jobs.c.owner == owner)
    found = set()
    for record in connection.execute(query).scalars():
        with contextlib.suppress(InputError):
            found |= _files(Shot.from_json(record))
    return found


def _take_files(record: str) -> set[str]:
    """The files that a take was made from; none where its record cannot be read."""
    with contextlib.suppress(InputError):
        return _files(Take.from_json(record).shot)
    return set()


def _files(shot: Shot) -> set[str]:
    """The still and the controls of a shot, as they are named in the data folder."""
    kept = housed(shot, Path())
    return {path.as_posix() for path in map(Path, (kept.still.path, *(control.path for control in kept.controls)))}
