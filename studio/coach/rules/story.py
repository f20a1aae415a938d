"""SCN: one still that is asked to carry more than one place."""

from __future__ import annotations

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.rule import Context, Hit, Rule, listed
from studio.shot import Span

__all__ = ["WHOLE_SCENE"]

_FAR = 6  # words from a preposition to the place that it names


def _reached(parse: Parse) -> list[tuple[str, Span]]:
    """The places that somebody travels to or leaves, in order, each once, with the words that say so."""
    habits, words = parse.vocabulary.habits.sets, parse.reading.words
    places, travels = habits["places"], habits["travels"]
    ways = habits["arriving"] | habits["leaving"]
    found: dict[str, Span] = {}
    for event in parse.events:
        verb = words[event.verb]
        if event.actor not in {"person", "animal", "vehicle"} or event.lemma.split()[0] not in travels:
            continue
        for word in words[event.verb + 1 : event.verb + 24]:
            if word.sentence != verb.sentence or (word.kind == "VERB" and word.index > event.verb + 1):
                break
            if word.lower in places and _travelled(words, event.verb, word, ways):
                found.setdefault(word.lower, parse.span(word.index, word.index + 1))
    return list(found.items())


def _travelled(words: tuple[Word, ...], verb: int, place: Word, ways: frozenset[str]) -> bool:
    """ "Walks into the kitchen", "leaves the house"; not "walks past the house", not "the kitchen table"."""
    after = words[place.index + 1] if place.index + 1 < len(words) else None
    if after is not None and after.kind == "NOUN" and after.sentence == place.sentence:
        return False
    for word in reversed(words[max(verb, place.index - _FAR) : place.index]):
        if word.kind == "PREP":
            return word.lower in ways
        if word.index == verb:
            return word.lemma in {"enter", "leave", "exit", "reach"} or place.lower == "home"
        if word.kind not in {"DET", "ADJ", "NOUN", "PRON", "NUM"}:
            return False
    return False


def _tells(context: Context) -> Hit | None:
    places = _reached(context.parse)
    if len(places) < 2:
        return None
    named = listed((place for place, _ in places), 36)
    message = f"One still shows one place; this goes through {len(places)} ({named}). Make a shot of each."
    return Hit(message, tuple(span for _, span in places), "info")


WHOLE_SCENE = Rule(
    name="whole-scene",
    code="SCN002",
    title="One still asked to carry a whole scene",
    looks_for="Somebody who goes to, through or out of two or more places that one still does not show together.",
    why="One photo holds one place from one side; every other room or street is invented, and the way back to the "
    "still is lost. "
    "Make a still and a shot for each place, and join the takes to a reel.",
    source="MinT (2412.05263) on dropped events; Kling 3.0 and Seedance guides: think in shots.",
    severity="info",
    good=(
        "A woman walks through the garden.",
        "A man walks past the church and waves.",
        "The boy runs to the kitchen table.",
        "A train leaves the station.",
        "Clouds drift over the city and the castle.",
        "A dog runs along the beach towards the sea.",
    ),
    bad=(
        "She walks through the kitchen into the garden.",
        "He leaves the house, drives to the office and sits down.",
        "A boy runs out of the school, then into a shop.",
        "The detective enters the hotel and walks to the bar.",
        "A knight rides from the castle to the village.",
        "The camera follows her as she walks from the bedroom to the bathroom.",
    ),
    false_alarms="A still that shows two rooms at once.",
    find=_tells,
    yields_to=("multiple-shots",),
)
