"""Join clips one after another into one mp4: hard cuts or cross-fades, the sound cross-faded at equal power.

Frames are streamed, at most those of one fade are held. The pictures are blended here rather than by moviepy (which
lays takes side by side for a comparison): a join must come out on the planned frame, with the clips' own colours, and
however many clips there are, two decoders at most may be open.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.errors import MediaError
from studio.media.clips import ClipFacts, Frame, clip_sound, clip_track, probe, read_frames, write_clip
from studio.media.sound import Sound

__all__ = ["Part", "join_clips", "joined_frames"]

_EDGE = 0.01
"""Seconds over which a sound rises or falls at a cut where nothing overlaps, so that it does not click."""


class Part(NamedTuple):
    """A clip in its place.

    Attributes:
        skip: frames at its start that are not shown: they repeat the end of the clip before.
        fade: frames that it shares with the clip before, in a cross-fade; 0: a hard cut.
    """

    clip: Path
    skip: int = 0
    fade: int = 0


def joined_frames(frames: Sequence[int], parts: Sequence[Part]) -> int:
    """How many frames come out of clips with so many."""
    return sum(frames) - sum(part.skip + part.fade for part in parts)


def join_clips(parts: Sequence[Part], target: Path, describe: Callable[[int], str] | None = None) -> int:
    """Join clips of one size and one rate, in order, and give the number of frames; whole or not at all.

    Args:
        describe: as in ``write_clip``.

    Raises:
        MediaError: none are given, one cannot be read, is too short for its fades or differs from the first in size
            or rate, or `target` cannot be written.
    """
    facts = [probe(part.clip) for part in parts]
    _check(parts, facts)
    fps = round(facts[0].fps)
    starts = _starts(parts, facts)
    return write_clip(target, _pictures(parts, facts), fps, describe, hear=lambda: _sound(parts, facts, starts, fps))


def _check(parts: Sequence[Part], facts: Sequence[ClipFacts]) -> None:
    if not parts:
        raise MediaError("the joined clip", "no clips", expected="at least one", action="Make its shots first.")
    first = facts[0]
    for number, (part, each) in enumerate(zip(parts, facts, strict=True)):
        if (each.width, each.height, round(each.fps)) != (first.width, first.height, round(first.fps)):
            raise MediaError(
                f"clip {number + 1}",
                f"{each.width} × {each.height} at {each.fps:g}",
                expected=f"{first.width} × {first.height} at {first.fps:g}, as the first",
                action="Make it again with that size and frame rate.",
            )
        after = parts[number + 1].fade if number + 1 < len(parts) else 0
        if part.fade + after >= each.frames - part.skip:
            raise MediaError(
                f"the cross-fades of clip {number + 1}",
                f"{part.fade + after} of its {each.frames - part.skip} frames",
                expected="fewer than it has",
                action="Shorten a cross-fade.",
            )


def _starts(parts: Sequence[Part], facts: Sequence[ClipFacts]) -> list[int]:
    """The frame of the whole at which each part is first seen."""
    starts = [0]
    for (before, part), each in zip(pairwise(parts), facts, strict=False):
        starts.append(starts[-1] + each.frames - before.skip - part.fade)
    return starts


def _pictures(parts: Sequence[Part], facts: Sequence[ClipFacts]) -> Iterator[Frame]:
    held: deque[Frame] = deque()  # the end of the clip before, for a fade
    for number, (part, each) in enumerate(zip(parts, facts, strict=True)):
        keep = parts[number + 1].fade if number + 1 < len(parts) else 0
        shown = each.frames - part.skip
        for index, frame in enumerate(read_frames(part.clip)):
            at = index - part.skip
            if at < 0:
                continue
            picture = _blend(held.popleft(), frame, (at + 1) / (part.fade + 1)) if at < part.fade else frame
            if at >= shown - keep:
                held.append(picture)
            else:
                yield picture


def _blend(before: Frame, after: Frame, share: float) -> Frame:
    mixed = before.astype(np.float32)
    mixed += share * (after.astype(np.float32) - mixed)
    return np.asarray(np.clip(mixed + 0.5, 0, 255), np.uint8)


def _sound(parts: Sequence[Part], facts: Sequence[ClipFacts], starts: Sequence[int], fps: int) -> Sound | None:
    """The sound of all parts on one track; ``None`` where none has any."""
    tracks = [clip_track(part.clip) for part in parts]
    if not any(tracks):
        return None
    rate = max(track.rate for track in tracks if track)
    channels = max(track.channels for track in tracks if track)
    end = starts[-1] + facts[-1].frames - parts[-1].skip
    whole = np.zeros((channels, round(end / fps * rate)), np.float32)
    for number, (part, each, start) in enumerate(zip(parts, facts, starts, strict=True)):
        if tracks[number] is None:
            continue
        after = parts[number + 1] if number + 1 < len(parts) else None
        lead = 0 if part.fade else part.skip  # frames that are not seen may be heard, under the end of the clip before
        first, last = start - lead, start + each.frames - part.skip
        begin, stop = round(first / fps * rate), round(last / fps * rate)
        samples = clip_sound(part.clip, rate, channels).samples
        offset = round((part.skip - lead) / fps * rate)
        samples = samples[:, offset : offset + stop - begin]
        if number:
            _rise(samples, _overlap(part, rate, fps))
        if after is not None:
            short = stop - begin - samples.shape[1]  # a track that ends before its pictures has nothing to fade there
            if short <= 0:
                _rise(samples[:, ::-1], _overlap(after, rate, fps))
        whole[:, begin : begin + samples.shape[1]] += samples
    return Sound(np.clip(whole, -1, 1), rate)


def _overlap(part: Part, rate: int, fps: int) -> int:
    """Samples in which a part and the one before are heard together; at a cut, those of the edge of each."""
    return round(max(_EDGE, (part.fade or part.skip) / fps) * rate)


def _rise(samples: NDArray[np.float32], count: int) -> None:
    """Let a sound rise from silence along a quarter of a sine: with its mirror image the power stays the same."""
    count = min(count, samples.shape[1])
    samples[:, :count] *= np.sin((np.arange(count, dtype=np.float32) + 0.5) * (np.pi / 2 / max(1, count)))
