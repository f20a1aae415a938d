"""What may move in a prompt, however it was read: a verb where one can stand, an event, weather, how time goes.

The events of a parse are what surely moves. This asks the other question, of words that a rewrite leaves out: could
it be that something happens here? Looks and states are answered with no; where it is open, the answer is yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.meaning.meant import is_meant
from studio.coach.telling.meaning.things import lives
from studio.coach.telling.wording.phrasing import describes, of_a_quality
from studio.coach.vocabulary.phrases import Phrases
from studio.shot import Span

__all__ = ["LONGEST", "RESTING", "Mover", "Stirring"]

Sort = Literal["deed", "event", "weather", "pace", "manner"]
LONGEST = 240
"""Words: what lies behind them has no room in one shot."""
RESTING = {"steady", "still", "static", "frozen", "unmoving"}
"""Before what stirs by itself and does not: "steady mist"."""
_NEAR = 24  # words of a piece on either side of one
_DOING = {"s", "ing", "base", "preterite"}
_FINITE = {"", "s", "preterite"}
_SAID = {"say", "read", "spell", "write", "name", "call", "title", "label"}
_FOLLOWS = {"PREP", "DET", "ADV", "PRON", "NOUN"}
_STANDING = {"dawn", "chase", "parade", "battle"}  # of the lists of weather and events, what may be a mere setting
_DRIFTING = {"breeze", "particles", "motes", "snowflakes", "raindrops", "droplets"}
_FAR = 5  # words behind "like" that are still compared
_SELVES = {"he", "she", "they", "it", "we", "who", "i", "you"}
_FORCED = {"make", "let", "help", "have"}


@dataclass(frozen=True)
class Mover:
    """A word that may move: its index, what sort it is, and its verb where it is one."""

    index: int
    sort: Sort
    lemma: str


class Stirring:
    """The words of one prompt that may say that something moves."""

    def __init__(self, parse: Parse) -> None:
        self.parse, self.words, self.sets = parse, parse.reading.words, parse.vocabulary.sets
        states = self.sets["unmoving"] | self.sets["telling_states"] | self.sets["impressions"]
        done = self.sets["telling_attending"] | self.sets["telling_doing"]
        self.still = (states | self.sets["caption_looks"]) - done
        self.talk = (self.sets["telling_shows"] | self.sets["lying"] | _SAID) - self.sets["telling_arriving"]
        listed = self.sets["motion"] | self.sets["telling_doing"] | self.sets["telling_attending"]
        self.listed = listed | self.sets["telling_arriving"] | self.sets["telling_rare"]

    @cached_property
    def found(self) -> dict[int, Mover]:
        """Everything that may move, by its index; what lies behind 240 words has no room in one shot."""
        movers: dict[int, Mover] = {}
        for word in self.words[:LONGEST]:
            made = word.lower in self.sets["telling_crafts"] | self.sets["filmed"]
            if made or word.index in self._apart or self.parse.masks.hides(word.start, word.end):
                continue
            for ask in (
                self._pace,
                self._hold,
                self._deed,
                self._misread,
                self._participle,
                self._manner,
                self._event,
                self._weather,
            ):
                mover = ask(word)
                if mover is not None:
                    movers[word.index] = mover
                    break
        return movers

    @cached_property
    def _apart(self) -> set[int]:
        """The words of camera moves, of lettering, of a style, of what is not wanted or not meant."""
        apart = {index for found in self.parse.moves for index in range(found.first, found.last)}
        spans = [cue.span for label in ("lettering", "negation", "cut") for cue in self.parse.labelled(label)]
        spans += [cue.span for cue in self.parse.labelled("style") if cue.sense != "size of shot"]
        spans += [*self.parse.masks.unwanted, *self.parse.masks.flags]
        apart |= self.parse.within(spans)
        paced = set(self._paces)
        looks = {e.verb for e in self.parse.events if describes(e) or of_a_quality(e, self.parse)}
        unmeant = {event.verb for event in self.parse.events if not is_meant(event, self.parse)}
        return (apart | looks | unmeant) - paced

    def _joined(self, word: Word) -> bool:
        """ "Wind-blown", "close-up": half of a compound."""
        prompt = self.parse.prompt
        return prompt[word.start - 1 : word.start] == "-" or prompt[word.end :][:1] == "-"

    # -- verbs --------------------------------------------------------------------------------------------------------
    def _hold(self, word: Word) -> Mover | None:
        """ "The bottle remains rigid", "his face stays calm": that something does not change is asked for, no look."""
        after = self.parse.reading.after[word.index]
        while after is not None and after.kind == "ADV":
            after = self.parse.reading.after[after.index]
        beside = bool(self.parse.events or self.parse.moves)  # where all is still, it says nothing
        holds = beside and word.kind == "VERB" and word.lemma in {"remain", "stay"} and word.form in {"s", "base"}
        if not holds or after is None or after.kind not in {"ADJ", "VERB", "PREP"} or self._who(word) is None:
            return None
        return None if self.is_written(word) else Mover(word.index, "deed", word.lemma)

    def _deed(self, word: Word) -> Mover | None:
        if word.kind != "VERB" or self._joined(word) or word.lower in self.parse.vocabulary.noun_kinds:
            return None
        if self._suffered(word):
            return Mover(word.index, "deed", "get")
        who = self._who(word)
        alive = who is not None and self._lives(who)
        attends = alive and (word.lemma in self.sets["telling_attending"] or self._works_on(word, who))
        talk = word.lemma in self.still | self.talk and not attends
        if word.form not in _DOING or talk or self._asked(word, who) or self.is_written(word):
            return None
        if self._of_the_picture(word, who) or self._of_an_aside(who) or self._is_idiom(word, who):
            return None
        done = word.lemma in self.sets["unmoving"] | self.sets["telling_states"]
        if done and who is not None and not alive and not self._held_by_somebody(who):
            return None  # "shelves hold jars"
        goes_on = word.form == "s" and word.dep == "conj"
        sure = word.lemma in self.listed or (word.form in _FINITE and who is not None) or alive or goes_on
        return Mover(word.index, "deed", word.lemma) if sure else None

    def _works_on(self, word: Word, who: Word | None) -> bool:
        """ "She analyzes the charts": a verb of talk about clips, of somebody, with what it is done to."""
        after = self.parse.reading.after[word.index]
        named = who is not None and who.lower in {"he", "she", "they"} and who.index == word.index - 1
        return named and word.lemma in self.sets["meta"] and after is not None and after.kind in {"DET", "ADJ", "NOUN"}

    def _suffered(self, word: Word) -> bool:
        """ "A clerk getting pulled into a drawer": what is done to somebody."""
        after = self.parse.reading.after[word.index]
        done = after is not None and after.form in {"past", "passive", "participle"} and after.lower.endswith("ed")
        return word.lemma == "get" and word.form in {"ing", "s"} and done and self._who(word) is not None

    def _is_idiom(self, word: Word, who: Word | None) -> bool:
        """ "As night falls", "we see", "comes with a lid", "appears calm", "looks sad": nothing is seen."""
        after, before = self.parse.reading.after[word.index], self.parse.reading.before[word.index]
        if who is not None and who.lower in self.sets["times_of_day"] | {"darkness", "we", "you"}:
            return True
        if any(near.lower == "camera" for near in self._piece(word)):
            return True  # "somebody holding the camera"
        then = after.lower if after is not None else ""
        if (word.lemma, then) in {("come", "with"), ("appear", "to"), ("look", "like"), ("look", "as")}:
            return True
        if word.lemma == "appear" and after is not None and after.kind == "ADJ":
            return True
        if word.lemma == "look" and (after is None or after.kind not in {"PREP", "ADV"}):
            return True
        views = self.sets["telling_views"] | self.sets["picture"]
        shown = word.index > 1 and self.words[word.index - 2].lower in views  # "a POV shot of climbing a mast"
        return word.form == "ing" and before is not None and before.kind == "PREP" and not shown

    def _lives(self, who: Word) -> bool:
        return who.lower in _SELVES or lives(who, self.parse)

    def _held_by_somebody(self, who: Word) -> bool:
        """ "A woman in the hall of a hotel looking at a map": not the hotel; somebody is named before it."""
        start = self.parse.reading.starts[who.sentence]
        ahead = self.words[start : who.index]
        led = any(near.kind == "PREP" for near in ahead)
        return led and any(near.kind == "NOUN" and self._lives(near) for near in ahead)

    def _of_an_aside(self, who: Word | None) -> bool:
        """ "A view that the fox surveys": what is done to something that was named before."""
        near = self.words[max(0, who.index - 2) : who.index] if who is not None and who.kind == "NOUN" else ()
        return any(word.lower in {"that", "which", "whom"} and word.sentence == who.sentence for word in near if who)

    def _who(self, verb: Word) -> Word | None:
        """The noun or pronoun right before a verb, adverbs and helping verbs passed over."""
        before = self.parse.reading.before[verb.index]
        while before is not None and before.kind in {"ADV", "AUX", "NOT", "NUM"}:
            before = self.parse.reading.before[before.index]
        return before if before is not None and before.kind in {"NOUN", "PRON"} else None

    def _kind(self, word: Word) -> str:
        return self.parse.vocabulary.noun_kinds.get(word.lower, "")

    def _asked(self, word: Word, who: Word | None) -> bool:
        """ "Show the hall and follow the guests", "to make it glow": asked of whoever makes the clip, or a purpose."""
        if word.form != "base":
            return False
        ahead = [near for near in self._piece(word) if near.index < word.index]
        if any(near.lower == "making" for near in ahead):
            return False  # "making the reeds bow"
        forced = any(near.lower == "to" or near.lemma in _FORCED for near in ahead)
        return forced or who is None or not (who.plural or who.kind == "PRON")

    def _of_the_picture(self, word: Word, who: Word | None) -> bool:
        """ "The scene opens", "the shot tracks her": what the picture or the camera does, nobody in it does."""
        named = next((w for w in self.words if w.head == word.index and w.dep == "nsubj" and w.index < word.index), who)
        arrives = word.lemma in self.sets["telling_arriving"]
        films = {*self.parse.vocabulary.camera.subjects, "story", "tale", "lens", "viewer", "viewers"}
        pictures = self.sets["picture"] | self.sets["telling_views"] | self.sets["filmed"]
        talk = {"scene", "shot", "video"} if arrives else pictures - {"silhouette"}
        both = {w.lower for w in (named, who) if w is not None}
        if both == {"it"} and any(w.lower == "camera" for w in self.words if w.sentence == word.sentence):
            return True
        return not both.isdisjoint(films | talk | self.sets["telling_notions"])

    @cached_property
    def _letters(self) -> tuple[Span, ...]:
        return tuple(cue.span for cue in self.parse.labelled("lettering"))

    def is_written(self, word: Word) -> bool:
        """ "Letters that spell OPEN light up": what letters do."""
        before = self.parse.reading.before[word.index]
        while before is not None and before.text not in {",", ";"}:
            if any(span.start <= before.start < span.end for span in self._letters):
                return True
            before = self.parse.reading.before[before.index]
        return False

    @cached_property
    def _rare(self) -> dict[str, str]:
        """Verbs that are nouns for the rest of the coach, by their form for one."""
        return {f"{lemma}s": lemma for lemma in self.sets["telling_rare"]}

    def _misread(self, word: Word) -> Mover | None:
        """ "A knight clad in mail battles against trolls": a verb that was read as a noun, where no other verb is."""
        lemma = word.lemma_as("s", "base") or self._rare.get(word.lower, "")
        if (
            word.kind not in {"NOUN", "ADV", "ADJ"}
            or not lemma
            or lemma in self.still | self.sets["course"] | self.talk
        ):
            return None
        who, after = self._who(word), self.parse.reading.after[word.index]
        before = self.parse.reading.before[word.index]
        if who is None or self._joined(word) or word.lower in self.sets["always_noun"] or self.is_written(word):
            return None
        fits = (word.lower != lemma) != who.plural
        leads = after is not None and after.kind in _FOLLOWS and after.lower != "of" and word.kind == "NOUN"
        how = before is not None and before.kind == "ADV" and before.lower.endswith("ly")
        ends = after is None or after.kind in {"PUNCT", "CONJ"}  # "eyes slowly close", "the candle flicker"
        alone = ends and (how or (word.lower in self.sets["telling_events"] and word.kind == "NOUN"))
        if not (fits and leads) and not alone:
            return None
        if self._of_the_picture(word, who) or any(
            w.kind in {"AUX", "VERB"} and w.form in _FINITE for w in self._piece(word)
        ):
            return None
        return Mover(word.index, "deed", lemma)

    def _participle(self, word: Word) -> Mover | None:
        """ "Their outlines splintering in the puddles": a participle behind its noun, that was read as a look."""
        hangs = word.kind == "ADJ" and word.form == "participle" and word.lower.endswith("ing") and word.dep == "acl"
        lemma, who = word.lemma_as("ing"), self._who(word)
        if not hangs or who is None or self._joined(word) or word.lower in self.sets["attributive_state"]:
            return None
        talk = lemma in self.still | self.talk or self._of_the_picture(word, who)
        return None if talk else Mover(word.index, "deed", lemma)

    def _manner(self, word: Word) -> Mover | None:
        """ "A struggling hare": a participle before its noun that tells what it is doing."""
        lemma, after = word.lemma_as("ing"), self.parse.reading.after[word.index]
        if word.kind not in {"ADJ", "NOUN"} or not lemma or self._joined(word) or self._likened(word):
            return None
        if lemma in self.still and word.lower not in self.sets["telling_doing_so"]:
            return None
        grows = self.sets["telling_growing_so"] if self._paces else frozenset[str]()
        if word.lower in self.sets["attributive_state"] - self.sets["telling_doing_so"] - grows:
            return None
        if word.lower in self.sets["telling_growing_so"] and not grows:
            return None
        called = after is not None and f"{word.lower} {after.lower}" in self.sets["telling_called"]
        stirs = lemma in self.sets["stirs"] | self.sets["whole"] | self.sets["audio_verbs"]
        if called or not (stirs or word.lower in self.sets["telling_doing_so"] | grows):
            return None  # "a swimming pool", "a cleaning robot"
        known = lemma in self.sets["telling_drifting"] or word.lower in self.sets["telling_doing_so"] | grows
        if word.kind == "NOUN" and not known:
            return None  # "a crossing sign", "a lively gathering"
        hanging = after is not None and after.lower in self.sets["filmed"] | self.sets["telling_hanging"]
        return None if lemma not in self.sets["motion"] or hanging else Mover(word.index, "manner", lemma)

    # -- nouns --------------------------------------------------------------------------------------------------------
    def _event(self, word: Word) -> Mover | None:
        """ "An occasional nod": what happens, said as a noun."""
        if word.kind != "NOUN" or self._joined(word) or word.lower not in self.sets["telling_events"]:
            return None
        other = self._names_another(word) or self.is_written(word) or self._likened(word)
        return None if other else Mover(word.index, "event", word.lower)

    def _weather(self, word: Word) -> Mover | None:
        """ "With wind and rain": weather and what else stirs by itself, not what only says where or which."""
        stirring = self.sets["telling_stirring"] | self.sets["happening"] | self.sets["weather"] | _DRIFTING
        if word.kind != "NOUN" or self._joined(word) or word.lower not in stirring - _STANDING:
            return None
        before = self.parse.reading.before[word.index]
        rests = before is not None and before.lower in RESTING | {"volumetric"}
        stays = (w for w in self._piece(word) if w.kind == "VERB" and w.index < word.index)
        rests = rests or self._likened(word) or any(w.lemma in self.sets["telling_states"] for w in stays)
        return None if rests or self._names_another(word) else Mover(word.index, "weather", word.lower)

    def _likened(self, word: Word) -> bool:
        """ "As though they were snowflakes", "details like peeling paint": what something is only compared with."""
        start = self.parse.reading.starts[word.sentence]
        near = self.words[max(start, word.index - _FAR) : word.index]
        ahead = [word.lower for word in near]
        if any(w.lower.endswith("ing") and w.could_be_of(self.sets["unmoving"]) for w in near):
            return True  # "hinting at rain"
        return not {"like", "if", "though", "resembling"}.isdisjoint(ahead)

    def _names_another(self, word: Word) -> bool:
        """ "Rain coat", "storm clouds": only says which."""
        near = [w for w in self.words[word.index + 1 : word.index + 3] if w.sentence == word.sentence]
        if not near or near[0].kind == "NOUN":
            return bool(near) and near[0].lower not in {"effect", "effects", "animation"}  # "glitch effects"
        soaked = near[0].lower.endswith("ed")
        noun = len(near) > 1 and near[1].kind == "NOUN"
        painted = near[0].lower == "of" and noun and near[1].lower.startswith(("color", "colour", "paint"))
        return painted or (soaked and noun)  # "rain soaked roads", "splashes of colour"

    def _pace(self, word: Word) -> Mover | None:
        return Mover(word.index, "pace", word.lower) if word.index in self._paces else None

    @cached_property
    def _paces(self) -> frozenset[int]:
        """The words of how time goes."""
        phrases = Phrases([(phrase, True) for phrase in self.sets["telling_time"]])
        found = phrases.find(self.parse.reading.lowers)
        return frozenset(index for first, last, _ in found for index in range(first, last))

    # -- the piece ----------------------------------------------------------------------------------------------------
    def _piece(self, word: Word) -> tuple[Word, ...]:
        """The words around a word up to the next marks and links of clauses."""
        first = last = word.index
        while first and word.index - first < _NEAR and self._goes_on(self.words[first - 1], word):
            first -= 1
        end = min(len(self.words), word.index + _NEAR)
        while last + 1 < end and self._goes_on(self.words[last + 1], word):
            last += 1
        return self.words[first : last + 1]

    def _goes_on(self, near: Word, word: Word) -> bool:
        bound = near.lower in self.sets["telling_binding"]
        return near.sentence == word.sentence and near.kind != "PUNCT" and not bound
