"""The camera's clauses told again: calm moves in the author's words, big ones made small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.coach.cues.camera import Found
from studio.coach.cues.clauses import Clause
from studio.coach.cues.events import Event
from studio.coach.language.words import Word
from studio.coach.telling.checks.roughness import doing, talks_about_the_clip, uninflected
from studio.coach.telling.checks.soundness import is_finite
from studio.coach.telling.clauses.camera_phrasing import camera_sentence, gentle_sentence, is_only_slowed
from studio.coach.telling.clauses.retelling import Retelling
from studio.coach.telling.meaning.commands import TAKES, WAYS, commanded
from studio.coach.telling.meaning.flights import flights, flown
from studio.coach.telling.meaning.same_move import AMOUNTS, told_again
from studio.coach.telling.wording.draft import Bit, Draft, echo
from studio.coach.telling.wording.phrasing import finite
from studio.coach.telling.wording.titles import with_names

__all__ = ["CameraTelling"]

_STRESSING = {"very", "super", "hyper", "ultra", "so", "too", "really", "extremely", "incredibly", "insanely"}
_SIDEWAYS = {"side", "lateral", "sideways"}
_NAMING = 3  # words that name a move that is told elsewhere
_TAG = 2  # words of a move that is only named
_GRAMMAR = {"the", "to", "subject"}
_VIEWPOINTS = {"overhead", "aerial", "drone", "fpv", "pov"}  # no plain sentence of a move says them
_HANGING = {"with", "as", "while", "featuring", "then", "and", "before"}


class CameraTelling:
    """How the camera moves of one prompt are said; `slow` says every one slowly, `safe` takes a kind that uncovers
    less."""

    def __init__(self, retelling: Retelling, *, slow: bool, safe: bool) -> None:
        self.retelling, self.slow, self.safe = retelling, slow, safe
        self.parse, self.words = retelling.parse, retelling.parse.reading.words
        self.sets = retelling.parse.vocabulary.sets
        self.flights = {flight.first: flight for flight in flights(self.parse)}
        self.flown = flown(self.parse)
        self.named = told_again(self.parse)
        self.said = set(self.named)  # where the moves begin that were said in other words than the author's

    def is_big(self, found: Found) -> bool:
        """Whether a move shows more than one still holds."""
        fast = self.slow and found.level > 1 and found.move != "static"
        return self.safe or fast or found.move in self.parse.vocabulary.camera.aggressive or found.level == 3

    def sentences(self, clause: Clause, events: list[Event]) -> list[Draft]:
        """The moves of a clause as sentences of their own; none where they are told with what happens in it."""
        clause = replace(clause, last=with_names(clause.last - 1, self.parse) + 1)
        moves = [found for found in clause.moves if found.first not in self.flown and found.first not in self.named]
        if clause.moves and not moves and all(found.first in self.named for found in clause.moves):
            return []  # it is told where more is said of it
        big = [found for found in moves if self.is_big(found)]
        aggressive = self.parse.vocabulary.camera.aggressive
        if big and (self.slow or self.safe or any(found.move in aggressive for found in big)):
            told = [self._gentle(found, clause) if found in big else self.plain(found, clause) for found in moves]
            return [self._in_turn(clause, told[0]), *told[1:]]
        if big and all(found.move == "handheld" for found in moves):
            return [self.plain(moves[0], clause, slower=True)]  # a shake made slow is a sway
        return [] if events else [self._worded(clause, slower=bool(big))]

    def again(self, found: Found, clause: Clause) -> Draft:
        """A move that its clause was told without."""
        if self.safe or found.move in self.parse.vocabulary.camera.aggressive or (self.slow and self.is_big(found)):
            return self._gentle(found, clause)
        return self.plain(found, clause, slower=found.level == 3)

    def _gentle(self, found: Found, clause: Clause) -> Draft:
        """A big move made small, with the words of all its legs found again; a calm one is the author's, slowly."""
        if not self.safe and found.move not in self.parse.vocabulary.camera.aggressive:
            return self.plain(found, clause, slower=True)
        self.said.add(found.first)
        flight = self.flights.get(found.first)
        words = self.words[clause.first : max(clause.last, flight.last if flight is not None else 0)]
        named = (begin for begin, other in self.named.items() if other == found)
        words = (*words, *(word for begin in named for word in self.words[begin : begin + _NAMING]))
        text = gentle_sentence(found, self.parse, kept=not self.safe, slow=self.slow)
        if not is_only_slowed(found, kept=not self.safe):
            return echo(text, words, own=True)
        told = tuple(replace(bit, coach=bit.coach or _is_new(bit, words)) for bit in echo(text, words, own=False))
        return self._naming(found, told, slower=True)

    def plain(self, found: Found, clause: Clause, *, slower: bool = False) -> Draft:
        """A move in the coach's plain words, those of the author's among them found again."""
        self.said.add(found.first)
        told = self._echo(camera_sentence(found, self.parse, level=1 if slower else None), clause, own=False)
        return self._naming(found, told, slower=slower)

    def _naming(self, found: Found, draft: Draft, *, slower: bool) -> Draft:
        """A sentence that says a move by its meaning says the words that named it, those of its speed aside."""
        levels = self.parse.vocabulary.levels
        first, manners = found.first, self.parse.vocabulary.telling.manners
        while first and (self.words[first - 1].lower in manners or self.words[first - 1].lower == "camera"):
            first -= 1  # "soft camera push-in"
        named = range(first, found.last)
        paces = {i: pace[1] for i in named if (pace := levels.at((self.words[i].lower,), 0)) is not None}
        fast = {i for i, level in paces.items() if slower and 3 in {level, found.level}}
        amounts = {i for i in named if self.words[i].kind == "NUM" or self.words[i].lower in AMOUNTS}
        fast |= amounts if slower and found.move in self.parse.vocabulary.camera.aggressive else set()
        return (*draft[:-1], replace(draft[-1], also=tuple(i for i in named if i not in fast))) if draft else draft

    def flows(
        self, clause: Clause, events: list[Event], following: Clause | None, *, goes_on: bool, films: bool
    ) -> bool:
        """Whether calm moves are told where they stand: as a sentence, its next part, or before "as he turns".

        `goes_on` tells that a sentence is open, `films` that its last clause is the camera's too.
        """
        if events or any(map(self.is_big, clause.moves)) or all(found.first in self.named for found in clause.moves):
            return False
        words = self.words[clause.first : clause.last]
        if uninflected(words, self.parse) is not None or self._wished(words) is not None:
            return False
        if not (goes_on and films) and doing(words, clause.moves) is not None:
            return False
        if words[-1].lower in TAKES and not any(is_finite(word) for word in words):
            return False  # ", tracking shot"
        spoken = any(w.kind == "VERB" and w.form in {"s", "base", "preterite"} for w in words)
        named = words[0].kind in {"DET", "NOUN"} and any(w.lower in self.sets["telling_recorders"] for w in words[:4])
        comma = [word.text for word in self.words[clause.link : clause.first]] == [","]
        command = comma and words[0].form == "base"  # "a lantern swings, pan left"
        whole = spoken and named and not talks_about_the_clip(words)
        return (
            whole
            or (goes_on and (films or not command) and (spoken or words[0].kind == "VERB"))
            or (self._leads(following) and not talks_about_the_clip(words))
        )

    def _leads(self, following: Clause | None) -> bool:
        """ "Push in as he turns": the clause behind hangs on the move."""
        if following is None or following.moves:
            return False
        link = {w.lower for w in self.words[following.link : following.first]}
        return bool(link & self.sets["telling_binding"])

    def _worded(self, clause: Clause, *, slower: bool) -> Draft:
        """The author's words for a move; a sentence where they hang on a "with" or are too few."""
        words = self.words[clause.first : clause.last]
        if len(words) == 1 or talks_about_the_clip(words) or self._shows_by_moving(clause):
            return self.plain(clause.moves[0], clause, slower=slower)
        draft = self._slower(clause) if slower else self.retelling.plain(clause.first, clause.last)
        tagged = len(words) == _TAG and words[-1].form == "ing" and len(clause.moves) == 1
        if tagged and words[0].lower not in self.sets["telling_recorders"]:
            act = Bit(finite(words[-1], False, self.parse), words[-1].index)
            way = (Bit("sideways", clause.first),) if words[0].lower in _SIDEWAYS else ()
            told = (Bit("the", filler=True), Bit("camera", coach=True), act, *way)
            return told if way else self.plain(clause.moves[0], clause, slower=slower)  # "side travelling"
        asked = commanded(words, clause.moves)
        if asked is not None:
            return self._obeyed(asked, draft)
        leg = next((word for word in words if word.kind not in {"ADV", "CONJ"} and word.lower not in _HANGING), None)
        next_ = self._asked_next(clause)
        if next_ is not None:
            return next_
        if leg is not None and leg.kind == "VERB" and leg.form == "s":  # ", then tilts up", behind a sentence closed
            led = [i for i, bit in enumerate(draft) if bit.text.lower() in _HANGING and (bit.source or 0) < leg.index]
            place = led[-1] + 1 if led else 0
            ahead = tuple(bit for bit in draft[:place] if bit.text.lower() != "and")
            return (*ahead, Bit("the", filler=True), Bit("camera", coach=True), *_lowered(draft[place:]))
        if words[0].lower in _HANGING:
            verb = self._filming(words)
            if verb is not None:
                return tuple(
                    replace(bit, text=finite(verb, False, self.parse)) if bit.source == verb.index else bit
                    for bit in draft
                    if bit.source != clause.first
                )
            return self.plain(clause.moves[0], clause, slower=slower) if len(words) <= 2 else draft
        if len(words) > 2 and words[1].text == ":":
            words, draft = words[2:], tuple(bit for bit in draft if bit.source not in {words[0].index, words[1].index})
            if words[0].form == "ing":  # "camera: tracking left to right"
                act = Bit(finite(words[0], False, self.parse), words[0].index)
                return (Bit("the", filler=True), Bit("camera", coach=True), act, *draft[1:])
        wish = self._wished(words)
        if wish is not None:
            modal, verb = wish
            acts = finite(verb, False, self.parse)
            bits = (replace(bit, text=acts) if bit.source == verb.index else bit for bit in draft)
            return tuple(bit for bit in bits if bit.source != modal.index)
        bare = uninflected(words, self.parse)
        if bare is not None:
            lemma = next(lemma for lemma, form in bare.verbs if form == "base")
            said = {bare.index: finite(replace(bare, lemma=lemma), False, self.parse), words[0].index: words[0].lower}
            bits = (replace(bit, text=said.get(-1 if bit.source is None else bit.source, bit.text)) for bit in draft)
            return (Bit("the", filler=True), *bits)
        going = doing(words, clause.moves)
        if going is not None and going is not words[0] and self.words[going.index - 1].lower in TAKES:
            return self.plain(clause.moves[0], clause, slower=slower)  # "camera movement zooming"
        if going is not None:
            ahead = _lowered(tuple(bit for bit in draft if bit.source is not None and bit.source < going.index))
            named = any(bit.text.lower() in self.sets["telling_recorders"] for bit in ahead)
            who = ahead if named else (Bit("camera", coach=True), *ahead)
            behind = draft[draft.index(next(bit for bit in draft if bit.source == going.index)) + 1 :]
            act = Bit(finite(going, False, self.parse), going.index)
            article = () if self.words[words[0].index].kind == "DET" else (Bit("the", filler=True),)
            return (*article, *who, act, *behind)  # "handheld camera moving closer", "zooming in"
        verb = self._filming(words) if words[0].lower in {"camera", "cam"} else None
        shown = verb is not None and any(word.lower in TAKES for word in self.words[clause.first : verb.index + 2])
        if shown:
            return self.plain(clause.moves[0], clause, slower=slower)  # "camera wide shot moving through the hall"
        if verb is not None and verb.form == "ing" and not any(w.kind in {"AUX", "NOT"} for w in words):
            said = {verb.index: finite(verb, False, self.parse), words[0].index: words[0].lower}
            bits = (replace(bit, text=said.get(-1 if bit.source is None else bit.source, bit.text)) for bit in draft)
            return (Bit("the", filler=True), *bits)  # "camera tilting down"
        end = next((i for i, word in enumerate(words) if word.kind == "PREP"), len(words))
        opening = words[:end]
        verbless = all(word.kind not in {"VERB", "AUX"} and word.lower not in _VIEWPOINTS for word in opening)
        if verbless and {len(clause.moves), clause.moves[0].move} & {1, "handheld"}:
            return self.plain(clause.moves[0], clause, slower=slower)  # "soft camera push-in", "quick zoom out"
        if words[0].lower in {"camera", "cam", "drone"} and not any(w.form == "s" or w.kind == "AUX" for w in words):
            return self.plain(clause.moves[0], clause, slower=slower)  # "camera low angle slowly push in"
        spoken = any(w.lower in self.sets["telling_recorders"] or w.kind == "VERB" for w in words)
        spoken = spoken and not (len(words) == 2 and words[1].lower in TAKES | {"camera"})  # "tracking shot"
        spoken = spoken and len(words) > 1  # "[Shake]"
        return draft if len(words) > 2 or spoken else self.plain(clause.moves[0], clause, slower=slower)

    def _in_turn(self, clause: Clause, told: Draft) -> Draft:
        """A move that was to come next still does: "Then the camera slowly pushes in."."""
        then = next((w for w in self.words[clause.link : clause.first + 2] if w.lower == "then"), None)
        return told if then is None or not clause.link else (Bit("then", then.index), *_lowered(told))

    def _asked_next(self, clause: Clause) -> Draft | None:
        """ "Then rack focus to the wall", "then zoom in": a command behind another sentence is a sentence like it."""
        words = self.words[clause.first : clause.last]
        opens = next((i for i, word in enumerate(words) if word.lower not in {"and", "then"}), 0)
        then = next((word for word in words[:opens] if word.lower == "then"), None)
        lead = () if then is None else (Bit("then", then.index),)
        behind, found = words[opens:], clause.moves[0]
        bare = next((word for word in behind if not word.lower.endswith("ly")), None)
        if bare is None or bare.index != found.first or bare.form in {"s", "ing", "preterite"}:
            return None
        if found.move == "rack_focus" and len(clause.moves) == 1:
            return (*lead, *(_lowered(self.plain(found, clause)) if lead else self.plain(found, clause)))
        said_as_verb = any(form == "base" for _, form in bare.verbs)
        after = self.words[bare.index + 1] if bare.index + 1 < clause.last else None
        if not lead or not said_as_verb or after is None or after.lower not in WAYS:
            return None
        return (*lead, *self._obeyed(bare, self.retelling.plain(clause.first + opens, clause.last)))

    def _obeyed(self, asked: Word, draft: Draft) -> Draft:
        """ "Zoom in on the cup": the camera zooms in on the cup."""
        lemma = next((lemma for lemma, form in asked.verbs if form == "base"), asked.lower)
        act = Bit(finite(replace(asked, lemma=lemma, kind="VERB", form="base"), False, self.parse), asked.index)
        behind = (act if bit.source == asked.index else bit for bit in _lowered(draft))
        return (Bit("the", filler=True), Bit("camera", coach=True), *behind)

    def _shows_by_moving(self, clause: Clause) -> bool:
        """ "A shot that zooms out showing a house": what is shown is a picture, and the move is all that happens."""
        words = self.words[clause.first : clause.last]
        relative = next((w for w in words[:4] if w.lower in {"that", "which"}), None)
        if relative is None or not clause.moves:
            return False
        shown = any(w.lower in self.sets["telling_views"] for w in words[: relative.index - clause.first])
        return shown and clause.moves[0].first <= relative.index + 1 < clause.moves[0].last

    def _wished(self, words: tuple[Word, ...]) -> tuple[Word, Word] | None:
        """ "The camera should move back": the words that wish, and the verb."""
        modal = next((w for w in words if w.kind == "AUX" and w.lower in self.sets["telling_modals"]), None)
        if modal is None:
            return None
        verb = next((w for w in words if w.index > modal.index and w.kind != "ADV"), None)
        return (modal, verb) if verb is not None and verb.kind == "VERB" and verb.form == "base" else None

    def _filming(self, words: tuple[Word, ...]) -> Word | None:
        """The verb of "with the camera panning"."""
        verb = next((w for w in words[1:] if w.kind == "VERB" and w.form in {"ing", "s"}), None)
        if verb is None:
            return None
        named = any(w.lower in self.sets["telling_recorders"] for w in words if w.index < verb.index)
        return verb if named else None

    def _slower(self, clause: Clause) -> Draft:
        """The same words with the speed taken out of them: "quick zoom" becomes "slow zoom"."""
        fast = {
            index: (first, last)
            for first, last, level in self.parse.vocabulary.levels.find(self.parse.reading.lowers)
            if level == 3 and clause.first <= first and last <= clause.last
            for index in range(first, last)
        }
        bits: list[Bit] = []
        for bit in self.retelling.plain(clause.first, clause.last):
            index = bit.source if bit.source is not None else -1
            if bit.text.lower() in _STRESSING and any(near in fast for near in (index + 1, index + 2)):
                continue  # "super fast", "hyper-fast"
            if index not in fast:
                bits.append(bit)
            elif index == fast[index][0]:
                bits.append(Bit("slow" if self._before_noun(bit, fast[index][1]) else "slowly", coach=True))
        return tuple(bits)

    def _before_noun(self, bit: Bit, last: int) -> bool:
        after = self.words[last] if last < len(self.words) else None
        noun = after is not None and after.kind in {"NOUN", "ADJ"} and not bit.text.lower().endswith("ly")
        return noun or self.words[last - 1].kind != "ADV"

    def _echo(self, text: str, clause: Clause, *, own: bool) -> Draft:
        return echo(text, self.words[clause.first : clause.last], own=own)


def _is_new(bit: Bit, words: Sequence[Word]) -> bool:
    """Whether a word of a gentle sentence is none of the author's in any form: "arcs" for "orbits", "a few degrees"."""
    bare = bit.text.strip(".,").lower()
    stems = {bare.removesuffix("s"), bare.removesuffix("ly")}
    theirs = any(len(stem) > 2 and word.lower.startswith(stem) for stem in stems for word in words)
    return bit.source is None and bare not in _GRAMMAR and not theirs


def _lowered(draft: Draft) -> Draft:
    """Without the capital of what no longer opens the sentence."""
    return tuple(replace(bit, text=bit.text.lower()) if place == 0 else bit for place, bit in enumerate(draft))
