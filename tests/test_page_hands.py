"""The page in careless hands: double clicks, small screens, a take that is made while one goes on looking."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from tests.browser import DIRECTED, RAW, WAIT, write
from tests.conftest import textured

pytestmark = pytest.mark.browser

FREE = """node => { const box = node.getBoundingClientRect();
  const lets = getComputedStyle(node).pointerEvents === "none", top = lets ? node.parentElement : node;
  return top.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"""
"""Whether nothing lies over the middle of a node (or of what it lies on, where it lets a finger through)."""


def small(page: Page) -> None:
    page.select_option(".mf-side", "384")
    page.locator(".mf-seconds input").fill("1")


def planned(page: Page) -> None:
    expect(page.locator(".mf-plan")).to_contain_text("384 ×", timeout=WAIT)


def test_a_double_click_on_animate_makes_one_take_and_cancels_nothing(page: Page) -> None:
    small(page)
    write(page, DIRECTED)
    planned(page)
    page.get_by_role("button", name="Animate").dblclick()
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1, timeout=60_000)
    page.wait_for_timeout(1500)
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1)
    expect(page.locator(".mf-queued")).to_be_hidden()


def test_a_double_click_adds_one_take_to_the_queue(page: Page) -> None:
    page.select_option(".mf-side", "768")
    write(page, DIRECTED)
    page.get_by_role("button", name="Animate").click()
    page.get_by_role("button", name="Add to queue").dblclick(delay=20)
    expect(page.locator(".mf-plan")).to_have_text("Added to the queue.", timeout=WAIT)
    expect(page.locator(".mf-queued")).to_have_text("2 in the queue")
    expect(page.locator(".mf-strip [data-take]")).to_have_count(2, timeout=60_000)


def test_the_plan_and_the_buttons_stay_where_they_are_while_a_take_is_made(page: Page) -> None:
    small(page)
    write(page, DIRECTED)
    planned(page)
    before = page.get_by_role("button", name="Animate").bounding_box()
    page.get_by_role("button", name="Animate").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    assert page.locator(".mf-animate").bounding_box()["y"] == pytest.approx(before["y"], abs=1)
    expect(page.locator(".mf-plan")).to_have_text(re.compile(r"384 × 256 · 24 frames"))
    page.locator(".mf-seconds input").fill("2")  # the next one is planned meanwhile
    expect(page.locator(".mf-plan")).to_contain_text("48 frames", timeout=WAIT)
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1, timeout=60_000)


def test_what_stands_beside_the_take_is_not_said_under_animate_as_well(page: Page) -> None:
    rests = page.get_by_text(re.compile("^The frame rests on"))
    small(page)
    write(page, "The camera pans left.")
    expect(rests).to_have_count(1, timeout=WAIT)
    expect(page.locator(".mf-plan-notes").get_by_text("The frame rests on")).to_be_visible()
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-caption").get_by_text("The frame rests on")).to_be_visible(timeout=60_000)
    expect(rests).to_have_count(1)
    page.get_by_role("button", name="Show the still").click()
    expect(page.locator(".mf-plan-notes").get_by_text("The frame rests on")).to_be_visible()
    expect(rests).to_have_count(1)


def test_the_fixes_of_one_finding_lie_in_one_row(page: Page) -> None:
    write(page, RAW.replace("A beautiful", "A beautiful, high quality"))
    fixes = page.locator(".mf-advice li", has=page.locator(".mf-fix + .mf-fix + .mf-fix")).locator(".mf-fix")
    expect(fixes).to_have_count(3)
    assert len({box["y"] for box in (one.bounding_box() for one in fixes.all())}) == 1
    assert max(one.bounding_box()["height"] for one in fixes.all()) < 32


def test_on_a_phone_the_bar_holds_the_reel_too_and_covers_nothing_that_has_the_focus(phone: Page) -> None:
    reel = phone.get_by_role("button", name="Add to the reel")
    expect(reel).to_be_in_viewport(ratio=1)
    assert reel.evaluate(FREE)
    write(phone, DIRECTED)
    covered = []
    phone.locator("#mf-words").focus()
    for _ in range(24):
        phone.keyboard.press("Tab")
        phone.wait_for_timeout(60)
        held = phone.locator(":focus")
        if held.count() and not held.evaluate(FREE):
            covered.append(held.evaluate("node => node.className"))
    assert covered == []


def test_words_far_too_long_are_not_animated_as_the_words_before(page: Page) -> None:
    write(page, RAW)
    expect(page.locator(".mf-rewrite")).to_be_visible()
    page.locator("#mf-words").fill("The camera slowly pushes in. " * 800)
    expect(page.locator("#mf-prompt .mf-error")).to_contain_text("Expected at most 20,000")
    for gone in (".mf-ready", ".mf-rewrite", ".mf-advice"):  # they told of the other words
        expect(page.locator(gone)).to_be_hidden()
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-plan")).to_contain_text("too long")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    write(page, DIRECTED)
    expect(page.locator(".mf-ready")).to_be_visible()
    expect(page.locator(".mf-plan")).to_contain_text("frames", timeout=WAIT)


def test_a_word_without_an_end_stays_in_its_column(page: Page) -> None:
    write(page, "a" * 900)
    before = page.locator(".mf-before")
    expect(before).to_be_visible()
    assert before.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_words_from_right_to_left_are_set_so_with_their_underlines_behind_them(page: Page) -> None:
    write(page, "\u05d4\u05de\u05e6\u05dc\u05de\u05d4 \u05d6\u05d6\u05d4 \u05dc\u05d0\u05d8. Slow dolly-in.")
    for name in ("#mf-words", ".mf-backdrop"):
        assert page.locator(name).evaluate("node => getComputedStyle(node).direction") == "rtl"
    write(page, DIRECTED)
    assert page.locator("#mf-words").evaluate("node => getComputedStyle(node).direction") == "ltr"


def test_a_double_click_on_extend_opens_one_shot_without_words(page: Page) -> None:
    small(page)
    write(page, DIRECTED)
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1, timeout=60_000)
    page.get_by_role("button", name="Extend this take").dblclick()
    expect(page.locator(".mf-goes")).to_be_visible(timeout=WAIT)
    page.wait_for_timeout(800)
    expect(page.locator("#mf-words")).to_have_value("")


def test_a_reel_is_no_longer_told_to_be_under_way_once_it_is_made(page: Page) -> None:
    small(page)
    write(page, DIRECTED)
    page.get_by_role("button", name="Add to the reel").click()
    page.get_by_role("button", name="Make the reel").dblclick()
    expect(page.locator(".mf-reel-plan")).to_contain_text("It is being made", timeout=WAIT)
    expect(page.locator(".mf-reel-list [data-state=done]")).to_have_count(1, timeout=60_000)
    expect(page.locator(".mf-reel-plan")).to_contain_text("of work", timeout=WAIT)
    expect(page.locator(".mf-reel-list .mf-short")).to_have_text(re.compile("^1 shot( |$)"))
    assert page.evaluate("getSelection().toString()") == ""


def test_of_two_pictures_given_at_once_the_last_is_the_still(page: Page, tmp_path: Path) -> None:
    for name, width in (("first", 300), ("second", 360)):
        textured(width, 200, seed=width).save(tmp_path / f"{name}.png")
        page.set_input_files("#mf-still .mf-file", tmp_path / f"{name}.png")
    expect(page.locator(".mf-picture img")).to_have_js_property("naturalWidth", 360, timeout=WAIT)
    expect(page.locator("#mf-still .mf-drop")).not_to_contain_text("Opening")


def test_on_a_phone_what_the_timeline_lacks_is_told_above_the_buttons(phone: Page) -> None:
    phone.locator(".mf-beat").first.press("Shift+ArrowLeft")
    expect(phone.locator(".mf-whose")).to_have_text("yours")
    write(phone, "The camera pans left.")
    phone.locator("#mf-words").blur()
    told, go, reel = (phone.locator(name) for name in (".mf-behind", ".mf-animate", ".mf-to-reel"))
    for one in (told, go, reel):
        expect(one).to_be_in_viewport(ratio=1)
        assert one.evaluate(FREE)
    assert told.bounding_box()["y"] < go.bounding_box()["y"] == reel.bounding_box()["y"]
