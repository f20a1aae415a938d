"""Write and read clips: H.264 in an mp4 that every browser plays, frames streamed and never held all at once."""

from __future__ import annotations

import errno
import itertools
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from numpy.typing import NDArray
from PIL import Image

from studio.errors import MediaError
from studio.media.planes import Picture, to_video_frame
from studio.media.sound import Sound, read_sound, sound_packets
from studio.media.whole import beside, refused, whole
from studio.shot import Record

__all__ = [
    "ClipFacts",
    "Frame",
    "Track",
    "clip_sound",
    "clip_track",
    "last_frame",
    "poster",
    "probe",
    "read_comment",
    "read_frames",
    "write_clip",
]

Frame = NDArray[np.uint8]
"""One picture of a clip: height × width × 3, RGB, 8 bits."""

_AVX_512F = 13  # in cv2's CpuFeatures, which Python has no names for
_QUALITY = {"crf": "18", "preset": "veryfast"}
if cv2.checkHardwareSupport(_AVX_512F):
    # x264's macroblock tree reads memory that nobody wrote where it is told by AVX-512: other bytes with each run
    _QUALITY["x264-params"] = "asm=avx2"
_READER = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
_POSTER_SIDE = 640
_NO_ROOM = 1_000_000  # bytes; a disk with less is full
_VIDEO_FILES_ONLY = {"protocol_whitelist": "file", "format_whitelist": "mov,matroska,avi,gif"}
"""A playlist posing as a clip could otherwise make FFmpeg read other files or the network."""


class ClipFacts(Record):
    """What a clip file holds. ``frames`` is counted by the packets of its picture, not taken from its header."""

    width: int
    height: int
    fps: float
    frames: int
    seconds: float
    codec: str
    pixel_format: str


class Track(Record):
    """The sound track of a clip file; `rate` in hertz."""

    rate: int
    channels: int


def write_clip(
    target: Path,
    frames: Iterable[Picture],
    fps: int,
    describe: Callable[[int], str] | None = None,
    title: str = "",
    hear: Callable[[], Sound | None] | None = None,
) -> int:
    """Write frames as an mp4, whole or not at all, and give how many there were.

    H.264, yuv420p, BT.709 (ITU-R BT.709-6) limited range and tagged so, constant frame rate, index at the front so that
    it plays while it loads. One frame is held at a time.

    Args:
        target: replaced if it exists.
        frames: equal shapes, height × width × 3, RGB, 8 bits, sides even; or the planes of such pictures.
        fps: frames a second, at least 1.
        describe: called once after the last frame with the count; its text becomes the mp4's ``comment``.
        title: the mp4's ``title``.
        hear: called once after the last frame; its sound, cut or padded to the pictures, is the mp4's second track.

    Raises:
        MediaError: no frames, frames that differ or have an odd side, or a folder that cannot be written.
        Whatever `frames` or `describe` raises, passed on.
    """
    if fps < 1:
        raise MediaError("frames per second", fps, expected="at least 1", action="Choose another rate.")
    stream = iter(frames)
    first = next(stream, None)
    if first is None:
        raise MediaError(f"the clip {target.name}", "no frames", expected="at least one frame", action="Try again.")
    _check_first(first)
    with beside(target) as drawn:
        with _explained(target):
            drawn.parent.mkdir(parents=True, exist_ok=True)
        count = _encode(drawn, itertools.chain((first,), stream), first.shape, fps, target)
        sound = hear() if hear else None
        metadata = {"comment": describe(count) if describe else "", "title": title}
        with _explained(target), whole(target) as part:
            track = sound.lasting(count / fps) if sound else None
            _remux(drawn, part, fps, {key: text for key, text in metadata.items() if text}, track)
            with _opened(part) as (container, video):
                written = _count_packets(container, video)
            if written != count:  # a full disk can pass unnoticed inside the muxer
                full = shutil.disk_usage(part.parent).free < _NO_ROOM
                raise OSError(errno.ENOSPC if full else errno.EIO, f"{written} of {count} frames reached the disk")
    return count


def probe(path: Path) -> ClipFacts:
    """Read what a clip holds, without decoding it.

    Raises:
        MediaError: the file is missing or is no video.
    """
    with _opened(path) as (container, stream):
        fps = float(stream.average_rate or stream.guessed_rate or 0)
        frames = _count_packets(container, stream)
        if not frames or not fps or frames < stream.frames:  # fewer than its header promises: it breaks off
            raise _unreadable(path)
        return ClipFacts(
            width=stream.width,
            height=stream.height,
            fps=fps,
            frames=frames,
            seconds=frames / fps,
            codec=stream.codec_context.name,
            pixel_format=str(stream.pix_fmt),
        )


def read_frames(path: Path) -> Iterator[Frame]:
    """Decode a clip frame by frame: height × width × 3, RGB, 8 bits.

    Raises:
        MediaError: the file is missing, is no video, or breaks off; raised when the first or that frame is asked for.
    """
    with _opened(path) as (container, stream):
        stream.thread_type = "AUTO"
        for frame in container.decode(stream):
            pixels = frame.to_ndarray(format="rgb24", interpolation=_READER).astype(np.uint8, copy=False)
            turns = round(frame.rotation / 90) % 4  # telephones write clips lying down and say so
            yield np.ascontiguousarray(np.rot90(pixels, turns)) if turns else pixels


def last_frame(path: Path) -> Frame:
    """The last frame of a clip: height × width × 3, RGB, 8 bits.

    Raises:
        MediaError: the file is missing, is no video, or breaks off.
    """
    last = deque(read_frames(path), maxlen=1)
    if not last:
        raise _unreadable(path)
    return last[0]


def read_comment(path: Path) -> str:
    """Give the text that ``describe`` left in an mp4, empty if there is none.

    Raises:
        MediaError: the file is missing or is no video.
    """
    with _opened(path) as (container, _):
        return container.metadata.get("comment", "")


def clip_track(path: Path) -> Track | None:
    """What sound a clip has; ``None``: it is silent.

    Raises:
        MediaError: the file is missing or is no video.
    """
    with _opened(path) as (container, _):
        track = next(iter(container.streams.audio), None)
        return Track(rate=track.rate, channels=min(2, track.channels)) if track else None


def clip_sound(path: Path, rate: int, channels: int) -> Sound:
    """Decode the sound of a clip at another rate, to one channel or two.

    Raises:
        MediaError: the file is missing, is no video, or has no sound.
    """
    with _opened(path) as (container, _):
        if not container.streams.audio:
            raise _unreadable(path)
        return read_sound(container, rate, channels)


def poster(source: Path | Frame, target: Path) -> None:
    """Write a small JPEG (longest side 640 pixels) of a frame, or of a clip's first frame.

    Raises:
        MediaError: the clip cannot be read or the JPEG cannot be written.
    """
    frame = next(read_frames(source)) if isinstance(source, Path) else source
    picture = Image.fromarray(np.ascontiguousarray(frame))
    picture.thumbnail((_POSTER_SIDE, _POSTER_SIDE), Image.Resampling.LANCZOS)
    with _explained(target), whole(target) as part:
        picture.save(part, format="JPEG", quality=85, optimize=True)


def _encode(path: Path, frames: Iterable[Picture], shape: tuple[int, ...], fps: int, target: Path) -> int:
    """Encode the frames into `path`; errors of the iterator pass through, those of the encoder are explained."""
    count = 0
    with _explained(target):
        container = av.open(str(path), "w", format="mp4")
    try:
        stream = container.add_stream("libx264", rate=fps, options=_QUALITY)
        stream.height, stream.width, stream.pix_fmt = shape[0], shape[1], "yuv420p"
        context = stream.codec_context
        context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        for frame in frames:
            _check_alike(frame, shape, count)
            with _explained(target):
                container.mux(stream.encode(to_video_frame(frame)))
            count += 1
        with _explained(target):
            container.mux(stream.encode(None))
            container.close()
    except BaseException:  # whatever stopped the frames, a cancel or Ctrl+C too, is passed on after tidying up
        _abandon(container)
        raise
    return count


def _count_packets(container: av.container.InputContainer, stream: av.VideoStream) -> int:
    return sum(1 for packet in container.demux(stream) if packet.size)


def _remux(source: Path, target: Path, fps: int, metadata: Mapping[str, str], sound: Sound | None) -> None:
    """Copy the packets into an mp4 with its index first and the record in its head (known only after the last frame).

    The movie's own clock counts in thousandths of a frame, so its length is exact.
    """
    options = {"movflags": "+faststart", "movie_timescale": str(fps * 1000)}
    with av.open(str(source)) as old, av.open(str(target), "w", format="mp4", options=options) as new:
        new.metadata.update(metadata)
        stream = new.add_stream_from_template(old.streams.video[0])
        heard = list(sound_packets(new, sound)) if sound else []  # before the first picture: the head names both
        for packet in old.demux(video=0):
            if packet.dts is not None:  # the last packet is an empty one that only says "end"
                packet.stream = stream
                new.mux(packet)
        new.mux(heard)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[av.container.InputContainer, av.VideoStream]]:
    """Open a clip for reading; PyAV's errors, at opening and while reading, become ours."""
    try:
        with av.open(str(path.absolute()), options=_VIDEO_FILES_ONLY) as container:
            if not container.streams.video:
                raise _unreadable(path)
            yield container, container.streams.video[0]
    except FileNotFoundError as error:
        raise MediaError(
            f"the clip {path.name}", "not found", expected="an existing file", action="Check where it lies."
        ) from error
    except av.FFmpegError as error:
        raise _unreadable(path) from error
    except UnicodeDecodeError as error:  # text tags that are not UTF-8
        raise _unreadable(path) from error


def _unreadable(path: Path) -> MediaError:
    return MediaError(
        f"the clip {path.name}",
        "cannot be read as a video",
        expected="a whole video file, such as an mp4 of the studio",
        action="Download or make it again.",
    )


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn a refusal of the disk or the encoder into a MediaError."""
    try:
        yield
    except OSError as error:  # PyAV's own errors among them
        raise refused(f"the clip {target.name}", error) from error


def _abandon(container: av.container.OutputContainer) -> None:
    """Let go of a half-written file; it is removed, so what the muxer has to say about it does not matter."""
    try:
        container.close()
    except (av.FFmpegError, OSError, ValueError):
        return


def _check_first(frame: Picture) -> None:
    shape: tuple[int, ...] = getattr(frame, "shape", ())
    if len(shape) != 3 or shape[2] != 3 or frame.dtype != np.uint8:
        raise MediaError(
            "the first frame",
            f"shape {shape}, {getattr(frame, 'dtype', type(frame).__name__)}",
            expected="height × width × 3, RGB, 8 bits",
            action="Report it: the engine is at fault.",
        )
    height, width, _ = shape
    if height % 2 or width % 2 or not height or not width:
        raise MediaError(
            "the frame size",
            f"{width} × {height} pixels",
            expected="an even width and height, as H.264 needs",
            action="Choose a size of even numbers.",
        )


def _check_alike(frame: Picture, shape: tuple[int, ...], index: int) -> None:
    if getattr(frame, "shape", ()) != shape or frame.dtype != np.uint8:
        raise MediaError(
            f"frame {index}",
            f"shape {getattr(frame, 'shape', ())}, {getattr(frame, 'dtype', type(frame).__name__)}",
            expected=f"shape {shape}, 8 bits, like the first frame",
            action="Report it: the engine is at fault.",
        )
