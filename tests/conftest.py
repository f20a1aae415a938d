"""What many tests need: a workspace in a folder of its own, a textured still, the command line in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from studio import cli
from studio.settings import Settings
from studio.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


def textured(width: int = 480, height: int = 320, seed: int = 3) -> Image.Image:
    """A picture with detail at several scales everywhere, so that motion can be measured on it."""
    random = np.random.default_rng(seed)
    picture = np.zeros((height, width, 3), np.float32)
    for cells, weight in ((6, 0.5), (18, 0.3), (60, 0.2)):
        noise = random.random((cells, cells, 3), dtype=np.float32)
        layer = Image.fromarray((noise * 255).astype(np.uint8)).resize((width, height), Image.Resampling.BICUBIC)
        picture += weight * np.asarray(layer, np.float32)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A textured picture on disk."""
    path = tmp_path / "still.png"
    textured().save(path)
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace that keeps everything in the test's own folder."""
    return Workspace.open(Settings(data=tmp_path / "data"))


@dataclass(frozen=True)
class Answer:
    """What a command gave: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def studio(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Answer]:
    """Run ``python -m studio …`` in this process."""
    monkeypatch.setenv("MOTION_FIRST_DATA", str(tmp_path / "data"))

    def call(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["studio", *map(str, arguments)])
        capsys.readouterr()
        status = cli.run()
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call


def small_assets(assets: Path) -> Path:
    """Two small stills of the tests' own, in a folder of assets."""
    from tests.browser import LISTING

    (assets / "stills").mkdir()
    textured(480, 320).save(assets / "stills" / "mug.jpg")
    textured(320, 480, seed=5).save(assets / "stills" / "tall.jpg")
    (assets / "stills" / "stills.toml").write_text(LISTING, encoding="utf-8")
    return assets


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page, served with two small stills of the tests' own; once, for its worker takes seconds to warm up."""
    from tests.browser import serving

    with serving(tmp_path_factory.mktemp("data"), small_assets(tmp_path_factory.mktemp("assets"))) as where:
        yield where


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, closed with the module: Playwright's loop would be in the way of others."""
    from playwright.sync_api import sync_playwright

    from tests.browser import open_browser

    with sync_playwright() as playwright:
        opened = open_browser(playwright)
        yield opened
        opened.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A browser's profile: what it has fetched once stays, which makes a page three times as quick to open."""
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture
def page(desk: BrowserContext, address: str, complaints: list[str]) -> Iterator[Page]:
    """The page as a first visitor on a desktop sees it; the browser must not complain of anything."""
    from playwright.sync_api import expect

    from tests.browser import WAIT, watched

    desk.clear_cookies()
    opened = watched(desk.new_page(), complaints)
    opened.goto(f"{address}robots.txt")
    opened.evaluate("localStorage.clear()")  # a new visitor, who has been nowhere yet
    opened.goto(address)
    expect(opened.locator(".mf-advice li").first).to_be_visible(timeout=WAIT)
    yield opened
    for left in desk.pages:
        left.close()
    desk.clear_permissions()
    assert complaints == []


@pytest.fixture
def phone(browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    """The page as a first visitor on a phone sees it; the browser must not complain of anything."""
    from playwright.sync_api import expect

    from tests.browser import WAIT, watched

    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    opened = watched(context.new_page(), complaints)
    opened.goto(address)
    expect(opened.locator(".mf-advice li").first).to_be_visible(timeout=WAIT)
    yield opened
    context.close()
    assert complaints == []
