"""Heavy work in processes of its own, so that the page's answers at once: pictures, animatics, and the coach.

Each process is ``python -m studio.backroom``: settings come as the first line of JSON on its standard input, then
questions, one a line; answers go back the same way. When the input closes the studio is gone, and the process ends.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from studio import errors
from studio.errors import EngineError, StillError, StudioError
from studio.settings import ROOT, Settings
from studio.shot import Brief, Shot, Still, StillReport

if TYPE_CHECKING:
    from studio.coach.review import Review

__all__ = ["Apart"]

_Process = subprocess.Popen[bytes]


class Apart:
    """Does heavy work in processes that begin with the first question: the coach's stand beside the page's, those for
    pictures behind it.

    What breaks one of them (a fault in a decoder, no memory) is refused; it takes nothing else along.

    Args:
        settings: the studio's own.
        processes: how many of each kind there are.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self._pictures = _Room(settings, processes, "--behind")
        self._coach = _Room(settings, processes + 1)

    def open(self, picture: Path, name: str) -> Still:
        """Open a picture and keep it as a still, as ``Workspace.add_still`` does.

        Raises:
            StillError: it cannot be opened; the message says why.
        """
        return Still.from_dict(self._pictures.ask("open", _broken(name), path=str(picture), name=name))

    def read(self, still: Still) -> StillReport:
        """Measure a still, as ``Workspace.report`` does.

        Raises:
            StillError: its file was removed or changed.
        """
        return StillReport.from_dict(self._pictures.ask("read", _broken(still.name), still=still.to_dict()))

    def draw(self, shot: Shot) -> bytes:
        """Draw an animatic (mp4), as ``animatic.draw`` does.

        Raises:
            StudioError: the shot cannot be drawn.
        """
        return base64.b64decode(self._pictures.ask("draw", _ended("the animatic"), shot=shot.to_dict()))

    def review(self, prompt: str, brief: Brief, engine: str, **reports: StillReport | None) -> Review:
        """Review a prompt for an engine, as ``Coach.review`` does.

        Args:
            reports: the facts of the still (``report``) and of the end frame (``end``).

        Raises:
            PromptError: the prompt is longer than 20,000 characters.
        """
        from studio.coach.review import Review

        known = {name: report and report.to_dict() for name, report in reports.items()}
        asked = {"prompt": prompt, "brief": brief.to_dict(), "engine": engine, "reports": known}
        return Review.from_dict(self._coach.ask("review", _ended("the coach"), **asked))

    def close(self) -> None:
        """End the processes, each after what it does; they begin again with the next question."""
        self._pictures.close()
        self._coach.close()


class _Room:
    """Some processes of one kind, each with one question at a time."""

    def __init__(self, settings: Settings, processes: int, *options: str) -> None:
        self._settings, self._processes, self._options = settings, processes, options
        self._idle: SimpleQueue[_Process | None] = SimpleQueue()
        for _ in range(processes):
            self._idle.put(None)

    def ask(self, do: str, ended: StudioError, **question: Any) -> Any:
        """What is found; `ended` is raised where the process ended over it."""
        process = self._idle.get()
        try:
            if process is None or process.poll() is not None:
                process = self._begin()
            answer = _exchange(process, {"do": do, **question})
        finally:
            self._idle.put(process)
        if answer is None:
            raise ended
        if "error" in answer:
            kind, thing, value, expected, action = answer["error"]
            raise getattr(errors, kind)(thing, value, expected=expected, action=action)
        return answer["found"]

    def close(self) -> None:
        for _ in range(self._processes):
            process = self._idle.get()
            if process:
                _end(process)
            self._idle.put(None)

    def _begin(self) -> _Process:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        process = subprocess.Popen(
            [sys.executable, "-m", "studio.backroom", *self._options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(self._settings.to_json().encode() + b"\n")
        return process


def _exchange(process: _Process, question: dict[str, Any]) -> dict[str, Any] | None:
    """The answer, or ``None`` from a process that has ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(OSError):
        process.stdin.write(json.dumps(question).encode() + b"\n")
        process.stdin.flush()
        if line := process.stdout.readline():
            answer: dict[str, Any] = json.loads(line)
            return answer
    _end(process)
    return None


def _end(process: _Process) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def _broken(name: str) -> StillError:
    return StillError(
        f"the picture {name}".rstrip(),
        "the reader of pictures broke over it",
        expected="a picture that can be opened and measured",
        action="Save it again in another form (PNG, JPEG), or drop another one.",
    )


def _ended(thing: str) -> EngineError:
    return EngineError(thing, "its process ended", expected="an answer", action="Change something to ask again.")
