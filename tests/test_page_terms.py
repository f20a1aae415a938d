"""The terms of an engine on the page: read before the first download, asked once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from studio.engines.diffusers import engine
from studio.engines.diffusers.memory import Device
from tests.browser import WAIT, serving, watched
from tests.conftest import small_assets


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a computer on which every engine fits; its workers reach no network."""
    with pytest.MonkeyPatch.context() as patched:
        device = Device(kind="cuda", title="a device", vram=140, ram=256)
        patched.setattr(engine, "find_device", lambda: device)
        patched.setattr(engine, "free_gigabytes", lambda: 500.0)
        patched.setenv("HF_HUB_OFFLINE", "1")
        with serving(tmp_path_factory.mktemp("data"), small_assets(tmp_path_factory.mktemp("assets"))) as where:
            yield where


PATIENCE = 3 * WAIT
"""The first plan loads the coach."""


def opened(context: BrowserContext, address: str, complaints: list[str], engine: str, rate: int) -> Page:
    """The page with an engine chosen, and its plan there."""
    page = watched(context.new_page(), complaints)
    page.goto(address)
    page.locator(".mf-engine").select_option(engine, timeout=PATIENCE)
    expect(page.locator(".mf-plan")).to_contain_text(f"frames at {rate}", timeout=PATIENCE)
    return page


def test_terms_are_read_before_the_first_download_and_once(
    browser: Browser, address: str, complaints: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = opened(context, address, complaints, "svd_xt", 7)
    page.locator(".mf-animate").click()
    dialog = page.get_by_role("dialog", name="Stable Video Diffusion XT: its terms")
    expect(dialog).to_contain_text("Stability AI Community License")
    expect(dialog).to_contain_text("US$1M a year")
    expect(dialog).to_contain_text("Powered by Stability AI")
    dialog.get_by_role("button", name="Not now").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".mf-cancel")).to_be_hidden()
    page.locator(".mf-animate").click()
    dialog.get_by_role("button", name="Accept and download").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".mf-cancel").or_(page.locator(".mf-card")).locator("visible=true").first).to_be_visible()
    page.reload()
    expect(page.locator(".mf-plan")).to_contain_text("frames at 7", timeout=PATIENCE)
    page.locator(".mf-animate").click()
    expect(dialog).to_be_hidden()
    context.close()


def test_on_a_phone_the_dialog_fits_and_sketch_needs_none(
    browser: Browser, address: str, complaints: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = opened(context, address, complaints, "hunyuan_i2v", 24)
    page.locator(".mf-animate").click()
    dialog = page.locator("dialog.mf-terms")
    expect(dialog).to_contain_text("South Korea")
    box = dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator(".mf-engine").select_option("sketch")
    page.locator(".mf-animate").click()
    expect(page.locator(".mf-cancel")).to_be_visible(timeout=PATIENCE)
    expect(dialog).to_be_hidden()
    context.close()
