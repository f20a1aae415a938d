"""What people ask of the queue: add, look, cancel, again, repeat with other seeds, reorder, edit, follow.

Every request is one short transaction, so it counts from the moment it returns, whatever dies afterwards. The work
itself is done elsewhere (``worker``); everybody learns of it from the same store.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from studio.errors import InputError, JobError
from studio.identity import new_identity
from studio.jobs.records import LOCAL, Happening, Job, Progress, State
from studio.jobs.schema import events, jobs, sessions, shots
from studio.jobs.states import change, note
from studio.jobs.store import Store, now, tick
from studio.shot import Plan, Shot

__all__ = ["Queue", "ensure_session", "find_row", "read_job", "serving_order"]

_MOST_EVENTS = 1000
_SEEDS = 2**32


class Queue:
    """The jobs of one person, or of everybody.

    Args:
        store: where they are kept.
        plan: says what would be made of a shot, and refuses what this studio does not allow.
        most: how many jobs one person may have waiting.
        owner: whose jobs these are; ``None`` sees everybody's and adds as ``LOCAL``.
    """

    def __init__(self, store: Store, plan: Callable[[Shot], Plan], most: int, owner: str | None = None) -> None:
        self._store, self._plan, self._most, self._owner = store, plan, most, owner

    def of(self, owner: str) -> Queue:
        """The same queue as one person sees it: no other's jobs are found in it."""
        return Queue(self._store, self._plan, self._most, owner)

    def add(self, shot: Shot, origin: str = "", identity: str = "") -> Job:
        """Queue a shot to be made into a take.

        Args:
            identity: the job's id, where it was written down before; a new unguessable one when none is given.

        Raises:
            ShotError: it is outside the limits of the studio.
            JobError: this person has too many jobs waiting.
            StoreError: the store cannot be written.
        """
        return self.add_all([shot], origin, identity)[0]

    def add_all(self, wanted: Sequence[Shot], origin: str = "", identity: str = "") -> Sequence[Job]:
        """Queue several shots: all of them or none.

        Raises:
            As ``add``.
        """
        plans = [self._plan(shot) for shot in wanted]
        owner = self._owner or LOCAL
        with self._store.writing() as connection:
            tick(connection)
            waits = (jobs.c.owner == owner) & (jobs.c.state == "queued")
            waiting = connection.execute(select(func.count()).where(waits)).scalar_one()
            if waiting + len(wanted) > self._most:
                raise JobError(
                    "the queue",
                    f"{waiting} of your takes are waiting",
                    expected=f"at most {self._most} at a time",
                    action="Wait for one to be made, or cancel one.",
                )
            ensure_session(connection, owner)
            made = []
            for shot, plan in zip(wanted, plans, strict=True):
                number = connection.execute(select(func.coalesce(func.max(jobs.c.number), 0) + 1)).scalar_one()
                values = _new_job(number, owner, origin, identity) | _asked(shot, plan)
                values["place"] = tick(connection)
                connection.execute(insert(jobs).values(shot=_keep_shot(connection, shot), **values))
                note(connection, values["id"], "state", "Queued.")
                made.append(values["id"])
            return [read_job(connection, self._find(connection, identity)) for identity in made]

    def get(self, name: str) -> Job:
        """The job with this id or number.

        Raises:
            JobError: there is none, or it is somebody else's.
        """
        with self._store.reading() as connection:
            return read_job(connection, self._find(connection, name))

    def list(self, states: Iterable[State] = ()) -> Sequence[Job]:
        """The jobs: running first, then waiting as they will be served, then what is over, newest first."""
        wanted = jobs.c.state.in_(tuple(states)) if states else jobs.c.number > 0
        mine = jobs.c.owner == self._owner if self._owner is not None else jobs.c.number > 0
        with self._store.reading() as connection:
            rows = connection.execute(_SELECT.where(wanted, mine)).all()
            order = serving_order(connection) if any(row.state == "queued" for row in rows) else []
        found = [_to_job(row, order) for row in rows]
        rank = {"running": 0, "queued": 1}
        return sorted(found, key=lambda job: (rank.get(job.state, 2), job.place, -job.number))

    def cancel(self, name: str) -> Job:
        """Cancel a job: at once while it waits, within one step while it runs. Asking twice does no harm.

        Raises:
            JobError: there is none, or it is over.
        """
        with self._store.writing() as connection:
            tick(connection)
            row = self._find(connection, name)
            if row.state == "running":
                if not row.cancelling:
                    connection.execute(update(jobs).where(jobs.c.id == row.id).values(cancelling=1))
                    note(connection, row.id, "asked", "Cancel was asked for.")
            else:
                change(connection, row.id, "cancelled", reason="Cancelled before it began.")
            return read_job(connection, self._find(connection, row.id))

    def retry(self, name: str) -> Job:
        """Queue a job again that failed, was cancelled or was interrupted; it keeps its place.

        Raises:
            JobError: there is none, or it is not over, or it is done.
        """
        with self._store.writing() as connection:
            row = self._find(connection, name)
            change(connection, row.id, "queued", reason="Asked for again.", worker=None, attempts=0, progress="{}")
            return read_job(connection, self._find(connection, row.id))

    def duplicate(self, name: str, seed: int) -> Job:
        """Queue the same shot with another seed.

        Raises:
            JobError: there is no such job, or its shot can no longer be read.
            InputError: no seed.
        """
        return self.sweep(name, [seed])[0]

    def sweep(self, name: str, seeds: Iterable[int]) -> Sequence[Job]:
        """Queue the same shot once with each of these seeds: all of them or none.

        Raises:
            JobError: there is no such job, its shot cannot be read, or too many would wait.
            InputError: one is no seed.
        """
        job = self.get(name)
        shot = _readable(job)
        return self.add_all([shot.but(seed=seed) for seed in seeds], job.id)

    def vary(self, name: str, count: int = 1) -> Sequence[Job]:
        """Queue the same shot `count` times more, each with a seed that it has not had yet: all of them or none.

        Raises:
            JobError: there is no such job, its shot cannot be read, or too many would wait.
            InputError: a count below 1.
        """
        job = self.get(name)
        return self.vary_shot(_readable(job), count, job.id)

    def vary_shot(self, shot: Shot, count: int = 1, origin: str = "") -> Sequence[Job]:
        """As ``vary``, of a shot that need not have been queued here."""
        if count < 1:
            raise InputError("the number of takes", count, expected="at least 1", action="Ask for one or more.")
        seeds = self._fresh_seeds(shot, min(count, self._most + 1))
        return self.add_all([shot.but(seed=seed) for seed in seeds], origin)

    def edit(self, name: str, shot: Shot) -> Job:
        """Give a waiting job another shot.

        Raises:
            ShotError: the shot is outside the limits.
            JobError: there is no such job, or it does not wait any more.
        """
        plan = self._plan(shot)
        with self._store.writing() as connection:
            tick(connection)
            row = self._waiting(connection, name)
            values = {"shot": _keep_shot(connection, shot), "tier": 0} | _asked(shot, plan)
            connection.execute(update(jobs).where(jobs.c.id == row.id).values(values))
            note(connection, row.id, "edited")
            return read_job(connection, self._find(connection, row.id))

    def reorder(self, name: str, before: str | None = None) -> Job:
        """Move a waiting job before another waiting one, or to the end.

        Raises:
            JobError: one of them does not wait.
        """
        with self._store.writing() as connection:
            tick(connection)
            row = self._waiting(connection, name)
            mine = jobs.c.owner == row.owner
            waiting = connection.execute(
                select(jobs.c.id, jobs.c.place).where(mine, jobs.c.state == "queued").order_by(jobs.c.place)
            ).all()
            order = [other.id for other in waiting if other.id != row.id]
            mark = self._waiting(connection, before).id if before is not None else None
            if mark == row.id or (mark is not None and mark not in order):
                raise JobError("the move", before, expected="another job of the same person", action="Choose another.")
            order.insert(order.index(mark) if mark else len(order), row.id)
            for identity, place in zip(order, [other.place for other in waiting], strict=True):
                connection.execute(update(jobs).where(jobs.c.id == identity).values(place=place))
            note(connection, row.id, "moved")
            return read_job(connection, self._find(connection, row.id))

    def events(self, since: int = 0, job: str | None = None) -> Sequence[Happening]:
        """What happened after event number `since`, oldest first, at most 1000 of them."""
        query = select(events).where(events.c.number > since).order_by(events.c.number).limit(_MOST_EVENTS)
        if job is not None:
            query = query.where(events.c.job == job)
        if self._owner is not None:
            query = query.where(events.c.job.in_(select(jobs.c.id).where(jobs.c.owner == self._owner)))
        with self._store.reading() as connection:
            return [Happening.from_dict(dict(row._mapping)) for row in connection.execute(query)]

    def _fresh_seeds(self, shot: Shot, count: int) -> Sequence[int]:
        """The first seeds after the shot's own with which no job was made of it."""
        found: list[int] = []
        with self._store.reading() as connection:
            for step in itertools.count(1):
                if len(found) == count:
                    return found
                seed = (shot.seed + step) % _SEEDS
                same = jobs.c.shot == shot.but(seed=seed).digest
                if connection.execute(select(jobs.c.id).where(same)).first() is None:
                    found.append(seed)
        return found

    def _find(self, connection: Connection, name: str) -> Row[Any]:
        return find_row(connection, name, self._owner)

    def _waiting(self, connection: Connection, name: str) -> Row[Any]:
        row = self._find(connection, name)
        if row.state != "queued":
            raise JobError(
                f"job {row.number}", f"is {row.state}", expected="one that still waits", action="Repeat it instead."
            )
        return row


_SELECT = select(jobs, shots.c.record).join(shots, shots.c.id == jobs.c.shot)


def ensure_session(connection: Connection, owner: str) -> None:
    """Make sure that this person is known, inside the caller's writing transaction."""
    if connection.execute(select(sessions.c.id).where(sessions.c.id == owner)).first() is None:
        connection.execute(insert(sessions).values(id=owner, created=now(), served=0))


def serving_order(connection: Connection) -> list[str]:
    """The ids of the waiting jobs in the order in which they are taken up: people take turns, whoever was served
    longest ago first; each person's own jobs keep their order.
    """
    rows = connection.execute(
        select(jobs.c.id, jobs.c.owner, jobs.c.place, sessions.c.served)
        .join(sessions, sessions.c.id == jobs.c.owner)
        .where(jobs.c.state == "queued")
        .order_by(jobs.c.place)
    ).all()
    turns: dict[str, int] = {}
    ranked = []
    for row in rows:
        turn = turns[row.owner] = turns.get(row.owner, -1) + 1
        ranked.append((turn, row.served, row.place, row.id))
    return [identity for *_, identity in sorted(ranked)]


def find_row(connection: Connection, name: str, owner: str | None = None) -> Row[Any]:
    """The row of the job with this id or number, with its shot's record.

    Raises:
        JobError: there is none, or it is not this owner's.
    """
    by = jobs.c.number == int(name) if name.isascii() and name.isdigit() and len(name) < 16 else jobs.c.id == name
    query = _SELECT.where(by)
    if owner is not None:
        query = query.where(jobs.c.owner == owner)
    row = connection.execute(query).first()
    if row is None:
        raise JobError("the job", name, expected="one that is in the queue or was", action="Look at the list.")
    return row


def read_job(connection: Connection, row: Row[Any]) -> Job:
    """The job of a row, with its place in the queue."""
    return _to_job(row, serving_order(connection) if row.state == "queued" else [])


def _to_job(row: Row[Any], order: Sequence[str]) -> Job:
    reason, shot, progress = row.reason, None, Progress()
    try:
        shot = Shot.from_json(row.record)
    except InputError as error:
        reason = f"{reason} Its record cannot be read ({error.thing}).".strip()
    with suppress(InputError):  # it only shows how far a job is
        progress = Progress.from_json(row.progress)
    return Job(
        id=row.id, number=row.number, state=row.state, shot=shot, owner=row.owner, attempts=row.attempts,
        place=order.index(row.id) + 1 if row.id in order else 0, cancelling=bool(row.cancelling), reason=reason,
        progress=progress, spent=row.spent, origin=row.origin, created=row.created, tier=row.tier,
    )  # fmt: skip


def _new_job(number: int, owner: str, origin: str, identity: str) -> dict[str, Any]:
    identity = identity or new_identity()  # the take's id too: known only to whom it was told
    return {
        "id": identity, "number": number, "owner": owner, "state": "queued", "attempts": 0,
        "worker": None, "cancelling": 0, "reason": "", "progress": "{}", "spent": 0.0, "origin": origin,
        "created": now(), "tier": 0,
    }  # fmt: skip


def _asked(shot: Shot, plan: Plan) -> dict[str, Any]:
    """By what a job's cost is told."""
    return {"engine": shot.engine, "work": _work(plan), "expected": plan.estimate}


def _keep_shot(connection: Connection, shot: Shot) -> str:
    identity = shot.digest
    if connection.execute(select(shots.c.id).where(shots.c.id == identity)).first() is None:
        connection.execute(insert(shots).values(id=identity, record=shot.to_json()))
    return identity


def _readable(job: Job) -> Shot:
    if job.shot is None:
        raise JobError(f"job {job.number}", job.reason, expected="a shot that can be read", action="Make it anew.")
    return job.shot


def _work(plan: Plan) -> float:
    """How much there is to make: megapixels of all frames."""
    return plan.frames * plan.width * plan.height / 1e6
