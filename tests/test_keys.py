"""Keys come from the environment or the browser, and are found again nowhere: no log, record, clip, answer or link."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.errors import StoreError
from studio.jobs.store import Store
from tests.browser import LISTING, serving
from tests.conftest import textured
from tests.guests import Guest, picture, small

PLANTED = {
    "HF_TOKEN": "hf_PlantedTokenThatMustNotBeFound01",
    "HUGGING_FACE_HUB_TOKEN": "hf_PlantedTokenThatMustNotBeFound02",
    "OPENAI_API_KEY": "sk-PlantedKeyThatMustNotBeFound03",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page, and its worker, in an environment with keys."""
    assets = tmp_path_factory.mktemp("assets")
    (assets / "stills").mkdir()
    for name in ("mug.jpg", "tall.jpg"):
        textured(240, 160).save(assets / "stills" / name)
    (assets / "stills" / "stills.toml").write_text(LISTING, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name, key in PLANTED.items():
            patch.setenv(name, key)
        with serving(data, assets) as where:
            yield where


@pytest.fixture(scope="module")
def heard(address: str) -> tuple[Guest, list[bytes]]:
    """A visitor who did what people do, mistakes among it, and all that was answered."""
    guest, told = Guest(address), list[bytes]()
    for path in ("", "config", "gradio_api/info"):
        told.append(guest.get(path).body)
    guest.arrive()
    still = guest.upload(picture(1))["key"]
    news = guest.animate(small(still))
    assert news["state"] == "done", news
    take = news["take"]
    for name in ("clip.mp4", "take.json", "poster.jpg"):
        told.append(guest.get(f"files/takes/{take['id']}/{name}").body)
    answers = [
        news,
        guest.ask("prompt", "coach", small(still, prompt="A mug")),
        guest.ask("prompt", "coach", small("still:" + "0" * 64)),
        guest.ask("actions", "plan", small(still, engine="kling_3")),
        guest.ask("actions", "enqueue", small(still, engine="wan_2_2_i2v_a14b")),
        guest.ask("reopen", "reopen", {"take": take["id"]}),
        guest.ask("reopen", "reopen", {"take": "A" * 22}),
        guest.ask("queue", "look", None),
        guest.ask("library", "list_takes", {}),
    ]
    told += [json.dumps(answer).encode() for answer in answers]
    return guest, told


def test_no_answer_holds_a_key_of_the_environment(heard: tuple[Guest, list[bytes]]) -> None:
    _, told = heard
    assert [key for key in PLANTED.values() for answer in told if key.encode() in answer] == []


def test_no_answer_names_a_folder_of_this_computer(heard: tuple[Guest, list[bytes]], data: Path) -> None:
    _, told = heard
    assert [answer[:200] for answer in told if str(data).encode() in answer] == []


def test_nothing_that_is_kept_holds_a_key_or_the_name_of_a_visitor(
    heard: tuple[Guest, list[bytes]], data: Path
) -> None:
    guest, _ = heard
    name, signature = guest.cookie.split(".")
    secrets = [*PLANTED.values(), name, signature]
    kept = [path for path in data.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} >= {".db", ".mp4", ".json", ".log", ".png"}
    found = {path.name for path in kept for secret in secrets if secret.encode() in path.read_bytes()}
    assert found == set()


def test_the_cookie_is_in_no_answer_and_no_link(heard: tuple[Guest, list[bytes]]) -> None:
    guest, told = heard
    assert [answer[:200] for answer in told if guest.cookie.split(".")[0].encode() in answer] == []


def test_a_database_s_password_is_not_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        Store.open(tmp_path, "postgresql+pg8000://me:hunter2@127.0.0.1:1/studio")
    assert "hunter2" not in str(refused.value)
