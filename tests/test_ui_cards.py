"""Takes and stills in the page's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.animatic import draw
from studio.jobs.records import Estimate
from studio.shot import Take
from studio.ui import cards
from studio.ui.difference import changes, differences
from studio.ui.draft import Draft, Shelf
from studio.workspace import Workspace


@pytest.fixture
def shelf(workspace: Workspace) -> Shelf:
    return Shelf(workspace)


def make(workspace: Workspace, shelf: Shelf, picture: Path, **changes: object) -> Take:
    key = shelf.key(shelf.add(picture, "mine.png"))
    values = {"still": key, "prompt": "Slow dolly-in.", "seconds": 0.5, "side": 128, **changes}
    return workspace.animate(Draft.from_dict(values).shot(workspace, shelf), lambda event: None)


def test_differences_name_what_changed_and_nothing_else(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    first = make(workspace, shelf, picture)
    second = make(workspace, shelf, picture, prompt="The camera pans left.", seed=2)
    assert [row["name"] for row in differences(first, second)] == ["Prompt", "Camera", "Seed"]
    assert differences(first, first) == []


def test_a_still_s_card_shows_a_picture_that_a_browser_can_open(
    workspace: Workspace, shelf: Shelf, picture: Path
) -> None:
    still = shelf.add(picture, "mine.png")
    card = cards.still_card(still, shelf, workspace.report(still))
    assert card["thumb"].startswith("data:image/jpeg;base64,")
    assert Path(still.path).with_suffix(".jpg").stat().st_size > 0
    assert card["facts"].startswith("480 × 320")


def test_an_animatic_is_a_small_clip_made_without_a_take(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    key = shelf.key(shelf.add(picture, "mine.png"))
    shot = Draft(still=key, prompt="Slow dolly-in.", seconds=1.0, side=1080).shot(workspace, shelf)
    assert draw(workspace, shot)[4:8] == b"ftyp"
    assert list(workspace.takes.iterdir()) == []


def test_the_cost_of_a_take_is_told_as_far_as_it_is_known() -> None:
    assert cards.cost_words(Estimate(seconds=0, low=0, high=0)) == ""
    assert cards.cost_words(Estimate(seconds=3, low=1.5, high=6)) == "about 3 s of work · "
    first = Estimate(seconds=7.4, low=6, high=10, loading=4.5)
    assert cards.cost_words(first) == "about 7 s of work, 4 s of them to load the engine · "
    learned = Estimate(seconds=6.2, low=4.8, high=9.1, learned=5, ahead=1, wait=8.7)
    assert cards.cost_words(learned) == "about 6 s of work (5 to 9) · 1 take before it, about 9 s · "


def test_a_take_says_in_few_words_what_changed_since_the_one_before(
    workspace: Workspace, shelf: Shelf, picture: Path
) -> None:
    first = make(workspace, shelf, picture, prompt="The camera pans left slowly.")
    assert changes(first, None) == []
    assert changes(make(workspace, shelf, picture, prompt="The camera pans right slowly.", seed=4), first) == [
        "“right”",
        "seed 0 → 4",
    ]
    assert changes(first, first) == ["nothing: the same shot"]


def test_a_take_of_an_edited_timeline_is_called_and_compared_by_what_the_timeline_tells(
    workspace: Workspace, shelf: Shelf, picture: Path
) -> None:
    pan = {"layer": "camera", "start": 0.0, "end": 0.5, "move": "pan_left", "text": "Pan left", "origin": "user"}
    rain = {"layer": "scene", "start": 0.1, "end": 0.5, "text": "Rain falls.", "origin": "user"}
    first = make(workspace, shelf, picture)
    edited = make(workspace, shelf, picture, beats=[pan])
    later = make(workspace, shelf, picture, beats=[pan], prompt="The lamp flickers.")
    wetter = make(workspace, shelf, picture, beats=[pan, rain], prompt="The lamp flickers.")
    assert cards.title(first.shot) == "Slow dolly-in."
    assert cards.title(later.shot) == "Pan left."
    assert cards.title(wetter.shot) == "Pan left. Rain falls."
    assert changes(edited, first)[0].startswith("“Pan left")
    assert changes(later, edited) == ["the prompt, not the timeline"]
    assert changes(wetter, later)[0] == "“Rain falls”"
    prompt = next(row for row in differences(later, first) if row["name"] == "Prompt")
    assert "the timeline was edited" in prompt["a"] and prompt["b"] == "Slow dolly-in."


def test_a_take_whose_clip_is_gone_shows_its_poster_then_its_still_then_nothing(
    workspace: Workspace, shelf: Shelf, picture: Path
) -> None:
    take = make(workspace, shelf, picture)

    def face() -> str:
        card = cards.take_card(workspace.library.listed(take.id), workspace)
        assert card["missing"]
        return str(card["poster"])

    Path(take.clip).unlink()
    poster = face()
    Path(take.poster).unlink()
    still = face()
    assert poster.startswith("data:image/jpeg") and still.startswith("data:image/jpeg")
    assert poster != still
    Path(take.shot.still.path).unlink()
    assert face() == ""
