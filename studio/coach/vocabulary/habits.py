"""What is written by habit and cannot be filmed, and what words alone cannot hold: a word list of the rules."""

from __future__ import annotations

from studio.coach.vocabulary.wordlists import WordLists, Words
from studio.record import Record
from studio.shot import ControlKind

__all__ = ["Habits", "Need"]


class Need(Record):
    """Something that a control holds better than words: `say` names it, `phrases` ask for it."""

    control: ControlKind
    say: str
    phrases: Words


class Habits(WordLists):
    """See the comments in ``habits.toml``."""

    tags: Words
    vague: Words
    vague_ways: Words
    vague_motions: Words
    change: Words
    change_into: Words
    changed_looks: Words
    grown: Words
    ways: Words
    turning: Words
    turned: Words
    whole_turn: Words
    entering: Words
    coming: Words
    in_sight: Words
    newcomers: Words
    places: Words
    travels: Words
    arriving: Words
    leaving: Words
    quiet: Words
    stillness: Words
    need: tuple[Need, ...]
