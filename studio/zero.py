"""ZeroGPU, a Hugging Face Space whose GPU is lent for one call at a time: whether this is one, how a call asks for it.

``app.py`` imports this first: the package ``spaces`` must be there before anything that may touch CUDA. Off ZeroGPU, or
without the package, nothing is imported and nothing changes.
"""

from __future__ import annotations

import os
from typing import Any

__all__ = ["GPU", "on_zero_gpu", "zero_memory"]


def on_zero_gpu() -> bool:
    """Whether this runs on ZeroGPU, by the variable that ``spaces`` itself goes by."""
    return os.environ.get("SPACES_ZERO_GPU", "").lower() in ("1", "t", "true")


def zero_memory() -> tuple[str, float]:
    """Name and gigabytes of the GPU that is lent, as ``spaces`` has them."""
    title = os.environ.get("ZEROGPU_CUDA_DEVICE_NAME", "NVIDIA H200 MIG 3g.71gb")
    return title, int(os.environ.get("ZEROGPU_CUDA_TOTAL_MEMORY", "74625056768")) / 1024**3


GPU: Any = None
"""The decorator of a call that needs the GPU; None where there is none to ask for."""
if on_zero_gpu():
    try:
        import spaces
    except ImportError:  # then only sketch is there, as on a Space without a GPU
        pass
    else:
        GPU = spaces.GPU
