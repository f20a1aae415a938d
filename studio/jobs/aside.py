"""Mend the rows of a store that make no sense, and keep aside what they held: one bad row stops nothing else.

SQLite takes any value in any column, so a bit that tipped over or a slip of the hand leaves rows that no record fits.
What stands in such a row is copied to the table ``aside``, with the reason; then the row gets harmless values where it
can go on with them, and is taken out where it cannot. PostgreSQL checks its types itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, get_args

from sqlalchemy import Column, Connection, Double, Row, Table, Text, func, insert, literal_column, select, text

from studio.jobs.records import STATES, Happening
from studio.jobs.schema import (
    acknowledgements,
    aside,
    belongings,
    clock,
    events,
    jobs,
    measures,
    secrets,
    sessions,
    shots,
    takes,
    workers,
)

__all__ = ["Aside", "mend_rows", "read_aside", "senseless"]

_DAMAGED = "Its row in the store was damaged; what it held is kept aside."
_HARMLESS: dict[str, dict[str, Any]] = {
    "sessions": {"created": "", "served": 0},
    "jobs": {
        "state": "interrupted", "place": 0, "attempts": 0, "tier": 0, "worker": None, "cancelling": 0, "progress": "{}",
        "engine": "", "work": 0.0, "spent": 0.0, "expected": 0.0, "origin": "", "created": "", "reason": _DAMAGED,
    },
    "takes": {"record": "", "starred": 1, "note": "", "removed": None},
}  # fmt: skip
"""With what a row can go on in place of a value that is none; where a column is not named, the row cannot. A take whose
star is not known keeps one, so that it is not cleaned away."""

_WORDS: dict[Column[Any], Sequence[str]] = {
    jobs.c.state: STATES,
    events.c.state: STATES,
    events.c.kind: get_args(Happening.model_fields["kind"].annotation),
}
"""Columns that hold one of a few words."""

_OWNED = ("jobs", "takes", "belongings")
_LOST_SHOT = "shot NOT IN (SELECT id FROM shots)"
_LOST_WORKER = "worker IS NOT NULL AND worker NOT IN (SELECT id FROM workers)"
_HELD_BY_NONE = "state = 'running' AND worker IS NULL"
_GIVEN = ("max(number) FROM events", "max(place) FROM jobs", "max(removed) FROM takes", "max(served) FROM sessions")
"""Where the numbers that the clock gave out are found again."""
_LAST = f"max(0, {', '.join(f'coalesce((SELECT {given}), 0)' for given in _GIVEN)})"
_RIGHT = "SELECT coalesce(max(value), 0) FROM clock WHERE typeof(value) = 'integer'"


class Aside(NamedTuple):
    """A row that made no sense: of which table, what it held (JSON), and why."""

    source: str
    held: str
    why: str


def senseless(connection: Connection) -> bool:
    """Whether any row needs mending; a look that costs others nothing."""
    if connection.dialect.name != "sqlite":
        return False
    queries = [f"SELECT 1 FROM jobs WHERE {trouble}" for trouble in (_LOST_SHOT, _LOST_WORKER, _HELD_BY_NONE)]
    queries += [f"SELECT 1 FROM {table} WHERE owner NOT IN (SELECT id FROM sessions)" for table in _OWNED]
    queries.append(f"SELECT 1 WHERE (SELECT count(*) FROM clock) <> 1 OR ({_RIGHT}) < {_LAST}")
    return any(_bad_rows(connection, table) for table in _TABLES) or any(
        connection.execute(text(query)).first() for query in queries
    )


def mend_rows(connection: Connection) -> None:
    """Set aside what makes no sense and make the rest fit, inside the caller's writing transaction."""
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    for table in _TABLES:
        for row in _bad_rows(connection, table):
            bad = [column.name for column in table.columns if row._mapping[f"bad {column.name}"]]
            _mend_row(connection, table, row, bad)
    for row in connection.execute(select(literal_column("rowid"), jobs).where(text(_LOST_SHOT))).all():
        _keep(connection, jobs, row, "its shot is not there")
        connection.execute(text("DELETE FROM jobs WHERE rowid = :row"), {"row": row.rowid})
    for owned in _OWNED:
        connection.execute(text(f"INSERT OR IGNORE INTO sessions SELECT DISTINCT owner, '', 0 FROM {owned}"))
    connection.execute(text(f"UPDATE jobs SET worker = NULL WHERE {_LOST_WORKER}"))
    lost = {"why": "It is not known who was making it."}
    connection.execute(text(f"UPDATE jobs SET state = 'interrupted', reason = :why WHERE {_HELD_BY_NONE}"), lost)
    value = connection.execute(text(f"SELECT max({_LAST}, ({_RIGHT}))")).scalar_one()
    connection.execute(clock.delete())
    connection.execute(insert(clock).values(value=value))


def read_aside(connection: Connection) -> list[Aside]:
    """The rows that were set aside, in that order."""
    rows = connection.execute(select(aside).order_by(aside.c.number)).all()
    return [Aside(row.source, row.held, row.why) for row in rows]


_TABLES = (workers, sessions, shots, jobs, takes, events, belongings, acknowledgements, secrets, measures)


def _bad_rows(connection: Connection, table: Table) -> Sequence[Row[Any]]:
    """The rows with a value of the wrong kind; for each column whether it is one of them."""
    troubles = {column.name: _trouble(column) for column in table.columns}
    told = ", ".join(f'{trouble} AS "bad {name}"' for name, trouble in troubles.items())
    query = f"SELECT rowid, {table.name}.*, {told} FROM {table.name} WHERE {' OR '.join(troubles.values())}"
    return connection.execute(text(query)).all()


def _trouble(column: Column[Any]) -> str:
    """SQL for: this value is none that belongs here."""
    kinds = ["text"] if isinstance(column.type, Text) else ["integer"]
    kinds += ["real"] if isinstance(column.type, Double) else []
    kinds += ["null"] if column.nullable else []
    trouble = f"typeof({column.name}) NOT IN ({', '.join(map(repr, kinds))})"
    if words := _WORDS.get(column):
        trouble += f" OR {column.name} NOT IN ({', '.join(map(repr, words))})"
    if isinstance(column.type, Double):
        trouble += f" OR abs({column.name}) > 1e15"  # infinity among them
    return f"({trouble})"


def _mend_row(connection: Connection, table: Table, row: Row[Any], bad: Sequence[str]) -> None:
    _keep(connection, table, row, f"no value for {', '.join(bad)}")
    harmless = _HARMLESS.get(table.name, {})
    values = {name: harmless[name] for name in bad if name in harmless}
    if "number" in bad and table.name in _HARMLESS:
        most = select(func.coalesce(func.max(table.c.number), 0)).where(text("typeof(number) = 'integer'"))
        values["number"] = connection.execute(most).scalar_one() + 1
    here = literal_column("rowid") == row.rowid
    if len(values) < len(bad):
        connection.execute(table.delete().where(here))
        return
    if table is jobs:
        values["reason"] = _DAMAGED
    connection.execute(table.update().where(here).values(values))


def _keep(connection: Connection, table: Table, row: Row[Any], why: str) -> None:
    held = {column.name: row._mapping[column.name] for column in table.columns}
    number = connection.execute(select(func.coalesce(func.max(aside.c.number), 0) + 1)).scalar_one()
    values = {"number": number, "source": table.name, "held": json.dumps(held, default=repr), "why": why}
    connection.execute(insert(aside).values(values))
