"""Flights: what is seen from the air or out of somebody's eyes, with or without a camera that is named."""

from __future__ import annotations

from studio.coach.cues.carriers import ACTORS, Carriers
from studio.coach.language.words import Word
from studio.shot import Move

__all__ = ["Flights"]

_AIM = 8  # words of a flight's path
_ROUND = 4  # words behind "360 degree" that may name what goes round
_INTO = {"through", "into", "between", "inside"}
_OVER = {"over", "above"}
_NUMBERS = {"180", "270", "360"}


class Flights(Carriers):
    """Finds flights: first-person views, drones and their paths, and travels that nobody is named for."""

    def _first_person(self) -> None:
        """A first-person view that flies is an FPV shot; "POV" needs its flight right behind it."""
        for first, last, flies in self.tables.first_person.find(self.reading.lowers):
            if self.masks.hides(self.words[first].start, self.words[last - 1].end):
                continue
            verb = self._flies_on(last)
            if verb is None and not (flies and self._flight_beside(first, last)):
                continue
            self._add("fpv", first, last, first, "first-person flight")
            if verb is not None:
                self.taken.add(verb.index)
            inside = {"dolly_in", "aerial_move", "fly_through", "zoom_in"}
            self.found = [
                f
                for f in self.found
                if f.move not in inside or f.first < first or self.words[f.first].sentence != self.words[first].sentence
            ]

    def _flight_beside(self, first: int, last: int) -> bool:
        """Whether the sentence speaks of flying, and not of somebody who flies: "hands flying a kite"."""
        for word in self.words:
            if word.sentence != self.words[first].sentence or word.lower not in self.sets["flight"]:
                continue
            before = self._before(word.index)
            who = before is not None and before.kind == "NOUN" and before.index >= last
            if not (who and before is not None and before.lower not in self.sets["spoken"] | self.sets["takes"]):
                return True
        return False

    def _flies_on(self, last: int) -> Word | None:
        """ "POV shot flying over a lake", "a first-person view quickly soars": the verb of the flight."""
        word = self._after(last - 1)
        while word is not None and (word.lower in self.sets["takes"] or word.kind == "ADV" or word.text == ","):
            word = self._after(word.index)
        flies = word is not None and word.kind == "VERB" and word.form in {"ing", "s"}
        return word if flies and word is not None and word.could_be_of(self.sets["soaring"]) else None

    def _recorders(self) -> None:
        """ "A drone shot along the coast": a shot from what flies, and the path that it takes."""
        for word in self.words:
            if self._hidden(word.index, word.index + 1):
                continue
            if word.lower in self.sets["voyages"] and self._flies_over(word):
                over = self.words[word.index + 1].lower
                move: Move = "fly_through" if over in _INTO else "aerial_move"
                self._add(move, self._with_modifiers(word.index), word.index + 2, word.index, "a flight is named")
                continue
            if word.lower not in self.sets["recorders"] | {"aerial"}:
                continue
            shot = self._after(word.index)
            if self._flies_over(word):
                self._add("aerial_move", word.index, word.index + 2, word.index, "a drone and the path that it takes")
                continue
            path = self._after(shot.index) if shot is not None and shot.lower in self.sets["takes"] else None
            if shot is not None and path is not None and path.lower in self.sets["paths"]:
                self._add("aerial_move", word.index, shot.index + 1, word.index, "a drone takes this path")

    def _flies_over(self, word: Word) -> bool:
        """ "Drone over the cliffs": no verb, and nothing before it in its clause."""
        before, path = self._before(word.index), self._after(word.index)
        while before is not None and word.lower in self.sets["voyages"] and before.kind in {"DET", "ADJ", "NUM", "ADV"}:
            before = self._before(before.index)
        opens = before is None or before.kind in {"PUNCT", "NUM"}
        over = path is not None and path.lower in self.sets["paths"] | _OVER
        rest = self._same(word, word.index + 2, word.index + 2 + _AIM)
        end = next((near.index for near in rest if near.kind == "PUNCT"), len(self.words))
        return opens and over and not any(near.kind in {"VERB", "AUX"} for near in rest if near.index < end)

    def _filmed(self) -> None:
        """ "Filmed with a drone, climbing along the cliff", "POV of a drone over a lake": the drone is the camera."""
        for drone in self.words:
            if drone.lower not in self.sets["recorders"] or self._hidden(drone.index, drone.index + 1):
                continue
            by = self._before(drone.index)
            by = self._before(by.index) if by is not None and by.kind == "DET" else by
            said = self._before(by.index) if by is not None else None
            if by is None or said is None or not self._films(said, by):
                continue
            verbs = [
                word for word in self._same(drone, drone.index + 1, len(self.words)) if self._leads_on(word, drone)
            ]
            if verbs:
                move: Move = "fpv" if said.lower == "pov" else "aerial_move"
                self._add(move, said.index, drone.index + 1, verbs[0].index, "it is filmed by what flies")
                for verb in verbs:
                    if verb.index > 0 and self.words[verb.index - 1].lower == "then":
                        self._add(move, verb.index, verb.index + 1, verb.index, "and goes on")
                self.taken.update(word.index for word in verbs)

    def _films(self, said: Word, by: Word) -> bool:
        """Whether what is said of a drone makes it the camera: "shot with", "an aerial view of"."""
        near = {word.lower for word in self._same(said, said.index - 2, said.index + 1)}
        seen = said.lower == "pov" or (said.lower in self.sets["takes"] and "aerial" in near)
        filmed = said.could_be("shoot", "film", "capture", "record") != ""
        return (by.lower == "of" and seen) or (by.lower in {"with", "by", "from", "on", "via"} and filmed)

    def _leads_on(self, word: Word, drone: Word) -> bool:
        """Whether a participle says where the drone goes: right behind it, or behind a mark or "then"."""
        before = self.words[word.index - 1]
        bound = before is drone or before.kind in {"PUNCT", "CONJ"} or before.lower == "then"
        return word.form == "ing" and bound and (self._moves(word.index) is not None)

    def _full_circle(self) -> None:
        """ "A 360° flyover of the house", "360 degrees camera movement": how far round, and what goes there."""
        for word in self.words:
            if word.lower not in _NUMBERS or self._hidden(word.index, word.index + 1) or self._theirs(word.index):
                continue
            end = word.index + 1
            while end < len(self.words) and self.words[end].lower in {"degree", "degrees", "°", "full"}:
                end += 1
            before, camera = self._before(word.index), self._same(word, end, end + 2)
            spun = [near.lower for near in camera] == ["camera", "around"]
            if spun or (end > word.index + 1 and before is not None and before.lower in {"camera", "cam"}):
                self._add("orbit", word.index, end, word.index, "how far it goes round")
                continue
            for near in self._same(word, end, end + _ROUND):
                if near.kind in {"PREP", "PUNCT", "AUX"} or near.lower in {"video", "videos"}:
                    break
                if near.lower in self.sets["rounds"]:
                    self._add("orbit", word.index, end, word.index, "how far it goes round")
                    break

    def _rushing(self) -> None:
        """ "Racing towards the dawn": a flight that nobody is named for, where a sentence opens."""
        for start in self.reading.starts.values():
            word = self.words[start]
            move = self._rushes_off(word)
            if move and not self._hidden(start, start + 2) and word.index not in self.negated:
                self._add(move, start, start + 1, start, "a flight that nobody is named for")
                self.taken.add(start + 1)

    def _rushes_off(self, word: Word) -> Move | None:
        """ "Racing towards the dawn", "being pulled down a shaft": nobody does it, so the viewer does."""
        drawn = self._after(word.index) if word.could_be("be", "get") or word.lower == "being" else None
        pulled = drawn is not None and bool(drawn.could_be_of(self.sets["drawn"]))
        verb = drawn if pulled and drawn is not None else word
        path = self._after(verb.index)
        if word.form != "ing" and word.lower != "being":
            return None
        if path is None or path.kind != "PREP" or self._someone_comes(word):
            return None
        if pulled:
            return "fly_through" if path.lower in _INTO else None
        if not verb.could_be_of(self.sets["soaring"]) or verb.could_be_of(self.sets["turning"]):
            return None
        if path.lower in _INTO or path.lower in _OVER:
            return "fly_through" if path.lower in _INTO else "aerial_move"
        if path.lower in {"around", "round"}:
            return "orbit"
        return "fast_move" if verb.could_be_of(self.vocabulary.camera.rushing) else "aerial_move"

    def _wandering(self) -> None:
        """ "Walk forward down the street": a way that a prompt opens with and that nobody is named for."""
        if not self.words:
            return
        word = self.words[0]
        path = self._after(0, "ADV")
        way = path is not None and path.kind == "PREP" and path.lower in self.sets["ways"]
        goes = word.may_be("base", "ing") and bool(word.could_be_of(self.sets["wandering"]))
        if path is None or not way or not goes or self._hidden(0, path.index + 1) or 0 in self.negated:
            return
        if 0 not in self.taken and self._place_behind(path) and not self._someone_goes(path):
            self._take("dolly_in", 0, path.index, 0)

    def _place_behind(self, path: Word) -> bool:
        return any(near.kind == "NOUN" for near in self._same(path, path.index + 1, path.index + 1 + _ROUND))

    def _someone_goes(self, path: Word) -> bool:
        """Whether somebody is there to go: named in the sentence, meant by a pronoun, or told a second deed."""
        kinds, viewers = self.vocabulary.noun_kinds, {"it", "its", "we", "us", "our", "you", "your", "this", "that"}
        if any(near.kind == "PRON" and near.lower not in viewers for near in self.words):
            return True
        behind = self._same(path, path.index + 1, len(self.words))
        mark = next((near.index for near in behind if near.text in {",", ";", ":"}), len(self.words))
        clause = [near for near in behind if near.index < mark]
        joined = (near for near in clause if self.words[near.index - 1].lower == "and" and near.may_be("base"))
        deed = any(near.kind == "VERB" for near in clause) or any(True for _ in joined)  # "walk down the lane and wave"
        if deed or any(kinds.get(near.lower) in ACTORS for near in clause):
            return True
        return self.words[0].form == "ing" and self._someone_comes(path)

    def _someone_comes(self, word: Word) -> bool:
        """Whether somebody is named before, or right behind a comma: "racing down the hill, a boy laughs"."""
        kinds = self.vocabulary.noun_kinds
        if any(kinds.get(near.lower) in ACTORS or near.kind == "PRON" for near in self.words[: word.index]):
            return True
        behind = self._same(word, word.index + 1, len(self.words))
        comma = next((near.index for near in behind if near.text == ","), len(self.words))
        who = next((near for near in behind if near.index > comma and near.kind in {"NOUN", "PRON"}), None)
        if who is None:
            return False
        if who.kind == "PRON" or kinds.get(who.lower) in ACTORS:
            return True
        acts = self._after(who.index)
        return kinds.get(who.lower) is None and acts is not None and acts.kind == "VERB" and acts.form == "s"
