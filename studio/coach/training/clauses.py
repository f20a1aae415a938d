"""Clauses of the prompt grammar: somebody or something does something, is something, says something."""

from __future__ import annotations

from studio.coach.training.nodes import FORMS, Node, mark, word
from studio.coach.training.phrases import Phrases

__all__ = ["Clauses"]

QUOTATION = "“”"
"""The token that stands for quoted text, which is cut out before parsing."""

_GROUPS = ("group", "family", "pair", "couple", "crowd", "team", "band", "bunch")
_PERSONS = {"he": "s", "she": "s", "it": "s", "everything": "s", "they": "plural"}


class Clauses(Phrases):
    """Clauses with a finite verb, and what goes on from it."""

    def subject(self, dep: str = "nsubj") -> tuple[Node, str]:
        """A subject and the form that its verb takes in the present."""
        kinds = ("", "person", "animal", "body", "scenery", "thing", "vehicle", "extra_nouns")
        kind = self.random.choices(kinds, (25, 35, 10, 8, 10, 5, 3, 4))[0]
        if self.chance(0.03):
            return self._group(dep)
        node = self.nominal(dep, 0, bare=0.3, kind=kind)
        plural = node.morph.endswith("Plur") or any(child.dep == "conj" for child in node.right)
        return node, _PERSONS.get(node.text, "plural" if plural else "s")

    def _group(self, dep: str) -> tuple[Node, str]:
        """ "A family of four", "a pair of hikers": one in form, several in what they do."""
        node = word(self.random.choice(_GROUPS), "NOUN", dep, "Number=Sing")
        node.left = [word("a", "DET", "det")] if self.chance(0.8) else []
        if self.chance(0.4):
            members = word(self.random.choice(("two", "three", "four", "five", "six", "3", "5", "10")), "NUM", "nmod")
        else:
            members = self.noun("nmod", plural=True, kind=self.random.choice(("person", "animal")))
        members.left.insert(0, word("of", "ADP", "case"))
        node.right.append(members)
        return node, "plural" if self.chance(0.6) else "s"

    def clause(self, dep: str = "clause") -> Node:
        """Somebody does something, once or several times over."""
        subject, form = self.subject()
        roll = self.random.random()
        if roll < 0.12:
            return self._with_auxiliary(subject, form, dep)
        if roll < 0.17:
            return self._passive(form, dep)
        if form == "s" and self.chance(0.05):
            form = "plural"  # a slip: "the lady scream"
        form = "preterite" if roll > 0.92 else form
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
