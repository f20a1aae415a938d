"""The prompt said again, motion first: camera, actions in order, light, sound. What is left out is listed."""

from __future__ import annotations

import re
from collections.abc import Callable

from studio.coach.camera import Found
from studio.coach.cues import Parse, parse
from studio.coach.edits import remove, tidy
from studio.coach.phrasing import camera_sentence
from studio.shot import Beat, Fix, Layer, Move, Record, Span, Timeline

__all__ = ["Rewrite", "rewrite_prompt"]

_GENTLER: dict[Move, Move] = {
    "fpv": "dolly_in",
    "fly_through": "dolly_in",
    "aerial_move": "dolly_in",
    "hyperlapse": "dolly_in",
    "fast_move": "dolly_in",
    "orbit": "truck_right",
    "roll": "dolly_in",
    "roll_cw": "dolly_in",
    "roll_ccw": "dolly_in",
    "whip_pan": "pan",
    "crash_zoom": "zoom_in",
}
_MOST_MOVES = 2
_MOST_SENTENCES = 8
_FALLBACK = "The camera slowly pushes in."


class Rewrite(Record):
    """The rewrite and what became of the author's words.

    Attributes:
        kept: spans of the prompt that are still said.  removed: spans that are not.
        added: spans of `text` that are the coach's own.
    """

    text: str
    kept: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()


def rewrite_prompt(source: Parse, timeline: Timeline, *, good: bool, passes: Callable[[str], bool]) -> Rewrite:
    """Say the timeline as prose. A good prompt is only tidied.

    `passes` says whether a text passes the coach's own rules; sentences are dropped from the end until it does.
    """
    prompt = source.prompt
    if source.foreign or good:
        text = prompt.strip() if source.foreign else tidy(prompt)
        return Rewrite(text=text, kept=(Span.of(prompt, 0, len(prompt)),) if prompt else ())
    sentences = [(text, beat.origin == "coach") for text, beat in _sentences(source, timeline)][:_MOST_SENTENCES]
    while sentences:
        text = _clean(tidy(" ".join(text for text, _ in sentences)), source)
        if text and passes(text):
            return _account(source, text, [text for text, own in sentences if own])
        sentences.pop()
    return _account(source, _FALLBACK, [_FALLBACK])


def _sentences(source: Parse, timeline: Timeline) -> list[tuple[str, Beat]]:
    said: list[tuple[str, Beat]] = []
    for beat in timeline.on("camera")[:_MOST_MOVES]:
        said.append((_gentle(source, beat), beat))
    layers: tuple[Layer, ...] = ("subject", "scene", "light")
    rest = [beat for layer in layers for beat in timeline.on(layer)]
    rest.sort(key=lambda beat: (beat.start, beat.span.start if beat.span else 0))
    for place, beat in enumerate(rest):
        text = beat.text
        if (
            place
            and beat.layer == "subject"
            and beat.start > rest[place - 1].end - 0.2
            and rest[place - 1].layer == "subject"
        ):
            text = f"Then {text[0].lower()}{text[1:]}" if text else ""
        said.append((text, beat))
    said += [(beat.text, beat) for beat in timeline.on("audio")]
    once = {text: beat for text, beat in reversed(said) if text}
    return [(text, beat) for text, beat in said if once.get(text) is beat]


def _gentle(source: Parse, beat: Beat) -> str:
    """A move too big for one still, made small: a rewrite must pass the coach's own rules."""
    found = next((f for f in source.moves if beat.span is not None and f.span == beat.span), None)
    if found is None:
        return beat.text
    aggressive = found.move in source.vocabulary.camera.aggressive
    if found.move in _GENTLER:
        gentler: Move = "truck_left" if found.move == "orbit" and found.direction == "left" else _GENTLER[found.move]
        return camera_sentence(Found(gentler, 1, found.first, found.last, found.span), source)
    return camera_sentence(found, source, level=1 if aggressive or found.level == 3 else found.level)


def _clean(text: str, source: Parse) -> str:
    """Take out what the rules would still find: lettering, stylised light, cuts; then any sentence that keeps it."""
    for _ in range(2):
        read = parse(text, source.vocabulary)
        spans = [
            cue.span
            for cue in (*read.labelled("lettering"), *read.labelled("light", "stylised"), *read.labelled("cut"))
        ]
        if not spans:
            return text
        text = tidy(Fix(title="", safety="safe", edits=remove(text, spans)).apply(text))
    read = parse(text, source.vocabulary)
    bad = [
        cue.span for cue in (*read.labelled("lettering"), *read.labelled("light", "stylised"), *read.labelled("cut"))
    ]
    pieces = list(re.finditer(r"[^.!?]+[.!?]?\s*", text))
    return tidy("".join(m.group() for m in pieces if not any(m.start() < s.end and s.start < m.end() for s in bad)))


def _account(source: Parse, text: str, own: list[str]) -> Rewrite:
    """Which words of the prompt are in the rewrite, which are not, and which sentences are the coach's."""
    said = set(re.findall(r"\w+", text.lower()))
    lemmas = {lemma for word in said for lemma, _ in source.vocabulary.verb_forms.get(word, ())} | said
    kept: list[Span] = []
    removed: list[Span] = []
    for word in source.reading.words:
        if word.kind in {"PUNCT", "DET", "PREP", "CONJ", "AUX", "NOT"}:
            continue
        found = word.lower in said or word.lemma in lemmas
        (kept if found else removed).append(Span.of(source.prompt, word.start, word.end))
    added = [Span.of(text, text.index(piece), text.index(piece) + len(piece)) for piece in own if piece in text]
    return Rewrite(text=text, kept=_join(kept, source), removed=_join(removed, source), added=tuple(added))


def _join(spans: list[Span], source: Parse) -> tuple[Span, ...]:
    """Neighbouring words become one span."""
    joined: list[Span] = []
    for span in spans:
        if joined and not source.prompt[joined[-1].end : span.start].strip(" -"):
            joined[-1] = Span.of(source.prompt, joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)
