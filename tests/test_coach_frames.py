"""What a text puts around its motion goes: "imagine a dragon flying", "turn this photo into a clip: it turns"."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Show a heron leaping over a ditch.", "The heron leaps over a ditch."),
        ("Imagine a griffin circling a burning tower.", "The griffin circles a burning tower."),
        ("Imagine a tin soldier that marches through a kitchen.", "A tin soldier marches through a kitchen."),
        ("Watch as a bean sprouts from the soil.", "A bean sprouts from the soil."),
        ("Witness a geyser erupting at dusk.", "A geyser erupts at dusk."),
        ("Capture the moment when a kingfisher hits the pond.", "A kingfisher hits the pond."),
        (
            "Finally, envision a camera drifting over the vineyard.",
            "The camera slowly glides forward over the vineyard.",
        ),
        ("The film opens with a courier running through the mud.", "The courier runs through the mud."),
        ("In this clip, a toddler takes her first steps.", "A toddler takes her first steps."),
        ("Write a tale about a badger who runs through the snow.", "A badger runs through the snow."),
        ("depicts the process of peeling a beet in a barn.", "A beet is peeled in a barn."),
        ("Witness the collapse of a tower.", "A tower collapses."),
    ],
)
def test_a_frame_goes_and_what_it_shows_is_told(prompt: str, said: str) -> None:
    told = review(prompt).rewrite
    assert told.text == said
    assert told.removed[0].reason == "said to the machine"


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "Transform this image into a video: snow falls and the mule shakes its head.",
            "Snow falls and the mule shakes its head.",
        ),
        ("Animate this drawing: the reeds bend and the duck dives.", "The reeds bend and the duck dives."),
        (
            "Turn the uploaded page into a 12-second explainer: the jar spins slowly on slate.",
            "The jar spins slowly on slate.",
        ),
        (
            "Create a film celebrating the harvest. Farmers carry baskets over the hill.",
            "Farmers carry baskets over the hill.",
        ),
    ],
)
def test_an_order_for_a_clip_goes_and_what_it_is_to_show_is_told(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_an_order_in_which_nothing_moves_is_not_told_and_what_it_is_for_is_proposed_to_move() -> None:
    told = review("Make a commercial for our bakery")
    assert "Make" not in told.rewrite.text and "bakery" in told.rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "Show a monk ringing a bell. Use smooth camera movement.",
            "The monk rings a bell. The camera moves smoothly.",
        ),
        (
            "Use a slow tilt up along the mast as the flag flutters.",
            "The camera slowly tilts up along the mast as the flag flutters.",
        ),
        ("Include a farmer walking his goat.", "The farmer walks his goat."),
        (
            "Add a gentle sway to the curls as if a breeze is blowing. The girl blinks.",
            "The curls sway gently as if a breeze is blowing. The girl blinks.",
        ),
    ],
)
def test_what_is_to_be_used_or_added_is_told(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_what_only_opens_like_a_frame_stays() -> None:
    prompt = "Watch shops line the street while a tram turns the corner."
    assert review(prompt).rewrite.text == prompt


def test_quotation_marks_around_a_whole_prompt_are_not_told() -> None:
    assert (
        review('"A crane lifts a beam. Sparks fall from the roof."').rewrite.text
        == "A crane lifts a beam. Sparks fall from the roof."
    )


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "A hand holding a brush painting a red line on the wall.",
            "A hand holding a brush paints a red line on the wall.",
        ),
        ("A hand with a spoon stirring soup in a pot.", "The hand with a spoon stirs soup in a pot."),
        ("A hand with a knife cutting slices of bread.", "The hand with a knife cuts slices of bread."),
        (
            "A hand holding a knife cuts cross-section slices of pear.",
            "A hand holding a knife cuts cross-section slices of pear.",
        ),
    ],
)
def test_a_hand_does_what_is_done_with_what_it_holds(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_a_title_is_no_sentence() -> None:
    told = review("Harbour Night Racing. Boats speed past the pier.").rewrite
    assert told.text == "Boats speed past the pier."
    assert [(one.text, one.reason) for one in told.removed] == [("Harbour Night Racing", "said of the clip")]


def test_somebody_who_runs_is_no_title() -> None:
    assert "dog runs" in review("Brown Dog Running. Rain falls on the grass.").rewrite.text


def test_what_a_company_does_is_not_seen() -> None:
    assert "rebuild" not in review("Need a logo for a company that rebuilds tractors.").rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("I'd love to see this mule run through a field!", "This mule runs through a field!"),
        ("You see a hand reach into the frame and grab the jar.", "A hand reaches into the frame and grabs the jar."),
        ("Here we have a cook flipping a crepe.", "The cook flips a crepe."),
        ("The clip should show a rider crossing the ford.", "The rider crosses the ford."),
        ("Give the statue life: it opens its eyes and bows.", "The statue opens its eyes and bows."),
        ("Highlight the gadget's features: the lid opens, the lamp turns on.", "The lid opens. The lamp turns on."),
        ("Title: The Last Ferry. An old ferry leaves the pier.", "An old ferry leaves the pier."),
        ("Story: a mouse steals cheese and hides.", "A mouse steals cheese and hides."),
        ('Video prompt: "The subject blinks; a fly lands."', "The subject blinks; a fly lands."),
        ("EPIC DUEL. Two knights charge at each other across mud.", "Two knights charge at each other across mud."),
        ("A woman jogs on the beach. Outro: fade to white.", "The woman jogs on the beach."),
        (
            "Make a clip of Captain Lantern waking up in a barn. He yawns.",
            "Captain Lantern wakes up in a barn. He yawns.",
        ),
    ],
)
def test_what_leads_to_the_motion_goes(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_an_order_before_a_colon_goes_though_what_follows_only_shows() -> None:
    told = review("Create a looping video: Tall woman in an iron mask. She strains against her chains.").rewrite
    assert "video" not in told.text and "strains" in told.text


def test_several_who_are_made_to_do_something_do_it() -> None:
    assert review("make the wolves dance. make them eating a pie.").rewrite.text.endswith("They eat a pie.")
