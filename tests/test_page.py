"""The page in a real browser, with the real coach and the real engine: what a person sees, clicks and types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Browser, Page, expect

from tests.browser import DIRECTED, RAW, WAIT, watched, words, write
from tests.conftest import textured

pytestmark = pytest.mark.browser

BROKEN_OFF = re.compile("AbortError|Connection errored out")
"""What Gradio says of the calls that a reload breaks off."""


def animate(page: Page) -> None:
    page.select_option(".mf-side", "384")
    page.locator(".mf-seconds input").fill("1")
    page.get_by_role("button", name="Animate").click()


def test_the_first_visit_opens_on_an_example_whose_raw_prompt_gets_advice(page: Page) -> None:
    assert words(page) == RAW
    expect(page.locator(".mf-picture img")).to_have_js_property("naturalWidth", 480)
    assert page.locator(".mf-advice li").count() >= 1
    assert page.locator(".mf-backdrop [data-severity]").count() >= 1


def test_typing_brings_advice_and_hovering_it_shows_where(page: Page) -> None:
    write(page, "")
    page.locator("#mf-words").press_sequentially("The camera whips around the mug at high speed", delay=5)
    line = page.locator(".mf-advice li", has=page.locator(".mf-fix")).first
    expect(line).to_be_visible(timeout=WAIT)
    line.hover()
    expect(page.locator(".mf-backdrop .mf-lit").first).to_be_attached()


def test_a_fix_changes_the_words_and_undo_brings_them_back(page: Page) -> None:
    page.locator(".mf-fix").first.click()
    expect(page.locator("#mf-words")).not_to_have_value(RAW)
    page.keyboard.press("Control+z")
    expect(page.locator("#mf-words")).to_have_value(RAW)


def test_underlines_lie_right_behind_emoji(page: Page) -> None:
    write(page, "🎬🎬 The camera whips around the mug at high speed.")
    expect(page.locator(".mf-backdrop [data-severity]").first).to_have_text("camera whips around")


def test_use_this_direction_puts_the_rewrite_into_the_prompt(page: Page) -> None:
    shown = page.locator(".mf-after").inner_text().replace("Directed:", "").strip()
    page.get_by_role("button", name="Use this direction").click()
    expect(page.locator("#mf-words")).not_to_have_value(RAW)
    assert words(page).split() == shown.split()


def test_an_empty_prompt_is_invited_and_not_warned(page: Page) -> None:
    write(page, "")
    expect(page.get_by_role("heading", name="A place to start")).to_be_visible(timeout=WAIT)
    page.wait_for_timeout(1200)
    assert page.locator(".mf-advice li").count() == 0
    page.get_by_role("button", name="Use this direction").click()
    expect(page.locator("#mf-words")).not_to_have_value("")


def test_why_opens_the_reason_and_leads_to_the_rule(page: Page) -> None:
    line = page.locator(".mf-advice li").first
    line.get_by_role("button", name="why?").click()
    expect(line.locator(".mf-why")).to_be_visible()
    line.get_by_role("button", name="Rule").click()
    expect(page.locator(".mf-rules details[open]")).to_be_visible()


def test_words_from_a_person_never_become_markup(page: Page) -> None:
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    write(page, '${alert(1)} {{this}} <img src=x onerror="alert(2)"> slow dolly-in, a sign that reads "<b>SALE</b>"')
    page.wait_for_timeout(500)
    assert seen == []
    assert page.locator(".mf-prompt img, .mf-timeline img, .mf-prompt .mf-after b").count() == 0


def test_the_timeline_follows_the_prompt_until_it_is_touched(page: Page) -> None:
    write(page, DIRECTED)
    beat = page.locator('.mf-track[data-layer="camera"] .mf-beat').first
    expect(beat).to_have_attribute("aria-label", re.compile("Dolly in"), timeout=WAIT)
    beat.focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".mf-whose")).to_have_text("yours")
    mine = beat.get_attribute("aria-valuetext")
    write(page, "The camera pans left.")
    assert page.locator('.mf-track[data-layer="camera"] .mf-beat').first.get_attribute("aria-valuetext") == mine
    page.get_by_role("button", name="Follow the prompt again").click()
    expect(page.locator('.mf-track[data-layer="camera"] .mf-beat').first).to_have_attribute(
        "aria-label", re.compile("Pan left")
    )


def test_words_that_an_edited_timeline_does_not_hold_are_told_beside_animate(page: Page) -> None:
    behind = page.locator(".mf-behind")
    write(page, DIRECTED)
    page.locator('.mf-track[data-layer="camera"] .mf-beat').first.focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".mf-whose")).to_have_text("yours")
    write(page, "Slow dolly-in.  Steam rises from the mug. ")  # the same words
    expect(behind).to_be_hidden()
    write(page, "The camera pans left.")
    expect(behind).to_have_text(re.compile("The timeline was edited; the new words are not in it."))
    behind.get_by_role("button", name="Follow the prompt again").press("Enter")
    expect(behind).to_be_hidden()
    expect(page.get_by_role("button", name="Animate")).to_be_focused()
    beat = page.locator('.mf-track[data-layer="camera"] .mf-beat')
    expect(beat).to_have_attribute("aria-label", re.compile("Pan left"))


def test_neither_an_open_beat_nor_a_second_row_of_beats_is_covered_by_the_settings(page: Page) -> None:
    def clear(selector: str) -> None:
        """Wait until all of it lies above the settings."""
        page.wait_for_function(
            "one => { const box = (name) => document.querySelector(name).getBoundingClientRect();"
            " const whole = box(one).height && box(one).bottom <= box('.mf-actions').top;"
            " return whole && box('.mf-plan').bottom <= innerHeight; }",
            arg=selector,
            timeout=WAIT,
        )

    write(page, DIRECTED)
    page.locator('.mf-track[data-layer="camera"] .mf-beat').click()
    expect(page.locator(".mf-means")).to_be_visible()
    clear(".mf-panel")
    page.get_by_role("button", name="Add a camera beat").click()
    expect(page.locator('.mf-track[data-layer="camera"] .mf-beat')).to_have_count(2)
    expect(page.locator(".mf-panel select").first).to_be_focused()
    clear(".mf-panel")
    page.get_by_role("button", name="Done").click()
    page.evaluate("scrollTo(0, 0)")
    clear('.mf-lane[data-layer="audio"]')


def test_a_beat_is_dragged_and_resized_with_the_pointer(page: Page) -> None:
    page.get_by_role("button", name="Add an audio beat").click()
    page.get_by_role("button", name="Done").click()
    beat = page.locator('.mf-track[data-layer="audio"] .mf-beat').first
    expect(beat).to_have_attribute("aria-valuetext", "0.0 to 2.0 seconds")
    page.wait_for_timeout(300)  # the checked timeline is drawn again
    box = beat.bounding_box()
    second = box["width"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + second, box["y"] + 12, steps=6)
    page.mouse.up()
    expect(beat).to_have_attribute("aria-valuetext", "1.0 to 3.0 seconds")
    page.wait_for_timeout(300)
    box = beat.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 3 + second, box["y"] + 12, steps=6)
    page.mouse.up()
    expect(beat).to_have_attribute("aria-valuetext", "1.0 to 4.0 seconds")


def test_a_beat_is_moved_resized_edited_and_removed_with_the_keyboard(page: Page) -> None:
    write(page, DIRECTED)
    page.get_by_role("button", name="Add a light beat").press("Enter")
    page.get_by_role("textbox", name="In words").fill("The light warms")
    page.keyboard.press("Enter")
    beat = page.locator('.mf-track[data-layer="light"] .mf-beat').last
    expect(beat).to_have_attribute("aria-label", "light: The light warms")
    expect(beat).to_be_focused()
    before = beat.get_attribute("aria-valuetext")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    expect(beat).not_to_have_attribute("aria-valuetext", before)
    count = page.locator('.mf-track[data-layer="light"] .mf-beat').count()
    beat.focus()
    page.keyboard.press("Delete")
    expect(page.locator('.mf-track[data-layer="light"] .mf-beat')).to_have_count(count - 1)
    page.wait_for_timeout(500)  # the checked timeline is drawn again
    assert page.evaluate("!!document.activeElement.closest('[data-layer=light]')")  # the keyboard is not thrown out


def test_a_click_opens_a_beat_and_says_its_move_in_plain_words(page: Page) -> None:
    write(page, "The camera pans left.")
    beat = page.locator('.mf-track[data-layer="camera"] .mf-beat').first
    expect(beat).to_have_attribute("aria-label", re.compile("Pan left"), timeout=WAIT)
    beat.click()
    expect(page.locator(".mf-means")).to_contain_text("turns its head to the left")
    expect(beat).to_be_focused()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("spinbutton", name="To")).to_have_value("4.9")  # the open panel follows the keys


def test_animate_makes_a_playable_clip_of_the_asked_size(page: Page) -> None:
    write(page, DIRECTED)
    animate(page)
    video = page.locator(".mf-picture video")
    expect(video).to_be_visible(timeout=60_000)
    expect(video).to_have_js_property("videoWidth", 384, timeout=WAIT)
    assert video.evaluate("video => [video.videoHeight, Math.round(video.duration * 10)]") == [256, 10]
    video.evaluate("video => video.play()")
    page.wait_for_function("document.querySelector('.mf-picture video').currentTime > 0.1")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Clip (mp4)").first.click()
    assert re.fullmatch(r"motion-first-.{8}\.mp4", saved.value.suggested_filename)
    page.request.get(page.get_by_role("link", name="Take (json)").evaluate("link => link.href")).json()


def test_cancel_stops_the_work_and_the_page_goes_on(page: Page) -> None:
    page.select_option(".mf-side", "1080")
    page.locator(".mf-seconds input").fill("15")
    page.get_by_role("button", name="Animate").press("Enter")
    expect(page.locator(".mf-progress [aria-current=step]")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".mf-caption")).to_contain_text("Cancelled", timeout=5_000)
    expect(page.get_by_role("button", name="Animate")).to_be_focused()
    page.wait_for_timeout(1500)
    expect(page.locator(".mf-progress")).to_be_hidden()
    expect(page.locator(".mf-caption")).to_contain_text("Cancelled")  # and not, a moment later, a failure
    expect(page.locator(".mf-card")).to_be_hidden()


def test_two_takes_are_compared_side_by_side_with_their_differences_in_words(page: Page) -> None:
    write(page, DIRECTED)
    for turn in (1, 2):
        animate(page)
        expect(page.locator(".mf-strip [data-take]")).to_have_count(turn, timeout=60_000)
        write(page, "The camera pans left.")
    page.get_by_role("tab", name="Takes").click()
    expect(page.locator(".mf-pair video")).to_have_count(2)
    expect(page.locator(".mf-differences dt")).to_contain_text(["Prompt", "Camera"])
    page.get_by_role("slider", name="Time in both clips").fill("0.5")
    page.wait_for_function(
        "[...document.querySelectorAll('.mf-pair video')].every(v => Math.abs(v.currentTime - 0.5) < 0.1)"
    )
    page.get_by_role("button", name="Save side by side").click()
    expect(page.get_by_role("link", name="Save motion-first")).to_be_visible(timeout=60_000)
    page.locator('[data-side="a"]').get_by_role("button", name="Use this shot again").click()
    expect(page.locator("#mf-words")).to_have_value(DIRECTED)


def test_a_refresh_keeps_the_words_the_timeline_the_still_and_the_takes(page: Page, complaints: list[str]) -> None:
    page.get_by_role("button", name="Tower").or_(page.get_by_role("button", name="A tower")).first.click()
    write(page, DIRECTED)
    page.get_by_role("button", name="Add an audio beat").click()
    page.get_by_role("button", name="Done").click()
    animate(page)
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1, timeout=60_000)
    assert complaints == []
    page.reload()
    expect(page.locator("#mf-words")).to_have_value(DIRECTED, timeout=WAIT)
    complaints[:] = [line for line in complaints if not BROKEN_OFF.search(line)]
    expect(page.locator(".mf-whose")).to_have_text("yours")
    expect(page.locator('.mf-track[data-layer="audio"] .mf-beat')).to_have_count(1)
    expect(page.locator(".mf-shelf [aria-pressed=true]")).to_have_attribute("aria-label", "A tower")
    expect(page.locator(".mf-strip [data-take]")).to_have_count(1)


def test_another_person_does_not_see_my_takes(page: Page, browser: Browser, address: str) -> None:
    context = browser.new_context()
    other = context.new_page()
    other.goto(address)
    expect(other.locator("#mf-words")).to_have_value(RAW, timeout=WAIT)
    expect(other.locator(".mf-strip")).to_be_hidden()
    context.close()


def test_a_bad_picture_gets_a_sentence_and_the_page_still_answers(page: Page, tmp_path: Path) -> None:
    bad = tmp_path / "notes.png"
    bad.write_bytes(b"not a picture at all")
    page.set_input_files(".mf-file", bad)
    expect(page.locator("#mf-still .mf-error")).to_contain_text("notes.png", timeout=WAIT)
    good = tmp_path / "mine.png"
    textured(300, 200, seed=9).save(good)
    page.set_input_files(".mf-file", good)
    expect(page.locator(".mf-picture img")).to_have_js_property("naturalWidth", 300, timeout=WAIT)
    expect(page.locator("#mf-still .mf-error")).to_be_hidden()
    expect(page.locator("#mf-words")).to_have_value("")  # the example's words were not theirs


def test_a_picture_that_is_too_heavy_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    heavy = tmp_path / "heavy.png"
    heavy.write_bytes(b"0" * 2_100_000)
    page.set_input_files(".mf-file", heavy)
    expect(page.locator("#mf-still .mf-error")).to_contain_text("at most 2 MB")


def test_a_change_of_direction_draws_an_animatic(browser: Browser, address: str, complaints: list[str]) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = watched(context.new_page(), complaints)
    opened.goto(address)
    expect(opened.locator(".mf-advice li").first).to_be_visible(timeout=WAIT)
    opened.locator("#mf-words").fill(DIRECTED)
    expect(opened.locator(".mf-loop")).to_have_js_property("duration", 5, timeout=WAIT)
    expect(opened.locator(".mf-playhead")).to_be_visible()
    context.close()
    assert complaints == []


def test_a_phone_has_no_sideways_scroll_and_the_action_bar_in_reach(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    box = phone.get_by_role("button", name="Animate").bounding_box()
    assert box["y"] + box["height"] <= 844
    assert box["height"] >= 44


def test_on_a_phone_beats_tell_themselves_apart_and_the_take_comes_into_view(phone: Page) -> None:
    write(phone, "The astronaut turns her head, then the astronaut lifts her hand.")
    shown = phone.locator(".mf-beat > span:visible")
    expect(shown).to_have_text([re.compile("^turns"), re.compile("^lifts")])
    expect(phone.locator(".mf-beat").first).to_have_attribute("aria-label", re.compile("The astronaut turns"))
    write(phone, "The camera slowly pushes in. The camera slowly pushes in.")
    expect(shown).to_have_text(["→ closer, slowly"] * 2)  # there is no room for the term
    phone.select_option(".mf-side", "384")
    phone.locator(".mf-seconds input").fill("1")
    phone.locator("#mf-words").focus()  # a keyboard is open, and the frame is out of sight
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    phone.evaluate("document.querySelector('.mf-animate').click()")  # as where a tap takes no focus
    expect(phone.locator(".mf-frame")).to_be_in_viewport(ratio=0.99)  # the work, or the take if it was that quick
    tops = phone.evaluate(  # at once: the page still scrolls
        "['.mf-loops', '.mf-rough', '.mf-more'].map((one) => document.querySelector(one).getBoundingClientRect().top)"
    )
    assert max(tops) - min(tops) < 4
    expect(phone.locator(".mf-picture video")).to_be_in_viewport(timeout=60_000)
    phone.get_by_role("tab", name="Takes").click()
    expect(phone.locator(".mf-take")).to_have_count(1, timeout=WAIT)
    expect(phone.get_by_role("button", name="Compare")).to_have_count(0)
    expect(phone.locator(".mf-pair")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 390])
def test_every_tab_is_there_on_the_narrowest_screens(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640})
    narrow = context.new_page()
    narrow.goto(address)
    for name in ("Direct", "Takes", "Rules"):
        expect(narrow.get_by_role("tab", name=name)).to_be_in_viewport(ratio=1, timeout=WAIT)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast_in_both_schemes(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    opened = context.new_page()
    opened.goto(address)
    expect(opened.locator(".mf-advice li").first).to_be_visible(timeout=WAIT)
    pairs = opened.evaluate(CONTRAST)
    context.close()
    assert {name: round(ratio, 2) for name, ratio in pairs.items() if ratio < 4.5} == {}


CONTRAST = """() => {
  const style = getComputedStyle(document.querySelector('.gradio-container'));
  const canvas = document.createElement('canvas').getContext('2d');
  const light = (name) => {
    canvas.fillStyle = style.getPropertyValue(name).trim();
    const hex = canvas.fillStyle, part = (at) => parseInt(hex.slice(at, at + 2), 16) / 255;
    const lift = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * lift(part(1)) + 0.7152 * lift(part(3)) + 0.0722 * lift(part(5));
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((p, q) => q - p);
    return (high + 0.05) / (low + 0.05);
  };
  const inks = ['--ink', '--ink-2', '--ink-3', '--bad', '--camera', '--subject', '--scene', '--light', '--audio'];
  const grounds = ['--bg', '--surface'];
  const pairs = inks.flatMap((ink) => grounds.map((ground) => [`${ink} on ${ground}`, ratio(ink, ground)]));
  for (const [ink, ground] of [['--accent-ink', '--accent'], ['--ink-2', '--sunken'], ['--ink-3', '--sunken']]) {
    pairs.push([`${ink} on ${ground}`, ratio(ink, ground)]);
  }
  return Object.fromEntries(pairs);
}"""
