"""A studio with an open model in it: a tiny one, in the place of a large one's weights, so that workers can run it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from studio.settings import ROOT, Settings
from tests.tiny.families import FAMILIES

__all__ = ["TINY", "tiny_settings"]

TINY = "wan_2_2_ti2v_5b"


def tiny_settings(folder: Path, **options: Any) -> Settings:
    """Settings of a studio in `folder` whose engine ``TINY`` is ready: two steps, random weights."""
    presets, models = folder / "presets", folder / "models"
    shutil.copytree(ROOT / "presets", presets)
    profile = presets / "engines" / f"{TINY}.toml"
    text = profile.read_text(encoding="utf-8")
    text = re.sub(r"(?ms)^\[pipeline\.staging\].*?\n\n", "", text)
    text = re.sub(r"(?m)^steps = .*$", "steps = 2\n\n[pipeline.arguments]\nmax_sequence_length = 16", text)
    text = re.sub(r"(?ms)^\[pipeline\.weights\].*?\n\n", "", text)
    profile.write_text(re.sub(r"(?m)^hub = .*\n", "", text), encoding="utf-8")
    FAMILIES[TINY].build().save_pretrained(models / TINY)
    return Settings(data=folder / "data", presets=presets, models=models, **options)
