"""What is said of cuts: an item of a list, a fade at the end, "no cuts", how long the clip is."""

from __future__ import annotations

import pytest

from tests.coaching import review


def found(prompt: str) -> set[str]:
    return {finding.rule for finding in review(prompt).findings}


def reasons(prompt: str) -> dict[str, str]:
    return {one.text: one.reason for one in review(prompt).rewrite.removed}


@pytest.mark.parametrize(
    "prompt",
    [
        "Slow pan left, starting on a candle and ending on the window.",
        "The camera starts on a red door and ends on the well. A goat bleats.",
        "A 10 second clip of a fox running in snow.",
        "A ten-second video of a mare jumping a fence.",
        "@Image1 walks through the market of @Image3 with the coat of @Image2. A gull lands.",
    ],
)
def test_what_goes_on_in_one_shot_is_no_second_one(prompt: str) -> None:
    assert "multiple-shots" not in found(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "Start with a quiet barn, show the band in its loft, and follow them to the cellar.",
        "Begin with a lake at dawn. A swan glides past. Conclude with a fire on the shore.",
    ],
)
def test_a_text_that_leads_from_scene_to_scene_has_several_shots(prompt: str) -> None:
    assert "multiple-shots" in found(prompt)


def test_an_item_that_names_cuts_does_not_swallow_what_follows() -> None:
    prompt = "A boy paints a wall. Smooth transitions, jump cuts, vivid colors. The paint drips."
    assert review(prompt).rewrite.text == "The boy paints a wall. The paint drips."
    assert reasons(prompt)["jump cuts"] == "editing"
    assert "another shot" not in reasons(prompt).values()


def test_what_stands_behind_a_cut_is_not_told() -> None:
    prompt = "A woman opens a crate, cut to her face, then cut to the yard where rain falls."
    assert review(prompt).rewrite.text == "A woman opens a crate."


def test_a_fade_at_the_end_is_made_when_takes_are_joined() -> None:
    prompt = "The singer lowers the microphone and bows. Scene fades to black."
    assert review(prompt).rewrite.text == "The singer lowers the microphone and bows."
    assert reasons(prompt) == {"Scene fades to black": "editing"}


def test_one_take_and_no_cuts_are_what_the_rewrite_is() -> None:
    prompt = "Single continuous shot of a dancer spinning, no cuts, no scene changes, 8k."
    assert review(prompt).rewrite.text == "The dancer spins."
    told = reasons(prompt)
    assert {told["Single continuous shot"], told["no cuts"], told["no scene changes"]} == {"one shot"}


def test_where_a_move_opens_and_arrives_stays_with_it() -> None:
    prompt = "Camera pans right across a roof, starting on a chimney and ending at the bay, 8k, masterpiece."
    assert review(prompt).rewrite.text == (
        "The camera pans right across a roof, starting on a chimney and ending at the bay."
    )


def test_how_long_a_clip_is_asked_to_be_is_a_request() -> None:
    assert reasons("8k 6-second clip of a mole that digs.")["6-second clip"] == "said to the machine"


def test_montage_as_a_style_among_others_does_not_end_the_shot() -> None:
    told = review("old town, masons at work, montage footage, slow zoom in, ultra detailed").rewrite
    assert "zooms in" in told.text
    assert all(one.reason != "another shot" for one in told.removed if "detailed" in one.text)
