"""The limits are told on the page before anybody meets them."""

from __future__ import annotations

from studio.presets import Limits, limits_presets
from studio.settings import ROOT
from studio.ui.caps import caps

PRESETS = limits_presets(ROOT / "presets" / "limits")


def test_at_home_nothing_is_said() -> None:
    assert caps(Limits()) == caps(PRESETS["own"].limits) == ""


def test_a_public_studio_says_how_much_and_how_long() -> None:
    told = caps(PRESETS["public"].limits)
    for words in ("5 s", "768 pixels", "4 takes waiting", "40 pictures", "12 MB", "24 hours"):
        assert words in told


def test_only_what_is_limited_is_said() -> None:
    assert caps(Limits(max_queued=1)) == "Shared with others here: 1 take waiting at a time."
    assert caps(Limits(keep_takes_days=7)).startswith("Takes without a star are deleted after 7 days")
