"""Render a set of boxes, balls and cones with their true depth: a small ray caster in numpy, 20 pictures a second.

Blender's pictures are truer and take a hundred times longer; a network needs many layouts before it needs true light.
Sun and lamps throw shadows, water and metal mirror once, leaves have holes, surfaces carry patterns in the solid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.training.patterns import PATTERNS, cloudy
from studio.engines.sketch.training.samples import KINDS

__all__ = ["Lamp", "Set", "Sky", "Solid", "Surface", "cast", "render"]

Grid = NDArray[np.floating[Any]]
_NEVER = np.float32(1e9)
_LEVEL = np.eye(3, dtype=np.float32)


@dataclass(frozen=True)
class Surface:
    """How a solid looks.

    Attributes:
        first, second: the colours (linear light) that the pattern mixes.
        pattern: plain, noise, spots, stripes, tiles, bricks or windows.
        scale: repeats of the pattern in a unit of length.
        gloss: strength of the highlight.
        glow: light of its own.
        holes: share of the surface that is not there.
        mirror: share of light that is reflected as by water.
        wear: how unevenly dirt, age and print lie on it, in natural logarithms of brightness.
    """

    first: Grid
    second: Grid
    pattern: str = "plain"
    scale: float = 1.0
    gloss: float = 0.0
    glow: float = 0.0
    holes: float = 0.0
    mirror: float = 0.0
    wear: float = 0.0


@dataclass(frozen=True)
class Solid:
    """A box, a ball or a cone, stretched to `half` its sizes and turned so that its axes are the rows of `axes`."""

    form: str
    centre: Grid
    half: Grid
    surface: Surface
    kind: str = "other"
    axes: Grid = field(default_factory=lambda: _LEVEL)
    top: float = 1.0
    """A cone's radius at its upper end, in parts of the lower."""

    def local(self, points: Grid) -> Grid:
        """Points from the world to the solid's own directions and centre; lengths are kept."""
        return (points - self.centre) @ self.axes.T


@dataclass(frozen=True)
class Lamp:
    """A lamp at a place, or the sun in a direction."""

    at: Grid
    colour: Grid
    sun: bool = False


@dataclass(frozen=True)
class Sky:
    """Colours at the horizon and overhead, and how much of it clouds cover."""

    low: Grid
    high: Grid
    clouds: float = 0.0
    drift: float = 0.0

    def colour(self, ways: Grid) -> Grid:
        """The light that comes from directions."""
        height = np.clip(ways[:, 2:], 0, 1) ** 0.6
        clear = self.low + (self.high - self.low) * height
        if self.clouds <= 0:
            return clear
        place = ways / (np.abs(ways[:, 2:]) + 0.15) + self.drift
        cover = np.clip((cloudy(place * 1.3) - 1 + self.clouds) * 4, 0, 1)[:, None]
        white = np.maximum(self.low, self.high).max() * 1.1
        return np.asarray(clear + (white - clear) * cover * (ways[:, 2:] > -0.02))


@dataclass
class Set:
    """Everything before the camera, and the camera."""

    sky: Sky
    solids: list[Solid] = field(default_factory=list)
    lamps: list[Lamp] = field(default_factory=list)
    eye: Grid = field(default_factory=lambda: np.array([0, -3, 1.0]))
    aim: Grid = field(default_factory=lambda: np.zeros(3))
    lens: float = 1.2
    """Focal length in units of the picture's longer side."""
    roll: float = 0.0
    aperture: float = 0.0
    """Blur of infinity, in parts of the longer side, when the focus is one unit away."""


def render(scene: Set, width: int, height: int) -> tuple[Grid, Grid, NDArray[np.uint8]]:
    """Colour (linear light), depth along the view axis and kind of every pixel."""
    ways, ahead = _rays(scene, width, height)
    colour, distance, which = _see(scene, scene.eye, ways, bounce=True)
    depth = np.where(which < 0, _NEVER, distance * (ways @ ahead))
    names = np.array([KINDS.index(solid.kind) for solid in scene.solids] + [KINDS.index("sky")], np.uint8)
    shape = (height, width)
    colour, depth = colour.reshape(*shape, 3), depth.reshape(shape)
    colour = _sheltered(colour, depth)
    if scene.aperture:
        colour = _defocus(scene, colour, depth)
    return colour, depth, names[which].reshape(shape)


def _rays(scene: Set, width: int, height: int) -> tuple[Grid, Grid]:
    ahead = scene.aim - scene.eye
    ahead = ahead / np.linalg.norm(ahead)
    right = np.cross(ahead, [0, 0, 1.0])
    right = right / max(float(np.linalg.norm(right)), 1e-6)
    up = np.cross(right, ahead)
    right, up = (
        np.cos(scene.roll) * right + np.sin(scene.roll) * up,
        np.cos(scene.roll) * up - np.sin(scene.roll) * right,
    )
    longer = max(width, height)
    x, y = np.meshgrid((np.arange(width) + 0.5 - width / 2) / longer, (height / 2 - np.arange(height) - 0.5) / longer)
    ways = scene.lens * ahead + x[..., None] * right + y[..., None] * up
    ways = ways.reshape(-1, 3) / np.linalg.norm(ways.reshape(-1, 3), axis=1, keepdims=True)
    return ways.astype(np.float32), ahead


def cast(solids: list[Solid], origin: Grid, ways: Grid) -> tuple[Grid, NDArray[np.intp]]:
    """Follow rays to what they meet first.

    Args:
        solids: what there is to meet.
        origin: 3, or n × 3.
        ways: n × 3 or 3, of length one.

    Returns:
        The distance (1e9 where there is nothing) and the solid's number (-1 where there is none).
    """
    origin, ways = np.asarray(origin, np.float32), np.asarray(ways, np.float32)
    count = len(ways) if ways.ndim == 2 else len(origin)
    nearest, which = np.full(count, _NEVER, np.float32), np.full(count, -1, np.intp)
    apart, ahead = np.einsum("...i,...i", origin, origin), np.einsum("...i,...i", origin, ways)
    for number, solid in enumerate(solids):
        centre = solid.centre.astype(np.float32)
        reach = float(np.linalg.norm(solid.half)) * 1.01 + 0.02
        along = ways @ centre - ahead
        off = apart - 2 * (origin @ centre) + centre @ centre - along**2
        near = np.flatnonzero((off < reach**2) & (along > -reach) & (along - reach < nearest))
        if not len(near):
            continue
        start = origin[near] if origin.ndim == 2 else origin
        way = ways[near] if ways.ndim == 2 else np.broadcast_to(ways, (len(near), 3))
        here = np.broadcast_to(solid.local(start) / solid.half, (len(near), 3))
        distance = _MEET[solid.form](here, way @ solid.axes.T / solid.half, solid.top)
        if solid.surface.holes:
            met = solid.local(start + way * np.minimum(distance, 1e4)[:, None])
            distance = np.where(cloudy(met * solid.surface.scale * 3) < solid.surface.holes, _NEVER, distance)
        closer = distance < nearest[near]
        nearest[near[closer]], which[near[closer]] = distance[closer], number
    return nearest, which


def _meet_box(here: Grid, way: Grid, top: float) -> Grid:
    del top
    way = np.where(np.abs(way) < 1e-9, 1e-9, way)
    first, second = (-1 - here) / way, (1 - here) / way
    low, high = np.minimum(first, second).T, np.maximum(first, second).T
    enter = np.maximum(np.maximum(low[0], low[1]), low[2])
    leave = np.minimum(np.minimum(high[0], high[1]), high[2])
    return np.where((enter < leave) & (enter > 1e-3), enter, _NEVER)


def _roots(a: Grid, b: Grid, c: Grid) -> tuple[Grid, Grid]:
    inside = b * b - a * c
    root = np.sqrt(np.maximum(inside, 0))
    a = np.where(np.abs(a) < 1e-9, 1e-9, a)
    first, second = (-b - root) / a, (-b + root) / a
    return np.where(inside < 0, _NEVER, np.minimum(first, second)), np.where(
        inside < 0, _NEVER, np.maximum(first, second)
    )


def _meet_ball(here: Grid, way: Grid, top: float) -> Grid:
    del top
    enter, _ = _roots((way**2).sum(axis=1), (here * way).sum(axis=1), (here**2).sum(axis=1) - 1)
    return np.where(enter > 1e-3, enter, _NEVER)


def _meet_cone(here: Grid, way: Grid, top: float) -> Grid:
    middle, widen = (1 + top) / 2, (top - 1) / 2
    x, y, z = here.T
    u, v, w = way.T
    radius = middle + widen * z
    found = np.full(len(x), _NEVER)
    for distance in _roots(
        u * u + v * v - (widen * w) ** 2, x * u + y * v - widen * w * radius, x * x + y * y - radius**2
    ):
        high = z + distance * w
        right = (np.abs(high) <= 1) & (middle + widen * high >= 0) & (distance > 1e-3)
        found = np.where(right & (distance < found), distance, found)
    for end, radius_there in ((-1.0, 1.0), (1.0, top)):
        distance = (end - z) / np.where(np.abs(w) < 1e-9, 1e-9, w)
        inside = (x + distance * u) ** 2 + (y + distance * v) ** 2 <= radius_there**2
        found = np.where(inside & (distance > 1e-3) & (distance < found), distance, found)
    return found


_MEET = {"box": _meet_box, "ball": _meet_ball, "cone": _meet_cone}


def _normal(solid: Solid, local: Grid) -> Grid:
    unit = local / solid.half
    if solid.form == "box":
        side = np.abs(unit).argmax(axis=1)
        normal = np.zeros_like(unit)
        normal[np.arange(len(unit)), side] = np.sign(unit[np.arange(len(unit)), side])
    elif solid.form == "ball":
        normal = unit / solid.half
    else:
        flat = np.abs(unit[:, 2]) > 0.999
        slant = np.where(flat, np.sign(unit[:, 2]), (1 - solid.top) / 2 / solid.half[2])
        normal = np.column_stack([np.where(flat[:, None], 0, unit[:, :2] / solid.half[:2]), slant])
    normal = normal @ solid.axes
    return np.asarray(normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9))


def _see(scene: Set, origin: Grid, ways: Grid, *, bounce: bool) -> tuple[Grid, Grid, NDArray[np.intp]]:
    """The light along rays, how far it comes and from what."""
    distance, which = cast(scene.solids, origin, ways)
    colour = scene.sky.colour(ways).astype(np.float32)
    points = origin + ways * np.minimum(distance, 1e4)[:, None]
    normal, tint = np.zeros_like(points), np.zeros_like(points)
    look = np.zeros((len(ways), 3), np.float32)  # gloss, glow, mirror
    for number in np.unique(which[which >= 0]):
        here = np.flatnonzero(which == number)
        solid = scene.solids[number]
        local = solid.local(points[here])
        normal[here] = _normal(solid, local)
        tint[here] = _tint(solid.surface, local)
        look[here] = (solid.surface.gloss, solid.surface.glow, solid.surface.mirror)
    met = np.flatnonzero(which >= 0)
    if len(met):
        normal[met] = _ripple(normal[met], points[met], look[met, 2])
        colour[met] = _lit(scene, points[met], normal[met], ways[met], look[met], tint[met])
    mirrors = np.flatnonzero((look[:, 2] > 0) & (which >= 0))
    if bounce and len(mirrors):
        facing = (ways[mirrors] * normal[mirrors]).sum(axis=1, keepdims=True)
        seen, _, _ = _see(
            scene, points[mirrors] + normal[mirrors] * 1e-2, ways[mirrors] - 2 * facing * normal[mirrors], bounce=False
        )
        share = look[mirrors, 2:] * (0.15 + 0.85 * (1 - np.abs(facing)) ** 3)
        colour[mirrors] += (seen - colour[mirrors]) * share
    return colour, distance, which


def _lit(scene: Set, points: Grid, normal: Grid, ways: Grid, look: Grid, tint: Grid) -> Grid:
    """Light from the sky above, bounced from the ground, and from every lamp that nothing hides."""
    up = normal[:, 2:] * 0.5 + 0.5
    ambient = (scene.sky.low + scene.sky.high) / 2 * (0.25 + 0.6 * up)
    light, shine = ambient * np.ones_like(points), np.zeros_like(points)
    raised = points + normal * 5e-3
    for lamp in scene.lamps:
        if lamp.sun:
            towards, fade = np.broadcast_to(lamp.at, points.shape), 1.0
            free = cast(scene.solids, raised, np.asarray(lamp.at, np.float32))[0] >= _NEVER
        else:
            away = lamp.at - raised
            length = np.linalg.norm(away, axis=1, keepdims=True)
            towards, fade = away / length, 1 / (length**2 + 0.3)
            free = cast(scene.solids, lamp.at, (-towards).astype(np.float32))[0] >= length[:, 0] - 0.03
        facing = np.clip((normal * towards).sum(axis=1, keepdims=True), 0, 1) * free[:, None] * fade
        light = light + lamp.colour * facing
        halfway = towards - ways
        halfway = halfway / np.maximum(np.linalg.norm(halfway, axis=1, keepdims=True), 1e-6)
        peak = np.clip((normal * halfway).sum(axis=1, keepdims=True), 0, 1) ** 30
        shine = shine + lamp.colour * peak * look[:, :1] * (facing > 0) * fade
    return np.asarray(tint * (light + look[:, 1:2]) + shine)


def _ripple(normal: Grid, points: Grid, mirror: Grid) -> Grid:
    wave = np.stack([cloudy(points * 2.3), cloudy(points * 2.3 + 7.7)], axis=1) - 0.5
    bent = normal.copy()
    bent[:, :2] += wave * 0.25 * (mirror[:, None] > 0)
    return np.asarray(bent / np.linalg.norm(bent, axis=1, keepdims=True))


def _tint(surface: Surface, local: Grid) -> Grid:
    mix = PATTERNS[surface.pattern](local * surface.scale)
    tint = surface.first + (surface.second - surface.first) * mix[:, None]
    if surface.wear:
        uneven = cloudy(local * 1.3 + 11) + 0.7 * cloudy(local * 7.1) - 0.85
        tint = tint * np.exp(2 * surface.wear * uneven)[:, None]
    return np.asarray(tint)


def _sheltered(colour: Grid, depth: Grid) -> Grid:
    """Darker where something near stands around, as the sky's light is kept from corners and from under things."""
    disparity = (1 / np.maximum(depth, 1e-2)).astype(np.float32)
    shade = np.zeros_like(disparity)
    for share in (0.02, 0.06):
        around = cv2.GaussianBlur(disparity, (0, 0), share * max(depth.shape))
        shade += np.clip((around - disparity) / np.maximum(around, 1e-6), 0, 0.5)
    return np.asarray(colour * (1 - 0.8 * shade.clip(0, 0.8))[..., None])


def _defocus(scene: Set, colour: Grid, depth: Grid) -> Grid:
    """Blur what lies before and behind the aim."""
    focus = max(float(np.linalg.norm(scene.aim - scene.eye)), 0.1)
    blur = np.abs(1 / np.maximum(depth, 1e-2) - 1 / focus) * scene.aperture * max(depth.shape)
    blur = cv2.GaussianBlur(cv2.dilate(blur.astype(np.float32), np.ones((3, 3), np.uint8)), (0, 0), 1.5)
    out, light = colour, colour.astype(np.float32)
    for low, sigma in ((0.5, 1.0), (1.2, 2.0), (2.5, 4.0), (5.0, 8.0)):
        share = np.clip((blur - low) / low, 0, 1)[..., None]
        out = out + (cv2.GaussianBlur(light, (0, 0), sigma) - out) * share
    return out
