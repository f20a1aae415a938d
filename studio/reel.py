"""A reel: takes in order, as frozen records. What is stored, what is planned, and what lies inside the joined clip."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from studio.errors import ShotError
from studio.record import Record
from studio.shot import Plan, Shot, Take

__all__ = ["JoinedReel", "Reel", "ReelPlan", "ReelShot"]

_MOST_SHOTS = 24


class ReelShot(Record):
    """A shot in its place in a reel.

    Attributes:
        shot: as it was asked for. Where it is chained, its still is not there yet: only its size counts.
        chained: it opens on the last frame of the shot before, not on a still of its own.
        fade: seconds of cross-fade with the shot before; 0: a hard cut.
        take: the id of its take, given when it is begun; "": not yet.
        trouble: why it was not made.
    """

    shot: Shot
    chained: bool = False
    fade: Annotated[float, Field(ge=0.0, le=5.0, allow_inf_nan=False)] = 0.0
    take: str = ""
    trouble: str = ""


class Reel(Record):
    """Shots in order, to be made one after another and joined into one clip.

    Attributes:
        id: names its folder; known only to whom it was told.
        owner: whose it is; "": of whoever sits at this computer.
        clip: the joined clip, once all shots are made.
        trouble: why the whole was not made, where that is not one shot's own trouble.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{16,40}$")
    title: str = Field(default="", max_length=200)
    shots: Annotated[tuple[ReelShot, ...], Field(min_length=1, max_length=_MOST_SHOTS)]
    created: str = ""
    owner: str = Field(default="", max_length=64)
    clip: str = ""
    trouble: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.shots[0].chained or self.shots[0].fade:
            raise ShotError(
                "the first shot of a reel",
                "one that goes on from a shot before it",
                expected="a still of its own and no cross-fade",
                action="Give it a still, or move it down.",
            )
        return self

    @property
    def unmade(self) -> tuple[int, ...]:
        """The shots that were not made, counted from 0."""
        return tuple(number for number, one in enumerate(self.shots) if one.trouble)

    def with_shot(self, number: int, **changes: object) -> Reel:
        """The same reel with some fields of one shot changed, counted from 0."""
        shots = list(self.shots)
        shots[number] = shots[number].but(**changes)
        return self.but(shots=tuple(shots))


class ReelPlan(Record):
    """What will be made of a reel: the size and rate that all its shots share, its length, what each shot becomes.

    Attributes:
        skips: frames at the start of each shot that are not shown, because they repeat the one before.
        estimate: seconds of work expected for all shots.
    """

    width: int
    height: int
    fps: int
    frames: int
    seconds: float
    shots: tuple[Plan, ...]
    skips: tuple[int, ...]
    estimate: float = 0.0


class JoinedReel(Record):
    """What lies inside a joined clip: the reel and the takes that it was joined from, files without their folders."""

    reel: Reel
    takes: tuple[Take, ...]
    frames: int
    fps: int
    studio: str
