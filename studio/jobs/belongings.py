"""Who brought or made which file: stills, paintings, clips that shots go on from.

Such files are named by their content, so two people may have brought the same one and neither may learn of the other.
A name alone therefore opens nothing: who asks for a file must have it among their belongings.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import PurePosixPath
from secrets import token_hex

from sqlalchemy import Connection, insert, select

from studio.jobs.queue import ensure_session
from studio.jobs.schema import belongings, secrets, shots, takes
from studio.jobs.store import Store, tick

__all__ = ["Belongings", "signing_key"]

_MOST_REMEMBERED = 20_000
_KEY = 32
"""Bytes."""


class Belongings:
    """The files of everybody, each named as it lies in the data folder: "stills/<digest>.png".

    Args:
        store: where they are written down.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: set[tuple[str, str]] = set()
        """What was found once: every letter that somebody types asks again for their still."""

    def add(self, owner: str, *files: str) -> None:
        """Write down that this person has these files; saying it twice does no harm.

        Raises:
            StoreError: the store cannot be written.
        """
        new = [file for file in files if not self.has(owner, file)]
        if not new:
            return
        with self._store.writing() as connection:
            tick(connection)
            ensure_session(connection, owner)
            for file in set(new) - files_of(connection, owner):
                connection.execute(insert(belongings).values(owner=owner, file=file))

    def has(self, owner: str, file: str) -> bool:
        """Whether this person has this file.

        Raises:
            StoreError: the store cannot be read.
        """
        if (owner, file) in self._seen:
            return True
        mine = (belongings.c.owner == owner) & (belongings.c.file == file)
        with self._store.reading() as connection:
            found = connection.execute(select(belongings.c.file).where(mine)).first() is not None
        if found:
            if len(self._seen) >= _MOST_REMEMBERED:
                self._seen.clear()
            self._seen.add((owner, file))
        return found

    def of(self, owner: str) -> set[str]:
        """The files of this person, those that lie there no more among them.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._store.reading() as connection:
            return files_of(connection, owner)

    def nobodys(self, files: Iterable[str]) -> list[str]:
        """Those of these files that are nobody's, and that no shot and no take is made from.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._store.reading() as connection:
            return [file for file in files if not _known(connection, file)]

    def forget(self, owner: str) -> None:
        """Remember nothing of this person any more; the store is told by ``studio.jobs.forget``."""
        self._seen = {pair for pair in self._seen if pair[0] != owner}


def files_of(connection: Connection, owner: str | None = None) -> set[str]:
    """The files of a person, or of everybody."""
    query = select(belongings.c.file)
    return set(connection.execute(query if owner is None else query.where(belongings.c.owner == owner)).scalars())


def _known(connection: Connection, file: str) -> bool:
    name = PurePosixPath(file).stem
    queries = (
        select(belongings.c.file).where(belongings.c.file == file),
        select(shots.c.id).where(shots.c.record.contains(name, autoescape=True)),
        select(takes.c.id).where(takes.c.record.contains(name, autoescape=True)),
    )
    return any(connection.execute(query).first() is not None for query in queries)


def signing_key(store: Store) -> bytes:
    """The secret with which this studio signs what it gives to browsers: 32 bytes, made once and kept in the store.

    Raises:
        StoreError: the store cannot be read or written.
    """
    query = select(secrets.c.value).where(secrets.c.name == "cookies")
    with store.reading() as connection:
        found = connection.execute(query).scalar_one_or_none()
    if found is None:
        with store.writing() as connection:
            tick(connection)  # from here on nobody else writes
            found = connection.execute(query).scalar_one_or_none()
            if found is None:
                found = token_hex(_KEY)
                connection.execute(insert(secrets).values(name="cookies", value=found))
    with suppress(ValueError):
        key = bytes.fromhex(found)
        if len(key) == _KEY:
            return key
    return sha256(str(found).encode()).digest()  # damaged: what stands there is a secret all the same
