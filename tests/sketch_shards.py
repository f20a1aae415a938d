"""Small shards of training pictures for the tests of sketch's training."""

from __future__ import annotations

from pathlib import Path

from studio.engines.sketch.training import sets
from studio.engines.sketch.training.samples import write_shards


def shards_in(folder: Path) -> Path:
    """Two shards of four pictures; the first, numbered 0, is held out."""
    write_shards(folder, "sets-0", range(2), lambda shard: [sets.make(4 * shard + i, 0) for i in range(4)])
    return folder
