"""How many tokens a text is for an engine's text encoder: a cautious count without the tokenizer itself.

The subword tokenizers cut rare words into pieces of two to four letters and keep common ones whole, so a count by
length errs on the long side for English; signs and letters outside Latin script count one by one. What is left over
is room, never a prompt cut off unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.presets import Tokenizer

__all__ = ["count_tokens"]

_PIECES = re.compile(r"[A-Za-z]+|\d|[^\sA-Za-z\d]")


@dataclass(frozen=True)
class _Kind:
    """Letters of Latin script to a token, tokens to any other letter, tokens that open and close a text."""

    letters: int
    other: int
    frame: int


_KINDS: dict[Tokenizer, _Kind] = {
    "clip": _Kind(letters=3, other=3, frame=2),
    "t5": _Kind(letters=3, other=2, frame=1),
    "llama": _Kind(letters=4, other=3, frame=2),
    "qwen": _Kind(letters=4, other=3, frame=2),
    "umt5": _Kind(letters=4, other=2, frame=1),
    "gemma": _Kind(letters=4, other=2, frame=2),
    "unknown": _Kind(letters=3, other=3, frame=2),
}


def count_tokens(text: str, kind: Tokenizer) -> int:
    """A number of tokens that the text is not expected to pass."""
    law = _KINDS[kind]
    total = law.frame
    for piece in _PIECES.findall(text):
        if piece.isascii():
            total += -(-len(piece) // law.letters) if piece.isalpha() else 1
        else:
            total += law.other
    return total
