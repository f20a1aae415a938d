"""Pictures and clips are given to whom they belong, and to nobody else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from studio.presets import Limits
from studio.settings import Settings
from studio.shot import Take
from studio.ui import files
from studio.ui.draft import Shelf
from studio.ui.gate import Gate
from studio.ui.rates import Rates
from studio.ui.visitors import Visitors, owner_of
from studio.workspace import Workspace
from tests.guests import picture as drawn
from tests.test_jobs_forget import made


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(Settings(data=tmp_path / "data", max_upload_mb=1))


@pytest.fixture
def shelf(workspace: Workspace) -> Shelf:
    return Shelf(workspace)


@pytest.fixture
def app(workspace: Workspace, shelf: Shelf) -> Starlette:
    return Starlette(
        routes=files.file_routes(workspace, shelf), middleware=[Middleware(Gate, Visitors(b"k" * 32), Rates(Limits()))]
    )


@pytest.fixture
def ann(app: Starlette) -> TestClient:
    return visitor(app)


@pytest.fixture
def ben(app: Starlette) -> TestClient:
    return visitor(app)


def visitor(app: Starlette) -> TestClient:
    client = TestClient(app, headers={"accept-encoding": "identity"})
    client.get("/")
    return client


def owner(client: TestClient) -> str:
    return owner_of(client.cookies["motion-first"].split(".")[0])


@pytest.fixture
def take(workspace: Workspace, ann: TestClient, picture: Path) -> Take:
    identity = made(workspace, owner(ann), picture)
    return workspace.library.get(identity).take


def test_a_clip_is_given_to_whom_it_belongs_in_parts(ann: TestClient, take: Take) -> None:
    whole = ann.get("/" + files.take_address(take))
    assert whole.content == Path(take.clip).read_bytes()
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["cache-control"].startswith("private")
    part = ann.get("/" + files.take_address(take), headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert ann.get("/" + files.take_address(take), headers={"range": "bytes=99999999-"}).status_code == 416
    again = ann.get("/" + files.take_address(take), headers={"if-none-match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_record_and_poster_are_given_too(ann: TestClient, take: Take) -> None:
    assert ann.get("/" + files.take_address(take, "take.json")).json()["id"] == take.id
    assert ann.get("/" + files.take_address(take, "poster.jpg")).headers["content-type"] == "image/jpeg"


def test_a_poster_that_was_deleted_is_made_again_from_the_clip(ann: TestClient, take: Take) -> None:
    poster = Path(take.poster)
    before = poster.read_bytes()
    poster.unlink()
    assert ann.get("/" + files.take_address(take, "poster.jpg")).content == before
    poster.unlink()
    Path(take.clip).write_bytes(b"no clip")
    assert ann.get("/" + files.take_address(take, "poster.jpg")).status_code == 404
    Path(take.clip).unlink()
    for name in ("poster.jpg", "clip.mp4"):
        assert ann.get("/" + files.take_address(take, name)).status_code == 404


def test_the_picture_of_a_still_that_was_deleted_is_made_again(
    workspace: Workspace, shelf: Shelf, ann: TestClient, picture: Path
) -> None:
    still = shelf.of(owner(ann)).add(picture, "mine.png")
    assert not Path(still.path).with_suffix(".jpg").exists()
    assert ann.get("/" + files.still_address(still.digest)).headers["content-type"] == "image/jpeg"
    Path(still.path).with_suffix(".jpg").unlink()
    Path(still.path).unlink()
    assert ann.get("/" + files.still_address(still.digest)).status_code == 404


def test_nobody_else_gets_any_of_it(ann: TestClient, ben: TestClient, take: Take) -> None:
    for name in ("clip.mp4", "take.json", "poster.jpg"):
        assert ann.get("/" + files.take_address(take, name)).status_code == 200
        absent = ben.get("/" + files.take_address(take, name))
        assert absent.status_code == 404
        assert absent.content == ben.get(f"/files/takes/{'A' * 22}/{name}").content  # as if it were not there
    cookie = ann.cookies["motion-first"]
    forged = TestClient(ann.app, cookies={"motion-first": cookie[:-1] + ("0" if cookie[-1] != "0" else "1")})
    assert forged.get("/" + files.take_address(take)).status_code == 404


def test_two_takes_side_by_side_need_both(workspace: Workspace, ann: TestClient, ben: TestClient, take: Take) -> None:
    Path(take.clip).with_name(f"beside-{'B' * 22}.mp4").write_bytes(b"x")
    assert ann.get("/" + files.take_address(take, f"beside-{'B' * 22}.mp4")).status_code == 404
    Path(take.clip).with_name(f"beside-{take.id}.mp4").write_bytes(b"x")
    assert ann.get("/" + files.take_address(take, f"beside-{take.id}.mp4")).status_code == 200
    assert ben.get("/" + files.take_address(take, f"beside-{take.id}.mp4")).status_code == 404


@pytest.mark.parametrize(
    "name", ["..%2F..%2Fstudio.db", "../../studio.db", ".", "clip.mp4%00", "clip.mp4/..", "scratch", "%2e%2e/take.json"]
)
def test_no_name_leads_out_of_a_take(ann: TestClient, take: Take, name: str) -> None:
    assert ann.get(f"/files/takes/{take.id}/{name}").status_code == 404
    assert ann.get(f"/files/takes/{name}/clip.mp4").status_code == 404
    assert ann.get(f"/files/stills/{name}.jpg").status_code == 404


def test_a_still_is_shown_to_who_brought_it_and_an_example_to_all(
    workspace: Workspace, shelf: Shelf, ann: TestClient, ben: TestClient, picture: Path
) -> None:
    from studio.ui.cards import still_card

    mine = shelf.of(owner(ann))
    still = mine.add(picture, "mine.png")
    example = shelf.find(f"example:{workspace.examples()[0].id}")
    for one in (still, example):
        still_card(one, mine, workspace.report(one))
    assert ann.get("/" + files.still_address(still.digest)).headers["content-type"] == "image/jpeg"
    assert ben.get("/" + files.still_address(still.digest)).status_code == 404
    assert ben.get("/" + files.still_address(example.digest)).status_code == 200


def test_an_upload_is_opened_once_by_who_sent_it(workspace: Workspace, ann: TestClient, ben: TestClient) -> None:
    from studio.errors import StillError

    name = ann.post("/files/uploads", content=drawn(3)).json()["upload"]
    for forged in (name[:-1], "../" + name, "", None, 7):
        with pytest.raises(StillError):
            files.taken_in(workspace, owner(ann), forged)
    with pytest.raises(StillError):
        files.taken_in(workspace, owner(ben), name)
    assert files.taken_in(workspace, owner(ann), name).read_bytes() == drawn(3)


def test_a_heavy_upload_is_refused_and_leaves_nothing(workspace: Workspace, ann: TestClient) -> None:
    def chunks() -> object:
        yield from (b"0" * 100_000 for _ in range(11))

    for body in (b"0" * 1_100_000, chunks()):
        answer = ann.post("/files/uploads", content=body)
        assert (answer.status_code, "at most 1 MB" in answer.json()["error"]) == (413, True)
    assert [path for path in (workspace.settings.data / "incoming").rglob("*") if path.is_file()] == []


def test_uploads_that_nobody_opens_do_not_pile_up(workspace: Workspace, ann: TestClient) -> None:
    names = [ann.post("/files/uploads", content=b"x").json()["upload"] for _ in range(12)]
    left = {path.name for path in (workspace.settings.data / "incoming").rglob("*") if path.is_file()}
    assert len(left) == 8 and names[-1] in left
    os.utime(files.taken_in(workspace, owner(ann), names[-1]), (0, 0))
    files.clear_incoming(workspace.settings.data)
    assert names[-1] not in {path.name for path in (workspace.settings.data / "incoming").rglob("*")}


def test_who_asks_to_be_forgotten_gets_another_name(ann: TestClient, take: Take) -> None:
    before = ann.cookies["motion-first"]
    answer = ann.delete("/files/mine")
    assert answer.json() == {"takes": 1}
    assert ann.cookies["motion-first"] != before
    old = TestClient(ann.app, cookies={"motion-first": before})
    assert old.get("/" + files.take_address(take)).status_code == 404


def test_gradios_own_files_are_given_to_nobody_and_a_called_clip_to_whom_it_belongs(
    workspace: Workspace, ann: TestClient, ben: TestClient, take: Take, tmp_path: Path
) -> None:
    address = f"/gradio_api/file=http%3A//testserver/{files.take_address(take)}"
    assert ann.get(address).content == Path(take.clip).read_bytes()
    assert ben.get(address).status_code == 404
    for path in (take.clip, workspace.settings.data / "studio.db", "/etc/passwd", tmp_path):
        assert ann.get(f"/gradio_api/file={path}").status_code == 404


def test_a_take_in_the_trash_is_not_shown(workspace: Workspace, ann: TestClient, take: Take) -> None:
    workspace.library.remove(take.id)
    assert ann.get("/" + files.take_address(take)).status_code == 404
