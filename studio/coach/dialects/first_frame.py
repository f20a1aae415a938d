"""The first frame in words, for engines that want it: the author's own line or the author's own words, never ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.cues.sequence import sounds
from studio.coach.cues.shots import first_shot
from studio.coach.edits import tidy
from studio.presets import Dialect
from studio.shot import Brief, Span

__all__ = ["QUESTION", "first_frame", "style_words"]

QUESTION = "Describe the still in one line: who, where, light."
_ENOUGH = 6  # words below which the first frame is not yet described
_SHORT, _MOST_STYLES = 4, 12
_LONGEST = 2_000  # characters of one sentence
_BRIEF = 2  # pieces that "in brief" takes
_PIECE = re.compile(r"[^.!?;\n,]+")
_LED = re.compile(r"(?:and\s+)?(?:then|finally|suddenly|afterwards|next|eventually)\b", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:image|text)[ -]to[ -]video\b|\b(?:continuous|single) (?:shot|take)\b|\bfirst frame\b", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:subject|scene|setting|environment|background|style|lighting)\s*:\s*", re.IGNORECASE)
_ACTING = {"he", "she", "it", "they", "we", "i", "you"}
_LINKS = re.compile(r"^(?:and|then|but|while|as)\b\s*|\b(?:and|while|as)$", re.IGNORECASE)


def first_frame(parse: Parse, dialect: Dialect, brief: Brief) -> tuple[str, str]:
    """The first frame in words, and a question where too little was said of it: ("A blue mug on a desk.", "")."""
    if dialect.still_in_words == "no":
        return "", ""
    own = brief.first_frame.strip()
    if own:
        return tidy(own), ""
    pieces = _pieces(parse)
    text = _joined(pieces[:_BRIEF] if dialect.still_in_words == "brief" else pieces)
    asked = dialect.still_in_words == "yes" and len(re.findall(r"\w+", text)) < _ENOUGH
    return text, QUESTION if asked else ""


def style_words(parse: Parse) -> str:
    """The author's words for the style ("anime, film grain"): short pieces that say nothing else."""
    spans = [cue.span for cue in parse.labelled("style", "style")][:_MOST_STYLES]
    short = (piece for piece in _plain(parse) if len(piece.text.split()) <= _SHORT)
    return _joined([p for p in short if any(span.start < p.end and p.start < span.end for span in spans)])


@dataclass(frozen=True)
class _Piece:
    """``prompt[start:end]`` without the times in it."""

    start: int
    end: int
    text: str


def _pieces(parse: Parse) -> list[_Piece]:
    """What the prompt says of the still: pieces without motion, and the subjects of motions as they are described."""
    end = first_shot(parse)
    other = _marked(
        parse.prompt, *(found.span for found in parse.moves), *(mark.span for mark in parse.masks.times)
    )  # fmt: skip
    described = (_described(event, parse) for event in parse.events if event.head < end)
    pieces = [*_plain(parse), *(piece for piece in described if piece and not any(other[piece.start : piece.end]))]
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _plain(parse: Parse) -> list[_Piece]:
    """The stretches between commas and full stops in which nothing moves, sounds or is unwanted."""
    prompt = parse.prompt
    said = _marked(
        prompt,
        *(found.span for found in parse.moves), *(event.span for event in parse.events), *parse.masks.flags,
        *(head.span for head in sounds(parse)),
        *parse.masks.unwanted, *(cue.span for cue in parse.cues if cue.label in {"audio", "cut", "negation"}),
    )  # fmt: skip
    times = _marked(prompt, *(mark.span for mark in parse.masks.times))
    tags = _marked(prompt, *(cue.span for cue in parse.labelled("appearance", "quality tag")))
    end, kept = first_shot(parse), []
    quoted = _marked(prompt, *parse.masks.quotations)
    shown = "".join("x" if quoted[place] else letter for place, letter in enumerate(prompt))
    named = {word.start for word in parse.reading.words if word.kind in {"NOUN", "ADJ", "PRON"}}
    named |= {cue.span.start for cue in parse.cues if cue.label in {"appearance", "style"}}
    spoken = {word.start for word in parse.reading.words if word.kind == "PRON" and word.lower in _ACTING}
    for match in _PIECE.finditer(shown):
        first, last = match.span()
        if first >= end or any(said[first:last]):
            continue
        text = "".join(prompt[place] for place in range(first, last) if not times[place])
        tag = any(tags[first:last]) and len(text.split()) <= _SHORT - 1
        aside = _LED.match(text.strip()) or _TALK.search(text) or not spoken.isdisjoint(range(first, last))
        if not tag and not named.isdisjoint(range(first, last)) and not aside:
            kept.append(_Piece(first, last, text))
    return kept


def _marked(prompt: str, *spans: Span) -> bytearray:
    """A mark for every code point that one of the spans covers."""
    marks = bytearray(len(prompt))
    for span in spans:
        marks[span.start : span.end] = b"\1" * (span.end - span.start)
    return marks


def _described(event: Event, parse: Parse) -> _Piece | None:
    """The subject of a motion with its description: "a woman in a red coat" of "… walks"."""
    words = parse.reading.words
    if event.subject is None or event.subject >= event.verb or event.tie == "attributive":
        return None
    if words[event.subject].kind == "PRON":
        return None  # "with surprised relief he"
    first, last = event.subject, event.verb
    sentence = words[event.verb].sentence
    while (
        first > 0 and words[first - 1].kind in {"DET", "ADJ", "NUM", "NOUN"} and words[first - 1].sentence == sentence
    ):
        first -= 1
    while last > event.subject + 1 and words[last - 1].kind in {"AUX", "ADV", "PUNCT", "CONJ", "PRON"}:
        last -= 1
    inside = words[first:last]
    plain = not any(word.kind in {"ADJ", "PREP"} for word in inside)
    broken = any(word.kind == "VERB" or word.lower in {",", ";", "while", "as"} for word in inside)
    if plain or broken or (event.layer != "subject" and len(inside) < _SHORT):
        return None
    start, end = words[first].start, words[last - 1].end
    return _Piece(start, end, parse.prompt[start:end])


def _joined(pieces: list[_Piece]) -> str:
    """Pieces of one sentence stay in one; a piece with a capital opens another."""
    sentences: list[str] = []
    for piece in pieces:
        text = _LABEL.sub("", _LINKS.sub("", piece.text.strip(" \t-–—:")).strip())
        if not text:
            continue
        if sentences and not text[0].isupper():
            sentences[-1] = f"{sentences[-1]}, {text}" if len(sentences[-1]) < _LONGEST else sentences[-1]
        else:
            sentences.append(text)
    return " ".join(tidy(sentence) for sentence in sentences)
