"""Settings come from the environment, checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import SettingsError
from studio.settings import Settings


def test_defaults_answer_on_loopback_and_find_the_projects_own_data() -> None:
    settings = Settings.from_environment({})
    assert settings.host == "127.0.0.1"
    assert (settings.presets / "engines" / "sketch.toml").exists()


def test_the_environment_is_read() -> None:
    settings = Settings.from_environment({"MOTION_FIRST_DATA": "/srv/x", "MOTION_FIRST_PORT": "8000", "HOME": "/"})
    assert (settings.data, settings.port) == (Path("/srv/x"), 8000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTION_FIRST_PORT", "many"),
        ("MOTION_FIRST_PORT", "70000"),
        ("MOTION_FIRST_COLOUR", "red"),
        ("MOTION_FIRST_DATA", "caf\udce9"),
    ],
)
def test_a_bad_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})
