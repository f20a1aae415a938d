"""Bring a decoded picture's colours to 8-bit sRGB: bit depth, transparency, colour profile.

Each step adds a plain sentence to `notes` when it changes what a person sees.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

__all__ = ["split_alpha", "to_eight_bits", "to_srgb"]


def to_eight_bits(picture: Image.Image, notes: list[str]) -> Image.Image:
    """Scale 16-bit, 32-bit and floating-point greys to 8 bits; Pillow's own conversion would clip them."""
    if picture.mode not in ("I", "F") and not picture.mode.startswith("I;16"):
        return picture
    grey: NDArray[np.float32] = np.asarray(picture).astype(np.float32)
    grey[~np.isfinite(grey)] = 0.0
    low, high = float(grey.min()), float(grey.max())
    if picture.mode.startswith("I;16") or (picture.mode == "I" and low >= 0 and high <= 65535):
        low, high = 0.0, 65535.0
    elif picture.mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    else:
        notes.append(f"Its values from {low:g} to {high:g} were stretched from black to white.")
    scaled = (grey - low) / ((high - low) or 1.0) * 255.0
    return Image.fromarray(np.rint(scaled.clip(0, 255)).astype(np.uint8))


def split_alpha(picture: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Separate colour (mode L, RGB, CMYK or LAB) from transparency (mode L, or nothing)."""
    if picture.has_transparency_data:
        opaque = picture.convert("RGBA")
        return opaque.convert("RGB"), opaque.getchannel("A")
    if picture.mode in ("L", "RGB", "CMYK", "LAB"):
        return picture, None
    return picture.convert("L" if picture.mode == "1" else "RGB"), None


def to_srgb(picture: Image.Image, profile: bytes | None, notes: list[str]) -> Image.Image:
    """Convert to sRGB through the picture's own ICC profile, relative colorimetric with black point compensation."""
    source = _open_profile(profile, picture.mode, notes)
    if source is None and picture.mode == "LAB":
        source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    if source is None:
        if picture.mode == "CMYK":
            notes.append("It is CMYK without a colour profile; its colours are approximate.")
        return picture.convert("RGB")
    grey = source.profile.xcolor_space.strip() == "GRAY"
    try:
        converted = ImageCms.profileToProfile(
            picture.convert("L") if grey else picture,
            source,
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except ImageCms.PyCMSError:
        converted = None
    if converted is None:
        notes.append("Its colour profile could not be used and was ignored.")
        return picture.convert("RGB")
    notes.append("Its colours were converted to sRGB.")
    return converted


def _open_profile(profile: bytes | None, mode: str, notes: list[str]) -> ImageCms.ImageCmsProfile | None:
    """Open an ICC profile if it fits the picture and says something else than sRGB."""
    if not profile:
        return None
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        description = ImageCms.getProfileDescription(opened).lower()
        space = opened.profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError, ValueError, TypeError, AttributeError):
        notes.append("Its colour profile is damaged and was ignored.")
        return None
    if "srgb" in description and mode != "CMYK":
        return None
    spaces = {"L": ("GRAY",), "RGB": ("RGB", "GRAY"), "CMYK": ("CMYK",), "LAB": ("Lab",)}
    if space not in spaces[mode]:
        if mode != "L" or space != "RGB":  # a grey picture with an RGB profile is common and harmless
            notes.append("Its colour profile does not belong to it and was ignored.")
        return None
    return opened
