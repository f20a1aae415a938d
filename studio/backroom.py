"""The process in which the page's heavy work is done: see ``apart``, which starts it."""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the studio, from the first import on

# isort: split

from studio import animatic
from studio.errors import StudioError
from studio.media.stills import shown_still
from studio.settings import Settings
from studio.shot import Brief, Shot, Still, StillReport
from studio.workspace import Workspace

__all__ = ["main"]

_NICE = 5
"""Behind the page, before the worker that makes takes."""


def main() -> None:
    """Answer what comes until nothing comes any more."""
    if "--behind" in sys.argv and hasattr(os, "nice"):
        os.nice(_NICE)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        workspace = Workspace(Settings.from_json(sys.stdin.buffer.readline()))
        for line in sys.stdin.buffer:
            answers.write(json.dumps(_answer(workspace, json.loads(line))) + "\n")
            answers.flush()


def _answer(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"found": _DO[question.pop("do")](workspace, **question)}
    except StudioError as error:
        value = None if error.value is None else str(error.value)
        return {"error": [type(error).__name__, error.thing, value, error.expected, error.action]}
    except Exception:  # noqa: BLE001  a fault of ours over one question; the log has it, and the next is answered
        traceback.print_exc()
        return {"broken": True}


def _open(workspace: Workspace, path: str, name: str) -> dict[str, Any]:
    still = workspace.add_still(Path(path), name)
    shown_still(Path(still.path))  # the page asks for it next
    return still.to_dict()


def _read(workspace: Workspace, still: dict[str, Any]) -> dict[str, Any]:
    return workspace.report(Still.from_dict(still)).to_dict()


def _draw(workspace: Workspace, shot: dict[str, Any]) -> str:
    return base64.b64encode(animatic.draw(workspace, Shot.from_dict(shot))).decode("ascii")


def _review(
    workspace: Workspace, prompt: str, brief: dict[str, Any], engine: str, reports: dict[str, Any]
) -> dict[str, Any]:
    known = {name: report and StillReport.from_dict(report) for name, report in reports.items()}
    profile = workspace.profile(engine)
    return workspace.coach.review(prompt, Brief.from_dict(brief), profile=profile, **known).to_dict()


_DO: dict[str, Callable[..., Any]] = {"open": _open, "read": _read, "draw": _draw, "review": _review}

if __name__ == "__main__":
    main()
