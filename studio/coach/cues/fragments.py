"""Who does it in a row of tags: "old sailor, braided beard, 35mm film, blinking slowly"; there nothing governs a verb.

What stands right before such a verb may be a lens or a lake. Whoever is named first is the one that the tags are about.
"""

from __future__ import annotations

from functools import cached_property

from studio.coach.cues.subjects import Subjects
from studio.coach.language.words import Word

__all__ = ["Fragments"]

_FINITE = {"s", "base", "preterite"}
_MANNERS = {"subtle", "natural", "calm", "steady", "quiet", "graceful", "smooth"}
_LIVING = {"person", "animal"}


class Fragments(Subjects):
    """Finds the subject of a participle that opens a piece between commas."""

    camera: frozenset[int]  # the words of what the camera does

    def _find_subject(self, word: Word) -> Word | None:
        """Who or what governs a verb; in a row of tags, whom the tags are about."""
        if word.form == "ing" and (opening := self._opens_a_tag(word)) is not None:
            heads = self._heads(opening)
            if heads is not None and not self._goes_on_with(word, opening):
                return self._main(word, heads)
        return super()._find_subject(word)

    def _goes_on_with(self, verb: Word, comma: Word) -> bool:
        """ "A lantern floating over a pond, turning": whoever moves in the tag before, unless only the living do so."""
        for near in reversed(self.words[self.reading.starts[comma.sentence] : comma.index]):
            if near.text in {",", "|"}:
                return False
            if near.kind == "VERB" and near.form == "ing":
                owner = self.owners.get(near.index)
                alive = self._kind(owner) in _LIVING or verb.lemma not in self.sets["micro"] | self.sets["speech"]
                return owner is not None and alive
        return False

    def _opens_a_tag(self, word: Word) -> Word | None:
        """The comma before a participle and its manner: ", slowly turning", ", subtle swaying"."""
        near = self._before(word)
        while near is not None and (near.kind == "ADV" or self._manner(near)):
            near = self._before(near)
        return near if near is not None and near.text in {",", "|"} else None

    def _manner(self, word: Word) -> bool:
        return self.vocabulary.levels.at((word.lower,), 0) is not None or word.lower in _MANNERS

    def _heads(self, comma: Word) -> list[Word] | None:
        """The noun that each tag before a comma is about, in order; nothing where those words make a sentence."""
        start = self.reading.starts[comma.sentence]
        heads: list[Word] = []
        head: Word | None = None
        done = False  # of this tag
        for word in self.words[start : comma.index + 1]:
            if word.index in self.camera:
                continue
            if word.kind == "AUX" or (word.kind == "VERB" and word.form in _FINITE and not self._listed(word)):
                return None
            if word.text in {",", "|", ":"}:
                heads += [head] if head is not None and word.text != ":" else []
                head, done = None, False
            elif word.lower == "of" and head is not None and head.lower in self.told_of:
                head = None  # "a portrait of a potter"
            elif word.kind == "PREP" or (word.kind == "VERB" and not self._listed(word)):
                done = True
            elif word.kind in {"NOUN", "VERB"} and not done:
                head = word
        return heads

    def _listed(self, word: Word) -> bool:
        """ ", wrinkles,": a plural by itself, that could be a verb elsewhere."""
        near = (self._before(word), self._after(word))
        return word.form == "s" and all(other is None or other.text in {",", "|"} for other in near)

    def _main(self, verb: Word, heads: list[Word]) -> Word | None:
        """Of the heads the one that moves: somebody; right before the verb, what drifts or falls by itself."""
        named = [head for head in heads if not self._styled(head)]
        unknown = [head for head in named[:1] if head is heads[0] and not self._kind(head)]  # "luthier"
        living = [head for head in named if self._kind(head) in _LIVING]
        if verb.lemma in self.sets["micro"] | self.sets["speech"]:
            eyes = [head for head in named if head.lower == "eyes" and verb.lemma == "blink"]
            return next(iter(living or eyes or unknown), None)
        last = heads[-1] if heads else None
        beside = last is not None and last in named and self._before(verb) is not None
        stuff = beside and last is not None and self._kind(last) == "scenery" and last.lower not in self.sets["fixed"]
        if stuff and last is not None and (last.lower in self.vocabulary.nouns.mass or last.plural):
            return last
        if (
            beside
            and last is not None
            and (verb.lemma in self.sets["blown"] or verb.lemma == "wave")
            and self._kind(last) in {"body", "thing"}
        ):
            return last
        acting = [head for head in named if self._kind(head) in {*_LIVING, "vehicle"}]
        bodily = verb.lemma in self.sets["local"]  # "hands in the air, screaming"
        things = [head for head in named if self._kind(head) and head.lower not in self.sets["fixed"]]
        things = [head for head in things if not (bodily and self._kind(head) == "body")]
        return next(iter(acting or things or unknown), None)

    def _styled(self, noun: Word) -> bool:
        """Whether a noun names a lens, a film, a style or a picture."""
        before = self._before(noun)
        pair = f"{before.lower} {noun.lower}" if before is not None else ""
        return noun.lower in self._styles or pair in self._styles or noun.lower in self.told_of

    @cached_property
    def told_of(self) -> frozenset[str]:
        """Nouns of the picture and of what films it."""
        return (
            self.sets["picture"]
            | self.sets["telling_views"]
            | {"pov", "gopro"}
            | frozenset(self.vocabulary.camera.subjects)
        )

    @cached_property
    def _styles(self) -> frozenset[str]:
        return frozenset((*self.vocabulary.style.art, *self.vocabulary.style.shot_size, *self.vocabulary.light.nouns))
