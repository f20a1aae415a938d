"""The page over HTTP, without a browser: its endpoints, what it serves and what it refuses."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from studio.media.clips import probe
from studio.settings import ROOT, Settings
from studio.workspace import Workspace
from tests.browser import serving
from tests.conftest import textured
from tests.guests import Guest, small
from tests.guests import picture as drawn
from tests.job_shots import small_shot


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(data, tmp_path_factory.mktemp("no-assets")) as where:
        yield where


def test_whoever_starts_the_studio_hears_at_once_that_it_opens(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, "MOTION_FIRST_DATA": str(tmp_path)},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Opening the studio …")
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


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


def test_only_what_a_visitor_sent_is_taken_as_a_file(address: str, data: Path) -> None:
    ann, ben = Guest(address).arrive(), Guest(address).arrive()
    sent = ann.hand_in(drawn(7)).json[0]
    path = next((data / "uploads").glob("*/s.png"))
    given = [
        *({"path": one} for one in (str(path), "x", "/etc/passwd", "http://127.0.0.1:1/x.png", sent + "x", sent[:-5])),
        {"path": sent.replace("uploads/", "uploads/../"), "url": "http://127.0.0.1:1/"},
    ]
    for asks, still in ((ben, {"path": sent}), *((ann, one) for one in given)):
        for where in ("call/animate", "run/animate", "queue/join"):
            asked = {"data": [{**still, "meta": {"_type": "gradio.FileData"}}, "Slow dolly-in.", 0.5, "sketch", 7]}
            answer = asks.post(f"gradio_api/{where}", {**asked, "fn_index": 0, "session_hash": asks.session})
            assert answer.status == 400, still
            assert "Expected one that was just uploaded" in answer.json["error"]
            assert str(data).encode() not in answer.body


def test_no_answer_names_a_folder_of_this_computer(address: str, data: Path) -> None:
    guest = Guest(address).arrive()
    asked = ("", "config", "gradio_api/info", "gradio_api/openapi.json", "gradio_api/app_id", "gradio_api/queue/status")
    asked += (
        "gradio_api/file=x",
        "gradio_api/upload_progress?upload_id=x",
        "static/x",
        "assets/../x",
        "files/takes/x/y",
    )
    told = [guest.get(path) for path in asked]
    told += [guest.hand_in(drawn(8)), guest.hand_in(b"", "../../x"), guest.hand_in(b"x", "y" * 300)]
    told.append(
        guest.send("POST", "gradio_api/upload", b"no form", {"Content-Type": "multipart/form-data; boundary=b"})
    )
    for name in ("coach", "animate", "nobody"):
        for given in ([], [None], [{"path": "x"}, 1], ["x", "y", "z"], ["a", 1e300, "sketch"], ["x"] * 5, {"a": 1}):
            answer = guest.post(f"gradio_api/call/{name}", {"data": given})
            told.append(answer)
            if answer.status == 200:
                told.append(guest.get(f"gradio_api/call/{name}/{answer.json['event_id']}"))
    for path in ("queue/join", "run/coach", "component_server", "cancel", "reset"):
        for body in (b"{", b"[]", b'{"data": {"path": "x"}}', b'{"data": 5, "fn_name": "x", "component_id": 1}'):
            told.append(guest.send("POST", f"gradio_api/{path}", body, {"Content-Type": "application/json"}))
    secrets_of_this_computer = [str(data), str(ROOT), str(Path.home()), sys.prefix, "site-packages", "Traceback"]
    for answer in told:
        assert not [word for word in secrets_of_this_computer if word.encode() in answer.body], answer
    assert guest.post("gradio_api/call/nobody", {"data": []}).status == 404


def test_a_heavy_file_is_refused_before_it_is_read(address: str) -> None:
    answer = Guest(address).arrive().hand_in(b"0" * 2_200_000)
    assert (answer.status, "at most 2 MB" in answer.json["error"]) == (413, True)


def test_the_answer_of_animate_names_no_path_of_this_computer(address: str, data: Path) -> None:
    guest = Guest(address).arrive()
    sent = guest.hand_in(drawn(4)).json[0]
    assert str(data) not in sent
    still = {"path": sent, "meta": {"_type": "gradio.FileData"}}
    asked = {"data": [still, "Slow dolly-in.", 0.5, "sketch", 7]}
    event = guest.post("gradio_api/call/animate", asked).json["event_id"]
    told = guest.get(f"gradio_api/call/animate/{event}").body.decode()
    assert str(data) not in told
    found = json.loads(told.split("data: ")[-1])[0]
    url = found["url"].removeprefix(address)
    assert url.startswith("files/takes/")
    assert guest.get(url).body[4:8] == b"ftyp"
    assert Guest(address).arrive().get(url).status == 404


@pytest.mark.parametrize("path", ["/etc/passwd", str(Path(__file__).resolve())])
def test_files_of_the_computer_are_not_served(address: str, path: str) -> None:
    assert Guest(address).arrive().get(f"gradio_api/file={path}").status == 404


def test_what_others_queued_or_made_cannot_be_guessed(address: str, data: Path) -> None:
    hidden = [data / "studio.db", data / "studio.db-wal", data / "logs" / "worker-cpu.log", data / "takes"]
    guessed = [data / "takes" / secrets.token_urlsafe(16) / "clip.mp4" for _ in range(50)]
    assert hidden[0].exists()
    guest = Guest(address).arrive()
    for path in hidden + guessed:
        assert guest.get(f"gradio_api/file={path}").status == 404
        assert guest.get(f"files/takes/{path.parent.name}/{path.name}").status == 404


def test_the_page_does_not_tell_where_the_data_lie(address: str, data: Path) -> None:
    guest = Guest(address).arrive()
    card = guest.upload(drawn(5))
    done = guest.animate(small(card["key"]))
    assert done["state"] == "done"
    told = [guest.get("").body, guest.get("config").body, json.dumps([card, done]).encode()]
    told += [guest.get(done["take"][name]).body for name in ("url", "record", "poster")]
    for one in told:
        assert str(data).encode() not in one


@pytest.mark.parametrize("cookie", ["", "x", "A" * 32, "A" * 22 + "." + "0" * 32])
def test_who_comes_with_another_cookie_finds_nothing(address: str, data: Path, picture: Path, cookie: str) -> None:
    workspace = Workspace.open(Settings(data=data))
    jobs = workspace.jobs.of("visitor-somebody")
    made = jobs.add(small_shot(workspace, picture))
    guest = Guest(address, cookie).arrive()
    assert guest.ask("stage", "recall", None) == {"takes": [], "job": None, "live": 0, "cookies": True}
    assert guest.send("DELETE", "files/mine").json == {"takes": 0}
    assert jobs.get(made.id).id == made.id


def test_a_browser_without_cookies_is_told_so(address: str) -> None:
    guest = Guest(address).arrive()
    guest.cookie = ""
    assert guest.ask("stage", "recall", None)["cookies"] is False


def test_a_take_of_somebody_else_can_be_neither_seen_nor_used(address: str) -> None:
    ann, ben = Guest(address).arrive(), Guest(address).arrive()
    card = ann.upload(drawn(6))
    take = ann.animate(small(card["key"]))["take"]
    assert [one["id"] for one in ann.ask("stage", "recall", None)["takes"]] == [take["id"]]
    assert ben.ask("stage", "recall", None)["takes"] == []
    for piece, function, question in (
        ("still", "open_still", {"key": card["key"]}),
        ("still", "open_still", {"extend": take["id"], "name": "x"}),
        ("compare", "differences", [take["id"], take["id"]]),
        ("compare", "join", [take["id"], take["id"]]),
        ("actions", "plan", small(card["key"])),
        ("stage", "animatic", small(card["key"])),
        ("brush", "paint", {"still": card["key"], "png": "data:image/png;base64,AAAA"}),
    ):
        assert "Expected" in ben.ask(piece, function, question)["error"], function
    assert ben.animate(small(card["key"]))["state"] == "failed"
    ben.trigger("stage", "follow", {"job": take["id"]})
    assert '"take"' not in json.dumps(ben.news())


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/runs",
        "monitoring",
        "monitoring/summary",
        "gradio_api/proxy=http://127.0.0.1:1/",
        "login",
        "docs",
        "gradio_api/stream/a/b/1/playlist.m3u8",
        "gradio_api/file/etc/passwd",
        "gradio_api/deep_link",
        "token",
    ],
)
def test_what_the_page_does_not_need_is_not_there(address: str, path: str) -> None:
    assert Guest(address).get(path).status == 404


def ask(address: str, piece: str, function: str, question: object) -> Any:
    """Call what a piece of the page may ask, as a new visitor's script."""
    return Guest(address).arrive().ask(piece, function, question)


@pytest.mark.parametrize(
    ("piece", "function", "question"),
    [
        ("still", "open_still", {"upload": "/etc/passwd", "name": "x"}),
        ("still", "open_still", {"upload": "../../studio.db", "name": "x"}),
        ("still", "open_still", {"extend": "../../x"}),
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


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("run/coach", {"data": []}),
        ("run/coach", {"data": [{"a": 1}, "long", None]}),
        ("run/animate", {"data": []}),
        ("run/predict", {"data": [1], "fn_index": 10_000}),
        ("call/animate", {"data": [{"path": 5}, [], {}, 1, "x"]}),
        ("call/v2/animate", {"still": 7, "nobody": True}),
        ("queue/join", {"data": [], "fn_index": 10_000, "session_hash": "abc"}),
        ("component_server", {"component_id": 10_000, "fn_name": "coach", "session_hash": "abc", "data": 1}),
        ("component_server", {"nothing": 1}),
        ("component_server", ["a", "list"]),
    ],
)
def test_an_odd_call_is_refused_in_words_and_no_traceback_is_printed(
    address: str, path: str, body: object, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    asked = urllib.request.Request(
        f"{address}gradio_api/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=60) as reply:
            event = json.load(reply)["event_id"]  # it is queued, and refused there
        with urllib.request.urlopen(f"{address}gradio_api/call/animate/{event}", timeout=60) as told:
            assert b"event: error" in told.read()
    except urllib.error.HTTPError as refused:
        assert refused.code in (400, 404, 422, 500)
        assert json.loads(refused.read())
    assert "Traceback" not in capfd.readouterr().err
    assert not [record for record in caplog.records if record.exc_info]
