"""Noun phrases and verb phrases of the prompt grammar, with their trees."""

from __future__ import annotations

import re
from random import Random

from studio.coach.training.lexicon import Lexicon
from studio.coach.training.nodes import FORMS, Node, mark, word
from studio.coach.vocabulary.inflection import inflect, pluralise

__all__ = ["Phrases"]

_SING, _PLUR = "Number=Sing", "Number=Plur"
_SYLLABLES = (
    "ba", "bran", "cor", "da", "del", "e", "fen", "ga", "hal", "i", "jo", "ka", "lin", "lo", "mar", "mi", "na", "o",
    "per", "qua", "ri", "sa", "ta", "tho", "va", "ven", "wil", "zu",
)  # fmt: skip
_TITLES = ("Mr.", "Mrs.", "Dr.", "Captain", "Princess", "King", "Detective", "Professor")


class Phrases:
    """Makes phrases at random from a lexicon; every choice comes from one seeded source."""

    def __init__(self, lexicon: Lexicon, random: Random) -> None:
        self.lexicon = lexicon
        self.random = random

    def chance(self, share: float) -> bool:
        """True in this share of the calls."""
        return self.random.random() < share

    def one(self, name: str) -> str:
        """A word of one of the lexicon's lists."""
        return self.random.choice(self.lexicon.words[name])

    def hyphenated(self, text: str, pos: str, dep: str, morph: str = "") -> Node:
        """A word; of "low-angle" the last part is the head and the others hang on it."""
        *before, last = text.split("-")
        if before and last in {"angle", "degree"}:
            pos, dep, morph = "NOUN", "compound", _SING
        node = word(last, pos, dep, morph)
        for part in before:
            if part.isdigit():
                node.left += [word(part, "NUM", "nummod"), mark("-")]
            else:
                node.left += [word(part, "ADJ", "amod"), mark("-")]
        return node

    # -- nouns

    def noun(self, dep: str, plural: bool | None = None, kind: str = "") -> Node:
        """A bare noun, a compound now and then."""
        plural = self.chance(0.25) if plural is None else plural
        if not kind and self.chance(0.22):
            first, last = self.one("compounds").split()
            if self.chance(0.4):
                first, last = (self.one(self.random.choice(self.lexicon.noun_lists)) for _ in range(2))
            node = self._number(last, dep, plural)
            node.left.append(word(first, "NOUN", "compound", _SING))
            return node
        return self._number(self.one(kind or self.random.choice(self.lexicon.noun_lists)), dep, plural)

    def _number(self, noun: str, dep: str, plural: bool) -> Node:
        known = self.lexicon.plurals.get(noun, pluralise(noun))
        return word(known if plural else noun, "NOUN", dep, _PLUR if plural else _SING)

    def describing(self, dep: str = "amod") -> Node:
        """An adjective or participle before a noun."""
        if self.chance(0.12):
            known = self.one("participles_ing") if self.chance(0.6) else self.form(self.one("intransitive"), "ing")
            return word(known, "VERB", dep, FORMS["ing"])
        if self.chance(0.08):
            known = self.one("participles_ed") if self.chance(0.5) else self.form(self.one("transitive"), "passive")
            return word(known, "VERB", dep, FORMS["passive"])
        if self.chance(0.3):
            return word(self.one("any_adjective"), "ADJ", dep)
        return self.hyphenated(self.one("adjectives"), "ADJ", dep)

    def nominal(self, dep: str, depth: int = 0, bare: float = 0.2, kind: str = "") -> Node:
        """A noun phrase: determiner, adjectives, noun, and perhaps what follows the noun."""
        if depth == 0 and self.chance(0.1):
            return self._pronoun(dep)
        if kind in {"", "person"} and self.chance(0.04):
            return self._name(dep)
        node = self.noun(dep, kind=kind)
        before: list[Node] = []
        if not self.chance(bare):
            before.append(self._determiner(node.morph == _PLUR))
        while self.chance(0.35 if len(before) < 3 else 0.0):
            if len(before) > 1 and self.chance(0.3):
                before.append(mark(","))
            before.append(self.describing())
        node.left = before + node.left
        if depth < 2:
            self._after_noun(node, depth)
        return node

    def _determiner(self, plural: bool) -> Node:
        if self.chance(0.15):
            return word(self.one("possessives"), "PRON", "nmod:poss")
        if self.chance(0.05):
            owner = word(self.one("person"), "NOUN", "nmod:poss", _SING)
            owner.left.append(word(self.random.choice(("the", "a")), "DET", "det"))
            owner.right.append(word("'s", "PART", "case"))
            return owner
        text = self.one("determiners_plural" if plural else "determiners")
        if text in {"one", "two", "three", "five"}:
            return word(text, "NUM", "nummod")
        if text in {"many", "several"}:
            return word(text, "ADJ", "amod")
        return word(text.split()[-1], "ADJ" if text == "a few" else "DET", "det")

    def _pronoun(self, dep: str) -> Node:
        subject = dep.startswith("nsubj")
        text = self.random.choice(
            ("he", "she", "it", "they") if subject else ("him", "her", "it", "them", "everything")
        )
        return word(text, "PRON", dep, "")

    def _name(self, dep: str) -> Node:
        """ "Brannoch", "Captain Odalys Venn": names that nobody has, so that none is learnt by heart."""
        made = ["".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 3))).capitalize() for _ in range(2)]
        node = word(made[0], "PROPN", dep, _SING)
        if self.chance(0.25):
            node.right.append(word(made[1], "PROPN", "flat", _SING))
        if self.chance(0.25):
            node.left.append(word(self.random.choice(_TITLES), "PROPN", "nmod", _SING))
        return node

    def _after_noun(self, node: Node, depth: int) -> None:
        if self.chance(0.25):
            inner = self.nominal("nmod", depth + 1)
            inner.left.insert(0, word(self.one("noun_prepositions"), "ADP", "case"))
            node.right.append(inner)
        if depth == 0 and self.chance(0.08):
            self.doer(node).right.append(self.participle(node))
        elif self.chance(0.06 if depth == 0 else 0.03):
            node.right.append(self._relative(node.morph == _PLUR))
        if self.chance(0.14 if depth == 0 else 0.1):
            self._others(node)

    def _relative(self, plural: bool) -> Node:
        """ "A moth that rests on a lamp", "a street where lanterns sway"."""
        if self.chance(0.25):
            subject = self.nominal("nsubj", 2)
            clause = self.verb("plural" if subject.morph == _PLUR else "s", "acl:relcl", 1)
            clause.left[:0] = [word("where", "ADV", "advmod"), subject]
            return clause
        clause = self.verb("plural" if plural else "s", "acl:relcl", 1)
        clause.left.insert(0, word(self.random.choice(("who", "that", "that", "which")), "PRON", "nsubj"))
        return clause

    def _others(self, node: Node) -> None:
        """ "Jars, brushes and a dusty lamp": more of the same."""
        count = self.random.choices((1, 2, 3), (70, 20, 10))[0]
        for place in range(count):
            other = self.nominal("conj", 2, bare=0.6)
            if place < count - 1:
                other.left.insert(0, mark(","))
            else:
                if count > 1 and self.chance(0.5):
                    other.left.insert(0, mark(","))
                self._and(other)
            node.right.append(other)

    def _and(self, other: Node) -> Node:
        """The node with "and" before it, behind a comma if there is one."""
        begins = 1 if other.left and other.left[0].pos == "PUNCT" else 0
        other.left.insert(begins, word("and" if self.chance(0.95) else "or", "CCONJ", "cc"))
        return other

    def doer(self, node: Node) -> Node:
        """Whom a participle behind a noun tells of: the girl of "a portrait of a girl", the man of "a man in a hat"."""
        last = node.right[-1] if node.right else None
        of = last is not None and last.dep == "nmod" and last.left[0].text == "of"
        return self.doer(last) if last is not None and of else node

    def participle(self, _: Node | None = None, dep: str = "acl") -> Node:
        """What a thing is doing or what was done to it: "walking home", "covered in snow"."""
        if dep == "acl" and self.chance(0.3):
            known = self.one("participles_ed") if self.chance(0.6) else self.form(self.one("transitive"), "passive")
            node = word(known, "VERB", dep, FORMS["passive"])
            node.right.append(self.place("obl", 1))
            return node
        return self.verb("ing", dep, 1)

    def place(self, dep: str, depth: int = 0) -> Node:
        """A preposition with its noun phrase."""
        node = self.nominal(dep, max(depth, 1), kind="places" if self.chance(0.35) else "")
        preposition = self.one("prepositions")
        if self.chance(0.06):
            first, second = self.random.choice((("out", "of"), ("in", "front"), ("next", "to"), ("on", "top")))
            head = word(first, "ADP" if first != "next" else "ADV", "case")
            head.right.append(word(second, "ADP" if second in {"of", "to"} else "NOUN", "fixed"))
            if second in {"front", "top"}:
                head.right.append(word("of", "ADP", "fixed"))
            node.left.insert(0, head)
            return node
        node.left.insert(0, word(preposition, "ADP", "case"))
        return node

    # -- verbs

    def form(self, lemma: str, form: str) -> str:
        """One form of a verb."""
        wanted = {"command": "base", "plural": "base", "passive": "past"}.get(form, form)
        made = inflect(lemma, self.lexicon.irregular.get(lemma))
        found = [text for text, name in made if name == wanted]
        if not found:
            found = [text for text, name in made if name == "past"]
        return self.random.choice(found) if found else lemma

    def verb(self, form: str, dep: str, depth: int = 0) -> Node:
        """A verb phrase without its subject."""
        roll = self.random.random()
        if roll < 0.50:
            node = self._simple("intransitive", form, dep)
        elif roll < 0.82:
            node = self._simple("transitive", form, dep)
            node.right.append(self.nominal("obj", depth + (depth > 0)))
        elif roll < 0.90:
            node = self._phrasal(form, dep, depth)
        else:
            node = self._with_verb(form, dep, depth)
        self._circumstances(node, depth)
        return node

    def _simple(self, kind: str, form: str, dep: str) -> Node:
        return word(self.form(self.one(kind), form), "VERB", dep, FORMS[form])

    def _phrasal(self, form: str, dep: str, depth: int) -> Node:
        transitive = self.chance(0.5)
        lemma, particle = self.one("phrasal" if transitive else "phrasal_intransitive").split()
        node = word(self.form(lemma, form), "VERB", dep, FORMS[form])
        tied = re.fullmatch("up|down|off|on|out|over|in", particle) is not None
        particle_node = word(particle, "ADP", "compound:prt") if tied else word(particle, "ADV", "advmod")
        node.right.append(particle_node)
        if transitive:
            node.right.insert(self.random.randrange(2), self.nominal("obj", depth + 1))
        return node

    def _with_verb(self, form: str, dep: str, depth: int) -> Node:
        """ "Starts to sway", "begins dancing", "makes the hair move", "keeps the eyes open"."""
        if self.chance(0.5):
            node = self._simple("beginning", form, dep)
            inner = self.verb("base" if self.chance(0.6) else "ing", "xcomp", depth + 1)
            if inner.morph == FORMS["base"]:
                inner.left.insert(0, word("to", "PART", "mark"))
            node.right.append(inner)
            return node
        if self.chance(0.4):
            node = self._simple("becoming", form, dep)
            node.right.append(word(self.one("adjectives").split("-")[0], "ADJ", "xcomp"))
            return node
        node = self._simple("causing" if self.chance(0.6) else "having", form, dep)
        node.right.append(self.nominal("obj", 1))
        if node.text.startswith(("ke", "ho", "le")):
            node.right.append(word(self.random.choice(("still", "open", "steady", "visible", "sharp")), "ADJ", "xcomp"))
        else:
            node.right.append(self.verb("base", "xcomp", depth + 1))
        return node

    def _circumstances(self, node: Node, depth: int) -> None:
        """Adverbs, places and side clauses of a verb."""
        if self.chance(0.18):
            node.left.append(word(self.one("manner"), "ADV", "advmod"))
        if self.chance(0.2):
            node.right.append(word(self.one("direction_adverbs"), "ADV", "advmod"))
        if self.chance(0.15):
            adverb = word(self.one("manner" if self.chance(0.7) else "time_adverbs"), "ADV", "advmod")
            node.right.append(adverb)
        for share in (0.45, 0.12):
            if self.chance(share):
                node.right.append(self.place("obl", depth))
        if depth == 0 and self.chance(0.14):
            aside = self.participle(dep="advcl")
            if self.chance(0.7):
                aside.left.insert(0, mark(","))
            if self.chance(0.25):
                self._go_on(aside, "ing")
            node.right.append(aside)
        if depth == 0 and self.chance(0.07):
            node.right.append(self._with_absolute())
        if depth == 0 and self.chance(0.06):
            goal = self.verb("base", "advcl", 2)
            goal.left.insert(0, word("to", "PART", "mark"))
            node.right.append(goal)

    def _go_on(self, node: Node, form: str) -> None:
        """ "Turning and smiling": one more verb of the same form."""
        node.right.append(self._and(self.verb(form, "conj", 1)))

    def _with_absolute(self) -> Node:
        """ "..., with her scarf streaming behind her", "with arms folded"."""
        thing = self.nominal("obl", 2, bare=0.4)
        state = self.participle(dep="acl")
        if self.chance(0.2):
            state = word(self.random.choice(("open", "wide", "still", "low", "high", "full")), "ADJ", "amod")
        thing.right.append(state)
        thing.left.insert(0, word("with", "ADP", "case"))
        if self.chance(0.6):
            thing.left.insert(0, mark(","))
        return thing
