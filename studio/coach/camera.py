"""Camera moves: a closed class, so words and a little grammar find them.

A camera reading needs the camera (or shot, view, lens) as its subject, or a camera phrase ("tracking shot"), or a
camera verb with a direction where a clause opens ("pan left"). "A pan on the stove" has none of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from studio.coach.levels import level_near
from studio.coach.masks import Masks
from studio.coach.vocabulary import Phrases, Vocabulary
from studio.coach.words import Reading, Word
from studio.shot import Direction, Level, Move, Span

__all__ = ["Found", "find_moves"]

_REACH = 4  # how many words after a verb may hold its direction
_SIDES: dict[str, Direction] = {
    "left": "left", "right": "right", "up": "up", "down": "down", "in": "in", "out": "out",
    "clockwise": "cw", "counterclockwise": "ccw",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A camera move in the prompt: ``words[first:last]``."""

    move: Move
    level: Level
    first: int
    last: int
    span: Span
    direction: Direction | None = None
    why: str = ""


@dataclass(frozen=True)
class _Tables:
    phrases: Phrases[Move]
    verbs: dict[tuple[str, str], Move]
    bare: dict[tuple[str, str], Move]
    directions: dict[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def _tables(vocabulary: Vocabulary) -> _Tables:
    verbs: dict[tuple[str, str], Move] = {}
    bare: dict[tuple[str, str], Move] = {}
    for move in vocabulary.camera.move:
        for table, entries in ((verbs, move.verbs), (bare, move.bare)):
            for entry in entries:
                verb, _, direction = entry.partition(" ")
                table.setdefault((verb, direction), move.id)
    directions: dict[str, tuple[str, ...]] = {}
    for name, words in vocabulary.camera.directions.items():
        for word in words:
            directions[word] = (*directions.get(word, ()), name)
    phrases = Phrases([(phrase, move.id) for move in vocabulary.camera.move for phrase in move.phrases])
    return _Tables(phrases, verbs, bare, directions)


def find_moves(
    reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary
) -> tuple[list[Found], frozenset[int]]:
    """Every camera move asked for, in the order of the words, and the indices of all words that speak of the camera."""
    finder = _Finder(reading, masks, negated, vocabulary)
    return finder.find(), frozenset(finder.taken)


class _Finder:
    def __init__(self, reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary) -> None:
        self.reading, self.words, self.negated = reading, reading.words, negated
        self.masks, self.vocabulary, self.tables = masks, vocabulary, _tables(vocabulary)
        self.taken: set[int] = set()
        self.found: list[Found] = []

    def find(self) -> list[Found]:
        self._phrases()
        self._subjects()
        self._bare()
        self._first_person()
        self.found.sort(key=lambda found: found.first)
        return self._tidy(self.found)

    def _phrases(self) -> None:
        ends: list[int] = []
        for first, last, move in self.tables.phrases.find(self.reading.lowers):
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

    def _physical(self, first: int) -> bool:
        """ "The dog zooms in", "learns to fly through": somebody else is its subject, so it is no camera phrase."""
        word, before = self.words[first], self._before(first)
        while before is not None and before.kind == "ADV" and before.lower.endswith("ly"):
            before = self._before(before.index)
        if before is None or not word.verbs or before.lower in self._camera_words():
            return False
        if before.lower == "to" or before.kind == "PRON":
            earlier = self._before(before.index)
            return (
                earlier is not None and earlier.kind in {"NOUN", "VERB"} and earlier.lower not in self._camera_words()
            )
        actor = self.vocabulary.noun_kinds.get(before.lower) in {"person", "animal", "body", "vehicle"}
        return before.kind == "NOUN" and actor and before.lower not in self._camera_words()

    def _camera_words(self) -> set[str]:
        return {*self.vocabulary.camera.subjects, *self.vocabulary.camera.recorders}

    def _subjects(self) -> None:
        for word in self.words:
            if word.index in self.taken or self._hidden(word.index, word.index + 1):
                continue
            recorder = word.lower in self.vocabulary.camera.recorders and self._is_recorder(word)
            if (word.lower in self.vocabulary.camera.subjects and self._is_camera(word)) or recorder:
                self._follow(word.index + 1, word.index)

    def _is_camera(self, word: Word) -> bool:
        """A camera in the picture is held or carried by somebody; the recording one is not."""
        before = self._before(word.index)
        if (
            word.lower in {"frame", "view", "perspective", "shot", "shots", "framing"}
            and before is not None
            and before.lower in {"into", "of", "from", "the", "out"}
        ):
            earlier = self._before(before.index)
            if earlier is not None and earlier.kind == "PREP":
                return False
        if before is not None and before.lower in {"his", "her", "their", "my", "photographer", "vintage", "old", "'s"}:
            return False
        while before is not None and before.kind in {"DET", "ADJ"}:
            before = self._before(before.index)
        if (
            before is None
            or before.kind in {"PUNCT", "CONJ", "ADV", "NOUN", "VERB", "ADJ", "NUM"}
            or before.lower in {"as", "where", "with", "then", "of"}
        ):
            if (
                before is not None
                and before.kind == "VERB"
                and self.words[before.index].lemma
                in {"hold", "carry", "use", "lift", "raise", "grab", "take", "look", "face", "show", "wear", "pick"}
            ):
                return False
            return not (
                before is not None
                and before.lower in {"to", "at", "toward", "towards", "into", "from", "off", "near", "facing", "past"}
            )
        return False

    def _is_recorder(self, word: Word) -> bool:
        """A drone records when the prompt calls it a shot, or when it opens the sentence and flies over a place."""
        after = self._after(word.index)
        before = self._before(word.index)
        opens = before is None or (
            before.kind == "DET" and self._before(before.index) is None and before.lower == "the"
        )
        return after is not None and (
            after.lower in {"shot", "footage", "camera", "view"}
            or (
                opens
                and after.kind == "VERB"
                and after.lemma in {"fly", "glide", "soar", "sweep", "swoop", "orbit", "circle"}
            )
        )

    def _follow(self, index: int, subject: int) -> None:
        """Read the chain of verbs that the camera governs: "pans left, then slowly pushes in and tilts up"."""
        reached = False
        steps = 0
        while index < len(self.words) and self.words[index].sentence == self.words[subject].sentence:
            word = self.words[index]
            entry = self._match(index, self.tables.verbs) if word.verbs and index not in self.taken else None
            plain = word.kind in {"VERB", "NOUN", "ADJ"} or word.form == "attributive"
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
            if index in self.taken:
                reached, steps = True, 0
            elif word.kind in {"VERB", "PRON"} or word.lower in {"reveals", "shows", "that", "which"}:
                if not (
                    word.lemma
                    in {"begin", "start", "continue", "move", "remain", "stay", "keep", "be", "hold", "follow"}
                    or word.lower in {"it", "we"}
                ):
                    return
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

    def _new_clause(self, index: int) -> bool:
        """Whether a verb after the first has a subject of its own: "the camera pans as a dog runs"."""
        place = index - 1
        while (
            place >= 0
            and self.words[place].kind in {"ADV", "AUX"}
            and self.words[place].sentence == self.words[index].sentence
        ):
            place -= 1
        before = self.words[place] if place >= 0 else None
        return (
            before is not None
            and before.kind in {"NOUN", "PRON"}
            and place not in self.taken
            and before.lower not in {"it", "camera", "shot", "view"}
        )

    def _bare(self) -> None:
        for word in self.words:
            if word.index in self.taken or not word.verbs or self._hidden(word.index, word.index + 1):
                continue
            if not any(form in {"base", "ing"} for _, form in word.verbs):
                continue
            entry = self._match(word.index, self.tables.bare)
            if entry and self._opens_clause(word):
                self._take(entry[0], self._with_modifiers(word.index), entry[1], word.index)

    def _first_person(self) -> None:
        """A first-person view that flies is an FPV shot."""
        flight = {"airborne", "drone", "flying", "flight", "racing", "gliding", "soaring", "diving", "rushing"}
        for first, last, _ in _FIRST_PERSON.find(self.reading.lowers):
            sentence = [w for w in self.words if w.sentence == self.words[first].sentence]
            if flight.intersection(w.lower for w in sentence) and not self._hidden(first, last):
                self.found = [f for f in self.found if f.move not in {"dolly_in", "aerial_move", "fly_through"}]
                self._add("fpv", first, last, first, "first-person flight")

    def _opens_clause(self, word: Word) -> bool:
        before = self._before(word.index)
        while before is not None and (
            before.kind in {"ADV", "ADJ"}
            or before.lower in {"slow", "fast", "a", "the", "to", "quick", "slight", "with", "by"}
        ):
            before = self._before(before.index)
        if before is None or before.kind in {"PUNCT", "CONJ"}:
            return not (word.form in {"ing", "attributive"} and before is not None and before.kind == "CONJ")
        return before.lower in {"camera", "shot", "shots", "view", "angle"}

    def _match(self, index: int, table: dict[tuple[str, str], Move]) -> tuple[Move, int] | None:
        """The move that a verb and the direction after it make, and where it ends."""
        word = self.words[index]
        lemmas = tuple(dict.fromkeys(lemma for lemma, _ in word.verbs))
        reach = min(len(self.words), index + 1 + _REACH)
        for place in range(index + 1, reach):
            near = self.words[place]
            if near.sentence != word.sentence or near.kind in {"PUNCT", "VERB", "CONJ"}:
                break
            for lemma in lemmas:
                for name in self.tables.directions.get(near.lower, ()):
                    move = table.get((lemma, name))
                    if move and (near.kind != "NOUN" or name in {"left", "right"}):
                        return self._rotation(move, place + 1)
            if near.kind == "NOUN" and near.lower not in {"way", "side"} | _DEGREE:
                break
        for lemma in lemmas:
            adjective = self._after(index)
            if adjective is not None and (lemma, adjective.lower) in table:
                return table[lemma, adjective.lower], index + 2
            if (lemma, "") in table:
                return self._rotation(table[lemma, ""], index + 1)
        return None

    def _rotation(self, move: Move, last: int) -> tuple[Move, int]:
        return move, last

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
        self.found.append(Found(move, level, start, last, span, self._direction(start, last), why))
        self.taken.update(range(start, last))

    def _very_fast(self, head: int, last: int) -> bool:
        return any(
            self.words[i].lower in {"whip", "whips", "whipping"}
            for i in range(max(0, head - 2), min(len(self.words), last + 1))
        )

    def _direction(self, start: int, last: int) -> Direction | None:
        limit = min(len(self.words), last + _REACH + 1)
        for place in range(start, limit):
            word = self.words[place]
            if place >= last and (
                word.kind in {"PUNCT", "VERB", "CONJ"} or word.sentence != self.words[start].sentence
            ):
                break
            for name in self.tables.directions.get(word.lower, ()):
                if name in _SIDES and (place < last or name not in {"in", "out", "up", "down"}):
                    return _SIDES[name]
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

    def _before(self, index: int) -> Word | None:
        same = index > 0 and self.words[index - 1].sentence == self.words[index].sentence
        return self.words[index - 1] if same else None

    def _after(self, index: int) -> Word | None:
        same = index + 1 < len(self.words) and self.words[index + 1].sentence == self.words[index].sentence
        return self.words[index + 1] if same else None

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


_FIRST_PERSON = Phrases(
    [
        (phrase, True)
        for phrase in ("first-person view", "first-person perspective", "first-person shot", "first person")
    ]
)
_STILL = {"fixed", "locked", "static"}
_DEGREE = {"degrees", "degree", "angle"}
