"""What an engine is: a plan that costs nothing, frames that come one by one, and one stream of events.

``generate`` reports through a single listener, as samplers report through a callback: the page, the command line
and the tests read the same events. To cancel, the listener raises ``Cancelled``; an engine lets it pass and leaves
nothing behind. Engines call the listener often enough that a cancel takes effect within one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from studio.media.planes import Picture
from studio.media.sound import Sound
from studio.presets import Profile
from studio.shot import Plan, Record, Shot, Stage

__all__ = [
    "Availability",
    "Cost",
    "Download",
    "Engine",
    "Event",
    "Filming",
    "Frame",
    "Listener",
    "Note",
    "Preview",
    "Sound",
    "StageStarted",
    "Step",
    "Used",
    "film",
]

Frame = NDArray[np.uint8]
"""One picture of the clip: height × width × 3, RGB, 8 bits."""


class StageStarted(Record):
    """A stage begins. ``detail`` says in plain words what happens in it."""

    stage: Stage
    detail: str = ""


class Step(Record):
    """So much of a stage is done."""

    stage: Stage
    done: int
    total: int


@dataclass(frozen=True)
class Preview:
    """A small picture of what is coming; ``time`` is its place in the clip in seconds."""

    frame: Frame
    time: float


class Note(Record):
    """Something the person should know about this take."""

    text: str


class Download(Record):
    """So many bytes of a model have come; a total of 0 is not known yet."""

    done: int
    total: int


class Used(Record):
    """What a take took at most: gigabytes of memory, and how the weights lay in it."""

    memory: float
    placement: str


Event = StageStarted | Step | Preview | Note | Download | Sound | Used
"""A ``Sound`` is told before the frames that it belongs to."""
Listener = Callable[[Event], None]


class Availability(Record):
    """Whether an engine can run here, and if not, why and what would help; ``slow``: it can, but without a GPU."""

    ready: bool
    slow: bool = False
    reason: str = ""
    remedy: str = ""


class Cost(Record):
    """What a plan will take of this machine, by the engine's own figures: a guess, replaced by what past takes took.

    Attributes:
        memory: gigabytes, from and to; zeros: not known.
        where: of what it is memory.  how: how the weights lie in it.  placement: the same by its name.
        learned: how many past takes it was measured on; 0: by the engine's figures.
    """

    seconds: float = 0.0
    memory: tuple[float, float] = (0.0, 0.0)
    where: str = ""
    how: str = ""
    placement: str = ""
    learned: int = 0


class Engine(Protocol):
    """What every engine can do."""

    profile: Profile

    def availability(self) -> Availability:
        """Say whether this engine can run on this machine, without loading it."""
        ...

    def plan(self, shot: Shot) -> Plan:
        """Say what would really be made of the shot. Pure: no weights, no files.

        Raises:
            ShotError: the shot asks for what this engine cannot make.
        """
        ...

    def generate(self, shot: Shot, tell: Listener, tier: int = 0) -> Iterator[Frame]:
        """Make the frames of the shot, as many and as large as the plan says, reporting to `tell`.

        Args:
            tier: how many tiers of memory to begin below the best: earlier attempts at this shot wanted too much.

        Raises:
            EngineError: the engine failed; the message says what to do.
            Cancelled: raised by `tell`, passed on.
        """
        ...

    def release(self, shot: Shot) -> None:
        """The take of this shot lies on the disk: what was kept for another attempt can go."""
        ...

    def unload(self) -> None:
        """Give back the memory that is held for the next take."""
        ...


@runtime_checkable
class Filming(Protocol):
    """What an engine can do besides that draws for the encoder in less time than frames take."""

    def film(self, shot: Shot, tell: Listener, tier: int = 0) -> Iterator[Picture]:
        """As ``generate``, some or all frames as planes."""
        ...


def film(engine: Engine, shot: Shot, tell: Listener, tier: int = 0) -> Iterator[Picture]:
    """Make the frames of a shot for the encoder.

    Raises:
        As ``Engine.generate``.
    """
    return engine.film(shot, tell, tier) if isinstance(engine, Filming) else engine.generate(shot, tell, tier)
