"""Run a part of a test where other disks are mounted: a small one, or one that may only be read.

The part runs as a process of its own in name spaces of its own (``unshare``), so no root is needed and nothing of it is
left; whatever it starts sees the same disks.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from studio.settings import ROOT

__all__ = ["mountable", "read_only", "run_mounted", "small_disk"]

_APART = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")


def small_disk(folder: Path, size: str) -> str:
    """The step that mounts a disk of this size ("16m") on a folder."""
    return f"mkdir -p {shlex.quote(str(folder))} && mount -t tmpfs -o size={size} small {shlex.quote(str(folder))}"


def read_only(path: Path) -> str:
    """The step after which a folder, or a file, may only be read."""
    named = shlex.quote(str(path))
    return f"mount --bind {named} {named} && mount -o remount,bind,ro {named}"


def run_mounted(part: Callable[[Path], None], folder: Path, *steps: str) -> None:
    """Call a function of a test module with `folder` after these steps; what it asserts is asserted here."""
    name = part.__name__
    call = f"from pathlib import Path; from {part.__module__} import {name}; {name}(Path({str(folder)!r}))"
    last = f"exec {shlex.quote(sys.executable)} -c {shlex.quote(call)}"
    done = subprocess.run([*_APART, " && ".join([*steps, last])], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


@cache
def mountable() -> str:
    """Why this system cannot do it; empty when it can."""
    if not sys.platform.startswith("linux"):
        return "needs Linux"
    try:
        found = subprocess.run([*_APART, "mount -t tmpfs -o size=1m small /mnt"], capture_output=True, text=True)
    except OSError as error:
        return str(error)
    return found.stderr.strip() if found.returncode else ""
