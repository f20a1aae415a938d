"""Every picture that can be opened is, upright and in true colours; every other is refused in plain words."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import StillError
from studio.media.decode import decode
from studio.settings import ROOT, Settings
from tests import pictures

GOOD, BAD, PLAIN = pictures.good(), pictures.bad(), pictures.plain()
LIMITS = Settings()
ENDLESS = {
    "gif_comments": GOOD["gif"][:6] + b"\x64\0\x64\0\0\0\0" + b"\x21\xfe\x01a\0" * 3_000_000,
    "jpeg_padding": b"\xff\xd8\xff\xe0" + bytes(30_000_000),
    "jpeg_segments": b"\xff\xd8" + b"\xff\xe1\0\x02" * 3_000_000,
    "ppm_spaces": b"P6" + b" " * 30_000_000,
}
"""Small parts in great numbers, each of which a decoder handles by itself."""

SCENE = pictures.gradient().astype(int)
LOSSLESS = ["png", "png_exif", "png_icc_srgb", "png_icc_broken", "png_animated", "tiff", "tiff_lzw", "tiff_pages"]
LOSSLESS += ["tiff_turned", "bmp", "ppm"]


pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # pytest lifts the filter that decode sets


def opened(name):
    picture, notes = decode(GOOD[name], LIMITS, "the picture")
    assert picture.mode == "RGB"
    return np.asarray(picture).astype(int), notes


def off(pixels, expected):
    return np.abs(pixels - expected).mean()


def test_there_are_more_than_120_kinds_of_bad_picture():
    assert len(BAD) >= 120


@pytest.mark.parametrize("name", GOOD)
def test_opens(name):
    pixels, _ = opened(name)
    assert pixels.shape == (pictures.HEIGHT, pictures.WIDTH, 3)
    assert pixels.max() - pixels.min() > 25  # something is on it


@pytest.mark.parametrize("name", BAD)
def test_refuses_with_what_was_expected_and_what_to_do(name, capfd):
    with pytest.raises(StillError) as caught:
        decode(BAD[name], LIMITS, "the picture x")
    error = caught.value
    assert str(error).startswith("the picture x: ")
    assert error.expected and error.action.endswith(".")
    assert "Traceback" not in str(error) and "\n" not in str(error)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ENDLESS)
def test_a_file_of_countless_parts_is_refused_in_seconds(name):
    began = time.process_time()
    with pytest.raises(StillError):
        decode(ENDLESS[name], LIMITS, "the picture")
    assert time.process_time() - began < 8


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless_files_give_the_very_same_pixels(name):
    assert off(opened(name)[0], SCENE) == 0


@pytest.mark.parametrize("name", [f"jpeg_exif_{n}" for n in range(1, 9)] + ["avif_turned", "png_exif", "tiff_turned"])
def test_stands_upright_whatever_the_exif_orientation(name):
    assert off(opened(name)[0], SCENE) < 12  # upside down it is 80 off


@pytest.mark.parametrize("name", ["png_grey16", "tiff_grey16", "tiff_float"])
def test_deep_greys_are_scaled_not_clipped(name):
    pixels, notes = opened(name)
    assert off(pixels, SCENE[..., :1]) == 0
    assert not notes


@pytest.mark.parametrize("name", ["png_rgb16", "tiff_rgb16"])
def test_deep_colours_are_scaled_not_clipped(name):
    assert off(opened(name)[0], SCENE[..., ::-1]) == 0  # OpenCV writes blue first


def test_floats_outside_zero_to_one_are_stretched_with_a_note():
    pixels, notes = opened("tiff_float_wide")
    assert (pixels.min(), pixels.max()) == (0, 255)
    assert "stretched" in notes[0]


@pytest.mark.parametrize("name", ["png_animated", "webp_animated", "gif_animated", "tiff_pages"])
def test_of_several_frames_the_first_is_used_with_a_note(name):
    pixels, notes = opened(name)
    assert off(pixels, SCENE) < 20
    assert any("first" in note for note in notes)


@pytest.mark.parametrize("name", ["png_rgba", "png_la", "webp_alpha", "png_palette_alphas"])
def test_transparency_is_shown_on_white_with_a_note(name):
    pixels, notes = opened(name)
    assert any("white" in note for note in notes)
    # The top left corner is nearly clear.
    assert pixels[0, 0].min() > (200 if name != "png_palette_alphas" else 40)


def test_an_opaque_alpha_channel_changes_nothing():
    opaque = np.dstack([SCENE, np.full(SCENE.shape[:2], 255)]).astype(np.uint8)
    picture, notes = decode(pictures.encoded(opaque, "PNG"), LIMITS, "the picture")
    assert off(np.asarray(picture).astype(int), SCENE) == 0
    assert not notes


def test_a_colour_profile_is_converted_to_srgb():
    pixels, notes = opened("png_icc_other")  # its red and blue are exchanged
    assert off(pixels, SCENE[..., ::-1]) < 2
    assert "sRGB" in notes[0]


def test_a_damaged_colour_profile_is_ignored_with_a_note():
    assert "profile" in opened("png_icc_broken")[1][0]


def test_cmyk_without_a_profile_is_opened_with_a_note():
    pixels, notes = opened("tiff_cmyk")
    assert off(pixels, SCENE) < 3
    assert "CMYK" in notes[0]


def test_lab_gives_its_colours_back():
    assert off(opened("tiff_lab")[0], SCENE) < 4


def test_a_large_picture_is_scaled_down_with_a_note():
    small = Settings(still_side=256)
    for kind in ("PNG", "JPEG"):
        picture, notes = decode(pictures.encoded(pictures.gradient(1200, 800), kind), small, "the picture")
        assert picture.size == (256, 171)
        assert "256 × 171" in notes[0]


def test_a_picture_of_exactly_the_limit_is_left_as_it_is():
    picture, notes = decode(pictures.encoded(pictures.gradient(256, 200), "PNG"), Settings(still_side=256), "x")
    assert (picture.size, notes) == ((256, 200), ())


def test_the_limit_on_megapixels_is_the_settings():
    data = pictures.encoded(np.zeros((1001, 1000, 3), np.uint8), "PNG")
    with pytest.raises(StillError, match="at most 1 megapixels"):
        decode(data, Settings(max_megapixels=1), "the picture")
    assert decode(data, Settings(max_megapixels=2), "the picture")[0].size == (1000, 1001)


def test_a_heic_photo_is_told_to_become_a_jpeg():
    with pytest.raises(StillError, match=r"HEIC.*JPEG"):
        decode(BAD["heic"], LIMITS, "the picture")


@pytest.mark.parametrize("name", PLAIN)
@given(seed=st.integers(0, 2**32 - 1), flips=st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_flipped_bits_open_or_are_refused_and_nothing_else(name, seed, flips):
    data = bytearray(PLAIN[name])
    random = np.random.default_rng(seed)
    reach = len(data) if random.random() < 0.5 else min(len(data), 120)  # headers are where it hurts
    for place in random.integers(0, reach, flips):
        data[place] ^= 1 << int(random.integers(0, 8))
    try:
        picture, _ = decode(bytes(data), Settings(max_megapixels=2), "the picture")
    except StillError:
        return
    assert picture.mode == "RGB"


@pytest.mark.parametrize("name", PLAIN)
@given(share=st.floats(0, 0.9))
@settings(max_examples=12, deadline=None)
def test_a_file_that_breaks_off_anywhere_is_refused(name, share):
    with pytest.raises(StillError):
        decode(PLAIN[name][: int(len(PLAIN[name]) * share)], LIMITS, "the picture")


def test_decoders_print_no_warnings_and_pillow_keeps_its_own_limit():
    code = """
from PIL import Image
before = Image.MAX_IMAGE_PIXELS
from studio.errors import StillError
from studio.media.decode import decode
from studio.settings import ROOT, Settings
from tests import pictures
files = [pictures.png_header(13_000, 13_000), pictures.good()["png_palette_alphas"], *pictures.bad().values()]
for data in files:
    try:
        decode(data, Settings(max_megapixels=150), "the picture")
    except StillError:
        pass
assert Image.MAX_IMAGE_PIXELS == before
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_large_transparent_picture_on_its_side_is_turned_scaled_and_put_on_white():
    clear = np.dstack([pictures.gradient(400, 800), np.full((800, 400), 128, np.uint8)])
    clear[:400, :, 3] = 255
    data = pictures.encoded(clear, "PNG", exif=pictures.exif(6))
    picture, notes = decode(data, Settings(still_side=256), "the picture")
    assert picture.size == (256, 128)
    assert len(notes) == 2
    assert picture.getpixel((250, 64))[0] < picture.getpixel((5, 64))[0]  # the half that shows white is at the left
