"""Change a shot that is already whole: what is not mentioned stays, and what follows from a change is made anew. And
make a draft whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from studio.errors import InputError, MediaError, StillError
from studio.media.controls import keep_clip
from studio.record import Record
from studio.shot import Brief, Control, Shot, Take
from studio.workspace import Workspace

__all__ = ["Changes", "finishing", "revised"]


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
        "draft": shot.draft, "finishes": shot.finishes, "distilled": shot.distilled if engine == shot.engine else "",
        "by_hand": shot.by_hand and prompt == shot.prompt,
    }  # fmt: skip
    return workspace.shot(shot.still, prompt, timeline, **options)


def finishing(workspace: Workspace, take: Take) -> Shot:
    """The shot that makes a draft whole. The draft's clip is kept beside it, so that the draft itself may go.

    Raises:
        InputError: the take is no draft.
        StillError, MediaError: its still or its clip is no longer kept here.
    """
    shot = take.shot
    if not shot.draft:
        raise InputError("the take", "is whole already", expected="a draft", action="Make it with a draft first.")
    if not Path(shot.still.path).is_file():
        raise StillError("the still of this take", expected="one that is still kept here", action="Drop it again.")
    if not Path(take.clip).is_file():
        raise MediaError("the clip of this draft", "gone", expected="a clip on the disk", action="Draft it again.")
    key = keep_clip(Path(take.clip), workspace.controls)
    draft = Control(kind="draft", path=str(workspace.controls / f"{key}.mp4"))
    return shot.but(draft=False, finishes=take.id, controls=(*shot.controls, draft))
