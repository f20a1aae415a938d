"""A camera move that is named first and then told: "Quick zoom-in: the lens zooms in on the clock" is one move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.telling.wording.draft import Draft, sources

__all__ = ["AMOUNTS", "sides", "told_again", "with_both"]

_GROUPS = (
    {"pan", "pan_left", "pan_right", "whip_pan"},
    {"zoom", "zoom_in", "zoom_out", "crash_zoom"},
    {"orbit"},
    {"tilt_up", "tilt_down"},
    {"tracking"},
    {"dolly_in"},
    {"dolly_out"},
)
AMOUNTS = {"degree", "degrees", "full", "complete", "entire", "half", "°", "circle", "circles"}
"""How far a move goes round."""
_ORDER = {"then", "next", "before", "after", "again", "back", "finally", "first", "later", "once", "second", "another"}
_AIMING = {"around", "round", "on", "to", "toward", "towards", "through", "across", "past", "into", "along"}
_NEAR = 3  # words behind a move, of which one is no adverb
_AS_A_LOOK = {"effect", "effects", "style"}  # "bullet time effect"
_WAYS = {"left", "right", "up", "down", "in", "out"}


def told_again(parse: Parse) -> Mapping[int, Found]:
    """The moves that are only named, by where each begins, with the move that tells it."""
    again: dict[int, Found] = {}
    told = parse.moves[0] if parse.moves else None
    for found in parse.moves[1:]:
        if told is not None and _are_one(told, found, parse):
            if _is_named(found, parse) and (not _is_named(told, parse) or _is_told(told, parse)):
                again[found.first] = told
                continue
            if _is_named(told, parse) and _is_told(found, parse):
                again = {begin: found if other == told else other for begin, other in again.items()}
                again[told.first] = found
        told = found
    return again


def sides(found: Found, parse: Parse) -> tuple[str, ...]:
    """Every side that a move is said to go to, where it is named and where it is told."""
    again = told_again(parse)
    named = [other for other in parse.moves if again.get(other.first) == found]
    said = (move.direction for move in (*named, found))
    return tuple(dict.fromkeys(side for side in said if side))


def _are_one(first: Found, second: Found, parse: Parse) -> bool:
    kind = next((group for group in _GROUPS if first.move in group), set())
    if second.move not in kind or second.beside:
        return False
    ways = {found.direction for found in (first, second) if found.direction in _WAYS}
    ways |= {side for found in (first, second) if (side := parse.vocabulary.moves[found.move].side)}
    words = parse.reading.words[first.last : second.first]
    ordered = any(word.lower in _ORDER for word in words)
    cut = any(first.span.end <= cue.span.start < second.span.start for cue in parse.labelled("cut"))
    return len(ways) < 2 and not ordered and not cut


def _is_named(found: Found, parse: Parse) -> bool:
    """Whether nothing is said of what a move goes to: "orbit-right:", "Quick zoom-in", "the camera circles, ..."."""
    words = parse.reading.words
    after = next((word for word in words[found.last : found.last + _NEAR] if word.kind != "ADV"), None)
    if after is None or after.kind == "PUNCT" or after.sentence != words[found.first].sentence:
        return words[found.last - 1].lower not in _AIMING
    phrase = found.why == "camera phrase"
    label = phrase and (after.text[:1].isupper() or after.lower in _AS_A_LOOK)  # "Quick zoom-in Description: ..."
    orbit = after.lower in {"one", "a", "an"} and found.move == "orbit"  # "goes in one orbit"
    return label or orbit


def _is_told(found: Found, parse: Parse) -> bool:
    """Whether more is said of a move than its name."""
    own = parse.reading.words[found.first : found.last]
    told = found.why == "the camera is its subject" or any(word.lower in {"camera", "lens"} for word in own)
    return told or not _is_named(found, parse)


def with_both(drafts: list[Draft], parse: Parse) -> list[Draft]:
    """The sentence that tells a move says the words that named it, too."""
    for begin, found in told_again(parse).items():
        named = next(other for other in parse.moves if other.first == begin)
        calm = [index for index in range(named.first, named.last) if not _is_fast(index, parse)]
        own = range(found.first, found.last)
        place = next((i for i, draft in enumerate(drafts) if not sources(draft).isdisjoint(own)), None)
        if place is not None:
            end = drafts[place][-1]
            drafts = [*drafts]
            drafts[place] = (*drafts[place][:-1], replace(end, also=(*end.also, *calm)))
    return drafts


def _is_fast(index: int, parse: Parse) -> bool:
    """Whether a word says how fast or how far a move goes: what is made calm no longer does."""
    word = parse.reading.words[index]
    if word.kind == "NUM" or word.lower in AMOUNTS:
        return True
    found = parse.vocabulary.levels.at((word.lower,), 0)
    return found is not None and found[1] == 3
