"""A flight made small: "FPV drone dives down a tower and flies through a window" becomes a slow glide on that path."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.phrasing import finite
from studio.shot import Move

__all__ = ["FLIGHTS", "Flight", "find_flight", "flights", "flown"]

FLIGHTS = {"fly_through", "fpv", "aerial_move", "hyperlapse", "fast_move"}
"""The moves that take the camera along a path."""

_SAYING: dict[Move, str] = {
    "fly_through": "flies", "fpv": "races", "aerial_move": "glides", "hyperlapse": "races in hyperlapse",
    "fast_move": "moves fast",
}  # fmt: skip

_PATHS = {"through", "over", "across", "along", "towards", "toward", "past", "into", "between", "down", "up", "around",
          "under", "beneath", "above", "off", "inside", "onto", "beside", "behind"}  # fmt: skip
_STEEP = {"down", "up"}
_SHORTER = {"into": "toward", "inside": "toward", "onto": "toward", "towards": "toward"}
_SKIMS = {"skim": "over", "cross": "across", "hug": "along", "buzz": "past", "round": "around", "circle": "around"}
_TRAILS = {"follow", "chase", "track", "trail", "pursue"}
_FLYING = {"drone", "shot", "camera", "fpv", "pov", "flight", "view", "footage", "video", "clip", "lens", "hyperlapse",
           "flyover", "flythrough", "perspective", "sequence", "movement", "motion", "move"}  # fmt: skip
_ENDS = {"as", "while", "with", "reveal", "revealing", "reveals", "showing", "until", "when", "where"}
_CLIMBS = {
    "rise": "rises", "ascend": "rises", "climb": "rises", "lift": "rises", "descend": "descends", "sink": "descends",
    "dive": "descends", "plunge": "descends", "swoop": "descends", "plummet": "descends", "nosedive": "descends",
}  # fmt: skip
_TRAILED = "past"  # what is followed, where a further leg says it
_MOST = 3
_PHRASE = {"DET", "ADJ", "NUM", "NOUN", "ADV"}


@dataclass(frozen=True)
class Flight:
    """A flight that takes ``words[first:last]``: as the author wants it, and as a gentle move on the same path.

    ``text`` is "" where the words name no path.
    """

    first: int
    last: int
    text: str
    gentle: str


def find_flight(found: Found, parse: Parse) -> Flight:
    """The path that a flight takes, its further legs included, said as one slow glide."""
    return _Reader(found, parse).flight()


def flights(parse: Parse) -> tuple[Flight, ...]:
    """The flights of a prompt; a move that is a leg of one is not another."""
    found: list[Flight] = []
    for move in parse.moves:
        if move.move in FLIGHTS and not (found and move.first < found[-1].last):
            found.append(find_flight(move, parse))
    return tuple(found)


def flown(parse: Parse) -> frozenset[int]:
    """The words that are told with a flight: its further legs, and a flight that is only named beside one on a path."""
    all_of_them = flights(parse)
    on_a_path = any(flight.text for flight in all_of_them)
    words = parse.reading.words
    others = {words[move.first].sentence for move in parse.moves if move.move == "tracking"}
    begins = (
        0 if not flight.text and (on_a_path or words[flight.first].sentence in others) else 1 for flight in all_of_them
    )
    return frozenset(
        index for flight, at in zip(all_of_them, begins, strict=True) for index in range(flight.first + at, flight.last)
    )


class _Reader:
    def __init__(self, found: Found, parse: Parse) -> None:
        self.found, self.parse, self.words = found, parse, parse.reading.words
        self.kinds = parse.vocabulary.noun_kinds

    def flight(self) -> Flight:
        paths: list[tuple[str, int, int]] = []
        index = end = self.found.first
        sentence = self.words[index].sentence if index < len(self.words) else -1  # a beat without words
        while index < len(self.words) and self.words[index].sentence == sentence and len(paths) < _MOST:
            word = self.words[index]
            if index >= self.found.last and self._is_over(word):
                break
            prep, begin = self._leg(word)
            last = self._noun(begin) if prep else 0
            if last:
                paths.append((prep, begin, last))
                index = end = last
                continue
            index += 1
            end = max(end, index) if index <= self.found.last or word.lower in _FLYING else end
        return Flight(self.found.first, max(end, self.found.last), self._told(paths), self._gentle(paths))

    def _told(self, paths: list[tuple[str, int, int]]) -> str:
        """The legs in the author's own verbs: "dives down the cliff, skims over the sea"."""
        if not paths or paths[0][0] == _TRAILED:
            return ""
        legs: list[str] = []
        start = self.found.first
        for prep, begin, last in paths:
            verbs = (self._verb(word) for word in self.words[start:begin])
            verb = next((verb for verb in verbs if verb), "" if legs else _SAYING[self.found.move])
            way = "" if self.words[begin - 1].kind == "VERB" else f" {prep}"
            legs.append(f"{verb}{way} {self._said(begin, last)}".strip())
            start = last
        return f"The {'FPV ' if self.found.move == 'fpv' else ''}camera {_listed(legs)}."

    def _verb(self, word: Word) -> str:
        """The verb of a leg in the present: "dives"."""
        motion = word.kind == "VERB" or word.form == "attributive"
        if not motion or not word.verbs:
            return ""
        lemma = word.lemma if word.kind == "VERB" else word.verbs[0][0]
        return finite(replace(word, lemma=lemma, form="s"), False, self.parse)

    def _gentle(self, paths: list[tuple[str, int, int]]) -> str:
        climbs = self._climbs(paths[0][1] if paths else self.found.last)
        if not paths:
            return f"The camera slowly {climbs or 'pushes in'}."
        prep, begin, last = paths[0]
        legs = [f"{self._short(*path)} {self._said(path[1], path[2])}" for path in paths]
        if prep == _TRAILED:
            return f"The camera slowly follows {' '.join([self._said(begin, last), *legs[1:]])}."
        if climbs and not (climbs == "descends" and legs[0].split()[0] == "down"):
            return f"The camera slowly {climbs} {_listed(legs)}."
        way = "" if legs[0].split()[0] in _STEEP else " forward"
        return f"The camera slowly glides{way} {_listed(legs)}."

    def _climbs(self, end: int) -> str:
        """How a flight gains or loses height, where its verb before `end` says so: "drone shot rising" """
        verbs = (word for word in self.words[self.found.first : end] if word.verbs)
        return next((_CLIMBS[lemma] for word in verbs for lemma, _ in word.verbs if lemma in _CLIMBS), "")

    def _is_over(self, word: Word) -> bool:
        """Whether somebody else begins to act here, or the flight is done."""
        mark = word.kind == "PUNCT" and word.text not in {",", "-"}
        if word.lower in _ENDS or mark or word.kind in {"AUX", "PRON"}:
            return True
        before = self.words[word.index - 1]
        acts = word.kind == "VERB" and before.kind in {"NOUN", "PRON"} and before.lower not in _FLYING
        return acts or (before.text == "," and word.kind in {"DET", "NOUN", "ADJ", "NUM"} and word.lower not in _FLYING)

    def _leg(self, word: Word) -> tuple[str, int]:
        """The preposition of a leg and where its noun begins: "through | the forest", "skimming | the river"."""
        after = self.words[word.index + 1] if word.index + 1 < len(self.words) else None
        if word.lower in _PATHS and (after is None or after.lower not in _PATHS):
            return word.lower, word.index + 1
        lemma = word.lemma if word.kind == "VERB" else ""
        if after is not None and after.kind in _PHRASE and (lemma in _TRAILS or lemma in _SKIMS):
            return _SKIMS.get(lemma, _TRAILED), word.index + 1
        return "", 0

    def _noun(self, first: int) -> int:
        """Past the noun phrase that begins here, its "of" included; 0 where there is none."""
        index, noun = first, 0
        while index < len(self.words) and self.words[index].sentence == self.words[self.found.first].sentence:
            word = self.words[index]
            described = word.text == "," and not noun and self.words[index - 1].kind == "ADJ"
            if word.kind not in _PHRASE and not described:
                break
            if word.kind == "ADV" and noun:
                break
            index += 1
            noun = index if word.kind == "NOUN" else noun
        if noun and noun < len(self.words) and self.words[noun].lower == "of":
            return self._noun(noun + 1) or noun
        return noun

    def _short(self, prep: str, first: int, last: int) -> str:
        """A way that stays outside: no still shows what is behind a window."""
        of = next((word.index for word in self.words[first:last] if word.lower == "of"), last)
        noun = self.words[of - 1].lower
        lane = noun in self.parse.vocabulary.sets["telling_lanes"]
        if prep == "through" and not lane and self.kinds.get(noun) not in {"scenery", None}:
            return "toward"
        return "along" if prep == "off" or (lane and prep in _STEEP) else _SHORTER.get(prep, prep)

    def _said(self, first: int, last: int) -> str:
        return self.parse.prompt[self.words[first].start : self.words[last - 1].end]


def _listed(ways: list[str]) -> str:
    """ "Down the cliff, over the sea and past a ship"."""
    *first, last = ways
    return f"{', '.join(first)} and {last}" if first else last
