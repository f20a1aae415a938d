"""Render training scenes with Blender: pictures with true light, their true disparity and the kind of every pixel.

    python -m studio.engines.sketch.training.blender OUT --count 20000 --seed 0

needs Blender as a module (``pip install bpy``, Python 3.11), for development only. Scenes are numbered; each is made
from its own number and the seed, so a run can be stopped, gone on with and shared out. A shard holds 30 scenes, three
views each; ``samples`` says what is in it.
"""

from __future__ import annotations

import argparse
import math
import os
import tempfile
from pathlib import Path

_CORES = os.sched_getaffinity(0)
os.sched_setaffinity(0, {min(_CORES)})  # Blender makes a thread for every core it sees as it loads; they spin idly

import bpy  # noqa: E402
import numpy as np  # noqa: E402
from mathutils import Vector  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from studio.engines.sketch.training.exr import read_exr  # noqa: E402
from studio.engines.sketch.training.samples import SIZE, Planes, develop, keep, shows_depth, write_shards  # noqa: E402
from studio.engines.sketch.training.scenes import SCENES  # noqa: E402
from studio.engines.sketch.training.shapes import Random  # noqa: E402

os.sched_setaffinity(0, _CORES)

__all__ = ["make"]

VIEWS = 3
TRIES = 5
"""For the views of a scene: from inside a thing, or of a flat one, none is kept."""
SHARD = 30
"""Scenes in a file."""

Plane = NDArray[np.float32]


def prepare(samples: int) -> None:
    """An empty file, one thread, few samples and the denoiser, which costs less than the samples that it saves."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine, scene.cycles.device = "CYCLES", "CPU"
    scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.max_bounces = samples, True, 3
    scene.cycles.denoising_quality, scene.cycles.use_light_tree = "FAST", False  # a third of the time together
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.cycles.sample_clamp_indirect = 3.0
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    layer = scene.view_layers[0]
    layer.use_pass_z = layer.use_pass_object_index = True
    scene.view_settings.view_transform = "Standard"
    scene.render.image_settings.media_type = "MULTI_LAYER_IMAGE"
    scene.render.image_settings.file_format = "OPEN_EXR_MULTILAYER"
    scene.render.image_settings.exr_codec = "NONE"


def passes(path: Path) -> tuple[Plane, Plane, Plane]:
    """Colour (linear light), depth along the view axis and object index of a rendered file."""
    planes = read_exr(path)

    def find(*ends: str) -> Plane:
        return next(plane for name, plane in planes.items() if name.endswith(ends))

    colour = np.stack([find(f"Combined.{channel}") for channel in "RGB"], axis=-1)
    return colour, find("Depth.Z"), find("IndexOB.X", "Object Index.X")


def again(rng: Random) -> None:
    """Step aside: another place, height, lens and focus for the camera, looking at about the same thing.

    The step is of a metre or so, however far the thing is: ten metres along a street end in a house.
    """
    camera = bpy.context.scene.camera
    away = camera.matrix_world.to_quaternion() @ Vector((0, 0, -1))
    reach = camera.data.dof.focus_distance
    aim = camera.location + away * reach
    share = min(1.0, 4.0 / reach)
    back = (camera.location - aim) * (1 + share * float(rng.uniform(-0.25, 0.15)))
    turn = share * float(rng.normal(0, 0.3))
    x, y = back.x * math.cos(turn) - back.y * math.sin(turn), back.x * math.sin(turn) + back.y * math.cos(turn)
    height = max(0.12, camera.location.z + back.z * share * float(rng.uniform(-0.4, 0.4)))
    camera.location = (aim.x + x, aim.y + y, height)
    way = aim + Vector(rng.normal(0, 0.04 * reach, 3)) - camera.location
    camera.rotation_euler = way.to_track_quat("-Z", "Y").to_euler()
    camera.rotation_euler.rotate_axis("Z", float(rng.normal(0, 0.04)))
    camera.data.lens *= float(rng.uniform(0.8, 1.3))
    camera.data.dof.focus_distance = way.length


def shoot(target: Path) -> tuple[Plane, Plane, Plane]:
    """The passes of the view. Depth and kind are taken sharp: a lens out of focus scatters them over its blur."""
    scene = bpy.context.scene
    scene.render.filepath = str(target)
    bpy.ops.render.render(write_still=True)
    colour, depth, kind = passes(target)
    lens = scene.camera.data.dof
    if lens.use_dof:
        samples = scene.cycles.samples
        lens.use_dof, scene.cycles.samples, scene.cycles.use_denoising = False, 1, False
        bpy.ops.render.render(write_still=True)
        _, depth, kind = passes(target)
        lens.use_dof, scene.cycles.samples, scene.cycles.use_denoising = True, samples, True
    return np.nan_to_num(colour), depth, kind


def make(number: int, seed: int, samples: int, folder: Path) -> list[Planes]:
    """The views of scene `number` of a seed."""
    rng = np.random.default_rng((seed, number))
    prepare(samples)
    scene = bpy.context.scene
    upright = bool(rng.random() < 0.3)
    scene.render.resolution_x, scene.render.resolution_y = SIZE[::-1] if upright else SIZE
    scene.render.use_persistent_data = True  # the views of a scene share its geometry
    rng.choice(np.array(SCENES, dtype=object))(rng)
    made: list[Planes] = []
    for _ in range(TRIES):
        scene.cycles.seed = int(rng.integers(2**31))
        colour, depth, kind = shoot(folder / "scene.exr")
        if shows_depth(depth):
            made.append(keep(develop(colour, depth, rng), depth, kind, upright=upright))
        if len(made) == VIEWS:
            break
        again(rng)
    return made


def main() -> None:
    """Render the shards that are not there yet."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--count", type=int, default=20_000, help="views")
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--samples", type=int, default=6, help="of light for every pixel")
    asked = ask.parse_args()

    def shard(number: int) -> list[Planes]:
        with tempfile.TemporaryDirectory() as folder:
            scenes = range(number * SHARD, (number + 1) * SHARD)
            return [view for scene in scenes for view in make(scene, asked.seed, asked.samples, Path(folder))]

    write_shards(asked.out, f"scenes-{asked.seed}", range(-(-asked.count // (SHARD * VIEWS))), shard)


if __name__ == "__main__":
    main()
