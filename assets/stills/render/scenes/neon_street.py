# ruff: noqa
"""A wet back street at night, lit by a noodle bar's sign."""

import math
import random

import numpy as np

from kit import *
from scenes.common import simple

SIZE = (1536, 1024)
SEED = 9
LOOK = {
    "exposure": 0.45,
    "bloom": {"amount": 0.16, "threshold": 0.9, "size": 0.018},
    "finish": {
        "saturation": 1.12,
        "shadows": (0.002, 0.004, 0.018),
        "highlights": (0.006, 0.0, 0.0),
        "vignette": 0.24,
        "grain": 0.012,
    },
}
CYCLES = {"sample_clamp_indirect": 3.0, "blur_glossy": 1.0, "glossy_bounces": 3, "diffuse_bounces": 2}


def build():
    rnd = random.Random(14)

    # -------------------------------------------------------------- ground
    def gr(g):
        p = g.n("NewGeometry").outputs["Position"]
        big = g.noise(p, 0.55, 5, 0.55)
        x, y, z = g.sep(p)
        rut = g.math("MULTIPLY", g.math("COSINE", g.math("MULTIPLY", x, 2.1)), 0.035)
        pud = g.range(g.math("ADD", big, rut), 0.46, 0.54)
        grain = g.noise(p, 28, 4, 0.7)
        agg = g.voronoi(p, 38.0)
        col = g.mix(grain, "#0c0d10", "#23252a")
        rough = g.lerp(pud, g.math("ADD", 0.13, g.math("MULTIPLY", grain, 0.22)), 0.02)
        h = g.math("MULTIPLY", g.math("ADD", g.math("MULTIPLY", agg, 0.6), grain), g.math("SUBTRACT", 1.0, pud))
        rip = g.math("MULTIPLY", g.noise(p, 3.0, 2, 0.5), 0.10)
        return {
            "color": g.mix(g.math("MULTIPLY", pud, 0.6), col, "#050506"),
            "rough": rough,
            "normal": g.bump(g.math("ADD", h, rip), 0.30, 0.02),
            "spec": 0.6,
        }

    mesh("ground", [(-9, -8, 0), (9, -8, 0), (9, 60, 0), (-9, 60, 0)], [(0, 1, 2, 3)], material("asphalt", gr), False)

    def bricks(name, c1, c2, mortar, scale=1.0):
        def fn(g):
            p = g.n("NewGeometry").outputs["Position"]
            x, y, z = g.sep(p)
            nrm = g.sep(g.n("NewGeometry").outputs["Normal"])
            side = g.math("GREATER_THAN", g.math("ABSOLUTE", nrm[0]), 0.5)
            u = g.lerp(side, x, y)
            node = g.n(
                "TexBrick",
                {
                    "Vector": g.comb(u, z, 0.0),
                    "Color1": c1,
                    "Color2": c2,
                    "Mortar": mortar,
                    "Scale": 4.2 * scale,
                    "Mortar Size": 0.018,
                },
            )
            n = g.noise(p, 1.2, 6, 0.65)
            col = g.mix(g.math("MULTIPLY", g.range(n, 0.4, 0.75), 0.7), node.outputs[0], "#0d0c0e")
            h = g.math("SUBTRACT", g.math("MULTIPLY", g.noise(p, 18, 4, 0.6), 0.5), node.outputs[1])
            return {"color": col, "rough": 0.55, "normal": g.bump(h, 0.5, 0.02)}

        return material(name, fn)

    brick1 = bricks("brick1", "#5a2f28", "#3b2220", "#1d1a1b")
    brick2 = bricks("brick2", "#3b3a42", "#2b2a32", "#17171b")
    conc = material(
        "concrete",
        lambda g: {
            "color": g.mix(g.noise(g.n("NewGeometry").outputs["Position"], 1.5, 6, 0.65), "#2a2b30", "#55565c"),
            "normal": g.bump(g.noise(g.n("NewGeometry").outputs["Position"], 12, 5, 0.6), 0.2, 0.02),
        },
        rough=0.6,
    )
    metal = simple("metal", "#3a3d42", 0.38, metal=0.9)
    dark = simple("dark", "#121317", 0.5)
    red = simple("red", "#7c1c18", 0.45)
    # sidewalks
    for s in (-1, 1):
        box((2.2, 64, 0.16), (s * 4.0, 26, 0.08), conc, bevel=0.02)
    warm = [
        emitter(f"warm{i}", c, p)
        for i, (c, p) in enumerate(
            (((1, 0.55, 0.22, 1), 2.4), ((1, 0.72, 0.42, 1), 1.4), ((0.45, 0.7, 1, 1), 1.0), ((1, 0.4, 0.25, 1), 1.6))
        )
    ]

    def facade(side, y0, dep, h, mat, storeys, lit):
        x = side * 6.4
        box((3.0, dep, h), (x, y0 + dep / 2, h / 2), mat)
        xf = side * 4.9
        n = max(1, int(dep / 1.7))
        for k in range(1, storeys):
            z = 1.0 + k * 2.9
            box((0.14, dep, 0.14), (xf - side * 0.03, y0 + dep / 2, z - 0.55), conc)
            for i in range(n):
                y = y0 + (i + 0.5) * dep / n
                box((0.12, 1.06, 1.5), (xf - side * 0.02, y, z + 0.55), dark, bevel=0.01)
                on = rnd.random() < lit
                pane = rnd.choice(warm) if on else simple("glass", "#0a0d14", 0.08)
                box((0.13, 0.92, 1.34), (xf - side * 0.03, y, z + 0.55), pane)
                box((0.16, 0.05, 1.34), (xf - side * 0.04, y, z + 0.55), dark)
                box((0.16, 0.92, 0.05), (xf - side * 0.04, y, z + 0.75), dark)
                if rnd.random() < 0.4:
                    box((0.42, 0.75, 0.5), (xf - side * 0.25, y, z - 0.32), metal, bevel=0.02)

    facade(-1, -4, 8.5, 9, brick1, 3, 0.35)
    facade(-1, 4.6, 6.5, 12, conc, 4, 0.35)
    facade(-1, 11.2, 8, 10, brick2, 3, 0.4)
    facade(-1, 19.4, 12, 14, brick1, 4, 0.4)
    facade(1, -4, 6.2, 11, brick2, 3, 0.3)
    facade(1, 2.3, 7.0, 10, brick1, 3, 0.35)
    facade(1, 9.4, 7, 13, brick2, 4, 0.4)
    facade(1, 16.5, 14, 11, conc, 3, 0.4)
    box((16, 2, 13), (0, 42, 6.5), brick2)
    for i in range(40):
        if rnd.random() < 0.45:
            box((0.7, 0.1, 1.1), (-6 + (i % 8) * 1.7, 40.95, 2.6 + (i // 8) * 2.0), rnd.choice(warm))

    # ----------------------------------------------------- the noodle bar
    # shop front on the right, y 2.6..7.6
    box((0.10, 4.2, 2.2), (4.86, 5.0, 1.45), emitter("shop", (1, 0.52, 0.20, 1), 1.7))
    for y in (2.85, 3.9, 5.0, 6.1, 7.15):
        box((0.14, 0.10, 2.4), (4.80, y, 1.4), red)
    for z in (0.45, 0.95, 2.15, 2.6):
        box((0.14, 4.4, 0.08), (4.80, 5.0, z), red)
    box((0.5, 4.3, 0.08), (4.55, 5.0, 1.0), simple("counter", "#5a351d", 0.35), bevel=0.01)
    for y in (3.3, 4.2, 5.1, 6.0, 6.8):  # stools and jars
        tube([(4.1, y, 0.16), (4.1, y, 0.72)], 0.03, "stool", metal)
        lathe([(0, 0), (0.17, 0), (0.18, 0.03), (0.17, 0.07), (0, 0.07)], 32, "seat", red, loc=(4.1, y, 0.72))
    # silhouettes of bottles in the window
    for i in range(22):
        lathe(
            [(0, 0), (0.06, 0), (0.07, 0.2), (0.03, 0.3), (0.03, 0.38), (0, 0.38)],
            16,
            "bt",
            dark,
            loc=(4.76, 3.0 + i * 0.19, 2.17 if i % 3 else 1.05),
        )
    # awning with stripes
    aw = material(
        "awning",
        lambda g: {
            "color": g.mix(
                g.math("GREATER_THAN", g.math("FRACT", g.math("MULTIPLY", g.sep(g.coords("Object"))[1], 1.55)), 0.5),
                "#8f1f1c",
                "#d8c8ae",
            )
        },
        rough=0.7,
    )
    grid(
        4, 60, lambda u, v: (4.85 - u * 1.15, 2.6 + v * 4.8, 2.95 - u * 0.42 - 0.02 * np.sin(v * 60) * u), "awning", aw
    )
    grid(
        60,
        3,
        lambda u, v: (3.70 + 0 * u, 2.6 + u * 4.8, 2.53 - v * (0.20 + 0.06 * np.abs(np.sin(u * 37)))),
        "valance",
        aw,
    )
    # lanterns under the awning
    lan = material(
        "lantern",
        lambda g: {
            "color": "#c22a1a",
            "emit": (1, 0.16, 0.05, 1),
            "power": g.lerp(g.range(g.math("ABSOLUTE", g.sep(g.coords("Object"))[2]), 0.0, 0.24), 1.5, 0.7),
            "normal": g.bump(g.math("SINE", g.math("MULTIPLY", g.sep(g.coords("Object"))[2], 130.0)), 0.5, 0.02),
        },
        rough=0.6,
    )
    for y in (2.9, 3.95, 5.0, 6.05, 7.1):
        lathe(
            [(0, -0.24), (0.08, -0.24), (0.17, -0.14), (0.20, 0), (0.17, 0.14), (0.08, 0.24), (0, 0.24)],
            32,
            "lantern",
            lan,
            samples=40,
            loc=(3.62, y, 2.10),
        )
        lathe([(0, 0.24), (0.09, 0.24), (0.09, 0.28), (0, 0.28)], 24, "cap", dark, loc=(3.62, y, 2.10))
        lathe([(0, -0.28), (0.09, -0.28), (0.09, -0.24), (0, -0.24)], 24, "cap", dark, loc=(3.62, y, 2.10))
        tube([(3.62, y, 2.36), (3.62, y, 2.56)], 0.008, "cord", dark)
    # ------------------------------------------------- neon: projecting sign
    pink = emitter("pink", (1.0, 0.07, 0.30, 1), 16)
    cyan = emitter("cyan", (0.06, 0.75, 1.0, 1), 11)
    amber = emitter("amber", (1.0, 0.42, 0.06, 1), 12)
    back = simple("signback", "#14151b", 0.35)

    def flat(o, loc, rot_z=0.0):
        o.location = loc
        o.rotation_euler = (math.radians(90), 0, rot_z)
        return o

    # big sign: board facing the viewer, hung out over the street
    bx, by, bz = 2.55, 5.4, 4.35
    box((3.1, 0.16, 1.30), (bx, by, bz), back, bevel=0.05)
    flat(text("NOODLES", 0.54, pink, bevel=0.018, outline=True, spacing=1.08), (bx, by - 0.14, bz - 0.03))

    def frame(w, h, r, n=10):
        pts = []
        for cx, cy, a0 in ((w - r, h - r, 0), (-w + r, h - r, 90), (-w + r, -h + r, 180), (w - r, -h + r, 270)):
            for k in range(n + 1):
                a = math.radians(a0 + 90 * k / n)
                pts.append((cx + r * math.cos(a), cy + r * math.sin(a)))
        pts.append(pts[0])
        return pts

    tube([(bx + x, by - 0.13, bz + z) for x, z in frame(1.45, 0.55, 0.2)], 0.022, "fr", cyan, seg=8)
    for dx in (-0.8, 0.9):
        tube([(bx + dx, by, bz + 0.6), (bx + dx + 0.8, by, bz + 1.7)], 0.025, "stay", metal)
    tube([(bx + 1.4, by, bz), (4.95, by, bz)], 0.045, "arm", metal)
    # a neon bowl with steam under the word, on a round board
    cx, cy, cz = 3.55, 9.6, 5.2
    box((1.4, 0.14, 1.9), (cx, cy, cz), back, bevel=0.05)
    a = np.linspace(math.pi, 2 * math.pi, 40)
    tube(
        np.stack([cx + 0.5 * np.cos(a), 0 * a + cy - 0.12, cz - 0.1 + 0.45 * np.sin(a)], -1),
        0.024,
        "bowl",
        amber,
        seg=8,
    )
    tube([(cx - 0.58, cy - 0.12, cz - 0.1), (cx + 0.58, cy - 0.12, cz - 0.1)], 0.024, "rim", amber, seg=8)
    for dx in (-0.25, 0, 0.25):
        t = np.linspace(0, 1, 30)
        tube(
            np.stack([cx + dx + 0.06 * np.sin(t * 8), 0 * t + cy - 0.12, cz + 0.06 + 0.55 * t], -1),
            0.018,
            "steam",
            cyan,
            seg=8,
        )
    # left side: vertical OPEN sign and a blue strip
    lx, ly, lz = -3.85, 7.2, 3.6
    box((0.85, 0.16, 2.7), (lx, ly, lz), back, bevel=0.05)
    for i, ch in enumerate("OPEN"):
        flat(text(ch, 0.58, cyan if i % 2 else amber, bevel=0.019, outline=True), (lx, ly - 0.13, lz + 0.93 - i * 0.62))
    tube([(lx, ly, lz + 1.0), (-5, ly, lz + 1.0)], 0.035, "arm", metal)
    violet = emitter("violet", (0.34, 0.12, 1.0, 1), 9)
    tube([(-4.82, 0.5, 3.15), (-4.82, 4.4, 3.15)], 0.03, "strip", violet, seg=8)
    tube([(-4.82, 12, 3.4), (-4.82, 18, 3.4)], 0.035, "strip", pink, seg=8)
    green = emitter("green", (0.1, 1.0, 0.45, 1), 6)
    box((0.10, 0.8, 1.2), (4.7, 13.5, 3.6), green, bevel=0.03)
    box((0.10, 0.9, 0.6), (4.7, 18.5, 4.6), violet, bevel=0.03)
    box((0.5, 0.1, 1.6), (-4.2, 15, 4.6), emitter("poster", (1, 0.2, 0.12, 1), 3.0))
    # left: shutter, door, crates
    shut = material(
        "shutter",
        lambda g: {
            "color": "#33383f",
            "metal": 0.7,
            "rough": 0.42,
            "normal": g.bump(
                g.math("SINE", g.math("MULTIPLY", g.sep(g.n("NewGeometry").outputs["Position"])[2], 60.0)), 0.8, 0.04
            ),
        },
    )
    box((0.10, 3.2, 2.5), (-4.86, 2.2, 1.4), shut)
    box((0.10, 1.2, 2.2), (-4.86, 5.6, 1.25), emitter("door", (1, 0.5, 0.2, 1), 0.45))
    crate = simple("crate", "#4b3320", 0.6)
    for i, (x, y, z) in enumerate(((-3.7, 1.3, 0.38), (-3.75, 1.35, 0.80), (-3.55, 2.3, 0.38), (-3.9, 3.2, 0.38))):
        box(
            (0.62, 0.62, 0.40),
            (x, y, z),
            [crate, simple("blue", "#1d3b52", 0.5)][i % 2],
            bevel=0.02,
            rot=(0, 0, rnd.uniform(-0.3, 0.3)),
        )
    lathe(
        [(0, 0), (0.26, 0), (0.27, 0.5), (0.27, 0.8), (0.24, 0.82), (0, 0.82)], 40, "bin", metal, loc=(3.4, 1.6, 0.16)
    )
    # a bicycle-like foreground silhouette is too fiddly; an umbrella stand pole and bollards do the job
    for y in (0.4, 3.4, 6.6, 10):
        lathe([(0, 0), (0.09, 0), (0.09, 0.75), (0.07, 0.83), (0, 0.85)], 24, "bollard", dark, loc=(-2.75, y, 0.0))
    # wires, drain pipes
    for i in range(7):
        z0 = rnd.uniform(5.6, 8)
        y0 = rnd.uniform(4, 22)
        y1 = y0 + rnd.uniform(-2, 3)
        t = np.linspace(0, 1, 24)
        tube(
            np.stack(
                [-4.9 + 9.8 * t, y0 + (y1 - y0) * t, z0 - 0.8 * np.sin(t * np.pi) + rnd.uniform(-0.3, 0.5) * t], -1
            ),
            0.014,
            "wire",
            dark,
            seg=5,
        )
    for x, y in ((-4.75, 4.5), (4.75, 2.25), (4.75, 9.3), (-4.75, 11.1)):
        tube([(x, y, 0), (x, y, 9)], 0.06, "pipe", metal, seg=12)
    # a walker with an umbrella, far down the street, for scale
    ux, uy = -0.9, 13.5
    cloak = simple("cloak", "#17181d", 0.7)
    lathe(
        [
            (0, 0.02),
            (0.10, 0.02),
            (0.12, 0.5),
            (0.20, 0.75),
            (0.21, 1.15),
            (0.24, 1.38),
            (0.15, 1.50),
            (0.06, 1.54),
            (0, 1.54),
        ],
        32,
        "walker",
        cloak,
        samples=50,
        loc=(ux, uy, 0),
    )
    v, f = ico(0.12, 3)
    mesh("head", v, f, cloak, loc=(ux, uy, 1.66))
    brol = translucent_leaf(simple("brolly", "#b3202a", 0.5), 0.5)
    an = np.linspace(0, 1, 9)

    def brolly(u, v):
        a = u * 2 * np.pi
        sc = 1 - 0.06 * np.abs(np.sin(a * 4)) * v
        return 0.62 * v * sc * np.cos(a), 0.62 * v * sc * np.sin(a), 0.26 * (1 - v**2.2)

    o = grid(64, 14, brolly, "brolly", brol, close_u=True, loc=(ux + 0.12, uy, 1.78))
    o.rotation_euler = (0.06, 0.12, 0)
    tube([(ux + 0.14, uy, 1.0), (ux + 0.14, uy, 2.06)], 0.012, "shaft", dark)
    # -------------------------------------------------------------- lights
    area((bx, by - 0.5, bz), (bx - 0.5, by - 4, 0), 1.6, 95, "#ff2d6a")
    area((3.5, 5.0, 2.2), (0.5, 4.0, 0), 1.0, 120, "#ff9a4a", 4.0)
    area((lx, ly - 0.4, lz), (-2, 3, 0), 0.9, 60, "#4fc8ff", 2.4)
    area((-4.6, 2.5, 3.1), (-2, 2.5, 0), 0.2, 30, "#6a3cff", 3.8)
    area((0.5, 22, 7), (0, 14, 0), 5, 700, "#5b7bff")
    area((0, -7, 6), (0, 3, 1.5), 4, 130, "#4a66b8")
    world(color=(0.015, 0.022, 0.055, 1), strength=1.0)
    fog_all(lambda g, inc: (0.050, 0.045, 0.115, 1), 0.042, start=5, maxfog=0.85)
    camera((-1.15, -5.3, 1.42), (0.55, 6.0, 2.55), 30, fstop=1.6, focus=(1.5, 4.5, 2))
