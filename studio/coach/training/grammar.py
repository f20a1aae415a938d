"""The prompt grammar: whole video prompts with their trees, made at random from a seed.

A treebank of letters and weblogs never says "camera tilts up, steam rises": a parser trained on it alone takes both
verbs for nouns. Here the trees fall out of the construction, so any number of such sentences can be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from studio.coach.training.lexicon import Lexicon
from studio.coach.training.nodes import FORMS, Node, flatten, mark, word
from studio.coach.training.phrases import Phrases
from studio.coach.training.treebank import Sentence

__all__ = ["QUOTATION", "generate"]

QUOTATION = "“”"
"""The token that stands for quoted text, which is cut out before parsing."""

_PERSONS = {"he": "s", "she": "s", "it": "s", "everything": "s", "they": "plural"}


class Grammar(Phrases):
    """Clauses, fragments and the ways in which prompts join them."""

    def sentence(self) -> Sentence:
        """One sentence: one to five units side by side, or a clause with a side clause."""
        units = self.random.choices((1, 2, 3, 4, 5), (58, 20, 12, 7, 3))[0]
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
        if not self.chance(0.25 if units > 1 else 0.15):
            root.right.append(mark("." if self.chance(0.95) else self.random.choice(("!", "…"))))
        return _capital(flatten(root)) if self.chance(0.75) else flatten(root)

    def _unit(self, first: bool = False) -> Node:
        makers: tuple[tuple[int, Callable[[], Node]], ...] = (
            (38, self.clause), (12, self.camera_clause), (7, self.camera_command), (7, self.camera_fragment),
            (14, self.fragment), (9, self.tag), (5, self.copular), (6 * first, self.command), (3, self.there_is),
            (3, self.quoted), (3, self.headed),
        )  # fmt: skip
        return self.random.choices([maker for _, maker in makers], [weight for weight, _ in makers])[0]()

    # -- clauses

    def subject(self, dep: str = "nsubj") -> tuple[Node, str]:
        """A subject and the form that its verb takes in the present."""
        node = self.nominal(dep, 0, bare=0.3)
        plural = node.morph.endswith("Plur") or any(child.dep == "conj" for child in node.right)
        return node, _PERSONS.get(node.text, "plural" if plural else "s")

    def clause(self, dep: str = "clause") -> Node:
        """Somebody does something, once or several times over."""
        subject, form = self.subject()
        roll = self.random.random()
        if roll < 0.12:
            return self._with_auxiliary(subject, form, dep)
        if roll < 0.17:
            return self._passive(form, dep)
        form = "preterite" if roll > 0.95 else form
        node = self.verb(form, dep)
        self._subject_and_time(node, subject)
        self._more_verbs(node, form)
        if self.chance(0.1):
            node.right.append(self._side_clause())
        return node

    def _subject_and_time(self, node: Node, subject: Node) -> None:
        node.left.insert(0, subject)
        if self.chance(0.05):
            node.left.insert(0, word(self.random.choice(("then", "finally", "suddenly", "meanwhile")), "ADV", "advmod"))
        elif self.chance(0.05):
            node.left[:0] = [self._time(), mark(",")]
        elif self.chance(0.05):
            node.left[:0] = [self.place("obl", 1), *([mark(",")] if self.chance(0.7) else [])]
        elif self.chance(0.03):
            node.left[:0] = [self.participle(dep="advcl"), mark(",")]

    def _time(self) -> Node:
        number = self.random.choice(("one", "two", "2", "3", "1.5", "4"))
        node = word(self.random.choice(("seconds", "second", "s")), "NOUN", "obl", "Number=Plur")
        node.left = [
            word(self.random.choice(("at", "after", "for", "in")), "ADP", "case"),
            word(number, "NUM", "nummod"),
        ]
        if self.chance(0.3):
            node.left.insert(1, word("the", "DET", "det"))
            node.left[2] = word(self.random.choice(("first", "last")), "ADJ", "amod")
        return node

    def _more_verbs(self, node: Node, form: str) -> None:
        """ "..., turns and smiles": verbs that go on with the same subject."""
        more = self.random.choices((0, 1, 2, 3), (70, 18, 8, 4))[0]
        for place in range(more):
            conjunct = self.verb(form, "conj", 1)
            if self.chance(0.12):
                conjunct.left.insert(0, word("then", "ADV", "advmod"))
            if place == more - 1 and not self.chance(0.2):
                conjunct.left.insert(0, word("and" if self.chance(0.9) else "then", "CCONJ", "cc"))
                if conjunct.left[0].text == "then":
                    conjunct.left[0] = word("then", "ADV", "advmod")
                if more > 1 and self.chance(0.5):
                    conjunct.left.insert(0, mark(","))
            else:
                conjunct.left.insert(0, mark(","))
            node.right.append(conjunct)

    def _with_auxiliary(self, subject: Node, form: str, dep: str) -> Node:
        if self.chance(0.55):
            node = self.verb("ing", dep)
            helper = word("is" if form == "s" else "are", "AUX", "aux", FORMS[form])
        else:
            node = self.verb("base", dep)
            text = self.random.choice(("will", "can", "does", "should", "must"))
            helper = word("do" if text == "does" and form != "s" else text, "AUX", "aux", FORMS["plural"])
        node.left.insert(0, helper)
        if helper.text in {"does", "do"} or self.chance(0.15):
            node.left.insert(1, word(self.random.choice(("not", "n't")), "PART", "advmod"))
        node.left.insert(0, subject)
        return node

    def _passive(self, form: str, dep: str) -> Node:
        subject, form = self.subject("nsubj:pass")
        node = self._simple("transitive", "passive", dep)
        node.left = [subject, word("is" if form == "s" else "are", "AUX", "aux:pass", FORMS[form])]
        if self.chance(0.3):
            node.left[1:] = [node.left[1], word("being", "AUX", "aux", FORMS["ing"])]
            node.left[1].dep, node.left[2].dep = "aux", "aux:pass"
        if self.chance(0.5):
            agent = self.nominal("obl:agent", 1)
            agent.left.insert(0, word("by", "ADP", "case"))
            node.right.append(agent)
        return node

    def _side_clause(self) -> Node:
        subject, form = self.subject()
        node = self.verb(form, "advcl", 1)
        node.left.insert(0, subject)
        node.left.insert(0, word(self.random.choice(("as", "while", "when", "until", "before")), "SCONJ", "mark"))
        if self.chance(0.3):
            node.left.insert(0, mark(","))
        return node

    def copular(self) -> Node:
        """The water is still; the camera remains static is a verb with a complement."""
        subject, form = self.subject()
        if subject.pos == "PRON" and subject.text == "everything":
            form = "s"
        node = word(self.one("adjectives").split("-")[-1], "ADJ", "clause")
        if self.chance(0.3):
            node = self.place("clause", 1)
        node.left[:0] = [subject, word("is" if form == "s" else "are", "AUX", "cop", FORMS[form])]
        return node

    def there_is(self) -> Node:
        """There is a boat on the lake."""
        thing = self.nominal("nsubj", 1, bare=0.0)
        plural = thing.morph.endswith("Plur")
        node = word("are" if plural else "is", "VERB", "clause", FORMS["plural" if plural else "s"])
        node.left, node.right = [word("there", "PRON", "expl")], [thing]
        if self.chance(0.5):
            node.right.append(self.place("obl", 1))
        return node

    def command(self) -> Node:
        """Walk to the door; make the hair move."""
        node = self.verb("command", "clause")
        self._more_verbs(node, "command")
        return node

    # -- the camera

    def camera_clause(self) -> Node:
        """The camera pans left to reveal the harbour."""
        subject = self._camera("nsubj")
        form = "s"
        roll = self.random.random()
        if roll < 0.14:
            form = "ing"
        node = self._camera_verb(form, "clause")
        if roll < 0.07:
            node.left.insert(0, word("is", "AUX", "aux", FORMS["s"]))
        elif roll < 0.14:  # "camera slowly panning left": the thing, and what it is doing
            node.to("acl")
            subject.to("")
            subject.right.append(node)
            return subject
        node.left.insert(0, subject)
        if self.chance(0.1):
            node.left.insert(0, word(self.random.choice(("then", "finally", "slowly")), "ADV", "advmod"))
        if self.chance(0.2):
            other = self._camera_verb(form, "conj")
            other.left.insert(0, word("and", "CCONJ", "cc") if self.chance(0.7) else word("then", "ADV", "advmod"))
            if other.left[0].text == "then":
                other.left.insert(0, mark(","))
            node.right.append(other)
        if self.chance(0.12):
            node.right.append(self._side_clause())
        return node

    def _camera(self, dep: str) -> Node:
        node = word(self.one("camera_subjects"), "NOUN", dep, "Number=Sing")
        if self.chance(0.6):
            node.left.append(word("the" if self.chance(0.9) else "a", "DET", "det"))
        if self.chance(0.08):
            node.left.append(self.hyphenated(self.one("camera_kinds"), "ADJ", "amod"))
        return node

    def _camera_verb(self, form: str, dep: str) -> Node:
        if self.chance(0.12):
            node = self._simple("camera_transitive", form, dep)
            node.right.append(self.nominal("obj", 1))
            return node
        if form == "s" and self.chance(0.1):
            lemma = self.random.choice(("remain", "stay", "hold", "keep"))
            node = word(self.form(lemma, form), "VERB", dep, FORMS[form])
            still = self.random.choice(("still", "static", "steady", "fixed", "locked", "motionless"))
            node.right.append(word(still, "ADJ", "xcomp"))
            return node
        node = self._simple("camera_verbs", form, dep)
        if self.chance(0.3):
            node.left.append(word(self.one("manner"), "ADV", "advmod"))
        for share in (0.65, 0.08):
            if self.chance(share):
                node.right.append(word(self.one("direction_adverbs"), "ADV", "advmod"))
        if self.chance(0.2):
            node.right.append(word(self.one("manner"), "ADV", "advmod"))
        if self.chance(0.5):
            node.right.append(self.place("obl", 1))
        if self.chance(0.12):
            goal = self._simple("camera_transitive", "base" if self.chance(0.6) else "ing", "advcl")
            if goal.morph == FORMS["base"]:
                goal.left.append(word("to", "PART", "mark"))
            else:
                goal.left.append(mark(","))
            goal.right.append(self.nominal("obj", 1))
            node.right.append(goal)
        return node

    def camera_command(self) -> Node:
        """Slowly push in on the mug."""
        return self._camera_verb("command", "clause")

    def camera_fragment(self) -> Node:
        """A slow push-in toward the mug; a low-angle shot of a man walking."""
        if self.chance(0.15):  # "camera pan left": the noun of the move, or a verb without its ending
            node = word(
                self.random.choice(("pan", "tilt", "zoom", "dolly", "move", "orbit")), "NOUN", "", "Number=Sing"
            )
            node.left = [word("camera", "NOUN", "compound", "Number=Sing")]
            node.right = [word(self.one("direction_adverbs"), "ADV", "advmod")] if self.chance(0.8) else []
            return node
        node = self._camera_noun()
        if self.chance(0.4):
            node.left.insert(0, self.hyphenated(self.one("camera_kinds"), "ADJ", "amod"))
        if self.chance(0.3):
            node.left.insert(0, word("a" if self.chance(0.8) else "the", "DET", "det"))
        if self.chance(0.5):
            thing = self.nominal("nmod", 0)
            thing.left.insert(0, word(self.random.choice(("of", "of", "to", "toward", "on", "from")), "ADP", "case"))
            node.right.append(thing)
        return node

    def _camera_noun(self) -> Node:
        first, _, last = self.one("camera_nouns").partition("-")
        node = word(first, "NOUN", "", "Number=Sing")
        if last:
            node.right += [mark("-"), word(last, "ADP" if last in {"in", "out", "up"} else "ADV", "compound:prt")]
            node.right[0].dep = "punct"
        elif self.chance(0.3):
            node.left.append(
                word(self.random.choice(("camera", "dolly", "tracking")), "NOUN", "compound", "Number=Sing")
            )
        return node

    # -- fragments

    def fragment(self) -> Node:
        """A noun phrase alone, with what the thing is doing: "a woman, her hair blowing"."""
        node = self.nominal("", 0, bare=0.35)
        if self.chance(0.35):
            aside = self.participle()
            if self.chance(0.2):
                aside.left.insert(0, mark(","))
            node.right.append(aside)
        return node

    def tag(self) -> Node:
        """A keyword: "shallow depth of field", "8k"."""
        words = self.one("tags").split()
        if self.chance(0.3):
            return self.noun("", plural=False, kind="scenery")
        if "of" in words:
            node = word("depth", "NOUN", "", "Number=Sing")
            field = word("field", "NOUN", "nmod", "Number=Sing")
            field.left, node.left = [word("of", "ADP", "case")], [word("shallow", "ADJ", "amod")]
            node.right.append(field)
            return node
        if words[0] == "black":
            node = word("black", "ADJ", "")
            white = word("white", "ADJ", "conj")
            white.left, node.right = [word("and", "CCONJ", "cc")], [white]
            return node
        *before, last = words
        describes = last in {"detailed", "winning", "realistic", "photorealistic", "grainy", "up"}
        node = word(last, "ADJ" if describes else "NOUN", "", "" if describes else "Number=Sing")
        for text in before:
            node.left.append(word(text, *self._before(text, describes)))
        return node

    def _before(self, text: str, describes: bool) -> tuple[str, str]:
        if describes:
            return ("ADV", "advmod") if text in {"ultra", "hyper", "close"} else ("NOUN", "compound")
        if text == "no":
            return "DET", "det"
        nouns = {
            "film",
            "studio",
            "rim",
            "lens",
            "slow-mo",
            "anime",
            "oil",
            "eye",
            "time",
            "35mm",
            "50mm",
            "8K",
            "pastel",
        }
        return ("NOUN", "compound") if text in nouns else ("ADJ", "amod")

    def headed(self) -> Node:
        """ "Camera: slow pan left", "Style: watercolour"."""
        names = ("Camera", "Style", "Motion", "Lighting", "Subject", "Scene", "Audio", "Action", "Shot")
        node = word(self.random.choice(names), "NOUN", "", "Number=Sing")
        content = self._plain_unit()
        content.to("parataxis" if content.pos == "VERB" else "appos")
        content.left.insert(0, mark(":"))
        node.right.append(content)
        return node

    def _plain_unit(self) -> Node:
        makers = (self.clause, self.camera_command, self.camera_fragment, self.fragment, self.tag)
        return self.random.choice(makers)()

    def quoted(self) -> Node:
        """A sign that reads “”; she whispers “”."""
        quotation = word(QUOTATION, "NOUN", "obj", "Number=Sing")
        subject, form = self.subject()
        node = self._simple("saying", form, "clause")
        node.left = [subject]
        roll = self.random.random()
        if roll < 0.25:
            thing = self._number(self.random.choice(("sign", "shirt", "banner", "poster", "card")), "", False)
            thing.left = [word("a", "DET", "det"), quotation.to("compound")]
            return thing
        if roll < 0.4:
            thing = self.nominal("", 1, bare=0.0)
            inner = self._simple("saying", "ing", "acl")
            inner.right.append(quotation)
            thing.right.append(inner)
            return thing
        if self.chance(0.3):
            node.right.append(mark(","))
        node.right.append(quotation)
        self._more_verbs(node, form)
        return node


def _capital(sentence: Sentence) -> Sentence:
    first = sentence[0]
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *sentence[1:])


def generate(lexicon: Lexicon, count: int, seed: int) -> Iterator[Sentence]:
    """Make `count` sentences; the same seed makes the same ones."""
    grammar = Grammar(lexicon, Random(seed))
    for _ in range(count):
        yield grammar.sentence()
