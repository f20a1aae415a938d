# ruff: noqa
"""A stoneware mug in morning window light."""

import math
import random

import numpy as np

from kit import *
from scenes.common import fabric, plaster, simple, wood

SIZE = (1536, 1024)
SEED = 11
LOOK = {
    "exposure": 0.15,
    "bloom": {"amount": 0.05, "threshold": 1.2},
    "finish": {
        "saturation": 1.08,
        "shadows": (0.004, 0.002, 0.008),
        "highlights": (0.012, 0.006, -0.012),
        "vignette": 0.22,
    },
}


def glaze():
    def build(g):
        p = g.coords("Object")
        x, y, z = g.sep(p)
        wob = g.noise(p, 4.0, 4, 0.55)
        line = g.math("ADD", z, g.math("MULTIPLY", g.math("SUBTRACT", wob, 0.5), 0.14))
        dip = g.range(line, 0.235, 0.26)
        sp = g.voronoi(p, 15.0)
        spk = g.math("SUBTRACT", 1.0, g.range(sp, 0.06, 0.13))
        big = g.noise(p, 6.0, 2, 0.5)
        spk = g.math("MULTIPLY", spk, g.range(big, 0.42, 0.56))
        cream = g.mix(g.noise(p, 3.0, 5, 0.6), "#e9dcc4", "#d6c09a")
        rim = g.range(line, 0.86, 0.95)
        cream = g.mix(g.math("MULTIPLY", rim, 0.75), cream, "#a8733f")
        cream = g.mix(g.math("MULTIPLY", spk, 0.8), cream, "#5b3a20")
        clay = g.mix(g.noise(p, 30, 5, 0.7), "#8a5a3c", "#a8714d")
        col = g.mix(dip, clay, cream)
        rough = g.lerp(dip, 0.85, g.math("ADD", 0.12, g.math("MULTIPLY", spk, 0.3)))
        throw = g.math("SINE", g.math("MULTIPLY", g.math("ADD", z, g.math("MULTIPLY", wob, 0.02)), 95.0))
        hgt = g.math("ADD", g.math("MULTIPLY", throw, 0.10), g.math("MULTIPLY", g.noise(p, 9, 4, 0.5), 0.5))
        hgt = g.math("ADD", hgt, g.math("MULTIPLY", dip, 0.7))
        return {
            "color": col,
            "rough": rough,
            "normal": g.bump(hgt, 0.35, 0.02),
            "Coat Weight": g.math("MULTIPLY", dip, 0.5),
        }

    return material("glaze", build, coat_rough=0.06, sss=0.04, sss_scale=0.05)


def build():
    rnd = random.Random(3)
    # ---- table
    top = box(
        (14, 6.4, 0.3), (0, 1.0, -0.15), wood(light="#a9713f", dark="#4c2a13", planks=1.5, gloss=0.30), bevel=0.03
    )
    # ---- mug
    m = glaze()
    outer = [
        (0.0, 0.012),
        (0.30, 0.012),
        (0.335, 0.0),
        (0.365, 0.02),
        (0.40, 0.07),
        (0.435, 0.2),
        (0.45, 0.4),
        (0.445, 0.62),
        (0.432, 0.82),
        (0.428, 0.95),
        (0.420, 0.972),
        (0.405, 0.968),
        (0.397, 0.94),
        (0.40, 0.8),
        (0.408, 0.6),
        (0.41, 0.35),
        (0.39, 0.14),
        (0.3, 0.07),
        (0.0, 0.06),
    ]
    mug_loc = (0.62, -0.1, 0)
    body = lathe(outer, 128, "mug", m, samples=180, loc=mug_loc)
    hp = spline(
        [
            (0.40, 0, 0.80),
            (0.52, 0, 0.845),
            (0.69, 0, 0.80),
            (0.765, 0, 0.62),
            (0.72, 0, 0.42),
            (0.58, 0, 0.27),
            (0.42, 0, 0.23),
        ],
        60,
    )
    t = np.linspace(0, 1, 60)
    r = 0.054 + 0.035 * (np.abs(t - 0.5) * 2) ** 4
    h = tube(hp, r, "handle", m, seg=24, flat=(0.8, 1.35))
    h.location = mug_loc
    h.rotation_euler = (0, 0, math.radians(-28))
    coffee = material(
        "coffee",
        lambda g: {
            "color": g.mix(g.range(g.vmath("LENGTH", g.coords("Object"), out=1), 0.30, 0.40), "#1c0b04", "#6b3a17"),
            "normal": g.bump(g.noise(None, 3, 2), 0.04, 0.02),
        },
        rough=0.06,
    )
    grid(
        64,
        8,
        lambda u, v: (0.405 * v * np.cos(u * 2 * np.pi), 0.405 * v * np.sin(u * 2 * np.pi), 0.80 + 0 * u),
        "coffee",
        coffee,
        close_u=True,
        loc=mug_loc,
    )
    # ---- saucer-like wooden coaster
    lathe(
        [(0, 0), (0.56, 0), (0.585, 0.012), (0.59, 0.03), (0.58, 0.045), (0.56, 0.05), (0, 0.05)],
        96,
        "coaster",
        wood("coasterwood", "#7d5030", "#321a0c", planks=3, scale=2.5, gloss=0.5),
        loc=(mug_loc[0], mug_loc[1], 0.0),
    )
    for o in (body, h):
        o.location.z = 0.05
    bpy.data.objects["coffee"].location.z = 0.05
    # ---- linen napkin, loosely folded
    lin = fabric("linen", "#c9c2b2", "#e2dccd", weave=90, bump=0.5)

    def cloth(u, v):
        P = np.stack([u * 1.1, v * 1.6, 0 * u], -1)
        fold = 0.07 * np.exp(-(((u - 0.35 - 0.12 * np.sin(v * 3)) / 0.06) ** 2)) + 0.05 * np.exp(
            -(((u - 0.68 - 0.1 * v) / 0.05) ** 2)
        )
        fold = fold + 0.05 * np.exp(-(((v - 0.6 + 0.3 * u) / 0.06) ** 2))
        z = 0.02 + fold + 0.03 * (fbm(P * 2.2, 3, seed=4) + 0.4)
        w = 0.05 * fbm(P * 1.5 + 9, 2, seed=8)
        return (u - 0.5) * 1.9 + w, (v - 0.5) * 1.5 + w, z

    for k in range(2):
        c = grid(120, 120, cloth, "napkin", lin, loc=(-1.05 + 0.06 * k, -0.55 + 0.05 * k, 0.0 + 0.03 * k))
        c.rotation_euler = (0, 0, math.radians(24 + 5 * k))
        s = c.modifiers.new("s", "SOLIDIFY")
        s.thickness = 0.018
    # ---- spoon on the napkin
    brass = simple("brass", "#c9a15a", 0.22, metal=1.0)

    def bowl(u, v):
        a = u * 2 * np.pi
        rr = v
        return 0.21 * rr * np.cos(a), 0.14 * rr * np.sin(a), 0.055 * (rr**2 - 1)

    sp = grid(48, 14, bowl, "bowl", brass, close_u=True)
    sp.modifiers.new("s", "SOLIDIFY").thickness = 0.014
    st = tube(
        spline([(0.19, 0, -0.005), (0.32, 0, 0.03), (0.7, 0, 0.05), (1.15, 0, 0.0)], 40),
        np.linspace(0.022, 0.034, 40),
        "stem",
        brass,
        flat=(1.2, 0.6),
    )
    for o in (sp, st):
        o.location = (-1.25, -0.95, 0.155)
        o.rotation_euler = (0, 0, math.radians(36))
    # ---- beans, a few spilled
    bv, bf = ico(1, 3)
    bv = bv * np.array([0.075, 0.052, 0.04])
    crease = np.exp(-(((bv[:, 1] + 0.006 * np.sin(bv[:, 0] * 60)) / 0.007) ** 2)) * (bv[:, 2] > 0)
    bv[:, 2] -= 0.014 * crease
    bean = mesh("bean", bv, bf, simple("bean", "#2a1408", 0.35))
    bean.location = (0.02, -1.18, 0.04)
    for i in range(13):
        a, d = rnd.uniform(0, 6.28), abs(rnd.gauss(0, 0.25))
        instance(
            bean,
            (0.05 + d * math.cos(a) * 1.5, -1.1 + d * math.sin(a), 0.04 + rnd.uniform(0, 0.006)),
            (rnd.choice([0, 0, math.pi]) + rnd.uniform(-0.3, 0.3), rnd.uniform(-0.3, 0.3), rnd.uniform(0, 6)),
            rnd.uniform(0.85, 1.1),
        )
    # ---- middle ground: books and a vase with stems
    cols = ["#35505a", "#c7b693", "#8c3f2c"]
    z = 0
    for i, c in enumerate(cols):
        hh = [0.20, 0.15, 0.24][i]
        pr = simple(f"cover{i}", c, 0.6)
        bk = box(
            (1.75 - 0.12 * i, 1.2 - 0.05 * i, hh),
            (-1.75, 1.95, z + hh / 2),
            pr,
            bevel=0.02,
            rot=(0, 0, 0.12 - 0.16 * i),
        )
        box(
            (1.70 - 0.12 * i, 1.17 - 0.05 * i, hh - 0.05),
            (-1.73, 1.92, z + hh / 2),
            simple(f"pages{i}", "#d8ccb0", 0.9),
            rot=(0, 0, 0.12 - 0.16 * i),
        )
        z += hh
    vase = lathe(
        [
            (0, 0),
            (0.22, 0),
            (0.30, 0.06),
            (0.36, 0.25),
            (0.33, 0.48),
            (0.18, 0.66),
            (0.115, 0.78),
            (0.13, 0.9),
            (0.14, 0.92),
            (0.12, 0.92),
            (0.09, 0.8),
        ],
        72,
        "vase",
        material("vasem", lambda g: {"color": g.mix(g.noise(None, 3, 4), "#2f4a4c", "#55777a")}, rough=0.35),
        samples=80,
        loc=(-1.65, 1.9, z),
    )
    lv, lf = leaf_mesh(0.34, 0.17, 0.15, 0.25)
    leafm = translucent_leaf(simple("leaf", "#5f7f3d", 0.5), 0.45, (*hexc("#93b04a"), 1))
    leaf = mesh("leaf", lv, lf, leafm, coll=collection())
    stemm = simple("stemm", "#6b5a35", 0.7)
    for i in range(9):
        a = i * 2.4 + 0.4
        lean = rnd.uniform(0.25, 0.75)
        H = rnd.uniform(1.0, 1.7)
        pts = spline(
            [
                (0, 0, 0.6),
                (0.1 * math.cos(a) * lean, 0.1 * math.sin(a) * lean, 1.0),
                (0.45 * math.cos(a) * lean, 0.45 * math.sin(a) * lean, 0.9 + 0.5 * H),
                (1.1 * math.cos(a) * lean, 1.1 * math.sin(a) * lean, 0.8 + H),
            ],
            24,
        )
        pts = pts + np.array([-1.65, 1.9, z])
        tube(pts, np.linspace(0.014, 0.006, 24), "stem", stemm, seg=8)
        for j in range(9, 24, 2):
            for sgn in (1, -1):
                instance(
                    leaf,
                    pts[j],
                    (rnd.uniform(-0.3, 0.3), rnd.uniform(-0.5, 0.2), a + sgn * rnd.uniform(0.7, 1.2)),
                    rnd.uniform(0.6, 1.0),
                )
    # ---- room behind: wall, window with garden light
    box((30, 0.2, 14), (0, 9.0, 3), plaster("wall", "#6d6152"))
    garden = bpy.data.materials.new("garden")
    garden.use_nodes = True
    g = Graph(garden.node_tree)
    p = g.coords("Object")
    n = g.noise(p, 0.55, 4, 0.6)
    z_ = g.sep(p)[2]
    col = g.ramp(
        g.math("ADD", g.math("MULTIPLY", n, 0.9), g.math("MULTIPLY", z_, 0.10)),
        [(0.2, "#33451f"), (0.42, "#8a9448"), (0.58, "#ecd8a2"), (0.8, "#fff6e0")],
    )
    e = g.n("Emission", {"Color": col, "Strength": 2.3})
    garden.node_tree.links.new(e.outputs[0], garden.node_tree.nodes["Material Output"].inputs[0])
    mesh(
        "garden",
        [(-3.6, 0, -2.2), (3.6, 0, -2.2), (3.6, 0, 3.6), (-3.6, 0, 3.6)],
        [(0, 1, 2, 3)],
        garden,
        False,
        loc=(-2.2, 8.75, 1.9),
    )
    fr = simple("frame", "#cbbfa8", 0.5)
    for x in (-5.9, -4.05, -2.2, -0.35, 1.5):
        box((0.2, 0.3, 6.2), (x, 8.6, 2.6), fr)
    for zz in (-0.3, 2.2, 5.5):
        box((7.6, 0.3, 0.2), (-2.2, 8.6, zz), fr)
    # right side: dark shelf with soft warm shapes
    box((6.5, 0.9, 0.14), (5.2, 8.2, 1.0), simple("shelf", "#4a2d18", 0.6))
    for i in range(7):
        lathe(
            [(0, 0), (0.3, 0), (0.36, 0.2), (0.33, 0.7), (0.2, 0.95), (0.22, 1.0)],
            32,
            "jar",
            simple(f"jar{i}", ["#8d5a3a", "#c9b79a", "#4f5f58", "#b58555", "#77695a", "#d3c4a6", "#3d4d52"][i], 0.4),
            samples=24,
            loc=(2.5 + i * 0.72, 8.2, 1.07),
        )
    # ---- light
    area((-5.5, 2.6, 4.2), (0.3, 0, 0.4), 4.0, 430, "#fff0d8", 3.2)
    area((5.0, -2.5, 3.5), (0.4, 0, 0.5), 3.5, 60, "#bcd0ff")
    area((1.5, 5.0, 4.2), (0.6, 0, 0.6), 2.0, 150, "#ffe2b0")
    sun((-0.95, 0.42, 0.62), 12.0, "#ffd9a0", 1.1)
    for i in range(7):  # window bars out of frame, for the light pattern on the table
        box((0.03, 0.34, 6), (-6, -3.0 + i * 1.55, 3.5), simple(f"bar{i}", "#222222"))
    for zz in (1.6, 3.6, 5.2):
        box((0.03, 14, 0.3), (-6, 1, zz), bpy.data.materials["bar0"])
    box((0.03, 7.5, 9), (-6, 7.4, 4), bpy.data.materials["bar0"])
    area((1.0, 4.0, 7.0), (1.0, 9.0, 1.0), 3.0, 420, "#ffdcae")
    world(color=(0.32, 0.36, 0.45, 1), strength=0.22)
    camera((0.25, -6.9, 2.75), (-0.22, 0.15, 0.82), 57, fstop=0.24, focus=(0.62, -0.45, 0.6))
