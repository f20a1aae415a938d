"""The negative prompt: the author's own, or the engine's usual bans with what the prompt itself does not want."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from studio.coach.cues.parse import Parse
from studio.presets import Dialect
from studio.shot import MOVES, Brief, Timeline

__all__ = ["denials", "negative_prompt", "unwanted_things"]

_NO_THINGS = {"movement", "motion", "camera", "sound", "music", "audio", "cuts", "cut"}
_NO_THINGS |= {part for move in MOVES for part in move.split("_")}
"""What the camera, the sound or the editing does cannot be banned as a thing."""


def negative_prompt(timeline: Timeline, parse: Parse, dialect: Dialect, brief: Brief) -> str:
    """What is sent as the negative prompt; "" for an engine that has none.

    A ban on static pictures is left out where the camera is to hold or nothing is to move.
    """
    if not dialect.negative:
        return ""
    if brief.negative is not None:
        return brief.negative
    held = any(beat.move == "static" for beat in timeline.on("camera"))
    bans = dialect.bans if held or not timeline.beats else (*dialect.bans, *dialect.bans_static)
    return ", ".join(dict.fromkeys([*bans, *unwanted_things(parse)]))


def denials(parse: Parse) -> list[str]:
    """What the prompt says must not happen, in its own words: "never pops"; "no camera movement" is a camera's hold."""
    things = unwanted_things(parse)
    moves = [found.span for found in parse.moves]
    texts = [
        parse.prompt[parse.prompt.rfind(" ", 0, cue.span.start) + 1 : cue.span.end]  # "don't", not "n't"
        for cue in parse.labelled("negation")
        if len(cue.span.text.split()) > 1
        and not any(cue.span.overlaps(span) for span in moves)
        and not any(thing in cue.span.text.lower() for thing in things)
    ]
    return list(dict.fromkeys(texts))


def unwanted_things(parse: Parse) -> list[str]:
    """What the prompt does not want, as plain nouns: "no people" gives "people". Denied motions are not among them."""
    words = parse.reading.words
    starts = [word.start for word in words]
    moves = {place for found in parse.moves for place in range(found.span.start, found.span.end)}
    things: list[str] = []
    for cue in parse.labelled("negation"):
        inside = words[bisect_right(starts, cue.span.start) : bisect_left(starts, cue.span.end)]
        while inside and inside[0].kind in {"DET", "ADV"}:
            inside = inside[1:]
        nominal = bool(inside) and all(word.kind in {"NOUN", "ADJ", "CONJ", "NUM"} for word in inside)
        spoken = not moves.isdisjoint(range(cue.span.start, cue.span.end))
        stills = any(word.lower in _NO_THINGS for word in inside)
        if nominal and not spoken and not stills and inside[-1].kind == "NOUN":
            things.append(parse.prompt[inside[0].start : inside[-1].end].lower())
    for span in parse.masks.unwanted:
        listed = span.text.split(":", 1)[-1] if ":" in span.text else span.text.split(None, 1)[-1]
        things += [thing.strip(" .") for thing in listed.split(",") if thing.strip(" .")]
    return list(dict.fromkeys(things))
