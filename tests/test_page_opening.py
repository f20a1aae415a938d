"""While a still is being opened the page shows which one, and nothing is made of the one before."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, Route, expect

from tests.browser import WAIT

pytestmark = pytest.mark.browser


def hold(page: Page, question: str) -> list[Route]:
    """The questions of this name that the page asks from here on: each is answered when the test lets it go on."""
    asked: list[Route] = []

    def take(route: Route) -> None:
        asked.append(route) if question in (route.request.post_data or "") else route.continue_()

    page.route("**/component_server/", take)
    return asked


@pytest.fixture
def held(page: Page) -> list[Route]:
    """The questions for a still."""
    return hold(page, "open_still")


def test_the_small_picture_stands_for_a_still_that_is_being_opened(page: Page, held: list[Route]) -> None:
    thumb = page.locator(".mf-thumb").nth(1)
    thumb.click()
    expect(page.locator(".mf-badge")).to_have_text("Opening…")
    coming = page.locator(".mf-picture img").get_attribute("src")
    assert coming == thumb.locator("img").get_attribute("src")
    held.pop().continue_()
    expect(page.get_by_text("Opening…", exact=True)).not_to_be_visible(timeout=WAIT)
    expect(thumb).to_have_attribute("aria-pressed", "true")


def test_animate_makes_its_take_of_the_still_that_was_chosen_last(page: Page, held: list[Route]) -> None:
    page.select_option(".mf-side", "384")
    page.locator(".mf-seconds input").fill("1")
    chosen = page.locator(".mf-thumb").nth(1).get_attribute("title")
    page.locator(".mf-thumb").nth(1).click()
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-plan")).to_contain_text("Your picture is being opened")
    held.pop().continue_()
    expect(page.locator(".mf-picture video:not(.mf-loop)")).to_be_visible(timeout=60_000)
    record = page.request.get(page.get_by_role("link", name="Take (json)").evaluate("link => link.href")).json()
    assert record["shot"]["still"]["name"] == chosen


def test_a_take_stays_where_advice_about_its_seconds_comes_after_it(page: Page) -> None:
    page.select_option(".mf-side", "384")
    held = hold(page, '"coach"')
    page.locator(".mf-seconds input").fill("1")
    page.get_by_role("button", name="Animate").click()
    take = page.locator(".mf-picture video:not(.mf-loop)")
    expect(take).to_be_visible(timeout=60_000)
    with page.expect_response("**/component_server/"):
        held.pop().continue_()
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    expect(take).to_be_visible()
