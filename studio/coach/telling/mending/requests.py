"""Motion that is asked of the machine, said of what moves: "add gentle movement to the curtains" is the curtains,
moving gently; "I want the trees to sway" is the trees, swaying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.phrasing import adverb, finite

__all__ = ["CAUSING", "requests"]

_ADDING = {"add", "apply", "create", "introduce", "bring", "generate", "include", "put", "use"}
_ONTO = {"to", "in", "on", "of", "for", "across", "over", "into"}
_NOMINAL = {"DET", "ADJ", "NUM", "NOUN"}
_BELONGING = {"her", "his", "its", "their", "my", "our", "your"}
_FEW = {"a", "an", "some", "the", "any", "bit"}
_SMALL = {"small": "slightly", "tiny": "slightly", "little": "slightly", "minimal": "slightly", "faint": "slightly"}
_DEGREES = {"very", "extremely", "more", "less", "only", "slightly"}
_HARDLY = {"hardly", "barely", "scarcely"}
_MOVED = {"move", "animate"}
_SELVES = {"it", "they", "he", "she"}
CAUSING = {"make", "let", "have"}
_CAUSED = {"him": "he", "her": "she", "it": "it", "them": "they"}
_FIRST = {"please", "also", "then", "and", "now", "next", "finally"}
_HOLDING = {"keep", "hold", "leave"}
_HELD = {"still", "static", "steady", "fixed", "motionless", "unchanged", "frozen", "stationary", "calm"}
_ALL = {"everything", "all"}
_ENDS = {",", ".", ";", "!", "and"}
_PACE = re.compile(r"\bslow ?-? ?mo(?:tion)?\b")
_LEAD = 3  # words of "I would like"
_WISHED = {"would", "'d", "’d", "do", "really", "just", "also", "only"}  # before "want": "do not" wishes nothing


def requests(parse: Parse) -> Iterator[Edit]:
    """An edit for each request that names what is to move."""
    for row in parse.reading.sentences:
        if not row or parse.masks.hides(row[0].start, row[-1].end):
            continue
        place = next((i for i, word in enumerate(row) if word.lower not in _FIRST), 0)
        said = _Request(parse, row, place)
        yield from (
            said.caused()
            or said.held()
            or said.animated()
            or said.wanted()
            or said.moved()
            or said.given()
            or said.added()
        )


class _Request:
    """One sentence, read from the verb that asks."""

    def __init__(self, parse: Parse, row: Sequence[Word], place: int) -> None:
        self.parse, self.row, self.place = parse, row, place
        self.lead = row[place].lower
        self.deeds = parse.vocabulary.telling.deeds

    def held(self) -> list[Edit]:
        """ "Keep the cat completely still": the cat stays completely still; a camera holds still."""
        end = self._row_of_things(self.place + 1)
        led = [word.lower for word in self.row[self.place + 1 : self.place + 3]]
        if led and led[0] in _ALL:
            end = self.place + (3 if led[1:] == ["else"] else 2)
        state = end
        while state < len(self.row) and self.row[state].kind == "ADV" and self.row[state].lower not in _HELD:
            state += 1
        if self.lead not in _HOLDING or end == self.place + 1 or state >= len(self.row):
            return []
        if self.row[state].lower not in _HELD:
            return []
        thing = self.row[self.place + 1 : end]
        films = self._filmed(thing)
        act = "hold" if films else "stay"
        many = self._many(thing) or any(word.lower == "and" for word in thing)
        return [self._opened(self.place, end, thing[-1].end, f" {act if many else act + 's'}")]

    def animated(self) -> list[Edit]:
        """ "Animate the flame so it flickers": the flame flickers."""
        end = self._thing(self.place + 1)
        after = [word.lower for word in self.row[end : end + 3]]
        told = after[:1] == ["so"] and next((i for i, lower in enumerate(after) if lower in _SELVES), 0)
        if self.lead != "animate" or not told or not self._moves(end):
            return []
        return [self._opened(self.place, end, self.row[end + told].end)]

    def wanted(self) -> list[Edit]:
        """ "I want the trees to sway and the waves to roll in": they sway, they roll in."""
        lowers = [word.lower for word in self.row]
        lead = next((i for i in range(1, _LEAD + 1) if lowers[i : i + 1] and lowers[i] in {"want", "need", "like"}), 0)
        if lowers[0] not in {"i", "we"} or not lead or not _WISHED.issuperset(lowers[1:lead]):
            return []
        if lowers[lead + 1 : lead + 2] == ["to"] and lowers[lead + 2 : lead + 3] and lowers[lead + 2] in _MOVED:
            return [self._begun(0, lead + 2)]
        edits: list[Edit] = []
        first = lead + 1
        while (end := self._thing(first)) > first and (at := self._act(end)) and (edits or self._moves(end, first)):
            thing, verb = self.row[first:end], self.row[at]
            edits.append(Edit(start=thing[-1].end, end=self.row[end].end, replacement=""))
            edits.append(self._said(verb, self._many(thing)))
            links = (i for i in range(at + 1, len(self.row)) if self.row[i].lower in {"and", "but", ","})
            first = next(links, len(self.row)) + 1
        return [self._begun(0, lead + 1), *edits] if edits else []

    def caused(self) -> list[Edit]:
        """ "Make her smile and wave, and let the lamp on the wall flicker": she smiles and waves, it flickers."""
        edits: list[Edit] = []
        first, opens, many = self.place + 1, self.lead in CAUSING, False
        while opens and first < len(self.row):
            end = self._caused_one(first)
            if end > first:
                thing, verb = self.row[first:end], self.row[end]
                self_named = _CAUSED.get(thing[0].lower) if len(thing) == 1 else None
                many = self_named == "they" or self._many(thing) or any(word.lower == "and" for word in thing)
                lead = self.row[first - 1] if self.row[first - 1].lower in CAUSING else thing[0]
                named = self_named or re.sub(
                    r"(\A|\band )an?\b", r"\1the", self.parse.prompt[thing[0].start : thing[-1].end]
                )
                edits.append(Edit(start=lead.start, end=thing[-1].end, replacement=_capital(named, like=lead)))
                edits.append(self._said(verb, many))
            elif edits and self._goes_on(self.row[first]):
                edits.append(self._said(self.row[first], many))
                end = first
            else:
                edits += self._parted(first) if edits else []
                break
            links = (i for i in range(end + 1, len(self.row) - 1) if self.row[i].lower in {"and", ",", "then"})
            first = next(links, len(self.row)) + 1
            while first < len(self.row) and (
                self.row[first].lower in {"and", "then", *CAUSING} or self.row[first].kind == "ADV"
            ):
                first += 1
        return edits

    def _parted(self, first: int) -> list[Edit]:
        """ "... and keep the camera still": what is asked of the machine next is a sentence of its own."""
        verb, link = self.row[first], self.row[first - 1]
        if verb.kind != "VERB" or verb.form != "base" or link.lower not in {"and", ",", "then"}:
            return []
        return [
            Edit(
                start=self.row[first - 2].end,
                end=verb.end,
                replacement=f". {verb.text.capitalize()}",
            )
        ]

    def _said(self, verb: Word, many: bool) -> Edit:
        lemma = next((lemma for lemma, form in verb.verbs if form == "base"), verb.lemma)
        act = replace(verb, lemma=lemma, form="base", kind="VERB")
        return Edit(start=verb.start, end=verb.end, replacement=finite(act, many, self.parse))

    def _caused_one(self, first: int) -> int:
        """Where the verb stands of which the thing at `first` is the subject: "the lamp on the wall | flicker"."""
        if self.row[first].lower in _CAUSED and self.row[first + 1 : first + 2] and self._is_base(first + 1):
            return first + 1
        end = self._thing(first)
        while end > first and end < len(self.row) and self.row[end].kind == "PREP":
            further = self._thing(end + 1)
            if further == end + 1:
                break
            end = further
        if end == first or not self._moves(end, first):
            return first
        if end < len(self.row) and self.row[end].kind == "VERB" and self._is_base(end):
            return end
        last, before = self.row[end - 1], self.row[end - 2]  # a deed that is a noun, too
        known = self.parse.vocabulary.sets["motion"] | set(self.deeds.values())
        if self._is_base(end - 1) and last.lower in known and before.kind == "NOUN" and end - 2 >= first:
            return end - 1
        joined = self._thing(end + 1) if end < len(self.row) and self.row[end].lower == "and" else end
        acts = end + 1 < joined < len(self.row) and self.row[joined].kind == "VERB" and self._is_base(joined)
        return joined if acts else first  # "a cat and a dog | run"

    def _goes_on(self, verb: Word) -> bool:
        """Whether whoever was made to act does this, too: "smile and wave", but no "and keep the camera still"."""
        asked = verb.lower in self.parse.vocabulary.sets["telling_keeping"] | _ADDING | _MOVED or self._filmed([verb])
        return verb.kind == "VERB" and verb.form == "base" and not asked

    def _is_base(self, place: int) -> bool:
        word = self.row[place]
        return any(form == "base" and lemma == word.lower for lemma, form in word.verbs)

    def moved(self) -> list[Edit]:
        """ "Move the trees, move the waves": the trees move, the waves move."""
        edits: list[Edit] = []
        if any(word.text == ":" for word in self.row):
            return edits  # "animate the mascot: slow blinking"
        for place in range(self.place, len(self.row)):
            opens = place == self.place or self.row[place - 1].lower in {",", "and"}
            end = self._row_of_things(place + 1) if opens and self.row[place].lower in _MOVED else 0
            if end > place + 1 and self._moves(end):
                things = self.row[place + 1 : end]
                many = self._many(things) or any(word.lower in {"and", ","} for word in things)
                edits.append(self._opened(place, end, things[-1].end, f" {'move' if many else 'moves'}"))
        return edits

    def given(self) -> list[Edit]:
        """ "Give the robe a gentle flutter": the robe flutters gently."""
        end = self._thing(self.place + 1, one=True)
        after = self._nominal(end)
        act = self._deed(self.row[end:after], self._many(self.row[self.place + 1 : end])) if self._moves(end) else ""
        if self.lead != "give" or not act:
            return []
        return [self._opened(self.place, end, self.row[after - 1].end, f" {act}")]

    def added(self) -> list[Edit]:
        """ "Add gentle movement to the curtains": the curtains move gently; "add a slow head turn" names it alone."""
        after = self._nominal(self.place + 1)
        named = self.row[self.place + 1 : after]
        if self.lead not in _ADDING or not named:
            return []
        if not self._verb(named[-1]):
            return self._added_too()
        if after == len(self.row) or self.row[after].lower not in _ONTO:
            alone = after == len(self.row) or self.row[after].lower in _ENDS
            return [self._begun(self.place, self.place + 1), *self._added_too()] if alone and self._named(named) else []
        return [*self._onto(self.place, after), *self._added_too()]

    def _added_too(self) -> list[Edit]:
        """ "..., and a slight sway to the branches": the branches sway slightly."""
        edits: list[Edit] = []
        for link in range(self.place + 2, len(self.row) - 3):
            after = self._nominal(link + 1)
            led = self.row[link].lower == "and" and self.row[link + 1].kind in {"DET", "ADJ"}
            if led and after < len(self.row) and self.row[after].lower in _ONTO:
                edits += self._onto(link, after)
            elif led and self._named(self.row[link + 1 : after]):  # "..., subtle hair movement": a piece of its own
                edits.append(Edit(start=self.row[link - 1].end, end=self.row[link].end, replacement=","))
        return edits

    def _onto(self, place: int, after: int) -> list[Edit]:
        """What is named between `place` and the preposition at `after`, done by what follows that."""
        end = self._row_of_things(after + 1)
        behind = [word.lower for word in self.row[end : end + 1]]
        if behind == [self.row[after].lower] or (
            _ONTO.intersection(behind) and self.row[end - 2].lower in {"and", ","}
        ):
            end = self._thing(after + 1)  # "ripples to the water and steam | to the cup"
        things = self.row[after + 1 : end]
        many = self._many(things) or any(word.lower in {"and", ","} for word in things)
        act = self._deed(self.row[place + 1 : after], many) if self._moves(end, after + 1) else ""
        if not act:
            return []
        if place == self.place:
            return [self._opened(after, end, things[-1].end, f" {act}", self.row[0].start)]
        told = self._opened(after, end, things[-1].end, f" {act}")
        named = f"{told.replacement[0].upper()}{told.replacement[1:]}"
        left = self.row[place - 2 if self.row[place - 1].text == "," else place - 1]
        return [Edit(start=left.end, end=told.end, replacement=f". {named}")]

    # -- phrases ------------------------------------------------------------------------------------------------------
    def _thing(self, first: int, *, one: bool = False) -> int:
        """Where the noun phrase that begins at `first` ends; `one`: before the next article."""
        end = first
        while end < len(self.row) and self._is_nominal(self.row[end]):
            if one and end > first and self.row[end].kind == "DET":
                break
            end += 1
        if end + 1 < len(self.row) and end > first and self.row[end].lower == "of":
            inner = self._thing(end + 1, one=one)
            end = inner if inner > end + 1 else end
        while end > first and self.row[end - 1].kind != "NOUN":
            end -= 1  # "the camera | steady"
        return end

    def _row_of_things(self, first: int) -> int:
        """Where "the trees, the waves and the rays" ends."""
        end = self._thing(first)
        while end > first and end < len(self.row) and self.row[end].lower in {",", "and"}:
            after = end + 1
            if self.row[end].text == "," and self.row[after : after + 1] and self.row[after].lower == "and":
                after += 1
            further = self._thing(after)
            led = further < len(self.row) and self.row[further].kind in {"VERB", "AUX"}
            if further == after or led:
                break
            end = further
        return end

    def _nominal(self, first: int) -> int:
        """Where what may be the name of a motion ends: "a very gentle sway"."""
        end = first
        while end < len(self.row):
            word = self.row[end]
            if not (self._is_nominal(word) or word.kind == "ADV" or word.text == "-" or self._verb(word)):
                break
            end += 1
        return end

    def _is_nominal(self, word: Word) -> bool:
        return word.kind in _NOMINAL or word.lower in _BELONGING or word.text in {"'s", "’s"}

    def _verb(self, noun: Word) -> str:
        """The verb of a noun of motion."""
        return self.deeds.get(noun.lower) or self.deeds.get(noun.lower.removesuffix("s"), "")

    def _named(self, named: Sequence[Word]) -> bool:
        """ "Subtle hair movement": what moves is named with its motion."""
        deed = len(named) > 1 and bool(self._verb(named[-1]))
        return deed and named[-2].kind in {"NOUN", "VERB"} and not self._filmed(named)

    def _deed(self, named: Sequence[Word], many: bool) -> str:
        """ "A very gentle sway" of one thing: "sways very gently"; nothing where the name says more than that."""
        lemma = self._verb(named[-1]) if named else ""
        lowers = " ".join(word.lower for word in named[:-1])
        paced = bool(_PACE.search(lowers))
        left = _PACE.sub("", lowers).split()
        how = [word for word in named[:-1] if word.lower in left and word.lower not in _FEW]
        manners = self.parse.vocabulary.telling.manners
        sure = {word.lower for word in how if word.kind == "ADV" and word.lower.endswith(("ly", "fast"))} - _HARDLY
        if not lemma or not sure.union(manners, _DEGREES).issuperset(word.lower for word in how):
            return ""
        verb = finite(replace(named[-1], lemma=lemma, form="base", kind="VERB"), many, self.parse)
        pace = ["in slow motion"] if paced else []
        told = [_SMALL.get(lower, lower if lower in _DEGREES else adverb(lower)) for lower in (w.lower for w in how)]
        degree = [word for word in told[:-1] if word in _DEGREES]
        manner = " and ".join(dict.fromkeys(word for word in told if word not in degree))
        return " ".join([verb, *degree, *([manner] if manner else []), *pace])

    def _many(self, thing: Sequence[Word]) -> bool:
        heads = [word for word in thing if word.kind == "NOUN"]
        led = next((i for i, word in enumerate(thing) if word.kind == "PREP"), len(thing))
        head = next((word for word in reversed(thing[:led]) if word.kind == "NOUN"), heads[-1] if heads else None)
        return head is not None and head.plural

    def _moves(self, end: int, first: int | None = None) -> bool:
        """Whether what stands there is a thing of the picture: neither the camera, nor the picture itself."""
        thing = self.row[self.place + 1 if first is None else first : end]
        sets = self.parse.vocabulary.sets
        whole = sets["telling_views"] | sets["picture"] | {"video", "clip", "scene", "background", "animation", "frame"}
        of = next((i for i, word in enumerate(thing) if word.lower == "of"), len(thing))
        return bool(thing) and whole.isdisjoint(word.lower for word in thing[:of]) and not self._filmed(thing)

    def _filmed(self, words: Sequence[Word]) -> bool:
        films = any(word.lower in self.parse.vocabulary.camera.subjects for word in words)
        return films or any(found.first <= word.index < found.last for found in self.parse.moves for word in words)

    def _act(self, end: int) -> int:
        """Where the verb stands of "to gently sway"; 0: none follows."""
        place = end + 1
        while place < len(self.row) and self.row[place].kind == "ADV" and self.row[place].lower != "not":
            place += 1
        follows = place < len(self.row) and self.row[end].lower == "to"
        return place if follows and self.row[place].form == "base" and self.row[place].kind == "VERB" else 0

    # -- edits --------------------------------------------------------------------------------------------------------
    def _begun(self, place: int, stays: int) -> Edit:
        """Take out what stands before a word, which takes the capital over."""
        first, word = self.row[place], self.row[stays]
        return Edit(start=first.start, end=word.end, replacement=_capital(word.text, like=first))

    def _opened(self, place: int, end: int, until: int, act: str = "", start: int | None = None) -> Edit:
        """A sentence that opens with the thing behind `place` and goes on with its act."""
        thing = self.row[place + 1 : end]
        text = self.parse.prompt[thing[0].start : thing[-1].end]
        known = thing[0].kind in {"DET", "NUM", "PRON"} or thing[0].lower in _BELONGING | _ALL
        named = text if known or thing[0].text.istitle() else f"the {text}"
        start = self.row[place].start if start is None else start
        opens = self.parse.prompt[start : start + 1].isupper()
        return Edit(start=start, end=until, replacement=(f"{named[0].upper()}{named[1:]}" if opens else named) + act)


def _capital(text: str, like: Word) -> str:
    return f"{text[0].upper()}{text[1:]}" if like.text[0].isupper() else text
