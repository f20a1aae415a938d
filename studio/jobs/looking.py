"""Look at a store that cannot be written: on a disk that may only be read, in somebody else's folder, in a backup.

SQLite reads a log only where it may write beside it, and an older store is brought up to date before it is read. So a
copy is opened, in a passing folder; whatever has to be put right is put right there.
"""

from __future__ import annotations

import atexit
import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

from studio.errors import StoreError
from studio.jobs.store import Store
from studio.settings import Settings
from studio.shelter import unwritable

__all__ = ["open_store"]


def open_store(settings: Settings, looking: bool) -> Store:
    """Open the store of these settings.

    Args:
        looking: nothing will be changed, so that one which cannot be written is as good as any.

    Raises:
        StoreError: it is damaged, was made by a newer studio, or cannot be written, or read where `looking`.
    """
    data = settings.data
    if looking and not settings.store and (data / "studio.db").is_file() and unwritable(data):
        return _look(data)
    return Store.open(data, settings.store)


def _look(data: Path) -> Store:
    """Open a copy of the store of a data folder. It goes when the program ends, and what is written in it with it."""
    folder = Path(tempfile.mkdtemp(prefix="motion-first-look-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source = data / "studio.db"
    try:
        if not _backed_up(source, folder / source.name):
            for suffix in ("", "-wal"):
                part = source.with_name(source.name + suffix)
                if part.exists():
                    shutil.copyfile(part, folder / part.name)
    except OSError as error:
        raise StoreError(
            "the store of jobs",
            f"{source.name} ({error.strerror})",
            expected="a store that can be read, and a passing folder that can be written",
            action="Allow reading it, or set TMPDIR to a folder with free space.",
        ) from error
    return Store.open(folder)


def _backed_up(source: Path, copy: Path) -> bool:
    """Whether SQLite itself could copy it, which goes well beside others who write; it cannot without the log's index
    where it may not make one.
    """
    log = source.with_name(source.name + "-wal")
    ways = ["mode=ro"] if log.exists() and log.stat().st_size else ["mode=ro", "immutable=1"]
    for way in ways:
        address = f"{source.absolute().as_uri()}?{way}"
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(address, uri=True)) as old,
            contextlib.closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
            return True
        copy.unlink(missing_ok=True)
    return False
