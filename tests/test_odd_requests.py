"""Requests that nobody tuned for: what comes out is what was planned, counted from the mp4, or a refusal says why."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.diffusers.planning import plan
from studio.errors import InputError, ShotError, StudioError
from studio.settings import Settings
from studio.shot import MAX_SIDE, Control, Plan, Shot, Still, Timeline
from studio.workspace import Workspace
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, PROFILES, tiny_profile

OPEN = {name: profile for name, profile in PROFILES.items() if profile.pipeline}
FEW = ("ltx_video", "hunyuan_1_5_i2v")
"""They differ in what they make: frames of 8k+1 and of 4k+1, sizes on a grid, and sizes of their own choice."""

OTHERS = tuple(
    name
    for name in FAMILIES
    if name not in FEW and not PROFILES[name].pipeline.needs and PROFILES[name].seconds[1] < 60
)
"""The rest that go without a control, and that a minute is too long for: the long form asks them too."""

STILLS = {"plain": (96, 80), "a dot": (1, 1), "a strip": (1024, 64), "a pole": (64, 512)}
REQUESTS = {
    "17 frames at 13 a second": {"seconds": 17 / 13, "fps": 13, "width": 64, "height": 64},
    "a size off every grid": {"width": 83, "height": 194},
    "a fifth of a second": {"seconds": 0.2},
    "a minute": {"seconds": 60.0},
    "the rate of film on video": {"fps": 24000 / 1001},
    "a rate that no engine has": {"fps": 59, "width": 64, "height": 64},
    "a still of one pixel": {"still": "a dot", "width": 64, "height": 64},
    "a still sixteen times as wide as high": {"still": "a strip"},
    "a pole, its size left open": {"still": "a pole", "height": 128},
}
REFUSED = {
    "a fifth of a second": ("seconds", "0.5 to"),
    "a minute": ("seconds", "for "),
    "the rate of film on video": ("fps", "integer"),
    "a still of one pixel": ("the picture", "64 pixels"),
    "a still sixteen times as wide as high": ("the picture", "8 to 1"),
}
"""What is said no to, and what the refusal must name: the thing, and what was expected."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A studio whose open engines are tiny twins, built when they are asked; lengths are those of the real ones."""
    folder = tmp_path_factory.mktemp("odd")
    made = Workspace.open(Settings(data=folder / "data", models=folder / "models", max_seconds=60.0))
    tiny = {name: tiny_profile(name).but(seconds=(0.4, PROFILES[name].seconds[1])) for name in (*FEW, *OTHERS)}
    made.profiles = {**PROFILES, **tiny}
    return made


def counted(clip: Path) -> tuple[int, int, int, Fraction]:
    """Frames, width, height and rate of an mp4, by decoding it."""
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for _ in container.decode(stream))
        return frames, stream.width, stream.height, stream.average_rate


@pytest.mark.parametrize("ask", REQUESTS)
@pytest.mark.parametrize("name", [*FEW, *(pytest.param(name, marks=pytest.mark.long) for name in OTHERS)])
def test_what_comes_out_is_what_was_planned_or_a_refusal_says_why(workspace: Workspace, name: str, ask: str) -> None:
    if not (model := workspace.settings.models / name).exists():
        FAMILIES[name].build().save_pretrained(model)
    asked = {"seconds": 0.5, "still": "plain", "seed": 3, **REQUESTS[ask]}
    seconds, picture = asked.pop("seconds"), asked.pop("still")
    try:
        still = workspace.add_still(encoded(gradient(*STILLS[picture]), "PNG"), picture)
        shot = workspace.shot(still, "Waves roll in.", Timeline(seconds=seconds), engine=name, **asked)
        planned = workspace.plan(shot)
    except StudioError as refused:
        thing, expected = REFUSED[ask]
        assert isinstance(refused, InputError)
        assert thing in refused.thing
        assert expected in refused.expected
        return
    assert ask not in REFUSED
    take = workspace.animate(shot, lambda _: None)
    made = counted(Path(take.clip))
    assert made == (planned.frames, planned.width, planned.height, planned.fps)
    assert (take.plan.frames, take.plan.fps) == (planned.frames, planned.fps)
    assert not [note for note in take.notes if "came out" in note]


@pytest.mark.parametrize("name", sorted(OPEN))
@pytest.mark.parametrize("size", [(333, 777), (777, 333), (64, MAX_SIDE), (MAX_SIDE, 64), (None, None)])
@pytest.mark.parametrize("still", [(1, 1), (16000, 1000), (1000, 16000), (333, 777)])
def test_every_family_plans_odd_sizes_of_odd_stills_by_its_law(
    name: str, size: tuple[int | None, int | None], still: tuple[int, int]
) -> None:
    picture = Still(path="s.png", digest="0" * 64, width=still[0], height=still[1])
    made = planned(name, picture, max(2.0, OPEN[name].seconds[0]), None, size)
    assert isinstance(made, Plan)
    lawful(name, made)


@given(
    name=st.sampled_from(sorted(OPEN)),
    still=st.tuples(st.integers(1, 20_000), st.integers(1, 20_000)),
    seconds=st.floats(0.5, 60, allow_nan=False),
    fps=st.none() | st.integers(1, 60),
    size=st.tuples(*[st.none() | st.integers(64, MAX_SIDE)] * 2),
    stage=st.sampled_from(("whole", "draft", "finish")),
)
@settings(deadline=None, max_examples=400)
def test_a_plan_is_pure_and_total_and_within_the_law(
    name: str, still: tuple[int, int], seconds: float, fps: int | None, size: tuple[int | None, int | None], stage: str
) -> None:
    picture = Still(path="s.png", digest="0" * 64, width=still[0], height=still[1])
    first, again = (planned(name, picture, seconds, fps, size, stage) for _ in range(2))
    assert str(first) == str(again)
    if isinstance(first, ShotError):
        assert OPEN[name].title in str(first)
        assert not OPEN[name].seconds[0] <= seconds <= OPEN[name].seconds[1]
    else:
        lawful(name, first)


def planned(
    name: str, still: Still, seconds: float, fps: int | None, size: tuple[int | None, int | None], stage: str = "whole"
) -> Plan | ShotError:
    """The plan of a real profile, or its refusal; anything else it raises is a failure."""
    profile = OPEN[name]
    assert profile.pipeline is not None
    needed = tuple(Control(kind=kind, path="x.png") for kind in profile.pipeline.needs)
    shot = Shot(
        still=still, timeline=Timeline(seconds=seconds), seconds=seconds, fps=fps, width=size[0], height=size[1],
        engine=name, controls=(*needed, *([Control(kind="draft", path="x.mp4")] if stage == "finish" else ())),
        draft=stage == "draft",
    )  # fmt: skip
    try:
        return plan(shot, profile, PROFILES.values())
    except ShotError as refused:
        return refused


def lawful(name: str, made: Plan) -> None:
    """A plan obeys its profile: frames, size, rate, and seconds that follow from them."""
    profile = OPEN[name]
    assert made.frames == profile.frames.nearest(made.frames)
    assert profile.frames.least <= made.frames <= (profile.frames.most or made.frames)
    assert made.width % profile.size_multiple == made.height % profile.size_multiple == 0
    assert made.width > 0 < made.height
    choices = profile.size.choices(profile.size_multiple)
    assert not choices or (made.width, made.height) in choices
    assert made.fps in profile.fps
    assert np.isclose(made.seconds, made.frames / made.fps)
    assert 0 < made.crop <= 1
