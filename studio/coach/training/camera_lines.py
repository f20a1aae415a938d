"""What prompts tell the camera: clauses, commands, and moves that are only named."""

from __future__ import annotations

from studio.coach.training.clauses import Clauses
from studio.coach.training.nodes import FORMS, Node, mark, word

__all__ = ["CameraLines"]


class CameraLines(Clauses):
    """Lines about the camera."""

    def camera_clause(self) -> Node:
        """The camera pans left to reveal the harbour."""
        subject = self._camera("nsubj")
        form = "s" if self.chance(0.94) else "plural"  # a slip: "camera rotate"
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
            if self.chance(0.3) and not thing.right:
                thing.right.append(self.verb("ing", "acl", 1))
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
