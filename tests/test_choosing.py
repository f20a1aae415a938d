"""Which engine? What each would take of this machine, learned where there are past takes, else by its figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert

from studio.choosing import Choice, choices, time_words
from studio.engines.diffusers import engine
from studio.engines.diffusers.memory import Device
from studio.jobs.schema import jobs, sessions, shots
from studio.settings import Settings
from studio.shot import Shot, Still, Timeline
from studio.workspace import Workspace

STILL = Still(path="", digest="0" * 64, width=1536, height=1024)
CARDS = {
    "small": Device(kind="cuda", title="NVIDIA GeForce RTX 3060", vram=11.5, ram=64),
    "large": Device(kind="cuda", title="NVIDIA H100 80GB HBM3", vram=79, ram=128),
    "none": Device(kind="cpu", title="processor", ram=128),
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(engine, "free_gigabytes", lambda: 500.0)
    monkeypatch.setattr(engine, "find_device", lambda: CARDS["large"])
    return Workspace.open(Settings(data=tmp_path / "data", models=tmp_path / "models"))


def shot(seconds: float = 4.0, **given: object) -> Shot:
    values = {"still": STILL, "timeline": Timeline(seconds=seconds), "seconds": seconds, **given}
    return Shot.from_dict(values)


def weighed(workspace: Workspace, asked: Shot) -> dict[str, Choice]:
    return {choice.engine: choice for choice in choices(workspace, asked)}


def test_every_engine_is_weighed_with_its_state_seconds_memory_and_download(workspace: Workspace) -> None:
    found = weighed(workspace, shot())
    assert list(found) == list(workspace.profiles)
    wan = found["wan_2_2_ti2v_5b"]
    assert (wan.state, wan.download) == ("runs", 22.8)
    assert wan.estimate is not None
    assert 0 < wan.estimate.low < wan.estimate.seconds < wan.estimate.high
    assert 0 < wan.cost.memory[0] < wan.cost.memory[1] <= 79
    assert "(a guess)" in wan.words and "GB on NVIDIA H100" in wan.words and "23 GB to download first" in wan.words
    assert found["kling_3"].state == "not here"
    assert found["kling_3"].words.startswith("It is a service")


def test_a_larger_card_is_faster_and_none_at_all_is_slow(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = {}
    for card, device in CARDS.items():
        monkeypatch.setattr(engine, "find_device", lambda device=device: device)
        found = weighed(workspace, shot())["ltx_video"]
        assert found.state == ("slowly" if card == "none" else "runs")
        assert found.estimate is not None
        seconds[card] = found.estimate.seconds
    assert seconds["large"] < seconds["small"] < seconds["none"]


def test_a_longer_or_larger_clip_takes_more(workspace: Workspace) -> None:
    short, long, wide = (
        weighed(workspace, one)["wan_2_2_ti2v_5b"] for one in (shot(2.0), shot(5.0), shot(2.0, width=1920, height=1280))
    )
    assert short.estimate and long.estimate and wide.estimate
    assert short.estimate.seconds < long.estimate.seconds
    assert short.estimate.seconds < wide.estimate.seconds
    assert short.cost.memory[1] < wide.cost.memory[1]


def test_an_engine_that_would_not_make_this_shot_says_why(workspace: Workspace) -> None:
    found = weighed(workspace, shot(14.0))["svd_xt"]
    assert found.state == "runs"
    assert found.estimate is None
    assert found.words.startswith("Not this shot: seconds 14")


def test_a_disk_without_room_for_the_download_is_a_reason(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "free_gigabytes", lambda: 20.0)
    found = weighed(workspace, shot())["wan_2_2_ti2v_5b"]
    assert found.state == "not here"
    assert found.reason == "Its download wants 27 GB of disk; 20 are free."
    assert "HF_HOME" in found.remedy
    folder = workspace.settings.models / "wan_2_2_ti2v_5b"
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}", encoding="utf-8")
    (folder / "weights.safetensors").write_bytes(b"x" * 1000)
    again = weighed(workspace, shot())["wan_2_2_ti2v_5b"]
    assert (again.state, again.download) == ("runs", 0.0)


def test_past_takes_on_this_machine_replace_the_guess(workspace: Workspace) -> None:
    asked = shot(engine="ltx_video")
    plan = workspace.plan(asked)
    work = plan.frames * plan.width * plan.height / 1e6
    with workspace.store.writing() as connection:
        connection.execute(insert(sessions).values(id="ann", created="", served=0))
        connection.execute(insert(shots).values(id="s", record=asked.to_json()))
        for number in range(1, 6):
            values = {"state": "done", "place": number, "attempts": 1, "cancelling": 0, "reason": "", "progress": "{}"}
            values |= {"engine": "ltx_video", "work": work, "spent": 30.0 + number, "origin": "", "created": ""}
            connection.execute(
                insert(jobs).values(id=str(number), number=number, shot="s", owner="ann", tier=0, **values)
            )
    found = weighed(workspace, asked)["ltx_video"]
    assert found.estimate is not None
    assert found.estimate.learned == 5
    assert found.estimate.seconds == pytest.approx(33, abs=0.5)
    assert "(learned from 5 takes)" in found.words


def test_the_command_line_tells_seconds_and_memory_of_the_length_that_is_asked(studio) -> None:
    listed = studio("engines", "sketch", "--seconds", "4", "--json").json
    assert [one["engine"] for one in listed] == ["sketch"]
    assert listed[0]["ready"] and listed[0]["state"] == "runs"
    assert listed[0]["estimate"]["seconds"] > 0
    assert studio("engines", "--seconds", "0.1").status == 2


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (40, "40 s"), (700, "12 min"), (12_600, "3.5 h"), (360_000, "4 days")]
)
def test_times_are_told_as_people_say_them(seconds: float, words: str) -> None:
    assert time_words(seconds) == words
