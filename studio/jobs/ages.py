"""How old files are, although clocks jump: by what went by while the studio watched the clock, not by the clock alone.

A computer has two clocks. The one on the wall is put right, put wrong and set back; the other only counts how long the
computer has been on. At every look both are read: between two looks without a restart, what the second one says went
by. Over a restart the wall's word is taken, for a month at most. So each file's own time is read on the wall clock as
it stood when the file was written, and a leap makes nothing older.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from studio.errors import InputError
from studio.record import Record

__all__ = ["Ages", "Clocks", "read_ages", "read_clocks", "watch"]

_FILE = "clock.json"
_HOUR, _DAY = 3600.0, 86_400.0
_CALM = _HOUR
"""Seconds of no surprise before ages count: by then a computer that has just started has asked what time it is."""
_SHORT, _LONGEST_GAP = 2 * _HOUR, 30 * _DAY
"""Seconds that a computer may be off: so short that nothing depends on it, and as long as is believed."""
_DRIFT, _JITTER = 0.001, 120.0
"""By how much the clocks may differ without a leap: a part of what went by, and seconds."""
_MOST_ERAS = 64


class Clocks(Record):
    """What both clocks say.

    Attributes:
        boot: a name of this run of the computer; empty where the system has none.
        on: seconds for which the computer has been on, asleep or not.
        wall: seconds since 1970, as files are stamped.
    """

    boot: str
    on: float
    wall: float


class Era(Record):
    """A time in which the wall clock went on without a leap.

    Attributes:
        since, until: wall times that it may hold, from before its first look until after its last one.
        wall, lived: its first look, on the wall clock and on the studio's own.
    """

    since: float
    until: float
    wall: float
    lived: float


class Ages(Record):
    """What is known of the time, oldest era first.

    Attributes:
        lived: seconds that went by since the first look of all.
        calm: seconds since the last surprise.
        gap: of ``lived``, seconds of the last gap that only the wall clock told of.
    """

    seen: Clocks
    eras: tuple[Era, ...]
    lived: float = 0.0
    calm: float = 0.0
    gap: float = 0.0

    @property
    def certain(self) -> bool:
        """Whether the clock went on calmly for long enough to delete anything by its age."""
        return self.calm >= _CALM

    def age(self, stamp: float) -> float:
        """Seconds that went by since a file got this time; where it could have got it twice, the later one is meant.

        A time that was never seen on the clock counts as that of the last leap, or of the first look where there was
        none; one that is still to come is nothing's age.
        """
        last = self.eras[-1]
        for era in reversed(self.eras):
            if era.since <= stamp <= era.until + (_HOUR if era is last else 0.0):  # written since the last look
                return max(0.0, self.lived - era.lived - max(0.0, stamp - era.wall))
        return 0.0 if stamp > last.until else self.lived - last.lived

    def look(self, clocks: Clocks) -> Ages:
        """What is known after another look."""
        ran, passed = clocks.on - self.seen.on, clocks.wall - self.seen.wall
        if clocks.boot != self.seen.boot or ran < 0:
            return self._restarted(clocks, passed)
        slip = passed - ran
        if abs(slip) <= _JITTER + _DRIFT * ran:
            return self._went_on(clocks, ran, self.gap if self.calm + ran < _CALM else 0.0)
        back = min(self.gap, max(0.0, -slip))  # the gap was none: the clock was wrong when the computer started
        went = min(ran, max(0.0, passed))  # another computer, with a name that is no name, may have been on for years
        return self._leapt(clocks, self.lived + went - back, ran, self.gap - back)

    def _restarted(self, clocks: Clocks, passed: float) -> Ages:
        if not -_JITTER <= passed <= _LONGEST_GAP:
            return self._leapt(clocks, self.lived, 0.0, 0.0)
        passed = max(0.0, passed)  # another computer's clock is a little behind
        went = self._went_on(clocks, passed, self.gap + passed)
        return went.but(gap=self.gap) if passed <= _SHORT else went.but(calm=0.0)

    def _went_on(self, clocks: Clocks, passed: float, gap: float) -> Ages:
        last = self.eras[-1].but(until=max(self.eras[-1].until, clocks.wall))
        calm, lived = self.calm + passed, self.lived + passed
        return self.but(seen=clocks, eras=(*self.eras[:-1], last), lived=lived, calm=calm, gap=gap)

    def _leapt(self, clocks: Clocks, lived: float, ran: float, gap: float) -> Ages:
        last = self.eras[-1].but(until=self.eras[-1].until + ran)
        new = Era(since=clocks.wall - ran, until=clocks.wall, wall=clocks.wall, lived=lived)
        eras = (*self.eras[:-1], last, new)[-_MOST_ERAS:]
        return self.but(seen=clocks, eras=eras, lived=lived, calm=0.0, gap=gap)


def read_clocks() -> Clocks:
    """Look at both clocks of this computer."""
    boot = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    kinds = (getattr(time, name, None) for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"))
    on = next((time.clock_gettime(kind) for kind in kinds if kind is not None), None)
    return Clocks(boot=boot, on=time.monotonic() if on is None else on, wall=time.time())


def read_ages(data: Path) -> Ages | None:
    """What is known of a data folder's time at this moment; ``None`` where nobody has watched it."""
    with suppress(InputError, OSError, UnicodeDecodeError):
        return Ages.from_json((data / _FILE).read_text(encoding="utf-8")).look(read_clocks())
    return None


def watch(data: Path) -> Ages:
    """Look at the clocks and write down what they say. Only one process at a time may do so.

    Raises:
        OSError: it cannot be written.
    """
    known = read_ages(data)
    if known is None:
        clocks = read_clocks()
        wall = clocks.wall
        known = Ages(seen=clocks, eras=(Era(since=wall, until=wall, wall=wall, lived=0.0),))
    part = data / f".{_FILE}"  # always the same: one that a killed process left is written over
    part.write_text(known.to_json(), encoding="utf-8")
    part.replace(data / _FILE)
    return known
