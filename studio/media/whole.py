"""Write a file whole or not at all: beside its place under another name first, then moved there in one step.

And say in words why a disk refuses it.
"""

from __future__ import annotations

import errno
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studio.errors import DiskError, MediaError

__all__ = ["REFUSALS", "beside", "refused", "whole"]

REFUSALS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM))
"""With these a disk refuses whatever is written: no room, no more of one's quota, no right to write."""


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


def refused(thing: str, error: OSError, where: str = "a folder", action: str = "choose another folder") -> MediaError:
    """What to raise when the disk did not take `thing`: a ``DiskError`` where it would take no other file either."""
    kind = DiskError if error.errno in REFUSALS else MediaError
    return kind(
        thing,
        f"cannot be written ({error.strerror or type(error).__name__})",
        expected=f"{where} with free space that may be written",
        action=f"Free some space or {action}, then try again.",
    )
