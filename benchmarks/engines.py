"""What the adapter of open engines costs over the bare pipeline: `python -m benchmarks.engines`.

A tiny Wan 2.2 5B with random weights, the same call bare and through the adapter in turns; medians and their ratio.
Larger weights only make the ratio smaller: what the adapter does does not grow with them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import torch

from studio.engines.diffusers.engine import Diffusers
from studio.engines.diffusers.pictures import fitted
from studio.media.stills import load_pixels, open_still
from studio.settings import Settings
from studio.shot import Shot, Timeline
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, tiny_profile

NAME = "wan_2_2_ti2v_5b"
STEPS = 20


def main() -> None:
    """Print medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--side", type=int, default=192)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        FAMILIES[NAME].build().save_pretrained(folder / NAME)
        profile = tiny_profile(NAME)
        profile = profile.but(pipeline=profile.pipeline.but(steps=STEPS))
        still = open_still(encoded(gradient(480, 320), "PNG"), folder, Settings())
        shot = Shot(
            still=still, timeline=Timeline(seconds=1.0), seconds=1.0, prompt="A cat jumps.", engine=NAME,
            width=asked.side, height=asked.side,
        )  # fmt: skip
        engine = Diffusers(profile, folder)
        plan = engine.plan(shot)
        first = list(engine.generate(shot, lambda _: None))
        assert engine._loaded is not None
        pipeline = engine._loaded.pipeline
        picture = fitted(load_pixels(still), (plan.width, plan.height), shot.focus)

        def bare() -> np.ndarray:
            video = pipeline(
                image=picture, prompt=shot.prompt, width=plan.width, height=plan.height, num_frames=plan.frames,
                num_inference_steps=STEPS, guidance_scale=profile.guidance, max_sequence_length=16, output_type="np",
                generator=torch.Generator().manual_seed(0),
            ).frames  # fmt: skip
            return (video[0] * 255 + 0.5).clip(0, 255).astype(np.uint8)

        times: dict[str, list[float]] = {"bare": [], "adapter": []}
        for _ in range(asked.rounds):
            times["bare"].append(_timed(bare))
            times["adapter"].append(_timed(lambda: list(engine.generate(shot, lambda _: None))))
    same = np.abs(np.stack(first).astype(int) - bare()).max()
    alone, through = median(times["bare"]), median(times["adapter"])
    sys.stdout.write(
        f"{plan.frames} frames of {plan.width}x{plan.height}, {STEPS} steps, {asked.rounds} rounds\n"
        f"bare pipeline {alone:.3f} s, through the adapter {through:.3f} s, ratio {through / alone:.3f}, "
        f"largest difference of a pixel {same}\n"
    )


def _timed(call: object) -> float:
    began = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
