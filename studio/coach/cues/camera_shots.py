"""Camera work that is said of a shot: "a static shot", "an orbiting drone shot", "drone over the cliffs"."""

from __future__ import annotations

from studio.coach.cues.camera_grammar import Found
from studio.coach.cues.carriers import Carriers
from studio.coach.language.words import Word
from studio.shot import Move

__all__ = ["ShotWords"]

_AIM = 8  # words of a move's aim, before another move is tied on
_WITHIN = {"DET", "ADJ", "ADV", "NUM", "NOUN", "VERB"}
_MODIFIERS = 5  # words between "static" and the shot that it describes


class ShotWords(Carriers):
    """Finds moves by what describes a shot, by what holds the camera, and by what flies."""

    def _stands_apart(self, word: Word) -> bool:
        """ "Static, wind in her hair": the word alone between two marks; "completely" says it more."""
        before, after = self._before(word.index), self._after(word.index)
        while before is not None and before.kind == "ADV":
            before = self._before(before.index)
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
            verb = self._after(word.index)
            while verb is not None and verb.kind == "ADV":
                verb = self._after(verb.index)
            if verb is None or not verb.could_be(*self.sets["performing"]) or word.lower not in self.sets["subjects"]:
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
        return word.lower in self.sets["made"] or bool(word.could_be(*self.vocabulary.camera.own))

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

    def _recorders(self) -> None:
        """ "A drone shot along the coast": a shot from what flies, and the path that it takes."""
        for word in self.words:
            if self._hidden(word.index, word.index + 1):
                continue
            if word.lower in self.sets["voyages"] and self._flies_over(word):
                over = self.words[word.index + 1].lower
                move: Move = "fly_through" if over in {"through", "into", "between"} else "aerial_move"
                self._add(move, self._with_modifiers(word.index), word.index + 2, word.index, "a flight is named")
                continue
            if word.lower not in self.sets["recorders"]:
                continue
            shot = self._after(word.index)
            if self._flies_over(word):
                self._add("aerial_move", word.index, word.index + 2, word.index, "a drone and the path that it takes")
                continue
            path = self._after(shot.index) if shot is not None and shot.lower in self.sets["takes"] else None
            if shot is not None and path is not None and path.lower in self.sets["paths"]:
                self._add("aerial_move", word.index, shot.index + 1, word.index, "a drone takes this path")

    def _movement(self) -> None:
        """ "Gentle camera movement forward": a movement, and its direction right behind it."""
        for word in self.words:
            said = self._after(word.index)
            named = (
                word.lower in {"camera", "cam"} and said is not None and said.lower in {"movement", "motion", "move"}
            )
            way = self._after(said.index) if named and said is not None else None
            if way is None or self._hidden(word.index, way.index + 1) or word.index in self.negated:
                continue
            place = next(((n, at) for at, n in self._directions(way.index, way.index + 1)), None)
            move = self.tables.verbs.get(("move", place[0])) if place is not None else None
            ends = self._after(way.index)
            if move is not None and (ends is None or ends.kind in {"PUNCT", "CONJ"}):
                self._add(move, self._with_modifiers(word.index), way.index + 1, way.index, "a movement and its way")

    def _flies_over(self, word: Word) -> bool:
        """ "Drone over the cliffs": no verb, and nothing before it in its clause."""
        before, path = self._before(word.index), self._after(word.index)
        while before is not None and word.lower in self.sets["voyages"] and before.kind in {"DET", "ADJ", "NUM", "ADV"}:
            before = self._before(before.index)
        opens = before is None or before.kind in {"PUNCT", "NUM"}
        over = path is not None and path.lower in self.sets["paths"] | {"over", "above"}
        rest = self._same(word, word.index + 2, word.index + 2 + _AIM)
        end = next((near.index for near in rest if near.kind == "PUNCT"), len(self.words))
        return opens and over and not any(near.kind in {"VERB", "AUX"} for near in rest if near.index < end)

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
