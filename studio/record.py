"""What a record is: frozen, checked, equal by value, JSON in and out."""

from __future__ import annotations

import re
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError

from studio.errors import InputError, ShotError, TimelineError

__all__ = ["Record", "expected", "explain"]

_SHOULD = re.compile(r"^\w+ should (?:be |have )?")  # our sentence already says "Expected"


class Record(BaseModel):
    """A frozen record: equal by value, strict about unknown keys, JSON in and out."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)  # JSON knows neither

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read the record back from JSON.

        Raises:
            InputError: the text is not JSON or does not describe this record.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise explain(cls.__name__, error) from error

    @classmethod
    def from_dict(cls, values: object) -> Self:
        """Build the record from plain values (parsed JSON or TOML).

        Raises:
            InputError: a key is unknown, missing or has a wrong value.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise explain(cls.__name__, error) from error

    def to_json(self, *, indent: int | None = None) -> str:
        """Write the record as JSON.

        Raises:
            InputError: it holds half of a character, as a browser may send it; no file takes that.
        """
        try:
            return self.model_dump_json(indent=indent)
        except PydanticSerializationError as error:
            expected = "text that can be written as UTF-8"
            raise InputError(type(self).__name__, expected=expected, action="Type it again.") from error

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values that ``json.dumps`` accepts."""
        return self.model_dump(mode="json")

    def but(self, **changes: object) -> Self:
        """Give a copy with some fields changed, checked like a new record.

        Raises:
            InputError: a changed field is unknown or has a wrong value.
        """
        return type(self).from_dict({**dict(self), **changes})


def explain(name: str, error: ValidationError) -> InputError:
    """Turn the first of pydantic's complaints into one of ours; timelines and shots keep their own type."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):  # raised by a record's own check, already in our words
        return cause
    kind = {"Timeline": TimelineError, "Beat": TimelineError, "Shot": ShotError}.get(name, InputError)
    value = None if first["type"] == "missing" else first["input"]
    return kind(f"{name} {where}".strip(), value, expected=expected(first), action="Correct it and try again.")


def expected(complaint: ErrorDetails) -> str:
    """What would have been right, of one of pydantic's complaints."""
    return {
        "missing": "a value",
        "json_invalid": "JSON",
        "extra_forbidden": "no such key",
        "model_type": "an object with named values",
        "string_unicode": "text that can be written as UTF-8",
        "int_parsing_size": "a smaller number",
        "tuple_type": "a list in [ ]",
        "dict_type": "a table with named values",
        "string_pattern_mismatch": f"text that matches {complaint.get('ctx', {}).get('pattern')}",
    }.get(complaint["type"]) or _SHOULD.sub("", complaint["msg"])
