"""A shot comes back onto the page: from a take, from a job that waits, or from a clip that somebody dropped.

What comes back is a draft. It is built again into a shot before it is given out, so the page can say whether it makes
exactly the same clip, and if not, what is missing.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from studio.errors import InputError, StillError
from studio.shot import ControlKind, Plan, Shot, Still
from studio.ui.draft import Draft, Shelf
from studio.workspace import Workspace

__all__ = ["restored"]

Answer = dict[str, Any]

_NAMES: dict[ControlKind, tuple[str, str]] = {
    "motion_brush": ("motion_brush", "What was painted with the motion brush is no longer kept here."),
    "depth_strokes": ("depth_strokes", "What was painted as near and far is no longer kept here."),
    "previous_clip": ("previous", "The take that this shot went on from is no longer kept here."),
    "end_frame": ("end", "The end frame is no longer kept here."),
    "reference": ("given", "A reference is no longer kept here."),
    "motion_video": ("given", "The motion video is no longer kept here."),
    "pose_video": ("given", "The pose video is no longer kept here."),
    "face_video": ("given", "The face video is no longer kept here."),
    "draft": ("", "It was finished from a draft; from here the shot is made at once."),
}
"""By kind of control: its field in the draft, and what to say where its file is gone."""


def restored(shot: Shot, workspace: Workspace, shelf: Shelf, plan: Plan | None = None) -> Answer:
    """The draft of a shot: ``draft`` (plain values, whole), ``lost``, a sentence for all that cannot come back, and
    ``by_hand``, whether its timeline tells otherwise than its words.

    ``draft["still"]`` is ``None`` where the picture is no longer kept here; all else comes back without it.

    Args:
        plan: what was made of the shot, for a size that it left open.
    """
    lost: list[str] = []
    profile = workspace.profiles.get(shot.engine)
    if profile is None:
        lost.append(f"There is no engine “{shot.engine}” here; Sketch stands in.")
    width, height = (shot.width or (plan and plan.width) or 0), (shot.height or (plan and plan.height) or 0)
    still = _key(shot.still, shelf)
    if still is None:
        named = f" “{shot.still.name}”" if shot.still.name else ""
        lost.insert(0, f"Its still{named} is not kept here. Drop the picture again to make exactly this clip.")
    values: Answer = {
        "still": still,
        "prompt": shot.prompt,
        "focus": list(shot.focus),
        "beats": None,
        "engine": shot.engine if profile else "sketch",
        "seconds": shot.seconds,
        "side": max(width, height) or 768,
        "fps": shot.fps,
        "seed": shot.seed,
        "depth_seed": shot.depth_seed,
        "negative": shot.negative or None,
        "loop": shot.loop,
        "draft": shot.draft,
        "distilled": shot.distilled,
        "first_frame": "",
        "idea": 0,
        "dismissed": [],
        "end": None,
        "motion_brush": None,
        "depth_strokes": None,
        "previous": None,
        "given": [],
    }
    for control in shot.controls:
        name, gone = _NAMES.get(control.kind, ("", f"The page does not give a {control.kind.replace('_', ' ')} yet."))
        if name and (key := _control(control.kind, Path(control.path), shelf)):
            values[name] = (
                [*values["given"], {"kind": control.kind, "key": key, "name": control.name}] if name == "given" else key
            )
        else:
            lost.append(gone)
    own = {**values, "beats": [beat.to_dict() for beat in shot.timeline.beats]}
    if still is None:
        return {"draft": own, "lost": lost, "by_hand": shot.by_hand}
    again = _built(values, workspace, shelf)
    if again is None or again.timeline != shot.timeline:  # the coach reads these words otherwise by now
        values, again = own, _built(own, workspace, shelf)
    if again is not None and not lost:
        lost = _differs(again, shot, (width, height))
    return {"draft": values, "lost": lost, "by_hand": shot.by_hand}


def _key(still: Still, shelf: Shelf) -> str | None:
    key = shelf.key(still)
    with suppress(StillError):
        if shelf.find(key).digest == still.digest:
            return key
    return shelf.example(still)


def _control(kind: ControlKind, path: Path, shelf: Shelf) -> str | None:
    """What names a control in a draft; ``None`` where it is gone."""
    if kind in ("end_frame", "reference"):
        return _key(Still(path=str(path), digest=path.stem, width=64, height=64), shelf)
    with suppress(InputError):
        return shelf.control(path.name, "").stem
    return None


def _built(values: Answer, workspace: Workspace, shelf: Shelf) -> Shot | None:
    with suppress(InputError):
        return Draft.from_dict(values).shot(workspace, shelf)
    return None


def _differs(again: Shot, shot: Shot, size: tuple[int, int]) -> list[str]:
    """What the page would make otherwise; nothing, most of the time."""
    made = [
        (again.width, again.height) == size
        or f"It was {size[0]} × {size[1]}; the page makes {again.width} × {again.height} of this still.",
        again.said == shot.said or "The engine was told more of the first frame than the take remembers; say it again.",
        again.negative == shot.negative or "Its negative prompt is not the one that is used now.",
        again.faces == shot.faces or "Other faces are found on the still by now.",
        again.subject == shot.subject or "Another thing in focus is found on the still, and kept whole, by now.",
    ]
    return [words for words in made if isinstance(words, str)]
