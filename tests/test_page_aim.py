"""The ring on the still lies where the engine will really aim, and says what becomes of that place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import WAIT, write
from tests.photos import photo

pytestmark = pytest.mark.browser


def lies(page: Page) -> tuple[float, float]:
    """Where the ring is, in percent of the still."""
    left, top = page.locator(".mf-focus").evaluate("ring => [ring.style.left, ring.style.top].map(parseFloat)")
    return left, top


def test_the_ring_goes_to_the_eyes_that_the_words_name_and_back(page: Page, tmp_path: Path) -> None:
    Image.fromarray(photo("astronaut")).save(tmp_path / "portrait.png")
    page.set_input_files(".mf-file", tmp_path / "portrait.png")
    expect(page.locator(".mf-picture img")).to_have_js_property("naturalWidth", 512, timeout=WAIT)
    write(page, "The camera slowly pushes in. Her hair stirs.")
    whole = lies(page)
    write(page, "The camera slowly pushes in onto her eyes. Her hair stirs.")
    expect(page.locator(".mf-aimed")).to_have_text(re.compile("moves towards. Click the still to place it"))
    assert lies(page)[1] < whole[1] - 1
    write(page, "The camera slowly pushes in. Her hair stirs.")
    page.wait_for_function("top => parseFloat(document.querySelector('.mf-focus').style.top) === top", arg=whole[1])


def test_a_thing_that_is_named_is_asked_for_until_it_is_pointed_at(page: Page) -> None:
    said = page.locator(".mf-aimed")
    write(page, "The camera slowly pushes in on the mug. Steam rises.")
    expect(said).to_have_text(
        "The ring is what the camera moves towards. Is that the mug? If not, click it on the still.", timeout=WAIT
    )
    before = lies(page)
    page.locator(".mf-picture img").click(position={"x": 40, "y": 40})
    expect(said).to_have_text("The ring is what the camera moves towards.", timeout=WAIT)
    assert lies(page) != before
    page.get_by_role("button", name="Put it back").click()
    expect(said).to_have_text(re.compile("Is that the mug"), timeout=WAIT)
    assert lies(page) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Rack focus to the background. Steam rises.", "sharp first; then the focus goes to what lies behind it"),
        ("The camera slowly pulls back. Steam rises.", "what the camera moves away from"),
        ("The camera arcs to the left around the mug. Steam rises.", "what the camera circles. Is that the mug?"),
    ],
)
def test_the_ring_says_what_becomes_of_its_place(page: Page, words: str, says: str) -> None:
    write(page, words)
    expect(page.locator(".mf-aimed")).to_contain_text(says, timeout=WAIT)
