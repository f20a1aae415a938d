"""The gate that every request passes: it knows the visitor, and lets only what the page needs through to Gradio."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from starlette._utils import get_route_path
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.errors import LimitError
from studio.ui.rates import Rates
from studio.ui.visitors import Visitor, Visitors

__all__ = ["LARGEST_QUESTION", "Gate"]

LARGEST_QUESTION = 4_000_000
"""Bytes of a question to the studio: the largest painting, and room for the words."""

_STATIC = re.compile(r"/(assets|static|svelte)/.+|/(favicon\.ico|robots\.txt|theme\.css)|/gradio_api/theme\.css")
_OURS = re.compile(r"/files/.+")
_READ = re.compile(
    r"/|/(config|manifest\.json|pwa_icon(/\d+)?)/?"
    r"|/gradio_api/((info|app_id|startup-events|queue/data|queue/status|upload_progress|openapi\.json)/?"
    r"|heartbeat/[\w-]{1,64}|call/(v2/)?[\w-]{1,64}/[\w-]{1,64}|file=.+)"
)
_SENT = re.compile(
    r"/gradio_api/((queue/join|component_server|cancel|reset|run/predict)/?|(run|api|call|call/v2)/(coach|animate)/?)"
)
"""``run/predict`` is how the page itself asks what does not wait in a queue: Cancel."""
_HERE = Path(__file__)
_UPLOAD = re.compile(r"/gradio_api/upload/?")
_CALLED = re.compile(
    r"/gradio_api/(?:run|api|call|call/v2)/([\w-]{1,64})/?|/files/(uploads|mine)|/gradio_api/(upload)/?"
)
"""What is asked by its name over plain HTTP; the page's own questions are counted where they are answered."""


class Gate:
    """ASGI middleware around the page.

    What Gradio offers besides (proxies, streams, logins, monitoring, an editor of the program) is not there. A request
    that another site's page sends is nobody's.

    Args:
        app: the page.
        visitors: tells visitors apart.
        rates: says how often each may ask.
    """

    def __init__(self, app: ASGIApp, visitors: Visitors, rates: Rates) -> None:
        self._app, self._visitors, self._rates = app, visitors, rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        visitor = self._visitors.read(scope)
        scope.setdefault("state", {}).update(visitor=visitor, rates=self._rates)
        path = get_route_path(scope)
        refused = _refuse(scope, path) or self._hold(scope, path, visitor)
        static = bool(_STATIC.fullmatch(path))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                if not static:
                    headers.setdefault("Cache-Control", "private, no-store")
                    headers.append("Vary", "Cookie")
                named = self._visitors.new(scope) if scope["state"].get("forgotten") else visitor
                if refused is None and (path in ("", "/") or not (static or named.known)):
                    headers.append("Set-Cookie", self._visitors.header(named, scope["scheme"]))
            await send(message)

        begun = False

        async def heard(message: Message) -> None:
            nonlocal begun
            begun = True
            await answer(message)

        try:
            await (refused or self._app)(scope, receive, heard)
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            if begun or not _SENT.fullmatch(path) or _of_ours(error):
                raise
            said = f"This cannot be asked so ({type(error).__name__}). Expected what /gradio_api/info says."
            await JSONResponse({"detail": said}, 422)(scope, receive, answer)

    def _hold(self, scope: Scope, path: str, visitor: Visitor) -> Response | None:
        """The answer to who asks too often. What Gradio calls by its name is counted when it is answered."""
        called = _CALLED.fullmatch(path) if scope["method"] in ("POST", "DELETE") else None
        try:
            if called and called[1]:
                self._rates.may(visitor, called[1])
            elif called:
                self._rates.ask(visitor, called[2] or called[3])
            elif path in ("", "/", "/config"):
                self._rates.visit(visitor)
        except LimitError as error:
            answer = {"error": str(error), "wait": error.seconds}
            return JSONResponse(answer, 429, headers={"Retry-After": str(error.seconds)})
        return None


def _of_ours(error: Exception) -> bool:
    """Whether it was raised in the studio's own code, the doors before the page aside: then it is a fault of ours."""
    doors = {_HERE.with_name(name) for name in ("gate.py", "front.py", "uploads.py")}
    raised = {Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)}
    return any(file.is_relative_to(_HERE.parent.parent) for file in raised - doors)


def _refuse(scope: Scope, path: str) -> Response | None:
    """The answer to what does not get through."""
    method = scope["method"]
    if _OURS.fullmatch(path):  # they look for themselves what they give, and to whom
        return None
    if method in ("GET", "HEAD", "OPTIONS"):
        return None if not path or _READ.fullmatch(path) or _STATIC.fullmatch(path) else _not_here()
    if method != "POST" or not (_SENT.fullmatch(path) or _UPLOAD.fullmatch(path)):
        return _not_here()
    if _UPLOAD.fullmatch(path):
        return None  # see uploads.py
    length = Headers(scope=scope).get("content-length", "")
    if not length.isdecimal():
        return JSONResponse({"detail": "Say how long it is (Content-Length)."}, 411)
    if int(length) > LARGEST_QUESTION:
        return JSONResponse({"detail": f"Too long: {length} bytes. Expected at most {LARGEST_QUESTION}."}, 413)
    return None


def _not_here() -> Response:
    return JSONResponse({"detail": "Not Found"}, 404)
