"""Where clauses run into each other without a mark: "the ball hits the window | the glass shatters".

A second finite verb that nothing links to the first begins a clause of its own. Its subject is the noun before it,
unless that noun is what the first verb or a preposition needs, or does not agree; then both verbs have one subject.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["Seam", "find_seams"]

_FINITE = {"s", "base", "preterite"}
_PHRASE = {"DET", "ADJ", "NUM", "NOUN"}
_NOMINATIVE = {"he", "she", "it", "they", "we", "i", "one"}
_SEVERAL = {"they", "we", "i"}
_AIMED = {"tracking", "orbit", "rack_focus", "fast_move"}  # a noun behind these is what they are aimed at
_COMMANDS = {"zoom", "pan", "tilt", "dolly", "push", "pull", "orbit"}
_OWN = {"his", "her", "its", "their", "our", "my", "the"}
_HOLDING = {"that", "which", "who", "whom", "whose", "where", "what", "how", "why", "if", "because", "like"}
_PARTICLES = {"up", "down", "out", "off", "away", "over", "by", "around", "in", "on", "back", "past", "along", "across"}


@dataclass(frozen=True)
class Seam:
    """Before ``words[index]`` a clause begins; `mark` is what the author left out there: "." "," or "and"."""

    index: int
    mark: str


def find_seams(parse: Parse) -> tuple[Seam, ...]:
    """Every place where two clauses meet with nothing between, in order."""
    return tuple(_Finder(parse).seams())


class _Finder:
    def __init__(self, parse: Parse) -> None:
        self.parse, self.words = parse, parse.reading.words
        self.events = {event.verb: event for event in parse.events}
        self.filmed = {index for found in parse.moves for index in range(found.first, found.last)}
        sets = parse.vocabulary.sets
        self.binding = sets["telling_binding"]
        self.governing = sets["telling_governing"]

    def seams(self) -> Iterator[Seam]:
        """All seams, those behind a camera phrase and a quotation among them."""
        found = {seam.index: seam for seam in (*self._spoken(), *self._filmed(), *self._clauses())}
        return iter(sorted(found.values(), key=lambda seam: seam.index))

    def _filmed(self) -> Iterator[Seam]:
        """ "Slow pan left | a sign swings": what happens, right behind a camera phrase that needs nothing; "a town at
        night | zoom out": such a phrase, right behind what is there."""
        for found in self.parse.moves:
            if self._ends_with(found):
                yield Seam(found.first, ".")
            if found.last >= len(self.words) or found.move in _AIMED:
                continue
            word = self.words[found.last]
            opens = word.sentence == self.words[found.first].sentence and word.kind in {"DET", "NOUN"}
            near = self.words[word.index : word.index + 6] if opens else ()
            verb = next((w for w in near if w.kind not in _PHRASE), None)
            if verb is None or verb.index not in self.events or verb.form not in {"s", "base"}:
                continue
            if self.words[verb.index - 1].kind == "NOUN" and self._agrees(self.words[verb.index - 1], verb):
                yield Seam(word.index, ".")

    def _ends_with(self, found: Found) -> bool:
        """Whether a command to the camera ends a sentence that names what is there."""
        first = self.words[found.first]
        before = self.words[found.first - 1] if found.first else first
        after = self.words[found.last] if found.last < len(self.words) else None
        ends = after is None or after.sentence != first.sentence or after.kind == "PUNCT" or first.lower == "zoom"
        named = before.kind == "NOUN" and before.sentence == first.sentence and found.first - 1 not in self.filmed
        named = named and before.lower not in self.parse.vocabulary.camera.subjects
        return ends and named and first.lower in _COMMANDS and found.last > found.first + 1

    def _spoken(self) -> Iterator[Seam]:
        """ "He shouts "stop!" | she slams the door": somebody else acts behind what is said."""
        for span in self.parse.masks.quotations:
            word = next((w for w in self._from(span.end)), None)
            if word is None or (word.lower not in _NOMINATIVE and word.kind != "DET"):
                continue
            before = [w for w in self.words[max(0, word.index - 60) : word.index] if w.sentence == word.sentence]
            speech = set(self.parse.vocabulary.lettering.speech)
            verb = next((w for w in self.words[word.index : word.index + 6] if w.kind in {"VERB", "PUNCT"}), None)
            acts = verb is not None and verb.form in {"s", "base"} and verb.lemma not in speech
            if acts and any(w.kind == "VERB" and w.lemma in speech and w.end <= span.start for w in before):
                yield Seam(word.index, ",")

    def _from(self, place: int) -> Iterator[Word]:
        first = bisect_left([word.start for word in self.words], place)
        return iter(self.words[first : first + 1])

    def _clauses(self) -> Iterator[Seam]:
        doing: Word | None = None  # a participle with its noun, where no finite verb is open
        first: Word | None = None  # the finite verb of the clause that is open
        start = 0  # of that clause
        held = bound = False
        for word in self.words:
            if word.index == start or word.sentence != self.words[start].sentence:
                start = word.index if word.sentence != self.words[start].sentence else start
                held, first, doing = (False, None, None) if word.index == start else (held, first, doing)
            if self._links(word):
                bound = word.lower in self.binding and word.index == start
                first, doing, start, held = None, None, (start if bound else word.index + 1), False
                continue
            held = held or word.lower in _HOLDING
            if not self._is_finite(word):
                if word.form == "ing" and first is not None and not held and (at := self._fresh(word, first)):
                    yield Seam(at, ",")
                    first, start = None, at
                elif word.form == "ing" and word.index in self.events and first is None:
                    doing = word
                continue
            if first is None and doing is not None and not held and self._follows(doing, word):
                at = self._clause_start(word)
                yield Seam(at, ".")
                doing, start = None, at
            if bound and word.index == start and word.form == "base":
                continue  # "while cool light reflects": no command stands behind a "while"
            at = self._seam(first, word, start, bound=bound) if first is not None and not held else 0
            if at and self._whole(start, at, word):
                same = at == word.index
                yield Seam(at, "," if bound else "and" if same and self._last(word) else "," if same else ".")
                bound, start = False, at
            first = word

    def _links(self, word: Word) -> bool:
        """A mark or a word that joins clauses."""
        hidden = self.parse.masks.hides(word.start, word.end)
        joins = word.kind in {"PUNCT", "CONJ"} or word.lower in self.binding or word.lower == "then"
        return hidden or joins

    def _is_finite(self, word: Word) -> bool:
        if word.kind == "AUX":
            return word.lower in {"is", "are", "was", "were", "has", "have"}
        return word.kind == "VERB" and word.form in _FINITE

    def _seam(self, first: Word, verb: Word, start: int, *, bound: bool) -> int:
        """Where the clause of `verb` begins behind that of `first`; 0 where it is no clause of its own."""
        near = verb.index - 1
        while near > first.index and self.words[near].kind == "ADV":
            near -= 1
        if near < first.index or first.lemma in self.governing:
            return 0
        noun = self.words[near]
        if first.kind == "AUX":
            return near if self._another(first, noun, verb) else 0
        if noun.kind == "PRON" or noun.lower == "one":
            agrees = (verb.form == "s") != (noun.lower in _SEVERAL) or verb.form == "preterite" or verb.kind == "AUX"
            return near if noun.lower in _NOMINATIVE and agrees else self._same(first, verb, start)
        if near == first.index or noun.kind in {"PREP", "ADV"}:
            return self._same(first, verb, start) if near > first.index else 0
        if noun.kind != "NOUN":
            return 0
        begin = self._phrase(noun, first)
        own = bound and self.words[begin].kind == "DET" and self.words[begin - 1].kind in {"VERB", "NOUN"}
        if own and self._agrees(noun, verb) and begin - 1 > first.index:
            return begin  # "when it stops boiling | the jar cracks": the main clause has its own subject
        return self._behind(noun, first, verb, start)

    def _another(self, first: Word, who: Word, verb: Word) -> bool:
        """ "A man is standing in the rain | he looks up": behind a doing that is whole, not "on the roof he built"."""
        between = self.words[first.index + 1 : who.index]
        doing = next((word for word in between if word.kind == "VERB"), None)
        if doing is None or doing.form != "ing" or any(word.lemma in self.governing for word in between):
            return False
        if not self._is_somebody(who, verb) or between[-1].kind not in {"NOUN", "PRON", "ADV", "VERB"}:
            return False
        return between[-1].kind != "NOUN" or self._goes_on(verb)

    def _follows(self, doing: Word, verb: Word) -> bool:
        """ "Doors closing | she puts a hand between": a pronoun and its verb behind a participle of something else."""
        who = self.words[verb.index - 1]
        start = self._clause_start(verb)
        named = start < who.index and self.words[start - 1].kind == "NOUN" and start - 1 > doing.index
        if named and self.words[start].lower in _OWN and who.kind == "NOUN" and self._agrees(who, verb):
            return True  # "a girl dancing in the room | her dress is turning"
        whole = self.words[who.index - 1].kind in {"NOUN", "PRON", "ADV", "VERB"} and who.index - 1 >= doing.index
        own = self.events[doing.index].subject is not None
        return whole and own and self._is_somebody(who, verb) and self._goes_on(verb)

    def _clause_start(self, verb: Word) -> int:
        """Where the noun phrase or the pronoun right before a verb begins."""
        index = verb.index - 1
        while index > 0 and self.words[index].kind in _PHRASE and self.words[index].kind != "DET":
            if self.words[index - 1].kind not in _PHRASE:
                break
            index -= 1
        return index

    def _is_somebody(self, who: Word, verb: Word) -> bool:
        """Whether a pronoun stands there that a verb agrees with."""
        agrees = (verb.form == "s") != (who.lower in _SEVERAL) or verb.form == "preterite" or verb.kind == "AUX"
        return who.kind == "PRON" and who.lower in _NOMINATIVE and agrees

    def _goes_on(self, verb: Word) -> bool:
        """Whether something stands behind a verb that it needs, or that says where: "looks at the city"."""
        after = self.words[verb.index + 1 : verb.index + 3]
        near = after[0] if after and after[0].sentence == verb.sentence else None
        moves = verb.lemma in self.parse.vocabulary.sets["whole"] - self.parse.vocabulary.sets["transitive"]
        if near is None or near.kind in {"PUNCT", "CONJ"}:
            return moves
        led = near.kind == "PREP" and len(after) > 1 and after[1].kind in _PHRASE | {"PRON"}
        led = led or near.lower in _PARTICLES
        return led or near.kind in {"DET", "PRON", "VERB", "ADV", "NOUN"}

    def _behind(self, noun: Word, first: Word, verb: Word, start: int) -> int:
        """The seam where a noun stands before the verb."""
        begin = self._phrase(noun, first)
        before = self.words[begin - 1]
        fits = self._agrees(noun, verb)
        plain = verb.kind == "VERB" and verb.form != "preterite"
        if before.kind in {"NOUN", "PRON", "ADV"} or begin - 1 in self.filmed:
            return begin if fits and (plain or before.kind != "NOUN") else 0
        alone = self._subject(first, start)
        particle = before.index == first.index + 1 and before.lower in _PARTICLES
        if particle and fits and (alone is None or not self._agrees(alone, verb)):
            return begin
        split = self._compound(noun, begin)
        if split and fits and self._mine(noun, verb):
            return split
        if before.kind == "PREP":
            return self._same(first, verb, start)
        if fits and (alone is None or not self._agrees(alone, verb)):
            return begin
        return self._same(first, verb, start)

    def _same(self, first: Word, verb: Word, start: int) -> int:
        """The verb itself, where the subject of the first verb governs it too: "opens the letter | reads it"."""
        subject = self._subject(first, start)
        between = self.words[first.index + 1 : verb.index]
        if subject is None or first.form != verb.form or verb.form not in {"s", "base"} or not between:
            return 0
        event = self.events.get(verb.index)
        near = {w.index for w in between}
        if event is None or event.subject in near or event.tie == "infinitive" or between[-1].lower == "to":
            return 0
        return verb.index if self._agrees(subject, verb) and (verb.form == "s" or not subject.plural) else 0

    def _fresh(self, verb: Word, first: Word) -> int:
        """ "Gallops across the field dust rising": stuff that rises by itself behind a whole clause."""
        noun = self.words[verb.index - 1]
        event = self.events.get(verb.index)
        if event is None or noun.kind != "NOUN" or event.subject != noun.index or event.actor != "scenery":
            return 0
        begin = self._phrase(noun, first)
        split = self._compound(noun, begin)
        return split if split and self.words[begin - 1].kind == "PREP" else 0

    # -- nouns ----------------------------------------------------------------------------------------------------
    def _phrase(self, noun: Word, first: Word) -> int:
        """Where the noun phrase that ends with a noun begins, behind the first verb."""
        index = noun.index
        while index - 1 > first.index and self.words[index - 1].kind in _PHRASE:
            index -= 1
            if self.words[index].kind == "DET" and self.words[index].lower not in {"'s", "’s"}:
                break
        return index

    def _compound(self, noun: Word, begin: int) -> int:
        """The second of two nouns that stand side by side, with what describes it; 0 where there is one noun alone."""
        index = noun.index
        while index > begin and self.words[index - 1].kind in {"ADJ", "NUM"}:
            index -= 1
        return index if index > begin and self.words[index - 1].kind == "NOUN" else 0

    def _mine(self, noun: Word, verb: Word) -> bool:
        """Whether a noun was read as who does it, is many where the verb is, or goes by itself ("lightning comes")."""
        event = self.events.get(verb.index)
        own = event.subject == noun.index if event is not None else self._kind(noun) == "scenery"
        return own or (noun.plural and verb.form == "base")

    def _kind(self, noun: Word) -> str:
        return self.parse.vocabulary.noun_kinds.get(noun.lower, "")

    def _subject(self, verb: Word, start: int) -> Word | None:
        event = self.events.get(verb.index)
        if event is not None and event.subject is not None:
            return self.words[event.subject]
        nouns = [w for w in self.words[start : verb.index] if w.kind in {"NOUN", "PRON"}]
        return nouns[-1] if nouns else None

    def _agrees(self, noun: Word, verb: Word) -> bool:
        if verb.form == "preterite" or verb.lower in {"was", "were", "has", "have"}:
            return True
        many = noun.plural or noun.lower in _SEVERAL
        return (verb.form == "s" or verb.lower == "is") != many

    # -- both sides -----------------------------------------------------------------------------------------------
    def _whole(self, start: int, at: int, verb: Word) -> bool:
        """Whether both sides of the seam have a verb."""
        sides = (range(start, at), range(verb.index, len(self.words)))
        happens = [any(self._told(i) for i in side if self._near(i, verb)) for side in sides]
        return all(happens)

    def _near(self, index: int, verb: Word) -> bool:
        return self.words[index].sentence == verb.sentence and index < verb.index + 12

    def _told(self, index: int) -> bool:
        word = self.words[index]
        return index in self.events or index in self.filmed or (word.kind == "VERB" and bool(word.verbs))

    def _last(self, verb: Word) -> bool:
        """Whether no "and" follows in the same row."""
        for near in self.words[verb.index + 1 :]:
            if near.sentence != verb.sentence or near.kind == "PUNCT":
                return True
            if near.lower in {"and", "then"}:
                return False
        return True
