"""What the tests of the page share: a server on loopback with a folder of its own, and a real Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, expect

from studio.settings import ROOT, Settings
from studio.ui.page import launch
from studio.workspace import Workspace

RAW = "A beautiful ceramic mug on a wooden table, warm light, premium product shot"
DIRECTED = "Slow dolly-in. Steam rises from the mug."
WAIT = 20_000
LISTING = f"""
[[still]]
id = "mug"
file = "mug.jpg"
title = "Mug"
alt = "A mug on a table"
width = 480
height = 320
prompt = "{RAW}"
directed = "{DIRECTED}"

[[still]]
id = "tall"
file = "tall.jpg"
title = "Tower"
alt = "A tower"
width = 320
height = 480
prompt = "The camera pans left."
directed = "The camera pans left."
"""
"""Two stills of the tests' own, so that the page opens without the project's pictures."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def open_browser(playwright: Playwright) -> Browser:
    """The system's Chromium where there is one, Playwright's own elsewhere.

    The shell without windows comes first: it opens a page for a fifth of the processor's time.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)


@contextmanager
def serving(data: Path, assets: Path = ROOT / "assets", **limits: object) -> Iterator[str]:
    """The page on a free port of loopback, with the project's models; everything it keeps goes to `data`."""
    if assets != ROOT / "assets":
        shutil.copytree(ROOT / "assets" / "models", assets / "models", dirs_exist_ok=True)
    before = os.environ.get("GRADIO_TEMP_DIR")
    os.environ["GRADIO_TEMP_DIR"] = str(data / "uploads")
    given = {"data": data, "assets": assets, "port": 0, "max_upload_mb": 2, **limits}
    workspace = Workspace.open(Settings.model_validate(given))
    address, page = launch(workspace, prevent_thread_lock=True, quiet=True)
    try:
        yield address
    finally:
        page.close(verbose=False)
        workspace.crew.stop()
        if before is not None:  # another page that is served all the while
            os.environ["GRADIO_TEMP_DIR"] = before


def watched(page: Page, complaints: list[str]) -> Page:
    """Collect what the browser complains of: script errors, refused requests, anything that leaves loopback."""
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda line: complaints.append(f"console: {line.text}") if line.type == "error" else None)
    page.on("response", lambda reply: complaints.append(f"{reply.status} {reply.url}") if reply.status >= 400 else None)

    def leaving(url: str) -> None:
        if not url.startswith(("http://127.0.0.1", "data:", "blob:")):
            complaints.append(f"left the computer: {url}")

    page.on("request", lambda request: leaving(request.url))
    return page


def words(page: Page) -> str:
    """What stands in the prompt."""
    return page.locator("#mf-words").input_value()


def write(page: Page, text: str) -> None:
    """Put words into the prompt and wait until the coach has said all it has to say."""
    page.locator("#mf-words").fill(text)
    expect(page.locator(".mf-advice")).to_have_attribute("aria-busy", "false", timeout=WAIT)
