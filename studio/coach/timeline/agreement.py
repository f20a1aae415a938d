"""A beat in words that agree with it: a move or a level changed on the timeline changes the sentence."""

from __future__ import annotations

from dataclasses import replace

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse, parse
from studio.coach.edits import tidy
from studio.coach.telling.clauses.camera_phrasing import camera_sentence
from studio.coach.telling.wording.prose import lower_first
from studio.coach.timeline.beat_sheet import ADVERBS, camera_way
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Beat, Span

__all__ = ["beat_words"]


def beat_words(beat: Beat, vocabulary: Vocabulary) -> str:
    """The sentence of a beat. What the prompt or the coach said stands; what the user changed is said as changed."""
    if beat.layer == "camera" and beat.move:
        return _camera(beat, vocabulary) if beat.origin == "user" or not beat.text.strip() else tidy(beat.text)
    if beat.origin != "user" or not beat.text.strip():
        return tidy(beat.text)
    return tidy(_levelled(beat, parse(beat.text, vocabulary)))


def _camera(beat: Beat, vocabulary: Vocabulary) -> str:
    said = parse(beat.text, vocabulary)
    found = next(iter(said.moves), None)
    if found is not None and (found.move, found.level, camera_way(found)) == (beat.move, beat.level, beat.direction):
        return tidy(beat.text)
    assert beat.move is not None
    wanted = replace(found or _NOTHING, move=beat.move, level=beat.level, direction=beat.direction)
    sentence = camera_sentence(wanted, said, level=beat.level)
    if found is not None or not beat.text.strip():
        return sentence
    return f"{sentence[:-1]}: {lower_first(tidy(beat.text), vocabulary)}"


_NOTHING = Found("static", 2, 0, 0, Span(start=0, end=0, text=""))


def _levelled(beat: Beat, said: Parse) -> str:
    """The text with the adverb of the beat's level on its first verb."""
    event = next(iter(said.events), None)
    if event is None or event.level == beat.level:
        return beat.text
    words, levels = said.reading.words, said.vocabulary.levels
    adverb = ADVERBS[beat.level]
    for word in words:
        if word.sentence == words[event.verb].sentence and word.kind == "ADV" and levels.at((word.lower,), 0):
            return f"{beat.text[: word.start]}{adverb}{beat.text[word.end :]}"
    verb = words[event.verb]
    if verb.form in {"s", "base"} and verb.kind == "VERB":
        start = verb.start
        return f"{beat.text[:start]}{adverb} {beat.text[start:]}"
    return f"{beat.text.rstrip(' .')} {adverb}"
