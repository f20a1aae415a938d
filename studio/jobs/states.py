"""The one place where a job's state changes, and where what happened is written down.

::

    queued -> running -> done | failed | cancelled | interrupted
    queued -> cancelled                  running -> queued        (the studio closed; it goes on at the next start)
    failed | cancelled | interrupted -> queued                    (again)
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from studio.errors import JobError
from studio.jobs.records import State
from studio.jobs.schema import events, jobs
from studio.jobs.store import now, tick

__all__ = ["LAWFUL", "change", "note"]

LAWFUL: dict[State, frozenset[State]] = {
    "queued": frozenset(("running", "cancelled")),
    "running": frozenset(("done", "failed", "cancelled", "interrupted", "queued")),
    "failed": frozenset(("queued",)),
    "cancelled": frozenset(("queued",)),
    "interrupted": frozenset(("queued",)),
    "done": frozenset(),
}
"""From each state, the states that may follow."""


def change(
    connection: Connection, job: str, to: State, *, reason: str = "", held_by: str | None = None, **columns: Any
) -> int:
    """Change a job's state and write that down, inside the caller's transaction.

    Args:
        reason: why, in words for people; kept with the job.
        held_by: the worker that claims to hold the job; refused when another does.
        columns: other columns of the job that change in the same step.

    Returns:
        The number of this event.

    Raises:
        JobError: there is no such job, its state does not allow this, or it is held by another worker.
    """
    number = tick(connection)  # first: from here on nobody else writes
    row = connection.execute(select(jobs.c.number, jobs.c.state, jobs.c.worker).where(jobs.c.id == job)).first()
    if row is None:
        raise JobError("the job", job, expected="one that is in the store", action="List them with `jobs list`.")
    if to not in LAWFUL[row.state] or (held_by is not None and row.worker != held_by):
        allowed = ", ".join(sorted(LAWFUL[row.state])) or "nothing more"
        raise JobError(
            f"job {row.number}",
            f"is {row.state} and cannot become {to}",
            expected=f"a job that may become so (this one: {allowed})",
            action="Look at it again with `jobs show`; it has changed meanwhile.",
        )
    connection.execute(update(jobs).where(jobs.c.id == job).values(state=to, reason=reason, cancelling=0, **columns))
    _write_down(connection, number, job, "state", to, reason)
    return number


def note(connection: Connection, job: str, kind: str, text: str = "") -> int:
    """Write down something else that happened to a job; its state stays.

    Raises:
        JobError: there is no such job.
    """
    number = tick(connection)
    state = connection.execute(select(jobs.c.state).where(jobs.c.id == job)).scalar_one_or_none()
    if state is None:
        raise JobError("the job", job, expected="one that is in the store", action="List them with `jobs list`.")
    _write_down(connection, number, job, kind, state, text)
    return number


def _write_down(connection: Connection, number: int, job: str, kind: str, state: State, text: str) -> None:
    values = {"number": number, "job": job, "kind": kind, "state": state, "text": text, "at": now()}
    connection.execute(insert(events).values(values))
