"""Lists of shots from files and prompts, and what is said to bad ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.errors import InputError
from studio.storyboard import Storyboard, from_prompt, read_storyboard, shots_of
from studio.workspace import Workspace
from tests.conftest import Answer, textured

TOML = """
seconds = 1
fps = 8
size = "128x96"
[[shots]]
still = "still.png"
prompt = "The camera pushes in."
[[shots]]
prompt = "The camera pans left."
"""


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    textured(256, 192).save(tmp_path / "still.png")
    (tmp_path / "shots.toml").write_text(TOML, encoding="utf-8")
    return tmp_path / "shots.toml"


def test_a_list_is_read_alike_from_toml_and_json(listing: Path) -> None:
    values = {"seconds": 1, "fps": 8, "size": [128, 96], "shots": [
        {"still": "still.png", "prompt": "The camera pushes in."}, {"prompt": "The camera pans left."}]}  # fmt: skip
    listing.with_suffix(".json").write_text(json.dumps(values), encoding="utf-8")
    assert read_storyboard(listing) == read_storyboard(listing.with_suffix(".json"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shots = 3", "Storyboard shots"),
        ("[[shots]]\nlens = 3", "lens"),
        ("[[shots", "the list of shots"),
        ('size = "big"\n[[shots]]', "the size"),
        ("", "Storyboard shots"),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_the_key(listing: Path, text: str, said: str) -> None:
    listing.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_storyboard(listing)


def test_a_prompt_of_several_shots_becomes_a_reel(workspace: Workspace, listing: Path) -> None:
    asked = Storyboard.from_dict({"seconds": 4.0, "shots": [{}]})
    prompt = "Shot 1: The camera pushes in on a mug. Shot 2: Steam rises. Shot 3: The camera pulls back."
    board = from_prompt(workspace, str(listing.with_name("still.png")), prompt, asked, fade=0.5)
    assert [one.prompt for one in board.shots] == [
        "The camera pushes in on a mug.", "Steam rises.", "The camera pulls back."
    ]  # fmt: skip
    shots = shots_of(workspace, board)
    assert [one.chained for one in shots] == [False, True, True]
    assert [one.fade for one in shots] == [0.0, 0.5, 0.5]
    assert [[beat.move for beat in one.shot.timeline.on("camera")] for one in shots[::2]] == [
        ["dolly_in"],
        ["dolly_out"],
    ]


def test_a_still_that_cannot_be_opened_names_its_shot(workspace: Workspace, listing: Path) -> None:
    listing.with_name("still.png").write_text("no picture")
    with pytest.raises(InputError, match="shot 1, "):
        shots_of(workspace, read_storyboard(listing))


def test_the_command_line_plans_makes_lists_and_goes_on(
    studio: Callable[..., Answer], listing: Path, tmp_path: Path
) -> None:
    planned = studio("reel", listing, "--plan", "--json").json
    assert planned["plan"]["frames"] == 15
    assert not (tmp_path / "data" / "reels").exists()
    made = studio("reel", listing, "-o", tmp_path / "out.mp4", "--json").json
    assert (tmp_path / "out.mp4").stat().st_size == Path(made["clip"]).stat().st_size
    again = studio("reel", "--resume", made["id"], "-o", tmp_path / "again.mp4", "--json").json
    assert [one["take"] for one in again["shots"]] == [one["take"] for one in made["shots"]]
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "out.mp4").read_bytes()
    assert [one["id"] for one in studio("reel", "--list", "--json").json] == [made["id"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "the reel"),
        (("{listing}", "-o", "out.avi"), "the output"),
        (("{listing}", "--set", "lens=3"), "--set"),
        (("{listing}", "--set", "seconds=long"), "--set"),
        (("--resume", "nobody-knows-this-reel"), "the reel"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    studio: Callable[..., Answer], listing: Path, arguments: tuple[str, ...], said: str
) -> None:
    answer = studio("reel", *(each.format(listing=listing) for each in arguments))
    assert answer.status == 2
    assert len(answer.err.splitlines()) == 1
    assert said in answer.err
