"""Folders, limits and keys: one frozen record, read once from the environment.

Every setting has an environment variable: ``MOTION_FIRST_`` and the field's name in capitals
(``MOTION_FIRST_DATA=/srv/studio``). ``python -m studio --help`` lists them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError

from studio.errors import SettingsError
from studio.record import explain
from studio.shot import Record

__all__ = ["ROOT", "Settings"]

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder: where presets/ and assets/ lie."""

_PREFIX = "MOTION_FIRST_"
_DEVICES = r"^(cpu|cuda:\d{1,3})(,(cpu|cuda:\d{1,3}))*$"


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("motion-first", appauthor=False))


class Settings(Record):
    """What the person who runs the studio decides; each field's description is its documentation."""

    data: Path = Field(default_factory=_data_folder, description="Folder that keeps stills and takes.")
    presets: Path = Field(ROOT / "presets", description="Folder of engine profiles and vocabulary.")
    assets: Path = Field(ROOT / "assets", description="Folder of example stills, trained models and page assets.")
    store: str = Field("", description="URL of another database for jobs; SQLite in the data folder by default.")
    devices: str = Field("cpu", pattern=_DEVICES, description="One worker each: cpu, or cuda:0,cuda:1.")
    max_queued: int = Field(100, ge=1, le=100_000, description="Takes that one person may have waiting.")
    models: Path = Field(
        default_factory=lambda: _data_folder() / "models",
        description="Folder of video models that are not in the Hub's cache, each in a folder named like its engine.",
    )
    keep_takes_days: float = Field(0.0, ge=0.0, description="Older takes without a star are deleted; 0: none are.")
    keep_takes_gb: float = Field(0.0, ge=0.0, description="Beyond it trash, then oldest takes without a star; 0: none.")
    keep_trash_days: float = Field(30.0, ge=0.0, description="How long takes lie in the trash; 0: until it is emptied.")
    keep_latents_days: float = Field(7.0, ge=0.0, description="How long unfinished takes keep their latents; 0: ever.")
    keep_latents_gb: float = Field(20.0, ge=0.0, description="Beyond it the oldest latents are deleted; 0: none are.")
    keep_unused_days: float = Field(30.0, ge=0.0, description="How long a still that nothing uses stays; 0: ever.")
    warm_minutes: float = Field(10.0, ge=0.0, description="How long a model stays in memory when nothing is made.")
    host: str = Field("127.0.0.1", description="Address where the page answers.")
    port: int = Field(0, ge=0, le=65535, description="Port of the page; 0 takes 7860 or the next free one.")
    max_seconds: float = Field(15.0, ge=0.5, le=60.0, description="Longest clip that may be asked for.")
    max_side: int = Field(1920, ge=128, le=4096, description="Longest side of a clip in pixels.")
    max_upload_mb: int = Field(50, ge=1, le=1000, description="Largest picture file accepted.")
    max_megapixels: int = Field(100, ge=1, le=500, description="Largest picture opened; checked before decoding.")
    still_side: int = Field(2560, ge=256, le=8192, description="A larger still is scaled down to this side.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings, defaults where nothing is said.

        Raises:
            SettingsError: a variable has a bad value, or its name is not a setting.
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
                raise SettingsError(_PREFIX + name.upper(), value, expected="text in UTF-8", action="Correct it.")
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            name = _PREFIX + str(first["loc"][0]).upper()
            raise SettingsError(
                name, first["input"], expected=explain(name, error).expected, action="Correct or unset it."
            ) from error
