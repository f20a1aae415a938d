"""Every sentence of a rewrite says what its author said: each deed is done by whom the words give it to, each phrase is
whole, and what cannot be told surely stands as it was written."""

from __future__ import annotations

import pytest

from tests.coaching import review


def told(prompt: str) -> str:
    return review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "never"),
    [
        ("A potter in a linen apron with clay-covered arms, seated by a kiln, humming", "The kiln hums"),
        (
            "The library is a quiet hall with a reading crowd and lantern sways. Rain falls on the roof.",
            "The hall sways",
        ),
        ("Midnight Rooftop Dancing. Two skaters gliding across the ice.", "The rooftop dances"),
        ("Slow-moving investigation through the corridors of a sunken ship", "The investigation moves"),
    ],
)
def test_a_deed_is_not_given_to_what_does_not_do_it(prompt: str, never: str) -> None:
    assert never not in told(prompt)


def test_clothes_do_nothing_of_what_their_wearer_does() -> None:
    text = told("Create an elderly man in a wool hat and swim trunks practicing chess on a pier, watching the tide.")
    assert "trunks practice" not in text


def test_what_an_abstraction_is_of_does_it() -> None:
    text = told("Graceful progression of the ferry leaving the harbour")
    assert "progression of the ferry leaves" not in text
    assert "ferry leaves the harbour" in text


def test_no_half_of_a_compound_is_left() -> None:
    text = told("A three-dimensional clay male puppet who plays chess. He moves a pawn.")
    assert "A three male" not in text
    assert "plays chess" in text


def test_a_sentence_does_not_lose_who_does_it() -> None:
    text = told("Tired, they look for shelter from the rain, but know nobody will open. A dog barks.")
    assert "Know nobody" not in text


def test_and_does_not_join_a_verb_to_what_has_none() -> None:
    text = told("frightened sailors huddled along the deck, shivering and in tears")
    assert "shiver and in tears" not in text
    assert "shivering and in tears" in text


def test_a_request_is_not_given_an_article() -> None:
    text = told("Witness the birth and growth of a coral reef through a series of quiet pictures")
    assert not text.startswith("The witness")


def test_pieces_that_wide_spaces_part_are_sentences_of_their_own() -> None:
    text = told("A widow in a dusty attic  Shelves stacked with old dolls  Seven mice gnawing at her slippers")
    assert "Seven mice gnaw at her slippers." in text
    assert "dolls Seven" not in text


def test_a_name_behind_a_wide_space_opens_no_sentence() -> None:
    text = told("The dog of the  Baker family runs along the beach")
    assert "runs along the beach" in text
    assert "the. Baker" not in text


def test_what_follows_a_camera_move_hangs_behind_it_as_its_author_said() -> None:
    text = told(
        "A heron lifts off. The camera follows the ridge, brushing past wet ferns and scattering moths in the dusk."
    )
    assert "ridge brushes" not in text


def test_a_living_doer_far_from_the_verb_keeps_the_deed() -> None:
    text = told("An ink drawing of an old mountain guide, roping his party up a glacier. Snow drifts across the slope.")
    assert "up a glacier" in text
    assert "guide" in text


def test_hands_that_belong_to_somebody_keep_their_deed() -> None:
    text = told("Close-ups of a tailor's hands, carefully threading a needle")
    assert "tailor's hands" in text
    assert "a needle" in text


def test_a_quotation_mark_without_its_other_half_is_left_out() -> None:
    text = told('"Generate a video of the sea. A gull lands on a post and folds its wings.')
    assert text.count('"') == 0


def test_what_somebody_wears_is_not_told_for_what_they_do() -> None:
    text = told("a diver wearing a brass helmet searching in a wreck full of barrels")
    assert "wears" not in text
    assert "searches in a wreck" in text or "searching in a wreck" in text


def test_of_two_bare_verbs_not_one_alone_is_told_as_of_one() -> None:
    text = told(
        "Harborline is a firm that restore and hand paint wooden boats. These boats are from the years 1950-1960."
    )
    assert "restores and hand paint" not in text


def test_a_ground_does_not_dance_where_somebody_could() -> None:
    text = told("Let the paper man in the foreground jump while lanterns sway behind him")
    assert text == "The paper man in the foreground jumps while lanterns sway behind him."


def test_a_preposition_does_not_lose_what_it_leads_to() -> None:
    text = told("He leans to the left in a wide slow bow, then looks up again.")
    assert "left in." not in text
    assert "leans to the left" in text


def test_one_of_a_plural_form_races_as_its_author_said() -> None:
    assert "A women dash" not in told("a women in a red coat dashes along the quay. rain. film noir.")


def test_an_adjective_does_not_stand_where_its_noun_was() -> None:
    text = told(
        "A tailor threads a needle by a window. She looks up at the door with calm, curious eyes, a faint smile."
    )
    assert "with calm." not in text


@pytest.mark.parametrize(
    ("prompt", "whole"),
    [
        ("The man strides on with fast, dogged steps.", "with fast, dogged steps"),
        ("Lanterns blur into long, wavy ribbon trails from the quick turn.", "into long, wavy ribbon trails"),
        ("A courier moves at a rapid, anxious pace through the lanes, splashing. A cyberpunk mood.", "anxious pace"),
    ],
)
def test_of_two_qualities_of_a_noun_not_one_alone_is_told(prompt: str, whole: str) -> None:
    assert whole in told(prompt)
