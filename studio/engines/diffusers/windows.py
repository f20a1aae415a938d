"""Pipelines that make a clip window after window: each window hears its own words, and none is sampled twice.

The words go in at the denoiser's door: what the pipeline encoded of the clip's prompt is exchanged there for what it
encodes of the window's. A window that an earlier attempt finished is gone through without the denoiser, and its latents
are put in place at its last step; so the pipeline's own bookkeeping (history, overlaps, chance) is as it was.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

from studio.presets import Profile
from studio.shot import Plan, Shot

__all__ = ["Keep", "OtherLatents", "Windows", "window_words"]

Keep = Callable[[list[Tensor]], None]

_PACKED = 3
"""Dimensions of latents that are held as tokens: batch, tokens, channels."""


class OtherLatents(ValueError):
    """The latents that were kept are not those of this call."""


def window_words(shot: Shot, plan: Plan, profile: Profile) -> tuple[str, ...]:
    """What each window is told, in the order in which they are made; empty where the clip is made as a whole."""
    order = profile.pipeline.windows if profile.pipeline else ""
    starts = profile.windows(plan.frames)
    if len(starts) < 2:
        return ()
    told = []
    for start, end in pairwise([*starts, plan.frames]):
        middle = (start + end) / 2 / plan.fps
        said = [one.text for one in shot.timed if one.start <= middle]
        told.append(said[-1] if said else shot.said or shot.prompt)
    return tuple(told if order == "forwards" else reversed(told))


class Windows:
    """One call of a pipeline, window by window.

    Args:
        words: what each window is told.
        steps: of denoising in a window.
        held: the latents of the windows that an earlier attempt finished.
        keep: keeps the latents of all finished windows, after each.
        opening: times as many steps in the window that is made first.
    """

    def __init__(
        self,
        words: Sequence[str],
        steps: int,
        held: Sequence[Tensor] = (),
        keep: Keep | None = None,
        opening: int = 1,
    ) -> None:
        self._words, self._keep = words, keep
        self._ends = [steps * (opening + number) for number in range(len(words))]
        self._held = list(held[: len(words)])
        self._resumed = len(self._held)
        self._done = 0
        self._exchange: list[tuple[Tensor, list[Tensor]]] = []

    @property
    def steps(self) -> int:
        """Of denoising, in all windows."""
        return self._ends[-1]

    @property
    def _now(self) -> int:
        """The window that is being made."""
        return min(bisect_right(self._ends, self._done), len(self._words) - 1)

    @contextmanager
    def over(self, pipeline: Any, prompt: str) -> Iterator[None]:
        """Tell `pipeline`, which is called with `prompt`, window by window while the block runs."""
        encode, denoiser = pipeline.encode_prompt, pipeline.transformer
        own = vars(pipeline).get("encode_prompt")
        forward, patched = denoiser.forward, "forward" in vars(denoiser)
        pipeline.encode_prompt = self._heard(encode, prompt)
        denoiser.forward = self._gone_through(denoiser, forward)
        door = denoiser.register_forward_pre_hook(self._exchanged, with_kwargs=True)
        try:
            yield
        finally:
            door.remove()
            if patched:  # hooks that move the weights live there
                denoiser.forward = forward
            else:
                del denoiser.forward
            if own is None:
                del pipeline.encode_prompt
            else:
                pipeline.encode_prompt = own

    def step_end(self, tensors: dict[str, Any]) -> dict[str, Any]:
        """A step is over; what the pipeline shall go on with."""
        window, self._done = self._now, self._done + 1
        if self._done not in self._ends or not isinstance(tensors.get("latents"), Tensor):
            return tensors
        latents = tensors["latents"]
        if window < self._resumed:
            kept = self._held[window]
            if kept.shape != latents.shape:
                raise OtherLatents
            return {**tensors, "latents": kept.to(latents.device, latents.dtype)}
        self._held.append(latents.detach().to("cpu", copy=True).contiguous())
        if self._keep is not None:
            self._keep(self._held)
        return tensors

    def _heard(self, encode: Callable[..., Any], prompt: str) -> Callable[..., Any]:
        """Encode the windows' words too, wherever the pipeline encodes the clip's."""

        @functools.wraps(encode)
        def encoded(*given: Any, **named: Any) -> Any:
            made = encode(*given, **named)
            if named.get("prompt") in (prompt, [prompt]) and set(self._words) != {prompt}:
                by_words = {words: encode(*given, **{**named, "prompt": words}) for words in set(self._words)}
                tensors = [number for number, one in enumerate(_each(made)) if isinstance(one, Tensor)]
                windows = [_each(by_words[words]) for words in self._words]
                self._exchange = [(_each(made)[number], [one[number] for one in windows]) for number in tensors]
            return made

        return encoded

    def _exchanged(self, _denoiser: nn.Module, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """The denoiser's arguments with the words of this window in place of the clip's."""
        places = {name: number for name, value in named.items() if (number := self._which(value)) is not None}
        if 0 not in places.values():  # the negative prompt's turn, though its mask may be the same
            return given, named
        return given, {**named, **{name: self._said(named[name], number) for name, number in places.items()}}

    def _which(self, value: object) -> int | None:
        """Which of the tensors that the clip's words became this is; 0: the words themselves."""
        for number, (whole, _) in enumerate(self._exchange):
            same = isinstance(value, Tensor) and value.shape == whole.shape
            if same and torch.equal(value, whole.to(value.device, value.dtype)):  # type: ignore[arg-type, attr-defined]
                return number
        return None

    def _said(self, value: Tensor, number: int) -> Tensor:
        return self._exchange[number][1][self._now].to(value.device, value.dtype)

    def _gone_through(self, denoiser: nn.Module, forward: Callable[..., Any]) -> Callable[..., Any]:
        """The denoiser, which has nothing to do in a window that is kept."""

        @functools.wraps(forward)
        def gone(*given: Any, **named: Any) -> Any:
            if self._now >= self._resumed:
                return forward(*given, **named)
            latents: Tensor = named["hidden_states"] if "hidden_states" in named else given[0]
            if latents.ndim == _PACKED:
                return (torch.zeros_like(latents),)
            channels = getattr(denoiser.config, "out_channels", None) or latents.shape[1]
            return (torch.zeros_like(latents[:, :channels]),)

        return gone


def _each(made: Any) -> tuple[Any, ...]:
    return tuple(made) if isinstance(made, tuple | list) else (made,)
