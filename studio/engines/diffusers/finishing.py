"""A draft is made whole: enlarged, noised again, and denoised from there, so that its motion stays.

Its latents are taken where they are still kept, else its clip is read. Latents are enlarged by the family's own
upsampler where it has one, pictures by Lanczos. A pipeline that has an argument for it noises them itself; of the
others the end of the schedule is walked, from noise of its first step, as the video-to-video pipelines of diffusers do.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from diffusers.utils.torch_utils import randn_tensor
from PIL import Image
from safetensors import SafetensorError, safe_open

from studio.engines.diffusers.controls import Canvas, prepare
from studio.engines.diffusers.latents import replaced
from studio.engines.diffusers.planning import overlap, plan
from studio.engines.engine import Listener, Note, StageStarted
from studio.errors import EngineError, MediaError
from studio.media.latents import find_latents
from studio.presets import Profile
from studio.shot import Plan, Shot

__all__ = ["Beginning"]


class Beginning:
    """What a shot begins from in place of noise: the draft that it finishes.

    Args:
        made: the plan of the shot.
        latents: the folder in which latents are kept; ``None`` keeps none.
        upsampler: the files of the family's upsampler; ``None``: pictures are enlarged.
        tell: hears what it is begun from.
    """

    def __init__(
        self, shot: Shot, made: Plan, profile: Profile, latents: Path | None, upsampler: dict[str, Path] | None,
        tell: Listener,
    ) -> None:  # fmt: skip
        draft = shot.drafted
        assert draft is not None
        assert profile.pipeline is not None
        self._shot, self._made, self._profile, self._draft = shot, made, profile, draft
        self._staging = profile.pipeline.staging
        self._latents, self._upsampler, self._tell = latents, upsampler, tell
        self._clean: torch.Tensor | None = None

    @contextmanager
    def over(self, pipeline: Any, taken: frozenset[str], pictures: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Let `pipeline` begin from the draft while the block runs; gives what it is told for that.

        Args:
            taken: the names of its arguments.
            pictures: what the shot is given, at the clip's size.

        Raises:
            EngineError: this pipeline cannot begin from latents.
            MediaError, ShotError: the draft's clip cannot be read.
        """
        if "latents" not in taken:
            raise EngineError(
                f"the pipeline {type(pipeline).__name__}",
                "no argument for latents",
                expected='one that takes them, or finish = "again"',
                action="Correct the profile in presets/engines.",
            )
        if self._clean is None:
            self._clean = self._enlarged(pipeline, pictures)
        steps = self._made.steps
        if "denoise_strength" in taken:
            yield {"latents": self._clean, "denoise_strength": self._staging.strength}
            return
        assert self._profile.pipeline is not None
        scheduler = pipeline.scheduler
        scheduler.set_timesteps(self._profile.pipeline.steps, device=self._clean.device)
        noise = randn_tensor(self._clean.shape, torch.Generator().manual_seed(self._shot.seed), self._clean.device)
        first = scheduler.timesteps[-steps:][:1]
        if len(first):  # there are none where the latents of an earlier attempt are only decoded
            noised = getattr(scheduler, "add_noise", None)
            clean = self._clean
            started = noised(clean, noise, first) if noised else scheduler.scale_noise(clean, first, noise)
        else:
            started = noise
        with replaced(scheduler, "set_timesteps", functools.partial(_the_last, scheduler, steps)):
            yield {"latents": started}

    def _enlarged(self, pipeline: Any, pictures: dict[str, Any]) -> torch.Tensor:
        """Clean latents of the finished clip's size, as the pipeline holds them while it denoises."""
        self._tell(StageStarted(stage="encode", detail="Enlarge the draft."))
        size = (self._made.width, self._made.height)
        if self._upsampler is None:
            return self._encoded(pipeline, self._pictures(size, pictures), size)
        small = plan(self._draft, self._profile)
        found = self._kept(pipeline)
        if found is None:
            self._tell(Note(text="The draft's latents are not kept any more: its clip is read again."))
            found = self._encoded(pipeline, self._pictures((small.width, small.height), pictures), size)
        return _upsampled(pipeline, found, size, self._upsampler["weights"].parent)

    def _kept(self, pipeline: Any) -> torch.Tensor | None:
        """The draft's latents, where they are still here and are those of this clip."""
        if self._latents is None:
            return None
        try:
            found = find_latents(self._latents, self._draft.digest)
            if found is None:
                return None
            with safe_open(found, "pt") as file:
                kept = file.get_tensor(str(len(file.keys()) - 1))  # sound comes before the pictures
        except (MediaError, OSError, SafetensorError):
            return None
        return _normal(pipeline, kept.to(_device(pipeline), torch.float32))

    def _pictures(self, size: tuple[int, int], pictures: dict[str, Any]) -> list[Image.Image]:
        """The draft's frames, those of a previous clip before them."""
        again = overlap(self._shot, self._profile)
        canvas = Canvas(size, self._made.frames + again, self._made.fps, again, self._shot.focus, self._tell)
        clip = [control for control in self._shot.controls if control.kind == "draft"]
        before = [one.resize(size, Image.Resampling.LANCZOS) for one in pictures.get("before", ())]
        return [*before, *prepare(clip, canvas)["draft"]]

    def _encoded(self, pipeline: Any, frames: list[Image.Image], size: tuple[int, int]) -> torch.Tensor:
        width, height = frames[0].size if frames else size
        video = pipeline.video_processor.preprocess_video(frames, height=height, width=width)
        found = pipeline.vae.encode(video.to(_device(pipeline), pipeline.vae.dtype)).latent_dist.mode()
        return _normal(pipeline, found.to(torch.float32))


def _normal(pipeline: Any, latents: torch.Tensor) -> torch.Tensor:
    """Latents as the autoencoder gives them, in the scale in which they are denoised."""
    vae = pipeline.vae
    if hasattr(pipeline, "_normalize_latents"):
        scale = getattr(vae.config, "scaling_factor", 1.0)
        made: torch.Tensor = pipeline._normalize_latents(latents, vae.latents_mean, vae.latents_std, scale)
        return made
    shape = (1, -1, 1, 1, 1)
    mean, spread = (
        torch.tensor(values, device=latents.device, dtype=latents.dtype).view(shape)
        for values in (vae.config.latents_mean, vae.config.latents_std)
    )
    return (latents - mean) / spread


def _upsampled(pipeline: Any, latents: torch.Tensor, size: tuple[int, int], folder: Path) -> torch.Tensor:
    """Twice as wide and high, by LTX's own upsampler."""
    import diffusers
    from diffusers.pipelines.ltx.modeling_latent_upsampler import LTXLatentUpsamplerModel

    kind: Any = diffusers.LTXLatentUpsamplePipeline
    model = LTXLatentUpsamplerModel.from_pretrained(folder, use_safetensors=True, dtype=pipeline.vae.dtype)
    enlarge = kind(vae=pipeline.vae, latent_upsampler=model.to(_device(pipeline)).eval())
    output = enlarge(latents=latents, width=size[0], height=size[1], output_type="latent")
    made: torch.Tensor = output.frames
    return made.float()


def _device(pipeline: Any) -> torch.device:
    return torch.device(pipeline._execution_device)


def _the_last(scheduler: Any, steps: int, settle: Callable[..., Any]) -> Callable[..., Any]:
    """A schedule's end."""

    @functools.wraps(settle)  # its signature is looked at
    def settled(*given: Any, **named: Any) -> None:
        settle(*given, **named)
        passed = len(scheduler.timesteps) - steps
        if passed > 0:
            scheduler.timesteps, scheduler.sigmas = scheduler.timesteps[passed:], scheduler.sigmas[passed:]
            scheduler.num_inference_steps = steps

    return settled
