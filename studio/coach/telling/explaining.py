"""Says of every stretch that a rewrite leaves out why; a stretch with two reasons is parted between them.

Words that have no reason of their own go with their neighbours. Where nothing explains a stretch, that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from studio.coach.language.words import Word
from studio.coach.telling.mending.mend import Mended
from studio.coach.telling.reasons import Omission, omission
from studio.coach.telling.rewrite import Rewrite
from studio.coach.telling.word_reasons import WordReasons
from studio.shot import Span

__all__ = ["explained"]

_OF_THE_STILL = {"light", "place", "looks", "style", "only named", "praise"}
"""What the still has already: a row of such words has one reason."""
_NOTHING_MOVES = _OF_THE_STILL | {"holds still", "framing", "links"}
"""What is never said of words that may move."""


def explained(
    rewrite: Rewrite, mended: Mended, *, next_shot: str, crowded: bool, seconds: float
) -> tuple[Omission, ...]:
    """What a rewrite leaves out, each with its reason; a stretch with two reasons is parted between them.

    `next_shot` is the prompt of what did not fit, `crowded` says that the coach finds too many actions.
    """
    if not rewrite.removed:
        return ()
    explainer = _Explainer(mended, WordReasons(rewrite, mended, next_shot=next_shot, crowded=crowded))
    return tuple(omission(span, name, seconds) for gone in rewrite.removed for span, name in explainer.parted(gone))


class _Explainer:
    def __init__(self, mended: Mended, reasons: WordReasons) -> None:
        self.mended, self.reasons = mended, reasons

    def parted(self, gone: Span) -> Iterator[tuple[Span, str]]:
        """A stretch that was left out in pieces of one reason each."""
        inside = self.reasons.inside.get(gone.start, [])
        if not inside:
            yield gone, self._unread(gone)
            return
        names = self._moving(inside, self._joined(inside))
        rows = [[place for place, _ in row] for _, row in groupby(enumerate(names), key=lambda pair: pair[1])]
        begins = [gone.start, *(self.reasons.places[inside[row[0]].index].start for row in rows[1:])]
        ends = [*(self.reasons.places[inside[row[-1]].index].end for row in rows[:-1]), gone.end]
        orderly = all(a < b for a, b in zip(begins, ends, strict=True))
        orderly = orderly and all(end <= begin for end, begin in zip(ends, begins[1:], strict=False))
        if not orderly:
            yield gone, "too fast" if "too fast" in names else names[0]
            return
        for row, begin, end in zip(rows, begins, ends, strict=True):
            yield Span.of(self.mended.source.prompt, begin, end), names[row[0]]

    def _moving(self, inside: Sequence[Word], names: list[str]) -> list[str]:
        """With another reason for a row that would say that nothing moves, where something may."""
        told: list[str] = []
        for name, row in groupby(zip(inside, names, strict=True), key=lambda pair: pair[1]):
            words = [word for word, _ in row]
            moves = name in _NOTHING_MOVES and any(word.index in self.reasons.stirring for word in words)
            other = "one too many" if self.reasons.crowded else "not understood"
            told += [other if moves else name] * len(words)
        return told

    def _unread(self, gone: Span) -> str:
        """Why something went that the text which is read in place of the prompt has no more."""
        source = self.mended.source
        if any(span.overlaps(gone) for span in source.masks.flags):
            return "settings"
        words = [word for word in source.reading.words if gone.start <= word.start < gone.end]
        if len(words) > 1 and all(word.text[:1].isupper() for word in words):
            return "said of the clip"  # what it is called
        return "links" if words and all(self.reasons.links(word) for word in words) else "said to the machine"

    def _joined(self, inside: Sequence[Word]) -> list[str]:
        """The reasons of a row of words: what has none of its own goes with its neighbours."""
        names: list[str | None] = [self.reasons.why.get(word.index) for word in inside]
        for place, word in enumerate(inside):
            if names[place] is None and word.kind == "NOUN" and place and names[place - 1] is not None:
                names[place] = "looks" if names[place - 1] == "praise" else names[place - 1]  # "a stunning tower"
        for place in range(len(names) - 2, -1, -1):
            names[place] = names[place] or names[place + 1]
        for place in range(1, len(names)):
            names[place] = names[place] or names[place - 1]
        told = [name or self._bare(inside) for name in names]
        return self._levelled(inside, told)

    def _bare(self, inside: Sequence[Word]) -> str:
        """Why words went of which the coach found nothing."""
        if all(self.reasons.links(word) for word in inside):
            return "links"
        if all(word.kind == "ADJ" for word in inside):
            return "looks"
        if all(word.lower in self.reasons.told for word in inside):
            return "said otherwise"
        return "only named" if all(word.kind in {"NOUN", "NUM", "ADJ"} for word in inside) else "not understood"

    def _levelled(self, inside: Sequence[Word], names: list[str]) -> list[str]:
        """With one reason for each row of what the still has, and adjectives with the noun that they stand before."""
        told: list[str] = []
        for shown, row in groupby(enumerate(names), key=lambda pair: pair[1] in _OF_THE_STILL):
            places = [place for place, _ in row]
            head = places[0]  # the noun of the first phrase
            while head < places[-1] and inside[head + 1].index == inside[head].index + 1:
                head += 1
            name = names[head]
            after = places[-1] + 1
            bare = all(inside[place].kind in {"ADJ", "ADV"} for place in places)
            near = shown and after < len(names) and inside[after].index == inside[places[-1]].index + 1
            if near and bare and inside[after].kind in {"NOUN", "ADJ"}:
                name = names[after]  # "bright | neon signs"
            ahead = places[0] - 1
            tail = len(places) == 1 and ahead >= 0 and inside[ahead].index == inside[head].index - 1
            if shown and tail and inside[head].lower in self.reasons.sets["restyled"]:
                name = told[ahead]  # "film noir | style"
            told += [name] * len(places) if shown else [names[place] for place in places]
        return told
