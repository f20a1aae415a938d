"""Change a shot that is already whole: what is not mentioned stays, and what follows from a change is made anew."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from studio.record import Record
from studio.shot import Brief, Shot
from studio.workspace import Workspace

__all__ = ["Changes", "revised"]


class Changes(Record):
    """What shall be different; ``None`` stays as it is.

    Attributes:
        size: width and height in pixels.
        negative: "" asks for the engine's usual negative prompt again.
    """

    prompt: str | None = None
    seconds: float | None = None
    engine: str | None = None
    size: tuple[int, int] | None = None
    fps: int | None = None
    seed: int | None = None
    negative: str | None = Field(default=None, max_length=5_000)
    loop: bool | None = None


def revised(workspace: Workspace, shot: Shot, changes: Changes) -> Shot:
    """The shot with these changes.

    New words get a timeline of their own; without them the beats stay, stretched to new seconds. An open model is
    told in its dialect again where words, beats or engine changed. Give the result to ``Queue.edit`` or ``Queue.add``.

    Raises:
        PromptError, ShotError: a value is out of range.
        InputError: there is no such engine.
        StillError: the still is no longer kept here.
    """
    engine = workspace.profile(changes.engine or shot.engine).id
    seconds = changes.seconds if changes.seconds is not None else shot.seconds
    workspace.check_seconds(seconds)
    prompt = changes.prompt if changes.prompt is not None else shot.prompt
    negative = changes.negative if changes.negative is not None else shot.negative
    if prompt != shot.prompt:
        brief = Brief(seconds=seconds, negative=negative or None)
        timeline = workspace.review(prompt, brief, engine=engine, still=shot.still).timeline
    else:
        timeline = shot.timeline if seconds == shot.seconds else shot.timeline.stretched(seconds)
    told_alike = (prompt, timeline, engine, negative) == (shot.prompt, shot.timeline, shot.engine, shot.negative)
    width, height = changes.size or (shot.width, shot.height)
    options: dict[str, Any] = {
        "engine": engine, "width": width, "height": height, "fps": changes.fps or shot.fps, "negative": negative,
        "seed": shot.seed if changes.seed is None else changes.seed, "focus": shot.focus, "controls": shot.controls,
        "loop": shot.loop if changes.loop is None else changes.loop, "said": shot.said if told_alike else "",
    }  # fmt: skip
    return workspace.shot(shot.still, prompt, timeline, **options)
