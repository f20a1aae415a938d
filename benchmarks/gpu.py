"""Open models at their real size on the GPU that is here, with random weights: `make gpu`. Skips where there is none.

Random weights take the memory and the time of real ones; their pictures are noise. For each family the pipeline as its
own page calls it (stock) is run against every placement that fits, and against compiled blocks: seconds, memory against
its estimate, and how far the frames differ from the stock call's.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from studio.engines.diffusers.compiling import compile_blocks, forget_compiled
from studio.engines.diffusers.cost import cost
from studio.engines.diffusers.loading import Loaded, load
from studio.engines.diffusers.memory import PLACEMENTS, Device, Tier, find_device, fitting
from studio.engines.diffusers.peak import Peak
from studio.engines.diffusers.planning import plan
from studio.engines.diffusers.running import run
from studio.media.stills import open_still
from studio.presets import Profile, load_profiles
from studio.settings import ROOT, Settings
from studio.shot import Plan, Shot, Timeline
from tests.pictures import encoded, gradient

__all__ = ["Row", "compare", "main"]

CLOSE = 15.0
"""Per cent by which a memory estimate may be off."""
COMPILED_WAY = "the best lossless, compiled"
FASTER = 1.3
"""What that is to be times as fast as the stock call."""
LOSSLESS = {"full", "model_offload", "group_offload", "disk_offload"}


@dataclass(frozen=True)
class Row:
    """One way of running a family.

    Attributes:
        seconds: of a call, the median after one that warms up.
        memory: gigabytes at most.  estimated: from and to; zeros: no estimate.
        apart: the mean difference of a pixel from the stock call's, of 255.
    """

    name: str
    seconds: float
    memory: float
    estimated: tuple[float, float]
    apart: float

    def words(self, stock: float) -> str:
        """The row as a line; `stock`: seconds of the stock call."""
        low, high = self.estimated
        off = (self.memory / ((low + high) / 2) - 1) * 100 if high else 0.0
        told = f"estimated {low:.1f} to {high:.1f} GB ({off:+.0f} %)" if high else ""
        far = "" if abs(off) <= CLOSE else " OFF"
        return (
            f"  {self.name:<34} {self.seconds:8.2f} s  {stock / self.seconds:5.2f} x  {self.memory:6.2f} GB  "
            f"{told}{far}  frames {self.apart:.2f} apart"
        )


def compare(
    profile: Profile, folder: Path, shot: Shot, device: Device, rounds: int = 2, compiled: bool = True
) -> list[Row]:
    """Run one family in every way, the stock call first.

    Args:
        folder: its weights.
        compiled: run it with compiled blocks too, where the denoiser has such.
    """
    made = plan(shot, profile)
    fit = fitting(profile, device)
    rows: list[Row] = []
    frames: NDArray[np.uint8] | None = None
    for name, tier, blocks in _ways(fit, compiled):
        _empty()
        loaded = load(profile, folder, tier, device)
        if blocks:
            compile_blocks(loaded.pipeline, tier.placement, device)
            if loaded.pipeline.compiled.startswith("Not"):
                continue
        seconds, memory, found = _timed(loaded, profile, shot, made, rounds)
        frames = found if frames is None else frames
        apart = float(np.abs(found.astype(int) - frames.astype(int)).mean())
        told = cost(profile, made, device, tier).memory if profile.pipeline and profile.pipeline.weights else (0.0, 0.0)
        rows.append(Row(name, seconds, memory, told, apart))
        del loaded
        if blocks:
            forget_compiled()
    return rows


def main(given: Sequence[str] | None = None) -> int:
    """Print a table for each family; the exit status is 1 where a memory estimate is off or a lossless way is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=sorted(REAL), action="append", help="only this one; repeatable")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--steps", type=int, default=6, help="of denoising: enough to tell the ways apart")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--no-compile", action="store_true")
    asked = parser.parse_args(given)
    device = find_device()
    if device.kind != "cuda" or not torch.cuda.is_available():
        sys.stdout.write(f"Skipped: {device.title} is no GPU that this can measure.\n")
        return 0
    wrong = False
    profiles = load_profiles(ROOT / "presets" / "engines")
    with tempfile.TemporaryDirectory() as place:
        for name in asked.engine or sorted(REAL):
            profile = profiles[name]
            pipeline = profile.pipeline
            assert pipeline is not None
            profile = profile.but(pipeline=pipeline.but(steps=asked.steps, distilled=()), seconds=(0.5, 15.0))
            folder = Path(place) / name
            _write(REAL[name], folder)
            rows = compare(
                profile, folder, _shot(name, Path(place), asked.seconds), device, asked.rounds, not asked.no_compile
            )
            sys.stdout.write(f"\n{profile.title} on {device.title}, {asked.steps} steps\n")
            sys.stdout.writelines(f"{row.words(rows[0].seconds)}\n" for row in rows)
            wrong |= any(" OFF" in row.words(rows[0].seconds) for row in rows)
            same = {COMPILED_WAY, *(PLACEMENTS[tier] for tier in LOSSLESS)}
            wrong |= any(row.apart > 2 for row in rows if row.name in same)
            for row in rows:
                if row.name == COMPILED_WAY:
                    quick = rows[0].seconds / row.seconds
                    sys.stdout.write(f"  compiled: {quick:.2f} times as fast as the stock call; {FASTER} is wanted\n")
    return int(wrong)


def _ways(fit: tuple[Tier, ...], compiled: bool) -> Iterator[tuple[str, Tier, bool]]:
    """What each way is called, where its weights lie, whether its blocks are compiled."""
    yield "stock", fit[0], False
    for tier in fit:
        yield PLACEMENTS[tier.placement], tier, False
    if compiled:
        best = next((tier for tier in fit if tier.placement in LOSSLESS), fit[0])
        yield COMPILED_WAY, best, True


def _timed(
    loaded: Loaded, profile: Profile, shot: Shot, made: Plan, rounds: int
) -> tuple[float, float, NDArray[np.uint8]]:
    frames = run(shot, made, profile, loaded, lambda _: None)  # it warms up: compiles, pins, fills caches
    times = []
    with Peak(loaded.device) as peak:
        for _ in range(rounds):
            began = time.perf_counter()
            frames = run(shot, made, profile, loaded, lambda _: None)
            times.append(time.perf_counter() - began)
    return median(times), peak.gigabytes, frames


def _shot(engine: str, folder: Path, seconds: float) -> Shot:
    still = open_still(encoded(gradient(1216, 832), "PNG"), folder, Settings())
    timeline = Timeline(seconds=seconds)
    return Shot(still=still, timeline=timeline, seconds=seconds, prompt="A cat jumps onto the table.", engine=engine)


def _empty() -> None:
    gc.collect()
    torch.cuda.empty_cache()


def _write(build: Callable[[], Any], folder: Path) -> None:
    """Random weights on the device, 16 bits each, written as a repository holds them."""
    torch.manual_seed(0)
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16)
    try:
        with torch.device("cuda"), torch.inference_mode():
            pipeline = build()
    finally:
        torch.set_default_dtype(before)
    pipeline.save_pretrained(folder, max_shard_size="5GB")
    del pipeline
    _empty()


def _words(encoder: type, wide: dict[str, int]) -> dict[str, Any]:
    """A tokenizer of letters and a text encoder of real size beside it."""
    from transformers import AutoConfig

    from tests.tiny.text import t5_tokenizer

    kind = "umt5" if encoder.__name__.startswith("UMT5") else "t5"
    config = AutoConfig.for_model(kind, feed_forward_proj="gated-gelu", dropout_rate=0.0, **wide)
    return {"tokenizer": t5_tokenizer(), "text_encoder": encoder(config).eval()}


def _wan_2_2_5b() -> Any:
    import diffusers
    from transformers import UMT5EncoderModel

    wide = {"vocab_size": 256384, "d_model": 4096, "d_ff": 10240, "d_kv": 64, "num_heads": 64, "num_layers": 24}
    vae = diffusers.AutoencoderKLWan(
        base_dim=160, decoder_base_dim=256, z_dim=48, dim_mult=[1, 2, 4, 4], num_res_blocks=2,
        temperal_downsample=[False, True, True], in_channels=12, out_channels=12, is_residual=True, patch_size=2,
        scale_factor_spatial=16, latents_mean=[0.0] * 48, latents_std=[1.0] * 48,
    )  # fmt: skip
    transformer = diffusers.WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=24, attention_head_dim=128, in_channels=48, out_channels=48,
        text_dim=4096, freq_dim=256, ffn_dim=14336, num_layers=30, cross_attn_norm=True,
        qk_norm="rms_norm_across_heads",
    )  # fmt: skip
    scheduler = diffusers.UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=5.0
    )
    return diffusers.WanImageToVideoPipeline(
        transformer=transformer.eval(), vae=vae.eval(), scheduler=scheduler, expand_timesteps=True,
        **_words(UMT5EncoderModel, wide),
    )  # fmt: skip


def _ltx_video() -> Any:
    import diffusers
    from transformers import T5EncoderModel

    wide = {"vocab_size": 32128, "d_model": 4096, "d_ff": 10240, "d_kv": 64, "num_heads": 64, "num_layers": 24}
    return diffusers.LTXConditionPipeline(  # type: ignore[no-untyped-call]
        transformer=diffusers.LTXVideoTransformer3DModel().eval(), vae=diffusers.AutoencoderKLLTXVideo().eval(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(), **_words(T5EncoderModel, wide),
    )  # fmt: skip


REAL: dict[str, Callable[[], Any]] = {"wan_2_2_ti2v_5b": _wan_2_2_5b, "ltx_video": _ltx_video}
"""How the real pipelines are built, by the configurations of their repositories."""


if __name__ == "__main__":
    sys.exit(main())
