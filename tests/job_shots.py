"""What the tests of jobs share: small shots, and a store with people and workers in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from studio.jobs.claims import Claims
from studio.shot import Beat, Shot, Timeline
from studio.workspace import Workspace

HOST, DEVICE = "here", "cpu"


def small_shot(workspace: Workspace, picture: Path, *, seed: int = 0, seconds: float = 1.0, **options: object) -> Shot:
    """A shot that sketch makes in a fraction of a second."""
    beat = Beat(layer="camera", start=0, end=seconds, text="The camera pushes in.", move="dolly_in")
    values = {"fps": 8, "width": 128, "height": 96, "seed": seed, "focus": (0.5, 0.5), **options}
    still = workspace.add_still(picture)
    return workspace.shot(still, "The camera pushes in.", Timeline(seconds=seconds, beats=(beat,)), **values)


def worker(workspace: Workspace, name: str = "w1", host: str = HOST, device: str = DEVICE) -> Claims:
    """The claims, with a worker of this name enlisted."""
    claims = Claims(workspace.store, workspace.takes)
    claims.enlist(name, host, device, 1)
    return claims


def wait_for(condition: Callable[[], object], seconds: float = 120.0, seen: Callable[[], object] = str) -> None:
    """Wait until something is so; what is waited for is a process that needs its time on a slow core.

    Args:
        seen: gives what to tell where it does not happen.
    """
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"it did not happen {seen()}"
        time.sleep(0.05)
