"""Weights on disk become a pipeline in memory: safetensors only, no code of a repository, one model at a time."""

from __future__ import annotations

import contextlib
import difflib
import inspect
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from studio.engines.diffusers.distilled import join_distilled
from studio.engines.diffusers.download import missing_part
from studio.engines.diffusers.memory import Device, Tier, free_memory, out_of_memory, place
from studio.engines.engine import Note
from studio.errors import EngineError
from studio.presets import Distilled, Profile

__all__ = ["Loaded", "decode_in_tiles", "load"]

_PROMPTS = 8
_QUANTISED = "PipelineQuantizationConfig"
"""What diffusers calls it; its types do not tell of it."""


@dataclass(frozen=True)
class Loaded:
    """A pipeline, and where its weights lie."""

    pipeline: Any
    tier: Tier
    device: Device
    distilled: str = ""


def load(
    profile: Profile,
    folder: Path,
    tier: Tier,
    device: Device,
    distilled: tuple[Distilled, dict[str, Path]] | None = None,
) -> Loaded:
    """Open the weights in a folder and place them.

    Args:
        distilled: low-rank weights that are put into them, and where their files lie.

    Raises:
        EngineError: a file is missing or damaged, or is not the pipeline that the profile names.
    """
    import diffusers

    assert profile.pipeline is not None
    name = profile.pipeline.name
    kind = getattr(diffusers, name, None)
    if kind is None:
        raise _unusable(profile, name, f"a pipeline that diffusers {diffusers.__version__} has", "Update diffusers.")
    steps = profile.pipeline.scheduler
    scheduler = getattr(diffusers, steps, None)
    if steps and scheduler is None:
        expected = f"a scheduler that diffusers {diffusers.__version__} has"
        raise _unusable(profile, steps, expected, "Correct it in the profile, or update diffusers.")
    half = device.kind != "cpu"
    try:
        if lost := missing_part(folder):
            raise ValueError(f"its {lost} is not there, or not whole")
        pipeline = kind.from_pretrained(
            folder,
            dtype=torch.bfloat16 if half else torch.float32,
            use_safetensors=True,
            local_files_only=True,
            **({"quantization_config": _four_bit(folder)} if tier.placement == "four_bit" else {}),
        )
        if scheduler is not None or profile.pipeline.stepping:
            pipeline.scheduler = _settled(profile, scheduler or type(pipeline.scheduler), pipeline.scheduler)
        if distilled is not None:
            join_distilled(pipeline, *distilled, tier.placement)
        place(pipeline, tier.placement, device, folder / ".offload")
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError) as error:
        if out_of_memory(error):
            raise
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise _unusable(
            profile, reason, "a whole folder of safetensors", "Remove that folder and download them again."
        ) from error
    _remember_prompts(pipeline)
    _decode_in_tiles_when_full(pipeline)
    pipeline.set_progress_bar_config(disable=True)
    return Loaded(pipeline, tier, device, distilled[0].id if distilled else "")


def _settled(profile: Profile, kind: Any, own: Any) -> Any:
    """The scheduler that a profile asks for, with the settings of the repository's own but for those that it names.

    Raises:
        EngineError: it names one that such a scheduler does not have, which diffusers would leave out in silence.
    """
    assert profile.pipeline is not None
    stepping = profile.pipeline.stepping
    known = [name for name in inspect.signature(kind.__init__).parameters if name != "self"]
    for name in stepping:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            expected = f"a setting of {kind.__name__}{f', as {near[0]}' if near else ''}"
            raise EngineError(
                f"the profile {profile.id}", f"pipeline.stepping.{name}", expected=expected, action="Correct it there."
            )
    return kind.from_config(own.config, **stepping)


def _four_bit(folder: Path) -> Any:
    """How the large parts of the pipeline in a folder are read into 4 bits, by bitsandbytes.

    Raises:
        EngineError: that is not installed.
    """
    import diffusers
    import transformers

    index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
    kinds: dict[str, Any] = {"diffusers": diffusers.BitsAndBytesConfig, "transformers": transformers.BitsAndBytesConfig}
    given = {"load_in_4bit": True, "bnb_4bit_quant_type": "nf4", "bnb_4bit_compute_dtype": torch.bfloat16}
    quantised: Any = getattr(diffusers, _QUANTISED)
    parts = [
        (name, value[0])
        for name, value in index.items()
        if isinstance(value, list) and name.startswith(("transformer", "text_encoder")) and value[0] in kinds
    ]
    try:
        return quantised(quant_mapping={name: kinds[of](**given) for name, of in parts})
    except ImportError as error:
        raise EngineError(
            "the weights in 4 bits",
            "bitsandbytes is not installed",
            expected="the package that reads them",
            action="Install it: pip install bitsandbytes",
        ) from error


def decode_in_tiles(pipeline: Any, tiles: bool) -> None:
    """Decode in tiles from now on, or whole again, where the autoencoder has the choice."""
    with contextlib.suppress(NotImplementedError, AttributeError):
        (pipeline.vae.enable_tiling if tiles else pipeline.vae.disable_tiling)()


def _unusable(profile: Profile, value: str, expected: str, action: str) -> EngineError:
    return EngineError(f"the weights of {profile.title}", value, expected=expected, action=action)


def _remember_prompts(pipeline: Any) -> None:
    """Read the same words once: a text encoder can be larger than the denoiser, and takes are made in rows."""
    read: Callable[..., Any] | None = getattr(pipeline, "encode_prompt", None)
    if read is None:
        return
    known: OrderedDict[Hashable, Any] = OrderedDict()

    def remembered(*given: Any, **named: Any) -> Any:
        values = (*given, *(value for pair in sorted(named.items()) for value in pair))
        if not all(_plain(value) for value in values):  # pictures and embeddings are not told apart by their words
            return read(*given, **named)
        key = tuple(repr(value) for value in values)
        if key not in known:
            known[key] = read(*given, **named)
            if len(known) > _PROMPTS:
                known.popitem(last=False)
        known.move_to_end(key)
        return known[key]

    pipeline.encode_prompt = remembered


def _plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_plain(one) for one in value)
    return value is None or isinstance(value, str | int | float | bool | torch.device | torch.dtype)


def _decode_in_tiles_when_full(pipeline: Any) -> None:
    """Decode again in tiles where the memory does not hold the whole: the latents of a long night are not lost."""
    vae = getattr(pipeline, "vae", None)
    decode: Callable[..., Any] | None = getattr(vae, "decode", None)
    if vae is None or decode is None:
        return

    def sparing(*given: Any, **named: Any) -> Any:
        try:
            return decode(*given, **named)
        except (RuntimeError, MemoryError) as error:
            if not out_of_memory(error):
                raise
            try:
                vae.enable_tiling()
            except (NotImplementedError, AttributeError):
                raise error from None
        free_memory()
        pipeline.told(Note(text="The memory did not hold the whole clip at once: it was decoded in tiles."))
        return decode(*given, **named)

    pipeline.told = _silent
    vae.decode = sparing


def _silent(_event: Note) -> None:
    return None
