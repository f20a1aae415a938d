"""Bring a store up to date: numbered steps, each applied once and whole.

The steps are a plain list: a handful of tables in one program does not need a migration framework. A step that was
released is never changed; a change of the tables is a new step at the end, and the same SQL runs on SQLite and
PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, inspect, text

from studio.errors import StoreError

__all__ = ["STEPS", "Step", "migrate", "version"]


class Step(NamedTuple):
    """One change of the tables: its statements, in order."""

    name: str
    statements: tuple[str, ...]


STEPS = (
    Step(
        "jobs and takes",
        (
            "CREATE TABLE clock (value BIGINT NOT NULL)",
            "INSERT INTO clock VALUES (0)",
            "CREATE TABLE sessions (id TEXT PRIMARY KEY, created TEXT NOT NULL, served BIGINT NOT NULL)",
            "CREATE TABLE shots (id TEXT PRIMARY KEY, record TEXT NOT NULL)",
            "CREATE TABLE workers (id TEXT PRIMARY KEY, host TEXT NOT NULL, device TEXT NOT NULL,"
            " pid INTEGER NOT NULL, beat BIGINT NOT NULL)",
            "CREATE TABLE jobs (id TEXT PRIMARY KEY, number BIGINT NOT NULL UNIQUE,"
            " shot TEXT NOT NULL REFERENCES shots (id), owner TEXT NOT NULL REFERENCES sessions (id),"
            " state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),"
            " place BIGINT NOT NULL, attempts INTEGER NOT NULL, worker TEXT REFERENCES workers (id),"
            " cancelling INTEGER NOT NULL, reason TEXT NOT NULL, progress TEXT NOT NULL, engine TEXT NOT NULL,"
            " work DOUBLE PRECISION NOT NULL, spent DOUBLE PRECISION NOT NULL, origin TEXT NOT NULL,"
            " created TEXT NOT NULL)",
            "CREATE INDEX jobs_state ON jobs (state, place)",
            "CREATE TABLE takes (id TEXT PRIMARY KEY, number BIGINT NOT NULL UNIQUE,"
            " owner TEXT NOT NULL REFERENCES sessions (id), record TEXT NOT NULL, starred INTEGER NOT NULL,"
            " note TEXT NOT NULL, removed BIGINT)",
            "CREATE TABLE events (number BIGINT PRIMARY KEY, job TEXT NOT NULL, kind TEXT NOT NULL,"
            " state TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL)",
            "CREATE INDEX events_job ON events (job, number)",
        ),
    ),
    Step("attempts with less memory", ("ALTER TABLE jobs ADD COLUMN tier INTEGER NOT NULL DEFAULT 0",)),
    Step(
        "damaged rows are kept aside",
        (
            "CREATE TABLE aside (number BIGINT PRIMARY KEY, source TEXT NOT NULL, held TEXT NOT NULL,"
            " why TEXT NOT NULL)",
        ),
    ),
    Step(
        "who brought which file",
        (
            "CREATE TABLE belongings (owner TEXT NOT NULL REFERENCES sessions (id), file TEXT NOT NULL,"
            " PRIMARY KEY (owner, file))",
            "CREATE INDEX belongings_file ON belongings (file)",
            "CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        ),
    ),
    Step(
        "which terms were acknowledged",
        (
            "CREATE TABLE acknowledgements (engine TEXT NOT NULL, terms TEXT NOT NULL, revision TEXT NOT NULL,"
            " owner TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (engine, terms))",
        ),
    ),
    Step(
        "what takes took",
        (
            "CREATE TABLE measures (job TEXT PRIMARY KEY, number BIGINT NOT NULL, engine TEXT NOT NULL,"
            " placement TEXT NOT NULL, work DOUBLE PRECISION NOT NULL, steps INTEGER NOT NULL,"
            " seconds DOUBLE PRECISION NOT NULL, memory DOUBLE PRECISION NOT NULL)",
        ),
    ),
    Step(
        "what jobs were expected to take",
        ("ALTER TABLE jobs ADD COLUMN expected DOUBLE PRECISION NOT NULL DEFAULT 0",),
    ),
)


def version(connection: Connection) -> int:
    """How many steps this store has been through; 0 for an empty one."""
    if not inspect(connection).has_table("migrations"):
        return 0
    return int(connection.execute(text("SELECT coalesce(max(number), 0) FROM migrations")).scalar_one())


def migrate(connection: Connection, backup: Callable[[int], None], steps: tuple[Step, ...] = STEPS) -> None:
    """Apply the steps that are missing, inside the caller's transaction: all of them or none.

    Args:
        backup: called once with the version before an older store is changed; not for an empty one.

    Raises:
        StoreError: the store was made by a newer studio.
    """
    found = version(connection)
    if found > len(steps):
        raise StoreError(
            "the store of jobs",
            f"version {found}",
            expected=f"version {len(steps)} or older",
            action="It was made by a newer Motion First: update, or set MOTION_FIRST_DATA to another folder.",
        )
    if found == len(steps):
        return
    if found:
        backup(found)
    else:
        connection.execute(text("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"))
    for number, step in enumerate(steps[found:], start=found + 1):
        for statement in step.statements:
            connection.execute(text(statement))
        connection.execute(
            text("INSERT INTO migrations VALUES (:number, :name)"), {"number": number, "name": step.name}
        )
