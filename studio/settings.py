"""Folders, limits and keys: one frozen record, read once from the environment.

Every setting has an environment variable: ``MOTION_FIRST_`` and the field's name in capitals
(``MOTION_FIRST_DATA=/srv/studio``). ``python -m studio --help`` lists them. ``MOTION_FIRST_LIMITS`` names a preset of
limits; a variable of its own goes before what the preset says.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError

from studio.errors import SettingsError
from studio.presets import Limits, find_limits
from studio.record import explain

__all__ = ["ROOT", "Settings"]

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder: where presets/ and assets/ lie."""

_PREFIX = "MOTION_FIRST_"
_DEVICES = r"^(cpu|cuda:\d{1,3})(,(cpu|cuda:\d{1,3}))*$"


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("motion-first", appauthor=False))


class Settings(Limits):
    """What the person who runs the studio decides: the limits, and what lies where.

    Each field's description is its documentation.
    """

    limits: str = Field("own", description="Preset of limits: own, workshop or public; on a Space public by itself.")
    data: Path = Field(default_factory=_data_folder, description="Folder that keeps stills and takes.")
    presets: Path = Field(ROOT / "presets", description="Folder of engine profiles and vocabulary.")
    profiles: Path = Field(
        default_factory=lambda: _data_folder() / "engines",
        description="Folder of engine profiles of your own, one .toml each, besides the studio's.",
    )
    assets: Path = Field(ROOT / "assets", description="Folder of example stills, trained models and page assets.")
    store: str = Field(
        "", repr=False, description="URL of another database for jobs; SQLite in the data folder by default."
    )
    devices: str = Field("cpu", pattern=_DEVICES, description="One worker each: cpu, or cuda:0,cuda:1.")
    models: Path = Field(
        default_factory=lambda: _data_folder() / "models",
        description="Folder of video models that are not in the Hub's cache, each in a folder named like its engine.",
    )
    compile: bool = Field(
        False, description="Whether the blocks of open models are compiled: quicker steps for a longer first one."
    )
    keep_free_gb: float = Field(0.2, ge=0.0, description="While the disk has less than it free, the queue waits.")
    warm_minutes: float = Field(10.0, ge=0.0, description="How long a model stays in memory when nothing is made.")
    host: str = Field("127.0.0.1", description="Address where the page answers.")
    port: int = Field(0, ge=0, le=65535, description="Port of the page; 0 takes 7860 or the next free one.")

    @property
    def at_home(self) -> bool:
        """Whether the page answers to this computer alone."""
        return self.host in ("127.0.0.1", "localhost", "::1")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings, defaults where nothing is said.

        Raises:
            SettingsError: a variable has a bad value, or its name is not a setting.
            PresetError: the preset of limits has a mistake.
        """
        environment = os.environ if environment is None else environment
        given = {k.removeprefix(_PREFIX).lower(): v for k, v in environment.items() if k.startswith(_PREFIX)}
        for name in given:
            if name not in cls.model_fields:
                raise SettingsError(
                    f"the environment variable {_PREFIX}{name.upper()}",
                    expected="one of " + ", ".join(_PREFIX + known.upper() for known in cls.model_fields),
                    action="Correct its name or unset it.",
                )
        for name, value in given.items():
            if any("\ud800" <= character <= "\udfff" for character in value):  # no record could hold such a path
                raise SettingsError(_PREFIX + name.upper(), expected="text in UTF-8", action="Correct it.")
        named = given.get("limits") or ("public" if environment.get("SYSTEM") == "spaces" else "own")
        folder = Path(given.get("presets", ROOT / "presets")) / "limits"
        preset = find_limits(folder if folder.is_dir() else ROOT / "presets" / "limits", named)
        try:
            return cls.model_validate({**preset.limits.model_dump(exclude_unset=True), **given, "limits": named})
        except ValidationError as error:
            first = error.errors()[0]
            name = _PREFIX + str(first["loc"][0]).upper()
            raise SettingsError(
                name, first["input"], expected=explain(name, error).expected, action="Correct or unset it."
            ) from error
