# ruff: noqa
"""Materials that several scenes share."""

from kit import hexc, material


def wood(
    name="wood", light="#b07a4a", dark="#5a3418", planks=0.9, axis="x", gloss=0.38, scale=1.0, bump=0.25, gap=0.985
):
    """Boards running along `axis`, each with its own grain and tone."""

    def build(g):
        p = g.coords("Object")
        x, y, z = g.sep(p)
        if axis == "y":
            x, y = y, x
        row = g.math("DIVIDE", y, planks)
        idx = g.math("FLOOR", row)
        fr = g.math("FRACT", row)
        rnd = g.n("TexWhiteNoise", {"W": idx}, noise_dimensions="1D").outputs[0]
        shift = g.math("MULTIPLY", rnd, 37.0)
        q = g.comb(g.math("ADD", g.math("MULTIPLY", x, 0.16 * scale), shift), g.math("MULTIPLY", y, 1.5 * scale), shift)
        warp = g.noise(q, 1.6, 3, 0.5)
        ringc = g.math("ADD", g.math("MULTIPLY", warp, 26.0), g.math("MULTIPLY", y, 2.0))
        ring = g.math("ADD", g.math("MULTIPLY", g.math("SINE", ringc), 0.5), 0.5)
        fib = g.noise(
            g.comb(g.math("MULTIPLY", x, 1.2 * scale), g.math("MULTIPLY", y, 42.0 * scale), shift), 1.5, 5, 0.6
        )
        tone = g.math("ADD", g.math("MULTIPLY", ring, 0.45), g.math("MULTIPLY", fib, 0.55))
        tone = g.math("ADD", tone, g.math("MULTIPLY", g.math("SUBTRACT", rnd, 0.5), 0.30))
        col = g.mix(g.range(tone, 0.15, 0.85), dark, light)
        edge = g.math("ABSOLUTE", g.math("SUBTRACT", fr, 0.5))
        seam = g.range(edge, gap * 0.5 - 0.004, gap * 0.5 + 0.004)
        col = g.mix(g.math("MULTIPLY", seam, 0.85), col, tuple(c * 0.12 for c in hexc(dark)))
        h = g.math("SUBTRACT", g.math("MULTIPLY", tone, 0.4), g.math("MULTIPLY", seam, 2.0))
        rough = g.math("ADD", gloss, g.math("MULTIPLY", fib, 0.18))
        return {"color": col, "rough": rough, "normal": g.bump(h, bump, 0.02)}

    return material(name, build, coat=0.08, coat_rough=0.25)


def plaster(name, color, bump=0.15, scale=3.0, var=0.12):
    def build(g):
        p = g.coords("Object")
        n = g.noise(p, scale, 6, 0.6)
        f = g.noise(p, scale * 14, 4, 0.6)
        c = hexc(color)
        col = g.mix(
            g.range(n, 0.3, 0.7), tuple(x * (1 - var) for x in c), tuple(min(1, x * (1 + var * 0.4)) for x in c)
        )
        return {
            "color": col,
            "rough": 0.85,
            "normal": g.bump(g.math("ADD", n, g.math("MULTIPLY", f, 0.25)), bump, 0.03),
        }

    return material(name, build)


def fabric(name, color, color2=None, weave=140.0, bump=0.25, sheen=0.3, mottled=0.15):
    def build(g):
        p = g.coords("Object")
        x, y, z = g.sep(p)
        n = g.noise(p, 2.2, 5, 0.6)
        wv = g.noise(p, weave, 2, 0.6)
        c = hexc(color)
        a = tuple(v * (1 - mottled) for v in c)
        b = hexc(color2) if color2 else tuple(min(1, v * (1 + mottled)) for v in c)
        col = g.mix(g.math("ADD", g.math("MULTIPLY", n, 0.6), g.math("MULTIPLY", wv, 0.4), clamp=True), a, b)
        return {"color": col, "rough": 0.9, "normal": g.bump(wv, bump, 0.01)}

    m = material(name, build, sheen=sheen)
    return m


def simple(name, color, rough=0.5, **k):
    return material(name, color=(*hexc(color), 1.0), rough=rough, **k)
