"""Where reels are kept: ``reels/<id>/reel.json`` of the data folder, one record each, written whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from studio.errors import InputError, MediaError
from studio.media.whole import refused, whole
from studio.reel import Reel

__all__ = ["ReelStore"]

_ID = re.compile(r"[A-Za-z0-9_-]{16,40}")
_WANTED = "wanted"


class ReelStore:
    """The reels of one person, or of everybody.

    Args:
        data: the data folder.
        owner: whose reels these are; ``None`` sees everybody's.
    """

    def __init__(self, data: Path, owner: str | None = None) -> None:
        self._data, self._folder, self._owner = data, data / "reels", owner

    def of(self, owner: str) -> ReelStore:
        """The same reels as one person sees them: no other's are found among them."""
        return ReelStore(self._data, owner)

    def add(self, reel: Reel) -> Reel:
        """Store a reel that may not be here yet.

        Raises:
            MediaError: the folder cannot be written.
        """
        try:
            (self._folder / reel.id).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(error) from error
        return self.keep(reel)

    def keep(self, reel: Reel) -> Reel:
        """Store a reel that is here as it is now.

        Raises:
            InputError: it was deleted meanwhile; nothing brings it back.
            MediaError: the folder cannot be written.
        """
        home = self._folder / reel.id
        if not home.is_dir():
            raise _absent(reel.id)
        try:
            with whole(home / "reel.json") as part:
                part.write_text(reel.to_json(indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise _refused(error) from error
        return reel

    def get(self, identity: str) -> Reel:
        """The reel with this id.

        Raises:
            InputError: there is none, it is somebody else's, or its record cannot be read.
        """
        path = self._folder / identity / "reel.json"
        if not _ID.fullmatch(identity):
            raise _absent(identity)
        try:
            reel = Reel.from_json(path.read_bytes())
        except OSError as error:
            raise _absent(identity) from error
        if self._owner is not None and reel.owner != self._owner:
            raise _absent(identity)
        return reel

    def list(self) -> tuple[Reel, ...]:
        """The reels, newest first; those whose record cannot be read are passed over."""
        return tuple(sorted(self._readable(), key=lambda reel: reel.created, reverse=True))

    def remove(self, identity: str) -> None:
        """Delete a reel and its joined clip; its takes stay in the library.

        Raises:
            InputError: there is none, or it is somebody else's.
        """
        reel = self.get(identity)
        shutil.rmtree(self._folder / identity, ignore_errors=True)
        if clip := self.clip(reel):
            clip.unlink(missing_ok=True)

    def clip(self, reel: Reel) -> Path | None:
        """Where the joined clip of a reel lies, wherever the data folder is now; ``None`` where it is not there."""
        named = Path(reel.clip)
        found = self._data / "takes" / named.parent.name / named.name
        return found if reel.clip and found.is_file() else None

    def forget(self) -> None:
        """Delete all of these reels."""
        for reel in self.list():
            self.remove(reel.id)

    def mark(self, identity: str) -> None:
        """Say that a reel is wanted: the queue makes it, and goes on with it after the studio was closed.

        Raises:
            InputError: it was deleted meanwhile.
            MediaError: the folder cannot be written.
        """
        try:
            (self._folder / identity / _WANTED).touch()
        except FileNotFoundError as error:
            raise _absent(identity) from error
        except OSError as error:
            raise _refused(error) from error

    def unmark(self, identity: str) -> None:
        """Say that it is not wanted any more; whoever makes it stops."""
        (self._folder / identity / _WANTED).unlink(missing_ok=True)

    def wanted(self, identity: str) -> bool:
        """Whether a reel is wanted. A file of its own says so: who makes it and who stops it write two."""
        return (self._folder / identity / _WANTED).exists()

    def lock(self, identity: str) -> FileLock:
        """Held by whoever makes this reel; it falls open when that process ends, however it ends."""
        return FileLock(self._folder / identity / "lock")

    def _readable(self) -> Iterator[Reel]:
        for path in self._folder.glob("*/reel.json"):
            try:
                yield self.get(path.parent.name)
            except InputError:
                continue


def _absent(identity: str) -> InputError:
    return InputError("the reel", identity, expected="one that is kept here", action="List them with `reel --list`.")


def _refused(error: OSError) -> MediaError:
    return refused("the reel", error, "a data folder", "set MOTION_FIRST_DATA to another")
