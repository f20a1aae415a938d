"""Killed without warning at random moments, the studio loses nothing; ``make endure`` is the long form."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from studio.settings import Settings
from tests.endure import endure


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_nothing_is_lost_whatever_is_killed_and_when(tmp_path: Path) -> None:
    figures = endure(Settings(data=tmp_path / "data"), kills=4, takes=5, seed=4)
    assert figures["killed worker"] and figures["killed studio"] and figures["killed both"]
