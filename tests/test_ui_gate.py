"""What gets through the gate, and what every answer says of itself."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from studio.presets import Limits
from studio.ui.gate import LARGEST_QUESTION, Gate
from studio.ui.rates import PRICES, Rates
from studio.ui.visitors import Visitors


async def whoever(request: Request) -> Response:
    """Says who asks."""
    await request.body()
    return PlainTextResponse(request.scope["state"]["visitor"].owner)


@pytest.fixture
def client() -> TestClient:
    return opened(Limits())


def opened(limits: Limits) -> TestClient:
    everything = Route("/{path:path}", whoever, methods=["GET", "POST", "PUT", "DELETE"])
    return TestClient(Starlette(routes=[everything], middleware=[Middleware(Gate, Visitors(b"k" * 32), Rates(limits))]))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/config"),
        ("GET", "/assets/index.js"),
        ("GET", "/gradio_api/queue/data?session_hash=x"),
        ("GET", "/gradio_api/heartbeat/abc"),
        ("GET", "/gradio_api/call/coach/0123abc"),
        ("POST", "/gradio_api/call/coach"),
        ("POST", "/gradio_api/run/coach"),
        ("POST", "/gradio_api/run/predict"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/queue/join"),
        ("GET", "/files/takes/x/clip.mp4"),
    ],
)
def test_what_the_page_and_programs_need_gets_through(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).text.startswith("visitor-")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/monitoring"),
        ("GET", "/gradio_api/runs"),
        ("GET", "/gradio_api/proxy=http://localhost"),
        ("POST", "/gradio_api/process_recording"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/dev/reload"),
        ("POST", "/login"),
        ("PUT", "/gradio_api/run/coach"),
        ("DELETE", "/config"),
        ("POST", "/"),
        ("GET", "/../studio.db"),
    ],
)
def test_the_rest_is_not_there(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 404


def test_a_question_too_long_is_not_read(client: TestClient) -> None:
    long = {"content-length": str(LARGEST_QUESTION + 1)}
    assert client.post("/gradio_api/queue/join", content=b"{}", headers=long).status_code == 413
    assert client.post("/gradio_api/queue/join", content=iter([b"{}"])).status_code == 411


def test_proxies_keep_nothing_but_the_page_s_own_parts(client: TestClient) -> None:
    assert client.get("/config").headers["cache-control"] == "private, no-store"
    assert "cache-control" not in client.get("/assets/index.js").headers
    assert client.get("/").headers["x-content-type-options"] == "nosniff"


def test_the_cookie_is_given_once_and_lengthened_by_a_visit(client: TestClient) -> None:
    first = client.get("/config")
    assert "set-cookie" in first.headers
    assert "set-cookie" not in client.get("/config").headers
    visit = client.get("/")
    assert visit.headers["set-cookie"].split(";")[0] == first.headers["set-cookie"].split(";")[0]
    assert visit.text == first.text


def test_websockets_are_turned_away(client: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass


def test_who_calls_too_often_is_told_how_long_to_wait() -> None:
    client = opened(Limits(questions_a_minute=60, questions_at_once=60))
    client.get("/")
    for _ in range(60 // PRICES["uploads"]):
        assert client.post("/files/uploads", content=b"x").status_code == 200
    refused = client.post("/files/uploads", content=b"x")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) == refused.json()["wait"] in (3, 4)
    assert "goes on in" in refused.json()["error"]
    assert client.post("/gradio_api/call/animate", json={}).status_code == 429
    assert client.get("/files/takes/x/clip.mp4").status_code == 200  # what was made is always given


def test_a_caller_without_a_cookie_is_known_by_the_address() -> None:
    client = opened(Limits(questions_a_minute=60, questions_at_once=60))
    answers = [client.post("/files/uploads", content=b"x", headers={"cookie": "none"}).status_code for _ in range(16)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_an_address_that_opens_the_page_again_and_again_must_wait() -> None:
    client = opened(Limits(visits_a_minute=3))
    assert [client.get("/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.get("/assets/index.js").status_code == 200
