"""Take the pictures of the page again: ``python -m tests.screenshots [folder]``.

Four pictures (desktop and phone, light and dark) go to ``out/screenshots`` or the folder given; the README's picture
is ``assets/screenshot.jpg``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from studio.settings import ROOT
from tests.browser import open_browser, serving

SCREENS = {"desktop": (1440, 900, 1), "phone": (390, 844, 2)}


def visit(browser: Browser, address: str, screen: str, scheme: str) -> Page:
    """Open the page as a first visitor on such a screen."""
    width, height, scale = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=scale,
        is_mobile=screen == "phone",
        has_touch=screen == "phone",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".mf-advice li", timeout=30_000)
    page.wait_for_function("document.querySelector('.mf-picture img')?.complete")
    page.wait_for_timeout(800)
    return page


def for_readme(page: Page, target: Path) -> None:
    """The Direct page with its first take, as one JPEG of about 150 KB."""
    page.get_by_role("button", name="Animate").click()
    page.wait_for_selector(".mf-picture video", timeout=60_000)
    page.locator(".mf-picture video").evaluate(
        "video => { video.pause(); video.controls = false; video.currentTime = 1.6; }"
    )
    page.mouse.move(0, 0)
    page.wait_for_timeout(800)
    shot = target.with_suffix(".png")
    page.screenshot(path=shot)
    Image.open(shot).convert("RGB").save(target, quality=84, optimize=True, progressive=True)
    shot.unlink()


def main(folder: Path) -> None:
    """Take them all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as address, sync_playwright() as playwright:
        browser = open_browser(playwright)
        for screen in SCREENS:
            for scheme in ("light", "dark"):
                page = visit(browser, address, screen, scheme)
                page.screenshot(path=folder / f"{screen}-{scheme}.png")
                page.context.close()
        for_readme(visit(browser, address, "desktop", "light"), ROOT / "assets" / "screenshot.jpg")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "screenshots")
