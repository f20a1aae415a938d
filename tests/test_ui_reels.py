"""The Reel tab's questions: looked over, made, listed, fetched; nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.guests import Guest, picture, small
from tests.job_shots import wait_for


@pytest.fixture
def ann(address: str) -> Guest:
    return Guest(address).arrive()


def board(guest: Guest, *, title: str = "Morning", **values: Any) -> dict[str, Any]:
    """A shot of this guest's own still and one that goes on from it."""
    still = guest.upload(picture(4))["key"]
    first = {"draft": small(still)}
    second = {"draft": small(still, prompt="The camera pans left."), "chained": True, **values}
    return {"title": title, "shots": [first, second]}


def test_a_storyboard_is_looked_over_before_anything_is_made(ann: Guest) -> None:
    given = board(ann)
    given["shots"][1]["draft"]["prompt"] = "A beautiful ceramic mug on a wooden table, warm light, product shot"
    told = ann.ask("reel", "look_over", given)
    assert "128 × 86 · 7 frames at 8" in told["words"]
    assert told["words"].startswith("about ") and told["words"].count("of work") == 1
    assert [bool(one["advice"]) for one in told["shots"]] == [False, True]
    assert told["shots"][1]["directed"] != given["shots"][1]["draft"]["prompt"]
    assert ann.ask("reel", "list_reels", None) == {"reels": []}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fade": 4.0}, "The cross-fades of shot 1"),
        ({"draft": {"engine": "none"}}, "Shot 2, "),
        ({"draft": {"seconds": 900}}, "shots"),
        ({"fade": "soon"}, "fade"),
    ],
)
def test_what_cannot_be_made_is_said_with_the_shot(ann: Guest, change: dict[str, Any], said: str) -> None:
    assert said in ann.ask("reel", "make_reel", board(ann, **change))["error"]


def test_the_first_shot_needs_a_still_of_its_own(ann: Guest) -> None:
    given = board(ann)
    given["shots"] = given["shots"][1:]
    assert "Shot 1" in ann.ask("reel", "look_over", given)["error"]


def test_a_reel_is_made_listed_and_fetched_by_its_owner_alone(ann: Guest, address: str) -> None:
    made = ann.ask("reel", "make_reel", board(ann))["reel"]

    def reel() -> Any:
        (found,) = ann.ask("reel", "list_reels", None)["reels"]
        assert found["id"] == made
        return found

    wait_for(lambda: reel()["state"] != "making")
    found = reel()
    assert (found["state"], found["title"]) == ("done", "Morning")
    assert [one["state"] for one in found["shots"]] == ["made", "made"]
    clip = ann.get(found["url"])
    assert (clip.status, clip.headers["content-type"]) == (200, "video/mp4")
    assert str(ann.get(found["poster"]).status) == "200"
    ben = Guest(address).arrive()
    assert ben.get(found["url"]).status == 404
    assert ben.ask("reel", "list_reels", None) == {"reels": []}
    for name in ("go_on", "stop_reel", "remove_reel"):
        assert "The reel" in ben.ask("reel", name, {"reel": made})["error"]
    assert ann.ask("reel", "remove_reel", {"reel": made}) == {}
    assert ann.get(found["url"]).status == 404
    assert len(ann.ask("library", "list_takes", {})["takes"]) == 2


def test_a_prompt_of_several_shots_is_taken_apart(ann: Guest) -> None:
    draft = small("example:mug", prompt="Slow dolly-in on the mug. Cut to: the camera pans left.", seconds=4)
    first, second = ann.ask("actions", "split", draft)["prompts"]
    assert "dolly" in first
    assert "pans left" in second
