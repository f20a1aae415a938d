"""What may move is kept: where a rewrite left out a stretch in which something may happen, its words come back.

They come back as they stand, in the sentence that they stood in where that is told, else as a sentence of their own;
only what is surely praise, a light that has to go or lettering is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from studio.coach.cues.clauses import split_clauses
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.accounting import says_something
from studio.coach.telling.kept.gaps import MARKS, Gaps, Stretch
from studio.coach.telling.kept.own_sentences import OwnSentences
from studio.coach.telling.meaning.omissions import find_omissions
from studio.coach.telling.meaning.selection import MOST_CLAUSES
from studio.coach.telling.meaning.stirring import LONGEST
from studio.coach.telling.wording.articles import with_articles
from studio.coach.telling.wording.draft import Bit, Draft, fill, render, said
from studio.coach.telling.wording.phrasing import finite
from studio.shot import Cue

__all__ = ["Keeping"]

_MOST = 5  # stretches that are put back one by one


class Keeping:
    """Puts what may move back into the sentences of one rewrite; `crowded` says that it has too many actions."""

    def __init__(self, parse: Parse, *, crowded: bool) -> None:
        self.parse, self.words = parse, parse.reading.words
        self.gaps = Gaps(parse, crowded=crowded)
        self.own = OwnSentences(self.gaps)

    @cached_property
    def _surely(self) -> frozenset[int]:
        """The words that go in any case: lettering, light that overrules the still's, and praise before its noun."""
        omitted = find_omissions(self.parse, split_clauses(self.parse)[:MOST_CLAUSES], strict=False)
        cues = (*self.parse.labelled("light", "stylised"), *self.parse.labelled("appearance"))
        cues = tuple(cue for cue in cues if cue.sense in {"stylised", "quality tag", "evaluative"})
        lone = self._labelled(cues) - self.gaps.movers.keys()
        praised = {index for index in lone if self._before_a_noun(index, lone)}
        gone = (omitted.words - lone) | praised
        return frozenset(index for index in gone if not self._half(index, gone))

    @cached_property
    def _stylised(self) -> frozenset[int]:
        """The words of light that overrules the still's."""
        return self._labelled(self.parse.labelled("light", "stylised"))

    def _labelled(self, cues: Iterable[Cue]) -> frozenset[int]:
        """The words of some cues, as far as a shot has room."""
        return frozenset(index for index in self.parse.within(cue.span for cue in cues) if index < LONGEST)

    def _before_a_noun(self, index: int, gone: frozenset[int]) -> bool:
        """Whether a phrase is whole without a word: the noun behind it stays."""
        after = next((w for w in self.words[index + 1 : index + 5] if w.index not in gone), None)
        if after is not None and after.lower in {"way", "manner", "fashion", "tone", "style"}:
            return False
        before = self.words[index - 1] if index else None
        joined = before is not None and before.kind == "CONJ"
        return after is not None and after.kind in {"NOUN", "ADJ"} and not joined

    def _half(self, index: int, gone: frozenset[int]) -> bool:
        """ "Film-style": a word that a hyphen joins to one that stays."""
        word = self.words[index]
        ahead = self.parse.prompt[word.start - 1 : word.start] == "-" and index - 1 not in gone
        return ahead or (self.parse.prompt[word.end : word.end + 1] == "-" and index + 1 not in gone)

    # -- putting it back ----------------------------------------------------------------------------------------------
    def fuller(self, drafts: list[Draft], passes: Callable[[str], bool]) -> list[Draft]:
        """The sentences with as much of what may move as still passes the rules, the first of it first."""
        gone = self.gaps.missing(drafts)
        whole = drafts
        for stretch in gone:
            whole = whole if self.gaps.is_told(stretch, whole) else self._with_it(whole, stretch)
        if whole == drafts:
            return drafts
        bare = self._without_proposals(whole)
        camera = [draft for draft in whole if draft in bare or any(bit.text == "camera" for bit in draft[:2])]
        acts = any(stretch.mover.sort == "deed" for stretch in gone)
        for more in (bare, camera, whole) if acts else (bare, whole):
            if more and passes(self._text(more)):
                return more
        for stretch in gone[:_MOST]:
            more = self._with_it(drafts, stretch)
            if more != drafts and passes(self._text(more)):
                drafts = more
        return drafts

    def _text(self, drafts: Sequence[Draft]) -> str:
        return render(drafts, self.parse.reading).text

    def _without_proposals(self, whole: list[Draft]) -> list[Draft]:
        """The author's own and their camera, where the coach only proposed because nothing of theirs was left."""
        filmed = {"camera"} if self.parse.moves else set[str]()
        return [
            draft
            for draft in whole
            if not all(bit.coach for bit in draft) or not filmed.isdisjoint(bit.text for bit in draft[:2])
        ]

    def _with_it(self, drafts: list[Draft], stretch: Stretch) -> list[Draft]:
        lit = self._lit(stretch)
        if lit:
            return _placed(drafts, lit, stretch.first)
        body = self._body(stretch)
        if not any(bit.source == stretch.mover.index for bit in body):
            return drafts
        placed = self._before_its_noun(drafts, stretch, body) or self._behind(drafts, stretch, body)
        return placed or self._ahead(drafts, stretch, body) or self._apart(drafts, stretch, body)

    def _body(self, stretch: Stretch) -> Draft:
        """The words of a stretch without what surely goes, no link at its ends."""
        if self._orphaned(stretch):
            return ()
        inside = said(self.parse.reading, stretch.first, stretch.last)
        body = [bit for bit in inside if bit.source not in self._surely or self._leads_on(bit.source, stretch)]
        while body and body[0].source is not None and self.words[body[0].source].kind in {"CONJ", "PUNCT"}:
            body.pop(0)
        while body and body[-1].source is not None and self.gaps.dangles(self.words[body[-1].source]):
            body.pop()
        return tuple(body)

    def _leads_on(self, index: int, stretch: Stretch) -> bool:
        """ "Alive with | deep, swirling hues": words that go with a preposition, where the noun behind them stays."""
        last = first = index
        while last + 1 < stretch.last and last + 1 in self._surely:
            last += 1
        while first - 1 >= stretch.first and first - 1 in self._surely:
            first -= 1
        behind = [word.kind for word in self.words[last + 1 : stretch.last][:2]]
        led = any(word.kind == "PREP" for word in self.words[first : last + 1])
        return led and (behind[:1] in (["NOUN"], ["ADJ"]) or behind == ["PUNCT", "ADJ"])

    def _orphaned(self, stretch: Stretch) -> bool:
        """ "Flickering | neon": what stood before a noun that has to go."""
        noun = self._head(stretch)
        return stretch.mover.sort == "manner" and noun is not None and noun.index in self._surely | self._stylised

    def _head(self, stretch: Stretch) -> Word | None:
        """The noun that a participle stands before: the lights of "flickering neon lights"."""
        head: Word | None = None
        for word in self.words[stretch.mover.index + 1 : stretch.last]:
            if word.kind != "NOUN" and (word.kind != "ADJ" or head is not None):
                break
            head = word
        return head

    def _lit(self, stretch: Stretch) -> Draft:
        """ "Flickering neon": a light that has to go may change all the same: the light flickers."""
        sets, verb = self.parse.vocabulary.sets, self.words[stretch.mover.index]
        noun = self._head(stretch) or verb
        changes = stretch.mover.sort == "manner" and stretch.mover.lemma in sets["light"]
        if not changes or noun.index not in self._stylised or noun.lower not in sets["light_nouns"]:
            return ()
        act = finite(verb.but(lemma=stretch.mover.lemma, kind="VERB", form="ing"), False, self.parse)
        return (*fill("the"), Bit("light", noun.index), Bit(act, verb.index))

    def _before_its_noun(self, drafts: list[Draft], stretch: Stretch, body: Draft) -> list[Draft] | None:
        """ "The struggling hare": what stood before a noun that is told."""
        if stretch.last >= len(self.words) or stretch.mover.sort != "manner":
            return None
        noun = self.words[stretch.last]
        for place, draft in enumerate(drafts):
            at = next((i for i, bit in enumerate(draft) if bit.source == noun.index and not bit.coach), None)
            if at is None or not self.gaps.is_near(noun, stretch.mover):
                continue
            verb = replace(body[-1], text=body[-1].text.lower())
            rest = draft[at:] if at else (self.own.lowered(draft[0]), *draft[1:])
            return [*drafts[:place], (*draft[:at], verb, *rest), *drafts[place + 1 :]]
        return None

    def _behind(self, drafts: list[Draft], stretch: Stretch, body: Draft) -> list[Draft] | None:
        """Behind what stood before it in its sentence, with the mark or the "and" that joined them."""
        place, at = self._nearest(drafts, stretch)
        if place < 0:
            return None
        draft = drafts[place]
        index, before = draft[at].source or 0, at
        gesture = stretch.mover.lemma in self.parse.vocabulary.sets["gestures"] and stretch.mover.sort == "event"
        if gesture and draft[0].text == "There":
            return None
        if at + 1 < len(draft) and any(c.isalnum() for c in draft[at + 1].text):
            after = draft[at + 1].source
            held = stretch.mover.sort == "pace" and self.words[stretch.first].kind == "ADJ"
            if held:  # "powder | frozen mid-air" that explodes
                at = len(draft) - 1
            elif after is None or after < stretch.last or any(self._says(w) for w in self.words[stretch.last : after]):
                return None
        close = draft[at + 1].source if at + 1 < len(draft) else None
        tail = self._link(self.words[stretch.last : close]) if close is not None and close >= stretch.last else ()
        between = self.words[index + 1 : stretch.first]
        apart = any(map(self._says, between))
        links = [word for word in between if word.text in MARKS or word.kind in {"CONJ", "PREP"}]
        apart = apart or at != before
        link: Draft = (Bit(",", filler=True),) if apart or any(word.text in MARKS for word in links) else ()
        last = links[-1] if links and not apart else None
        if last is not None and (last.lower in {"and", "or", "as", "while"} or (last.kind == "PREP" and not link)):
            led = self.words[stretch.first].kind == "PREP" and bool(link)
            link = link if led else (*link, Bit(last.text, last.index))
        if not tail and not self._hangs(stretch, body, link):
            return None
        lead = (*draft[:at], replace(draft[at], text=draft[at].text.rstrip(".")))
        body = (self.own.lowered(body[0]), *body[1:])
        return [*drafts[:place], (*lead, *link, *body, *tail, *draft[at + 1 :]), *drafts[place + 1 :]]

    def _hangs(self, stretch: Stretch, body: Draft, link: Draft) -> bool:
        """Whether words can follow behind a comma: a clause with a subject and a finite verb is a sentence."""
        verb = self.words[stretch.mover.index]
        acts = stretch.mover.sort == "deed" and verb.form not in {"ing", "participle", "attributive"}
        named = any(
            self.words[bit.source or 0].kind in {"NOUN", "PRON"} for bit in body if (bit.source or 0) < verb.index
        )
        bare = len(link) == 1 and link[0].text == ","
        return not (
            bare and ((acts and named) or self.own.has_verb(body)) and body[0].text.lower() not in {"as", "while"}
        )

    def _link(self, between: Sequence[Word]) -> Draft:
        """The mark and the "and" between what is put back and what is told behind it."""
        marks = (Bit(",", filler=True),) if any(word.text in MARKS for word in between) else ()
        return (*marks, *(Bit(word.text, word.index) for word in between if word.kind == "CONJ"))

    def _says(self, word: Word) -> bool:
        return says_something(word, self.parse)

    def _nearest(self, drafts: list[Draft], stretch: Stretch) -> tuple[int, int]:
        """The place of the last word told of the same sentence before a stretch: of its draft and in it."""
        sentence = self.words[stretch.first].sentence
        best, where = -1, (-1, -1)
        for place, draft in enumerate(drafts):
            for at, bit in enumerate(draft):
                index = -1 if bit.source is None or bit.coach else bit.source
                if best < index < stretch.first and self.words[index].sentence == sentence:
                    best, where = index, (place, at)
        return where

    def _ahead(self, drafts: list[Draft], stretch: Stretch, body: Draft) -> list[Draft] | None:
        """ "In a tale of | a fox crossing the ice, she ...": a phrase before the sentence that it opened."""
        opening, close = self.words[stretch.first], self.words[stretch.last : stretch.last + 1]
        if opening.kind != "PREP" or self.own.has_verb(body) or not close or close[0].text != ",":
            return None
        for place, draft in enumerate(drafts):
            own = [bit.source for bit in draft if bit.source is not None and not bit.coach]
            if own and own[0] > stretch.last and self.words[own[0]].sentence == opening.sentence:
                rest = (Bit(",", filler=True), self.own.lowered(draft[0]), *draft[1:])
                return [*drafts[:place], (*body, *rest), *drafts[place + 1 :]]
        return None

    # -- a sentence of its own ----------------------------------------------------------------------------------------
    def _apart(self, drafts: list[Draft], stretch: Stretch, body: Draft) -> list[Draft]:
        draft = self.own.say(stretch, body)
        if not draft:
            return drafts
        for place, other in enumerate(drafts):
            near = [bit.source for bit in other if bit.source is not None]
            there = draft[0].text == "There" and [bit.text for bit in other[:2]] == [bit.text for bit in draft[:2]]
            if there and near and self.words[near[0]].sentence == self.words[stretch.first].sentence:
                one, two = (draft, other) if stretch.first < near[0] else (other, draft)
                return [*drafts[:place], (*one, Bit("and", filler=True), *two[2:]), *drafts[place + 1 :]]
        return _placed(drafts, with_articles(draft, self.parse), stretch.first)


def _placed(drafts: list[Draft], sentence: Draft, begin: int) -> list[Draft]:
    """A sentence before the first that was made of what stood behind it in the prompt."""
    for place, draft in enumerate(drafts):
        own = [bit.source for bit in draft if bit.source is not None and not bit.coach]
        if own and min(own) > begin:
            return [*drafts[:place], sentence, *drafts[place:]]
    return [*drafts, sentence]
