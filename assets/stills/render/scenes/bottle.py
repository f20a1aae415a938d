# ruff: noqa
"""An amber bottle with a small printed label, on stone, against warm plaster."""

import math
import random

import numpy as np

from kit import *
from scenes.common import plaster, simple

SIZE = (1024, 1536)
SEED = 5
LOOK = {
    "exposure": 0.1,
    "bloom": {"amount": 0.04, "threshold": 1.4},
    "finish": {"saturation": 1.06, "highlights": (0.01, 0.004, -0.008), "vignette": 0.16, "grain": 0.007},
}


def on_cylinder(obj, radius, z0, mat, angle0=0.0):
    """Wrap a flat text object (x right, y up) round the z axis, facing -y."""
    v, f = to_mesh(obj)
    bpy.data.objects.remove(obj)
    a = v[:, 0] / radius + angle0
    r = radius + v[:, 2]
    w = np.stack([r * np.sin(a), -r * np.cos(a), v[:, 1] + z0], -1)
    return mesh("print", w, f, mat, False)


def stone(name, a, b, scale=1.0):
    def build(g):
        p = g.coords("Object")
        n = g.noise(p, 1.4 * scale, 8, 0.62, 0.4)
        f = g.noise(p, 26 * scale, 5, 0.7)
        pores = g.range(g.voronoi(p, 16 * scale), 0.04, 0.12)
        keep = g.range(g.noise(p, 3.0 * scale, 3), 0.45, 0.6)
        hole = g.math("MULTIPLY", g.math("SUBTRACT", 1.0, pores), keep)
        band = g.noise(g.mapping(p, (0.4, 0.4, 4.0)), 1.5 * scale, 5, 0.6)
        col = g.mix(g.math("ADD", g.math("MULTIPLY", n, 0.5), g.math("MULTIPLY", band, 0.5)), a, b)
        col = g.mix(g.math("MULTIPLY", hole, 0.6), col, tuple(c * 0.3 for c in hexc(a)))
        h = g.math("SUBTRACT", g.math("ADD", n, g.math("MULTIPLY", f, 0.2)), g.math("MULTIPLY", hole, 1.5))
        return {"color": col, "normal": g.bump(h, 0.45, 0.03)}

    return material(name, build, rough=0.72)


def build():
    rnd = random.Random(8)
    # ---- set: plaster wall meeting a ledge in a sweep
    wall = plaster("wall", "#c98f6a", bump=0.28, scale=1.1, var=0.16)

    def sweep(u, v):
        s = v * 14.0
        y = np.where(s < 6, -4 + s, np.where(s < 7.57, 2 + np.sin((s - 6)), 3.0))
        z = np.where(s < 6, 0.0, np.where(s < 7.57, 1 - np.cos(s - 6), 1 + (s - 7.57)))
        return (u - 0.5) * 16, y, z

    grid(30, 160, sweep, "sweep", wall)
    st = stone("travertine", "#b9a58c", "#e6d8c2")
    dark = stone("slate", "#4a3f3a", "#7d6c60", 1.4)
    box((1.9, 1.6, 0.62), (0.15, 0.1, 0.31), st, bevel=0.035, rot=(0, 0, 0.22))
    c = lathe(
        [(0, 0), (0.62, 0), (0.64, 0.02), (0.64, 1.28), (0.62, 1.3), (0, 1.3)], 96, "col", st, loc=(1.22, 1.15, 0)
    )
    rock(0.30, 12, dark, 5, (1.1, 0.9, 0.62), loc=(-0.50, -0.55, 0.78), rough=0.05)
    rock(0.15, 17, st, 4, (1, 1, 0.7), loc=(-0.93, -0.92, 0.10), rough=0.05)
    rock(0.24, 23, dark, 4, (1.2, 1, 0.7), loc=(1.05, -0.95, 0.15), rough=0.05)
    # ---- bottle
    zb = 0.62
    prof = [
        (0, 0.02),
        (0.36, 0.02),
        (0.405, 0.0),
        (0.44, 0.03),
        (0.45, 0.10),
        (0.45, 0.5),
        (0.45, 1.05),
        (0.448, 1.18),
        (0.42, 1.30),
        (0.33, 1.41),
        (0.22, 1.48),
        (0.165, 1.55),
        (0.155, 1.66),
        (0.155, 1.72),
    ]
    glass = material("amber", lambda g: {"color": "#c8611a"}, rough=0.03, trans=1.0, ior=1.5)
    lathe(prof, 128, "bottle", glass, samples=200, loc=(0.05, 0, zb))
    # the liquid: slightly smaller, dark amber, so that the glass reads deep
    liq = material("liquid", lambda g: {"color": "#6a2506"}, rough=0.05, trans=0.82, ior=1.36)
    lathe(
        [(0, 0.05), (0.36, 0.05), (0.42, 0.08), (0.43, 0.15), (0.43, 1.0), (0.425, 1.12), (0.0, 1.12)],
        96,
        "liquid",
        liq,
        loc=(0.05, 0, zb),
    )
    # pump-free cap: turned dark wood with a brass collar
    lathe(
        [(0.17, 1.62), (0.185, 1.62), (0.185, 1.69), (0.17, 1.69)],
        96,
        "collar",
        simple("brass", "#c59a52", 0.25, metal=1.0),
        loc=(0.05, 0, zb),
    )
    capm = material(
        "cap",
        lambda g: {"color": g.mix(g.noise(g.mapping(g.coords(), (9, 9, 1.0)), 3, 5, 0.6), "#1f120b", "#4a2c1a")},
        rough=0.42,
        coat=0.3,
    )
    lathe(
        [(0, 1.70), (0.2, 1.70), (0.222, 1.71), (0.228, 1.74), (0.228, 2.06), (0.222, 2.09), (0.20, 2.105), (0, 2.11)],
        96,
        "cap",
        capm,
        loc=(0.05, 0, zb),
    )
    # ---- label
    paper = material(
        "paper",
        lambda g: {
            "color": g.mix(g.noise(None, 60, 4, 0.6), "#e9dfcb", "#f5eee0"),
            "normal": g.bump(g.noise(None, 120, 3, 0.6), 0.12, 0.005),
        },
        rough=0.75,
    )
    R = 0.4535

    def lab(u, v):
        a = (u - 0.5) * 2 * 1.18
        return R * np.sin(a), -R * np.cos(a), 0.22 + v * 0.74

    grid(80, 6, lab, "label", paper, loc=(0.05, 0, zb))
    ink = simple("ink", "#2b2019", 0.6)
    rust = simple("rust", "#a8492a", 0.6)
    lines = [
        ("STILLWATER", 0.118, 0.77, ink, 1.06),
        ("cedar & salt", 0.098, 0.625, rust, 1.0),
        ("BATH OIL  No. 7", 0.052, 0.40, ink, 1.15),
        ("250 ml / 8.4 fl oz", 0.045, 0.315, ink, 1.1),
    ]
    for body, size, z, mat, sp in lines:
        t = text(body, size, extrude=0.0, spacing=sp)
        o = on_cylinder(t, R + 0.0012, z + 0.0, mat)
        o.location = (0.05, 0, zb)

    def rule(z, half, th):
        def fn(u, v):
            a = (u - 0.5) * 2 * half
            return (R + 0.001) * np.sin(a), -(R + 0.001) * np.cos(a), z + v * th

        grid(40, 2, fn, "rule", ink, loc=(0.05, 0, zb))

    rule(0.90, 1.02, 0.006)
    rule(0.265, 1.02, 0.006)
    rule(0.515, 0.18, 0.005)
    # ---- a eucalyptus sprig resting behind and in front
    leafm = material("euca", lambda g: {"color": g.mix(g.noise(None, 2.5, 3), "#5f7a68", "#93a890")}, rough=0.55)
    translucent_leaf(leafm, 0.25)
    lib = collection()
    lv, lf = leaf_mesh(0.30, 0.24, 0.10, 0.12, tip=0.2)
    leaf = mesh("leaf", lv, lf, leafm, coll=lib)
    stem = simple("stem", "#7a5a45", 0.7)

    def sprig(pts, n, size):
        p = spline(pts, n)
        tube(p, np.linspace(0.020, 0.007, n), "stem", stem, seg=10)
        for i in range(4, n, 3):
            d = p[min(i + 1, n - 1)] - p[i - 1]
            yaw = math.atan2(d[1], d[0])
            k = size * (1.05 - 0.55 * i / n)
            for s in (1, -1):
                instance(
                    leaf,
                    p[i],
                    (rnd.uniform(-0.5, 0.5), -0.35 + rnd.uniform(-0.5, 0.3), yaw + s * rnd.uniform(0.7, 1.25)),
                    k * rnd.uniform(0.85, 1.1),
                )
        instance(leaf, p[-1], (0, -0.3, yaw), size * 0.5)

    sprig([(1.1, 0.9, 1.35), (0.95, 0.85, 2.0), (1.1, 0.75, 2.7), (1.45, 0.55, 3.25)], 44, 1.05)
    sprig([(1.15, 1.0, 1.35), (1.3, 1.0, 1.95), (1.75, 0.95, 2.45), (2.2, 0.8, 2.6)], 36, 0.95)
    sprig([(1.15, 1.1, 1.35), (0.85, 1.1, 1.9), (0.62, 1.1, 2.5), (0.55, 1.0, 3.1)], 36, 0.9)
    lathe(
        [
            (0, 0),
            (0.2, 0),
            (0.27, 0.06),
            (0.3, 0.2),
            (0.22, 0.38),
            (0.13, 0.46),
            (0.14, 0.52),
            (0.12, 0.52),
            (0.1, 0.44),
        ],
        64,
        "vase",
        plaster("vase", "#8f5a40", bump=0.3, scale=5),
        samples=60,
        loc=(1.12, 1.0, 1.3),
    )
    # foreground sprig on the ledge, softly out of focus
    sprig([(-1.75, -1.9, 0.10), (-1.35, -1.7, 0.16), (-0.9, -1.66, 0.14), (-0.5, -1.75, 0.06)], 36, 0.8)
    # ---- light: key through leaves from the left, warm rim, soft fill, strip for the glass edge
    area((-3.6, -2.8, 3.4), (0, 0, 1.5), 1.2, 95, "#fff0dc", 2.4)
    sun((-0.80, -0.38, 0.62), 6.0, "#ffd9a6", 0.7)
    gob = collection()
    gl, gf = leaf_mesh(1.0, 0.34, 0.1, 0.1)
    gobo = mesh("gobo", gl, gf, simple("gobo", "#111111"), coll=gob)
    for i in range(46):
        k = rnd.uniform(-1, 1)
        base = np.array([-2.9, 1.2, 4.6]) + np.array(
            [rnd.uniform(-0.2, 0.2), rnd.uniform(-1.6, 1.4), rnd.uniform(-1.5, 1.6)]
        )
        instance(gobo, base, (rnd.uniform(-1, 1), rnd.uniform(-1, 1), rnd.uniform(0, 6)), rnd.uniform(0.5, 0.95))
    area((2.6, -1.2, 2.2), (0.2, 0, 1.4), 0.5, 34, "#ffd7b5", 3.0)
    area((0.5, 2.4, 2.4), (0.05, 0, 1.4), 1.2, 30, "#ffc48a")
    area((0.0, -5.0, 5.0), (0, 0, 1.2), 4.0, 50, "#ffe9d8")
    world(color=(0.6, 0.55, 0.55, 1), strength=0.22)
    camera((-0.35, -6.6, 1.95), (0.22, 0, 1.52), 58, fstop=0.42, focus=(0.05, -0.45, 1.2))


CYCLES = {"transparent_max_bounces": 12, "transmission_bounces": 10, "max_bounces": 10}
