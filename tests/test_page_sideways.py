"""A phone on its side and the narrowest two columns: the settings on one line, what is pressed in view."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, expect

from tests.browser import WAIT, watched

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(844, 390), (821, 1100), (932, 430)])
def test_the_settings_stay_on_one_line_and_animate_in_reach(
    browser: Browser, address: str, complaints: list[str], width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
    page = watched(context.new_page(), complaints)
    page.goto(address)
    expect(page.locator(".mf-advice li").first).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Animate")).to_be_in_viewport(ratio=1)
    bottoms = page.evaluate(
        "['.mf-side', '.mf-loops', '.mf-more'].map((one) => document.querySelector(one).getBoundingClientRect().bottom)"
    )
    assert max(bottoms) - min(bottoms) < 4
    bar = page.locator(".mf-dock" if height < 500 else ".mf-actions").bounding_box()
    assert bar["height"] < 0.25 * height  # what lies behind it can be seen and reached
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert complaints == []
