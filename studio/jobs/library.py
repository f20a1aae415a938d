"""Every take that was kept: found by words, starred, noted, thrown away and brought back.

The folders under ``takes`` are the truth and the store is their index: a take that lies there is listed, whoever made
it, and one whose clip was deleted is still listed with the shot that makes it again.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, select, update

from studio.errors import InputError, JobError, MediaError
from studio.jobs.homes import drop, going, home_of, moving, names_in, put_right
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
        identity = self.get(name).take.id
        with moving(self._store) as (connection, number, move):
            if self._lies(connection, identity, removed=False):
                move(home_of(self._data, identity, False), home_of(self._data, identity, True))
                connection.execute(update(takes).where(takes.c.id == identity).values(removed=number))
        with suppress(OSError):
            os.utime(home_of(self._data, identity, True))  # since when it lies there
        return self.get(identity)

    def restore(self, name: str) -> KeptTake:
        """Bring a take back from the trash.

        Raises:
            JobError: there is none.
            MediaError: its folder cannot be moved.
        """
        identity = self.get(name).take.id
        with moving(self._store) as (connection, _, move):
            if self._lies(connection, identity, removed=True):
                move(home_of(self._data, identity, True), home_of(self._data, identity, False))
                connection.execute(update(takes).where(takes.c.id == identity).values(removed=None))
        return self.get(identity)

    def delete(self, name: str, *, spare_starred: bool = False) -> bool:
        """Delete a take for good, wherever it lies, and say whether it was this call that did so.

        Args:
            spare_starred: leave it where somebody gave it a star.

        Raises:
            JobError: there is none.
            MediaError: its folder cannot be moved.
        """
        identity = self.get(name).take.id
        with moving(self._store) as (connection, _, move):
            query = select(takes.c.removed, takes.c.starred).where(takes.c.id == identity)
            row = connection.execute(query).first()
            if row is None or (spare_starred and row.starred):  # somebody else was quicker
                return False
            move(home_of(self._data, identity, row.removed is not None), going(self._data, identity))
            connection.execute(delete(takes).where(takes.c.id == identity))
        drop(self._data, [identity])
        return True

    def empty_trash(self) -> int:
        """Delete for good what lies in the trash, and say how many takes that were."""
        count = 0
        for kept in self.list(removed=True):
            with suppress(JobError):  # another studio empties it too
                count += self.delete(kept.take.id)
        return count

    def adopt(self) -> int:
        """Write down the takes that lie on the disk and are not in the store yet, and say how many they were."""
        with self._store.reading() as connection:
            query = select(takes.c.id, takes.c.removed)
            known = {row.id: row.removed is not None for row in connection.execute(query)}
        put_right(self._store, self._data, known)
        new = 0
        for removed in (False, True):
            folder = home_of(self._data, "", removed)
            for identity in sorted(names_in(folder) - known.keys()):
                take = _written(folder, identity)  # none: a damaged record; the folder stays as it is
                if take is not None and take.id == identity:
                    new += self._adopt(take, removed)
        return new

    def _adopt(self, take: Take, removed: bool) -> bool:
        with self._store.writing() as connection:
            number = tick(connection)
            if not home_of(self._data, take.id, removed).exists():  # deleted while it was read
                return False
            new = write_take_down(connection, take)
            if new and removed:
                connection.execute(update(takes).where(takes.c.id == take.id).values(removed=number))
            return new

    def _lies(self, connection: Connection, identity: str, removed: bool) -> bool:
        """Whether a take is in the trash, or is not, now that nobody else may write."""
        row = connection.execute(select(takes.c.removed).where(takes.c.id == identity)).first()
        return row is not None and (row.removed is not None) == removed

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
        home = home_of(self._data, row.id, removed)
        try:
            take = Take.from_json(row.record)
        except InputError:
            found = _written(home.parent, row.id)
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
    return " ".join((shot.prompt, shot.words, kept.note, shot.still.name, engine, kept.take.id)).casefold()


def _may_hold(row: Row[Any], wanted: Sequence[str]) -> bool:
    """Whether a take may hold these words, before its record is parsed: most of a large library does not."""
    text = f"{row.record} {row.note}".casefold()
    text += text.replace("_", ".")
    return all(word in text for word in wanted if not set(word) & set('"\\'))  # these are written otherwise in JSON
