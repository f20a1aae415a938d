"""Where one shot would become two: editing verbs, headers, jumps in time or place, several shots asked for.

A word of editing counts in its sense only: the film is its subject ("the scene shifts to"), or it commands where a
clause opens ("dissolve to the garden"). Scissors cut, light shifts, a girl switches to her left hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.film_words import Sign
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases
from studio.shot import Cue, Span

__all__ = ["film_talk", "find_cuts"]

_REACH = 6  # words before an editing verb among which its subject stands
_SENTENCE = 40
_OPENING = 12  # words in which a prompt may say when it happens
_NAMED = re.compile(r"\w")
_TIMED = re.compile(
    r"\W*(?:(?:an?|the)\s+)?(?:[\w'-]+\s+){0,3}?(?:shot|close-?\s?up|view|angle|wide|medium|insert)\b", re.IGNORECASE
)
_LAPSE = re.compile(r"\b(?:time|hyper)[ -]?lapse\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty))[ -]$",
    re.IGNORECASE,
)
"""Before "second clip": how long the clip is, and no second one."""
_FAR = 4  # words behind it that may hold "to"


@dataclass(frozen=True)
class _Tables:
    phrases: Phrases[str]
    openings: Phrases[str]
    harmless: Phrases[str]
    talk: Phrases[str]
    sizes: Phrases[str]
    signs: tuple[tuple[Sign, frozenset[str], tuple[re.Pattern[str], ...]], ...]
    numbered: re.Pattern[str]
    ordered: re.Pattern[str]
    listed: re.Pattern[str]
    sets: dict[str, frozenset[str]]


_SHIFTING = frozenset(
    {"colour", "color", "hue", "hues", "mood", "music", "palette", "shade", "sky", "tint", "tone", "weather"}
)
"""What changes within a shot, as light does."""


@lru_cache(maxsize=4)
def _tables(v: Vocabulary) -> _Tables:
    cuts = v.cuts
    units, ordered, ordinals = "|".join(cuts.units), "|".join(cuts.ordered_units), "|".join(cuts.ordinals)
    number = r"(\d{1,2}|one|two|three|four|five|six)"
    return _Tables(
        phrases=Phrases([*((w, "story") for w in cuts.story), *((w, "cut") for w in cuts.strong)]),
        openings=Phrases([(w, "cut") for w in cuts.openings]),
        harmless=Phrases([(w, "harmless") for w in (*cuts.harmless, *cuts.unbroken)]),
        talk=Phrases([(w, "talk") for w in (*cuts.unbroken, *cuts.talk)]),
        sizes=Phrases([(w, w) for w in v.style.shot_size]),
        signs=tuple((sign, frozenset(sign.needs), tuple(map(_compiled, sign.patterns))) for sign in cuts.signs),
        numbered=_compiled(rf"\b({units})\s*[#№]?\s*{number}\b(\s*(?:\([^)\n]{{0,40}}\)\s*)?[:.)\]–—-])?"),
        ordered=_compiled(rf"\b({ordinals})\s+(?:{ordered})s?\b"),
        listed=_compiled(r"(?:^|[\s(])(\d)[.)]\s+(?=(?:an?|another|close|wide|medium)\b)"),
        sets=cuts.sets
        | {
            "shifting": _SHIFTING.union(v.light.nouns),
            "headed": frozenset((*cuts.units, *(f"{unit}s" for unit in cuts.units))),
        },
    )


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def find_cuts(
    reading: Reading, masks: Masks, negated: frozenset[int], spoken: frozenset[int], vocabulary: Vocabulary
) -> list[Cue]:
    """Every sign of a second shot, in the order of the text. ``spoken`` are the words that speak of the camera."""
    return _Finder(reading, masks, negated, spoken, vocabulary).find()


def film_talk(reading: Reading, vocabulary: Vocabulary) -> frozenset[int]:
    """The words that only speak of the film: "one take" takes nothing, a film "opens on" a street."""
    own = vocabulary.sets["possessives"]  # "the drawer opens on its own"
    found = [
        f for f in _tables(vocabulary).talk.find(reading.lowers) if own.isdisjoint(reading.lowers[f[1] : f[1] + 1])
    ]
    return frozenset(index for first, last, _ in found for index in range(first, last))


class _Finder:
    def __init__(
        self, reading: Reading, masks: Masks, negated: frozenset[int], spoken: frozenset[int], v: Vocabulary
    ) -> None:
        self.reading, self.words, self.masks, self.v = reading, reading.words, masks, v
        self.negated, self.spoken = negated, spoken
        self.tables = _tables(v)
        self.sets = self.tables.sets
        self.harmless = {
            index for first, last, _ in self.tables.harmless.find(reading.lowers) for index in range(first, last)
        }
        self.cues: list[Cue] = []

    def find(self) -> list[Cue]:
        for first, last, sense in self.tables.phrases.find(self.reading.lowers):
            if self.words[first].lower == "fade" and self._opens_with(self.words[first]):
                continue
            self._words(first, last, sense, "a phrase of editing" if sense == "cut" else "a story takes longer")
        for first, last, sense in self.tables.openings.find(self.reading.lowers):
            if not any(index in self.spoken for index in range(last, len(self.words))):
                self._words(first, last, sense, "another shot comes after the opening")
        for word in self.words:
            if not word.verbs:
                continue
            if word.could_be_of(self.v.cuts.verbs) and self._edits(word):
                self._words(word.index, word.index + 1, "cut", "a verb of editing whose subject is the film")
            elif word.could_be_of(self.v.cuts.showing) and self._shows_next(word):
                self._words(word.index, word.index + 1, "cut", "something else is shown next")
        self._headers()
        self._openers()
        self._timed()
        lapse = _LAPSE.search(self.reading.text) is not None
        for sign, needs, patterns in self.tables.signs:
            if needs and needs.isdisjoint(self.reading.spelt):
                continue
            hits = [match for pattern in patterns for match in pattern.finditer(self.reading.text)]
            for match in hits if len(hits) >= sign.least else ():
                if sign.sense == "time jump" and lapse and "later" not in match.group().lower():
                    continue  # in a time-lapse the years go by within the shot
                led = sign.still and self._camera_leads(match.start())
                if not led and not (sign.sense == "time jump" and self._opens_the_prompt(match.start(), hits)):
                    self._text(*match.span(), sign.sense, sign.why)
        kept: list[Cue] = []
        for cue in sorted(self.cues, key=lambda cue: (cue.span.start, -cue.span.end)):
            if not kept or cue.span.start >= kept[-1].span.end:
                kept.append(cue)
        return kept

    def _opens_the_prompt(self, start: int, hits: list[re.Match[str]]) -> bool:
        """ "Later that evening, she cries": a jump from nowhere, so nothing is cut."""
        if start > self.words[min(_OPENING, len(self.words) - 1)].end:
            return False
        said = [(match.start(), match.end()) for match in hits[:_OPENING]]
        before = [word for word in self.words[:_OPENING] if word.start < start]
        return all(word.kind == "PUNCT" or any(a <= word.start < b for a, b in said) for word in before)

    def _words(self, first: int, last: int, sense: str, why: str) -> None:
        within = range(first, last)
        if not self.harmless.intersection(within) and not self.negated.intersection(within):
            self._text(self.words[first].start, self.words[last - 1].end, sense, why)

    def _text(self, start: int, end: int, sense: str, why: str) -> None:
        if not self.masks.hides(start, end):
            self.cues.append(Cue(label="cut", span=Span.of(self.reading.text, start, end), sense=sense, why=why))

    # -- verbs ----------------------------------------------------------------------------------------------------
    def _edits(self, word: Word) -> bool:
        """Whether an editing verb is meant as one: by its subject, or as a command, with a link behind it."""
        lemma = word.could_be_of(self.v.cuts.verbs)
        if lemma == "fade" and self._opens_with(word):
            return False
        if not self._leads_on(word) and not (lemma in {"cut", "change", "shift"} and self._ends(word)):
            return False
        before = [w for w in self.words[max(0, word.index - _REACH) : word.index] if w.sentence == word.sentence]
        nouns = [w.lower for w in before if w.kind in {"NOUN", "PRON"}]
        if self.sets["subjects"].intersection(w.lower for w in before) and not self._mark_between(before):
            return lemma != "move" or bool(nouns and nouns[-1] in self.sets["subjects"])
        if lemma == "transition" and not before and word.form == "ing" and self._somebody_follows(word):
            return False  # "Transitioning to squats, she keeps her back straight"
        if lemma == "transition" and word.kind == "VERB":
            arrived = self.words[word.index + 1 : word.index + 1 + _REACH]
            if any(near.lower in self.sets["views"] and near.sentence == word.sentence for near in arrived):
                return True  # "then transitions to a close-up shot"
            if before and self._led_by_camera(word):
                return False  # "the camera whips aside, transitioning to a new subject"
            if nouns and self.v.noun_kinds.get(nouns[-1]) in {"person", "animal"}:
                return False  # "the dancer transitions into a spin"
            led = nouns[-2:] if any(near.lower == "of" for near in before) else nouns[-1:]  # "the hue of the river"
            return not self.sets["shifting"].intersection(led)  # whatever does it, it arrives somewhere else
        near = next((w.lower for w in reversed(before) if w.kind not in {"ADV", "AUX"}), "")
        beside = any(w.kind == "CONJ" or w.lower in {"as", "while"} for w in before[-3:-1])
        if beside and lemma in {"change", "shift"} and self._ends(word):
            return False  # "as the angle changes"
        if near in self.sets["views"]:
            after = self.words[word.index + 1].lower if word.index + 1 < len(self.words) else ""
            apart = after == "between" and lemma == "shift"
            shown = lemma in self.sets["camera_verbs"] or near != "camera" or apart
            return shown and lemma not in {"move", "flash"}
        return lemma in self.sets["commands"] and self._commands(word, before, lemma)

    def _opens_with(self, word: Word) -> bool:
        """ "Fade into a wide view", "slow fade in on a lake": how the clip opens."""
        return all(near.kind in {"ADV", "DET", "ADJ"} or near.lower == "slow" for near in self.words[: word.index])

    def _led_by_camera(self, word: Word) -> bool:
        """Whether a participle goes on from what the camera does in the same sentence."""
        start = self.reading.starts[word.sentence]
        said = any(index in self.spoken for index in range(start, word.index))
        return said and word.may_be("ing")

    def _somebody_follows(self, word: Word) -> bool:
        """Whether behind the first comma of its sentence stands who does it."""
        after = [w for w in self.words[word.index + 1 :] if w.sentence == word.sentence]
        comma = next((place for place, w in enumerate(after) if w.text == ","), len(after))
        who = next((w.lower for w in after[comma + 1 :] if w.kind in {"NOUN", "PRON"}), "")
        return who in {"he", "she", "they"} or self.v.noun_kinds.get(who) in {"person", "animal"}

    def _ends(self, word: Word) -> bool:
        """Whether a clause ends behind a verb: "the scene instantly cuts, and"."""
        after = self.words[word.index + 1] if word.index + 1 < len(self.words) else None
        return after is None or after.kind == "PUNCT" or after.sentence != word.sentence

    def _leads_on(self, word: Word) -> bool:
        """Whether "to", "into" or "between" stands behind a verb, and then another place, not another light."""
        after = [w for w in self.words[word.index + 1 : word.index + 1 + _FAR] if w.sentence == word.sentence]
        from_here = bool(after) and after[0].lower == "from"
        reach = (
            after
            if not from_here
            else [w for w in self.words[word.index + 1 : word.index + 14] if w.sentence == word.sentence]
        )
        for place, near in enumerate(reach):
            if near.lower in self.sets["links"]:
                target = [w.lower for w in reach[place + 1 : place + 3] if w.kind != "DET"]
                return bool(target or place + 1 < len(reach)) and not self.sets["in_place"].intersection(target[:1])
            if near.kind not in {"ADV", "PREP", "DET"} and not from_here:
                return False
        return False

    def _mark_between(self, before: list[Word]) -> bool:
        """Whether a comma or another verb parts the film from the verb: "a film plays, he switches to"."""
        place = max(i for i, w in enumerate(before) if w.lower in self.sets["subjects"])
        return any(w.text in {",", ";", ":"} or (w.kind == "VERB" and w.form != "ing") for w in before[place + 1 :])

    def _commands(self, word: Word, before: list[Word], lemma: str) -> bool:
        """ "Cut to the garden", "he runs, then dissolve to": nobody is its subject, so the editor is spoken to."""
        near = next((w for w in reversed(before) if w.kind not in {"ADV", "AUX"}), None)
        form = next(form for name, form in word.verbs if name == lemma)
        if near is None or near.kind in {"PUNCT", "CONJ", "VERB"}:
            if lemma in {"transition", "dissolve", "fade"} and self._goes_on(word):
                return False
            if form == "ing" and near is not None and near.text not in {":", ";"}:
                return False  # "disintegrates, dissolving into sparks"
            alone = near is None or near.text != "," or lemma in {"cut", "dissolve", "fade", "transition", "wipe"}
            joined = near is not None and near.kind == "CONJ" and lemma not in {"cut", "dissolve", "transition"}
            return alone and not joined
        if near.kind != "NOUN" or near.form == "gerund":
            described = near.kind in {"DET", "ADJ"} and near.lemma != "morph"  # "a morphing transition" cuts nothing
            return described and lemma == "transition" and word.kind == "NOUN"
        return (
            lemma in {"cut", "dissolve"}
            and form == "base"
            and not near.plural
            and self.v.noun_kinds.get(near.lower) not in {"person", "animal"}
        )

    def _goes_on(self, word: Word) -> bool:
        """ "The letters pulse, then transition into a word": what several do goes on; nobody is spoken to."""
        earlier = self.words[self.reading.starts[word.sentence] : word.index]
        return any(
            w.kind == "VERB" and w.form == "base" and any(n.plural and n.kind == "NOUN" for n in earlier[:-1])
            for w in earlier
        )

    def _shows_next(self, word: Word) -> bool:
        """ "We then see", "the video then shows": what is seen changes without any camera move that leads there."""
        place = word.index - 1
        onward = watched = False
        while place >= 0 and self.words[place].sentence == word.sentence and word.index - place <= _FAR:
            near = self.words[place]
            onward = onward or near.lower in self.sets["onward"]
            film = near.lower in {*self.sets["subjects"], "we"} or (near.lower == "it" and onward)
            watched = watched or film
            if near.kind in {"VERB", "PUNCT"}:
                break
            place -= 1
        opening = self.words[self.reading.starts[word.sentence]]
        onward = onward or (watched and opening.lower in self.sets["onward"])
        if not (onward and watched) or word.form not in {"s", "base"}:
            return False
        return not any(index in self.spoken for index in range(opening.index, word.index))

    # -- headers --------------------------------------------------------------------------------------------------
    def _headers(self) -> None:
        if not self.sets["headed"].isdisjoint(self.reading.spelt):
            self._numbered()
            self._named()
        listed = list(self.tables.listed.finditer(self.reading.text))
        if len({m.group(1) for m in listed}) >= 2:
            for match in listed:
                self._text(match.start(1), match.end(1), "header", "each number opens a shot of something else")

    def _numbered(self) -> None:
        given = self.sets["given"]
        text = self.reading.text
        found = [m for m in self.tables.numbered.finditer(text) if text[m.start() - 1 : m.start()] not in {"@", "<"}]
        numbered = [match for match in found if match.group(3) or match.group(1).lower() not in given]
        numbers = {m.group(2).lower() for m in numbered}
        late = [
            match
            for match in numbered
            if match.group(3)
            and match.group(2).lower() not in {"1", "0", "one"}
            and _NAMED.search(self.reading.text[: match.start()])
        ]
        for match in numbered if len(numbers) >= 2 else late:
            self._text(match.start(), match.end(2), "header", "each header opens a shot")

    def _named(self) -> None:
        text = self.reading.text
        ordered = [m for m in self.tables.ordered.finditer(text) if not _NUMBER.search(text[: m.start()])]
        kinds = {m.group(1).lower() for m in ordered}
        if len(kinds) >= 2 or kinds & self.sets["further"]:
            for match in ordered:
                self._text(*match.span(), "header", "a shot after the first is named")

    def _openers(self) -> None:
        """ "Wide shot of a market. Close-up of a hand.": sentences that each open with another size of shot."""
        hits = [
            (first, last, size)
            for first, last, size in self.tables.sizes.find(self.reading.lowers)
            if self._opens(first)
            and last < len(self.words)
            and self.words[last].lower in {"of", "on", ":", "-", "–", "—", "as"}
        ]
        if len({size for _, _, size in hits}) >= 2:
            for first, last, _ in hits:
                self._words(first, last, "header", "another size of shot opens here")

    def _timed(self) -> None:
        """ "[0:00-0:02] Wide shot of a mall [0:02-0:04] Close-up of a girl": times that each open a shot."""
        text = self.reading.text
        marks = [mark.span for mark in self.masks.times if _TIMED.match(text, mark.span.end)]
        for span in marks if len(marks) >= 2 else ():
            self._text(span.start, span.end, "header", "each time opens a shot")

    def _opens(self, index: int) -> bool:
        """Whether a word opens its sentence or what follows a time or a mark; an article and adjectives set aside."""
        while index > 0 and self.words[index - 1].sentence == self.words[index].sentence:
            near = self.words[index - 1]
            if near.text in {"]", ")", ";", ":"}:
                return True
            if near.kind not in {"DET", "ADJ", "ADV"}:
                return False
            index -= 1
        return True

    def _camera_leads(self, start: int) -> bool:
        """Whether the camera is spoken of before a place in its sentence: then it moves there."""
        before = [word for word in self.words if word.end <= start][-_SENTENCE:]
        if before and before[-1].lower in {"camera", "lens", "pan", "push", "tilt", "orbit", "take", "zoom"}:
            return True  # "the camera starts on the door and ends on the crowd"
        return any(word.index in self.spoken and word.sentence == before[-1].sentence for word in before)
