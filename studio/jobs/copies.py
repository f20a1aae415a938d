"""Copies of the store: backups from before a change of its tables, and damaged files that were set aside.

They keep what everybody had, so who asks to be forgotten is forgotten in them too.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

__all__ = ["forget_in_copies"]

_HELD = (
    ("events", "job IN (SELECT id FROM jobs WHERE owner = :owner)"),
    ("aside", "instr(held, :owner) OR EXISTS (SELECT 1 FROM jobs WHERE owner = :owner AND instr(held, jobs.id))"),
    ("jobs", "owner = :owner"),
    ("takes", "owner = :owner"),
    ("shots", "id NOT IN (SELECT shot FROM jobs)"),
    ("belongings", "owner = :owner"),
    ("sessions", "id = :owner"),
)
"""What each table holds of a person, in the order in which it can go."""


def forget_in_copies(data: Path, owner: str) -> None:
    """Delete what the copies of the store hold of a person; a copy that cannot be changed is deleted whole."""
    for file in _copies(data):
        try:
            with contextlib.closing(sqlite3.connect(file)) as copy:
                tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
                for table, theirs in _HELD:
                    if table in tables:
                        copy.execute(f"DELETE FROM {table} WHERE {theirs}", {"owner": owner})
                copy.commit()
                copy.execute("VACUUM")  # what was deleted before lies nowhere in the file either
                copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    file.with_name(file.name + suffix).unlink(missing_ok=True)


def _copies(data: Path) -> Iterator[Path]:
    yield from sorted((data / "backups").glob("studio-*.db"))
    yield from sorted(data.glob("studio-damaged-*.db"))
