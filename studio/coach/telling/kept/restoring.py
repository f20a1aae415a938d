"""What the audit misses in a rewrite, put back in the author's words: an adjective before its noun, a sentence more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.checks.audit import Audit, Promise
from studio.coach.telling.clauses.verdict import Verdict
from studio.coach.telling.meaning.camera_details import with_detail
from studio.coach.telling.wording.articles import with_articles
from studio.coach.telling.wording.draft import Bit, Draft, echo, fill, render, said, sources
from studio.coach.telling.wording.naming import is_proper
from studio.coach.telling.wording.phrasing import event_sentence, finite

__all__ = ["Restoring"]

_MOST = 6  # promises that are put back one by one
_BEFORE = 8  # words before a verb in which who does it is found again
_MASS = {"wind", "spray", "mist", "fog", "lightning", "rain", "snowfall", "fire", "confetti", "smoke", "steam"}
_SEEN = {"viewed", "seen", "filmed"}


class Restoring:
    """Puts promises of one prompt back into the sentences of a rewrite; `read` reads a text again."""

    def __init__(self, audit: Audit, read: Callable[[str], Parse]) -> None:
        parse = audit.parse
        self.audit, self.parse, self.words = audit, parse, parse.reading.words
        self.verdict = Verdict(parse, read)

    def fuller(self, drafts: list[Draft], broken: Sequence[Promise], passes: Callable[[str], bool]) -> list[Draft]:
        """The drafts with as many of the broken promises kept as still pass the rules, the first ones first."""
        whole = drafts
        for promise in broken:
            told = {index for draft in whole for index in sources(draft)}
            if promise.kind != "stuff" and promise.head not in told:
                whole = self._with(whole, promise)
        stuff = [promise for promise in broken if promise.kind == "stuff"]
        whole = _placed(whole, self._there(stuff), stuff[0].head, self.words) if stuff else whole
        if whole == drafts or passes(self._text(whole)):
            return whole
        for promise in broken[:_MOST]:
            more = self._with(drafts, promise)
            if more != drafts and passes(self._text(more)):
                drafts = more
        return drafts

    def _text(self, drafts: list[Draft]) -> str:
        return render(drafts, self.parse.reading).text

    def _with(self, drafts: list[Draft], promise: Promise) -> list[Draft]:
        if promise.kind == "angle":
            return self._seen_from(drafts, promise)
        if promise.detail is not None:
            return with_detail(drafts, promise.detail, self.parse)
        inside = self._before_its_noun(drafts, promise)
        if inside is not None:
            return inside
        sentence = next(self._sentences(promise), None)
        return (
            drafts
            if sentence is None
            else _placed(drafts, with_articles(sentence, self.parse), promise.head, self.words)
        )

    # -- words in a sentence that is there --------------------------------------------------------------------------
    def _before_its_noun(self, drafts: list[Draft], promise: Promise) -> list[Draft] | None:
        """ "Petals" that were "flowing petals", where the noun is said and its participle is not."""
        event = promise.event
        if event is None or event.subject is None or event.tie != "attributive" or event.subject < event.verb:
            return None
        noun = self.words[event.subject]
        for place, draft in enumerate(drafts):
            at = next((i for i, bit in enumerate(draft) if bit.source == noun.index and not bit.coach), None)
            if at is None:
                continue
            while at and draft[at - 1].source is not None and event.verb < (draft[at - 1].source or 0) < noun.index:
                at -= 1
            lead = self.words[event.verb - 1] if event.verb else None
            how = lead is not None and lead.kind == "ADV" and lead.lower.endswith("ly")
            verb = Bit(self.words[event.verb].lower, event.verb)
            bits = (Bit(lead.lower, lead.index), verb) if how and lead is not None else (verb,)
            rest = draft[at:] if at else (self._inside_of(draft[0]), *draft[1:])
            return [*drafts[:place], (*draft[:at], *bits, *rest), *drafts[place + 1 :]]
        return None

    def _seen_from(self, drafts: list[Draft], promise: Promise) -> list[Draft]:
        """ "In a drone view, the girl walks", "..., viewed from behind": told with what was seen so."""
        place = self._nearest(drafts, promise)
        if place is None:
            return drafts
        draft, words = drafts[place], self.words[promise.first : promise.last]
        own = said(self.parse.reading, promise.first, promise.last)
        if words[0].lower == "from":
            own = (Bit("seen", filler=True), *own)
        if words[0].lower in _SEEN | {"from"}:
            body = (*draft[:-1], replace(draft[-1], text=draft[-1].text.rstrip(".")))
            lowered = (replace(own[0], text=own[0].text.lower()), *own[1:])
            return [*drafts[:place], (*body, Bit(",", filler=True), *lowered), *drafts[place + 1 :]]
        if words[-1].kind not in {"NOUN", "ADJ"} or draft[0].text.lower() == "in":
            return drafts
        lowered = tuple(replace(bit, text="POV" if bit.text.lower() == "pov" else bit.text.lower()) for bit in own)
        bare = words[-1].plural or words[-1].lower in {"footage", "pov"}
        article = () if (bare and len(words) < 2) or words[-1].plural else (Bit("a", filler=True),)
        article = () if words[-1].lower == "footage" else article
        led = "In" if words[-1].lower in {"view", "sideview", "shot", "shots", "footage", "pov"} else "From"
        rest = (self._inside_of(draft[0]), *draft[1:])
        opening = (Bit(led, coach=True), *article, *lowered, Bit(",", filler=True))
        return [*drafts[:place], (*opening, *rest), *drafts[place + 1 :]]

    def _inside_of(self, bit: Bit) -> Bit:
        """The word that opened a sentence, where it no longer does."""
        word = self.words[bit.source] if bit.source is not None else None
        opened = word is not None and word.index == self.parse.reading.starts[word.sentence]
        name = word is not None and word.kind == "NOUN" and (is_proper(word, self.parse) or word.text.isupper())
        behind = word is not None and word.index > 0 and self.words[word.index - 1].text in {":", "|", "-", "–", "—"}
        opened = opened or (behind and word is not None and word.kind == "DET")
        name = name or bit.text == "I" or (word is not None and not opened and word.text[:1].isupper())
        return bit if name else replace(bit, text=f"{bit.text[:1].lower()}{bit.text[1:]}")

    def _nearest(self, drafts: list[Draft], promise: Promise) -> int | None:
        """The first sentence made of the same sentence of the prompt, else the first of the author's."""
        sentence = self.words[promise.head].sentence
        own = [place for place, draft in enumerate(drafts) if sources(draft) and not all(bit.coach for bit in draft)]
        same = (p for p in own if any(self.words[index].sentence == sentence for index in sources(drafts[p])))
        return next(chain(same, own, range(len(drafts))), None)

    # -- a sentence more --------------------------------------------------------------------------------------------
    def _sentences(self, promise: Promise) -> Iterator[Draft]:
        """Ways to say a promise alone, the best first."""
        if promise.kind == "stuff":
            yield self._there([promise])
            return
        event = promise.event
        if event is None or event.subject is None or not self.audit.is_sure(event):
            return
        words = self.words[max(0, event.verb - _BEFORE) : max(event.last, event.subject + 1)]
        words = (*words, self.words[event.subject])
        draft = echo(event_sentence(event, self.parse), words, own=False)
        verb = self.words[event.verb]
        acts = {finite(verb, True, self.parse), finite(verb, False, self.parse)} if event.lemma == verb.lemma else set()
        acts |= {event.lemma, f"{event.lemma}s"}
        draft = tuple(
            replace(bit, source=verb.index) if bit.source is None and bit.text.rstrip(".") in acts else bit
            for bit in draft
        )
        if self.verdict.is_sound(draft):
            yield draft

    def _there(self, promises: Sequence[Promise]) -> Draft:
        """ "There is light smoke", "there are waves and gales"."""
        bits: list[Bit] = []
        for place, promise in enumerate(promises):
            noun, opening = self.words[promise.head], self.words[promise.first]
            own = said(self.parse.reading, promise.first, promise.last)
            mass = noun.plural or noun.lower in {*self.parse.vocabulary.nouns.mass, *_MASS}
            lot = opening.lower == "lot"
            article = fill("a") if lot or not (mass or opening.kind in {"DET", "NUM"}) else ()
            link = () if not place else fill("and") if place == len(promises) - 1 else (Bit(",", filler=True),)
            bits += [*link, *article, replace(own[0], text=own[0].text.lower()), *own[1:]]
        return (*fill("There are" if self.words[promises[0].head].plural else "There is"), *bits)


def _placed(drafts: list[Draft], sentence: Draft, begin: int, words: Sequence[Word]) -> list[Draft]:
    """A sentence put behind what stood before it in the prompt, and behind the camera at the front."""
    place = 0
    for at, draft in enumerate(drafts):
        told = [bit.source for bit in draft if bit.source is not None and not bit.coach]
        acts = [index for index in told if words[index].kind == "VERB"] or told
        films = at == place and [bit.text.lower() for bit in draft[:2]] == ["the", "camera"]
        if films or (acts and min(acts) < begin):
            place = at + 1
    return [*drafts[:place], sentence, *drafts[place:]]
