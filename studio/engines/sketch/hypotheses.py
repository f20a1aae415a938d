"""Hypotheses of how near every part of a still is: noise that the project's network turns into disparity, step by step.

The weights are the project's own (``assets/models/sketch``). The steps are those of ``pipeline.DepthPipeline``, without
diffusers, which takes seconds to import; a test holds the two together. They are made in double precision and the
result is rounded, so that the same seed gives the same bytes on every processor, however many threads it has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.errors import EngineError
from studio.settings import ROOT

if TYPE_CHECKING:
    from studio.engines.sketch.denoiser import Denoiser

__all__ = ["AREA", "SHIFT", "STEPS", "Watcher", "draw", "levels", "load_denoiser", "steps_of", "still_size"]

MODEL = ROOT / "assets" / "models" / "sketch"

SHIFT = 16.0
"""Disparity is smooth, so that its many places show it through much noise: nearly all steps lie close to noise."""

AREA = 64 * 96
"""Pixels of the still that the network is shown."""

STEPS = 4
"""Steps of a hypothesis; the likeliest depth, seed 0, takes one, for one step gives the mean of all hypotheses."""

_MULTIPLE = 16
_DIGITS = 1 / 4096

Watcher = Callable[[int, int, NDArray[np.float32]], None]
"""Told after each step: how many are done, of how many, and the disparity so far; what it raises is passed on."""


def still_size(width: int, height: int, area: int = AREA) -> tuple[int, int]:
    """The width and height at which the network is shown a still: its shape, about `area`, multiples of 16."""
    shape = min(max(width / height, 0.4), 2.5)
    sides = (area * shape) ** 0.5, (area / shape) ** 0.5
    columns, rows = (max(2, round(side / _MULTIPLE)) * _MULTIPLE for side in sides)
    return columns, rows


def steps_of(seed: int) -> int:
    """How many steps the hypothesis with this seed takes."""
    return STEPS if seed else 1


def levels(steps: int) -> list[float]:
    """The shares of noise between the steps, from 1 (noise) to 0 (clean)."""
    even = np.linspace(1, 0, steps + 1)
    return [float(level) for level in SHIFT * even / (1 + (SHIFT - 1) * even)]


def draw(still: NDArray[np.uint8], seed: int, watch: Watcher | None = None) -> NDArray[np.float32]:
    """Draw the hypothesis with this seed.

    Args:
        still: height × width × 3, RGB.
        seed: 0 for the likeliest depth, any other number for a hypothesis of its own.
        watch: is told after each step, and may raise to stop it.

    Returns:
        A small grid of the still's shape, 0 (far) to 1 (near).

    Raises:
        EngineError: the network's weights cannot be loaded.
    """
    denoiser = load_denoiser()
    import torch

    columns, rows = still_size(still.shape[1], still.shape[0])
    small = cv2.resize(still, (columns, rows), interpolation=cv2.INTER_AREA)
    pixels = torch.from_numpy(small).permute(2, 0, 1)[None].double() / 127.5 - 1
    noise = np.random.default_rng(seed).standard_normal((1, 1, rows // 2, columns // 2))
    disparity = torch.from_numpy(noise)
    path = levels(steps_of(seed))
    with torch.inference_mode():
        for number, (level, lower) in enumerate(pairwise(path), 1):
            clean = denoiser(disparity, pixels, torch.tensor([level], dtype=torch.float64))
            disparity = clean + lower / level * (disparity - clean)
            if watch:
                watch(number, len(path) - 1, _told(clean[0, 0].numpy()))
    return _told(disparity[0, 0].numpy())


@lru_cache(maxsize=1)
def load_denoiser() -> Denoiser:
    """The network with its weights, once for each process.

    Raises:
        EngineError: a file is missing, is not the one that was trained, or torch cannot be imported.
    """
    weights = MODEL / "network" / "diffusion_pytorch_model.safetensors"
    action = f"Restore {weights.relative_to(ROOT) if weights.is_relative_to(ROOT) else weights.name}."
    expected = "the weights that were trained for it"
    try:
        content = weights.read_bytes()
        trained = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))["sha256"]
        if hashlib.sha256(content).hexdigest() != trained:
            raise EngineError("sketch's network", "its weights are damaged", expected=expected, action=action)
        from safetensors.torch import load

        from studio.engines.sketch.denoiser import Denoiser

        shape = json.loads((weights.parent / "config.json").read_text(encoding="utf-8"))
        denoiser = Denoiser(**{name: value for name, value in shape.items() if not name.startswith("_")})
        denoiser.load_state_dict(load(content))
    except EngineError:
        raise
    except OSError as error:
        why = f"{Path(error.filename or weights).name} cannot be read ({error.strerror})"
        raise EngineError("sketch's network", why, expected=expected, action=action) from error
    except ImportError as error:
        what = "torch and safetensors, which requirements.txt names"
        raise EngineError("sketch's network", str(error), expected=what, action="Install them.") from error
    except Exception as error:  # whatever a damaged file makes its readers raise
        why = f"{type(error).__name__} while its files were read"
        raise EngineError("sketch's network", why, expected=expected, action=action) from error
    return denoiser.double().eval().requires_grad_(requires_grad=False)


def _told(disparity: NDArray[np.float64]) -> NDArray[np.float32]:
    """From -1 to 1 within the network to 0 to 1, rounded."""
    return np.asarray(np.round((disparity / 2 + 0.5).clip(0, 1) / _DIGITS) * _DIGITS, np.float32)
