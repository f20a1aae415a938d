"""Clean the data folder by age and size: what nobody needs goes, what somebody kept or still waits for stays.

Kept are takes with a star, those of a reel, and what a waiting job or a reel's next shot is made from. Ages are read
off the disk's own times, and clocks jump: ``ages`` says what they are worth.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from sqlalchemy import select

from studio.errors import InputError, JobError, MediaError
from studio.jobs.ages import read_ages, watch
from studio.jobs.fading import fade
from studio.jobs.library import Library
from studio.jobs.schema import aside, jobs, shots, takes
from studio.jobs.store import Store
from studio.media.controls import housed
from studio.record import Record
from studio.reel import Reel
from studio.settings import Settings
from studio.shot import Shot, Take

__all__ = ["Removal", "clean", "remove", "sizes", "survey"]

Kind = Literal["take", "trash", "latents", "unused", "leftover"]

_DAY = 86_400.0
_OLDEST_TRUE = 1_767_225_600.0
"""2026-01-01: a file older than the studio itself was written while the clock was wrong; its age is not known."""
_ROOMS = ("takes", "trash", "stills", "controls", "latents", "uploads", "backups")
_LOOKS = 5
"""Others clean and empty the same folder."""


class Removal(Record):
    """Something that goes.

    Attributes:
        path: as it lies in the data folder; for takes and trash the take's id is the last part.
        why: in words.
    """

    kind: Kind
    path: str
    bytes: int
    why: str


def survey(store: Store, settings: Settings, *, ages: bool = True) -> list[Removal]:
    """Say what would go now; nothing is touched.

    Args:
        ages: judge by age too, not by size alone; it is not where the clock has leapt just now.

    Raises:
        StoreError: the store cannot be read.
        MediaError: the folder changes at every look.
    """
    return list(_House(store, settings, ages).removals())


def remove(store: Store, settings: Settings, removals: Iterable[Removal]) -> list[Removal]:
    """Remove these, and give those that this call removed; a take that got a star or came into a reel meanwhile stays.

    Raises:
        StoreError: the store cannot be written.
    """
    gone, library = [], Library(store, settings.data)
    for removal in removals:
        path = settings.data / removal.path
        if removal.kind in ("take", "trash"):
            with contextlib.suppress(JobError, MediaError):  # another studio was quicker, or holds its clip open
                if removal.kind == "trash" or not _in_a_reel(_read_reels(settings.data), path.name):
                    gone += [removal] * library.delete(path.name, spare_starred=removal.kind == "take")
        elif _deleted(path):
            gone.append(removal)
    return gone


def clean(store: Store, settings: Settings) -> list[Removal]:
    """Survey and remove, unless somebody else is at it, and give what went; the log of old jobs fades besides.

    A studio calls it as often as it likes.

    Raises:
        StoreError, MediaError: as ``survey``.
        OSError: the data folder cannot be written.
    """
    locks = settings.data / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(locks / "cleaning.lock", timeout=0):
            watch(settings.data)
            fade(store, settings)
            return remove(store, settings, survey(store, settings))
    except Timeout:
        return []


def sizes(data: Path) -> dict[str, int]:
    """Bytes by room of the data folder, those that are empty left out."""
    found = {name: _bytes(data / name) for name in _ROOMS}
    return {name: size for name, size in found.items() if size}


@dataclass
class _House:
    """One look at everything that lies in a data folder."""

    store: Store
    settings: Settings
    ages: bool

    def __post_init__(self) -> None:
        self._data, self._now = self.settings.data, time.time()
        self._watched = read_ages(self._data)
        if self._watched is not None and not self._watched.certain:
            self.ages = False
        Library(self.store, self._data).adopt()
        with self.store.reading() as connection:
            query = select(jobs.c.id, jobs.c.shot, jobs.c.state, shots.c.record).join(shots, shots.c.id == jobs.c.shot)
            rows = connection.execute(query.where(jobs.c.state != "done")).all()
            self._takes = connection.execute(select(takes).order_by(takes.c.number)).all()
            self._certain = connection.execute(select(aside.c.number)).first() is None
        self._used: set[str] = set()
        for read, told in ((_shot_of_job, rows), (_shot_of_take, self._takes)):
            for row in told:
                try:
                    self._used |= _files(read(row.record), self._data)
                except InputError:
                    self._certain = False
        self._reels = _read_reels(self._data)
        self._certain = self._certain and None not in self._reels
        for reel in filter(None, self._reels):
            self._used = self._used.union(*(_files(one.shot, self._data) for one in reel.shots))
        self._waiting = {row.shot for row in rows if row.state in ("queued", "running")}
        self._running = {row.id for row in rows if row.state == "running"}

    def removals(self) -> Iterator[Removal]:
        yield from self._removed_takes()
        yield from self._latents()
        if self.ages:
            yield from self._unused()
            yield from self._leftovers()

    def _removed_takes(self) -> Iterator[Removal]:
        """Takes and trash that are too old, then as many of the oldest as are too much, trash first."""
        settings, left = self.settings, list[tuple[Kind, Path]]()
        for row in self._takes:
            kind: Kind = "trash" if row.removed is not None else "take"
            home = Path("trash" if kind == "trash" else "takes") / row.id
            days = settings.keep_trash_days if kind == "trash" else settings.keep_takes_days
            if kind == "take" and (row.starred or _in_a_reel(self._reels, row.id) or self._in_use(home)):
                continue
            if self._older(self._data / home, days):
                yield self._removal(kind, home, f"older than {days:g} days")
            else:
                left.append((kind, home))
        left.sort(key=lambda one: one[0] == "take")
        whole = _bytes(self._data / "takes") + _bytes(self._data / "trash")
        yield from self._too_much(left, settings.keep_takes_gb, whole)

    def _latents(self) -> Iterator[Removal]:
        settings, left = self.settings, list[tuple[Kind, Path]]()
        for path in sorted(_lying(self._data / "latents", "*.safetensors"), key=self._age, reverse=True):
            if path.name.partition("-")[0] in self._waiting:
                continue
            home = path.relative_to(self._data)
            if self._older(path, settings.keep_latents_days):
                yield self._removal("latents", home, f"older than {settings.keep_latents_days:g} days")
            else:
                left.append(("latents", home))
        yield from self._too_much(left, settings.keep_latents_gb, _bytes(self._data / "latents"))

    def _unused(self) -> Iterator[Removal]:
        """Stills, paintings and clips to go on from that no take and no job needs any more."""
        if not self._certain:  # a damaged record may need any of them
            return
        days = self.settings.keep_unused_days
        for folder in ("stills", "controls"):
            for path in _lying(self._data / folder, "[!.]*"):
                home = path.relative_to(self._data)
                names = {home.as_posix(), home.with_suffix(".png").as_posix()}  # a thumbnail goes with its picture
                if names.isdisjoint(self._used) and self._older(path, days):
                    yield self._removal("unused", home, f"used by nothing for {days:g} days")
        for path in _lying(self._data / "takes", "*/beside-*.mp4"):
            if self._older(path, days):
                yield self._removal(
                    "unused", path.relative_to(self._data), "a comparison; it is made again when asked for"
                )

    def _leftovers(self) -> Iterator[Removal]:
        """What broken-off work left, and what was uploaded and is kept elsewhere by now."""
        known = {row.id for row in self._takes}
        looks: tuple[tuple[str, Callable[[Path], bool]], ...] = (
            ("**/.*.part", lambda _: True),
            ("scratch/*", lambda path: path.name.split(".")[0] not in self._running),
            ("previews/*", lambda path: path.name not in self._running),
            ("uploads/*", lambda _: True),
            ("trash/*", lambda path: path.name not in known),
        )
        for pattern, free in looks:
            for path in _lying(self._data, pattern):
                if free(path) and self._older(path, 1.0):
                    yield self._removal("leftover", path.relative_to(self._data), "left over for more than a day")

    def _too_much(self, left: list[tuple[Kind, Path]], gigabytes: float, whole: int) -> Iterator[Removal]:
        over = whole - gigabytes * 1e9 if gigabytes else 0.0
        for kind, home in left:
            if over <= 0:
                return
            removal = self._removal(kind, home, f"more than {gigabytes:g} GB")
            over -= removal.bytes
            yield removal

    def _in_use(self, home: Path) -> bool:
        """Whether a waiting job is made from a file of this take."""
        return any(name.startswith(f"{home.as_posix()}/") for name in self._used)

    def _older(self, path: Path, days: float) -> bool:
        return self.ages and days > 0 and self._age(path) > days * _DAY

    def _age(self, path: Path) -> float:
        """Seconds since it was last changed; 0 where that cannot be said."""
        stamp = _time(path)
        if not stamp:
            return 0.0
        if self._watched is not None:
            return self._watched.age(stamp)
        return self._now - stamp if stamp > _OLDEST_TRUE else 0.0

    def _removal(self, kind: Kind, home: Path, why: str) -> Removal:
        return Removal(kind=kind, path=home.as_posix(), bytes=_bytes(self._data / home), why=why)


def _read_reels(data: Path) -> list[Reel | None]:
    """Every reel; ``None`` for one that cannot be read."""
    found: list[Reel | None] = []
    for path in _lying(data, "reels/*/reel.json"):
        try:
            found.append(Reel.from_json(path.read_text(encoding="utf-8")))
        except FileNotFoundError:  # its owner threw it away
            continue
        except (InputError, OSError, UnicodeDecodeError):
            found.append(None)
    return found


def _in_a_reel(reels: Iterable[Reel | None], take: str) -> bool:
    """Whether a reel holds this take, as one that cannot be read may."""
    return any(reel is None or any(one.take == take for one in reel.shots) for reel in reels)


def _deleted(path: Path) -> bool:
    """Delete a file or a folder; whether it was this call that did so."""
    try:
        if path.is_dir():
            doomed = path.with_name(f".{secrets.token_hex(8)}.part")  # one step: nobody else finds half of it
            path.rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
        else:
            path.unlink()
    except OSError:
        return False
    return True


def _shot_of_job(record: str) -> Shot:
    return Shot.from_json(record)


def _shot_of_take(record: str) -> Shot:
    return Take.from_json(record).shot


def _files(shot: Shot, data: Path) -> set[str]:
    """The still and the controls of a shot, as they are named in the data folder, and as its record names them."""
    paths = [shot.still.path, *(control.path for control in shot.controls)]
    inside = {Path(path).relative_to(data).as_posix() for path in paths if Path(path).is_relative_to(data)}
    kept = housed(shot, Path())
    return inside | {Path(path).as_posix() for path in (kept.still.path, *(control.path for control in kept.controls))}


def _time(path: Path) -> float:
    """When it was last changed; 0 where that cannot be said."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _lying(folder: Path, pattern: str) -> list[Path]:
    """What lies there by this pattern; looked for again where a folder was taken away meanwhile.

    Raises:
        MediaError: one is taken away at every look. What a reel needs might be missed, so nothing is known then.
    """
    for _ in range(_LOOKS):
        with contextlib.suppress(FileNotFoundError):
            return sorted(folder.glob(pattern))
    raise MediaError(
        f"the folder {folder.name}",
        "changes while it is looked at",
        expected="one that rests for a moment",
        action="Clean again.",
    )


def _bytes(path: Path) -> int:
    total = 0
    for file in [path, *(Path(at) / name for at, _, names in os.walk(path) for name in names)]:
        with contextlib.suppress(OSError):
            if file.is_file():
                total += file.stat().st_size
    return total
