"""Visitors are told apart by a cookie that nobody else can make or send."""

from __future__ import annotations

from typing import Any

import pytest

from studio.ui.visitors import COOKIE, Visitors, owner_of

KEY = b"k" * 32


def scope(cookie: str = "", **headers: str) -> dict[str, Any]:
    given = {**headers, **({"cookie": f"other=1; {COOKIE}={cookie}"} if cookie else {})}
    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    return {"type": "http", "headers": lines, "client": ("192.0.2.7", 1)}


def test_who_comes_again_is_known() -> None:
    first = Visitors(KEY).read(scope())
    again = Visitors(KEY).read(scope(first.cookie))
    assert (first.known, again.known) == (False, True)
    assert again.owner == first.owner
    assert Visitors(KEY).read(scope()).owner != first.owner


@pytest.mark.parametrize(
    "forge",
    [lambda c: c[:-1] + "x", lambda c: "A" * 22 + c[22:], lambda c: c[:22], lambda c: "x" * 5000, lambda c: "é" + c],
)
def test_a_forged_cookie_is_somebody_new(forge: Any) -> None:
    cookie = Visitors(KEY).read(scope()).cookie
    found = Visitors(KEY).read({**scope(), "headers": [(b"cookie", f"{COOKIE}={forge(cookie)}".encode("latin-1"))]})
    assert not found.known and found.cookie != cookie
    assert not Visitors(b"another" * 5).read(scope(cookie)).known


def test_another_sites_page_cannot_send_it_along() -> None:
    cookie = Visitors(KEY).read(scope()).cookie
    for mode in ("cors", "no-cors"):
        assert not Visitors(KEY).read(scope(cookie, sec_fetch_site="cross-site", sec_fetch_mode=mode)).known
    followed = scope(cookie, sec_fetch_site="cross-site", sec_fetch_mode="navigate")
    assert Visitors(KEY).read(followed).known
    assert Visitors(KEY).read(scope(cookie, sec_fetch_site="same-origin", sec_fetch_mode="cors")).known


@pytest.mark.parametrize(
    ("embedded", "scheme", "site"),
    [(False, "http", "Lax"), (False, "https", "Lax"), (True, "https", "None"), (True, "http", "Lax")],
)
def test_scripts_cannot_read_it_and_it_is_sent_where_it_must(embedded: bool, scheme: str, site: str) -> None:
    visitors = Visitors(KEY, embedded)
    given = visitors.header(visitors.read(scope()), scheme).split("; ")
    assert {"HttpOnly", f"SameSite={site}"} <= set(given)
    assert ("Secure" in given) == (scheme == "https")
    assert ("Partitioned" in given) == (site == "None")


def test_the_store_does_not_learn_the_name() -> None:
    visitor = Visitors(KEY).read(scope())
    name = visitor.cookie.split(".")[0]
    assert name not in visitor.owner
    assert owner_of(name) == visitor.owner
