"""A clip plays everywhere, in the colours it was given, and lies on disk whole or not at all."""

from __future__ import annotations

import json
import resource
import tracemalloc

import numpy as np
import pytest
from PIL import Image

from studio.errors import Cancelled, MediaError
from studio.media.clips import ClipFacts, poster, probe, read_comment, read_frames, write_clip
from tests import pictures, probes


def flat(colour, width=64, height=48):
    return np.broadcast_to(np.array(colour, np.uint8), (height, width, 3))


def moving(count, width=96, height=64):
    scene = pictures.gradient(width, height)
    for index in range(count):
        yield np.roll(scene, index, 1)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def boxes(path):
    """The names of an mp4's top-level boxes, in order."""
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        found.append(data[at + 4 : at + 8].decode())
        at += int.from_bytes(data[at : at + 4], "big")
    return found


def test_it_is_h264_that_browsers_play(tmp_path):
    assert write_clip(tmp_path / "clip.mp4", moving(10), 24) == 10
    assert probe(tmp_path / "clip.mp4") == ClipFacts(
        width=96, height=64, fps=24, frames=10, seconds=10 / 24, codec="h264", pixel_format="yuv420p"
    )
    assert names(tmp_path) == ["clip.mp4"]


@pytest.mark.parametrize(
    "colour",
    [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0), (128, 128, 128), (200, 30, 90), (250, 200, 20)],
)
def test_colours_come_back_within_three_levels(colour, tmp_path):
    write_clip(tmp_path / "clip.mp4", [flat(colour)] * 3, 24)
    for frame in read_frames(tmp_path / "clip.mp4"):
        assert np.abs(frame.astype(int) - colour).max() <= 3


def test_frames_come_back_in_order_and_close_to_what_they_were(tmp_path):
    given = list(moving(12))
    write_clip(tmp_path / "clip.mp4", given, 12)
    for frame, original in zip(read_frames(tmp_path / "clip.mp4"), given, strict=True):
        assert frame.shape == original.shape and frame.dtype == np.uint8
        assert np.abs(frame.astype(int) - original).mean() < 20
        assert np.abs(frame[..., 1].astype(int) - original[..., 1]).mean() < 4  # green hardly suffers from 4:2:0


@pytest.mark.parametrize("reader", probes.readers())
def test_the_colours_are_tagged_and_the_record_is_where_other_tools_look(tmp_path, reader):
    told = json.dumps({"frames": 6, "said": "a=b; c#d\\e\n水"}, ensure_ascii=False)
    write_clip(tmp_path / "clip.mp4", moving(6), 24, lambda count: told, title="Pier")
    found = getattr(probes, reader)(tmp_path / "clip.mp4")
    assert (found.codec, found.colours, found.fps, found.seconds) == ("h264", ("tv", "bt709"), 24.0, 0.25)
    assert found.tags["title"] == "Pier"
    assert found.tags["comment"] == told


def test_it_starts_to_play_before_it_is_loaded(tmp_path):
    write_clip(tmp_path / "clip.mp4", moving(6), 24)
    order = boxes(tmp_path / "clip.mp4")
    assert order.index("moov") < order.index("mdat")


@pytest.mark.parametrize("fps", [1, 7, 16, 24, 25, 30, 60])
def test_every_frame_rate_keeps_its_frames(fps, tmp_path):
    write_clip(tmp_path / "clip.mp4", moving(5), fps)
    facts = probe(tmp_path / "clip.mp4")
    assert (facts.fps, facts.frames, facts.seconds) == (fps, 5, 5 / fps)
    assert sum(1 for _ in read_frames(tmp_path / "clip.mp4")) == 5


def test_one_frame_is_a_clip(tmp_path):
    assert write_clip(tmp_path / "clip.mp4", moving(1), 24) == 1
    assert probe(tmp_path / "clip.mp4").frames == 1


@pytest.mark.parametrize("size", [(2, 2), (64, 66), (130, 98), (1026, 64)])
def test_any_even_size_is_kept(size, tmp_path):
    write_clip(tmp_path / "clip.mp4", [flat((9, 90, 200), *size)] * 2, 24)
    facts = probe(tmp_path / "clip.mp4")
    assert (facts.width, facts.height) == size


def test_frames_that_are_views_or_read_only_are_fine(tmp_path):
    frame = pictures.gradient(96, 64)
    write_clip(tmp_path / "clip.mp4", [frame[:, ::-1], frame[::-1]], 24)
    first = next(read_frames(tmp_path / "clip.mp4"))
    assert np.abs(first[..., 1].astype(int) - frame[:, ::-1, 1]).mean() < 4


def test_frames_are_streamed_and_never_held(tmp_path):
    tracemalloc.start()
    write_clip(tmp_path / "clip.mp4", (np.full((360, 640, 3), i % 250, np.uint8) for i in range(150)), 24)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 360 * 640 * 3  # of 150 frames


def test_the_record_is_made_after_the_last_frame_and_may_be_long(tmp_path):
    record = {"prompt": "Ein Kaffee dampft — 水が流れる “slowly” \n" * 1200, "path": "a=b;c\\d#e"}
    asked = []

    def describe(count):
        asked.append(count)
        return json.dumps(record, ensure_ascii=False)

    write_clip(tmp_path / "clip.mp4", moving(4), 24, describe)
    assert asked == [4]
    assert len(read_comment(tmp_path / "clip.mp4").encode()) > 50_000
    assert json.loads(read_comment(tmp_path / "clip.mp4")) == record


def test_without_a_record_the_comment_is_empty(tmp_path):
    write_clip(tmp_path / "clip.mp4", moving(2), 24)
    assert read_comment(tmp_path / "clip.mp4") == ""


@pytest.mark.parametrize("after", [0, 1, 7])
@pytest.mark.parametrize("error", [Cancelled(), RuntimeError("the engine broke"), KeyboardInterrupt(), OSError("read")])
def test_when_the_frames_stop_nothing_is_left_and_the_reason_passes_on(after, error, tmp_path):
    def frames():
        yield from moving(after)
        raise error

    with pytest.raises(type(error)) as caught:
        write_clip(tmp_path / "clip.mp4", frames(), 24)
    assert caught.value is error
    assert names(tmp_path) == []


def test_when_the_record_cannot_be_made_nothing_is_left(tmp_path):
    def describe(count):
        raise RuntimeError("no record")

    with pytest.raises(RuntimeError, match="no record"):
        write_clip(tmp_path / "clip.mp4", moving(3), 24, describe)
    assert names(tmp_path) == []


def test_a_failed_clip_leaves_the_old_one_as_it_was(tmp_path):
    write_clip(tmp_path / "clip.mp4", moving(3), 24)
    before = (tmp_path / "clip.mp4").read_bytes()
    with pytest.raises(MediaError):
        write_clip(tmp_path / "clip.mp4", [flat((1, 2, 3)), flat((1, 2, 3), 32, 32)], 24)
    assert (tmp_path / "clip.mp4").read_bytes() == before
    assert names(tmp_path) == ["clip.mp4"]


@pytest.mark.parametrize(
    ("frames", "message"),
    [
        ([], "no frames"),
        ([flat((0, 0, 0), 63, 48)], "even"),
        ([flat((0, 0, 0), 64, 47)], "even"),
        ([flat((0, 0, 0), 0, 0)], "even"),
        ([flat((0, 0, 0))[..., 0]], "height × width × 3"),
        ([flat((0, 0, 0)).astype(float)], "8 bits"),
        ([None], "no frames"),
        ([flat((0, 0, 0)), flat((0, 0, 0), 32, 32)], "frame 1"),
        ([flat((0, 0, 0)), flat((0, 0, 0)).astype(np.uint16)], "frame 1"),
    ],
)
def test_frames_that_make_no_clip_are_refused(frames, message, tmp_path):
    with pytest.raises(MediaError, match=message):
        write_clip(tmp_path / "clip.mp4", frames, 24)
    assert names(tmp_path) == []


def test_a_frame_rate_below_one_is_refused(tmp_path):
    with pytest.raises(MediaError, match="frames per second"):
        write_clip(tmp_path / "clip.mp4", moving(2), 0)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MediaError, match="cannot be written"):
        write_clip(tmp_path / "file" / "clip.mp4", moving(2), 24)
    (tmp_path / "clip.mp4").mkdir()
    with pytest.raises(MediaError, match="cannot be written"):
        write_clip(tmp_path / "clip.mp4", moving(2), 24)
    assert names(tmp_path) == ["clip.mp4", "file"]


@pytest.mark.parametrize("room", [0, 40, 1_000, 9_000, 30_000])
def test_a_full_disk_leaves_nothing(room, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(MediaError) as caught:
            write_clip(tmp_path / "clip.mp4", moving(24), 24, lambda count: "x" * 50_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "cannot be written" in str(caught.value)
    assert names(tmp_path) == []


@pytest.fixture
def clip(tmp_path):
    write_clip(tmp_path / "clip.mp4", moving(40), 24, lambda count: "record")
    return tmp_path / "clip.mp4"


PICTURES = pictures.good()
ASKED = [probe, read_comment, lambda path: list(read_frames(path))]


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        pictures.good()["jpeg_exif_1"],
        pictures.good()["png"],
        bytes(3000),
        b"\0\0\0\x18ftypisom" + bytes(99),
    ],
    ids=["empty", "text", "jpeg", "png", "zeros", "mp4_head"],
)
def test_what_is_no_video_is_refused(ask, data, tmp_path):
    (tmp_path / "x.mp4").write_bytes(data)
    with pytest.raises(MediaError, match=r"x\.mp4: cannot be read as a video"):
        ask(tmp_path / "x.mp4")


@pytest.mark.parametrize("ask", ASKED)
def test_missing_files_and_folders_are_refused(ask, tmp_path):
    for path in (tmp_path / "none.mp4", tmp_path):
        with pytest.raises(MediaError):
            ask(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_clip_that_breaks_off_is_refused(share, clip):
    data = clip.read_bytes()
    clip.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(MediaError):
        probe(clip)


@pytest.mark.parametrize("ask", ASKED)
def test_a_playlist_that_poses_as_a_clip_reads_no_other_file(ask, clip, tmp_path):
    for name, text in (
        ("list.mp4", f"#EXTM3U\n#EXTINF:1,\nfile://{clip}\n#EXT-X-ENDLIST\n"),
        ("concat.mp4", f"ffconcat version 1.0\nfile {clip.name}\n"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(MediaError):
            ask(tmp_path / name)


def test_a_poster_is_small_and_shows_the_first_frame(clip, tmp_path):
    poster(clip, tmp_path / "poster.jpg")
    with Image.open(tmp_path / "poster.jpg") as picture:
        assert picture.format == "JPEG" and picture.size == (96, 64)
        assert np.abs(np.asarray(picture)[..., 1].astype(int) - next(moving(1))[..., 1]).mean() < 6
    poster(np.zeros((900, 1600, 3), np.uint8), tmp_path / "poster.jpg")
    with Image.open(tmp_path / "poster.jpg") as picture:
        assert picture.size == (640, 360)
    with pytest.raises(MediaError):
        poster(clip, tmp_path / "clip.mp4" / "poster.jpg")
    assert names(tmp_path) == ["clip.mp4", "poster.jpg"]


def test_the_same_frames_give_the_same_bytes(tmp_path):
    """Small sizes too: there x264 told by AVX-512 once made another clip of them with each run."""
    noise = np.random.default_rng(3)
    frames = list(noise.integers(0, 256, (25, 64, 64, 3), dtype=np.uint8))
    made = set()
    for number in range(12):
        write_clip(tmp_path / f"{number}.mp4", frames, 8)
        made.add((tmp_path / f"{number}.mp4").read_bytes())
    assert len(made) == 1
