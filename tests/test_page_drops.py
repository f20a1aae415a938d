"""Files that are dropped or pasted on the page: one is taken, and what came with it is not passed over in silence."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from tests.browser import WAIT
from tests.conftest import textured

pytestmark = pytest.mark.browser

DROP = """([files, where]) => {
  const given = new DataTransfer();
  for (const [name, text] of files)
    given.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, { type: 'image/png' }));
  document.querySelector(where).dispatchEvent(
    new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: given }));
}"""


def drop(page: Page, folder: Path, *names: str, where: str = ".mf-shelf") -> None:
    """Drop pictures with these names on the page."""
    files = []
    for seed, name in enumerate(names):
        textured(300, 200, seed).save(folder / name)
        files.append([name, base64.b64encode((folder / name).read_bytes()).decode()])
    page.evaluate(DROP, [files, where])


def test_of_several_pictures_the_first_is_the_still_and_the_others_are_named_as_not_taken(
    page: Page, tmp_path: Path
) -> None:
    said = page.locator(".mf-beside")
    drop(page, tmp_path, "first.png", "second.png", "third.png")
    expect(page.locator(".mf-shelf [aria-pressed=true]")).to_have_attribute("aria-label", "first.png", timeout=WAIT)
    expect(said).to_have_text(
        "first.png is the still; the other 2 were not taken: drop one by itself to use it instead."
    )
    drop(page, tmp_path, "second.png")
    expect(said).to_be_hidden()


def test_who_has_an_engine_that_takes_more_pictures_is_told_where_they_go(page: Page, tmp_path: Path) -> None:
    page.select_option(".mf-engine", "wan_2_1_vace")
    drop(page, tmp_path, "first.png", "second.png")
    expect(page.locator(".mf-beside")).to_have_text(
        "first.png is the still; the other file was not taken: bring it as a reference, under More, "
        "or drop it by itself and choose it as the end frame, under More."
    )


def test_a_picture_that_is_dropped_on_a_slot_is_a_reference_and_not_the_still(page: Page, tmp_path: Path) -> None:
    before = page.evaluate("studio.draft.still")
    page.select_option(".mf-engine", "wan_2_1_vace")
    page.evaluate("document.querySelector('.mf-more').open = true")
    drop(page, tmp_path, "red mug.png", "jug.png", where='[data-brings="reference"] .mf-drop')
    slot = page.get_by_role("group", name="Reference")
    expect(slot.get_by_label("Name of red mug.png in the prompt")).to_have_value("red", timeout=WAIT)
    expect(slot.get_by_label("Name of jug.png in the prompt")).to_be_visible(timeout=WAIT)
    assert page.evaluate("studio.draft.still") == before


def test_a_picture_that_is_dropped_beside_the_takes_is_seen_where_it_becomes_the_still(
    page: Page, tmp_path: Path
) -> None:
    page.get_by_role("tab", name="Takes").click()
    drop(page, tmp_path, "first.png", where="body")
    expect(page.locator(".mf-picture img")).to_be_visible(timeout=WAIT)
    expect(page.locator(".mf-shelf [aria-pressed=true]")).to_have_attribute("aria-label", "first.png", timeout=WAIT)


def test_animate_waits_for_the_picture_that_is_being_opened(page: Page, tmp_path: Path) -> None:
    page.route("**/files/uploads", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.select_option(".mf-side", "384")
    page.locator(".mf-seconds input").fill("1")
    drop(page, tmp_path, "first.png")
    page.locator("#mf-words").fill("The camera slowly pushes in.")
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-plan")).to_contain_text("Your picture is being opened")
    expect(page.locator(".mf-picture video")).to_be_visible(timeout=60_000)
    record = page.request.get(page.get_by_role("link", name="Take (json)").evaluate("link => link.href")).json()
    assert record["shot"]["still"]["name"] == "first.png"
    assert record["shot"]["prompt"] == "The camera slowly pushes in."
