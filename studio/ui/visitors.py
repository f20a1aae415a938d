"""Who asks: one browser, known by a cookie that only this studio can make.

The cookie holds a random name and its signature. Scripts cannot read it, other sites cannot send it along, and the
store keeps only the name's hash: who reads the store, or a list of jobs, cannot pass for somebody else.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Any, NamedTuple

import gradio as gr
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.types import Scope

__all__ = ["COOKIE", "Visitor", "Visitors", "owner_of", "state_of", "visitor_of"]

COOKIE = "motion-first"
_FORM = re.compile(r"([A-Za-z0-9_-]{22})\.([0-9a-f]{32})")
_LONGEST = 400 * 24 * 3600
"""Seconds that browsers keep a cookie at most; every visit begins them anew."""


class Visitor(NamedTuple):
    """Who sent a request.

    Attributes:
        owner: whose jobs, takes and pictures they are in the store.
        cookie: what the browser shall send from now on.
        known: the browser sent it already.
        address: where the request came from, as far as the proxies before the studio are trusted.
    """

    owner: str
    cookie: str
    known: bool
    address: str


class Visitors:
    """Tells visitors apart.

    Args:
        key: the studio's secret.
        embedded: the page is shown in another site's frame, as on a Hugging Face Space; the cookie then counts for that
            site's frame alone.
    """

    def __init__(self, key: bytes, embedded: bool = False) -> None:
        self._key, self._embedded = key, embedded

    def read(self, scope: Scope) -> Visitor:
        """Who sent this request; somebody new where no cookie of ours came along."""
        headers = Headers(scope=scope)
        name = None if _foreign(headers) else self._name(cookie_parser(headers.get("cookie", "")).get(COOKIE, ""))
        return self._visitor(name, scope) if name else self.new(scope)

    def new(self, scope: Scope) -> Visitor:
        """Somebody new."""
        return self._visitor(secrets.token_urlsafe(16), scope)._replace(known=False)

    def header(self, visitor: Visitor, scheme: str) -> str:
        """The header that gives a browser its cookie."""
        secure = "; Secure" if scheme == "https" else ""
        site = "; SameSite=None; Partitioned" if self._embedded and secure else "; SameSite=Lax"
        return f"{COOKIE}={visitor.cookie}; Path=/; Max-Age={_LONGEST}; HttpOnly{secure}{site}"

    def _visitor(self, name: str, scope: Scope) -> Visitor:
        client = scope.get("client")
        return Visitor(owner_of(name), f"{name}.{self.sign(name)}", True, client[0] if client else "")

    def _name(self, cookie: str) -> str | None:
        match = _FORM.fullmatch(cookie)
        return match[1] if match and hmac.compare_digest(match[2], self.sign(match[1])) else None

    def sign(self, name: str) -> str:
        """What shows that this studio gave a name: 32 hexadecimal digits."""
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:32]


def owner_of(name: str) -> str:
    """Whose jobs and takes they are, from a visitor's secret name."""
    return "visitor-" + hashlib.sha256(name.encode()).hexdigest()[:24]


def visitor_of(request: gr.Request | Request) -> Visitor:
    """Who asks, as the gate has found out."""
    found: Visitor = state_of(request)["visitor"]
    return found


def state_of(request: gr.Request | Request) -> dict[str, Any]:
    """What the gate says of a request. Gradio passes its own kind to events, Starlette's to what scripts ask."""
    asked = request if isinstance(request, Request) else request.request
    assert asked is not None  # every request comes through the gate
    found: dict[str, Any] = asked.scope["state"]
    return found


def _foreign(headers: Headers) -> bool:
    """Whether another site's page sent this; a person who follows a link to the studio is welcome."""
    return headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
