"""Motions of the coach's own, from what is there; always marked as the coach's. "Another idea" gives the next."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from studio.coach.cues.anything import anything_moves
from studio.coach.cues.parse import Parse
from studio.coach.edits import tidy
from studio.coach.language.words import Word
from studio.coach.telling.meaning.things import is_named, kind_of_thing, things
from studio.coach.telling.wording.naming import is_proper
from studio.coach.vocabulary.telling_words import Idea
from studio.shot import Beat, Layer, Timeline

__all__ = ["proposed", "spoken", "suggestions"]

_SLOTS: dict[Layer, tuple[float, float]] = {"scene": (0.15, 0.9), "subject": (0.3, 0.8), "light": (0.4, 0.95)}
_OUTSIDE = {"wind", "windy", "breeze", "draught", "outside", "outdoors", "garden", "street", "beach", "field", "meadow"}
_FINITE = {"s", "base", "preterite"}
_BY_THE_WAY = 2  # motions of such a prompt and of the coach together
_TAGS = 3  # commas from which a prompt is a row of tags
_SHARED = 3  # an idea has at most this many parts: the camera and two motions

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class _Proposal:
    layer: Layer
    text: str
    noun: str
    background: bool


def suggestions(parse: Parse, seconds: float, idea: int = 0, *, bare: bool | None = None) -> list[Beat]:
    """Proposal number `idea`: a gentle camera move and small motions of the things in the prompt.

    A prompt that moves already (or `bare` False) gets nothing for proposal 0 and one thing beside its own for others.
    Tags of which one moves by the way ("portrait of a warrior, scars, embers floating") get a camera and one motion.
    """
    moving = bool(parse.events) or any(found.move != "static" for found in parse.moves)
    by_the_way = bare is None and _moves_by_the_way(parse)
    if by_the_way or not (moving if bare is None else not bare):
        camera = [] if parse.moves else [_camera(parse, seconds, idea)]
        told = {parse.reading.words[e.subject].lemma for e in parse.events if e.subject is not None and by_the_way}
        motions = [proposal for proposal in _motions(parse, idea) if proposal.noun not in told]
        most = max(min(idea, 1), _BY_THE_WAY - len(parse.events)) if by_the_way else None
        return [*camera, *(_beat(proposal, seconds) for proposal in motions[:most])]
    return _beside(parse, seconds, idea) if idea else []


def spoken(parse: Parse, timeline: Timeline) -> list[Beat]:
    """The coach's beats of a timeline that a rewrite says: none of the first proposal, where the author has a motion
    that is no beat ("time-lapse of a tower rising")."""
    own = [beat for beat in timeline.beats if beat.origin == "coach"]
    if not own or parse.events or any(found.move != "static" for found in parse.moves) or not anything_moves(parse):
        return own
    first = {beat.text for beat in suggestions(parse, timeline.seconds)}
    return [] if {beat.text for beat in own} == first else own


def proposed(parse: Parse) -> frozenset[str]:
    """Every sentence that the coach could have added to a prompt: taken into it, one stands as it was said."""
    camera = (move.text for move in parse.vocabulary.affordances.camera)
    return frozenset({*camera, *(tidy(proposal.text) for proposal in (*_proposals(parse), *_defaults(parse)))})


def _moves_by_the_way(parse: Parse) -> bool:
    """Whether a row of tags has no verb but the participle of something small: "candles, rain falling, cosy"."""
    own = [event for event in parse.events if event.tie != "attributive"]
    if not parse.events or len(own) >= _BY_THE_WAY or any(found.move != "static" for found in parse.moves):
        return False
    small = all(
        event.tie in {"attributive", "participle"} and event.actor in {"", "scenery", "thing", "body"}
        for event in parse.events
    )
    words = parse.reading.words
    comma = next((word.index for word in words if word.text == ","), len(words))
    foremost = any(
        event.tie == "participle" and event.verb < comma for event in parse.events
    )  # "ruins collapsing, ..."
    verbs = (word for word in words if not parse.masks.hides(word.start, word.end))
    tags = sum(word.text == "," for word in words)
    finite = any(word.kind == "AUX" or (word.kind == "VERB" and word.form in _FINITE) for word in verbs)
    return small and not foremost and not finite and tags >= _TAGS


def _beside(parse: Parse, seconds: float, idea: int) -> list[Beat]:
    """One thing beside the author's own motion: in turn a gentle camera, where there is none, and a small motion.

    What stands in the prompt already is not proposed again; nothing, where there is no more.
    """
    told = {parse.reading.words[event.subject].lemma for event in parse.events if event.subject is not None}
    free = [proposal for proposal in _proposals(parse) if proposal.noun not in told and proposal.layer != "subject"]
    if not parse.moves and (idea % 2 or not free):
        return [_camera(parse, seconds, idea // 2 if free else idea - 1)]
    said = parse.prompt.lower()
    pool = _shuffled([one for one in free or _defaults(parse) if one.text.lower() not in said], parse)
    return [_beat(pool[(idea if parse.moves else idea // 2) % len(pool)], seconds)] if pool else []


def _camera(parse: Parse, seconds: float, idea: int) -> Beat:
    """The slow push first, then the other gentle moves in an order of the prompt's own."""
    first, *others = parse.vocabulary.affordances.camera
    row = [first, *_shuffled(others, parse)]
    chosen = row[idea % len(row)]
    start, end = (0.0, seconds) if chosen.move == "static" else (seconds * 0.06, seconds * 0.94)
    return Beat(
        layer="camera", start=round(start, 2), end=round(end, 2), move=chosen.move, level=1, text=chosen.text,
        origin="coach",
    )  # fmt: skip


def _motions(parse: Parse, idea: int) -> list[_Proposal]:
    """At most two motions on different layers: for the foremost things first, then from all that could move."""
    pool = _proposals(parse)
    fresh = len({proposal.layer for proposal in pool}) < 2
    if not pool or (idea and fresh):
        pool = [*pool, *_defaults(parse)]
    if idea:
        pool = _shuffled(pool, parse)
        pool = pool[idea % len(pool) :] + pool[: idea % len(pool)]
    chosen = pool[:1]
    for proposal in sorted(pool[1:], key=lambda other: other.noun == chosen[0].noun and not idea):
        if proposal.layer != chosen[0].layer and (not idea or proposal.noun != "") and len(chosen) < _SHARED - 1:
            chosen.append(proposal)
    return chosen


def _proposals(parse: Parse) -> list[_Proposal]:
    """Everything that the things in the prompt can do, the foremost first, each text once."""
    said = {word.lower for word in parse.reading.words} | {word.lemma for word in parse.reading.words}
    asleep = bool(said & {"sleep", "sleeping", "asleep", "napping", "unconscious"})
    inside = bool(said & set(parse.vocabulary.affordances.indoors)) and not said & _OUTSIDE
    found: list[_Proposal] = []
    for word in things(parse):
        for affordance in parse.vocabulary.affordances_of.get(kind_of_thing(word, parse), ()):
            if said & set(affordance.unless):
                continue
            found += [
                _Proposal(idea.layer, _worded(idea, word, parse), word.lemma, affordance.background)
                for idea in affordance.ideas
                if (not idea.needs or said & set(idea.needs))
                and not said & set(idea.unless)
                and not (idea.outdoors and inside)
                and not (asleep and idea.layer == "subject")
            ]
    found.sort(key=lambda proposal: proposal.background)
    return list({proposal.text: proposal for proposal in reversed(found)}.values())[::-1]


def _defaults(parse: Parse) -> list[_Proposal]:
    return [_Proposal(idea.layer, idea.text, "", True) for idea in parse.vocabulary.affordances.default]


def _worded(idea: Idea, word: Word, parse: Parse) -> str:
    """The text of an idea for one noun, in its number."""
    several = (word.plural and not is_named(word, parse)) or word.lower in {
        "people",
        "women",
        "men",
        "twins",
        "couple",
        "family",
    }
    text = re.sub(r"<([^|]*)\|([^>]*)>", r"\2" if several else r"\1", idea.text)
    if is_proper(word, parse) or is_named(word, parse):
        name = _full_name(word, parse)
        return text.replace("the {noun}", name).replace("{noun}", name)
    thing = _with_contents(word, parse)
    text = text.replace("the {noun}", thing) if thing == "Santa" else text
    text = text.replace("{noun}", thing)
    return text.replace(f"{word.lower}'s", f"{word.lower}'") if word.lower.endswith("s") else text


def _full_name(word: Word, parse: Parse) -> str:
    """ "Doctor Vance", "Ada Holm": a name with what stands before it with a capital."""
    words, first = parse.reading.words, word.index
    while first and words[first - 1].sentence == word.sentence and words[first - 1].kind == "NOUN":
        if not words[first - 1].text.istitle():
            break
        first -= 1
    return parse.prompt[words[first].start : word.end]


def _with_contents(word: Word, parse: Parse) -> str:
    """ "Cup of tea", "Opera House" are said whole."""
    words = parse.reading.words
    before = words[word.index - 1] if word.index else word
    called = word.text.istitle() and before.text.istitle() and before.kind == "NOUN"
    if called and before.sentence == word.sentence and parse.reading.starts[word.sentence] != before.index:
        return f"{before.text} {word.text}"
    near = words[word.index + 1 : word.index + 4]
    whole = len(near) > 1 and near[0].lower == "of" and near[1].kind == "NOUN" and near[1].sentence == word.sentence
    alone = len(near) < 3 or near[2].kind != "NOUN" or near[2].sentence != word.sentence
    said = "Santa" if word.lower == "santa" else word.lower
    return f"{said} of {near[1].text if is_proper(near[1], parse) else near[1].lower}" if whole and alone else said


def _beat(proposal: _Proposal, seconds: float) -> Beat:
    begin, end = _SLOTS.get(proposal.layer, (0.2, 0.85))
    return Beat(
        layer=proposal.layer, start=round(seconds * begin, 2), end=round(seconds * end, 2), text=tidy(proposal.text),
        level=1, origin="coach",
    )  # fmt: skip


def _shuffled(row: Sequence[Choice], parse: Parse) -> list[Choice]:
    """In an order that depends on the prompt alone."""
    seed = int.from_bytes(hashlib.sha256(parse.prompt.encode("utf-8", "replace")).digest()[:8], "big")
    return random.Random(seed).sample(list(row), len(row))
