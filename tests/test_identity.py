"""An identity is not guessed, and can be typed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from studio.identity import new_identity


def test_no_two_identities_are_the_same() -> None:
    assert len({new_identity() for _ in range(1000)}) == 1000


def test_an_identity_is_never_taken_for_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Iterator[str] = iter(["-c3oliLEAv7JhgUE7jcmPg", "-_", "c3oliLEAv7JhgUE7jcmPg-"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _bytes: next(drawn))
    assert new_identity() == "c3oliLEAv7JhgUE7jcmPg-"
