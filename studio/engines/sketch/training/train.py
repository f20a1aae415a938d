"""Train the network that draws disparity, evaluate it, and write the model with its log.

    python -m studio.engines.sketch.training.train SHARDS... --work WORK --model assets/models/sketch --steps 4000

runs on a GPU where there is one and on the processor otherwise. Every few hundred steps a checkpoint goes to WORK,
with which the same command goes on; shards that have arrived since are taken in. Shards numbered 0 are held out.

    torchrun --nproc-per-node 2 -m studio.engines.sketch.training.train ...

shares every step among two processes, each with a batch of its own: better than two threads on a busy machine.

    python -m studio.engines.sketch.training.train SHARDS... --start assets/models/sketch --rate 4e-4 ...

goes on from a model that is there instead of from chance, as for pictures of a new kind.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import time
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
import torch.distributed as together
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler
from torch import Tensor
from torch.nn import functional

from studio.engines.sketch.hypotheses import AREA, SHIFT
from studio.engines.sketch.network import DepthNetwork
from studio.engines.sketch.pipeline import DepthPipeline
from studio.engines.sketch.training import data
from studio.engines.sketch.training.evaluate import evaluate

__all__ = ["Recipe", "Trainer", "digest", "times"]

_EDGES = 0.5
"""Weight of the differences between neighbours, which keep edges sharp (Ranftl et al., "MiDaS", 2020)."""


@dataclass(frozen=True)
class Recipe:
    """What decides a training run, apart from the data.

    Attributes:
        coarse: the share of the steps, from the first, that learn from small pictures.
        at_noise: the share of samples whose disparity is nothing but noise, as at the sampler's first step; 1.0 makes
            a regression of it, for comparison.
        average: how much of the running average each step keeps.
        every: steps between evaluations.
        start: the SHA-256 of the weights that a run goes on from; nothing where it begins from chance.
    """

    steps: int = 12_000
    batch: int = 16
    rate: float = 1.5e-3
    decay: float = 0.01
    average: float = 0.998
    coarse: float = 0.0
    at_noise: float = 0.1
    every: int = 500
    seed: int = 0
    start: str = ""
    network: dict[str, Any] = field(default_factory=dict)


def times(count: int, generator: torch.Generator, at_noise: float) -> Tensor:
    """Times of the flow for training: shifted towards noise as the sampler's are, a share of them at noise itself."""
    even = torch.rand(count, generator=generator)
    shifted = SHIFT * even / (1 + (SHIFT - 1) * even)
    return torch.where(torch.rand(count, generator=generator) < at_noise, torch.ones(count), shifted)


def loss(guess: Tensor, truth: Tensor) -> Tensor:
    """Squared error, and the absolute error of the differences between neighbours at three scales."""
    wrong = guess - truth
    total = wrong.square().mean()
    for _ in range(3):
        across, down = wrong[..., 1:] - wrong[..., :-1], wrong[..., 1:, :] - wrong[..., :-1, :]
        total = total + _EDGES / 3 * (across.abs().mean() + down.abs().mean())
        wrong = functional.avg_pool2d(wrong, 2)
    return total


def fast_in_half() -> bool:
    """Whether this processor convolves faster in bfloat16: with AMX twice as fast, without it ten times slower."""
    told = {}
    for kind in (torch.float32, torch.bfloat16):
        layer, x = torch.nn.Conv2d(64, 64, 3, padding=1, dtype=kind), torch.ones(4, 64, 32, 32, dtype=kind)
        spent = []
        for _ in range(3):
            began = time.process_time()
            layer(x)
            spent.append(time.process_time() - began)
        told[kind] = min(spent)
    return told[torch.bfloat16] < told[torch.float32]


class Trainer:
    """One run: the network, its running average, the optimiser and the log.

    Args:
        recipe: what decides the run.
        work: folder of the checkpoint.
        start: folder of the model that a run goes on from. Its own record is kept in that of the run.

    Raises:
        ValueError: the model in `start` is not the one of the recipe.
    """

    def __init__(self, recipe: Recipe, work: Path, start: Path | None = None) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe, self.checkpoint = recipe, work / "checkpoint.pt"
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        on_gpu = self.device.type == "cuda"
        self.layout = torch.channels_last if on_gpu else torch.contiguous_format  # each is faster in its place
        self.half = on_gpu or fast_in_half()
        self.rank, self.processes = (together.get_rank(), together.get_world_size()) if _is_shared() else (0, 1)
        self.network = self._network()
        self.before = self._begin_with(start) if start else None
        self.average = self._network()
        self.average.load_state_dict(self.network.state_dict())
        self.optimiser = torch.optim.AdamW(self.network.parameters(), recipe.rate, weight_decay=recipe.decay)
        self.step, self.spent, self.log = 0, 0.0, list[dict[str, Any]]()
        self.data: dict[str, int] = {}
        work.mkdir(parents=True, exist_ok=True)
        if self.checkpoint.exists():
            self._resume()

    def _network(self) -> DepthNetwork:
        made: Any = DepthNetwork(**self.recipe.network)
        network: DepthNetwork = made.to(self.device, memory_format=self.layout)
        return network

    def _begin_with(self, start: Path) -> Any:
        if (found := digest(start)) != self.recipe.start:
            raise ValueError(
                f"{start}: weights {found}; the recipe goes on from {self.recipe.start or 'chance'}. "
                "Give the recipe the digest of the model that it starts with."
            )
        known: Any = DepthNetwork.from_pretrained(start / "network")
        self.network.load_state_dict(known.state_dict())
        return json.loads((start / "training.json").read_text(encoding="utf-8"))

    def _resume(self) -> None:
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.spent, self.log = state["step"], state["spent"], state["log"]

    def save(self) -> None:
        """Write the checkpoint."""
        names = ("network", "average", "optimiser")
        state = {name: getattr(self, name).state_dict() for name in names}
        part = self.checkpoint.with_suffix(".part")
        torch.save({**state, "step": self.step, "spent": self.spent, "log": self.log}, part)
        part.replace(self.checkpoint)

    def note(self, found: dict[str, float]) -> None:
        """Log what was found at this step, and write the checkpoint."""
        entry = {"step": self.step, **{name: round(value, 4) for name, value in found.items()}}
        self.log.append(entry)
        self.save()
        with (self.checkpoint.parent / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")

    def pipeline(self) -> DepthPipeline:
        """The averaged network with its scheduler."""
        return DepthPipeline(self.average, FlowMatchEulerDiscreteScheduler(shift=SHIFT))

    def learn(self, stills: Tensor, truth: Tensor) -> float:
        """One step; gives its loss."""
        ahead = min(self.step / self.recipe.steps, 1.0)
        warm = min(1.0, (self.step + 1) / 100)
        for group in self.optimiser.param_groups:
            group["lr"] = self.recipe.rate * warm * (0.505 + 0.495 * math.cos(math.pi * ahead))
        generator = torch.Generator().manual_seed((self.recipe.seed * 1_000_003 + self.step) * 101 + self.rank)
        time_ = times(len(truth), generator, self.recipe.at_noise)[:, None, None, None]
        noise = torch.randn(truth.shape, generator=generator)
        noisy = ((1 - time_) * truth + time_ * noise).to(self.device)
        stills = stills.to(self.device, memory_format=self.layout)
        with torch.autocast(self.device.type, dtype=torch.bfloat16) if self.half else nullcontext():
            guess = self.network(noisy, stills, time_[:, 0, 0, 0].to(self.device))
        value = loss(guess.float(), truth.to(self.device))
        self.optimiser.zero_grad(set_to_none=True)
        value.backward()  # type: ignore[no-untyped-call]
        if self.processes > 1:
            self._share()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        keep = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for kept, new in zip(self.average.parameters(), self.network.parameters(), strict=True):
                kept.lerp_(new, 1 - keep)
        return float(value.detach())

    def _share(self) -> None:
        """Replace this process's gradients by the mean of those of all."""
        own = [part.grad for part in self.network.parameters() if part.grad is not None]
        flat = torch.cat([part.reshape(-1) for part in own])
        together.all_reduce(flat)
        flat /= self.processes
        parts = torch.split_with_sizes(flat, [part.numel() for part in own])
        for part, mean in zip(own, parts, strict=True):
            part.copy_(mean.view_as(part))


def _is_shared() -> bool:
    return together.is_available() and together.is_initialized()


def run(trainer: Trainer, folders: list[Path], until: int | None = None, workers: int = 0) -> None:
    """Train to the end of the recipe's steps, or to an earlier step, evaluating and saving on the way.

    Args:
        trainer: the run, new or resumed; stopping and resuming changes nothing about its outcome.
        folders: of the shards.
        until: the step to stop at.
        workers: processes that prepare pictures, where a GPU would wait for them.
    """
    recipe = trainer.recipe
    last = min(until or recipe.steps, recipe.steps)
    held = data.read_shards([path for path in _shards(folders) if _held(path)])
    known: set[Path] = set()
    pictures = data.Pictures([], [])
    while trainer.step < last:
        arrived = {path for path in _shards(folders) if not _held(path)} - known
        more = data.read_shards(list(arrived))
        pictures = data.Pictures(pictures.image + more.image, pictures.disparity + more.disparity)
        known |= arrived
        trainer.data = _counts(known, len(pictures))
        numbers = range(trainer.step, min(last, trainer.step + recipe.every))
        began, losses = time.monotonic(), []
        coarse = round(recipe.coarse * recipe.steps)
        seed = (recipe.seed, trainer.rank) if trainer.rank else recipe.seed
        for stills, truth in data.batches(pictures, recipe.batch, numbers, seed, workers=workers, coarse=coarse):
            losses.append(trainer.learn(stills, truth))
        trainer.spent += time.monotonic() - began
        if trainer.rank:  # the first evaluates and writes; the others wait for it at the next step
            continue
        area = AREA // 2 if trainer.step <= coarse else AREA
        found = {"loss": float(np.mean(losses)), **evaluate(trainer.pipeline(), held, at_most=60, area=area)}
        trainer.note({"minutes": trainer.spent / 60, "pictures": float(len(pictures)), **found})


def write_model(trainer: Trainer, folder: Path) -> None:
    """Write the model in half precision, its log and the hash of its weights."""
    pipeline = trainer.pipeline().to(dtype=torch.float16)
    pipeline.save_pretrained(folder)
    record = {
        "sha256": digest(folder),
        "recipe": asdict(trainer.recipe),
        "data": trainer.data,
        "log": trainer.log,
        **({"before": trainer.before} if trainer.before else {}),
    }
    (folder / "training.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def digest(folder: Path) -> str:
    """The SHA-256 of a model's weights."""
    return hashlib.sha256((folder / "network" / "diffusion_pytorch_model.safetensors").read_bytes()).hexdigest()


def _counts(shards: set[Path], pictures: int) -> dict[str, int]:
    """How many shards of each kind and seed there are, and how many pictures in all."""
    kinds = [path.stem.rpartition("-")[0] for path in sorted(shards)]
    return {**{f"shards of {kind}": kinds.count(kind) for kind in dict.fromkeys(kinds)}, "pictures": pictures}


def _shards(folders: list[Path]) -> list[Path]:
    return [path for folder in folders for path in folder.glob("*.npz") if ".part" not in path.name]


def _held(path: Path) -> bool:
    return path.stem.endswith("-0000")


def main() -> None:
    """Train as the command line says."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("shards", type=Path, nargs="+")
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--model", type=Path)
    ask.add_argument("--start", type=Path, help="a model to go on from")
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--workers", type=int, default=0, help="processes that prepare pictures")
    for name in ("steps", "batch", "every", "seed"):
        ask.add_argument(f"--{name}", type=int, default=getattr(Recipe, name))
    for name in ("rate", "average", "coarse", "at_noise"):
        ask.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(Recipe, name))
    asked = vars(ask.parse_args())
    torch.set_num_threads(asked["threads"])
    cv2.setNumThreads(1)
    if "WORLD_SIZE" in os.environ:
        together.init_process_group("gloo")
    names = ("steps", "batch", "every", "seed", "rate", "average", "coarse", "at_noise")
    chosen = {name: asked[name] for name in names}
    start = asked["start"]
    trainer = Trainer(Recipe(**chosen, start=digest(start) if start else ""), asked["work"], start)
    run(trainer, asked["shards"], workers=asked["workers"])
    if asked["model"] and not trainer.rank:
        write_model(trainer, asked["model"])


if __name__ == "__main__":
    main()
