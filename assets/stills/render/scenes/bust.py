"""A marble bust modelled as a signed distance field and meshed with surface nets."""

import math
import random

import numpy as np

from kit import *  # noqa: F401,F403
from scenes.common import plaster, simple

SIZE = (1024, 1536)
SEED = 21
CELL = 0.0085
CYCLES = {"diffuse_bounces": 2, "max_bounces": 5}
LOOK = {
    "exposure": 0.0,
    "bloom": {"amount": 0.03, "threshold": 1.3},
    "finish": {"saturation": 1.05, "shadows": (0.0, 0.004, 0.010), "highlights": (0.012, 0.006, -0.006), "vignette": 0.2, "grain": 0.007},
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
    m[..., 0] = np.abs(m[..., 0])          # mirrored half
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    d = ell(p, (0, .10, .655), (.305, .385, .33))
    d = U(d, ell(p, (0, -.06, .64), (.262, .245, .24)), .10)
    d = U(d, ell(p, (0, -.075, .40), (.235, .235, .33)), .10)
    d = U(d, ell(p, (0, -.085, .17), (.180, .200, .150)), .10)
    d = U(d, cap(m, (.205, .02, .30), (.075, -.225, .075), .055, .050), .09)       # jaw line
    d = U(d, sph(p, (0, -.262, .060), .058), .07)                                   # chin
    d = U(d, sph(m, (.165, -.185, .355), .080), .09)                                # cheekbone
    d = U(d, sph(m, (.115, -.215, .235), .070), .08)                                # cheek
    d = U(d, cap(m, (.035, -.278, .545), (.175, -.215, .560), .034, .026), .055)    # brow
    d = S(d, ell(m, (.128, -.335, .478), (.080, .080, .054)), .045)                 # socket
    # muzzle and nose
    d = U(d, ell(p, (0, -.215, .195), (.105, .090, .095)), .06)
    d = U(d, cap(p, (0, -.262, .545), (0, -.360, .345), .026, .033), .040)
    d = U(d, ell(p, (0, -.368, .318), (.040, .043, .038)), .030)
    d = U(d, ell(m, (.044, -.318, .298), (.030, .040, .030)), .020)
    d = U(d, cap(p, (0, -.350, .290), (0, -.290, .268), .016, .020), .020)
    d = S(d, ell(m, (.025, -.338, .274), (.013, .022, .014)), .010)
    d = S(d, cap(p, (0, -.318, .265), (0, -.318, .225), .010), .016)                # philtrum
    # eyes: ball, then lids cut by an almond
    e = np.float32((.126, -.208, .476))
    q = m - e
    t = math.radians(6)
    qx = q[..., 0] * math.cos(t) + q[..., 2] * math.sin(t)
    qz = -q[..., 0] * math.sin(t) + q[..., 2] * math.cos(t)
    r = np.sqrt((q ** 2).sum(-1))
    w = .069

    def arc(h):
        R = (w * w + h * h) / (2 * h)
        return np.hypot(qx, qz - (h - R)) - R
    lower_h = .024
    R2 = (w * w + lower_h ** 2) / (2 * lower_h)
    lens = np.maximum(arc(.036), np.hypot(qx, qz + (lower_h - R2)) - R2)
    lens = np.maximum(lens, q[..., 1])
    lids = S(r - .0865, lens, .004)
    d = U(d, lids, .013)
    ball = r - .0765
    pup = np.sqrt((q[..., 0] - .004) ** 2 + (q[..., 2] - .004) ** 2)
    ball = ball + .006 * np.clip(1 - (pup / .016) ** 2, 0, 1) ** 0.5 * (q[..., 1] < 0) + .0022 * np.exp(-((pup - .030) / .0035) ** 2) * (q[..., 1] < 0)
    d = np.minimum(d, ball)
    d = U(d, cap(m, (.062, -.262, .462), (.058, -.268, .467), .008), .012)          # tear duct
    # eyebrows: a soft raised strand
    eb = np.minimum(cap(m, (.045, -.300, .556), (.120, -.286, .582), .013, .012), cap(m, (.120, -.286, .582), (.195, -.215, .560), .012, .006))
    d = U(d, eb, .018)
    # lips
    up = np.minimum(cap(m, (.020, -.314, .208), (.088, -.256, .192), .0175, .007), cap(p, (-.02, -.314, .205), (.02, -.314, .205), .016))
    lo = np.minimum(cap(m, (.000, -.304, .167), (.050, -.290, .171), .0235, .020), cap(m, (.050, -.290, .171), (.086, -.256, .188), .020, .006))
    d = U(d, up, .016)
    d = S(d, ell(p, (0, -.292, .118), (.050, .030, .020)), .030)
    lipcut = np.minimum(cap(m, (0, -.336, .1865), (.045, -.318, .190), .0065), cap(m, (.045, -.318, .190), (.094, -.262, .188), .0065, .005))
    d = U(d, lo, .014)
    d = S(d, lipcut, .007)
    d = S(d, sph(m, (.103, -.262, .187), .010), .016)
    # ear, mostly under the hair
    ear = ell(m, (.272, .075, .425), (.030, .070, .105))
    ear = S(ear, ell(m, (.305, .060, .445), (.022, .038, .062)), .02)
    d = U(d, ear, .02)
    # hair: swept from a centre part to a low knot, as wavy ridges about the knot's axis
    hx, hz, hy = x, z - .52, y - .42
    rad = np.sqrt(hx ** 2 + hz ** 2 + hy ** 2)
    phi = np.arctan2(np.abs(hx), hz)
    wave = 0.085 * np.sin(rad * 21 + phi * 2.0) + 0.03 * np.sin(rad * 43 + 1)
    s = phi + wave
    ridge = .60 * np.abs(np.sin(s * 9.5)) + .28 * np.abs(np.sin(s * 23 + 1.3 + rad * 3)) + .12 * np.abs(np.sin(s * 51 + rad * 9))
    hair = ell(p, (0, .115, .670), (.345, .430, .362))
    hair = U(hair, ell(m, (.262, .085, .470), (.085, .150, .150)), .07)
    hair = hair + .010 - .044 * (ridge - .45)
    part = np.exp(-(x / .014) ** 2) * (y < .25)
    hair = hair + .016 * part
    line = (y + .235 - .22 * np.clip(.80 - z, 0, 1) * 1.05 - .55 * np.clip(np.abs(x) - .10, 0, 1) ** 1.5) * .80 + (z - .80) * .34
    line = line + .018 * (ridge - .5)
    hair = I(hair, -line, .035)
    hair = I(hair, -(z - .22 - .10 * np.clip(-y + .1, 0, 1)), .05)
    d = U(d, hair, .010)
    kq = p - np.float32((0, .520, .470))
    ka = np.arctan2(kq[..., 0], kq[..., 2])
    kr = np.sqrt((kq ** 2).sum(-1))
    knot = ell(p, (0, .520, .470), (.165, .135, .150)) - .016 * np.abs(np.sin(2.5 * ka + kr * 26)) + .008
    d = U(d, knot, .02)
    return d


def bust_sdf(p, yaw, tilt, nod):
    from mathutils import Euler
    R = np.array(Euler((nod, tilt, yaw)).to_matrix(), dtype=np.float32)
    piv = np.float32((0, .10, -.05))
    wide = np.float32((1 / 1.07, 1, 1))
    d = head_sdf(((p + np.float32((0, 0, .095)) - piv) @ R + piv) * wide)      # row vectors: p @ R is R^T p
    m = p.copy()
    m[..., 0] = np.abs(m[..., 0])
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    body = cap(p, (0, .085, .20), (0, .155, -.45), .150, .172)
    body = U(body, cap(m, (.0, .15, -.36), (.60, .12, -.645), .150, .150), .16)
    body = U(body, ell(p, (0, .08, -.92), (.56, .275, .50)), .16)
    body = U(body, sph(m, (.610, .100, -.74), .165), .12)
    body = U(body, ell(m, (.22, -.10, -.90), (.20, .15, .20)), .12)
    body = U(body, cap(m, (.045, -.105, -.480), (.46, -.02, -.515), .026, .022), .050)      # collar bones
    c, s = math.cos(yaw), math.sin(yaw)
    for sg in (-1, 1):                                                                      # neck cords follow the turn
        ax = sg * .185
        body = U(body, cap(p, (ax * c - .07 * s, .11 + ax * s * .8, .14), (sg * .035, -.085, -.47), .028, .024), .075)
    body = S(body, sph(p, (0, -.155, -.475), .040), .05)
    d = U(d, body, .055)
    # drape over one shoulder
    low = -.60 + .36 * x - .10 * np.clip(-y, 0, 1) + .10 * np.sin(x * 3 + .4)
    warp = fbm_lite(p * 3.1)
    f = (z - .42 * x + .16 * np.abs(x + .2) ** 1.5) * 23 + 2.6 * warp
    fold = np.abs(np.sin(f * .5)) ** .8 * .62 + .38 * np.abs(np.sin(f * 1.07 + 1.2 + 2 * warp))
    dr = body - .030 - .070 * fold
    dr = I(dr, z - low - .012 * np.sin(f), .03)
    roll = np.abs(z - low) - .016
    hem = np.sqrt(np.clip(body - .035, -1, 1) ** 2 + (z - low) ** 2) - .030 - .008 * np.sin(x * 40 + y * 30)
    dr = U(dr, hem, .02)
    d = U(d, dr, .012)
    # cut the bust like a carved piece
    pc = p.copy()
    pc[..., 2] = np.minimum(pc[..., 2], -.42)
    cut = ell(pc, (0, .10, -.42), (.84, .70, .78))
    d = I(d, cut, .02)
    return np.maximum(d, -1.16 - z)


def fbm_lite(p):
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    return (np.sin(x * 1.3 + 1.7 * np.sin(y * 1.1 + z)) + np.sin(z * 1.9 + 1.2 * np.sin(x * 2.1)) * .6 + np.sin(y * 2.7 + z * 1.3) * .4) * .5


def surface_nets(F, origin, h):
    """One vertex per mixed cell (mean of its edge crossings), one quad per crossed edge."""
    s = F < 0
    n = np.array(F.shape) - 1
    corners = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    cnt = np.zeros(n, np.int8)
    for i, j, k in corners:
        cnt += s[i:i + n[0], j:j + n[1], k:k + n[2]]
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
    lo, hi = np.array([-.92, -.52, -1.2]), np.array([.92, .86, 1.1])
    n = np.ceil((hi - lo) / cell).astype(int)
    F = np.empty(n, np.float32)
    ys = (lo[1] + np.arange(n[1]) * cell).astype(np.float32)
    zs = (lo[2] + np.arange(n[2]) * cell).astype(np.float32)
    yy, zz = np.meshgrid(ys, zs, indexing="ij")
    for i0 in range(0, n[0], 12):
        xs = (lo[0] + np.arange(i0, min(i0 + 12, n[0])) * cell).astype(np.float32)
        p = np.stack(np.broadcast_arrays(xs[:, None, None], yy[None], zz[None]), -1).astype(np.float32)
        F[i0:i0 + len(xs)] = bust_sdf(p, math.radians(24), math.radians(4), math.radians(4))
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
    marble = material("marble", marble_fn, sss=0.18, sss_scale=0.05, sss_radius=(1.0, 0.6, 0.4))
    V, Q = sculpt(CELL)
    o = mesh("bust", V, Q, marble)
    sm = o.modifiers.new("s", "SMOOTH")
    sm.factor = 0.4
    sm.iterations = 1
    # socle and plinth
    lathe([(0, -1.50), (.34, -1.50), (.345, -1.47), (.33, -1.44), (.25, -1.40), (.19, -1.31), (.17, -1.22), (.20, -1.14), (.25, -1.10), (0, -1.08)], 96, "socle", marble, samples=70, loc=(0, .1, 0))
    stone = material("plinth", lambda g: {"color": g.mix(g.noise(None, 2, 6, .6), "#4c4a46", "#78736a"), "normal": g.bump(g.noise(None, 20, 5, .6), .2, .02)}, rough=.6)
    box((1.5, 1.3, 1.2), (0, .1, -2.11), stone, bevel=.03, rot=(0, 0, .25))
    # wall with a shallow arched niche, softly lit
    wallm = plaster("wall", "#45666a", bump=0.2, scale=0.9, var=0.22)
    box((14, .2, 10), (0, 3.6, 0), wallm)
    an = np.linspace(0, math.pi, 60)
    arch = np.concatenate([[(-1.55, 3.42, -4)], np.stack([-1.55 * np.cos(an), 0 * an + 3.42, 0.75 + 1.55 * np.sin(an)], -1), [(1.55, 3.42, -4)]])
    tube(arch + np.array([.55, 0, 0]), .10, "arch", plaster("trim", "#5f7f80", bump=.2), seg=16)
    # out-of-focus leaves, behind right and in front left
    leafm = translucent_leaf(simple("leaf", "#5f7c4a", 0.5), .35, (*hexc("#9ab35c"), 1))
    lib = collection()
    lv, lf = leaf_mesh(.62, .17, .35, .2, n=12)
    leaf = mesh("leaf", lv, lf, leafm, coll=lib)
    stemm = simple("stem", "#5d5a35", 0.7)

    def branch(pts, n, size, seed):
        p = spline(pts, n)
        tube(p, np.linspace(.020, .008, n), "stem", stemm, seg=8)
        for i in range(5, n, 3):
            dd = p[min(i + 1, n - 1)] - p[i - 1]
            yaw = math.atan2(dd[1], dd[0])
            for s in (1, -1):
                instance(leaf, p[i], (rnd.uniform(-.6, .6), -.5 + rnd.uniform(-.5, .4), yaw + s * rnd.uniform(.6, 1.3)), size * rnd.uniform(.7, 1.1))
    for pts, n, sz in (([(1.9, 2.0, -2.4), (1.7, 2.0, -1.0), (1.55, 2.0, .1), (1.9, 1.9, .9)], 46, .95),
                       ([(2.0, 2.0, -2.4), (2.1, 2.0, -1.0), (2.35, 2.0, -.1), (2.9, 1.9, .5)], 46, .95),
                       ([(1.9, 2.1, -2.4), (1.5, 2.1, -1.2), (1.15, 2.1, -.5), (.95, 2.0, .1)], 40, .85)):
        branch(pts, n, sz, 1)
    branch([(-2.2, -1.9, -2.3), (-1.75, -1.8, -1.7), (-1.35, -1.75, -1.25), (-1.1, -1.75, -.75)], 40, .62, 2)
    branch([(-1.9, -1.9, -2.5), (-1.4, -1.8, -1.95), (-.9, -1.75, -1.65), (-.45, -1.8, -1.5)], 40, .58, 3)
    # light: soft key high left, cool fill, warm rim from behind right
    area((-3.1, -1.7, 2.1), (0, -.05, .3), 1.2, 165, "#fff0de", 1.9)
    area((2.4, 1.5, 1.5), (.05, .1, .3), .8, 120, "#ffb574", 1.8)
    area((2.8, -2.8, .2), (0, 0, .2), 2.6, 16, "#9cc6e0")
    area((-2.2, 2.4, 1.9), (-.2, .3, .4), .7, 46, "#bfe0f0")
    spot((-3.0, .2, 3.4), (.7, 3.6, .8), 420, "#ffd9a8", 52, .9, .5)
    world(color=(.5, .62, .7, 1), strength=.12)
    camera((-.35, -6.3, .16), (.02, 0, -.24), 70, fstop=.55, focus=(-.02, -.30, .45))
