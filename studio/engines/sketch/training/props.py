"""Things to put on a set, made of boxes, balls and cones: vessels, furniture, plants, houses, vehicles.

Every function gives the solids of one thing that stands around the origin on z = 0, about one unit tall; ``placed``
scales, turns and moves it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.training.patterns import PATTERNS
from studio.engines.sketch.training.rays import Solid, Surface

__all__ = ["FURNISHINGS", "SMALL", "Prop", "ball", "box", "cone", "green", "limb", "paint", "placed", "turn"]

Grid = NDArray[np.floating[Any]]
Random = np.random.Generator
Prop = Callable[[Random], list[Solid]]


def colour(rng: Random) -> Grid:
    """The colour of a thing: most are less colourful than chance."""
    first = rng.uniform(0.02, 0.9, 3) ** rng.uniform(0.8, 2)
    return np.asarray(first.mean() + (first - first.mean()) * (1 if rng.random() < 0.3 else rng.uniform(0.05, 0.6)))


def green(rng: Random) -> Grid:
    """The colour of leaves, now and then of autumn or blossom."""
    low, high = ([0.3, 0.1, 0.02], [0.9, 0.5, 0.4]) if rng.random() < 0.15 else ([0.02, 0.08, 0.01], [0.25, 0.42, 0.12])
    return rng.uniform(low, high)


def paint(rng: Random, first: Grid | None = None, pattern: str = "", **more: float) -> Surface:
    """A surface with one of the patterns between two related colours."""
    base: Grid = colour(rng) if first is None else first
    second: Grid = np.clip(base * rng.uniform(0.3, 1.7) + rng.normal(0, 0.06, 3), 0.003, 1)
    if rng.random() < 0.15:
        second = colour(rng)
    chosen = pattern or str(rng.choice(["plain", "plain", "noise", "noise", *(p for p in PATTERNS if p != "windows")]))
    gloss = float(rng.uniform(0, 0.8)) if rng.random() < 0.4 else 0.0
    wear = float(rng.uniform(0, 0.8)) if rng.random() < 0.8 else 0.0
    scale = float(np.exp(rng.uniform(0, 2.7)))
    return Surface(base, second, chosen, **{"scale": scale, "gloss": gloss, "wear": wear, **more})


def turn(angle: float, lean: float = 0.0) -> Grid:
    """Axes turned about the vertical, and leaning to the side before that."""
    cos, sin, low, high = np.cos(angle), np.sin(angle), np.cos(lean), np.sin(lean)
    level = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1.0]])
    return np.asarray(np.array([[low, 0, -high], [0, 1, 0], [high, 0, low]]) @ level)


def placed(things: list[Solid], at: tuple[float, float, float], scale: float, angle: float) -> list[Solid]:
    """Scale and turn a thing about the origin, then move it."""
    axes = turn(angle)
    moved = []
    for solid in things:
        surface = replace(solid.surface, scale=solid.surface.scale / max(scale, 1e-3) ** 0.5)
        centre = np.asarray(at) + scale * (solid.centre @ axes)
        moved.append(replace(solid, centre=centre, half=solid.half * scale, axes=solid.axes @ axes, surface=surface))
    return moved


def box(
    size: tuple[float, float, float], at: tuple[float, float, float], surface: Surface, kind: str = "other"
) -> Solid:
    """A box that stands on z = at[2]."""
    half = np.array(size) / 2
    return Solid("box", np.array([at[0], at[1], at[2] + half[2]]), half, surface, kind)


def ball(
    half: tuple[float, float, float], at: tuple[float, float, float], surface: Surface, kind: str = "other"
) -> Solid:
    """A ball or an ellipsoid around `at`."""
    return Solid("ball", np.array(at, float), np.array(half, float), surface, kind)


def cone(low: float, high: float, ends: tuple[float, float], surface: Surface, kind: str = "other") -> Solid:
    """An upright cone between two heights, `low` and `high` its radii there."""
    half = np.array([low, low, (ends[1] - ends[0]) / 2])
    return Solid("cone", np.array([0, 0, sum(ends) / 2]), half, surface, kind, top=high / low)


def limb(start: Grid, end: Grid, radii: tuple[float, float], surface: Surface, kind: str = "other") -> Solid:
    """A cone from one point to another."""
    way = np.asarray(end, float) - start
    length = max(float(np.linalg.norm(way)), 1e-3)
    up = way / length
    side = np.cross(up, [0.3, 0.9, 0.1])
    side = side / max(float(np.linalg.norm(side)), 1e-6)
    axes = np.stack([side, np.cross(up, side), up])
    half = np.array([radii[0], radii[0], length / 2])
    return Solid("cone", (np.asarray(start) + end) / 2, half, surface, kind, axes, radii[1] / radii[0])


def vessel(rng: Random) -> list[Solid]:
    """A cup, bowl, vase or bottle: cones on top of each other."""
    count, surface = int(rng.integers(1, 5)), paint(rng)
    heights = np.concatenate([[0], np.sort(rng.uniform(0.15, 0.9, count - 1)), [1.0]])
    radii = np.clip(rng.uniform(0.2, 0.5) * (1 + np.cumsum(rng.normal(0, 0.3, count + 1))), 0.08, 0.6)
    parts = [cone(radii[i], radii[i + 1], (heights[i], heights[i + 1]), surface) for i in range(count)]
    if rng.random() < 0.5:
        parts.append(cone(radii[-1] * 0.85, radii[-1] * 0.85, (0.99, 1.003), paint(rng)))
    if rng.random() < 0.3:
        parts.append(ball((0.16, 0.04, 0.22), (float(radii.mean()) + 0.1, 0, 0.5), surface))
    return parts


def heap(rng: Random) -> list[Solid]:
    """Fruit, stones, bread: a few balls."""
    surface, size = paint(rng), rng.uniform(0.15, 0.45)
    shape = size * rng.uniform(0.6, 1.3, 3)
    spots = rng.normal(0, size * 1.1, (int(rng.integers(1, 8)), 2))
    return [
        ball(tuple(shape), (x, y, shape[2] * 0.95), surface if rng.random() < 0.7 else paint(rng)) for x, y in spots
    ]


def pile(rng: Random) -> list[Solid]:
    """Books, parcels, cases: boxes on top of each other."""
    parts, height = [], 0.0
    for _ in range(int(rng.integers(1, 6))):
        thick = rng.uniform(0.04, 0.4)
        part = box((rng.uniform(0.3, 1.1), rng.uniform(0.3, 0.9), thick), (0, 0, height), paint(rng))
        parts.append(replace(part, axes=turn(rng.normal(0, 0.25))))
        height += thick
    return parts


def machine(rng: Random) -> list[Solid]:
    """An engine, a bicycle, a tool: many parts of all forms crowded together."""
    main, parts = paint(rng, gloss=0.6), []
    for _ in range(int(rng.integers(6, 18))):
        at = rng.normal([0, 0, 0.45], [0.35, 0.12, 0.18])
        surface = main if rng.random() < 0.5 else paint(rng)
        form = rng.random()
        if form < 0.4:
            parts.append(
                limb(at, rng.normal([0, 0, 0.45], [0.4, 0.12, 0.22]), (rng.uniform(0.015, 0.06),) * 2, surface)
            )
        elif form < 0.7:
            parts.append(
                replace(box(tuple(rng.uniform(0.05, 0.4, 3)), tuple(at), surface), axes=turn(0, rng.normal(0, 0.4)))
            )
        else:
            parts.append(ball(tuple(rng.uniform(0.04, 0.22, 3)), tuple(at), surface))
    for x in (-0.55, 0.55):
        if rng.random() < 0.7:
            tyre = paint(rng, np.full(3, 0.03), "plain")
            parts.append(limb(np.array([x, -0.05, 0.3]), np.array([x, 0.05, 0.3]), (0.3, 0.3), tyre))
            parts.append(limb(np.array([x, -0.06, 0.3]), np.array([x, 0.06, 0.3]), (0.22, 0.22), paint(rng)))
    return parts


def furniture(rng: Random) -> list[Solid]:
    """A table, chair, shelf or bed."""
    kind, wide, deep, surface = int(rng.integers(4)), rng.uniform(0.5, 1.6), rng.uniform(0.4, 0.9), paint(rng)
    if kind == 0:
        top = rng.uniform(0.4, 0.8)
        legs = [box((0.06, 0.06, top), (x * wide / 2.2, y * deep / 2.2, 0), surface) for x in (-1, 1) for y in (-1, 1)]
        return [box((wide, deep, 0.06), (0, 0, top), surface), *legs]
    if kind == 1:
        seat, arm = rng.uniform(0.3, 0.5), paint(rng)
        arms = [box((0.14, deep, seat * 1.5), (x * wide / 2, 0, 0), arm) for x in (-1, 1)]
        return [
            box((wide, deep, seat), (0, 0, 0), surface),
            box((wide, 0.12, rng.uniform(0.6, 1.1)), (0, deep / 2, 0), surface),
            *arms,
        ]
    if kind == 2:
        boards = [box((wide, deep / 2, 0.04), (0, 0, z), surface) for z in np.linspace(0.05, 1.6, 5)]
        goods = [
            box(
                (rng.uniform(0.05, 0.3), deep / 3, rng.uniform(0.1, 0.3)),
                (rng.uniform(-0.4, 0.4) * wide, 0, z + 0.04),
                paint(rng),
            )
            for z in np.linspace(0.05, 1.2, 4)
            for _ in range(2)
        ]
        return [*boards, *goods, box((wide, 0.03, 1.65), (0, deep / 4, 0), paint(rng))]
    cover = paint(rng)
    return [
        box((wide, deep * 1.6, rng.uniform(0.3, 0.6)), (0, 0, 0), cover, "fabric"),
        box((wide, 0.1, rng.uniform(0.7, 1.2)), (0, deep * 0.8, 0), surface),
    ]


def post(rng: Random) -> list[Solid]:
    """Something thin and upright: a lamp, pole, tower, rocket, column."""
    radius, surface = rng.uniform(0.015, 0.14), paint(rng)
    parts = [
        cone(radius * 1.5, radius * 1.2, (0, 0.06), surface),
        cone(radius, radius * rng.uniform(0.4, 1), (0.06, 1), surface),
    ]
    if rng.random() < 0.5:
        parts.append(ball((rng.uniform(0.04, 0.15),) * 3, (0, 0, 1), paint(rng, glow=float(rng.choice([0, 0, 4])))))
    if rng.random() < 0.3:
        parts.append(
            box(
                (rng.uniform(0.3, 1), 0.02, rng.uniform(0.2, 0.5)),
                (0.3, 0, rng.uniform(0.5, 0.8)),
                paint(rng),
                "fabric",
            )
        )
    return parts


def tree(rng: Random) -> list[Solid]:
    """A trunk with a crown of balls with holes, or a fir, or bare."""
    bark, leaf = paint(rng, np.array([0.15, 0.1, 0.06]) * rng.uniform(0.4, 2), "grain"), green(rng)
    wide, form = rng.uniform(0.015, 0.06), rng.random()
    parts = [limb(np.zeros(3), np.array([rng.normal(0, 0.04), 0, 0.9]), (wide, wide * 0.5), bark)]
    crown = paint(rng, leaf, "noise", scale=rng.uniform(4, 12), holes=rng.uniform(0.25, 0.5))
    if form < 0.3:
        low = rng.uniform(0.08, 0.3)
        return [
            *parts,
            *(cone(0.3 * (1.1 - z), 0.02, (z, z + 0.35), crown, "foliage") for z in np.linspace(low, 0.65, 4)),
        ]
    if form < 0.45:
        tips = rng.normal([0, 0, 0.9], [0.25, 0.25, 0.15], (7, 3))
        return parts + [
            limb(np.array([0, 0, z]), tip, (wide * 0.5, wide * 0.15), bark)
            for z, tip in zip(np.linspace(0.3, 0.8, 7), tips, strict=True)
        ]
    spots = rng.normal([0, 0, 0.72], [0.16, 0.16, 0.12], (int(rng.integers(3, 8)), 3))
    return parts + [ball(tuple(rng.uniform(0.1, 0.26, 3)), tuple(spot), crown, "foliage") for spot in spots]


def leaves(rng: Random) -> list[Solid]:
    """Grass, a bush, a pot plant, flowers."""
    leaf = paint(rng, green(rng), "grain", scale=4.0)
    parts: list[Solid] = []
    if rng.random() < 0.4:
        return [
            ball(
                (0.5, 0.5, 0.5),
                (0, 0, 0.4),
                paint(rng, green(rng), "noise", scale=6.0, holes=rng.uniform(0.2, 0.5)),
                "foliage",
            )
        ]
    for _ in range(int(rng.integers(6, 20))):
        tip = rng.normal([0, 0, 0.8], [0.35, 0.35, 0.2])
        parts.append(
            limb(np.append(rng.normal(0, 0.06, 2), 0.0), tip, (rng.uniform(0.015, 0.05), 0.006), leaf, "foliage")
        )
        if rng.random() < 0.2:
            parts.append(ball((0.06, 0.06, 0.05), tuple(tip), paint(rng), "foliage"))
    return parts


def vehicle(rng: Random) -> list[Solid]:
    """A car, van or cart."""
    long, high, body = rng.uniform(0.9, 1.5), rng.uniform(0.18, 0.35), paint(rng, gloss=0.7)
    cabin = box(
        (long * rng.uniform(0.4, 0.9), 0.4, high * 0.9),
        (rng.normal(0, 0.08), 0, 0.12 + high),
        paint(rng, np.full(3, 0.05), "windows"),
    )
    tyre = paint(rng, np.full(3, 0.02), "plain")
    wheels = [
        limb(np.array([x * long, y - 0.04, 0.12]), np.array([x * long, y + 0.04, 0.12]), (0.12, 0.12), tyre)
        for x in (-0.33, 0.33)
        for y in (-0.22, 0.22)
    ]
    return [box((long, 0.45, high), (0, 0, 0.12), body), cabin, *wheels]


def house(rng: Random) -> list[Solid]:
    """A building with rows of windows, sometimes with a roof or a lower neighbour."""
    wide, deep, high = rng.uniform(0.4, 0.9), rng.uniform(0.4, 0.8), rng.uniform(0.6, 1.6)
    dark = float(rng.choice([0, 0, 1.5]))
    front = Surface(
        colour(rng),
        rng.uniform(0.02, 1, 3) if dark else np.full(3, rng.uniform(0.02, 0.3)),
        "windows",
        rng.uniform(4, 11),
        glow=dark * 0.3,
    )
    parts = [box((wide, deep, high), (0, 0, 0), front)]
    if rng.random() < 0.4:
        parts.append(cone(wide * 0.7, 0.05, (high, high + rng.uniform(0.2, 0.5)), paint(rng)))
    if rng.random() < 0.4:
        parts.append(box((wide, deep, high * rng.uniform(0.3, 0.8)), (wide * 0.9, 0, 0), paint(rng, None, "bricks")))
    return parts


SMALL = (vessel, vessel, heap, pile, leaves, machine)
FURNISHINGS = (furniture, furniture, furniture, machine, pile, leaves, post)
