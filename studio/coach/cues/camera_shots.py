"""Camera work that is said of a shot: "a static shot", "an orbiting drone shot", "camera to the left"."""

from __future__ import annotations

from studio.coach.cues.camera_grammar import Found
from studio.coach.cues.carriers import ACTORS
from studio.coach.cues.flights import Flights
from studio.coach.language.words import Word

__all__ = ["ShotWords"]

_AIM = 8  # words of a move's aim, before another move is tied on
_WITHIN = {"DET", "ADJ", "ADV", "NUM", "NOUN", "VERB"}
_MODIFIERS = 5  # words between "static" and the shot that it describes


class ShotWords(Flights):
    """Finds moves by what describes a shot, by what holds the camera, and by how it is steered."""

    def _stands_apart(self, word: Word) -> bool:
        """ "Static, wind in her hair": the word alone between two marks; "completely" says it more."""
        before, after = self._before(word.index, "ADV"), self._after(word.index)
        return (before is None or before.kind == "PUNCT") and (after is None or after.kind == "PUNCT")

    def _sized(self, word: Word) -> bool:
        """ "Static wide.": with a size of shot alone behind it."""
        before, size = self._before(word.index), self._after(word.index)
        end = self._after(size.index) if size is not None else None
        named = size is not None and size.lower in {"wide", "medium", "closeup", "close", "full", "long", "mcu", "cu"}
        return named and (before is None or before.text == ",") and (end is None or end.kind == "PUNCT")

    def _described(self) -> None:
        """ "A static, medium shot", "an orbiting drone shot": an adjective before what is filmed."""
        for word in self.words:
            still = word.lower in self.sets["still"]
            alone = word.lower in {"static", "locked"} and (self._stands_apart(word) or self._sized(word))
            if alone and not self._hidden(word.index, word.index + 1) and word.index not in self.negated:
                self._add("static", word.index, word.index + 1, word.index, "stands alone")
                continue
            if not (still or word.lower in self.sets["adjectives"]) or self._hidden(word.index, word.index + 1):
                continue
            shot, before = self._shot_behind(word), self._before(word.index)
            if shot is None or word.index in self.negated:
                continue
            if before is not None and before.could_be("stay", "remain", "keep", "be"):
                continue  # "the background stays fixed, centred framing"
            entry = self._match(word.index, self.tables.verbs) if not still else ("static", word.index + 1)
            if entry:
                move = self._flown(entry[0], word.index, shot.index)
                self._add(move, self._with_modifiers(word.index), shot.index + 1, word.index, "describes the shot")
                self._swallow(shot.index + 1)

    def _performed(self) -> None:
        """ "The camera makes a subtle forward move", "performs one slow orbit": what a verb of doing leads to."""
        for word in self.words:
            verb = self._after(word.index, "ADV") if word.lower in self.sets["subjects"] else None
            if verb is None or not verb.could_be_of(self.sets["performing"]):
                continue
            end = verb.index + 1
            while end < len(self.words) and (self.words[end].kind in _WITHIN or self.words[end].lower in {",", "one"}):
                end += 1
            named = next((near for near in reversed(self._same(verb, verb.index + 1, end)) if self._names(near)), None)
            if named is None or self._hidden(verb.index, named.index + 1) or not self._is_camera(word):
                continue
            own = [lemma for lemma in self.vocabulary.camera.own if named.could_be(lemma)] or ["move"]
            sides = [side for _, side in self._directions(verb.index + 1, end)]
            moves = (self.tables.verbs.get((lemma, side)) for lemma in own for side in (*sides, ""))
            move = next((move for move in moves if move), None)
            if move and verb.index not in self.negated:
                self._add(move, word.index, named.index + 1, named.index, "the camera makes it")

    def _names(self, word: Word) -> bool:
        """Whether a word may name what a camera makes: a move, or one that only a camera makes."""
        return word.lower in self.sets["made"] or bool(word.could_be_of(self.vocabulary.camera.own))

    def _shot_behind(self, word: Word) -> Word | None:
        """What an adjective of the camera describes: the shot or camera behind it, other adjectives between."""
        for near in self.words[word.index + 1 : word.index + 1 + _MODIFIERS]:
            if near.sentence != word.sentence:
                return None
            if near.lower in self.sets["takes"]:
                return near
            if near.lower in {"two", "three"}:
                continue  # "a static two-shot"
            apart = near.kind in {"VERB", "PREP", "DET", "PRON", "AUX"} and near.form not in {"ing", "attributive"}
            if (apart and near.lower != "up") or (near.kind == "PUNCT" and near.text != ","):
                return None
        return None

    def _movement(self) -> None:
        """ "Gentle camera movement forward", "-camera clockwise": nothing but the way that the camera takes."""
        for word in self.words:
            if word.lower not in {"camera", "cam"} or word.index in self.negated or not self._steers(word):
                continue
            way = self._after(word.index)
            named = way is not None and way.lower in {"movement", "motion", "move"}
            while way is not None and (way.lower in {"movement", "motion", "move", "to", "the"} or way.text == ":"):
                way = self._after(way.index)
            if way is None or self._hidden(word.index, way.index + 1):
                continue
            side = next((name for _, name in self._directions(way.index, way.index + 1)), "")
            move = (self.tables.verbs.get(("move", side)) or self.tables.verbs.get(("turn", side))) if side else None
            ends = self._after(way.index)
            while ends is not None and (ends.lower.endswith("ly") or ends.lower in {"slow", "fast"}):
                ends = self._after(ends.index)
            adverb = way.lower not in {"in", "on", "to", "near"} or named
            if move is not None and adverb and (ends is None or ends.kind in {"PUNCT", "CONJ"}):
                self._add(move, self._with_modifiers(word.index), way.index + 1, way.index, "a movement and its way")

    def _steers(self, word: Word) -> bool:
        """Whether a camera opens its clause, or its movement is named: not "she puts the camera down"."""
        before, after = self._before(word.index), self._after(word.index)
        named = after is not None and after.lower in {"movement", "motion", "move"}
        return named or before is None or before.kind == "PUNCT"

    def _hurried(self) -> None:
        """ "Fast camera speed", "camera movement: frantic": a camera in a hurry, wherever it goes."""
        for word in self.words:
            said = self._after(word.index) if word.lower in {"camera", "cam"} else None
            if said is None or said.lower not in self.sets["manners"]:
                continue
            if self._hidden(word.index, said.index + 1) or word.index in self.negated:
                continue
            before, after = self._before(word.index), self._after(said.index)
            while after is not None and (after.text == ":" or after.kind == "AUX"):
                after = self._after(after.index)
            ends = self._after(after.index) if after is not None else None
            behind = after is not None and self._in_haste(after) and (ends is None or ends.kind in {"PUNCT", "CONJ"})
            if behind or (before is not None and self._in_haste(before) and (after is None or after.kind != "ADV")):
                last = after.index + 1 if behind and after is not None else said.index + 1
                self._add("fast_move", self._with_modifiers(word.index), last, said.index, "the camera is in a hurry")

    def _in_haste(self, word: Word) -> bool:
        return word.lower in self.sets["hurried"] and word.kind in {"ADJ", "NOUN", "ADV", "VERB"}

    def _continued(self) -> None:
        """ "The camera descends. Starts overhead, settles low.": whose verbs these are stood in the sentence before."""
        filmed = False
        for start in self.reading.starts.values():
            word = self.words[start]
            before = self.reading.sentence_before(word)
            named = any(near.lower in self.sets["subjects"] for near in before[:3])
            moved = bool(before) and any(before[0].index <= found.first <= before[-1].index for found in self.found)
            others = (near.lower for near in before if near.lower != "subject")  # whom the camera moves about
            alive = any(self.vocabulary.noun_kinds.get(other) in ACTORS for other in others)
            filmed = (filmed or (named and moved and not alive)) and self._stands_first(word)
            for verb in self._same(word, start, len(self.words)) if filmed else ():
                ahead = self._before(verb.index)
                bound = ahead is None or ahead.text == "," or ahead.kind == "CONJ"
                if bound and self._stands_first(verb):
                    self.taken.add(verb.index)

    def _stands_first(self, word: Word) -> bool:
        """Whether a word is a finite verb, whatever the parser made of it where no subject stands before it."""
        after = self._after(word.index)
        led = after is None or after.kind in {"ADV", "PREP", "DET", "PUNCT", "NUM"} or after.lower == "close"
        return any(form == "s" for _, form in word.verbs) and (word.kind == "VERB" or led)

    def _held(self) -> None:
        """ "Keep the camera completely still", "camera perfectly static": said behind the camera."""
        for word in self.words:
            if word.lower not in {"camera", "shot", "frame", "cam"} or self._hidden(word.index, word.index + 1):
                continue
            near = self._after(word.index)
            while (
                near is not None and (near.kind in {"ADV", "AUX"} or near.text in {":", "]"}) and near.lower != "still"
            ):
                near = self._after(near.index)
            after = self._after(near.index) if near is not None else None
            loose = after is None or after.kind not in {"NOUN", "ADJ"} or after.lower in {"while", "as", "tripod"}
            if near is not None and near.lower in self.sets["still"] | {"still", "steady"} and loose:
                self._add("static", word.index, near.index + 1, word.index, "the camera is held")

    def _only_holds(self, static: Found, found: list[Found]) -> bool:
        """ "Holds low to the ground, pushing toward": what is held is the height, since the camera moves."""
        word = next((w for w in self.words[static.first : static.last] if w.could_be("hold", "stay", "keep")), None)
        near = range(static.last, static.last + 3 * _AIM)
        beside = any(f.move != "static" and f.first in near for f in found)
        after = self._after(static.last - 1)
        posture = after is not None and (after.kind in {"ADJ", "PREP"} or after.lower in {"low", "high", "close"})
        return word is not None and beside and posture and static.why != "describes the shot"
