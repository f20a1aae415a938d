"""Whether a prompt that breaks no rule is prose yet, or a caption, a wish, a row of tags that can be said better."""

from __future__ import annotations

from studio.coach.cues.clauses import split_clauses
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.selection import MOST_CLAUSES

__all__ = ["is_rough", "talks_about_the_clip"]

_OPENING = 8  # words in which a sentence says that it only shows something


def is_rough(parse: Parse) -> bool:
    """Whether a prompt has tags, talks about the clip, wishes, captions or tells in the past tense."""
    if parse.labelled("appearance", "quality tag") or parse.masks.flags:
        return True
    words = parse.reading.words
    wishes = parse.vocabulary.sets["telling_wishes"]
    for start in parse.reading.starts.values():
        if words[start].lower in wishes or _shows(words[start : start + _OPENING], parse):
            return True
    return any(_caption(event, parse) for event in parse.events) or _has_tags(parse)


def talks_about_the_clip(words: tuple[Word, ...]) -> bool:
    """ "This is a video with ...": talk about the clip, not what is seen."""
    lowers = {w.lower for w in words[:6]}
    return bool({"is", "'s", "features", "shows"} & lowers) and bool({"video", "animation", "clip", "footage"} & lowers)


def _caption(event: Event, parse: Parse) -> bool:
    """A participle without a finite verb ("a dog running"), or the past tense."""
    words = parse.reading.words
    verb = words[event.verb]
    before = words[parse.reading.starts[verb.sentence] : event.verb]
    if verb.form in {"preterite", "past"}:
        return not any(w.kind == "AUX" for w in before)
    if verb.form != "ing" or any(w.kind == "AUX" or (w.kind == "VERB" and w.form != "ing") for w in before):
        return False
    behind = words[event.verb + 1 : event.verb + 1 + 40]
    return not any(w.kind == "VERB" and w.form == "s" and w.sentence == verb.sentence for w in behind)


def _shows(opening: tuple[Word, ...], parse: Parse) -> bool:
    """ "The video shows ...", "This is a close-up of ..."."""
    said = next((w for w in opening if w.kind in {"VERB", "AUX"} and w.sentence == opening[0].sentence), None)
    sets = parse.vocabulary.sets
    talk = said is not None and (said.lemma in sets["telling_shows"] | {"start", "open", "begin"} or said.lower == "is")
    return talk and any(w.lower in sets["telling_views"] for w in opening)


def _has_tags(parse: Parse) -> bool:
    """Whether a piece between commas only says how it looks: ", dreamy, pastel tones"."""
    for clause in split_clauses(parse)[:MOST_CLAUSES]:
        inside = parse.reading.words[clause.first : clause.last]
        verbless = not clause.events and not clause.moves and all(w.kind not in {"VERB", "AUX", "PREP"} for w in inside)
        described = sum(w.index in parse.described for w in inside)
        if clause.link < clause.first and verbless and described * 2 >= len(inside):
            return True
    return False
