"""Batches for training: shards read into memory, cut to several aspects and worn as photographs are.

The target is disparity up to scale and shift, as in monocular depth by diffusion (Ke et al., "Marigold", 2024): its
2nd and 98th percentile become -1 and 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from studio.engines.sketch.training.samples import Planes

__all__ = ["COARSE", "SHAPES", "Pictures", "batch", "batches", "read_shards", "upright"]

SHAPES = ((96, 64), (64, 96), (80, 80), (112, 64))
"""Widths and heights of the pictures that the network sees; a batch has one."""

COARSE = ((64, 48), (48, 64), (64, 64), (80, 48))
"""The same at half the pixels, on which a run begins: layout is learnt from many small pictures first."""

_SHARES = (0.4, 0.25, 0.15, 0.2)
_LEAST_RANGE = 0.15
"""A cut whose disparity spans less than this share of the nearest is not stretched to the full range."""

Seed = int | tuple[int, ...]
Batch = tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True)
class Pictures:
    """Pictures with their disparity, upright.

    Attributes:
        image: height × width × 3, uint8 each.
        disparity: half the sides of the image, float16 each.
    """

    image: list[NDArray[np.uint8]]
    disparity: list[NDArray[np.float16]]

    def __len__(self) -> int:
        return len(self.image)


def read_shards(paths: list[Path]) -> Pictures:
    """Read shards (see ``samples``) into memory."""
    samples = []
    for path in sorted(paths):
        with np.load(path) as shard:
            planes = {name: shard[name] for name in ("image", "disparity", "portrait")}
        samples += [{name: plane[n] for name, plane in planes.items()} for n in range(len(planes["image"]))]
    return upright(samples)


def upright(samples: list[Planes]) -> Pictures:
    """Samples as they are trained on: upright, their disparity at half the sides."""
    image, disparity = [], []
    for sample in samples:
        truth = sample["disparity"].astype(np.float32)
        small = cv2.resize(truth, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        turns = -1 if sample["portrait"] else 0
        image.append(np.ascontiguousarray(np.rot90(sample["image"], turns)))
        disparity.append(np.ascontiguousarray(np.rot90(small, turns)).astype(np.float16))
    return Pictures(image, disparity)


def batch(
    pictures: Pictures, size: int, rng: np.random.Generator, shapes: tuple[tuple[int, int], ...] = SHAPES
) -> Batch:
    """Draw pictures at random, all cut to one of the shapes.

    Returns:
        stills, size × 3 × h × w, and disparity, size × 1 × h/2 × w/2, both from -1 to 1.
    """
    shape = shapes[int(rng.choice(len(shapes), p=_SHARES))]
    stills: list[NDArray[np.uint8]] = []
    truths: list[NDArray[np.float32]] = []
    lying = np.array([picture.shape[1] > picture.shape[0] for picture in pictures.image])
    fitting = np.flatnonzero(lying == (shape[0] > shape[1])) if shape[0] != shape[1] else np.arange(len(pictures))
    if not len(fitting):  # better a lying cut of a standing picture than none
        fitting = np.arange(len(pictures))
    for number in rng.choice(fitting, size):
        still, truth = _cut(pictures.image[number], pictures.disparity[number], shape, rng)
        stills.append(_wear(still, rng))
        truths.append(_target(truth))
    return _stack(stills, truths)


class _Stream(IterableDataset[Batch]):
    """Numbered batches; each is decided by its number and the seed, whoever makes it."""

    def __init__(self, pictures: Pictures, size: int, numbers: range, seed: Seed, coarse: int) -> None:
        self.pictures, self.size, self.numbers, self.seed, self.coarse = (
            pictures,
            size,
            numbers,
            np.atleast_1d(seed).tolist(),
            coarse,
        )

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        own = self.numbers[worker.id :: worker.num_workers] if worker else self.numbers
        cv2.setNumThreads(1)
        for number in own:
            shapes = COARSE if number < self.coarse else SHAPES
            yield batch(
                self.pictures, self.size, np.random.default_rng(np.random.SeedSequence([*self.seed, number])), shapes
            )


def batches(
    pictures: Pictures, size: int, numbers: range, seed: Seed, *, workers: int = 0, coarse: int = 0
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """The batches of some numbers in order; those below `coarse` are of small pictures.

    They are made ahead by `workers` processes (0: in this one, one after the other).
    """
    stream = _Stream(pictures, size, numbers, seed, coarse)
    for stills, truth in DataLoader(stream, batch_size=None, num_workers=workers):
        yield torch.as_tensor(stills), torch.as_tensor(truth)


def _stack(stills: list[NDArray[np.uint8]], truths: list[NDArray[np.float32]]) -> Batch:
    pixels = np.stack(stills).astype(np.float32).transpose(0, 3, 1, 2) / np.float32(127.5) - 1
    return np.ascontiguousarray(pixels), np.stack(truths)[:, None]


def _cut(
    image: NDArray[np.uint8], disparity: NDArray[np.float16], shape: tuple[int, int], rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A cut of a shape from anywhere in a picture, mirrored by chance."""
    height, width = image.shape[:2]
    largest = min(width / shape[0], height / shape[1])
    scale = largest * float(1 - 0.45 * rng.random() ** 2)
    wide, high = 2 * int(shape[0] * scale / 2), 2 * int(shape[1] * scale / 2)
    left, top = 2 * int(rng.integers((width - wide) // 2 + 1)), 2 * int(rng.integers((height - high) // 2 + 1))
    still = image[top : top + high, left : left + wide]
    truth = disparity[top // 2 : (top + high) // 2, left // 2 : (left + wide) // 2].astype(np.float32)
    if rng.random() < 0.5:
        still, truth = still[:, ::-1], truth[:, ::-1]
    half = (shape[0] // 2, shape[1] // 2)
    return np.asarray(_small(still, shape), np.uint8), np.asarray(_small(truth, half), np.float32)


def _small(plane: NDArray[Any], shape: tuple[int, int]) -> NDArray[Any]:
    return cv2.resize(np.ascontiguousarray(plane), shape, interpolation=cv2.INTER_AREA)


def _target(truth: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = np.percentile(truth, (2, 98))
    span = max(high - low, _LEAST_RANGE * high, 1e-6)
    return np.asarray(np.clip((truth - low) / span, 0, 1) * 2 - 1, np.float32)


def _wear(still: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Colour, contrast, blur, noise and JPEG as photographs have them."""
    worn: NDArray[np.floating[Any]] = (still.astype(np.float32) / 255) ** float(np.exp(rng.normal(0, 0.25)))
    worn = worn * rng.normal(1, 0.08, 3).astype(np.float32) * float(np.exp(rng.normal(0, 0.15))) + float(
        rng.normal(0, 0.04)
    )
    grey = worn.mean(axis=-1, keepdims=True)
    worn = grey + (worn - grey) * float(0 if rng.random() < 0.08 else rng.uniform(0.4, 1.5))
    if rng.random() < 0.1:
        worn = worn[..., rng.permutation(3)]
    if rng.random() < 0.25:
        worn = np.asarray(cv2.GaussianBlur(np.ascontiguousarray(worn), (0, 0), float(rng.uniform(0.3, 1.3))))
    if rng.random() < 0.35:
        worn = worn + rng.normal(0, rng.uniform(0.005, 0.06), worn.shape)
    done = np.asarray(np.clip(worn, 0, 1) * 255 + 0.5, np.uint8)
    if rng.random() < 0.3:
        _, coded = cv2.imencode(".jpg", done, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 95))])
        done = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)
    return done
