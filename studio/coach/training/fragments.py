"""Fragments of the prompt grammar: captions, keywords, headed lines."""

from __future__ import annotations

from studio.coach.training.camera_lines import CameraLines
from studio.coach.training.nodes import Node, mark, word

__all__ = ["Fragments"]


class Fragments(CameraLines):
    """What prompts say without a finite verb."""

    def fragment(self) -> Node:
        """A noun phrase alone, with what the thing is doing: "a woman, her hair blowing"."""
        node = self.nominal("", 0, bare=0.35)
        if self.chance(0.35):
            aside = self.participle()
            apart = self.chance(0.2)
            if apart:
                aside.left.insert(0, mark(","))
            (node if apart else self.doer(node)).right.append(aside)
        return node

    def caption(self) -> Node:
        """Who is doing what, as under a photograph: "old man feeding pigeons in a park"."""
        node = self.nominal("", 1, bare=0.6)
        doing = self.verb("ing", "acl", 1)
        if self.chance(0.3):
            self._go_on(doing, "ing")
        self.doer(node).right.append(doing)
        return node

    def keyword(self) -> Node:
        """An item of a row: a tag, a quality, a thing with a quality, whose style it is."""
        roll = self.random.random()
        if roll < 0.35:
            return self.tag()
        if roll < 0.5:
            node = self.describing("")
            if node.pos == "VERB":
                node = word(self.one("any_adjective"), "ADJ")
            if self.chance(0.25):
                degree = self.random.choice(("very", "highly", "ultra", "super", "extremely"))
                node.left.insert(0, word(degree, "ADV", "advmod"))
            elif self.chance(0.15):
                node.right.append(self._and(word(self.one("adjectives").split("-")[-1], "ADJ", "conj")))
            return node
        if roll < 0.9:
            node = self.noun("")
            node.left = [self.describing() for _ in range(self.random.choice((0, 1, 1, 2)))] + node.left
            return node
        first, last = (self.one("any_noun").capitalize() for _ in range(2))
        node = word(first, "PROPN", "", "Number=Sing")
        node.left = [word("by", "ADP", "case")]
        node.right = [word(last, "PROPN", "flat", "Number=Sing")]
        if self.chance(0.5):
            style = word("style", "NOUN", "", "Number=Sing")
            style.left = [word("in", "ADP", "case"), word("the", "DET", "det")]
            node.left[0].text = "of"
            style.right = [node.to("nmod")]
            return style
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
