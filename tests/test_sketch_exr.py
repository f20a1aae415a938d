"""Uncompressed OpenEXR files are read; compressed ones are refused."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from studio.engines.sketch.training.exr import read_exr


def attribute(name, kind, value):
    return name.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<i", len(value)) + value


def written(path, planes, compression=0):
    """A single-part scan-line file of float32 planes."""
    height, width = next(iter(planes.values())).shape
    channels = b"".join(name.encode() + b"\0" + struct.pack("<iiii", 2, 0, 1, 1) for name in sorted(planes)) + b"\0"
    head = struct.pack("<II", 20000630, 2)
    head += attribute("channels", "chlist", channels) + attribute("compression", "compression", bytes([compression]))
    head += attribute("dataWindow", "box2i", struct.pack("<4i", 0, 0, width - 1, height - 1)) + b"\0"
    size = 8 + 4 * width * len(planes)
    offsets = [len(head) + 8 * height + row * size for row in range(height)]
    body = b"".join(
        struct.pack("<ii", row, size - 8) + b"".join(planes[name][row].tobytes() for name in sorted(planes))
        for row in range(height)
    )
    path.write_bytes(head + struct.pack(f"<{height}Q", *offsets) + body)
    return path


def test_planes_come_back_by_name(tmp_path):
    rng = np.random.default_rng(0)
    planes = {name: rng.random((5, 7)).astype(np.float32) for name in ("Depth.Z", "Combined.R")}
    read = read_exr(written(tmp_path / "a.exr", planes))
    assert set(read) == set(planes)
    for name, plane in planes.items():
        np.testing.assert_array_equal(read[name], plane)


def test_a_compressed_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="without compression"):
        read_exr(written(tmp_path / "a.exr", {"Z": np.zeros((2, 2), np.float32)}, compression=3))
