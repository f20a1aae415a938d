"""Bodies to put on a set: people from near and from afar, and beasts. See ``props``."""

from __future__ import annotations

import numpy as np

from studio.engines.sketch.training import props
from studio.engines.sketch.training.props import Random, ball, limb, paint
from studio.engines.sketch.training.rays import Solid, Surface

__all__ = ["OUTDOORS", "animal", "bust", "person"]


def _skin(rng: Random) -> Surface:
    return paint(rng, np.array([0.75, 0.48, 0.36]) * rng.uniform(0.12, 1.15), "noise", scale=1.0)


def _hair(rng: Random) -> Surface:
    return paint(rng, np.clip(np.array([0.3, 0.18, 0.08]) * rng.uniform(0.03, 2.5), 0.004, 0.9), "grain", scale=3.0)


def person(rng: Random) -> list[Solid]:
    """A standing, walking or sitting figure, facing -y."""
    skin, shirt, legs = _skin(rng), paint(rng), paint(rng)
    lean = rng.normal(0, 0.04)
    parts = [
        ball((0.055, 0.065, 0.075), (lean, 0, 0.92), skin, "body"),
        ball((0.06, 0.07, 0.06), (lean, 0.015, 0.95), _hair(rng), "hair"),
        ball((0.13, 0.08, 0.18), (lean / 2, 0, 0.68), shirt, "fabric"),
        ball((0.115, 0.085, 0.12), (0, 0, 0.52), legs, "fabric"),
    ]
    for side in (-1, 1):
        shoulder, hand = (
            np.array([side * 0.13, 0, 0.79]),
            np.array([side * rng.uniform(0.12, 0.35), rng.uniform(-0.3, 0.05), rng.uniform(0.42, 0.95)]),
        )
        elbow = (shoulder + hand) / 2 + np.array([side * 0.06, 0.03, -0.06])
        parts += [
            limb(shoulder, elbow, (0.042, 0.034), shirt, "fabric"),
            limb(elbow, hand, (0.034, 0.026), skin, "body"),
        ]
        foot = np.array([side * rng.uniform(0.05, 0.16), rng.uniform(-0.2, 0.1), 0.02])
        knee = np.array([side * 0.08, foot[1] / 2 - 0.04, 0.27])
        parts += [
            limb(np.array([side * 0.06, 0, 0.5]), knee, (0.068, 0.05), legs, "fabric"),
            limb(knee, foot, (0.05, 0.035), legs, "fabric"),
        ]
    return parts


def bust(rng: Random) -> list[Solid]:
    """Head and shoulders, close, facing -y."""
    skin, hair, shirt = _skin(rng), _hair(rng), paint(rng)
    wide, more = rng.uniform(0.16, 0.2), rng.uniform(0.01, 0.08)
    lean = rng.normal(0, 0.05)
    parts = [
        ball((wide, wide * 1.1, 0.26), (lean, 0, 0.7), skin, "body"),
        ball((wide + more, wide * 1.1 + more, 0.2 + more), (lean, 0.06, 0.79), hair, "hair"),
        ball((0.032, 0.07, 0.06), (lean, -wide * 1.08, 0.67), skin, "body"),
        ball((0.07, 0.02, 0.02), (lean, -wide * 0.98, 0.57), paint(rng, np.array([0.5, 0.15, 0.12]), "plain"), "body"),
        limb(np.array([0, 0.02, 0.22]), np.array([lean, 0, 0.55]), (0.12, 0.1), skin, "body"),
        ball((rng.uniform(0.36, 0.5), 0.19, 0.25), (0, 0.04, 0.14), shirt, "fabric"),
    ]
    dark = paint(rng, np.full(3, 0.02), "plain")
    for side in (-1, 1):
        parts += [
            ball((0.032, 0.02, 0.018), (lean + side * 0.07, -wide * 1.02, 0.73), dark, "body"),
            ball((0.045, 0.02, 0.01), (lean + side * 0.07, -wide * 1.02, 0.79), hair, "hair"),
            ball((0.025, 0.045, 0.06), (lean + side * wide, 0.02, 0.69), skin, "body"),
        ]
        if rng.random() < 0.4:
            parts.append(
                limb(
                    np.array([side * wide, 0.05, 0.85]),
                    np.array([side * (wide + 0.05), 0.06, 0.3]),
                    (0.08, 0.06),
                    hair,
                    "hair",
                )
            )
        if rng.random() < 0.3:  # a raised arm or hand
            parts.append(
                limb(
                    np.array([side * 0.4, 0, 0.2]),
                    np.array([side * rng.uniform(0.1, 0.5), -0.35, rng.uniform(0.2, 0.7)]),
                    (0.09, 0.05),
                    shirt,
                    "fabric",
                )
            )
    return parts


def animal(rng: Random) -> list[Solid]:
    """A beast on four legs with a head, ears and a tail."""
    long, high, thick = rng.uniform(0.35, 0.7), rng.uniform(0.25, 0.6), rng.uniform(0.14, 0.24)
    fur, skull = (
        paint(rng, rng.uniform(0.05, 0.8) * np.array([1, rng.uniform(0.7, 1), rng.uniform(0.4, 1)])),
        rng.uniform(0.1, 0.17),
    )
    nose = np.array([-long * 0.75, 0, high + thick * rng.uniform(0.6, 1.8)])
    parts = [
        ball((long * 0.55, thick, thick), (0, 0, high), fur, "body"),
        ball((skull, skull * 0.9, skull * 0.95), tuple(nose), fur, "body"),
        ball(
            (skull * 0.7, skull * 0.5, skull * 0.45),
            tuple(nose + np.array([-skull * 0.8, 0, -skull * 0.3])),
            fur,
            "body",
        ),
        limb(np.array([-long * 0.4, 0, high]), nose, (thick * 0.8, skull * 0.7), fur, "body"),
        limb(
            np.array([long * 0.5, 0, high]),
            np.array([long * 0.8, rng.normal(0, 0.15), high + rng.uniform(-0.2, 0.4)]),
            (0.05, 0.02),
            fur,
            "body",
        ),
    ]
    for side in (-1, 1):
        parts.append(
            limb(
                nose + np.array([0, side * skull * 0.5, skull * 0.5]),
                nose + np.array([0.03, side * skull * 0.6, skull * 1.2]),
                (skull * 0.4, 0.01),
                fur,
                "body",
            )
        )
        parts.append(
            ball(
                (0.02, 0.02, 0.025),
                tuple(nose + np.array([-skull * 0.85, side * skull * 0.4, skull * 0.25])),
                paint(rng, np.full(3, 0.01), "plain"),
                "body",
            )
        )
        for end in (-1, 1):
            top = np.array([end * long * 0.38, side * thick * 0.6, high])
            parts.append(
                limb(top, np.array([top[0] + rng.normal(0, 0.06), top[1], 0]), (thick * 0.4, thick * 0.22), fur, "body")
            )
    return parts


OUTDOORS = (person, animal, props.tree, props.post, props.leaves, props.house, props.vehicle, props.machine)
