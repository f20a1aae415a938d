"""Render training scenes with Blender: pictures with true light, their true disparity and the kind of every pixel.

    python -m studio.engines.sketch.training.blender OUT --count 20000 --seed 0

needs Blender as a module (``pip install bpy``, Python 3.11), for development only. Scenes are numbered; each is made
from its own number and the seed, so a run can be stopped, gone on with and shared out. A shard holds 20 scenes, five
views each; ``samples`` says what is in it.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from studio.engines.sketch.training.exr import read_exr
from studio.engines.sketch.training.samples import SIZE, Planes, develop, keep, write_shards
from studio.engines.sketch.training.scenes import SCENES
from studio.engines.sketch.training.shapes import Random

__all__ = ["make"]

VIEWS = 5
SHARD = 20
"""Scenes in a file."""

Plane = NDArray[np.float32]


def prepare(samples: int) -> None:
    """An empty file, one thread, few samples: pictures this small are blurred by their size already."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine, scene.cycles.device = "CYCLES", "CPU"
    scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.max_bounces = samples, False, 3
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
    """Step aside: another place, height, lens and focus for the camera, looking at about the same thing."""
    camera = bpy.context.scene.camera
    away = camera.matrix_world.to_quaternion() @ Vector((0, 0, -1))
    reach = camera.data.dof.focus_distance
    aim = camera.location + away * reach
    back = (camera.location - aim) * float(rng.uniform(0.75, 1.15))
    turn = float(rng.normal(0, 0.3))
    x, y = back.x * math.cos(turn) - back.y * math.sin(turn), back.x * math.sin(turn) + back.y * math.cos(turn)
    camera.location = (aim.x + x, aim.y + y, max(0.12, aim.z + back.z * float(rng.uniform(0.6, 1.4))))
    way = aim + Vector(rng.normal(0, 0.04 * reach, 3)) - camera.location
    camera.rotation_euler = way.to_track_quat("-Z", "Y").to_euler()
    camera.rotation_euler.rotate_axis("Z", float(rng.normal(0, 0.04)))
    camera.data.lens *= float(rng.uniform(0.8, 1.3))
    camera.data.dof.focus_distance = way.length


def make(number: int, seed: int, samples: int, folder: Path) -> list[Planes]:
    """The views of scene `number` of a seed."""
    rng = np.random.default_rng((seed, number))
    prepare(samples)
    scene = bpy.context.scene
    upright = bool(rng.random() < 0.3)
    scene.render.resolution_x, scene.render.resolution_y = SIZE[::-1] if upright else SIZE
    scene.render.use_persistent_data = True  # the views of a scene share its geometry
    scene.cycles.use_denoising = bool(rng.random() < 0.7)
    rng.choice(np.array(SCENES, dtype=object))(rng)
    made = []
    for view in range(VIEWS):
        if view:
            again(rng)
        scene.cycles.seed = int(rng.integers(2**31))
        target = folder / "scene.exr"
        scene.render.filepath = str(target)
        bpy.ops.render.render(write_still=True)
        colour, depth, kind = passes(target)
        picture = develop(np.nan_to_num(colour), depth, rng)
        made.append(keep(picture, depth, kind, upright=upright))
    return made


def main() -> None:
    """Render the shards that are not there yet."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--count", type=int, default=20_000, help="views")
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--samples", type=int, default=12, help="of light for every pixel")
    asked = ask.parse_args()

    def shard(number: int) -> list[Planes]:
        with tempfile.TemporaryDirectory() as folder:
            scenes = range(number * SHARD, (number + 1) * SHARD)
            return [view for scene in scenes for view in make(scene, asked.seed, asked.samples, Path(folder))]

    write_shards(asked.out, f"scenes-{asked.seed}", range(-(-asked.count // (SHARD * VIEWS))), shard)


if __name__ == "__main__":
    main()
