"""What is only said, heard, meant or of another time: "as if it were floating", "decides to leave", "had fallen"."""

from __future__ import annotations

from studio.coach.cues.stillness import Stillness
from studio.coach.language.words import Word

__all__ = ["Supposed"]

_NEAR = 4  # words
_SENTENCE = 40


class Supposed(Stillness):
    """Asks of a verb whether what it says happens in the clip at all."""

    def _is_heard(self, word: Word) -> bool:
        """Whether a line that is labelled as sound holds a word: "Sound: a phone buzzing"."""
        label = self.reading.labels.get(word.sentence)
        return label is not None and label[0].lower in self.sets["heard"]

    def _is_past(self, word: Word) -> bool:
        """ "A world that has lost its way", "she says that he will leave", "more rounded": not now, or no deed."""
        aux = self._before(word)
        if aux is not None and aux.lower in self.sets["degrees"] and word.form in {"past", "passive"}:
            return True
        if aux is None or aux.lower not in {"has", "have", "had", "will", "would", "can", "could", "may"}:
            return False
        for near in reversed(self.words[max(0, aux.index - 2 * _NEAR) : aux.index]):
            if near.sentence != word.sentence or near.kind in {"VERB", "PUNCT", "CONJ"}:
                return False
            if near.lower in {"that", "which", "who"} and near.kind in {"PRON", "DET", "PREP"}:
                return near.index > 0 and self.words[near.index - 1].kind in {"NOUN", "VERB"}
        return False

    def _sounds(self, word: Word) -> bool:
        """ "The sound of heels clicking": heard, not seen; so is what a fragment that such words open goes on with."""
        for near in reversed(self.words[max(0, word.index - _SENTENCE) : word.index]):
            if near.sentence != word.sentence or near.kind == "AUX" or near.form in {"s", "preterite"}:
                return False
            after = self._after(near)
            if near.lower in self.sets["sounding"] and after is not None and after.lower == "of":
                opens = near.index - self.reading.starts[near.sentence] < _NEAR and word.form in {"ing", "attributive"}
                seen = self._kind(self._subject(word)) == "scenery"  # "the sound of waves crashing"
                return not seen and (opens or all(w.text != "," for w in self.words[near.index : word.index]))
        return False

    def _supposed(self, word: Word) -> bool:
        """ "As if it were floating", "showing how it works", "the way she grips it": nothing of it happens."""
        for near in reversed(self.words[max(0, word.index - _NEAR) : word.index]):
            if near.sentence != word.sentence or near.kind == "PUNCT":
                return False
            before = self._before(near)
            if near.lower in {"if", "though"}:
                return before is not None and before.lower in {"as", "like"}
            if near.lower == "way" and before is not None and before.kind == "DET" and near.index < word.index - 1:
                return word.form in {"s", "base", "preterite"}
            if near.lower in {"how", "what", "why"}:
                return before is not None and before.lemma in self.sets["meta"] | self.sets["state"]
        return False

    def _only_meant(self, word: Word) -> bool:
        """ "Decides to leave", "is said to heal": what somebody means to do, or what is said of him."""
        to = self._before(word)
        if word.form != "base" or to is None or to.lower != "to":
            return False
        verb = self._before(to)
        while verb is not None and verb.kind == "ADV":
            verb = self._before(verb)
        return verb is not None and bool(verb.could_be(*self.sets["meaning"]))
