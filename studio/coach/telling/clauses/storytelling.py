"""The clauses that are told, in order, joined to sentences; then what the coach proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from studio.coach.cues.clauses import Clause
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.telling.checks.roughness import hangs_on_the_camera
from studio.coach.telling.clauses.camera_telling import CameraTelling
from studio.coach.telling.clauses.listed import only_listed
from studio.coach.telling.clauses.retelling import Retelling, Retold
from studio.coach.telling.clauses.standing_in import StandIns
from studio.coach.telling.clauses.suggestions import proposed, spoken
from studio.coach.telling.clauses.trimming import Trimming
from studio.coach.telling.clauses.verdict import Verdict
from studio.coach.telling.meaning.same_move import with_both
from studio.coach.telling.meaning.selection import Selection, Taste
from studio.coach.telling.meaning.views import leads_the_view, with_view
from studio.coach.telling.wording.articles import with_articles
from studio.coach.telling.wording.draft import Bit, Draft, echo, said, sources
from studio.coach.telling.wording.once import once, opened
from studio.coach.telling.wording.pace import with_pace, without_order
from studio.coach.telling.wording.phrasing import event_sentence, finite, happening
from studio.coach.telling.wording.references import with_nouns
from studio.coach.telling.wording.timing import with_times
from studio.shot import Timeline

__all__ = ["propose", "tell_story"]

_MOST_SENTENCES = 12
_MOST_IDLE = 14  # words of a sentence in which nothing moves, that is kept for one wish in it
_JOINING = {"and", "but", "or", "then"}
_FINITE = {"s", "base", "preterite"}
_PACE = {"lapse", "timelapse"}


def tell_story(parse: Parse, timeline: Timeline, taste: Taste, read: Callable[[str], Parse]) -> list[Draft]:
    """The sentences of a rewrite: the camera, what happens in the order of the words, and what the coach proposes.

    `read` reads a text: a sentence that was made of the author's words is read again, and one that has come out
    wrong gives way to the author's own.
    """
    return _Teller(parse, timeline, taste, read).story()


def propose(text: str, parse: Parse) -> Draft:
    """A sentence of the coach's own, with the author's nouns found again in it."""
    nouns = [w for w in parse.reading.words if w.kind == "NOUN" and not parse.masks.hides(w.start, w.end)]
    return echo(text, nouns, own=True)


class _Teller:
    def __init__(self, parse: Parse, timeline: Timeline, taste: Taste, read: Callable[[str], Parse]) -> None:
        self.parse, self.words, self.timeline = parse, parse.reading.words, timeline
        self.taste = taste
        self.binding = parse.vocabulary.sets["telling_binding"]
        self.selection = Selection(parse, timeline, taste)
        self.retelling = Retelling(parse, self.selection.omitted.words, taste.strict)
        self.camera = CameraTelling(self.retelling, slow=taste.slow, safe=taste.safe)
        self.trimming = Trimming(parse, self.selection, self.selection.omitted.words, taste.strict)
        self.verdict = Verdict(parse, read)
        self.stand_ins = StandIns(self.selection, self.retelling, self.camera, self.verdict.doubts)
        self.paces = parse.vocabulary.sets["telling_pace"]
        self.proposed = proposed(parse)
        self.front: list[Draft] = []
        self.rest: list[Draft] = []

    def story(self) -> list[Draft]:
        kept = self.selection.told
        for sentence in dict.fromkeys(clause.sentence for clause in self.selection.clauses):
            if len(self.rest) + len(self.front) >= _MOST_SENTENCES:
                break
            told = [(place, clause) for place, clause in kept if clause.sentence == sentence]
            if not self._taken(sentence) and not self._kept(sentence, told) and told:
                self._told_soundly(told)
        self._recover(kept)
        own = [(beat.layer, propose(beat.text, self.parse)) for beat in spoken(self.parse, self.timeline)]
        camera, rest = ([draft for layer, draft in own if (layer == "camera") == it] for it in (True, False))
        both = (with_articles(draft, self.parse) for draft in with_both([*self.front, *self.rest], self.parse))
        story = with_nouns(without_order(opened(once([*both]))), self.parse)
        return [*camera, *with_times(with_pace(story, self.parse, self.selection.end), self.parse), *rest]

    def _taken(self, sentence: int) -> bool:
        """Whether a sentence is one that the coach proposed; it stands as it was taken."""
        row = [clause for clause in self.selection.clauses if clause.sentence == sentence]
        first, last = row[0].first, row[-1].last
        own = self.parse.prompt[self.words[first].start : self.words[last - 1].end]
        if f"{own}." not in self.proposed:
            return False
        filmed = any(clause.moves for clause in row)
        (self.front if filmed and not self.rest else self.rest).append(said(self.parse.reading, first, last))
        return True

    def _kept(self, sentence: int, told: list[tuple[int, Clause]]) -> bool:
        """Whether a sentence is kept as its author wrote it, without the looks between its commas."""
        clauses = [clause for clause in self.selection.clauses if clause.sentence == sentence]
        if not told and (self.taste.strict or self.words[clauses[0].first].start >= self.selection.end):
            return False
        if any(self.camera.is_big(found) for clause in clauses for found in clause.moves):
            return False
        if told and (self._is_caption(told) or hangs_on_the_camera(clauses, self.parse)):
            return False
        if not self.selection.flown.isdisjoint(range(clauses[0].first, clauses[-1].last)):
            return False
        nouns = set(self.retelling.told)
        draft = self.trimming.trim(sentence, nouns)
        if draft is not None and self.verdict.doubts.of(draft):
            draft = self.stand_ins.own_words(sentence) if told else None
        if draft is None or not self.verdict.is_sound(draft):
            return False
        self.retelling.told |= nouns
        filmed = bool(told) and all(clause.moves and not clause.events for _, clause in told)
        (self.front if filmed and not self.rest else self.rest).append(draft)
        return True

    def _told_soundly(self, told: list[tuple[int, Clause]]) -> None:
        """Tell a sentence again; where that comes out wrong, say what its author said."""
        front, rest, nouns = list(self.front), list(self.rest), set(self.retelling.told)
        moved = set(self.camera.said)
        self._sentence(told)
        news = [*self.front[len(front) :], *self.rest[len(rest) :]]
        if all(map(self.verdict.is_sound, news)):
            return
        self.front, self.rest, self.camera.said = front, rest, moved
        again = [draft for draft in self._plainly(told) if self.verdict.is_sound(draft)]
        sound = [draft for draft in news if self.verdict.is_sound(draft)]
        said_already = {bit.source for draft in sound for bit in draft}
        lost = [draft for draft in again if not said_already & {bit.source for bit in draft if self._acts_in(bit)}]
        told_again = sorted([*sound, *lost], key=_begin)
        if not self._covers(told_again, told) or any(map(self.verdict.doubts.lost, news)):
            again = [*again, *told_again]
            told_again = self.stand_ins.put(told_again, news, self._plainly(told), told)
        own = self.verdict.finished(self.stand_ins.own_words(told[0][1].sentence))
        idle = not any(clause.events or clause.moves for _, clause in told)
        if own is not None and idle and len(own) > _MOST_IDLE and self._asks_for_a_clip(told):
            own, told_again = None, [draft for draft in told_again if len(draft) <= _MOST_IDLE]
        if told_again and self._asks_for_a_clip(told):
            own = None
        if own is not None and idle and self._lost_its_verb(own, told[0][1].sentence):
            own = None
        caption = self._covers(told_again, told) and self._is_caption(told)
        doubted = self._loses(told_again, told) and any(map(self.verdict.doubts.of, news))
        plain = own is not None and not self.verdict.looks(own) and self.verdict.is_sound(own)
        if own is not None and not caption and (not again or doubted or plain):
            self.rest, self.retelling.told = [*rest, self.stand_ins.without_tags(own, told[0][1].sentence)], nouns
        else:
            self.rest = [*rest, *(told_again or again)]

    def _lost_its_verb(self, draft: Draft, sentence: int) -> bool:
        """ "A board displaying 'MENU' in a hall": the verb went with the lettering, and nothing is left to say."""
        sources = {bit.source for bit in draft}
        verbs = [word.index for word in self.words if word.sentence == sentence and word.kind in {"VERB", "AUX"}]
        return bool(verbs) and sources.isdisjoint(verbs)

    def _asks_for_a_clip(self, told: list[tuple[int, Clause]]) -> bool:
        """ "Create a scene of ..."."""
        opening = self.words[self.parse.reading.starts[told[0][1].sentence]]
        sets = self.parse.vocabulary.sets
        return opening.lower in (sets["telling_wishes"] | sets["telling_shows"]) - sets["telling_keeping"]

    def _plainly(self, told: list[tuple[int, Clause]]) -> Iterator[Draft]:
        """Each motion of a sentence as the plainest sentence there is, where it is known who does it."""
        for _, clause in told:
            words = self.words[clause.first : clause.last]
            for event in self.selection.events(clause):
                if event.actor and event.subject is not None and event.subject not in self.retelling.dropped:
                    yield echo(event_sentence(event, self.parse), words, own=False)

    def _is_caption(self, told: list[tuple[int, Clause]]) -> bool:
        """Whether a sentence opens with a noun that has no finite verb: "Sofa in a room, curtains moving, ..."."""
        first, *others = [c for c in self.selection.clauses if c.sentence == told[0][1].sentence]
        if others and self.words[others[0].link].text != ",":
            return False
        for clause in others:  # "an old baker, dressed in white, lifts a tray"
            for event in clause.events:
                subject = -1 if event.subject is None else event.subject
                if self.words[event.verb].form in _FINITE and (subject < clause.first):
                    return False
        words = self.words[first.first : first.last]
        named = words[0].kind in {"NOUN", "DET", "ADJ", "NUM"}
        ways = self.parse.vocabulary.sets["ways"]
        for near, after in pairwise(words):  # "Goku powers up"
            if any(form == "s" for _, form in near.verbs) and near.index > words[0].index and after.lower in ways:
                return False
        return named and not any(w.kind == "AUX" or (w.kind == "VERB" and w.form in _FINITE) for w in words)

    def _covers(self, drafts: list[Draft], told: list[tuple[int, Clause]]) -> bool:
        """Whether sentences say every motion and every camera move of the clauses."""
        sources = {bit.source for draft in drafts for bit in draft}
        verbs = {event.verb for _, clause in told for event in self.selection.events(clause)}
        moves = (found for _, clause in told for found in clause.moves)
        return (
            bool(drafts) and verbs <= sources and all(sources & set(range(found.first, found.last)) for found in moves)
        )

    def _loses(self, drafts: list[Draft], told: list[tuple[int, Clause]]) -> bool:
        """Whether sentences do not tell a motion that is not said before its noun only."""
        said_already = {bit.source for draft in drafts for bit in draft}
        events = (event for _, clause in told for event in self.selection.events(clause))
        return any(event.verb not in said_already and event.tie != "attributive" for event in events)

    def _acts_in(self, bit: Bit) -> bool:
        """Whether a word is a verb of the author's."""
        return bit.source is not None and self.words[bit.source].kind == "VERB"

    def _sentence(self, kept: list[tuple[int, Clause]]) -> None:
        current: list[Bit] = []
        before: Retold | None = None
        opened = False  # "As rain falls, ..." waits for its main clause
        doer: int | None = None  # of the verb told last
        for position, (place, clause) in enumerate(kept):
            events = self.selection.events(clause)
            if " ".join(w.lower for w in self.words[clause.first : clause.last]) in self.paces:
                continue  # said of what happens
            if leads_the_view(clause, self.parse) and self._goes_with_the_move(clause):
                continue
            following = kept[position + 1][1] if position + 1 < len(kept) else None
            apart = False
            films = position > 0 and bool(kept[position - 1][1].moves)
            if clause.moves and not self.camera.flows(clause, events, following, goes_on=bool(current), films=films):
                drafts = self.camera.sentences(clause, events)
                apart = bool(drafts)
                if drafts:
                    current, before = self._close(current), None
                    self._put(drafts)
                if not events:
                    continue
            if before is not None and not opened and self._others(clause, events, doer):
                current, before = self._close(current), None
            falls = bool(events) and self.words[events[-1].verb].kind == "NOUN"  # "rain" is its own doer
            named = events[-1].verb if falls else events[-1].subject if events else None
            doer = doer if named is None else named
            goes_on = before is not None and before.changed and self._row(place, kept)
            retold = self._retell(clause, events, None if opened else before, goes_on=goes_on)
            retold = self._without_the_move(clause, events[-1], retold) if apart else retold
            link = self._link(clause, place, kept)
            if current and not opened and only_listed(clause, events, retold, before, self.parse):
                continue
            joined = any(bit.text.lower() in self.binding | _JOINING for bit in link)
            if current and (opened or not retold.free or joined or self._waits(current)):
                current += [*(() if opened else link), *retold.draft]
                changed = retold.changed or (before is not None and before.changed)
                before, opened = replace(retold, changed=changed), False
                continue
            self._close(current)
            bound = [bit for bit in link if bit.text.lower() in self.binding]
            opened = bool(bound) and following is not None and not following.moves
            current = [*bound, *retold.draft, Bit(",", filler=True)] if opened else list(retold.draft)
            before = retold
        self._close(current)

    def _goes_with_the_move(self, clause: Clause) -> bool:
        """ "..., starting on a sign": goes with the move that was told last."""
        lists = [rows for rows in (self.rest, self.front) if rows and self._of_the_sentence(rows[-1], clause)]
        rows = max(lists, key=lambda rows: _begin(rows[-1]), default=None)
        if rows is not None:
            rows[-1] = with_view(rows[-1], clause, self.parse)
        return rows is not None

    def _of_the_sentence(self, draft: Draft, clause: Clause) -> bool:
        return any(bit.source is not None and self.words[bit.source].sentence == clause.sentence for bit in draft)

    def _without_the_move(self, clause: Clause, event: Event, retold: Retold) -> Retold:
        """ "A pan from a car racing past", whose pan was told by itself: the car races past."""
        filmed = {index for found in clause.moves for index in range(found.first, found.last)}
        if event.subject is None or not filmed & {bit.source for bit in retold.draft}:
            return retold
        words = self.words[clause.first : clause.last]
        return Retold(echo(event_sentence(event, self.parse), words, own=False), True)

    def _others(self, clause: Clause, events: list[Event], doer: int | None) -> bool:
        """ "Her hair flowing, | smiling": a participle of somebody else than the one told of last."""
        own = next((event.subject for event in events), None)
        opening = next((w for w in self.words[clause.first : clause.last] if w.kind != "ADV"), self.words[clause.first])
        participle = opening.form == "ing"
        if own is None or doer is None or not participle or own >= clause.first:
            return False
        return self.words[own].kind == "NOUN" and self.words[own].lower != self.words[doer].lower and own < doer

    def _close(self, current: list[Bit]) -> list[Bit]:
        if current:
            self.rest.append(tuple(current))
        return []

    def _put(self, drafts: list[Draft]) -> None:
        """A move goes first, unless something happened before it."""
        (self.rest if self.rest else self.front).extend(drafts)

    def _waits(self, current: list[Bit]) -> bool:
        """Whether only words of order or place stand there yet."""
        sources = [self.words[bit.source] for bit in current if bit.source is not None]
        if current[0].text == "There" and current[0].filler:
            return False
        if not sources or any(word.kind in {"VERB", "AUX"} for word in sources):
            return False
        return sources[0].kind in {"ADV", "PREP", "CONJ", "ADJ"}

    def _link(self, clause: Clause, place: int, kept: list[tuple[int, Clause]]) -> Draft:
        """What joins a clause to the one before: its own words; "and", where the row that had it lost its end."""
        link = self._bound(clause, place, kept) or said(self.parse.reading, clause.link, clause.first)
        if self._splits(clause, place, kept):
            return ()
        if any(bit.text.lower() == "and" for bit in link) or any(other == place + 1 for other, _ in kept):
            return link
        later = [c for c in self.selection.clauses[place + 1 :] if c.sentence == clause.sentence]
        row = any(self.words[i].lower == "and" for c in later for i in range(c.link, c.first))
        last = later[-1].events[0] if later and later[-1].events and not later[-1].moves else None
        same = clause.events and last is not None and last.subject == clause.events[0].subject
        end = next((c for c in later if any(self.words[i].lower == "and" for i in range(c.link, c.first))), None)
        forms = {self.words[c.first].form for c in (clause, end)} if end is not None else set()
        verbs = len(forms) == 1 and forms <= {"s", "base"}
        first = self.words[clause.first]
        before = next((c for other, c in kept if other == place - 1), None)
        pair = before is not None and first.form == "s" and self.words[before.first].form == "s"
        pair = pair and [bit.text for bit in link] == [","]  # "trots through the snow, stops"
        return (Bit("and", filler=True),) if (row and (same or verbs) and link) or pair else link

    def _bound(self, clause: Clause, place: int, kept: list[tuple[int, Clause]]) -> Draft:
        """ "..., while [the sun sets and] the sky turns red": the link of a clause that went, where one follows it."""
        told = {other for other, _ in kept}
        before = self.selection.clauses[place - 1] if place and place - 1 not in told else None
        words = self.words[clause.link : clause.first]
        if before is None or before.sentence != clause.sentence or [word.lower for word in words] != ["and"]:
            return ()
        link = said(self.parse.reading, before.link, before.first)
        return link if any(bit.text.lower() in self.binding for bit in link) else ()

    def _splits(self, clause: Clause, place: int, kept: list[tuple[int, Clause]]) -> bool:
        """Whether a comma would part a verb from its subject, what stood between them being left out."""
        if not clause.events or any(other == place - 1 for other, _ in kept) or self.words[clause.first].form != "s":
            return False
        before = next((c for other, c in reversed(kept) if other < place), None)
        subject = clause.events[0].subject
        return before is not None and subject is not None and subject == before.last - 1

    def _row(self, place: int, kept: list[tuple[int, Clause]]) -> bool:
        """Whether a participle goes on in a row of actions that ends with "and": "walking, turning and waving"."""
        later = [clause for other, clause in kept if other >= place]
        goes_on = place > 0 and self._form(place) == "base" and self._form(place - 1) == "ing"
        doing = self._form(place) == "ing" or goes_on  # "using its tongue to clean | and warm it" is no row
        later = [clause for clause in later if not (doing and self.words[clause.first].form == "base")]
        return any(self.words[i].lower in {"and", "then"} for c in later for i in range(c.link, c.first + 1))

    def _form(self, place: int) -> str:
        return self.words[self.selection.clauses[place].first].form

    def _retell(self, clause: Clause, events: list[Event], before: Retold | None, *, goes_on: bool) -> Retold:
        selection = self.selection
        state = selection.rows.get(clause.first) or selection.state(clause) or selection.going_on(clause)
        state = None if events else state
        events = [state] if state is not None else events
        plain = self.retelling.plain
        if not events:
            alone = bool(clause.moves) and self.words[clause.first].kind in {"DET", "NOUN"}
            alone = alone or self.words[clause.first].lower == "keep" or self.selection.is_pace(clause)
            opening = self.words[clause.first]
            alone = alone or (opening.kind == "DET" and self.selection.does(clause))  # "a farmer leads a buffalo"
            alone = alone or opening.lower in {"do", "never"}  # "don't change his face"
            alone = alone or (opening.lower in self.parse.vocabulary.sets["telling_keeping"] and opening.form == "base")
            if before is not None and before.changed and self.selection.looks_too(clause):
                act = Bit(finite(self.words[clause.first], False, self.parse), clause.first)
                return Retold((act, *plain(clause.first + 1, clause.last)), False, True)
            who = self.retelling.who(opening) if before is None else ()  # "a nun, who says: “Go”"
            return Retold((*who, *plain(clause.first + bool(who), clause.last)), alone or before is None)
        event = next((event for event in events if event.tie != "attributive"), events[0])
        verb = self.words[event.verb]
        if verb.kind == "NOUN" and verb.form != "gerund" and not (event.tie == "participle" and verb.verbs):
            paced = verb.lower in _PACE
            return Retold(plain(clause.first, clause.last) if paced else happening(event, self.parse), True)
        if verb.form == "gerund":
            return Retold(plain(clause.first, clause.last), True)
        if event.tie == "attributive":
            words = self.words[clause.first : clause.last]
            return Retold(echo(event_sentence(event, self.parse), words, own=False), True)
        return self.retelling.tell(clause, event, before, goes_on=goes_on)

    def _recover(self, kept: list[tuple[int, Clause]]) -> None:
        """What was lost on the way is said by itself: a move in words left out ("The video is a static shot of ..."),
        a motion that no sentence came to."""
        told = {index for draft in (*self.front, *self.rest) for index in sources(draft)}
        for clause in self.selection.clauses:
            for found in self.selection.moves(clause):
                late = self.words[found.first].start >= self.selection.end
                if not late and found.first not in self.camera.said and not told & set(range(found.first, found.last)):
                    self.front.append(self.camera.again(found, clause))
        for _, clause in kept:
            for event in self.selection.events(clause):
                if event.verb not in told and event.actor and event.subject is not None:
                    draft = echo(event_sentence(event, self.parse), self.words[clause.first : clause.last], own=False)
                    if event.subject not in self.retelling.dropped and self.verdict.is_sound(draft):
                        self.rest = sorted([*self.rest, draft], key=_begin)


def _begin(draft: Draft) -> int:
    """Where the first verb or noun of a sentence stands in the prompt."""
    return min((bit.source for bit in draft if bit.source is not None), default=0)
