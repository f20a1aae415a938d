"""MOT and ACT: nothing happens, or too much does."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.cues.anything import anything_moves
from studio.coach.cues.events import Event
from studio.coach.cues.main_actions import by_subject, doers, main_actions, scenes, stirred, timed_steps, turns
from studio.coach.cues.rows import camera_legs, cast, long_deeds, rows_of, switches
from studio.coach.edits import append, remove
from studio.coach.rule import Context, Hit, Rule, listed, whole, works
from studio.coach.telling.clauses.suggestions import suggestions
from studio.shot import Edit, Fix, Span

__all__ = ["NO_MOTION", "TOO_MANY_ACTIONS", "fits"]

_MOST_AT_ONCE = 4  # unrelated actions side by side that one shot can still show
_CAST = 3  # named one by one before the first verb, so each is to be shown
_MOST_LEGS = 2  # camera moves in a row


def _still(context: Context) -> Hit | None:
    parse = context.parse
    if not parse.prompt.strip():
        return Hit("Say what should move.", (), "info", blank=True)
    if anything_moves(parse):
        return None
    if any(found.move == "static" for found in parse.moves):
        return Hit("Nothing moves: the camera holds still, and nothing in the picture does anything.", (), "warning")
    return Hit("Nothing moves yet: say what somebody does, what the air does, or how the camera moves.", (), "warning")


def _add_motion(context: Context, hit: Hit) -> tuple[Fix, ...]:
    """One motion of what is there, as the title says; a gentle camera where nothing there is known to move."""
    if hit.blank:
        return ()
    own = suggestions(context.parse, context.seconds, context.brief.idea)
    said = next((beat.text for beat in own if beat.layer != "camera"), own[0].text)
    flags = context.parse.masks.flags
    edits = append(context.parse.prompt, said, before=flags[-1].start if flags else None)
    return (Fix(title="Add a small motion", safety="ask", edits=edits),)


def _crowded(context: Context) -> Hit | None:
    parse = context.parse
    legs = camera_legs(parse)
    if len(legs) > _MOST_LEGS:
        named = listed((found.span.text for found in legs), 40)
        spans = tuple(found.span for found in legs)
        return Hit(f"{len(legs)} camera moves in a row ({named}); one shot carries two.", spans, "warning")
    story = parse.labelled("cut", "story")
    if story and len(parse.events) >= 2:
        spans = tuple(cue.span for cue in story)
        return Hit(f"A story ({spans[0].text}) does not fit into {context.seconds:g} s.", spans, "warning")
    row = rows_of(parse)
    if row is not None:
        return Hit(f"“{row.text}” are more than {context.seconds:g} s hold; show one or two.", (row,), "warning")
    switch = switches(parse) or long_deeds(parse)
    if switch:
        spans = tuple(event.span for event in switch)
        return Hit(f"Two activities ({_named(switch)}) do not both fit into {context.seconds:g} s.", spans, "warning")
    actions = main_actions(parse)
    budget = max(2, context.budget)
    jumps = parse.labelled("cut", "time jump")
    jump = [cue for cue in jumps if "later" in cue.span.text.lower() or "counted" in cue.why]
    jump += [cue for cue in parse.labelled("cut", "another place") if "same day" in cue.why]
    if jump and len(parse.actions) >= 2:
        spans = (*(event.span for event in parse.actions), jump[0].span)
        return Hit(f"Before and after ({jump[0].span.text}) do not fit into {context.seconds:g} s.", spans, "warning")
    steps = turns(parse)
    if len(steps) >= budget and parse.actions and not parse.labelled("cut"):
        spans = tuple(Span.of(parse.prompt, word.start, word.end) for word in steps)
        named = listed((word.text for word in steps), 30)
        return Hit(f"{len(steps) + 1} steps in {context.seconds:g} s ({named}); about {budget} fit.", spans, "warning")
    timed = timed_steps(parse)
    if timed > budget:
        spans = tuple(event.span for event in parse.actions)
        return Hit(f"{timed} timed steps in {context.seconds:g} s; about {budget} fit.", spans, "warning")
    if parse.labelled("cut") and len(parse.actions) > _MOST_AT_ONCE:
        spans = tuple(event.span for event in parse.actions)
        return Hit(f"{len(spans)} actions over several shots ({_named(parse.actions)}).", spans, "warning")
    told = scenes(parse)
    if told > budget:
        spans = tuple(cue.span for cue in parse.labelled("cut"))
        return Hit(f"{told} scenes in {context.seconds:g} s; about {budget} actions fit.", spans, "warning")
    crowd = cast(parse) >= _CAST and len(parse.actions) >= _MOST_AT_ONCE
    if crowd or doers(parse) >= _MOST_AT_ONCE or stirred(parse) > _MOST_AT_ONCE:
        spans = tuple(event.span for event in parse.actions)
        return Hit(
            f"{len(spans)} things happen at once ({_named(parse.actions)}); show two or three.", spans, "warning"
        )
    most = max(by_subject(actions, parse).values(), default=0)
    in_order = any(event.ordered for event in actions) or any(
        word.lower in parse.vocabulary.sets["sudden"] for word in parse.reading.words
    )
    in_order = (
        in_order or sum(parse.reading.words[event.verb].form == "preterite" for event in actions) > budget
    )  # a tale
    done = sum(event.actor not in {"thing", "scenery", "body"} for event in actions)  # soap curls, crumbs pile up
    if len(actions) <= budget or not (in_order or most > budget or done >= _MOST_AT_ONCE):
        return None
    message = f"{len(actions)} actions in {context.seconds:g} s ({_named(actions)}); about {budget} fit."
    return Hit(message, tuple(event.span for event in actions), "warning")


def fits(context: Context) -> bool:
    """Whether a text asks for no more main actions than the coach says the seconds hold."""
    return len(main_actions(context.parse)) <= max(2, context.budget)


def _named(events: Sequence[Event]) -> str:
    return ", ".join(event.lemma for event in events[:4]) + (" …" if len(events) > 4 else "")


def _fewer(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    """Keep the first actions that fit, and delete the author's words from there to the end of their sentences."""
    for count in range(max(2, context.budget), 0, -1):
        edits = _cut_after(context, count)
        if edits and works(context, _crowded, edits):
            return (Fix(title="Keep the first actions", safety="ask", edits=edits),)
    return whole(context, "Keep what fits", "ask")


def _cut_after(context: Context, count: int) -> tuple[Edit, ...]:
    parse, words = context.parse, context.parse.reading.words
    kept, gone = main_actions(parse)[:count], main_actions(parse)[count:]
    if not kept or not gone:
        return ()
    spans: list[Span] = []
    for sentence in dict.fromkeys(words[event.verb].sentence for event in gone):
        first = min(event.first for event in gone if words[event.verb].sentence == sentence)
        ahead = [event.last for event in kept if words[event.verb].sentence == sentence and event.last <= first]
        start = max(ahead, default=parse.reading.starts[sentence])
        end = max(word.index for word in words if word.sentence == sentence)
        close = end if words[end].kind == "PUNCT" and words[end].text in ".!?" and ahead else end + 1
        if close > start:
            spans.append(parse.span(start, close))
    return remove(parse.prompt, spans)


NO_MOTION = Rule(
    name="no-motion",
    code="MOT001",
    title="Nothing moves",
    looks_for="A prompt with no verb of motion and no camera move; sitting, standing, holding and looking are states.",
    why="Image-to-video models lean on the still and move too little by themselves, "
    "so the clip freezes or drifts at random. One small plausible motion is enough.",
    source="Conditional image leakage (2406.15735); MotiF (2412.16153).",
    severity="warning",
    good=(
        "Steam rises from the mug.",
        "The camera slowly pushes in.",
        "A woman blinks and breathes.",
        "Leaves sway in the wind.",
        "A dog running on the beach.",
        "A pier, soft waves.",
        "Girl with a red scarf, hair in the wind.",
        "Curtain sway, dark room.",
        "Boy kick ball to wall.",
        "Zoom out from the castle.",
        "A cook adds salt to the soup.",
        "Light radiating from a pond.",
        "A duchess stands abruptly.",
        "Cute robot, slow blink, gentle hand wave.",
        "The scene shifts from a beach into a forest.",
        "A clock that does not show the hour is spinning.",
        "A square at noon, all of it in movement.",
    ),
    bad=(
        "A ceramic mug on a wooden table.",
        "A woman sitting by the window, looking outside.",
        "A castle on a hill, static shot.",
        "Portrait of an old man wearing a hat.",
        "An empty street at night.",
        "Two cats on a sofa. No camera movement.",
        "Steel kettle with a cork handle, leather ear pads, floating on a gradient backdrop.",
        "The old gang chilling on the porch.",
        "Wind turbines on a hill at dusk.",
        "The camera movement is fixed. A table with a lamp.",
        "A bridge joins two islands, his hair is neatly combed.",
    ),
    false_alarms="A verb of motion that the coach does not know.",
    find=_still,
    mend=_add_motion,
)

TOO_MANY_ACTIONS = Rule(
    name="too-many-actions",
    code="ACT001",
    title="More actions than the clip can hold",
    looks_for="More main actions in order than the seconds carry (one for each 2.5 s), more steps told "
    "in order (then, finally, arrows, numbered scenes), five things that stir in turn or over several shots, an "
    "activity that another begins behind, two deeds of minutes each, a cast named one by one, a row of poses, or three "
    "camera moves in a row.",
    why="Events that do not fit are dropped or melt into each other, and their order is lost. "
    "One main action, well begun and ended, reads better.",
    source="MinT (2412.05263); LTX-2.3 guide: one main action per 2-3 s.",
    severity="warning",
    good=(
        "The man lifts the cup and takes a sip.",
        "A dog runs along the beach, its ears flapping.",
        "The woman turns and smiles.",
        "Rain falls while people walk past and cars go by.",
        "A chef stirs the soup. Steam rises.",
        "The camera pans left, then tilts up.",
        "She looks up, then smiles, then the camera slowly pushes in.",
        "A boot floats up and turns slowly, laces swaying.",
        "Two skaters race along the wall, one jumps the rail, the other falls.",
        "The camera orbits the car. The car drives off as the camera orbits.",
        "A man is walking, then he starts running.",
        "A van rolling down a track, coming to a stop, kicking up dust.",
        "A monkey breakdancing, spinning on its head and flipping over.",
        "A man is holding a lamp, then suddenly begins to run.",
        "The camera moves left in a smooth pan, then tilts up.",
        "A quick head turn lasting one second, then she blinks.",
        "He adjusts his cuffs and walks toward the camera. As he approaches, he smiles.",
        "A child blows bubbles and a puppy chases them.",
    ),
    bad=(
        "Someone is watching the news, then they get up and start mopping the floor.",
        "The scouts pitch the tent and gather firewood.",
        "A woman packs her luggage and leaves the hotel.",
        "A carpenter wakes up and goes to work.",
        "He opens the door, walks to the table, sits down, pours a drink and lights a candle.",
        "A girl wakes up, gets out of bed, brushes her hair and leaves the house.",
        "The cat jumps on the shelf, knocks over a vase, then runs away and hides.",
        "The camera pans left, then tilts up, then zooms out and pushes in.",
        "A boy kicks the ball, runs after it, falls, gets up and waves.",
        "The chef chops onions, then fries an egg, then serves the plate and bows.",
        "The dancer takes a step to the left, then a step to the right, and finally she bows.",
        "The dam cracks, a guard steps back, a deer lifts its head and a heron takes off.",
        "She is folding towels, then she suddenly starts painting a wall.",
        "A woman cycles through five facial expressions.",
        "A girl wakes up and makes coffee.",
        "A jabs → B ducks → A slips.",
        "Lamps flicker on. Steam billows. A shutter rises. Rain falls. A tram arrives.",
        "[Shot 1] A van stops. [Shot 2] A thief jumps out. [Shot 3] The guard whistles.",
    ),
    false_alarms="Small movements of one activity that are said with separate verbs.",
    find=_crowded,
    mend=_fewer,
)
