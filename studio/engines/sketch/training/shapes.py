"""Things to put into a training scene, made of meshes: vessels, furniture, trees, people-like and animal-like bodies.

Runs inside Blender's Python module (``bpy`` 5.0). Every function takes the random generator and gives the objects that
it made, standing on z = 0 around the origin, about one unit tall; the caller scales and places them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import bmesh
import bpy
import numpy as np
from mathutils import Matrix, Vector, noise
from numpy.typing import NDArray

Random = np.random.Generator
Triple = Sequence[float] | NDArray[np.floating[Any]]
Mesh: TypeAlias = Any  # bpy.types.Object, where bpy is installed


def mesh(name: str, build: Callable[[bmesh.types.BMesh], None], *, smooth: bool = True) -> Mesh:
    """An object from a function that fills a mesh."""
    form = bmesh.new()
    build(form)
    data = bpy.data.meshes.new(name)
    form.to_mesh(data)
    form.free()
    if smooth:
        for face in data.polygons:
            face.use_smooth = True
    made = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(made)
    return made


def box(width: float, depth: float, height: float, at: Sequence[float] = (0, 0, 0)) -> Mesh:
    """A box that stands on z = at[2]."""

    def build(form: bmesh.types.BMesh) -> None:
        place = Matrix.Translation((at[0], at[1], at[2] + height / 2)) @ Matrix.Diagonal((width, depth, height, 1))
        bmesh.ops.create_cube(form, size=1, matrix=place)

    return mesh("box", build, smooth=False)


def ball(radius: Triple, at: Triple, rough: float = 0.0, seed: float = 0.0, fine: int = 3) -> Mesh:
    """An ellipsoid; `rough` dents it with smooth noise (stones, heads of trees, bodies)."""

    def build(form: bmesh.types.BMesh) -> None:
        bmesh.ops.create_icosphere(form, subdivisions=fine, radius=1)
        for vertex in form.verts:
            dent = 1 + rough * noise.noise(vertex.co * 1.7 + Vector((seed, seed, seed)))
            vertex.co = Vector(c * r * dent + a for c, r, a in zip(vertex.co, radius, at, strict=True))

    return mesh("ball", build)


def turned(profile: Sequence[tuple[float, float]], steps: int = 28) -> Mesh:
    """A body of revolution about z from (radius, height) points: a cup, a bottle, a lamp post."""

    def build(form: bmesh.types.BMesh) -> None:
        rings = []
        for radius, height in profile:
            angles = (2 * math.pi * i / steps for i in range(steps))
            rings.append([form.verts.new((radius * math.cos(a), radius * math.sin(a), height)) for a in angles])
        for low, high in pairwise(rings):
            for i in range(steps):
                j = (i + 1) % steps
                form.faces.new((low[i], low[j], high[j], high[i]))
        form.faces.new(reversed(rings[0]))
        form.faces.new(rings[-1])

    return mesh("turned", build)


def tube(points: Sequence[Sequence[float]], radii: Sequence[float], steps: int = 8) -> Mesh:
    """A tapering tube along points: a limb, a trunk, a branch, a tail."""

    def build(form: bmesh.types.BMesh) -> None:
        rings = []
        line = [Vector(p) for p in points]
        for place, (centre, radius) in enumerate(zip(line, radii, strict=True)):
            ahead = (line[min(place + 1, len(line) - 1)] - line[max(place - 1, 0)]).normalized()
            side = ahead.orthogonal().normalized()
            up = ahead.cross(side)
            angles = (2 * math.pi * i / steps for i in range(steps))
            rings.append([form.verts.new(centre + radius * (math.cos(a) * side + math.sin(a) * up)) for a in angles])
        for low, high in pairwise(rings):
            for i in range(steps):
                form.faces.new((low[i], low[(i + 1) % steps], high[(i + 1) % steps], high[i]))
        form.faces.new(reversed(rings[0]))
        form.faces.new(rings[-1])

    return mesh("tube", build)


def vessel(rng: Random) -> list[Mesh]:
    """A cup, bowl, vase, bottle or glass: a random profile that widens and narrows."""
    count = int(rng.integers(4, 8))
    heights = np.linspace(0, 1, count)
    widest = rng.uniform(0.18, 0.55)
    radii = widest * np.clip(1 + np.cumsum(rng.normal(0, 0.28, count)), 0.25, 1.4)
    points = list(zip(radii, heights, strict=True))
    inside = [(radius * 0.9, max(height, 0.06)) for radius, height in reversed(points)]
    parts = [turned([*points, *inside])]
    if rng.random() < 0.4:  # a handle
        angles = np.linspace(-1.3, 1.3, 7)
        radius = float(radii.mean())
        handle = [(radius + 0.22 * math.cos(a), 0, 0.5 + 0.26 * math.sin(a)) for a in angles]
        parts.append(tube(handle, [0.045] * 7))
    return parts


def heap(rng: Random) -> list[Mesh]:
    """Fruit, stones or bread: a few dented balls."""
    count, size = int(rng.integers(1, 7)), rng.uniform(0.15, 0.45)
    spots = rng.normal(0, size * 1.2, (count, 2))
    shape = rng.uniform(0.7, 1.3, 3)
    return [
        ball(size * shape, (x, y, size * shape[2] * 0.95), rng.uniform(0, 0.35), rng.uniform(0, 90)) for x, y in spots
    ]


def books(rng: Random) -> list[Mesh]:
    """Boxes on top of each other or side by side: books, parcels, a keyboard, a phone."""
    parts, height = [], 0.0
    for _ in range(int(rng.integers(1, 6))):
        thick = rng.uniform(0.03, 0.3)
        part = box(rng.uniform(0.4, 1.1), rng.uniform(0.3, 0.9), thick, (0, 0, height))
        part.rotation_euler = (0, 0, rng.normal(0, 0.25))
        parts.append(part)
        height += thick
    return parts


def furniture(rng: Random) -> list[Mesh]:
    """A table, chair, shelf, bed or sofa out of boxes."""
    kind, wide, deep = rng.integers(4), rng.uniform(0.5, 1.6), rng.uniform(0.4, 0.9)
    if kind == 0:
        top = rng.uniform(0.4, 0.8)
        legs = [box(0.06, 0.06, top, (x * wide / 2.2, y * deep / 2.2, 0)) for x in (-1, 1) for y in (-1, 1)]
        return [box(wide, deep, 0.06, (0, 0, top)), *legs]
    if kind == 1:
        seat = rng.uniform(0.3, 0.5)
        back = box(wide, 0.12, rng.uniform(0.6, 1.1), (0, deep / 2, 0))
        arms = [box(0.14, deep, seat * 1.5, (x * wide / 2, 0, 0)) for x in (-1, 1)]
        return [box(wide, deep, seat), back, *arms]
    if kind == 2:
        shelves = [box(wide, deep * 0.5, 0.04, (0, 0, height)) for height in np.linspace(0.05, 1.6, 5)]
        sides = [box(0.05, deep * 0.5, 1.65, (x * wide / 2, 0, 0)) for x in (-1, 1)]
        return [*shelves, *sides, box(wide, 0.03, 1.65, (0, deep / 4, 0))]
    return [box(wide, deep * 1.6, rng.uniform(0.3, 0.6)), box(wide, 0.1, rng.uniform(0.7, 1.2), (0, deep * 0.8, 0))]


def post(rng: Random) -> list[Mesh]:
    """Something thin and upright: a lamp, pole, tower, rocket or column."""
    radius = rng.uniform(0.03, 0.16)
    parts = [turned([(radius * 1.6, 0), (radius, 0.08), (radius * rng.uniform(0.4, 1), 0.9), (radius * 0.5, 1.0)], 14)]
    if rng.random() < 0.5:
        parts.append(ball([rng.uniform(0.06, 0.2)] * 3, (0, 0, 1.0), fine=2))
    return parts


def tree(rng: Random) -> list[Mesh]:
    """A trunk with a crown: one dented ball, several, or the stacked cones of a fir."""
    trunk = rng.uniform(0.2, 0.5)
    lean = rng.normal(0, 0.06, 2)
    parts = [tube([(0, 0, 0), (lean[0], lean[1], trunk), (2 * lean[0], 2 * lean[1], 0.85)], [0.05, 0.04, 0.01])]
    if rng.random() < 0.35:
        for height in np.linspace(trunk * 0.5, 0.8, 4):
            wide = 0.32 * (1.15 - height)
            parts.append(turned([(wide, height), (wide * 0.5, height + 0.14), (0.01, height + 0.3)], 12))
        return parts
    for _ in range(int(rng.integers(1, 5))):
        at = (lean[0] + rng.normal(0, 0.13), lean[1] + rng.normal(0, 0.13), trunk + rng.uniform(0.1, 0.45))
        parts.append(ball(rng.uniform(0.16, 0.34, 3), at, 0.6, rng.uniform(0, 90)))
    return parts


def leaves(rng: Random) -> list[Mesh]:
    """A bush, grass or a potted plant: many thin blades from one place."""
    count, long, wide = int(rng.integers(25, 120)), rng.uniform(0.4, 1.0), rng.uniform(0.015, 0.09)

    def build(form: bmesh.types.BMesh) -> None:
        for _ in range(count):
            turn, bend = rng.uniform(0, 2 * math.pi), rng.uniform(0.1, 1.1)
            out, side = Vector((math.cos(turn), math.sin(turn), 0)), Vector((-math.sin(turn), math.cos(turn), 0))
            root = out * rng.uniform(0, 0.25)
            tip = root + long * (out * math.sin(bend) + Vector((0, 0, 1)) * math.cos(bend)) * rng.uniform(0.5, 1)
            middle = (root + tip) / 2 + Vector((0, 0, 0.12 * long))
            edge = side * wide
            corners = [root, middle + edge, tip, middle - edge]
            form.faces.new([form.verts.new(corner) for corner in corners])

    return [mesh("leaves", build, smooth=False)]


def person(rng: Random) -> list[Mesh]:
    """Somebody: head, hair, trunk, arms and legs of ellipsoids and tubes; one unit tall, facing -y, in some pose."""
    turn, lean, spread = rng.normal(0, 0.2), rng.normal(0, 0.03), rng.uniform(0.03, 0.12)
    head = (lean, -0.01, 0.93)
    parts = [
        ball((0.062, 0.072, 0.085), head),
        ball((0.068, 0.07, 0.07), (lean, 0.02, 0.955), 0.3, rng.uniform(0, 90)),
        tube([(lean, 0, 0.8), head], [0.035, 0.032]),
        ball((0.125, 0.075, 0.16), (lean / 2, 0, 0.69), 0.1, rng.uniform(0, 90)),
        ball((0.115, 0.08, 0.12), (0, 0, 0.52), 0.1, rng.uniform(0, 90)),
    ]
    for side in (-1, 1):
        hand = Vector((side * rng.uniform(0.12, 0.35), rng.uniform(-0.3, 0.05), rng.uniform(0.42, 0.95)))
        shoulder = Vector((side * 0.135, 0, 0.79))
        elbow = (shoulder + hand) / 2 + Vector((side * 0.06, 0.03, -0.06))
        parts.append(tube([shoulder, elbow, hand], [0.04, 0.032, 0.025]))
        foot = (side * (0.06 + spread * rng.random()), rng.uniform(-0.2, 0.1), 0.02)
        knee = (side * 0.08, foot[1] / 2 - 0.04, 0.27)
        parts.append(tube([(side * 0.06, 0, 0.5), knee, foot], [0.065, 0.048, 0.035]))
    for part in parts:
        part.rotation_euler = (0, 0, turn)
    return parts


def bust(rng: Random) -> list[Mesh]:
    """Head and shoulders, close: brow, nose, ears, eyes, hair; one unit tall, facing -y."""
    wide, hair = rng.uniform(0.17, 0.21), rng.uniform(0.02, 0.09)
    seed = rng.uniform(0, 90)
    parts = [
        ball((wide, wide * 1.1, 0.27), (0, 0, 0.7), 0.06, seed, 4),
        ball((wide + hair, wide * 1.15 + hair, 0.22 + hair), (0, 0.05, 0.78), 0.25, seed, 4),
        ball((wide * 0.9, wide * 0.6, 0.2), (0, -0.09, 0.62), 0.05, seed),
        ball((0.035, 0.07, 0.07), (0, -wide * 1.1, 0.66), fine=2),
        tube([(0, 0.02, 0.25), (0, 0, 0.5)], [0.12, 0.1], 14),
        ball((rng.uniform(0.36, 0.5), 0.19, 0.25), (0, 0.04, 0.16), 0.15, seed),
    ]
    for side in (-1, 1):
        parts.append(ball((0.03, 0.02, 0.022), (side * 0.07, -wide * 1.06, 0.73), fine=2))
        parts.append(ball((0.025, 0.045, 0.06), (side * wide, 0.02, 0.69), fine=2))
    if rng.random() < 0.5:  # long hair
        for side in (-1, 1):
            parts.append(tube([(side * wide, 0.05, 0.85), (side * (wide + 0.05), 0.06, 0.3)], [0.08, 0.06]))
    turn = rng.normal(0, 0.35)
    for part in parts:
        part.rotation_euler = (0, 0, turn)
    return parts


def animal(rng: Random) -> list[Mesh]:
    """A beast on four legs, sitting or standing, or just its head filling the frame."""
    long, high, thick = rng.uniform(0.35, 0.7), rng.uniform(0.25, 0.6), rng.uniform(0.14, 0.24)
    seed = rng.uniform(0, 90)
    nose = (-long * 0.75, 0, high + thick * rng.uniform(0.6, 1.8))
    skull = rng.uniform(0.1, 0.17)
    parts = [
        ball((long * 0.55, thick, thick), (0, 0, high), 0.25, seed),
        ball((skull, skull * 0.9, skull * 0.95), nose, 0.15, seed),
        ball((skull * 0.7, skull * 0.5, skull * 0.45), (nose[0] - skull * 0.8, 0, nose[2] - skull * 0.3), fine=2),
        tube([(-long * 0.4, 0, high), nose], [thick * 0.8, skull * 0.7]),
        tube([(long * 0.5, 0, high), (long * 0.8, rng.normal(0, 0.15), high + rng.uniform(-0.2, 0.4))], [0.05, 0.02]),
    ]
    for side in (-1, 1):
        ear = (nose[0] + 0.03, side * skull * 0.6, nose[2] + skull * 1.2)
        parts.append(tube([(nose[0], side * skull * 0.5, nose[2] + skull * 0.5), ear], [skull * 0.4, 0.01]))
        for end in (-1, 1):
            top = (end * long * 0.38, side * thick * 0.6, high)
            parts.append(tube([top, (top[0] + rng.normal(0, 0.06), top[1], 0)], [thick * 0.4, thick * 0.22]))
    turn = rng.uniform(0, 2 * math.pi)
    for part in parts:
        part.rotation_euler = (0, 0, turn)
    return parts


def vehicle(rng: Random) -> list[Mesh]:
    """A car, van or cart: a body, a cabin, four wheels."""
    long, high = rng.uniform(0.9, 1.5), rng.uniform(0.18, 0.35)
    parts = [
        box(long, 0.45, high, (0, 0, 0.12)),
        box(long * rng.uniform(0.4, 0.9), 0.4, high * 0.9, (rng.normal(0, 0.08), 0, 0.12 + high)),
    ]
    for x in (-0.33, 0.33):
        for y in (-0.22, 0.22):
            parts.append(ball((0.12, 0.05, 0.12), (x * long, y, 0.12), fine=2))
    turn = rng.uniform(0, 2 * math.pi)
    for part in parts:
        part.rotation_euler = (0, 0, turn)
    return parts


def house(rng: Random) -> list[Mesh]:
    """A building: one block or two, with rows of windows let in, sometimes a roof."""
    wide, deep, high = rng.uniform(0.4, 0.9), rng.uniform(0.4, 0.8), rng.uniform(0.6, 1.6)
    parts = [box(wide, deep, high)]
    columns, rows = int(rng.integers(2, 6)), int(rng.integers(2, 8))
    for i in range(columns):
        for j in range(rows):
            at = ((i + 0.5) / columns * wide - wide / 2, -deep / 2, (j + 0.4) / rows * high)
            parts.append(box(wide / columns * 0.5, 0.03, high / rows * 0.5, at))
    if rng.random() < 0.35:
        roof = turned([(max(wide, deep) * 0.75, high), (0.02, high + rng.uniform(0.2, 0.5))], 4)
        roof.rotation_euler = (0, 0, math.pi / 4)
        parts.append(roof)
    return parts


def cloth(rng: Random) -> list[Mesh]:
    """A curtain, flag or hanging cloth: a wavy sheet of one unit."""
    folds, deep, phase = rng.uniform(2, 9), rng.uniform(0.02, 0.09), rng.uniform(0, 6)

    def build(form: bmesh.types.BMesh) -> None:
        bmesh.ops.create_grid(form, x_segments=40, y_segments=12, size=0.5)
        for vertex in form.verts:
            x, z = vertex.co.x, vertex.co.y + 0.5
            wave = deep * math.sin(folds * 2 * math.pi * x + phase + 1.5 * z) * (1.2 - z)
            vertex.co = Vector((x, wave, z))

    return [mesh("cloth", build)]


def land(rng: Random, high: float, size: float = 60.0) -> Mesh:
    """Hills: a big sheet dented by three octaves of noise, level near the camera."""
    seed, wide = rng.uniform(0, 90), rng.uniform(6, 18)

    def build(form: bmesh.types.BMesh) -> None:
        bmesh.ops.create_grid(form, x_segments=90, y_segments=90, size=size / 2)
        for vertex in form.verts:
            place = Vector((vertex.co.x / wide, vertex.co.y / wide, seed))
            dent = sum(noise.noise(place * 2**octave) / 2**octave for octave in range(3))
            far = min(1.0, max(0.05, (vertex.co.y + 2) / 25))
            vertex.co.z = high * dent * far

    return mesh("land", build)


UPRIGHT = (person, animal, tree, post, leaves, house, vehicle)
SMALL = (vessel, vessel, heap, books, leaves, animal)
