"""Names that their authors wrote small."""

from __future__ import annotations

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["is_titled"]


def is_titled(noun: Word, parse: Parse) -> bool:
    """ "Milo the otter": a name, though its author wrote it small."""
    behind = parse.reading.words[noun.index + 1 : noun.index + 3]
    known = noun.lower in parse.vocabulary.noun_kinds
    return not known and len(behind) > 1 and behind[0].lower == "the" and behind[1].kind == "NOUN"
