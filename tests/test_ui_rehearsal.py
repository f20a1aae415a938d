"""Watching a take: progress in order, the take at the end, nothing left behind when it is abandoned."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from studio.errors import Cancelled, StudioError
from studio.shot import STAGES, Shot, Take
from studio.ui.draft import Draft, Shelf
from studio.ui.rehearsal import stop_all, watch
from studio.workspace import Workspace


def shot(workspace: Workspace, picture: Path, **changes: object) -> Shot:
    shelf = Shelf(workspace)
    key = shelf.key(shelf.add(picture, "mine.png"))
    values = {"still": key, "prompt": "Slow dolly-in.", "seconds": 1.0, "side": 256, **changes}
    return Draft.from_dict(values).shot(workspace, shelf)


def test_progress_comes_in_the_order_of_the_stages_and_ends_in_a_take(workspace: Workspace, picture: Path) -> None:
    *progress, take = watch(workspace, shot(workspace, picture, side=512, seconds=4.0))
    seen = [news["stage"] for news in progress if news["stage"]]
    assert seen == sorted(seen, key=STAGES.index)
    assert isinstance(take, Take)
    assert Path(take.clip).exists()


def test_leaving_early_stops_the_work_and_keeps_nothing(workspace: Workspace, picture: Path) -> None:
    news = watch(workspace, shot(workspace, picture, side=1080, seconds=15.0))
    while not next(news)["stage"]:
        pass
    news.close()
    until = time.monotonic() + 5
    while list(workspace.takes.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(workspace.takes.iterdir()) == []


def test_closing_the_studio_stops_the_work_and_keeps_nothing(workspace: Workspace, picture: Path) -> None:
    news = watch(workspace, shot(workspace, picture, side=1080, seconds=15.0))
    while not next(news)["stage"]:
        pass
    stop_all()
    with pytest.raises(Cancelled):
        list(news)
    assert list(workspace.takes.iterdir()) == []


def test_an_engine_that_cannot_run_says_so_before_any_work(workspace: Workspace, picture: Path) -> None:
    asked = shot(workspace, picture).but(engine="wan_2_2_i2v_a14b")
    with pytest.raises(StudioError, match="Wan"):
        next(watch(workspace, asked))
