# ruff: noqa
"""A reading corner: sofa, lamp, plant, tall window, late-afternoon sun."""

import math
import random

import numpy as np

from kit import *
from scenes.common import fabric, plaster, simple, wood

SIZE = (1536, 1024)
SEED = 12
LOOK = {
    "exposure": 0.45,
    "bloom": {"amount": 0.06, "threshold": 1.3},
    "finish": {
        "saturation": 1.06,
        "shadows": (0.0, 0.002, 0.006),
        "highlights": (0.01, 0.005, -0.008),
        "vignette": 0.16,
    },
}
CYCLES = {"diffuse_bounces": 4}


def cushion(size, loc, rot, mat, puff=0.5, seed=0, crease=0.012):
    """A stuffed cushion: rounded box pillowed outward, with soft wrinkles."""
    sx, sy, sz = size
    v, f = ico(1.0, 5)
    p = 5.0
    n = (np.abs(v) ** p).sum(1) ** (1 / p)
    w = v / n[:, None]
    edge = np.clip(1 - np.maximum(np.abs(w[:, 0]), np.abs(w[:, 1])) ** 2.2, 0, 1)
    w[:, 2] *= 1 - puff + puff * edge**0.55
    w = w * np.array([sx, sy, sz]) / 2
    w += crease * fbm(w * 3.2 + seed * 3.3, 4, seed=seed)[:, None] * v
    o = mesh("cushion", w, f, mat)
    o.location = loc
    o.rotation_euler = rot
    return o


def build():
    rnd = random.Random(4)
    # --------------------------------------------------------------- shell
    wall = plaster("wall", "#c8bda8", bump=0.04, scale=2.2, var=0.06)
    accent = plaster("accent", "#6f8377", bump=0.04, scale=2.0, var=0.07)
    box((8.2, 0.15, 3.2), (0.2, 2.6, 1.6), accent)  # back wall
    box((0.15, 9, 3.2), (4.2, -1.5, 1.6), wall)  # right wall
    floor = wood("floor", "#a87a4f", "#6d4526", planks=0.18, gloss=0.34, scale=2.2, axis="y", gap=0.96)
    box((9, 10, 0.1), (0, -2.0, -0.05), floor)
    box((9, 10, 0.1), (0, -2.0, 3.2), simple("ceil", "#e6e0d4", 0.9))
    # left wall with a tall window opening, y from -0.9 to 1.5
    for sy, y, sz, z in ((4.2, -3.2, 3.2, 1.6), (1.0, 2.15, 3.2, 1.6), (2.8, 0.3, 0.35, 0.17), (2.8, 0.3, 0.5, 2.95)):
        box((0.2, sy, sz), (-3.3, y, z), wall)
    trim = simple("trim", "#e7e1d5", 0.4)
    for y in (-1.06, 0.28, 1.62):
        box((0.10, 0.07, 2.4), (-3.28, y, 1.53), trim, bevel=0.008)
    for z in (0.37, 1.15, 1.95, 2.70):
        box((0.10, 2.7, 0.055), (-3.28, 0.28, z), trim, bevel=0.008)
    box((0.34, 2.9, 0.05), (-3.16, 0.28, 0.36), trim, bevel=0.01)
    box((8.2, 0.03, 0.13), (0.2, 2.51, 0.065), trim, bevel=0.008)
    box((0.03, 9, 0.13), (4.11, -1.5, 0.065), trim, bevel=0.008)
    # ------------------------------------------------------------- curtain
    cur = translucent_leaf(fabric("curtain", "#d9cfbd", weave=120, sheen=0.2), 0.55)

    def curtain(y0, y1, seed):
        def fn(u, v):
            amp = 0.075 * (0.55 + 0.45 * (1 - v))
            s = u * 11 * np.pi + 0.7 * np.sin(u * 7 + seed)
            w = amp * np.sin(s) + 0.03 * np.sin(s * 0.43 + v * 2 + seed)
            pinch = 1 - 0.12 * np.sin(v * np.pi) * (1 if seed else 1)
            return -3.02 + w, y0 + (y1 - y0) * (0.5 + (u - 0.5) * pinch), 0.03 + v * 2.88

        grid(260, 60, fn, "curtain", cur)

    curtain(1.45, 2.25, 1)
    curtain(-1.95, -1.15, 2)
    rod = simple("brass", "#b08a4a", 0.3, metal=1.0)
    tube([(-3.02, -2.2, 2.93), (-3.02, 2.42, 2.93)], 0.018, "rod", rod)
    # ---------------------------------------------------------------- sofa
    sofa = fabric("sofa", "#b8623f", "#cf7a52", weave=160, bump=0.35, sheen=0.45, mottled=0.12)
    X, Y = 0.75, 1.72
    legs = simple("legs", "#3d2616", 0.45)
    box((2.30, 0.86, 0.20), (X, Y, 0.25), sofa, bevel=0.05, seg=4)
    for s in (-1, 1):
        for d in (-0.34, 0.34):
            tube([(X + s * 1.05, Y + d, 0.0), (X + s * 1.0, Y + d * 0.93, 0.18)], [0.02, 0.03], "leg", legs)
        cushion((0.27, 0.92, 0.56), (X + s * 1.19, Y - 0.02, 0.42), (0, 0, 0), sofa, 0.18, 3 + s)
    for s in (-1, 1):
        cushion((1.06, 0.80, 0.24), (X + s * 0.53, Y - 0.06, 0.44), (0, 0, 0), sofa, 0.35, 10 + s, 0.010)
        cushion((1.04, 0.58, 0.28), (X + s * 0.53, Y + 0.29, 0.76), (math.radians(76), 0, 0), sofa, 0.42, 20 + s, 0.014)
    cushion(
        (0.50, 0.50, 0.20),
        (X - 0.80, Y + 0.02, 0.76),
        (math.radians(64), math.radians(6), math.radians(18)),
        fabric("pillow1", "#e3d8c2", weave=90, bump=0.4),
        0.75,
        31,
        0.012,
    )
    cushion(
        (0.44, 0.44, 0.18),
        (X - 0.42, Y - 0.02, 0.72),
        (math.radians(60), math.radians(-8), math.radians(-8)),
        fabric("pillow2", "#37585a", weave=90, bump=0.4),
        0.75,
        37,
        0.012,
    )
    thr = fabric("throw", "#dfc79a", "#efe0bf", weave=70, bump=0.6)

    def throw(u, v):
        w = (u - 0.5) * 0.52
        path_z = np.where(v < 0.40, 0.30 + 0.0 * v, 0)
        # hang down the front, lie on the seat, climb the back
        s = v * 1.65
        y = np.where(s < 0.42, -0.475, np.where(s < 0.95, -0.475 + (s - 0.42), 0.055 + (s - 0.95) * 0.22))
        z = np.where(s < 0.42, 0.17 + s, np.where(s < 0.95, 0.585, 0.585 + (s - 0.95) * 0.80))
        k = 0.022 * np.sin(u * 17 + v * 3) + 0.02 * fbm(np.stack([u * 3, v * 6, 0 * u], -1), 3, seed=2)
        return X + 0.72 + w + 0.05 * np.sin(v * 4), Y + y - np.abs(k) * (s < 0.42), z + k + 0.01

    t = grid(70, 160, throw, "throw", thr)
    t.modifiers.new("s", "SMOOTH").iterations = 12
    sm = t.modifiers.new("t", "SOLIDIFY")
    sm.thickness = 0.012
    # ----------------------------------------------------------------- rug
    rug = material("rug", None, rough=0.95, sheen=0.3)
    g = Graph(rug.node_tree)
    p = g.coords("Object")
    x, y, z = g.sep(p)
    a = g.math("ABSOLUTE", g.math("SUBTRACT", g.math("FRACT", g.math("MULTIPLY", x, 2.0)), 0.5))
    b2 = g.math("ABSOLUTE", g.math("SUBTRACT", g.math("FRACT", g.math("MULTIPLY", y, 2.0)), 0.5))
    dia = g.math("ADD", a, b2)
    band = g.math("LESS_THAN", g.math("ABSOLUTE", g.math("SUBTRACT", dia, 0.5)), 0.045)
    inner = g.math("LESS_THAN", dia, 0.16)
    edge = g.math(
        "MAXIMUM",
        g.math("GREATER_THAN", g.math("ABSOLUTE", x), 1.36),
        g.math("GREATER_THAN", g.math("ABSOLUTE", y), 0.92),
    )
    n = g.noise(p, 60, 3, 0.7)
    col = g.mix(n, "#d6c8ad", "#ebe1cc")
    col = g.mix(g.math("MULTIPLY", band, 0.8), col, "#5b6f66")
    col = g.mix(g.math("MULTIPLY", inner, 0.8), col, "#b4633f")
    col = g.mix(g.math("MULTIPLY", edge, 0.85), col, "#5b6f66")
    bs = rug.node_tree.nodes["Principled BSDF"]
    g.set(bs.inputs["Base Color"], col)
    g.set(bs.inputs["Normal"], g.bump(n, 0.8, 0.02))
    r = grid(
        60,
        40,
        lambda u, v: ((u - 0.5) * 3.0, (v - 0.5) * 2.0, 0.012 + 0.006 * np.sin(u * 9) * np.sin(v * 7)),
        "rug",
        rug,
        loc=(0.45, 0.25, 0.004),
    )
    r.rotation_euler = (0, 0, math.radians(5))
    # --------------------------------------------------------- coffee table
    top = wood("walnut", "#8a5a36", "#40240f", planks=2.0, scale=2.2, gloss=0.3)
    tx, ty = -0.05, 0.25
    lathe(
        [(0, 0.385), (0.46, 0.385), (0.485, 0.395), (0.49, 0.41), (0.485, 0.425), (0.47, 0.43), (0, 0.43)],
        96,
        "ttop",
        top,
        loc=(tx, ty, 0),
    )
    for i in range(3):
        a_ = i * 2.094 + 0.5
        tube(
            [
                (tx + 0.40 * math.cos(a_), ty + 0.40 * math.sin(a_), 0),
                (tx + 0.26 * math.cos(a_), ty + 0.26 * math.sin(a_), 0.39),
            ],
            [0.016, 0.026],
            "tleg",
            top,
        )
    for i, c in enumerate(("#2f4a52", "#d8c6a4", "#a4482e")):
        box(
            (0.30 - 0.02 * i, 0.22, 0.030),
            (tx - 0.12, ty - 0.06, 0.447 + 0.031 * i),
            simple(f"bk{i}", c, 0.6),
            bevel=0.004,
            rot=(0, 0, 0.3 - 0.25 * i),
        )
    cer = simple("ceramic", "#e7dccb", 0.35)
    lathe(
        [(0, 0), (0.035, 0), (0.048, 0.02), (0.05, 0.08), (0.046, 0.09), (0.044, 0.08), (0.042, 0.02), (0, 0.012)],
        48,
        "cup",
        cer,
        loc=(tx + 0.20, ty - 0.15, 0.43),
    )
    lathe(
        [(0, 0), (0.06, 0), (0.09, 0.05), (0.08, 0.13), (0.04, 0.18), (0.035, 0.22), (0.03, 0.22)],
        48,
        "vase",
        simple("vz", "#40605f", 0.3),
        samples=50,
        loc=(tx + 0.14, ty + 0.18, 0.43),
    )
    dry = simple("dry", "#c9a468", 0.8)
    for i in range(14):
        a_, L = rnd.uniform(0, 6.28), rnd.uniform(0.25, 0.46)
        k = rnd.uniform(0.05, 0.17)
        pts = spline(
            [
                (0, 0, 0.2),
                (k * 0.3 * math.cos(a_), k * 0.3 * math.sin(a_), 0.2 + L * 0.5),
                (k * math.cos(a_), k * math.sin(a_), 0.2 + L),
            ],
            12,
        )
        tube(
            pts + np.array([tx + 0.14, ty + 0.18, 0.43]),
            np.where(np.linspace(0, 1, 12) > 0.62, 0.011 * np.sin(np.linspace(0, 1, 12) * 3.1) ** 0.5 + 0.001, 0.0022),
            "dry",
            dry,
            seg=7,
        )
    # --------------------------------------------------------- floor lamp
    lx, ly = 2.45, 1.95
    black = simple("black", "#23211f", 0.4, metal=0.6)
    lathe([(0, 0), (0.16, 0), (0.165, 0.012), (0.15, 0.025), (0, 0.028)], 64, "lbase", black, loc=(lx, ly, 0))
    tube(
        spline(
            [
                (lx, ly, 0.02),
                (lx, ly, 0.8),
                (lx, ly, 1.5),
                (lx - 0.10, ly - 0.03, 1.80),
                (lx - 0.30, ly - 0.08, 1.90),
                (lx - 0.42, ly - 0.1, 1.80),
            ],
            60,
        ),
        0.012,
        "lpole",
        rod,
    )
    shade = translucent_leaf(fabric("shade", "#e9d7b4", weave=120), 0.6)
    lathe([(0.12, 1.80), (0.235, 1.48)], 64, "shade", shade, loc=(lx - 0.42, ly - 0.1, 0), samples=20)
    mesh(
        "bulb",
        *[ico(0.045, 3)[0], ico(0.045, 3)[1]],
        mat=emitter("bulb", (1.0, 0.62, 0.28, 1), 60),
        loc=(lx - 0.42, ly - 0.1, 1.62),
    )
    point((lx - 0.42, ly - 0.1, 1.60), 26, "#ffb066", 0.06)
    # ----------------------------------------------------- wall art, shelf
    fr = simple("frame", "#2b1d14", 0.45)

    def art(x, z, w, h, fn):
        box((w + 0.05, 0.03, h + 0.05), (x, 2.50, z), fr, bevel=0.006)
        m = material("art", fn, rough=0.7)
        mesh(
            "pic",
            [(-w / 2, 0, -h / 2), (w / 2, 0, -h / 2), (w / 2, 0, h / 2), (-w / 2, 0, h / 2)],
            [(0, 1, 2, 3)],
            m,
            False,
            loc=(x, 2.483, z),
        )

    def hills(g):
        p = g.coords("Object")
        x, y, z = g.sep(p)
        mat_ = g.math(
            "MAXIMUM",
            g.math("GREATER_THAN", g.math("ABSOLUTE", x), 0.27),
            g.math("GREATER_THAN", g.math("ABSOLUTE", z), 0.37),
        )
        n1 = g.math("MULTIPLY", g.math("SINE", g.math("MULTIPLY", x, 7.0)), 0.05)
        n2 = g.math("MULTIPLY", g.math("SINE", g.math("ADD", g.math("MULTIPLY", x, 9.0), 2.0)), 0.04)
        c = g.mix(
            g.math("LESS_THAN", g.vmath("LENGTH", g.vmath("SUBTRACT", p, (0.08, 0, 0.12)), out=1), 0.10),
            "#efe2c8",
            "#cf6a3c",
        )
        c = g.mix(g.math("LESS_THAN", z, g.math("SUBTRACT", n1, 0.02)), c, "#93a79b")
        c = g.mix(g.math("LESS_THAN", z, g.math("SUBTRACT", n2, 0.16)), c, "#3f5f5c")
        c = g.mix(mat_, c, "#f2ece0")
        return {"color": c}

    def arcs(g):
        p = g.coords("Object")
        x, y, z = g.sep(p)
        r = g.vmath("LENGTH", g.vmath("SUBTRACT", p, (0, 0, -0.10)), out=1)
        up = g.math("GREATER_THAN", z, -0.10)
        c = (0.9, 0.84, 0.74, 1)
        for rad, colr in ((0.20, "#c98a4e"), (0.15, "#efe6d4"), (0.11, "#41605c"), (0.06, "#efe6d4")):
            c = g.mix(g.math("MULTIPLY", up, g.math("LESS_THAN", r, rad)), c, colr)
        return {"color": c}

    art(0.35, 1.74, 0.68, 0.88, hills)
    art(1.12, 1.62, 0.50, 0.60, arcs)
    # ------------------------------------------------- plant by the window
    px, py = -2.15, 1.75
    lathe(
        [(0, 0), (0.19, 0), (0.21, 0.02), (0.26, 0.40), (0.265, 0.43), (0.25, 0.44), (0.235, 0.40), (0, 0.38)],
        64,
        "pot",
        plaster("pot", "#d9cdb8", bump=0.25, scale=6),
        loc=(px, py, 0.12),
    )
    for i in range(3):
        a_ = i * 2.09
        tube(
            [
                (px + 0.19 * math.cos(a_), py + 0.19 * math.sin(a_), 0),
                (px + 0.17 * math.cos(a_), py + 0.17 * math.sin(a_), 0.16),
            ],
            0.018,
            "potleg",
            legs,
        )
    leafm = translucent_leaf(
        material(
            "leaf",
            lambda g: {
                "color": g.mix(
                    g.range(g.math("ABSOLUTE", g.sep(g.coords("Object"))[1]), 0.0, 0.012),
                    "#9bb86a",
                    g.mix(g.noise(None, 4, 3), "#234d22", "#3f7432"),
                )
            },
            rough=0.32,
            coat=0.15,
        ),
        0.3,
        (*hexc("#7fae3c"), 1),
    )
    lib = collection()
    leaves = []
    for k in range(3):
        v, f = leaf_mesh(0.46, 0.25 + 0.03 * k, 0.35 + 0.1 * k, 0.22, n=16, m=8)
        v[:, 2] += 0.008 * np.sin(v[:, 0] * 42) * (np.abs(v[:, 1]) / 0.12)
        leaves.append(mesh("leaf", v, f, leafm, coll=lib))
    stemm = simple("stem", "#4f6b2f", 0.6)
    for i in range(30):
        a_ = i * 2.39996
        h = 0.25 + 1.35 * (i / 30) + rnd.uniform(-0.08, 0.08)
        out = 0.14 + 0.48 * math.sin(0.5 + 2.3 * i / 30) * rnd.uniform(0.7, 1.1)
        base = np.array([px, py, 0.52])
        tip = base + np.array([out * math.cos(a_), min(out * math.sin(a_), 0.45), h * 0.95])
        mid = base + (tip - base) * np.array([0.25, 0.25, 0.65])
        tube(spline([base, mid, tip], 14), np.linspace(0.012, 0.006, 14), "st", stemm, seg=7)
        instance(
            rnd.choice(leaves),
            tip,
            (
                rnd.uniform(-0.3, 0.3),
                rnd.uniform(-0.25, 0.45),
                math.atan2(tip[1] - py, tip[0] - px) + rnd.uniform(-0.4, 0.4),
            ),
            rnd.uniform(0.75, 1.15),
        )
    # ------------------------------------------- foreground: chair arm, basket
    bl = fabric("chair", "#5d6f68", weave=150, bump=0.3)
    cushion((0.9, 0.85, 0.30), (-2.05, -1.25, 0.36), (0, 0, 0.5), bl, 0.25, 51)
    cushion((0.9, 0.70, 0.24), (-2.35, -1.60, 0.72), (math.radians(74), 0, 0.5 + math.pi), bl, 0.35, 52)
    cushion((0.2, 0.8, 0.45), (-1.63, -1.45, 0.46), (0, 0, 0.5), bl, 0.2, 53)
    # ---------------------------------------------------------------- light
    sun((-0.86, -0.26, 0.50), 13, "#ffc384", 0.7)
    area((-3.55, 0.28, 1.55), (0, 0.4, 1.2), 2.5, 170, "#dfe9ff", 2.3)
    area((-1.0, -4.2, 2.7), (0.4, 1.0, 0.8), 3.0, 46, "#ffe8d0")
    world(color=(0.75, 0.86, 1.0, 1), strength=1.6)
    camera((-0.95, -4.35, 1.38), (0.16, 1.2, 0.98), 33, fstop=5.6, focus=(0.4, 1.2, 0.8))
