"""Whatever write the disk refuses, nothing is lost and it is told in words; ``make faults`` refuses every one."""

from __future__ import annotations

import errno
from collections.abc import Iterator

import pytest

from tests.faults import Faults
from tests.refusals import supported

pytestmark = pytest.mark.skipif(bool(supported()), reason=supported())


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    """A studio at work whose disk can be made to refuse."""
    opened = Faults(tmp_path_factory.mktemp("faults"))
    yield opened
    opened.close()


@pytest.mark.parametrize("share", [0.35, 0.9])
def test_a_disk_that_is_full_at_any_write_costs_nothing(faults: Faults, share: float) -> None:
    faults.refuse(1 + int(share * faults.writes), errno.ENOSPC, lasting=True)


@pytest.mark.parametrize("error", [errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_a_disk_that_fails_costs_nothing(faults: Faults, error: int) -> None:
    faults.refuse(1 + faults.writes // 2, error, lasting=error != errno.EIO)
