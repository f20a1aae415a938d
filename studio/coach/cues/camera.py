"""Camera moves: a closed class, so words and a little grammar find them.

A camera reading needs the camera (or shot, view, lens) as its subject, or a camera phrase ("tracking shot"), or a
camera verb with a direction where a clause opens ("pan left"). "A pan on the stove" has none of these.
"""

from __future__ import annotations

from dataclasses import replace

from studio.coach.cues.camera_grammar import Found
from studio.coach.cues.camera_tidying import Tidying
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Move

__all__ = ["Found", "find_moves"]

_AIM = 8  # words of a move's aim, before another move is tied on


def find_moves(
    reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary
) -> tuple[list[Found], frozenset[int]]:
    """Every camera move asked for, in the order of the words, and the indices of all words that speak of the camera."""
    finder = _Finder(reading, masks, negated, vocabulary)
    return finder.find(), frozenset(finder.taken)


class _Finder(Tidying):
    def find(self) -> list[Found]:
        self._filmed()
        self._phrases()
        self._described()
        self._held()
        self._recorders()
        self._movement()
        self._hurried()
        self._full_circle()
        self._carried()
        self._commanded()
        self._performed()
        self._subjects()
        self._continued()
        self._bare()
        self._rushing()
        self._wandering()
        self._opening()
        self._first_person()
        self._ellipses()
        self._diagonals()
        self._labelled()
        self._refused()
        self.found.sort(key=lambda found: found.first)
        return self._with_vertigo(self._order(self._tidy(self.found)))

    # -- phrases --------------------------------------------------------------------------------------------------
    def _phrases(self) -> None:
        ends: list[int] = []
        for first, end, general in self.tables.phrases.find(self.reading.lowers):
            last, move = end, general
            further = self.tables.phrases.at(self.reading.lowers, last - 1)
            if further is not None and further[0] > last and not self._kept(first, end):
                last, move = further  # "slow zoom" + "zoom out"
            if self._hidden(first, last):
                continue
            camera = self.words[first].lower in {"camera", "cam"}
            if camera and self._somebodys(first):
                continue  # "a security camera pans"
            said = self._match(last - 1, self.tables.verbs) if camera or move == "pan" else None
            if said is not None and said[1] > last:
                last, move = said[1], said[0]  # "the camera pans up"
            if move == "rack_focus" and self._somebodys(first):
                continue
            if move != "static" and (any(i in self.negated for i in range(first, last)) or self._physical(first)):
                continue
            if self._is_a_truck(first, move) or self._leads_nowhere(last, move):
                continue
            if move == "orbit" and self._upright(first):
                continue
            if move == "aerial_move" and self._looks_down(first):
                continue
            if (move == "orbit" and self._theirs(first)) or (move == "static" and self._placed(last)):
                continue
            if self._goes_on(first):
                continue
            if move == "roll" and self._goes_round(last):
                move = "orbit"
            if move in {"aerial_move", "fly_through"} and self._opens(first) and self._someone_comes(self.words[first]):
                continue  # "flying over the fence, the horse tucks its legs"
            if move == "dolly_in" and self._enters(last - 1, last):
                move = "fly_through"  # "a push-in through an open window"
            start = self._with_modifiers(first)
            self._add(self._sideways(move, last), start, last, start, "camera phrase")
            ends.append(last)
            chased = self._after(last - 1)
            if move == "handheld" and chased is not None and chased.lower in self.sets["pursuits"]:
                self._add("tracking", chased.index, chased.index + 1, chased.index, "handheld, behind somebody")
            if said is not None and self._more_legs(last):
                self._follow(last - 1, first)  # "the camera pans, zooms and tilts"
            if self.words[last - 1].lower in {"camera", "cam"}:
                self._follow(last, last - 1)  # "handheld camera follows him"
        for end in ends:
            self._swallow(end)

    def _opens(self, first: int) -> bool:
        """Whether a participle opens its sentence."""
        return self.words[first].form == "ing" and self._before(first) is None

    def _more_legs(self, last: int) -> bool:
        """Whether a mark or "and" and another finite verb stand behind a move."""
        link, verb = self._after(last - 1), self._after(last)
        joined = link is not None and (link.text == "," or link.lower == "and")
        return joined and verb is not None and verb.kind == "VERB" and verb.form == "s"

    def _is_a_truck(self, first: int, move: Move) -> bool:
        """ "A red truck left on a road", "a truck left the yard": a vehicle with its article."""
        behind = self._after(first + 1) if first + 1 < len(self.words) else None
        if move.startswith("truck_") and behind is not None and behind.kind == "DET":
            return True
        before, described = self._before(first), False
        while before is not None and before.kind == "ADJ" and not self._slow_or_fast(before):
            before, described = self._before(before.index), True
        return move.startswith("truck_") and described and before is not None and before.kind == "DET"

    def _leads_nowhere(self, last: int, move: Move) -> bool:
        """ "A drone flies through overhead": through nothing that the camera could go through."""
        after = self._after(last - 1)
        through = move == "fly_through" and self.words[last - 1].lower == "through"
        return through and after is not None and after.kind == "ADV" and after.lower in {"overhead", "above", "below"}

    def _somebodys(self, first: int) -> bool:
        """ "Her focus shifts to the window": what she looks at, not what the lens does."""
        before = self._before(first)
        return before is not None and before.lower in self.sets["owners"]

    def _looks_down(self, first: int) -> bool:
        """ "A top-down drone shot, looking straight down": a point of view from the air."""
        lowers = {word.lower for word in self.words if word.sentence == self.words[first].sentence}
        return lowers >= {"looking", "down"} or lowers >= {"top", "down"} or "overhead" in lowers

    def _goes_round(self, last: int) -> bool:
        """ "The camera spins around her": a verb of turning, and what it turns about."""
        around = self._after(last - 1)
        while around is not None and around.lower in {"move", "shot", "motion", "movement"}:
            around = self._after(around.index)  # "a spinning camera move around the couple"
        centre = self._after(around.index) if around is not None and around.lower in {"around", "round"} else None
        return centre is not None and centre.kind in {"DET", "PRON", "NOUN", "ADJ"}

    def _sideways(self, move: Move, last: int) -> Move:
        """ "Dolly shot (left to right)": on rails to the side, which is a truck; "dolly shot moving back"."""
        ahead = self.reading.lowers[last : last + _AIM]
        for side, said in (("right", ("left", "to", "right")), ("left", ("right", "to", "left"))):
            if move == "dolly_in" and any(ahead[place : place + 3] == said for place in range(len(ahead))):
                return self.tables.sided["truck", side]
        back = [name for _, name in self._directions(last, min(len(self.words), last + 2))]
        return "dolly_out" if move == "dolly_in" and "out" in back else move

    def _placed(self, last: int) -> bool:
        """ "A camera on a tripod in a studio": said of a place, it is a thing in the picture."""
        tripod, after = self.words[last - 1], self._after(last - 1)
        place = self._after(after.index) if after is not None else None
        placed = after is not None and after.lower in {"in", "at", "beside", "near"} and place is not None
        return tripod.lower == "tripod" and placed and place is not None and place.kind == "DET"

    def _kept(self, first: int, end: int) -> bool:
        """Whether a phrase is more than its last word: a crash "zoom on" is a crash zoom, a slow "zoom on" is not."""
        return not all(self._slow_or_fast(word) for word in self.words[first : end - 1])

    def _slow_or_fast(self, word: Word) -> bool:
        return self.vocabulary.levels.at((word.lower,), 0) is not None and word.lower not in {"crash", "whip"}

    def _bare(self) -> None:
        for word in self.words:
            if word.index in self.taken or not word.verbs or self._hidden(word.index, word.index + 1):
                continue
            if not word.may_be("base", "ing") and not self._own_third(word):
                continue
            entry = self._match(word.index, self.tables.bare)
            if entry and (self._is_handled(word) or self._is_a_truck(word.index, entry[0])):
                continue
            if entry and entry[0] == "zoom" and self._opens_clause(word) and self._is_aimed(word):
                self._take("zoom_in", self._with_modifiers(word.index), entry[1], word.index)
            elif entry and self._opens_clause(word) and (entry[1] > word.index + 1 or self._stands_alone(word)):
                self._take(entry[0], self._with_modifiers(word.index), entry[1], word.index)

    def _is_aimed(self, word: Word) -> bool:
        """ "Zoom face": right at somebody, or at a part of a body."""
        near = self._after(word.index, "DET", "ADJ")
        return near is not None and self.vocabulary.noun_kinds.get(near.lower) in {"body", "person", "animal"}

    def _is_handled(self, word: Word) -> bool:
        """ "Brushes her teeth, moving it back and forth": an object that somebody moves."""
        after = self._after(word.index)
        object_ = after is not None and after.kind == "PRON" and after.dep == "obj" and after.head == word.index
        return object_ and not word.could_be_of(self.vocabulary.camera.own)

    def _own_third(self, word: Word) -> bool:
        """ "Tilts up, then pushes in": verbs that only a camera does need no subject where the sentence opens."""
        if not word.could_be_of(self.vocabulary.camera.own):
            return False
        before = self._before(word.index)
        while before is not None and (before.kind in {"ADV", "CONJ"} or before.text == ","):
            before = self._before(before.index)
        opening = self.words[self.reading.starts[word.sentence]]
        return before is None or before.index in self.taken or bool(opening.could_be("start", "begin"))

    def _ellipses(self) -> None:
        """ "Pan left, then back to the right": the second move has the verb of the first."""
        for found in tuple(self.found):
            index = self._link(found.last)
            said = index
            while index < len(self.words) and self.words[index].lower in self.sets["again"]:
                index += 1
            if index == said or index >= len(self.words) or index in self.taken:
                continue
            after = self._after(index)
            turned = self._turned(found.move, self.words[index].lower)
            between = {word.lower for word in self.words[found.last : index]}
            if turned and between in ({"to", "the"}, {"to"}):
                self.taken.add(index)  # "a lateral slide to the right": the side that the move itself goes to
                self.found[self.found.index(found)] = replace(found, move=turned, last=index + 1)
            elif turned and (after is None or after.kind in {"PUNCT", "CONJ", "ADV", "PREP"}):
                self._add(turned, index, index + 1, index, "the verb of the move before")

    def _diagonals(self) -> None:
        """ "Pan left up": a second side right beside the first is a move of its own."""
        for found in tuple(self.found):
            sided = self.vocabulary.moves[found.move].side
            for place in range(found.first, min(found.last + 1, len(self.words))) if sided else ():
                word = self.words[place]
                move = self.tables.sided.get(("tilt", word.lower)) if found.move in {"pan_left", "pan_right"} else None
                beside = {near.lower for near in self._same(word, place - 1, place + 2)}
                if move is not None and sided in beside:
                    self._add(move, place, place + 1, place, "a second side of a pan")

    def _link(self, index: int) -> int:
        """Where what follows a move is tied on: right behind it, or at a "then" behind its aim."""
        while index < len(self.words) and self.words[index].lower in {"left", "right", "up", "down"}:
            index += 1
        for place in range(index, min(len(self.words), index + _AIM)):
            word = self.words[place]
            if word.sentence != self.words[index - 1].sentence or word.kind == "VERB" or word.index in self.taken:
                break
            if word.lower == "then":
                return place
        return index

    def _turned(self, move: Move, word: str) -> Move | None:
        """The move of the same family to another side: panning left turned "right"."""
        family = self.vocabulary.moves[move].family
        side = {"forward": "in", "forwards": "in", "back": "out", "backwards": "out"}.get(word, word)
        return "orbit" if family == "orbit" and side in {"left", "right"} else self.tables.sided.get((family, side))

    def _refused(self) -> None:
        """ "The camera should not move", "no zoom, no pan": a move taken back, where no other move is asked for."""
        if any(found.move != "static" for found in self.found):
            return
        for first in sorted(index for index in self.negated if index - 1 not in self.negated):
            scope = [self.words[first]]
            while scope[-1].index + 1 in self.negated:
                scope.append(self.words[scope[-1].index + 1])
            stirred = next((word for word in scope if word.could_be_of(self.sets["stirring"])), None)
            if stirred is None or self._hidden(first - 1, stirred.index + 1):
                continue
            governor = self._before(first - 1, "AUX", "ADV", "DET")
            camera = [word for word in (*scope, governor) if word is not None and word.lower in self.sets["spoken"]]
            own = stirred is scope[0] and bool(stirred.could_be_of(self.vocabulary.camera.own)) and self._refuses(first)
            if camera or own:
                start = min([first - 1, *(word.index for word in camera)])
                end = max([stirred.index, *(word.index for word in camera)])
                self._add("static", start, end + 1, stirred.index, "a move of the camera is taken back")

    def _refuses(self, first: int) -> bool:
        """Whether a "no" or "without" opens the scope: "he does not tilt his head" is somebody's."""
        return self.words[first - 1].lower in {"no", "without", "avoid", "zero"}

    # -- their order ----------------------------------------------------------------------------------------------
    def _order(self, found: list[Found]) -> list[Found]:
        """In the order of time: "before pushing in, it pans left" pans first; "while" joins two moves."""
        ordered: list[Found] = []
        for place, said in enumerate(found):
            beside = place > 0 and bool(self._between(found[place - 1], said) & self.vocabulary.sets["simultaneous"])
            move = replace(said, beside=beside)
            lead = self._lead(ordered[-1]) if ordered else ""
            if ordered and (lead == "before" or "after" in self._between(ordered[-1], move)) and not move.beside:
                ordered.insert(len(ordered) - 1, move)
            else:
                ordered.append(move)
        return ordered

    def _between(self, first: Found, second: Found) -> set[str]:
        """The words between two moves of one sentence; "after that" is no "after"."""
        words = self.words[first.last : second.first]
        if self.words[first.first].sentence != self.words[second.first].sentence:
            return set()
        lowers = {word.lower for word in words if word.lower != "as" or word.kind == "CONJ"}
        return lowers - {"after"} if lowers & {"that", "which", ",", ";", "and"} else lowers

    def _lead(self, found: Found) -> str:
        """The word that opens the sentence of a move, when the move stands right behind it."""
        start = self.reading.starts[self.words[found.first].sentence]
        return self.words[start].lower if found.first - start <= 1 else ""
