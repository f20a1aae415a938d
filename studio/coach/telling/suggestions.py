"""Motions of the coach's own, from what is there; always marked as the coach's. "Another idea" gives the next."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from studio.coach.cues.negation import negated_words
from studio.coach.cues.parse import Parse
from studio.coach.edits import tidy
from studio.coach.language.words import Word
from studio.coach.telling.naming import is_proper
from studio.coach.vocabulary.telling_words import Idea
from studio.shot import Beat, Layer

__all__ = ["proposed", "suggestions"]

_SLOTS: dict[Layer, tuple[float, float]] = {"scene": (0.15, 0.9), "subject": (0.3, 0.8), "light": (0.4, 0.95)}
_COMPARED = {"like", "resembling", "reminiscent", "style", "inspired", "as"}
_OF = {
    "photo",
    "photograph",
    "picture",
    "image",
    "painting",
    "illustration",
    "drawing",
    "portrait",
    "render",
    "shot",
    "view",
}
_OWNED = {"a", "an", "his", "her", "my", "old", "vintage", "antique"}  # "an old camera" is a thing; "the camera" films
_OUTSIDE = {"wind", "windy", "breeze", "draught", "outside", "outdoors", "garden", "street", "beach", "field", "meadow"}
_COLOURING = {"all", "in", "wearing", "of", "and"}
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
    verbs = (word for word in parse.reading.words if not parse.masks.hides(word.start, word.end))
    tags = sum(word.text == "," for word in parse.reading.words)
    finite = any(word.kind == "AUX" or (word.kind == "VERB" and word.form in _FINITE) for word in verbs)
    return small and not finite and tags >= _TAGS


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
    for word in _things(parse):
        key = word.lemma if word.lemma in parse.vocabulary.affordances_of else word.lower
        key = "person" if _portrayed(word, parse) or _named(word, parse) else key
        for affordance in parse.vocabulary.affordances_of.get(key, ()):
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


def _things(parse: Parse) -> list[Word]:
    """The nouns that name something in the picture: not the camera's words, no comparison, nothing ruled out."""
    words = parse.reading.words
    outside = set(negated_words(parse.reading, parse.vocabulary))
    for cue in (
        *parse.labelled("camera"),
        *parse.labelled("appearance", "quality tag"),
        *parse.labelled("style"),
        *parse.labelled("cut"),
        *(cue for cue in parse.labelled("lettering") if cue.sense != "surface with words"),
    ):
        outside.update(w.index for w in words if cue.span.start <= w.start < cue.span.end)
    things: list[Word] = []
    for word in words:
        after = words[word.index + 1] if word.index + 1 < len(words) else None
        near = after is not None and after.sentence == word.sentence
        compound = near and after is not None and after.kind == "NOUN" and not after.verbs  # "cherry blossoms"
        compound = compound or (near and after is not None and parse.prompt[word.end : after.start] == "-")
        compound = compound or (near and after is not None and _before_a_place(word, after, parse))
        medium = near and after is not None and after.lower == "of" and word.lower in _OF
        if word.kind != "NOUN" or word.index in outside or compound or (medium and word.lower != "portrait"):
            continue
        focus = word.lower == "field" and word.index > 1 and words[word.index - 2].lower == "depth"
        if focus or parse.masks.hides(word.start, word.end) or _compared(word, parse):
            continue
        before = words[word.index - 1].lower if word.index else ""
        if word.lower in parse.vocabulary.appearance.colour and not word.plural and before in _COLOURING:
            continue  # "wearing all orange" names no fruit
        if word.lower in parse.vocabulary.sets["telling_recorders"] and before not in _OWNED:
            continue
        things.append(word)
    return things


def _before_a_place(word: Word, after: Word, parse: Parse) -> bool:
    """ "A village house interior": the first of two things in a row is where or of what the second is."""
    kinds = parse.vocabulary.noun_kinds
    placed = kinds.get(after.lower) in {"scenery", "thing"} and kinds.get(word.lower) == "scenery"
    return placed and after.kind == "NOUN" and not after.plural


def _portrayed(word: Word, parse: Parse) -> bool:
    """ "Portrait of Frida": a name there is somebody."""
    before = parse.reading.words[max(0, word.index - 4) : word.index]
    return is_proper(word, parse) and any(near.lower in {"portrait", "selfie", "headshot"} for near in before)


def _named(word: Word, parse: Parse) -> bool:
    """ "Lily waves", "a quarrel between Max and Rose": a flower without an article, but with a capital, is somebody."""
    words = parse.reading.words
    before = words[word.index - 1] if word.index else None
    after = words[word.index + 1] if word.index + 1 < len(words) else None
    opens = before is None or before.sentence != word.sentence
    acts = after is not None and (after.kind == "AUX" or (after.kind == "VERB" and after.form in _FINITE))
    determined = before is not None and not opens and before.kind in {"DET", "ADJ", "NUM"}
    given = {*parse.vocabulary.nouns.feminine, *parse.vocabulary.nouns.masculine}
    known = parse.vocabulary.noun_kinds.get(word.lower) in {"person", "animal"}
    capital = word.text[:1].isupper() and not word.text.isupper() and not word.plural
    return capital and word.lower in given and not known and not determined and (acts or not opens)


def _compared(word: Word, parse: Parse) -> bool:
    """ "Like a mirror", "in the style of a film": no such thing is there."""
    for near in reversed(parse.reading.words[max(0, word.index - 5) : word.index]):
        if near.sentence != word.sentence or near.kind in {"PUNCT", "VERB"}:
            return False
        if near.lower in _COMPARED:
            return near.lower != "as" or near.kind == "PREP"
    return False


def _worded(idea: Idea, word: Word, parse: Parse) -> str:
    """The text of an idea for one noun, in its number."""
    several = word.plural or word.lower in {"people", "women", "men", "twins", "couple", "family"}
    text = re.sub(r"<([^|]*)\|([^>]*)>", r"\2" if several else r"\1", idea.text)
    if is_proper(word, parse) or _named(word, parse):
        return text.replace("the {noun}", word.text).replace("{noun}", word.text)
    text = text.replace("{noun}", _with_contents(word, parse))
    return text.replace(f"{word.lower}'s", f"{word.lower}'") if word.lower.endswith("s") else text


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
    return f"{word.lower} of {near[1].lower}" if whole and alone else word.lower


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
