"""What one request of the coach brings besides its prompt: the options of ``coach``, the keys of a line of a batch."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Self, get_args

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from studio.errors import InputError
from studio.record import Record, explain
from studio.shot import Brief, ControlKind, Still

__all__ = ["Asked", "read_controls", "read_size"]

_GIVEN = re.compile(r"(?P<kind>[\w-]+)(?::(?P<name>[^=]*))?=(?P<path>.+)", re.DOTALL)
_SIZE = re.compile(r"(\d{1,5})\s*[x×X]\s*(\d{1,5})")


def read_size(value: object) -> tuple[int, int] | None:
    """Width and height in pixels from "768x512" or a pair of numbers; nothing from nothing.

    Raises:
        InputError: it is neither.
    """
    if value is None:
        return None
    if isinstance(value, str) and (match := _SIZE.fullmatch(value.strip())):
        value = int(match[1]), int(match[2])
    pair = isinstance(value, list | tuple) and len(value) == 2 and all(type(side) is int for side in value)
    if isinstance(value, list | tuple) and pair and min(value) >= 1:
        return value[0], value[1]
    raise InputError("the size", value, expected="WIDTHxHEIGHT in pixels, such as 768x512", action="Correct it.")


def read_controls(given: list[str] | None) -> tuple[tuple[ControlKind, str, Path], ...]:
    """Kind, name and path of each control from "pose_video=dance.mp4" or "reference:mug=mug.jpg".

    Raises:
        InputError: one is written otherwise, or its kind is not known.
    """
    return tuple(_read_control(text) for text in given or ())


def _read_control(text: str) -> tuple[ControlKind, str, Path]:
    match = _GIVEN.fullmatch(text.strip())
    kinds: dict[str, ControlKind] = {kind: kind for kind in get_args(ControlKind)}
    kind = kinds.get(match["kind"].lower().replace("-", "_")) if match else None
    if match is None or kind is None:
        raise InputError(
            "the control",
            text,
            expected=f"KIND=PATH or reference:NAME=PATH, with KIND one of {', '.join(kinds)}",
            action="Correct it.",
        )
    return kind, match["name"] or "", Path(match["path"])


def _several(value: object) -> object:
    """One word or a list of them."""
    return [value] if isinstance(value, str) else value or []


def _rule(word: object) -> str:
    from studio.coach.pages import find_rule

    return find_rule(str(word)).name


class Asked(Record):
    """The shot as far as a request tells of it. Keys that are not known are left alone: a line may carry labels.

    Attributes:
        end_frame: the path of a picture that the clip shall end on.
        control: kinds of control that are attached.
        ignore: rules that shall not speak, by name or code.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    engine: str = "sketch"
    seconds: float = 5.0
    negative: str | None = Field(default=None, max_length=5_000)
    guidance: Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)] | None = None
    end_frame: str | None = None
    control: Annotated[tuple[ControlKind, ...], BeforeValidator(_several)] = ()
    size: Annotated[tuple[int, int] | None, BeforeValidator(read_size)] = None
    first_frame: str = Field(default="", max_length=2_000)
    idea: int = Field(default=0, ge=0, lt=2**32)
    ignore: Annotated[tuple[Annotated[str, BeforeValidator(_rule)], ...], BeforeValidator(_several)] = ()

    @classmethod
    def from_dict(cls, values: object) -> Self:
        """Build it from plain values; what is ``None`` is as good as not given.

        Raises:
            InputError: a value is of another kind or out of range; the message names it as the request does.
        """
        given = {key: value for key, value in values.items() if value is not None} if isinstance(values, dict) else {}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise explain("the", error) from error

    def but_for(self, line: dict[str, Any]) -> Asked:
        """The same request with what a line of a batch says otherwise."""
        return Asked.from_dict({**dict(self), **{key: value for key, value in line.items() if value is not None}})

    def brief(self, end: Still | None = None) -> Brief:
        """What the coach is told; a picture to end on is a control of its own."""
        controls = dict.fromkeys((*self.control, *(("end_frame",) if end else ())))
        return Brief.from_dict(
            {
                "seconds": self.seconds,
                "negative": self.negative,
                "guidance": self.guidance,
                "controls": tuple(controls),
                "size": self.size,
                "first_frame": self.first_frame,
                "idea": self.idea,
                "dismissed": self.ignore,
            }
        )

    @property
    def end_path(self) -> Path | None:
        """Where the end frame lies."""
        return Path(self.end_frame) if self.end_frame else None
