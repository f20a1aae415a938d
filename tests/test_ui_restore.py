"""A shot comes back onto the page exactly, or says what cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.shot import Shot, Take
from studio.ui.draft import Draft, Shelf
from studio.ui.restore import restored
from studio.workspace import Workspace

BEAT = {"layer": "camera", "move": "pan_left", "start": 0.1, "end": 0.4, "origin": "user"}


@pytest.fixture
def shelf(workspace: Workspace) -> Shelf:
    return Shelf(workspace)


def draft(shelf: Shelf, picture: Path, **changes: object) -> Draft:
    key = shelf.key(shelf.add(picture, "mine.png"))
    return Draft.from_dict({"still": key, "prompt": "Slow dolly-in.", "seconds": 0.5, "side": 128, **changes})


def take(workspace: Workspace, shot: Shot) -> Take:
    return workspace.animate(shot, lambda event: None)


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": 11},
        {"beats": [BEAT], "seed": 3},
        {"prompt": "", "idea": 5},
        {"loop": True, "focus": (0.2, 0.7), "fps": 12},
        {"prompt": "A ceramic mug, warm light", "idea": 2},
    ],
)
def test_what_the_page_made_comes_back_exactly(
    workspace: Workspace, shelf: Shelf, picture: Path, changes: dict[str, object]
) -> None:
    made = take(workspace, draft(shelf, picture, **changes).shot(workspace, shelf))
    back = restored(made.shot, workspace, shelf, made.plan)
    assert back["lost"] == []
    again = Draft.from_dict(back["draft"]).shot(workspace, shelf)
    assert again == made.shot.but(still=again.still)
    assert again.still.digest == made.shot.still.digest


def test_a_still_that_is_gone_is_said_and_the_words_are_kept(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    shot = draft(shelf, picture).shot(workspace, shelf)
    Path(shot.still.path).unlink()
    back = restored(shot, workspace, Shelf(workspace))
    assert back["draft"]["still"] is None and back["draft"]["prompt"] == "Slow dolly-in."
    assert back["draft"]["beats"]
    assert back["lost"] == ["Its still “mine.png” is not kept here. Drop the picture again to make exactly this clip."]


def test_another_shape_than_the_page_makes_is_said(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    shot = draft(shelf, picture).shot(workspace, shelf).but(width=128, height=128)
    (line,) = restored(shot, workspace, shelf)["lost"]
    assert line.startswith("It was 128 × 128; the page makes 128 × ")
