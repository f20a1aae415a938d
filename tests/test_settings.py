"""Settings come from the environment, checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import SettingsError
from studio.presets import Limits, limits_presets
from studio.settings import ROOT, Settings


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


def test_a_preset_of_limits_holds_and_a_single_limit_goes_before_it() -> None:
    public = Settings.from_environment({"MOTION_FIRST_LIMITS": "public"})
    assert (public.limits, public.max_seconds, public.downloads) == ("public", 5, False)
    own = Settings.from_environment({"MOTION_FIRST_LIMITS": "public", "MOTION_FIRST_MAX_SECONDS": "8"})
    assert (own.max_seconds, own.max_queued) == (8, public.max_queued)
    named = Settings.from_environment({"MOTION_FIRST_LIMITS": "public", "MOTION_FIRST_ENGINES": "ltx_2_5, sketch"})
    assert named.engines == ("ltx_2_5", "sketch")


def test_a_space_is_public_by_itself_and_a_computer_at_home_is_not() -> None:
    assert Settings.from_environment({"SYSTEM": "spaces"}).limits == "public"
    assert Settings.from_environment({"SYSTEM": "spaces", "MOTION_FIRST_LIMITS": "workshop"}).limits == "workshop"
    home = Settings.from_environment({})
    assert Limits.from_dict({name: getattr(home, name) for name in Limits.model_fields}) == Limits()


def test_a_preset_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match="own, public, workshop"):
        Settings.from_environment({"MOTION_FIRST_LIMITS": "loud"})


@pytest.mark.parametrize("name", ["workshop", "public"])
def test_a_preset_of_limits_only_limits_further(name: str) -> None:
    limits, own = limits_presets(ROOT / "presets" / "limits")[name].limits, Limits()
    for field in ("max_queued", "max_seconds", "max_side", "max_upload_mb", "max_megapixels", "still_side"):
        assert getattr(limits, field) < getattr(own, field)
    assert limits.questions_a_minute and limits.max_pictures and not limits.downloads


def test_the_url_of_a_database_is_not_shown() -> None:
    assert "hunter2" not in repr(Settings(store="postgresql+pg8000://me:hunter2@db/x"))
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({"MOTION_FIRST_STORE": "postgresql://me:hunter2@db/\udce9"})
    assert "hunter2" not in str(refused.value)
