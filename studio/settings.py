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
from studio.shot import Record

__all__ = ["ROOT", "Settings"]

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder: where presets/ and assets/ lie."""

_PREFIX = "MOTION_FIRST_"


class Settings(Record):
    """What the person who runs the studio decides.

    Attributes:
        data: where stills and takes are kept.
        presets, assets: the project's own data.
        host, port: where the page answers; loopback unless said otherwise.
        max_seconds: the longest shot that may be asked for.
        max_side: the longest side of a clip in pixels.
        max_upload_mb: the largest picture file accepted.
        max_megapixels: the largest picture opened; a larger one is refused before it is decoded.
        still_side: a still larger than this is scaled down once, when it is opened.
    """

    data: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("motion-first", appauthor=False)))
    presets: Path = ROOT / "presets"
    assets: Path = ROOT / "assets"
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)
    max_seconds: float = Field(default=15.0, ge=0.5, le=60.0)
    max_side: int = Field(default=1920, ge=128, le=4096)
    max_upload_mb: int = Field(default=50, ge=1, le=1000)
    max_megapixels: int = Field(default=100, ge=1, le=500)
    still_side: int = Field(default=2560, ge=256, le=8192)

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
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            name = _PREFIX + str(first["loc"][0]).upper()
            raise SettingsError(name, first["input"], expected=first["msg"], action="Correct or unset it.") from error
