"""The folders in which the studio keeps things."""

from __future__ import annotations

from pathlib import Path

from studio.errors import MediaError

__all__ = ["folder"]


def folder(path: Path) -> Path:
    """This folder, made where it is not there.

    Raises:
        MediaError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(
            "the folder",
            f"{path.name} ({error.strerror})",
            expected="a folder that can be written",
            action="Set MOTION_FIRST_DATA to one.",
        ) from error
    return path
