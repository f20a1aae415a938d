"""What a visitor may do is told on the page before they meet it, and told again when they do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, expect

from studio.presets import Limits, limits_presets
from studio.settings import ROOT
from studio.ui.caps import caps
from tests.browser import WAIT, serving, watched
from tests.conftest import small_assets, textured

pytestmark = pytest.mark.browser
IN_NOBODYS_WAY = """() => {
  const at = (name) => document.querySelector(name).getBoundingClientRect();
  return at(".mf-caps").top >= at(".mf-seconds input").bottom && at(".mf-seconds input").width > 100;
}"""


@pytest.fixture(scope="module", params=["public", pytest.param("workshop", marks=pytest.mark.long)])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Limits]]:
    """A page with the limits of a preset, but for a single picture of one's own; its address."""
    preset = limits_presets(ROOT / "presets" / "limits")[request.param].limits
    limits = preset.but(max_pictures=1)
    assets = small_assets(tmp_path_factory.mktemp("assets"))
    given = limits.model_dump(exclude_unset=True)
    with serving(tmp_path_factory.mktemp("data"), assets, **given) as address:
        yield address, limits


def test_the_limits_are_told_and_nothing_beyond_them_is_offered(
    browser: Browser, place: tuple[str, Limits], tmp_path: Path
) -> None:
    address, limits = place
    complaints: list[str] = []
    page = watched(browser.new_page(viewport={"width": 1440, "height": 900}), complaints)
    page.goto(address)
    expect(page.locator(".mf-caps")).to_have_text(caps(limits), timeout=WAIT)
    expect(page.locator(".mf-caps")).to_be_visible()
    page.wait_for_function(IN_NOBODYS_WAY, timeout=WAIT)
    assert float(page.locator(".mf-seconds input").get_attribute("max") or 0) == limits.max_seconds
    sides = page.locator(".mf-side option").evaluate_all("found => found.map((one) => Number(one.value))")
    assert max(sides) == limits.max_side
    for seed in (1, 2):
        picture = tmp_path / f"{seed}.png"
        textured(240, 160, seed).save(picture)
        page.locator(".mf-still .mf-file, .mf-shelf .mf-file").first.set_input_files(picture)
        if seed == 1:
            expect(page.get_by_role("button", name="1.png")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Expected at most 1.")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="2.png")).to_have_count(0)
    assert complaints == []
    page.close()
