# ruff: noqa
"""A path through an old wood, early sun breaking through mist."""

import math
import random

import numpy as np

import grade
from kit import *
from scenes.common import simple

SIZE = (1536, 1024)
SEED = 31
SUN = Vector((0.16, 0.93, 0.42)).normalized()
CYCLES = {"diffuse_bounces": 1, "glossy_bounces": 1, "max_bounces": 3, "transparent_max_bounces": 2}
LOOK = {
    "exposure": 0.1,
    "bloom": {"amount": 0.05, "threshold": 1.2, "tint": (1, 0.93, 0.75)},
    "finish": {
        "saturation": 1.10,
        "contrast": 1.10,
        "shadows": (-0.002, 0.004, 0.008),
        "highlights": (0.012, 0.008, -0.014),
        "vignette": 0.24,
    },
}


def post(lin):
    return grade.shafts(
        lin, (0.615, -0.13), amount=0.8, threshold=0.36, rays=0.6, length=0.78, tint=(1.0, 0.86, 0.56), cap=1.6
    )


def px(y):
    """Centre of the path at depth y."""
    return -0.55 + 1.5 * np.sin((y + 2) * 0.105) + 0.016 * y


def height(x, y):
    x = np.asarray(x, float)
    y = np.asarray(y, float)
    P = np.stack([x * 0.16, y * 0.16, 0 * x], -1)
    d = np.abs(x - px(y))
    bank = 0.55 * np.clip((d - 0.9) / 3.0, 0, 1) ** 1.2
    return 0.35 * fbm(P + 5, 4, seed=3) * np.clip(d / 2.5, 0.15, 1) + bank + 0.012 * np.maximum(y - 6, 0)


def haze(g, view):
    """Mist colour, brighter and warmer towards the sun. `view` points away from the camera."""
    d = g.math("MAXIMUM", g.vmath("DOT_PRODUCT", g.vmath("NORMALIZE", view), tuple(SUN), out=1), 0.0)
    c = g.mix(g.math("POWER", d, 3.0), (0.040, 0.075, 0.055, 1), (0.24, 0.235, 0.125, 1))
    return g.mix(g.math("MULTIPLY", g.math("POWER", d, 16.0), 0.95), c, (0.95, 0.74, 0.38, 1), "ADD")


def build():
    rnd = random.Random(17)
    world(lambda g: haze(g, g.coords("Generated")), strength=1.0)
    sun(SUN, 9.0, "#ffdc9e", 1.2)
    # --------------------------------------------------------------- ground
    gm = material("floor", None, rough=0.9)
    g = Graph(gm.node_tree)
    p = g.n("NewGeometry").outputs["Position"]
    path = g.n("Attribute", attribute_name="path").outputs["Fac"]
    n = g.noise(p, 1.3, 5, 0.65)
    lit = g.voronoi(p, 11.0, out=1)
    lx = g.sep(lit)[0]
    litter = g.ramp(lx, [(0.0, "#3a2412"), (0.35, "#6b431d"), (0.6, "#8f5f28"), (0.8, "#4a371b"), (1.0, "#a9813d")])
    moss = g.mix(n, "#2f4216", "#5f7526")
    side = g.mix(g.range(n, 0.42, 0.60), litter, moss)
    dirt = g.mix(n, "#5b4027", "#8d6b45")
    dirt = g.mix(g.math("MULTIPLY", g.range(lx, 0.72, 0.78), 0.75), dirt, litter)
    k = g.range(g.math("ADD", path, g.math("MULTIPLY", g.math("SUBTRACT", n, 0.5), 0.7)), 0.40, 0.62)
    b = gm.node_tree.nodes["Principled BSDF"]
    g.set(b.inputs["Base Color"], g.mix(k, side, dirt))
    g.set(b.inputs["Normal"], g.bump(g.math("ADD", g.noise(p, 7, 4, 0.7), g.math("MULTIPLY", lx, 0.7)), 0.8, 0.08))
    nx, ny = 220, 260
    Ug, Vg = np.meshgrid(np.linspace(0, 1, nx), np.linspace(0, 1, ny))
    Y = -6 + 76 * Vg**1.5
    X = (Ug - 0.5) * (22 + Y * 0.9)
    Z = height(X, Y) + 0.02 * fbm(np.stack([X * 2.2, Y * 2.2, 0 * X], -1), 3, seed=8)
    i = np.arange(nx * ny).reshape(ny, nx)
    go = mesh(
        "ground",
        np.stack([X, Y, Z], -1).reshape(-1, 3),
        np.stack([i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]], -1).reshape(-1, 4),
        gm,
    )
    at = go.data.attributes.new("path", "FLOAT", "POINT")
    at.data.foreach_set("value", np.clip(1.25 - np.abs(X - px(Y)) / 0.95, 0, 1).ravel().astype(np.float32))
    # ---------------------------------------------------------------- trees
    bark = material("bark", None, rough=0.9)
    g = Graph(bark.node_tree)
    p = g.n("NewGeometry").outputs["Position"]
    q = g.mapping(p, (1, 1, 0.18))
    r = g.noise(q, 5.0, 5, 0.65, 0.6)
    z = g.sep(p)[2]
    nrm = g.sep(g.n("NewGeometry").outputs["Normal"])
    col = g.mix(g.range(r, 0.35, 0.65), "#1f1710", "#6a5642")
    mossk = g.math(
        "MULTIPLY",
        g.range(g.math("ADD", g.noise(p, 1.6, 4, 0.6), g.math("MULTIPLY", z, -0.05)), 0.42, 0.58),
        g.range(nrm[0], -0.9, 0.5),
    )
    col = g.mix(g.math("MULTIPLY", mossk, 0.85), col, "#4c6420")
    b = bark.node_tree.nodes["Principled BSDF"]
    g.set(b.inputs["Base Color"], col)
    g.set(b.inputs["Normal"], g.bump(r, 1.0, 0.10))

    leaf_cols = [("#4f7a22", "#b7d04a"), ("#5f8426", "#d2d65a"), ("#3f6a20", "#93b840")]
    leafms = [translucent_leaf(simple(f"leaf{i}", a, 0.55), 0.55, (*hexc(c), 1)) for i, (a, c) in enumerate(leaf_cols)]
    lib = collection()

    def cluster(seed, count, spread, size):
        rr = random.Random(seed)
        parts = []
        v, f = leaf_mesh(1.0, 0.52, 0.15, 0.2, n=4, m=2)
        for _ in range(count):
            a, e = rr.uniform(0, 6.28), rr.gauss(0, 0.35)
            d = spread * rr.random() ** 0.6
            loc = (d * math.cos(a) * math.cos(e), d * math.sin(a) * math.cos(e), d * math.sin(e) * 0.55)
            parts.append(
                (
                    xform(
                        v,
                        loc,
                        (rr.uniform(-0.6, 0.6), rr.uniform(-0.3, 0.8), rr.uniform(0, 6.28)),
                        size * rr.uniform(0.7, 1.2),
                    ),
                    f,
                    0,
                )
            )
        o = join(parts, "cluster", coll=lib)
        o.data.materials.append(leafms[seed % 3])
        return o

    clusters = [cluster(k, 90, 0.95, 0.13) for k in range(6)]

    def trunk(x, y, rad, h, seed, lean=0.05, branches=7, leafy=True, low=2.6):
        rr = random.Random(seed)
        z0 = float(height(x, y)) - 0.15
        n, seg = 46, 28
        la = rr.uniform(0, 6.28)
        t = np.linspace(0, 1, n)
        cx = x + lean * h * t**1.5 * math.cos(la) + 0.10 * np.sin(t * 5 + seed) * rad * 3
        cy = y + lean * h * t**1.5 * math.sin(la) + 0.10 * np.cos(t * 4 + seed) * rad * 3

        def fn(u, v):
            a = u * 2 * np.pi
            zz = v**1.4 * h
            flare = 1 + 0.95 * np.exp(-zz / (1.3 * rad + 0.12)) * (0.75 + 0.45 * np.sin(a * 5 + seed))
            P = np.stack([np.cos(a) * 1.6, np.sin(a) * 1.6, zz * 0.35], -1)
            rr_ = rad * (1 - 0.55 * v**1.4) * flare * (1 + 0.13 * fbm(P + seed, 3, seed=seed))
            vi = v**1.4
            return np.interp(vi, t, cx) + rr_ * np.cos(a), np.interp(vi, t, cy) + rr_ * np.sin(a), z0 + zz

        grid(seg, n, fn, "trunk", bark, close_u=True)
        for b_ in range(branches):
            tb = low / h + (min(0.95, 9.0 / h + 0.25) - low / h) * rr.random() ** 1.2
            base = np.array([np.interp(tb, t, cx), np.interp(tb, t, cy), z0 + tb * h])
            a = rr.uniform(0, 6.28)
            L = rr.uniform(1.4, 3.6) * (1.15 - 0.5 * tb)
            d = np.array([math.cos(a), math.sin(a), rr.uniform(0.05, 0.45)])
            pts = spline(
                [
                    base,
                    base + d * L * 0.4 + [0, 0, 0.05],
                    base + d * L * 0.75 + [0, 0, 0.12 * L],
                    base + d * L + [0, 0, rr.uniform(-0.1, 0.2) * L],
                ],
                12,
            )
            tube(pts, np.linspace(rad * 0.24, 0.012, 12), "branch", bark, seg=7)
            if leafy:
                for j in (5, 7, 9, 11):
                    instance(
                        rr.choice(clusters),
                        pts[j] + np.array([rr.gauss(0, 0.2), rr.gauss(0, 0.2), rr.gauss(0, 0.12)]),
                        (rr.uniform(-0.3, 0.3), rr.uniform(-0.3, 0.3), rr.uniform(0, 6.28)),
                        rr.uniform(0.6, 1.15),
                    )

    # named trees for the composition, then a scatter that keeps off the path
    trunk(-3.05, 0.9, 0.46, 11, 5, 0.03, 5, low=3.4)
    trunk(3.35, 3.6, 0.33, 11, 8, 0.04, 7, low=3.0)
    trunk(-2.7, 7.0, 0.28, 11, 11, 0.05, 8)
    trunk(4.6, 8.2, 0.40, 12, 14, 0.03, 8)
    placed = [(-3.05, 0.9), (3.35, 3.6), (-2.7, 7), (4.6, 8.2)]
    k = 0
    while len(placed) < 74 and k < 4000:
        k += 1
        y = 5 + 52 * rnd.random() ** 1.15
        x = rnd.uniform(-1, 1) * (8 + y * 0.52)
        if abs(x - float(px(y))) < 2.3 + 0.015 * y or any(math.hypot(x - a, y - b_) < 1.5 for a, b_ in placed):
            continue
        placed.append((x, y))
        trunk(
            x,
            y,
            rnd.uniform(0.14, 0.36),
            rnd.uniform(10, 12) + 0.33 * y,
            100 + len(placed),
            rnd.uniform(0.01, 0.07),
            9 if y < 26 else 5,
            low=2.2,
        )
    # ---------------------------------------------------------- undergrowth
    fernm = translucent_leaf(
        material(
            "fern", lambda g: {"color": g.mix(g.noise(None, 1.5, 2), "#35561a", "#6b8a2c")}, rough=0.85, spec=0.15
        ),
        0.45,
        (*hexc("#a7c63f"), 1),
    )
    ferns = []
    for s in range(4):
        rr = random.Random(s)
        parts = []
        lv, lf = leaf_mesh(1.0, 0.30, 0.12, 0.1, n=4, m=2)
        for i in range(11):
            a = i * 6.283 / 11 + rr.uniform(-0.2, 0.2)
            L = rr.uniform(0.55, 0.85)
            n = 15
            for j in range(1, n):
                t = j / n
                rr_, zz = L * (t * 0.95), L * (0.95 * t - 0.80 * t * t)
                w = 0.21 * math.sin(math.pi * min(1, 0.12 + t * 0.88)) * L
                c = np.array([rr_ * math.cos(a), rr_ * math.sin(a), zz])
                for sg in (1, -1):
                    parts.append((xform(lv, c, (0, 0.25 + 0.5 * t, a + sg * 1.25), w), lf, 0))
        o = join(parts, f"fern{s}", coll=lib)
        o.data.materials.append(fernm)
        ferns.append(o)
    for _ in range(330):
        y = -3.6 + 30 * rnd.random() ** 1.7
        side_ = rnd.choice((-1, 1))
        x = float(px(y)) + side_ * (1.25 + abs(rnd.gauss(0, 1)) * (1.0 + 0.12 * (y + 4)))
        instance(
            rnd.choice(ferns),
            (x, y, float(height(x, y)) - 0.02),
            (rnd.uniform(-0.15, 0.15), rnd.uniform(-0.15, 0.15), rnd.uniform(0, 6.28)),
            rnd.uniform(0.45, 1.15),
        )
    gl = []
    for s in range(3):
        parts = []
        for _ in range(26):
            a, L = rnd.uniform(0, 6.28), rnd.uniform(0.12, 0.32)
            tt = np.linspace(0, 1, 4)
            o_ = np.array([rnd.gauss(0, 0.09), rnd.gauss(0, 0.09)])
            cx, cy, cz = (
                o_[0] + L * 0.5 * math.cos(a) * tt**2,
                o_[1] + L * 0.5 * math.sin(a) * tt**2,
                L * (tt - 0.25 * tt**2),
            )
            w = 0.008 * (1 - tt) + 0.0005
            v = np.concatenate(
                [
                    np.stack([cx + w * math.sin(a), cy - w * math.cos(a), cz], -1),
                    np.stack([cx - w * math.sin(a), cy + w * math.cos(a), cz], -1),
                ]
            )
            parts.append((v, [[j, 4 + j, 5 + j, j + 1] for j in range(3)], 0))
        o = join(parts, f"grass{s}", coll=lib)
        o.data.materials.append(fernm)
        gl.append(o)
    for _ in range(1500):
        y = -3.6 + 20 * rnd.random() ** 1.6
        x = float(px(y)) + rnd.choice((-1, 1)) * (0.72 + abs(rnd.gauss(0, 1)) * (0.7 + 0.06 * (y + 4)))
        instance(
            rnd.choice(gl), (x, y, float(height(x, y)) - 0.01), (0, 0, rnd.uniform(0, 6.28)), rnd.uniform(0.6, 1.3)
        )
    # fallen leaves on the path
    lv, lf = leaf_mesh(0.10, 0.055, 0.1, 0.2, n=5, m=2)
    fall = [
        mesh("fallen", lv, lf, simple(f"fl{i}", c, 0.6), coll=lib)
        for i, c in enumerate(("#b8702a", "#8f4c1e", "#c99a3e", "#6b4a22"))
    ]
    for _ in range(900):
        y = -4 + 15 * rnd.random() ** 1.5
        x = float(px(y)) + rnd.gauss(0, 1.0)
        instance(
            rnd.choice(fall),
            (x, y, float(height(x, y)) + 0.015),
            (rnd.uniform(-0.4, 0.4), rnd.uniform(-0.4, 0.4), rnd.uniform(0, 6.28)),
            rnd.uniform(0.6, 1.2),
        )
    rm = simple("rock", "#5d5a50", 0.85)
    for x, y, s, sd in ((1.35, -0.6, 0.28, 3), (1.75, -0.2, 0.17, 5), (-2.0, 2.3, 0.3, 9), (1.9, 5.5, 0.35, 12)):
        rock(s, sd, rm, 4, (1.2, 1, 0.7), loc=(x, y, float(height(x, y)) + 0.02), rough=0.1)
    # a fallen log beside the path
    lg = spline([(1.7, 1.1, 0.30), (2.6, 1.9, 0.42), (3.8, 2.5, 0.50)], 30)
    tube(
        lg + np.array([0, 0, float(height(2.2, 1.6)) - 0.2]), 0.20 + 0.015 * np.sin(np.arange(30)), "log", bark, seg=22
    )
    fog_all(lambda g, inc: haze(g, g.scale(inc, -1.0)), 0.024, start=4.0, power=1.25, maxfog=0.94)
    area((-3, -6, 7), (0, 2, 0), 6, 420, "#bcd6dc")
    camera((-0.35, -5.4, 1.50), (0.45, 6, 2.05), 29, fstop=2.8, focus=(0, 2.5, 1))
