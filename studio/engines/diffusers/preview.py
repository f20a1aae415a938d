"""A picture of latents without decoding them: colours fitted to the still by least squares.

The first frame of the clip is the still, so that the still at the latent's size says which mixture of channels is
which colour; the same mixture then colours a later frame. Rough, and free.
"""

from __future__ import annotations

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from studio.presets.pipeline import Layout

__all__ = ["frames_first", "sketch_latents"]

_SIDE = 256
_RIDGE = 1e-3
_STRIDE = 4


def frames_first(latents: torch.Tensor, layout: Layout, grid: tuple[int, int, int]) -> torch.Tensor | None:
    """Latents of the first clip of a batch as frames × channels × height × width.

    Args:
        latents: as the pipeline holds them; fewer frames within a window.
        grid: frames, height and width of the latent.

    Returns:
        None where the latents are not of that size.
    """
    frames, height, width = grid
    if layout in ("packed", "packed_last"):
        if latents.ndim != 3:
            return None
        frames = min(frames, latents.shape[1] // (height * width))
        count = frames * height * width
        if not count:
            return None
        tokens = latents[0, :count] if layout == "packed" else latents[0, -count:]
        return tokens.reshape(frames, height, width, -1).permute(0, 3, 1, 2)
    if latents.ndim != 5:
        return None
    order = {"bcfhw": (1, 0, 2, 3), "bfchw": (0, 1, 2, 3), "bfhwc": (0, 3, 1, 2)}[layout]
    return latents[0].permute(*order)


def sketch_latents(latents: torch.Tensor, number: int, still: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colour one latent frame.

    Args:
        latents: frames × channels × height × width.
        number: of the latent frame.
        still: height × width × 3, RGB: what the first frame shows.

    Returns:
        A small picture, height × width × 3, RGB.
    """
    values = latents.detach().float().cpu().numpy()
    _, channels, height, width = values.shape
    colours = cv2.resize(still, (width, height), interpolation=cv2.INTER_AREA).reshape(-1, 3) / 255.0
    first = np.column_stack([values[0].reshape(channels, -1).T, np.ones(height * width)])
    wanted = np.column_stack([values[number].reshape(channels, -1).T, np.ones(height * width)])
    mixture = np.linalg.solve(first.T @ first + _RIDGE * np.eye(channels + 1), first.T @ colours)
    picture = np.clip((wanted @ mixture).reshape(height, width, 3) * 255, 0, 255).astype(np.uint8)
    scale = max(1.0, _SIDE / max(height, width))
    size = (round(width * scale), round(height * scale))
    return _enlarged(picture, size)


def _enlarged(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Smooth, in two strides: once the first has rounded the squares, the quick way does for the rest."""
    first = tuple(min(_STRIDE * side, whole) for side, whole in zip(picture.shape[1::-1], size, strict=True))
    rounded = cv2.resize(picture, first, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.resize(rounded, size, interpolation=cv2.INTER_LINEAR), np.uint8)
