"""What a training sample is, and how shards of them are made: a picture, its true disparity, the kind of every pixel.

Every shard is one ``.npz`` of n samples: ``image`` (n × 96 × 144 × 3, uint8, sRGB), ``disparity`` (n × 96 × 144,
float16: 1 / distance along the view axis, scaled so that the nearest percentile is 1), ``kind`` (n × 96 × 144, uint8,
an index into ``KINDS``) and ``portrait`` (n booleans: the sample lies on its side and is turned back with
``numpy.rot90(plane, -1)``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["KINDS", "SIZE", "Planes", "develop", "keep", "shows_depth", "write_shards"]

SIZE = (144, 96)
"""Width and height of a sample."""

KINDS = ("other", "sky", "water", "foliage", "fabric", "flame", "body", "hair", "ground")

FARTHEST = 390.0
"""What is farther than this is the sky."""

Planes = dict[str, NDArray[Any]]
Grid = NDArray[np.floating[Any]]


def develop(colour: Grid, depth: Grid, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Haze by distance, exposure, white balance, vignette, tone curve, saturation: linear light to sRGB bytes.

    Args:
        colour: height × width × 3, linear light of any brightness.
        depth: height × width, distance along the view axis.
        rng: chooses all of it.
    """
    if rng.random() < 0.3:
        clear = np.exp(-np.minimum(depth, 1e4) / np.exp(rng.uniform(2, 5)))[..., None]
        colour = colour * clear + np.percentile(colour, 80) * rng.uniform(0.6, 1.1, 3) * (1 - clear)
    level = np.percentile(colour.mean(axis=-1), rng.uniform(50, 85))
    colour = colour * (rng.uniform(0.12, 0.5) / max(float(level), 1e-4)) * rng.uniform(0.85, 1.15, 3)
    height, width = depth.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    colour = colour * (1 - rng.uniform(0, 0.35) * (x**2 + y**2) / 2)[..., None]
    white = rng.uniform(1.0, 4.0)
    colour = colour * (1 + colour / white**2) / (1 + colour * rng.uniform(0, 0.8))
    coded = np.where(colour <= 0.0031308, 12.92 * colour, 1.055 * np.maximum(colour, 1e-6) ** (1 / 2.4) - 0.055)
    grey = coded.mean(axis=-1, keepdims=True)
    coded = grey + (coded - grey) * rng.uniform(0.3, 1.5) if rng.random() < 0.9 else np.repeat(grey, 3, axis=-1)
    return np.asarray(np.clip(coded, 0, 1) * 255 + 0.5, np.uint8)


def shows_depth(depth: Grid) -> bool:
    """Whether a view is worth keeping: not of one flat thing, nor from inside or right before something.

    Args:
        depth: height × width, distance along the view axis.
    """
    disparity = np.minimum(1 / np.maximum(depth, 1e-3), 1e3)
    low, high = np.percentile(disparity, (2, 98))
    return bool(low < 0.85 * high and depth.min() > 0.15)


def keep(picture: NDArray[np.uint8], depth: Grid, kind: NDArray[Any], *, upright: bool) -> Planes:
    """One sample as it is stored.

    Args:
        picture: height × width × 3, sRGB.
        depth: height × width, distance along the view axis; beyond ``FARTHEST`` it is sky.
        kind: height × width, an index into ``KINDS``.
        upright: the picture is a portrait, and is laid on its side.
    """
    sky = depth > FARTHEST
    disparity = _median(np.where(sky, 0, 1 / np.maximum(depth, 1e-3)))
    disparity = np.clip(disparity / max(float(np.percentile(disparity, 99)), 1e-6), 0, 1)
    kinds = np.where(sky, KINDS.index("sky"), np.round(kind)).astype(np.uint8)
    planes = {"image": picture, "disparity": disparity.astype(np.float16), "kind": kinds}
    kept: Planes = {name: np.rot90(plane) if upright else plane for name, plane in planes.items()}
    return {**kept, "portrait": np.array(upright)}


def _median(plane: Grid) -> Grid:
    """The median of 3 × 3: a lens out of focus scatters the distances at its edges."""
    wide = np.pad(plane, 1, mode="edge")
    height, width = plane.shape
    return np.median([wide[i : i + height, j : j + width] for i in range(3) for j in range(3)], axis=0)


def write_shards(folder: Path, name: str, shards: Iterable[int], make: Callable[[int], list[Planes]]) -> None:
    """Write the shards that are not there yet; several processes may share the work.

    Args:
        folder: where they go.
        name: what their file names begin with.
        shards: their numbers.
        make: gives the samples of a shard.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for shard in shards:
        target = folder / f"{name}-{shard:04d}.npz"
        claim = target.with_suffix(".claim")
        if target.exists():
            continue
        try:
            os.close(os.open(claim, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            continue
        try:
            made = make(shard)
            part = target.with_suffix(".part.npz")
            stacked: Any = {key: np.stack([one[key] for one in made]) for key in made[0]}
            np.savez_compressed(part, **stacked)
            part.rename(target)
        finally:
            claim.unlink()
        sys.stderr.write(f"{target.name}\n")
