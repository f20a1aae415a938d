"""What nobody needs goes; what somebody kept, waits for or uses stays, whatever the clock says."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from studio.errors import MediaError
from studio.jobs import ages
from studio.jobs.cleaning import clean, remove, sizes, survey
from studio.media.clips import probe
from studio.reel import Reel, ReelShot
from studio.settings import Settings
from studio.shot import Control
from studio.workspace import Workspace
from tests.conftest import Answer, textured
from tests.job_shots import small_shot, worker
from tests.test_jobs_ages import HOUR, Computer

DAY = 86_400.0
LIMITS = {"keep_takes_days": 10.0, "keep_trash_days": 5.0, "keep_latents_days": 3.0, "keep_unused_days": 4.0}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(Settings(data=tmp_path / "data", **LIMITS))


def age(path: Path, days: float) -> Path:
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


def written(path: Path, size: int = 10) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def going(workspace: Workspace, **options: object) -> list[str]:
    return sorted(removal.path for removal in survey(workspace.store, workspace.settings, **options))


def made(workspace: Workspace, picture: Path, days: float, seed: int = 0) -> str:
    take = workspace.animate(small_shot(workspace, picture, seed=seed), lambda _: None)
    age(workspace.takes / take.id, days)
    workspace.library.adopt()  # takes are numbered as they come
    return take.id


def keep_reel(workspace: Workspace, *held: ReelShot) -> Path:
    path = workspace.settings.data / "reels" / ("r" * 20) / "reel.json"
    path.parent.mkdir(parents=True)
    path.write_text(Reel(id="r" * 20, shots=held).to_json(), encoding="utf-8")
    return path


def test_old_takes_go_and_those_with_a_star_or_a_use_stay(workspace: Workspace, picture: Path) -> None:
    old, new, starred, in_reel, source = (made(workspace, picture, days) for days in (11, 9, 99, 99, 99))
    workspace.library.star(starred)
    clip = Control(kind="previous_clip", path=str(workspace.takes / source / "clip.mp4"))
    workspace.jobs.add(small_shot(workspace, picture).but(controls=(clip,)))
    keep_reel(workspace, ReelShot(shot=small_shot(workspace, picture), take=in_reel))
    assert going(workspace) == [f"takes/{old}"]
    gone = remove(workspace.store, workspace.settings, survey(workspace.store, workspace.settings))
    assert [removal.kind for removal in gone] == ["take"]
    assert gone[0].bytes > 1000
    assert {kept.take.id for kept in workspace.library.list()} == {new, starred, in_reel, source}
    assert not (workspace.takes / old).exists()


def test_a_take_that_gets_a_star_meanwhile_stays(workspace: Workspace, picture: Path) -> None:
    take = made(workspace, picture, 99)
    found = survey(workspace.store, workspace.settings)
    workspace.library.star(take)
    assert remove(workspace.store, workspace.settings, found) == []
    assert probe(workspace.takes / take / "clip.mp4").frames > 0


def test_the_trash_is_emptied_by_the_time_things_lie_in_it(workspace: Workspace, picture: Path) -> None:
    first, second = made(workspace, picture, 99), made(workspace, picture, 99)
    for take in (first, second):
        workspace.library.remove(take)
    assert going(workspace) == []
    age(workspace.settings.data / "trash" / first, 6)
    assert going(workspace) == [f"trash/{first}"]
    remove(workspace.store, workspace.settings, survey(workspace.store, workspace.settings))
    assert [kept.take.id for kept in workspace.library.list(removed=True)] == [second]


def test_more_than_the_limit_goes_trash_first_then_the_oldest(workspace: Workspace, picture: Path) -> None:
    takes = [made(workspace, picture, 0, seed) for seed in range(4)]
    workspace.library.remove(takes[2])
    workspace.library.star(takes[0])
    each = sizes(workspace.settings.data)["takes"] / 3
    limits = workspace.settings.but(keep_takes_gb=2.5 * each / 1e9)
    found = survey(workspace.store, limits, ages=False)
    assert [removal.path for removal in found] == [f"trash/{takes[2]}", f"takes/{takes[1]}"]
    assert "more than" in found[0].why


def test_latents_go_by_age_and_size_but_never_those_of_a_waiting_job(workspace: Workspace, picture: Path) -> None:
    waiting = workspace.jobs.add(small_shot(workspace, picture)).shot
    assert waiting is not None
    folder = workspace.settings.data / "latents"
    names = {"wait": f"{waiting.digest}-a", "old": "b" * 64 + "-a", "young": "c" * 64 + "-a", "new": "d" * 64 + "-a"}
    for name, days in {"wait": 50, "old": 4, "young": 2, "new": 1}.items():
        age(written(folder / f"{names[name]}.safetensors", 1000), days)
    assert going(workspace) == [f"latents/{names['old']}.safetensors"]
    small = workspace.settings.but(keep_latents_gb=2100 / 1e9)
    paths = [removal.path for removal in survey(workspace.store, small, ages=False)]
    assert paths == [f"latents/{names['old']}.safetensors", f"latents/{names['young']}.safetensors"]


def test_pictures_that_nothing_uses_go_and_the_rest_stay(workspace: Workspace, picture: Path, tmp_path: Path) -> None:
    made(workspace, picture, 0)
    other = tmp_path / "other.png"
    textured(seed=8).save(other)
    job = workspace.jobs.add(small_shot(workspace, other))
    workspace.jobs.cancel(job.id)  # it can still be asked for again
    unused = written(workspace.stills / ("e" * 64 + ".png"))
    for path in workspace.stills.iterdir():
        age(path, 30)
    assert going(workspace) == [f"stills/{unused.name}"]
    painted = age(written(workspace.controls / ("f" * 64 + ".png")), 30)
    assert going(workspace) == [f"controls/{painted.name}", f"stills/{unused.name}"]


def test_a_still_stays_that_a_reel_has_yet_to_animate(workspace: Workspace, picture: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    textured(seed=9).save(other)
    reel = keep_reel(workspace, ReelShot(shot=small_shot(workspace, other)))
    unused = written(workspace.stills / ("e" * 64 + ".png"))
    for path in workspace.stills.iterdir():
        age(path, 30)
    assert going(workspace) == [f"stills/{unused.name}"]
    reel.write_text("{", encoding="utf-8")  # now nobody knows what it needs
    assert going(workspace) == []


def test_a_still_that_is_opened_again_is_not_old(workspace: Workspace, picture: Path) -> None:
    still = workspace.add_still(picture)
    age(Path(still.path), 30)
    workspace.add_still(picture)
    assert going(workspace) == []


def test_leftovers_go_after_a_day_and_not_while_they_are_worked_on(workspace: Workspace, picture: Path) -> None:
    workspace.jobs.add(small_shot(workspace, picture))
    running = worker(workspace).claim("w1")
    assert running is not None
    data = workspace.settings.data
    for name in ("stills/.ab.part", "scratch/dead.1/clip.mp4", f"scratch/{running.id}.1/clip.mp4", "uploads/x/a.png"):
        written(data / name)
    for path in (data / "stills/.ab.part", *(data / "scratch").iterdir(), *(data / "uploads").iterdir()):
        age(path, 2)
    fresh = written(data / "stills/.cd.part")
    assert going(workspace) == ["scratch/dead.1", "stills/.ab.part", "uploads/x"]
    remove(workspace.store, workspace.settings, survey(workspace.store, workspace.settings))
    assert (fresh.exists(), (data / "scratch" / "dead.1").exists()) == (True, False)
    assert (data / "scratch" / f"{running.id}.1").exists()


def test_a_clock_that_leaps_deletes_nothing(
    workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at once nor when the clock has gone on for days from where it leapt to."""
    take = made(workspace, picture, 0)
    computer = Computer()
    computer.wall = time.time()
    monkeypatch.setattr(ages, "read_clocks", computer.clocks)

    def after(days: float) -> list[str]:
        found = []
        for _ in range(max(1, int(days * 12))):
            computer.passes(days and 2 * HOUR)
            found += [removal.path for removal in clean(workspace.store, workspace.settings)]
        return found

    assert after(0) == []
    for leap in (400, -400, 20, -20, 20_000, -20_000):
        computer.leaps(leap * DAY)
        assert after(0) == []
        assert after(1) == []
    computer.is_off(20 * DAY)  # as holidays are
    assert after(0) == []
    assert (workspace.takes / take).exists()
    assert after(0.1) == [f"takes/{take}"]


def test_the_doctor_says_when_ages_do_not_count(studio: Answer, workspace: Workspace, picture: Path) -> None:
    made(workspace, picture, 11)
    workspace.library.remove(workspace.library.list()[0].take.id)
    clean(workspace.store, workspace.settings)
    age(next((workspace.settings.data / "trash").iterdir()), 40)
    said = studio("doctor", "--clean").out
    assert "ages do not count yet" in said
    assert "Nothing to remove." in said


def test_what_was_made_before_the_clock_was_set_is_not_old(workspace: Workspace, picture: Path) -> None:
    take = made(workspace, picture, 0)
    os.utime(workspace.takes / take, (100_000.0, 100_000.0))
    assert going(workspace) == []


def test_without_limits_no_take_goes(tmp_path: Path, picture: Path) -> None:
    workspace = Workspace.open(Settings(data=tmp_path / "data"))
    made(workspace, picture, 3000)
    assert going(workspace) == []


def test_the_doctor_says_what_would_go_and_removes_it(
    studio: Answer, workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_FIRST_KEEP_TAKES_DAYS", "10")
    take = made(workspace, picture, 11)
    said = studio("doctor", "--clean", "--dry-run")
    assert (said.status, f"takes/{take}" in said.out, "Would remove 1 things" in said.out) == (0, True, True)
    assert (workspace.takes / take).exists()
    assert "Removed 1 things" in studio("doctor", "--clean").out
    assert not (workspace.takes / take).exists()
    assert "Nothing to remove." in studio("doctor", "--clean").out
    assert studio("doctor", "--dry-run").status == 2


def test_where_a_record_cannot_be_read_no_picture_counts_as_unused(workspace: Workspace, picture: Path) -> None:
    made(workspace, picture, 0)
    for still in workspace.stills.iterdir():
        age(still, 400)
    with workspace.store.writing() as connection:
        connection.execute(text("UPDATE takes SET record = '{'"))
    assert going(workspace) == []


@pytest.mark.parametrize("looks", [1, 1000])
def test_a_folder_that_vanishes_during_the_look_hides_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, looks: int
) -> None:
    left, glob = age(written(workspace.settings.data / "stills" / "a.png"), 9), Path.glob
    troubles = iter(range(looks))

    def disturbed(folder: Path, pattern: str) -> Iterator[Path]:
        if next(troubles, None) is not None:
            raise FileNotFoundError
        yield from glob(folder, pattern)

    monkeypatch.setattr(Path, "glob", disturbed)
    if looks == 1:
        assert going(workspace) == ["stills/a.png"]
    else:  # a reel could lie where nobody could look
        with pytest.raises(MediaError, match="changes while it is looked at"):
            going(workspace)
    assert left.exists()
