"""Put clips next to each other in one mp4, to see two takes at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.errors import MediaError
from studio.media.clips import ClipFacts, Frame, probe, write_clip
from studio.media.timing import frame_count, frame_times

__all__ = ["side_by_side"]

_MOST = 4
_FASTEST = 60  # frames a second
_WIDEST = 4096  # pixels; past this browsers stop decoding H.264 in hardware


def side_by_side(clips: Sequence[Path], target: Path) -> int:
    """Join two to four clips into one mp4, left to right, and give its number of frames; whole or not at all.

    All are scaled to the height of the lowest, and play at the highest of their frame rates; the shorter ones hold
    their last frame until the longest ends.

    Raises:
        MediaError: there are fewer than two clips or more than four, one cannot be read, or `target` cannot be written.
    """
    if not 2 <= len(clips) <= _MOST:
        raise MediaError(
            "the comparison", f"{len(clips)} clips", expected=f"two to {_MOST} clips", action="Choose other takes."
        )
    facts = [probe(path) for path in clips]
    fps = max(1, min(_FASTEST, round(max(each.fps for each in facts))))
    seconds = max(each.seconds for each in facts)
    return write_clip(target, _frames(clips, facts, frame_times(frame_count(seconds, fps), fps)), fps)


def _frames(clips: Sequence[Path], facts: Sequence[ClipFacts], times: NDArray[np.float64]) -> Iterator[Frame]:
    """The joined pictures at these times, composed by moviepy; its readers are closed when the last one is taken."""
    from moviepy import VideoFileClip, clips_array  # takes half a second to import, and few sessions compare

    longest = max(each.seconds for each in facts) + 1  # past the end, so that no clip vanishes before the last frame
    with ExitStack() as readers:
        row = []
        for path, each, size in zip(clips, facts, _common_height(facts), strict=True):
            clip = _opened(VideoFileClip, path, size)
            readers.callback(clip.close)
            held = clip.time_transform(partial(_held, last=(each.frames - 1) / each.fps))
            row.append(held.with_duration(longest))
        joined = clips_array([row], bg_color=(0, 0, 0))
        for time in times:
            yield np.asarray(joined.get_frame(float(time)), dtype=np.uint8)


def _opened(reader: Callable[..., Any], path: Path, size: tuple[int, int]) -> Any:
    """Open a clip with moviepy at the size it is shown at; its complaints become ours."""
    try:
        return reader(str(path), audio=False, target_resolution=size)
    except (OSError, KeyError, ValueError) as error:
        raise MediaError(
            f"the clip {path.name}", "cannot be compared", expected="a whole video file", action="Make it again."
        ) from error


def _held(time: float, last: float) -> float:
    """The moment to show of a clip whose last frame begins at `last`: that frame is held until the end."""
    return min(time, last)


def _common_height(facts: Sequence[ClipFacts]) -> list[tuple[int, int]]:
    """Even (width, height) for each clip: the height of the lowest, less if the row would be wider than 4096 pixels."""
    height = min(each.height for each in facts)
    width = sum(each.width * height / each.height for each in facts)
    height = max(2, int(height * min(1.0, _WIDEST / width)) // 2 * 2)
    return [(max(2, round(each.width * height / each.height / 2) * 2), height) for each in facts]
