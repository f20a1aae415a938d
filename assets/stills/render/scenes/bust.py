# ruff: noqa
"""A marble bust modelled as a signed distance field and meshed with surface nets."""

import math
import random

import numpy as np

from kit import *
from scenes.common import plaster, simple

SIZE = (1024, 1536)
SEED = 21
CELL = 0.0060
CYCLES = {"diffuse_bounces": 2, "max_bounces": 5}
LOOK = {
    "exposure": 0.0,
    "bloom": {"amount": 0.03, "threshold": 1.3},
    "finish": {
        "saturation": 1.05,
        "shadows": (0.0, 0.004, 0.010),
        "highlights": (0.012, 0.006, -0.006),
        "vignette": 0.2,
        "grain": 0.007,
    },
}


# ------------------------------------------------------------ distance shapes


def ell(p, c, r):
    q = p - np.float32(c)
    r = np.float32(r)
    k0 = np.sqrt(((q / r) ** 2).sum(-1))
    k1 = np.sqrt(((q / (r * r)) ** 2).sum(-1))
    return k0 * (k0 - 1) / np.maximum(k1, 1e-6)


def sph(p, c, r):
    return np.sqrt(((p - np.float32(c)) ** 2).sum(-1)) - r


def cap(p, a, b, ra, rb=None):
    a, b = np.float32(a), np.float32(b)
    rb = ra if rb is None else rb
    ab = b - a
    t = np.clip(((p - a) @ ab) / (ab @ ab), 0, 1)
    return np.sqrt(((p - a - t[..., None] * ab) ** 2).sum(-1)) - (ra + (rb - ra) * t)


def U(a, b, k):
    h = np.clip(0.5 + 0.5 * (b - a) / k, 0, 1)
    return b + (a - b) * h - k * h * (1 - h)


def S(a, b, k):
    """a minus b, rounded."""
    return -U(-a, b, k)


def I(a, b, k):
    return -U(-a, -b, k)


def head_sdf(p):
    """Unit head: chin at z=0, crown at z=1, facing -y."""
    m = p.copy()
    m[..., 0] = np.abs(m[..., 0])  # mirrored half
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    d = ell(p, (0, 0.10, 0.655), (0.305, 0.385, 0.33))
    d = U(d, ell(p, (0, -0.06, 0.64), (0.262, 0.245, 0.24)), 0.10)
    d = U(d, ell(p, (0, -0.075, 0.40), (0.235, 0.235, 0.33)), 0.10)
    d = U(d, ell(p, (0, -0.085, 0.17), (0.180, 0.200, 0.150)), 0.10)
    d = U(d, cap(m, (0.205, 0.02, 0.30), (0.075, -0.225, 0.075), 0.055, 0.050), 0.09)  # jaw line
    d = U(d, sph(p, (0, -0.262, 0.060), 0.058), 0.07)  # chin
    d = U(d, sph(m, (0.165, -0.185, 0.355), 0.080), 0.09)  # cheekbone
    d = U(d, sph(m, (0.115, -0.215, 0.235), 0.070), 0.08)  # cheek
    d = U(d, cap(m, (0.035, -0.278, 0.545), (0.175, -0.215, 0.560), 0.034, 0.026), 0.055)  # brow
    d = S(d, ell(m, (0.128, -0.335, 0.478), (0.082, 0.094, 0.054)), 0.040)  # socket
    # muzzle and nose
    d = U(d, ell(p, (0, -0.215, 0.195), (0.105, 0.090, 0.095)), 0.06)
    d = U(d, cap(p, (0, -0.262, 0.545), (0, -0.360, 0.345), 0.026, 0.033), 0.040)
    d = U(d, ell(p, (0, -0.368, 0.318), (0.040, 0.043, 0.038)), 0.030)
    d = U(d, ell(m, (0.044, -0.318, 0.298), (0.030, 0.040, 0.030)), 0.020)
    d = U(d, cap(p, (0, -0.350, 0.290), (0, -0.290, 0.268), 0.016, 0.020), 0.020)
    d = S(d, ell(m, (0.025, -0.338, 0.274), (0.013, 0.022, 0.014)), 0.010)
    d = S(d, cap(p, (0, -0.318, 0.265), (0, -0.318, 0.225), 0.010), 0.016)  # philtrum
    # eyes: ball, then lids cut by an almond
    e = np.float32((0.126, -0.208, 0.476))
    q = m - e
    t = math.radians(6)
    qx = q[..., 0] * math.cos(t) + q[..., 2] * math.sin(t)
    qz = -q[..., 0] * math.sin(t) + q[..., 2] * math.cos(t)
    r = np.sqrt((q**2).sum(-1))
    w = 0.069

    def arc(h):
        R = (w * w + h * h) / (2 * h)
        return np.hypot(qx, qz - (h - R)) - R

    lower_h = 0.024
    R2 = (w * w + lower_h**2) / (2 * lower_h)
    lens = np.maximum(arc(0.032), np.hypot(qx, qz + (lower_h - R2)) - R2)
    lens = np.maximum(lens, q[..., 1])
    lids = S(r - 0.0865, lens, 0.008)
    d = U(d, lids, 0.013)
    ball = r - 0.0745
    pup = np.sqrt((q[..., 0] - 0.004) ** 2 + (q[..., 2] - 0.004) ** 2)
    ball = (
        ball
        + 0.014 * np.clip(1 - (pup / 0.018) ** 2, 0, 1) ** 0.5 * (q[..., 1] < 0)
        + 0.0035 * np.exp(-(((pup - 0.033) / 0.0040) ** 2)) * (q[..., 1] < 0)
    )
    d = np.minimum(d, ball)
    d = U(d, cap(m, (0.062, -0.262, 0.462), (0.058, -0.268, 0.467), 0.008), 0.012)  # tear duct
    # eyebrows: a soft raised strand
    eb = np.minimum(
        cap(m, (0.045, -0.300, 0.556), (0.120, -0.286, 0.582), 0.013, 0.012),
        cap(m, (0.120, -0.286, 0.582), (0.195, -0.215, 0.560), 0.012, 0.006),
    )
    d = U(d, eb, 0.018)
    # lips, a little wider than they are modelled
    m0, p0 = m, p
    m, p = m * np.float32((1 / 1.14, 1, 1)), p * np.float32((1 / 1.14, 1, 1))
    up = np.minimum(
        cap(m, (0.022, -0.330, 0.209), (0.096, -0.262, 0.191), 0.0180, 0.008),
        cap(p, (-0.02, -0.329, 0.205), (0.02, -0.329, 0.205), 0.016),
    )
    lo = np.minimum(
        cap(m, (0.000, -0.320, 0.163), (0.050, -0.304, 0.167), 0.0245, 0.021),
        cap(m, (0.050, -0.304, 0.167), (0.094, -0.262, 0.187), 0.021, 0.007),
    )
    d = U(d, up, 0.016)
    d = S(d, ell(p, (0, -0.312, 0.116), (0.050, 0.026, 0.016)), 0.028)
    lipcut = np.minimum(
        cap(m, (0, -0.352, 0.1860), (0.045, -0.334, 0.1895), 0.0065),
        cap(m, (0.045, -0.334, 0.1895), (0.086, -0.280, 0.188), 0.0055, 0.004),
    )
    d = U(d, lo, 0.014)
    d = S(d, lipcut, 0.007)
    m, p = m0, p0
    # ear, mostly under the hair
    ear = ell(m, (0.272, 0.075, 0.425), (0.030, 0.070, 0.105))
    ear = S(ear, ell(m, (0.305, 0.060, 0.445), (0.022, 0.038, 0.062)), 0.02)
    d = U(d, ear, 0.02)
    # hair: swept from a centre part to a low knot, as wavy ridges about the knot's axis
    hx, hz, hy = x, z - 0.52, y - 0.42
    rad = np.sqrt(hx**2 + hz**2 + hy**2)
    phi = np.arctan2(np.abs(hx), hz)
    wave = 0.085 * np.sin(rad * 21 + phi * 2.0) + 0.03 * np.sin(rad * 43 + 1)
    s = phi + wave
    ridge = (
        0.60 * np.abs(np.sin(s * 9.5))
        + 0.28 * np.abs(np.sin(s * 23 + 1.3 + rad * 3))
        + 0.12 * np.abs(np.sin(s * 51 + rad * 9))
    )
    hair = ell(p, (0, 0.115, 0.670), (0.345, 0.430, 0.362))
    hair = U(hair, ell(m, (0.262, 0.085, 0.470), (0.085, 0.150, 0.150)), 0.07)
    hair = hair + 0.010 - 0.044 * (ridge - 0.45)
    part = np.exp(-((x / 0.014) ** 2)) * (y < 0.25)
    hair = hair + 0.016 * part
    line = (
        y + 0.235 - 0.22 * np.clip(0.80 - z, 0, 1) * 1.05 - 0.55 * np.clip(np.abs(x) - 0.10, 0, 1) ** 1.5
    ) * 0.80 + (z - 0.80) * 0.34
    line = line + 0.018 * (ridge - 0.5)
    hair = I(hair, -line, 0.035)
    hair = I(hair, -(z - 0.22 - 0.10 * np.clip(-y + 0.1, 0, 1)), 0.05)
    d = U(d, hair, 0.018)
    kq = p - np.float32((0, 0.520, 0.470))
    ka = np.arctan2(kq[..., 0], kq[..., 2])
    kr = np.sqrt((kq**2).sum(-1))
    knot = ell(p, (0, 0.520, 0.470), (0.165, 0.135, 0.150)) - 0.016 * np.abs(np.sin(2.5 * ka + kr * 26)) + 0.008
    d = U(d, knot, 0.02)
    return d


def bust_sdf(p, yaw, tilt, nod):
    R = np.array(Euler((nod, tilt, yaw)).to_matrix(), dtype=np.float32)
    piv = np.float32((0, 0.10, -0.05))
    wide = np.float32((1 / 1.07, 1, 1))
    d = head_sdf(((p + np.float32((0, 0, 0.140)) - piv) @ R + piv) * wide)  # row vectors: p @ R is R^T p
    m = p.copy()
    m[..., 0] = np.sqrt(m[..., 0] ** 2 + 0.0012)  # rounded, so no crease down the middle
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    body = cap(p, (0, 0.085, 0.20), (0, 0.155, -0.45), 0.150, 0.172)
    body = U(body, cap(m, (0.0, 0.15, -0.36), (0.60, 0.12, -0.645), 0.150, 0.150), 0.16)
    body = U(body, ell(p, (0, 0.08, -0.92), (0.56, 0.275, 0.50)), 0.16)
    body = U(body, sph(m, (0.610, 0.100, -0.74), 0.165), 0.12)
    body = U(body, ell(m, (0.22, -0.10, -0.90), (0.20, 0.15, 0.20)), 0.12)
    body = U(body, cap(m, (0.065, -0.108, -0.485), (0.42, -0.015, -0.505), 0.017, 0.012), 0.065)  # collar bones
    c, s = math.cos(yaw), math.sin(yaw)
    for sg in (-1, 1):  # neck cords follow the turn
        ax = sg * 0.135
        body = U(
            body,
            cap(p, (ax * c - 0.07 * s, 0.13 + ax * s * 0.8, 0.24), (sg * 0.035, -0.085, -0.47), 0.028, 0.024),
            0.075,
        )
    body = S(body, sph(p, (0, -0.155, -0.475), 0.040), 0.05)
    d = U(d, body, 0.055)
    # drape over one shoulder
    low = -0.60 + 0.36 * x - 0.10 * np.clip(-y, 0, 1) + 0.10 * np.sin(x * 3 + 0.4)
    warp = fbm_lite(p * 3.1)
    f = (z - 0.42 * x + 0.16 * ((x + 0.2) ** 2 + 0.02) ** 0.75) * 23 + 2.6 * warp
    fold = np.abs(np.sin(f * 0.5)) ** 0.8 * 0.62 + 0.38 * np.abs(np.sin(f * 1.07 + 1.2 + 2 * warp))
    dr = body - 0.030 - 0.070 * fold
    dr = I(dr, z - low - 0.012 * np.sin(f), 0.03)
    hem = np.sqrt(np.clip(body - 0.035, -1, 1) ** 2 + (z - low) ** 2) - 0.030 - 0.008 * np.sin(x * 40 + y * 30)
    dr = U(dr, hem, 0.02)
    d = U(d, dr, 0.012)
    # cut the bust like a carved piece
    pc = p.copy()
    pc[..., 2] = np.minimum(pc[..., 2], -0.42)
    cut = ell(pc, (0, 0.10, -0.42), (0.84, 0.70, 0.78))
    d = I(d, cut, 0.02)
    return np.maximum(d, -1.16 - z)


def fbm_lite(p):
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    return (
        np.sin(x * 1.3 + 1.7 * np.sin(y * 1.1 + z))
        + np.sin(z * 1.9 + 1.2 * np.sin(x * 2.1)) * 0.6
        + np.sin(y * 2.7 + z * 1.3) * 0.4
    ) * 0.5


def surface_nets(F, origin, h):
    """One vertex per mixed cell (mean of its edge crossings), one quad per crossed edge."""
    s = F < 0
    n = np.array(F.shape) - 1
    corners = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    cnt = np.zeros(n, np.int8)
    for i, j, k in corners:
        cnt += s[i : i + n[0], j : j + n[1], k : k + n[2]]
    cells = np.argwhere((cnt > 0) & (cnt < 8))
    index = np.full(n, -1, np.int64)
    index[tuple(cells.T)] = np.arange(len(cells))
    acc = np.zeros((len(cells), 3))
    num = np.zeros(len(cells))
    for a in range(8):
        for ax in range(3):
            c0 = np.array(corners[a])
            if c0[ax]:
                continue
            c1 = c0.copy()
            c1[ax] = 1
            f0 = F[tuple((cells + c0).T)]
            f1 = F[tuple((cells + c1).T)]
            hit = (f0 < 0) != (f1 < 0)
            t = np.where(hit, f0 / np.where(hit, f0 - f1, 1), 0)
            acc += np.where(hit[:, None], c0 + (c1 - c0) * t[:, None], 0)
            num += hit
    V = (cells + acc / num[:, None]) * h + origin
    Q = []
    for ax in range(3):
        b, c = (ax + 1) % 3, (ax + 2) % 3
        sl0 = [slice(None)] * 3
        sl1 = [slice(None)] * 3
        sl0[ax], sl1[ax] = slice(0, -1), slice(1, None)
        e = np.argwhere(s[tuple(sl0)] != s[tuple(sl1)])
        ok = (e[:, b] > 0) & (e[:, c] > 0) & (e[:, b] < n[b]) & (e[:, c] < n[c])
        e = e[ok]
        flip = s[tuple(e.T)]

        def at(db, dc):
            q = e.copy()
            q[:, b] += db
            q[:, c] += dc
            return index[tuple(q.T)]

        quad = np.stack([at(-1, -1), at(0, -1), at(0, 0), at(-1, 0)], -1)
        quad[~flip] = quad[~flip][:, ::-1]
        Q.append(quad)
    return V, np.vstack(Q)


def sculpt(cell):
    lo, hi = np.array([-0.92, -0.52, -1.2]), np.array([0.92, 0.86, 1.1])
    n = np.ceil((hi - lo) / cell).astype(int)
    F = np.empty(n, np.float32)
    ys = (lo[1] + np.arange(n[1]) * cell).astype(np.float32)
    zs = (lo[2] + np.arange(n[2]) * cell).astype(np.float32)
    yy, zz = np.meshgrid(ys, zs, indexing="ij")
    for i0 in range(0, n[0], 12):
        xs = (lo[0] + np.arange(i0, min(i0 + 12, n[0])) * cell).astype(np.float32)
        p = np.stack(np.broadcast_arrays(xs[:, None, None], yy[None], zz[None]), -1).astype(np.float32)
        F[i0 : i0 + len(xs)] = bust_sdf(p, math.radians(24), math.radians(4), math.radians(4))
    return surface_nets(F, lo, cell)


def build():
    rnd = random.Random(3)

    def marble_fn(g):
        p = g.n("NewGeometry").outputs["Position"]
        w = g.scale(g.noise(p, 1.4, 4, 0.6, color=True), 1.3)
        v = g.noise(g.vmath("ADD", p, w), 1.6, 5, 0.55)
        vein = g.math("SUBTRACT", 1.0, g.range(g.math("ABSOLUTE", g.math("SUBTRACT", v, 0.5)), 0.0, 0.045))
        cloud = g.noise(p, 2.4, 3, 0.6)
        col = g.mix(g.range(cloud, 0.3, 0.7), "#e2d8ca", "#f3ece1")
        col = g.mix(g.math("MULTIPLY", vein, 0.14), col, "#8f8578")
        return {"color": col, "rough": 0.42}

    marble = material("marble", marble_fn, sss=0.12, sss_scale=0.012, sss_radius=(1.0, 0.6, 0.4))
    V, Q = sculpt(CELL)
    o = mesh("bust", V, Q, marble)
    sm = o.modifiers.new("s", "SMOOTH")
    sm.factor = 0.4
    sm.iterations = 3
    # socle and plinth
    lathe(
        [
            (0, -1.50),
            (0.34, -1.50),
            (0.345, -1.47),
            (0.33, -1.44),
            (0.25, -1.40),
            (0.19, -1.31),
            (0.17, -1.22),
            (0.20, -1.14),
            (0.25, -1.10),
            (0, -1.08),
        ],
        96,
        "socle",
        marble,
        samples=70,
        loc=(0, 0.1, 0),
    )
    stone = material(
        "plinth",
        lambda g: {
            "color": g.mix(g.noise(None, 2, 6, 0.6), "#4c4a46", "#78736a"),
            "normal": g.bump(g.noise(None, 20, 5, 0.6), 0.2, 0.02),
        },
        rough=0.6,
    )
    box((1.5, 1.3, 1.2), (0, 0.1, -2.11), stone, bevel=0.03, rot=(0, 0, 0.25))
    # wall with a shallow arched niche, softly lit
    wallm = plaster("wall", "#45666a", bump=0.2, scale=0.9, var=0.22)
    box((14, 0.2, 10), (0, 3.6, 0), wallm)
    an = np.linspace(0, math.pi, 60)
    arch = np.concatenate(
        [
            [(-1.55, 3.42, -4)],
            np.stack([-1.55 * np.cos(an), 0 * an + 3.42, 0.75 + 1.55 * np.sin(an)], -1),
            [(1.55, 3.42, -4)],
        ]
    )
    tube(arch + np.array([0.55, 0, 0]), 0.10, "arch", plaster("trim", "#5f7f80", bump=0.2), seg=16)
    # out-of-focus leaves, behind right and in front left
    leafm = translucent_leaf(simple("leaf", "#5f7c4a", 0.5), 0.35, (*hexc("#9ab35c"), 1))
    lib = collection()
    lv, lf = leaf_mesh(0.62, 0.17, 0.35, 0.2, n=12)
    leaf = mesh("leaf", lv, lf, leafm, coll=lib)
    stemm = simple("stem", "#5d5a35", 0.7)

    def branch(pts, n, size, seed):
        p = spline(pts, n)
        tube(p, np.linspace(0.020, 0.008, n), "stem", stemm, seg=8)
        for i in range(5, n, 3):
            dd = p[min(i + 1, n - 1)] - p[i - 1]
            yaw = math.atan2(dd[1], dd[0])
            for s in (1, -1):
                instance(
                    leaf,
                    p[i],
                    (rnd.uniform(-0.6, 0.6), -0.5 + rnd.uniform(-0.5, 0.4), yaw + s * rnd.uniform(0.6, 1.3)),
                    size * rnd.uniform(0.7, 1.1),
                )

    for pts, n, sz in (
        ([(1.9, 2.0, -2.4), (1.7, 2.0, -1.0), (1.55, 2.0, 0.1), (1.9, 1.9, 0.9)], 46, 0.95),
        ([(2.0, 2.0, -2.4), (2.1, 2.0, -1.0), (2.35, 2.0, -0.1), (2.9, 1.9, 0.5)], 46, 0.95),
        ([(1.9, 2.1, -2.4), (1.5, 2.1, -1.2), (1.15, 2.1, -0.5), (0.95, 2.0, 0.1)], 40, 0.85),
    ):
        branch(pts, n, sz, 1)
    branch([(-2.2, -1.9, -2.3), (-1.75, -1.8, -1.7), (-1.35, -1.75, -1.25), (-1.1, -1.75, -0.75)], 40, 0.62, 2)
    branch([(-1.9, -1.9, -2.5), (-1.4, -1.8, -1.95), (-0.9, -1.75, -1.65), (-0.45, -1.8, -1.5)], 40, 0.58, 3)
    # light: soft key high left, cool fill, warm rim from behind right
    area((-3.0, -1.15, 2.6), (0, -0.05, 0.2), 1.2, 150, "#fff0de", 1.9)
    area((2.4, 1.5, 1.5), (0.05, 0.1, 0.3), 0.8, 120, "#ffb574", 1.8)
    area((2.2, -3.4, 0.5), (0, 0, 0.2), 2.6, 30, "#9cc6e0")
    area((-2.2, 2.4, 1.9), (-0.2, 0.3, 0.4), 0.7, 46, "#bfe0f0")
    spot((-3.0, 0.2, 3.4), (0.7, 3.6, 0.8), 420, "#ffd9a8", 52, 0.9, 0.5)
    world(color=(0.5, 0.62, 0.7, 1), strength=0.09)
    camera((-0.35, -6.3, 0.16), (0.02, 0, -0.24), 70, fstop=0.55, focus=(-0.02, -0.30, 0.45))
