"""The page over HTTP, without a browser: its endpoints, what it serves and what it refuses."""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from studio.media.clips import probe
from studio.settings import Settings
from studio.workspace import Workspace
from tests.browser import serving
from tests.conftest import textured
from tests.job_shots import small_shot


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(data, tmp_path_factory.mktemp("no-assets")) as where:
        yield where


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


def config(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address + "config") as reply:
        return json.load(reply)


def test_coach_and_animate_are_the_only_public_endpoints(client: Client) -> None:
    assert set(client.view_api(return_format="dict")["named_endpoints"]) == {"/coach", "/animate"}
    assert client.view_api(return_format="dict")["unnamed_endpoints"] == {}


def test_coach_answers_with_the_review(client: Client) -> None:
    review = client.predict("A beautiful mug", 5.0, "sketch", api_name="/coach")
    assert review["prompt"] == "A beautiful mug"
    assert review["findings"]


def test_half_a_character_comes_back_as_its_stand_in(address: str) -> None:
    body = json.dumps({"data": ["\ud800 rain falls", 5, "sketch"]}).encode()
    asked = urllib.request.Request(address + "gradio_api/run/coach", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked) as reply:
        review = json.load(reply)["data"][0]
    assert review["prompt"] == "\N{REPLACEMENT CHARACTER} rain falls"
    assert review["cues"]


def test_coach_refuses_in_a_sentence(client: Client) -> None:
    with pytest.raises(Exception, match="one of sketch"):
        client.predict("A mug", 5.0, "no-such-engine", api_name="/coach")


@pytest.mark.parametrize("asked", [(None, 5.0, "sketch"), ("a", None, "sketch"), ("a", 5.0, None), ("a", 1e300, "x")])
def test_calls_with_other_kinds_of_values_are_told_what_is_wrong(client: Client, asked: tuple[object, ...]) -> None:
    with pytest.raises(AppError, match="Expected"):
        client.predict(*asked, api_name="/coach")


def test_a_picture_that_cannot_be_opened_is_told_by_the_studio(client: Client, tmp_path: Path) -> None:
    torn = tmp_path / "torn.png"
    torn.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    with pytest.raises(AppError, match=r"The picture torn\.png: PNG data that break off"):
        client.predict(handle_file(str(torn)), "Slow dolly-in.", 0.5, "sketch", 7, api_name="/animate")


def test_animate_gives_a_clip(client: Client, tmp_path: Path) -> None:
    picture = tmp_path / "still.png"
    textured(240, 160).save(picture)
    clip = client.predict(handle_file(str(picture)), "Slow dolly-in.", 0.5, "sketch", 7, api_name="/animate")
    facts = probe(Path(clip["video"] if isinstance(clip, dict) else clip))
    assert facts.frames == 12


@pytest.mark.parametrize("path", ["/etc/passwd", str(Path(__file__).resolve())])
def test_files_outside_stills_and_takes_are_not_served(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}gradio_api/file={path}")
    assert refused.value.code == 403


def test_what_others_queued_or_made_cannot_be_guessed(address: str, data: Path) -> None:
    hidden = [data / "studio.db", data / "studio.db-wal", data / "logs" / "worker-cpu.log", data / "takes"]
    guessed = [data / "takes" / secrets.token_urlsafe(16) / "clip.mp4" for _ in range(200)]
    assert hidden[0].exists()
    for path in hidden + guessed:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}gradio_api/file={path}")
        assert refused.value.code in (403, 404)


@pytest.mark.parametrize("who", ["", "x", None, 7, "A" * 32])
def test_who_comes_with_another_name_finds_nothing(address: str, data: Path, picture: Path, who: object) -> None:
    workspace = Workspace.open(Settings(data=data))
    jobs = workspace.jobs.of("visitor-somebody")
    made = jobs.add(small_shot(workspace, picture))
    assert ask(address, "stage", "recall", {"takes": [], "who": who}) == {"takes": [], "job": None}
    assert ask(address, "compare", "forget", {"who": who}) == {"takes": 0}
    assert jobs.get(made.id).id == made.id


def ask(address: str, piece: str, function: str, question: object) -> Any:
    """Call what a piece of the page may ask, as its script does."""
    where = next(one["id"] for one in config(address)["components"] if one["props"].get("elem_id") == f"mf-{piece}")
    body = {"data": question, "component_id": where, "fn_name": function, "session_hash": "test"}
    request = urllib.request.Request(
        address + "gradio_api/component_server", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


@pytest.mark.parametrize(
    ("piece", "function", "question"),
    [
        ("still", "open_still", {"upload": "/etc/passwd", "name": "x"}),
        ("still", "open_still", {"key": "still:../../secret"}),
        ("still", "open_still", 5),
        ("prompt", "coach", {"prompt": "x" * 20_001}),
        ("prompt", "coach", ["not", "a", "draft"]),
        ("prompt", "speak", {"engine": "nobody"}),
        ("timeline", "check_timeline", {"beats": [{"layer": "scene", "start": 3, "end": 99}]}),
        ("actions", "plan", {"prompt": "no still"}),
        ("stage", "animatic", None),
        ("compare", "differences", ["a", "../../b"]),
        ("compare", "differences", 7),
    ],
)
def test_a_forged_question_gets_a_sentence_and_opens_nothing(
    address: str, piece: str, function: str, question: object
) -> None:
    assert "Expected" in ask(address, piece, function, question)["error"]


def test_takes_are_recalled_only_by_their_whole_id(address: str) -> None:
    forged = ["..", "../x", "short", 7, None, "A" * 22]
    for question in ({"takes": forged}, {"takes": forged, "who": "x"}, {"takes": 7, "who": 7}, forged, None):
        assert ask(address, "stage", "recall", question) == {"takes": [], "job": None}
