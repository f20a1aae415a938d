"""A line of a batch may say its own circumstances."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Answer

Studio = Callable[..., Answer]


def coach(studio: Studio, folder: Path, rows: list[dict[str, object]], *options: object) -> tuple[int, list[dict]]:
    batch = folder / "prompts.jsonl"
    batch.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    answer = studio("coach", "--batch", batch, *options)
    return answer.status, [json.loads(line) for line in answer.out.splitlines()]


def test_a_line_says_otherwise_for_itself_and_keeps_the_rest(studio: Studio, tmp_path: Path) -> None:
    prompt = "The camera orbits the statue."
    rows = [
        {"prompt": prompt},
        {"prompt": prompt, "ignore": "CAM001", "engine": "ltx_2_5", "seconds": 8},
        {"prompt": prompt, "ignore": ["aggressive-camera"], "size": "768x512", "guidance": 1, "negative": "static"},
    ]
    status, reviews = coach(studio, tmp_path, rows, "--seconds", 4)
    assert status == 0
    found = [{finding["rule"] for finding in review["findings"]} for review in reviews]
    assert ["aggressive-camera" in rules for rules in found] == [True, False, False]
    assert [review["seconds"] for review in reviews] == [4, 8, 4]
    assert [review["engine"] for review in reviews] == ["sketch", "ltx_2_5", "sketch"]


def test_labels_and_nulls_beside_a_prompt_are_left_alone(studio: Studio, tmp_path: Path) -> None:
    row = {"prompt": "Waves roll in.", "camera_moves": [], "source": "mine", "seconds": None, "ignore": None}
    status, reviews = coach(studio, tmp_path, [row])
    assert (status, reviews[0]["seconds"]) == (0, 5)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("control", "wings"),
        ("size", "big"),
        ("size", [1, 2, 3]),
        ("size", "0x0"),
        ("guidance", "much"),
        ("idea", -1),
        ("ignore", "nothing-like-it"),
        ("end_frame", "gone.png"),
        ("first_frame", "x" * 2_001),
        ("engine", 7),
    ],
)
def test_a_wrong_value_is_answered_in_a_sentence(studio: Studio, tmp_path: Path, key: str, value: object) -> None:
    status, reviews = coach(studio, tmp_path, [{"prompt": "Waves roll in.", key: value}, {"prompt": "Rain falls."}])
    assert status == 2
    assert "Expected" in reviews[0]["error"] or "Check" in reviews[0]["error"]
    assert "error" not in reviews[1]
