# ruff: noqa
"""Late-day surf against dark rocks, with a stack and a headland beyond."""

import math
import random

import numpy as np

from kit import *

CYCLES = {"diffuse_bounces": 1, "glossy_bounces": 2, "max_bounces": 3}
SIZE = (1536, 1024)
SEED = 4
SUN = (-0.27, 0.95, 0.17)
LOOK = {
    "exposure": 0.4,
    "bloom": {"amount": 0.07, "threshold": 1.3, "tint": (1, 0.85, 0.65)},
    "finish": {
        "saturation": 1.10,
        "contrast": 1.12,
        "shadows": (-0.004, 0.003, 0.012),
        "highlights": (0.012, 0.004, -0.012),
        "vignette": 0.2,
    },
}
HAZE = "#c9987c"


def post(lin):
    """Hold the sun's glitter below white."""
    y = lin.max(-1, keepdims=True)
    soft = np.where(y > 0.9, 0.9 + 1.6 * (1 - np.exp(-np.maximum(y - 0.9, 0) / 2.6)), y)
    return lin * (soft / np.maximum(y, 1e-6)) * np.array([0.97, 1.0, 1.03], np.float32)


def sky(g):
    return sky_clouds(
        g,
        SUN,
        "#1a55a0",
        "#d8a27c",
        (0.95, 0.42, 0.13),
        "#ffc896",
        "#57566e",
        cover=0.78,
        scale=0.7,
        seed=3.7,
        glow=1.0,
        soft=0.15,
        sharp_sun=True,
        haze=HAZE,
    )


def shore(x):
    """y of the mean waterline for a given x: a shallow bay."""
    return 6.3 + 1.6 * np.sin(x * 0.13 + 0.6) + 0.05 * (x + 6) * 0.9


def build():
    rnd = random.Random(2)
    bake_sky(sky)
    sun(SUN, 3.4, "#ffb777", 1.5)
    # ---------------------------------------------------------------- sea
    water = bpy.data.materials.new("water")
    water.use_nodes = True
    g = Graph(water.node_tree)
    p = g.n("NewGeometry").outputs["Position"]
    x, y, z = g.sep(p)
    bsdf = water.node_tree.nodes["Principled BSDF"]
    near = g.range(y, 5.0, 42.0)
    col = g.mix(near, "#3a8f93", "#0a3550")
    crest = g.range(z, 0.10, 0.75)
    col = g.mix(g.math("MULTIPLY", crest, 0.75), col, "#4fae9f")
    # foam: streaks on the crests, lace near the shore
    q = g.mapping(p, (0.5, 1.0, 0.0))
    lace = g.voronoi(g.vmath("ADD", q, g.scale(g.noise(p, 0.6, 4, 0.6, color=True), 2.2)), 0.95, "DISTANCE_TO_EDGE")
    fine = g.voronoi(g.vmath("ADD", p, g.scale(g.noise(p, 1.6, 4, 0.6, color=True), 1.0)), 2.6, "DISTANCE_TO_EDGE")
    lines = g.math(
        "MAXIMUM",
        g.math("SUBTRACT", 1.0, g.range(lace, 0.0, 0.16)),
        g.math("MULTIPLY", g.math("SUBTRACT", 1.0, g.range(fine, 0.0, 0.22)), 0.8),
    )
    patch = g.noise(g.mapping(p, (0.10, 0.22, 0)), 1.0, 5, 0.62)
    nearshore = g.math("SUBTRACT", 1.0, g.range(y, 7.0, 22.0))
    amt = g.math("MULTIPLY", nearshore, g.range(patch, 0.42, 0.66))
    foam = g.math("MULTIPLY", lines, amt)
    att = g.n("Attribute", attribute_name="surf").outputs["Fac"]
    clump = g.noise(p, 1.5, 7, 0.68)
    breakm = g.range(g.math("ADD", att, g.math("MULTIPLY", g.math("SUBTRACT", clump, 0.5), 1.6)), 0.70, 0.95)
    breakm = g.math("MAXIMUM", breakm, g.math("MULTIPLY", lines, g.range(att, 0.12, 0.6)))
    foam = g.math("MAXIMUM", foam, breakm)
    caps = g.math("MULTIPLY", g.range(z, 0.55, 0.95), g.range(clump, 0.45, 0.62))
    foam = g.math("MAXIMUM", foam, caps, clamp=True)
    rip = g.math(
        "ADD", g.noise(g.mapping(p, (1, 1.6, 1)), 1.8, 6, 0.6), g.math("MULTIPLY", g.noise(p, 9, 4, 0.6), 0.12)
    )
    h = rip
    g.set(bsdf.inputs["Base Color"], g.mix(foam, col, "#f4ece4"))
    g.set(bsdf.inputs["Roughness"], g.lerp(foam, 0.06, 0.8))
    g.set(bsdf.inputs["IOR"], 1.33)
    g.set(bsdf.inputs["Normal"], g.bump(h, 0.55, 0.12))
    g.set(bsdf.inputs["Specular IOR Level"], 0.55)

    def sea(u, v):
        # rows crowd towards the viewer
        Y = 4.0 + 2200 * (v**3.2)
        X = (u - 0.5) * (46 + Y * 1.6)
        return X, Y

    nx, ny = 620, 640
    U, V = np.meshgrid(np.linspace(0, 1, nx), np.linspace(0, 1, ny))
    X, Y = sea(U, V)
    d = Y - shore(X)
    far = 1 / (1 + (Y / 260) ** 2)
    Z = np.zeros_like(X)
    rng = np.random.RandomState(9)
    DX = np.zeros_like(X)
    for i in range(34):
        L = 1.6 * 1.13**i
        a = rng.normal(0, 0.42) - math.pi / 2
        k = 2 * math.pi / L
        amp = 0.0085 * L**0.86 * (0.6 if L > 30 else 1)
        ph = k * (np.cos(a) * X + np.sin(a) * Y) + rng.uniform(0, 6.28)
        keep = np.clip((L - 0.012 * Y) / (0.02 * Y + 0.5), 0, 1)
        Z += amp * keep * (np.exp(np.sin(ph) * 1.0) - 1.27) * 0.85
    Z *= far * np.clip(0.25 + d / 16, 0.12, 1)
    # two breakers rolling in, crest lines that wander
    surf = np.zeros_like(X)
    for off, height, seed in ((5.5, 0.50, 1), (16.0, 0.75, 2), (31.0, 0.85, 4), (1.2, 0.16, 3)):
        wob = 0.14 * X * (1 if seed % 2 else -0.6) + 2.6 * fbm(
            np.stack([X * 0.09, X * 0 + seed * 5.1, X * 0], -1), 3, seed=seed
        )
        s = d - off - wob
        var = np.clip(
            0.60 + 1.5 * fbm(np.stack([X * 0.07 + 3, X * 0 + seed * 2.3, X * 0], -1), 3, seed=seed + 7), 0.05, 1.2
        )
        wdt = 0.6 + 0.5 * off / 10
        front = np.exp(-(np.clip(-s, 0, None) ** 2) / (0.35 * wdt) ** 2)
        back = np.exp(-(np.clip(s, 0, None) ** 2) / (2.0 * wdt) ** 2)
        shape = np.where(s < 0, front, back)
        Z += height * var * shape
        spill = np.exp(-(((s + 0.55 * wdt) / (0.42 * wdt)) ** 2)) * var
        trail = 0.50 * np.exp(-np.clip(-(s + 0.9), 0, None) / 2.6) * (s < -0.5) * var
        surf = np.maximum(surf, np.maximum(spill * 1.0, trail))
    edge = np.exp(-(((d - 0.0) / 0.8) ** 2)) * 0.85
    surf = np.maximum(surf, edge)
    # wash round the rocks
    rocks = [
        (-4.6, 3.6, 0.85, 52, 0.9),
        (-3.3, 4.3, 0.45, 53, 0.8),
        (-5.9, 5.4, 1.0, 57, 0.9),
        (-7.2, 13.0, 2.1, 21, 0.9),
        (-9.5, 10.2, 1.7, 9, 0.8),
        (-5.4, 9.6, 0.95, 14, 0.8),
        (5.6, 19.5, 1.2, 31, 0.7),
        (7.6, 21.5, 1.9, 33, 0.9),
        (-13.5, 15.0, 3.0, 40, 1.0),
        (-3.9, 8.2, 0.55, 44, 0.7),
        (9.6, 20.0, 0.9, 45, 0.6),
    ]
    for rx, ry, rr, _, _ in rocks:
        q = np.hypot(X - rx, Y - ry) / rr
        surf = np.maximum(surf, 0.85 * np.exp(-(np.clip(q - 0.9, 0, None) ** 2) / 0.18))
    Z = np.where(d < 0, np.maximum(Z * 0.15, -0.02), Z)
    me = np.stack([X, Y, Z], -1).reshape(-1, 3)
    F = []
    idx = np.arange(nx * ny).reshape(ny, nx)
    quads = np.stack([idx[:-1, :-1], idx[:-1, 1:], idx[1:, 1:], idx[1:, :-1]], -1).reshape(-1, 4)
    o = mesh("sea", me, quads, water)
    at = o.data.attributes.new("surf", "FLOAT", "POINT")
    at.data.foreach_set("value", surf.ravel().astype(np.float32))
    # -------------------------------------------------------------- beach
    sand = material("sand", None)
    g = Graph(sand.node_tree)
    b = sand.node_tree.nodes["Principled BSDF"]
    p = g.n("NewGeometry").outputs["Position"]
    wet = g.n("Attribute", attribute_name="wet").outputs["Fac"]
    wetn = g.range(
        g.math("ADD", wet, g.math("MULTIPLY", g.math("SUBTRACT", g.noise(p, 0.5, 5, 0.6), 0.5), 0.5)), 0.35, 0.6
    )
    grains = g.noise(p, 60, 3, 0.7)
    dry = g.mix(grains, "#a48b70", "#cdb79a")
    wc = g.mix(grains, "#4f3d30", "#6b5442")
    tide = g.voronoi(g.vmath("ADD", p, g.scale(g.noise(p, 0.9, 4, 0.6, color=True), 1.6)), 1.4, "DISTANCE_TO_EDGE")
    lace2 = g.math("MULTIPLY", g.math("SUBTRACT", 1.0, g.range(tide, 0.0, 0.10)), g.range(wet, 0.72, 0.95))
    c = g.mix(wetn, dry, wc)
    c = g.mix(g.math("MULTIPLY", lace2, 0.85), c, "#efe6dd")
    g.set(b.inputs["Base Color"], c)
    g.set(b.inputs["Roughness"], g.lerp(wetn, 0.92, g.lerp(lace2, 0.16, 0.7)))
    peb = g.voronoi(p, 7.0)
    hh = g.math(
        "ADD",
        g.math("MULTIPLY", grains, 0.25),
        g.math("MULTIPLY", g.noise(g.mapping(p, (0.6, 2.2, 1), rot=(0, 0, 0.2)), 1.1, 4, 0.5), 1.2),
    )
    hh = g.math("MULTIPLY", hh, g.lerp(wetn, 1.0, 0.22))
    g.set(b.inputs["Normal"], g.bump(hh, 0.5, 0.06))

    U, V = np.meshgrid(np.linspace(0, 1, 260), np.linspace(0, 1, 220))
    X = (U - 0.5) * 46
    Y = -6 + V * 19
    d = Y - shore(X)
    Z = (
        np.clip(-d, -3, 12) * 0.055
        + 0.035 * fbm(np.stack([X * 0.5, Y * 0.5, X * 0], -1), 4, seed=2) * np.clip(-d / 3, 0, 1)
        + 0.012
    )
    bo = mesh(
        "beach",
        np.stack([X, Y, Z], -1).reshape(-1, 3),
        (lambda i: np.stack([i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]], -1).reshape(-1, 4))(
            np.arange(260 * 220).reshape(220, 260)
        ),
        sand,
    )
    at = bo.data.attributes.new("wet", "FLOAT", "POINT")
    at.data.foreach_set("value", (1 / (1 + np.exp(-(d + 2.6) * 1.2))).ravel().astype(np.float32))

    # -------------------------------------------------------------- rocks
    def rockmat(name, wetline):
        m = material(name, None)
        g = Graph(m.node_tree)
        b = m.node_tree.nodes["Principled BSDF"]
        p = g.n("NewGeometry").outputs["Position"]
        z = g.sep(p)[2]
        n = g.noise(p, 0.9, 5, 0.65)
        f = g.noise(p, 6, 4, 0.7)
        cr = g.voronoi(g.vmath("ADD", p, g.scale(g.noise(p, 1.2, 3, 0.5, color=True), 0.7)), 0.9, "DISTANCE_TO_EDGE")
        strata = g.noise(g.mapping(p, (0.3, 0.3, 3.0), rot=(0.25, 0.1, 0)), 1.3, 5, 0.6)
        col = g.mix(
            g.range(g.math("ADD", g.math("MULTIPLY", n, 0.5), g.math("MULTIPLY", strata, 0.5)), 0.3, 0.7),
            "#3a322d",
            "#8a7462",
        )
        wetk = g.math(
            "SUBTRACT",
            1.0,
            g.range(g.math("ADD", z, g.math("MULTIPLY", g.math("SUBTRACT", n, 0.5), 1.0)), wetline, wetline + 0.5),
        )
        col = g.mix(wetk, col, "#171514")
        g.set(b.inputs["Base Color"], col)
        g.set(b.inputs["Roughness"], g.lerp(wetk, 0.85, 0.3))
        h = g.math("ADD", g.math("ADD", n, g.math("MULTIPLY", f, 0.4)), g.math("MULTIPLY", g.range(cr, 0, 0.1), 0.5))
        h = g.math("ADD", h, strata)
        g.set(b.inputs["Normal"], g.bump(h, 0.6, 0.16))
        return m

    rm = rockmat("rock", 0.35)
    for rx, ry, rr, sd, sq in rocks:
        rock(rr, sd, rm, 5, (1.15, 1.0, sq * 0.8), loc=(rx, ry, rr * 0.08), rough=0.16)
    for i in range(16):
        x, y, r = rnd.uniform(-7.5, 6), rnd.uniform(-0.5, 6.2), rnd.uniform(0.07, 0.26)
        ground = max(0.0, float(shore(x)) - y) * 0.055
        rock(r, 60 + i, rm, 4, (1.2, 1, 0.55), loc=(x, y, ground + 0.10 * r), rough=0.06)
    # sea stack and arch-like neighbour
    rm2 = rockmat("stackrock", 0.5)
    for x, y, r, h, sd in ((22, 62, 5.2, 12.5, 5), (31.5, 70, 3.4, 7.0, 8), (14.5, 66, 2.0, 3.2, 11)):
        nseg, nz = 160, 120

        def stack(u, v, r=r, h=h, sd=sd):
            a = u * 2 * np.pi
            base = np.stack([np.cos(a) * 1.2, np.sin(a) * 1.2, v * h * 0.16], -1)
            n1 = fbm(base + sd * 3.1, 5, seed=sd)
            n2 = fbm(base * 3.2 + sd, 5, seed=sd + 3, ridged=True)
            led = 0.06 * np.round(np.sin(v * 19 + n1 * 3) * 1.5) / 1.5
            prof = (1.12 - 0.30 * v - 0.12 * np.sin(v * 3.1)) * np.clip((1 - v) * 9, 0, 1) ** 0.5
            rad = r * prof * (1 + 0.42 * n1 + 0.11 * n2 + led)
            lean = 0.6 * v * v * np.sign(sd - 7)
            return rad * np.cos(a) + lean, rad * np.sin(a), v * h * (1 + 0.10 * n1)

        grid(nseg, nz, stack, "stack", rm2, close_u=True, loc=(x, y, -0.4))

    # headland
    def head(u, v):
        X = 70 + u * 420
        Yb = 330 + v * 170 + 60 * np.sin(u * 4)
        ridge = np.clip(u * 3.0, 0, 1) ** 0.7 * np.sin(np.clip(v * np.pi, 0, np.pi)) ** 0.6
        n = fbm(np.stack([X * 0.012, Yb * 0.012, u * 0], -1), 6, seed=6)
        return X, Yb, -4 + ridge * (38 + 34 * n + 26 * u)

    grid(200, 90, head, "headland", rockmat("land", 2.0))

    def head2(u, v):
        X = -900 + u * 700
        Yb = 1100 + v * 240
        n = fbm(np.stack([X * 0.004, Yb * 0.004, u * 0], -1), 6, seed=16)
        return X, Yb, -4 + np.sin(v * np.pi) * np.clip((1 - u) * 2, 0, 1) * (55 + 60 * n)

    grid(160, 40, head2, "headland2", rockmat("land2", 2.0))
    fog_all(lambda g, inc: (*hexc(HAZE), 1), 0.0012, start=25, maxfog=0.93)
    camera((0.0, -3.6, 2.7), (1.4, 20, 2.35), 31, fstop=4.0, focus=(0, 14, 1))
