"""Who does it, what they do it to, and the small words that a caption leaves out: a rewrite says all of them."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        # what one looks from does nothing
        ("birdview of a flood spreading over the fields", "The flood spreads over the fields."),
        # a thing made of plaster turns, not the plaster
        ("bust of a king in bronze turning with a sparrow, 8k", "The bust of a king turns with a sparrow."),
        # everybody of a list, and of what is counted
        ("Busy square, nuns and monks alike, marching in step", "Nuns and monks march in step."),
        ("A trio of elegant, feather-clad owls sips tea, 8k", "The trio of owls sips tea."),
        ("Sand and silt blends in a jar.", "Sand and silt blend in a jar."),
        # somebody poses beside what moves
        ("woman posing, windy day, flags are waving", "The woman poses. Flags wave."),
        # a title belongs to a name
        ("After lunch, Mr. Badger prepares to dance in the hall, 8k", "Mr. Badger"),
        # what is felt does nothing
        (
            "A ship turns. The clip holds the essence of old craft blending with the calm of the sea, 8k.",
            "The ship turns.",
        ),
    ],
)
def test_whoever_does_it_is_named(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "wrong"),
    [
        ("After lunch, Mr. Badger prepares to dance in the hall, 8k", "The Mr."),
        ("A fox howls, feeling cold, until it finds its den.", "the feeling finds"),
        ("A ship turns. The clip holds the essence of craft blending with the sea.", "essence"),
        ("A salt and pepper mill turns on the table.", "turn on"),
    ],
)
def test_nobody_else_does_it(prompt: str, wrong: str) -> None:
    assert wrong not in review(prompt).rewrite.text


@pytest.mark.parametrize("prompt", ["A night of camping by the lake", "A view of riding a wave at sunset"])
def test_what_a_night_or_a_view_is_of_they_do_not_do(prompt: str) -> None:
    [beat] = [beat for beat in review(prompt).timeline.beats if beat.layer == "subject"]
    assert beat.text.startswith("The subject ")


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("A cushion being pressed by a palm, then slowly rising again.", "The cushion is pressed by a palm"),
        ("A cushion being pressed by a palm, then slowly rising again.", "then slowly rises again."),
        ("The guards and the queen struck by a gust, their cloaks flapping", "The guards and the queen are struck by"),
        ("a lamb carried in a basket through a field, 8k", "The lamb is carried in a basket through a field."),
        (
            "Two gliders flew in formation. They swayed and sank softly, performing a slow waltz.",
            "They sway and sink softly, performing a slow waltz.",
        ),
        ("Pouring juice into a cup that turns into a wide lake.", "Juice is poured into a cup that turns into"),
        ("Explosion of paint drops", "There is an explosion of paint drops."),
        # a move that is only named
        ("fierce snowstorm in a valley, camera movement zooming", "The camera zooms."),
        ("Tracking camera, a moped zips through the lanes.", "The camera follows the moped."),
        (
            "Tracking shot following baker who works in Rome as she crosses the market.",
            "The camera follows the baker who works in Rome as she crosses",
        ),
    ],
)
def test_what_a_participle_says_is_told_as_what_happens(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("old truck driving down road at night, 8k", "The truck drives down the road at night."),
        ("paw pushing cup, cup falling off shelf", "The paw pushes the cup. The cup falls off the shelf."),
        ("a cook eating dinner, 8k", "The cook eats dinner."),
        ("a girl playing piano, 8k", "The girl plays piano."),
        ("man walking from door to door, 8k", "The man walks from door to door."),
    ],
)
def test_a_single_thing_has_its_article(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("a queen on a throne.moths fluttering around, 8k", "Moths flutter around."),
        ("a goose floating on a pond , and turning its head, 8k", "The goose floats on a pond, and turns its head."),
        ("A a dog running in the snow, 8k", "The dog runs in the snow."),
        ("a page of shop.com scrolling up, 8k", "shop.com"),
    ],
)
def test_a_slip_beside_a_mark_is_mended(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        # stillness that is asked for
        ("Subject stays mostly still; smoke drifts upward, 8k.", "Subject stays mostly still."),
        # a caption that opens with a participle
        ("Shimmering crimson kite rising from a meadow at noon", "kite rises from a meadow at noon."),
        # half a change says nothing
        ("A tower transforming from brick to glowing neon.", "The tower transforms."),
        # a name keeps its capitals
        ("Show the Scottish Fold cat licking its paw, beautiful.", "The Scottish Fold cat licks its paw"),
        # of whom a participle behind a mark tells
        (
            "Young woman with long hair, sitting on a bench as snow falls around her, 8k",
            "The woman sits on a bench as snow falls around her.",
        ),
        # an age says how one looks
        ("A 30 year old man's beard moving in the wind, 8k", "The man's beard moves in the wind."),
        # a purpose is no step of its own
        (
            "A mother goat gently licking her kid, using soft nudges to calm and warm her young when it bleats.",
            "licks her kid, using soft nudges to calm and warm her young when it bleats.",
        ),
        # what the picture is like happens nowhere
        ("A blinding scene of a comet streaking across the sky, 8k", "The comet streaks across the sky."),
        # what a relative clause tells
        ("Picture of a stork, which is landing on a roof, ornate, 8k", "The stork lands on a roof."),
        # a name stays before what only explains it
        ("Show Nora, the shy fox, dancing at the edge of a wall, 8k", "Nora dances at the edge of a wall."),
        ("Illustrate Nora, the shy fox, standing on a wall, gazing toward the sea, 8k", "Nora stands on a wall"),
        # what a close-up is of
        ("A close-up of a knife touching a board, with dust spreading in the light.", "The knife touches a board"),
        # what happens stays, where all of it is too much for one shot
        ("Sand is poured into a tray that transitions to an endless sea with whales.", "Sand is poured into a tray."),
    ],
)
def test_what_can_be_said_of_a_clause_is_not_lost(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_a_sentence_that_is_a_time_alone_is_passed_over() -> None:
    prompt = "lamp, <, flicker?, wind, FPV, [, his, [0:99-9:99], old, 1:, the, *, A, \u200f, the, 6, \u0301, It, the"
    assert review(f"{prompt}, pushes, up").rewrite.text
