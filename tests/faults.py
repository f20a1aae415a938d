"""Refuse every write of a job in turn, as a full or failing disk does, and look whether anything was lost.

One studio works on; for the nth write of its next job the disk says no, once or until somebody makes room. Then every
take must be made, whole and once, nothing half may lie about, and whoever asked must have been told in words.
``make faults`` refuses every write; the suite some of them.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from studio.jobs.records import Job
from studio.settings import Settings
from studio.workspace import Workspace
from tests.conftest import textured
from tests.endure import check
from tests.job_shots import small_shot, wait_for
from tests.refusals import Refuser, supported

__all__ = ["Faults"]

FULL = 0.6
"""Seconds that the disk stays full: long enough for the worker to meet it again."""
PATIENCE = 300.0
"""Seconds until a job counts as lost: on a busy computer each of its hundred waits for the disk may take long."""
_NAMES = re.compile(r"[0-9A-Za-z_-]{20,}(\.[0-9a-f]{8})?")


class Faults:
    """A studio whose disk can be made to refuse.

    Args:
        folder: an empty one; its data lies in it.
    """

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.workspace = Workspace.open(Settings(data=self.data))
        picture = folder / "picture.png"
        textured().save(picture)
        self.shot = small_shot(self.workspace, picture)
        self.figures = Counter[str]()
        self.met: Counter[str] = Counter()
        environment = {**os.environ, "MOTION_FIRST_DATA": str(self.data)}
        command = [sys.executable, "-m", "studio", "jobs", "work"]
        self.studio = Refuser(self.data, command, env=environment)
        self._seeds = iter(range(2**32))
        self._kept: dict[str, str] = {}
        self.make()  # the first one loads what all need
        self.writes = self.make()
        """How many writes a take needs."""

    def make(self) -> int:
        """Make a take with a willing disk, and say how many writes that took."""
        self.studio.arm(0)
        job = self._queue()
        wait_for(lambda: self._state(job) == "done")
        time.sleep(0.3)  # what the worker tidies up
        return sum(self.studio.seen.values())

    def refuse(self, nth: int, error: int, *, lasting: bool) -> None:
        """Refuse the nth write of the next job, and with `lasting` all that follow until there is room again."""
        self.studio.arm(nth, error, lasting=lasting)
        job = self._queue()
        wait_for(lambda: self.studio.refused or self._state(job) not in ("queued", "running"))
        time.sleep(FULL if lasting else 0.0)
        refused = self.studio.disarm()
        self.figures["writes refused"] += len(refused)
        self.met.update(_NAMES.sub("*", told) for told in refused[:1])
        wait_for(lambda: self._settled(job), PATIENCE, lambda: self._told(job, refused))
        found = self.workspace.jobs.get(job)
        self.figures[f"{found.state} by itself"] += 1
        if found.state != "done":
            assert clear(found), (refused[:1], found.reason)
            self.workspace.jobs.retry(job)
            wait_for(lambda: self._state(job) == "done")
        self.check()

    def check(self) -> None:
        """Everything that was ever asked for is there, as it was."""
        wait_for(lambda: not list((self.data / "previews").iterdir()))
        jobs = self.workspace.jobs.list()
        check(self.workspace, {job.id: job.shot.seed for job in jobs if job.shot})
        found = {path.name: _digest(path / "clip.mp4") for path in (self.data / "takes").iterdir()}
        assert {name: found[name] for name in self._kept} == self._kept
        self._kept = found
        log = self.data / "logs" / "worker-cpu.log"
        assert "Traceback" not in log.read_text(errors="replace"), log.read_text(errors="replace")[-3000:]

    def close(self) -> None:
        """End the studio."""
        self.studio.disarm()
        self.studio.process.terminate()
        self.studio.process.wait(timeout=60)

    def _queue(self) -> str:
        return self.workspace.jobs.add(self.shot.but(seed=next(self._seeds))).id

    def _state(self, job: str) -> str:
        return self.workspace.jobs.get(job).state

    def _told(self, job: str, refused: list[str]) -> str:
        """What is known of a job that does not end."""
        events = [f"{event.kind} {event.text}" for event in self.workspace.jobs.events(job=job)]
        log = (self.data / "logs" / "worker-cpu.log").read_text(errors="replace")
        return f"after {refused}: {self.workspace.jobs.get(job)}, {events}, the worker's log: {log[-2000:]}"

    def _settled(self, job: str) -> bool:
        return self._state(job) not in ("queued", "running")


def clear(job: Job) -> bool:
    """Whether a job says what was wrong with the disk, and what to do."""
    return "Expected" in job.reason and "space" in job.reason


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def each_write(faults: Faults, numbers: Iterable[int], error: int, *, lasting: bool) -> None:
    """Refuse these writes, each in a job of its own."""
    for nth in numbers:
        faults.refuse(nth, error, lasting=lasting)


def main() -> None:
    """The long form, with its figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--step", type=int, default=1, help="refuse every nth write only")
    given = asked.parse_args()
    if reason := supported():
        sys.exit(f"The disk cannot be made to refuse here: {reason}.")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, contextlib.closing(Faults(Path(folder))) as faults:
        writes = faults.writes
        for error, lasting, step in (
            (errno.ENOSPC, True, 1),
            (errno.ENOSPC, False, 2),
            (errno.EIO, False, 2),
            (errno.EDQUOT, True, 5),
            (errno.EACCES, True, 5),
        ):
            name = f"{errno.errorcode[error]}{' until there is room' if lasting else ', once'}"
            numbers = range(1, writes + 1, step * given.step)
            each_write(faults, numbers, error, lasting=lasting)
            sys.stdout.write(f"{len(numbers):6d}  writes of {writes}: {name}\n")
            sys.stdout.flush()
    faults.figures["seconds"] = round(time.monotonic() - began)
    for name, number in (*faults.figures.items(), *faults.met.most_common()):
        sys.stdout.write(f"{number:6d}  {name}\n")
    sys.stdout.write("Every take is there, whole and once; the store is whole; every refusal was told in words.\n")


if __name__ == "__main__":
    main()
