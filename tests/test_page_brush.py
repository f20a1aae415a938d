"""Painting over the still, loops and takes that go on, in a real browser."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import DIRECTED, WAIT, watched, write

pytestmark = pytest.mark.browser

KEY = re.compile("[0-9a-f]{64}")
PAINTED = """() => {
  const view = document.querySelector(".mf-board canvas"), { width, height } = view;
  return view.getContext("2d").getImageData(0, 0, width, height).data.filter((part, at) => at % 4 === 3 && part).length;
}"""
"""How many pixels of the board are painted."""

HELD = "(({motion_brush: a, depth_strokes: b}) => [a ?? null, b ?? null])(studio.question())"


def tool(page: Page, name: str) -> Locator:
    return page.locator(".mf-uses").get_by_role("button", name=name)


def ink(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="What the brush does").get_by_role("button", name=name)


def draw(page: Page, *places: tuple[float, float]) -> None:
    """Drag over the board, by fractions of it, and wait until the studio has kept what is painted."""
    board = page.locator(".mf-board")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    assert box
    before = held(page)
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=5)
    page.mouse.up()
    changed(page, before)


def held(page: Page) -> list[str | None]:
    """The keys of what is painted over the still that is open."""
    keys: list[str | None] = page.evaluate(HELD)
    return keys


def changed(page: Page, before: list[str | None]) -> None:
    """Wait until the studio keeps something else than before."""
    page.wait_for_function(f"before => JSON.stringify({HELD}) !== JSON.stringify(before)", arg=before, timeout=WAIT)


def animate(page: Page) -> None:
    page.select_option(".mf-side", "384")
    page.locator(".mf-seconds input").fill("1")
    page.get_by_role("button", name="Animate").click()
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1, timeout=60_000)


def test_a_stroke_becomes_the_shots_motion_brush(page: Page) -> None:
    tool(page, "Motion brush").click()
    draw(page, (0.2, 0.3), (0.6, 0.4))
    brush, depth = held(page)
    assert brush
    assert KEY.fullmatch(brush)
    assert depth is None
    assert page.evaluate(PAINTED) > 1000
    expect(tool(page, "Motion brush, painted")).to_be_visible()
    expect(page.locator(".mf-brush .mf-told")).to_contain_text("percent of the still is painted")


def test_undo_takes_back_stroke_by_stroke_and_clear_takes_all(page: Page) -> None:
    tool(page, "Motion brush").click()
    draw(page, (0.2, 0.3), (0.4, 0.3))
    one = held(page)
    draw(page, (0.2, 0.7), (0.6, 0.7))
    two = held(page)
    page.get_by_role("button", name="Undo").click()
    changed(page, two)
    assert held(page) == one
    page.get_by_role("button", name="Clear").click()
    changed(page, one)
    assert held(page) == [None, None]
    expect(tool(page, "Motion brush, painted")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    changed(page, [None, None])
    assert held(page) == one


def test_erase_takes_away_where_it_goes(page: Page) -> None:
    tool(page, "Motion brush").click()
    draw(page, (0.2, 0.3), (0.8, 0.3))
    before = page.evaluate(PAINTED)
    ink(page, "Erase").click()
    draw(page, (0.5, 0.2), (0.5, 0.4))
    assert 0 < page.evaluate(PAINTED) < before


def test_a_larger_brush_paints_more(page: Page) -> None:
    tool(page, "Motion brush").click()
    draw(page, (0.2, 0.3), (0.6, 0.3))
    small = page.evaluate(PAINTED)
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("slider", name="Size").fill("20")
    draw(page, (0.2, 0.3), (0.6, 0.3))
    assert page.evaluate(PAINTED) > 2 * small


def test_near_and_far_are_told_apart(page: Page) -> None:
    tool(page, "Near / far").click()
    draw(page, (0.2, 0.8), (0.6, 0.8))
    near = held(page)
    assert near[0] is None
    page.get_by_role("button", name="Clear").click()
    changed(page, near)
    ink(page, "Far").click()
    draw(page, (0.2, 0.8), (0.6, 0.8))
    assert held(page)[1] not in (None, near[1])


def test_the_keyboard_alone_paints_and_leaves(page: Page) -> None:
    tool(page, "Motion brush").press("Enter")
    board = page.get_by_role("application", name="Motion brush: Mug")
    board.focus()
    before = held(page)
    page.keyboard.down("Space")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.up("Space")
    changed(page, before)
    painted = held(page)
    page.keyboard.press("Control+z")
    changed(page, painted)
    assert held(page) == before
    page.keyboard.press("x")
    expect(ink(page, "Erase")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".mf-easel")).to_be_hidden()
    expect(tool(page, "Motion brush")).to_be_focused()


def test_a_finger_paints_on_a_phone_and_nothing_moves_sideways(phone: Page) -> None:
    tool(phone, "Motion brush").tap()
    board = phone.locator(".mf-board")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    assert box
    before = held(phone)
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    changed(phone, before)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    for button in phone.locator(".mf-easel button").all():
        shape = button.bounding_box()
        assert shape
        assert shape["height"] >= 40
        assert shape["x"] + shape["width"] <= 390


def test_what_is_painted_is_there_after_a_reload(page: Page) -> None:
    tool(page, "Motion brush").click()
    draw(page, (0.2, 0.3), (0.6, 0.4))
    keys, painted = held(page), page.evaluate(PAINTED)
    page.reload()
    expect(tool(page, "Motion brush, painted")).to_be_visible(timeout=WAIT)
    assert held(page) == keys
    tool(page, "Motion brush").click()
    page.wait_for_function(f"({PAINTED})() > 1000")
    assert page.evaluate(PAINTED) == pytest.approx(painted, rel=0.02)


def test_what_is_painted_stays_with_its_still(page: Page) -> None:
    tool(page, "Motion brush").click()
    draw(page, (0.2, 0.3), (0.6, 0.4))
    keys = held(page)
    page.get_by_role("button", name="A tower").click()
    expect(page.get_by_role("application", name="Motion brush: Tower")).to_be_visible(timeout=WAIT)
    assert held(page) == [None, None]
    page.get_by_role("button", name="A mug on a table").click()
    expect(tool(page, "Motion brush, painted")).to_be_visible(timeout=WAIT)
    assert held(page) == keys


def test_a_stroke_draws_the_animatic_again(browser: Browser, address: str, complaints: list[str]) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = watched(context.new_page(), complaints)
    opened.goto(address)
    expect(opened.locator(".mf-advice li").first).to_be_visible(timeout=WAIT)
    write(opened, DIRECTED)
    loop = opened.locator(".mf-loop")
    expect(loop).to_be_visible(timeout=WAIT)
    tool(opened, "Near / far").click()
    first = loop.evaluate("video => video.src")
    draw(opened, (0.2, 0.2), (0.8, 0.2))
    expect(loop).not_to_have_attribute("src", first, timeout=WAIT)
    context.close()
    assert complaints == []


def test_a_brush_without_a_beat_says_what_it_needs(page: Page) -> None:
    write(page, "The camera pans left.")
    tool(page, "Motion brush").click()
    means = page.locator(".mf-easel .mf-how")
    expect(means).to_contain_text("Nothing of it moves yet", timeout=WAIT)
    page.get_by_role("button", name="Add a scene beat").click()
    expect(means).not_to_contain_text("Nothing of it moves yet")


def test_an_engine_that_does_not_take_a_painting_says_so(page: Page) -> None:
    tool(page, "Motion brush").click()
    draw(page, (0.2, 0.3), (0.6, 0.4))
    write(page, DIRECTED)
    page.select_option(".mf-engine", "wan_2_2_ti2v_5b")
    expect(page.locator(".mf-advice")).to_contain_text("does not take a motion brush", timeout=WAIT)


def test_what_is_drawn_and_what_is_not_shown_stand_under_the_plan(page: Page) -> None:
    write(page, "Slow dolly-in. Steam rises from the mug. A cat jumps onto the table.")
    notes = page.locator(".mf-plan-notes")
    expect(notes).to_contain_text("Steam is drawn over the still", timeout=WAIT)
    expect(notes).to_contain_text("this needs a video model")


def test_a_clip_in_which_nothing_would_move_is_told_first_under_the_plan(page: Page) -> None:
    write(page, "The camera holds still. A cat jumps onto the table.")
    notes = page.locator(".mf-plan-notes")
    expect(notes.locator("p").first).to_contain_text("Nothing in this clip will move with Sketch", timeout=WAIT)


def test_a_take_remembers_its_painting_and_its_loop(page: Page) -> None:
    write(page, DIRECTED)
    tool(page, "Near / far").click()
    draw(page, (0.2, 0.8), (0.6, 0.8))
    keys = held(page)
    page.get_by_role("checkbox", name="Loop").check()
    animate(page)
    record = page.request.get(page.get_by_role("link", name="Take (json)").evaluate("link => link.href")).json()
    assert record["shot"]["loop"]
    assert [control["kind"] for control in record["shot"]["controls"]] == ["depth_strokes"]
    page.get_by_role("checkbox", name="Loop").uncheck()
    page.get_by_role("button", name="Clear").click()
    changed(page, keys)
    page.locator(".mf-strip [data-take]").click()
    page.get_by_role("button", name="Use this shot again").first.click()
    expect(page.get_by_role("checkbox", name="Loop")).to_be_checked()
    expect(tool(page, "Near / far, painted")).to_be_visible()
    assert held(page) == keys


def test_a_take_is_extended_from_its_last_frame_with_words_of_its_own(page: Page) -> None:
    write(page, DIRECTED)
    animate(page)
    page.get_by_role("button", name="Extend this take").click()
    expect(page.locator(".mf-goes")).to_contain_text("goes on from a take", timeout=WAIT)
    expect(page.locator("#mf-words")).to_have_value("")
    expect(page.locator("#mf-words")).to_be_focused()
    expect(page.get_by_placeholder(re.compile("What happens next"))).to_be_visible()
    expect(page.locator(".mf-picture img")).to_have_js_property("naturalWidth", 384)
    assert KEY.fullmatch(page.evaluate("studio.question().previous"))
    page.reload()
    expect(page.locator(".mf-goes")).to_contain_text("goes on from a take", timeout=WAIT)
    page.get_by_role("button", name="Start fresh").click()
    expect(page.locator(".mf-goes")).to_be_hidden()
    assert page.evaluate("studio.question().previous") is None


def test_another_still_ends_the_extension(page: Page) -> None:
    animate(page)
    page.get_by_role("button", name="Extend this take").click()
    expect(page.locator(".mf-goes")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="A tower").click()
    expect(page.locator(".mf-goes")).to_be_hidden(timeout=WAIT)
    assert page.evaluate("studio.question().previous") is None


def test_what_is_typed_while_a_take_is_extended_stays(page: Page) -> None:
    write(page, DIRECTED)
    animate(page)
    page.get_by_role("button", name="Extend this take").click()
    page.locator("#mf-words").press_sequentially("Slow push in.")
    expect(page.locator(".mf-goes")).to_contain_text("goes on from a take", timeout=WAIT)
    expect(page.locator("#mf-words")).to_have_value("Slow push in.")
