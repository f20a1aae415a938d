"""Which actions need a stretch of time of their own, and whose they are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["by_subject", "doers", "main_actions", "scenes", "stirred", "timed_steps", "turns"]

_LIVING = 3  # people and animals beside whom a thing that moves is to be watched too
_OTHER = {"other", "another"}
_ARROWS = {"→", "➔", "➜", "⇒"}
_BEAT = re.compile(r"\b(?:beat|step|stage|phase)\s*\d+\s*[:.)–-]", re.IGNORECASE)


def main_actions(parse: Parse) -> list[Event]:
    """The actions that need a stretch of time of their own, in order.

    Motions of body parts, crowds and weather go on beside them, and so does what hangs on a "while".
    """
    sets, words = parse.vocabulary.sets, parse.reading.words
    ordered = sum(event.ordered for event in parse.events)
    kinds = parse.vocabulary.noun_kinds
    whole = any(kinds.get(word.lower) in {"person", "animal"} for word in words if word.kind == "NOUN")
    whole = whole or not {"he", "she"}.isdisjoint(parse.reading.lowers)
    kept: list[Event] = []
    beside_before = False
    last: Event | None = None
    for event in parse.actions:
        part = event.actor == "body" and whole and (ordered < 2 or event.tie == "participle")
        small = event.lemma in sets["micro"] and ordered < 1 and not _has_object(event, parse)
        beside = event.tie in {"while", "attributive"} or part or small
        natural = event.layer == "light" or event.actor == "scenery"
        weather = natural and not (ordered >= 2 and event.tie == "main")
        joined = _joined(event, parse) and not beside_before  # "avoiding crates and turning" goes on beside
        follows = event.tie == "participle" and bool(kept) and not (event.ordered or joined or event.lemma == "stop")
        follows = follows and kept[-1].tie != "participle"
        beside_before = follows
        twin = bool(kept) and kept[-1].verb == event.verb - 2 and words[event.verb - 1].lower == "and"
        going_on = words[event.verb].form == "ing"  # "tossing and turning" is one doing, "aims and throws" are two
        twin = twin and (going_on or event.lemma in sets["micro"] or event.actor not in {"person", "animal"})
        twin = twin or (last is not None and not event.ordered and _in_one_breath(event, last, parse))
        last = event
        if event.lemma in {"pause", "stop"} and _leads(event, parse):
            continue  # "pauses to graze"
        herd = bool(kept) and not event.ordered and _in_a_herd(event, parse) and _in_a_herd(kept[-1], parse)
        manner = (
            bool(kept) and event.tie == "participle" and not event.ordered and kept[-1].lemma in sets["many_motions"]
        )
        trail = bool(kept) and event.tie == "participle" and not event.ordered and _is_a_trail(event, parse)
        if not (beside or weather or follows or twin or manner or herd or trail):
            kept.append(event)
    return kept if ordered else _without_background(_with_openings(kept, parse), parse)


def _is_a_trail(event: Event, parse: Parse) -> bool:
    """ "..., raising a plume of dust": what somebody leaves behind who goes on."""
    if event.lemma not in parse.vocabulary.sets["trailing"]:
        return False
    after = parse.reading.words[event.verb + 1 : event.last]
    return any(word.kind == "NOUN" and word.lower in parse.vocabulary.nouns.mass for word in after)


def _with_openings(kept: list[Event], parse: Parse) -> list[Event]:
    """ "He holds out his arm. As she ties the ribbon, their hands touch": a sentence whose one deed opens it."""
    words, told = parse.reading.words, {parse.reading.words[event.verb].sentence for event in kept}
    opened = [
        event
        for event in parse.actions
        if event.tie == "while"
        and event.actor == "person"
        and words[event.verb].sentence not in told
        and words[parse.reading.starts[words[event.verb].sentence]].lower in parse.vocabulary.sets["simultaneous"]
        and all(other.lemma != event.lemma for other in kept)
    ]
    return sorted([*kept, *opened], key=lambda event: event.verb) if kept else kept


def _without_background(kept: list[Event], parse: Parse) -> list[Event]:
    """ "She is knitting, she looks up and laughs": what was going on before a step takes no time of its own."""
    words = parse.reading.words
    if len(kept) < 2 or words[kept[0].verb].form != "ing" or words[kept[1].verb].form != "s":
        return kept
    near = words[max(0, kept[0].verb - 2) : kept[0].verb]
    return kept[1:] if any(word.kind == "AUX" for word in near) else kept


def _in_one_breath(event: Event, earlier: Event, parse: Parse) -> bool:
    """ "Kids run, jump and laugh": what several do side by side, said in one row without a word between."""
    words = parse.reading.words
    if event.subject is None or event.subject != earlier.subject:
        return False
    who = words[event.subject]
    several = who.plural or who.lower in parse.vocabulary.sets["collectives"]
    between = words[earlier.verb + 1 : event.verb]
    return several and len(between) <= 2 and all(word.lower in {",", "and"} for word in between)


def _in_a_herd(event: Event, parse: Parse) -> bool:
    """ "A herd of ponies grazes. They lift their heads and snort": what many animals do goes on side by side."""
    if event.subject is None:
        return False
    words, who = parse.reading.words, parse.reading.words[event.subject]
    if event.actor == "animal" and (who.plural or who.lower in parse.vocabulary.sets["collectives"]):
        return True
    if who.lower != "they":
        return False
    kinds = parse.vocabulary.noun_kinds
    before = [kinds.get(word.lower, "") for word in words[: who.index] if word.kind == "NOUN"]
    return "animal" in before and "person" not in before


def _has_object(event: Event, parse: Parse) -> bool:
    words = parse.reading.words
    return event.verb + 1 < event.last and words[event.verb + 1].lower in {"a", "an", "the"}


def _leads(event: Event, parse: Parse) -> bool:
    """Whether a "to" and another action stand right behind a verb: "stops to drink"."""
    words = parse.reading.words
    after = words[event.verb + 1] if event.verb + 1 < len(words) else None
    return after is not None and after.lower == "to" and any(other.verb == event.verb + 2 for other in parse.actions)


def _joined(event: Event, parse: Parse) -> bool:
    """Whether a participle goes on with the same doing ("yawning and then stretching"), not beside it (", smiling")."""
    before = parse.reading.words[event.first - 1] if event.first else None
    return before is not None and before.kind in {"CONJ", "ADV"} and before.lower not in {"while", "as"}


def by_subject(actions: list[Event], parse: Parse) -> Counter[str]:
    """How many actions each subject has; a pronoun, a hand or a tail belongs to whoever came before."""
    counts: Counter[str] = Counter()
    who = ""
    for event in actions:
        if (
            event.subject is not None
            and event.actor not in {"body", "it"}
            and parse.reading.words[event.subject].kind != "PRON"
        ):
            other = parse.reading.lowers[max(0, event.subject - 3) : event.subject]
            who = f"{'other ' * bool(_OTHER.intersection(other))}{parse.reading.words[event.subject].lemma}"
        elif event.subject is not None and parse.reading.words[event.subject].lower in {"one", "another", "others"}:
            who = parse.reading.words[event.subject].lower  # "one leaps, the other turns"
        counts[who] += 1
    return counts


def doers(parse: Parse) -> int:
    """How many single actors do something of their own at once: "a bear plays while a seal paints".

    Beside three of them a thing counts as well: "the ice cracks, a hiker steps back, a fox turns, a crow takes off".
    """
    words = parse.reading.words
    alone = {
        words[event.subject].lemma: event.actor in {"person", "animal"}
        for event in parse.actions
        if event.subject is not None
        and event.actor not in {"body", "it"}
        and event.tie in {"main", "while"}
        and words[event.subject].kind == "NOUN"
        and (not words[event.subject].plural or words[event.subject - 1].lower in {"two", "three"})
    }
    living = sum(alone.values())
    return len(alone) if living >= _LIVING or (not living and _staged(parse)) else living


def _staged(parse: Parse) -> bool:
    """Whether things do by themselves what is to be seen of each: "a title types itself, an icon feeds into a tube"."""
    sets = parse.vocabulary.sets
    own = [event for event in parse.actions if event.tie == "main" and event.actor in {"thing", ""}]
    return sum(event.lemma in sets["local"] or event.lemma in sets["whole"] for event in own) >= _LIVING


def timed_steps(parse: Parse) -> int:
    """How many of the times and numbered beats that a prompt says hold a motion: "0-3s: he lifts it. 3-6s: …"."""
    starts = sorted(
        {mark.span.start for mark in parse.masks.times if mark.span.text[:1].isdigit() or mark.span.text[:1] == "["}
    )
    starts += [match.start() for match in _BEAT.finditer(parse.prompt)]
    heads = [event.head for event in parse.events]
    edges = [*sorted(starts), len(parse.prompt)]
    return sum(any(first <= head < last for head in heads) for first, last in pairwise(edges))


def turns(parse: Parse) -> list[Word]:
    """The adverbs that begin a next step of what happens: "then", "finally"; not a next move of the camera.

    They count steps whose verbs are nouns or not known: "takes a step left, then a step right, and finally bows".
    """
    words = parse.reading.words
    moves = {found.first for found in parse.moves}
    kept: list[Word] = []
    steps = parse.vocabulary.sets["sequence"] - {"later", "followed"}
    for word in words:
        if word.lower not in steps and word.text not in _ARROWS:
            continue
        after = words[word.index + 1].lower if word.index + 1 < len(words) else "to"
        new = not kept or kept[-1].index < word.index - 1  # "then finally" is one
        camera = not moves.isdisjoint(range(word.index + 1, word.index + 5))
        lasting = word.lower == "second" and word.index > 0 and words[word.index - 1].lower in {"one", "a", "1", "each"}
        adverb = word.kind == "ADV" and word.lower in steps and not lasting
        part = after in parse.vocabulary.cuts.units and word.lower != "then"  # "the second frame shows"
        adverb = (adverb and not part) or word.text in _ARROWS
        if adverb and after != "to" and new and not camera and not parse.masks.hides(word.start, word.end):
            kept.append(word)
    return kept


def scenes(parse: Parse) -> int:
    """How many scenes a prompt counts off, where something happens in more than one: "Scene 1: … Scene 2: …"."""
    headers = [cue.span.start for cue in parse.labelled("cut") if cue.sense == "header"]
    return len(headers) if len(parse.actions) > 1 else 0


def stirred(parse: Parse) -> int:
    """How many things begin to do something one after another, each in a sentence of its own."""
    words = parse.reading.words
    known: dict[str, int] = {}
    for event in parse.actions:
        if event.tie == "main" and event.subject is not None and event.actor != "body":
            who = words[event.subject]
            if who.kind == "NOUN" and (words[event.verb].form == "s" or who.plural):
                known.setdefault(who.lemma, who.sentence)
    return len(set(known.values()))
