"""What is wished for though nothing moves in it: a sound, a spoken line, a pace, what somebody attends to, what must
not be or not change."""

from __future__ import annotations

from itertools import pairwise

from studio.coach.cues.clauses import Clause
from studio.coach.cues.parse import Parse
from studio.coach.telling.meaning.meant import busy
from studio.coach.telling.wording.naming import is_proper

__all__ = ["Wishes"]

_SELVES = {"he", "she", "they", "i", "we", "you", "who"}

_SHORT = 5  # words of a pace or a sound
_AHEAD = 5  # words between a verb of speaking and the line, marks included
_FAR = 14  # words between a verb of speaking and the line behind a colon
_COLON = 3  # characters between a verb of speaking and the line: ", "
_LIGHT = {"give", "make", "take", "do", "have", "begin", "start", "perform", "let", "show", "cast", "throw", "blow"}
_DEEDS = {"look", "glance", "smile", "step", "leap", "jump", "laugh", "sigh", "kiss", "hug", "dance", "gesture", "bite",
          "sip", "grin", "wave", "pose", "pirouette", "dive", "roll", "flip", "somersault", "stretch", "yawn", "scream",
          "shout", "roar", "punch", "kick", "swim", "walk", "run", "stroll", "ride", "drink", "breathing"}  # fmt: skip
_PHRASE = {"DET", "ADJ", "NUM", "NOUN", "ADV"}
_STILL = {"static", "fixed", "locked", "tripod"}
_STAYING = {"stay", "remain", "keep"}
_UNMOVED = {"static", "still", "fixed", "frozen", "motionless", "unmoving", "unchanged", "steady", "stationary", "same"}
_NOISES = {"sound", "sounds", "noise", "noises"}
_BURNING = ("on fire", "ablaze", "in flames", "aflame")
_VOICES = {"narration", "narrator", "voice", "voiceover", "dialogue", "dialog"}
_THINKING = {"know", "think", "believe", "hope", "wish", "dream", "fear", "doubt", "understand", "realize", "realise"}
_REST = {"everything", "all", "nothing", "anything"}


class Wishes:
    """Asks of the clauses of one prompt whether they are wished for."""

    def __init__(self, parse: Parse) -> None:
        self.parse, self.words = parse, parse.reading.words
        self.sets = parse.vocabulary.sets
        self.busy = busy(parse)

    def attends(self, clause: Clause) -> bool:
        """ "The man supports her", "a dog looks through the fence": a finite verb of what somebody is busy with."""
        words = self.words[clause.first : clause.last]
        verb = next((w for w in words if w.index in self.busy and w.form in {"s", "base", "preterite"}), None)
        who = next((w for w in words if verb is not None and w.head == verb.index and w.dep == "nsubj"), None)
        if verb is None or who is None or who.index > verb.index:
            return False
        living = self.parse.vocabulary.noun_kinds.get(who.lower) in {"person", "animal"} or who.lower in _SELVES
        return living or is_proper(who, self.parse)

    def wanted(self, clause: Clause) -> bool:
        """Whether a clause is wished for though nothing moves in it: a sound, a spoken line, what must not be."""
        return any(
            ask(clause) for ask in (self._asked, self._says, self._kept_so, self._films, self._performs, self._burns)
        )

    def _performs(self, clause: Clause) -> bool:
        """ "Figures begin subtle movements", "gives a determined look": a deed that is a noun behind a light verb."""
        words = self.words[clause.first : clause.last]
        place = next((i for i, word in enumerate(words) if word.kind in {"VERB", "AUX"}), None)
        light = place is not None and (words[place].lemma in _LIGHT or words[place].lower in {"has", "have"})
        if place is None or not light or words[place].form not in {"s", "base", ""}:
            return False
        end = place + 1
        while end < len(words) and (words[end].kind in _PHRASE or words[end].lower.endswith("ing")):
            end += 1
        noun = words[end - 1]
        named = noun.kind == "NOUN" and noun.lower.removesuffix("s") in self.parse.vocabulary.telling.deeds
        deed = noun.kind == "NOUN" and (named or noun.lower.removesuffix("s") in _DEEDS)
        led = place == 0 or any(word.kind in {"NOUN", "PRON", "ADV"} for word in words[:place])
        return deed and led and end - 1 > place

    def _burns(self, clause: Clause) -> bool:
        """ "The barns are on fire": something goes on, though its verb only says that it is so."""
        words = self.words[clause.first : clause.last]
        lowers = " ".join(word.lower for word in words)
        return any(word.kind == "AUX" for word in words) and any(lowers.endswith(burning) for burning in _BURNING)

    def _kept_so(self, clause: Clause) -> bool:
        """ "Preserve the plate, the table and the light", "everything else stays frozen": what must not change."""
        opening = self.words[self.parse.reading.starts[clause.sentence] :][:2]
        if opening[0].lower in self.sets["telling_keeping"] and opening[-1].kind not in {"PUNCT", "PREP"}:
            return True
        words = self.words[clause.first : clause.last]
        if self._sounds_on(clause):
            return True
        first = self.words[clause.first]
        if first.lower in self.sets["telling_keeping"] and first.form == "base" and clause.last > clause.first + 1:
            return True
        if words[-1].lower == "still" and any(word.kind == "AUX" or word.lemma in _STAYING for word in words):
            return True  # "the background is completely still"
        stays = next((place for place, word in enumerate(words) if word.lemma in _STAYING and place), len(words))
        if any(word.lower in _UNMOVED for word in words[stays:]) and not clause.events:
            return True  # "the background stays static"
        rest = any(a.lower in _REST and b.lower == "else" for a, b in pairwise(words))
        return rest and any(word.kind in {"VERB", "AUX"} for word in words)

    def _sounds_on(self, clause: Clause) -> bool:
        """ "The sound is close: the hum of the engine, | the crunch of gravel": what is listed behind a sound."""
        start = self.parse.reading.starts[clause.sentence]
        ahead = self.words[start : clause.first]
        heard = self.sets["telling_heard"]
        if any(w.lower in heard and after.lower == "of" for w, after in pairwise(ahead)):
            return all(word.kind not in {"VERB", "AUX"} for word in self.words[clause.first : clause.last])
        colon = next((word for word in ahead if word.text == ":"), None)
        return colon is not None and any(w.lower in heard for w in self.words[start : colon.index])

    def _labelled(self, clause: Clause, names: str) -> bool:
        label = self.parse.reading.labels.get(clause.sentence)
        return label is not None and label[0].lower in self.sets[names]

    def _films(self, clause: Clause) -> bool:
        """ "The camera makes a subtle forward move": what it does in words that name none of the known moves."""
        words = self.words[clause.first : clause.last]
        named = any(word.lower == "camera" and word.kind == "NOUN" for word in words[:2])
        return named and not clause.moves and any(w.form == "s" and w.kind == "VERB" for w in words[1:4])

    def _says(self, clause: Clause) -> bool:
        """ "The anchor looks up and says, | "Good evening."": a verb of speaking right before what is said."""
        words = self.words[clause.first : clause.last]
        speech = self.parse.vocabulary.lettering.speech
        verb = next((w for w in reversed(words) if w.kind == "VERB" and w.lemma in speech), None)
        if verb is None:
            return False
        end, shown = words[-1].end, [cue.span for cue in self.parse.labelled("lettering")]
        lines = (span for span in self.parse.masks.quotations if verb.end < span.start <= end + _COLON)
        return any(not any(line.overlaps(span) for span in shown) for line in lines)

    def _is_line(self, clause: Clause) -> bool:
        """ ""Hold tight!"" behind "the driver yells:": what is said, whatever words it has."""
        first, speech = self.words[clause.first], self.parse.vocabulary.lettering.speech
        shown = [cue.span for cue in self.parse.labelled("lettering")]
        for span in self.parse.masks.quotations:
            if span.start <= first.start < span.end and not any(span.overlaps(other) for other in shown):
                ahead = [w for w in self.words[max(0, clause.first - _FAR) : clause.first] if w.end <= span.start]
                led = bool(ahead) and ahead[-1].text == ":" and ahead[-1].sentence == first.sentence
                ahead = ahead if led else ahead[-_AHEAD:]
                return any((word.kind == "VERB" and word.lemma in speech) or word.lower in _VOICES for word in ahead)
        return False

    def is_pace(self, clause: Clause) -> bool:
        """ "Slow motion", "seamless loop": the pace of the clip, and nothing else."""
        text = " ".join(word.lower for word in self.words[clause.first : clause.last])
        short = clause.last - clause.first <= _SHORT + 1
        return short and any(pace in text for pace in self.parse.vocabulary.telling.pace)

    def _asked(self, clause: Clause) -> bool:
        """What is no motion but a wish all the same: a sound, a pace, words to be spoken, what must not be."""
        words = self.words[clause.first : clause.last]
        start, end = words[0].start, words[-1].end
        if words[0].lower == "keep" or self._labelled(clause, "telling_heard") or self.is_pace(clause):
            return True
        held = not clause.moves and any(word.lower in _STILL for word in words)
        label = self.parse.reading.labels.get(clause.sentence)
        if held and label is not None and label[0].lower == "camera":
            return True  # "Camera: static wide"
        if words[-1].lower in _NOISES and len(words) <= _SHORT:
            return True  # "sizzling sounds"
        heard = [cue.span for cue in self.parse.labelled("audio") if start <= cue.span.start < end]
        named = [word for word in words if word.kind in {"NOUN", "VERB"}]
        if any(span.start <= word.start < span.end for span in heard for word in named):
            return True
        if self._is_line(clause):
            return True
        if not any(word.kind == "VERB" for word in words):
            return False
        thought = any(word.kind == "VERB" and word.lemma in _THINKING for word in words)  # "but know that none comes"
        if not thought and any(start <= cue.span.start < end for cue in self.parse.labelled("negation")):
            return True
        shown = [cue.span for cue in self.parse.labelled("lettering")]
        spoken = [span for span in self.parse.masks.quotations if start <= span.start < end]
        behind = {word.start - 1 for word in words if word.kind == "NOUN"}
        spoken = [span for span in spoken if span.end not in behind]  # "an adorable ‘bun’ look"
        return any(not any(span.overlaps(other) for other in shown) for span in spoken)
