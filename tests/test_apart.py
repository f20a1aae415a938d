"""Heavy work in processes of its own gives what it gives in the page's, and what breaks there breaks nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from studio.apart import Apart, _ended
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
    found = []
    for one in psutil.Process().children():
        with suppress(psutil.Error):  # gone meanwhile
            found += [one] if "studio.backroom" in one.cmdline() else []
    return found


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


def test_a_process_that_dies_over_a_question_refuses_it_and_the_next_is_answered(
    apart: Apart, together: Workspace, picture: Path
) -> None:
    still = together.add_still(picture, "mine")
    assert apart.read(still)  # so that there is a process
    for one in processes():
        one.suspend()  # it takes the question and does not answer
    with ThreadPoolExecutor(1) as hand:
        asked = hand.submit(apart.read, still)
        time.sleep(0.3)
        for one in processes():
            one.kill()
        with pytest.raises(StillError, match="the picture mine: the reader of pictures broke over it"):
            asked.result()
    assert apart.read(still) == together.report(still)


def test_a_fault_over_one_question_leaves_the_process_to_the_next(apart: Apart, together: Workspace) -> None:
    room, before = apart._pictures, {one.pid for one in processes()}
    with pytest.raises(EngineError, match="its process ended"):
        room.ask("fly", _ended("this"))
    assert {one.pid for one in processes()} == before


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
    try:
        assert studio.stdin is not None
        assert studio.stdout is not None
        studio.stdin.write(together.settings.to_json() + "\n")
        studio.stdin.flush()
        assert studio.stdout.readline() == "ready\n"
        left = psutil.Process(studio.pid).children()
    finally:
        studio.kill()
        studio.wait()
    assert left
    assert not psutil.wait_procs(left, timeout=30)[1]


def test_closing_ends_every_process(together: Workspace, picture: Path) -> None:
    before = set(processes())
    apart = Apart(together.settings, 1)
    apart.read(together.add_still(picture))
    (mine,) = set(processes()) - before
    apart.close()
    assert not psutil.wait_procs([mine], timeout=10)[1]
