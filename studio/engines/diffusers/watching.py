"""Hears what a pipeline does, stage by stage, and can stop it between any two of its steps.

Pipelines of diffusers report denoising alone, some not even that. The rest is heard at the doors of their parts: a
hook before the text encoder, the picture encoder, the denoiser and the two halves of the autoencoder. A listener that
raises ``Cancelled`` stops the pipeline there; the exception passes through, and the pipeline can be called again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from studio.engines.diffusers.calls import LOCAL
from studio.engines.diffusers.windows import Windows
from studio.engines.engine import Listener, StageStarted, Step
from studio.shot import Stage

__all__ = ["Watch"]

_PARTS: dict[str, Stage] = {
    "text_encoder": "condition",
    "text_encoder_2": "condition",
    "text_encoder_3": "condition",
    "connectors": "condition",
    "image_encoder": "encode",
    "transformer": "denoise",
    "transformer_2": "denoise",
    "unet": "denoise",
    "vocoder": "decode",
}
"""Which stage a part of a pipeline works in."""

_HALVES: dict[str, Stage] = {"encoder": "encode", "decoder": "decode"}

_DETAIL: dict[Stage, str] = {
    "encode": "Take the still into the model's own terms.",
    "condition": "Read the words.",
    "denoise": "Work the motion out of noise, all of the clip at once, clearer with each step.",
    "decode": "Turn the model's own terms back into pictures.",
}

StepEnd = Callable[[torch.Tensor], None]


class Watch:
    """Tells a listener of one call of a pipeline.

    Args:
        tell: hears stages and steps; may raise ``Cancelled``.
        steps: of denoising that are expected.
        seen: called with the latents after each step.
        windows: of a pipeline that makes the clip one after another, with the steps of all.
    """

    def __init__(self, tell: Listener, steps: int, seen: StepEnd | None = None, windows: Windows | None = None) -> None:
        self._tell, self._seen, self._windows = tell, seen, windows
        self._total = windows.steps if windows else steps
        self._looping: Callable[[], int] = int  # the steps that the pipeline itself sees before it, chunks and all
        self.stage: Stage | None = None
        self.done = 0

    @contextmanager
    def over(self, pipeline: Any, *, in_windows: bool = False) -> Iterator[None]:
        """Listen at the doors of `pipeline`'s parts while the block runs.

        Args:
            in_windows: its steps are counted by window; what it counts itself is something else (LTX: levels of noise).
        """
        if not in_windows:
            self._looping = lambda: int(getattr(pipeline, "_num_timesteps", 0) or 0)
        doors = [part.register_forward_pre_hook(self._enter(stage)) for part, stage in _doors(pipeline)]
        try:
            yield
        finally:
            for door in doors:
                door.remove()

    def step_end(self, _pipeline: Any, _number: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        """For ``callback_on_step_end``. Steps are counted here: pipelines with windows begin anew at each."""
        if LOCAL in tensors:
            tensors = {**tensors, "latents": tensors[LOCAL]}
            del tensors[LOCAL]
        if self._windows is not None:
            tensors = self._windows.step_end(tensors)  # first: a cancel that comes now loses no finished window
        self.step()
        if self._seen is not None and isinstance(tensors.get("latents"), torch.Tensor):
            self._seen(tensors["latents"])
        return tensors

    def step(self) -> None:
        """One step of denoising is done."""
        self._begin("denoise")
        self.done += 1
        self._tell(Step(stage="denoise", done=self.done, total=self._whole))

    @property
    def _whole(self) -> int:
        return max(self._total, self._looping(), self.done)

    def finish(self) -> None:
        """The pipeline has given its frames."""
        self._begin("decode")

    def bar(self, iterable: Any = None, total: int | None = None) -> _Bar:  # noqa: ARG002 - as tqdm is called
        """Stands in for ``progress_bar`` in pipelines without a callback."""
        return _Bar(self, iterable)

    def _enter(self, stage: Stage) -> Callable[..., None]:
        def hear(_part: nn.Module, _given: Any) -> None:
            self._begin(stage)
            steps = (self.done, self._whole) if stage == "denoise" else (0, 1)
            self._tell(Step(stage=stage, done=steps[0], total=steps[1]))

        return hear

    def _begin(self, stage: Stage) -> None:
        if stage != self.stage:
            if self.stage not in (None, "denoise"):
                self._tell(Step(stage=self.stage, done=1, total=1))
            self.stage = stage
            self._tell(StageStarted(stage=stage, detail=_DETAIL[stage]))


class _Bar:
    """As much of tqdm as pipelines use."""

    def __init__(self, watch: Watch, iterable: Any) -> None:
        self._watch, self._iterable = watch, iterable

    def __iter__(self) -> Iterator[Any]:
        for one in self._iterable:
            yield one
            self._watch.step()

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def update(self, count: int = 1) -> None:
        """`count` steps are done."""
        for _ in range(count):
            self._watch.step()

    def set_postfix(self, *_: object, **__: object) -> None:
        """Pipelines may say more; nobody reads it."""


def _doors(pipeline: Any) -> Iterator[tuple[nn.Module, Stage]]:
    for name, part in pipeline.components.items():
        if not isinstance(part, nn.Module):
            continue
        if name in _PARTS:
            yield part, _PARTS[name]
        elif name.endswith("vae"):
            for half, stage in _HALVES.items():
                inner = getattr(part, half, None)
                if isinstance(inner, nn.Module):
                    yield inner, stage
