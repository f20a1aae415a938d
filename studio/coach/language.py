"""The one place that knows words: where they begin and end, their lemma, their part of speech.

spaCy's English tokenizer splits the text; a small lexical grammar over the vocabulary tells verbs from nouns by their
neighbours. A trained pipeline can take this seat later: everybody else reads ``Word`` and ``Reading`` only.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from studio.coach.tagging import Tagger
from studio.coach.vocabulary import Vocabulary
from studio.coach.words import Reading, Word

__all__ = ["read"]


@contextmanager
def _without_torch() -> Iterator[None]:
    """Hide torch while spaCy is imported: thinc would load it (seconds) and nothing here needs it."""
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


@cache
def _tokenizer() -> Any:
    with _without_torch():
        spacy = importlib.import_module("spacy")
        return spacy.blank("en").tokenizer


# The tokenizer takes far more than linear time over a long chunk of marks; nobody means one. Spaces keep the places.
_LONG_CHUNK = re.compile(r"\S{100,}")
_MARK = re.compile(r"[^\w\s]")
_CLOSERS = {".", "!", "?", ";", "…", "...", "。", "！", "？"}


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Split a text into words and settle what each one is. Spans are code points of `text`."""
    # A lone surrogate cannot be encoded; its stand-in is as long as it is, so every span stays right.
    plain = "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in text)
    plain = _LONG_CHUNK.sub(lambda chunk: _MARK.sub(" ", chunk.group()), plain)
    words = tuple(_split(text, plain, vocabulary))
    return Reading(text, tuple(Tagger(words, vocabulary).tag()))


def _split(text: str, plain: str, vocabulary: Vocabulary) -> Iterator[Word]:
    index = sentence = 0
    held: tuple[int, int] | None = None  # a number that may belong to the next token: "35" + "mm"
    tokens = [(token.idx, token.idx + len(token)) for token in _tokenizer()(plain)]
    for place, (begin, end) in enumerate(tokens):
        start, held = (held[0], None) if held else (begin, None)
        piece = plain[start:end]
        if piece.isspace():
            sentence += "\n" in piece
            continue
        follows = place + 1 < len(tokens) and tokens[place + 1][0] == end
        if piece.isdigit() and follows and plain[tokens[place + 1][0]].isalpha():
            held = (start, end)
            continue
        inside = index > 0 and follows and start > 0 and not plain[start - 1].isspace()
        if piece in {"-", "‑", "–"} and inside and plain[start - 1].isalnum() and plain[end].isalnum():
            continue
        lower = piece.lower().replace("’", "'")
        yield Word(index, text[start:end], lower, start, end, sentence, verbs=vocabulary.verb_forms.get(lower, ()))
        index += 1
        sentence += piece in _CLOSERS
