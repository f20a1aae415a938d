"""Training scenes for Blender: tables, rooms, streets, landscapes, portraits, close-ups. Runs inside ``bpy``.

Every function fills the empty file with one scene and places its camera. ``blender`` renders them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from studio.engines.sketch.training import shapes
from studio.engines.sketch.training.samples import KINDS
from studio.engines.sketch.training.shapes import Mesh, Random
from studio.engines.sketch.training.surfaces import daylight, green, lamplight, light, material, skin

__all__ = ["SCENES"]

Colour = NDArray[np.floating[Any]]
Form = Callable[[Random], list[Mesh]]


def _pick(rng: Random, forms: Sequence[Form]) -> Form:
    return forms[int(rng.integers(len(forms)))]


def dress(parts: list[Mesh], rng: Random, kind: str = "other", surface: Any = None) -> list[Mesh]:
    """Give parts surfaces (one for all, or now and then one each) and their kind."""
    shared = surface or material(rng)
    for part in parts:
        each = surface is None and rng.random() < 0.4
        part.data.materials.clear()
        part.data.materials.append(material(rng) if each else shared)
        part.pass_index = KINDS.index(kind)
    return parts


def put(parts: list[Mesh], at: tuple[float, float, float], scale: float, turn: float | None, rng: Random) -> None:
    """Scale, turn and place a thing."""
    angle = rng.uniform(0, 2 * math.pi) if turn is None else turn
    for part in parts:
        spin = part.rotation_euler[2] + angle
        x, y, z = part.location
        part.scale = (scale, scale, scale)
        part.rotation_euler = (0, 0, spin)
        part.location = (
            at[0] + scale * (x * math.cos(angle) - y * math.sin(angle)),
            at[1] + scale * (x * math.sin(angle) + y * math.cos(angle)),
            at[2] + scale * z,
        )


def somebody(rng: Random, at: tuple[float, float, float], tall: float, *, close: bool = False) -> None:
    """A person: skin, hair, clothes."""
    parts = shapes.bust(rng) if close else shapes.person(rng)
    hair = np.array([0.3, 0.18, 0.08]) * rng.uniform(0.03, 2.0)
    dress(parts, rng, "body", material(rng, skin(rng)))
    dress([parts[1]], rng, "hair", material(rng, np.clip(hair, 0.005, 0.9)))
    if close:
        dress([parts[5]], rng, "fabric")
        dress(parts[6:8:2], rng, "body", material(rng, np.array([0.03, 0.02, 0.02])))
        if len(parts) > 10:
            dress(parts[10:], rng, "hair", material(rng, np.clip(hair, 0.005, 0.9)))
    else:
        clothes = material(rng)
        dress(parts[3:5], rng, "fabric", clothes)
        legs = material(rng)
        dress(parts[6::2], rng, "fabric", legs)
    put(parts, at, tall, rng.normal(0, 0.5) if close or rng.random() < 0.6 else None, rng)


def plant(rng: Random, at: tuple[float, float, float], tall: float, form: Form) -> None:
    """A tree, bush or grass."""
    parts = dress(form(rng), rng, "foliage", material(rng, green(rng)))
    if form is shapes.tree:
        dress(parts[:1], rng, "other", material(rng, np.array([0.15, 0.1, 0.06]) * rng.uniform(0.4, 2)))
    put(parts, at, tall, None, rng)


def ground(rng: Random, size: float, kind: str = "ground", colour: Colour | None = None) -> Mesh:
    """The plane that things stand on."""
    made = shapes.box(size, size, 0.01, (0, 0, -0.01))
    dress([made], rng, kind, material(rng, colour))
    return made


def water(rng: Random, size: float, at: tuple[float, float, float]) -> None:
    """A sheet of water with small waves in its surface."""
    made = shapes.box(size, size, 0.01, at)
    look = material(rng, rng.uniform([0.01, 0.05, 0.08], [0.1, 0.25, 0.35]))
    nodes, links = look.node_tree.nodes, look.node_tree.links
    surface = nodes["Principled BSDF"]
    for link in list(surface.inputs["Base Color"].links):
        links.remove(link)
    surface.inputs["Base Color"].default_value = (*rng.uniform([0.01, 0.05, 0.08], [0.1, 0.25, 0.35]), 1)
    surface.inputs["Roughness"].default_value = float(rng.uniform(0.02, 0.2))
    waves, bump = nodes.new("ShaderNodeTexNoise"), nodes.new("ShaderNodeBump")
    where = nodes.new("ShaderNodeTexCoord")
    waves.inputs["Scale"].default_value = float(rng.uniform(0.5, 6))
    bump.inputs["Strength"].default_value = float(rng.uniform(0.05, 0.6))
    links.new(where.outputs["Object"], waves.inputs["Vector"])
    links.new(waves.outputs[0], bump.inputs["Height"])
    links.new(bump.outputs["Normal"], surface.inputs["Normal"])
    dress([made], rng, "water", look)


def look(
    rng: Random, eye: tuple[float, float, float], aim: tuple[float, float, float], lens: float, blur: float
) -> None:
    """Place the camera; `blur` is the chance of a wide aperture focused on the aim. The horizon tilts a little."""
    data = bpy.data.cameras.new("camera")
    made = bpy.data.objects.new("camera", data)
    bpy.context.scene.collection.objects.link(made)
    bpy.context.scene.camera = made
    made.location = eye
    way = Vector(aim) - Vector(eye)
    made.rotation_euler = way.to_track_quat("-Z", "Y").to_euler()
    made.rotation_euler.rotate_axis("Z", float(rng.normal(0, 0.03) if rng.random() < 0.8 else rng.normal(0, 0.12)))
    data.lens, data.clip_start, data.clip_end, data.dof.focus_distance = lens, 0.02, 400, way.length
    if rng.random() < blur:
        data.dof.use_dof = True
        data.dof.aperture_fstop = float(np.exp(rng.uniform(-0.5, 2)) * 0.6 / min(max(way.length, 0.4), 3))


def hangings(rng: Random, at: float, wide: float, low: float, high: float) -> None:
    """Pictures, posters, tiles and boards on a wall across the view: patterns that are no nearer than it."""
    for _ in range(int(rng.integers(0, 7))):
        size = rng.uniform(0.2, 1.2, 2)
        board = shapes.box(size[0], 0.03, size[1], (rng.uniform(-0.5, 0.5) * wide, at, rng.uniform(low, high)))
        dress([board], rng)


def tabletop(rng: Random) -> None:
    """Small things on a table before a wall or a dim room, often close and with a shallow focus."""
    dress([shapes.box(rng.uniform(3, 9), rng.uniform(2, 5), 0.1, (0, 0, -0.1))], rng)
    if rng.random() < 0.7:
        back = rng.uniform(1.5, 6)
        dress([shapes.box(20, 0.1, 9, (0, back, -3))], rng)
        hangings(rng, back - 0.06, 8, -0.5, 2)
        for _ in range(int(rng.integers(0, 5))):  # what stands in the room behind the table
            thing = _pick(rng, (shapes.furniture, shapes.furniture, shapes.leaves, shapes.post))
            at = (rng.normal(0, 2.5), back - rng.uniform(0.3, 1.2), -1.0)
            put(dress(thing(rng), rng), at, float(rng.uniform(1.0, 2.2)), float(rng.choice([0, 1.57, 3.14])), rng)
    for i in range(int(rng.integers(1, 9))):
        at = (0, 0, 0) if i == 0 else (rng.normal(0, 1.2), rng.uniform(-0.8, 2.2), 0)
        thing = _pick(rng, shapes.SMALL)
        parts = dress(thing(rng), rng, "foliage" if thing is shapes.leaves else "other")
        if rng.random() < 0.15 and thing is shapes.vessel:
            dress(parts, rng, "other", material(rng, metal=1.0))
        put(parts, at, float(rng.uniform(0.25, 1.0)), None, rng)
    if rng.random() < 0.15:  # a flame
        flame = shapes.ball((0.04, 0.04, 0.12), (0, 0, 0.1), fine=2)
        dress([flame], rng, "flame", material(rng, np.array([1, 0.45, 0.1]), glow=30))
        put([flame], (rng.normal(0, 0.5), rng.uniform(-0.3, 0.6), 0.35), 1.0, 0.0, rng)
    lamplight(rng, 4)
    near, height = rng.uniform(1.6, 4.5), rng.uniform(0.15, 2.2)
    if rng.random() < 0.12:
        height = near * 1.5  # from above
    look(rng, (rng.normal(0, 0.6), -near, height), (rng.normal(0, 0.2), 0, rng.uniform(0.1, 0.4)),
         float(rng.uniform(35, 90)), 0.6)  # fmt: skip


def room(rng: Random) -> None:
    """A room: floor, walls, furniture, perhaps somebody, a window or a curtain."""
    wide, deep, high = rng.uniform(3, 8), rng.uniform(3, 10), rng.uniform(2.3, 3.6)
    wall = material(rng)
    for part in (
        shapes.box(wide, 0.1, high, (0, deep, 0)),
        shapes.box(0.1, deep * 2, high, (-wide / 2, 0, 0)),
        shapes.box(0.1, deep * 2, high, (wide / 2, 0, 0)),
        shapes.box(wide, deep * 2, 0.1, (0, 0, high)),
    ):
        dress([part], rng, "other", wall if rng.random() < 0.8 else None)
    ground(rng, 24)
    hangings(rng, deep - 0.07, wide, 0.8, high - 0.6)
    for _ in range(int(rng.integers(2, 13))):
        side = rng.choice([-1, 1])
        at = (side * rng.uniform(0.2, 0.42) * wide, rng.uniform(0.1, 0.95) * deep, 0)
        put(
            dress(shapes.furniture(rng), rng), at, float(rng.uniform(0.8, 1.4)), float(rng.choice([0, 1.57, 3.14])), rng
        )
    if rng.random() < 0.5:
        window = shapes.box(rng.uniform(0.8, 2), 0.06, rng.uniform(0.8, 1.8), (rng.normal(0, 0.8), deep - 0.06, 0.9))
        dress([window], rng, "other", material(rng, np.array([0.9, 0.95, 1.0]), glow=float(rng.uniform(1, 8))))
    if rng.random() < 0.4:
        put(dress(shapes.cloth(rng), rng, "fabric"), (rng.normal(0, 1), deep - 0.3, 0.1), 2.2, 0.0, rng)
    for _ in range(int(rng.integers(0, 3))):
        somebody(rng, (rng.normal(0, 0.7), rng.uniform(0.1, 0.7) * deep, 0), float(rng.uniform(1.5, 1.9)))
    if rng.random() < 0.4:
        plant(rng, (rng.choice([-1, 1]) * wide * 0.35, rng.uniform(0.2, 0.9) * deep, 0), 1.2, shapes.leaves)
    lamplight(rng, 2.2)
    light("AREA", Vector((0, deep * 0.4, high - 0.1)), float(rng.uniform(40, 250)), np.array([1, 0.9, 0.75]), rng, 1.5)
    look(rng, (rng.normal(0, wide * 0.15), -deep * rng.uniform(0.1, 0.6), rng.uniform(0.8, 2)),
         (rng.normal(0, 0.6), deep * 0.6, rng.uniform(0.7, 1.5)), float(rng.uniform(18, 45)), 0.1)  # fmt: skip


def street(rng: Random) -> None:
    """A street between houses, with people, cars, lamps and trees, by day or in the light of signs."""
    half, long = rng.uniform(2.5, 7), rng.uniform(20, 50)
    ground(rng, 160, colour=np.full(3, rng.uniform(0.03, 0.4)))
    night = rng.random() < 0.35
    for side in (-1, 1):
        if rng.random() < 0.12:
            continue
        y = 0.0
        while y < long:
            tall = rng.uniform(4, 13)
            parts = shapes.house(rng)
            dress(parts, rng)
            if night:
                dress(
                    parts[1:], rng, "other", material(rng, rng.uniform(0, 1, 3) ** 0.5, glow=float(rng.uniform(0, 3)))
                )
            step = rng.uniform(3, 7)
            put(parts, (side * (half + tall * 0.3), y + step / 2, 0), tall, side * 1.57, rng)
            y += step
    if rng.random() < 0.5:
        put(dress(shapes.house(rng), rng), (rng.normal(0, 3), long, 0), float(rng.uniform(8, 16)), 0.0, rng)
    for _ in range(int(rng.integers(0, 9))):
        at = (rng.uniform(-0.9, 0.9) * half, 3 + long * rng.random() ** 1.5, 0)
        somebody(rng, at, float(rng.uniform(1.5, 1.9)))
    for _ in range(int(rng.integers(0, 4))):
        at = (rng.uniform(-0.7, 0.7) * half, rng.uniform(5, long), 0)
        put(dress(shapes.vehicle(rng), rng), at, float(rng.uniform(2.5, 4)), float(rng.choice([1.57, 1.4, 4.7])), rng)
    for i in range(int(rng.integers(0, 8))):
        side = (-1) ** i
        at = (side * half * 0.9, 2 + i * rng.uniform(2, 5), 0)
        if rng.random() < 0.5:
            put(dress(shapes.post(rng), rng), at, float(rng.uniform(3, 6)), None, rng)
        else:
            plant(rng, at, float(rng.uniform(3, 7)), shapes.tree)
    if night:
        lamplight(rng, 9, night=True)
        for _ in range(int(rng.integers(1, 5))):
            sign = shapes.box(rng.uniform(0.2, 1.5), 0.08, rng.uniform(0.2, 1.2))
            dress([sign], rng, "other", material(rng, rng.uniform(0, 1, 3) ** 3, glow=float(rng.uniform(5, 25))))
            put(
                [sign],
                (rng.choice([-1, 1]) * half * 0.95, rng.uniform(4, long * 0.7), rng.uniform(2, 4)),
                1.0,
                None,
                rng,
            )
    else:
        daylight(rng)
    look(rng, (rng.normal(0, half * 0.3), -1, rng.uniform(0.6, 2.5) if rng.random() < 0.85 else 9),
         (rng.normal(0, 1.5), long * 0.6, rng.uniform(0.8, 4)), float(rng.uniform(20, 60)), 0.1)  # fmt: skip


def landscape(rng: Random) -> None:
    """Hills, trees, rocks, perhaps water; animals, people or a house in it."""
    shore = rng.random() < 0.45
    hills = shapes.land(rng, float(rng.uniform(0.3, 7)), 120)
    dress([hills], rng, "ground", material(rng, green(rng) if rng.random() < 0.6 else rng.uniform(0.15, 0.7, 3)))
    if shore:
        water(rng, 200, (0, 0, float(rng.uniform(-0.3, 0.25))))
    for _ in range(int(rng.integers(0, 30))):
        y = 2 + 45 * rng.random() ** 1.5
        at = (rng.normal(0, 0.45) * y, y, -0.1)
        if rng.random() < 0.65:
            plant(rng, at, float(rng.uniform(1.5, 7)), shapes.tree)
        else:
            stones = dress(shapes.heap(rng), rng)
            put(stones, at, float(rng.uniform(0.8, 5)), None, rng)
    for _ in range(int(rng.integers(0, 5))):
        at = (rng.normal(0, 1.5), rng.uniform(3, 14), 0.0)
        thing = _pick(rng, (shapes.animal, shapes.house, shapes.post, shapes.vehicle, shapes.person))
        if thing is shapes.person:
            somebody(rng, at, 1.7)
        else:
            kind = "body" if thing is shapes.animal else "other"
            put(dress(thing(rng), rng, kind), at, float(rng.uniform(1.2, 3.5)), None, rng)
    for _ in range(int(rng.integers(0, 7))):
        plant(rng, (rng.normal(0, 1.2), rng.uniform(0.2, 4), 0), float(rng.uniform(0.3, 0.9)), shapes.leaves)
    daylight(rng)
    look(
        rng, (0, -2, rng.uniform(0.5, 3)), (rng.normal(0, 2), 25, rng.uniform(-1, 4)), float(rng.uniform(20, 70)), 0.15
    )


def portrait(rng: Random) -> None:
    """Somebody close, before a wall, a street or the open; or two."""
    count = 1 if rng.random() < 0.8 else 2
    for i in range(count):
        somebody(rng, (rng.normal(0, 0.1) + (i - (count - 1) / 2) * 0.8, i * 0.3, 0), 1.0, close=True)
    if rng.random() < 0.6:
        back = rng.uniform(0.8, 6)
        dress([shapes.box(14, 0.1, 8, (0, back, -2))], rng)
        hangings(rng, back - 0.06, 6, -0.3, 1.5)
    else:
        ground(rng, 60)
        for _ in range(int(rng.integers(3, 14))):
            at = (rng.normal(0, 4), rng.uniform(3, 16), -1.0)
            thing = _pick(rng, shapes.UPRIGHT)
            put(dress(thing(rng), rng, "foliage" if thing in (shapes.tree, shapes.leaves) else "other"), at,
                float(rng.uniform(1.5, 5)), None, rng)  # fmt: skip
    (lamplight(rng, 3) if rng.random() < 0.6 else daylight(rng))
    near = rng.uniform(1.2, 2.6)
    look(rng, (rng.normal(0, 0.3), -near, rng.uniform(0.5, 0.95)), (rng.normal(0, 0.12), 0, rng.uniform(0.5, 0.7)),
         float(rng.uniform(35, 75)), 0.7)  # fmt: skip


def close_up(rng: Random) -> None:
    """An animal, a plant, a heap or a person that fills most of the frame, on a floor or grass."""
    ground(rng, 40, colour=green(rng) if rng.random() < 0.4 else None)
    thing = _pick(rng, (shapes.animal, shapes.animal, shapes.leaves, shapes.tree, shapes.vehicle, shapes.person))
    tall = 1.0
    if thing is shapes.person:
        somebody(rng, (0, 0, 0), tall)
    elif thing in (shapes.leaves, shapes.tree):
        for _ in range(int(rng.integers(1, 7))):
            plant(rng, (rng.normal(0, 0.5), rng.normal(0, 0.6), 0), float(rng.uniform(0.5, 1.2)), thing)
    else:
        put(dress(thing(rng), rng, "body"), (0, 0, 0), tall, None, rng)
    for _ in range(int(rng.integers(0, 10))):
        at = (rng.normal(0, 3), rng.uniform(1.5, 12), 0)
        other = _pick(rng, shapes.UPRIGHT)
        put(dress(other(rng), rng, "foliage" if other in (shapes.tree, shapes.leaves) else "other"), at,
            float(rng.uniform(0.8, 3)), None, rng)  # fmt: skip
    (daylight(rng) if rng.random() < 0.6 else lamplight(rng, 4))
    near = rng.uniform(1.0, 3)
    look(rng, (rng.normal(0, 0.5), -near, rng.uniform(0.15, 1.4)), (rng.normal(0, 0.15), 0, rng.uniform(0.3, 0.6)),
         float(rng.uniform(28, 70)), 0.5)  # fmt: skip


SCENES = (tabletop, tabletop, room, street, landscape, landscape, portrait, portrait, close_up, close_up)
