"""Whatever is written, the coach answers, in time, with advice that applies. The long run: ``benchmarks/fuzz.py``."""

from __future__ import annotations

import time

import pytest

from benchmarks.fuzz import draw, faults, slowest_allowed
from studio.coach.review import Coach
from studio.presets import Profile, load_profiles
from studio.settings import ROOT, Settings


@pytest.fixture(scope="module")
def coach(engines: dict[str, Profile]) -> Coach:
    coach = Coach(ROOT / "presets")
    coach.review("Steam rises.", profile=engines["sketch"])  # what is loaded once is no prompt's time
    return coach


@pytest.fixture(scope="module")
def engines() -> dict[str, Profile]:
    return load_profiles(Settings().presets / "engines")


@pytest.mark.parametrize("first", range(0, 150, 30))
def test_no_prompt_breaks_the_coach(coach: Coach, engines: dict[str, Profile], first: int) -> None:
    for number in range(first, first + 30):
        case = draw(number, engines, longest=2_000)
        begin = time.process_time()
        review = coach.review(case.prompt, case.brief, profile=engines[case.engine], report=case.report, end=case.end)
        assert time.process_time() - begin < 4 * slowest_allowed(case.prompt), (number, ascii(case.prompt))
        assert list(faults(review, case.prompt)) == [], (number, ascii(case.prompt))


def test_a_case_is_drawn_the_same_every_time(engines: dict[str, Profile]) -> None:
    assert [draw(number, engines) for number in range(40)] == [draw(number, engines) for number in range(40)]


def test_half_a_character_is_answered_with_the_sign_for_it(coach: Coach, engines: dict[str, Profile]) -> None:
    review = coach.review("Steam \ud800 rises.", profile=engines["sketch"])
    assert review.prompt == "Steam \N{REPLACEMENT CHARACTER} rises."
    assert "rises" in review.to_json()


def test_a_deed_behind_nothing_but_settings_is_read(coach: Coach, engines: dict[str, Profile]) -> None:
    review = coach.review("[0:00-0:02] camera --ar flicker?", profile=engines["sketch"])
    assert "camera" in review.rewrite.text.lower()
