"""What the adapter of open engines costs over the bare pipeline: `python -m benchmarks.engines`.

A tiny Wan 2.2 5B with random weights. Larger weights only make the ratio smaller: what the adapter does does not grow
with them. Two figures, as one alone would mislead:

- the adapter's own time within one take of several in a row: all of it, less the pipeline's call, plus what listens
  inside that call; once more without making bytes of the frames, which falls to whoever calls a pipeline. (The first
  take opens the still besides: 5 ms for this one.) Whatever else the machine does slows both alike, so that it hardly
  wavers; it does not see what the adapter changes about the call.
- the same call bare and through the adapter, in turns and in changing order: that sees everything, and wavers with the
  machine by several per cent. So the quicker half of each counts, and it is said how far their ratio wavers.

The adapter is what a user has: it keeps the latents until the clip is there. The bare call gets the still open and
at its size, and makes bytes of its frames.
"""

from __future__ import annotations

import argparse
import functools
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import torch

from studio.engines.diffusers import running
from studio.engines.diffusers.engine import Diffusers
from studio.engines.diffusers.pictures import fitted
from studio.engines.diffusers.watching import Watch
from studio.media.stills import load_pixels, open_still
from studio.settings import Settings
from studio.shot import Shot, Timeline
from tests.pictures import encoded, gradient
from tests.tiny.families import FAMILIES, tiny_profile

NAME = "wan_2_2_ti2v_5b"
STEPS = 20
WARM = 2


class Spent(NamedTuple):
    """Seconds: of the processor, all threads, and by the clock."""

    processor: float = 0.0
    wall: float = 0.0

    @classmethod
    def now(cls) -> Spent:
        """Where both clocks stand."""
        return cls(time.process_time(), time.perf_counter())

    def since(self, other: Spent) -> Spent:
        """What lies between."""
        return Spent(self.processor - other.processor, self.wall - other.wall)

    def plus(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(self.processor + other.processor, self.wall + other.wall)


def main() -> None:
    """Print the adapter's own time, and the ratio of the two ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=24)
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
        engine = Diffusers(profile, folder, latents=folder / "latents")
        plan = engine.plan(shot)
        first = list(engine.generate(shot, lambda _: None))
        engine.release(shot)
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

        def adapter() -> list[Any]:
            frames = list(engine.generate(shot, lambda _: None))
            engine.release(shot)
            return frames

        same = np.abs(np.stack(first).astype(int) - bare()).max()
        for _ in range(WARM):
            bare()
            adapter()
        pairs, own = [], []
        for number in range(asked.rounds):
            order = (bare, adapter) if number % 2 else (adapter, bare)
            spent = {way: _spent(way) for way in order}
            pairs.append((spent[bare], spent[adapter]))
            with _apart(type(pipeline)) as within:
                whole = _spent(adapter)
            own.append((whole.since(within["call"]), within["call"], within["pictures"]))
    sys.stdout.write(
        f"{plan.frames} frames of {plan.width}x{plan.height}, {STEPS} steps, {asked.rounds} rounds; "
        f"largest difference of a pixel {same}\n"
    )
    for clock in Spent._fields:
        alone, through = ([getattr(pair[way], clock) for pair in pairs] for way in (0, 1))
        mine = 1000 * median(getattr(one, clock) for one, *_ in own)
        shares = [getattr(one, clock) / getattr(call, clock) for one, call, _ in own]
        rest = median(getattr(one.since(pictures), clock) / getattr(call, clock) for one, call, pictures in own)
        least, most = _wavers(alone, through)
        sys.stdout.write(
            f"{clock:>9}: its own {mine:.1f} ms a take, {median(shares):.1%}, without its pictures {rest:.1%}; "
            f"in turns {_quick(alone):.3f} s bare, {_quick(through):.3f} s through the adapter, ratio "
            f"{_quick(through) / _quick(alone):.3f} ({least:.3f} to {most:.3f}), of the medians "
            f"{median(through) / median(alone):.3f}\n"
        )


def _quick(times: list[float]) -> float:
    """The mean of the quicker half: what disturbs a run only ever makes it longer."""
    return mean(sorted(times)[: -(-len(times) // 2)])


def _wavers(alone: list[float], through: list[float]) -> tuple[float, float]:
    """Between which ratios nine of ten other samples of these rounds lie."""
    chance = random.Random(0)
    ratios = []
    for _ in range(400):
        drawn = chance.choices(range(len(alone)), k=len(alone))
        ratios.append(_quick([through[one] for one in drawn]) / _quick([alone[one] for one in drawn]))
    tenths = quantiles(ratios, n=20)
    return tenths[0], tenths[-1]


def _spent(call: Callable[[], object]) -> Spent:
    began = Spent.now()
    call()
    return Spent.now().since(began)


@contextmanager
def _apart(kind: type) -> Iterator[dict[str, Spent]]:
    """Sum up what calls of a pipeline spend while the block runs, what listens in them left out; and the pictures."""
    spent = dict.fromkeys(("call", "pictures"), Spent())

    def counted(call: Callable[..., Any], where: str, share: int = 1) -> Callable[..., Any]:
        @functools.wraps(call)
        def inner(*given: Any, **named: Any) -> Any:
            began = Spent.now()
            try:
                return call(*given, **named)
            finally:
                took = Spent.now().since(began)
                spent[where] = spent[where].plus(took) if share > 0 else spent[where].since(took)

        return inner

    enter = Watch._enter
    with ExitStack() as stack:
        for owner, name, instead in (
            (kind, "__call__", counted(kind.__call__, "call")),  # type: ignore[operator]
            (Watch, "step_end", counted(Watch.step_end, "call", -1)),
            (Watch, "_enter", lambda watch, stage: counted(enter(watch, stage), "call", -1)),
            (running, "_pictures", counted(running._pictures, "pictures")),
            (running, "_frames", counted(running._frames, "pictures")),
        ):
            stack.enter_context(mock.patch.object(owner, name, instead))
        yield spent


if __name__ == "__main__":
    main()
