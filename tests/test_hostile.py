"""Records and clips from strangers are refused in words or taken for what they are: no traceback, no path outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.errors import StudioError
from studio.jobs.library import Library
from studio.media.clips import write_clip
from studio.media.controls import housed
from studio.media.provenance import portable, read_take
from studio.shot import Beat, Control, Plan, Shot, Still, Take, Timeline
from studio.ui.draft import Draft, Shelf
from studio.ui.restore import restored
from studio.workspace import Workspace
from tests.test_media_clips import moving

NESTED: Any = json.loads("[" * 900 + "]" * 900)
SHOT = Shot(
    still=Still(path="a.png", digest="0" * 64, width=96, height=64, name="a.png"),
    prompt="Slow dolly-in.",
    timeline=Timeline(seconds=1, beats=(Beat(layer="camera", move="dolly_in", start=0, end=1, text="It pushes in."),)),
    seconds=1,
    controls=(Control(kind="motion_brush", path="b.png"),),
)
TAKE = Take(
    id="abcdefghijklmnopqrst", clip="clip.mp4", shot=SHOT, created="2026-11-22T10:00:00Z", studio="0.1.0",
    plan=Plan(engine="sketch", width=96, height=64, frames=24, fps=24, seconds=1),
)  # fmt: skip
WICKED = st.one_of(
    st.sampled_from(
        [
            None, True, -1, 0, 1e308, 10**400, float("nan"), float("inf"), float("-inf"), "", "..", ".", "/", "a\0b",
            "../../../etc/passwd", "/etc/passwd", "C:\\Windows\\win.ini", "\\\\host\\share", "file:///etc/passwd",
            "x" * 1_000_000, "\ud800", "\u202etxt.4pm", "NaN", [], {}, [[]], {"path": "/etc"}, NESTED,
        ]
    ),
    st.integers(), st.floats(), st.text(max_size=20),
)  # fmt: skip


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something can be exchanged in plain values."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*at, key)
        yield from places(one, (*at, key))


def exchanged(plain: Any, at: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(plain))
    inner = copy
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return copy


@pytest.fixture(scope="module")
def open_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from studio.settings import Settings

    return Workspace.open(Settings(data=tmp_path_factory.mktemp("hostile") / "data"))


def look_over(text: str, workspace: Workspace, folder: Path) -> None:
    """Do with a record all that is done with one that a stranger brings."""
    (folder / "take.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        take = read_take(folder / "take.json")
    except StudioError:
        return
    assert take.clip == "" or Path(take.clip).parent == folder
    assert Take.from_json(take.to_json()) == take
    kept = portable(take)
    assert "/" not in kept.shot.still.path + kept.clip + kept.poster
    data = workspace.settings.data
    for path in (housed(kept.shot, data).still.path, *(one.path for one in housed(kept.shot, data).controls)):
        assert Path(path).is_relative_to(data)
    shelf = Shelf(workspace).of("a visitor")
    try:
        json.dumps(restored(take.shot, workspace, shelf, take.plan))
    except StudioError:
        return


@given(at=st.sampled_from(sorted(places(TAKE.to_dict()), key=str)), value=WICKED)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_a_record_with_anything_anywhere(at: tuple[Any, ...], value: Any, open_workspace: Workspace) -> None:
    folder = open_workspace.settings.data.parent
    look_over(json.dumps(exchanged(TAKE.to_dict(), at, value)), open_workspace, folder)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, '{"shot":' * 50_000, '{"id": ' + "9" * 100_000 + "}", "nul", "\0", "{}" * 9,
        '"take"', "-0e99999",
        TAKE.to_json().replace("}", ', "more": 1}', 1), TAKE.to_json()[:-9], TAKE.to_json() + " x",
        "\ufeff" + TAKE.to_json(),
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_text_that_is_hardly_json(text: str, open_workspace: Workspace, tmp_path: Path) -> None:
    look_over(text, open_workspace, tmp_path)


@given(at=st.sampled_from(sorted(places(SHOT.to_dict()), key=str)), value=WICKED)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_a_shot_with_anything_anywhere_comes_back_equal_or_is_refused(at: tuple[Any, ...], value: Any) -> None:
    plain = exchanged(SHOT.to_dict(), at, value)
    for read in (lambda: Shot.from_json(json.dumps(plain)), lambda: Shot.from_dict(plain)):
        try:
            shot = read()
            text = shot.to_json()
        except StudioError as error:
            assert len(str(error)) < 1500
            continue
        assert Shot.from_json(text) == shot


@given(at=st.sampled_from(sorted(Draft.model_fields)), value=WICKED)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_a_draft_with_anything_anywhere(at: str, value: Any) -> None:
    try:
        Draft.from_dict({"prompt": "Slow dolly-in.", at: value})
    except StudioError as error:
        assert len(str(error)) < 1500


@pytest.mark.parametrize(
    "tag",
    [
        "made with another program", "[" * 50_000, json.dumps(exchanged(TAKE.to_dict(), ("clip",), "/etc/passwd")),
        json.dumps(exchanged(TAKE.to_dict(), ("shot", "still", "path"), "../../../../etc/passwd")), "x" * 1_000_000,
        json.dumps(exchanged(TAKE.to_dict(), ("shot", "controls", 0, "path"), "/etc/passwd")),
    ],
    ids=["words", "nested", "clip", "still", "long", "control"],
)  # fmt: skip
def test_a_clip_with_any_comment(tag: str, open_workspace: Workspace, tmp_path: Path) -> None:
    clip = tmp_path / "strange.mp4"
    write_clip(clip, moving(3), 24, lambda count: tag)
    try:
        take = read_take(clip)
    except StudioError as error:
        assert "strange.mp4" in str(error)
    else:
        assert take.clip == str(clip)
        back = restored(take.shot, open_workspace, Shelf(open_workspace).of("a visitor"), take.plan)
        assert back["draft"]["still"] is None
        assert "passwd" not in json.dumps(back["draft"])
    still, _ = open_workspace.go_on(clip)  # a stranger's clip can still be gone on from
    assert (still.width, still.height) == (96, 64)


def test_a_stranger_s_record_among_the_takes_opens_nothing_outside(open_workspace: Workspace) -> None:
    data = open_workspace.settings.data
    for number, path in enumerate(("../../../etc/passwd", "/etc/passwd", "..", "a\0b")):
        take = TAKE.but(id=f"{number}bcdefghijklmnopqrst", clip=path, poster=path)
        take = take.but(shot=SHOT.but(still=SHOT.still.but(path=path)))
        home = data / "takes" / take.id
        home.mkdir(parents=True)
        (home / "take.json").write_text(take.to_json(), encoding="utf-8")
    found = Library(open_workspace.store, data).list()
    assert len(found) == 4
    assert all(kept.missing for kept in found)
    for kept in found:
        for path in (kept.take.clip, kept.take.poster, kept.take.shot.still.path):
            assert Path(path).is_relative_to(data)
            assert "etc" not in Path(path).relative_to(data).parts
