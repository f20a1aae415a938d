"""The prompt said again, motion first: camera, actions in order, light, sound. What is left out is listed."""

from __future__ import annotations

import re
from collections.abc import Callable

from studio.coach.camera_phrasing import gentle_sentence
from studio.coach.cues import Parse
from studio.coach.edits import remove, tidy
from studio.shot import Beat, Fix, Layer, Record, Span, Timeline

__all__ = ["Rewrite", "rewrite_prompt"]

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


def rewrite_prompt(
    source: Parse, timeline: Timeline, *, good: bool, read: Callable[[str], Parse], passes: Callable[[str], bool]
) -> Rewrite:
    """Say the timeline as prose. A good prompt is only tidied.

    `read` reads a text; `passes` says whether a text passes the coach's own rules: sentences are dropped from the
    end until it does.
    """
    prompt = source.prompt
    if source.foreign or good:
        text = prompt.strip() if source.foreign else tidy(prompt)
        return Rewrite(text=text, kept=(Span.of(prompt, 0, len(prompt)),) if prompt else ())
    for kept in (True, False):
        said = _sentences(source, timeline, kept=kept)
        sentences = [(text, beat.origin == "coach" or text not in {beat.text, _then(beat.text)}) for text, beat in said]
        gone = [beat.span for text, beat in said if beat.layer == "camera" and beat.span and text != beat.text]
        sentences = sentences[:_MOST_SENTENCES]
        while sentences:
            text = _clean(tidy(" ".join(text for text, _ in sentences)), read)
            if text and passes(text):
                return _account(source, text, [text for text, own in sentences if own], gone)
            sentences.pop() if kept is False or len(sentences) > 1 else sentences.clear()
    return _account(source, _FALLBACK, [_FALLBACK], [])


def _then(text: str) -> str:
    return f"Then {text[0].lower()}{text[1:]}" if text else ""


def _sentences(source: Parse, timeline: Timeline, *, kept: bool) -> list[tuple[str, Beat]]:
    said: list[tuple[str, Beat]] = []
    for beat in timeline.on("camera")[:_MOST_MOVES]:
        said.append((_gentle(source, beat, kept=kept), beat))
    layers: tuple[Layer, ...] = ("subject", "scene", "light")
    rest = [beat for layer in layers for beat in timeline.on(layer)]
    timed = bool(source.masks.times)  # only said times stand above the order of the words
    rest.sort(key=lambda beat: (0.0 if beat.span and not timed else beat.start, beat.span.start if beat.span else 0))
    for place, beat in enumerate(rest):
        text = beat.text
        if (
            place
            and beat.layer == "subject"
            and beat.start > rest[place - 1].end - 0.2
            and rest[place - 1].layer == "subject"
        ):
            text = _then(text)
        said.append((text, beat))
    said += [(beat.text, beat) for beat in timeline.on("audio")]
    end = _first_cut(source)
    said = [(text, beat) for text, beat in said if beat.span is None or beat.span.start < end]
    once = {text: beat for text, beat in reversed(said) if text}
    return [(text, beat) for text, beat in said if once.get(text) is beat]


def _first_cut(source: Parse) -> int:
    """Where the second shot begins: the first cut with something happening before it; else the end of the prompt."""
    heads = [event.head for event in source.events] + [found.span.start for found in source.moves]
    cuts = [cue.span.start for cue in source.labelled("cut") if cue.sense != "story"]
    return next((cut for cut in cuts if any(head < cut for head in heads)), len(source.prompt) + 1)


def _gentle(source: Parse, beat: Beat, *, kept: bool) -> str:
    """A move too big for one still, made small: a rewrite must pass the coach's own rules."""
    found = next((f for f in source.moves if beat.span is not None and f.span == beat.span), None)
    if found is None:
        return beat.text
    big = found.move in source.vocabulary.camera.aggressive or found.level == 3
    return gentle_sentence(found, source, kept=kept) if big or not kept else beat.text


def _clean(text: str, read: Callable[[str], Parse]) -> str:
    """Take out what the rules would still find: lettering, stylised light, cuts; then any sentence that keeps it."""
    for _ in range(3):
        said = read(text)
        spans = _unwanted(said)
        if not spans:
            return text
        maimed = _maimed(said, spans)
        text = _without_sentences(text, maimed)
        if maimed:
            continue
        text = tidy(Fix(title="", safety="safe", edits=remove(text, spans)).apply(text))
    return _without_sentences(text, _unwanted(read(text)))


def _unwanted(said: Parse) -> list[Span]:
    cues = (*said.labelled("lettering"), *said.labelled("light", "stylised"), *said.labelled("cut"))
    return [cue.span for cue in cues]


def _maimed(said: Parse, spans: list[Span]) -> list[Span]:
    """The motions that would lose their subject or all of their object with the spans: "flashes colors" of no text."""
    words = said.reading.words

    def gone(index: int) -> bool:
        return any(span.start <= words[index].start < span.end for span in spans)

    maimed: list[Span] = []
    for event in said.events:
        thing = [i for i in range(event.verb + 1, event.last) if words[i].kind in {"NOUN", "PRON"}]
        if (event.subject is not None and gone(event.subject)) or (thing and all(gone(i) for i in thing)):
            maimed.append(event.span)
    for word in words:
        named = [i for i in range(said.reading.starts[word.sentence], word.index) if words[i].kind in {"NOUN", "PRON"}]
        headless = word.index > 0 and gone(word.index - 1) and any(form == "s" for _, form in word.verbs)
        if (word.kind == "VERB" or headless) and named and all(gone(i) for i in named):
            maimed.append(Span.of(said.prompt, word.start, word.end))
    return maimed


def _without_sentences(text: str, spans: list[Span]) -> str:
    """The text without the sentences that a span touches."""
    pieces = list(re.finditer(r"[^.!?]+[.!?]?\s*", text))
    kept = (m.group() for m in pieces if not any(m.start() < s.end and s.start < m.end() for s in spans))
    return tidy("".join(kept).strip().removeprefix("Then "))


def _account(source: Parse, text: str, own: list[str], gone: list[Span]) -> Rewrite:
    """Which words of the prompt are in the rewrite, which are not, and which sentences are the coach's."""
    said = set(re.findall(r"\w+", text.lower()))
    lemmas = {lemma for word in said for lemma, _ in source.vocabulary.verb_forms.get(word, ())} | said
    kept: list[Span] = []
    removed: list[Span] = []
    for word in source.reading.words:
        toned_down = any(span.start <= word.start < span.end for span in gone)
        if word.kind in {"PUNCT", "DET", "PREP", "CONJ", "AUX", "NOT"} and not toned_down:
            continue
        found = (word.lower in said or word.lemma in lemmas) and not toned_down
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
