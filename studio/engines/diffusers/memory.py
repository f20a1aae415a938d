"""The memory that is here, and where an engine's weights go in it."""

from __future__ import annotations

import contextlib
import gc
import shutil
import subprocess
import sys
import time
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import psutil

from studio.presets import Placement, Profile, Weights
from studio.shot import Record
from studio.zero import on_zero_gpu, zero_memory

__all__ = [
    "DENOISERS",
    "PLACEMENTS",
    "Device",
    "Tier",
    "denoisers",
    "find_device",
    "fitting",
    "free_memory",
    "lacks_four_bit",
    "out_of_memory",
    "place",
    "quicker",
    "tiers",
]

PLACEMENTS: dict[Placement, str] = {
    "full": "the whole model on the device",
    "fp8": "its weights in 8 bits",
    "model_offload": "one part of it on the device at a time",
    "four_bit": "its weights in 4 bits, one part of it on the device at a time",
    "group_offload": "one layer of it on the device at a time",
    "disk_offload": "its layers read from the disk",
}
"""Where the weights lie, in words."""

DENOISERS = ("transformer", "transformer_2")
"""The parts of a pipeline that denoise, where they are made of blocks."""

_GIGABYTE = 1024**3
_LOADING = 4.0
"""Gigabytes of the computer's memory that loading takes, one shard after another."""
_LAYERS = 3.0
"""Gigabytes of the device that hold the layers at work and the next, where layers are moved."""
_FOUR_BIT = 0.29
"""What weights of 4 bits take of those of 16: a scale for each 64 of them besides."""
_KEPT = 0.92
"""The share of free memory that is counted on; the rest goes to fragments and other programs."""


_FRESH = 10
"""Seconds that the driver's answer counts: plans are made while people type, and its tool takes a moment."""


class Tier(Record):
    """Where the weights lie, and the gigabytes that this takes of the device and of the computer."""

    placement: Placement
    vram: float
    ram: float


class Device(Record):
    """What can run an engine here.

    Attributes:
        kind: as torch names it.
        title: as its maker does.
        vram: free gigabytes of the accelerator's own memory; 0 where it has none.
        total: gigabytes of it, free or not; 0: not known.
        ram: free gigabytes of the computer's.
    """

    kind: Literal["cuda", "mps", "cpu"]
    title: str
    vram: float = 0.0
    total: float = 0.0
    ram: float

    @property
    def size(self) -> float:
        """Gigabytes of its own memory, whatever lies in it just now."""
        return self.total or self.vram


def _torch() -> Any:
    """torch where it is loaded already, else ``None``: also while another thread still loads it."""
    found = sys.modules.get("torch")
    return None if getattr(getattr(found, "__spec__", None), "_initializing", False) else found


def find_device() -> Device:
    """The best device of this machine. torch is asked where it is loaded already; loading it takes seconds."""
    ram = psutil.virtual_memory().available / _GIGABYTE
    if on_zero_gpu():  # lent for one call: until then nobody can be asked
        title, vram = zero_memory()
        return Device(kind="cuda", title=title, vram=vram, total=vram, ram=ram)
    torch = _torch()
    if torch is not None and torch.cuda.is_available():
        free, total = (size / _GIGABYTE for size in torch.cuda.mem_get_info())
        return Device(kind="cuda", title=torch.cuda.get_device_name(0), vram=free, total=total, ram=ram)
    if torch is None and (found := _ask_driver()):
        return Device(kind="cuda", title=found[0], vram=found[1], total=found[2], ram=ram)
    if sys.platform == "darwin" and (torch is None or torch.backends.mps.is_available()):
        total = psutil.virtual_memory().total / _GIGABYTE
        return Device(kind="mps", title="Apple silicon", vram=ram, total=total, ram=ram)
    return Device(kind="cpu", title="processor", ram=ram)


def tiers(profile: Profile, weights: float | None = None) -> tuple[Tier, ...]:
    """The placements of an engine's weights, from the fastest to the smallest.

    Args:
        weights: gigabytes that they take, where that was measured on the disk.
    """
    known = profile.pipeline.weights if profile.pipeline else None
    if known is None:
        total = weights or 0.0
        known = Weights(total=max(total, 1e-6), denoiser=max(total, 1e-6), largest=max(total, 1e-6), working=0.1)
    total, work = known.total, known.working
    return (
        Tier(placement="full", vram=total + work, ram=_LOADING),
        Tier(placement="model_offload", vram=known.largest + work, ram=total + _LOADING),
        Tier(placement="fp8", vram=total - known.denoiser / 2 + work, ram=_LOADING),
        Tier(placement="four_bit", vram=known.largest * _FOUR_BIT + work, ram=total * _FOUR_BIT + _LOADING),
        Tier(placement="group_offload", vram=_LAYERS + work, ram=total + _LOADING),
        Tier(placement="disk_offload", vram=_LAYERS + work, ram=_LOADING),
    )


def fitting(profile: Profile, device: Device, weights: float | None = None) -> tuple[Tier, ...]:
    """The placements that fit, from the fastest to the smallest; one after another needs less of the device.

    Args:
        weights: as for `tiers`.
    """
    every = tiers(profile, weights)
    if device.kind == "cpu":  # nothing to move between: everything lies in the computer's memory, at 32 bits
        needed = 2 * (every[0].vram if weights is None else weights)
        return (Tier(placement="full", vram=0, ram=needed),) if needed <= device.ram * _KEPT else ()
    fit = [
        tier for tier in every if _fits(tier, device) and not (tier.placement == "four_bit" and lacks_four_bit(device))
    ]
    return tuple(tier for number, tier in enumerate(fit) if all(tier.vram < other.vram for other in fit[:number]))


def lacks_four_bit(device: Device) -> str:
    """What is missing for weights of 4 bits; empty where nothing is. diffusers loads them by bitsandbytes."""
    if device.kind != "cuda":
        return "an NVIDIA card"
    return "" if find_spec("bitsandbytes") else "the package bitsandbytes: pip install bitsandbytes"


def quicker(profile: Profile, device: Device, tier: Tier, weights: float | None = None) -> str:
    """What to install so that an engine's weights, which lie as `tier` says, need be moved less; empty: nothing."""
    lacks = lacks_four_bit(device) if device.kind == "cuda" else ""
    four = next(one for one in tiers(profile, weights) if one.placement == "four_bit")
    if not lacks or tier.placement not in ("group_offload", "disk_offload") or not _fits(four, device):
        return ""
    return f"With {PLACEMENTS['four_bit']} it would be quicker here; that wants {lacks}."


def _fits(tier: Tier, device: Device) -> bool:
    return tier.vram <= device.vram * _KEPT and tier.ram <= device.ram * _KEPT


def place(pipeline: Any, placement: Placement, device: Device, folder: Path) -> None:
    """Put a pipeline's weights where `placement` says.

    Args:
        folder: for "disk_offload", where the weights are laid out.
    """
    import torch

    kind = torch.device(device.kind)
    if device.kind == "cpu":
        pipeline.to(kind)
    elif placement in ("model_offload", "four_bit"):
        pipeline.enable_model_cpu_offload(device=device.kind)
    elif placement in ("group_offload", "disk_offload"):
        on_disk = {"offload_to_disk_path": str(folder)} if placement == "disk_offload" else {}
        pipeline.enable_group_offload(
            onload_device=kind, offload_type="leaf_level", use_stream=device.kind == "cuda", **on_disk
        )
    else:
        if placement == "fp8":
            for part in denoisers(pipeline):
                part.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.bfloat16)
        pipeline.to(kind)


def out_of_memory(error: Exception) -> bool:
    """Whether it is for want of memory: torch has an error of its own for a device's, and words for the computer's."""
    import torch

    return isinstance(error, torch.OutOfMemoryError | MemoryError) or "can't allocate memory" in str(error)


def free_memory() -> None:
    """Give back what nothing points to any more."""
    gc.collect()
    torch = _torch()
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def denoisers(pipeline: Any) -> list[Any]:
    """The parts of a pipeline that denoise: one or two; none where that is a U-Net."""
    return [part for name, part in pipeline.components.items() if name in DENOISERS and part]


def _ask_driver() -> tuple[str, float, float] | None:
    """Name, free and all gigabytes of the first NVIDIA device, from the driver's own tool."""
    return _driver_said(round(time.monotonic() / _FRESH))


@lru_cache(maxsize=1)
def _driver_said(_moment: int) -> tuple[str, float, float] | None:
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    ask = [program, "--query-gpu=name,memory.free,memory.total", "--format=csv,noheader,nounits"]
    with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError):
        lines = subprocess.run(ask, capture_output=True, text=True, timeout=5, check=True).stdout.splitlines()
        name, free, total = lines[0].rsplit(",", 2)
        return name.strip(), float(free) / 1024, float(total) / 1024
    return None
