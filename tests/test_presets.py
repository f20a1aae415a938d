"""Presets are checked as they are read; a mistake names the file, the key and what is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import PresetError
from studio.presets import Profile, load_profiles, read_preset
from studio.settings import ROOT
from studio.shot import Control

GOOD = 'id = "mine"\ntitle = "Mine"\nkind = "hosted"\n'


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_profile_of_the_project_is_read_and_the_studios_own_comes_first() -> None:
    profiles = load_profiles(ROOT / "presets" / "engines")
    assert next(iter(profiles)) == "sketch"
    assert len(profiles) >= 15


def test_a_profile_says_which_controls_it_accepts(tmp_path: Path) -> None:
    profile = read_preset(write(tmp_path, GOOD + 'controls = ["end_frame"]\n'), Profile)
    assert profile.accepts(Control(kind="end_frame", path="last.png"))
    assert not profile.accepts(Control(kind="audio", path="rain.wav"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + 'colour = "red"\n', ["mine.toml", "colour", "title"]),
        (GOOD + "[dialect]\nword = [1, 2]\n", ["dialect.word", "max_tokens"]),
        (GOOD + "[dialect]\ncamera = 'loud'\n", ["dialect.camera", "loud", "never_invent"]),
        ('id = "mine"\n', ["title"]),
        ("id = \n", ["mine.toml", "TOML"]),
        (GOOD + "fps = ['fast']\n", ["fps"]),
    ],
)
def test_a_mistake_is_told_with_what_is_known(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(PresetError) as told:
        read_preset(write(tmp_path, text), Profile)
    assert all(word in str(told.value) for word in words)


def test_a_missing_or_binary_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match="gone"):
        read_preset(tmp_path / "gone.toml", Profile)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PresetError, match="UTF-8"):
        read_preset(tmp_path / "bytes.toml", Profile)


def test_a_profile_is_named_like_its_file(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "other.toml")
    with pytest.raises(PresetError, match="other"):
        load_profiles(tmp_path)


def test_a_folder_without_profiles_is_told(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match="profiles"):
        load_profiles(tmp_path)
