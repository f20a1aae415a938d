"""A sentence of the author's kept as it stands, less what only says how things look.

Long captions are told this way: what is left out goes whole, from one comma or link to the next, so that the rest is
still the author's grammar. A sentence that has to be said differently (a big camera move, the past tense, a wish, a
row of tags) is not for this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from studio.coach.cues.clauses import Clause
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.checks.soundness import is_finite
from studio.coach.telling.clauses.retelling import PRESENT
from studio.coach.telling.meaning.selection import Selection
from studio.coach.telling.wording.draft import Bit, Draft
from studio.coach.telling.wording.naming import antecedent, is_plural, is_proper, name
from studio.coach.telling.wording.phrasing import finite

__all__ = ["Trimming"]

_LEAST = 4  # words of a phrase that says only when or where
_LONG = 13  # words: what is shorter is told again without trouble
_ASIDES = {"ing", "past", "passive", "participle"}
_TOLD = {"s", "base", "preterite"}
_TELLING = {"ROOT", "conj", "advcl", "parataxis"}
_TAG = {"ADJ", "NOUN", "NUM", "PUNCT", "ADV"}
_NAMED = {"he", "she", "it", "they"}
_NOMINAL = {"DET", "ADJ", "NUM", "NOUN", "ADV", "PREP", "CONJ", "PRON"}


@dataclass(frozen=True)
class Trimming:
    """Keeps sentences of one prompt: `selection` says what is told, `dropped` which words go alone."""

    parse: Parse
    selection: Selection
    dropped: frozenset[int]
    strict: bool

    def trim(self, sentence: int, told: set[str]) -> Draft | None:
        """A sentence without its looks; nothing where it cannot be kept. `told` are the nouns said so far."""
        clauses = [(place, c) for place, c in enumerate(self.selection.clauses) if c.sentence == sentence]
        if not clauses or not self._is_prose(clauses[0][1].first, clauses[-1][1].last):
            return None
        kept = self._without_looks_ahead(self._remaining(clauses))
        if not kept or not self._holds(kept, clauses):
            return None
        forms = self._in_the_present(clauses[0][1].first, clauses[-1][1].last)
        if forms is None:
            return None
        bits: list[Bit] = []
        for at, (_, clause) in enumerate(kept):
            bits += self._link(at, kept)
            bits += self._said(clause.first, clause.last)
        bits = [replace(bit, text=forms.get(-1 if bit.source is None else bit.source, bit.text)) for bit in bits]
        article, said = self._article(bits), self._named(bits, told)
        return (*article, replace(said[0], text=said[0].text.lower()), *said[1:]) if article else tuple(said)

    # -- which sentences ------------------------------------------------------------------------------------------
    def _is_prose(self, first: int, last: int) -> bool:
        """Whether the author wrote a sentence: a capital, a subject, a verb in the present, a full stop."""
        words = self.parse.reading.words[first:last]
        behind = self.parse.reading.words[last] if last < len(self.parse.reading.words) else None
        stopped = behind is None or behind.text in {".", "!", "?", "…"}
        opens = words[0].text[0].isupper() or words[0].text[0].isdigit()
        if len(words) < _LONG or not stopped or not opens or any(w.text in {":", "|", "\n", "*"} for w in words):
            return False
        sets = self.parse.vocabulary.sets
        verb = next((w for w in words if self._governs(w)), None)
        if verb is None or verb.index == words[0].index:
            return False
        ahead = words[: verb.index - words[0].index]
        shows = verb.lemma in sets["telling_shows"] or verb.lower == "is"
        views = sets["telling_views"] | sets["picture"]
        if shows and any(w.lower in views | {"we", "you", "i", "there"} for w in ahead):
            return False
        return any(w.kind in {"NOUN", "PRON"} for w in ahead)

    def _governs(self, word: Word) -> bool:
        if self.parse.masks.hides(word.start, word.end) or not is_finite(word):
            return False
        return word.kind == "AUX" or word.form in _TOLD

    def _in_the_present(self, first: int, last: int) -> dict[int, str] | None:
        """The verbs of a story as they are in the present; nothing where the number of a subject is not known."""
        words = self.parse.reading.words
        events = {event.verb: event for event in self.parse.events}
        forms: dict[int, str] = {}
        for word in words[first:last]:
            past = word.form == "past" and word.index in events and word.dep in _TELLING
            told = word.kind == "VERB" and (word.form == "preterite" or past)
            helped = word.index > first and words[word.index - 1].kind == "AUX"
            if word.kind == "AUX" and word.lower in PRESENT:
                forms[word.index] = PRESENT[word.lower]
            elif told and not helped and not self.parse.masks.hides(word.start, word.end):
                event = events.get(word.index)
                if event is None or event.subject is None:
                    return None
                subject = words[event.subject]
                forms[word.index] = finite(word, is_plural(subject, named=is_proper(subject, self.parse)), self.parse)
        return forms

    # -- which clauses --------------------------------------------------------------------------------------------
    def _remaining(self, clauses: list[tuple[int, Clause]]) -> list[tuple[int, Clause]]:
        """The clauses less those that go; what hangs on one that went goes with it."""
        words = self.parse.reading.words
        kept: list[tuple[int, Clause]] = []
        cut = gone = listed = False
        for place, clause in clauses:
            link = words[clause.link : clause.first]
            joined = bool(link) and link[0].text in {"/", "-"}
            events = self.selection.events(clause)
            over = bool(clause.events) and clause.events[0].verb in self.selection.over
            fresh = any(event.subject is not None and event.subject >= clause.first for event in events)
            listed = gone and self._listed(clause, goes_on=listed)
            gone = (
                (joined and gone)
                or listed
                or over
                or (cut and not fresh)
                or self._goes(place, clause, opens=clause.first == clauses[0][1].first)
            )
            cut = over or (cut and not fresh)
            if not gone:
                kept.append((place, clause))
        return kept

    def _carries(self, place: int, clause: Clause) -> bool:
        """ "He sits by the fire | when the door opens": what happens hangs on this clause."""
        clauses = self.selection.clauses
        after = clauses[place + 1] if place + 1 < len(clauses) else None
        if after is None or after.sentence != clause.sentence or not self.selection.events(after):
            return False
        words = self.parse.reading.words
        link = {word.lower for word in words[after.link : after.first]}
        governed = any(map(self._governs, words[clause.first : clause.last]))
        return governed and bool(link & self.parse.vocabulary.sets["telling_binding"])

    def _listed(self, clause: Clause, *, goes_on: bool) -> bool:
        """ "Between rocks, | trees, | and distant mountains": only nouns, that go with what they were listed behind."""
        words = self.parse.reading.words
        link = {word.lower for word in words[clause.link : clause.first]}
        linked = link == {","} or (goes_on and link == {",", "and"})
        return linked and all(word.kind in _NOMINAL for word in words[clause.first : clause.last])

    def _goes(self, place: int, clause: Clause, *, opens: bool) -> bool:
        """Whether a clause is left out: lettering, talk about the clip, a look between commas."""
        selection = self.selection
        if place in selection.omitted.clauses or self.parse.reading.words[clause.first].start >= selection.end:
            return True
        if clause.moves or selection.events(clause) or selection.wanted(clause):
            return False
        if clause.events and not all(event.tie == "attributive" for event in clause.events):
            return False
        if self._carries(place, clause) or self._busy(clause):
            return False
        words = self.parse.reading.words[clause.first : clause.last]
        sets = self.parse.vocabulary.sets
        if not opens and self._is_tag(clause, words):
            return True
        if opens and not any(map(self._governs, words)) and any(w.lower in sets["telling_views"] for w in words):
            return True
        looks = any(w.index in self.parse.described or w.index in self.dropped for w in words)
        return looks and (self._aside(clause, words, opens=opens) or self._state(words))

    def _is_tag(self, clause: Clause, words: tuple[Word, ...]) -> bool:
        """ "..., gym", "..., studio backdrop": a bare noun behind the last comma of a sentence that acts."""
        every = self.parse.reading.words
        ends = (
            clause.last >= len(every)
            or every[clause.last].sentence != clause.sentence
            or every[clause.last].text == "."
        )
        link = [word.text for word in every[clause.link : clause.first]]
        tagged = (
            all(word.kind in {"ADJ", "NOUN"} and word.text.islower() for word in words) and words[-1].kind == "NOUN"
        )
        ahead = every[self.parse.reading.starts[clause.sentence] : clause.link]
        tagged = tagged and every[clause.link - 1].kind != "ADJ"  # "with wide, eager eyes"
        return ends and link == [","] and tagged and any(map(self._governs, ahead))

    def _busy(self, clause: Clause) -> bool:
        """Whether somebody does something in a clause: of that, only words of looks may go."""
        return not self.strict and not self.selection.busy.isdisjoint(range(clause.first, clause.last))

    def _aside(self, clause: Clause, words: tuple[Word, ...], *, opens: bool) -> bool:
        """What stands between commas without a finite verb: "dressed in silk", "its surface calm", "who is tall"."""
        link = self.parse.reading.words[clause.link : clause.first]
        if any(w.text not in {",", "(", ")", "–", "—"} for w in link):
            return False
        if any(map(self._governs, words)):
            return words[0].kind == "PRON" and words[0].lower in {"who", "which", "whose", "that"}
        sets = self.parse.vocabulary.sets
        described = sum(w.index in self.parse.described for w in words)
        if not opens and described * 2 >= len(words) and all(w.kind in _TAG for w in words):
            return True  # ", cool-toned lighting"
        placed = words[0].kind == "PREP" and any(w.lower in sets["telling_places"] for w in words)
        held = words[0].lower in sets["possessives"]
        first = words[0].kind in {"PREP", "ADJ"} and not opens and not placed
        return held or first or words[0].form in _ASIDES or (self.strict and opens and words[0].kind == "PREP")

    def _state(self, words: tuple[Word, ...]) -> bool:
        """ "A red barn stands beside a road": a clause with a subject of its own in which nothing happens."""
        verb = next((w for w in words if self._governs(w)), None)
        if verb is None or words[0].kind not in _NOMINAL:
            return False
        return any(w.kind in {"NOUN", "PRON"} and w.index < verb.index for w in words)

    def _without_looks_ahead(self, kept: list[tuple[int, Clause]]) -> list[tuple[int, Clause]]:
        """Words of order or place before a clause that went say nothing by themselves."""
        words = self.parse.reading.words
        while kept and not any(self._governs(w) for w in words[kept[-1][1].first : kept[-1][1].last]):
            _, clause = kept[-1]
            if clause.events or clause.moves or self.selection.wanted(clause) or len(kept) == 1:
                break
            if words[clause.first].kind not in {"PREP", "ADV"} or clause.last - clause.first > _LEAST:
                break
            kept = kept[:-1]
        return kept

    def _holds(self, kept: list[tuple[int, Clause]], clauses: list[tuple[int, Clause]]) -> bool:
        """Whether what is kept has a finite verb, and each verb its subject."""
        words = self.parse.reading.words
        inside = {index for _, clause in kept for index in range(clause.first, clause.last)}
        within = range(clauses[0][1].first, clauses[-1][1].last)
        if not any(self._governs(words[index]) for index in inside):
            return False
        events = [event for _, clause in kept for event in clause.events]
        if any(event.subject in within and event.subject not in inside for event in events):
            return False
        if any(event.subject in self.dropped for event in events):
            return False
        opening = words[kept[0][1].first : kept[0][1].last]
        cut = kept[0][1].first != clauses[0][1].first
        verb = next((word for word in opening if word.kind in {"VERB", "AUX"}), None)
        if cut and verb is not None and verb.form == "ing" and opening[0].kind not in {"PREP", "ADV"}:
            return False  # "her eyes flashing": what it hung on is gone
        for (before, _), (place, clause) in pairwise(kept):
            if place - 1 != before and self._hangs(clause) and not self._carried(place, kept):
                return False  # what it hung on is gone
        return any(
            clause.events or clause.moves or self.selection.wanted(clause) or self._does(clause) for _, clause in kept
        )

    def _carried(self, place: int, kept: list[tuple[int, Clause]]) -> bool:
        """Whether the clauses between were asides: a participle behind them hangs on what stood before."""
        missing = set(range(kept[0][0], place)) - {other for other, _ in kept}
        words = self.parse.reading.words
        return not any(
            any(map(self._governs, words[c.first : c.last])) for c in (self.selection.clauses[i] for i in missing)
        )

    def _hangs(self, clause: Clause) -> bool:
        """Whether a clause is a participle or a relative one, which the clause before it must carry."""
        first = self.parse.reading.words[clause.first]
        return first.form == "ing" or (first.kind == "PRON" and first.lower in {"who", "which", "that", "whose"})

    def _does(self, clause: Clause) -> bool:
        """A verb that is no state, whether or not it is a motion that the coach knows."""
        sets = self.parse.vocabulary.sets
        still = sets["state"] | sets["telling_states"] | sets["light_state"] | sets["telling_shows"]
        words = self.parse.reading.words[clause.first : clause.last]
        return any(self._governs(w) and w.kind == "VERB" and w.lemma not in still for w in words)

    # -- words ----------------------------------------------------------------------------------------------------
    def _link(self, at: int, kept: list[tuple[int, Clause]]) -> list[Bit]:
        """What joins a clause to the one before: its own words; "and" where a row of verbs lost its end; no comma
        where an aside stood between a subject and its verb."""
        words = self.parse.reading.words
        place, clause = kept[at]
        link = [Bit(w.text, w.index) for w in words[clause.link : clause.first]]
        if at == 0:
            return [bit for bit in link if bit.text.lower() in self.parse.vocabulary.sets["telling_binding"]]
        before = kept[at - 1][1]
        binding = self.parse.vocabulary.sets["telling_binding"]
        start = max(
            (i + 1 for i in range(before.first, before.last) if words[i].lower in binding), default=before.first
        )
        told = any(self._governs(w) for w in words[start : before.last])
        apart = any(second - first > 1 for (first, _), (second, _) in pairwise(kept[: at + 1]))
        opening = words[clause.first : clause.first + 2]
        fits = any(bit.text.lower() == "and" for bit in link) or opening[0].kind in {"VERB", "AUX", "ADV"}
        if apart and fits and not told and words[before.last - 1].kind in {"NOUN", "PRON"}:
            return [bit for bit in link if bit.text != ","]
        row = any(self._governs(w) for w in words[clause.first : clause.first + 2] if w.kind in {"VERB", "ADV"})
        row = row and words[clause.first].kind in {"VERB", "ADV"}
        ends = at + 1 == len(kept) or not self._goes_on(kept[at + 1][1])
        later = place + 1 < len(self.selection.clauses)
        lost = later and self.selection.clauses[place + 1].sentence == clause.sentence
        lost = lost and (at + 1 == len(kept) or kept[at + 1][0] != place + 1)
        bare = all(bit.text == "," for bit in link)
        return [Bit("and", filler=True)] if told and row and ends and lost and bare else link

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a clause goes on in a row of verbs."""
        return self._governs(self.parse.reading.words[clause.first])

    def _said(self, first: int, last: int) -> list[Bit]:
        """The words as they stand, without those that go alone and the looks that hang on a noun."""
        words = self.parse.reading.words
        gone = self.dropped | self._modifiers(first, last)
        return [Bit(word.text, word.index) for word in words[first:last] if word.index not in gone]

    def _modifiers(self, first: int, last: int) -> set[int]:
        """ "In a worn straw hat", "with round eyes": phrases behind a noun that only describe it, by the tree."""
        words = self.parse.reading.words
        gone: set[int] = set()
        for word in words[first:last]:
            if word.dep not in {"nmod", "acl"} or not first <= word.head < word.index or word.index in gone:
                continue
            span = self._subtree(word, first, last)
            if span and words[word.head].kind == "NOUN" and self._only_looks(span, words[word.head]):
                gone |= set(range(span[0].index, span[-1].index + 1))
        return gone

    def _subtree(self, top: Word, first: int, last: int) -> tuple[Word, ...]:
        """What hangs on a word, if it is one stretch right behind the noun; else nothing."""
        words = self.parse.reading.words
        inside = {top.index}
        for word in words[first:last]:
            if word.index not in inside and self._below(word, top):
                inside.add(word.index)
        low, high = min(inside), max(inside)
        whole = len(inside) == high - low + 1 and low == top.head + 1
        return words[low : high + 1] if whole else ()

    def _below(self, word: Word, top: Word) -> bool:
        words = self.parse.reading.words
        for _ in range(12):
            if word.head in {top.index, word.index}:
                return word.head == top.index
            word = words[word.head]
        return False

    def _only_looks(self, span: tuple[Word, ...], noun: Word) -> bool:
        words = self.parse.reading.words
        after = words[span[-1].index + 1] if span[-1].index + 1 < len(words) else None
        ends = (
            after is None
            or after.kind in {"PUNCT", "VERB", "AUX"}
            or (after.kind == "ADV" and after.lower.endswith("ly"))
        )
        led = span[0].lower in {"in", "with", "wearing"} or span[0].form in {"participle", "past", "passive"}
        described = sum(w.index in self.parse.described for w in span)
        busy = any(event.first < span[-1].index + 1 and event.verb >= span[0].index for event in self.parse.events)
        busy = busy and any(span[0].index <= event.verb <= span[-1].index for event in self.parse.events)
        person = self.parse.vocabulary.noun_kinds.get(noun.lower) in {"person", "animal", "thing", "vehicle", ""}
        return ends and led and described > 0 and described * 4 >= len(span) and not busy and person

    def _article(self, bits: list[Bit]) -> Draft:
        """ "Man in a grey coat looks up": a noun that its author left bare opens the sentence."""
        words = self.parse.reading.words
        first = next((words[bit.source] for bit in bits if bit.source is not None), None)
        noun = first
        while noun is not None and noun.kind == "ADJ" and noun.index in self.parse.described:
            noun = words[noun.index + 1]
        if first is None or noun is None or noun.kind != "NOUN" or noun.plural or is_proper(noun, self.parse):
            return ()
        kinds = self.parse.vocabulary.noun_kinds
        alone = words[noun.index + 1].kind != "NOUN" and first.index == self.parse.reading.starts[first.sentence]
        living = kinds.get(noun.lower) in {"person", "animal", "vehicle"}
        return (Bit("the", filler=True),) if alone and living else ()

    def _named(self, bits: list[Bit], told: set[str]) -> list[Bit]:
        """The sentence with a name for a pronoun whose noun was left out."""
        words = self.parse.reading.words
        first = next((bit for bit in bits if bit.source is not None and words[bit.source].kind == "PRON"), None)
        nouns = {words[bit.source].lower for bit in bits if bit.source is not None and words[bit.source].kind == "NOUN"}
        if first is not None and first.source is not None and words[first.source].lower in _NAMED:
            ahead = bits[: bits.index(first)]
            plain = all(bit.source is None or words[bit.source].kind != "NOUN" for bit in ahead)
            noun = antecedent(words[first.source], self.parse) if plain else None
            one_of_several = words[first.source].lower == "they" and noun is not None and not noun.plural
            if noun is not None and not one_of_several and noun.lower not in told | nouns:
                at = bits.index(first)
                bits = [*bits[:at], *name(noun, self.parse), *bits[at + 1 :]]
                nouns.add(noun.lower)
        told |= nouns
        return bits
