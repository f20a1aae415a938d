"""Motions of the coach's own, for a prompt in which nothing moves; always marked as the coach's."""

from __future__ import annotations

from studio.coach.cues import Parse
from studio.coach.edits import tidy
from studio.coach.negation import negated_words
from studio.shot import Beat, Layer

__all__ = ["suggestions"]


def suggestions(parse: Parse, seconds: float) -> list[Beat]:
    """Small motions for the things in the prompt, and a slow push unless the camera was asked to hold still."""
    beats: list[Beat] = []
    if not parse.moves:
        beats.append(
            Beat(layer="camera", start=round(seconds * 0.06, 2), end=round(seconds * 0.94, 2), move="dolly_in", level=1,
                 text="The camera slowly pushes in.", origin="coach")
        )  # fmt: skip
    slots = {"scene": (0.15, 0.9), "subject": (0.3, 0.8), "light": (0.4, 0.95)}
    for layer, text in _ideas(parse)[:2]:
        begin, end = slots.get(layer, (0.2, 0.85))
        slot = (round(seconds * begin, 2), round(seconds * end, 2))
        beats.append(Beat(layer=layer, start=slot[0], end=slot[1], text=tidy(text), level=1, origin="coach"))
    return beats


def _ideas(parse: Parse) -> list[tuple[Layer, str]]:
    """At most one idea for each layer, for the first nouns of the prompt that can move."""
    ideas: dict[Layer, str] = {}
    words = parse.reading.words
    unwanted = negated_words(parse.reading, parse.vocabulary)
    for word in words:
        after = words[word.index + 1] if word.index + 1 < len(words) else None
        compound = after is not None and after.kind == "NOUN" and after.sentence == word.sentence  # "cherry blossoms"
        if word.kind not in {"NOUN", "ADJ"} or compound or word.index in unwanted:
            continue
        if parse.masks.hides(word.start, word.end):
            continue
        for affordance in parse.vocabulary.affordances.affordance:
            if word.lemma in affordance.nouns or word.lower in affordance.nouns:
                text = (word.plural and affordance.plural) or affordance.text
                ideas.setdefault(affordance.layer, text.format(noun=word.lower))
        if len(ideas) >= 2:
            break
    if not ideas:
        return [(idea.layer, idea.text) for idea in parse.vocabulary.affordances.default]
    return list(ideas.items())
