"""The page is drawn once for each address and given to everybody, zipped where the browser can unzip."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from studio.ui.front import Front


class Drawer:
    """Stands for Gradio: says which drawing this is and for which host."""

    def __init__(self, kind: str = "text/html; charset=utf-8", status: int = 200, cookie: bool = False) -> None:
        self.kind, self.status, self.cookie, self.drawn = kind, status, cookie, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.drawn += 1
        host = dict(scope["headers"]).get(b"host", b"")
        headers = [(b"content-type", self.kind.encode())]
        if self.cookie:
            headers.append((b"set-cookie", b"mine=1"))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"drawing %d " % self.drawn, "more_body": True})
        await send({"type": "http.response.body", "body": b"for " + host})


def get(
    front: Front, path: str = "/", query: str = "", method: str = "GET", **named: str
) -> tuple[dict[str, Any], bytes]:
    """What one request gives: the headers by name, with the status, and the body."""
    said: list[Message] = []
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    scope = {
        "type": "http", "method": "GET", "path": path, "root_path": "", "scheme": "http",
        "query_string": query.encode(), "headers": headers, "state": {},
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        said.append(message)

    asyncio.run(front(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return {**found, "status": said[0]["status"]}, b"".join(message.get("body", b"") for message in said[1:])


def test_everybody_at_one_address_gets_the_same_drawing() -> None:
    front = Front(Drawer())
    assert [get(front, host="a")[1] for _ in range(3)] == [b"drawing 1 for a"] * 3


def test_another_address_gets_its_own() -> None:
    front = Front(Drawer())
    assert get(front, host="a")[1] != get(front, host="b")[1]
    assert get(front, host="a", x_forwarded_proto="https")[1] == b"drawing 3 for a"
    assert get(front, "/", "__theme=dark", host="a")[1] == b"drawing 4 for a"


def test_it_is_zipped_for_who_can_unzip() -> None:
    front = Front(Drawer())
    plain, zipped = get(front, host="a"), get(front, host="a", accept_encoding="gzip, br")
    assert zipped[0]["content-encoding"] == "gzip"
    assert gzip.decompress(zipped[1]) == plain[1]
    for headers, body in (plain, zipped):
        assert headers["content-length"] == str(len(body))
        assert "Accept-Encoding" in headers["vary"]


@pytest.mark.parametrize("asked", [("/config", ""), ("/", "take=abc"), ("/files/x", "")])
def test_what_is_not_the_bare_page_is_asked_for_each_time(asked: tuple[str, str]) -> None:
    drawer = Drawer()
    front = Front(drawer)
    assert [get(front, *asked)[0]["status"] for _ in range(2)] == [200, 200]
    assert drawer.drawn == 2


@pytest.mark.parametrize("drawer", [Drawer("application/json"), Drawer(status=503), Drawer(cookie=True)])
def test_what_is_no_page_for_everybody_is_not_kept(drawer: Drawer) -> None:
    front = Front(drawer)
    assert get(front)[1] != get(front)[1]


def test_a_stranger_who_comes_by_ever_new_hosts_fills_nothing() -> None:
    front = Front(Drawer())
    for number in range(100):
        get(front, host=f"host-{number}")
    assert len(front._drawn) <= 16
