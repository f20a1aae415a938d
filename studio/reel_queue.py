"""Reels through the queue: their shots are jobs like any other, one after another, and the last one joins the clip.

Nothing is lost with a closed tab or a killed studio: a reel that is wanted is marked so beside its record, and the
studio that opens next goes on with it. Two studios on one folder never make the same reel: whoever makes it holds its
lock, and the other takes over when that falls open.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import Timeout

from studio.errors import Cancelled, EngineError, JobError, StoreError, StudioError
from studio.identity import new_identity
from studio.jobs.queue import Queue
from studio.jobs.records import Job
from studio.jobs.reel_store import ReelStore
from studio.reel import Reel
from studio.reels import Reels
from studio.shot import Shot, Take
from studio.workspace import Workspace

__all__ = ["Queued", "ReelQueue"]

_LOOK = 0.5
"""Seconds between two looks at a job."""
_MOST = 4
"""Reels of one person that are made at a time."""


class Queued:
    """Makes the shots of a reel through the queue, as jobs of the person whose reel it is.

    Args:
        queue: that person's queue.
        wanted: whether the reel is still wanted; once it is not, the job that is being made is cancelled.
        closing: set when the studio closes; its jobs stay where they are.
    """

    def __init__(
        self, workspace: Workspace, queue: Queue, wanted: Callable[[], bool], closing: threading.Event
    ) -> None:
        self._workspace, self._queue, self._wanted, self._closing = workspace, queue, wanted, closing

    def begin(self, shot: Shot, take: str) -> str:
        """The id under which this very shot was begun before, while its job or take is there; else a new one."""
        job = self._found(take)
        if job is None:
            return take or new_identity()
        same = job.shot is not None and job.shot.digest == shot.digest
        kept = job.state != "done" or self._workspace.library.has(take)
        return take if same and kept else new_identity()

    def finish(self, shot: Shot, take: str) -> Take:
        """Queue it where it is not queued yet, and wait until it is over."""
        job = self._found(take) or self._queue.add(shot, identity=take)
        if job.over and job.state != "done":
            job = self._queue.retry(take)
        while not job.over:
            if self._closing.wait(_LOOK):
                raise Cancelled
            if not self._wanted():
                with contextlib.suppress(JobError):  # it is over already
                    self._queue.cancel(take)
                raise Cancelled
            with contextlib.suppress(StoreError):  # a busy or a full disk: looked at again in a moment
                job = self._queue.get(take)
        if not self._wanted():  # that is why it was cancelled
            raise Cancelled
        if job.state != "done":
            raise EngineError(
                f"job {job.number}, which is {job.state}", job.reason or None, expected="a take of it",
                action="Mend what it says, then go on with the reel.",
            )  # fmt: skip
        return self._workspace.load_take(take)

    def _found(self, take: str) -> Job | None:
        try:
            return self._queue.get(take) if take else None
        except JobError:
            return None


class ReelQueue:
    """The reels that are being made in this studio, each in a thread of its own that mostly waits.

    Args:
        workspace: where they are kept, queued and made.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._reels = workspace, Reels(workspace)
        self._closing = threading.Event()
        self._threads: dict[str, threading.Thread] = {}
        self._changing = threading.Lock()

    @property
    def kept(self) -> ReelStore:
        """Where reels are kept."""
        return self._reels.kept

    def start(self) -> None:
        """Go on with every reel that was wanted when the last studio was closed."""
        self._closing.clear()
        for reel in self.kept.list():
            if self.kept.wanted(reel.id):
                self._begin(reel)

    def make(self, reel: Reel) -> Reel:
        """Make a reel, or go on with it, in the background; gives it as it was planned.

        Raises:
            ShotError: it cannot be made so; nothing is kept then.
            JobError: this person has too many reels being made.
            MediaError: it cannot be kept.
        """
        planned, _ = self._reels.plan(reel)
        others = [one for one in self.kept.of(reel.owner).list() if one.id != reel.id and self.kept.wanted(one.id)]
        if len(others) >= _MOST:
            raise JobError(
                "the reels", f"{len(others)} of yours are being made", expected=f"at most {_MOST} at a time",
                action="Wait for one, or stop one.",
            )  # fmt: skip
        planned = self.kept.add(planned.but(clip="", trouble=""))
        self.kept.mark(planned.id)
        self._begin(planned)
        return planned

    def stop(self, identity: str) -> None:
        """Stop a reel within a moment; what was made stays, and ``make`` goes on with it.

        Raises:
            InputError: there is no such reel.
        """
        reel = self.kept.get(identity)
        self.kept.unmark(identity)
        for one in reel.shots:  # at once, for nobody may be there to hear that it is not wanted
            with contextlib.suppress(JobError):  # not queued yet, or over already
                self._queue_of(reel).cancel(one.take)
        with self._changing:
            thread = self._threads.get(identity)
        if thread:
            thread.join(timeout=5)  # so that it can be made again at once

    def close(self) -> None:
        """Leave every reel where it is; the next studio goes on with it. Its jobs stay in the queue."""
        self._closing.set()
        with self._changing:
            threads = list(self._threads.values())
        for thread in threads:
            thread.join(timeout=10)

    def _begin(self, reel: Reel) -> None:
        with self._changing:
            if reel.id in self._threads:
                return
            named = f"reel-{reel.id[:6]}"
            thread = self._threads[reel.id] = threading.Thread(target=self._run, args=(reel,), name=named, daemon=True)
        thread.start()

    def _run(self, reel: Reel) -> None:
        maker = Queued(self._workspace, self._queue_of(reel), lambda: self.kept.wanted(reel.id), self._closing)
        try:
            with contextlib.suppress(Cancelled), self._held(reel.id):
                self._make(reel.id, maker)
        finally:
            with self._changing:
                self._threads.pop(reel.id, None)

    def _make(self, identity: str, maker: Queued) -> None:
        if not self.kept.wanted(identity):  # whoever made it before has ended it
            return
        try:
            self._reels.make(self.kept.get(identity), maker)
        except Cancelled:
            raise
        except StudioError as error:
            with contextlib.suppress(StudioError):  # it was deleted, or the disk is full
                self.kept.keep(self.kept.get(identity).but(trouble=str(error)))
        self.kept.unmark(identity)

    def _queue_of(self, reel: Reel) -> Queue:
        return self._workspace.jobs.of(reel.owner) if reel.owner else self._workspace.jobs

    @contextmanager
    def _held(self, identity: str) -> Iterator[None]:
        """Hold the reel's lock; wait for it as long as the studio is open and the reel is wanted."""
        lock = self.kept.lock(identity)
        while True:
            try:
                lock.acquire(timeout=_LOOK)
                break
            except Timeout:
                if self._closing.is_set() or not self.kept.wanted(identity):
                    raise Cancelled from None
        try:
            yield
        finally:
            lock.release()
