#!/usr/bin/env python
# ruff: noqa
"""Render the project's example stills.

    python assets/stills/render/render.py [NAME ...] --samples 64 --scale 1 -o assets/stills

Needs Blender as a Python module (`pip install bpy==5.0.1`, Python 3.11). Each scene lives
in scenes/<name>.py and has `SIZE` and `build()`, and may have `LOOK` (grade settings) and
`post(img)` (works on the linear picture).
"""

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import bpy  # noqa: E402
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

import kit  # noqa: E402
import grade  # noqa: E402


def names():
    found = sorted(p.stem for p in (HERE / "scenes").glob("*.py") if p.stem != "__init__")
    return [n.replace("_", "-") for n in found]


def setup(scene, size, scale, samples, threads, noise):
    scene.render.engine = "CYCLES"
    c = scene.cycles
    c.device = "CPU"
    c.samples = samples
    c.use_adaptive_sampling = True
    c.adaptive_threshold = noise
    c.adaptive_min_samples = min(samples, 8)
    c.seed = 7
    c.use_denoising = True
    c.denoiser = "OPENIMAGEDENOISE"
    c.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    c.max_bounces = 8
    c.diffuse_bounces = 3
    c.glossy_bounces = 4
    c.transmission_bounces = 8
    c.transparent_max_bounces = 16
    c.caustics_reflective = False
    c.caustics_refractive = False
    c.blur_glossy = 0.5
    c.sample_clamp_indirect = 4.0
    r = scene.render
    r.threads_mode = "FIXED"
    r.threads = threads
    r.resolution_x = round(size[0] * scale)
    r.resolution_y = round(size[1] * scale)
    r.resolution_percentage = 100
    r.film_transparent = False
    r.image_settings.file_format = "OPEN_EXR"
    r.image_settings.color_depth = "32"
    r.image_settings.color_mode = "RGB"


def read_linear(path):
    img = bpy.data.images.load(str(path))
    img.colorspace_settings.name = "Linear Rec.709"
    w, h = img.size
    a = np.empty(w * h * 4, np.float32)
    img.pixels.foreach_get(a)
    bpy.data.images.remove(img)
    return a.reshape(h, w, 4)[::-1, :, :3].copy()


def view_transform(lin, look, work):
    """Linear picture -> display picture through AgX."""
    h, w, _ = lin.shape
    scene = bpy.context.scene
    scene.display_settings.display_device = "sRGB"
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = look.get("look", "AgX - Medium High Contrast")
    scene.view_settings.exposure = look.get("exposure", 0.0)
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.image_settings.color_depth = "8"
    img = bpy.data.images.new("out", w, h, float_buffer=True)
    img.colorspace_settings.name = "Linear Rec.709"
    buf = np.ones((h, w, 4), np.float32)
    buf[..., :3] = lin[::-1]
    img.pixels.foreach_set(buf.ravel())
    out = Path(work) / "view.png"
    img.save_render(str(out), scene=scene)
    bpy.data.images.remove(img)
    return np.asarray(Image.open(out).convert("RGB"), np.float32) / 255


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("name", nargs="*", help="scene names (default: all)")
    ap.add_argument("--samples", type=int, default=64)
    ap.add_argument("--scale", type=float, default=1.0)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--noise", type=float, default=0.03, help="adaptive sampling threshold")
    ap.add_argument("--quality", type=int, default=90)
    ap.add_argument("--keep", type=Path, help="folder to keep the linear EXR in, for --regrade")
    ap.add_argument("--regrade", action="store_true", help="reuse the EXR in --keep, redo only the grade")
    ap.add_argument("-o", "--out", type=Path, default=HERE.parent)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    for name in a.name or names():
        mod = importlib.import_module("scenes." + name.replace("-", "_"))
        look = getattr(mod, "LOOK", {})
        t0 = time.time()
        with tempfile.TemporaryDirectory() as tmp:
            exr = (a.keep or Path(tmp)) / f"{name}.exr"
            if a.keep:
                a.keep.mkdir(parents=True, exist_ok=True)
            scene = kit.reset(getattr(mod, "SEED", 1))
            if not a.regrade:
                mod.build()
                setup(scene, mod.SIZE, a.scale, a.samples, a.threads, a.noise)
                for k, v in getattr(mod, "CYCLES", {}).items():
                    setattr(scene.cycles, k, v)
                t1 = time.time()
                scene.render.filepath = str(exr)
                bpy.ops.render.render(write_still=True)
                print(f"{name}: build {t1 - t0:.1f}s render {time.time() - t1:.1f}s", flush=True)
            lin = read_linear(exr)
            if hasattr(mod, "post"):
                lin = mod.post(lin)
            lin = grade.bloom(lin, **look.get("bloom", {}))
            img = view_transform(lin, look, tmp)
        img = grade.finish(img, **look.get("finish", {}))
        out = a.out / f"{name}.jpg"
        Image.fromarray((np.clip(img, 0, 1) * 255 + 0.5).astype(np.uint8)).save(
            out, quality=a.quality, optimize=True, progressive=True, subsampling=0
        )
        print(f"{name}: {out.name} {out.stat().st_size // 1024} KB, {time.time() - t0:.0f}s in all", flush=True)


if __name__ == "__main__":
    main()
