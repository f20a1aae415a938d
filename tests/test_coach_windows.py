"""A timeline told window by window: each window hears what happens in it and nothing else."""

from __future__ import annotations

import pytest

from studio.presets import Profile, load_profiles
from studio.settings import ROOT
from studio.shot import Beat, Brief, Timeline
from studio.workspace import Workspace

LONG = "The camera pushes in slowly. At 2 s the cat jumps onto the chair. At 4 s the light dims."


@pytest.fixture(scope="module")
def helios() -> Profile:
    return load_profiles(ROOT / "presets" / "engines")["helios"]


def timed(workspace: Workspace, timeline: Timeline, prompt: str, profile: Profile) -> dict[float, str]:
    told = workspace.coach.compile_run(timeline, prompt, profile, Brief(seconds=timeline.seconds))
    return {one.start: one.text for one in told.timed}


def test_each_window_hears_what_happens_in_it(workspace: Workspace, helios: Profile) -> None:
    beats = (
        Beat(layer="camera", start=0.0, end=5.5, text="The camera pushes in.", move="dolly_in"),
        Beat(layer="subject", start=1.5, end=2.6, text="The cat jumps."),
        Beat(layer="light", start=4.2, end=5.5, text="The light dims."),
    )
    told = timed(workspace, Timeline(seconds=5.5, beats=beats), LONG, helios)
    heard = [("jumps" in text, "dims" in text) for _, text in sorted(told.items())]
    assert heard == [(False, False), (True, False), (False, False), (False, True)]
    assert all("push" in text for text in told.values())


def test_a_window_without_beats_rests(workspace: Workspace, helios: Profile) -> None:
    beat = Beat(layer="subject", start=3.0, end=5.0, text="The cat jumps.")
    told = timed(workspace, Timeline(seconds=5.0, beats=(beat,)), "The cat jumps.", helios)
    assert "static" in told[0.0].lower() or "still" in told[0.0].lower()
    assert "jumps" in told[max(told)]


def test_a_short_beat_across_two_windows_is_told_in_one_at_least(workspace: Workspace, helios: Profile) -> None:
    edge = helios.frames.step / helios.fps[0]
    beat = Beat(layer="subject", start=edge - 0.2, end=edge + 0.2, text="The cat jumps.")
    told = timed(workspace, Timeline(seconds=4.0, beats=(beat,)), "The cat jumps.", helios)
    assert any("jumps" in text for text in told.values())


def test_what_lasts_for_the_whole_clip_needs_no_times(workspace: Workspace, helios: Profile) -> None:
    beat = Beat(layer="scene", start=0.0, end=4.0, text="Steam rises.")
    assert timed(workspace, Timeline(seconds=4.0, beats=(beat,)), "Steam rises.", helios) == {}


def test_an_engine_without_windows_is_told_as_ever(workspace: Workspace) -> None:
    profile = workspace.profile("wan_2_2_ti2v_5b")
    timeline = workspace.review(LONG, Brief(seconds=5.0), engine=profile.id).timeline
    told = workspace.coach.compile_run(timeline, LONG, profile)
    assert told == workspace.coach.compile(timeline, LONG, profile)


def test_the_pipeline_reads_no_sections_and_the_page_still_shows_them(workspace: Workspace) -> None:
    profile = workspace.profile("framepack_studio")
    timeline = workspace.review(LONG, Brief(seconds=5.0), engine=profile.id).timeline
    assert "[" in workspace.coach.compile(timeline, LONG, profile).prompt
    told = workspace.coach.compile_run(timeline, LONG, profile)
    assert not any("[" in text for text in (told.prompt, *(one.text for one in told.timed)))
