"""A take is made whether or not somebody looks: closed tabs, reloads and second tabs lose nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import DIRECTED, WAIT, watched, write

pytestmark = pytest.mark.browser
LONG = 120_000


def begin(page: Page, side: str = "768", seconds: str = "6") -> None:
    """Start a take that lasts long enough to close the page meanwhile."""
    write(page, DIRECTED)
    page.select_option(".mf-side", side)
    page.locator(".mf-seconds input").fill(seconds)
    page.get_by_role("button", name="Animate").click()
    begun = page.locator(".mf-progress [aria-current=step]").or_(page.locator(".mf-strip [data-take]"))
    expect(begun.first).to_be_visible(timeout=WAIT)  # a quick computer has made it before the page looks


def takes(page: Page, count: int) -> None:
    expect(page.locator(".mf-strip [data-take]")).to_have_count(count, timeout=LONG)


def test_a_reload_shows_the_work_that_goes_on_and_then_the_take(page: Page, complaints: list[str]) -> None:
    begin(page)
    assert complaints == []
    page.reload()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=WAIT)
    complaints.clear()  # Gradio's own, of the page that was left: its stream was cut
    expect(page.locator(".mf-progress")).to_be_visible()
    takes(page, 1)
    expect(page.locator(".mf-picture video")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Animate")).to_be_enabled()


def test_a_closed_tab_finds_its_take_when_it_comes_back(page: Page, address: str) -> None:
    begin(page)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    takes(again, 1)


def test_a_second_tab_sees_the_same_and_may_cancel(page: Page, address: str) -> None:
    begin(page, side="1080", seconds="15")
    second = page.context.new_page()
    second.goto(address)
    expect(second.locator(".mf-progress [aria-current=step]")).to_be_visible(timeout=WAIT)
    second.get_by_role("button", name="Cancel").click()
    for tab in (second, page):
        expect(tab.locator(".mf-caption")).to_contain_text("Cancelled", timeout=WAIT)
        expect(tab.get_by_role("button", name="Animate")).to_be_enabled()


def test_another_person_sees_nothing_of_it(page: Page, browser: Browser, address: str, complaints: list[str]) -> None:
    begin(page)
    context = browser.new_context()
    other = watched(context.new_page(), complaints)
    other.goto(address)
    expect(other.locator(".mf-advice li").first).to_be_visible(timeout=WAIT)
    expect(other.locator(".mf-progress")).to_be_hidden()
    expect(other.get_by_role("button", name=re.compile("Animate"))).to_be_enabled()
    takes(page, 1)
    expect(other.locator(".mf-strip")).to_be_hidden()
    context.close()


def test_who_asks_to_be_forgotten_starts_anew(page: Page) -> None:
    begin(page)
    takes(page, 1)
    clip = page.locator(".mf-picture video").evaluate("video => video.src")
    assert page.request.get(clip).ok
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("tab", name="Takes").click()
    page.get_by_role("button", name="Forget me").click()
    expect(page.locator("#mf-words")).not_to_have_value(DIRECTED, timeout=WAIT)
    expect(page.locator(".mf-strip")).to_be_hidden()
    assert not page.request.get(clip).ok
