"""Whether the disk has room for the next take; while it has not, the queue waits instead of failing job after job.

Looking costs one question to the file system. A disk may refuse all the same (a quota, another program that was
quicker): then the job goes back to its place, and the worker asks the disk itself before it tries again, each time
after a longer pause.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from studio.jobs.queue import serving_order
from studio.jobs.records import Job
from studio.jobs.schema import jobs
from studio.jobs.store import Store
from studio.record import Record
from studio.settings import Settings

__all__ = ["Hold", "Patience", "find_hold", "lacking", "was_held"]

_CLIP = 600_000
"""Bytes for each megapixel of all frames: 300 kB of grainy film at the quality of ``write_clip``, which is written
twice before it is whole (measured; sketch's clips take a tenth and less)."""
_LATENTS = 150_000
"""Bytes for each megapixel of all frames: 32 channels of float32 in each 16 × 16 × 4 pixels, and a little more."""
_SHORTEST, _LONGEST = 1.0, 300.0
"""Seconds until a disk that refused is tried again: twice as long each time."""

_GOES_ON = "It goes on by itself when there is room."


class Hold(Record):
    """Why the queue waits.

    Attributes:
        folder: the data folder.
        free, needed: bytes; ``needed`` 0: the folder cannot be written at all.
    """

    folder: str
    free: int
    needed: int = 0

    @property
    def found(self) -> str:
        """What is the matter, as whoever does not run this computer may know it."""
        if not self.needed:
            return "The studio's folder cannot be written."
        return f"The studio's disk is full: {_size(self.free)} free, the next take may need {_size(self.needed)}."

    @property
    def words(self) -> str:
        """The same for whoever runs it, with the folder and what to do."""
        if not self.needed:
            return (
                f"The queue waits: {self.folder} cannot be written. Allow writing there, or set MOTION_FIRST_DATA to "
                "another folder. It goes on by itself."
            )
        return (
            f"The queue waits: the disk of {self.folder} is full ({_size(self.free)} free, the next take may need "
            f"{_size(self.needed)}). Free some space; `python -m studio doctor --clean` removes what is not kept. "
            "It goes on by itself."
        )


def lacking(settings: Settings, work: float) -> Hold | None:
    """What a job of so much work (megapixels of all frames) lacks; ``None``: it can begin."""
    data = settings.data
    try:
        free = shutil.disk_usage(data).free
    except OSError:
        return Hold(folder=str(data), free=0)
    if not os.access(data, os.W_OK):
        return Hold(folder=str(data), free=free)
    needed = int(work * (_CLIP + _LATENTS) + settings.keep_free_gb * 1e9)
    return Hold(folder=str(data), free=free, needed=needed) if free < needed else None


def find_hold(store: Store, settings: Settings) -> Hold | None:
    """Why nothing can be made just now although something waits or was begun; ``None``: all is well.

    Raises:
        StoreError: the store cannot be read.
    """
    with store.reading() as connection:
        order = serving_order(connection)
        next_one = jobs.c.id == order[0] if order else jobs.c.state == "running"
        work = connection.execute(select(jobs.c.work).where(next_one)).scalars().first()
    if work is None:
        return None
    return lacking(settings, work if order else 0.0)


def was_held(job: Job) -> bool:
    """Whether this job waits because the disk refused to keep it."""
    return job.state == "queued" and job.reason.endswith(_GOES_ON)


class Patience:
    """When a worker may begin its next job.

    Args:
        settings: the data folder, and how much of its disk shall stay free.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pause = self._until = 0.0
        self._free = 0
        self.holding = False
        """Whether the last job that was looked at has to wait."""

    def allows(self, work: float) -> bool:
        """Whether the disk has room for a job of so much work, as far as can be told now."""
        self.holding = lacking(self._settings, work) is not None or not self._takes_again(work)
        return not self.holding

    def refused(self, why: str) -> str:
        """The disk has refused what was being made; gives the reason to keep with the job."""
        self._pause = min(_LONGEST, max(_SHORTEST, self._pause * 2))
        self._until = time.monotonic() + self._pause
        self._free = _free(self._settings.data)
        return f"The studio's disk did not take it ({why}). {_GOES_ON}"

    def kept(self) -> None:
        """A take was kept: the disk is well."""
        self._pause = self._until = 0.0

    def _takes_again(self, work: float) -> bool:
        """After a refusal: whether the pause is over, or room was made, and the disk really takes as much."""
        if not self._until:
            return True
        size = int(work * _CLIP) + 1
        if time.monotonic() < self._until and _free(self._settings.data) - self._free < size:
            return False
        if not _takes(self._settings.data, size):
            self.refused("")
            return False
        self._until = 0.0
        return True


def _takes(folder: Path, size: int) -> bool:
    """Whether the disk gives so many bytes to a file, quotas and all; the file is gone afterwards."""
    with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=folder) as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        file.write(b"x" * 4096)
        file.flush()
        os.fsync(file.fileno())
        return True
    return False


def _free(folder: Path) -> int:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free
    return 0


def _size(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
