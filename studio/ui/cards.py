"""Stills and takes as the page shows them: addresses, small pictures and facts in words."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.errors import StudioError
from studio.jobs.records import Estimate
from studio.media.whole import whole
from studio.shot import Shot, Still, StillReport, Take
from studio.ui import facts
from studio.ui.draft import Shelf
from studio.ui.files import still_address, take_address
from studio.ui.visitors import visitor_of
from studio.workspace import Example, Workspace

__all__ = [
    "answers",
    "camera_words",
    "cost_words",
    "differences",
    "own_take",
    "picture_address",
    "said",
    "still_card",
    "take_card",
]

Answer = dict[str, Any]

_THUMB, _SHOWN = 240, 1600
_MOVE_WORDS = {1: "barely", 2: "", 3: "quickly"}


def picture_address(pixels: NDArray[np.uint8] | Image.Image, side: int, quality: int = 72) -> str:
    """A small picture inside its own address, `side` pixels at most."""
    picture = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    picture.thumbnail((side, side), Image.Resampling.BILINEAR)
    held = io.BytesIO()
    picture.convert("RGB").save(held, "JPEG", quality=quality)
    return "data:image/jpeg;base64," + base64.b64encode(held.getvalue()).decode("ascii")


def example_card(workspace: Workspace, example: Example) -> dict[str, Any]:
    """One of the project's stills on the shelf."""
    with Image.open(workspace.example_path(example)) as picture:
        picture.draft("RGB", (_THUMB * 2, _THUMB * 2))
        thumb = picture_address(picture, _THUMB)
    return {
        "key": f"example:{example.id}",
        "title": example.title,
        "alt": example.alt,
        "thumb": thumb,
        "prompt": example.prompt,
    }


def still_card(still: Still, shelf: Shelf, report: StillReport, alt: str = "") -> dict[str, Any]:
    """A still that was opened: what the shelf and the stage show of it."""
    shown = Path(still.path).with_suffix(".jpg")
    with Image.open(still.path) as picture:
        if not shown.exists():
            smaller = picture.convert("RGB")
            smaller.thumbnail((_SHOWN, _SHOWN))
            with whole(shown) as part:
                smaller.save(part, "JPEG", quality=88)
        thumb = picture_address(picture.copy(), _THUMB)
    return {
        "key": shelf.key(still),
        "title": still.name or "Your still",
        "alt": alt,
        "url": still_address(still.digest),
        "thumb": thumb,
        "width": still.width,
        "height": still.height,
        "focus": list(shelf.focus(still)),
        "facts": " · ".join([f"{still.width} × {still.height}", *facts.in_short(report), *still.notes]),
        "rows": facts.rows(report),
    }


def answers(shelf: Shelf) -> Callable[[Callable[[Any, Shelf], Answer]], Callable[[Any, gr.Request], Answer]]:
    """Make a function something that the page's scripts may ask: it receives the question and the shelf as whoever asks
    sees it, and a refusal becomes an answer like any other, in words that the page shows where they belong.
    """

    def asked(function: Callable[[Any, Shelf], Answer]) -> Callable[[Any, gr.Request], Answer]:
        def answer(question: Any, request: gr.Request) -> Answer:
            try:
                return function(question, shelf.of(visitor_of(request).owner))
            except StudioError as error:
                return {"error": said(error)}

        answer.__name__, answer.__doc__ = function.__name__, function.__doc__
        return answer

    return asked


def said(error: StudioError) -> str:
    """An error as a sentence of its own."""
    words = str(error)
    return words[:1].upper() + words[1:]


def own_take(workspace: Workspace, owner: str | None, identity: str) -> Take:
    """A take of this person's.

    Raises:
        JobError: there is none by this id, or it is somebody else's; nobody can tell which.
        MediaError: its clip is gone.
    """
    library = workspace.library if owner is None else workspace.library.of(owner)
    return workspace.load_take(library.get(identity).take.id)


def take_card(take: Take, shelf: Shelf) -> dict[str, Any]:
    """A take as the strip, the stage and the comparison show it."""
    plan, shot = take.plan, take.shot
    own = any(beat.origin == "user" for beat in shot.timeline.beats)
    kept = {control.kind: Path(control.path).stem for control in shot.controls if control.kind != "end_frame"}
    work = take.timings.get("total", sum(take.timings.values()))
    return {
        "id": take.id,
        "name": f"motion-first-{take.id[:8]}",
        "title": _title(shot),
        "url": take_address(take),
        "record": take_address(take, "take.json"),
        "poster": take_address(take, "poster.jpg") if take.poster else "",
        "width": plan.width,
        "height": plan.height,
        "notes": list(dict.fromkeys(take.notes + plan.ignored)),
        "facts": f"{plan.width} × {plan.height} · {plan.frames} frames at {plan.fps} · {plan.seconds:.1f} s"
        f" · seed {shot.seed} · {plan.engine} · made in {work:.1f} s",
        "draft": {
            "still": shelf.key(shot.still),
            "prompt": shot.prompt,
            "focus": list(shot.focus),
            "beats": [beat.to_dict() for beat in shot.timeline.beats] if own else None,
            "engine": shot.engine,
            "seconds": shot.seconds,
            "side": max(shot.width or plan.width, shot.height or plan.height),
            "fps": shot.fps,
            "seed": shot.seed,
            "depth_seed": shot.depth_seed,
            "negative": shot.negative or None,
            "loop": shot.loop,
            "motion_brush": kept.get("motion_brush"),
            "depth_strokes": kept.get("depth_strokes"),
            "previous": kept.get("previous_clip"),
        },
    }


def cost_words(cost: Estimate) -> str:
    """What a take will cost, as the beginning of a line: "about 6 s of work (5 to 9) · 1 take before it · "."""
    work = max(1, round(cost.seconds))
    low, high = max(1, round(cost.low)), max(1, round(cost.high))
    between = f" ({low} to {high})" if cost.learned and low < high else ""
    words = f"about {work} s of work{between} · " if cost.seconds else ""
    if cost.ahead:
        wait = f", about {max(1, round(cost.wait))} s" if cost.wait else ""
        words += f"{cost.ahead} {'take' if cost.ahead == 1 else 'takes'} before it{wait} · "
    return words


def camera_words(shot: Shot) -> str:
    """The camera of a shot in a few words: "dolly in barely 0.0–5.0 s, then pan left"."""
    parts = []
    for beat in shot.timeline.on("camera"):
        words = (beat.move or beat.text or "move").replace("_", " ")
        extra = [beat.direction or "", _MOVE_WORDS[beat.level]]
        parts.append(" ".join([words, *filter(None, extra), f"{beat.start:.1f}–{beat.end:.1f} s"]))
    return ", then ".join(parts) or "holds still"


def differences(a: Take, b: Take) -> list[dict[str, str]]:
    """What differs between the shots of two takes, in words, in the order that matters to a director."""

    def told(take: Take) -> dict[str, str]:
        shot, plan = take.shot, take.plan
        other = [
            f"{beat.layer} {beat.start:.1f}–{beat.end:.1f} s: {beat.text.rstrip('.')}"
            for beat in shot.timeline.beats
            if beat.layer != "camera"
        ]
        return {
            "Still": shot.still.name or shot.still.digest[:8],
            "Prompt": shot.prompt or "(no words)",
            "Camera": camera_words(shot),
            "Other beats": "; ".join(other) or "none",
            "Seconds": f"{plan.seconds:.1f}",
            "Loop": "yes" if shot.loop else "no",
            "Painted": _painted(shot),
            "Focus": f"{shot.focus[0]:.0%} from the left, {shot.focus[1]:.0%} from the top",
            "Size": f"{plan.width} × {plan.height}, {plan.fps} frames per second",
            "Engine": plan.engine,
            "Seed": str(shot.seed),
            "Depth": str(shot.depth_seed) if shot.depth_seed else "the likeliest",
        }

    left, right = told(a), told(b)
    return [{"name": name, "a": left[name], "b": right[name]} for name in left if left[name] != right[name]]


def _painted(shot: Shot) -> str:
    """What was painted over the still; a few letters of each name tell two paintings apart."""
    names = {"motion_brush": "motion brush", "depth_strokes": "near and far"}
    told = [f"{names[one.kind]} {Path(one.path).stem[:4]}" for one in shot.controls if one.kind in names]
    return ", ".join(told) or "nothing"


def _title(shot: Shot) -> str:
    words = " ".join(shot.prompt.split())
    return (words[:56].rsplit(" ", 1)[0] + "…") if len(words) > 60 else words or camera_words(shot)
