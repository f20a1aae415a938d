"""Many prompts at once: a file of JSON lines in, one review a line out, bad lines answered too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from studio import console
from studio.asked import Asked
from studio.errors import InputError, PromptError
from studio.shot import Still
from studio.workspace import Workspace

__all__ = ["LONGEST_LINE", "coach_batch"]

LONGEST_LINE = 1_000_000
"""Characters; far above the longest prompt, far below what would trouble a small machine."""


def coach_batch(workspace: Workspace, batch: Path, asked: Asked, picture: Still | None) -> None:
    """Coach a file line by line, streaming; `asked` holds for what a line leaves open.

    Raises:
        InputError: the file cannot be read, or a line could not be coached (told at the end, all lines answered).
    """
    open_end = cache(workspace.add_still)
    number = bad = 0
    for number, line in enumerate(_lines(batch), start=1):
        if not line.strip():
            continue
        identity: object = number
        try:
            identity, row = _parse_line(line, number)
            told = asked.but_for(row)
            end = open_end(told.end_path) if told.end_path else None
            review = workspace.review(row["prompt"], told.brief(end), engine=told.engine, still=picture, end=end)
            console.show_json({"id": identity, **review.to_dict()})
        except InputError as error:
            bad += 1
            console.show_json({"id": identity, "error": str(error)})
    if bad:
        raise InputError(
            "the batch",
            f"{bad} of {number} lines",
            expected="prompts that can be read",
            action="See `error` in the output.",
        )


def _lines(batch: Path) -> Iterator[str]:
    """Read a batch line by line, so that a pipe may feed it; an endless line is refused before it fills memory."""
    try:
        with batch.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
            while line := file.readline(LONGEST_LINE):
                if len(line) >= LONGEST_LINE:
                    raise InputError(
                        "the batch file", batch, expected="one prompt a line", action="Break it into lines."
                    )
                yield line.rstrip("\r\n")
    except OSError as error:
        raise InputError(
            "the batch file",
            f"{batch} ({error.strerror})",
            expected="a readable file of JSON lines",
            action="Check its path.",
        ) from error


def _parse_line(line: str, number: int) -> tuple[object, dict[str, Any]]:
    """Take one line of a batch apart: its id, and what it says."""
    if any("\udc80" <= character <= "\udcff" for character in line):  # bytes that the file could not be decoded from
        raise PromptError(f"line {number}", line, expected="text in UTF-8", action="Save the file as UTF-8.")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: no JSON, or a number of thousands of digits
        raise PromptError(f"line {number}", line, expected="one JSON object", action="Correct the line.") from error
    if not isinstance(row, dict) or not isinstance(row.get("prompt"), str):
        raise PromptError(f"line {number}", line, expected='an object with a "prompt" text', action="Correct the line.")
    return row.get("id", number), row
