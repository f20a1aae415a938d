"""On the page, depth is rerolled: the draft takes another hypothesis, and the take is made with it."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_another_depth_is_drawn_on_asking_and_a_take_is_made_with_it(page: Page) -> None:
    page.locator(".mf-more > summary").click()
    expect(page.locator(".mf-depth")).to_have_value("0")
    page.locator(".mf-reroll").click()
    drawn = int(page.locator(".mf-depth").input_value())
    assert drawn > 0
    page.locator(".mf-animate").click()
    page.wait_for_function("studio.takes.length > 0", timeout=60_000)
    assert page.evaluate("studio.question().depth_seed") == drawn
    page.locator(".mf-depth").fill("0")
    page.locator(".mf-depth").press("Enter")
    assert page.evaluate("studio.question().depth_seed") == 0
