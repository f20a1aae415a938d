"""Staging for sets: light, ground, water, walls, people and things scattered, and the camera's place. See ``sets``."""

from __future__ import annotations

import numpy as np

from studio.engines.sketch.training import bodies, props
from studio.engines.sketch.training.props import box, paint, placed
from studio.engines.sketch.training.rays import Lamp, Set, Sky, Surface

__all__ = ["Random", "daylight", "ground", "lamplight", "look", "people", "scatter", "sky", "wall", "water"]

Random = np.random.Generator


def sky(rng: Random, strength: float) -> Sky:
    """A clear, overcast or cloudy sky of some brightness."""
    low, high = rng.uniform([0.5, 0.4, 0.3], [1.0, 0.9, 0.9]), rng.uniform([0.08, 0.2, 0.4], [0.5, 0.6, 1.0])
    if rng.random() < 0.3:
        low = high = np.full(3, rng.uniform(0.3, 1)) * rng.uniform(0.9, 1.1, 3)
    clouds = float(rng.uniform(0.2, 0.7)) if rng.random() < 0.6 else 0.0
    return Sky(low * strength, high * strength, clouds, float(rng.uniform(0, 99)))


def daylight(rng: Random, scene: Set) -> None:
    """Sun and sky: clear, overcast, low and golden."""
    scene.sky = sky(rng, float(rng.uniform(0.5, 1.2)))
    if rng.random() < 0.7:
        angle, height = rng.uniform(0, 2 * np.pi), rng.uniform(0.12, 1.4)
        at = np.array([np.cos(angle) * np.cos(height), np.sin(angle) * np.cos(height), np.sin(height)])
        warm = np.clip(1 - height / 0.6, 0, 1)
        colour = np.array([1, 0.95 - 0.4 * warm, 0.9 - 0.65 * warm]) * rng.uniform(0.8, 3)
        scene.lamps.append(Lamp(at, colour, sun=True))


def lamplight(rng: Random, scene: Set, reach: float, dark: float = 0.25) -> None:
    """One to three lamps in a dim surrounding; now and then coloured gels."""
    scene.sky = sky(rng, float(rng.uniform(0.02, dark)))
    gels = rng.random() < 0.15
    for _ in range(int(rng.integers(1, 4))):
        angle, height = rng.uniform(0, 2 * np.pi), rng.uniform(0.3, 1.3)
        at = reach * np.array([np.cos(angle) * np.cos(height), np.sin(angle) * np.cos(height), np.sin(height)])
        colour = rng.uniform(0, 1, 3) ** 2 if gels else np.array([1, rng.uniform(0.7, 1), rng.uniform(0.4, 1)])
        scene.lamps.append(Lamp(at + np.array([0, 0, 0.3]), colour * reach**2 * rng.uniform(0.3, 1.5)))


def ground(rng: Random, scene: Set, surface: Surface | None = None, high: float = 0.0) -> None:
    """Lay the ground, at some height, with a pattern."""
    pattern = str(rng.choice(["noise", "noise", "tiles", "grain", "plain", "spots", "bricks", "check"]))
    surface = surface or paint(rng, None, pattern, scale=float(np.exp(rng.uniform(-0.7, 2))))
    scene.solids.append(box((600, 600, 0.2), (0, 0, high - 0.2), surface, "ground"))


def water(rng: Random, scene: Set, high: float) -> None:
    """Fill everything up to some height with water."""
    deep = rng.uniform([0.0, 0.03, 0.05], [0.08, 0.2, 0.25])
    surface = Surface(
        deep, deep * 1.6, "noise", float(rng.uniform(0.5, 3)), gloss=0.5, mirror=float(rng.uniform(0.4, 1))
    )
    scene.solids.append(box((600, 600, 0.2), (0, 0, high - 0.2), surface, "water"))


def wall(rng: Random, scene: Set, back: float, surface: Surface | None = None) -> None:
    """A wall behind everything, now and then with pictures, windows or a curtain on it."""
    scene.solids.append(box((60, 0.2, 20), (0, back, -5), surface or paint(rng)))
    for _ in range(int(rng.integers(0, 4)) if rng.random() < 0.5 else 0):
        size = (rng.uniform(0.2, 1.2), 0.05, rng.uniform(0.2, 1.2))
        glow = float(rng.uniform(0.5, 3)) if rng.random() < 0.3 else 0.0
        scene.solids.append(box(size, (rng.normal(0, 1.5), back - 0.13, rng.uniform(0, 1.8)), paint(rng, glow=glow)))


def people(rng: Random, scene: Set, spots: list[tuple[float, float]]) -> None:
    """Put people on spots, most of them towards the camera."""
    for x, y in spots:
        angle = float(rng.normal(0, 0.6) if rng.random() < 0.6 else rng.uniform(0, 2 * np.pi))
        scene.solids += placed(bodies.person(rng), (x, y, 0), float(rng.uniform(1.5, 1.9)), angle)


def scatter(
    rng: Random, scene: Set, things: tuple[props.Prop, ...], spots: list[tuple[float, float]], tall: tuple[float, float]
) -> None:
    """Put things on spots, each between two heights; trees and houses three times that."""
    for x, y in spots:
        thing = things[int(rng.integers(len(things)))]
        scale = float(rng.uniform(*tall)) * (3.0 if thing in (props.tree, props.house) else 1.0)
        scene.solids += placed(thing(rng), (x, y, 0), scale, float(rng.uniform(0, 2 * np.pi)))


def look(
    rng: Random, scene: Set, eye: tuple[float, ...], aim: tuple[float, ...], lens: tuple[float, float], blur: float
) -> None:
    """Place the camera; `blur` is the chance of a wide aperture. The horizon tilts a little."""
    scene.eye, scene.aim = np.array(eye, float), np.array(aim, float)
    scene.lens = float(rng.uniform(*lens))
    scene.roll = float(rng.normal(0, 0.03) if rng.random() < 0.8 else rng.normal(0, 0.12))
    if rng.random() < blur:
        scene.aperture = float(np.exp(rng.uniform(-5, -3))) * float(np.linalg.norm(scene.aim - scene.eye))
