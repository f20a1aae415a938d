"""The denoiser of disparity: a small U-Net that sees the still and a noisy disparity, and gives the clean one.

It is plain torch, so that a take needs nothing else; ``network`` makes of it what diffusers saves and loads.

It predicts x0 (the clean disparity itself) of a rectified flow (Liu et al., "Flow Straight and Fast", 2022). The time
enters by scaling and shifting normalised features (Dhariwal & Nichol, "Diffusion Models Beat GANs", 2021, section 3).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["MULTIPLE", "Denoiser"]

MULTIPLE = 16
"""Sides of the still, in pixels, are multiples of this; the disparity has half the still's sides."""

_COORDINATES = 4


class Denoiser(nn.Module):
    """Gives clean disparity from noisy disparity, the still and the time.

    Args:
        widths: channels at 1/2, 1/4, 1/8 and 1/16 of the still's resolution.
        blocks: residual blocks on the way down at 1/4, 1/8 and 1/16.
        heads: of the attention at 1/8 and 1/16.
    """

    def __init__(
        self, widths: tuple[int, ...] = (24, 48, 112, 224), blocks: tuple[int, ...] = (1, 2, 2), heads: int = 4
    ) -> None:
        super().__init__()
        first, *rest = widths
        time = 4 * first
        self.count = first
        self.time = nn.Sequential(nn.Linear(2 * first, time), nn.SiLU(), nn.Linear(time, time), nn.SiLU())
        self.stem = nn.Conv2d(12 + 1 + _COORDINATES, first, 3, padding=1)
        self.shrink = nn.ModuleList(
            nn.Conv2d(fine, coarse, 3, stride=2, padding=1) for fine, coarse in zip(widths, rest, strict=False)
        )
        self.down = nn.ModuleList(
            nn.ModuleList(_Block(width, width, time) for _ in range(count))
            for width, count in zip(rest, blocks, strict=True)
        )
        self.look = nn.ModuleList(
            _Attention(width, heads) if level else nn.Identity() for level, width in enumerate(rest)
        )
        self.up = nn.ModuleList(_Block(coarse + fine, fine, time) for fine, coarse in pairwise(rest))
        self.out = nn.Sequential(
            nn.Conv2d(rest[0] + first, first, 3, padding=1), nn.SiLU(), nn.Conv2d(first, 1, 3, padding=1)
        )

    def forward(self, disparity: Tensor, still: Tensor, time: Tensor) -> Tensor:
        """Guess the clean disparity.

        Args:
            disparity: n × 1 × h/2 × w/2, noisy: (1 - time) · clean + time · noise; clean lies within -1 to 1.
            still: n × 3 × h × w, from -1 to 1; h and w are multiples of 16.
            time: n, from 0 (clean) to 1 (noise).
        """
        told = self.time(_waves(time, self.count).to(disparity.dtype))
        pixels = functional.pixel_unshuffle(still, 2)
        x = self.stem(torch.cat([pixels, disparity, _coordinates(disparity)], dim=1))
        fine, kept = x, []
        for shrink, blocks, look in zip(self.shrink, self.down, self.look, strict=True):
            x = shrink(x)
            for block in blocks:  # type: ignore[attr-defined]
                x = block(x, told)
            x = look(x)
            kept.append(x)
        x = kept.pop()
        for block in reversed(self.up):
            x = block(torch.cat([_twice(x), kept.pop()], dim=1), told)
        return self.out(torch.cat([_twice(x), fine], dim=1))  # type: ignore[no-any-return]


class _Block(nn.Module):
    """Two convolutions beside a shortcut, told the time in between."""

    def __init__(self, before: int, after: int, time: int) -> None:
        super().__init__()
        self.shortcut = nn.Conv2d(before, after, 1) if before != after else nn.Identity()
        self.enter = nn.GroupNorm(8, before)
        self.first = nn.Conv2d(before, after, 3, padding=1)
        self.told = nn.Linear(time, 2 * after)
        self.middle = nn.GroupNorm(8, after)
        self.second = nn.Conv2d(after, after, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.told.weight)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        scale, shift = self.told(told)[:, :, None, None].chunk(2, dim=1)
        hidden = self.middle(self.first(functional.silu(self.enter(x)))) * (1 + scale) + shift
        return self.shortcut(x) + self.second(functional.silu(hidden))  # type: ignore[no-any-return]


class _Attention(nn.Module):
    """Every place looks at every other."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.GroupNorm(8, width)
        self.ask = nn.Conv2d(width, 3 * width, 1)
        self.tell = nn.Conv2d(width, width, 1)
        nn.init.zeros_(self.tell.weight)

    def forward(self, x: Tensor) -> Tensor:
        count, width, rows, columns = x.shape
        parts = self.ask(self.norm(x)).reshape(count, 3, self.heads, width // self.heads, rows * columns)
        query, key, value = parts.transpose(-1, -2).unbind(1)
        seen = functional.scaled_dot_product_attention(query, key, value)
        return x + self.tell(seen.transpose(-1, -2).reshape(count, width, rows, columns))  # type: ignore[no-any-return]


def _twice(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def _waves(time: Tensor, count: int) -> Tensor:
    """Sines and cosines of the time at `count` frequencies."""
    rates = torch.exp(torch.linspace(0, math.log(1000.0), count, device=time.device))
    angles = time[:, None].float() * rates * 2
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def _coordinates(like: Any) -> Tensor:
    """Places: across and down as shares of the sides, and in one unit for both so that shapes keep their aspect."""
    count, _, rows, columns = like.shape
    down = torch.linspace(-1, 1, rows, device=like.device, dtype=like.dtype)[:, None].expand(rows, columns)
    across = torch.linspace(-1, 1, columns, device=like.device, dtype=like.dtype)[None].expand(rows, columns)
    shape = math.sqrt(columns / rows)
    return torch.stack([across, down, across * shape, down / shape]).expand(count, -1, -1, -1)
