"""The folder of a take is where its row says, whoever moves it meanwhile and whatever dies."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from studio.errors import JobError
from studio.jobs.cleaning import remove, survey
from studio.jobs.homes import going, home_of, moving
from studio.reel import ReelShot
from studio.settings import Settings
from studio.workspace import Workspace
from tests.job_shots import small_shot
from tests.test_jobs_cleaning import keep_reel
from tests.test_two_studios import ended, start

DAY = 86_400


def takes_of(workspace: Workspace, picture: Path, count: int) -> list[str]:
    """So many takes that are twelve days old: one that was made, and copies of it under ids of their own."""
    first = workspace.animate(small_shot(workspace, picture), lambda _: None)
    home = Path(first.clip).parent
    ids = [first.id, *(f"copy-{number:016d}" for number in range(count - 1))]
    for identity in ids[1:]:
        shutil.copytree(home, home.with_name(identity))
        record = home.with_name(identity) / "take.json"
        record.write_text(json.dumps({**json.loads(record.read_text()), "id": identity}))
    for identity in ids:
        os.utime(home.with_name(identity), (time.time() - 12 * DAY,) * 2)
    workspace.library.adopt()
    return ids


def whole(workspace: Workspace) -> set[str]:
    """The takes that are listed, each with its clip; nothing else lies about."""
    found = {kept.take.id for kept in workspace.library.list()}
    assert not [kept for kept in workspace.library.list() if kept.missing]
    assert {path.name for path in workspace.takes.iterdir()} == found
    trash = workspace.settings.data / "trash"
    assert not trash.exists() or list(trash.iterdir()) == []
    assert workspace.store.problems() == []
    return found


def test_studios_that_clean_one_folder_at_once_delete_each_take_once(workspace: Workspace, picture: Path) -> None:
    ids = takes_of(workspace, picture, 20)
    workspace.library.star(ids[3])
    data = workspace.settings.data
    call = ("-m", "studio", "doctor", "--clean", "--json")
    said = ended(*(start(data, *call, MOTION_FIRST_KEEP_TAKES_DAYS="10") for _ in range(2)))
    told = [removal["path"] for out in said for removal in json.loads(out)]
    assert sorted(told) == sorted(f"takes/{identity}" for identity in ids if identity != ids[3])
    assert whole(workspace) == {ids[3]}


def test_cleaning_emptying_and_looking_at_once_harm_nothing(workspace: Workspace, picture: Path) -> None:
    ids = takes_of(workspace, picture, 24)
    for identity in ids[:8]:
        workspace.library.remove(identity)
    limits = workspace.settings.but(keep_takes_days=10.0)
    counts: list[int] = []
    troubles: list[Exception] = []

    def safely(act: object) -> None:
        try:
            counts.append(act(Workspace.open(limits)))  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001
            troubles.append(error)

    def clean_all(mine: Workspace) -> int:
        return sum(gone.kind == "take" for gone in remove(mine.store, limits, survey(mine.store, limits)))

    def look(mine: Workspace) -> int:
        return 0 * sum(len(mine.library.list()) for _ in range(20))

    acts = (
        clean_all,
        clean_all,
        look,
        look,
        lambda mine: mine.library.empty_trash(),
        lambda m: m.library.empty_trash(),
    )
    threads = [threading.Thread(target=safely, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert sum(counts) == 24
    assert whole(workspace) == set()


def test_a_take_that_comes_into_a_reel_meanwhile_stays(workspace: Workspace, picture: Path) -> None:
    (take,) = takes_of(workspace, picture, 1)
    limits = workspace.settings.but(keep_takes_days=10.0)
    found = survey(workspace.store, limits)
    assert [removal.path for removal in found] == [f"takes/{take}"]
    reel = keep_reel(workspace, ReelShot(shot=small_shot(workspace, picture), take=take))
    assert remove(workspace.store, limits, found) == []
    reel.write_text("{half", encoding="utf-8")  # now nobody knows which takes it holds
    assert survey(workspace.store, limits) == []
    assert remove(workspace.store, limits, found) == []
    assert whole(workspace) == {take}


@pytest.mark.parametrize("removed", [False, True])
def test_a_process_that_died_between_folder_and_row_is_put_right(
    workspace: Workspace, picture: Path, removed: bool
) -> None:
    (take,) = takes_of(workspace, picture, 1)
    data, library = workspace.settings.data, workspace.library
    if removed:
        library.remove(take)
    for place in (home_of(data, take, not removed), going(data, take)):
        place.parent.mkdir(exist_ok=True)
        home_of(data, take, removed).rename(place)
        (kept,) = library.list(removed=removed)
        assert not kept.missing
        assert home_of(data, take, removed).is_dir()


def test_a_move_that_comes_to_nothing_is_undone(workspace: Workspace, picture: Path) -> None:
    (take,) = takes_of(workspace, picture, 1)
    data = workspace.settings.data
    with pytest.raises(RuntimeError), moving(workspace.store) as (_, _, move):
        move(home_of(data, take, False), home_of(data, take, True))
        raise RuntimeError
    assert whole(workspace) == {take}


def test_a_take_that_is_deleted_elsewhere_is_told(workspace: Workspace, picture: Path) -> None:
    (take,) = takes_of(workspace, picture, 1)
    assert Workspace.open(workspace.settings).library.delete(take)
    with pytest.raises(JobError, match="the take"):
        workspace.library.delete(take)
    assert whole(workspace) == set()


def test_what_lies_in_the_trash_is_found_by_a_new_store(workspace: Workspace, picture: Path) -> None:
    kept, gone = takes_of(workspace, picture, 2)
    workspace.library.remove(gone)
    workspace.store.close()
    for file in workspace.settings.data.glob("studio.db*"):
        file.unlink()
    again = Workspace.open(Settings(data=workspace.settings.data)).library
    assert [found.take.id for found in again.list()] == [kept]
    assert [found.take.id for found in again.list(removed=True)] == [gone]
    assert not again.restore(gone).missing
