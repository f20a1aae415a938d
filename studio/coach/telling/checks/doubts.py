"""Whether a sentence that was made of the author's words says what they say: each verb is done by whom they give it
to, each phrase is whole, and nothing is run together or joined that was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.checks.wholeness import OWNING, faults, is_led, lost_its_doer, named
from studio.coach.telling.meaning.meant import agreeing, untimed
from studio.coach.telling.wording.draft import Bit, Draft, sources
from studio.coach.telling.wording.naming import antecedent, is_proper, measured, phrase_start

__all__ = ["Doubts"]

_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ism", "ship", "hood")
_AGREEING = {"s", "base", "preterite"}
_LIFELESS = {"scenery", "thing", "picture"}
_PLAYING = {"play", "laugh", "talk", "speak", "sing", "smile", "pose"}  # only who lives does so
_FORCES = {"attack", "hit", "strike", "beat", "touch", "cover"}  # what things do to others, too
_TITLE = 6  # words of a title
_VIEW = 8  # words of "in a detailed oil painting of"
_ASIDE = 7  # words of an aside and its marks


@dataclass(frozen=True)
class Doubts:
    """What speaks against the sentences that are made of one prompt."""

    parse: Parse

    def of(self, draft: Draft) -> str:
        """What speaks against a sentence that was built or trimmed, or nothing."""
        return next((why for _, why in self._found(draft)), "")

    def misdone(self, drafts: Iterable[Draft]) -> frozenset[int]:
        """The verbs in sentences that are given to somebody who does not do it."""
        return frozenset(verb for draft in drafts for verb, _ in self._found(draft) if verb >= 0)

    def suits(self, event: Event) -> bool:
        """Whether who was found may do it: no exploration moves."""
        who = self.parse.reading.words[event.subject] if event.subject is not None else None
        return who is None or not _is_abstract(who, self.parse)

    def lost(self, draft: Draft) -> bool:
        """Whether a sentence has lost who does it."""
        return lost_its_doer(draft, self.parse)

    def _found(self, draft: Draft) -> Iterator[tuple[int, str]]:
        words = self.parse.reading.words
        for place, bit in enumerate(draft):
            event = self._acts.get(-1 if bit.source is None or bit.coach else bit.source)
            if event is not None and _is_finite(place, draft, words[event.verb]):
                who = _own(event, draft, self.parse) or _doer(place, draft, self.parse)
                yield from ((event.verb, why) for why in _of_the_doer(event, who, draft, self.parse))
        yield from ((-1, why) for why in faults(draft, self.parse))

    def instead(self, event: Event) -> Event | None:
        """The motion with somebody else to do it, where who was found cannot: the one who lives in the sentence, what
        an abstraction is of, what the noun that a preposition holds belongs to."""
        words = self.parse.reading.words
        who, verb = words[event.subject or 0], words[event.verb]
        kinds, living = self.parse.vocabulary.noun_kinds, _living(verb, self.parse)
        other: Word | None
        if event.lemma in self.parse.vocabulary.sets["bodily"] and len({w.lower for w in living}) == 1:
            other = living[0]
        elif _is_abstract(who, self.parse):
            other = self._of_what(who)
        elif _is_abstract(measured(who, self.parse), self.parse):
            return event
        else:
            other = self._holder(who)
        fits = other is not None and other.index != who.index and not _is_abstract(other, self.parse)
        return replace(event, subject=other.index, actor=kinds.get(other.lower, "")) if fits and other else None

    def _of_what(self, noun: Word) -> Word | None:
        """The balloon of "the transition of the balloon"."""
        words = self.parse.reading.words
        own = (w for w in words[noun.index + 1 :] if w.sentence == noun.sentence and w.kind == "NOUN")
        first = next(own, None)
        led = first is not None and words[phrase_start(first, self.parse) - 1].lower == "of"
        return first if led and first is not None and first.index - noun.index < _ASIDE else None

    def _holder(self, noun: Word) -> Word | None:
        """The boot of "a boot with brass eyelets"."""
        words, start = self.parse.reading.words, phrase_start(noun, self.parse)
        held = start > 1 and words[start - 1].lower == "with" and words[start - 2].kind == "NOUN"
        return words[start - 2] if held and words[start - 2].sentence == noun.sentence else None

    @cached_property
    def _acts(self) -> dict[int, Event]:
        """The motions by their verbs, each with who is meant to do it."""
        return {event.verb: agreeing(untimed(event, self.parse), self.parse) for event in self.parse.events}


def _living(verb: Word, parse: Parse) -> list[Word]:
    """Who lives in the sentence of a verb, before it."""
    ahead = parse.reading.words[parse.reading.starts[verb.sentence] : verb.index]
    kinds = parse.vocabulary.noun_kinds
    return [w for w in ahead if w.kind == "NOUN" and kinds.get(w.lower) in {"person", "animal"}]


def _is_finite(place: int, draft: Draft, verb: Word) -> bool:
    """Whether a verb stands in a sentence as its finite one, whatever form the author gave it."""
    helped = place > 0 and draft[place - 1].text.lower() in {"is", "are"}
    return verb.form != "passive" and (helped or draft[place].text.lower() != verb.lower or verb.form in _AGREEING)


# -- who does it ------------------------------------------------------------------------------------------------------
def _own(event: Event, draft: Draft, parse: Parse) -> Word | None:
    """Who was found to do it, where the sentence names them."""
    who = parse.reading.words[event.subject] if event.subject is not None else None
    said = {bit.text.lower().strip(".,") for bit in draft}
    return who if who is not None and (who.index in sources(draft) or who.lower in said) else None


def _doer(place: int, draft: Draft, parse: Parse) -> Word | None:
    """The noun that a sentence gives the verb at `place`: the head of the phrase before it, held by no preposition."""
    words = parse.reading.words
    start = place
    while start and not _parts(draft[start - 1], words):
        start -= 1
    found: Word | None = None
    for at in range(start, place):
        bit = draft[at]
        word = words[bit.source] if bit.source is not None else named(bit.text, draft[place].source or 0, parse)
        if word is None or word.kind not in {"NOUN", "PRON"}:
            if found is not None:
                break
            continue
        if not is_led(at, draft, words) and not _owns(bit, draft[at + 1]):
            found = word
    return found


def _owns(bit: Bit, after: Bit) -> bool:
    """ "A potter's | hands"."""
    return bit.text.endswith(OWNING) or after.text.lower() in OWNING


def _parts(bit: Bit, words: Sequence[Word]) -> bool:
    if bit.source is None:
        return bit.text in {",", "."} or bit.text in {"and", "There"}
    return words[bit.source].kind in {"VERB", "AUX", "PUNCT", "CONJ"}


def _of_the_doer(event: Event, who: Word | None, draft: Draft, parse: Parse) -> Iterator[str]:
    words = parse.reading.words
    verb = words[event.verb]
    if who is None or who.kind == "PRON" or who.index == verb.index or who.sentence != verb.sentence:
        return
    ahead = event.tie == "attributive" and who.index > verb.index
    own = verb.form in _AGREEING and (_is_its_subject(who, verb) or _beside(who, verb, parse))
    if not (own and verb.form == "s") and _is_deed(who, draft, parse):
        yield f"a deed does it: {who.lower} {verb.lower}"
    if who.lower == verb.lower and who.plural:
        yield f"a row of one word: {who.lower}"
    told = sources(draft)
    made = verb.form not in _AGREEING or any(at not in told for at in range(who.index + 1, verb.index))
    outer = measured(who, parse)
    if outer is not who and outer.index in told and _is_abstract(outer, parse):
        yield f"an abstraction of it does it: {outer.lower} {verb.lower}"
    if made and _is_abstract(who, parse) and (ahead or not _is_its_subject(who, verb)):
        yield f"an abstraction does it: {who.lower} {verb.lower}"
    if who.lower.endswith("ground") and event.lemma in parse.vocabulary.sets["bodily"] and _living(verb, parse):
        yield f"a ground does it: {who.lower} {verb.lower}"
    if ahead:
        return
    mobile = parse.vocabulary.noun_kinds.get(who.lower) in {"person", "animal", "vehicle"}
    if not mobile and _is_named_after(verb, parse):
        yield f"a title: {who.lower} {verb.lower}"
    if not made:
        return
    if not (_governs(who, verb, parse) or _beside(who, verb, parse) or _is_found(who, event, parse)):
        yield f"far and not in the tree: {who.lower} .. {verb.lower}"
    if not own and not _can(who, event, parse):
        yield f"cannot: {who.lower} {verb.lower}"
    if _nearer(who, verb, parse):
        yield f"a nearer noun: {who.lower} .. {verb.lower}"
    if verb.form == "base" and who.index == verb.index - 2 and words[verb.index - 1].text == "," and not who.plural:
        yield f"a list: {who.lower}, {verb.lower}"


def _is_found(who: Word, event: Event, parse: Parse) -> bool:
    """Whether it was found as the subject, and nothing nearer may be: somebody who lives, or a noun and its finite verb
    with an aside between."""
    words = parse.reading.words
    subject = words[event.subject] if event.subject is not None else None
    if subject is not None and subject.kind == "PRON":
        noun = antecedent(subject, parse)
        return noun is not None and noun.lower == who.lower
    if subject is None or who.lower != subject.lower:
        return False
    kind = parse.vocabulary.noun_kinds.get(who.lower, "")
    known = kind in {"person", "animal"} or is_proper(who, parse)
    if known or (kind in {"", "vehicle", "body"} and _opens(subject, parse)):
        return True
    aside = words[subject.index + 1 : event.verb]
    return (
        words[event.verb].form in {"s", "preterite"}
        and bool(aside)
        and aside[0].text in {"(", ","}
        and len(aside) < _ASIDE
    )


def _opens(noun: Word, parse: Parse) -> bool:
    """Whether a noun is the first of its clause, but for the view of it: "a charcoal sketch of a miller"."""
    words, start = parse.reading.words, parse.reading.starts[noun.sentence]
    first = phrase_start(noun, parse)
    start = next((at + 1 for at in range(first - 1, start - 1, -1) if words[at].kind == "PUNCT"), start)
    ahead = words[start:first]
    shown = bool(ahead) and ahead[-1].lower == "of" and len(ahead) <= _VIEW
    return first <= start or shown


def _is_its_subject(who: Word, verb: Word) -> bool:
    return who.dep.startswith("nsubj") and who.head == verb.index


def _governs(who: Word, verb: Word, parse: Parse) -> bool:
    """Whether the tree gives a verb to a noun: as its subject, as what describes it, or along a row of verbs."""
    words = parse.reading.words
    who, seen = _head(who, parse), set[int]()
    at = verb
    while at.index not in seen:
        seen.add(at.index)
        if at.head == who.index or at.index == who.index:
            return True
        if who.head == at.index and who.dep.startswith("nsubj"):
            return True
        if not 0 <= at.head < len(words):
            return False
        at = words[at.head]
    return False


def _head(noun: Word, parse: Parse) -> Word:
    """The "loops" of "cereal loops"."""
    words = parse.reading.words
    while noun.dep in {"compound", "amod", "flat"} and noun.index < noun.head < len(words):
        noun = words[noun.head]
    return noun


def _beside(who: Word, verb: Word, parse: Parse) -> bool:
    """Whether nothing but more nouns of one name, adverbs and helping verbs stand between."""
    words = parse.reading.words
    between = words[min(who.index, verb.index) + 1 : max(who.index, verb.index)]
    return all(
        word.kind in {"ADV", "AUX", "NOT"} or word.text == "(" or word.dep in {"compound", "flat"} for word in between
    )


def _is_abstract(who: Word, parse: Parse) -> bool:
    kinds = parse.vocabulary.noun_kinds
    return who.lower.removesuffix("s").endswith(_ABSTRACT) and who.lower not in kinds and not is_proper(who, parse)


def _is_deed(who: Word, draft: Draft, parse: Parse) -> bool:
    """ "The push settles", "the fell turns black": a bare word for what is done, that was given an article."""
    place = next((at for at, bit in enumerate(draft) if bit.source == who.index), 0)
    given = place == 1 and draft[0].source is None and draft[0].text.lower() == "the"
    known = who.lower in parse.vocabulary.noun_kinds or who.lower in parse.vocabulary.nouns.mass
    known = known or who.lower in parse.vocabulary.sets["light_nouns"]
    words, at = parse.reading.words, who.index - 1
    while at >= 0 and words[at].sentence == who.sentence and words[at].kind in {"ADJ", "ADV"}:
        at -= 2 if words[at - 1].text == "," and words[at - 2].kind == "ADJ" else 1
    opens = at < 0 or words[at].sentence != who.sentence or words[at].kind in {"PUNCT", "CONJ"}
    bare = opens and not who.plural and not is_proper(who, parse)
    return given and bare and bool(who.verbs) and not known


def _is_named_after(verb: Word, parse: Parse) -> bool:
    """ "City Street Racing.": every word of a short sentence without a finite verb has a capital."""
    words = [w for w in parse.reading.words if w.sentence == verb.sentence and w.text.isalpha()]
    return verb.text.istitle() and verb.form == "ing" and len(words) < _TITLE and all(w.text.istitle() for w in words)


def _can(who: Word, event: Event, parse: Parse) -> bool:
    """Whether what does it is of a kind that can: no glass hands, no hall wears, no sledge plays."""
    sets = parse.vocabulary.sets
    kind = parse.vocabulary.noun_kinds.get(who.lower, "")
    hands = event.lemma in sets["hands_only"] - sets["going"] - sets["course"] - _FORCES
    handed = hands and any(w.head == event.verb and w.dep == "obj" for w in parse.reading.words[event.verb :])
    return not ((handed and kind in _LIFELESS) or (event.lemma in _PLAYING and kind in {"vehicle", "scenery"}))


def _nearer(who: Word, verb: Word, parse: Parse) -> bool:
    """ "A hall with a crowd and camera flashes": a noun right before what may be a noun itself, joined to another."""
    words = parse.reading.words
    before = words[verb.index - 1] if verb.index else verb
    if verb.form != "s" or before.kind != "NOUN" or before.index == who.index or before.sentence != verb.sentence:
        return False
    start = phrase_start(before, parse)
    led = words[start - 1] if start and words[start - 1].sentence == verb.sentence else None
    ahead = words[parse.reading.starts[verb.sentence] : who.index]
    if not any(w.kind == "AUX" or (w.kind == "VERB" and w.form in _AGREEING) for w in ahead):
        return False
    return led is not None and led.kind == "CONJ" and who.index < start
