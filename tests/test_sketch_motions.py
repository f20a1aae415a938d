"""What a person may rely on in the presets of ambient motion."""

from __future__ import annotations

import shutil

import pytest

from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.regions import FINDERS
from studio.errors import PresetError
from studio.settings import ROOT


@pytest.fixture
def presets(tmp_path):
    for name in ("motions", "regions"):
        shutil.copytree(ROOT / "presets" / name, tmp_path / name)
    shutil.copy(ROOT / "presets" / "beats.toml", tmp_path)
    return tmp_path


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_region_is_moved_by_some_motion_and_found_or_said_to_be_painted():
    library = load_library()
    moved = {region for motion in library.motions for region in motion.regions}
    assert moved == {region.id for region in library.regions}
    assert {region.id for region in library.regions if region.found} == {*FINDERS, "eyes", "hair"}


def test_no_noun_stands_for_two_regions():
    nouns = [noun for region in load_library().regions for noun in region.nouns]
    assert len(nouns) == len(set(nouns))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("motions/sway.toml", "across =", "acros =", "acros"),
        ("motions/sway.toml", "hertz = [0.25, 0.9]", "hertz = [0.9, 0.25]", "slowest before the fastest"),
        ("motions/sway.toml", 'id = "sway"', 'id = "swey"', "sway"),
        ("motions/sway.toml", '"hanging"', '"lanterns"', "hanging"),
        ("motions/flutter.toml", "reach = 0.011", "reach = 0.7", "0.7"),
        ("regions/water.toml", '"foam"', '"Foam!"', "Foam!"),
        ("beats.toml", "holds =", "hold =", "hold"),
    ],
)
def test_a_wrong_preset_is_an_error_that_says_where_and_what(presets, file, old, new, said):
    change(presets / file, old, new)
    with pytest.raises(PresetError, match=said) as caught:
        load_library(presets)
    assert caught.value.action


def test_a_motion_of_a_region_without_a_file_is_an_error(presets):
    (presets / "regions" / "hair.toml").unlink()
    with pytest.raises(PresetError, match="hair"):
        load_library(presets)


def test_a_folder_without_motions_is_an_error(presets):
    shutil.rmtree(presets / "motions")
    (presets / "motions").mkdir()
    with pytest.raises(PresetError, match="motions"):
        load_library(presets)
