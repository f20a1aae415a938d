"""Find what is green, or dry, and stirs: leaves and grass, and no walls, prints or fur of their colours."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engines.sketch.life.look import Look, Map, Mask, pieces, settle, step

__all__ = ["find_foliage", "find_grass"]

_WIDELY, _WOODS, _EVERY_WAY = (23, 23), 0.04, 0.22
"""Pixels over which the edges of leaves lie every way, the share of the picture that autumn trees fill, and the order
of their edges, at most."""

_PALE = 0.5
"""How green the pale of a green may be, against the greenest of the still: less is paint or print."""

_FIELD, _ODD = 0.35, 24
"""The share of the still's width that grass has, at least, and how far in CIELAB what lies on it is from its colour."""


def find_foliage(look: Look) -> Mask | None:
    """Green to yellow-green and rough, or warm with edges every way: autumn trees."""
    mask = _leafy(look, np.maximum(_greenery(look), _autumn(look)), 0.002)
    share = mask.mean() / 255
    return mask if 0.01 < share < 0.9 and look.rough[mask > 0].mean() > 0.012 else None


def _greenery(look: Look) -> Map:
    """How well what is green fits; painted walls and printed cloth, which are pale beside leaves, do not."""
    total = look.red + look.green + look.blue + 1e-3
    excess = (2 * look.green - look.red - look.blue) / total
    leaf = step(look.hue, 38, 12) * step(-look.hue, -125, 30)
    green = step(excess, 0.07, 0.08) * np.maximum(leaf, step(-look.hue, -158, 12) * step(look.rough, 0.05, 0.04))
    wall = np.maximum.reduce([step(look.luma, 0.48, 0.1), step(look.order, 0.5, 0.1), step(-look.hue, -49, 6)])
    yellow = wall * step(-look.saturation, -0.64, 0.06) * step(-look.hue, -58, 8)
    fit = green * (1 - yellow) * (0.3 + 0.7 * step(look.rough, 0.02, 0.025)) * step(look.saturation, 0.16, 0.12)
    if (fit > 0.5).any():
        plain = np.maximum(step(look.luma, 0.55, 0.1), step(-look.rough, -0.03, 0.01))
        pale = plain * step(-excess, -_PALE * float(np.percentile(excess[fit > 0.5], 85)), 0.04)
        fit = fit * (1 - pale)
    return np.asarray(fit, np.float32)


def _straw(look: Look) -> Map:
    """How well dry grass below fits: it is fine all over, and walls are not."""
    straw = step(look.hue, 28, 10) * step(-look.hue, -68, 10) * step(look.saturation, 0.28, 0.15)
    return np.asarray(straw * step(look.fine, 0.02, 0.01) * step(look.row, 0.5, 0.3), np.float32)


def find_grass(look: Look) -> Mask | None:
    """What is green or like straw, lies below and is wide, without what stands or lies on it."""
    low = step(look.row, 0.4, 0.2)
    found = []
    for fit in (_greenery(look), _lawn(look), _straw(look)):
        found.append(_wide(_leafy(look, fit * low, 0.01)))
    mask = max(found[:2], key=lambda one: int(one.sum()))
    mask = mask if mask.any() else found[2]
    inside = mask > 0
    if not 0.03 < inside.mean() < 0.9:
        return None
    return _bare(look, mask)


def _wide(mask: Mask) -> Mask:
    """The pieces of a mask that are as wide as a field is."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    wide = [number for number in range(1, count) if stats[number, cv2.CC_STAT_WIDTH] > _FIELD * mask.shape[1]]
    return np.where(np.isin(labels, wide), 255, 0).astype(np.uint8)


def _lawn(look: Look) -> Map:
    """How well smooth and strong green below fits: a lawn from afar has next to no texture."""
    total = look.red + look.green + look.blue + 1e-3
    excess = (2 * look.green - look.red - look.blue) / total
    return np.asarray(step(excess, 0.2, 0.1) * step(look.hue, 62, 12) * step(-look.hue, -125, 30), np.float32)


def _bare(look: Look, mask: Mask) -> Mask:
    """A ground without what is on it: whatever has a colour far from that of the ground around."""
    part, inside = cv2.cvtColor(look.rgb, cv2.COLOR_RGB2LAB).astype(np.float32), (mask > 0).astype(np.float32)
    side = look.luma.shape[1] // 5 | 1
    share = np.maximum(cv2.blur(inside, (side, side)), 1e-3)
    around = cv2.blur(part * inside[..., None], (side, side)) / share[..., None]
    unlike = np.linalg.norm((part - around) * (0.5, 1, 1), axis=2)
    usual = float(np.median(unlike[mask > 0]))
    odd = cv2.morphologyEx((unlike > max(_ODD, 4 * usual)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return np.where(cv2.dilate(odd, np.ones((5, 5), np.uint8)) > 0, 0, mask).astype(np.uint8)


def _autumn(look: Look) -> Map:
    """How well red to yellow leaves fit: many fine edges that lie every way, as those of a wall or of fur do not."""
    warm = step(look.hue, 8, 8) * step(-look.hue, -48, 10) * step(look.saturation, 0.36, 0.12)
    order = cv2.blur(look.order * warm, _WIDELY) / np.maximum(cv2.blur(warm, _WIDELY), 1e-3)
    many = step(np.asarray(cv2.blur(look.fine, (5, 5)), np.float32), 0.026, 0.01)
    there = (warm > 0.5) & (many > 0.3)
    if there.mean() < _WOODS or np.median(order[there]) > _EVERY_WAY:  # where walls are warm too, none is sure
        return np.zeros_like(warm)
    return np.asarray(warm * many * step(-np.asarray(order, np.float32), -0.28, 0.08), np.float32)


def _leafy(look: Look, fit: Map, least: float) -> Mask:
    """The cut, no further from what fits than a leaf's breadth, and without a net of lines: that is a print."""
    near = cv2.dilate((fit > 0.3).astype(np.uint8), np.ones((5, 5), np.uint8))
    mask = np.asarray(settle(look, fit) * near, np.uint8)
    body = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return pieces(np.where(cv2.dilate(body, np.ones((5, 5), np.uint8)) > 0, mask, 0).astype(np.uint8), least)
