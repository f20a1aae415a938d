"""Errors speak in whole sentences and travel between processes."""

from __future__ import annotations

import pickle

import pytest

from studio import errors
from studio.errors import Cancelled, InputError, LimitError, ShotError, StillError, StudioError

KINDS = [getattr(errors, name) for name in errors.__all__ if name not in ("Cancelled", "LimitError")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_message_holds_thing_value_expectation_and_action(kind: type[StudioError]) -> None:
    message = str(kind("the still", "cat.txt", expected="a picture", action="Choose another file."))
    assert message == "the still: cat.txt. Expected a picture. Choose another file."


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_the_way_between_processes(kind: type[StudioError]) -> None:
    error = kind("the still", 3, expected="a picture", action="Choose.")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (kind, str(error))
    for one in (Cancelled(), LimitError(7)):
        assert str(pickle.loads(pickle.dumps(one))) == str(one)


def test_a_long_or_hostile_value_is_shown_short_and_on_one_line() -> None:
    message = str(StillError("the name", "a\nb\x1b[31m" + "x" * 500, expected="a name", action="Shorten it."))
    assert "\n" not in message
    assert "\x1b" not in message
    assert len(message) < 200


def test_bad_input_is_told_apart_from_failure() -> None:
    assert issubclass(StillError, InputError)
    assert not issubclass(errors.EngineError, InputError)
    assert not issubclass(Cancelled, InputError)


def test_an_error_is_told_of_the_place_in_which_its_thing_lies() -> None:
    error = ShotError("seconds", 99, expected="0.5 to 15", action="Choose another length.")
    told = error.within("shot 2")
    assert str(told) == "shot 2, seconds: 99. Expected 0.5 to 15. Choose another length."
    assert type(told) is ShotError
    assert error.thing == "seconds"
