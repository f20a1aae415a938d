"""MOT and ACT: nothing happens, or too much does."""

from __future__ import annotations

from collections import Counter

from studio.coach.cues import Parse
from studio.coach.edits import replace_all
from studio.coach.events import Event
from studio.coach.rule import Context, Hit, Rule
from studio.shot import Fix, Severity

__all__ = ["NO_MOTION", "TOO_MANY_ACTIONS", "main_actions"]

_MOST_AT_ONCE = 4  # unrelated actions side by side that one shot can still show
_MOST_LEGS = 2  # camera moves in a row


def _still(context: Context) -> Hit | None:
    parse = context.parse
    if parse.events or any(found.move != "static" for found in parse.moves):
        return None
    static = any(found.move == "static" for found in parse.moves)
    message = (
        "Nothing moves but the clock: the camera holds still too."
        if static
        else "Nothing moves: no action and no camera move."
    )
    return Hit(message, (), "warning")


def _add_motion(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    edits = replace_all(context.parse.prompt, context.rewrite)
    return (Fix(title="Add a small motion (the coach's idea)", safety="ask", edits=edits),) if context.rewrite else ()


def main_actions(parse: Parse) -> list[Event]:
    """The actions that need a stretch of time of their own, in order.

    Motions of body parts, crowds and weather go on beside them, and so does what hangs on a "while".
    """
    sets, words = parse.vocabulary.sets, parse.reading.words
    ordered = sum(event.ordered for event in parse.events)
    kept: list[Event] = []
    for event in parse.actions:
        part = event.actor == "body" and (ordered < 2 or event.tie == "participle")
        small = event.lemma in sets["micro"] and ordered < 1 and not _has_object(event, parse)
        beside = event.tie in {"while", "attributive"} or part or small
        natural = event.layer == "light" or event.actor == "scenery"
        weather = natural and not (ordered >= 2 and event.tie == "main")
        follows = event.tie == "participle" and bool(kept) and not event.ordered and not _joined(event, parse)
        twin = bool(kept) and kept[-1].verb == event.verb - 2 and words[event.verb - 1].lower == "and"
        if not (beside or weather or follows or twin):
            kept.append(event)
    return kept


def _has_object(event: Event, parse: Parse) -> bool:
    words = parse.reading.words
    return event.verb + 1 < event.last and words[event.verb + 1].lower in {"a", "an", "the"}


def _joined(event: Event, parse: Parse) -> bool:
    """Whether a participle goes on with the same doing ("yawning and then stretching"), not beside it (", smiling")."""
    before = parse.reading.words[event.first - 1] if event.first else None
    return before is not None and before.kind in {"CONJ", "ADV"} and before.lower not in {"while", "as"}


def _by_subject(actions: list[Event], parse: Parse) -> Counter[str]:
    """How many actions each subject has; a pronoun, a hand or a tail belongs to whoever came before."""
    counts: Counter[str] = Counter()
    who = ""
    for event in actions:
        if (
            event.subject is not None
            and event.actor not in {"body", "it"}
            and parse.reading.words[event.subject].kind != "PRON"
        ):
            who = parse.reading.words[event.subject].lemma
        counts[who] += 1
    return counts


def _doers(parse: Parse) -> int:
    """How many single actors do something of their own at once: "a bear plays while a seal paints"."""
    words = parse.reading.words
    return len(
        {
            words[event.subject].lemma
            for event in parse.actions
            if event.subject is not None
            and event.actor in {"person", "animal"}
            and event.tie in {"main", "while"}
            and words[event.subject].kind == "NOUN"
            and not words[event.subject].plural
        }
    )


def _crowded(context: Context) -> Hit | None:
    parse = context.parse
    legs = [found for found in parse.moves if found.move not in {"static", "tracking", "handheld"}]
    if len(legs) > _MOST_LEGS:
        return Hit(
            f"{len(legs)} camera moves in a row; one shot carries one, two at most.",
            tuple(f.span for f in legs),
            "warning",
        )
    story = parse.labelled("cut", "story")
    if story and parse.events:
        words = story[0].span.text
        return Hit(f"A story ({words}) does not fit in {context.seconds:g} s.", tuple(c.span for c in story), "warning")
    actions = main_actions(parse)
    budget = max(2, context.budget)
    most = max(_by_subject(actions, parse).values(), default=0)
    told = any(event.ordered for event in actions) or any(
        word.lower in parse.vocabulary.sets["sudden"] for word in parse.reading.words
    )
    if _doers(parse) >= _MOST_AT_ONCE:
        spans = tuple(event.span for event in parse.actions)
        return Hit(f"{len(spans)} actors each do something; one shot shows two or three.", spans, "warning")
    if len(actions) <= budget or not (told or most > budget or len(actions) >= _MOST_AT_ONCE):
        return None
    seconds = f"{context.seconds:g}"
    severity: Severity = "warning"
    message = f"{len(actions)} actions in {seconds} s; this engine carries about {budget}."
    return Hit(message, tuple(event.span for event in actions), severity)


def _fewer(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    edits = replace_all(context.parse.prompt, context.rewrite)
    return (Fix(title="Keep what fits", safety="ask", edits=edits),) if context.rewrite else ()


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
        "Zoom out from the castle.",
    ),
    bad=(
        "A ceramic mug on a wooden table.",
        "A woman sitting by the window, looking outside.",
        "A castle on a hill, static shot.",
        "Portrait of an old man wearing a hat.",
        "An empty street at night.",
        "Two cats on a sofa. No camera movement.",
    ),
    false_alarms="A verb of motion that the coach does not know.",
    find=_still,
    mend=_add_motion,
)

TOO_MANY_ACTIONS = Rule(
    name="too-many-actions",
    code="ACT001",
    title="More actions than the clip can hold",
    looks_for="More main actions in order than the seconds carry (one for each 2.5 s), or three camera moves in a row.",
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
    ),
    bad=(
        "He opens the door, walks to the table, sits down, pours a drink and lights a candle.",
        "A girl wakes up, gets out of bed, brushes her hair and leaves the house.",
        "The cat jumps on the shelf, knocks over a vase, then runs away and hides.",
        "The camera pans left, then tilts up, then zooms out and pushes in.",
        "A boy kicks the ball, runs after it, falls, gets up and waves.",
        "The chef chops onions, then fries an egg, then serves the plate and bows.",
    ),
    false_alarms="Small movements of one activity that are said with separate verbs.",
    find=_crowded,
    mend=_fewer,
)
