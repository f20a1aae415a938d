"""Pictures made on the fly for the tests: every kind that should open, and well over a hundred that should not."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

import cv2
import numpy as np
from PIL import Image, ImageCms, PngImagePlugin

WIDTH, HEIGHT = 120, 80


def gradient(width=WIDTH, height=HEIGHT):
    """Colours that differ in every corner, with fine detail: height × width × 3."""
    y, x = np.mgrid[0:height, 0:width]
    red, green = 40 + 180 * x / max(1, width - 1), 30 + 190 * y / max(1, height - 1)
    return np.dstack([red, green, 90 + 60 * ((x // 4 + y // 4) % 2)]).astype(np.uint8)


def encoded(picture, kind, **options):
    """The bytes of a file of this kind."""
    file = io.BytesIO()
    if "append_images" in options:  # Pillow leaves one format's settings on the pictures it has saved
        options["append_images"] = [frame.copy() for frame in options["append_images"]]
    (picture.copy() if isinstance(picture, Image.Image) else Image.fromarray(picture)).save(file, kind, **options)
    return file.getvalue()


def by_opencv(pixels, ending):
    """The bytes of a file by OpenCV, which writes the 16-bit and floating-point kinds that Pillow does not."""
    return cv2.imencode(ending, pixels)[1].tobytes()


def exif(orientation):
    """An EXIF block with an orientation and a place."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = "Secret Camera"
    block.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0)})
    return block


def turned(pixels, orientation):
    """The pixels as a camera stores them under this EXIF orientation."""
    stored = {
        1: pixels,
        2: pixels[:, ::-1],
        3: pixels[::-1, ::-1],
        4: pixels[::-1],
        5: pixels.transpose(1, 0, 2),
        6: pixels.transpose(1, 0, 2)[::-1],
        7: pixels.transpose(1, 0, 2)[::-1, ::-1],
        8: pixels.transpose(1, 0, 2)[:, ::-1],
    }
    return np.ascontiguousarray(stored[orientation])


def profile(name):
    """The bytes of an ICC profile: "sRGB", "LAB" or "XYZ", made by the colour engine itself."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def swapped_profile():
    """An sRGB profile with its red and blue exchanged and its name hidden, so that a conversion shows."""
    data = bytearray(profile("sRGB"))
    count = struct.unpack(">I", data[128:132])[0]
    tags = {bytes(data[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    data[red + 4 : red + 12], data[blue + 4 : blue + 12] = data[blue + 4 : blue + 12], data[red + 4 : red + 12]
    for spelling in ("sRGB".encode("utf-16-be"), b"sRGB"):
        start = data.find(spelling, 132 + 12 * count)
        while start >= 0:
            data[start : start + len(spelling)] = "Test".encode("utf-16-be") if len(spelling) == 8 else b"Test"
            start = data.find(spelling, start + 1)
    return bytes(data)


def good():
    """Files that must open, by name."""
    rgb = gradient()
    photo, grey = Image.fromarray(rgb), Image.fromarray(rgb).convert("L")
    wide = rgb.astype(np.uint16) * 257
    clear = photo.convert("RGBA")
    clear.putalpha(grey)
    frames = [Image.fromarray(np.roll(rgb, shift, 1)) for shift in (10, 20)]
    files = {f"jpeg_exif_{n}": encoded(turned(rgb, n), "JPEG", quality=95, exif=exif(n)) for n in range(1, 9)}
    files |= {
        "png": encoded(photo, "PNG"),
        "png_grey": encoded(grey, "PNG"),
        "png_one_bit": encoded(photo.convert("1"), "PNG"),
        "png_palette": encoded(photo.quantize(64), "PNG"),
        "png_palette_transparent": encoded(photo.quantize(64), "PNG", transparency=3),
        "png_palette_alphas": encoded(photo.quantize(64), "PNG", transparency=bytes(range(0, 256, 4))),
        "png_rgb_key": encoded(photo, "PNG", transparency=tuple(int(v) for v in rgb[5, 5])),
        "png_rgba": encoded(clear, "PNG"),
        "png_la": encoded(clear.convert("LA"), "PNG"),
        "png_rgb16": by_opencv(wide, ".png"),
        "png_grey16": by_opencv(wide[..., 0], ".png"),
        "png_exif": encoded(turned(rgb, 6), "PNG", exif=exif(6)),
        "png_icc_srgb": encoded(photo, "PNG", icc_profile=profile("sRGB")),
        "png_icc_other": encoded(photo, "PNG", icc_profile=swapped_profile()),
        "png_icc_broken": encoded(photo, "PNG", icc_profile=b"no profile at all"),
        "png_animated": encoded(photo, "PNG", save_all=True, append_images=frames),
        "jpeg_grey": encoded(grey, "JPEG"),
        "jpeg_cmyk": encoded(photo.convert("CMYK"), "JPEG"),
        "jpeg_progressive": encoded(photo, "JPEG", progressive=True),
        "mpo": encoded(photo, "MPO", save_all=True, append_images=frames),
        "webp": encoded(photo, "WEBP"),
        "webp_alpha": encoded(clear, "WEBP", lossless=True),
        "webp_animated": encoded(photo, "WEBP", save_all=True, append_images=frames),
        "avif": encoded(photo, "AVIF"),
        "avif_turned": encoded(turned(rgb, 6), "AVIF", exif=exif(6)),
        "gif": encoded(photo, "GIF"),
        "gif_animated": encoded(photo, "GIF", save_all=True, append_images=frames),
        "tiff": encoded(photo, "TIFF"),
        "tiff_lzw": encoded(photo, "TIFF", compression="tiff_lzw"),
        "tiff_jpeg": encoded(photo, "TIFF", compression="jpeg"),
        "tiff_turned": encoded(turned(rgb, 6), "TIFF", exif=exif(6)),
        "tiff_pages": encoded(photo, "TIFF", save_all=True, append_images=frames),
        "tiff_cmyk": encoded(photo.convert("CMYK"), "TIFF"),
        "tiff_lab": encoded(_lab(photo), "TIFF"),
        "tiff_rgb16": by_opencv(wide, ".tiff"),
        "tiff_grey16": by_opencv(wide[..., 0], ".tiff"),
        "tiff_float": encoded(Image.fromarray((rgb[..., 0] / 255).astype(np.float32)), "TIFF"),
        "tiff_float_wide": encoded(Image.fromarray(rgb[..., 0].astype(np.float32) * 40 - 1000), "TIFF"),
        "tiff_one_bit": encoded(photo.convert("1"), "TIFF", compression="group4"),
        "bmp": encoded(photo, "BMP"),
        "ppm": encoded(photo, "PPM"),
        "pgm": encoded(grey, "PPM"),
    }
    return files


def _lab(photo):
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    return ImageCms.applyTransform(photo, transform)


def plain():
    """One file of each format, to be damaged."""
    names = ("png", "jpeg_exif_1", "webp", "avif", "gif", "tiff_lzw", "tiff", "bmp", "ppm", "png_rgba", "jpeg_cmyk")
    files = good()
    return {name: files[name] for name in names}


def bad():
    """Files that must be refused, by name: more than 120."""
    return _truncated() | _bombs() | _wrong_size() | _other_kinds() | _crafted()


def _truncated():
    """Broken off in the header, at several places in the middle, and shortly before the end."""
    files = {}
    for name, data in plain().items():
        for share in (0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9):
            files[f"{name}_cut_at_{share:.0%}"] = data[: int(len(data) * share)]
    return files


def png_header(width, height, depth=8, colour=2, body=b""):
    """A PNG whose header says these sizes, with correct checksums and hardly any data."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(body or bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")


def _bombs():
    """Small files whose header asks for gigabytes."""
    jpeg, gif, bmp = (bytearray(plain()[name]) for name in ("jpeg_exif_1", "gif", "bmp"))
    start = jpeg.find(b"\xff\xc0")
    jpeg[start + 5 : start + 9] = struct.pack(">HH", 65500, 65500)
    gif[6:10] = struct.pack("<HH", 65535, 65535)
    bmp[18:26] = struct.pack("<ii", 50_000, 50_000)
    canvas = (16_383 - 1).to_bytes(3, "little") * 2
    webp = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + canvas
    tags = [(256, 60_000), (257, 60_000), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 60_000), (279, 9)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return {
        "bomb_png": png_header(60_000, 60_000),
        "bomb_png_one_row_over": png_header(10_000, 10_001),
        "bomb_png_16_bit": png_header(30_000, 30_000, depth=16),
        "bomb_png_largest": png_header(2**31 - 1, 2**31 - 1),
        "bomb_jpeg": bytes(jpeg),
        "bomb_gif": bytes(gif),
        "bomb_bmp": bytes(bmp),
        "bomb_webp": b"RIFF" + struct.pack("<I", len(webp)) + webp,
        "bomb_tiff": b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + bytes(4),
        "bomb_ppm": b"P6\n100000 100000\n255\n" + bytes(100),
        "bomb_pbm": b"P4\n99999 99999\n" + bytes(100),
    }


def _wrong_size():
    sizes = [(1, 1), (63, 63), (63, 400), (400, 63), (2, 500), (64, 513), (513, 64), (1600, 100), (100, 1600)]
    files = {f"{w}_by_{h}.{kind}": encoded(gradient(w, h), kind) for w, h in sizes for kind in ("PNG", "JPEG")}
    files |= {f"png_{w}_by_{h}": png_header(w, h) for w, h in ((0, 0), (0, 100), (100, 0), (2**31, 100))}
    return files


def _other_kinds():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "hello")
    ftyp = b"\0\0\0\x18ftyp%b\0\0\0\0%b" + bytes(64)
    return {
        "empty": b"",
        "one_byte": b"\x89",
        "zeros": bytes(5000),
        "newlines": b"\n" * 300,
        "noise": np.random.default_rng(1).bytes(4000),
        "text": b"This is not a picture. " * 50,
        "text_utf16": "This is not a picture".encode("utf-16"),
        "json": b'{"picture": null}',
        "html": b"<!DOCTYPE html><html><body>404 Not Found</body></html>",
        "html_spaced": b"\xef\xbb\xbf\n\n  <HTML><head></head></HTML>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>',
        "svg_with_xml_head": b'<?xml version="1.0"?>\n<svg width="9" height="9"><image href="file:///etc/passwd"/></svg>',
        "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + bytes(200),
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(/etc/passwd) (r) file\n",
        "zip": archive.getvalue(),
        "gzip": gzip.compress(b"hello" * 100),
        "psd": b"8BPS\0\1" + bytes(200),
        "ico": b"\0\0\1\0\1\0" + bytes(100),
        "mp4": ftyp % (b"isom", b"mp42"),
        "mov": ftyp % (b"qt  ", b"qt  "),
        "heic": ftyp % (b"heic", b"mif1"),
        "matroska": b"\x1aE\xdf\xa3" + bytes(100),
        "avi": b"RIFF\0\1\0\0AVI LIST" + bytes(100),
        "wav": b"RIFF\0\1\0\0WAVEfmt " + bytes(100),
        "riff_of_nothing": b"RIFF\0\1\0\0????" + bytes(100),
        "ogg": b"OggS" + bytes(100),
        "mp3": b"ID3\4" + bytes(100),
        "elf": b"\x7fELF" + bytes(100),
        "exe": b"MZ\x90\0" + bytes(100),
        "jpeg_2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(100),
        "jpeg_xl": b"\xff\x0a" + bytes(100),
        "xbm": b"#define im_width 100\n#define im_height 100\nstatic char im_bits[] = {0x00};",
        "targa": bytes([0, 0, 2]) + bytes(9) + struct.pack("<HH", 100, 100) + bytes([24, 0]) + bytes(30_000),
    }


def _crafted():
    """A right signature with nonsense behind it, and files whose parts disagree."""
    junk = np.random.default_rng(2).bytes(600)
    heads = {
        "png": b"\x89PNG\r\n\x1a\n",
        "jpeg": b"\xff\xd8\xff\xe0",
        "webp": b"RIFF\x64\x02\0\0WEBPVP8 ",
        "avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        "gif": b"GIF89a",
        "tiff_little": b"II*\0\x08\0\0\0",
        "tiff_big": b"MM\0*\0\0\0\x08",
        "bmp": b"BM",
        "ppm": b"P6\n",
    }
    files = {f"{name}_head_then_junk": head + junk for name, head in heads.items()}
    files |= {f"{name}_head_only": head for name, head in heads.items()}
    png = plain()["png"]
    jpeg = plain()["jpeg_exif_1"]
    files |= {
        "png_too_little_data": png_header(200, 200, body=bytes(50)),
        "png_unknown_colour_type": png_header(100, 100, colour=5),
        "png_unknown_depth": png_header(100, 100, depth=7),
        "png_text_bomb": _png_with_text(b"\0" * 80_000_000),
        "png_header_checksum": png[:20] + b"\xff" + png[21:],
        "png_data_before_header": png[:8] + png[33:],
        "png_line_ends_changed": png.replace(b"\r\n", b"\n"),
        "png_sent_as_text": png.decode("latin-1").encode("utf-8"),
        "jpeg_no_scan": jpeg[: jpeg.find(b"\xff\xda")] + b"\xff\xd9",
        "jpeg_start_and_end": b"\xff\xd8\xff\xd9",
        "ppm_letters_for_sizes": b"P6\nab cd\n255\n" + bytes(3000),
        "ppm_negative": b"P6\n-100 100\n255\n" + bytes(3000),
        "ppm_plain_letters": b"P3\n100 100\n255\n" + b"x " * 30_000,
        "tiff_loop": b"II*\0\x08\0\0\0\0\0\x08\0\0\0",
    }
    return files


def _png_with_text(text):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", text.decode("latin-1"), zip=True)
    return encoded(gradient(), "PNG", pnginfo=notes)
