"""What a clip will take of a machine, by its engine's own figures: a rough guess, for want of anything learned.

Work is counted in floating-point operations: each token passes each weight of the denoiser once a step (two
operations), and attention looks from each token at each other one. What a device does of them in a second stands in its
maker's data sheet; denoisers reach less than half of that.
"""

from __future__ import annotations

import math
import os

from studio.engines.diffusers.memory import PLACEMENTS, Device, Tier
from studio.engines.engine import Cost
from studio.presets import Profile
from studio.shot import Plan

__all__ = ["cost"]

_SPEED = {
    "H200": 989, "H100": 989, "B200": 2250, "A100": 312, "L40S": 362, "L40": 181, "L4": 121, "A10": 125, "T4": 65,
    "V100": 125, "RTX PRO 6000": 504, "RTX 6000 Ada": 364, "A6000": 155, "5090": 210, "5080": 113, "5070": 62,
    "4090": 165, "4080": 97, "4070": 58, "4060": 30, "3090": 71, "3080": 60, "3060": 25,
}  # fmt: skip
"""10¹² operations a second at 16 bits, dense, by the makers' data sheets; looked for in the device's name."""
_UNKNOWN, _APPLE, _CORE = 50.0, 8.0, 0.05
"""The same for a GPU that is not listed, for Apple silicon, and for one core of a processor at 32 bits."""
_REACHED = 0.4
_LAYERS = 36
"""Layers of a denoiser, as far as attention's share is guessed from its weights alone."""
_DECODE = 13.0
"""10¹² operations that decoding takes for a megapixel of frames."""
_READ, _OVER = 1.0, 10.0
"""Gigabytes a second from the disk, and between the computer's memory and a device's."""
_SPREAD = 0.15


def cost(profile: Profile, plan: Plan, device: Device, tier: Tier) -> Cost:
    """What a plan will take here with its weights placed so; zeros where the profile does not know its weights."""
    pipeline = profile.pipeline
    weights = pipeline.weights if pipeline else None
    if pipeline is None or weights is None:
        return Cost()
    active = min(weights.denoiser, weights.largest)  # of two denoisers, one works at a step
    side = min(max(profile.size_multiple, 16), 32)
    tokens = ((plan.frames - 1) // profile.frames.compression + 1) * plan.width * plan.height / side**2
    more = (pipeline.opening - 1) / len(profile.windows(plan.frames))  # of one window among them
    passes = (plan.steps or pipeline.steps) * (1 + more) * (2 if (profile.guidance or 1.0) > 1 else 1)
    held = active * 1024**3 / 2
    work = passes * (2 * held * tokens + 4 * tokens**2 * math.sqrt(held * _LAYERS / 12)) / 1e12
    megapixels = plan.frames * plan.width * plan.height / 1e6
    seconds = (work + _DECODE * megapixels) / (_speed(device) * _REACHED) + weights.total / _READ
    moved = {"model_offload": weights.total, "group_offload": passes * active, "disk_offload": passes * active}
    rate = _READ if tier.placement == "disk_offload" else _OVER
    seconds += moved.get(tier.placement, 0.0) / rate
    usual = (profile.frames.default or plan.frames) * (profile.size.pixels or plan.width * plan.height) / 1e6
    clip = weights.working * max(0.25, megapixels / usual)
    needed = 2 * (weights.total + clip) if device.kind == "cpu" else tier.vram - weights.working + clip
    low, high = needed * (1 - _SPREAD), needed * (1 + _SPREAD)
    where = "of the computer's memory" if device.kind == "cpu" else f"on {device.title}"
    return Cost(
        seconds=round(seconds, 1), memory=(round(low, 1), round(high, 1)), where=where, how=_how(device, tier),
        placement=tier.placement,
    )  # fmt: skip


def _how(device: Device, tier: Tier) -> str:
    return "at 32 bits, no GPU" if device.kind == "cpu" else PLACEMENTS[tier.placement]


def _speed(device: Device) -> float:
    if device.kind == "cpu":
        return _CORE * (os.cpu_count() or 1)
    if device.kind == "mps":
        return _APPLE
    return next((speed for name, speed in _SPEED.items() if name.lower() in device.title.lower()), _UNKNOWN)
