"""Heavy work in processes of its own gives what it gives in the page's, and what breaks there breaks nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from studio.apart import Apart
from studio.errors import EngineError, PromptError, StillError
from studio.settings import Settings
from studio.shot import Brief
from studio.workspace import Workspace
from tests.conftest import textured

BRIEF = Brief(seconds=4.0)


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("apart") / "mine.png"
    textured(240, 160).save(path)
    return path


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace that does everything itself."""
    return Workspace(Settings(data=tmp_path_factory.mktemp("together")))


@pytest.fixture(scope="module")
def apart(together: Workspace) -> Iterator[Apart]:
    apart = Apart(together.settings, 1)
    yield apart
    apart.close()


@pytest.fixture(scope="module")
def helped(together: Workspace, apart: Apart) -> Workspace:
    """A workspace of the same folder that has its work done apart."""
    helped = Workspace(together.settings)
    helped.apart = apart
    return helped


def processes() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "studio.backroom" in one.cmdline()]


def test_a_picture_is_the_same_still_with_the_same_facts(helped: Workspace, together: Workspace, picture: Path) -> None:
    still = helped.add_still(picture, "mine")
    assert still == together.add_still(picture, "mine")
    assert helped.report(still) == together.report(still)


def test_a_prompt_is_reviewed_as_it_would_be_here(helped: Workspace, together: Workspace, picture: Path) -> None:
    still = together.add_still(picture)
    asked = "A beautiful mug, warm light. The camera whips around it ✨ and \ud800 steam rises"
    assert helped.review(asked, BRIEF, still=still) == together.review(asked, BRIEF, still=still)


def test_what_cannot_be_opened_is_refused_in_the_same_words(
    helped: Workspace, together: Workspace, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    told = []
    for workspace in (helped, together):
        with pytest.raises(StillError) as refused:
            workspace.add_still(broken)
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_a_prompt_that_is_too_long_is_refused_in_its_own_kind(apart: Apart) -> None:
    with pytest.raises(PromptError, match="20,000"):
        apart.review("a " * 10_001, BRIEF, "sketch", report=None, end=None)


def test_a_process_that_dies_refuses_one_question_and_the_next_is_answered(
    apart: Apart, together: Workspace, picture: Path
) -> None:
    still = together.add_still(picture)
    for one in processes():
        one.suspend()  # so that it dies over the question, not before it
        one.kill()
    answers: list[object] = []
    for _ in range(2):
        try:
            answers.append(apart.read(still))
        except (StillError, EngineError) as error:
            answers.append(error)
    assert answers[-1] == together.report(still)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_the_processes_end_when_the_studio_is_killed(together: Workspace) -> None:
    begun = (
        "import sys, time; from studio.apart import Apart; from studio.settings import Settings\n"
        "apart = Apart(Settings.from_json(sys.stdin.readline()), 1)\n"
        "try: apart.open('/nowhere', 'x')\n"
        "except ValueError: print('ready', flush=True)\n"
        "time.sleep(60)"
    )
    studio = subprocess.Popen([sys.executable, "-c", begun], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert studio.stdin is not None
    assert studio.stdout is not None
    studio.stdin.write(together.settings.to_json() + "\n")
    studio.stdin.flush()
    assert studio.stdout.readline() == "ready\n"
    left = psutil.Process(studio.pid).children()
    assert left
    os.kill(studio.pid, signal.SIGKILL)
    studio.wait()
    until = time.monotonic() + 30
    while any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in left):
        assert time.monotonic() < until
        time.sleep(0.05)
