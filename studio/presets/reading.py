"""A preset file becomes a record, checked as it is read.

An unknown key is an error that names the known ones, so a typing mistake never silently changes an engine.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from studio.errors import InputError, PresetError
from studio.shot import Record

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
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return PresetError(
            f"the preset {path.name}, {cause.thing}", cause.value, expected=cause.expected, action=cause.action
        )
    if first["type"] == "extra_forbidden":
        holder = record
        for part in first["loc"][:-1]:
            inner = holder.model_fields.get(str(part))
            if inner is None or not (isinstance(inner.annotation, type) and issubclass(inner.annotation, Record)):
                break
            holder = inner.annotation
        known = ", ".join(sorted(holder.model_fields))
        return PresetError(
            f"the preset {path.name}, key {where}", expected=f"one of {known}", action="Correct the key."
        )
    value = None if first["type"] == "missing" else first["input"]
    return PresetError(
        f"the preset {path.name}, key {where}", value, expected=first["msg"], action="Correct the value."
    )
