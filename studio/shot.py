"""The words everyone shares, as small frozen records.

They are passed whole, never taken apart into long parameter lists, and each one round-trips through JSON
(``record.to_json()`` / ``Shot.from_json(text)``): job, history, comparison, provenance inside the mp4 and the
command line all read the same record. Units: seconds for time, pixels for sizes, code points for spans,
fractions of the still's width and height (0 to 1, origin top left) for boxes.

The records of the picture stand in ``picture.py``, those of the coach's advice in ``advice.py``, the closed classes
in ``terms.py``; all of them can be imported from here.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Self

from pydantic import Field, model_validator

from studio.advice import Brief, Cue, Edit, Finding, Fix, Span
from studio.elements import ELEMENT_NAME
from studio.errors import ShotError, TimelineError
from studio.picture import Box, Still, StillReport
from studio.record import Record
from studio.terms import (
    LAYERS,
    LEVELS,
    MAX_SECONDS,
    MAX_SIDE,
    MOVES,
    SEVERITIES,
    STAGES,
    ControlKind,
    CueLabel,
    Direction,
    Fraction,
    Layer,
    Level,
    Move,
    Origin,
    Safety,
    Seconds,
    Severity,
    Stage,
)

__all__ = [
    "LAYERS",
    "LEVELS",
    "MOVES",
    "SEVERITIES",
    "STAGES",
    "Beat",
    "Box",
    "Brief",
    "Control",
    "ControlKind",
    "Cue",
    "CueLabel",
    "Direction",
    "Edit",
    "Finding",
    "Fix",
    "Fraction",
    "Layer",
    "Level",
    "Move",
    "Origin",
    "Plan",
    "Record",
    "Safety",
    "Severity",
    "Shot",
    "Span",
    "Stage",
    "Still",
    "StillReport",
    "Take",
    "Timed",
    "Timeline",
]


_WAYS_SAID: dict[tuple[str | None, str | None], str] = {
    ("rack_focus", "in"): "to the foreground",
    ("rack_focus", "out"): "to the background",
}
"""Where a direction says nothing by itself."""


class Beat(Record):
    """One change with a start and an end, on one layer.

    Attributes:
        text: what changes, in words ("The camera pushes in slowly.").
        move: the camera move, on the camera layer only.
        direction: where a move's id leaves it open ("orbit" to the left, "pan" to the right).
        level: 1 slowly, 2 steadily, 3 quickly.
        origin: whose beat it is: read from the prompt, suggested by the coach, or made by the user on the timeline.
        span: the words of the prompt that it was read from.
    """

    layer: Layer
    start: Seconds
    end: Seconds
    text: str = Field(default="", max_length=500)
    move: Move | None = None
    level: Level = 2
    direction: Direction | None = None
    origin: Origin = "prompt"
    span: Span | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.end <= self.start:
            raise TimelineError(
                "beat", f"{self.start:g}-{self.end:g} s", expected="an end after its start", action="Move its end."
            )
        if self.move and self.layer != "camera":
            raise TimelineError(
                "beat",
                f"{self.move} on the {self.layer} layer",
                expected="camera moves on the camera layer only",
                action="Change its layer or remove its move.",
            )
        return self

    @property
    def seconds(self) -> float:
        """How long the beat lasts."""
        return self.end - self.start

    @property
    def words(self) -> str:
        """What it tells, in a few words: "dolly in, slowly", "Steam rises"."""
        if not self.move:
            return self.text.strip().rstrip(".")
        way = _WAYS_SAID.get((self.move, self.direction), self.direction)
        named = " ".join([self.move.replace("_", " "), *filter(None, [way])])
        return named + {1: ", slowly", 2: "", 3: ", quickly"}[self.level]


class Timeline(Record):
    """The beats of a shot on one time axis, ordered by layer and start, none past the end."""

    seconds: Annotated[float, Field(gt=0.0, le=MAX_SECONDS, allow_inf_nan=False)]
    beats: tuple[Beat, ...] = Field(default=(), max_length=64)

    @model_validator(mode="after")
    def _check(self) -> Self:
        late = [beat for beat in self.beats if beat.end > self.seconds + 1e-6]
        if late:
            raise TimelineError(
                "timeline",
                f"a {late[0].layer} beat ends at {late[0].end:g} s",
                expected=f"beats inside {self.seconds:g} s",
                action="Shorten the beat or lengthen the shot.",
            )
        if list(self.beats) != sorted(self.beats, key=_beat_order):
            object.__setattr__(self, "beats", tuple(sorted(self.beats, key=_beat_order)))
        return self

    def on(self, layer: Layer) -> tuple[Beat, ...]:
        """The beats of one layer, in order."""
        return tuple(beat for beat in self.beats if beat.layer == layer)

    @property
    def words(self) -> str:
        """What it tells, beat after beat as they begin: "Dolly in, slowly. Steam rises."."""
        told = [beat.words for beat in sorted(self.beats, key=lambda beat: beat.start)]
        return " ".join(f"{words[:1].upper()}{words[1:]}." for words in told if words)

    def tells_as(self, reading: Timeline) -> bool:
        """Whether it tells what was read from the prompt, whenever that happens and whatever the coach suggests."""
        mine, read = ({_told(beat): beat.origin for beat in beats} for beats in (self.beats, reading.beats))
        return all(one in read or mine[one] == "coach" for one in mine) and all(
            one in mine or read[one] == "coach" for one in read
        )

    def stretched(self, seconds: float) -> Timeline:
        """The same beats on a time axis of another length, each keeping its share of it."""
        scale = seconds / self.seconds
        beats = [
            beat.but(start=round(beat.start * scale, 3), end=min(round(beat.end * scale, 3), seconds))
            for beat in self.beats
        ]
        return Timeline(seconds=seconds, beats=tuple(beats))


class Control(Record):
    """A stronger signal than words, lying on disk. Which kinds an engine accepts is in its profile.

    ``depth_strokes`` is a PNG of the still's shape: transparent where nothing is said, light near, dark far.
    ``previous_clip`` is the clip whose last frame is the shot's still; ``speed`` is what its camera still did there, on
    the axes of sketch's camera (``studio/engines/sketch/camera.py``) for one second; empty: not known.
    ``name`` is what a ``reference`` is called in the prompt, with an @ before it.
    """

    kind: ControlKind
    path: str
    name: str = Field(default="", pattern=rf"^({ELEMENT_NAME})?$")
    strength: Fraction = 1.0
    speed: tuple[Annotated[float, Field(ge=-10.0, le=10.0, allow_inf_nan=False)], ...] = Field(default=(), max_length=8)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.speed and (self.kind != "previous_clip" or len(self.speed) != 8):
            raise ShotError(
                "the speed of a control",
                f"{len(self.speed)} numbers for {self.kind.replace('_', ' ')}",
                expected="eight numbers for a previous clip",
                action="Leave it out.",
            )
        if self.name and self.kind != "reference":
            raise ShotError(
                "the name of a control",
                f"{self.name} for {self.kind.replace('_', ' ')}",
                expected="a name for references only",
                action="Leave it out.",
            )
        return self


class Timed(Record):
    """What an engine is told from a moment on, in seconds, until the next one."""

    start: Annotated[float, Field(ge=0.0, le=MAX_SECONDS, allow_inf_nan=False)]
    text: str = Field(max_length=20_000)


class Shot(Record):
    """The whole request. Everything an engine needs, and nothing about how it will be done.

    ``said`` is the prompt as the engine is told it, in its own dialect; empty: the prompt itself. ``timed`` is what an
    engine that makes a clip window after window is told in each; empty: ``said`` in all of them.
    ``width``, ``height`` and ``fps`` may be left open (``None``): the engine's plan settles them. ``focus`` is the
    point of interest on the still, (x, y) in fractions: what the camera moves towards and turns around; ``faces`` are
    where faces lie on it, largest first: no move may squeeze them; ``subject`` is where the thing at the focus lies,
    where there is no face: it stays whole. ``depth_seed`` draws another hypothesis of what is
    near and far; 0: the likeliest. ``loop`` asks for a last frame that leads into the
    first without a jump. ``draft`` asks for less than the whole, as the engine's profile says: a smaller clip, or fewer
    steps. ``finishes`` is the id of the take, a draft, that this shot makes whole.
    ``distilled`` names distilled weights of the engine, "none" its own steps; empty: as its memory suggests.
    ``by_hand``: the timeline was edited and tells otherwise than the prompt, so it alone says what is made.
    """

    still: Still
    prompt: str = Field(default="", max_length=20_000)
    said: str = Field(default="", max_length=20_000)
    timed: tuple[Timed, ...] = Field(default=(), max_length=64)
    timeline: Timeline
    engine: str = "sketch"
    seconds: Annotated[float, Field(ge=0.5, le=MAX_SECONDS, allow_inf_nan=False)] = 5.0
    fps: Annotated[int, Field(ge=1, le=60)] | None = None
    width: Annotated[int, Field(ge=64, le=MAX_SIDE)] | None = None
    height: Annotated[int, Field(ge=64, le=MAX_SIDE)] | None = None
    focus: tuple[Fraction, Fraction] = (0.5, 0.5)
    faces: tuple[Box, ...] = Field(default=(), max_length=16)
    subject: Box | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    depth_seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    negative: str = Field(default="", max_length=5_000)
    controls: tuple[Control, ...] = Field(default=(), max_length=16)
    loop: bool = False
    draft: bool = False
    finishes: str = Field(default="", max_length=64)
    distilled: str = Field(default="", max_length=64)
    by_hand: bool = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if abs(self.timeline.seconds - self.seconds) > 1e-6:
            raise ShotError(
                "shot",
                f"{self.seconds:g} s with a timeline of {self.timeline.seconds:g} s",
                expected="the same length for both",
                action="Stretch the timeline to the shot's seconds.",
            )
        if self.draft and any(control.kind == "draft" for control in self.controls):
            raise ShotError(
                "shot", "a draft of a draft", expected="either of them", action="Draft it anew, or finish the draft."
            )
        return self

    @property
    def words(self) -> str:
        """What is made, in words: the prompt, or the timeline where that tells otherwise."""
        return self.timeline.words if self.by_hand else self.prompt

    @property
    def drafted(self) -> Shot | None:
        """The draft that this shot finishes; ``None`` where it finishes none."""
        others = tuple(control for control in self.controls if control.kind != "draft")
        return self.but(draft=True, finishes="", controls=others) if len(others) < len(self.controls) else None

    @property
    def digest(self) -> str:
        """SHA-256 of its record: what is kept for a shot is found by it."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


class Plan(Record):
    """What an engine will really do with a shot. Pure: made without weights and without running anything.

    Attributes:
        crop: the share of the still's width that stays in the frame at the tightest (1.0: nothing is cropped).
        ignored: what the shot asks for and this engine does not do, each with the reason.
        drawn: what is drawn over the still because the words ask for it and the picture lacks it.
        idle: why nothing in the clip will move, and what to do; empty: something does. The first of the notes, too.
        notes: what was changed on the way (a size snapped, a frame rate chosen), what weighs most first.
        estimate: seconds of work expected on this machine.
        loading: seconds that the first take of a process takes beside them, its engine being read into memory.
        steps: of denoising; 0: this engine counts none.
        distilled: with which distilled weights; empty: none.
    """

    engine: str
    width: int
    height: int
    frames: int
    fps: int
    seconds: float
    crop: Fraction = 1.0
    ignored: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    idle: str = ""
    notes: tuple[str, ...] = ()
    estimate: float = 0.0
    loading: float = 0.0
    steps: int = 0
    distilled: str = ""


class Take(Record):
    """The result: the clip, the shot that made it, how long each part took.

    ``memory`` is how many gigabytes it took at most, ``placement`` how an open model's weights lay in them.
    ``attribution`` is what the licence of its engine wants said wherever the clip is shown; empty: nothing.
    """

    id: str
    clip: str
    shot: Shot
    plan: Plan
    created: str
    studio: str
    timings: dict[str, float] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    poster: str = ""
    attribution: str = ""
    memory: float = 0.0
    placement: str = ""


def _told(beat: Beat) -> tuple[object, ...]:
    """What a beat tells, whoever made it and whenever it happens."""
    return beat.layer, beat.text, beat.move, beat.level, beat.direction


def _beat_order(beat: Beat) -> tuple[int, float, float]:
    return LAYERS.index(beat.layer), beat.start, beat.end
