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
import threading
from contextlib import suppress
from pathlib import Path
from queue import LifoQueue
from typing import TYPE_CHECKING, Any

from studio import errors
from studio.errors import EngineError, StillError, StudioError
from studio.settings import ROOT, Settings
from studio.shot import Brief, Shot, Still, StillReport

if TYPE_CHECKING:
    from studio.coach.review import Review

__all__ = ["Apart"]

_LONGEST = 60.0
"""Seconds that an answer may take, the loading of what it needs with it."""

_Process = subprocess.Popen[bytes]


class Apart:
    """Does heavy work in processes that begin with the first question: the coach's stand beside the page's, those for
    pictures behind it.

    What breaks one of them (a fault in a decoder, no memory), or keeps it for a minute, is refused; it takes nothing
    else along.

    Args:
        settings: the studio's own.
        processes: how many there are for pictures; for the coach there is one more.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self._pictures = _Room(settings, processes, "--behind")
        self._coach = _Room(settings, processes + 1)

    def warm(self, shot: Shot, report: StillReport) -> None:
        """Let every process load what it works with, on this shot and the facts of its still."""
        brief = Brief(seconds=shot.seconds).to_dict()
        reports = {"report": report.to_dict()}
        self._coach.ask_each("review", prompt=shot.prompt, brief=brief, engine=shot.engine, reports=reports)
        self._pictures.ask_each("read", still=shot.still.to_dict())
        self._pictures.ask_each("draw", shot=shot.to_dict())

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
    """Some processes of one kind, each with one question at a time; whoever worked last works next."""

    def __init__(self, settings: Settings, processes: int, *options: str) -> None:
        self._settings, self._processes, self._options = settings, processes, options
        self._idle: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(processes):
            self._idle.put(None)

    def ask(self, do: str, ended: StudioError, **question: Any) -> Any:
        """What is found; `ended` is raised where the process ended over it, or took too long."""
        process = self._idle.get()
        try:
            process = self._living(process)
            answer = _exchange(process, {"do": do, **question})
        except OSError as error:  # no memory for another process
            raise ended from error
        finally:
            self._idle.put(process)
        if answer is None or "broken" in answer:
            raise ended
        if "error" in answer:
            kind, thing, value, expected, action = answer["error"]
            raise getattr(errors, kind)(thing, value, expected=expected, action=action)
        return answer["found"]

    def ask_each(self, do: str, **question: Any) -> None:
        """Ask the same of every process, for what that loads."""
        taken = [self._idle.get() for _ in range(self._processes)]
        with suppress(OSError):  # begun when they are needed, if that can be
            living = [self._living(process) for process in taken]
            taken[:] = living
            for one in living:
                _exchange(one, {"do": do, **question})
        for process in taken:
            self._idle.put(process)

    def close(self) -> None:
        taken = [self._idle.get() for _ in range(self._processes)]
        for process in taken:
            if process:
                _end(process)
            self._idle.put(None)

    def _living(self, process: _Process | None) -> _Process:
        """This process, or a new one where it has ended."""
        if process and process.poll() is None:
            return process
        if process:
            _end(process)
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        begun = subprocess.Popen(
            [sys.executable, "-m", "studio.backroom", *self._options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        assert begun.stdin is not None
        with suppress(BrokenPipeError):  # it has ended already, which the next question finds
            begun.stdin.write(self._settings.to_json().encode() + b"\n")
            begun.stdin.flush()
        return begun


def _exchange(process: _Process, question: dict[str, Any]) -> dict[str, Any] | None:
    """The answer, or ``None`` from a process that has ended; one that takes too long is ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Timer(_LONGEST, process.kill)
    late.start()
    try:
        with suppress(OSError):
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            if line := process.stdout.readline():
                answer: dict[str, Any] = json.loads(line)
                return answer
    finally:
        late.cancel()
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
