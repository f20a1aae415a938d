"""A pipeline's arguments from a plan: each thing that a shot says goes to the first argument that takes it.

Pipelines of diffusers share a way of naming but not the names. What a pipeline has no argument for is given back, so
that nothing is dropped without a word.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

__all__ = ["NAMES", "arguments", "parameters"]

NAMES: Mapping[str, tuple[str, ...]] = {
    "still": ("image", "cond_image"),
    "before": (),
    "prompt": ("prompt",),
    "negative": ("negative_prompt",),
    "frames": ("num_frames", "frames", "video_length"),
    "fps": ("frame_rate", "target_fps", "fps"),
    "width": ("width",),
    "height": ("height",),
    "steps": ("num_inference_steps",),
    "guidance": ("guidance_scale", "max_guidance_scale"),
    "end_frame": ("last_image",),
    "references": ("reference_images",),
    "motion": ("control_video",),
    "pose": ("pose_video",),
    "face": ("face_video",),
    "painted": (),
    "timeline": (),
    "generator": ("generator",),
    "output": ("output_type",),
}
"""What is said, and the names that it goes by in diffusers 0.42."""

_OPTIONAL = frozenset({"fps", "width", "height", "guidance", "prompt", "negative", "timeline"})
"""What a pipeline may lack: then it goes by the still's size, its own rate, without words, or by words alone."""


def parameters(pipeline: Callable[..., Any]) -> frozenset[str]:
    """The names of a pipeline's arguments."""
    return _parameters(type(pipeline).__call__)


@cache
def _parameters(call: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(call).parameters) - {"self"}


def arguments(
    taken: frozenset[str], said: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Name what is said as a pipeline does.

    Args:
        taken: the names of its arguments.
        said: values by the keys of ``NAMES``; None: not said.
        names: by the same keys, what this one calls something before all other names; empty: it is not told that.

    Returns:
        The arguments, and the keys that it has none for and cannot do without.
    """
    found: dict[str, Any] = {}
    lost = []
    own = names or {}
    for key, value in said.items():
        if value is None or own.get(key) == "":
            continue
        name = next((name for name in (own.get(key), *NAMES[key]) if name in taken), None)
        if name is not None:
            found[name] = value
        elif key not in _OPTIONAL:
            lost.append(key)
    return found, tuple(lost)
