"""What programs send through Gradio's own upload: named so that the names tell nothing of this computer.

Gradio answers an upload with the path where it lies, and takes any such path back. Here the answer is a name that only
this studio can make, and only for the visitor who sent the file; in a question such names become paths again, and
whatever else is given as a file is refused: paths, addresses of other computers, names of others' files.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from starlette._utils import get_route_path
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.ui.visitors import Visitor, Visitors

__all__ = ["Uploads"]

_UPLOAD = re.compile(r"/gradio_api/upload/?")
_ASKED = re.compile(r"/gradio_api/(queue/join/?|(run|api|call|call/v2)/[\w-]{1,64}/?)")
_NAME = re.compile(r"uploads/([0-9a-f]{32})/(.+)", re.DOTALL)
_MULTIPART = 100_000
"""Bytes that a form may need beside its file."""


class Uploads:
    """ASGI middleware around the page, inside the gate.

    Args:
        folder: where Gradio keeps what is uploaded.
        largest: bytes that a file may have.
    """

    def __init__(self, app: ASGIApp, visitors: Visitors, folder: Path, largest: int) -> None:
        self._app, self._visitors, self._folder, self._largest = app, visitors, folder, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give names instead of paths, and take them back."""
        path = get_route_path(scope) if scope["type"] == "http" and scope["method"] == "POST" else ""
        if _UPLOAD.fullmatch(path):
            await self._take_in(scope, receive, send)
        elif _ASKED.fullmatch(path):
            await self._ask(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _take_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdecimal() or int(length) > self._largest + _MULTIPART:
            words = f"The file is too heavy. Expected at most {self._largest // 1_000_000} MB, its length said before."
            await JSONResponse({"error": words}, 413)(scope, receive, send)
            return
        said: list[Message] = []

        async def hear(message: Message) -> None:
            said.append(message)

        await self._app(scope, receive, hear)
        start, body = said[0], b"".join(message.get("body", b"") for message in said[1:])
        if start["status"] == 200:
            visitor: Visitor = scope["state"]["visitor"]
            body = json.dumps([self._named(visitor, path) for path in json.loads(body)]).encode()
            MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a question on, with the files that it names found."""
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] != "http.request":  # whoever asked has gone
                return
            body, more = body + message.get("body", b""), message.get("more_body", False)
        if b"path" in body:
            try:
                body = json.dumps(self._found(scope["state"]["visitor"], json.loads(body))).encode()
            except (ValueError, RecursionError):
                words = "The file is none that you have sent here. Expected one that was just uploaded. Send it again."
                await JSONResponse({"error": words, "detail": words}, 400)(scope, receive, send)
                return
        given = iter(({"type": "http.request", "body": body, "more_body": False},))

        async def told() -> Message:
            return next(given, None) or await receive()

        headers = MutableHeaders(raw=list(scope["headers"]))
        headers["Content-Length"] = str(len(body))
        await self._app({**scope, "headers": headers.raw}, told, send)

    def _named(self, visitor: Visitor, path: str) -> str:
        inside = Path(path).resolve().relative_to(self._folder.resolve()).as_posix()
        return f"uploads/{self._seal(visitor, inside)}/{inside}"

    def _found(self, visitor: Visitor, value: Any) -> Any:
        """The same question with paths instead of names.

        Raises:
            ValueError: it gives as a file what this visitor has not sent.
        """
        if isinstance(value, list):
            return [self._found(visitor, one) for one in value]
        if not isinstance(value, dict):
            return value
        if not isinstance(value.get("path"), str):
            return {key: self._found(visitor, one) for key, one in value.items()}
        match = _NAME.fullmatch(value["path"])
        if not match or match[1] != self._seal(visitor, match[2]):
            raise ValueError
        return {"path": str(self._folder / match[2]), "orig_name": value.get("orig_name"), "meta": value.get("meta")}

    def _seal(self, visitor: Visitor, inside: str) -> str:
        return self._visitors.sign(f"{visitor.owner}/{inside}")
