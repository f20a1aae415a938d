"""Every take that was kept: found by words, starred, noted, thrown away and brought back.

The folders under ``takes`` are the truth and the store is their index: a take that lies there is listed, whoever made
it, and one whose clip was deleted is still listed with the shot that makes it again.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, select, update

from studio.errors import InputError, JobError, MediaError
from studio.jobs.make import CLIP, POSTER, kept_take
from studio.jobs.queue import ensure_session
from studio.jobs.records import LOCAL, KeptTake, Listed, Page
from studio.jobs.schema import jobs, takes
from studio.jobs.store import Store, tick
from studio.media.controls import housed
from studio.media.provenance import portable
from studio.shot import Take

__all__ = ["Library", "write_take_down"]

_LONGEST_NOTE = 2000  # characters
_CHUNK = 200
"""Rows read at once where a list is looked through."""


class Library:
    """The takes of one person, or of everybody.

    Args:
        store: where they are written down.
        data: the folder in which ``takes``, ``stills`` and ``trash`` lie.
        owner: whose takes these are; ``None`` sees everybody's.
    """

    def __init__(self, store: Store, data: Path, owner: str | None = None) -> None:
        self._store, self._data, self._owner = store, data, owner

    def of(self, owner: str) -> Library:
        """The same library as one person sees it: no other's takes are found in it."""
        return Library(self._store, self._data, owner)

    def list(self, words: str = "", *, starred: bool = False, removed: bool = False) -> Sequence[KeptTake]:
        """The takes whose prompt, note, still or engine holds all these words, newest first.

        Args:
            removed: those in the trash instead.
        """
        self.adopt()
        gone = takes.c.removed.is_not(None) if removed else takes.c.removed.is_(None)
        query = select(takes).where(gone, takes.c.starred >= int(starred)).order_by(takes.c.number.desc())
        if self._owner is not None:
            query = query.where(takes.c.owner == self._owner)
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
        found = [kept for row in rows if (kept := self._kept(row))]
        wanted = words.casefold().split()
        return [kept for kept in found if all(word in _told(kept) for word in wanted)]

    def page(
        self,
        words: str = "",
        *,
        starred: bool = False,
        removed: bool = False,
        after: int | None = None,
        count: int = 24,
    ) -> Page:
        """A part of ``list``, each take with the one made before it: what a person pages through.

        Args:
            after: what the page before gave; ``None`` begins with the newest.
            count: takes on a page.
        """
        if after is None:
            self.adopt()
        wanted, found = words.casefold().split(), list[Listed]()
        for nth, row in self._walk(after):
            if found and found[-1].before is None and row.removed is None:
                kept = self._kept(row)
                found[-1] = found[-1].but(before=kept.take if kept else None)
            if (row.removed is not None) != removed or row.starred < starred or not _may_hold(row, wanted):
                continue
            kept = self._kept(row)
            if kept is None or not all(word in _told(kept) for word in wanted):
                continue
            if len(found) == count:
                return Page(takes=tuple(found), after=found[-1].kept.number)
            found.append(Listed(kept=kept, nth=nth))
        return Page(takes=tuple(found))

    def counts(self) -> dict[str, int]:
        """How many takes there are: ``all`` that are kept, ``starred`` among them, and ``removed`` ones."""
        mine = takes.c.owner == self._owner if self._owner is not None else takes.c.number > 0
        gone = case((takes.c.removed.is_(None), 0), else_=1)
        query = select(func.count(), func.sum(gone), func.sum(takes.c.starred * (1 - gone))).where(mine)
        with self._store.reading() as connection:
            every, removed, starred = (int(value or 0) for value in connection.execute(query).one())
        return {"all": every - removed, "starred": starred, "removed": removed}

    def listed(self, name: str) -> Listed:
        """One take as it stands in the list.

        Raises:
            JobError: there is none.
        """
        kept = self.get(name)
        ((nth, _),) = itertools.islice(self._walk(kept.number + 1), 1)
        older = (self._kept(row) for _, row in self._walk(kept.number) if row.removed is None)
        before = next(older, None)
        return Listed(kept=kept, nth=nth, before=before.take if before else None)

    def get(self, name: str) -> KeptTake:
        """The take with this id or number.

        Raises:
            JobError: there is none, it is somebody else's, or its record cannot be read.
        """
        self.adopt()
        by = takes.c.number == int(name) if name.isascii() and name.isdigit() and len(name) < 16 else takes.c.id == name
        query = select(takes).where(by)
        if self._owner is not None:
            query = query.where(takes.c.owner == self._owner)
        with self._store.reading() as connection:
            row = connection.execute(query).first()
        kept = self._kept(row) if row else None
        if kept is None:
            raise JobError("the take", name, expected="one that is kept here", action="List them with `takes list`.")
        return kept

    def unreadable(self) -> Sequence[str]:
        """The takes of which neither the store nor their own folder has a record that can be read, by their ids."""
        with self._store.reading() as connection:
            rows = connection.execute(select(takes)).all()
        return [row.id for row in rows if self._kept(row) is None]

    def has(self, identity: str) -> bool:
        """Whether a take with this id is kept here and is this person's.

        Raises:
            StoreError: the store cannot be read.
        """
        query = select(takes.c.id).where(takes.c.id == identity, takes.c.removed.is_(None))
        if self._owner is not None:
            query = query.where(takes.c.owner == self._owner)
        with self._store.reading() as connection:
            return connection.execute(query).first() is not None

    def star(self, name: str, starred: bool = True) -> KeptTake:
        """Mark a take as one to keep, or no longer.

        Raises:
            JobError: there is none.
        """
        return self._set(self.get(name), starred=int(starred))

    def note(self, name: str, words: str) -> KeptTake:
        """Write a note on a take, in place of the last one.

        Raises:
            JobError: there is none.
        """
        return self._set(self.get(name), note=words[:_LONGEST_NOTE])

    def remove(self, name: str) -> KeptTake:
        """Throw a take away; it lies in the trash until that is emptied.

        Raises:
            JobError: there is none.
            MediaError: its folder cannot be moved.
        """
        kept = self.get(name)
        if not kept.removed:
            _move(self._data / "takes" / kept.take.id, self._data / "trash" / kept.take.id)
            with self._store.writing() as connection:
                number = tick(connection)
                connection.execute(update(takes).where(takes.c.id == kept.take.id).values(removed=number))
            with contextlib.suppress(OSError):
                os.utime(self._data / "trash" / kept.take.id)  # since when it lies there
        return self.get(kept.take.id)

    def restore(self, name: str) -> KeptTake:
        """Bring a take back from the trash.

        Raises:
            JobError: there is none.
            MediaError: its folder cannot be moved.
        """
        kept = self.get(name)
        _move(self._data / "trash" / kept.take.id, self._data / "takes" / kept.take.id)
        return self._set(kept, removed=None)

    def delete(self, name: str, *, spare_starred: bool = False) -> bool:
        """Delete a take for good, wherever it lies, and say whether it is gone.

        Args:
            spare_starred: leave it where somebody gave it a star.

        Raises:
            JobError: there is none.
            MediaError: its folder cannot be moved.
        """
        kept = self.get(name)
        home, trash = self._data / "takes" / kept.take.id, self._data / "trash" / kept.take.id
        if spare_starred and kept.starred:
            return False
        if not kept.removed:
            _move(home, trash)  # first: a folder that lies under takes is adopted again
        with self._store.writing() as connection:
            tick(connection)
            spared = (takes.c.starred == 1) if spare_starred else (takes.c.starred > 1)
            gone = connection.execute(delete(takes).where(takes.c.id == kept.take.id, ~spared)).rowcount
        if not gone and not kept.removed:
            _move(trash, home)
            return False
        shutil.rmtree(trash, ignore_errors=True)
        return True

    def empty_trash(self) -> int:
        """Delete for good what lies in the trash, and say how many takes that were."""
        return sum(self.delete(kept.take.id) for kept in self.list(removed=True))

    def adopt(self) -> int:
        """Write down the takes that lie on the disk and are not in the store yet, and say how many they were."""
        folder = self._data / "takes"
        lying = {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()
        with self._store.reading() as connection:
            known = set(connection.execute(select(takes.c.id)).scalars())
        new = 0
        for identity in sorted(lying - known):
            try:
                take = kept_take(folder, identity)
            except MediaError:
                continue  # a damaged record; the folder stays as it is
            if take is not None and take.id == identity:
                with self._store.writing() as connection:
                    new += write_take_down(connection, take)
        return new

    def _walk(self, after: int | None) -> Iterator[tuple[int, Row[Any]]]:
        """The rows of these takes whose number is below `after`, newest first, each with which of them it is."""
        mine = takes.c.owner == self._owner if self._owner is not None else takes.c.number > 0
        count = select(func.count()).where(mine)
        query = select(takes).where(mine).order_by(takes.c.number.desc()).limit(_CHUNK)
        nth = None
        while True:
            below = takes.c.number < after if after is not None else takes.c.number > 0
            with self._store.reading() as connection:
                nth = nth if nth is not None else connection.execute(count.where(below)).scalar_one()
                rows = connection.execute(query.where(below)).all()
            for row in rows:
                yield nth, row
                nth -= 1
            if len(rows) < _CHUNK:
                return
            after = rows[-1].number

    def _set(self, kept: KeptTake, **values: Any) -> KeptTake:
        with self._store.writing() as connection:
            tick(connection)
            connection.execute(update(takes).where(takes.c.id == kept.take.id).values(**values))
        return self.get(kept.take.id)

    def _kept(self, row: Row[Any]) -> KeptTake | None:
        removed = row.removed is not None
        folder = self._data / ("trash" if removed else "takes")
        home = folder / row.id
        try:
            take = Take.from_json(row.record)
        except InputError:
            found = _written(folder, row.id)
            if found is None:
                return None
            take = found
        if take.id != row.id:  # a damaged row; the take is found in its own folder, under its own id
            return None
        named = {"clip": str(home / CLIP), "poster": str(home / POSTER), "shot": housed(take.shot, self._data)}
        return KeptTake(
            take=take.but(**named), number=row.number, owner=row.owner, starred=bool(row.starred), note=row.note,
            missing=not (home / CLIP).exists(), removed=removed,
        )  # fmt: skip


def write_take_down(connection: Connection, take: Take) -> bool:
    """Enter a take into the store, inside the caller's transaction; whether it was new."""
    tick(connection)
    if connection.execute(select(takes.c.id).where(takes.c.id == take.id)).first():
        return False
    number = connection.execute(select(func.coalesce(func.max(takes.c.number), 0) + 1)).scalar_one()
    owner = connection.execute(select(jobs.c.owner).where(jobs.c.id == take.id)).scalar_one_or_none() or LOCAL
    ensure_session(connection, owner)
    connection.execute(
        insert(takes).values(
            id=take.id, number=number, owner=owner, record=portable(take).to_json(), starred=0, note="", removed=None
        )
    )
    return True


def _written(folder: Path, identity: str) -> Take | None:
    """The take as its own folder tells it; ``None`` where that cannot be read either."""
    with suppress(MediaError):
        return kept_take(folder, identity)
    return None


def _told(kept: KeptTake) -> str:
    shot = kept.take.shot
    engine = f"{shot.engine} {shot.engine.replace('_', '.')}"  # "wan 2.2" finds wan_2_2_ti2v_5b
    return " ".join((shot.prompt, kept.note, shot.still.name, engine, kept.take.id)).casefold()


def _may_hold(row: Row[Any], wanted: Sequence[str]) -> bool:
    """Whether a take may hold these words, before its record is parsed: most of a large library does not."""
    text = f"{row.record} {row.note}".casefold()
    text += text.replace("_", ".")
    return all(word in text for word in wanted if not set(word) & set('"\\'))  # these are written otherwise in JSON


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.exists():
            source.rename(target)
    except OSError as error:
        raise MediaError(
            "the take",
            f"cannot be moved ({error.strerror})",
            expected="a data folder that may be written",
            action="Close what uses its clip, then try again.",
        ) from error
