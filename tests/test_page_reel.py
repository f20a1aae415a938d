"""The Reel tab in a real browser: a prompt of several shots becomes a reel, is changed, and is made."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from tests.browser import WAIT, words, write

pytestmark = pytest.mark.browser
LONG = 120_000
TWO = "Slow dolly-in on the mug, steam rises. Cut to: the camera pans left across the table."


def test_a_prompt_of_two_shots_becomes_a_reel(page: Page) -> None:
    page.select_option(".mf-side", "384")
    page.locator(".mf-seconds input").fill("1")
    write(page, TWO)
    page.get_by_role("button", name="Make a reel of it").click()
    rows = page.locator(".mf-storyboard > li")
    expect(rows).to_have_count(2, timeout=WAIT)
    expect(page.locator("[data-shot='1'] .mf-opens")).to_have_text("Where shot 1 ends")
    page.get_by_role("button", name="Open on the Direct page: shot 1").click()
    expect(page.locator(".mf-reopen")).to_contain_text("You are changing shot 1 of the reel", timeout=WAIT)
    write(page, "The camera tilts up.")
    page.get_by_role("button", name="Replace").click()
    expect(page.get_by_label("Prompt of shot 1")).to_have_value("The camera tilts up.", timeout=WAIT)
    page.get_by_label("How shot 2 joins the one before").select_option("0.25")
    expect(page.locator(".mf-reel-plan")).to_contain_text("frames at 24", timeout=WAIT)
    page.get_by_role("button", name="Make the reel").click()
    expect(page.locator(".mf-reel-list [data-state='done'] video")).to_have_count(1, timeout=LONG)
    page.reload()
    page.get_by_role("tab", name="Reel").click()
    expect(rows).to_have_count(2, timeout=WAIT)


def test_a_shot_is_added_gone_on_from_moved_and_removed(page: Page) -> None:
    page.get_by_role("button", name="Add to the reel").click()
    first = page.get_by_label("Prompt of shot 1")
    expect(first).to_have_value(words(page), timeout=WAIT)
    page.get_by_role("button", name="Go on from the last frame").click()
    page.get_by_label("Prompt of shot 2").fill("The camera pans left.")
    page.get_by_role("button", name="Add the shot on the Direct page").click()
    expect(page.locator(".mf-storyboard > li")).to_have_count(3, timeout=WAIT)
    page.get_by_role("button", name="Move up: shot 3").click()
    expect(page.get_by_label("Prompt of shot 3")).to_have_value("The camera pans left.", timeout=WAIT)
    page.get_by_role("button", name="Remove: shot 1").click()
    expect(page.locator(".mf-storyboard > li")).to_have_count(2, timeout=WAIT)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".mf-storyboard > li")).to_have_count(0, timeout=WAIT)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".mf-storyboard > li")).to_have_count(2, timeout=WAIT)


def test_a_shot_whose_timeline_was_edited_keeps_it_and_says_so(page: Page) -> None:
    write(page, "The camera slowly pans left. Leaves fall.")
    page.locator(".mf-beat").first.press("Delete")
    write(page, "The camera slowly tilts up. Snow falls.")
    late = page.get_by_text("The timeline was edited; the new words are not in it.")
    expect(late).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Add to the reel").click()
    told = page.locator("[data-shot='0'] .mf-advised")
    expect(told).to_contain_text("Its timeline was edited, and is what is made: Leaves fall.", timeout=WAIT)
    page.locator("[data-shot='0'] input[type='number']").fill("2")
    page.locator("[data-shot='0'] input[type='number']").press("Tab")
    expect(page.locator(".mf-reel-plan")).to_contain_text("2.0 s", timeout=WAIT)
    page.get_by_role("button", name="Open on the Direct page: shot 1").click()
    expect(late).to_be_visible(timeout=WAIT)  # here, too, it is known that the words came later
    expect(page.locator(".mf-beat")).to_have_attribute("aria-label", "scene: Leaves fall.")
    page.get_by_role("button", name="Replace").click()
    page.get_by_role("button", name="Follow the words").click()
    expect(told).to_be_empty(timeout=WAIT)
