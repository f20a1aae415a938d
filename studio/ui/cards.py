"""Stills and takes as the page shows them: addresses, small pictures and facts in words."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

import gradio as gr
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.choosing import time_words
from studio.engines.engine import Cost
from studio.errors import JobError, LimitError, StudioError
from studio.examples import Example
from studio.jobs.make import POSTER, find_poster
from studio.jobs.records import Estimate, KeptTake, Listed
from studio.media.stills import shown_still
from studio.shot import Shot, Still, StillReport, Take
from studio.ui import facts
from studio.ui.desk import DESK
from studio.ui.difference import camera_words, changes, stage_words
from studio.ui.draft import Shelf
from studio.ui.files import still_address, take_address
from studio.ui.rates import count
from studio.ui.visitors import visitor_of
from studio.workspace import Workspace

__all__ = [
    "answers",
    "cost_words",
    "own_take",
    "picture_address",
    "said",
    "still_card",
    "take_card",
    "title",
]

Answer = dict[str, Any]

_THUMB = 240
_LATER = 2
"""Seconds."""


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
    shown = shown_still(Path(still.path))
    return {
        "key": shelf.key(still),
        "title": still.name or "Your still",
        "alt": alt,
        "url": still_address(still.digest),
        "thumb": _small(shown),
        "width": still.width,
        "height": still.height,
        "focus": list(shelf.focus(still)),
        "facts": " · ".join([f"{still.width} × {still.height}", *facts.in_short(report), *still.notes]),
        "rows": facts.rows(report),
    }


def answers(
    shelf: Shelf, heavy: Literal["", "first", "waits", "put off"] = "", quick: str = ""
) -> Callable[[Callable[[Any, Shelf], Answer]], Callable[[Any, gr.Request], Any]]:
    """Make a function something that the page's scripts may ask: it receives the question and the shelf as whoever asks
    sees it, and a refusal becomes an answer like any other, in words that the page shows where they belong.

    Args:
        heavy: it takes so much of the processor that it waits for its turn; what can be ``put off`` is answered with
            the seconds after which to ask again where many wait; what somebody asks who is typing comes ``first``.
        quick: a question that holds this is not heavy.
    """

    def asked(function: Callable[[Any, Shelf], Answer]) -> Callable[[Any, gr.Request], Any]:
        def answer(question: Any, request: gr.Request) -> Answer:
            try:
                count(request, function.__name__)
                return function(question, shelf.of(visitor_of(request).owner))
            except LimitError as error:
                return {"error": said(error), "wait": error.seconds}
            except StudioError as error:
                return {"error": said(error)}

        async def answer_in_turn(question: Any, request: gr.Request) -> Answer:
            act = partial(answer, question, request)
            if heavy == "first":
                return await DESK.coach(act)
            if not heavy or (quick and isinstance(question, dict) and quick in question):
                return await DESK.clerk(act)
            if heavy == "put off" and DESK.crowded:
                return {"error": "Many people are at work here. It is drawn in a moment.", "wait": _LATER}
            return await DESK.answer(act)

        answer_in_turn.__name__, answer_in_turn.__doc__ = function.__name__, function.__doc__
        return answer_in_turn

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


def take_card(listed: Listed, workspace: Workspace) -> dict[str, Any]:
    """A take as the library, the strip, the stage and the comparison show it."""
    kept = listed.kept
    take, plan, shot = kept.take, kept.take.plan, kept.take.shot
    profile = workspace.profiles.get(shot.engine)
    work = take.timings.get("total", sum(take.timings.values()))
    return {
        "id": take.id,
        "nth": listed.nth,
        "name": f"motion-first-{take.id[:8]}",
        "title": title(shot),
        "url": take_address(take),
        "record": take_address(take, "take.json"),
        "poster": _face(kept),
        "width": plan.width,
        "height": plan.height,
        "made": take.created,
        "short": f"{profile.title if profile else shot.engine} · {plan.seconds:.1f} s · seed {shot.seed}"
        + _pass(workspace, kept),
        "draft": shot.draft and not (kept.missing or kept.removed),
        "changed": changes(take, listed.before),
        "starred": kept.starred,
        "note": kept.note,
        "missing": kept.missing,
        "removed": kept.removed,
        "notes": list(dict.fromkeys(take.notes + plan.ignored)),
        "attribution": take.attribution,
        "facts": f"{plan.width} × {plan.height} · {plan.frames} frames at {plan.fps} · {plan.seconds:.1f} s"
        f" · seed {shot.seed} · {plan.engine} · made in {work:.1f} s",
    }


def _pass(workspace: Workspace, kept: KeptTake) -> str:
    """Whether a take is a draft, or which draft it finishes, as the end of a line."""
    shot = kept.take.shot
    with suppress(JobError):  # it is gone for good
        if shot.finishes:
            return f" · finished from take {workspace.library.of(kept.owner).listed(shot.finishes).nth}"
    return stage_words(shot)


def cost_words(cost: Estimate, memory: Cost | None = None) -> str:
    """What a take will cost, as the beginning of a line: "about 6 s of work (5 to 9) · 1 take before it · ".

    Args:
        memory: what it takes of the machine, told where it is known.
    """
    low, high = time_words(cost.low), time_words(cost.high)
    if low.endswith(" s") and high.endswith(" s"):
        low, high = low.removesuffix(" s"), high.removesuffix(" s")
    by_figures = memory is not None and memory.memory[1] > 0  # an open model's own figures: a guess, and said so
    guess = "" if cost.learned else ", a guess"
    between = f" ({low} to {high}{guess})" if (cost.learned or by_figures) and low != high else ""
    loading = f", {time_words(cost.loading)} of them to load the engine" if cost.loading else ""
    words = f"about {time_words(cost.seconds)} of work{between}{loading} · " if cost.seconds else ""
    if memory is not None and by_figures:
        words += f"{memory.memory[0]:.0f} to {memory.memory[1]:.0f} GB {memory.where} · "
    if cost.ahead:
        wait = f", about {time_words(cost.wait)}" if cost.wait else ""
        words += f"{cost.ahead} {'take' if cost.ahead == 1 else 'takes'} before it{wait} · "
    return words


def title(shot: Shot) -> str:
    """The first words of what a shot is made of; its camera where there are none."""
    words = " ".join(shot.words.split())
    return (words[:56].rsplit(" ", 1)[0] + "…") if len(words) > 60 else words or camera_words(shot)


@lru_cache(maxsize=256)
def _small(shown: Path) -> str:
    """The small picture of a still; every visitor opens the same examples."""
    with Image.open(shown) as picture:
        return picture_address(picture, _THUMB)


def _face(kept: KeptTake) -> str:
    """Where the page finds a picture of a take; of its still where nothing of the clip is left."""
    take = kept.take
    if not kept.removed and not kept.missing:
        return take_address(take, POSTER)
    shown = find_poster(Path(take.poster).parent)
    try:
        with Image.open(shown if shown.exists() else take.shot.still.path) as picture:
            return picture_address(picture, _THUMB)
    except OSError:
        return ""
