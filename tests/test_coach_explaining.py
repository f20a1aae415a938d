"""Whatever a rewrite leaves out says why, and says it of the right words."""

from __future__ import annotations

import pytest

from studio.coach.review import Review
from studio.coach.telling.reasons import REASONS, by_reason
from studio.coach.telling.rewrite import Rewrite
from tests.coaching import review

BUSY = "A potter shapes a bowl, wipes her hands, opens the door, greets a friend and lights a candle."


def reasons(prompt: str) -> dict[str, str]:
    return {one.text: one.reason for one in review(prompt).rewrite.removed}


@pytest.mark.parametrize(
    ("prompt", "words", "reason"),
    [
        ("A woman with long red hair stirs the soup, 8k.", "long red hair", "looks"),
        ("A fox trots past, hilly landscape in the background, 8k.", "hilly landscape in the background", "place"),
        ("A kite rises over the dunes, golden hour.", "golden hour", "light"),
        ("A cook slices an onion, watercolor style.", "watercolor style", "style"),
        ("Close-up of a beaver that gnaws a branch, 8k.", "Close-up", "framing"),
        ("A heron takes off, masterpiece.", "masterpiece", "praise"),
        ("A heron takes off --ar 16:9", "ar 16:9", "settings"),
        ("A waiter carries a tray, neon lights.", "neon lights", "other light"),
        ('A sign that says "FERRY" stands on the pier. A gull lands on a post.', "FERRY", "lettering"),
        ("A tailor cuts the cloth, no people, 8k.", "no people", "ruled out"),
        ("A tailor cuts the cloth, smooth camera movement, 8k.", "smooth camera movement", "names no motion"),
        ("A goat climbs the rocks. Cut to a farmer in a barn.", "Cut to a farmer in a barn", "another shot"),
        ("A goat climbs the rocks. The atmosphere is mysterious.", "atmosphere is mysterious", "said of the clip"),
        ("The camera whips quickly around the statue.", "quickly", "too fast"),
    ],
)
def test_words_that_are_left_out_say_why(prompt: str, words: str, reason: str) -> None:
    assert reasons(prompt).get(words) == reason, reasons(prompt)


def test_a_deed_that_is_offered_as_the_next_shot_says_so_and_for_how_many_seconds() -> None:
    told = review(BUSY)
    later = [one for one in told.rewrite.removed if one.reason == "next shot"]
    assert later and "candle" in later[-1].text and "candle" in told.next_shot
    assert all("5 s" in one.why for one in later)


def test_one_stretch_with_two_reasons_is_parted_between_them() -> None:
    parted = {"Smooth camera movement": "names no motion", "neon light": "other light"}
    assert reasons("A tram turns the corner. Smooth camera movement with neon light.") == parted


def test_what_asks_the_machine_for_a_clip_is_told_apart_from_the_clip() -> None:
    assert reasons("Make a video of a squirrel that digs, 8k.")["Make a video"] == "said to the machine"


def test_every_stretch_has_a_reason_of_the_table_and_its_sentence() -> None:
    removed = review(f"Stunning 8k video. {BUSY} Neon signs, anime style, no text --ar 9:16").rewrite.removed
    assert len(removed) > 5
    assert all(one.reason in REASONS and one.why.endswith(".") and "{" not in one.why for one in removed)


def test_a_stretch_without_another_reason_is_said_not_to_be_understood() -> None:
    assert "Say who does what" in REASONS["not understood"].why


def test_groups_hold_every_omission_once_what_matters_most_first() -> None:
    removed = review(f"{BUSY} Masterpiece, 8k.").rewrite.removed
    groups = by_reason(removed)
    assert sorted(one.start for group in groups for one in group) == [one.start for one in removed]
    assert [group[0].reason for group in groups] == ["next shot", "praise"]


def test_a_record_from_before_there_were_reasons_still_loads() -> None:
    old = {"text": "A dog runs.", "removed": [{"start": 2, "end": 5, "text": "big"}]}
    (omission,) = Rewrite.from_dict(old).removed
    assert (omission.text, omission.reason, omission.why) == ("big", "", "")


def test_reasons_go_through_json() -> None:
    told = review(BUSY)
    assert Review.from_json(told.to_json()) == told
    assert told.to_dict()["rewrite"]["removed"][0]["reason"] == told.rewrite.removed[0].reason


def test_a_pronoun_that_hangs_on_what_goes_is_shown_to_go_with_it() -> None:
    assert "fine logo printed on it" in reasons("A banner flutters, a fine logo printed on it.")
