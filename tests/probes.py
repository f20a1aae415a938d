"""What other programs than the studio find in a clip: FFmpeg's own tools, which share no code with how it is written.

``ffprobe`` where it is installed; else the ``ffmpeg`` that comes with imageio-ffmpeg, whose words are parsed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import imageio_ffmpeg

__all__ = ["Probed", "ffmpeg_facts", "ffprobe_facts", "readers"]


class Probed(NamedTuple):
    """Facts of a clip: `colours` are (range, matrix)."""

    tags: dict[str, str]
    codec: str
    size: tuple[int, int]
    fps: float
    seconds: float
    colours: tuple[str, str]


def readers() -> list[str]:
    """The readers that there are here, by the names of their functions."""
    return ["ffmpeg_facts", *(["ffprobe_facts"] if shutil.which("ffprobe") else [])]


def ffprobe_facts(clip: Path) -> Probed:
    """What ffprobe says."""
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(clip)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout)
    video = next(stream for stream in said["streams"] if stream["codec_type"] == "video")
    assert video["r_frame_rate"] == video["avg_frame_rate"]  # constant
    return Probed(
        tags=said["format"]["tags"], codec=video["codec_name"], size=(video["width"], video["height"]),
        fps=float(video["avg_frame_rate"].split("/")[0]), seconds=float(said["format"]["duration"]),
        colours=(video["color_range"], video["color_space"]),
    )  # fmt: skip


def ffmpeg_facts(clip: Path) -> Probed:
    """What ffmpeg says when it opens a clip, and the tags as it writes them into its own format."""
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    command = [ffmpeg, "-nostdin", "-hide_banner", "-i", str(clip)]
    shown = subprocess.run(command, capture_output=True).stderr
    said = shown.decode("utf-8", "replace")  # long tags are cut in it, in the midst of a character
    video = re.search(r"Video: (\w+).*?\((tv|pc), (\w+)[^)]*\), (\d+)x(\d+).*?([\d.]+) fps", said)
    length = re.search(r"Duration: (\d+):(\d+):([\d.]+)", said)
    assert video and length, said
    command = [ffmpeg, "-v", "error", "-nostdin", "-i", str(clip), "-f", "ffmetadata", "-"]
    kept = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    hours, minutes, seconds = map(float, length.groups())
    return Probed(
        tags=_unescaped(kept), codec=video[1], size=(int(video[4]), int(video[5])), fps=float(video[6]),
        seconds=hours * 3600 + minutes * 60 + seconds, colours=(video[2], video[3]),
    )  # fmt: skip


def _unescaped(text: str) -> dict[str, str]:
    """The tags of FFmpeg's metadata format: ``key=value`` lines, with a backslash before what has another meaning."""
    lines = re.findall(r"((?:\\.|[^\\\n])*)\n", text.partition("\n")[2], flags=re.DOTALL)
    pairs = [re.match(r"((?:\\.|[^\\=])+)=(.*)", line, flags=re.DOTALL) for line in lines]
    return {_plain(pair[1]): _plain(pair[2]) for pair in pairs if pair}


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
