"""A shot is changed where that was asked for, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import InputError, ShotError
from studio.revise import Changes, revised
from studio.workspace import Workspace
from tests.job_shots import small_shot


def test_a_change_of_nothing_is_the_same_shot(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture, focus=(0.3, 0.4), loop=True)
    assert revised(workspace, shot, Changes()) == shot


def test_only_what_is_asked_for_changes(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    changes = Changes(seed=5, fps=16, size=(160, 112), loop=True)
    assert revised(workspace, shot, changes) == shot.but(seed=5, fps=16, width=160, height=112, loop=True)


def test_beats_are_stretched_to_new_seconds(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    longer = revised(workspace, shot, Changes(seconds=3.0))
    assert (longer.seconds, longer.timeline.beats[0].end, longer.prompt) == (3.0, 3.0, shot.prompt)


def test_new_words_get_a_timeline_of_their_own(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture, seconds=4.0)
    told = revised(workspace, shot, Changes(prompt="The camera pans left. Steam rises from the mug."))
    assert {beat.move for beat in told.timeline.on("camera")} == {"pan_left"}
    assert told.timeline.on("scene") and told.timeline.seconds == 4.0


def test_an_open_model_is_told_again_only_where_the_words_change(workspace: Workspace, picture: Path) -> None:
    shot = revised(workspace, small_shot(workspace, picture, seconds=4.0), Changes(engine="wan_2_2_ti2v_5b"))
    assert shot.said and shot.negative
    assert revised(workspace, shot, Changes(seed=4)) == shot.but(seed=4)
    other = revised(workspace, shot, Changes(prompt="The camera pans left."))
    assert "pan" in other.said.lower() and other.said != shot.said
    assert revised(workspace, other, Changes(engine="sketch")).said == ""


def test_what_is_out_of_range_is_refused(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    with pytest.raises(ShotError, match="seconds"):
        revised(workspace, shot, Changes(seconds=400.0))
    with pytest.raises(InputError):
        revised(workspace, shot, Changes(engine="nobodys"))
