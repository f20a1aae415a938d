"""How good drawn disparity is: its correlation with the true one, on held-out sets and on photographs.

    python -m studio.engines.sketch.training.evaluate MODEL SHARDS...

compares one step (the mean of all hypotheses), several steps, and the mean of several hypotheses with what needs no
network: the rule in ``depth``, ground and centre, and a vertical ramp. scikit-image's stereo photograph, which no
training has seen, is the one with a measured truth.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from studio.engines.sketch.depth import estimate_disparity as estimate_by_rule
from studio.engines.sketch.depth import ground_and_centre
from studio.engines.sketch.hypotheses import AREA
from studio.engines.sketch.pipeline import DepthPipeline
from studio.engines.sketch.training.data import Pictures, read_shards

__all__ = ["HEURISTICS", "Grid", "Judge", "Still", "correlation", "drawn", "evaluate", "mean_correlation", "stereo"]

Still = NDArray[np.uint8]
Grid = NDArray[np.floating[Any]]
Judge = Callable[[Still], Grid]


def correlation(guess: Grid, truth: Grid) -> float:
    """Pearson's correlation where the truth is known; a flat guess or truth counts as 0."""
    guess = np.asarray(cv2.resize(np.asarray(guess, np.float32), truth.shape[::-1], interpolation=cv2.INTER_LINEAR))
    known = np.isfinite(truth)
    if np.ptp(guess[known]) < 1e-6 or np.ptp(truth[known]) < 1e-6:
        return 0.0
    return float(np.corrcoef(guess[known], truth[known])[0, 1])


def ramp(still: Still) -> Grid:
    """Nearer towards the lower edge, and nothing else."""
    height, width = still.shape[:2]
    return np.repeat(np.linspace(0, 1, height, dtype=np.float32)[:, None], width, axis=1)


HEURISTICS: dict[str, Judge] = {
    "rule": lambda still: estimate_by_rule(still, (0.5, 0.5)),
    "ground and centre": lambda still: ground_and_centre((still.shape[1], still.shape[0])),
    "vertical ramp": ramp,
}


def drawn(pipeline: DepthPipeline, steps: int, hypotheses: int = 1, seed: int = 0, area: int = AREA) -> Judge:
    """What the network says when it is shown `area` pixels of the still: the mean of its hypotheses."""

    def judge(still: Still) -> Grid:
        generator = torch.Generator().manual_seed(seed)
        out = pipeline(still, num_inference_steps=steps, num_hypotheses=hypotheses, generator=generator, area=area)
        return np.asarray(out.disparity.mean(axis=0))

    return judge


def mean_correlation(judge: Judge, held: Pictures, at_most: int) -> float:
    """The mean correlation on pictures spread evenly over those held out; 0 where there are none."""
    numbers = [int(n) for n in np.linspace(0, len(held) - 1, min(at_most, len(held)))] if len(held) else []
    scores = [correlation(judge(held.image[n]), held.disparity[n].astype(np.float32)) for n in numbers]
    return float(np.mean(scores)) if scores else 0.0


def evaluate(pipeline: DepthPipeline, held: Pictures, at_most: int = 1000, area: int = AREA) -> dict[str, float]:
    """The mean correlation on held-out pictures, and on the photograph, after one step and after four."""
    found: dict[str, float] = {}
    photograph = stereo()
    for steps in (1, 4):
        judge = drawn(pipeline, steps, area=area)
        found[f"held_out_{steps}"] = mean_correlation(judge, held, at_most)
        if photograph:
            found[f"photograph_{steps}"] = correlation(judge(photograph[0]), photograph[1])
    return found


def stereo() -> tuple[Still, Grid] | None:
    """scikit-image's stereo photograph with its measured disparity (NaN where unknown), if it is installed."""
    try:
        from skimage.data import stereo_motorcycle
    except ImportError:
        return None
    left, _, truth = stereo_motorcycle()  # type: ignore[no-untyped-call]
    return left, np.where(np.isfinite(truth) & (truth > 0), truth, np.nan)


def main() -> None:
    """Print a table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("model", type=Path)
    ask.add_argument("shards", type=Path, nargs="*")
    ask.add_argument("--at-most", type=int, default=100, help="pictures of a shard")
    asked = ask.parse_args()
    pipeline = DepthPipeline.from_pretrained(asked.model)
    judges = dict(HEURISTICS)
    for steps in (1, 2, 4, 6, 10):
        judges[f"network, steps {steps}"] = drawn(pipeline, steps)
    judges["network, mean of 4 at 4 steps"] = drawn(pipeline, 4, 4)
    for name, other in HEURISTICS.items():
        judges[f"network, 1 step, half {name}"] = _blend(drawn(pipeline, 1), other)
    judges["network, 1 step, a third rule"] = _blend(drawn(pipeline, 1), HEURISTICS["rule"], 2.0)
    held = {path.stem: read_shards([path]) for path in asked.shards}
    photograph = stereo()
    for name, judge in judges.items():
        line = f"{name:36}"
        for stem, pictures in held.items():
            line += f"  {stem} {mean_correlation(judge, pictures, asked.at_most):.3f}"
        if photograph:
            line += f"  photograph {correlation(judge(photograph[0]), photograph[1]):.3f}"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if photograph:
        for steps in (1, 4):
            found = [correlation(drawn(pipeline, steps, seed=n)(photograph[0]), photograph[1]) for n in range(8)]
            line = f"photograph, {steps} steps, by seed: " + " ".join(f"{value:.3f}" for value in found)
            sys.stdout.write(f"{line}, mean {np.mean(found):.3f}\n")


def _blend(one: Judge, other: Judge, weight: float = 1.0) -> Judge:
    """The sum of two judgements in units of their own variation, the first one weighted."""

    def judge(still: Still) -> Grid:
        first = one(still)
        second = cv2.resize(other(still), first.shape[::-1], interpolation=cv2.INTER_AREA)
        first, second = ((part - part.mean()) / max(float(part.std()), 1e-6) for part in (first, second))
        return np.asarray(weight * first + second)

    return judge


if __name__ == "__main__":
    main()
