"""What can go wrong, in words a person can act on.

Every message names the thing, the value, what was expected and what to do next::

    StudioError
     ├─ InputError            the request itself is at fault (the command line exits with 2)
     │   ├─ StillError        a picture that cannot be opened
     │   ├─ PromptError       a prompt that cannot be read
     │   ├─ TimelineError     beats that do not fit on their time axis
     │   ├─ ShotError         seconds, size, frame rate or seed out of range
     │   ├─ PresetError       a file in presets/ that does not say what it must
     │   ├─ SettingsError     an environment variable or option with a bad value
     │   ├─ TermsError        weights whose terms nobody here has acknowledged
     │   └─ JobError          a change that a job or a take does not allow
     ├─ EngineError           an engine that is missing, cannot run here, or failed
     ├─ MediaError            a clip that cannot be written or read
     │   └─ DiskError         the disk refuses to keep a file: it is full, or may not be written
     ├─ StoreError            the store of jobs and takes cannot be opened, read or written
     ├─ LimitError            one person asks more at a time than the limits allow
     └─ Cancelled             the person asked to stop; not a failure

Catch ``StudioError`` at the edge (page, command line) and show ``str(error)``; nothing above it needs a traceback.
"""

from __future__ import annotations

import copy
from typing import Self

__all__ = [
    "Cancelled",
    "DiskError",
    "EngineError",
    "InputError",
    "JobError",
    "LimitError",
    "MediaError",
    "PresetError",
    "PromptError",
    "SettingsError",
    "ShotError",
    "StillError",
    "StoreError",
    "StudioError",
    "TermsError",
    "TimelineError",
]

_LONGEST_VALUE = 120


class StudioError(Exception):
    """One sentence of what, one of what was expected, one of what to do.

    Args:
        thing: what is wrong, as the reader knows it ("the still", "seconds").
        value: what it was; ``None`` when there is nothing to show. Shortened to 120 characters.
        expected: what would have been right.
        action: what to do next.
    """

    def __init__(self, thing: str, value: object = None, *, expected: str, action: str) -> None:
        self.thing, self.value, self.expected, self.action = thing, value, expected, action
        super().__init__(str(self))

    def within(self, place: str) -> Self:
        """The same error, told of a place ("shot 2") in which the thing lies."""
        told = copy.copy(self)
        told.thing = f"{place}, {self.thing}"
        return told

    def __str__(self) -> str:
        shown = f"{self.thing}: {_shorten(self.value)}" if self.value is not None else self.thing
        return f"{shown}. Expected {self.expected}. {self.action}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.thing, self.value, self.expected, self.action)


class InputError(StudioError, ValueError):
    """The request is at fault; a different request can succeed.

    It is a ``ValueError`` too, so that the records may raise it while they check themselves.
    """


class StillError(InputError):
    """A picture that cannot be opened as a still."""


class PromptError(InputError):
    """A prompt that cannot be read."""


class TimelineError(InputError):
    """Beats that do not fit on their time axis."""


class ShotError(InputError):
    """A shot that asks for something outside the limits."""


class PresetError(InputError):
    """A preset file with an unknown key, a missing key or a wrong value."""


class SettingsError(InputError):
    """A setting with a bad value."""


class TermsError(InputError):
    """Weights that are not here and whose terms nobody here has acknowledged: nothing is fetched."""


class JobError(InputError):
    """A job or a take that is not there, or a change that its state does not allow."""


class EngineError(StudioError):
    """An engine that is missing, cannot run here, or failed on the way."""


class MediaError(StudioError):
    """A clip that cannot be written or read."""


class DiskError(MediaError):
    """The disk refuses to keep a file, as it would any other: it is full, over a quota, or may not be written."""


class StoreError(StudioError):
    """The store of jobs and takes cannot be opened, read or written."""


class LimitError(StudioError):
    """One person asks more at a time than the limits allow; ``seconds`` says how long to wait, a whole number."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__("many questions at once", expected="fewer", action=f"It goes on in {seconds} s.")

    def __str__(self) -> str:
        return f"That was more at once than one person may ask here. It goes on in {self.seconds} s; nothing is lost."

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.seconds,)


class Cancelled(StudioError):
    """The person asked to stop; raised by the listener, passed on by the engine."""

    def __init__(self, thing: str = "the take") -> None:
        super().__init__(f"{thing} was cancelled", expected="nothing more", action="Press Animate to start again.")

    def __str__(self) -> str:
        return f"{self.thing}. {self.action}"

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.thing.removesuffix(" was cancelled"),)


def _shorten(value: object) -> str:
    """Show a value on one line, without control characters, at most 120 characters."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _rebuild(kind: type[StudioError], thing: str, value: object, expected: str, action: str) -> StudioError:
    return kind(thing, value, expected=expected, action=action)
