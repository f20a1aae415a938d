"""What may move is kept: verbs that were read as nouns, events, weather, how time goes, whoever does it with it."""

from __future__ import annotations

import pytest

from studio.coach.cues.parse import parse
from studio.coach.telling.meaning.stirring import Stirring
from tests.coaching import COACH, review

STILL = {"looks", "only named", "place", "holds still", "light", "style", "praise"}


def stirring(prompt: str) -> set[str]:
    """The words of a prompt that may move."""
    read = parse(prompt, COACH.vocabulary)
    return {read.reading.words[index].lower for index in Stirring(read).found}


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("a squire in dented mail battles against two trolls", "battles"),
        ("dew beads on the cold bottle", "beads"),
        ("a violet lantern, slight nod", "nod"),
        ("the pond with wind and drizzle", "wind"),
        ("a limping hare", "limping"),
        ("their shadows splintering over the cobbles", "splintering"),
        ("time-lapse of a harbour", "lapse"),
        ("a plate of soup, ladle suspended in the air", "suspended"),
    ],
)
def test_what_may_move_is_found_however_it_was_read(prompt: str, word: str) -> None:
    assert word in stirring(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "a rain coat on a hook",
        "a boat parked beside a shed",
        "a charming cottage surrounded by roses",
        "soft lighting, oil painting",
        "a woman wearing a flowing gown",
        "a frozen waterfall",
    ],
)
def test_looks_states_and_crafts_do_not_move(prompt: str) -> None:
    assert stirring(prompt) == set()


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        # a deed whose verb was read as a noun
        (
            "In a drowned valley, a squire dressed in dented mail battles against two trolls. His horn glows.",
            "battles against two trolls",
        ),
        ("Frost creeps over the pane. Dew beads on the cold bottle. The tap drips.", "Dew beads on the cold bottle."),
        # an event in a list stays in its sentence
        (
            "The judge reads slowly to the room, keeps his hands folded, brief nod, kindly face.",
            "keeps his hands folded, brief nod",
        ),
        # what somebody is doing, before who is told
        ("A limping hare is pulling a cart up the lane.", "limping hare"),
        # light that changes
        ("Thunder rolls over the quarry, sudden flashes light the cranes, cinematic", "flashes light the cranes"),
        # a freeze, and what hangs in it
        (
            "The camera pans around a diver frozen mid-leap above a quay, spray suspended in the air, masterpiece",
            "frozen mid-leap above a quay, spray suspended in the air",
        ),
        # the weather beside a move
        ("gentle zoom with wind and hail", "wind and hail"),
        # a participle that hangs on what is told
        ("The kiln cools, its lid slides off, and rattling tongs", "rattling tongs"),
    ],
)
def test_a_stretch_that_may_move_comes_back_in_its_place(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "a tight shot of a grizzled old sailor glancing back over his collar, in a crowded harbour, bokeh",
            "sailor glances back over his collar",
        ),
        (
            "Nora, worried, tightly holding the brass key, with a look of doubt, manga",
            "tightly holds the brass key",
        ),
        ("the 3 lanterns appear in the fog with sand pouring from them", "lanterns appear in the fog"),
    ],
)
def test_who_does_it_is_told_with_it_as_a_sentence(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_a_time_lapse_of_what_grows_needs_no_proposal() -> None:
    told = review("crisply detailed Timelapse macro of ash covered blooming violet orchid at dusk").rewrite
    assert "Timelapse" in told.text
    assert "blooming" in told.text
    assert not told.added


@pytest.mark.parametrize(
    "prompt",
    [
        "Portrait of a grey clockmaker, occasional blink, candlelight, oil painting, 8k",
        "A neon bar, flickering neon, rain, a poster that reads OPEN, moody",
        "A ruined abbey, gusts of wind, shivering reeds, ultra detailed, masterpiece",
        "A crab on a rock in bright light, waves battering the pier, foam bursts, hyperreal",
    ],
)
def test_no_stretch_that_may_move_is_left_to_the_still(prompt: str) -> None:
    told = review(prompt).rewrite
    moving = stirring(prompt)
    for one in told.removed:
        if moving & set(one.text.lower().split()):
            assert one.reason not in STILL, one


def test_what_was_put_back_does_not_break_a_rule_of_the_coach() -> None:
    told = review("A brass owl, flickering neon light, blinking, drizzle, neon glow everywhere, 8k, masterpiece")
    again = review(told.rewrite.text)
    assert {finding.rule for finding in again.findings} <= {"no-motion"}


def test_a_request_and_what_the_picture_does_are_no_deeds() -> None:
    assert stirring("The scene opens in a cabin") == set()
    assert stirring("Show the hall and follow the guests") == set()


def test_lids_that_softly_close_move() -> None:
    told = review("A grandmother in an armchair, soft smile, lids softly close and open. Warm lamp, 8k")
    assert "no-motion" not in {finding.rule for finding in told.findings}
    assert "Lids softly close and open." in told.rewrite.text


def test_a_style_behind_a_way_does_not_take_the_way_along() -> None:
    assert (
        "through coral reef garden." in review("a kite gliding fast through coral reef garden vaporwave").rewrite.text
    )


def test_the_coach_proposes_nothing_for_somebody_who_acts() -> None:
    told = review("Rosa, weary, tightly holding the brass bell, oil painting, ultra detailed").rewrite
    assert "tightly holds the brass bell" in told.text
    assert "breathes" not in told.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("a marble clerk getting dragged by crows along the quay", "gets dragged by crows along the quay"),
        (
            "An old man, brown coat under the awning of a tiny bakery looking at his watch, 35mm",
            "old man, brown coat under the awning of a tiny bakery looking at his watch",
        ),
    ],
)
def test_what_is_done_to_somebody_and_what_they_attend_to_stays(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_a_light_that_has_to_go_may_change_all_the_same() -> None:
    text = review(
        "A tram drifts past a wharf. Sources of light: flickering neon, a far lamp, warm glow of a stove."
    ).rewrite.text
    assert "The light flickers." in text
    assert "neon" not in text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("The drone slowly rises to reveal a dry valley, floating boulders behind it", "floating boulders behind it"),
        ("A lantern swings, jagged glitch effects, data distortion, film grain", "glitch effects"),
        ("A monk in a cell of glowing panels, his brow tight as he analyzes old charts. Oil.", "analyzes old charts"),
    ],
)
def test_what_floats_glitches_or_is_worked_on_is_no_look(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_what_letters_do_goes_for_the_sake_of_the_letters() -> None:
    told = review("Thin letters spelling “BAKERY” flicker on as a sign above a porch while a dog runs past.").rewrite
    assert {one.reason for one in told.removed if "flicker" in one.text} == {"lettering"}


@pytest.mark.parametrize(
    ("prompt", "kept"),
    [
        ("A red cart rolls down the quay. The crate remains rigid and dry.", "The crate remains rigid and dry."),
        ("She turns her head. The lamplight remains perfectly even.", "remains perfectly even"),
    ],
)
def test_what_shall_not_change_is_kept_beside_a_motion(prompt: str, kept: str) -> None:
    assert kept in review(prompt).rewrite.text


def test_what_stays_as_it_is_takes_no_place_from_a_proposal() -> None:
    assert review("A quiet harbour town remains asleep under snow, masterpiece.").rewrite.added


def test_two_stretches_that_come_back_keep_the_link_between_them() -> None:
    text = review("The camera orbits around her frozen in mid-leap as petals hang suspended in the air.").rewrite.text
    assert "frozen in mid-leap as petals hang" in text
