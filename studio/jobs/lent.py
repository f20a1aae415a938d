"""A GPU that is lent for one call at a time (ZeroGPU): the visitor's own request takes up its job and makes it.

There, a worker's process has no GPU; only what runs inside the call that ``spaces.GPU`` decorates has one, and that
call is told beforehand how long it will take. So weights are fetched first, outside of it; inside, a forked process
loads the model and makes the frames, and hands everything back as values: the package passes on an error's name only.
The clip is written out here. Whoever's time is up finds the job interrupted, with the reason; no other job is touched.
"""

from __future__ import annotations

import math
import os
import queue
import secrets
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextvars import copy_context
from functools import lru_cache
from typing import Any

from studio.engines.catalogue import Catalogue
from studio.engines.diffusers.engine import Diffusers
from studio.engines.engine import Availability, Engine, Event, Frame, Listener
from studio.errors import Cancelled, EngineError, StudioError
from studio.jobs.queue import Queue
from studio.jobs.records import Job
from studio.jobs.worker import Orders, Worker
from studio.presets import Profile, load_profiles
from studio.settings import Settings
from studio.shot import Plan, Shot

__all__ = ["Lender"]

_LEAST = 30
"""Seconds that are asked for at least: loading alone takes some."""
_OPENING = 20
"""Seconds on top of the work itself: the process begins, the model is loaded."""

Told = tuple[str, Any]
"""What comes out of the call: ("event", …), ("frame", …) or ("error", …)."""


class Lender:
    """Makes jobs inside lent calls. One for each page.

    Args:
        settings: of the studio.
        decorate: ``spaces.GPU``.
        seconds: how long a shot will take on the lent GPU, at the most.
    """

    def __init__(self, settings: Settings, decorate: Callable[..., Any], seconds: Callable[[Shot], float]) -> None:
        self._settings, self._seconds = settings, seconds
        self._call = decorate(duration=_duration)(_inside)

    def begin(self, jobs: Queue, identity: str) -> None:
        """Take up a job that waits, if it needs the GPU, and make it on a thread of its own.

        The caller's context goes along: the package finds the visitor's request, and so the visitor's quota, in it.

        Raises:
            JobError, StoreError: there is no such job, or the store cannot be read.
        """
        job = jobs.get(identity)
        if job.state != "queued" or job.shot is None:
            return
        borrower = _Borrower(self._settings, self._call, math.ceil(self._seconds(job.shot)))
        if borrower.needs_gpu(job.shot):
            context = copy_context()
            threading.Thread(target=context.run, args=(borrower.make, identity), daemon=True).start()


class _Borrower(Worker):
    """A worker in the page's own process, for one job."""

    def __init__(self, settings: Settings, call: Callable[..., Iterator[Told]], seconds: int) -> None:
        me = secrets.token_hex(8)
        orders = Orders(settings=settings, worker=me, host=socket.gethostname(), device=f"lent-{me}")
        super().__init__(orders, threading.Event())
        self._lending = _Lending(self._catalogue, settings, call, seconds)
        self._catalogue = self._lending  # type: ignore[assignment]

    def needs_gpu(self, shot: Shot) -> bool:
        """Whether this engine runs only where there is a GPU."""
        return bool(self._lending.inner.profile(shot.engine).pipeline)

    def make(self, identity: str) -> None:
        """Take the job up, if it still waits, and make it."""
        self._claims.enlist(self._me, self._orders.host, self._orders.device, os.getpid())
        threading.Thread(target=self._live, daemon=True).start()
        try:
            job = self._claims.claim(self._me, job=identity)
            if job is not None:
                self._work(job)
        finally:
            self._stop.set()
            self._claims.bury([self._me], "The studio stopped while this take was being made.")

    def _starve(self, job: Job, began: float) -> None:
        self._end(job, "failed", "The computer ran out of memory. A smaller size or a shorter clip needs less.", began)

    def _end(self, job: Job, state: str, reason: str, began: float) -> None:
        if self._lending.lost:  # by itself it is not tried again: it would ask for the visitor's quota unasked
            self._insist(lambda: self._claims.end(self._me, job.id, "interrupted", reason, again=False))
            return
        super()._end(job, state, reason, began)


class _Lending:
    """The catalogue as a borrower sees it: each engine is called where the GPU is."""

    def __init__(self, inner: Catalogue, settings: Settings, call: Callable[..., Iterator[Told]], seconds: int) -> None:
        self.inner, self._settings, self._call, self._seconds = inner, settings, call, seconds
        self.lost = False

    def get(self, engine: str) -> Engine:
        found: Engine = self.inner.get(engine)
        return _There(found, self) if isinstance(found, Diffusers) else found

    def made(self, engine: Diffusers, shot: Shot, tier: int) -> Iterator[Told]:
        """What the call gives; where it is broken off from outside, that is said."""
        try:
            yield from self._call(self._settings, engine.profile.id, shot, tier, self._seconds)
        except Exception as error:
            self.lost = True
            words = str(error).strip().rstrip(".") or type(error).__name__
            raise EngineError(
                f"the GPU for {engine.profile.title}",
                words,
                expected=f"that it is lent for {max(_LEAST, self._seconds + _OPENING)} s",
                action="Ask for a shorter or smaller clip, or try again later.",
            ) from error


class _There:
    """An engine whose frames are made inside the lent call."""

    def __init__(self, engine: Diffusers, lending: _Lending) -> None:
        self.profile: Profile = engine.profile
        self._engine, self._lending = engine, lending

    def availability(self) -> Availability:
        return self._engine.availability()

    def plan(self, shot: Shot) -> Plan:
        return self._engine.plan(shot)

    def generate(self, shot: Shot, tell: Listener, tier: int = 0) -> Iterator[Frame]:
        self._engine.bring(tell)  # a download would use the visitor's seconds up
        told = self._lending.made(self._engine, shot, tier)
        try:
            for kind, value in told:
                if kind == "error":
                    raise value
                if kind == "frame":
                    yield value
                else:
                    tell(value)  # raises Cancelled: closing the call stops what runs in it at its next event
        finally:
            told.close()  # type: ignore[attr-defined]

    def release(self, shot: Shot) -> None:
        self._engine.release(shot)

    def unload(self) -> None:
        self._engine.unload()


def _duration(_settings: Settings, _engine: str, _shot: Shot, _tier: int, seconds: int) -> int:
    """For how long the GPU is asked; called with the arguments of the call itself."""
    return max(_LEAST, seconds + _OPENING)


@lru_cache(maxsize=1)
def _catalogue(settings: Settings) -> Catalogue:
    """The engines of the process that has the GPU; it may be called again, and then has its model still."""
    profiles = load_profiles(settings.presets / "engines", settings.profiles)
    latents, compiled = settings.data / "latents", settings.compile  # compiled or not, and why not, is told with a take
    return Catalogue(profiles, settings.models, latents, settings, compiled=compiled)


def _inside(settings: Settings, name: str, shot: Shot, tier: int, _seconds: int) -> Generator[Told]:
    """The lent call: make the frames, and tell everything as values that can cross to the page's process."""
    engine = _catalogue(settings).get(name)
    heard: queue.Queue[Told] = queue.Queue()
    stopped = threading.Event()

    def tell(event: Event) -> None:
        if stopped.is_set():
            raise Cancelled
        heard.put(("event", event))

    def work() -> None:
        try:
            for frame in engine.generate(shot, tell, tier):
                heard.put(("frame", frame))
        except Cancelled:
            pass
        except StudioError as error:
            heard.put(("error", error))
        except Exception as error:  # noqa: BLE001  the package would pass on its name only
            words = f"{type(error).__name__}: {error}"
            failed = EngineError(engine.profile.title, words, expected="frames", action="Report this with its words.")
            heard.put(("error", failed))
        finally:
            heard.put(("end", None))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while (told := heard.get())[0] != "end":
            yield told
    finally:
        stopped.set()
        thread.join()
