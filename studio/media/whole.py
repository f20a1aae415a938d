"""Write a file whole or not at all: beside its place under another name first, then moved there in one step."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["beside", "whole"]


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A free name in the folder of `target`; what lies there is gone afterwards, whatever happens."""
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        yield part
    finally:
        with suppress(OSError):  # the folder is no folder, or was removed meanwhile
            part.unlink(missing_ok=True)


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A name to write to; it becomes `target` when the block ends well and disappears when it does not.

    Raises:
        OSError: `target` cannot be replaced.
    """
    with beside(target) as part:
        yield part
        part.replace(target)
