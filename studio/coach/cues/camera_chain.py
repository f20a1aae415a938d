"""The verbs that the camera governs: from "the camera" through the whole chain of what it does."""

from __future__ import annotations

from studio.coach.cues.camera_aims import CameraAims
from studio.coach.cues.camera_grammar import SIDES, Found
from studio.coach.cues.levels import level_near
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Move, Span

__all__ = ["CameraChain"]

_REACH = 5  # how many words after a move may hold its direction; "slowly" and "a" are not counted
_CHAIN = 60  # how many words one camera may govern
_FASTEST: set[Move] = {"crash_zoom", "whip_pan", "hyperlapse", "fast_move", "fpv"}
_FLOWN: set[Move] = {"pedestal_up", "pedestal_down", "dolly_in", "dolly_out", "pan"}
_ALIVE = {"person", "animal", "vehicle"}
_LOWERED: dict[Move, Move] = {"tilt_up": "tilt_down", "pedestal_up": "pedestal_down"}
_UPWARD = {"up", "upward", "upwards"}
_BORNE: set[Move] = {"handheld", "tracking"}
_GENERAL = {"pan", "truck", "roll"}  # families whose default side gives way to one that is said


class CameraChain(CameraAims):
    """Finds what the camera is the subject of, and keeps what is found."""

    def __init__(self, reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary) -> None:
        super().__init__(reading, vocabulary)
        self.negated, self.masks = negated, masks
        self.found: list[Found] = []

    def _subjects(self) -> None:
        for word in self.words:
            if word.lower not in self.sets["viewers"] or self._hidden(word.index, word.index + 1):
                continue
            if word.lower == "it" and self._says_again(word):
                continue
            viewer = (word.lower == "it" and self._is_it(word)) or (
                word.lower == "we" and self._travels(word.index + 1)
            )
            recorder = word.lower in self.sets["recorders"] and self._is_recorder(word)
            after = self._after(word.index)
            clip = word.lower in self.sets["clips"] and after is not None
            if (
                (clip or word.lower in {"shot", "closeup", "up"})
                and after is not None
                and after.lower in {"that", "which"}
            ):
                clip, after = True, self._after(after.index)  # "a long shot that pans up"
                while after is not None and after.kind == "ADV":
                    after = self._after(after.index)
            before = self._before(word.index)
            viewer = viewer or (word.lower == "angle" and before is not None and before.lower in {"dutch", "camera"})
            viewer = viewer or (clip and after is not None and bool(after.could_be_of(self.vocabulary.camera.own)))
            if viewer or recorder or (word.lower in self.sets["subjects"] and self._is_camera(word)):
                self._follow(after.index if clip and after is not None else word.index + 1, word.index)

    def _commanded(self) -> None:
        """ "Tilt the camera up", "rotate the camera around the car": a command whose object is the camera."""
        for word in self.words:
            if word.lower not in {"camera", "cam", "view", "lens"} or self._hidden(word.index, word.index + 1):
                continue
            verb = self._before(word.index, "DET")
            if verb is None or verb.index in self.taken | self.negated or not self._tells(verb):
                continue
            if word.lower == "lens" and verb.index == word.index - 1:
                continue  # "zoom lens"
            end = word.index + 1
            while end < min(len(self.words), word.index + 1 + _REACH) and self.words[end].sentence == word.sentence:
                if self.words[end].kind in {"PUNCT", "VERB", "CONJ"}:
                    break
                end += 1
            lemmas = [lemma for lemma, form in verb.verbs if form in {"base", "ing"}]
            moves = self.tables.verbs
            sided = (
                (moves.get((lemma, name)), place)
                for place, name in self._directions(word.index + 1, end)
                for lemma in lemmas
            )
            move, place = next(((move, place) for move, place in sided if move), (None, word.index))
            bare = next((moves.get((lemma, "")) for lemma in lemmas if lemma in self.vocabulary.camera.own), None)
            told = move or bare
            if told:
                self._take(told, self._with_modifiers(verb.index), place + 1, verb.index)

    def _tells(self, verb: Word) -> bool:
        """Whether a verb commands: its bare form where a clause opens."""
        before = self._before(verb.index)
        while before is not None and (before.kind == "ADV" or before.lower == "to"):
            before = self._before(before.index)
        opens = before is None or before.kind in {"PUNCT", "CONJ"}
        return opens and verb.may_be("base", "ing")

    def _follow(self, index: int, subject: int) -> None:
        """Read the chain of verbs that the camera governs: "pans left, then slowly pushes in and tilts up"."""
        reached, steps = False, 0
        end = min(len(self.words), subject + _CHAIN)
        while index < end and self.words[index].sentence == self.words[subject].sentence:
            word = self.words[index]
            entry = self._moves(index) if word.verbs and index not in self.taken else None
            if entry and self._does(word, reached=reached) and not (reached and self._new_clause(index)):
                if not (reached and self._explains(word)):
                    self._take(entry[0], self._with_modifiers(index) if reached else subject, entry[1], index)
                self.taken.update(range(index, entry[1]))
                index, reached, steps = entry[1], True, 0
                continue
            if entry and self._measures(word):
                self.taken.add(index)  # "at walking height"
            if index in self.taken:
                reached, steps = True, 0
            elif word.kind in {"VERB", "PRON"} or word.lower in {"reveals", "shows", "that", "which"}:
                if word.lemma not in self.sets["leading"] and word.lower not in {"it", "we"}:
                    return
                reached = reached or word.lemma in {"begin", "start"}
            elif index == subject + 1 and word.could_be("begin", "start"):
                reached = True
            elif reached and word.lower in {"while", "whilst"} and self._goes_with(word):
                steps = 0  # "rises while orbiting the car"
            elif (
                word.lower in {"as", "while"}
                or (word.kind == "DET" and not reached)
                or (word.kind == "PUNCT" and reached and self._opens_anew(index + 1))
            ):
                return
            elif word.kind in {"NOUN", "DET", "ADJ", "PREP"}:
                steps += word.kind == "NOUN"
                astray = word.kind in {"NOUN", "PREP"} and word.lower not in self.sets["between"]
                astray = astray and not self._wished(word)
                if steps > 3 or (not reached and astray):
                    return
            index += 1

    def _moves(self, index: int) -> tuple[Move, int] | None:
        """The move that a verb of the camera makes: as listed, or by where any verb of going leads."""
        entry, word, after = self._match(index, self.tables.verbs), self.words[index], self._after(index)
        if after is not None and after.kind in {"DET", "PRON", "NOUN"} and word.could_be("keep"):
            return None  # "keeping the singer in focus"
        bare = index > 0 and self.words[index - 1].lower in self.sets["spoken"]  # "camera go with the boy"
        lemmas = {lemma for lemma, form in word.verbs if word.kind == "VERB" or (bare and form == "base")}
        going = not lemmas.isdisjoint(self.vocabulary.sets["whole"]) and lemmas.isdisjoint(self.sets["appearing"])
        if entry is not None or not going:
            return entry
        end = index + 1
        while end < min(len(self.words), index + _REACH) and self.words[end].kind in {"ADV", "PREP"}:
            end += 1
        named = self._directions(index + 1, end)
        return next(((self.tables.anyhow[n], at + 1) for at, n in named if n in self.tables.anyhow), None)

    def _wished(self, word: Word) -> bool:
        """ "I want the camera to stay still": the "to" before what it is to do."""
        after = self._after(word.index, "ADV")
        return word.lower == "to" and after is not None and after.kind == "VERB" and after.form == "base"

    def _does(self, word: Word, *, reached: bool) -> bool:
        """Whether a word is a verb of this chain; not "over rolling hills", "is tilted up"."""
        if word.kind not in {"VERB", "NOUN", "ADJ"} or word.lower in self.sets["takes"]:
            return False
        before, after = self._before(word.index), self._after(word.index)
        apart = reached or (before is not None and before.text == "," and after is not None and after.kind == "NOUN")
        if (apart and word.form == "attributive") or (reached and self._measures(word)):
            return False  # "wide angle view, flying cars"
        if word.lower == "speed" and not reached and (self._after(word.index) or word).kind != "PREP":
            return False  # "high camera speed"
        if word.form == "passive" and word.lemma in self.sets["postures"]:
            return False
        if word.form in {"past", "participle"} and word.lemma in self.sets["postures"] and self._is_angled(word):
            return False
        tied = word.start > 0 and self.reading.text[word.start - 1] == "-"
        if tied and word.kind == "ADJ" and word.form == "participle":
            return False  # "a fast-paced game"
        if word.lower == "arc" and self._upright(word.index):
            return False
        ends = after is None or after.kind == "PUNCT" or after.form == "ing"
        if ends and not reached and word.lower == "move":
            return False  # "a smooth camera move", "a camera move circling them"
        if after is not None and after.lower == "tight" and word.could_be("stay", "hold", "keep", "remain"):
            return False  # "the framing stays tight on it"
        if word.form == "ing" and word.lemma == "look" and not reached:
            return False  # "the camera angle is high, looking down"
        if word.kind == "NOUN" and before is not None and before.lower in self.sets["moved"]:
            return False  # "following every move"
        if word.kind == "NOUN" and before is not None and before.lower in {"the", "these", "those"}:
            ahead = self._before(before.index)
            if word.plural or (ahead is not None and ahead.kind == "PREP"):
                return False  # "races between the cranes", "tilts up along the rocket"
        compound = after is not None and after.kind == "NOUN" and before is not None and before.kind in {"DET", "ADJ"}
        if reached and word.kind in {"NOUN", "ADJ"} and compound:
            return False  # "rolls over a spiral staircase"
        return reached or word.form != "participle" or word.lower in self.sets["still"]

    def _is_angled(self, word: Word) -> bool:
        """ "The camera tilted 15 degrees", "tilted off-axis": how it stands, where no way follows."""
        after = self._after(word.index)
        return after is None or after.kind in {"NUM", "PUNCT", "NOUN", "ADJ"} or after.lower == "off"

    def _goes_with(self, link: Word) -> bool:
        """Whether a participle stands right behind "while": it has the subject of the verb before."""
        verb = self._after(link.index, "ADV")
        return verb is not None and verb.kind == "VERB" and verb.form == "ing"

    def _explains(self, word: Word) -> bool:
        """ "Pans right, following the action", "flying through a gorge, flying low": what for, or how."""
        if word.could_be("fly") and self.found and self.found[-1].move in {"aerial_move", "fly_through", "fpv"}:
            return self._match(word.index, self.tables.verbs) == ("aerial_move", word.index + 1)
        after = self._same(word, word.index + 1, word.index + 4)
        follows = word.form == "ing" and bool(word.could_be("follow", "track", "trail"))
        return follows and any(near.lower in self.sets["vague"] for near in after)

    def _opens_anew(self, index: int) -> bool:
        """Whether behind a mark somebody else begins to act: ", this person holds a hammer"."""
        noun = False
        while index < len(self.words) and self.words[index].sentence == self.words[index - 1].sentence:
            word = self.words[index]
            if word.kind == "VERB" and index not in self.taken:
                return noun and word.form in {"s", "base", "past", "preterite"}
            if word.kind not in {"DET", "NOUN", "ADJ", "PRON", "NUM", "ADV", "PREP"} or (
                word.kind == "ADV" and not noun
            ):
                return False
            noun = noun or word.kind in {"NOUN", "PRON"}
            index += 1
        return False

    def _swallow(self, index: int) -> None:
        """Skip verbs that only spell the phrase out: "a tracking shot following a dog", "a tilt-up, moving up"."""
        while index < len(self.words) and self.words[index].sentence == self.words[index - 1].sentence:
            word = self.words[index]
            if word.lower in {"then", "and", "while", "as"} or (word.kind == "VERB" and word.form != "ing"):
                return
            if word.kind == "VERB" or word.form == "attributive":
                before = self.words[index - 1]
                spoken = before.lower in self.sets["spoken"] | {"movement", "motion"}
                bound = before.kind == "PUNCT" or spoken or index - 1 in self.taken
                entry = self._match(index, self.tables.verbs) if bound else None
                behind = entry is not None and entry[0] == "tracking" and self.found[-1].move == "handheld"
                weaves = entry is not None and entry[0] == "fly_through" and self.found[-1].move in _BORNE
                if entry and (behind or weaves) and word.form == "ing":
                    self._take(entry[0], index, entry[1], index)  # "handheld, following the runner" says both
                if entry and entry[0] == "orbit" and self.found[-1].move == "tracking":
                    self._take(entry[0], index, entry[1], index)  # "a tracking shot circling the band"
                if entry:
                    self.taken.update(range(index, entry[1]))
                return
            index += 1

    def _says_again(self, word: Word) -> bool:
        """ "The camera circles a tower. As it moves closer, sand shifts": its way, where nobody else can go."""
        opening, verb = self._before(word.index), self._after(word.index)
        led = opening is not None and opening.lower in {"as", "while"} and self._before(opening.index) is None
        if not led:
            return False
        before = self.reading.sentence_before(word)
        camera = any(w.lower in self.sets["spoken"] for w in before[:3])
        acts = any(self.vocabulary.noun_kinds.get(w.lower) in _ALIVE for w in before if w.index not in self.taken)
        moves = [found for found in self.found if before and before[0].index <= found.first <= before[-1].index]
        if not (camera and moves) or acts or verb is None or moves[-1].move in {"tracking", "static"}:
            return False
        entry = self._moves(verb.index) if verb.verbs else None
        if entry is None:
            return False
        plain = entry[0] == "dolly_in" and entry[1] == verb.index + 1
        if not plain and all(found.move != entry[0] for found in moves):
            self._follow(verb.index, word.index)
        self.taken.update(range(word.index, entry[1]))
        return True

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
        aside = SIDES.keys() | self.sets["degrees"]
        if not any(near.kind in {"NOUN", "PRON"} and near.lower not in aside for near in between):
            return True
        verb = next((near for near in self.words[word.index + 1 : word.index + 4] if near.verbs), None)
        return verb is not None and bool(verb.could_be_of(self.vocabulary.camera.own)) and self._travels(word.index + 1)

    # -- what is found --------------------------------------------------------------------------------------------
    def _take(self, move: Move, start: int, last: int, head: int) -> None:
        move = self._flown(move, max(0, start - 1), head)
        aerial = any(word.lower == "aerial" for word in self.words[max(0, start - 2) : head])
        if aerial and move == "dolly_in":
            move = "fly_through" if self.words[last - 1].lower == "through" else "aerial_move"
        if move == "dolly_in" and self._enters(head, last):
            move = "fly_through"
        centre = self.words[last] if last < len(self.words) else None
        about = move == "whip_pan" and self.words[last - 1].lower in {"around", "round"} and centre is not None
        if about and centre is not None and centre.kind in {"DET", "PRON"}:
            move = "orbit"  # "whips around her"
        if head in self.negated:
            if move != "static":
                self._add("static", start, last, head, "negated camera move")
            return
        self._add(move, start, last, head, "the camera is its subject")

    def _enters(self, head: int, last: int) -> bool:
        """ "Glides through the doorway": into another place."""
        near = self._same(self.words[head], head + 1, last + _REACH)
        through = next((word.index for word in near if word.lower == "through"), None)
        if through is None:
            return False
        thing = next((word for word in near if word.index > through and word.kind == "NOUN"), None)
        return thing is not None and thing.lower in self.sets["openings"]

    def _flown(self, move: Move, first: int, last: int) -> Move:
        """ "A drone shot rising", "a descending drone shot": what a drone goes through it flies."""
        flies = any(word.lower in {"drone", "drones", "helicopter"} for word in self.words[first:last])
        return "aerial_move" if flies and move in _FLOWN else move

    def _add(self, move: Move, start: int, last: int, head: int, why: str) -> None:
        rushing = bool(self.words[head].could_be_of(self.vocabulary.camera.rushing))
        level = 3 if move in _FASTEST or rushing else level_near(self.reading, head, last, self.vocabulary)
        if move in {"pan", "pan_left", "pan_right"} and level == 3 and self._whipped(head, last):
            move = "whip_pan"
        if move == "dolly_in" and level == 3 and self._hurtles_through(head, last):
            move = "fly_through"
        if move == "dolly_in" and level == 3 and self._aimless(head, last):
            move = "fast_move"
        upward = not _UPWARD.isdisjoint(self.reading.lowers[start:last])
        if move in _LOWERED and not upward and self._lowered(last):
            move = _LOWERED[move]
        span = Span.of(self.reading.text, self.words[start].start, self.words[last - 1].end)
        direction = self._direction(start, last) if move != "rack_focus" else self._focused(last)
        entry = self.vocabulary.moves[move]
        if direction and entry.family in _GENERAL and (entry.side is None or entry.family != "pan"):
            move = self.tables.sided.get((entry.family, direction), move)
        self.found.append(Found(move, level, start, last, span, direction, why))
        self.taken.update(range(start, last))

    def _whipped(self, head: int, last: int) -> bool:
        near = self.words[max(0, head - 2) : last + 1]
        return any(word.lower in self.sets["whipped"] for word in near)

    def _hurtles_through(self, head: int, last: int) -> bool:
        """ "Moves quickly through the corridor"; who runs through it goes at a pace of his own."""
        return self.words[last - 1].lower == "through" and not self.words[head].could_be("run")

    def _aimless(self, head: int, last: int) -> bool:
        """ "Moving fast in a corridor": no direction, and where it is is none."""
        place = self._after(last - 1)
        inside = self.words[last - 1].lower == "in" and place is not None and place.kind in {"DET", "ADJ", "NOUN"}
        aimed = self._directions(head + 1, last - inside)
        return bool(self.words[head].could_be("move")) and not aimed

    def _with_modifiers(self, first: int) -> int:
        """Take the words before that say how: "a slow, gentle dolly-in"."""
        while first > 0:
            word = self.words[first - 1]
            near = word.sentence == self.words[first].sentence and first - 1 not in self.taken
            shaking = word.lower.endswith("ing") and any((lemma, "") in self.tables.verbs for lemma, _ in word.verbs)
            if near and (shaking or self.vocabulary.levels.at((word.lower,), 0)):
                first -= 1
            else:
                break
        return first

    def _hidden(self, first: int, last: int) -> bool:
        taken = first in self.taken if last == first + 1 else bool(self.taken.intersection(range(first, last)))
        return taken or self.masks.hides(self.words[first].start, self.words[last - 1].end)
