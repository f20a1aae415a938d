"""Lettering is found where it stands and read; a texture is not taken for it."""

from __future__ import annotations

import subprocess
import sys
from difflib import SequenceMatcher

import cv2
import numpy as np
import pytest

from studio.settings import ROOT
from studio.still.lettering import find_lettering, is_lettering
from tests.photos import lettered, photo, scaled

pytest.importorskip("rapidocr")
UNLETTERED = ("brick", "coffee", "chelsea", "gravel", "moon", "rocket", "grass")


def plain(width=960, height=540):
    return np.full((height, width, 3), (198, 190, 175), np.uint8)


def squeezed(text):
    return text.replace(" ", "").lower()


def alike(read, written):
    """All but a letter or so: on a photo, or at ten pixels, an f may be read as an l."""
    return SequenceMatcher(None, squeezed(read), squeezed(written)).ratio() > 0.85


def place(line, shape):
    height, width = shape[:2]
    box = line.box
    return box.x * width, box.y * height, (box.x + box.width) * width, (box.y + box.height) * height


@pytest.mark.parametrize("size", [12, 64, *(pytest.param(size, marks=pytest.mark.long) for size in (10, 16, 32, 120))])
@pytest.mark.parametrize("ground", ["plain", "coffee"])
def test_lettering_is_found_placed_and_read(ground, size):
    pixels = plain() if ground == "plain" else scaled(photo(ground), 1.6)
    scene, where = lettered(pixels, "Blue Harbour", size, (120, 300))
    slack = 0.2 if ground == "plain" else 0.4  # the grain of the wood reads as part of the letters
    (line,) = find_lettering(scene)
    assert alike(line.text, "Blue Harbour")
    assert place(line, scene.shape) == pytest.approx(where, abs=4 + slack * size)
    assert line.height == pytest.approx(where[3] - where[1], rel=slack, abs=3)
    assert line.confidence > 0.75


@pytest.mark.parametrize("scale", [1, pytest.param(2, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", UNLETTERED)
def test_a_texture_says_nothing(name, scale):
    assert find_lettering(scaled(photo(name), scale)) == ()


@pytest.mark.parametrize("cell", [2, 8])
def test_noise_says_nothing(cell):
    noise = np.random.default_rng(cell).integers(0, 256, (720 // cell, 1280 // cell, 3)).astype(np.uint8)
    assert find_lettering(cv2.resize(noise, (1280, 720), interpolation=cv2.INTER_CUBIC)) == ()


@pytest.mark.parametrize("tilt", [-20, -8, 12, 25])
def test_tilted_lettering_is_read(tilt):
    scene, where = lettered(plain(), "Roast Coffee", 28, (300, 200), tilt)
    (line,) = find_lettering(scene)
    assert alike(line.text, "Roast Coffee")
    assert place(line, scene.shape) == pytest.approx(where, abs=9)
    assert line.height < 40 < line.box.height * 540


def test_a_line_that_runs_up_the_side_is_read():
    scene, _ = lettered(plain(), "Roast Coffee", 28, (300, 100), 90)
    (line,) = find_lettering(scene)
    assert alike(line.text, "Roast Coffee")


def test_the_tallest_line_comes_first():
    scene, _ = lettered(plain(), "small print", 14, (60, 60))
    scene, _ = lettered(scene, "HEADLINE", 60, (300, 300))
    assert [squeezed(line.text) for line in find_lettering(scene)] == ["headline", "smallprint"]


def test_a_line_across_many_tiles_is_one():
    text = "A long line of quiet words that runs from one side to the other"
    scene, _ = lettered(plain(1920, 1080), text, 26, (300, 520))
    (line,) = find_lettering(scene)
    assert squeezed(line.text) == squeezed(text)


def test_small_type_in_a_large_picture_is_found():
    scene, where = lettered(scaled(photo("coffee"), 3.2), "Platform", 11, (1500, 90))
    (line,) = find_lettering(scene)
    assert line.text == "Platform"
    assert place(line, scene.shape) == pytest.approx(where, abs=4)


@pytest.mark.parametrize("shape", [(1, 1, 3), (16, 16, 3), (64, 64, 3), (64, 4096, 3), (2000, 40, 3)])
@pytest.mark.parametrize("level", [0, 255])
def test_pictures_of_any_shape_without_anything(shape, level):
    assert find_lettering(np.full(shape, level, np.uint8)) == ()


def test_it_is_the_same_each_time():
    scene, _ = lettered(scaled(photo("coffee"), 1.6), "Blue Harbour", 16, (120, 300))
    assert find_lettering(scene) == find_lettering(scene)


@pytest.mark.parametrize(
    ("text", "confidence", "counts"), [("OPEN", 0.9, True), ("H", 0.99, False), ("HTH", 0.6, False)]
)
def test_what_counts_as_lettering(text, confidence, counts):
    assert is_lettering(text, confidence) == counts


def test_it_is_quiet_and_off_the_network(tmp_path):
    code = (
        "import socket, numpy as np\n"
        "def refuse(*_): raise OSError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from studio.still.lettering import find_lettering\n"
        "from tests.photos import lettered\n"
        "scene, _ = lettered(np.full((300, 400, 3), 200, np.uint8), 'OPEN', 30, (90, 90))\n"
        "assert find_lettering(scene)[0].text == 'OPEN'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        env={"HOME": str(tmp_path)},
        check=True,
    )
    assert (done.stdout, done.stderr, list(tmp_path.iterdir())) == (b"", b"", [])
