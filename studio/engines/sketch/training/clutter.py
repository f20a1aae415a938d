"""What fills real places: racks and their goods, benches, ladders, railings, cycles, cables, rubbish. See ``props``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.engines.sketch.training.props import Prop, Random, ball, box, limb, paint, turn
from studio.engines.sketch.training.rays import Solid, Surface

__all__ = ["AGAINST_WALLS", "STREET_CLUTTER", "cycle"]


def _goods(rng: Random, x: float, z: float, room: float) -> Solid:
    """A box, tin, bag or ball that stands at x, z with so much room above it."""
    high = rng.uniform(0.3, 0.95) * room
    wide = rng.uniform(0.08, 0.3)
    deep = rng.uniform(0.08, 0.3)
    surface = paint(rng)
    form = rng.random()
    if form < 0.65:
        return replace(box((wide, deep, high), (x, rng.normal(0, 0.05), z), surface), axes=turn(rng.normal(0, 0.15)))
    if form < 0.85:
        return limb(np.array([x, 0, z]), np.array([x, 0, z + high]), (wide / 2,) * 2, surface)
    return ball((wide / 2, deep / 2, high / 2), (x, 0, z + high / 2), surface, "fabric")


def rack(rng: Random) -> list[Solid]:
    """A shelf full of goods, open at the back or not."""
    wide, tall, count = rng.uniform(0.8, 2.2), rng.uniform(1.2, 2.0), int(rng.integers(2, 6))
    surface, room = paint(rng), tall / count
    parts = [box((0.05, 0.4, tall), (side * wide / 2, 0, 0), surface) for side in (-1, 1)]
    if rng.random() < 0.5:
        parts.append(box((wide, 0.03, tall), (0, 0.2, 0), paint(rng)))
    for level in range(count):
        z = level * room + 0.05
        parts.append(box((wide, 0.4, 0.03), (0, 0, z - 0.03), surface))
        spots = rng.uniform(-0.45, 0.45, int(rng.integers(1, 6))) * wide
        parts += [_goods(rng, float(x), z, room * 0.9) for x in spots]
    return parts


def bench(rng: Random) -> list[Solid]:
    """A bench or chair of slats, through which one sees."""
    wide, seat, surface = rng.uniform(0.5, 1.8), rng.uniform(0.35, 0.5), paint(rng, None, "grain")
    parts = [box((wide, 0.08, 0.03), (0, y, seat), surface) for y in np.linspace(-0.2, 0.2, 4)]
    upright = rng.random() < 0.5
    count = int(rng.integers(3, 9))
    if upright:
        parts += [box((0.05, 0.03, 0.45), (x, 0.24, seat), surface) for x in np.linspace(-0.48, 0.48, count) * wide]
    else:
        parts += [box((wide, 0.03, 0.06), (0, 0.24, seat + z), surface) for z in np.linspace(0.1, 0.45, 4)]
    legs = [box((0.06, 0.06, seat), (x * wide / 2.1, y, 0), surface) for x in (-1, 1) for y in (-0.2, 0.2)]
    return [*parts, *legs, box((wide, 0.05, 0.06), (0, 0.24, seat + 0.45), surface)]


def ladder(rng: Random) -> list[Solid]:
    """A ladder, leaning."""
    surface, lean, tall = paint(rng), rng.uniform(0.05, 0.4), rng.uniform(1.2, 2.2)
    ends = [(np.array([x, -lean, 0.0]), np.array([x, lean, tall])) for x in (-0.2, 0.2)]
    rungs = [
        limb(
            ends[0][0] + (ends[0][1] - ends[0][0]) * part,
            ends[1][0] + (ends[1][1] - ends[1][0]) * part,
            (0.02, 0.02),
            surface,
        )
        for part in np.linspace(0.1, 0.9, 6)
    ]
    return [*(limb(low, high, (0.03, 0.03), surface) for low, high in ends), *rungs]


def railing(rng: Random) -> list[Solid]:
    """A fence, a grid or a balustrade."""
    wide, tall, surface = rng.uniform(1.5, 4), rng.uniform(0.6, 1.2), paint(rng)
    posts = np.linspace(-wide / 2, wide / 2, int(rng.integers(4, 16)))
    thick = rng.uniform(0.02, 0.09)
    rails = np.linspace(0.15, 1, int(rng.integers(2, 4))) * tall
    return [
        *(box((thick, thick, tall), (float(x), 0, 0), surface) for x in posts),
        *(box((wide, thick * 0.8, 0.04), (0, 0, float(z) - 0.04), surface) for z in rails),
    ]


def _wheel(rng: Random, x: float, radius: float, tyre: Surface, metal: Surface) -> list[Solid]:
    """A tyre of straight pieces, spokes and a hub: one sees through it."""
    angles = np.linspace(0, 2 * np.pi, 11)
    rim = np.stack([x + radius * np.cos(angles), np.zeros(11), radius * (1 + np.sin(angles))], axis=1)
    thick = radius * rng.uniform(0.08, 0.22)
    parts = [limb(rim[i], rim[i + 1], (thick, thick), tyre) for i in range(10)]
    centre = np.array([x, 0, radius])
    spokes = int(rng.choice([3, 5, 8]))
    parts += [limb(centre, rim[i], (0.012, 0.012), metal) for i in range(0, 10, max(1, 10 // spokes))]
    axle = np.array([0, 0.05, 0])
    return [*parts, limb(centre - axle, centre + axle, (radius * rng.uniform(0.1, 0.5),) * 2, metal)]


def cycle(rng: Random) -> list[Solid]:
    """A bicycle, a motorcycle, a pram: two wheels, a frame, a saddle, bars, perhaps an engine and a tank."""
    radius, half = rng.uniform(0.24, 0.34), rng.uniform(0.42, 0.6)
    frame, metal, tyre = (
        paint(rng, gloss=0.6),
        paint(rng, np.full(3, rng.uniform(0.2, 0.7)), gloss=0.9),
        paint(rng, np.full(3, 0.025), "plain"),
    )
    front, rear = np.array([half, 0, radius]), np.array([-half, 0, radius])
    seat, head, crank = np.array([-0.2, 0, 0.75]), np.array([half - 0.15, 0, 0.82]), np.array([-0.05, 0, radius])
    thick = rng.uniform(0.015, 0.05)
    parts = [*_wheel(rng, half, radius, tyre, metal), *_wheel(rng, -half, radius, tyre, metal)]
    for one, other in ((front, head), (head, seat), (seat, crank), (crank, head), (rear, crank), (rear, seat)):
        parts.append(limb(one, other, (thick, thick), frame))
    parts.append(ball((0.16, 0.08, 0.04), tuple(seat + np.array([0, 0, 0.05])), paint(rng, np.full(3, 0.04))))
    bar = head + np.array([-0.05, 0, rng.uniform(0.05, 0.2)])
    grip = np.array([0, 0.25, 0])
    parts += [limb(head, bar, (0.02, 0.02), metal), limb(bar - grip, bar + grip, (0.018,) * 2, metal)]
    if rng.random() < 0.65:  # a motor
        parts.append(ball((0.24, 0.13, 0.1), (0.08, 0, 0.78), frame))
        parts.append(ball((rng.uniform(0.2, 0.35), 0.13, 0.08), (-0.3, 0, 0.72), paint(rng, np.full(3, 0.04))))
        parts.append(ball((0.07, 0.08, 0.08), tuple(head + np.array([0.08, 0, 0])), metal))
        for _ in range(int(rng.integers(4, 10))):
            at = rng.normal([0.0, 0, 0.42], [0.14, 0.07, 0.1])
            parts.append(box(tuple(rng.uniform(0.06, 0.24, 3)), tuple(at - [0, 0, 0.06]), paint(rng, gloss=0.7)))
        parts.append(limb(np.array([0.0, -0.14, 0.28]), np.array([-half - 0.1, -0.16, 0.33]), (0.04, 0.05), metal))
    return parts


def cartons(rng: Random) -> list[Solid]:
    """Boxes, crates and bags heaped beside and on each other."""
    brown, parts = np.array([0.45, 0.28, 0.14]) * rng.uniform(0.5, 1.5), []
    for _ in range(int(rng.integers(3, 9))):
        size = tuple(rng.uniform(0.15, 0.5, 3))
        at = (rng.normal(0, 0.4), rng.normal(0, 0.15), float(rng.choice([0, 0, 0.3, 0.55])))
        part = box(size, at, paint(rng, brown if rng.random() < 0.5 else None))
        parts.append(replace(part, axes=turn(rng.normal(0, 0.5))))
    return parts


def hangings(rng: Random) -> list[Solid]:
    """Tools, pipes, cables and pictures on a wall, or a curtain before it."""
    parts = [
        box(
            (rng.uniform(0.04, 0.5), 0.03, rng.uniform(0.05, 0.6)),
            (rng.normal(0, 0.6), 0, rng.uniform(0.6, 1.6)),
            paint(rng),
        )
        for _ in range(int(rng.integers(2, 9)))
    ]
    for _ in range(int(rng.integers(0, 4))):
        x, z = rng.normal(0, 0.7), rng.uniform(0.8, 2.2)
        along = rng.random() < 0.5
        end = np.array([x + 1.5, 0, z + rng.normal(0, 0.1)]) if along else np.array([x, 0, 0.0])
        parts.append(limb(np.array([x, 0, z]), end, (rng.uniform(0.01, 0.05),) * 2, paint(rng)))
    return parts


def rubbish(rng: Random) -> list[Solid]:
    """Small things strewn on the ground: stones, tins, planks, leaves."""
    parts = []
    for _ in range(int(rng.integers(4, 14))):
        at, size = (*rng.normal(0, 0.6, 2), 0.0), rng.uniform(0.03, 0.2, 3)
        if rng.random() < 0.5:
            parts.append(replace(box(tuple(size * [2, 1, 0.6]), at, paint(rng)), axes=turn(rng.uniform(0, 6.3))))
        else:
            parts.append(ball(tuple(size), (at[0], at[1], size[2] * 0.8), paint(rng)))
    return parts


AGAINST_WALLS: tuple[Prop, ...] = (rack, rack, bench, ladder, cartons, hangings, cycle)
STREET_CLUTTER: tuple[Prop, ...] = (railing, bench, cycle, cycle, cartons, rubbish, rack)
