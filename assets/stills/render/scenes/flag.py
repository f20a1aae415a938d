# ruff: noqa
"""A striped flag in the wind over a grassy headland."""

import math
import random

import numpy as np

from kit import *
from scenes.common import simple

CYCLES = {"diffuse_bounces": 1, "glossy_bounces": 2, "max_bounces": 4, "transparent_max_bounces": 4}
SIZE = (1536, 1024)
SEED = 6
SUN = (-0.82, -0.28, 0.42)
LOOK = {
    "exposure": 0.05,
    "bloom": {"amount": 0.04, "threshold": 1.5},
    "finish": {
        "saturation": 1.08,
        "shadows": (0.0, 0.003, 0.01),
        "highlights": (0.012, 0.006, -0.01),
        "vignette": 0.16,
    },
}


def sky(g):
    return sky_clouds(
        g,
        SUN,
        "#2a66a8",
        "#b9d4e2",
        (1.0, 0.72, 0.42),
        "#fff3e2",
        "#8d9db4",
        cover=0.66,
        scale=0.8,
        seed=11.3,
        glow=0.25,
        soft=0.15,
        haze="#e9d8c4",
    )


def build():
    rnd = random.Random(5)
    bake_sky(sky)
    bpy.context.scene.world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.85
    sun(SUN, 6.5, "#ffd7a3", 0.8)
    # ------------------------------------------------------------- flag
    W, H = 4.7, 2.6
    nx, ny = 300, 190

    def cloth(U, V):
        """Travelling folds that grow away from the pole, sheared by gravity."""
        ph = U * 2.55 * np.pi
        env = np.clip(U * 1.9, 0, 1) ** 0.8
        tilt = (V - 0.5) * 1.15
        y = 0.36 * env * np.sin(ph * 1.15 - tilt * 1.0 + 0.3)
        y = y + 0.10 * env * np.sin(ph * 2.25 + tilt * 2.3 + 1.1)
        y = y + 0.055 * env * np.sin(ph * 4.6 - tilt * 3.5 + 2.0)
        P = np.stack([U * 2.2 - V * 0.5, V * 1.2, 0 * U], -1)
        y = y + 0.13 * env * fbm(P * 1.3 + 3, 4, seed=3)
        # creases fanning from the two grommets
        for vy, s in ((1.0, 1), (0.0, -1)):
            ang = np.arctan2((V - vy) * H, U * W + 0.02)
            rr = np.hypot(U * W, (V - vy) * H)
            y = y + 0.022 * np.sin(ang * 15) * np.exp(-rr / 0.8) * np.clip(rr * 3, 0, 1)
        # arc length shortens where the folds are steep
        dy = np.gradient(y, axis=1) * (U.shape[1] - 1) / W
        dx = np.sqrt(np.clip(1 - np.clip(dy, -0.9, 0.9) ** 2, 0.12, 1))
        x = np.cumsum(dx, axis=1) * W / (U.shape[1] - 1)
        x -= x[:, :1]
        sag = -0.30 * U**1.5 + 0.05 * env * np.sin(ph * 1.15 + 0.9) + 0.03 * env * np.sin(ph * 2.3 + V * 3)
        z = (V - 0.5) * H * (1 - 0.03 * U) + sag
        return x, y, z

    def fl(g):
        uv = g.n("UVMap").outputs[0]
        u, v, _ = g.sep(uv)
        x = g.math("MULTIPLY", u, W)
        y = g.math("MULTIPLY", g.math("SUBTRACT", v, 0.5), H)
        base = "#1a7f88"
        stripe1 = g.math("MULTIPLY", g.math("GREATER_THAN", v, 0.13), g.math("LESS_THAN", v, 0.22))
        stripe2 = g.math("MULTIPLY", g.math("GREATER_THAN", v, 0.27), g.math("LESS_THAN", v, 0.31))
        cx, cy = 1.45, 0.24
        r = g.n("VectorMath", operation="LENGTH")
        g.set(r.inputs[0], g.comb(g.math("SUBTRACT", x, cx), g.math("SUBTRACT", y, cy), 0.0))
        r = r.outputs["Value"]
        disc = g.math("LESS_THAN", r, 0.46)
        ring = g.math("MULTIPLY", g.math("GREATER_THAN", r, 0.55), g.math("LESS_THAN", r, 0.60))
        col = g.mix(stripe1, base, "#f0e4cb")
        col = g.mix(stripe2, col, "#e0672f")
        col = g.mix(disc, col, "#f2a63a")
        col = g.mix(ring, col, "#f0e4cb")
        hoist = g.math("LESS_THAN", u, 0.022)
        col = g.mix(hoist, col, "#e6dcc8")
        seam = g.math("MULTIPLY", g.math("GREATER_THAN", u, 0.985), 1.0)
        col = g.mix(g.math("MULTIPLY", seam, 0.25), col, "#000000")
        a = g.math("SINE", g.math("MULTIPLY", u, 2600.0))
        b = g.math("SINE", g.math("MULTIPLY", v, 1700.0))
        wv = g.math("MULTIPLY", a, b)
        stain = g.noise(uv, 5, 5, 0.6)
        col = g.mix(g.math("MULTIPLY", g.range(stain, 0.45, 0.75), 0.16), col, "#c9b79a")
        fine = g.noise(g.mapping(uv, (10, 7, 1)), 6, 4, 0.6)
        return {
            "color": col,
            "rough": 0.8,
            "normal": g.bump(g.math("ADD", g.math("MULTIPLY", wv, 0.15), fine), 0.12, 0.02),
        }

    fm = material("flag", fl, sheen=0.35)
    translucent_leaf(fm, 0.22)
    px, pz = -1.75, 4.0
    o = grid(nx, ny, cloth, "flag", fm, loc=(px + 0.10, 0, pz))
    o.rotation_euler = (0, 0, math.radians(-7))
    # -------------------------------------------------------------- pole
    pole = material(
        "pole",
        lambda g: {"color": g.mix(g.noise(g.mapping(g.coords(), (8, 8, 0.8)), 3, 5, 0.6), "#8d7a64", "#cbb99b")},
        rough=0.5,
    )
    tube([(px, 0, -1.5), (px, 0, 1), (px, 0, 3), (px, 0, 5.62)], [0.072, 0.068, 0.062, 0.055], "pole", pole, seg=32)
    brass = simple("brass", "#d0a553", 0.22, metal=1.0)
    lathe(
        [
            (0, -0.02),
            (0.085, -0.02),
            (0.09, 0.02),
            (0.05, 0.05),
            (0.06, 0.09),
            (0.12, 0.16),
            (0.135, 0.24),
            (0.10, 0.33),
            (0, 0.37),
        ],
        48,
        "finial",
        brass,
        samples=50,
        loc=(px, 0, 5.62),
    )
    rope = simple("rope", "#d8cbb0", 0.9)
    t = np.linspace(0, 1, 60)
    tube(
        np.stack([px + 0.10 + 0.05 * np.sin(t * 3.1), -0.06 + 0.02 * np.sin(t * 9), 5.5 - t * 5.9], -1),
        0.012,
        "halyard",
        rope,
        seg=8,
    )
    for z in (pz + H / 2 - 0.03, pz - H / 2 + 0.03):
        lathe([(0.07, -0.03), (0.09, -0.03), (0.09, 0.03), (0.07, 0.03)], 32, "ring", brass, loc=(px, 0, z))
        tube([(px + 0.08, 0, z), (px + 0.14, -0.01, z)], 0.014, "clip", brass, seg=8)
    # -------------------------------------------------- headland and sea
    grassland = material(
        "ground",
        lambda g: {
            "color": g.mix(
                g.range(g.noise(g.n("NewGeometry").outputs["Position"], 0.25, 6, 0.65), 0.35, 0.65),
                "#4f5a26",
                "#a39250",
            ),
            "normal": g.bump(g.noise(g.n("NewGeometry").outputs["Position"], 9, 6, 0.7), 0.8, 0.1),
        },
        rough=0.95,
    )

    def hz(x, y):
        P = np.stack(
            [np.asarray(x, float) * 0.12, np.asarray(y, float) * 0.12, np.zeros_like(np.asarray(x, float))], -1
        )
        return (
            0.2
            + 0.9 * fbm(P + 2, 4, seed=8)
            - 0.010 * np.maximum(np.asarray(y, float) - 6, 0) ** 1.6
            - 0.05 * np.asarray(x, float)
        )

    grid(160, 160, lambda u, v: ((u - 0.5) * 60, -9 + v * 45, hz((u - 0.5) * 60, -9 + v * 45)), "ground", grassland)
    blade_m = []
    for i, (a, b) in enumerate((("#5f6b2a", "#b9a659"), ("#7a7c38", "#d9c47c"), ("#41561f", "#8f9446"))):
        m = material(
            f"blade{i}", lambda g, a=a, b=b: {"color": g.mix(g.sep(g.coords("Generated"))[2], a, b)}, rough=0.7
        )
        blade_m.append(translucent_leaf(m, 0.35))
    lib = collection()
    clumps = []
    for k in range(6):
        parts = []
        for i in range(34):
            a, rr = rnd.uniform(0, 6.28), abs(rnd.gauss(0, 0.16))
            L = rnd.uniform(0.4, 0.95)
            lean = rnd.uniform(0.15, 0.5)
            n = 7
            tt = np.linspace(0, 1, n)
            # wind from the left: every blade bows to +x
            cx = rr * math.cos(a) + L * (0.12 * math.cos(a) * tt + (0.35 + lean) * tt**2)
            cy = rr * math.sin(a) + L * 0.22 * math.sin(a) * tt
            cz = L * (tt - 0.28 * tt**2)
            w = 0.011 * (1 - tt**1.5) + 0.0006
            wx, wy = -math.sin(a + 0.6) * w, math.cos(a + 0.6) * w
            v = np.concatenate([np.stack([cx - wx, cy - wy, cz], -1), np.stack([cx + wx, cy + wy, cz], -1)])
            f = [[j, n + j, n + j + 1, j + 1] for j in range(n - 1)]
            parts.append((v, f, 0))
        o = join(parts, f"clump{k}", coll=lib)
        o.data.materials.append(blade_m[k % 3])
        clumps.append(o)
    for i in range(5200):
        y = -6.8 + 22 * rnd.random() ** 1.7
        x = rnd.uniform(-1, 1) * (5 + (y + 7) * 0.75)
        s = rnd.uniform(0.65, 1.25)
        instance(rnd.choice(clumps), (x, y, float(hz(x, y)) - 0.03), (0, 0, rnd.gauss(0, 0.35)), s)
    # a few seed heads and small flowers near the camera
    fl_m = [simple("fl0", "#f3ead2", 0.7), simple("fl1", "#e8b23f", 0.7)]
    pv, pf = ico(0.04, 2)
    heads = [mesh("fh", pv * np.array([1, 1, 0.55]), pf, m, coll=lib) for m in fl_m]
    for i in range(70):
        y = rnd.uniform(-4.0, 3.5)
        x = rnd.uniform(-1, 1) * (4.5 + (y + 6) * 0.6)
        b = float(hz(x, y))
        L = rnd.uniform(0.5, 0.85)
        tube([(x, y, b), (x + 0.08, y, b + L * 0.5), (x + 0.26, y, b + L)], 0.006, "st", blade_m[2], seg=5)
        instance(heads[i % 2], (x + 0.26, y, b + L), (0.4, 0.5, 0), rnd.uniform(0.5, 1.0))
    water = material(
        "sea",
        lambda g: {
            "color": "#1c5570",
            "rough": 0.14,
            "normal": g.bump(
                g.noise(g.mapping(g.n("NewGeometry").outputs["Position"], (0.05, 0.12, 1)), 1.0, 7, 0.65), 0.6, 1.2
            ),
        },
    )
    mesh(
        "water",
        [(-6000, 20, -14), (6000, 20, -14), (6000, 9000, -14), (-6000, 9000, -14)],
        [(0, 1, 2, 3)],
        water,
        False,
    )
    land = material(
        "land",
        lambda g: {
            "color": g.mix(
                g.range(g.noise(g.n("NewGeometry").outputs["Position"], 0.012, 6, 0.65), 0.35, 0.65),
                "#3f5233",
                "#8c8452",
            ),
            "normal": g.bump(g.noise(g.n("NewGeometry").outputs["Position"], 0.06, 7, 0.7), 0.8, 5.0),
        },
        rough=0.95,
    )

    def isle(x0, x1, y0, dep, h, seed):
        def fn(u, v):
            X = x0 + u * (x1 - x0)
            Y = y0 + v * dep
            n = fbm(np.stack([X * 3.2 / abs(x1 - x0) * 2, Y * 6 / dep * 0.3, u * 0], -1), 6, seed=seed)
            r = fbm(np.stack([X * 6 / abs(x1 - x0) * 2, Y * 6 / dep * 0.3, u * 0], -1), 6, seed=seed + 4, ridged=True)
            e = np.sin(np.clip(u, 0, 1) * np.pi) ** 0.7 * np.sin(v * np.pi) ** 0.8
            return X, Y, -18 + e * h * (1 + 0.7 * n + 0.25 * r)

        grid(220, 60, fn, "isle", land)

    isle(60, 620, 420, 220, 62, 3)
    isle(-900, -40, 1000, 420, 100, 9)
    isle(-200, 1700, 1900, 600, 190, 14)
    fog_all(lambda g, inc: (*hexc("#c6d3da"), 1), 0.0007, start=20, maxfog=0.9)
    camera((-0.3, -9.6, 1.55), (0.25, 0, 3.15), 38, fstop=2.2, focus=(0, -0.2, 3.5))
