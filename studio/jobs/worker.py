"""A worker: a process of its own that makes queued shots into takes, one after another, on one device.

Started by ``crew`` as ``python -m studio.jobs.worker``. Its orders come as one line of JSON on standard input, which
then stays open: when it closes, the studio is gone, and the worker gives its job back within one step and ends. A lock
on a file, which the system lets go however the process ends, keeps it at one worker for each device of a data folder,
whatever number of studios is open on it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from studio.engines.catalogue import Catalogue
from studio.engines.engine import Download, Event, Note, Preview, StageStarted, Step
from studio.errors import Cancelled, DiskError, JobError, StoreError, StudioError
from studio.jobs.acknowledged import Acknowledged
from studio.jobs.claims import Claims
from studio.jobs.cleaning import clean
from studio.jobs.make import clear_scratch, keep_take, preview_path
from studio.jobs.records import Job, Progress
from studio.jobs.room import Patience
from studio.jobs.store import Store, now
from studio.media.clips import poster
from studio.presets import load_profiles
from studio.record import Record
from studio.settings import Settings
from studio.zero import on_zero_gpu

__all__ = ["OUT_OF_MEMORY", "Orders", "main"]

OUT_OF_MEMORY = 77
"""The exit status that says so; the process ends with it, for its memory is not to be trusted any more."""

_LOOK = 0.25
"""Seconds between two looks at the store: how soon a new job begins, a cancel is heard and progress is told."""
_GRACE = 10.0
"""Seconds that a step may take when the studio has closed; then the process ends at once."""
_TIDY = 3600.0
"""Seconds after which the folder is cleaned again, and the clock looked at."""
_NICE = 10
"""The page stays quick beside the work."""
_DIED = "The studio was stopped while this take was being made."


class Orders(Record):
    """What a worker is told when it starts.

    Attributes:
        worker: its id, new for every process.
        until_empty: end when nothing waits any more.
    """

    settings: Settings
    worker: str
    host: str
    device: str
    until_empty: bool = False


class Worker:
    """One worker at its work.

    Args:
        orders: what it was told.
        stop: set when the studio is gone.
    """

    def __init__(self, orders: Orders, stop: threading.Event) -> None:
        settings = orders.settings
        self._orders, self._stop = orders, stop
        self._takes = settings.data / "takes"
        profiles = load_profiles(settings.presets / "engines", settings.profiles)
        self._store = Store.open(settings.data, settings.store)
        terms = Acknowledged(lambda: self._store, settings.models)
        self._catalogue = Catalogue(
            profiles, settings.models, settings.data / "latents", settings, terms.check, settings.compile
        )
        self._claims = Claims(self._store, self._takes)
        self._patience = Patience(settings)
        self._me = orders.worker
        ours = {name for name, profile in profiles.items() if profile.kind == "sketch"}
        self._only = ours if on_zero_gpu() else None  # there, only a visitor's own request gets a GPU

    def run(self) -> None:
        """Take up jobs until the studio is gone. Call it only while holding the device's lock."""
        self._claims.bury(self._claims.others(self._orders.host, self._orders.device, self._me), _DIED)
        self._claims.enlist(self._me, self._orders.host, self._orders.device, os.getpid())
        threading.Thread(target=self._live, daemon=True).start()
        idle: float | None = None
        untidy, tidied = True, time.monotonic()
        while not self._stop.is_set():
            try:
                self._patience.holding = False
                job = self._claims.claim(self._me, self._patience.allows, only=self._only)
                if job is not None:
                    self._work(job)
                    idle, untidy = time.monotonic(), True
                elif self._orders.until_empty and not self._patience.holding:
                    return
            except StoreError:
                job = None  # a full disk: look again; what was being made is settled by who starts next
            if (job is None and untidy) or time.monotonic() - tidied > _TIDY:
                self._tidy()
                untidy, tidied = False, time.monotonic()
            if job is None:
                idle = self._rest(idle)
                self._stop.wait(_LOOK)

    def _tidy(self) -> None:
        """Clean by the settings' limits: at the start, when the jobs are done, and every hour, busy or not."""
        with contextlib.suppress(StudioError, OSError):  # tried again later
            clean(self._store, self._orders.settings)

    def _rest(self, idle: float | None) -> float | None:
        """Nothing waits: models stay warm for the next take, but not for ever. `idle`: since when; None: all is given
        back.
        """
        if idle is None or time.monotonic() - idle < self._orders.settings.warm_minutes * 60:
            return idle
        self._catalogue.unload()
        return None

    def _live(self) -> None:
        while not self._stop.wait(1.0):
            try:
                self._claims.beat(self._me)
            except StoreError:
                continue  # the next beat may get through

    def _work(self, job: Job) -> None:
        assert job.shot is not None, "claim() gives readable jobs"
        reporter = _Reporter(self._claims, self._me, job.id, preview_path(self._takes, job.id), self._stop)
        began = time.monotonic()
        try:
            with reporter:
                engine = self._catalogue.get(job.shot.engine)
                take = keep_take(engine, job.shot, reporter, self._takes, job.id, job.tier)
            self._patience.kept()
            self._insist(lambda: self._claims.finish(self._me, take))
            if not self._claims.known(job.id):  # its owner asked to be forgotten in this very moment
                shutil.rmtree(self._takes / job.id, ignore_errors=True)
        except Cancelled:
            if reporter.asked:
                self._end(job, "cancelled", "Cancelled.", began)
            elif not reporter.lost:
                self._insist(lambda: self._claims.give_back(self._me, job.id))
        except MemoryError:
            self._starve(job, began)
        except DiskError as error:  # it would refuse the next one too: none is lost for that
            reason = self._patience.refused(str(error.value))
            self._insist(lambda: self._claims.give_back(self._me, job.id, reason))
        except StudioError as error:
            self._end(job, "failed", str(error)[:1].upper() + str(error)[1:], began)
        finally:
            if not reporter.lost or not self._claims.known(job.id):  # else they are another worker's by now
                clear_scratch(self._takes, {job.id})

    def _starve(self, job: Job, began: float) -> None:  # noqa: ARG002 - a worker in the page's process needs them
        """The memory did not suffice, and is not to be trusted any more."""
        os._exit(OUT_OF_MEMORY)

    def _end(self, job: Job, state: str, reason: str, began: float) -> None:
        spent = round(time.monotonic() - began, 3)
        self._insist(lambda: self._claims.end(self._me, job.id, state, reason, spent))

    def _insist(self, say: Callable[[], None]) -> None:
        """Say it until the store has heard: a full disk or a busy one passes. A job that was lost needs no word."""
        told = ""
        while True:
            try:
                say()
                return
            except JobError:
                return
            except StoreError as error:
                if str(error) != told:  # the log says what it waits for, once
                    told = str(error)
                    with contextlib.suppress(OSError):  # it may lie on the same full disk
                        os.write(2, f"{now()} {told}\n".encode())
                if self._stop.wait(1.0):
                    return  # whoever starts next finds the take, or the job still running, and settles it


class _Reporter:
    """Hears the engine and tells the store, without making the engine wait for the disk.

    The engine's thread only leaves its news here; another one writes them down a few times a second and looks whether
    somebody asked to cancel. The engine's next report then raises ``Cancelled``.
    """

    def __init__(self, claims: Claims, worker: str, job: str, preview: Path, stop: threading.Event) -> None:
        self._claims, self._worker, self._job, self._stop = claims, worker, job, stop
        self._preview_path = preview
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._report, daemon=True)
        self._began = time.monotonic()
        self._progress = self._told = Progress()
        self._news: list[tuple[str, str]] = []
        self._preview: Preview | None = None
        self.asked = self.lost = False

    def __enter__(self) -> _Reporter:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        if not self.lost:
            with contextlib.suppress(StudioError, OSError):
                self._tell()

    def __call__(self, event: Event) -> None:
        """Hear one event of the engine."""
        if self.asked or self.lost or self._stop.is_set():
            raise Cancelled
        with self._lock:
            if isinstance(event, StageStarted):
                self._progress = self._progress.but(stage=event.stage, detail=event.detail, done=0, total=0)
                self._news.append(("stage", event.stage))
            elif isinstance(event, Step):
                self._progress = self._progress.but(stage=event.stage, done=event.done, total=event.total)
            elif isinstance(event, Download):
                self._progress = self._progress.but(detail=_downloaded(event), done=0, total=0)
            elif isinstance(event, Preview):
                self._preview = event
            elif isinstance(event, Note):
                self._news.append(("note", event.text))

    def _report(self) -> None:
        while not self._ended.wait(_LOOK):
            try:
                self.asked = self._claims.cancelling(self._worker, self._job)
                self._tell()
            except JobError:
                self.lost = True
                return
            except (StudioError, OSError):
                continue  # progress that cannot be written is told later; the work does not wait for it

    def _tell(self) -> None:
        with self._lock:
            preview, self._preview = self._preview, None
            progress, news = self._progress, tuple(self._news)
        if preview is not None:
            self._preview_path.parent.mkdir(parents=True, exist_ok=True)
            poster(preview.frame, self._preview_path)
            progress = progress.but(preview=progress.preview + 1, time=preview.time)
            with self._lock:
                self._progress = self._progress.but(preview=progress.preview, time=progress.time)
        if progress != self._told or news:
            elapsed = round(time.monotonic() - self._began, 1)
            self._claims.tell(self._worker, self._job, progress.but(elapsed=elapsed), news)
            self._told = progress
            with self._lock:
                del self._news[: len(news)]


def _downloaded(event: Download) -> str:
    """How much of a model has come, in words."""
    whole = f" of {event.total / 1e9:.1f}" if event.total else ""
    return f"Downloading the model, once: {event.done / 1e9:.1f}{whole} GB"


def main() -> int:
    """Read the orders, wait for the device, work; the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the studio says when to stop
    orders = Orders.from_json(sys.stdin.readline())
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=_await_end, args=(stop,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    if orders.device != "cpu":
        os.environ["CUDA_VISIBLE_DEVICES"] = orders.device.removeprefix("cuda:")
    locks = orders.settings.data / "locks"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        while not stop.is_set():
            try:
                with FileLock(locks / f"worker-{orders.device.replace(':', '-')}.lock", timeout=0.5):
                    Worker(orders, stop).run()
                    return 0
            except Timeout:
                continue  # another studio's worker has this device; take over when it ends
        return 0
    except (StudioError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _await_end(stop: threading.Event) -> None:
    """Return never: standard input closes when the studio ends, however it ends."""
    while os.read(0, 4096):  # not through sys.stdin: Python could not end while a thread waits in it
        continue
    stop.set()
    time.sleep(_GRACE)
    os._exit(0)  # a step that takes longer: the job is settled by who starts next


if __name__ == "__main__":
    sys.exit(main())
