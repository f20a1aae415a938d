"""Who does what: the noun that is meant, not the nearest one; and what nobody does stays untold."""

import pytest

from tests.coaching import review

DONE = {
    # number tells who acts
    "view of a huge airship held by four ropes is climbing over the harbour, ornate, 8k": "The airship climbs over",
    # names stay names
    "Superman turns his back to the city": "Superman turns",
    "Night view of Lisbon's iconic Harbour Bridge.": "over the Harbour Bridge",
    # commands to the camera stand by themselves
    "a train passes, leaves swirl, pan left along the quay": "Leaves swirl. The camera pans left along the quay.",
    "two cooks in a kitchen zoom in on the pot": "The camera zooms in on the pot.",
    # what is asked of things is what they do
    "The singers sway. The lamps should be flickering behind them.": "The lamps are flickering behind them.",
    # nobody is named who pours
    "Gently pouring the honey onto the plate, the honey spread slowly.": "The honey is gently poured onto the plate.",
    # a caption with two purposes
    "A swan gently cleaning its wings, using its beak to smooth and tidy the feathers as it drifts along.": (
        "The swan gently cleans its wings, using its beak to smooth and tidy the feathers as it drifts along."
    ),
    # slips beside a mark
    "An old man sits on a bench, feeding ducks., hand-held camera": "feeding ducks. Hand-held camera.",
    "Paper boat floats,4k,sepia": "The paper boat floats.",
    # a caption waits for its verb, and for no more of them than fit
    "An ibex skateboarding, whirling on its horns and landing gently for all its weight.": "skateboards, whirling on",
    # "a" and "an" as the next word wants them
    "a robot in an gray hall walks to a exit": "A robot in a gray hall walks to an exit.",
    # a shot that follows somebody goes on following
    "A low tracking shot following a blue kite across a field.": "following a blue kite",
    # a night of camping is no camping that somebody does
    "Three hikers pitch a tent and light a stove, enjoying an evening of camping": "pitch a tent",
    # a kind of shot is no verb
    "Camera tracking shot. A nurse walking down a corridor, holding a tray.": "The camera follows the nurse.",
    # of the clip, not of what is seen
    "As the video continues, a crab crawls over the sand, beautiful.": "The crab crawls over the sand.",
    # one sentence at fault goes alone
    "A river flows through a valley. As the scene progresses, the colour of the river shifts. The trees sway.": (
        "The trees sway."
    ),
}

UNDONE = {
    "The camera orbits around an old mill, ornate, 8k. As it moves clockwise, leaves swirl.": "mill moves",
    "A green sign reading 'OPEN' over a door, offering a way to leave the hall.": "leaves",
    "A lamp in the style of the sinking ship, smoke rising, gorgeous, ornate, 8k": "sinks",
    'a hut in the snow, smoke rising -motion 2 -neg "blurry, ugly, distorted"': "blurry",
    "Three friends set up a net and play a round, laughing.": "sets up",
}


@pytest.mark.parametrize(("prompt", "said"), DONE.items())
def test_it_is_said_of_whom_it_is_meant(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(("prompt", "said"), UNDONE.items())
def test_what_nobody_does_is_not_told(prompt: str, said: str) -> None:
    assert said not in review(prompt).rewrite.text


def test_no_more_is_kept_than_is_said_to_fit() -> None:
    told = review("A fox jumps over a log, digs a hole, then catches a mouse and runs home.")
    assert any("about 2 fit" in finding.message for finding in told.findings)
    assert sum(verb in told.rewrite.text for verb in ("jumps", "digs", "catches", "runs")) == 2


def test_one_small_motion_is_one_and_stays_as_it_was_taken() -> None:
    prompt = "A beautiful ceramic jug on a table, cosy scene, golden light, premium product shot"
    fix = next(finding for finding in review(prompt).findings if finding.rule == "no-motion").fixes[0]
    added = fix.edits[0].replacement.strip(". ")
    assert added.count(".") == 0
    assert added in review(fix.apply(prompt)).rewrite.text


@pytest.mark.parametrize("prompt", ["Rain starts to fall.", "The wheel keeps turning.", "A girl begins to hum a tune."])
def test_a_verb_that_only_begins_another_is_not_listed_as_left_out(prompt: str) -> None:
    assert review(prompt).engine_prompt.left_out == ()
