"""Where the folder of a take lies, and how it gets to the trash, back, and away: always together with its row.

A folder is moved inside the transaction that changes its row. Only one process at a time may write to the store, so
studios that share a folder never move a take twice or half; what one left that died in between is put right.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, select

from studio.errors import MediaError
from studio.jobs.schema import takes
from studio.jobs.store import Store, tick

__all__ = ["drop", "going", "home_of", "moving", "names_in", "put_right"]

Move = Callable[[Path, Path], None]


def home_of(data: Path, identity: str, removed: bool) -> Path:
    """Where a take lies."""
    return data / ("trash" if removed else "takes") / identity


def going(data: Path, identity: str) -> Path:
    """Where a take lies whose row is deleted in this moment; what is left there is cleaned away after a day."""
    return data / "trash" / f".{identity}.part"


def names_in(folder: Path) -> set[str]:
    """The folders of takes that lie here."""
    with suppress(OSError):
        return {path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")}
    return set()


@contextmanager
def moving(store: Store) -> Iterator[tuple[Connection, int, Move]]:
    """A writing transaction, its number, and how to move a folder in it: back again if it does not come to its end.

    A folder that is not there is not moved.

    Raises:
        StoreError: the store cannot be written.
        MediaError: a folder cannot be moved.
    """
    moved: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        if source.exists():
            _rename(source, target)
            moved.append((source, target))

    try:
        with store.writing() as connection:
            yield connection, tick(connection), move
    except BaseException:
        for source, target in reversed(moved):
            with suppress(OSError):
                target.rename(source)
        raise


def drop(data: Path, identities: Iterable[str]) -> None:
    """Delete the folders of takes whose rows are gone."""
    for identity in identities:
        shutil.rmtree(going(data, identity), ignore_errors=True)


def put_right(store: Store, data: Path, known: dict[str, bool]) -> None:
    """Move the takes to where their rows say that they lie, where a process died between the two.

    Args:
        known: the ids of takes, and whether each is in the trash.
    """
    lying = {True: names_in(data / "trash"), False: names_in(data / "takes")}
    for identity in [name for name, removed in known.items() if name not in lying[removed]]:
        if not _elsewhere(data, identity, known[identity]):
            continue
        with suppress(MediaError), moving(store) as (connection, _, move):
            row = connection.execute(select(takes.c.removed).where(takes.c.id == identity)).first()
            if row is not None and (found := _elsewhere(data, identity, row.removed is not None)):
                move(found, home_of(data, identity, row.removed is not None))


def _elsewhere(data: Path, identity: str, removed: bool) -> Path | None:
    """Where the folder of a take lies that is not at home; ``None`` where it is, or is nowhere."""
    if home_of(data, identity, removed).exists():
        return None
    others = (home_of(data, identity, not removed), going(data, identity))
    return next((path for path in others if path.exists()), None)


def _rename(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise MediaError(
            "the take",
            f"cannot be moved ({error.strerror})",
            expected="a data folder that may be written",
            action="Close what uses its clip, then try again.",
        ) from error
