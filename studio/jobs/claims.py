"""What workers do with jobs: take one up, tell how far it is, finish it, give it back, and say who died.

A job belongs to the worker whose id stands in its row. A worker that lost a job (it was thought dead, and another has
taken it up) is refused whatever it says of it, so no job ends twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from studio.errors import InputError, JobError, MediaError, StoreError
from studio.jobs.estimate import measure
from studio.jobs.library import write_take_down
from studio.jobs.make import clear_scratch, kept_take
from studio.jobs.queue import find_row, read_job, serving_order
from studio.jobs.records import Job, Progress
from studio.jobs.schema import jobs, sessions, workers
from studio.jobs.states import change, note
from studio.jobs.store import Store, tick
from studio.shot import Take

__all__ = ["Claims"]

_ATTEMPTS = 2
"""A job that was interrupted is tried once more by itself; then it waits for the person."""
_CLOSED = "The studio was closed; it goes on when it is started again."
_UNREADABLE = "Its record in the store cannot be read. The other jobs go on; make this one anew."


class Claims:
    """The workers' side of the store.

    Args:
        takes: the folder of kept takes.
    """

    def __init__(self, store: Store, takes: Path) -> None:
        self._store, self._takes = store, takes

    def enlist(self, worker: str, host: str, device: str, pid: int) -> None:
        """Make a worker known before it takes up its first job."""
        with self._store.writing() as connection:
            tick(connection)
            connection.execute(insert(workers).values(id=worker, host=host, device=device, pid=pid, beat=0))

    def claim(
        self,
        worker: str,
        allows: Callable[[float], bool] = lambda _: True,
        *,
        job: str | None = None,
        only: Collection[str] | None = None,
    ) -> Job | None:
        """Take up the job whose turn it is; ``None`` when nothing waits. Two workers never get the same one.

        Args:
            allows: whether a job of so much work (megapixels of all frames) may begin now; where not, it waits, and
                those behind it too.
            job: take up only this one, whoever's turn it is.
            only: take up only jobs of these engines.
        """
        with self._store.reading() as connection:  # looking costs the others nothing
            order = _eligible(connection, job, only)
            if not order:
                return None
            work = connection.execute(select(jobs.c.work).where(jobs.c.id == order[0])).scalar_one()
        if not allows(work):
            return None
        with self._store.writing() as connection:
            number = tick(connection)
            order = _eligible(connection, job, only)
            if not order:
                return None
            row = connection.execute(select(jobs.c.attempts, jobs.c.owner).where(jobs.c.id == order[0])).one()
            change(connection, order[0], "running", worker=worker, attempts=row.attempts + 1, progress="{}")
            connection.execute(update(sessions).where(sessions.c.id == row.owner).values(served=number))
            found = read_job(connection, find_row(connection, order[0]))
        if found.shot is None:
            self.end(worker, found.id, "failed", _UNREADABLE)
            return self.claim(worker, allows, job=job, only=only)
        return found

    def beat(self, worker: str) -> None:
        """Say that this worker lives."""
        with self._store.writing() as connection:
            connection.execute(update(workers).where(workers.c.id == worker).values(beat=workers.c.beat + 1))

    def tell(self, worker: str, job: str, progress: Progress, news: Sequence[tuple[str, str]] = ()) -> None:
        """Say how far a job is, and what happened on the way as (kind, text).

        Raises:
            JobError: it is no longer this worker's.
        """
        with self._store.writing() as connection:
            mine = (jobs.c.id == job) & (jobs.c.worker == worker) & (jobs.c.state == "running")
            changed = connection.execute(update(jobs).where(mine).values(progress=progress.to_json()))
            if not changed.rowcount:
                raise _lost(job)
            for kind, text in news:
                note(connection, job, kind, text)

    def cancelling(self, worker: str, job: str) -> bool:
        """Whether somebody asked to cancel this job.

        Raises:
            JobError: it is no longer this worker's.
        """
        mine = (jobs.c.id == job) & (jobs.c.worker == worker) & (jobs.c.state == "running")
        with self._store.reading() as connection:
            asked = connection.execute(select(jobs.c.cancelling).where(mine)).scalar_one_or_none()
        if asked is None:
            raise _lost(job)
        return bool(asked)

    def finish(self, worker: str, take: Take) -> None:
        """A job is done: its take lies in its place.

        Raises:
            JobError: it is no longer this worker's.
        """
        with self._store.writing() as connection:
            _finish(connection, take, worker)

    def end(self, worker: str, job: str, state: Any, reason: str, spent: float = 0.0, *, again: bool = True) -> None:
        """A job has ended without a take: failed, cancelled, or interrupted (then perhaps tried once more).

        Args:
            again: an interrupted job may be tried once more by itself.

        Raises:
            JobError: it is no longer this worker's.
        """
        with self._store.writing() as connection:
            change(connection, job, state, reason=reason, held_by=worker, spent=jobs.c.spent + spent)
            if state == "interrupted" and again:
                _try_once_more(connection, job, reason)

    def give_back(self, worker: str, job: str, reason: str = _CLOSED) -> None:
        """The studio closes, or the disk refuses: the job waits in its place, as if it had not been begun.

        Raises:
            JobError: it is no longer this worker's.
        """
        with self._store.writing() as connection:
            change(
                connection, job, "queued", reason=reason, held_by=worker, worker=None,
                attempts=jobs.c.attempts - 1, progress="{}",
            )  # fmt: skip

    def bury(self, dead: Iterable[str], reason: str, lower: bool = False) -> list[str]:
        """These workers are dead: what they left becomes done (where the take lies in its place), cancelled (where
        that was asked) or interrupted, with the reason. Gives the ids of those jobs; calling it twice does no harm.

        Args:
            lower: less memory may help: the next attempt begins one tier below this one.
        """
        buried = []
        for worker in dead:
            with self._store.reading() as connection:
                held = (jobs.c.worker == worker) & (jobs.c.state == "running")
                left = list(connection.execute(select(jobs.c.id).where(held)).scalars())
            clear_scratch(self._takes, set(left))
            for job in left:
                try:
                    self._settle(worker, job, reason, lower)
                    buried.append(job)
                except JobError:
                    continue  # somebody else was quicker
            with self._store.writing() as connection:
                tick(connection)
                connection.execute(update(jobs).where(jobs.c.worker == worker).values(worker=None))
                connection.execute(delete(workers).where(workers.c.id == worker))
        return buried

    def others(self, host: str, device: str, me: str) -> list[str]:
        """The other workers of this device: dead, if the caller holds the device's lock."""
        same = (workers.c.host == host) & (workers.c.device == device) & (workers.c.id != me)
        with self._store.reading() as connection:
            return list(connection.execute(select(workers.c.id).where(same)).scalars())

    def beats(self) -> dict[str, int]:
        """The last beat of every known worker."""
        with self._store.reading() as connection:
            return {row.id: row.beat for row in connection.execute(select(workers.c.id, workers.c.beat))}

    def heard(self) -> bool:
        """Whether the store takes what is written: while a disk is full it does not, and nobody's beat is heard."""
        try:
            with self._store.writing() as connection:
                tick(connection)
        except StoreError:
            return False
        return True

    def known(self, job: str) -> bool:
        """Whether this job is still in the store.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._store.reading() as connection:
            return connection.execute(select(jobs.c.id).where(jobs.c.id == job)).first() is not None

    def overdue(self, worker: str) -> str | None:
        """The job of this worker that somebody asked to cancel and that still runs."""
        held = (jobs.c.worker == worker) & (jobs.c.state == "running") & (jobs.c.cancelling == 1)
        with self._store.reading() as connection:
            return connection.execute(select(jobs.c.id).where(held)).scalars().first()

    def _settle(self, worker: str, job: str, reason: str, lower: bool) -> None:
        try:
            take = kept_take(self._takes, job)
        except MediaError:
            take = None
        with self._store.writing() as connection:
            if take is not None:
                _finish(connection, take, worker)
                return
            tick(connection)
            row = connection.execute(select(jobs.c.cancelling, jobs.c.progress).where(jobs.c.id == job)).one()
            cost = {"spent": jobs.c.spent + _elapsed(row.progress)}
            if row.cancelling:
                change(connection, job, "cancelled", reason="Cancelled.", held_by=worker, **cost)
                return
            change(connection, job, "interrupted", reason=reason, held_by=worker, tier=jobs.c.tier + int(lower), **cost)
            _try_once_more(connection, job, reason)


def _eligible(connection: Connection, job: str | None, only: Collection[str] | None) -> list[str]:
    """The waiting jobs that may be taken up, in their order."""
    order = serving_order(connection)
    if job is not None:
        return [job] if job in order else []
    if only is not None:
        query = select(jobs.c.id).where(jobs.c.state == "queued", jobs.c.engine.in_(tuple(only)))
        mine = set(connection.execute(query).scalars())
        return [one for one in order if one in mine]
    return order


def _elapsed(progress: str) -> float:
    """Seconds that an attempt had taken when it was last heard of."""
    try:
        return Progress.from_json(progress).elapsed
    except InputError:
        return 0.0


def _finish(connection: Connection, take: Take, worker: str) -> None:
    spent = jobs.c.spent + take.timings.get("total", 0.0)
    change(connection, take.id, "done", held_by=worker, spent=spent, progress="{}")
    write_take_down(connection, take)
    measure(connection, take)


def _try_once_more(connection: Connection, job: str, reason: str) -> None:
    attempts = connection.execute(select(jobs.c.attempts).where(jobs.c.id == job)).scalar_one()
    if attempts < _ATTEMPTS:
        change(connection, job, "queued", reason=f"{reason} It is tried once more.", worker=None)


def _lost(job: str) -> JobError:
    return JobError("the job", job, expected="one that this worker holds", action="Drop it: another has it.")
