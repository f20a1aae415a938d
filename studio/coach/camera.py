"""Camera moves: a closed class, so words and a little grammar find them.

A camera reading needs the camera (or shot, view, lens) as its subject, or a camera phrase ("tracking shot"), or a
camera verb with a direction where a clause opens ("pan left"). "A pan on the stove" has none of these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.coach.camera_grammar import SIDES, CameraGrammar
from studio.coach.levels import level_near
from studio.coach.masks import Masks
from studio.coach.phrases import Phrases
from studio.coach.vocabulary import Vocabulary
from studio.coach.words import Reading, Word
from studio.shot import Direction, Level, Move, Span

__all__ = ["Found", "find_moves"]

_REACH = 5  # how many words after a move may hold its direction
_CHAIN = 60  # how many words one camera may govern
_SIDED: dict[tuple[Move, Direction], Move] = {
    ("pan", "left"): "pan_left", ("pan", "right"): "pan_right",
    ("truck_right", "left"): "truck_left", ("truck_left", "right"): "truck_right",
    ("roll", "cw"): "roll_cw", ("roll", "ccw"): "roll_ccw", ("roll_cw", "ccw"): "roll_ccw",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A camera move in the prompt: ``words[first:last]``; `beside` if it goes on during the move before it."""

    move: Move
    level: Level
    first: int
    last: int
    span: Span
    direction: Direction | None = None
    why: str = ""
    beside: bool = False


def find_moves(
    reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary
) -> tuple[list[Found], frozenset[int]]:
    """Every camera move asked for, in the order of the words, and the indices of all words that speak of the camera."""
    finder = _Finder(reading, masks, negated, vocabulary)
    return finder.find(), frozenset(finder.taken)


class _Finder(CameraGrammar):
    def __init__(self, reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary) -> None:
        super().__init__(reading, vocabulary)
        self.negated, self.masks = negated, masks
        self.found: list[Found] = []

    def find(self) -> list[Found]:
        self._phrases()
        self._subjects()
        self._bare()
        self._first_person()
        self._ellipses()
        self.found.sort(key=lambda found: found.first)
        return self._order(self._tidy(self.found))

    def _ellipses(self) -> None:
        """ "Pan left, then right": the second move has the verb of the first."""
        for found in tuple(self.found):
            index = found.last
            while index < len(self.words) and self.words[index].lower in {"left", "right", "up", "down"}:
                index += 1
            said = index
            while index < len(self.words) and self.words[index].lower in _THEN:
                index += 1
            if index == said or index >= len(self.words) or index in self.taken:
                continue
            after = self._after(index)
            turned = _TURNED.get((_FAMILY.get(found.move, ""), self.words[index].lower))
            if turned and (after is None or after.kind in {"PUNCT", "CONJ"}):
                self._add(turned, index, index + 1, index, "the verb of the move before")

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

    def _phrases(self) -> None:
        ends: list[int] = []
        for first, end, general in self.tables.phrases.find(self.reading.lowers):
            last, move = end, general
            further = self.tables.phrases.at(self.reading.lowers, last - 1)
            if further is not None and further[0] > last:
                last, move = further  # "slow zoom" + "zoom out"
            if self._hidden(first, last):
                continue
            if move != "static" and (any(i in self.negated for i in range(first, last)) or self._physical(first)):
                continue
            start = self._with_modifiers(first)
            self._add(move, start, last, first, "camera phrase")
            ends.append(last)
        for end in ends:
            self._swallow(end)

    def _swallow(self, index: int) -> None:
        """Skip verbs that only spell the phrase out: "a tracking shot following a dog", "a tilt-up, moving up"."""
        while index < len(self.words) and self.words[index].sentence == self.words[index - 1].sentence:
            word = self.words[index]
            if word.lower in {"then", "and", "while", "as"} or (word.kind == "VERB" and word.form != "ing"):
                return
            if word.kind == "VERB" or word.form == "attributive":
                before = self.words[index - 1]
                bound = (
                    before.kind == "PUNCT"
                    or before.lower in {*self._camera_words(), "movement", "motion"}
                    or index - 1 in self.taken
                )
                entry = self._match(index, self.tables.verbs) if bound else None
                if entry:
                    self.taken.update(range(index, entry[1]))
                return
            index += 1

    def _subjects(self) -> None:
        for word in self.words:
            if word.index in self.taken or self._hidden(word.index, word.index + 1):
                continue
            if word.lower == "it" and self._is_it(word):
                self._follow(word.index + 1, word.index)
                continue
            if word.lower == "we" and self._travels(word.index + 1):
                self._follow(word.index + 1, word.index)
                continue
            recorder = word.lower in self.vocabulary.camera.recorders and self._is_recorder(word)
            if (word.lower in self.vocabulary.camera.subjects and self._is_camera(word)) or recorder:
                self._follow(word.index + 1, word.index)

    def _follow(self, index: int, subject: int) -> None:
        """Read the chain of verbs that the camera governs: "pans left, then slowly pushes in and tilts up"."""
        reached = False
        steps = 0
        end = min(len(self.words), subject + _CHAIN)
        while index < end and self.words[index].sentence == self.words[subject].sentence:
            word = self.words[index]
            entry = self._match(index, self.tables.verbs) if word.verbs and index not in self.taken else None
            plain = word.kind in {"VERB", "NOUN", "ADJ"} or word.form == "attributive"
            if reached and (word.form == "attributive" or self._measures(word)):
                plain = False  # "over rolling hills"
            if (
                entry
                and plain
                and not (word.kind == "ADJ" and word.form == "participle" and not reached and word.lower not in _STILL)
            ):
                move, last = entry
                if not (reached and self._new_clause(index)):
                    self._take(move, self._with_modifiers(index) if reached else subject, last, index)
                    index, reached, steps = last, True, 0
                    continue
            if entry and self._measures(word):
                self.taken.add(index)  # "at walking height"
            if index in self.taken:
                reached, steps = True, 0
            elif word.kind in {"VERB", "PRON"} or word.lower in {"reveals", "shows", "that", "which"}:
                if not (
                    word.lemma
                    in {"begin", "start", "continue", "move", "remain", "stay", "keep", "be", "hold", "follow"}
                    or word.lower in {"it", "we"}
                ):
                    return
                reached = reached or (word.lemma in {"begin", "start"})
            elif word.kind == "DET" and not reached:
                return
            elif word.kind in {"NOUN", "DET", "ADJ", "PREP"} or word.lower in {"as", "while"}:
                if word.lower in {"as", "while"}:
                    return
                steps += word.kind == "NOUN"
                if steps > 3 or (
                    not reached
                    and word.kind in {"NOUN", "PREP"}
                    and word.lower
                    not in {"movement", "motion", "move", "work", "shot", "shots", "footage", "angle", "lens", "view"}
                ):
                    return
            index += 1

    def _is_it(self, word: Word) -> bool:
        """ "The camera pans left. It then pushes in": "it" is the camera unless something else came between."""
        last = max((found.last for found in self.found if found.last <= word.index), default=None)
        if (
            last is None
            or word.sentence - self.words[last - 1].sentence > 1
            or not self._travels(word.index + 1, plain=True)
        ):
            return False
        between = self.words[last : word.index]
        if not any(near.kind in {"NOUN", "PRON"} and near.lower not in SIDES for near in between):
            return True
        verb = next((near for near in self.words[word.index + 1 : word.index + 4] if near.verbs), None)
        return verb is not None and bool(verb.could_be(*_CAMERA_ONLY)) and self._travels(word.index + 1)

    def _bare(self) -> None:
        for word in self.words:
            if word.index in self.taken or not word.verbs or self._hidden(word.index, word.index + 1):
                continue
            if not any(form in {"base", "ing"} for _, form in word.verbs):
                continue
            entry = self._match(word.index, self.tables.bare)
            if entry and self._opens_clause(word) and (entry[1] > word.index + 1 or self._stands_alone(word)):
                self._take(entry[0], self._with_modifiers(word.index), entry[1], word.index)

    def _first_person(self) -> None:
        """A first-person view that flies is an FPV shot."""
        flight = {"airborne", "drone", "flying", "flight", "racing", "gliding", "soaring", "diving", "rushing"}
        for first, last, _ in _FIRST_PERSON.find(self.reading.lowers):
            sentence = [w for w in self.words if w.sentence == self.words[first].sentence]
            if flight.intersection(w.lower for w in sentence) and not self._hidden(first, last):
                self.found = [f for f in self.found if f.move not in {"dolly_in", "aerial_move", "fly_through"}]
                self._add("fpv", first, last, first, "first-person flight")

    def _take(self, move: Move, start: int, last: int, head: int) -> None:
        if head in self.negated:
            if move != "static":
                self._add("static", start, last, head, "negated camera move")
            return
        self._add(move, start, last, head, "the camera is its subject")

    def _add(self, move: Move, start: int, last: int, head: int, why: str) -> None:
        level = level_near(self.reading, head, last, self.vocabulary)
        if move in {"crash_zoom", "whip_pan", "hyperlapse", "fast_move", "fpv"}:
            level = 3
        if move in {"pan", "pan_left", "pan_right"} and level == 3 and self._very_fast(head, last):
            move = "whip_pan"
        span = Span.of(self.reading.text, self.words[start].start, self.words[last - 1].end)
        direction = self._direction(start, last)
        move = _SIDED.get((move, direction), move) if direction else move
        self.found.append(Found(move, level, start, last, span, direction, why))
        self.taken.update(range(start, last))

    def _very_fast(self, head: int, last: int) -> bool:
        return any(
            self.words[i].lower in {"whip", "whips", "whipping"}
            for i in range(max(0, head - 2), min(len(self.words), last + 1))
        )

    def _direction(self, start: int, last: int) -> Direction | None:
        limit = min(len(self.words), last + _REACH)
        end = last
        while end < limit and self.words[end].kind not in {"PUNCT", "VERB", "CONJ"}:
            end += 1
        for place, name in self._directions(start, end):
            if name in SIDES and (place < last or name not in {"in", "out", "up", "down"}):
                return SIDES[name]
        return None

    def _with_modifiers(self, first: int) -> int:
        """Take the words before that say how: "a slow, gentle dolly-in"."""
        while first > 0:
            word = self.words[first - 1]
            near = word.sentence == self.words[first].sentence and first - 1 not in self.taken
            if near and self.vocabulary.levels.at((word.lower,), 0):
                first -= 1
            else:
                break
        return first

    def _hidden(self, first: int, last: int) -> bool:
        return bool(self.taken.intersection(range(first, last))) or self.masks.hides(
            self.words[first].start, self.words[last - 1].end
        )

    def _tidy(self, found: list[Found]) -> list[Found]:
        """A general move gives way to the particular one said beside it; "static" gives way to a real move."""
        moves = {f.move for f in found}
        general = {
            "pan": {"pan_left", "pan_right", "whip_pan"},
            "zoom": {"zoom_in", "zoom_out"},
            "roll": {"roll_cw", "roll_ccw"},
        }
        kept: list[Found] = []
        for f in found:
            beside = general.get(f.move, set()) & moves
            if beside and any(g.move in beside and abs(g.first - f.first) < 8 for g in found):
                continue
            if kept and f.move == "static" and kept[-1].move == "static":
                continue
            kept.append(f)
        return kept


_THEN = {",", "and", "then", "back", "finally", "next", ";"}
_CAMERA_ONLY = ("pan", "tilt", "zoom", "dolly", "truck", "pedestal", "orbit", "push", "pull")
_FAMILY: dict[Move, str] = {
    "pan": "pan", "pan_left": "pan", "pan_right": "pan", "tilt_up": "tilt", "tilt_down": "tilt", "zoom": "zoom",
    "zoom_in": "zoom", "zoom_out": "zoom", "truck_left": "truck", "truck_right": "truck", "dolly_in": "dolly",
    "dolly_out": "dolly", "pedestal_up": "pedestal", "pedestal_down": "pedestal", "orbit": "orbit",
}  # fmt: skip
_TURNED: dict[tuple[str, str], Move] = {
    ("pan", "left"): "pan_left", ("pan", "right"): "pan_right", ("tilt", "up"): "tilt_up",
    ("tilt", "down"): "tilt_down", ("zoom", "in"): "zoom_in", ("zoom", "out"): "zoom_out",
    ("truck", "left"): "truck_left", ("truck", "right"): "truck_right", ("dolly", "in"): "dolly_in",
    ("dolly", "out"): "dolly_out", ("dolly", "back"): "dolly_out", ("pedestal", "up"): "pedestal_up",
    ("pedestal", "down"): "pedestal_down", ("orbit", "left"): "orbit", ("orbit", "right"): "orbit",
}  # fmt: skip
_FIRST_PERSON = Phrases(
    [
        (phrase, True)
        for phrase in ("first-person view", "first-person perspective", "first-person shot", "first person")
    ]
)
_STILL = {"fixed", "locked", "static"}
