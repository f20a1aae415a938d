"""Where the latents of a shot lie between denoising and the finished clip, and whether they are still what was written.

``<digest of the shot>-<digest of the content>.safetensors``: whoever knows the shot finds them, and a file that was
damaged no longer fits its own name.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

from studio.errors import MediaError
from studio.media.whole import beside

__all__ = ["drop_latents", "find_latents", "keep_latents"]


def keep_latents(folder: Path, shot: str, write: Callable[[Path], None]) -> Path:
    """Keep what `write` writes, whole or not at all, in place of what was kept for this shot before.

    Args:
        shot: its ``digest``.

    Raises:
        MediaError: `folder` cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside(folder / shot) as part:
            write(part)
            target = folder / f"{shot}-{_digest(part)}.safetensors"
            part.replace(target)
        for old in _kept(folder, shot):
            if old != target:
                old.unlink(missing_ok=True)
    except OSError as error:
        raise MediaError(
            "the latents",
            f"cannot be kept ({error.strerror or type(error).__name__})",
            expected="a data folder with free space that may be written",
            action="The take goes on; should it break off, it is sampled again.",
        ) from error
    return target


def find_latents(folder: Path, shot: str) -> Path | None:
    """The latents that were kept for this shot; ``None`` where there are none.

    Raises:
        MediaError: they are damaged; they are removed.
    """
    for path in _kept(folder, shot):
        with contextlib.suppress(OSError):
            if path.stem == f"{shot}-{_digest(path)}":
                return path
        drop_latents(folder, shot)
        raise MediaError("the latents", "damaged", expected="what was written", action="They are sampled again.")
    return None


def drop_latents(folder: Path, shot: str) -> None:
    """Remove what was kept for this shot; nothing happens where there is nothing."""
    for path in _kept(folder, shot):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _kept(folder: Path, shot: str) -> list[Path]:
    return sorted(folder.glob(f"{shot}-*.safetensors"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
