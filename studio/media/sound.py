"""The sound of a clip: read, cut or padded to its pictures, encoded as AAC beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

__all__ = ["Sound", "read_sound", "sound_packets"]

_BITS_A_SECOND = 192_000
_FADE = 0.01
"""Seconds over which a sound that is cut off fades, so that it does not click."""


@dataclass(frozen=True)
class Sound:
    """Samples in time: channels × samples, float32 from -1 to 1; `rate` in hertz."""

    samples: NDArray[np.float32]
    rate: int

    def lasting(self, seconds: float) -> Sound:
        """The same from its start, for exactly so long: cut with a short fade, or followed by silence."""
        count = round(seconds * self.rate)
        kept = np.array(self.samples[:2, :count], np.float32)
        if self.samples.shape[1] > count:
            fade = min(count, round(_FADE * self.rate))
            kept[:, count - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
        return Sound(np.pad(kept, ((0, 0), (0, count - kept.shape[1]))), self.rate)


def read_sound(container: av.container.InputContainer, rate: int, channels: int) -> Sound:
    """Decode the first track at another rate, to one channel or two; one that becomes two keeps its level.

    Raises:
        av.FFmpegError: it cannot be decoded.
    """
    track = container.streams.audio[0]
    own = min(channels, track.channels)
    resampler = av.AudioResampler(format="fltp", layout="mono" if own == 1 else "stereo", rate=rate)
    parts = []
    for frame in (*container.decode(track), None):  # None: what the resampler still holds
        parts += [np.array(part.to_ndarray(), np.float32) for part in resampler.resample(frame)]
    samples = np.concatenate(parts, axis=1) if parts else np.zeros((own, 0), np.float32)
    return Sound(np.repeat(samples, channels // own, axis=0), rate)


def sound_packets(container: av.container.OutputContainer, sound: Sound) -> Iterator[av.Packet[av.AudioStream]]:
    """Add a track to a container and give its packets; the rate stays, mono stays mono.

    Raises:
        av.FFmpegError: the encoder refused, as for a rate that AAC does not know.
    """
    layout = "mono" if len(sound.samples) == 1 else "stereo"
    stream = container.add_stream("aac", rate=sound.rate, layout=layout)
    stream.bit_rate = _BITS_A_SECOND
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.samples), format="fltp", layout=layout)
    frame.sample_rate = sound.rate
    frame.pts = 0
    yield from stream.encode(frame)
    yield from stream.encode(None)
