"""A list of shots from a file or a prompt of several shots becomes a reel that can be planned and made."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from studio.asked import read_size
from studio.errors import InputError
from studio.record import Record
from studio.reel import ReelShot
from studio.reels import last_frame_of
from studio.shot import Brief, Shot
from studio.workspace import Workspace

__all__ = ["ShotAsked", "Storyboard", "from_prompt", "read_storyboard", "shots_of"]

_LARGEST = 1_000_000  # bytes


class ShotAsked(Record):
    """One shot of a list; what is left open is the list's own.

    Attributes:
        still: the path of a picture; "" opens on the last frame of the shot before.
        fade: seconds of cross-fade with the shot before.
    """

    prompt: str = Field(default="", max_length=20_000)
    still: str = ""
    seconds: float | None = None
    engine: str | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    negative: str = Field(default="", max_length=5_000)
    fade: Annotated[float, Field(ge=0.0, le=5.0, allow_inf_nan=False)] = 0.0


class Storyboard(Record):
    """A list of shots, and what holds for all of them."""

    title: str = Field(default="", max_length=200)
    engine: str = "sketch"
    seconds: float = 5.0
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    fps: Annotated[int, Field(ge=1, le=60)] | None = None
    size: Annotated[tuple[int, int] | None, BeforeValidator(read_size)] = None
    shots: Annotated[tuple[ShotAsked, ...], Field(min_length=1, max_length=24)]


def read_storyboard(path: Path) -> Storyboard:
    """Read a list of shots from a file of TOML or JSON; stills are looked for beside it.

    Raises:
        InputError: it cannot be read, or says what no reel has; the message names the key.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError("the list of shots", f"{path.name} is too large", expected="text", action="Check it.")
        text = path.read_text(encoding="utf-8-sig")
        values = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise InputError(
            "the list of shots", f"{path} ({error.strerror})", expected="a readable file", action="Check its path."
        ) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, no TOML
        raise InputError(
            "the list of shots", f"{path.name}: {error}", expected="TOML, or JSON in *.json", action="Correct it."
        ) from error
    board = Storyboard.from_dict(values)
    shots = (one.but(still=str(path.parent / one.still) if one.still else "") for one in board.shots)
    return board.but(shots=tuple(shots))


def from_prompt(workspace: Workspace, still: str, prompt: str, board: Storyboard, fade: float = 0.0) -> Storyboard:
    """Take a prompt of several shots apart: the first opens on the still, each other one where the last ended.

    Args:
        board: what holds for all; its shots are replaced.

    Raises:
        InputError: the prompt or the seconds are out of range.
    """
    from studio.coach.shot_list import split_prompt

    told = split_prompt(workspace.coach, prompt, Brief(seconds=board.seconds), workspace.profile(board.engine))
    shots = [
        ShotAsked(prompt=words, still="" if number else still, fade=fade if number else 0.0)
        for number, words in enumerate(told)
    ]
    return board.but(shots=tuple(shots))


def shots_of(workspace: Workspace, board: Storyboard) -> tuple[ReelShot, ...]:
    """The shots as they are asked for, each with the timeline that the coach reads from its words.

    Raises:
        InputError: a still cannot be opened, or a value is out of range; the message names the shot.
    """
    shots = []
    for number, one in enumerate(board.shots, 1):
        try:
            shots.append(ReelShot(shot=_shot(workspace, board, one, number), chained=not one.still, fade=one.fade))
        except InputError as error:
            raise error.within(f"shot {number}") from error
    return tuple(shots)


def _shot(workspace: Workspace, board: Storyboard, one: ShotAsked, number: int) -> Shot:
    engine = workspace.profile(one.engine or board.engine).id
    seconds = one.seconds if one.seconds is not None else board.seconds
    still = workspace.add_still(Path(one.still)) if one.still else None
    timeline = workspace.review(one.prompt, Brief(seconds=seconds), engine=engine, still=still).timeline
    width, height = board.size or (None, None)
    values = {
        "still": still or last_frame_of(number - 1),
        "prompt": one.prompt,
        "timeline": timeline,
        "engine": engine,
        "seconds": seconds,
        "fps": board.fps,
        "width": width,
        "height": height,
        "seed": board.seed if one.seed is None else one.seed,
        "negative": one.negative,
        "focus": workspace.report(still).point_of_interest if still else (0.5, 0.5),
    }
    return Shot.from_dict(values)
