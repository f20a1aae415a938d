"""Visitors without a browser: each has a cookie jar and asks over HTTP what the page's scripts would ask."""

from __future__ import annotations

import http.client
import json
import secrets
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from studio.presets import Limits
from studio.ui.rates import Rates
from studio.ui.visitors import COOKIE, Visitor
from tests.conftest import textured

SLOW = 120.0
"""Seconds that an answer may take on a busy machine."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Guest:
    """One visitor of a page.

    Args:
        address: where the page answers.
        cookie: what to send as the studio's cookie; by default whatever the studio gives.
    """

    def __init__(self, address: str, cookie: str = "") -> None:
        where = urlsplit(address)
        self._host, self._root = where.netloc, where.path.rstrip("/")
        self._line: http.client.HTTPConnection | None = None
        self.cookie, self.session = cookie, secrets.token_hex(6)
        self._pieces: dict[str, int] = {}
        self._events: list[tuple[int, str, int]] = []

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Reply:
        """One request; a cookie that comes back is kept."""
        given = {"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}
        line = self._line = self._line or http.client.HTTPConnection(self._host, timeout=SLOW)
        try:
            line.request(method, f"{self._root}/{path}", body, {**given, **(headers or {})})
            answer = line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError, BrokenPipeError):  # the server closed an idle line
            line.close()
            line.request(method, f"{self._root}/{path}", body, {**given, **(headers or {})})
            answer = line.getresponse()
        reply = Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        if reply.headers.get("set-cookie", "").startswith(COOKIE + "="):
            self.cookie = reply.headers["set-cookie"].split(";")[0].partition("=")[2]
        return reply

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, None, headers)

    def post(self, path: str, values: object) -> Reply:
        return self.send("POST", path, json.dumps(values).encode(), {"Content-Type": "application/json"})

    def arrive(self) -> Guest:
        """Open the page, as a browser does."""
        assert self.get("").status == 200
        self.read(self.get("config").json)
        return self

    def read(self, config: dict[str, Any]) -> None:
        """Learn from the page's own description where its pieces and their events are."""
        for one in config["components"]:
            name = one["props"].get("elem_id") or ""
            if name.startswith("mf-"):
                self._pieces[name.removeprefix("mf-")] = one["id"]
        for event in config["dependencies"]:
            self._events += [(target, name, event["id"]) for target, name in event["targets"]]

    def ask(self, piece: str, function: str, question: object) -> Any:
        """What a piece's script asks of Python."""
        reply = self.post(
            "gradio_api/component_server",
            {
                "data": question,
                "component_id": self._pieces[piece],
                "fn_name": function,
                "session_hash": self.session,
            },
        )
        assert reply.status == 200, reply
        return reply.json

    def upload(self, picture: bytes, name: str = "mine.png") -> dict[str, Any]:
        """Bring a picture, as dropping it on the page does; the still's card."""
        sent = self.send("POST", "files/uploads", picture).json
        return self.ask("still", "open_still", {**sent, "name": name}) if "upload" in sent else sent

    def hand_in(self, body: bytes, name: str = "s.png") -> Reply:
        """Send a file as programs do, through Gradio's own upload."""
        head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        form = {"Content-Type": "multipart/form-data; boundary=b"}
        return self.send("POST", "gradio_api/upload", head + body + b"\r\n--b--\r\n", form)

    def trigger(self, piece: str, event: str, value: object) -> str:
        """What ``trigger`` in a piece's script does; the id of Gradio's event."""
        component = self._pieces[piece]
        number = next(found for target, name, found in self._events if (target, name) == (component, event))
        reply = self.post(
            "gradio_api/queue/join",
            {
                "data": [],
                "fn_index": number,
                "trigger_id": component,
                "session_hash": self.session,
                "event_data": value,
            },
        )
        assert reply.status == 200, reply
        identity: str = reply.json["event_id"]
        return identity

    def news(self) -> list[Any]:
        """Everything that Gradio tells this session until its events are over."""
        line = http.client.HTTPConnection(self._host, timeout=SLOW)
        path = f"{self._root}/gradio_api/queue/data?session_hash={self.session}"
        line.request("GET", path, headers={"Cookie": f"{COOKIE}={self.cookie}"})
        heard = []
        with line.getresponse() as stream:
            for text in stream:
                if not text.startswith(b"data: "):
                    continue
                message = json.loads(text[6:])
                heard.append(message)
                if message["msg"] == "close_stream":
                    break
        line.close()
        return heard

    def animate(self, draft: dict[str, Any]) -> dict[str, Any]:
        """Press Animate and wait; the last news that the stage hears."""
        self.trigger("actions", "animate", draft)
        told = [
            message["output"]["data"][0]
            for message in self.news()
            if message["msg"].startswith("process_") and message.get("output", {}).get("data")
        ]
        return told[-1]

    def leave(self) -> None:
        """Close the line."""
        if self._line is not None:
            self._line.close()


def asked_by(owner: str) -> Request:
    """A request of this person, as the gate passes it on."""
    visitor = Visitor(owner, "", True, "127.0.0.1")
    return Request({"type": "http", "headers": [], "state": {"visitor": visitor, "rates": Rates(Limits())}})


def picture(seed: int, width: int = 240, height: int = 160) -> bytes:
    """A PNG of its own."""
    held = BytesIO()
    textured(width, height, seed).save(held, "PNG")
    return held.getvalue()


def small(still: str, **values: object) -> dict[str, Any]:
    """A draft that sketch makes in a fraction of a second."""
    return {"still": still, "prompt": "Slow dolly-in.", "seconds": 0.5, "side": 128, "fps": 8, **values}
