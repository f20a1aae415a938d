"""The page itself is the same for everybody: Gradio draws it once for each address by which people reach it.

Drawing it takes Gradio as long as a review takes the coach, for each visitor anew and uncompressed. What differs
between visitors (their cookie) is put on outside of this.
"""

from __future__ import annotations

import gzip

from starlette._utils import get_route_path
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Front"]

_ADDRESS = ("host", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-prefix", "x-gradio-server", "x-direct-url")
"""What of a request decides the addresses inside the page."""
_MOST = 16
"""Pages that are kept; a proxy may lead to several."""

Key = tuple[str, ...]


class Front:
    """ASGI middleware around the page, inside the gate.

    Args:
        app: draws the page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._drawn: dict[Key, tuple[Message, bytes, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the page as it was drawn before; let everything else through."""
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        if key not in self._drawn:
            drawn = await self._draw(scope, receive)
            if drawn is None:  # no page, or not for everybody
                await self._app(scope, receive, send)
                return
            if len(self._drawn) >= _MOST:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[key] = drawn
        start, plain, zipped = self._drawn[key]
        wants = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        body = zipped if wants else plain
        message = {**start, "headers": list(start["headers"])}
        headers = MutableHeaders(scope=message)
        headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        if wants:
            headers["Content-Encoding"] = "gzip"
        await send(message)
        await send({"type": "http.response.body", "body": body})

    async def _draw(self, scope: Scope, receive: Receive) -> tuple[Message, bytes, bytes] | None:
        """Let the page be drawn; ``None`` where what comes is no plain page."""
        said: list[Message] = []

        async def hear(message: Message) -> None:
            said.append(message)

        await self._app({**scope, "state": dict(scope.get("state", {}))}, receive, hear)
        start, body = said[0], b"".join(message.get("body", b"") for message in said[1:])
        headers = Headers(raw=start["headers"])
        own = "set-cookie" in headers or "content-encoding" in headers
        if start["status"] != 200 or own or not headers.get("content-type", "").startswith("text/html"):
            return None
        return start, body, gzip.compress(body, 9)


def _key(scope: Scope) -> Key | None:
    """What the page depends on; ``None`` for everything but the page without questions to it."""
    if scope["type"] != "http" or scope["method"] != "GET" or get_route_path(scope) not in ("", "/"):
        return None
    query = scope.get("query_string", b"").decode("latin-1")
    if query and query not in ("__theme=dark", "__theme=light"):  # a take's link, say: seldom enough
        return None
    headers = Headers(scope=scope)
    return (scope["scheme"], scope.get("root_path", ""), query, *(headers.get(name, "") for name in _ADDRESS))
