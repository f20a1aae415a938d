"""Save what can be read of a damaged store: the damaged file is kept, and a new one is filled from it."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from pathlib import Path

from studio.errors import StoreError
from studio.jobs.schema import metadata
from studio.jobs.store import SMALLEST, Store, backups
from studio.settings import Settings

__all__ = ["mend_store"]

_SAVED = tuple(table.name for table in metadata.sorted_tables if table.name not in ("clock", "workers"))
_NUMBERS = {"events": "number", "jobs": "place", "takes": "removed", "sessions": "served", "measures": "number"}
"""Where the numbers that the clock gave out are found again."""


def mend_store(settings: Settings) -> str:
    """Make a damaged store whole again and say what was saved.

    Takes are adopted again from their folders, so they need no saving. A store that is whole is left as it is.

    Raises:
        StoreError: it is not SQLite's, or the folder cannot be written.
    """
    if settings.store:
        raise StoreError(
            "the store", "another database", expected="SQLite's file", action="Restore it from that database's backups."
        )
    file = settings.data / "studio.db"
    try:
        Store.open(settings.data).close()
        return "The store is whole; nothing was mended."
    except StoreError as error:
        if "--mend" not in error.action:
            raise
    damaged = _set_aside(file)
    store = Store.open(settings.data)
    store.close()
    with contextlib.closing(sqlite3.connect(file)) as new:
        for source in (damaged, *reversed(backups(settings.data))):  # an older copy only where nothing else is left
            saved = {table: _save(source, new, table) for table in _SAVED}
            if any(saved.values()):
                break
        _join(new)
        new.commit()
    told = ", ".join(f"{number} {table}" for table, number in saved.items() if number)
    kept = f" The damaged store is kept as {damaged.name}." if any(file.parent.glob(f"{damaged.name}*")) else ""
    return f"Saved: {told or 'nothing'}.{kept}"


def _set_aside(file: Path) -> Path:
    name = file.with_name(f"studio-damaged-{secrets.token_hex(4)}.db")
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(name.with_name(name.name + suffix))
    return name


def _save(damaged: Path, new: sqlite3.Connection, table: str) -> int:
    """Copy the rows of a table that can still be read, from both ends towards the damage, and count them."""
    columns = {column.name for column in metadata.tables[table].columns}
    saved = 0
    if not damaged.exists() or damaged.stat().st_size < SMALLEST:  # SQLite would begin it and delete its log
        return 0
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(damaged)) as old:
            had = {str(row[1]) for row in old.execute(f"PRAGMA table_info({table})")}  # it may be an older store
            shared = sorted(columns & had)
            names, marks = ", ".join(shared), ", ".join("?" * len(shared))
            for row in old.execute(f"SELECT {names} FROM {table} ORDER BY rowid {order}"):
                with contextlib.suppress(sqlite3.Error):  # a row with a value that cannot be
                    saved += new.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row).rowcount
    return saved


def _join(new: sqlite3.Connection) -> None:
    """Make the saved rows fit each other again; no number may be given out twice."""
    new.execute("UPDATE jobs SET worker = NULL")
    for table in ("jobs", "takes", "belongings"):
        new.execute(f"INSERT OR IGNORE INTO sessions SELECT DISTINCT owner, '', 0 FROM {table}")
    new.execute("DELETE FROM jobs WHERE shot NOT IN (SELECT id FROM shots)")
    new.execute("UPDATE jobs SET state = 'queued', progress = '{}' WHERE state = 'running'")  # by whom is not known
    given = [f"coalesce((SELECT max({number}) FROM {table}), 0)" for table, number in _NUMBERS.items()]
    new.execute(f"UPDATE clock SET value = max(0, {', '.join(given)})")
