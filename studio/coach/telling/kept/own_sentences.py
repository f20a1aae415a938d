"""A stretch of a prompt as a sentence of its own: a participle made finite, weather with "there is"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studio.coach.language.words import Word
from studio.coach.telling.kept.gaps import Gaps, Stretch
from studio.coach.telling.meaning.things import lives
from studio.coach.telling.wording.draft import Bit, Draft, fill
from studio.coach.telling.wording.naming import is_proper, name, phrase_start
from studio.coach.telling.wording.phrasing import adverb, finite
from studio.coach.telling.wording.prose import lower_first

__all__ = ["OwnSentences"]

_RELATIVE = {"where", "which", "who", "that", "whose", "when"}
_MASS = {"wind", "spray", "mist", "fog", "lightning", "rain", "snow", "snowfall", "fire", "confetti", "smoke", "steam",
         "thunder", "drizzle", "hail", "distortion", "breathing", "blinking", "swaying"}  # fmt: skip

_SURE = re.compile(r"[a-z]*(?:[bcdfghjklmnpqrsvwxz][tdpkm]|[bcdfghklmnprstvw]er|[cs]h)(?=ing\Z)")
"""A participle that has lost no "e": "warping", "splintering"; not "dancing"."""


class OwnSentences:
    """Sentences made of the stretches of one prompt."""

    def __init__(self, gaps: Gaps) -> None:
        self.gaps, self.parse, self.words = gaps, gaps.parse, gaps.words
        self.sets = gaps.parse.vocabulary.sets

    def say(self, stretch: Stretch, body: Draft) -> Draft:
        """A stretch as a sentence: a participle made finite, weather with "there is"; () where it would be none."""
        word, own = self.words[stretch.mover.index], self._of(body)
        if own[0].lower in {*_RELATIVE, "with"} and stretch.mover.sort == "deed":
            return ()
        if own[0].kind in {"VERB", "AUX"} or own[0].lower in _RELATIVE:
            return ()
        if self.has_verb(body) and stretch.mover.sort != "deed":
            return body
        if stretch.mover.sort in {"weather", "event"}:
            return self._there(word, body)
        if stretch.mover.sort == "manner":
            return self._turned(word, body)
        if stretch.mover.sort == "pace":
            return body if own[0].kind != "PREP" else ()
        named = any(w.kind in {"NOUN", "PRON"} for w in own if w.index < word.index)
        told = self._finite(word, body) if named else ()
        bare = bool(told) and told[0].source == own[0].index and own[0].kind == "NOUN" and not own[0].plural
        if not bare or is_proper(own[0], self.parse) or not lives(own[0], self.parse):
            return told
        return (*fill("the"), self.lowered(told[0]), *told[1:])

    def _there(self, word: Word, body: Draft) -> Draft:
        """ "There is a gust of wind": weather or an event that opens its piece."""
        start = phrase_start(word, self.parse)
        lit = self.sets["light_state"]
        while start < word.index and self.words[start].lemma_as("ing") in lit:
            start += 1  # "illuminating | dust particles"
            body = tuple(bit for bit in body if bit.source is not None and bit.source >= start)
        ahead = [w for w in self._of(body) if w.index < start]
        if word.lower in self.sets["gestures"] and (done := self._gesture(word, body)):
            return done
        if any(w.kind != "PREP" for w in ahead):
            return ()
        rest = [bit for bit in body if bit.source is not None and bit.source >= start]
        bare = not word.plural and len(rest) > 1 and rest[0].source == word.index and word.verbs
        if not rest or (bare and word.lower in self.sets["telling_events"]):
            return ()  # "jump and kick"
        mass = word.plural or word.lower in {*self.parse.vocabulary.nouns.mass, *_MASS}
        article = () if mass or self._of(rest)[0].kind in {"DET", "NUM"} else fill("a")
        return (*fill("There are" if word.plural else "There is"), *article, self.lowered(rest[0]), *rest[1:])

    def _gesture(self, word: Word, body: Draft) -> Draft:
        """ "A woman by the stove, ..., occasional blink": she occasionally blinks."""
        ahead = self._of(body[:-1])
        who = next((w for w in self.words[: word.index] if w.kind == "NOUN" and lives(w, self.parse)), None)
        lemma = word.lemma_as("base", "s", "ing")
        if (
            who is None
            or not lemma
            or body[-1].source != word.index
            or any(w.kind not in {"ADJ", "DET"} for w in ahead)
        ):
            return ()
        act = finite(word.but(lemma=lemma, kind="VERB", form="ing"), who.plural, self.parse)
        ways = tuple(Bit(adverb(w.lower), w.index) for w in ahead if w.kind == "ADJ")
        return (*name(who, self.parse), *ways, Bit(act, word.index))

    def _turned(self, verb: Word, body: Draft) -> Draft:
        """ "Burning ruins in the distance": the ruins burn in the distance."""
        at = next(i for i, bit in enumerate(body) if bit.source == verb.index)
        nouns = at + 1
        while nouns < len(body) and self._of(body[nouns : nouns + 1])[0].kind in {"ADJ", "NOUN", "NUM"}:
            nouns += 1
        head = self._of(body[nouns - 1 : nouns])[0]
        ahead = self._of(body[:at])
        if nouns == at + 1 or head.kind != "NOUN" or any(w.kind not in {"DET", "ADJ", "NUM"} for w in ahead):
            return body if any(w.kind == "NOUN" for w in ahead) and ahead[0].kind != "PREP" else ()
        act = verb.but(lemma=verb.lemma_as("ing"), kind="VERB", form="ing")
        if head.lower not in self.parse.vocabulary.noun_kinds and head.lower not in self.parse.vocabulary.nouns.mass:
            return ()
        bare = (
            head.plural or head.lower in self.parse.vocabulary.nouns.mass or (ahead and ahead[0].kind in {"DET", "NUM"})
        )
        article = () if bare else fill("the")
        called = tuple(self.lowered(bit) for bit in (*body[:at], *body[at + 1 : nouns]))
        return (*article, *called, replace(body[at], text=finite(act, head.plural, self.parse)), *body[nouns:])

    def _finite(self, verb: Word, body: Draft) -> Draft:
        """The words with a participle behind its noun made finite: "a hare looking back" looks back."""
        at = next(i for i, bit in enumerate(body) if bit.source == verb.index)
        first = self._of(body)[0].index
        noun = self.gaps.doer(first, verb) or self._named_first(body[:at])
        lemma = verb.lemma_as("ing", "base") or _bare(verb.lower)
        done = verb.form in {"ing", "participle"} and bool(lemma)
        bare = verb.kind == "NOUN" and self.words[verb.index - 1].kind == "NOUN" and verb.may_be("base")
        if not (done or bare) or noun is None or noun.kind != "NOUN" or self.has_verb(body[:at]):
            return body
        start = phrase_start(noun, self.parse) if noun.index > first and self.gaps.doer(first, verb) is noun else first
        act = verb.but(lemma=lemma, kind="VERB", form="ing")
        own = [bit for bit in body[:at] if bit.source is not None and bit.source >= start]
        if not own:  # whoever does it stands behind: of a text without order nothing is told anew
            return body
        opening, nouns = self._of(own)[0], self.parse.vocabulary.noun_kinds
        if opening is noun and noun.lower in nouns and not noun.plural and not is_proper(noun, self.parse):
            own = [*fill("the"), self.lowered(own[0]), *own[1:]]
        return (*own, replace(body[at], text=finite(act, noun.plural, self.parse)), *body[at + 1 :])

    def _named_first(self, ahead: Sequence[Bit]) -> Word | None:
        """Ana in "Ana, tired, gently holding": who opens a sentence with only marks and looks before its verb."""
        words = [w for w in self._of(ahead) if w.kind not in {"DET"}]
        while words and words[-1].kind == "ADV":
            words.pop()
        marked = bool(words) and words[-1].text == ","
        nouns = [w for w in words if w.kind == "NOUN"]
        plain = all(w.kind in {"NOUN", "ADJ", "ADV", "PUNCT"} for w in words)
        return nouns[0] if marked and plain and len(nouns) == 1 and lives(nouns[0], self.parse) else None

    def _of(self, body: Sequence[Bit]) -> list[Word]:
        return [self.words[bit.source] for bit in body if bit.source is not None]

    def has_verb(self, body: Sequence[Bit]) -> bool:
        """Whether some words have a verb that can be that of a sentence."""
        return any(word.kind in {"VERB", "AUX"} and word.form in {"", "s", "base"} for word in self._of(body))

    def lowered(self, bit: Bit) -> Bit:
        """The word that opened a sentence, where it no longer does."""
        word = self.words[bit.source] if bit.source is not None else None
        name = word is not None and word.kind == "NOUN" and (is_proper(word, self.parse) or word.text.isupper())
        return bit if name else replace(bit, text=lower_first(bit.text, self.parse.vocabulary))


def _bare(participle: str) -> str:
    """The verb of a participle that is in no list, where its spelling leaves no doubt."""
    match = _SURE.match(participle)
    return "" if match is None else match.group()
