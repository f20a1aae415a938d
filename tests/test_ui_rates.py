"""Each person asks out of a bucket that fills again."""

from __future__ import annotations

import contextlib

import pytest

from studio.errors import LimitError
from studio.presets import Limits, limits_presets
from studio.settings import ROOT
from studio.ui.rates import PRICES, Bucket, Rates
from studio.ui.visitors import Visitor


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def visitor(name: str, known: bool = True, address: str = "192.0.2.1") -> Visitor:
    return Visitor(name, "", known, address)


def test_a_bucket_gives_what_it_holds_and_says_when_there_is_more() -> None:
    clock = Clock()
    bucket = Bucket(60, 10, clock)
    assert [bucket.take("ann") for _ in range(10)] == [0.0] * 10
    assert bucket.take("ann") == pytest.approx(1.0)
    clock.now += bucket.take("ann", 4)
    assert bucket.take("ann", 4) == 0.0
    assert bucket.take("ben", 10) == 0.0


def test_who_is_refused_loses_nothing_by_asking_again() -> None:
    clock = Clock()
    bucket = Bucket(60, 10, clock)
    bucket.take("ann", 10)
    for _ in range(100):
        assert bucket.take("ann", 5) == pytest.approx(5.0)
    clock.now += 5
    assert bucket.take("ann", 5) == 0.0


def test_a_bucket_never_holds_more_than_its_size() -> None:
    clock = Clock()
    bucket = Bucket(60, 10, clock)
    clock.now += 1e6
    bucket.take("ann", 10)
    assert bucket.take("ann", 1) > 0
    assert bucket.take("ann", 1000) == pytest.approx(10.0)  # never asked for more than a full one


def test_everybody_has_a_bucket_of_their_own_and_strangers_of_one_address_share_one() -> None:
    rates = Rates(Limits(questions_a_minute=60, questions_at_once=60), Clock())
    for _ in range(3):
        rates.ask(visitor("ann"), "join")
    with pytest.raises(LimitError) as refused:
        rates.ask(visitor("ann"), "join")
    assert refused.value.seconds == PRICES["join"]
    rates.ask(visitor("ben"), "join")
    for name in ("new-1", "new-2", "new-3"):
        rates.ask(visitor(name, known=False), "join")
    with pytest.raises(LimitError):
        rates.ask(visitor("new-4", known=False), "coach")
    rates.ask(visitor("new-5", known=False, address="192.0.2.9"), "coach")


@pytest.mark.parametrize("preset", ["public", "workshop"])
def test_who_types_as_fast_as_the_page_can_ask_is_never_refused(preset: str) -> None:
    """A word every half second for ten minutes, each followed by a review, a plan and the engine's prompt, and an
    animatic whenever the last one has come: those wait, and nothing else does.
    """
    clock = Clock()
    rates = Rates(limits_presets(ROOT / "presets" / "limits")[preset].limits, clock)
    drawn = 0
    for _ in range(1200):
        clock.now += 0.5
        for name in ("coach", "plan", "speak"):
            rates.ask(visitor("ann"), name)
        with contextlib.suppress(LimitError):
            rates.ask(visitor("ann"), "animatic")
            drawn += 1
    assert drawn > 20
    rates.ask(visitor("ann"), "open_still")


def test_an_animatic_says_when_there_is_enough_for_it_and_the_coach() -> None:
    clock = Clock()
    rates = Rates(Limits(questions_a_minute=60, questions_at_once=60), clock)
    rates.ask(visitor("ann"), "animatic")
    with pytest.raises(LimitError) as refused:
        rates.ask(visitor("ann"), "animatic")
    clock.now += refused.value.seconds
    rates.ask(visitor("ann"), "animatic")
    rates.ask(visitor("ann"), "bring")


def test_at_home_nothing_is_ever_refused() -> None:
    rates = Rates(Limits(), Clock())
    for _ in range(1000):
        rates.ask(visitor("ann"), "animatic")
        rates.visit(visitor("ann"))
