"""What is told of jobs: the job itself, how far it is, and what happened to it."""

from __future__ import annotations

from typing import Literal, get_args

from studio.record import Record
from studio.shot import Shot, Take

__all__ = [
    "LOCAL",
    "STATES",
    "Acknowledgement",
    "Estimate",
    "Happening",
    "Job",
    "KeptTake",
    "Listed",
    "Page",
    "Progress",
    "State",
]

State = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]
STATES: tuple[State, ...] = get_args(State)

LOCAL = "local"
"""Whose jobs they are where there is one person: at the command line, and for whoever uses the library."""


class Progress(Record):
    """How far a running job is.

    Attributes:
        preview: raised with every new preview picture; 0 while there is none.
        time: the place of that picture in the clip, in seconds.
        elapsed: seconds since the job was taken up.
    """

    stage: str = ""
    detail: str = ""
    done: int = 0
    total: int = 0
    elapsed: float = 0.0
    preview: int = 0
    time: float = 0.0


class Job(Record):
    """One shot to be made into one take. The take has the job's own id, so a job never makes two.

    Attributes:
        number: short, for people; given out in order.
        shot: ``None`` where its record can no longer be read; ``reason`` then says so.
        place: its place in the queue, from 1; 0 when it is not queued.
        attempts: how often a worker has taken it up.
        cancelling: the person asked to stop, and the worker has not yet.
        reason: why it is in this state, in plain words.
        spent: seconds of work so far, in all attempts, those that came to nothing too: what it has cost.
        origin: the id of the job that this one repeats.
        tier: how many tiers of memory its next attempt begins below the best; one more for each that crashed.
    """

    id: str
    number: int
    state: State
    shot: Shot | None
    owner: str
    place: int = 0
    attempts: int = 0
    cancelling: bool = False
    reason: str = ""
    progress: Progress = Progress()
    spent: float = 0.0
    origin: str = ""
    created: str = ""
    tier: int = 0

    @property
    def over(self) -> bool:
        """Nothing more happens to it by itself."""
        return self.state not in ("queued", "running")


class Happening(Record):
    """One thing that happened to a job. Numbers rise in the order of what happened; ``at`` is only for people.

    Attributes:
        kind: ``state`` (it changed), ``stage`` (a stage began), ``note`` (the engine said something), ``asked`` (the
            person asked to cancel), ``edited``, ``moved``.
        state: the job's state after it.
    """

    number: int
    job: str
    kind: Literal["state", "stage", "note", "asked", "edited", "moved"]
    state: State
    text: str = ""
    at: str = ""


class Estimate(Record):
    """What a shot will cost here.

    Attributes:
        seconds, low, high: seconds of work, with the range in which eight of ten past jobs lay.
        wait: seconds until it can begin, as far as the queue before it tells.
        learned: how many past jobs it was learned from; 0: only the engine's own guess.
        loading: seconds of it that go into loading the engine; 0: it lies in memory, or nothing is known of it.
    """

    seconds: float
    low: float
    high: float
    wait: float = 0.0
    ahead: int = 0
    learned: int = 0
    loading: float = 0.0


class KeptTake(Record):
    """A take as the library keeps it.

    Attributes:
        missing: its clip is gone from the disk; the shot is still here and can be made again.
        removed: it lies in the trash and can be brought back.
    """

    take: Take
    number: int
    owner: str
    starred: bool = False
    note: str = ""
    missing: bool = False
    removed: bool = False


class Acknowledgement(Record):
    """Somebody read and accepted the terms of an engine.

    Attributes:
        terms: their digest; asked again only when it changes.
        revision: of the weights at that time.
        owner: who; empty where they asked to be forgotten.
    """

    engine: str
    terms: str
    revision: str
    owner: str
    at: str


class Listed(Record):
    """A take as it stands in a person's list.

    Attributes:
        nth: which of this person's takes it is, from 1, in the order in which they were made.
        before: the take that was made before it, to tell what is different; ``None`` for the first one.
    """

    kept: KeptTake
    nth: int
    before: Take | None = None


class Page(Record):
    """A part of a list of takes, newest first.

    Attributes:
        after: the number to ask the next page with; ``None``: this is the last one.
    """

    takes: tuple[Listed, ...] = ()
    after: int | None = None
