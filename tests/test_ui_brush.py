"""What the brush sends becomes a control of the shot, or a sentence."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from studio.engines.diffusers.planning import plan
from studio.errors import InputError
from studio.ui.brush import questions, unseen
from studio.ui.draft import Draft, Shelf
from studio.workspace import Workspace
from tests.guests import asked_by

Ask = Callable[[Any], dict[str, Any]]


@pytest.fixture
def shelf(workspace: Workspace) -> Shelf:
    return Shelf(workspace, "ann")


@pytest.fixture
def key(shelf: Shelf, picture: Path) -> str:
    return shelf.key(shelf.add(picture, "mine.png"))


@pytest.fixture
def paint(workspace: Workspace, shelf: Shelf) -> Ask:
    return asks(workspace, shelf)["paint"]


def asks(workspace: Workspace, shelf: Shelf) -> dict[str, Ask]:
    """What the brush's script may ask, by name."""

    def answered(function: Callable[..., Any], question: Any) -> dict[str, Any]:
        answer: dict[str, Any] = asyncio.run(function(question, asked_by("ann")))
        return answer

    return {function.__name__: partial(answered, function) for function in questions(workspace, shelf)}


def address(width: int = 240, height: int = 160) -> str:
    painted, held = Image.new("RGBA", (width, height)), BytesIO()
    ImageDraw.Draw(painted).ellipse((20, 20, 80, 80), fill="white")
    painted.save(held, "PNG")
    return "data:image/png;base64," + base64.b64encode(held.getvalue()).decode()


def test_a_painting_becomes_a_control_of_the_shot(workspace: Workspace, shelf: Shelf, key: str, paint: Ask) -> None:
    kept = paint({"still": key, "png": address()})
    shot = Draft(still=key, motion_brush=kept["key"], depth_strokes=kept["key"]).shot(workspace, shelf)
    assert {control.kind for control in shot.controls} == {"motion_brush", "depth_strokes"}
    assert all(Path(control.path).is_file() for control in shot.controls)


def test_a_painting_is_given_back_as_it_was(workspace: Workspace, shelf: Shelf, key: str, paint: Ask) -> None:
    kept = paint({"still": key, "png": address()})
    given = asks(workspace, shelf)["painting"]({"key": kept["key"]})["png"]
    assert given.startswith("data:image/png;base64,")
    assert paint({"still": key, "png": given}) == kept


@pytest.mark.parametrize(
    "png",
    ["", "data:image/png;base64,****", "data:image/svg+xml;base64,AAAA", address(160, 240), "x" * 3_000_000, 7, None],
    ids=["empty", "no base64", "svg", "other shape", "too long", "number", "nothing"],
)
def test_what_is_no_painting_is_answered_in_words(key: str, paint: Ask, png: object) -> None:
    assert paint({"still": key, "png": png})["error"]


@pytest.mark.parametrize("question", [None, 7, "x", {"key": "../../stills/a"}, {"key": "0" * 64}])
def test_what_was_never_kept_is_not_given(workspace: Workspace, shelf: Shelf, question: object) -> None:
    assert set(asks(workspace, shelf)["painting"](question)) == {"error"}


def test_a_painting_is_given_only_to_who_painted_it(workspace: Workspace, shelf: Shelf, key: str, paint: Ask) -> None:
    kept = paint({"still": key, "png": address()})["key"]
    (_, painting) = questions(workspace, shelf)
    assert "error" in asyncio.run(painting({"key": kept}, asked_by("ben")))
    with pytest.raises(InputError):
        shelf.of("ben").control(f"{kept}.png", "the painting")


def test_a_painting_that_is_gone_is_said(workspace: Workspace, shelf: Shelf, key: str) -> None:
    with pytest.raises(InputError, match="motion brush"):
        Draft(still=key, motion_brush="0" * 64).shot(workspace, shelf)


def test_an_engine_that_takes_no_brush_gets_none_and_it_is_said(
    workspace: Workspace, shelf: Shelf, key: str, paint: Ask
) -> None:
    brush = paint({"still": key, "png": address()})["key"]
    draft = Draft(still=key, engine="wan_2_2_ti2v_5b", motion_brush=brush, loop=True)
    shot = draft.shot(workspace, shelf)
    assert shot.controls == ()
    profile = workspace.profile(draft.engine)
    told = [*unseen(draft, profile), *plan(shot, profile).ignored]
    assert [line.split(":")[0] for line in told] == ["The motion brush", "The loop"]
    assert unseen(draft.but(engine="sketch"), workspace.profile("sketch")) == []
