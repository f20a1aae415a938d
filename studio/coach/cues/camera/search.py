"""A search for camera moves: what is found so far, and how a finder adds to it."""

from __future__ import annotations

from studio.coach.cues.camera.aims import direction, focused, lowered
from studio.coach.cues.camera.grammar import Found, Grammar
from studio.coach.cues.levels import level_near
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Move, Span

__all__ = ["Search"]

_REACH = 5  # how many words after a move may hold its direction; "slowly" and "a" are not counted
_FASTEST: set[Move] = {"crash_zoom", "whip_pan", "hyperlapse", "fast_move", "fpv"}
_FLOWN: set[Move] = {"pedestal_up", "pedestal_down", "dolly_in", "dolly_out", "pan"}
_LOWERED: dict[Move, Move] = {"tilt_up": "tilt_down", "pedestal_up": "pedestal_down"}
_UPWARD = {"up", "upward", "upwards"}
_GENERAL = {"pan", "truck", "roll"}  # families whose default side gives way to one that is said


class Search(Grammar):
    """What all finders share. Each asks its question of every word and adds what it finds; later ones see it.

    Attributes:
        found: the moves so far.
        masks: what is quoted or read aloud, where no camera is.
        negated: the indices of the words in the scope of a negation.
    """

    def __init__(self, reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary) -> None:
        super().__init__(reading, vocabulary)
        self.negated, self.masks = negated, masks
        self.found: list[Found] = []

    def take(self, move: Move, start: int, last: int, head: int) -> None:
        """Add the move that the verb ``words[head]`` makes: what flies flies it, and negated it is a hold."""
        move = self.flown(move, max(0, start - 1), head)
        aerial = any(word.lower == "aerial" for word in self.words[max(0, start - 2) : head])
        if aerial and move == "dolly_in":
            move = "fly_through" if self.words[last - 1].lower == "through" else "aerial_move"
        if move == "dolly_in" and self.enters(head, last):
            move = "fly_through"
        centre = self.words[last] if last < len(self.words) else None
        about = self.words[last - 1].lower in {"around", "round"} and centre is not None
        if move == "whip_pan" and about and centre is not None and centre.kind in {"DET", "PRON"}:
            move = "orbit"  # "whips around her"
        if move == "pan" and self.words[last - 1].lower == "to" and self._reframes(last):
            self.taken.update(range(start, last))
            return
        if head in self.negated:
            if move != "static" and not self._is_dodged(head):
                self.add("static", start, last, head, "negated camera move")
            return
        self.add(move, start, last, head, "the camera is its subject")

    def add(self, move: Move, start: int, last: int, head: int, why: str) -> None:
        """Add a move said by ``words[start:last]``; the words around ``words[head]`` say how fast and where to."""
        rushing = bool(self.words[head].could_be_of(self.vocabulary.camera.rushing))
        level = 3 if move in _FASTEST or rushing else level_near(self.reading, head, last, self.vocabulary)
        if move in {"pan", "pan_left", "pan_right"} and level == 3 and self._whipped(head, last):
            move = "whip_pan"
        if move == "dolly_in" and level == 3 and self._hurtles_through(head, last):
            move = "fly_through"
        if move == "dolly_in" and level == 3 and self._aimless(head, last):
            move = "fast_move"
        if move == "pan" and self.words[last - 1].lower in {"around", "round"} and self._about_somebody(last):
            move = "orbit"  # "pans around him"
        upward = not _UPWARD.isdisjoint(self.reading.lowers[start:last])
        if move in _LOWERED and not upward and lowered(self, last):
            move = _LOWERED[move]
        span = Span.of(self.reading.text, self.words[start].start, self.words[last - 1].end)
        side = direction(self, start, last) if move != "rack_focus" else focused(self, last)
        if move == "crane" and any(word.could_be("descend", "lower", "drop") for word in self.words[last : last + 2]):
            side = "down"  # "a crane shot descending from the roofs"
        entry = self.vocabulary.moves[move]
        if side and entry.family in _GENERAL and (entry.side is None or entry.family != "pan"):
            move = self.tables.sided.get((entry.family, side), move)
        self.found.append(Found(move, level, start, last, span, side, why))
        self.taken.update(range(start, last))

    def moves(self, index: int) -> tuple[Move, int] | None:
        """The move that a verb of the camera makes: as listed, or by where any verb of going leads."""
        entry, word, after = self.match(index, self.tables.verbs), self.words[index], self.after(index)
        if after is not None and after.kind in {"DET", "PRON", "NOUN"} and word.could_be("keep"):
            return None  # "keeping the singer in focus"
        if (
            after is not None
            and after.form == "ing"
            and word.could_be("keep")
            and self.match(after.index, self.tables.verbs)
        ):
            return None  # "keeps dollying back"
        bare = index > 0 and self.words[index - 1].lower in self.sets["spoken"]  # "camera go with the boy"
        lemmas = {lemma for lemma, form in word.verbs if word.kind == "VERB" or (bare and form == "base")}
        going = not lemmas.isdisjoint(self.vocabulary.sets["whole"]) and lemmas.isdisjoint(self.sets["appearing"])
        if entry is not None or not going:
            return entry
        end = index + 1
        while end < min(len(self.words), index + _REACH) and self.words[end].kind in {"ADV", "PREP"}:
            end += 1
        named = self.directions(index + 1, end)
        return next(((self.tables.anyhow[n], at + 1) for at, n in named if n in self.tables.anyhow), None)

    def with_modifiers(self, first: int) -> int:
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

    def hidden(self, first: int, last: int) -> bool:
        """Whether any of ``words[first:last]`` is taken already, or stands where no camera is asked for."""
        taken = first in self.taken if last == first + 1 else bool(self.taken.intersection(range(first, last)))
        return taken or self.masks.hides(self.words[first].start, self.words[last - 1].end)

    def enters(self, head: int, last: int) -> bool:
        """ "Glides through the doorway", "pushes to the gate, then through it": into another place."""
        near = self.same(self.words[head], head + 1, last + _REACH)
        through = next((word.index for word in near if word.lower == "through"), None)
        if through is None:
            return False
        named = self.after(through)
        if named is not None and named.lower == "it" and through > last:
            return True
        thing = next((word for word in near if word.index > through and word.kind == "NOUN"), None)
        return thing is not None and thing.lower in self.sets["openings"]

    def flown(self, move: Move, first: int, last: int) -> Move:
        """ "A drone shot rising", "a descending drone shot": what a drone goes through it flies."""
        flies = any(word.lower in {"drone", "drones", "helicopter"} for word in self.words[first:last])
        return "aerial_move" if flies and move in _FLOWN else move

    def _is_dodged(self, head: int) -> bool:
        """ "Narrowly avoiding falling rocks": what it avoids is no move of its own."""
        word, before = self.words[head], self.before(head)
        dodged = before is not None and before.lower == "avoiding" and word.form in {"ing", "attributive"}
        return dodged and not word.could_be_of(self.vocabulary.camera.own)

    def _reframes(self, last: int) -> bool:
        """ "Shifts to a side angle", "to a wider shot": another framing, no way that leads there."""
        near = self.same(self.words[last - 1], last, last + _REACH)
        end = next((word.index for word in near if word.kind in {"PREP", "PUNCT", "PRON"}), last + _REACH)
        return any(word.lower in {"angle", "shot", "closeup", "view", "close-up"} for word in near if word.index < end)

    def _about_somebody(self, last: int) -> bool:
        """Whether a move around leads around somebody: "around the young boxer"; not "around the room"."""
        near = self.same(self.words[last - 1], last, last + _REACH)
        behind = self.after(last)
        her = bool(near) and near[0].lower == "her" and (behind is None or behind.kind in {"PUNCT", "CONJ", "PREP"})
        if her or (near and near[0].kind == "PRON" and near[0].lower not in {"it", "this", "that"}):
            return True
        end = next((word.index for word in near if word.kind not in {"DET", "ADJ", "NOUN", "NUM"}), last + _REACH)
        nouns = [word for word in near if word.kind == "NOUN" and word.index < end]
        return bool(nouns) and self.vocabulary.noun_kinds.get(nouns[-1].lower) in {"person", "animal"}

    def _whipped(self, head: int, last: int) -> bool:
        near = self.words[max(0, head - 2) : last + 1]
        return any(word.lower in self.sets["whipped"] for word in near)

    def _hurtles_through(self, head: int, last: int) -> bool:
        """ "Moves quickly through the corridor"; who runs through it goes at a pace of his own."""
        return self.words[last - 1].lower == "through" and not self.words[head].could_be("run")

    def _aimless(self, head: int, last: int) -> bool:
        """ "Moving fast in a corridor": no direction, and where it is is none."""
        place = self.after(last - 1)
        inside = self.words[last - 1].lower == "in" and place is not None and place.kind in {"DET", "ADJ", "NOUN"}
        aimed = self.directions(head + 1, last - inside)
        return bool(self.words[head].could_be("move")) and not aimed
