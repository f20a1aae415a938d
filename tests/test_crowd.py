"""A few people at once get along, and none gets at what another made; ``make crowd`` is the long form."""

from __future__ import annotations

import pytest

from tests.crowd import Crowd, Person, gather, probe


@pytest.fixture(scope="module")
def crowd(address: str) -> tuple[Crowd, list[Person]]:
    return gather(address, people=3, words=3, takes=1, spread=1.0, size=(240, 160))


def test_everybody_is_answered_and_has_a_take(crowd: tuple[Crowd, list[Person]]) -> None:
    met, persons = crowd
    assert all(person.takes for person in persons), met.met
    assert set(met.met) - {"animatics put off"} == {"reviews", "clips fetched"}


def test_nobody_gets_at_what_others_made(crowd: tuple[Crowd, list[Person]]) -> None:
    found = probe(crowd[1], 300)
    assert (found["probes"], found["cross-talk"], found["one's own, refused"]) == (300, 0, 0)
    assert found["one's own, given"]
    assert not [what for what in found if what.startswith("LEAKED")]


def test_a_leak_would_be_seen(crowd: tuple[Crowd, list[Person]]) -> None:
    ann, ben = crowd[1][:2]
    cookie, ben.rest.cookie = ben.rest.cookie, ann.rest.cookie  # ben passes for ann
    try:
        assert probe([ann, ben], 60)["cross-talk"]
    finally:
        ben.rest.cookie = cookie
