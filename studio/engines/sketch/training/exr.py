"""Read an uncompressed scan-line OpenEXR file (https://openexr.com/en/latest/OpenEXRFileLayout.html)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["read_exr"]

_TYPES: dict[int, np.dtype[Any]] = {0: np.dtype("<u4"), 1: np.dtype("<f2"), 2: np.dtype("<f4")}
_PARTS = 0x1000  # flag of the version field: several parts, each with a header


@dataclass
class _Part:
    channels: list[tuple[str, np.dtype[Any]]] = field(default_factory=list)
    window: tuple[int, int, int, int] = (0, 0, 0, 0)


def read_exr(path: Path) -> dict[str, NDArray[np.float32]]:
    """Every channel by its full name, height × width, as float32.

    Raises:
        ValueError: the file is compressed.
    """
    data = path.read_bytes()
    several = bool(struct.unpack_from("<I", data, 4)[0] & _PARTS)
    parts, at = [], 8
    while data[at]:
        part, at = _header(data, at)
        parts.append(part)
        if not several:
            break
    at += several
    planes: dict[str, NDArray[np.float32]] = {}
    for part in parts:
        left, top, right, bottom = part.window
        width, height = right - left + 1, bottom - top + 1
        offsets = struct.unpack_from(f"<{height}Q", data, at)
        at += 8 * height
        planes |= {name: np.empty((height, width), np.float32) for name, _ in part.channels}
        for offset in offsets:
            place = offset + 4 * several
            (row,) = struct.unpack_from("<i", data, place)
            place += 8
            for name, kind in part.channels:
                planes[name][row - top] = np.frombuffer(data, kind, width, place)
                place += width * kind.itemsize
    return planes


def _header(data: bytes, at: int) -> tuple[_Part, int]:
    part = _Part()
    while data[at]:
        name, at = _text(data, at)
        _, at = _text(data, at)
        (size,) = struct.unpack_from("<i", data, at)
        at += 4
        if name == "channels":
            part.channels = _channels(data, at)
        elif name == "dataWindow":
            part.window = struct.unpack_from("<4i", data, at)
        elif name == "compression" and data[at]:
            raise ValueError("a compressed EXR file; expected one without compression")
        at += size
    return part, at + 1


def _channels(data: bytes, at: int) -> list[tuple[str, np.dtype[Any]]]:
    found = []
    while data[at]:
        name, at = _text(data, at)
        found.append((name, _TYPES[struct.unpack_from("<i", data, at)[0]]))
        at += 16
    return found


def _text(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\0", at)
    return data[at:end].decode(), end + 1
