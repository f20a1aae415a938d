"""The prompt grammar: whole video prompts with their trees, made at random from a seed.

A treebank of letters and weblogs never says "camera tilts up, steam rises": a parser trained on it alone takes both
verbs for nouns. Here the trees fall out of the construction, so any number of such sentences can be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from studio.coach.training.fragments import Fragments
from studio.coach.training.lexicon import Lexicon
from studio.coach.training.nodes import FORMS, Node, flatten, mark, word
from studio.coach.training.treebank import Sentence

__all__ = ["generate"]


class Grammar(Fragments):
    """The ways in which prompts join clauses and fragments."""

    def sentence(self) -> Sentence:
        """One sentence: units side by side, or one of them and a row of keywords."""
        root = self._row() if self.chance(0.1) else self._joined()
        if not self.chance(0.25 if root.right and root.right[-1].dep == "list" else 0.15):
            root.right.append(mark("." if self.chance(0.95) else self.random.choice(("!", "…"))))
        return _capital(flatten(root)) if self.chance(0.75) else flatten(root)

    def _row(self) -> Node:
        """A caption or a clause and then keywords, between commas or between nothing."""
        root = (self._unit(first=True) if self.chance(0.7) else self.keyword()).to("root")
        marked = not self.chance(0.2)
        for _ in range(self.random.randint(2, 9)):
            item = (self.keyword() if self.chance(0.8) else self.caption()).to("list")
            if marked:
                item.left.insert(0, mark(","))
            root.right.append(item)
        return root

    def _joined(self) -> Node:
        """One to five units side by side."""
        units = self.random.choices((1, 2, 3, 4, 5), (62, 20, 11, 5, 2))[0]
        root = self._unit(first=True).to("root")
        marked = not self.chance(0.12)
        for place in range(1, units):
            unit = self._unit(root.morph == FORMS["command"])
            unit.to("parataxis" if unit.pos in {"VERB", "AUX"} or unit.dep == "clause" else "list")
            if place == units - 1 and self.chance(0.25):
                unit.left.insert(0, word(self.random.choice(("and", "then", "while")), "CCONJ", "cc"))
                if unit.left[0].text == "then":
                    unit.left[0] = word("then", "ADV", "advmod")
                elif unit.left[0].text == "while":
                    unit.left[0] = word("while", "SCONJ", "mark")
                    unit.to("advcl")
                elif unit.dep == "parataxis" and root.pos == unit.pos:
                    unit.to("conj")
            if marked:
                unit.left.insert(0, mark("," if self.chance(0.9) else self.random.choice((";", "-", "."))))
            root.right.append(unit)
        return root

    def _unit(self, first: bool = False) -> Node:
        makers: tuple[tuple[int, Callable[[], Node]], ...] = (
            (38, self.clause), (10, self.camera_clause), (6, self.camera_command), (6, self.camera_fragment),
            (10, self.fragment), (9, self.caption), (8, self.tag), (5, self.copular), (6 * first, self.command),
            (3, self.there_is), (3, self.quoted), (3, self.headed),
        )  # fmt: skip
        return self.random.choices([maker for _, maker in makers], [weight for weight, _ in makers])[0]()


def _capital(sentence: Sentence) -> Sentence:
    first = sentence[0]
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *sentence[1:])


def generate(lexicon: Lexicon, count: int, seed: int) -> Iterator[Sentence]:
    """Make `count` sentences; the same seed makes the same ones."""
    grammar = Grammar(lexicon, Random(seed))
    for _ in range(count):
        yield grammar.sentence()
