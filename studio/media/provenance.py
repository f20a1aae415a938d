"""Keep a take's record with its clip: inside the mp4 and in a JSON file beside it, so that either reopens it.

``clip.mp4`` has ``take.json`` beside it; any other ``NAME.mp4`` has ``NAME.take.json``. What is kept names files
without their folders: a clip that is passed on must not tell how somebody's disk is laid out.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.errors import InputError, MediaError
from studio.media.clips import read_comment
from studio.media.whole import beside, refused
from studio.shot import Take

__all__ = ["portable", "read_take", "record_path", "recorded", "write_take"]

_LARGEST_RECORD = 4_000_000  # bytes; the longest prompt and timeline allowed fill about a tenth


def record_path(clip: Path) -> Path:
    """Where the record of `clip` lies."""
    return clip.with_name("take.json" if clip.name == "clip.mp4" else f"{clip.stem}.take.json")


def portable(take: Take) -> Take:
    """The take with files named without their folders, as it is kept and passed on."""
    shot = take.shot
    controls = tuple(control.but(path=Path(control.path).name) for control in shot.controls)
    shot = shot.but(still=shot.still.but(path=Path(shot.still.path).name), controls=controls)
    return take.but(clip=Path(take.clip).name, poster=Path(take.poster).name, shot=shot)


@contextmanager
def recorded(clip: Path) -> Iterator[Callable[[Take], None]]:
    """Make a clip together with its record: both appear, or neither, and what lay there stays.

    The block makes the clip, and before the clip takes its place it calls what it was given with the take: the record
    waits under another name until the block ends well, so hardly anything is left that can fail once the clip is there.

    Raises:
        MediaError: the clip or its record cannot lie there. A name that will not do is refused before the block begins.
    """
    record = record_path(clip)
    for path in (clip, record):
        _check_place(path)

    def write(take: Take) -> None:
        with _explained(record):
            part.write_text(portable(take).to_json(indent=2) + "\n", encoding="utf-8")

    with beside(record) as part:
        yield write
        with _explained(record):
            part.replace(record)


def write_take(take: Take) -> Path:
    """Write the take's record beside its clip, whole or not at all, and give its path.

    Raises:
        MediaError: the folder cannot be written.
    """
    clip = Path(take.clip)
    with recorded(clip) as write:
        write(take)
    return record_path(clip)


def read_take(path: Path) -> Take:
    """Read a take back from its mp4 alone or from its JSON file.

    The take's ``clip`` is the file beside which the record lies, wherever both were carried meanwhile; its still is
    named without a folder.

    Raises:
        MediaError: the file is missing, or was not made by the studio.
    """
    if path.suffix.lower() == ".json":
        take = _parse(_read_text(path), path)
        return take.but(clip=_beside(path, take.clip), poster=_beside(path, take.poster))
    text = read_comment(path)
    if not text:
        raise _foreign(path, "no record of a take in it")
    take = _parse(text, path)
    return take.but(clip=str(path), poster=_beside(path, take.poster))


def _check_place(path: Path) -> None:
    """Refuse a name that is too long, or taken by something else than a file."""
    try:
        free = stat.S_ISREG(path.lstat().st_mode)
        found = "it is no file"
    except (FileNotFoundError, NotADirectoryError):
        return  # free, or a matter for whoever makes the folder
    except OSError as error:
        free, found = False, error.strerror or type(error).__name__
    if not free:
        raise MediaError(
            f"the file {path.name}",
            f"cannot be written ({found})",
            expected="a free name, or a file to replace",
            action="Choose another name.",
        )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn a refusal of the disk into a MediaError."""
    try:
        yield
    except OSError as error:
        raise refused(f"the record {path.name}", error) from error


def _beside(path: Path, name: str) -> str:
    """Where a file named in a record lies; a record may have been tampered with, so only its name counts."""
    last = Path(name).name
    return str(path.with_name(last)) if last not in ("", "..") else ""


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_RECORD:
            raise _foreign(path, "too large for a record")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MediaError(
            f"the record {path.name}",
            error.strerror or "cannot be read",
            expected="a readable take.json or an mp4 of the studio",
            action="Check where it lies.",
        ) from error
    except UnicodeDecodeError as error:
        raise _foreign(path, "not text") from error


def _parse(text: str, path: Path) -> Take:
    try:
        return Take.from_json(text)
    except InputError as error:
        raise _foreign(path, f"its record does not describe a take ({error.thing})") from error


def _foreign(path: Path, found: str) -> MediaError:
    return MediaError(
        f"the file {path.name}",
        found,
        expected="a take made by this studio",
        action="Open the mp4 as it was downloaded from the studio; editors and chat programs remove the record.",
    )
