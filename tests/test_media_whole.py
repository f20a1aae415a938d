"""A file appears whole or not at all."""

from __future__ import annotations

import pytest

from studio.media.whole import beside, whole
from tests.test_media_clips import names


def test_a_file_appears_when_it_is_finished(tmp_path):
    with whole(tmp_path / "a.txt") as part:
        part.write_text("half")
        assert not (tmp_path / "a.txt").exists()
        part.write_text("whole")
    assert (tmp_path / "a.txt").read_text() == "whole"
    assert names(tmp_path) == ["a.txt"]


def test_a_failure_leaves_the_old_file(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(RuntimeError), whole(tmp_path / "a.txt") as part:
        part.write_text("new")
        raise RuntimeError
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_name_beside_is_gone_afterwards(tmp_path):
    with beside(tmp_path / "a.txt") as part:
        part.write_text("x")
        assert part.parent == tmp_path
    assert names(tmp_path) == []
    with beside(tmp_path / "gone" / "a.txt"):
        pass
