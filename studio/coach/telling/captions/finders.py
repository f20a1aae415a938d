"""All that makes sentences of captions, asked in one walk over a prompt: of each sentence, each word and each move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from studio.advice import Edit
from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.captions import happenings, said, unfinished, unnamed
from studio.coach.telling.captions.named_moves import named_moves

__all__ = ["find_captions"]

_IN_ROWS: tuple[Callable[[Sequence[Word], Parse], Iterator[Edit]], ...] = (
    *unfinished.IN_ROWS,
    *said.IN_ROWS,
    *unnamed.IN_ROWS,
)
_IN_WORDS: tuple[Callable[[Word, Parse], Iterator[Edit]], ...] = (
    *unfinished.IN_WORDS,
    *happenings.IN_WORDS,
    *said.IN_WORDS,
    *unnamed.IN_WORDS,
)
_IN_MOVES: tuple[Callable[[Found, Parse], Iterator[Edit]], ...] = (*unfinished.IN_MOVES, *said.IN_MOVES)


def find_captions(parse: Parse) -> Iterator[Edit]:
    """An edit for each phrase that is not yet a sentence, for how it is filmed, and for a move that is only named."""
    for row in parse.reading.sentences:
        for in_row in _IN_ROWS:
            yield from in_row(row, parse)
    for word in parse.reading.words:
        if not parse.masks.hides(word.start, word.end):
            for in_word in _IN_WORDS:
                yield from in_word(word, parse)
    for found in parse.moves:
        for in_move in _IN_MOVES:
            yield from in_move(found, parse)
    yield from named_moves(parse)
