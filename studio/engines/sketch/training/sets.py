"""Sets for the ray caster: rooms, tables, streets, landscapes, portraits, close-ups, with light and a camera.

    python -m studio.engines.sketch.training.sets OUT --count 30000 --seed 0

needs nothing but numpy and OpenCV. Sets are numbered; each is made from its own number and the seed, so a run can be
stopped, gone on with and shared out. ``samples`` says what is in a shard.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np

from studio.engines.sketch.training import bodies, clutter, interiors, props
from studio.engines.sketch.training.props import box, paint, placed
from studio.engines.sketch.training.rays import Lamp, Set, Solid, Surface, render
from studio.engines.sketch.training.samples import SIZE, Planes, develop, keep, shows_depth, write_shards
from studio.engines.sketch.training.staging import (
    Random,
    daylight,
    ground,
    lamplight,
    look,
    people,
    scatter,
    sky,
    wall,
    water,
)

__all__ = ["INTERIORS", "SETS", "make"]

SHARD = 200

Stage = Callable[[Random, Set], None]
"""Builds a set and places its camera."""


def tabletop(rng: Random, scene: Set) -> None:
    """Small things on a table before a wall or a dim room, from the side or from above."""
    surface = paint(rng, None, str(rng.choice(["plain", "grain", "noise", "check", "tiles"])))
    scene.solids.append(box((rng.uniform(3, 9), rng.uniform(2, 5), 0.1), (0, 0.5, -0.1), surface, "ground"))
    if rng.random() < 0.75:
        wall(rng, scene, rng.uniform(1.2, 6))
    for i in range(int(rng.integers(1, 10))):
        at = (0, 0, 0) if i == 0 else (rng.normal(0, 1.2), rng.uniform(-0.8, 2.2), 0)
        thing = props.SMALL[int(rng.integers(len(props.SMALL)))]
        scene.solids += placed(thing(rng), at, float(rng.uniform(0.25, 1.0)), float(rng.uniform(0, 6.3)))
    if rng.random() < 0.15:
        flame = Surface(np.array([1, 0.5, 0.1]), np.array([1, 0.8, 0.4]), "noise", 3.0, glow=6.0)
        spot = np.array([rng.normal(0, 0.5), rng.uniform(-0.3, 0.6), 0.4])
        scene.solids.append(Solid("ball", spot, np.array([0.04, 0.04, 0.12]), flame, "flame"))
    lamplight(rng, scene, 4, 0.7)
    near, height = rng.uniform(1.4, 4.5), rng.uniform(0.1, 2.2)
    if rng.random() < 0.12:
        height, near = near * 1.5, near * 0.3  # from above
    look(
        rng, scene, (rng.normal(0, 0.6), -near, height), (rng.normal(0, 0.2), 0, rng.uniform(0.1, 0.4)), (0.9, 2.4), 0.6
    )


def room(rng: Random, scene: Set) -> None:
    """Floor, walls, ceiling, furniture, perhaps somebody, windows."""
    wide, deep, high = rng.uniform(3, 8), rng.uniform(3, 10), rng.uniform(2.3, 3.6)
    back = paint(rng)
    other = back if rng.random() < 0.7 else paint(rng)
    ground(rng, scene)
    wall(rng, scene, deep, back)
    for side in (-1, 1):
        scene.solids.append(box((0.1, deep * 2 + 8, high), (side * wide / 2, 0, 0), other))
    if rng.random() < 0.8:
        scene.solids.append(box((wide, deep * 2 + 8, 0.1), (0, 0, high), paint(rng, np.full(3, rng.uniform(0.3, 0.9)))))
    for _ in range(int(rng.integers(2, 9))):
        at = (rng.choice([-1, 1]) * rng.uniform(0.1, 0.42) * wide, rng.uniform(0.1, 0.95) * deep, 0)
        things = props.FURNISHINGS if rng.random() < 0.7 else clutter.AGAINST_WALLS
        thing = things[int(rng.integers(len(things)))]
        scene.solids += placed(thing(rng), at, float(rng.uniform(0.8, 1.5)), float(rng.choice([0, 1.57, 3.14, 0.4])))
    people(rng, scene, [(rng.normal(0, 0.7), rng.uniform(0.1, 0.8) * deep) for _ in range(int(rng.integers(0, 3)))])
    lamplight(rng, scene, 2.0, 0.6)
    scene.lamps.append(Lamp(np.array([0, deep * 0.4, high - 0.2]), np.array([1, 0.9, 0.75]) * rng.uniform(0.5, 4)))
    eye = (rng.normal(0, wide * 0.12), -deep * rng.uniform(0.1, 0.5), rng.uniform(0.8, 2))
    look(rng, scene, eye, (rng.normal(0, 0.6), deep * 0.6, rng.uniform(0.5, 1.5)), (0.55, 1.3), 0.1)


def workshop(rng: Random, scene: Set) -> None:
    """A big thing in the middle of a floor, clutter around and behind it: a garage, a stall, a stage, a museum."""
    ground(rng, scene)
    back = rng.uniform(1.2, 6)
    if rng.random() < 0.8:
        wall(rng, scene, back)
    main = (props.machine, props.machine, props.vehicle, props.furniture, bodies.person, bodies.animal, props.heap)
    thing = main[int(rng.integers(len(main)))]
    scene.solids += placed(
        thing(rng), (rng.normal(0, 0.2), 0, 0), float(rng.uniform(1, 1.8)), float(rng.normal(0, 0.8))
    )
    for _ in range(int(rng.integers(3, 14))):
        clutter = (*props.FURNISHINGS, *props.SMALL)
        at = (rng.normal(0, 1.6), rng.uniform(0.3, 1) * back, 0)
        scene.solids += placed(
            clutter[int(rng.integers(len(clutter)))](rng), at, float(rng.uniform(0.4, 1.6)), float(rng.uniform(0, 6.3))
        )
    (daylight if rng.random() < 0.3 else lambda r, s: lamplight(r, s, 4, 0.7))(rng, scene)
    near = rng.uniform(1.6, 4)
    look(
        rng,
        scene,
        (rng.normal(0, 0.7), -near, rng.uniform(0.3, 2)),
        (rng.normal(0, 0.2), 0, rng.uniform(0.3, 0.8)),
        (0.7, 1.5),
        0.25,
    )


def storeroom(rng: Random, scene: Set) -> None:
    """A garage, cellar, shop, stable or kitchen: one thing in front, walls full of goods, a floor with things on it."""
    ground(rng, scene, paint(rng, np.full(3, rng.uniform(0.08, 0.6))) if rng.random() < 0.6 else None)
    back, wide = rng.uniform(0.8, 4.5), rng.uniform(2, 6)
    wall(rng, scene, back)
    for side in (-1, 1):
        if rng.random() < 0.5:
            scene.solids.append(box((0.1, 30, 6), (side * (wide / 2 + 0.6), 0, 0), paint(rng)))
    for x in np.arange(-wide / 2, wide / 2, rng.uniform(0.7, 1.3)):
        scatter(rng, scene, clutter.AGAINST_WALLS, [(float(x), back - rng.uniform(0.3, 0.7))], (0.7, 1.5))
    things = (clutter.cycle, clutter.cycle, props.machine, props.vehicle, bodies.person, props.furniture, clutter.rack)
    for i in range(int(rng.integers(1, 4))):
        at = (rng.normal(0, 0.2 if i == 0 else 1.2), rng.uniform(-0.3, 0.7) * back * (i > 0), 0.0)
        thing = things[int(rng.integers(len(things)))]
        tall = float(rng.uniform(1.5, 1.9) if thing is bodies.person else rng.uniform(0.9, 1.6))
        scene.solids += placed(thing(rng), at, tall, float(rng.normal(0, 0.5)))
    scatter(rng, scene, (clutter.rubbish, clutter.cartons), [(rng.normal(0, 1), rng.uniform(0, 1) * back)], (0.4, 1))
    lamplight(rng, scene, 3, 0.8)
    eye = (rng.normal(0, 0.5), -rng.uniform(1.1, 3), rng.uniform(0.4, 1.7))
    look(rng, scene, eye, (rng.normal(0, 0.15), 0, rng.uniform(0.35, 0.8)), (0.8, 1.5), 0.15)


def street(rng: Random, scene: Set) -> None:
    """A street between houses, with people, cars, lamps and trees, by day or at night."""
    half, long = rng.uniform(2, 7), rng.uniform(15, 50)
    ground(rng, scene, paint(rng, np.full(3, rng.uniform(0.03, 0.4))))
    for side in (-1, 1):
        y = -4.0 if rng.random() < 0.9 else long
        while y < long:
            tall, step = rng.uniform(4, 13), rng.uniform(3, 7)
            scene.solids += placed(props.house(rng), (side * (half + tall * 0.3), y + step / 2, 0), tall, side * 1.57)
            y += step
    if rng.random() < 0.5:
        scene.solids += placed(props.house(rng), (rng.normal(0, 3), long, 0), float(rng.uniform(8, 16)), 0.0)
    ahead = [(rng.uniform(-0.9, 0.9) * half, 2 + long * rng.random() ** 2) for _ in range(int(rng.integers(0, 9)))]
    people(rng, scene, ahead)
    for _ in range(int(rng.integers(0, 4))):
        at = (rng.uniform(-0.7, 0.7) * half, rng.uniform(4, long), 0)
        scene.solids += placed(props.vehicle(rng), at, float(rng.uniform(2.5, 4)), float(rng.choice([1.57, 1.4, 4.7])))
    for i in range(int(rng.integers(0, 7))):
        at = ((-1) ** i * half * 0.9, 2 + i * rng.uniform(2, 5), 0)
        thing = props.post if rng.random() < 0.5 else props.tree
        scene.solids += placed(thing(rng), at, float(rng.uniform(3, 6)), float(rng.uniform(0, 6.3)))
    kerb = [
        (rng.choice([-1, 1]) * half * rng.uniform(0.6, 0.9), rng.uniform(1, 15)) for _ in range(int(rng.integers(5)))
    ]
    scatter(rng, scene, clutter.STREET_CLUTTER, kerb, (0.8, 1.3))
    if rng.random() < 0.35:
        lamplight(rng, scene, 9, 0.06)
        for _ in range(int(rng.integers(1, 6))):
            sign = paint(rng, rng.uniform(0, 1, 3) ** 3, glow=float(rng.uniform(3, 10)))
            spot = (rng.choice([-1, 1]) * half * 0.95, rng.uniform(2, long * 0.7), rng.uniform(2, 4))
            scene.solids.append(box((rng.uniform(0.2, 1.5), 0.1, rng.uniform(0.2, 1.5)), spot, sign))
            scene.lamps.append(Lamp(np.array(spot) - [0.3 * np.sign(spot[0]), 0.4, 0], sign.first * 3))
    else:
        daylight(rng, scene)
    height = rng.uniform(0.6, 2.5) if rng.random() < 0.85 else 9
    look(
        rng,
        scene,
        (rng.normal(0, half * 0.3), -1, height),
        (rng.normal(0, 1.5), long * 0.6, rng.uniform(0.8, 4)),
        (0.6, 1.7),
        0.1,
    )


def landscape(rng: Random, scene: Set) -> None:
    """Hills, trees, rocks, perhaps a shore; animals, people, a house or a tower in it."""
    land = paint(rng, props.green(rng) if rng.random() < 0.6 else None, "noise", scale=float(rng.uniform(0.3, 4)))
    if rng.random() < 0.4:
        water(rng, scene, 0.0)
        if rng.random() < 0.7:  # a beach or bank before the water
            scene.solids.append(
                Solid(
                    "ball",
                    np.array([rng.normal(0, 6), -2.0, -0.3]),
                    np.array([40, rng.uniform(4, 9), rng.uniform(0.4, 0.9)]),
                    land,
                    "ground",
                )
            )
    else:
        ground(rng, scene, land)
    for _ in range(int(rng.integers(0, 9))):
        size = rng.uniform(8, 60)
        at, half = (
            np.array([rng.normal(0, 60), rng.uniform(40, 180), -size * 0.1]),
            size * np.array([rng.uniform(0.8, 3), 1, rng.uniform(0.15, 0.6)]),
        )
        scene.solids.append(
            Solid("ball", at, half, land if rng.random() < 0.6 else paint(rng, props.green(rng), "noise"), "ground")
        )
    far = [(rng.normal(0, 0.45) * y, y) for y in 3 + 40 * rng.random(int(rng.integers(0, 14))) ** 1.5]
    scatter(rng, scene, (props.tree, props.tree, props.tree, props.heap), far, (0.6, 2.5))
    middle = [(rng.normal(0, 1.6), rng.uniform(2.5, 14)) for _ in range(int(rng.integers(0, 5)))]
    scatter(rng, scene, bodies.OUTDOORS, middle, (1.0, 2.5))
    scatter(
        rng,
        scene,
        (props.leaves,),
        [(rng.normal(0, 1.2), rng.uniform(0, 4)) for _ in range(int(rng.integers(0, 5)))],
        (0.3, 0.9),
    )
    if rng.random() < 0.2:
        scene.solids += placed(
            props.post(rng), (rng.normal(0, 4), rng.uniform(15, 40), 0), float(rng.uniform(8, 25)), 0.0
        )
    daylight(rng, scene)
    look(rng, scene, (0, -2, rng.uniform(0.5, 3)), (rng.normal(0, 2), 25, rng.uniform(-2, 5)), (0.6, 2.0), 0.15)


def forest(rng: Random, scene: Set) -> None:
    """Many trunks along a path, bushes between them."""
    ground(rng, scene, paint(rng, props.green(rng) * rng.uniform(0.4, 1), "noise", scale=rng.uniform(1, 5)))
    path = paint(rng, np.array([0.35, 0.27, 0.18]) * rng.uniform(0.4, 1.6), "noise")
    if rng.random() < 0.7:
        scene.solids.append(box((rng.uniform(0.8, 2.5), 120, 0.02), (rng.normal(0, 0.5), 50, 0), path, "ground"))
    for _ in range(int(rng.integers(10, 26))):
        y = 1 + 30 * rng.random() ** 1.3
        at = (float(rng.choice([-1, 1]) * (rng.uniform(1, 1.8) + 0.25 * y * rng.random())), y, 0)
        scene.solids += placed(props.tree(rng)[:12], at, float(rng.uniform(4, 10)), float(rng.uniform(0, 6.3)))
    bushes = [(rng.normal(0, 2.5), rng.uniform(1, 14)) for _ in range(int(rng.integers(2, 9)))]
    scatter(rng, scene, (props.leaves, props.leaves, props.heap), bushes, (0.3, 1.0))
    people(rng, scene, [(rng.normal(0, 0.6), rng.uniform(3, 14)) for _ in range(int(rng.integers(0, 2)))])
    daylight(rng, scene)
    look(
        rng,
        scene,
        (rng.normal(0, 0.3), -1.5, rng.uniform(0.6, 2)),
        (rng.normal(0, 1), 15, rng.uniform(0.5, 3)),
        (0.6, 1.5),
        0.15,
    )


def portrait(rng: Random, scene: Set) -> None:
    """Somebody close, before a wall, a room or the open; or two, or many; or a beast's head."""
    count = 1 if rng.random() < 0.75 else int(rng.integers(2, 5))
    for i in range(count):
        turned = float(rng.normal(0, 0.45))
        at = (rng.normal(0, 0.1) + (i - (count - 1) / 2) * 0.75, i * 0.3 * rng.random(), 0.0)
        scene.solids += placed(bodies.bust(rng), at, 1.0, turned)
    if rng.random() < 0.2:
        scene.solids.append(box((4, 0.8, 1), (0, -0.75, rng.uniform(-0.85, -0.6)), paint(rng)))  # a desk before them
    if rng.random() < 0.6:
        wall(rng, scene, rng.uniform(0.5, 6))
        if rng.random() < 0.4:
            scatter(
                rng, scene, props.FURNISHINGS, [(rng.normal(0, 1.5), rng.uniform(0.6, 4)) for _ in range(4)], (0.8, 1.5)
            )
    else:
        ground(rng, scene, None, -1.0)
        spots = [(rng.normal(0, 4), rng.uniform(2, 16)) for _ in range(int(rng.integers(3, 12)))]
        scatter(rng, scene, bodies.OUTDOORS, spots, (1.0, 2.5))
    (daylight if rng.random() < 0.4 else lambda r, s: lamplight(r, s, 3, 0.6))(rng, scene)
    eye = (rng.normal(0, 0.3), -rng.uniform(0.9, 2.6), rng.uniform(0.45, 0.95))
    look(rng, scene, eye, (rng.normal(0, 0.12), 0, rng.uniform(0.45, 0.72)), (0.9, 1.7), 0.7)


def close_up(rng: Random, scene: Set) -> None:
    """A beast, a plant, a heap or a figure that fills most of the frame."""
    ground(rng, scene, paint(rng, props.green(rng), "noise") if rng.random() < 0.4 else None)
    things = (
        bodies.animal,
        bodies.animal,
        bodies.animal,
        props.leaves,
        props.tree,
        props.vehicle,
        bodies.person,
        props.vessel,
    )
    thing = things[int(rng.integers(len(things)))]
    solids = placed(thing(rng), (0, 0, 0), 1.0, float(rng.uniform(0, 6.3)))
    scene.solids += solids
    spots = [(rng.normal(0, 2.5), rng.uniform(1.2, 12)) for _ in range(int(rng.integers(0, 10)))]
    scatter(rng, scene, (*bodies.OUTDOORS, *props.FURNISHINGS), spots, (0.6, 2))
    if rng.random() < 0.4:
        wall(rng, scene, rng.uniform(1, 5))
    (daylight if rng.random() < 0.6 else lambda r, s: lamplight(r, s, 4, 0.6))(rng, scene)
    aim = np.mean([solid.centre for solid in solids], axis=0)
    if rng.random() < 0.5:
        aim = solids[min(1, len(solids) - 1)].centre  # the head
    near, away = rng.uniform(0.7, 3), rng.normal(0, 0.5)
    eye = (aim[0] + away, aim[1] - near, max(0.1, aim[2] + rng.normal(0.15, 0.35)))
    look(rng, scene, eye, tuple(aim + rng.normal(0, 0.06, 3)), (0.8, 2.0), 0.5)


SETS = (
    *(tabletop, tabletop, room, room, workshop, storeroom, storeroom, street),
    *(landscape, forest, portrait, portrait, close_up, close_up),
)


INTERIORS = (interiors.corner, interiors.corner, interiors.corridor, interiors.within_reach)

OF: dict[str, tuple[Stage, ...]] = {"sets": SETS, "interiors": INTERIORS}
"""What a run may be of, by the name of its shards."""


def make(number: int, seed: int, stages: tuple[Stage, ...] = SETS) -> Planes:
    """The sample of set `number` of a seed; a set that shows nothing but a flat thing is made anew."""
    rng = np.random.default_rng((seed, number))
    upright = bool(rng.random() < 0.3)
    width, height = SIZE[::-1] if upright else SIZE
    while True:
        scene = Set(sky(rng, 1.0))
        stages[int(rng.integers(len(stages)))](rng, scene)
        colour, depth, kind = render(scene, width, height)
        if shows_depth(depth):
            break
    grain = rng.normal(0, np.exp(rng.uniform(-6, -3)), colour.shape) * max(float(np.percentile(colour, 70)), 1e-3)
    return keep(develop(np.maximum(colour + grain, 0), depth, rng), depth, kind, upright=upright)


def main() -> None:
    """Render the shards that are not there yet."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--count", type=int, default=30_000)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--of", choices=OF, default="sets", help="interiors: rooms, corridors and hands alone")
    asked = ask.parse_args()
    shards = range(-(-asked.count // SHARD))
    write_shards(
        asked.out,
        f"{asked.of}-{asked.seed}",
        shards,
        lambda shard: [make(shard * SHARD + i, asked.seed, OF[asked.of]) for i in range(SHARD)],
    )


if __name__ == "__main__":
    main()
