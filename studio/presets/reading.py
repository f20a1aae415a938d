"""A preset file becomes a record, checked as it is read.

An unknown key is an error that names the known ones, so a typing mistake never silently changes an engine.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from studio.errors import InputError, PresetError
from studio.record import Record, expected

__all__ = ["read_preset"]

AnyRecord = TypeVar("AnyRecord", bound=Record)


def read_preset(path: Path, record: type[AnyRecord]) -> AnyRecord:
    """Read one TOML file into a record.

    Raises:
        PresetError: the file is missing, is not TOML, or has an unknown, missing or wrong key.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresetError(
            f"the preset {path.name}", error.strerror, expected="a readable file", action="Restore it."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PresetError(
            f"the preset {path.name}", error, expected="TOML in UTF-8", action="Mend that line."
        ) from error
    try:
        return record.model_validate(values)
    except ValidationError as error:
        raise _explain(path, record, error) from error


def _explain(path: Path, record: type[Record], error: ValidationError) -> PresetError:
    first, *others = error.errors()
    keys, right = first["loc"], expected(first)
    ways = [one for one in others if one["loc"][:-1] == keys[:-1] and one["input"] is first["input"]]
    if ways and first["type"] != "missing":  # one value that is none of several kinds: a complaint for each
        keys = keys[:-1]
        right = " or ".join(dict.fromkeys((right, *map(expected, ways))))
    where = ".".join(str(part) for part in keys)
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return PresetError(
            f"the preset {path.name}, {cause.thing}", cause.value, expected=cause.expected, action=cause.action
        )
    if first["type"] == "extra_forbidden":
        known = sorted(_holder(record, first["loc"][:-1]).model_fields)
        near = difflib.get_close_matches(str(first["loc"][-1]), known, n=1)
        return PresetError(
            f"the preset {path.name}, key {where}",
            expected=f"one of {', '.join(known)}",
            action=f"Did you mean {near[0]}?" if near else "Correct the key.",
        )
    value = None if first["type"] == "missing" else first["input"]
    return PresetError(f"the preset {path.name}, key {where}", value, expected=right, action="Correct the value.")


def _holder(record: type[Record], keys: tuple[int | str, ...]) -> type[Record]:
    """The record that these keys lead to, through lists and tables of records."""
    for key in keys:
        if isinstance(field := record.model_fields.get(str(key)), FieldInfo):
            record = next(filter(_is_record, _within(field.annotation)), record)
    return record


def _within(annotation: Any) -> Iterator[Any]:
    """A type and those that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _within(part)


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Record)
