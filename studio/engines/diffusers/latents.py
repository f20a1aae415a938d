"""A long denoising is done once: what the autoencoder is given is kept on disk, and a second attempt starts from there.

Pipelines lead their latents to the autoencoder each in its own way (scaled, unpacked, mixed with noise), and take its
pictures on each in its own way. So the whole pipeline is called again, with a schedule of no steps: it comes to the
autoencoder's door at once, and there the latents that were kept are given in place of its own. Tried on
every family.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import diffusers
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from studio.engines.diffusers.memory import out_of_memory
from studio.engines.diffusers.windows import OtherLatents
from studio.engines.engine import Listener, Note
from studio.errors import MediaError
from studio.media.latents import drop_latents, find_latents, keep_latents
from studio.presets import Profile
from studio.shot import Plan, Shot

__all__ = ["Keeper", "replaced"]

_DECODED = "Decoded from the latents of an earlier attempt; nothing is sampled again."
_REPLAYED = (RuntimeError, ValueError, TypeError, LookupError, AttributeError)
"""What a pipeline may raise that cannot go through its loop without a step."""


class Keeper:
    """The latents of one shot.

    Args:
        folder: where latents are kept.
        tell: hears what becomes of them.
    """

    def __init__(self, folder: Path, shot: Shot, plan: Plan, profile: Profile, tell: Listener) -> None:
        self._folder, self._shot, self._tell = folder, shot.digest, tell
        facts = profile.pipeline.to_dict() if profile.pipeline else {}
        self._unkept = False
        self._made_by = json.dumps([diffusers.__version__, plan.to_dict(), facts], sort_keys=True)

    def sampled_once(self, pipeline: Any, call: Callable[[], Any]) -> Any:
        """What `call` gives: from the latents that were kept, where there are some, else sampled and kept.

        Args:
            call: calls `pipeline` from the start; it may be called twice.

        Raises:
            Whatever `call` raises.
        """
        held = self._held()
        if held:
            replay = _Replay(held)
            try:
                with replay.at_the_doors(pipeline):
                    return call()
            except _REPLAYED as error:
                if replay.arrived or out_of_memory(error):  # it is the decoding that failed: the latents are good
                    raise
            self._sample_again("do not fit any more")
        with _doors(pipeline, _Record(self._keep)):
            return call()

    def windowed(self, call: Callable[[Sequence[torch.Tensor], Callable[[list[torch.Tensor]], None]], Any]) -> Any:
        """As ``sampled_once``, for a pipeline that makes a clip window after window: each is kept when it is finished.

        Args:
            call: calls the pipeline with the windows that were kept, and with what keeps more of them.

        Raises:
            Whatever `call` raises.
        """
        held = self._held("Gone on after window {count} of an earlier attempt; what was finished is not sampled again.")
        if held:
            try:
                return call(held, self._keep)
            except OtherLatents:
                self._sample_again("do not fit any more")
        return call((), self._keep)

    def _held(self, found_so_far: str = _DECODED) -> list[torch.Tensor]:
        try:
            found = find_latents(self._folder, self._shot)
            if found is None:
                return []
            with safe_open(found, "pt") as file:
                if (file.metadata() or {}).get("made_by") == self._made_by:
                    count = len(file.keys())
                    self._tell(Note(text=found_so_far.format(count=count)))
                    return [file.get_tensor(str(number)) for number in range(count)]
            self._sample_again("were made by another version")
        except MediaError as error:
            self._sample_again(f"are {error.value}")
        except (OSError, SafetensorError):
            self._sample_again("cannot be read")
        return []

    def _keep(self, latents: list[torch.Tensor]) -> None:
        held = {str(number): tensor for number, tensor in enumerate(latents)}
        try:
            keep_latents(self._folder, self._shot, lambda part: save_file(held, part, {"made_by": self._made_by}))
        except (MediaError, SafetensorError) as error:
            why = error.value if isinstance(error, MediaError) else f"cannot be kept ({error})"
            if not self._unkept:  # once a take: sound, pictures and every window come here
                self._tell(Note(text=f"The latents {why}: should this take break off, it is sampled again."))
            self._unkept = True

    def _sample_again(self, why: str) -> None:
        drop_latents(self._folder, self._shot)
        self._tell(Note(text=f"The latents of an earlier attempt {why}: they are sampled again."))


Door = Callable[[torch.Tensor], torch.Tensor]
"""Sees a tensor on its way to be decoded, and gives what shall be decoded."""


class _Record:
    """Keeps everything that passes, before it is decoded."""

    def __init__(self, keep: Callable[[list[torch.Tensor]], None]) -> None:
        self._keep, self._seen = keep, list[torch.Tensor]()

    def __call__(self, latents: torch.Tensor) -> torch.Tensor:
        self._seen.append(latents.detach().to("cpu", copy=True).contiguous())
        self._keep(self._seen)
        return latents


class _Replay:
    """Gives what was kept, in the order in which it came."""

    def __init__(self, held: list[torch.Tensor]) -> None:
        self._held, self._next = held, 0

    @property
    def arrived(self) -> bool:
        """Everything that was kept has been given."""
        return self._next == len(self._held)

    def __call__(self, latents: torch.Tensor) -> torch.Tensor:
        if self.arrived or self._held[self._next].shape != latents.shape:
            self._next = 0
            raise ValueError("the latents that were kept are not those of this call")
        self._next += 1
        return self._held[self._next - 1].to(latents.device, latents.dtype)

    @contextmanager
    def at_the_doors(self, pipeline: Any) -> Iterator[None]:
        """Let `pipeline` go through without a step of denoising while the block runs."""
        with _doors(pipeline, self), _without_steps(pipeline):
            yield


@contextmanager
def _doors(pipeline: Any, door: Door) -> Iterator[None]:
    """Stand where latents go to be decoded: those of the pictures, and of the sound where there is some.

    Where a pipeline decodes its sound last and the pictures fail, the sound's are missing, and it is sampled again.
    """
    owner = pipeline if hasattr(pipeline, "decode_latents") else pipeline.vae
    sounds = (pipeline, "_denormalize_audio_latents")
    if not hasattr(*sounds):
        sounds = (getattr(pipeline, "audio_vae", None), "decode")
    places = [sounds, (owner, "decode_latents" if owner is pipeline else "decode")]
    with ExitStack() as stack:
        for place, name in places:
            if hasattr(place, name):
                stack.enter_context(replaced(place, name, functools.partial(_through, door)))
        yield


def _through(door: Door, decode: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(decode)
    def entered(latents: torch.Tensor, *given: Any, **named: Any) -> Any:
        return decode(door(latents), *given, **named)

    return entered


@contextmanager
def _without_steps(pipeline: Any) -> Iterator[None]:
    """A schedule of no steps for every loop of `pipeline`."""
    with ExitStack() as stack:
        if hasattr(pipeline, "generate_timestep_matrix"):  # SkyReels: its frames are at different steps
            stack.enter_context(replaced(pipeline, "generate_timestep_matrix", _no_rows))
        else:
            for part in pipeline.components.values():
                if hasattr(part, "set_timesteps"):
                    stack.enter_context(replaced(part, "set_timesteps", functools.partial(_no_steps, part)))
        if hasattr(pipeline, "encode_kv_cache"):  # AnyFlow: what later chunks see of those before
            stack.enter_context(replaced(pipeline, "encode_kv_cache", lambda _: lambda cache, *_, **__: cache))
        yield


def _no_rows(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(lay_out)
    def laid_out(*given: Any, **named: Any) -> Any:
        matrix, index, mask, valid = lay_out(*given, **named)
        return matrix[:0], index, mask, valid

    return laid_out


def _no_steps(scheduler: Any, settle: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(settle)  # its signature is looked at
    def settled(*given: Any, **named: Any) -> None:
        settle(*given, **named)
        scheduler.timesteps = scheduler.timesteps[:0]

    return settled


@contextmanager
def replaced(owner: Any, name: str, change: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    """A method of one object, changed while the block runs."""
    own = vars(owner).get(name)
    setattr(owner, name, change(getattr(owner, name)))
    try:
        yield
    finally:
        if own is None:
            delattr(owner, name)
        else:
            setattr(owner, name, own)
