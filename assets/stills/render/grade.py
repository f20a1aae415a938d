# ruff: noqa
"""Picture finishing in numpy: bloom, light shafts, split tone, vignette, fine grain."""

import numpy as np


def blur(img, sigma):
    """Gaussian blur by FFT with edge padding. img: (h, w) or (h, w, c)."""
    if sigma < 0.3:
        return img
    pad = int(min(3 * sigma, min(img.shape[:2]) - 1))
    if img.ndim == 3:
        return np.stack([blur(img[..., i], sigma) for i in range(img.shape[2])], -1)
    p = np.pad(img, pad, mode="edge")
    h, w = p.shape
    fy = np.fft.fftfreq(h)[:, None]
    fx = np.fft.rfftfreq(w)[None]
    k = np.exp(-2 * (np.pi * sigma) ** 2 * (fx**2 + fy**2))
    out = np.fft.irfft2(np.fft.rfft2(p) * k, s=p.shape)
    return out[pad:-pad, pad:-pad].astype(np.float32)


def luma(img):
    return img @ np.array([0.2126, 0.7152, 0.0722], img.dtype)


def bloom(lin, amount=0.06, threshold=1.0, size=0.02, tint=(1, 1, 1)):
    if amount <= 0:
        return lin
    lin = np.nan_to_num(np.clip(lin, 0, 200))
    hot = np.clip(lin - threshold, 0, 25)
    s = size * lin.shape[1]
    g = 0.5 * blur(hot, s * 0.35) + 0.32 * blur(hot, s) + 0.18 * blur(hot, s * 3)
    return lin + amount * g * np.array(tint, np.float32)


def shafts(lin, centre, amount=0.5, threshold=0.8, length=0.7, tint=(1, 0.9, 0.7), steps=48, cap=4.0, rays=0.0, seed=4):
    """Light shafts: smear the bright sky away from the sun's place in the frame.
    centre is in 0..1 picture coordinates (x from the left, y from the top)."""
    h, w, _ = lin.shape
    src = np.clip(luma(lin) - threshold, 0, cap)
    ds = max(1, w // 512)
    small = src[: h // ds * ds, : w // ds * ds].reshape(h // ds, ds, w // ds, ds).mean((1, 3))
    sh, sw = small.shape
    yy, xx = np.mgrid[0:sh, 0:sw].astype(np.float32)
    cx, cy = centre[0] * sw, centre[1] * sh
    acc = np.zeros_like(small)
    tot = 0.0
    for i in range(steps):
        k = 1 - length * i / steps
        x = np.clip(cx + (xx - cx) * k, 0, sw - 1)
        y = np.clip(cy + (yy - cy) * k, 0, sh - 1)
        x0, y0 = x.astype(int), y.astype(int)
        x1, y1 = np.minimum(x0 + 1, sw - 1), np.minimum(y0 + 1, sh - 1)
        fx, fy = x - x0, y - y0
        v = (
            small[y0, x0] * (1 - fx) * (1 - fy)
            + small[y0, x1] * fx * (1 - fy)
            + small[y1, x0] * (1 - fx) * fy
            + small[y1, x1] * fx * fy
        )
        wt = 1 - 0.6 * i / steps
        acc += v * wt
        tot += wt
    acc = blur((acc / tot).astype(np.float32), 1.2)
    if rays:
        # gaps in a canopy above the frame: let light through at some angles only
        th = np.arctan2(xx - cx, np.maximum(yy - cy, 1e-3)) * 9
        rng = np.random.RandomState(seed)
        pat = np.zeros_like(th)
        for k, amp in ((1, 1.0), (2.3, 0.8), (4.9, 0.5)):
            pat += amp * np.sin(th * k + rng.uniform(0, 6.28) + 0.8 * np.sin(th * k * 0.53 + rng.uniform(0, 6.28)))
        acc = acc * (1 + rays * np.clip(pat / 1.2, -0.9, 1.5)).astype(np.float32)
    # back to full size, bilinear
    Y = np.clip((np.arange(h) + 0.5) / ds - 0.5, 0, sh - 1)
    X = np.clip((np.arange(w) + 0.5) / ds - 0.5, 0, sw - 1)
    y0 = Y.astype(int)
    x0 = X.astype(int)
    y1 = np.minimum(y0 + 1, sh - 1)
    x1 = np.minimum(x0 + 1, sw - 1)
    fy = (Y - y0)[:, None]
    fx = (X - x0)[None]
    big = (
        acc[y0][:, x0] * (1 - fy) * (1 - fx)
        + acc[y0][:, x1] * (1 - fy) * fx
        + acc[y1][:, x0] * fy * (1 - fx)
        + acc[y1][:, x1] * fy * fx
    )
    return lin + amount * big[..., None].astype(np.float32) * np.array(tint, np.float32)


def finish(
    img,
    saturation=1.05,
    contrast=1.0,
    shadows=(0, 0, 0),
    highlights=(0, 0, 0),
    vignette=0.18,
    grain=0.008,
    gamma=1.0,
    seed=3,
    centre=(0.5, 0.5),
):
    img = np.clip(img, 0, 1) ** (1 / gamma)
    y = luma(img)[..., None]
    img = y + (img - y) * saturation
    img = 0.5 + (img - 0.5) * contrast
    img = img + np.array(shadows) * (1 - y) ** 2 + np.array(highlights) * y**2
    h, w, _ = img.shape
    yy, xx = np.mgrid[0:h, 0:w]
    r = np.hypot((xx / w - centre[0]) * 2, (yy / h - centre[1]) * 2)
    v = 1 - vignette * np.clip((r - 0.45) / 1.0, 0, 1) ** 1.6
    img = img * v[..., None]
    if grain:
        rng = np.random.RandomState(seed)
        n = blur(rng.normal(size=(h, w)).astype(np.float32), 0.6)
        img = img + grain * (n / n.std())[..., None] * (0.4 + 0.6 * (1 - np.abs(2 * y - 1)))
    return img
