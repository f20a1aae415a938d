"""Rooms as one stands in them: plain walls that run past the camera, doors, corridors, stairs, what is at arm's length.

On stereo photographs of rooms the network took pale walls for sky and found the near end of a wall as far as its far
end: it had only seen rooms from the middle, with patterned walls.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.training import bodies, clutter, props
from studio.engines.sketch.training.props import box, limb, paint, placed
from studio.engines.sketch.training.rays import Lamp, Set, Surface
from studio.engines.sketch.training.staging import Random, ground, lamplight, look

__all__ = ["corner", "corridor", "within_reach"]

Grid = NDArray[np.floating]
_PALE = 0.75
"""The chance that a wall is white or nearly so."""


def corner(rng: Random, scene: Set) -> None:
    """A furnished room, seen into a corner or along a wall."""
    wide, deep, high = rng.uniform(2.5, 6), rng.uniform(2.5, 7), rng.uniform(2.3, 3.2)
    _walls(rng, scene, wide, deep, high)
    for _ in range(int(rng.integers(1, 9))):
        things = props.FURNISHINGS if rng.random() < 0.7 else clutter.AGAINST_WALLS
        thing = things[int(rng.integers(len(things)))]
        at = (rng.uniform(-0.45, 0.45) * wide, rng.uniform(0.05, 0.95) * deep, 0.0)
        scene.solids += placed(thing(rng), at, float(rng.uniform(0.5, 1.4)), float(rng.choice([0, 1.57, 3.14, 0.5])))
    if rng.random() < 0.3:
        at = (rng.normal(0, 0.2) * wide, rng.uniform(0.3, 0.8) * deep, 0.0)
        scene.solids += placed(bodies.person(rng), at, float(rng.uniform(1.5, 1.9)), float(rng.normal(0, 0.8)))
    eye = np.array([rng.uniform(-0.42, 0.42) * wide, rng.uniform(0.04, 0.45) * deep, rng.uniform(0.6, 1.9)])
    turned, down = rng.normal(0, 0.7), rng.normal(0.15, 0.2)
    aim = eye + 2.0 * np.array([np.sin(turned), np.cos(turned), -np.tan(down)])
    look(rng, scene, tuple(eye), tuple(aim), (0.5, 1.3), 0.05)


def corridor(rng: Random, scene: Set) -> None:
    """A narrow way between two walls, with doors, perhaps stairs that lead up or a rail beside it."""
    wide, deep, high = rng.uniform(0.9, 2.4), rng.uniform(3, 14), rng.uniform(2.2, 3.2)
    _walls(rng, scene, wide, deep, high)
    if rng.random() < 0.4:
        step, rise, tread = paint(rng, None, "grain"), rng.uniform(0.14, 0.2), rng.uniform(0.22, 0.32)
        start = rng.uniform(0.8, 2)
        side = wide * rng.uniform(0.4, 1)
        for i in range(int(rng.integers(4, 13))):
            at = ((wide - side) / 2 * rng.choice([-1, 1]), start + (i + 0.5) * tread, 0.0)
            scene.solids.append(box((side, tread, (i + 1) * rise), at, step))
    if rng.random() < 0.3:
        at = (rng.choice([-1, 1]) * wide * 0.4, rng.uniform(0.8, 2.5), 0.0)
        scene.solids += placed(clutter.railing(rng), at, 1.0, float(rng.choice([0.0, 1.57])))
    for _ in range(int(rng.integers(0, 3))):
        at = (rng.choice([-1, 1]) * wide * 0.36, rng.uniform(1, deep), 0.0)
        thing = clutter.AGAINST_WALLS[int(rng.integers(len(clutter.AGAINST_WALLS)))]
        scene.solids += placed(thing(rng), at, float(rng.uniform(0.6, 1.2)), float(rng.choice([0, 1.57])))
    eye = (rng.normal(0, 0.15) * wide, rng.uniform(0.1, 0.5), rng.uniform(0.9, 1.8))
    aim = (rng.normal(0, 0.25) * wide, rng.uniform(2.0, 4.0), rng.uniform(0.4, 1.7))
    look(rng, scene, eye, aim, (0.5, 1.3), 0.05)


def within_reach(rng: Random, scene: Set) -> None:
    """Hands, and what they hold, in front of everything else."""
    (corner if rng.random() < 0.7 else corridor)(rng, scene)
    ahead = scene.aim - scene.eye
    ahead = ahead / max(float(np.linalg.norm(ahead)), 1e-6)
    aside = np.cross(ahead, [0, 0, 1])
    up = np.cross(aside, ahead)
    skin = paint(rng, np.array([0.6, 0.4, 0.3]) * rng.uniform(0.2, 1.3), "noise")

    def at(x: float, y: float, far: float) -> Grid:
        return np.asarray(scene.eye + far * (ahead + x * aside + y * up))

    for side in (-1, 1) if rng.random() < 0.6 else (int(rng.choice([-1, 1])),):
        x, far = side * rng.uniform(0.15, 0.5), rng.uniform(0.35, 0.6)
        wrist, y = at(x, rng.uniform(-0.5, -0.2), far), rng.uniform(-0.3, 0.1)
        scene.solids.append(limb(at(x * 1.6, -1.1, far * 0.8), wrist, (0.045, 0.03), skin, "body"))
        palm = at(x * 0.9, y, far * 1.1)
        scene.solids.append(limb(wrist, palm, (0.032, 0.038), skin, "body"))
        for finger in rng.uniform(-0.09, 0.09, int(rng.integers(0, 6))):
            tip = palm + 0.09 * up + finger * aside + 0.01 * ahead
            scene.solids.append(limb(palm, tip, (0.011, 0.009), skin, "body"))
    if rng.random() < 0.5:
        thing = props.SMALL[int(rng.integers(len(props.SMALL)))]
        spot = at(rng.normal(0, 0.25), rng.uniform(-0.5, -0.15), rng.uniform(0.4, 0.8))
        scene.solids += placed(
            thing(rng), (spot[0], spot[1], spot[2]), float(rng.uniform(0.1, 0.25)), float(rng.uniform(0, 6.3))
        )


def _walls(rng: Random, scene: Set, wide: float, deep: float, high: float) -> None:
    """Floor, ceiling and four walls about ``x`` = 0, from ``y`` = 0 on, with what hangs on them, and light."""
    ground(rng, scene, paint(rng, None, str(rng.choice(["grain", "grain", "tiles", "plain", "noise"]))))
    one = _plain(rng)
    for i in range(4):
        surface = one if rng.random() < 0.8 else _plain(rng)
        size, at = ((wide + 0.2, 0.1, high), (0.0, (deep + 0.05, -0.05)[i % 2], 0.0))
        if i > 1:
            size, at = ((0.1, deep, high), ((i * 2 - 5) * (wide / 2 + 0.05), deep / 2, 0.0))
        scene.solids.append(box(size, at, surface))
        _hang(rng, scene, i, wide, deep)
    if rng.random() < 0.85:
        scene.solids.append(box((wide + 0.2, deep + 0.2, 0.1), (0, deep / 2, high), _plain(rng)))
    lamplight(rng, scene, 2.5, 0.9)
    for _ in range(int(rng.integers(1, 3))):
        spot = np.array([rng.uniform(-0.4, 0.4) * wide, rng.uniform(0.1, 0.9) * deep, high - 0.15])
        scene.lamps.append(Lamp(spot, np.array([1, 0.95, 0.85]) * rng.uniform(1, 6)))


def _hang(rng: Random, scene: Set, side: int, wide: float, deep: float) -> None:
    """Doors, windows, pictures, shelves and a skirting board on a wall: 0 the far one, 1 behind, 2 left, 3 right."""
    along = wide if side < 2 else deep

    def flat(size: tuple[float, float, float], x: float, z: float, surface: Surface) -> None:
        """Something of a width, depth and height, `x` along the wall."""
        if side < 2:
            y = size[1] / 2 if side else deep - size[1] / 2
            scene.solids.append(box(size, (x - wide / 2, y, z), surface))
        else:
            edge = (side * 2 - 5) * (wide / 2 - size[1] / 2)
            scene.solids.append(box((size[1], size[0], size[2]), (edge, x, z), surface))

    if rng.random() < 0.6:
        flat((along, 0.02, rng.uniform(0.06, 0.16)), along / 2, 0.0, _plain(rng))
    for _ in range(int(rng.integers(0, 4))):
        x = rng.uniform(0.1, 0.9) * along
        kind = rng.random()
        if kind < 0.4:  # a door in its frame
            door = _plain(rng) if rng.random() < 0.6 else paint(rng, None, "grain")
            flat((0.95, 0.03, 2.1), x, 0.0, _plain(rng))
            flat((0.8, 0.05, 2.0), x, 0.0, door)
        elif kind < 0.55:
            glow = float(rng.uniform(0.5, 4))
            flat(
                (rng.uniform(0.5, 1.6), 0.04, rng.uniform(0.6, 1.5)),
                x,
                rng.uniform(0.6, 1.1),
                paint(rng, np.ones(3), glow=glow),
            )
        elif kind < 0.9:
            flat((rng.uniform(0.2, 0.9), 0.03, rng.uniform(0.2, 0.9)), x, rng.uniform(0.9, 1.6), paint(rng))
        else:
            flat(
                (rng.uniform(0.4, 1.5), rng.uniform(0.1, 0.5), rng.uniform(0.05, 1.8)),
                x,
                rng.uniform(0.0, 1.2),
                paint(rng),
            )


def _plain(rng: Random) -> Surface:
    """Painted plaster or wood: one colour, hardly worn."""
    pale = np.full(3, rng.uniform(0.45, 0.95)) * rng.uniform(0.9, 1.05, 3)
    first = pale if rng.random() < _PALE else rng.uniform(0.05, 0.8, 3)
    return Surface(
        first,
        first * rng.uniform(0.85, 1.05),
        str(rng.choice(["plain", "plain", "noise"])),
        wear=float(rng.uniform(0, 0.25)),
    )
