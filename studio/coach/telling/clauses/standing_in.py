"""What stands in for a sentence that gave a deed to somebody who does not do it, or that lost who does it: whoever can
do it does, else the words hang behind what was told right before them, as they do in the prompt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from studio.coach.cues.clauses import Clause
from studio.coach.telling.checks.doubts import Doubts
from studio.coach.telling.clauses.camera_telling import CameraTelling
from studio.coach.telling.clauses.retelling import Retelling
from studio.coach.telling.meaning.selection import Selection
from studio.coach.telling.wording.draft import Bit, Draft, echo, said, sources
from studio.coach.telling.wording.phrasing import event_sentence

__all__ = ["StandIns"]

_LINKS = {"then", "and"}


@dataclass(frozen=True)
class StandIns:
    """The stand-ins of one prompt."""

    selection: Selection
    retelling: Retelling
    camera: CameraTelling
    doubts: Doubts

    def own_words(self, sentence: int) -> Draft | None:
        """A sentence as its author wrote it, where all of it may stay."""
        selection = self.selection
        clauses = [(place, c) for place, c in enumerate(selection.clauses) if c.sentence == sentence]
        first, last = clauses[0][1].first, clauses[-1][1].last
        unwanted = any(place in selection.omitted.clauses for place, _ in clauses)
        big = any(self.camera.is_big(found) for _, clause in clauses for found in clause.moves)
        over = not selection.over.isdisjoint(range(first, last))
        if unwanted or big or over:
            return None
        own = said(selection.parse.reading, first, last)
        return tuple(bit for bit in own if bit.source not in self.retelling.dropped)

    def without_tags(self, draft: Draft, sentence: int) -> Draft:
        """The author's sentence without the tags of style in it, where somebody acts in the rest."""
        clauses = [clause for clause in self.selection.clauses if clause.sentence == sentence]
        tags = [range(c.link, c.last) for c in clauses if self._is_tag(c)]
        acts = any(event.subject is not None for clause in clauses for event in clause.events)
        left = tuple(bit for bit in draft if not any((bit.source or 0) in tag for tag in tags))
        return left if acts and left else draft

    def _is_tag(self, clause: Clause) -> bool:
        """ "..., 8k", "..., oil painting": a piece between commas that names a style or a quality and no motion."""
        selection = self.selection
        words = selection.words[clause.first : clause.last]
        plain = all(word.kind in {"ADJ", "NOUN", "NUM", "ADV", "PUNCT"} for word in words)
        if not plain or clause.events or clause.moves or selection.wanted(clause) or clause.link == clause.first:
            return False
        if selection.words[clause.link - 1].kind == "ADJ":
            return False  # "a rich, | earthy brown"
        cues = [cue.span for cue in selection.parse.labelled("style")]
        styled = [any(span.start <= word.start < span.end for span in cues) for word in words]
        praise = [word.index in {*self.retelling.dropped, *selection.parse.described} for word in words]
        return styled[-1] or (all(map(max, styled, praise)) and all(word.kind != "NOUN" for word in words))

    def put(
        self,
        drafts: list[Draft],
        news: Sequence[Draft],
        plain: Iterable[Draft],
        told: Sequence[tuple[int, Clause]],
    ) -> list[Draft]:
        """The sentences with stand-ins for the motions of the clauses `told` that none of them tells.

        `news` are the sentences that were made at first, `plain` those of each motion alone: what they gave to somebody
        who does not do it is given to whoever can.
        """
        words = self.selection.words
        misdone = self.doubts.misdone([*news, *plain])
        for draft in filter(self.doubts.lost, news):
            drafts = self._hung(drafts, draft)
        for _, clause in told:
            for event in self.selection.events(clause):
                if any(event.verb in sources(draft) for draft in drafts):
                    continue
                other = self.doubts.instead(event) if event.verb in misdone else None
                if other is not None:
                    near = words[self.selection.parse.reading.starts[clause.sentence] : clause.last]
                    drafts = sorted(
                        [*drafts, echo(event_sentence(other, self.selection.parse), near, own=False)], key=self._acts
                    )
                elif words[event.verb].form == "ing":
                    first = clause.first if words[clause.first].form == "ing" else event.verb
                    drafts = self._hung(drafts, self.retelling.plain(first, clause.last))
        return drafts

    def _hung(self, drafts: list[Draft], more: Draft) -> list[Draft]:
        """With the words of a clause behind what was told right before it in its sentence."""
        words = self.selection.words
        first = min(sources(more), default=0)
        start = self.selection.parse.reading.starts[words[first].sentence]
        while first > start and words[first - 1].lower in _LINKS:
            first -= 1  # "..., then | immediately shouts"
        more = (*said(self.selection.parse.reading, first, min(sources(more), default=0)), *more)
        near = [at for at in range(start, first) if words[at].kind != "PUNCT"][-1:]
        place = next((p for p, draft in enumerate(drafts) if near and near[0] in sources(draft)), None)
        if place is None or drafts[place][0].text == "There":
            return drafts
        link = () if first == near[0] + 1 else (Bit(",", filler=True),)
        last = drafts[place][-1]
        whole = (*drafts[place][:-1], replace(last, text=last.text.rstrip(".")), *link, *more)
        return [*drafts[:place], whole, *drafts[place + 1 :]]

    def _acts(self, draft: Draft) -> int:
        """Where the first verb of a sentence stands in the prompt, else its first word."""
        words = self.selection.words
        said = sources(draft)
        return min((at for at in said if words[at].kind == "VERB"), default=min(said, default=0))
