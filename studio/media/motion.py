"""Keep a clip that somebody gives to say how things move: checked, made smaller, and written anew, never as it came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from studio.errors import InputError, MediaError
from studio.media.clips import ClipFacts, Frame, probe, read_frames, write_clip
from studio.settings import Settings
from studio.terms import MAX_SECONDS

__all__ = ["keep_video"]

_SIDE = 1280
"""Pixels of the longest side that are kept; engines make no larger clips."""
_FASTEST = 30
_LARGEST = 4096
_FIRST_FRAMES = 2
_CHUNK = 1 << 20


def keep_video(source: Path, folder: Path, limits: Settings, thing: str) -> str:
    """Check a clip and keep it as ``<digest>.mp4`` in `folder`: at most 1280 pixels, 30 frames a second, no sound.

    Args:
        thing: how messages call it ("the pose video").

    Raises:
        InputError: it is no clip, or is too large or too long.
        MediaError: `folder` cannot be written.
    """
    key = _digest(source, limits, thing)
    target = folder / f"{key}.mp4"
    if target.is_file():
        return key
    try:
        facts = probe(source)
    except MediaError as error:
        raise _refused(
            thing, f"{source.name} cannot be read", "a whole video, such as an mp4", "Export it anew."
        ) from error
    _check(facts, thing)
    rate = max(1, min(_FASTEST, round(facts.fps)))
    write_clip(target, _timed(source, facts, rate, thing), rate)
    return key


def _digest(source: Path, limits: Settings, thing: str) -> str:
    """The digest of the file's bytes, which are read only so far as the limit on files goes."""
    digest, most = hashlib.sha256(b"motion\n"), limits.max_upload_mb * 1_000_000
    try:
        if not source.is_file():
            raise _refused(thing, f"{source.name} is no file", "a video file", "Check where it lies.")
        with source.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                if file.tell() > most:
                    raise _refused(
                        thing, f"over {most // 1_000_000} MB", f"at most {most // 1_000_000} MB", "Shorten it."
                    )
    except OSError as error:
        raise _refused(thing, error.strerror or source.name, "a file that can be read", "Choose it again.") from error
    return digest.hexdigest()


def _check(facts: ClipFacts, thing: str) -> None:
    if max(facts.width, facts.height) > _LARGEST or min(facts.width, facts.height) < 16:
        size = f"{facts.width} × {facts.height} pixels"
        raise _refused(thing, size, f"sides of 16 to {_LARGEST} pixels", "Scale it.")
    if facts.seconds > MAX_SECONDS:
        raise _refused(thing, f"{facts.seconds:.0f} s", f"at most {MAX_SECONDS:.0f} s", "Cut it to the part you mean.")
    if facts.frames < _FIRST_FRAMES:
        raise _refused(thing, "one frame", "a clip that moves", "Choose another.")


def _timed(source: Path, facts: ClipFacts, rate: int, thing: str) -> Iterator[Frame]:
    """The frames at a constant rate, scaled down where they are large, sides even."""
    scale = min(1.0, _SIDE / max(facts.width, facts.height))
    count, given = max(_FIRST_FRAMES, round(facts.seconds * rate)), 0
    try:
        for place, frame in enumerate(read_frames(source)):
            picture: Frame | None = None
            while given < count and round(given * facts.fps / rate) <= place:
                picture = _scaled(frame, scale) if picture is None else picture
                given += 1
                yield picture
    except MediaError as error:
        raise _refused(thing, f"{source.name} breaks off", "a whole video", "Export it anew.") from error


def _scaled(frame: Frame, scale: float) -> Frame:
    height, width = frame.shape[:2]
    size = (max(16, round(width * scale) // 2 * 2), max(16, round(height * scale) // 2 * 2))
    if size == (width, height):
        return frame
    return np.asarray(Image.fromarray(frame).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0))


def _refused(thing: str, value: str, expected: str, action: str) -> InputError:
    return InputError(thing, value, expected=expected, action=action)
