"""Open the store of jobs and takes: SQLite in the data folder, or PostgreSQL by its URL for several machines.

SQLite runs with a write-ahead log, so readers never wait for a writer; every write is one short transaction that has
reached the disk when it ends. Each failure becomes a ``StoreError`` with what to do.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url, select, text, update
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    DisconnectionError,
    NoSuchModuleError,
    OperationalError,
    TimeoutError,
)

from studio.errors import StoreError
from studio.jobs import migrations
from studio.jobs.aside import mend_rows, senseless
from studio.jobs.schema import clock
from studio.media.whole import beside, whole

__all__ = ["SMALLEST", "Store", "backups", "now", "tick"]

_PATIENCE = 20.0
"""Seconds that a write waits for another process's; ours take milliseconds, a slow disk under load a few seconds."""
_BACKUPS = 5
SMALLEST = 512
"""Bytes of the smallest page that SQLite knows; a database has one at least."""
_UNWRITABLE = ("readonly", "read-only", "unable to open", "permission", "denied")
_ROWS = re.compile(r"CHECK constraint failed|NULL value in|\w+ value in \w+\.\w+$|belongs to nothing")
"""What SQLite says of a file that is whole, with a row in it that makes no sense."""
_LOCK = 0x4D6F7446
"""The number of PostgreSQL's advisory lock under which a store is brought up to date: "MotF"."""


class Store:
    """An open store. Use ``Store.open``; safe to use from several threads and processes at once."""

    def __init__(self, engine: Engine, file: Path | None) -> None:
        self._engine, self.file = engine, file

    @classmethod
    def open(cls, folder: Path, url: str = "") -> Self:
        """Open the store, make it where there is none, check it and bring it up to date.

        Args:
            folder: where SQLite's file and the backups lie.
            url: an SQLAlchemy URL of another database ("postgresql+pg8000://…"); empty for SQLite in `folder`.

        Raises:
            StoreError: it is damaged, cannot be written, or was made by a newer studio.
        """
        file = None if url else folder / "studio.db"
        try:
            engine = _sqlite(file) if file else create_engine(make_url(url), pool_pre_ping=True)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError(
                "the store's URL",
                expected="a database that SQLAlchemy can open, with its driver installed",
                action="Correct MOTION_FIRST_STORE; for PostgreSQL: pip install pg8000 and postgresql+pg8000://…",
            ) from error
        store = cls(engine, file)
        problems = store.problems()
        if not all(map(_ROWS.search, problems)):
            raise damaged(file.name if file else "the database", problems[0])
        with store.reading() as connection:
            current = migrations.version(connection) == len(migrations.STEPS)
        if not current:
            with store.writing() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                migrations.migrate(connection, store.backup)
        with store.reading() as connection:
            bad = senseless(connection)
        if bad:
            with store.writing() as connection:
                mend_rows(connection)
        if problems and (left := store.problems()):
            raise damaged(file.name if file else "the database", left[0])
        return store

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store.

        Raises:
            StoreError: the store cannot be read.
        """
        with _explained(self.file, begun=True), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: everything in the block reaches the disk, or nothing. Keep it short.

        Raises:
            StoreError: the store cannot be written.
        """
        with _explained(self.file, begun=True), self._reopened(), self._engine.connect() as opened:
            connection = opened.execution_options(writing=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _reopened(self) -> Iterator[None]:
        """Let go of every connection where SQLite says that it can only read: what it had to open for reading, in a
        moment when the disk refused, it keeps so for good, though writing has long been allowed again.
        """
        try:
            yield
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
                self._engine.dispose()
            raise

    def problems(self) -> list[str]:
        """What SQLite itself finds wrong with its file; empty when all is well, and for other databases.

        Raises:
            StoreError: it cannot even be opened.
        """
        if self.file is None:
            return []
        try:
            with self._engine.connect() as connection:
                found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(8)"))]
                keys = connection.execute(text("PRAGMA foreign_key_check")).first()
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.DatabaseError) and not isinstance(error.orig, sqlite3.OperationalError):
                return [str(error.orig)]
            raise _explain(error, self.file) from error
        broken = [f"a row of {keys[0]} belongs to nothing"] if keys else []
        return [line for line in found if line != "ok"] + broken

    def backup(self, number: int) -> None:
        """Keep a copy of SQLite's file as it is; the five newest are kept. Other databases have their own tools."""
        if self.file is None:
            return
        folder = self.file.parent / "backups"
        with _explained(self.file, begun=True):
            folder.mkdir(exist_ok=True)
            with (
                whole(folder / f"studio-{number}.db") as part,
                contextlib.closing(sqlite3.connect(self.file)) as old,
                contextlib.closing(sqlite3.connect(part)) as new,
            ):
                old.backup(new)
            for stale in backups(self.file.parent)[:-_BACKUPS]:
                stale.unlink()

    def wipe(self) -> None:
        """Make sure that what was deleted lies nowhere any more: neither in the file nor in its log.

        Readers that hold the log just now keep it a little longer; it is wiped at the next time.

        Raises:
            StoreError: the store cannot be written.
        """
        if self.file is not None:
            with _explained(self.file), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def backups(data: Path) -> list[Path]:
    """The copies that were kept before migrations, oldest first: by the version in their names, not by a clock."""
    found = {path: path.stem.removeprefix("studio-") for path in (data / "backups").glob("studio-*.db")}
    return sorted((path for path, number in found.items() if number.isdecimal()), key=lambda path: int(found[path]))


def tick(connection: Connection) -> int:
    """The next number of this store. Whoever holds it is alone in writing until its transaction ends."""
    connection.execute(update(clock).values(value=clock.c.value + 1))
    return int(connection.execute(select(clock.c.value)).scalar_one())


def now() -> str:
    """The time for people, in UTC; nothing is decided by it but when an old log fades (``fading``)."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def damaged(where: str, problem: str) -> StoreError:
    """The error of a store that SQLite itself finds damaged."""
    return StoreError(
        "the store of jobs",
        f"damaged ({problem}): {where}",
        expected="a whole database",
        action="Run `python -m studio doctor --mend`: it keeps the damaged file and saves what can be read. "
        "Takes on the disk are not touched.",
    )


def _gone(file: Path) -> StoreError:
    return StoreError(
        "the store of jobs",
        f"gone: {file.name}",
        expected="the file with which the studio began",
        action="Put it back (copies lie in the folder backups), or start the studio again: it begins a new store and "
        "finds the takes in their folders.",
    )


def _sqlite(file: Path) -> Engine:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _explain(error, file) from error
    with _explained(file):
        if lost := _lost(file):
            raise damaged(str(file), lost)
        if not file.exists():
            _begin_store(file)
    held = f"{file.absolute().as_uri()}?mode=rw"  # one that is removed meanwhile is missed, not begun anew

    def reach() -> sqlite3.Connection:
        return sqlite3.connect(held, uri=True, timeout=_PATIENCE, check_same_thread=False)

    engine = create_engine("sqlite://", creator=reach, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        record.info["file"] = _identity(file)
        connection.isolation_level = None  # Python's own idea of when a transaction begins is switched off
        connection.text_factory = _read_text
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute("PRAGMA " + pragma)

    @event.listens_for(engine, "checkout")
    def _checkout(_: object, record: Any, __: object) -> None:
        if record.info["file"] != _identity(file):  # removed, or mended: what is written here would be lost
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _lost(file: Path) -> str:
    """What shows that there was a store here and that this is no longer it; empty where nothing does.

    SQLite takes a file with next to nothing in it for a new database, and deletes the log that lies beside one.
    """
    log = file.with_name(file.name + "-wal")
    size = file.stat().st_size if file.exists() else 0
    if size >= SMALLEST:
        return ""
    if log.exists() and log.stat().st_size:
        return f"the file is {'empty' if file.exists() else 'gone'}, its log {log.name} is left"
    rooms = (file.parent / name for name in ("takes", "trash", "backups"))
    used = any(room.is_dir() and any(room.iterdir()) for room in rooms)
    if size:
        return f"of the file only {size} bytes are left"
    return "the file is empty, and takes lie beside it" if file.exists() and used else ""


def _begin_store(file: Path) -> None:
    """Make a new database, whole before anybody sees it: an empty file is always a damaged one."""
    with beside(file) as part:
        with contextlib.closing(sqlite3.connect(part)) as new:
            new.execute("PRAGMA journal_mode=WAL")
        with contextlib.suppress(FileExistsError):  # another studio was quicker
            try:
                os.link(part, file)
            except PermissionError:  # a file system without links
                if not file.exists():
                    part.rename(file)


def _identity(file: Path) -> tuple[int, int] | None:
    """Which file this is, whatever its name."""
    try:
        facts = file.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _read_text(held: bytes) -> str:
    """Text as it was written; bytes that were damaged get a stand-in, so that the other rows can be read."""
    return held.decode("utf-8", "replace")


@contextmanager
def _explained(file: Path | None, begun: bool = False) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, TimeoutError, sqlite3.Error, OSError) as error:
        if begun and file is not None and not file.exists():
            raise _gone(file) from error
        raise _explain(error, file) from error


def _explain(error: Exception, file: Path | None) -> StoreError:
    """Say what the database or the disk refused, without the statement and its values: they hold people's words."""
    cause = getattr(error, "orig", None) or error
    words = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    words = words.splitlines()[0][:200]
    low = words.lower()
    if "malformed" in low or "not a database" in low:
        return damaged(file.name if file else "the database", words)
    expected, action = "a database that answers", "Try again; `python -m studio doctor` says more."
    if "full" in low or "no space" in low:
        expected, action = "free space on the disk", "Free some space, then try again. Nothing was lost."
    elif isinstance(cause, OSError) or any(word in low for word in _UNWRITABLE):
        expected, action = "a data folder that can be written", "Set MOTION_FIRST_DATA to one, or allow writing there."
    elif "locked" in low:
        expected, action = "a store that is free", "Another program holds it; close that and try again."
    where = f"{file.name} ({words})" if file else words  # without its folder: visitors read it
    return StoreError("the store of jobs", where, expected=expected, action=action)
