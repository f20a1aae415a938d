"""The blocks that a denoiser repeats, compiled by PyTorch: quicker steps for a longer first one.

diffusers calls it regional compilation: all blocks of a kind share one compiled form, so that the wait is that of one
block, not of the model. It is wanted by ``MOTION_FIRST_COMPILE`` alone: whoever makes one short clip would only wait.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from studio.engines.diffusers.memory import DENOISERS, Device, denoisers
from studio.engines.engine import Note
from studio.presets import Placement
from studio.zero import on_zero_gpu

__all__ = [
    "COMPILED",
    "FIRST_STEP",
    "PERHAPS",
    "compile_blocks",
    "forget_compiled",
    "has_blocks",
    "lacks_compiler",
]

COMPILED = "compiled, so that the first step of a new size takes longer"
"""How a take was made, or will be."""
PERHAPS = "compiled if its blocks repeat, and then the first step of a new size takes longer"
"""How it will be made as far as is known before its weights are here."""
FIRST_STEP = 45.0
"""Seconds that it takes, as a guess: a block of Wan took 46 on one core."""

_BACKEND = "inductor"
_STILL: tuple[Placement, ...] = ("full", "fp8", "model_offload", "four_bit")
"""Placements that leave a block in one piece while it works; in the others every layer of it comes and goes."""
_WORDS = 200
_COMPILERS = ("cl",) if sys.platform == "win32" else ("c++", "g++", "clang++")


def lacks_compiler(device: Device, placement: Placement = "full") -> str:
    """Why blocks cannot be compiled here; empty where they can. Fast: torch is not loaded for it."""
    if placement not in _STILL:
        return "its layers are moved while they work"
    if on_zero_gpu():
        return "a lent GPU is gone before it would pay"
    if device.kind == "mps":
        return "it is not tried on Apple silicon"
    if device.kind == "cuda":
        return "" if find_spec("triton") else "the package triton is not installed, which compiles for a GPU"
    if not any(map(shutil.which, _COMPILERS)):
        return f"this computer has no C++ compiler ({', '.join(_COMPILERS)})"
    return ""


def has_blocks(folder: Path | None) -> bool | None:
    """Whether the pipeline in a folder has a denoiser of blocks: a U-Net is none. None: the folder does not tell.

    torch and diffusers are not loaded for it.
    """
    if folder is None:
        return None
    try:
        index = json.loads((folder / "model_index.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return any(name in DENOISERS and made[:1] != [None] for name, made in index.items())


def compile_blocks(pipeline: Any, placement: Placement, device: Device) -> None:
    """Let the denoiser's blocks be compiled when they first work, where that can be; ``pipeline.compiled`` says it.

    A block that the compiler refuses works as it did before, and so do all others; the take goes on and says so.
    """
    lacks = lacks_compiler(device, placement)
    blocks = [] if lacks else [block for part in denoisers(pipeline) for block in _repeated(part)]
    lacks = lacks or ("" if blocks else "its denoiser has no blocks that repeat")
    pipeline.compiled = f"Not compiled: {lacks}." if lacks else f"Its blocks are {COMPILED}."
    for block in blocks:
        block.compile(backend=_BACKEND)
        block._compiled_call_impl = _careful(block, blocks, pipeline)


def forget_compiled() -> None:
    """Give back what was compiled: PyTorch keeps it with the code, and only so many forms of one code."""
    import torch

    torch.compiler.reset()


def _repeated(part: Any) -> list[Any]:
    """The blocks that diffusers names for this in a denoiser's class; where it names none, its longest row of them."""
    from torch import nn

    if names := getattr(part, "_repeated_blocks", None):
        return [block for block in part.modules() if type(block).__name__ in names]
    rows = [child for child in part.children() if isinstance(child, nn.ModuleList)]
    return list(max(rows, key=len, default=()))


def _careful(block: Any, blocks: list[Any], pipeline: Any) -> Callable[..., Any]:
    """A block's compiled call, which gives way to the plain one for all of them where the compiler fails."""
    from torch._dynamo.exc import TorchDynamoException

    compiled = block._compiled_call_impl

    def call(*given: Any, **named: Any) -> Any:
        try:
            return compiled(*given, **named)
        except TorchDynamoException as error:
            for one in blocks:
                one._compiled_call_impl = None
            said = " ".join(str(error).partition("Set TORCHDYNAMO")[0].split()) or type(error).__name__
            pipeline.compiled = f"Not compiled: the compiler says: {said[:_WORDS].rstrip('.')}."
            pipeline.told(Note(text=pipeline.compiled))
        return block(*given, **named)

    return call
