"""A still is kept whole or not at all, named by its content, and tells nothing about who took it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.errors import StillError
from studio.media.stills import load_pixels, open_still
from studio.settings import Settings
from tests import pictures

LIMITS = Settings()
BAD = pictures.bad()
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
GOOD = {name: pictures.good()[name] for name in ("png", "jpeg_exif_6", "webp", "tiff_grey16", "png_rgba")}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", GOOD)
def test_a_kept_still_reads_back(name, tmp_path):
    still = open_still(GOOD[name], tmp_path, LIMITS, name="photo")
    pixels = load_pixels(still)
    assert pixels.shape == (still.height, still.width, 3)
    assert pixels.dtype == np.uint8
    assert names(tmp_path) == [f"{still.digest}.png"]


def test_a_path_and_its_bytes_give_the_same_still(tmp_path):
    path = tmp_path / "holiday.jpg"
    path.write_bytes(GOOD["png"])  # a wrong ending does not matter: the content decides
    by_path = open_still(path, tmp_path / "stills", LIMITS)
    assert by_path.name == "holiday.jpg"
    assert by_path == open_still(GOOD["png"], tmp_path / "stills", LIMITS, name="holiday.jpg")


def test_the_same_pixels_in_another_format_are_the_same_still(tmp_path):
    files = pictures.good()
    digests = {open_still(files[name], tmp_path, LIMITS).digest for name in ("png", "bmp", "tiff", "ppm", "png_exif")}
    assert len(digests) == 1
    assert len(names(tmp_path)) == 1


def test_another_shape_of_the_same_bytes_is_another_still(tmp_path):
    flat = [np.full(shape, 90, np.uint8) for shape in ((64, 128, 3), (128, 64, 3))]
    assert len({open_still(pictures.encoded(each, "PNG"), tmp_path, LIMITS).digest for each in flat}) == 2


def test_the_kept_file_tells_no_camera_and_no_place(tmp_path):
    still = open_still(GOOD["jpeg_exif_6"], tmp_path, LIMITS)
    with Image.open(still.path) as kept:
        assert not kept.getexif()
        assert not kept.info
    assert b"Secret" not in (tmp_path / f"{still.digest}.png").read_bytes()


@pytest.mark.parametrize("name", BAD)
def test_a_refused_picture_leaves_the_folder_as_it_was(name, tmp_path):
    path = tmp_path / "in" / "photo.png"
    path.parent.mkdir()
    path.write_bytes(BAD[name])
    (tmp_path / "stills").mkdir()
    with pytest.raises(StillError) as caught:
        open_still(path, tmp_path / "stills", LIMITS)
    assert "photo.png" in str(caught.value) and str(tmp_path) not in str(caught.value)
    assert names(tmp_path / "stills") == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cat.png", "cat.png"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("line\nbreak\x00.png", "linebreak.png"),
        ("x" * 300, "x" * 79 + "…"),
        ("/", ""),
        ("日本の写真.png", "日本の写真.png"),
    ],
)
def test_names_are_shown_safely(name, shown, tmp_path):
    assert open_still(GOOD["png"], tmp_path, LIMITS, name=name).name == shown


def test_a_missing_file(tmp_path):
    with pytest.raises(StillError, match="not found"):
        open_still(tmp_path / "none.png", tmp_path, LIMITS)


def test_a_folder(tmp_path):
    with pytest.raises(StillError, match="a folder"):
        open_still(tmp_path, tmp_path / "stills", LIMITS)


def test_a_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(StillError, match="not a regular file"):
        open_still(tmp_path / "pipe.png", tmp_path, LIMITS)


def test_a_path_that_cannot_be(tmp_path):
    for path in (tmp_path / "a\0b.png", tmp_path / ("x" * 5000)):
        with pytest.raises(StillError):
            open_still(path, tmp_path, LIMITS)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "mine.png"
    path.write_bytes(GOOD["png"])

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(StillError, match="no permission"):
        open_still(path, tmp_path, LIMITS)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)  # sparse: takes no disk, and reading it would take all memory
    with pytest.raises(StillError, match=r"3000\.0 MB.*at most 50 MB"):
        open_still(path, tmp_path, LIMITS)
    with pytest.raises(StillError, match="at most 1 MB"):
        open_still(bytes(1_000_001), tmp_path, Settings(max_upload_mb=1))


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StillError, match="cannot be kept"):
        open_still(GOOD["png"], tmp_path / "file" / "stills", LIMITS)


def test_a_failing_disk_leaves_nothing(tmp_path, monkeypatch):
    def fail(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(tmp_path), "replace", fail)
    with pytest.raises(StillError, match="No space left"):
        open_still(GOOD["png"], tmp_path, LIMITS)
    assert names(tmp_path) == []


def test_opening_again_writes_no_new_file_and_counts_as_use(tmp_path):
    still = open_still(GOOD["png"], tmp_path, LIMITS)
    path = Path(still.path)
    os.utime(path, (0, 0))
    before, content = path.stat(), path.read_bytes()
    open_still(GOOD["png"], tmp_path, LIMITS)
    assert (path.stat().st_ino, path.read_bytes()) == (before.st_ino, content)
    assert path.stat().st_mtime > before.st_mtime


def test_a_damaged_copy_is_reported_and_mended_by_opening_again(tmp_path):
    still = open_still(GOOD["png"], tmp_path, LIMITS)
    path = tmp_path / f"{still.digest}.png"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(StillError, match="Drop the picture again"):
        load_pixels(still)
    open_still(GOOD["png"], tmp_path, LIMITS)
    assert load_pixels(still).shape == (still.height, still.width, 3)


def test_a_removed_or_replaced_copy_is_reported(tmp_path):
    still = open_still(GOOD["png"], tmp_path, LIMITS)
    other = open_still(pictures.encoded(pictures.gradient(200, 100), "PNG"), tmp_path, LIMITS)
    with pytest.raises(StillError, match="200 × 100"):
        load_pixels(still.but(path=other.path))
    Path(still.path).unlink()
    with pytest.raises(StillError, match="missing"):
        load_pixels(still)


def test_many_people_may_open_pictures_at_once(tmp_path):
    files = list(GOOD.values()) * 8
    with ThreadPoolExecutor(8) as pool:
        stills = list(pool.map(lambda data: open_still(data, tmp_path, LIMITS), files))
    assert names(tmp_path) == sorted({f"{still.digest}.png" for still in stills})
    assert len(names(tmp_path)) == len(GOOD)
