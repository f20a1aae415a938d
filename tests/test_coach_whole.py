"""Every sentence of a rewrite is whole: it says who does it, ends, agrees, and its words are those of the author."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("a short hair woman drinking tea with a grin", "The woman drinks tea with a grin."),
        ("red jacket boy kicking the ball near the fence", "The boy kicks the ball near the fence."),
        ("long beard man cutting bread", "The man cuts bread."),
    ],
)
def test_hair_and_clothes_before_somebody_go_with_what_describes_them(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("sitting on a bench, looking at the left while singing", "The subject sits on a bench,"),
        ("slowly turning around |", "The subject slowly turns around."),
        ("standing still, staring to the window while humming |", "The subject stands still,"),
    ],
)
def test_a_sentence_that_names_nobody_is_told_of_the_subject(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text.startswith(said)


def test_a_participle_whose_doer_stands_behind_it_is_left_alone() -> None:
    assert review("Rising from the sea, a dragon roars.").rewrite.text == "Rising from the sea, a dragon roars."


def test_whoever_arrives_but_unable_to_do_more_is_unable() -> None:
    text = review(
        "the lion walking to the river, the monkey watching from the tree but afraid to come down"
    ).rewrite.text
    assert "The monkey watches from the tree but is afraid to come down." in text


def test_a_row_of_participles_is_told_in_one_form() -> None:
    text = review("the old dog lying on the rug and slowly lifting its head").rewrite.text
    assert text == "The old dog lies on the rug and slowly lifts its head."


def test_a_wood_that_somebody_is_in_does_not_jump() -> None:
    text = review(
        "Cute 3D style, the grey hare running to a den (hole) under a rock in the same wood and quickly slipping "
        "inside, bright daylight, green moss, cute cartoon style, same colours."
    ).rewrite.text
    assert "wood slips" not in text and "wood quickly" not in text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("A diver swimming through a reef, seen from above the water", "seen from above the water."),
        (
            "A paper lantern rising into the night sky, viewed from beneath the bridge",
            "viewed from beneath the bridge.",
        ),
    ],
)
def test_from_where_it_is_seen_is_said_to_the_end(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text.endswith(said)


def test_a_sentence_behind_an_hour_has_its_capital() -> None:
    text = review("The clock in the hall strikes 5 AM, a man quickly wakes up and jumps out of bed").rewrite.text
    assert text == "The clock in the hall strikes 5 AM. A man quickly wakes up and jumps out of bed."


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("A glass jar, when the liquid stops boiling the jar cracks into pieces", "stops boiling, the jar cracks"),
        ("when the music stops playing the dancer freezes, holding her pose", "stops playing, the dancer freezes"),
    ],
)
def test_a_main_clause_behind_a_when_begins_with_its_own_subject(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_a_line_between_speech_tags_is_quoted() -> None:
    text = review(
        "An old man sits at the table. He says, <S>I have waited for you<E>. He pours a glass of wine."
    ).rewrite.text
    assert 'He says, "I have waited for you."' in text and "<" not in text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("I want the dog run, catch the ball and come back", "The dog runs and catches the ball."),
        ("I want the queen smile, look at the hall and laugh", "The queen smiles, looks at the hall and laughs."),
        ("I would like the old man stand up and walk to the window", "The old man stands up and walks to the window."),
    ],
)
def test_what_is_wanted_of_somebody_is_done_by_him_and_not_by_me(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("policewoman in third person riding a motorbike with a tower in the background", "The policewoman"),
        ("a cellist from the island offering the bow", "The cellist"),
    ],
)
def test_neither_a_person_of_grammar_nor_where_somebody_comes_from_acts(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text.startswith(said)


def test_what_a_picture_shows_is_told_with_all_its_deeds() -> None:
    text = review(
        "make a short video with this picture of a girl feeding a horse and then the horse licking her hand"
    ).rewrite.text
    assert text == "The girl feeds a horse and then the horse licks her hand."


def test_what_is_taken_is_what_is_handled_next() -> None:
    text = review(
        "A young mother with a neat outfit is standing in a clean, open kitchen. She picks up a cup, rinses it under "
        "the tap, and places it on the shelf."
    ).rewrite.text
    assert "rinses it" in text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("The lamp is a bit shaky, and the curtain is a bit shaky too", "The lamp shakes slightly"),
        ("The light in the corridor is flickering, the chair is a little wobbly", "The chair wobbles slightly."),
    ],
)
def test_what_is_shaky_shakes(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_a_clearing_is_a_place_and_a_sky_clears() -> None:
    assert "clears" not in review("Wide desert clearing with an old well; a camel drinks from the bucket.").rewrite.text
    assert review("The sky clearing at dusk").rewrite.text == "The sky clears at dusk."


def test_a_tidy_home_is_not_tidied() -> None:
    assert "tidies" not in review("A man is waiting in a modest, tidy home. He points to a cup.").rewrite.text


@pytest.mark.parametrize(
    "prompt",
    [
        "The cup spins slowly on the table. Everything else frozen. No camera movement. zoom, shake, blur",
        "Static shot. A candle burns on the desk. Avoid: zoom, pan, flicker",
        "Only the flag moves in the wind. no camera motion, camera shake, zoom",
    ],
)
def test_faults_listed_behind_what_must_not_be_are_no_moves(prompt: str) -> None:
    found = review(prompt)
    assert [move.move for move in found.camera] == ["static"]
    assert "zooms" not in found.rewrite.text and "The camera holds still." in found.rewrite.text


def test_a_move_behind_no_camera_movement_that_is_asked_for_stays() -> None:
    found = review("A mug. No camera movement, zoom in slowly on the cup.")
    assert "zoom" in {move.move.split("_")[0] for move in found.camera}


def test_everything_else_stays_as_it_is() -> None:
    text = review(
        "The cup spins slowly on the table. Everything else frozen. No camera movement. zoom, shake"
    ).rewrite.text
    assert "Everything else stays frozen." in text


def test_panels_are_sentences_and_whoever_comes_again_is_the_one_before() -> None:
    text = review("A goat eats hay. | A goat shakes its horns. | A goat eats hay.").rewrite.text
    assert "|" not in text and text.count("A goat") == 1


def test_a_row_of_tags_is_no_storyboard() -> None:
    assert review("a red barn | misty field | a crow flies past").rewrite.text == "The crow flies past."


def test_somebody_danced_with_and_the_gate_of_a_palace_have_their_articles() -> None:
    assert "with the little boy" in review("there are tiger was running with little boy").rewrite.text
    text = review("King opening a gate of palace and releasing the horse, horse running away from palace").rewrite.text
    assert "a gate of the palace" in text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("slow blinking eyes, slight head turn, soft breathing", "The eyes slowly blink."),
        ("Subtle portrait motion: slow eye blink, hair strands moving in the breeze", "The eyes slowly blink."),
        (
            "Animate the mascot softly: slow blinking, small nod, gentle breathing",
            "The mascot slowly blinks, slightly nod",
        ),
    ],
)
def test_small_motions_that_are_named_are_told(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_no_eye_breathes() -> None:
    text = review("slow blinking eyes, slight head turn, soft breathing").rewrite.text
    assert "The subject softly breathes." in text


def test_flickering_light_is_light() -> None:
    assert "lightly" not in review("A barn burning. Light flickering, film grain, 8k").rewrite.text.lower()


def test_what_grows_and_covers_a_thing_covers_it() -> None:
    text = review(
        "video of a crown on a stone. many vines growing and covering the crown from bottom to top. zoom in, slow"
    ).rewrite.text
    assert "Many vines grow and cover the crown from bottom to top." in text


def test_a_steaming_bowl_steams_beside_a_move() -> None:
    text = review("rainy evening, wet street, a steaming bowl of soup on the counter, zoom in").rewrite.text
    assert text == "The camera zooms in. The bowl of soup steams."


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("a handsome waiter SERVING WINE WHILE SMILING TO GUESTS", "The waiter serves wine while smiling to guests."),
        ("OLD MAN WAVING GOODBYE FROM THE TRAIN WINDOW", "The man waves goodbye from the train window."),
    ],
)
def test_a_clause_in_capitals_is_told(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("batman gliding over city and drop his cape on the roof", "Batman glides over the city and drops his cape"),
        ("Iron man hovering over a dam and drop three crates", "Iron man hovers over a dam and drops three"),
    ],
)
def test_a_hero_has_no_article_and_goes_on_in_one_form(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text.startswith(said)


def test_a_command_to_the_camera_hangs_on_no_lantern() -> None:
    text = review("heavy snowfall, a lantern swinging on a hook in front of the inn, pan left").rewrite.text
    assert text.endswith("The lantern swings on a hook in front of the inn. The camera pans left.")


def test_a_colour_that_somebody_wears_is_no_fruit() -> None:
    assert "orange" not in review("A nurse wearing all orange stands in a garden").rewrite.text


def test_a_sky_full_of_star_has_stars() -> None:
    assert "The stars shimmer" in review("night sky, full of star, an old sailor sleeps in the canoe").rewrite.text


def test_a_drink_can_that_speaks_does_so() -> None:
    assert review("A tomato can rolling down the stairs").rewrite.text == "The tomato can rolls down the stairs."
    assert review("The robot can speak.").rewrite.text == "The robot can speak."


def test_two_motions_in_a_row_of_tags_need_none_of_the_coach() -> None:
    found = review("smoke rising softly over the stew, sparks floating upward, golden light, rich homely mood")
    assert not found.rewrite.added


def test_hair_of_somebody_has_an_owner() -> None:
    assert review("girl long hairs moves").rewrite.text == "The girl's long hair moves."


def test_the_words_of_a_narrator_are_kept() -> None:
    text = review(
        'Action:\nMimi skips along the path, twirling.\nNarration:\n"Once there was a small fox."'
    ).rewrite.text
    assert 'Narration: "Once there was a small fox."' in text


def test_what_somebody_looks_at_in_a_row_of_deeds_is_not_lost() -> None:
    text = review(
        "A realistic grey hare in an elegant velvet coat. The hare stands in thin mist, looks straight at the lens and "
        "slowly lifts its ears. Natural gestures, cinematic lighting, dramatic mood."
    ).rewrite.text
    assert "The hare looks straight at the lens." in text


def test_what_roses_and_ivy_cover_is_covered() -> None:
    text = review("a video of a helmet. many roses and ivy growing and covering the helmet. zoom in.").rewrite.text
    assert "grow and cover the helmet" in text


@pytest.mark.parametrize(
    "prompt",
    [
        "A sign that says WELCOME TO THE CLUB flickers over the door",
        "A banner reading SHOPPING IN THE CITY FOR ALL waves in the wind",
    ],
)
def test_lettering_in_capitals_is_not_told_as_a_clause(prompt: str) -> None:
    assert not any(word in review(prompt).rewrite.text for word in ("welcome", "shopping"))


def test_looking_up_from_a_place_is_how_it_is_filmed() -> None:
    assert review("Looking up from the bottom of a well, clouds drifting").rewrite.text == "Clouds drift."


def test_a_picture_that_is_shaky_is_filmed_by_hand() -> None:
    assert review("The picture is a little shaky, handheld").rewrite.text == "The handheld camera sways."
