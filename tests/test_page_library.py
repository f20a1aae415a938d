"""The library of takes and the queue in a real browser, and shots that come back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from tests.browser import DIRECTED, RAW, WAIT, words, write

pytestmark = pytest.mark.browser
LONG = 120_000


def make(page: Page, text: str, seed: int = 7) -> None:
    """Make a small take and wait for it."""
    before = page.locator(".mf-strip [data-take]").count()
    write(page, text)
    page.select_option(".mf-side", "384")
    page.locator(".mf-seconds input").fill("1")
    page.locator(".mf-seed").evaluate(
        "(box, seed) => { box.value = seed; box.dispatchEvent(new Event('change')); }", str(seed)
    )
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-strip [data-take]")).to_have_count(before + 1, timeout=LONG)
    expect(page.get_by_role("button", name="Animate")).to_be_visible(timeout=WAIT)


def test_takes_are_found_starred_noted_deleted_and_brought_back(page: Page) -> None:
    make(page, DIRECTED)
    make(page, "The camera pans left.", seed=8)
    page.get_by_role("tab", name="Takes").click()
    cards = page.locator(".mf-take")
    expect(cards).to_have_count(2, timeout=WAIT)
    expect(cards.first.locator(".mf-changed")).to_contain_text("seed 7 → 8")
    page.get_by_label("Search the takes").fill("steam")
    expect(cards).to_have_count(1, timeout=WAIT)
    page.get_by_role("button", name="Add the note on take 1").click()
    page.get_by_label("Note on take 1").fill("for Ann")
    page.keyboard.press("Enter")
    expect(page.locator(".mf-jotted")).to_have_text("for Ann", timeout=WAIT)
    page.get_by_role("button", name="Star take 1").click()
    expect(page.get_by_role("button", name="Star take 1")).to_have_attribute("aria-pressed", "true", timeout=WAIT)
    page.get_by_label("Search the takes").fill("ann sketch")
    expect(cards).to_have_count(1, timeout=WAIT)
    page.get_by_label("Search the takes").fill("")
    expect(cards).to_have_count(2, timeout=WAIT)
    page.get_by_label("More for take 2").click()
    cards.first.get_by_role("button", name="Delete").click()
    expect(cards).to_have_count(1, timeout=WAIT)
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(2, timeout=WAIT)


def test_a_draft_is_made_whole_and_says_of_which_take_it_is(page: Page) -> None:
    page.locator(".mf-rough input").check()
    make(page, "The camera pans left.", seed=31)
    expect(page.locator(".mf-caption")).to_contain_text("192 ×")
    page.locator(".mf-caption").get_by_role("button", name="Finish take").click()
    expect(page.locator(".mf-strip [data-take]")).to_have_count(2, timeout=LONG)
    page.get_by_role("tab", name="Takes").click()
    newest = page.locator(".mf-take").first
    expect(newest).to_contain_text("finished from take 1", timeout=WAIT)
    expect(page.locator(".mf-take").nth(1).get_by_role("button", name="Finish take 1")).to_be_visible()
    newest.get_by_role("button", name="Use this shot").click()
    expect(page.locator(".mf-reopen")).to_contain_text("finished from a draft", timeout=WAIT)


def test_a_take_a_dropped_clip_and_a_link_bring_the_shot_back(page: Page, address: str, tmp_path: Path) -> None:
    make(page, DIRECTED, seed=12)
    clip = tmp_path / "mine.mp4"
    clip.write_bytes(page.request.get(page.locator(".mf-picture video").evaluate("video => video.src")).body())
    take = page.locator(".mf-strip [data-take]").get_attribute("data-take")

    def elsewhere() -> None:
        write(page, RAW)
        page.locator(".mf-seconds input").fill("4")

    def back() -> None:
        expect(page.locator(".mf-reopen")).to_contain_text("exactly as it was", timeout=WAIT)
        expect(page.locator("#mf-words")).to_have_value(DIRECTED)
        expect(page.locator(".mf-seconds output")).to_have_text("1.0 s")
        expect(page.locator(".mf-seed")).to_have_value("12")

    elsewhere()
    page.get_by_role("tab", name="Takes").click()
    page.locator(".mf-take").get_by_role("button", name="Use this shot").click()
    back()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#mf-words")).to_have_value(RAW)
    page.locator(".mf-file").set_input_files(clip)
    back()
    elsewhere()
    page.goto(f"{address}?take={take}")
    back()
    assert "take=" not in page.url


def test_a_foreign_clip_and_an_unknown_link_get_a_sentence(page: Page, address: str, tmp_path: Path) -> None:
    broken = tmp_path / "holiday.mp4"
    broken.write_bytes(b"no video at all" * 40)
    before = words(page)
    page.locator(".mf-file").set_input_files(broken)
    expect(page.locator(".mf-reopen.mf-bad")).to_contain_text("holiday.mp4", timeout=WAIT)
    assert words(page) == before
    page.goto(f"{address}?take=somebody-elses-take-0000")
    expect(page.locator(".mf-reopen.mf-bad")).to_contain_text("is not among yours", timeout=WAIT)


def test_a_clip_that_was_deleted_is_said_beside_its_poster_and_where_it_would_play(
    page: Page, complaints: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    make(page, DIRECTED, seed=21)
    take = page.locator(".mf-strip [data-take]").get_attribute("data-take")
    next(tmp_path_factory.getbasetemp().glob(f"data*/takes/{take}/clip.mp4")).unlink()
    page.get_by_role("tab", name="Takes").click()
    page.get_by_label("Search the takes").fill("steam")
    expect(page.locator(".mf-take")).to_contain_text("Its clip is gone from the disk", timeout=WAIT)
    assert page.locator(".mf-take img").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    fresh = f"files/takes/{take}/clip.mp4?again"  # what was played already is still in the browser's memory
    page.evaluate(f"document.body.append(studio.clip({{ src: '{fresh}' }}))")
    expect(page.get_by_text("This clip cannot be played")).to_be_visible(timeout=WAIT)
    assert {line.split("/")[-1] for line in complaints if line.startswith("404 ")} == {"clip.mp4?again"}
    complaints.clear()


def test_what_waits_is_swept_moved_edited_and_cancelled(page: Page) -> None:
    write(page, DIRECTED)
    page.select_option(".mf-side", "1080")
    page.locator(".mf-seconds input").fill("15")
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-progress [aria-current=step]")).to_be_visible(timeout=WAIT)
    page.locator(".mf-more > summary").click()
    page.select_option(".mf-count", "2")
    page.get_by_role("button", name="Add to queue × 2").click()
    expect(page.locator(".mf-plan")).to_contain_text("2 added to the queue", timeout=WAIT)
    page.get_by_role("button", name="3 in the queue").click()
    rows = page.locator('.mf-jobs [data-state="queued"]')
    expect(rows).to_have_count(2, timeout=WAIT)
    expect(rows.nth(0)).to_contain_text("seed 7")
    expect(rows.nth(1)).to_contain_text("seed 8")
    rows.nth(1).get_by_role("button", name="Move up").click()
    expect(rows.nth(0)).to_contain_text("seed 8", timeout=WAIT)
    rows.nth(0).get_by_role("button", name="Edit this shot").click()
    expect(page.locator(".mf-reopen")).to_contain_text("You are changing a shot that waits", timeout=WAIT)
    write(page, "The camera pans left.")
    page.get_by_role("button", name="Replace", exact=True).click()
    expect(page.locator(".mf-reopen")).to_contain_text("is replaced", timeout=WAIT)
    page.get_by_role("tab", name="Takes").click()
    expect(rows.nth(0)).to_contain_text("The camera pans left.", timeout=WAIT)
    cancels = page.locator(".mf-jobs [data-act=Cancel]")
    for _ in range(20):  # what was next may have begun meanwhile
        if cancels.count():
            cancels.first.click()
        page.wait_for_timeout(500)
        if not page.locator(".mf-queue").is_visible():
            break
    expect(page.locator(".mf-queue")).to_be_hidden(timeout=WAIT)
    page.get_by_role("tab", name="Direct").click()
    expect(page.get_by_role("button", name=re.compile("^Animate"))).to_be_visible(timeout=WAIT)
