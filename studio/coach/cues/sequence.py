"""The motions of a prompt in the order of time: what follows what, and what goes on beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from studio.coach.cues.camera import Found
from studio.coach.cues.events import Event
from studio.coach.cues.main_actions import by_subject, main_actions
from studio.coach.cues.parse import Parse
from studio.shot import Layer, Span

__all__ = ["Head", "find_heads", "sounds", "told_in_order", "with_quotation"]

_MOST_BESIDE = 6
_MOST_MOVES = 6
_MOST_SOUNDS = 2
_LOOK_BACK = 4
_LABELLED = re.compile(r"\s*:[^.\n]*")
_MOST_SPOKEN = 4
_SPEECH_RATE = 3.0  # words a second
_MANNER = 6  # words of "in a calm, clear voice"
_AT_ONCE = {"abruptly", "now", "suddenly"}
_BREAKS = {"PUNCT", "CONJ", "VERB"}
_SETTING_IN = {"begin", "resume", "start"}


@dataclass(frozen=True)
class Head:
    """One motion or sound of the prompt.

    Attributes:
        place: where it begins in the prompt.  rank: its place in the order of time.
        role: a "main" action needs a stretch of its own; what is "beside" goes on during something else.
        ordered: a word of sequence leads to it.  joined: it goes on during the one before.
        with_others: it shares the stretch of what it hangs on, rather than going on throughout.
        seconds: how long it takes at least, of spoken words.  throughout: it is said of the whole clip.
        ongoing: it has no end of its own: "the leaves sway", "snow falls".
        begins: something ongoing was not there before: "it starts raining".
    """

    place: int
    rank: int
    role: Literal["camera", "main", "beside", "audio"]
    layer: Layer
    span: Span
    sentence: int
    ordered: bool = False
    joined: bool = False
    with_others: bool = False
    found: Found | None = None
    event: Event | None = None
    seconds: float | None = None
    throughout: bool = False
    ongoing: bool = False
    begins: bool = False

    @property
    def is_static(self) -> bool:
        """Whether it is a camera that holds."""
        return self.found is not None and self.found.move == "static"


def find_heads(parse: Parse) -> list[Head]:
    """Everything that a beat is made of, in the order of time."""
    heads = [*_camera(parse), *_actions(parse), *sounds(parse)]
    return sorted(heads, key=lambda head: (head.rank, head.place))


def told_in_order(heads: Sequence[Head], parse: Parse, budget: int) -> bool:
    """Whether actions are one story: words of sequence, or more than `budget` of one subject."""
    events = [head.event for head in heads if head.event is not None]
    return any(head.ordered for head in heads) or max(by_subject(events, parse).values(), default=0) > budget


# -- camera -----------------------------------------------------------------------------------------------------------
def _camera(parse: Parse) -> list[Head]:
    heads = [
        Head(
            place=parse.reading.words[found.first].start, rank=0, role="camera", layer="camera", span=found.span,
            sentence=parse.reading.words[found.first].sentence, ordered=_led_to(found.first, parse),
            joined=found.beside and not _led_to(found.first, parse), found=found,
        )
        for found in parse.moves
    ]  # fmt: skip
    moving = [head for head in heads if not head.is_static]
    if not moving:
        heads = heads[:1]
    else:
        heads = [head for place, head in enumerate(heads) if not head.is_static or _holds(heads, place, parse)]
    ranks = sorted(head.place for head in heads)
    return [replace(head, rank=rank) for head, rank in zip(heads[:_MOST_MOVES], ranks, strict=False)]


def _holds(heads: list[Head], place: int, parse: Parse) -> bool:
    """Whether "holds" is a step of the camera's way ("pushes in, then holds") and not a wish for the whole shot."""
    head = heads[place]
    leads = place + 1 < len(heads) and heads[place + 1].ordered and place == 0
    timed = any(
        abs(mark.span.start - head.span.end) <= 2 or abs(head.place - mark.span.end) <= 12 for mark in parse.masks.times
    )
    return (place > 0 and head.ordered) or leads or timed


def _led_to(first: int, parse: Parse) -> bool:
    """Whether a word of sequence stands right before ``words[first]`` or opens its sentence."""
    words, sequence = parse.reading.words, parse.vocabulary.sets["sequence"]
    for near in reversed(words[max(0, first - _LOOK_BACK) : first]):
        if near.sentence != words[first].sentence or near.kind in {"NOUN", "VERB"}:
            break
        if near.lower in sequence:
            return True
    # The words of the move itself may hold it: "the camera then tilts up".
    return any(
        word.lower in {"then", "finally"} for word in words[first : first + 4] if _same(word.index, first, parse)
    )


def _same(index: int, first: int, parse: Parse) -> bool:
    words = parse.reading.words
    return words[index].sentence == words[first].sentence and not any(
        word.kind == "VERB" for word in words[first:index]
    )


# -- actions ----------------------------------------------------------------------------------------------------------
def _actions(parse: Parse) -> list[Head]:
    main = main_actions(parse)
    listed = {event.verb for event in main}
    led = _led(parse, listed)
    main, listed = [*main, *led], listed | {event.verb for event in led}
    beside = [event for event in parse.actions if event.verb not in listed][:_MOST_BESIDE]
    again = _again(parse)
    main = sorted([*main, *again], key=lambda event: event.verb)
    ranks = {event.verb: rank for event, rank in zip(_in_time(main, parse), [e.head for e in main], strict=True)}
    heads = [_action(event, ranks[event.verb], "main", parse) for event in main]
    return heads + [_action(event, event.head, "beside", parse) for event in beside]


def _led(parse: Parse, listed: set[int]) -> list[Event]:
    """Motions of nature that are told in order too: "leaves swirl, then settle", with what they follow."""
    words = parse.reading.words
    plain = [event for event in parse.actions if event.tie == "main"]
    found = {event.verb: event for event in plain if event.ordered}
    for before, event in pairwise(plain):
        if event.ordered and words[before.verb].sentence == words[event.verb].sentence:
            found[before.verb] = before
    return [event for verb, event in sorted(found.items()) if verb not in listed]


def _again(parse: Parse) -> list[Event]:
    """Motions with a verb that was said before, of another subject or under another time: the dog jumps too."""
    words = parse.reading.words

    def whose(event: Event) -> str:
        return words[event.subject].lemma or words[event.subject].lower if event.subject is not None else ""

    listed = {event.verb for event in parse.actions}
    known = {(event.lemma, whose(event), _heading(event.head, parse)) for event in parse.actions}
    found: list[Event] = []
    for event in parse.events:
        key = (event.lemma, whose(event), _heading(event.head, parse))
        plain = event.tie in {"main", "while"} and event.subject is not None and words[event.subject].kind == "NOUN"
        if event.verb not in listed and plain and key not in known and event.actor not in {"scenery", "body"}:
            known.add(key)
            found.append(event)
    return found


def _heading(place: int, parse: Parse) -> int:
    """The number of said times before a place."""
    return sum(mark.span.end <= place for mark in parse.masks.times)


def _action(event: Event, rank: int, role: Literal["main", "beside"], parse: Parse) -> Head:
    word = parse.reading.words[event.verb]
    hangs = event.actor != "scenery" and event.layer == "subject" and event.tie != "attributive"
    return Head(
        place=event.head, rank=rank, role=role, layer=event.layer, span=event.span, sentence=word.sentence,
        ordered=event.ordered, joined=_together(event, parse), with_others=hangs, event=event,
        ongoing=_goes_on(event, parse), begins=event.ordered or _begun(event, parse),
    )  # fmt: skip


def _goes_on(event: Event, parse: Parse) -> bool:
    """Whether a motion is a process (Vendler's "activity") of what need not be told to stop."""
    times = parse.vocabulary.times
    if event.lemma in times.ongoing_of_many:
        many = event.subject is not None and parse.reading.words[event.subject].plural
        return event.layer == "light" or (event.layer == "scene" and (many or event.actor == "scenery"))
    return event.lemma in times.ongoing or event.lemma in _SETTING_IN


def _begun(event: Event, parse: Parse) -> bool:
    """Whether a verb or the words right before it say that what it tells was not there before."""
    if event.lemma in _SETTING_IN:
        return True
    near = parse.reading.words[
        max(parse.reading.starts[parse.reading.words[event.verb].sentence], event.verb - 3) : event.verb
    ]
    return any(word.could_be("begin", "start") or word.lower in _AT_ONCE for word in near)


def _together(event: Event, parse: Parse) -> bool:
    """Whether "meanwhile" or "at the same time" opens the way to a verb."""
    words = parse.reading.words
    start = parse.reading.starts[words[event.verb].sentence]
    lowers = parse.reading.lowers[max(start, event.verb - 8) : event.verb]
    return bool(parse.vocabulary.together.find(lowers))


def _in_time(events: Sequence[Event], parse: Parse) -> list[Event]:
    """ "Before he leaves, he waves" waves first; "he leaves after he waves" does too."""
    ordered = list(events)
    for place in range(len(ordered) - 1):
        first, second = ordered[place], ordered[place + 1]
        words = parse.reading.words
        if words[first.verb].sentence != words[second.verb].sentence:
            continue
        start = parse.reading.starts[words[first.verb].sentence]
        between = parse.reading.lowers[first.verb + 1 : second.verb]
        opened = parse.reading.lowers[start] == "before" and not any(
            start < event.verb < first.verb for event in parse.events
        )
        after = "after" in between and not set(between[between.index("after") + 1 :]) & {"that", "which", ","}
        after = after and not _timed_between(first.verb, second.verb, parse)
        if (opened and "," in between) or after:
            ordered[place], ordered[place + 1] = second, first
    return ordered


def _timed_between(first: int, second: int, parse: Parse) -> bool:
    words = parse.reading.words
    return any(words[first].end <= mark.span.start < words[second].start for mark in parse.masks.times)


# -- sound ------------------------------------------------------------------------------------------------------------
def sounds(parse: Parse) -> list[Head]:
    """What is heard: spoken lines, then sounds."""
    words = parse.reading.words
    heads = _spoken(parse)
    heads += [head for head in _labelled(parse) if not any(head.span.overlaps(other.span) for other in heads)]
    for cue in parse.labelled("audio")[:_MOST_SOUNDS]:
        if any(head.span.overlaps(cue.span) for head in heads):
            continue
        sentence = next((word.sentence for word in words if word.start >= cue.span.start), 0)
        labelled = _LABELLED.match(parse.prompt, cue.span.end)  # "Audio: gentle water, loons" speaks of the whole clip
        span = Span.of(parse.prompt, cue.span.start, labelled.end()) if labelled else cue.span
        heads.append(
            Head(place=span.start, rank=span.start, role="audio", layer="audio", span=span, sentence=sentence,
                 throughout=labelled is not None)
        )  # fmt: skip
    return heads


def _spoken(parse: Parse) -> list[Head]:
    """Words that somebody says: a quotation right behind a verb of speech, with the whole clause before it."""
    words, starts = parse.reading.words, [word.start for word in parse.reading.words]
    moving = {event.verb for event in parse.actions}
    heads: list[Head] = []
    for span in parse.masks.quotations[:_MOST_SPOKEN]:
        verb = bisect_left(starts, span.start) - 1
        while verb >= 0 and words[verb].kind == "PUNCT" and words[verb].end >= span.start - 2:
            verb -= 1
        verb = _before_manner(verb, parse)
        if verb < 0 or verb in moving or not words[verb].could_be_of(parse.vocabulary.lettering.speech):
            continue
        first = verb
        while first > 0 and words[first - 1].sentence == words[verb].sentence and words[first - 1].kind not in _BREAKS:
            first -= 1
        if words[first].kind not in {"DET", "NOUN", "PRON", "ADJ", "NUM"}:
            continue
        said = Span.of(parse.prompt, words[first].start, span.end)
        heads.append(
            Head(place=words[verb].start, rank=words[verb].start, role="audio", layer="audio", span=said,
                 sentence=words[verb].sentence, seconds=max(1.0, len(span.text.split()) / _SPEECH_RATE))
        )  # fmt: skip
    return heads


def _before_manner(index: int, parse: Parse) -> int:
    """Before the "in a tinny voice" that stands between a verb of speech and what is said."""
    words = parse.reading.words
    if index < 0 or words[index].lower not in parse.vocabulary.lettering.voices:
        return index
    first = index
    while first > max(0, index - _MANNER) and words[first].kind in {"DET", "ADJ", "NOUN", "ADV", "CONJ"}:
        first -= 1
    return first - 1 if words[first].lower in {"in", "with"} and first else index


def _labelled(parse: Parse) -> list[Head]:
    """Lines that say what is heard: "Sound: gulls, creaking wood", "Dialogue: "Stay!""."""
    words, heads = parse.reading.words, []
    for sentence, (label, first) in parse.reading.labels.items():
        if label.lower not in parse.vocabulary.sets["telling_heard"] or first >= len(words):
            continue
        end = max((word.end for word in words[first:] if word.sentence == sentence), default=label.end)
        quoted = next((span for span in parse.masks.quotations if words[first].start <= span.start < end), None)
        spoken = None if quoted is None else max(1.0, len(quoted.text.split()) / _SPEECH_RATE)
        span = Span.of(parse.prompt, label.start, max(end, quoted.end if quoted is not None else 0))
        heads.append(
            Head(place=span.start, rank=span.start, role="audio", layer="audio", span=span, sentence=sentence,
                 seconds=spoken, throughout=spoken is None)
        )  # fmt: skip
    return heads[:_MOST_SOUNDS]


def with_quotation(sentence: str, event: Event, parse: Parse) -> str:
    """A sentence of speech with what is spoken: "he says “now”", "“hot!” he shouts"."""
    words = parse.reading.words
    if event.subject is None or not words[event.verb].could_be_of(parse.vocabulary.lettering.speech):
        return sentence
    first = event.subject
    while first > 0 and words[first - 1].kind in {"DET", "ADJ"}:
        first -= 1
    behind = words[event.last - 1].end
    for span in parse.masks.quotations:
        closed = "" if span.text[-2:-1] in ".!?" else "."
        if span.start >= behind and not parse.prompt[behind : span.start].strip(" ,:") and span.text not in sentence:
            mark = "," if parse.prompt[behind : span.start].strip() else ""
            text = f"{span.text[:-2]}.{span.text[-1]}" if span.text[-2:-1] == "," else f"{span.text}{closed}"
            return f"{sentence.rstrip('.')}{mark} {text}"
        if _claimed(span, event, parse):
            continue
        if span.end <= words[first].start and not parse.prompt[span.end : words[first].start].strip(" ,"):
            return f"{sentence.rstrip('.')}: {span.text}{closed}"
    return sentence


def _claimed(quotation: Span, event: Event, parse: Parse) -> bool:
    """Whether a quotation is what somebody says before it: "he says "now". He laughs"."""
    words = parse.reading.words
    for other in parse.events:
        end = words[other.last - 1].end
        said = end <= quotation.start and not parse.prompt[end : quotation.start].strip(" ,:")
        if said and other is not event and words[other.verb].could_be_of(parse.vocabulary.lettering.speech):
            return True
    return False
