"""A clip alone is enough to reopen its shot."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import pytest

from studio.errors import MediaError
from studio.media.clips import write_clip
from studio.media.provenance import read_take, record_path, write_take
from studio.shot import Beat, Plan, Shot, Still, Take, Timeline
from tests import probes
from tests.test_media_clips import moving, names


def take(clip):
    still = Still(path="a.png", digest="0" * 64, width=96, height=64, name="Küste 水.png")
    beats = (Beat(layer="camera", move="dolly_in", start=0, end=1, text="The camera pushes in — slowly."),)
    shot = Shot(
        still=still, prompt="Slow “dolly-in”\nüber das Meer 水", timeline=Timeline(seconds=1, beats=beats), seconds=1
    )
    plan = Plan(engine="sketch", width=96, height=64, frames=24, fps=24, seconds=1)
    return Take(id="abc", clip=str(clip), shot=shot, plan=plan, created="2026-11-22T10:00:00Z", studio="0.1.0")


@pytest.fixture
def made(tmp_path):
    folder = tmp_path / "abc"
    folder.mkdir()
    record = take(folder / "clip.mp4")
    write_clip(folder / "clip.mp4", moving(24), 24, lambda count: record.to_json())
    write_take(record)
    return record


def test_the_record_lies_beside_the_clip(made, tmp_path):
    assert names(tmp_path / "abc") == ["clip.mp4", "take.json"]
    assert read_take(tmp_path / "abc" / "take.json") == made


def test_a_clip_of_another_name_has_a_record_of_its_own(tmp_path):
    assert record_path(tmp_path / "pier.mp4").name == "pier.take.json"
    written = write_take(take(tmp_path / "pier.mp4"))
    assert written == tmp_path / "pier.take.json" and names(tmp_path) == ["pier.take.json"]


def test_the_mp4_alone_is_enough_wherever_it_was_carried(made, tmp_path):
    carried = tmp_path / "My clip (1).mp4"
    shutil.copy(made.clip, carried)
    read = read_take(carried)
    assert read == made.but(clip=str(carried))
    assert read.shot == made.shot


def test_writing_again_replaces_the_record(made):
    write_take(made.but(notes=("again",)))
    record = record_path(Path(made.clip))
    assert read_take(record).notes == ("again",)
    assert names(record.parent) == ["clip.mp4", "take.json"]


def test_a_clip_of_somebody_else_is_refused(tmp_path):
    write_clip(tmp_path / "phone.mp4", moving(3), 24)
    with pytest.raises(MediaError, match="no record of a take"):
        read_take(tmp_path / "phone.mp4")
    write_clip(tmp_path / "other.mp4", moving(3), 24, lambda count: "made with another program")
    with pytest.raises(MediaError, match="does not describe a take"):
        read_take(tmp_path / "other.mp4")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"id": 3}', b"\xff\xfe\x00", b"null", b"{}" * 9])
def test_a_record_that_is_none_is_refused(data, tmp_path):
    (tmp_path / "take.json").write_bytes(data)
    with pytest.raises(MediaError, match=r"take\.json"):
        read_take(tmp_path / "take.json")


def test_a_record_of_absurd_size_is_not_read(tmp_path):
    with (tmp_path / "take.json").open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(MediaError, match="too large"):
        read_take(tmp_path / "take.json")


def test_missing_files_are_refused(tmp_path):
    for name in ("take.json", "clip.mp4"):
        with pytest.raises(MediaError):
            read_take(tmp_path / name)


def test_a_folder_that_is_gone(tmp_path):
    with pytest.raises(MediaError, match="cannot be written"):
        write_take(take(tmp_path / "gone" / "clip.mp4"))
    assert names(tmp_path) == []


def test_the_record_survives_sound_that_is_put_beside_and_a_copy_of_the_streams(made, tmp_path):
    ffmpeg, tone, dubbed = imageio_ffmpeg.get_ffmpeg_exe(), tmp_path / "tone.wav", tmp_path / "dubbed.mp4"
    quiet = [ffmpeg, "-v", "error", "-y"]
    subprocess.run([*quiet, "-f", "lavfi", "-i", "sine=440:duration=1", str(tone)], check=True)
    mux = ["-i", made.clip, "-i", str(tone), "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac"]
    subprocess.run([*quiet, *mux, str(dubbed)], check=True)
    assert read_take(dubbed).shot == made.shot
    again = tmp_path / "again.mp4"
    with av.open(str(dubbed)) as source, av.open(str(again), "w") as target:  # as a program that opens and saves it
        target.metadata.update(source.metadata)
        streams = {stream: target.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream]
                target.mux(packet)
    assert read_take(again).shot == made.shot
    for reader in probes.readers():
        for clip in (Path(made.clip), dubbed, again):
            assert Take.from_json(getattr(probes, reader)(clip).tags["comment"]).shot == made.shot
