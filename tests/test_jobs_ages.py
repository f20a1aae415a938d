"""A file is as old as what went by, whatever the clock on the wall says meanwhile."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from studio.jobs import ages
from studio.jobs.ages import Ages, Clocks, read_ages, read_clocks, watch

HOUR, DAY = 3600.0, 86_400.0
BEGAN = 1_800_000_000.0


class Computer:
    """Its two clocks, as the test lets them go on."""

    def __init__(self) -> None:
        self.boot, self.on, self.wall, self.real = 1, 100.0, BEGAN, 0.0

    def clocks(self) -> Clocks:
        return Clocks(boot=str(self.boot), on=self.on, wall=self.wall)

    def passes(self, seconds: float) -> None:
        self.on += seconds
        self.wall += seconds
        self.real += seconds

    def leaps(self, seconds: float) -> None:
        self.wall += seconds

    def is_off(self, seconds: float, wrong: float = 0.0) -> None:
        """It is switched off for so long, and its clock is wrong by so much when it starts."""
        self.boot, self.on = self.boot + 1, 10.0
        self.wall += seconds + wrong
        self.real += seconds


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    made = Computer()
    monkeypatch.setattr(ages, "read_clocks", made.clocks)
    return made


def look(data: Path, computer: Computer, seconds: float = 0.0) -> Ages:
    """Let time pass, with a look every quarter of an hour."""
    while seconds > 0:
        computer.passes(min(900.0, seconds))
        seconds -= 900.0
        watch(data)
    return watch(data)


def test_without_leaps_ages_are_what_the_clock_says(tmp_path: Path, computer: Computer) -> None:
    watch(tmp_path)
    computer.passes(3 * DAY)
    stamp = computer.wall
    computer.passes(2 * DAY)
    found = watch(tmp_path)
    assert found.age(stamp) == pytest.approx(2 * DAY)
    assert found.certain


def test_ages_count_after_an_hour_without_a_surprise(tmp_path: Path, computer: Computer) -> None:
    assert not watch(tmp_path).certain
    assert look(tmp_path, computer, HOUR).certain
    computer.leaps(400 * DAY)
    assert not watch(tmp_path).certain
    assert look(tmp_path, computer, HOUR).certain


@pytest.mark.parametrize("leap", [DAY, 20 * DAY, 400 * DAY, 20_000 * DAY, -DAY, -400 * DAY, 3 * HOUR])
def test_a_leap_makes_nothing_older(tmp_path: Path, computer: Computer, leap: float) -> None:
    look(tmp_path, computer, HOUR)
    before = computer.wall
    computer.passes(300)
    between = computer.wall  # nobody looked since
    computer.leaps(leap)
    computer.passes(60)
    after = computer.wall
    found = look(tmp_path, computer, 2 * DAY)
    assert found.certain
    assert found.age(before) <= 2 * DAY + 360
    assert found.age(between) <= 2 * DAY + 60 + 1
    assert found.age(after) == pytest.approx(2 * DAY, abs=901)  # as far as the looks tell
    assert found.age(computer.wall + 5) == 0.0


def test_a_wrong_clock_that_is_put_right_makes_nothing_older(tmp_path: Path, computer: Computer) -> None:
    computer.wall = 1_000.0  # 1970: its battery is empty
    look(tmp_path, computer, 600)
    stamp = computer.wall
    computer.leaps(BEGAN)
    assert look(tmp_path, computer, 10 * DAY).age(stamp) == pytest.approx(10 * DAY, abs=60)


def test_what_passed_while_the_computer_was_off_counts_for_a_month_at_most(tmp_path: Path, computer: Computer) -> None:
    look(tmp_path, computer, HOUR)
    stamp = computer.wall
    computer.is_off(20 * DAY)
    assert not watch(tmp_path).certain
    assert look(tmp_path, computer, HOUR).age(stamp) == pytest.approx(20 * DAY + HOUR)
    computer.is_off(90 * DAY)
    assert look(tmp_path, computer, HOUR).age(stamp) < 21 * DAY


def test_a_clock_that_was_wrong_at_the_start_and_is_put_right_soon(tmp_path: Path, computer: Computer) -> None:
    look(tmp_path, computer, HOUR)
    stamp = computer.wall
    computer.is_off(600, wrong=20 * DAY)
    look(tmp_path, computer, 600)
    made = computer.wall  # with the wrong clock
    computer.leaps(-20 * DAY)
    found = look(tmp_path, computer, 2 * HOUR)
    assert found.certain
    assert found.age(stamp) < DAY
    assert found.age(made) < DAY


def test_studios_of_two_computers_take_turns_at_looking(tmp_path: Path, computer: Computer) -> None:
    """Their clocks differ by seconds: that is no leap, and an hour of it is a calm one."""
    watch(tmp_path)
    for _ in range(10):
        computer.passes(600)
        computer.boot, computer.on, computer.wall = 3 - computer.boot, 5000.0 - computer.on, computer.wall - 20
        watch(tmp_path)
        computer.wall += 20
    found = watch(tmp_path)
    assert found.certain
    assert len(found.eras) == 1


def test_a_computer_without_a_name_is_not_taken_for_another_that_was_on_for_years(
    tmp_path: Path, computer: Computer
) -> None:
    computer.boot = 0
    look(tmp_path, computer, HOUR)
    stamp = computer.wall
    computer.on += 900 * DAY  # the folder was moved to a computer of the same name
    computer.wall += 600
    assert look(tmp_path, computer, 2 * HOUR).age(stamp) < 3 * HOUR


def test_what_was_there_before_the_first_look_counts_as_made_then(tmp_path: Path, computer: Computer) -> None:
    watch(tmp_path)
    assert look(tmp_path, computer, 5 * DAY).age(BEGAN - 300 * DAY) == pytest.approx(5 * DAY)


def test_a_record_that_cannot_be_read_begins_anew(tmp_path: Path, computer: Computer) -> None:
    look(tmp_path, computer, 5 * DAY)
    (tmp_path / "clock.json").write_text("{half")
    assert read_ages(tmp_path) is None
    assert watch(tmp_path).age(BEGAN) == 0.0


def test_whatever_happens_nothing_is_older_than_it_is(tmp_path: Path, computer: Computer) -> None:
    """Months of chance: leaps, restarts with clocks that are wrong by months, files at any moment."""
    chance = random.Random(6)
    written: list[tuple[float, float]] = []
    watch(tmp_path)
    for _ in range(1200):
        computer.passes(chance.choice((30.0, 600.0, HOUR, 5 * HOUR)))
        if chance.random() < 0.3:
            written.append((computer.wall, computer.real))
        what = chance.random()
        if what < 0.02:
            computer.leaps(chance.uniform(-400 * DAY, 400 * DAY))
        elif what < 0.04:
            watch(tmp_path)  # a leap that nobody sees before or after looks like a longer time off
            computer.is_off(chance.uniform(0, 3 * DAY), wrong=chance.choice((0.0, 0.0, 60 * DAY, -60 * DAY)))
            watch(tmp_path)
        if chance.random() < 0.7:
            watch(tmp_path)
        found = read_ages(tmp_path)
        assert found is not None
        for stamp, real in written[-5:] + chance.sample(written, min(5, len(written))):
            assert found.age(stamp) <= computer.real - real + 1200, (stamp, real)


def test_this_computer_has_two_clocks() -> None:
    first, second = read_clocks(), read_clocks()
    assert first.boot == second.boot
    assert second.on >= first.on > 0
    assert second.wall > BEGAN - 3650 * DAY
