"""How right sketch is about near and far, and what each part of it adds: `python -m benchmarks.sketch_depth [PAIRS]`.

Correlation with the true disparity, on scikit-image's stereo photograph and on sets that no training has seen; of
PAIRS, a folder of rectified stereo pairs (`NAME_left.png`, `NAME_right.png`), with what matching finds in them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from studio.engines.sketch.depth import blend, grid_size, steady
from studio.engines.sketch.hypotheses import STEPS, draw
from studio.engines.sketch.rigid import make_rigid, segments
from studio.engines.sketch.training import sets
from studio.engines.sketch.training.data import upright
from studio.engines.sketch.training.evaluate import (
    HEURISTICS,
    Grid,
    Judge,
    Still,
    correlation,
    mean_correlation,
    stereo,
)
from studio.engines.sketch.training.pairs import read_pairs

UNSEEN, COUNT = 977, 24
"""Seed and number of the sets."""

SEEDS = (1, 2, 3, 4)


def alone(seed: int) -> Judge:
    """The network by itself."""
    return lambda still: draw(still, seed)


def blended(seed: int) -> Judge:
    """Half the network, half ground and centre."""
    return lambda still: blend(draw(still, seed), grid_size(still))


def shipped(seed: int) -> Judge:
    """What a take is made with: the thing in focus steadied, a plane or one depth for each segment."""

    def judge(still: Still) -> Grid:
        steadied = steady(draw(still, seed), still, (0.5, 0.5))
        return make_rigid(steadied, segments(still, (steadied.shape[0], steadied.shape[1])))

    return judge


def main() -> None:
    """Print a table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("pairs", type=Path, nargs="?", help="a folder of stereo pairs")
    folder = ask.parse_args().pairs
    pairs = list(read_pairs(folder)) if folder else []
    if folder and not pairs:
        ask.error(f"{folder}: expected stereo pairs, NAME_left.png and NAME_right.png; there are none")
    samples = [sets.make(number, UNSEEN) for number in range(COUNT)]
    held = upright(samples)
    judges: dict[str, Judge] = {f"no network: {name}": judge for name, judge in HEURISTICS.items()}
    judges |= {"network, 1 step (regression)": alone(0), f"network, {STEPS} steps": alone(1)}
    judges |= {"half ground and centre, 1 step": blended(0), f"half ground and centre, {STEPS} steps": blended(1)}
    judges |= {"shipped, the likeliest": shipped(0), "shipped, rerolled": shipped(1)}
    photograph = stereo()
    for name, judge in judges.items():
        line = f"  {name:38} sets {mean_correlation(judge, held, COUNT):.3f}"
        if photograph:
            line += f"  photograph {correlation(judge(photograph[0]), photograph[1]):.3f}"
        if pairs:
            found = [correlation(judge(still), truth) for _, still, truth in pairs]
            line += f"  {len(pairs)} pairs {np.mean(found):.3f}"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if photograph:
        spread(*photograph)


def spread(still: Still, truth: Grid) -> None:
    """How far hypotheses lie apart, and how right each is."""
    drawn = np.stack([draw(still, seed) for seed in SEEDS])
    right = " ".join(f"{correlation(shipped(seed)(still), truth):.3f}" for seed in SEEDS)
    sys.stdout.write(f"  hypotheses on the photograph: {right}; they differ by {drawn.std(axis=0).mean():.3f} of 1\n")


if __name__ == "__main__":
    main()
