"""Whether a sentence that was made of the author's words has come out right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from studio.coach.cues.parse import Parse
from studio.coach.telling.checks import roughness, soundness
from studio.coach.telling.checks.doubts import Doubts
from studio.coach.telling.clauses.retelling import VIEWS
from studio.coach.telling.wording.draft import Draft, render
from studio.coach.telling.wording.phrasing import finite

__all__ = ["Verdict"]

_PAIR = 3  # words of "the gate opens"
_SPARSE = 6  # of so many words one describes, where a sentence is about looks


@dataclass(frozen=True)
class Verdict:
    """Judges the sentences made of one prompt; `read` reads the grammar and the camera of a text."""

    parse: Parse
    read: Callable[[str], Parse]

    @cached_property
    def doubts(self) -> Doubts:
        """What speaks against a sentence, whatever its grammar."""
        return Doubts(self.parse)

    def is_sound(self, draft: Draft) -> bool:
        """Whether a sentence reads as English, or is known to by what it was made of."""
        if all(bit.coach for bit in draft):
            return True
        if self.doubts.of(draft):
            return False
        if self._is_pair(draft) or self._is_finished(draft):
            return True
        if self._is_heard(draft):
            return True
        return not (self._lost_its_subject(draft) or self._lost_its_noun(draft)) and soundness.is_sound(
            self.read(render([draft], self.parse.reading).text)
        )

    def _is_pair(self, draft: Draft) -> bool:
        """ "Tentacles trail": a noun and its verb, which may look like two nouns when they are read again."""
        sources = [bit.source for bit in draft if bit.source is not None]
        event = next((event for event in self.parse.events if len(sources) == 2 and event.verb == sources[1]), None)
        return event is not None and event.subject == sources[0] and len(draft) <= _PAIR

    def _is_heard(self, draft: Draft) -> bool:
        """ "Sound of ropes creaking": a sound that its author named, in the words that stood there."""
        heard = self.parse.vocabulary.sets["telling_heard"]
        own = all(bit.source is not None for bit in draft)
        return own and any(bit.text.lower() in heard for bit in draft[:3]) and "of" in {bit.text for bit in draft[:4]}

    def _is_finished(self, draft: Draft) -> bool:
        """ "Chopsticks lift noodles": who does it, then a participle made finite, then nothing that is finite."""
        sources = [bit.source for bit in draft]
        for event in self.parse.events:
            verb = self.parse.reading.words[event.verb]
            if verb.form != "ing" or event.verb not in sources or event.subject not in sources:
                continue
            place, who = sources.index(event.verb), sources.index(event.subject)
            finite_before = draft[place].text in {verb.lemma, finite(verb, False, self.parse)}
            rest = [self.parse.reading.words[at] for at in (*sources[:who], *sources[place + 1 :]) if at is not None]
            plain = all(w.kind not in {"VERB", "AUX", "CONJ", "PUNCT"} for w in rest)
            if finite_before and place == who + 1 and plain and (not rest or rest[-1].kind in {"NOUN", "ADV", "ADJ"}):
                return True
        return False

    def looks(self, draft: Draft) -> bool:
        """Whether a sentence is mostly of looks."""
        described = sum(bit.source in self.parse.described for bit in draft)
        return described * _SPARSE >= len(draft)

    def _lost_its_subject(self, draft: Draft) -> bool:
        """Whether a verb opens a sentence as a command, though the prompt says who does it."""
        acting = {event.verb: event.subject for event in self.parse.events}
        for bit in draft:
            word = self.parse.reading.words[bit.source] if bit.source is not None else None
            if word is None or word.kind in {"NOUN", "PRON"} or bit.text[:1].isupper():
                return False
            if word.kind == "VERB":
                return bit.text == word.lemma and acting.get(word.index) is not None
        return False

    def _lost_its_noun(self, draft: Draft) -> bool:
        """ "She looks up with calm", which were "calm, focused eyes": an adjective whose noun was left out."""
        words, said = self.parse.reading.words, {bit.source for bit in draft}
        for bit, after in zip_longest(draft, draft[1:]):
            word = words[bit.source] if bit.source is not None and not bit.coach else None
            if word is None or word.kind != "ADJ" or word.dep != "amod" or not word.index < word.head < len(words):
                continue
            ends = after is None or not any(map(str.isalnum, after.text)) or after.source is None
            before = words[word.index - 1] if word.index else word
            if ends and word.head not in said and before.kind in {"PREP", "DET"} and before.index in said:
                return bit.text == word.text
        return False

    def finished(self, own: Draft | None) -> Draft | None:
        """The author's sentence, with a verb where it has only a participle: "a crane reaching over the roofs"."""
        if own is None or self.is_sound(own) or own[0].text.lower() in VIEWS:
            return own
        acts = roughness.finished(self.parse)
        whole = tuple(replace(bit, text=acts.get(-1 if bit.source is None else bit.source, bit.text)) for bit in own)
        return whole if self.is_sound(whole) else own
