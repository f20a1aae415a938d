"""The animatic: a small rough of a shot, drawn before anything is paid for."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from studio.engines.engine import film
from studio.media.clips import write_clip
from studio.shot import Shot
from studio.workspace import Workspace

__all__ = ["draw"]

_SIDE, _FPS = 320, 12
_ONE_AT_A_TIME = threading.Lock()
"""They are drawn while people type and drag: one at a time leaves the other cores to the takes."""


def draw(workspace: Workspace, shot: Shot) -> bytes:
    """A small rough of a shot (mp4), drawn by the studio's own engine in well under a second, whatever engine the
    shot is meant for: its camera and its timing.

    Raises:
        StudioError: the shot cannot be drawn.
    """
    if workspace.apart:
        return workspace.apart.draw(shot)
    scale = _SIDE / max(shot.still.width, shot.still.height)
    width, height = (max(64, round(side * scale / 2) * 2) for side in (shot.still.width, shot.still.height))
    rough = shot.but(engine="sketch", width=width, height=height, fps=_FPS)
    engine = workspace.catalogue.get("sketch")
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="animatic-") as folder:
        clip = Path(folder) / "animatic.mp4"
        write_clip(clip, film(engine, rough, lambda _: None), _FPS)
        return clip.read_bytes()
