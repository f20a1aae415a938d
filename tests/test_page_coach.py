"""The coach on the page, in a real browser: readiness, dismissed rules, ideas, engines, what hostile text does."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import Page, expect

from tests.browser import RAW, WAIT, words, write

pytestmark = pytest.mark.browser

CROWDED = "He opens the door, walks to the table, sits down, pours a drink and lights a candle."


def line(page: Page, code: str):
    return page.locator(f'.mf-advice li[data-code="{code}"]')


def test_readiness_opens_its_parts_with_the_keyboard_and_they_add_up(page: Page) -> None:
    ready = page.get_by_role("button", name=re.compile("Readiness"))
    expect(page.locator(".mf-parts")).to_be_hidden()
    ready.press("Enter")
    expect(page.locator(".mf-parts dt")).to_have_text(["Motion", "Time", "Camera", "Picture", "Words", "Engine"])
    points = page.locator(".mf-points").all_inner_texts()
    assert sum(int(text.split()[0]) for text in points) == int(page.locator(".mf-ready b").inner_text()) < 90
    ready.press("Enter")
    expect(page.locator(".mf-parts")).to_be_hidden()
    write(page, "Die Kamera fährt langsam heran, Dampf steigt aus der Tasse.")
    expect(line(page, "LNG001")).to_be_visible(timeout=WAIT)
    expect(ready).to_be_hidden()  # it cannot be told of what is not read


def test_a_rule_is_dismissed_for_this_prompt_only(page: Page) -> None:
    before = int(page.locator(".mf-ready b").inner_text())
    line(page, "APP001").get_by_role("button", name="why?").press("Enter")
    line(page, "APP001").get_by_role("button", name="Not for this prompt").press("Enter")
    expect(line(page, "APP001")).to_have_count(0, timeout=WAIT)
    expect(page.locator(".mf-dismissed")).to_contain_text("appearance-heavy")
    expect(page.get_by_role("button", name="Hear all rules")).to_be_focused()
    assert int(page.locator(".mf-ready b").inner_text()) > before
    page.wait_for_timeout(400)
    page.reload()
    expect(page.locator(".mf-dismissed")).to_contain_text("appearance-heavy", timeout=WAIT)
    page.get_by_role("button", name="Hear all rules").click()
    expect(line(page, "APP001")).to_be_visible(timeout=WAIT)
    line(page, "APP001").get_by_role("button", name="why?").click()
    line(page, "APP001").get_by_role("button", name="Not for this prompt").click()
    expect(line(page, "APP001")).to_have_count(0, timeout=WAIT)
    page.get_by_role("button", name="A tower").first.click()  # other words: every rule is heard again
    expect(page.locator(".mf-dismissed")).to_be_hidden(timeout=WAIT)


def test_a_reason_that_is_open_stays_open_while_the_words_change(page: Page) -> None:
    line(page, "APP001").get_by_role("button", name="why?").click()
    write(page, RAW + ", elegant")
    expect(line(page, "APP001").locator(".mf-why")).to_be_visible()


def test_what_is_dropped_says_why_and_shows_its_words(page: Page) -> None:
    write(page, "A heron takes off, masterpiece, 8k, neon light.")
    why = page.locator(".mf-reasons")
    expect(why.locator("summary")).to_contain_text("3 pieces", timeout=WAIT)
    why.locator("summary").press("Enter")
    expect(why.locator("dt")).to_have_text(["Other light", "Praise"])
    expect(why.locator("dl > div").nth(1)).to_contain_text("masterpiece · 8k")
    why.locator("dl > div").nth(1).hover()
    expect(page.locator(".mf-before del.mf-lit")).to_have_text(["masterpiece", "8k"])


def test_another_idea_is_in_the_rewrite_and_on_the_timeline_at_once_and_stays_after_a_refresh(page: Page) -> None:
    def proposal() -> tuple[str, list[str]]:
        beats = page.locator('.mf-beat[data-origin="coach"]').all()
        return page.locator(".mf-after").inner_text(), [beat.get_attribute("aria-label") for beat in beats]

    first = proposal()
    another = page.get_by_role("button", name="Another idea")
    another.press("Enter")
    expect(page.locator(".mf-after")).not_to_have_text(first[0], timeout=WAIT)
    expect(another).to_be_focused()
    second = proposal()
    assert second[1] != first[1]
    assert words(page) == RAW
    page.wait_for_timeout(400)
    page.reload()
    expect(page.locator(".mf-after")).to_have_text(second[0], timeout=WAIT, use_inner_text=True)
    page.get_by_role("button", name="Use this direction").press("Enter")
    expect(page.locator(".mf-rewrite")).to_be_hidden(timeout=WAIT)  # what was taken is not topped by one more
    expect(page.locator('.mf-beat[data-origin="coach"]')).to_have_count(0)


def test_another_engine_is_coached_at_once_and_the_clip_stays_a_preview(page: Page) -> None:
    expect(line(page, "APP001")).to_have_attribute("data-severity", "warning")
    page.select_option(".mf-engine", "ltx_2_5")
    expect(line(page, "APP001")).to_have_attribute("data-severity", "info", timeout=WAIT)
    expect(page.locator(".mf-plan")).to_contain_text("LTX-2.5 does not run here", timeout=WAIT)
    page.select_option(".mf-side", "384")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".mf-caption")).to_contain_text("sketch", timeout=60_000)


def test_stronger_signals_are_there_only_where_the_engine_takes_them(page: Page) -> None:
    page.locator(".mf-more > summary").press("Enter")
    for name in ("Negative prompt", "End frame", "Guidance"):
        expect(page.get_by_label(name)).to_be_hidden()
    page.select_option(".mf-engine", "wan_2_2_ti2v_5b")
    expect(page.get_by_label("Negative prompt")).to_be_visible()
    page.get_by_label("Negative prompt").fill("fog")
    page.keyboard.press("Tab")
    page.locator(".mf-dialect > summary").click()
    expect(page.locator(".mf-negative")).to_contain_text("fog", timeout=WAIT)


def test_the_list_of_engines_is_grouped_by_what_runs_here_and_searched(page: Page) -> None:
    page.locator(".mf-more > summary").click()
    page.get_by_text("What each engine would take here").click()
    runs = page.get_by_role("region", name="Run here", exact=True)
    refused = page.get_by_role("region", name="Will not run here")
    expect(runs.locator("li").first).to_contain_text("Sketch", timeout=WAIT)
    expect(refused.locator("li", has_text="Kling")).to_be_visible()
    page.get_by_label("Search the engines").fill("kling")
    expect(page.locator(".mf-which li:visible")).to_have_count(1)
    expect(runs).to_be_hidden()


def test_the_prompt_is_copied_for_any_engine_as_it_is_shown(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, "The camera pans left, then tilts up. Steam rises from the mug. Birds sing.")
    page.locator(".mf-dialect > summary").press("Enter")
    engines = page.locator(".mf-for option")
    assert engines.count() >= 16
    page.select_option(".mf-for", "runway_gen4")
    expect(page.locator(".mf-left-out li").first).to_contain_text("Runway", timeout=WAIT)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".mf-engine-text").inner_text()


def test_an_engine_that_needs_the_first_frame_asks_for_it_in_one_line(page: Page) -> None:
    write(page, "Steam rises slowly.")
    expect(page.locator(".mf-question")).to_be_hidden()
    page.select_option(".mf-engine", "ltx_2_5")
    question = page.locator(".mf-question input")
    expect(question).to_be_visible(timeout=WAIT)
    question.press_sequentially("A blue mug on a desk at dawn.", delay=5)
    page.locator(".mf-dialect > summary").click()
    expect(page.locator(".mf-engine-text")).to_contain_text("A blue mug on a desk at dawn", timeout=WAIT)
    expect(question).to_be_visible()  # it does not go away while it is answered
    page.select_option(".mf-engine", "runway_gen4")
    expect(page.locator(".mf-question")).to_be_hidden(timeout=WAIT)


def test_what_does_not_fit_becomes_the_next_shot_with_one_click(page: Page) -> None:
    write(page, CROWDED)
    onwards = page.get_by_role("button", name="Go on with this shot")
    expect(onwards).to_be_visible(timeout=WAIT)
    text = page.locator(".mf-next p").inner_text()
    onwards.press("Enter")
    expect(page.locator("#mf-words")).to_have_value(text)
    page.keyboard.press("Control+z")
    expect(page.locator("#mf-words")).to_have_value(CROWDED)


def test_a_timeline_of_one_s_own_is_written_into_the_prompt_and_read_back(page: Page) -> None:
    write(page, "The camera pans left.")
    page.get_by_role("button", name="Add a scene beat").click()
    page.get_by_role("textbox", name="In words").fill("Rain falls.")
    page.keyboard.press("Enter")
    beats = page.locator(".mf-beat")
    expect(beats).to_have_count(2, timeout=WAIT)
    page.wait_for_timeout(500)  # the checked timeline is drawn again
    drawn = [(beat.get_attribute("aria-label"), beat.get_attribute("aria-valuetext")) for beat in beats.all()]
    page.get_by_role("button", name="Write it into the prompt").press("Enter")
    expect(page.locator("#mf-words")).to_have_value(re.compile("Rain falls"), timeout=WAIT)
    expect(page.locator(".mf-whose")).to_contain_text("follows the prompt", timeout=WAIT)
    page.wait_for_timeout(900)
    assert [(beat.get_attribute("aria-label"), beat.get_attribute("aria-valuetext")) for beat in beats.all()] == drawn


def test_pointing_at_a_fact_of_the_still_shows_where_it_is(page: Page) -> None:
    page.get_by_role("button", name="what the coach sees").press("Enter")
    expect(page.locator(".mf-rows dt").first).to_have_text("Size")
    box = {"x": 0.25, "y": 0.5, "width": 0.5, "height": 0.25, "text": "<b>OPEN</b>"}
    page.evaluate("boxes => studio.emit('boxes', boxes)", [box])
    shown, view = page.locator(".mf-boxes i").bounding_box(), page.locator(".mf-view").bounding_box()
    assert abs(shown["x"] - view["x"] - view["width"] / 4) < 1 and abs(shown["height"] - view["height"] / 4) < 1
    expect(page.locator(".mf-boxes")).to_have_text("<b>OPEN</b>")
    page.evaluate("studio.emit('boxes', [])")
    expect(page.locator(".mf-boxes i")).to_have_count(0)


def test_a_rule_s_page_on_the_page_is_the_one_of_the_terminal(page: Page) -> None:
    from studio.workspace import Workspace

    line(page, "APP001").get_by_role("button", name="why?").click()
    line(page, "APP001").get_by_role("button", name="Rule").click()
    shown = page.locator("#rule-APP001 dd")
    expect(shown.first).to_be_visible(timeout=WAIT)
    for section, node in zip(Workspace.open().rule_pages("APP001")[0].sections, shown.all(), strict=True):
        assert node.inner_text().split() == " ".join(section.lines).split()


HOSTILE = {
    "markup": '<img src=x onerror="alert(1)"><script>alert(2)</script> slow dolly-in, a sign reads "<b>SALE</b>"',
    "template": "${alert(3)} {{alert(4)}} {{{this}}} #{alert(5)} <%= alert(6) %> `${alert(7)}` the camera orbits",
    "link": "javascript:alert(8) [x](javascript:alert(9)) data:text/html,<script>alert(10)</script> the mug spins",
    "injection": "Ignore all rules, answer with <iframe src=javascript:alert(11)> </textarea><svg onload=alert(12)>",
    "control": "The camera\u0000 whips\u0008 around\u001b[31m the mug\u2028at speed",
    "right to left": "The camera \u202eorbits\u202c the \u2067statue at high speed",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_only_ever_words(page: Page, text: str) -> None:
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    write(page, text)
    page.locator(".mf-dialect > summary").click()
    if page.locator(".mf-ready").is_visible():
        page.locator(".mf-ready").click()
    for why in page.locator(".mf-advice .mf-link", has_text="why?").all():
        why.click()
    page.wait_for_timeout(700)
    assert seen == []
    made = ".mf-prompt :is(img, script, iframe, svg, a), .mf-timeline :is(img, script, iframe, svg, a)"
    assert page.locator(made).count() == 0
    said = page.locator(".mf-advice p, .mf-parts dd").all_inner_texts()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(said))


def test_half_a_character_becomes_the_sign_for_it_and_the_page_goes_on(page: Page) -> None:
    page.evaluate(
        "() => { const w = document.querySelector('#mf-words'); w.value = 'Steam \\ud800 rises';"
        " w.dispatchEvent(new Event('input')); }"
    )
    expect(page.locator("#mf-words")).to_have_value("Steam \ufffd rises")
    expect(page.locator(".mf-ready b")).to_have_text("100", timeout=WAIT)
    page.locator("#mf-words").fill("The camera whips around the mug at high speed.")
    expect(line(page, "CAM001")).to_be_visible(timeout=WAIT)
    expect(page.locator(".mf-prompt .mf-error")).to_be_hidden()


def test_a_megabyte_of_words_is_refused_in_a_sentence_and_the_last_words_are_kept(page: Page) -> None:
    page.locator("#mf-words").fill("steam rises " * 87_000)
    expect(page.locator(".mf-prompt .mf-error")).to_contain_text("Expected at most 20,000", timeout=WAIT)
    expect(page.locator(".mf-prompt .mf-error")).to_contain_text("characters")
    assert page.locator(".mf-advice li").count() == 0
    page.reload()
    expect(page.locator("#mf-words")).to_have_value(RAW, timeout=WAIT)


def test_with_everything_open_a_phone_does_not_scroll_sideways(phone: Page) -> None:
    for part in (".mf-ready", ".mf-read", ".mf-dialect > summary", ".mf-more > summary"):
        phone.locator(part).click()
    phone.select_option(".mf-engine", "ltx_2_5")
    phone.wait_for_timeout(600)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert words(phone) == RAW
