"""Reels are kept one record each, belong to somebody, and are deleted without their takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import InputError
from studio.jobs.reel_store import ReelStore
from studio.reel import Reel, ReelShot
from studio.shot import Shot, Still, Timeline


def reel(name: str = "a-reel-of-this-test", owner: str = "", created: str = "2026-01-02") -> Reel:
    still = Still(path="", digest="", width=128, height=96)
    shot = Shot(still=still, timeline=Timeline(seconds=1.0), seconds=1.0)
    return Reel(id=name, owner=owner, created=created, shots=(ReelShot(shot=shot),))


@pytest.fixture
def kept(tmp_path: Path) -> ReelStore:
    return ReelStore(tmp_path)


@pytest.mark.parametrize("name", ["", "../../etc", "x" * 22])
def test_a_reel_that_is_not_there_is_told(kept: ReelStore, name: str) -> None:
    with pytest.raises(InputError, match="the reel"):
        kept.get(name)


def test_reels_are_listed_newest_first_and_a_damaged_one_is_passed_over(kept: ReelStore, tmp_path: Path) -> None:
    older, newer = reel("another-reel-of-this-test", created="2020-01-01"), reel()
    for one in (older, newer):
        kept.add(one)
    broken = tmp_path / "reels" / ("broken" * 4)
    broken.mkdir()
    (broken / "reel.json").write_text("{", encoding="utf-8")
    assert [one.id for one in kept.list()] == [newer.id, older.id]


def test_nobody_sees_or_deletes_the_reel_of_another(kept: ReelStore) -> None:
    kept.add(reel(owner="ann"))
    assert not kept.of("ben").list()
    for ask in (kept.of("ben").get, kept.of("ben").remove):
        with pytest.raises(InputError, match="the reel"):
            ask(reel().id)
    assert kept.of("ann").get(reel().id).owner == "ann"


def test_what_was_deleted_is_not_brought_back_by_who_still_makes_it(kept: ReelStore) -> None:
    kept.add(reel())
    kept.remove(reel().id)
    with pytest.raises(InputError, match="the reel"):
        kept.keep(reel())
    assert not kept.list()


def test_the_joined_clip_goes_with_the_reel_and_the_take_stays(kept: ReelStore, tmp_path: Path) -> None:
    home = tmp_path / "takes" / "the-first-take-of-it"
    home.mkdir(parents=True)
    for name in ("clip.mp4", "reel-0123456789abcdef.mp4"):
        (home / name).write_bytes(b"clip")
    made = kept.add(reel().but(clip=f"/once/elsewhere/{home.name}/reel-0123456789abcdef.mp4"))
    assert kept.clip(made) == home / "reel-0123456789abcdef.mp4"
    kept.remove(made.id)
    assert [path.name for path in home.iterdir()] == ["clip.mp4"]


def test_a_reel_is_wanted_until_somebody_says_otherwise(kept: ReelStore) -> None:
    kept.add(reel())
    assert not kept.wanted(reel().id)
    kept.mark(reel().id)
    assert kept.wanted(reel().id)
    kept.unmark(reel().id)
    assert not kept.wanted(reel().id)
    with pytest.raises(InputError, match="the reel"):
        kept.mark("x" * 22)
