"""Two tabs of one browser: each has a shot of its own, and no tab loses what is done in the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import DIRECTED, RAW, WAIT, watched, words, write
from tests.conftest import textured

pytestmark = pytest.mark.browser

SAVED = 400
"""Milliseconds in which a draft is written down."""


def opened(desk: BrowserContext, address: str, complaints: list[str]) -> Page:
    tab = watched(desk.new_page(), complaints)
    tab.goto(address)
    expect(tab.locator(".mf-picture img")).to_be_visible(timeout=WAIT)
    return tab


@pytest.fixture
def second(page: Page, desk: BrowserContext, address: str, complaints: list[str]) -> Iterator[Page]:
    """Another tab beside the page, opened while this stood there: DIRECTED."""
    write(page, DIRECTED)
    page.wait_for_timeout(SAVED)
    yield opened(desk, address, complaints)


def test_a_new_tab_begins_with_the_last_shot_and_then_goes_its_own_way(page: Page, second: Page) -> None:
    assert words(second) == DIRECTED
    write(second, "The camera pans left.")
    write(page, "The camera tilts up. A cat yawns.")
    second.wait_for_timeout(SAVED)
    second.reload()
    page.reload()
    expect(second.locator("#mf-words")).to_have_value("The camera pans left.", timeout=WAIT)
    expect(page.locator("#mf-words")).to_have_value("The camera tilts up. A cat yawns.", timeout=WAIT)


def test_the_last_shot_is_the_one_that_was_worked_on_and_not_the_tab_that_was_closed_last(
    page: Page, second: Page, desk: BrowserContext, address: str, complaints: list[str]
) -> None:
    write(second, "The camera pans left.")
    second.wait_for_timeout(SAVED)
    second.close(run_before_unload=True)
    page.goto("about:blank")
    assert words(opened(desk, address, complaints)) == "The camera pans left."


def test_a_picture_and_the_reel_are_there_in_both(page: Page, second: Page, tmp_path: Path) -> None:
    textured(300, 200, seed=9).save(tmp_path / "mine.png")
    second.set_input_files(".mf-file", tmp_path / "mine.png")
    expect(page.get_by_role("button", name="mine.png")).to_be_visible(timeout=WAIT)
    assert words(page) == DIRECTED  # the shelf alone
    expect(page.locator(".mf-shelf [aria-pressed=true]")).not_to_have_attribute("aria-label", "mine.png")
    page.get_by_role("button", name="Add to the reel").click()
    second.get_by_role("tab", name="Reel").click()
    expect(second.locator(".mf-storyboard > li")).to_have_count(1)
    second.get_by_role("button", name="Add the shot on the Direct page").click()
    expect(page.locator(".mf-storyboard > li")).to_have_count(2)


def test_replace_finds_its_shot_where_the_reel_was_put_in_another_order(page: Page, second: Page) -> None:
    page.get_by_role("button", name="Add to the reel").click()
    page.get_by_role("tab", name="Direct").click()
    write(page, "The camera pans left.")
    page.get_by_role("button", name="Add to the reel").click()
    page.get_by_role("button", name="Open on the Direct page: shot 2").click()
    expect(page.locator("#mf-words")).to_have_value("The camera pans left.")
    second.get_by_role("tab", name="Reel").click()
    expect(second.locator(".mf-storyboard > li")).to_have_count(2)
    second.get_by_role("button", name="Move up: shot 2").click()
    expect(second.get_by_label("Prompt of shot 1")).to_have_value("The camera pans left.")
    write(page, "The camera pans right.")
    page.get_by_role("button", name="Replace").click()
    expect(second.get_by_label("Prompt of shot 1")).to_have_value("The camera pans right.")
    expect(second.get_by_label("Prompt of shot 2")).to_have_value(DIRECTED)


def test_forget_me_forgets_the_words_in_every_tab(page: Page, second: Page) -> None:
    write(second, "The camera pans left.")
    page.get_by_role("tab", name="Takes").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget me").click()
    expect(second.locator("#mf-words")).to_have_value(RAW, timeout=WAIT)
