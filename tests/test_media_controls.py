"""What is painted over a still is checked and kept by its content; nothing else gets in."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.errors import InputError, MediaError
from studio.media.controls import LARGEST_PAINTING, find_control, housed, keep_clip, keep_painting
from studio.shot import Control, Shot, Still, Timeline

STILL = Still(path="/elsewhere/still.png", digest="0" * 64, width=480, height=320)


def png(picture: Image.Image) -> bytes:
    held = BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def painted(width: int = 240, height: int = 160, tone: int = 255) -> Image.Image:
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[height // 4 : height // 2, width // 4 : width // 2] = (tone, tone, tone, 255)
    return Image.fromarray(pixels)


def test_a_painting_is_kept_by_its_content_and_found_again(tmp_path: Path) -> None:
    first = keep_painting(png(painted()), STILL, tmp_path / "controls")
    assert keep_painting(png(painted()), STILL, tmp_path / "controls") == first
    assert first.share == pytest.approx(1 / 16)
    path = find_control(tmp_path / "controls", f"{first.key}.png", "the painting")
    assert np.array_equal(np.array(Image.open(path)), np.array(painted()))
    assert [one.name for one in (tmp_path / "controls").iterdir()] == [f"{first.key}.png"]


def test_near_and_far_are_two_paintings(tmp_path: Path) -> None:
    near, far = (keep_painting(png(painted(tone=tone)), STILL, tmp_path) for tone in (255, 0))
    assert near.key != far.key


def test_an_empty_painting_is_none_and_leaves_no_file(tmp_path: Path) -> None:
    assert keep_painting(png(Image.new("RGBA", (240, 160))), STILL, tmp_path / "controls") == ("", 0.0)
    assert not (tmp_path / "controls").exists()


def test_words_hidden_in_a_painting_are_not_kept(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    secret, held = PngInfo(), BytesIO()
    secret.add_text("place", "at home")
    painted().save(held, "PNG", pnginfo=secret)
    kept = keep_painting(held.getvalue(), STILL, tmp_path)
    assert b"at home" not in (tmp_path / f"{kept.key}.png").read_bytes()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a PNG"),
        (b"GIF89a", "not a PNG"),
        (png(painted())[:60], "damaged"),
        (png(painted().convert("RGB")), "without transparency"),
        (png(painted(160, 240)), "the shape of the still, 480 × 320"),
        (png(Image.new("RGBA", (1500, 1000), "white")), "at most 1024"),
        (b"\x89PNG\r\n\x1a\n" + bytes(LARGEST_PAINTING), "at most 2 MB"),
    ],
    ids=["empty", "gif", "cut off", "opaque", "other shape", "too large", "too heavy"],
)
def test_anything_else_is_refused_in_words(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        keep_painting(data, STILL, tmp_path)
    assert not list(tmp_path.iterdir())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused_or_kept_whole_and_never_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(png(painted(24, 16)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("controls")
    try:
        kept = keep_painting(bytes(whole), STILL, folder)
    except InputError:
        assert not list(folder.iterdir())
    else:
        assert [one.stem for one in folder.iterdir()] == ([kept.key] if kept.key else [])


def test_a_clip_is_kept_when_its_take_is_deleted(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"frames")
    key = keep_clip(clip, tmp_path / "controls")
    clip.unlink()
    assert find_control(tmp_path / "controls", f"{key}.mp4", "the clip").read_bytes() == b"frames"


def test_what_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the painting"):
        find_control(tmp_path, "0.png", "the painting")
    with pytest.raises(MediaError, match="the clip"):
        keep_clip(tmp_path / "clip.mp4", tmp_path)


def test_a_record_finds_its_files_in_any_data_folder(tmp_path: Path) -> None:
    controls = (Control(kind="motion_brush", path="aa.png"), Control(kind="end_frame", path="/other/place/bb.png"))
    shot = Shot(still=STILL, timeline=Timeline(seconds=5.0), controls=controls)
    found = housed(shot, tmp_path)
    assert found.still.path == str(tmp_path / "stills" / "still.png")
    assert [one.path for one in found.controls] == [
        str(tmp_path / "controls" / "aa.png"),
        str(tmp_path / "stills" / "bb.png"),
    ]
