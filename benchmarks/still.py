"""How fast a still is read, and how often each fact is right: ``python -m benchmarks.still``.

The pictures are made here from scikit-image's photographs (``pip install -r requirements-dev.txt``) and the project's
own stills. The grounds and typefaces for lettering were kept from tuning, as was everything on the lines marked so.
"""

from __future__ import annotations

import importlib.util
import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.media.stills import open_still
from studio.picture import Lettering
from studio.settings import ROOT, Settings
from studio.still.clipping import clipping
from studio.still.coloured import coloured
from studio.still.compression import compression
from studio.still.faces import find_faces
from studio.still.lettering import find_lettering
from studio.still.report import read
from studio.still.sharpness import sharpness

Pixels = NDArray[np.uint8]
SIZE = (1920, 1080)
HEIGHTS = (8, 10, 12, 16, 24, 40, 80)  # pixels of type; capitals are about 0.7 of it
WORDS = ("Harbour", "Roast Coffee", "OPEN 24h", "Fresh bread", "Platform", "Limited Edition", "SALE 50%", "Workshop")
GROUNDS = ("moon", "grass", "chelsea")
UNLETTERED = (
    "brick", "coffee", "chelsea", "gravel", "moon", "rocket", "grass", "coins", "retina", "hubble_deep_field", "ihc",
)  # fmt: skip
SHOTS = ("astronaut", "coffee", "chelsea", "camera", "motorcycle_left", "brick")
GELS = (((255, 30, 160), (30, 80, 255)), ((130, 40, 255),), ((255, 10, 10),), ((0, 220, 255), (255, 20, 30)))
CASTS = ((1.1, 0.62, 0.25), (1.2, 0.75, 0.4), (0.55, 0.8, 1.2), (1.2, 0.45, 0.2), (0.1, 0.18, 0.4), (0.8, 1.05, 0.8))


def say(name: str, text: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{name:<34}{text}\n")
    sys.stdout.flush()


def filled(pixels: Pixels) -> Pixels:
    """The middle of a picture, scaled to 1080p."""
    scale = max(SIZE[0] / pixels.shape[1], SIZE[1] / pixels.shape[0])
    large = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    top, left = (large.shape[0] - SIZE[1]) // 2, (large.shape[1] - SIZE[0]) // 2
    return np.ascontiguousarray(large[top : top + SIZE[1], left : left + SIZE[0]])


def speed() -> None:
    """Processor seconds of one warm reading at 1080p, and of the slowest facts alone."""
    from tests.photos import photo

    for name in ("coffee", "brick", "motorcycle_left"):
        pixels = filled(photo(name))
        with tempfile.TemporaryDirectory() as folder:
            file = io.BytesIO()
            Image.fromarray(pixels).save(file, "PNG", compress_level=1)
            still = open_still(file.getvalue(), Path(folder), Settings())
            read(still)
            spent = [_seconds(lambda still=still: read(still)) for _ in range(3)]
        parts = {
            one.__name__: _seconds(lambda one=one, pixels=pixels: one(pixels)) for one in (find_lettering, find_faces)
        }
        shown = "  ".join(f"{part} {seconds:.2f}" for part, seconds in parts.items())
        say(f"read {name} at 1080p", f"{min(spent):.2f} s  ({shown})")


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def lettering() -> None:
    """Recall by the height of the type, on photos that no constant was tuned on, and false lines on textures."""
    from tests.photos import lettered, photo, scaled

    for height in HEIGHTS:
        rng = np.random.default_rng(height)
        there = found = told = extra = 0
        for ground in GROUNDS:
            scene, places = filled(photo(ground)), []
            for row in range(6):
                word = WORDS[rng.integers(len(WORDS))]
                place = int(rng.integers(40, 1000)), 60 + 165 * row
                scene, box = lettered(scene, word, height, place)
                places.append((word, box))
            lines = find_lettering(scene)
            hits = [next((line for line in lines if _centred(line, box)), None) for _, box in places]
            there += len(places)
            found += sum(hit is not None for hit in hits)
            told += sum(
                _squeezed(hit.text) == _squeezed(word) for hit, (word, _) in zip(hits, places, strict=True) if hit
            )
            extra += len(lines) - sum(hit is not None for hit in hits)
        say(f"lettering {height} px", f"found {found / there:.0%}, read to the letter {told / there:.0%}, else {extra}")
    plain = [pixels for name in UNLETTERED for pixels in (photo(name), scaled(photo(name), 2))]
    say(
        "pictures without lettering",
        f"{sum(bool(find_lettering(pixels)) for pixels in plain)} of {len(plain)} with a line",
    )


def _squeezed(text: str) -> str:
    return text.replace(" ", "").lower()


def _centred(line: Lettering, box: tuple[int, int, int, int]) -> bool:
    x, y = line.box.centre[0] * SIZE[0], line.box.centre[1] * SIZE[1]
    return abs(x - (box[0] + box[2]) / 2) < 0.25 * (box[2] - box[0]) and box[1] - 3 < y < box[3] + 3


def faces() -> None:
    """Recall on a hundred small faces in the wild, each in a frame of its own, by size; false ones on the rest."""
    import skimage

    from tests.photos import FACELESS, photo

    crops = np.load(
        Path(skimage.__file__).parent / "data" / "lfw_subset.npy"
    )  # 100 faces of 25 × 25, 100 that are none
    for side in (30, 45, 60, 160):
        hits = [sum(bool(find_faces(_framed(crop, side))) for crop in part[::4]) for part in (crops[:100], crops[100:])]
        say(f"faces {side} px tall in 640 × 360", f"found {hits[0]} of 25, {hits[1]} in 25 without")
    say(
        "photos without faces", f"{sum(bool(find_faces(photo(name))) for name in FACELESS)} of {len(FACELESS)} with one"
    )


def _framed(crop: NDArray[np.float64], side: int) -> Pixels:
    scene = np.full((360, 640), 128, np.uint8)
    top, left = (360 - side) // 2, (640 - side) // 2
    small = (crop / max(1e-6, float(crop.max())) * 255).astype(np.uint8)
    scene[top : top + side, left : left + side] = cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)
    return cv2.cvtColor(scene, cv2.COLOR_GRAY2RGB)


def light() -> None:
    """Gels against daylight, dusk, bulbs and casts."""
    from tests.photos import gelled, photo, tinted

    neon = [coloured(gelled(photo(name), gel, seed)).share for seed, gel in enumerate(GELS) for name in SHOTS]
    other = [coloured(tinted(photo(name), cast)).share for cast in CASTS for name in SHOTS]
    for path in sorted((ROOT / "assets" / "stills").glob("*.jpg")):
        (neon if "neon" in path.name else other).append(coloured(np.array(Image.open(path).convert("RGB"))).share)
    say("neon and gels", f"seen in {sum(share >= 0.08 for share in neon)} of {len(neon)}")
    say(
        "sun, bulbs, casts, own stills",
        f"{sum(share >= 0.08 for share in other)} of {len(other)} taken for coloured light",
    )


def degraded() -> Iterator[tuple[str, list[bool], list[bool]]]:
    """Blur, clipping and compression: for each, what is found in damaged photos and in untouched ones."""
    from tests.photos import photo

    photos = [photo(name) for name in SHOTS]
    blurred = [cv2.GaussianBlur(pixels, (0, 0), sigma) for pixels in photos for sigma in (3, 5)]
    yield "blurred", [sharpness(p) < 0.25 for p in blurred], [sharpness(p) < 0.25 for p in photos]
    bright = [np.clip(pixels * 4.0, 0, 255).astype(np.uint8) for pixels in photos]
    yield "clipped", [clipping(p).bright > 0.05 for p in bright], [clipping(p).bright > 0.05 for p in photos]
    blocky = [_jpeg(pixels, quality) for pixels in photos for quality in (10, 20)]
    fine = [_jpeg(pixels, quality) for pixels in photos for quality in (80, 90)]
    yield "compressed", [compression(p) > 0.5 for p in blocky], [compression(p) > 0.5 for p in fine]


def _jpeg(pixels: Pixels, quality: int) -> Pixels:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))


def main() -> None:
    """Print the figures."""
    if importlib.util.find_spec("skimage") is None:
        say("skipped", "scikit-image's photographs are not here: pip install -r requirements-dev.txt")
        return
    cv2.setNumThreads(1)
    speed()
    lettering()
    faces()
    light()
    for name, damaged, sound in degraded():
        say(name, f"found in {sum(damaged)} of {len(damaged)}, in {sum(sound)} of {len(sound)} sound ones")


if __name__ == "__main__":
    main()
