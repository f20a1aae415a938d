"""What a person brings to the page besides words, in a real browser: slots where the engine takes it, each checked."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from studio.media.clips import write_clip
from tests.browser import WAIT
from tests.conftest import textured
from tests.test_media_motion import frames

pytestmark = pytest.mark.browser


def choose(page: Page, engine: str) -> None:
    page.select_option(".mf-engine", engine)
    if not page.locator(".mf-more").get_attribute("open"):
        page.evaluate("document.querySelector('.mf-more').open = true")


def test_an_engine_shows_a_slot_for_each_file_that_it_takes(page: Page) -> None:
    choose(page, "sketch")
    expect(page.locator(".mf-given")).to_be_hidden()
    choose(page, "wan_2_1_vace")
    for name in ("Reference", "Motion video", "Pose video"):
        expect(page.get_by_role("group", name=name)).to_be_visible()
    choose(page, "wan_2_2_animate")
    expect(page.get_by_role("group", name="Reference")).to_have_count(0)
    expect(page.get_by_role("group", name="Face video")).to_be_visible()


def test_a_reference_gets_a_name_and_can_be_taken_out(page: Page, tmp_path: Path) -> None:
    textured(160, 120).save(tmp_path / "Red mug 2.png")
    choose(page, "wan_2_1_vace")
    slot = page.get_by_role("group", name="Reference")
    slot.locator("input[type=file]").set_input_files(tmp_path / "Red mug 2.png")
    name = slot.get_by_label("Name of Red mug 2.png in the prompt")
    expect(name).to_have_value("red", timeout=WAIT)
    name.fill("mug")
    name.press("Tab")
    assert page.evaluate("studio.question().given.map((one) => [one.kind, one.name])") == [["reference", "mug"]]
    slot.get_by_role("button", name="Take out Red mug 2.png").click()
    assert page.evaluate("studio.question().given") == []


def test_a_clip_is_checked_when_it_is_chosen(page: Page, tmp_path: Path) -> None:
    (tmp_path / "words.mp4").write_text("no clip")
    write_clip(tmp_path / "dance.mp4", frames(12), 24)
    choose(page, "wan_2_1_vace")
    slot = page.get_by_role("group", name="Motion video")
    slot.locator("input[type=file]").set_input_files(tmp_path / "words.mp4")
    expect(page.locator(".mf-given .mf-error")).to_contain_text("words.mp4", timeout=WAIT)
    slot.locator("input[type=file]").set_input_files(tmp_path / "dance.mp4")
    expect(slot).to_contain_text("dance.mp4", timeout=WAIT)
    expect(page.locator(".mf-given .mf-error")).to_be_hidden()
