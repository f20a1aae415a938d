"""Where the page works when its data folder cannot be written: a coach needs no disk, and nobody's take shall be lost.

Everything then lies in a folder for passing things, and it is said where, and what to do. The command line does not do
so: whoever names a folder there wants that one.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from studio.record import Record
from studio.settings import Settings

__all__ = ["Refuge", "find_refuge", "unwritable"]


class Refuge(Record):
    """The settings to work with.

    Attributes:
        trouble: why they are not those that were asked for, and what to do; empty where they are.
        told: the same as the page says it: where strangers look at it, without folders.
    """

    settings: Settings
    trouble: str = ""
    told: str = ""


def find_refuge(settings: Settings) -> Refuge:
    """These settings; with another data folder where theirs cannot be written."""
    why = unwritable(settings.data)
    if not why:
        return Refuge(settings=settings)
    folder = Path(tempfile.mkdtemp(prefix="motion-first-"))
    trouble = (
        f"The data folder cannot be written: {settings.data} ({why}). What lies in it is not touched and not shown; "
        f"what is made now lies in {folder} until that is cleared. Allow writing there, or set MOTION_FIRST_DATA to "
        "another folder, and start again."
    )
    public = os.environ.get("SYSTEM") == "spaces" or not settings.at_home
    told = "The studio's data folder cannot be written: what is made now is not kept. Download what you like."
    return Refuge(settings=settings.but(data=folder, store=""), trouble=trouble, told=told if public else trouble)


def unwritable(data: Path) -> str:
    """Why nothing can be kept in a data folder, in a word or two; empty where it can. A full disk is none of this."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return _told(error)
    store = data / "studio.db"
    for path in (data, *(data / room for room in ("stills", "takes", "locks")), store):
        if path.exists() and not os.access(path, os.W_OK):
            return _why(path)
    try:
        with tempfile.TemporaryFile(dir=data):
            return ""
    except OSError as error:
        return _told(error)


def _told(error: OSError) -> str:
    return "" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror or type(error).__name__


def _why(path: Path) -> str:
    """What the system says when this is to be changed; nothing is."""
    try:
        os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    except OSError as error:
        return f"{path.name}: {error.strerror}"
    return f"{path.name} is protected"
