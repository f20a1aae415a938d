"""The moves of the timeline in a real browser: called so that who never stood behind a camera understands them."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from tests.browser import WAIT, write

pytestmark = pytest.mark.browser

CAMERA = '.mf-track[data-layer="camera"] .mf-beat'


def test_a_shift_of_focus_says_where_it_goes(page: Page) -> None:
    write(page, "Rack focus to the background. Steam rises.")
    beat = page.locator(CAMERA).first
    expect(beat.locator("span").first).to_have_text("Rack focus → background", timeout=WAIT)
    expect(beat).to_have_attribute("aria-label", "camera: Rack focus: background")


def test_which_way_a_move_goes_is_chosen_in_its_panel_and_told_to_the_engine(page: Page) -> None:
    write(page, "The camera arcs to the left around the mug. Steam rises.")
    page.locator(CAMERA).first.click()
    way = page.get_by_role("combobox", name="Which way")
    expect(way).to_have_value("left")
    page.get_by_role("combobox", name="Move").select_option("rack_focus")
    expect(way).to_have_value("")  # the way of the move before is none of this one
    way.select_option(label="background")
    expect(page.locator(CAMERA).first.locator("span").first).to_have_text("Rack focus → background")
    expect(page.locator(".mf-engine-text")).to_contain_text("The focus shifts to the background.", timeout=WAIT)


def test_a_camera_that_stands_has_no_pace(page: Page) -> None:
    write(page, "The camera holds still. Steam rises slowly.")
    beat = page.locator(CAMERA).first
    expect(beat.locator("span").first).to_have_text("Static → holds still", timeout=WAIT)
    beat.click()
    expect(page.locator(".mf-panel")).to_be_visible()
    expect(page.get_by_role("combobox", name="Pace")).to_have_count(0)
