"""What is written by habit and cannot be filmed, and what words alone cannot hold: a word list of the rules."""

from __future__ import annotations

from functools import cached_property

from studio.record import Record
from studio.shot import ControlKind

__all__ = ["Habits", "Need"]

Words = tuple[str, ...]


class Need(Record):
    """Something that a control holds better than words: `say` names it, `phrases` ask for it."""

    control: ControlKind
    say: str
    phrases: Words


class Habits(Record):
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

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The lists that are only asked "is it in there?", by name."""
        return {name: frozenset(getattr(self, name)) for name in Habits.model_fields if name != "need"}
