"""Trees while they are being built: a word with what hangs on it, left and right."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from studio.coach.training.treebank import ROOT_HEAD, Sentence, Token

__all__ = ["FORMS", "Node", "flatten", "mark", "word"]

FORMS = {
    "base": "VerbForm=Inf",
    "command": "Mood=Imp|VerbForm=Fin",
    "s": "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "plural": "Tense=Pres|VerbForm=Fin",
    "preterite": "Tense=Past|VerbForm=Fin",
    "ing": "Tense=Pres|VerbForm=Part",
    "past": "Tense=Past|VerbForm=Part",
    "passive": "Tense=Past|VerbForm=Part|Voice=Pass",
}
"""The features that each form of a verb has in the treebank, once thinned."""

_NO_SPACE_BEFORE = {",", ".", "!", "?", ":", ";", "…", ")", "]", "'s", "n't", "-"}
_NO_SPACE_AFTER = {"(", "[", "-"}


@dataclass
class Node:
    """A word of a tree under construction."""

    text: str
    pos: str
    dep: str = ""
    morph: str = ""
    left: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)

    def to(self, dep: str) -> Node:
        """The node, hanging by this relation."""
        self.dep = dep
        return self


def word(text: str, pos: str, dep: str = "", morph: str = "") -> Node:
    """A word alone."""
    return Node(text, pos, dep, morph)


def mark(text: str) -> Node:
    """A mark of punctuation."""
    return Node(text, "PUNCT", "punct")


def _spread(node: Node, found: list[tuple[Node, Node | None]], parent: Node | None) -> None:
    for child in node.left:
        _spread(child, found, node)
    found.append((node, parent))
    for child in node.right:
        _spread(child, found, node)


def flatten(root: Node) -> Sentence:
    """The tree as tokens in the order of the text."""
    found: list[tuple[Node, Node | None]] = []
    _spread(root, found, None)
    places = {id(node): index for index, (node, _) in enumerate(found)}
    tokens = [
        Token(node.text, node.pos, node.morph, ROOT_HEAD if parent is None else places[id(parent)], node.dep)
        for node, parent in found
    ]
    for index, token in enumerate(tokens):
        after = tokens[index + 1].text if index + 1 < len(tokens) else "."
        if after in _NO_SPACE_BEFORE or token.text in _NO_SPACE_AFTER:
            tokens[index] = replace(token, space=False)
        if token.text == "a" and after[0] in "aeiou":
            tokens[index] = replace(tokens[index], text="an")
    return tuple(tokens)
