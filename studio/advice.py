"""What the coach is told and what it says, as records: spans of the prompt, cues, findings, fixes, the brief."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from studio.picture import Box
from studio.record import Record
from studio.terms import MAX_SIDE, ControlKind, CueLabel, Level, Move, Safety, Severity

__all__ = ["Brief", "Cue", "Edit", "Finding", "Fix", "Span"]


class Brief(Record):
    """What the coach is told besides the prompt and the still: the shot, as far as it is decided.

    Attributes:
        negative: the author's negative prompt; ``None`` leaves the engine's own.
        guidance: the scale of classifier-free guidance; ``None`` leaves the engine's own.
        controls: the kinds of control that are attached.
        size: width and height of the clip in pixels, where they are asked for.
        first_frame: the author's own line about the still, for engines that want the first frame in words.
        idea: which proposal of the coach: 0 the first, then "another idea" each time.
        dismissed: the rules that the author does not want to hear, by name or code.
    """

    seconds: float = 5.0
    negative: str | None = Field(default=None, max_length=5_000)
    guidance: Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)] | None = None
    controls: tuple[ControlKind, ...] = ()
    size: tuple[Annotated[int, Field(ge=1, le=MAX_SIDE)], Annotated[int, Field(ge=1, le=MAX_SIDE)]] | None = None
    first_frame: str = Field(default="", max_length=2_000)
    idea: int = Field(default=0, ge=0, lt=2**32)
    dismissed: tuple[str, ...] = Field(default=(), max_length=64)


class Span(Record):
    """A stretch of a text, ``text[start:end]``, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Self:
        """The span of `source` from `start` to `end`."""
        return cls(start=start, end=end, text=source[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Cue(Record):
    """A labelled span of the prompt, with the sense it was taken in and why.

    Attributes:
        move, level: of a camera cue; a level of a motion too.
        lemma: the verb of a motion in its dictionary form.
        actor: who or what moves, in the author's word; "" where nothing is named.
        order: its place among the motions of the prompt, from 1; ``None`` where it is not one of its own.
    """

    label: CueLabel
    span: Span
    sense: str = ""
    why: str = ""
    move: Move | None = None
    level: Level | None = None
    lemma: str = ""
    actor: str = ""
    order: int | None = Field(default=None, ge=1)


class Edit(Record):
    """Replace ``prompt[start:end]`` by `replacement` (code points)."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    replacement: str


class Fix(Record):
    """One way to mend a finding, as edits of the author's own words; they never overlap."""

    title: str
    safety: Safety
    edits: tuple[Edit, ...]

    def apply(self, prompt: str) -> str:
        """Give the prompt with the edits made, right to left."""
        for edit in sorted(self.edits, key=lambda edit: (edit.start, edit.end), reverse=True):
            prompt = prompt[: edit.start] + edit.replacement + prompt[edit.end :]
        return prompt


class Finding(Record):
    """One piece of advice: what was found, where, why it matters, how to mend it."""

    rule: str
    code: str
    severity: Severity
    message: str
    why: str
    spans: tuple[Span, ...] = ()
    boxes: tuple[Box, ...] = ()
    fixes: tuple[Fix, ...] = ()
