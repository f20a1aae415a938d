"""Every take that was kept is found, whoever made it, and comes back from the trash."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studio.errors import JobError
from studio.jobs.make import keep_take
from studio.shot import Take
from studio.workspace import Workspace
from tests.job_shots import small_shot, worker


def made(workspace: Workspace, picture: Path, prompt: str = "The camera pushes in.", seed: int = 0) -> Take:
    shot = small_shot(workspace, picture, seed=seed).but(prompt=prompt)
    return workspace.animate(shot, lambda _: None)


def test_takes_are_listed_newest_first_with_all_their_files(workspace: Workspace, picture: Path) -> None:
    first = made(workspace, picture)
    workspace.library.list()
    second = made(workspace, picture, seed=1)
    listed = workspace.library.list()
    assert [kept.take.id for kept in listed] == [second.id, first.id]
    assert listed[0].take == second
    assert not listed[0].missing
    assert [kept.number for kept in listed] == [2, 1]


def test_words_find_takes(workspace: Workspace, picture: Path) -> None:
    steam = made(workspace, picture, "Steam rises slowly.")
    made(workspace, picture, "The camera pans left.")
    workspace.library.note(steam.id, "for Ann")
    for words in ("steam", "RISES slowly", "ann steam", steam.id):
        assert [kept.take.id for kept in workspace.library.list(words)] == [steam.id]
    assert workspace.library.list("steam pans") == []
    assert len(workspace.library.list("still.png")) == 2


def test_stars_and_notes_stay(workspace: Workspace, picture: Path) -> None:
    take = made(workspace, picture)
    made(workspace, picture, seed=1)
    workspace.library.star(take.id)
    assert workspace.library.note(take.id, "the best").note == "the best"
    again = Workspace.open(workspace.settings).library
    assert [kept.take.id for kept in again.list(starred=True)] == [take.id]
    assert not again.star(take.id, False).starred


def test_a_removed_take_comes_back(workspace: Workspace, picture: Path) -> None:
    take = made(workspace, picture)
    gone = workspace.library.remove(take.id)
    assert gone.removed and not gone.missing
    assert not Path(take.clip).exists()
    assert workspace.library.list() == []
    assert [kept.take.id for kept in workspace.library.list(removed=True)] == [take.id]
    assert workspace.library.restore(take.id).take == take
    assert Path(take.clip).exists()
    assert [kept.take.id for kept in workspace.library.list()] == [take.id]


def test_an_emptied_trash_is_gone_for_good(workspace: Workspace, picture: Path) -> None:
    gone, kept = made(workspace, picture), made(workspace, picture, seed=1)
    workspace.library.remove(gone.id)
    assert workspace.library.empty_trash() == 1
    assert [found.take.id for found in workspace.library.list()] == [kept.id]
    with pytest.raises(JobError, match="the take"):
        workspace.library.restore(gone.id)


def test_a_deleted_clip_is_said_and_its_shot_can_be_made_again(workspace: Workspace, picture: Path) -> None:
    take = made(workspace, picture)
    workspace.library.list()
    shutil.rmtree(Path(take.clip).parent)
    kept = workspace.library.get(take.id)
    assert kept.missing
    assert workspace.jobs.add(kept.take.shot).shot == take.shot


def test_folders_that_hold_no_take_harm_nothing(workspace: Workspace, picture: Path) -> None:
    take = made(workspace, picture)
    (workspace.takes / "stray").mkdir()
    (workspace.takes / "half").mkdir()
    (workspace.takes / "half" / "take.json").write_text("{half")
    shutil.copytree(workspace.takes / take.id, workspace.takes / "renamed")
    assert [kept.take.id for kept in workspace.library.list()] == [take.id]


def test_nobody_finds_anothers_takes(workspace: Workspace, picture: Path) -> None:
    workspace.jobs.of("ann").add(small_shot(workspace, picture))
    claims = worker(workspace)
    job = claims.claim("w1")
    assert job is not None and job.shot is not None
    claims.finish("w1", keep_take(workspace.catalogue.get("sketch"), job.shot, lambda _: None, workspace.takes, job.id))
    assert [kept.owner for kept in workspace.library.of("ann").list()] == ["ann"]
    ben = workspace.library.of("ben")
    assert ben.list() == []
    for ask in (ben.get, ben.star, ben.remove, ben.restore, lambda identity: ben.note(identity, "mine")):
        with pytest.raises(JobError, match="the take"):
            ask(job.id)
    assert Path(workspace.library.get(job.id).take.clip).exists()


@pytest.mark.parametrize("identity", ["", "..", "../../etc", "x" * 22])
def test_a_take_that_is_not_there_is_told(workspace: Workspace, identity: str) -> None:
    for ask in (workspace.library.get, workspace.library.remove, workspace.library.restore, workspace.library.star):
        with pytest.raises(JobError, match="the take"):
            ask(identity)


def test_a_long_list_is_paged_and_each_take_knows_the_one_before(workspace: Workspace, picture: Path) -> None:
    library = workspace.library
    for seed in range(5):
        library.get(made(workspace, picture, seed=seed).id)  # written down one after the other
    first = library.page(count=2)
    assert [listed.nth for listed in first.takes] == [5, 4]
    assert [listed.before and listed.before.shot.seed for listed in first.takes] == [3, 2]
    second = library.page(count=3, after=first.after)
    assert [listed.nth for listed in second.takes] == [3, 2, 1]
    assert second.after is None and second.takes[-1].before is None


def test_a_page_of_found_takes_is_as_full_as_it_can_be(workspace: Workspace, picture: Path) -> None:
    pans = []
    for side in ("left", "right"):
        pans.append(made(workspace, picture, f"The camera pans {side}."))
        workspace.library.get(pans[-1].id)
    steam = [made(workspace, picture, "Steam “rises” \\ slowly.", seed=seed) for seed in range(2)]
    library = workspace.library
    library.star(pans[0].id)
    for words in ("pans", "sketch PANS"):
        page = library.page(words, count=1)
        assert page.takes[0].kept.take.shot.prompt == "The camera pans right."
        assert [listed.kept.take.id for listed in library.page(words, after=page.after).takes] == [pans[0].id]
    assert {listed.kept.take.id for listed in library.page("\\").takes} == {take.id for take in steam}
    assert [listed.kept.take.id for listed in library.page(starred=True).takes] == [pans[0].id]
    library.remove(pans[1].id)
    assert library.counts() == {"all": 3, "starred": 1, "removed": 1}
    places = {listed.kept.take.id: listed.nth for listed in library.page().takes}
    assert library.listed(steam[0].id).nth == places[steam[0].id]  # found together, they stand in any order
