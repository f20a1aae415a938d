"""Who does it: from a verb to the noun that governs it.

Two witnesses: the nearest noun that no preposition claims (the lexical grammar), and the subject in the model's tree.
Measured on the table in ``tests/test_coach_actors.py``, the tree is the surer one for a subject that hangs on the verb
itself, and only there: participles and second verbs it hangs on whatever stands next to them.
"""

from __future__ import annotations

from dataclasses import replace

from studio.coach.cues.noun_phrases import NounPhrases
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["FURTHEST", "Subjects"]

_RELATIVES = {"that", "which", "who", "whom", "whose"}
_LIMBS = {"hand", "hands", "arm", "arms", "fingers", "paw", "paws", "legs", "feet"}
_WEARING = {"wear", "don", "sport"}
_GRASPING = {"reach", "pick", "grab", "lift", "hold", "take", "put", "bring"}
_OPENING = {"s", "base", "ing"}
_DEEPEST = 8
_LONGEST_ASIDE = 12  # words
FURTHEST = 40
"""How many words may lie between a verb and its subject."""


def _by_tree(reading: Reading, resultative: frozenset[str], nouns: frozenset[str]) -> list[Word]:
    """Words whose place in the tree says that they are verbs: "they laughed and turned", "two suns setting"."""
    words = reading.words
    subjects = {word.head for word in words if word.dep == "nsubj" and word.index < word.head}
    helped = {word.head for word in words if word.kind == "AUX"}
    settled = list(words)
    for word in words:
        head = settled[word.head] if 0 <= word.head < word.index else None
        goes_on = word.dep == "conj" and head is not None and head.form == "past" and head.kind == "VERB"
        joined = word.start > 0 and reading.text[word.start - 1] == "-"  # "a rain-streaked window"
        told = word.index in subjects and word.index not in helped and not joined
        if word.form == "participle" and word.kind == "ADJ" and word.lower not in resultative and (told or goes_on):
            settled[word.index] = replace(word, kind="VERB", form="past")
        elif word.kind == "NOUN" and word.verbs and word.lower.endswith("ing") and not word.text.isupper():
            beside = word.dep == "conj" and head is not None and head.kind == "VERB" and head.form == "ing"
            if (word.dep != "acl" and not beside) or (word.lower in nouns and not beside):
                continue
            settled[word.index] = replace(word, kind="VERB", form="ing", lemma=word.verbs[0][0])
    return settled


class Subjects(NounPhrases):
    """Finds the subject of each verb of a reading; verbs are asked for in order."""

    def __init__(self, reading: Reading, masks: Masks, vocabulary: Vocabulary) -> None:
        self.reading, self.masks = reading, masks
        self.vocabulary, self.sets = vocabulary, vocabulary.sets
        self.words = tuple(_by_tree(reading, self.sets["resultative"], self.sets["light_nouns"]))
        self.owners: dict[int, Word | None] = {}  # verb -> subject, filled left to right
        self.asked: set[int] = set()  # sentences in which somebody is asked to do something
        self.subjects = {word.head: word for word in self.words if word.dep in {"nsubj", "nsubj:pass"}}

    def _subject(self, word: Word) -> Word | None:
        return self.owners.get(word.index)

    def _find_subject(self, word: Word) -> Word | None:
        """Who or what governs a verb, by both witnesses."""
        if self._of_a_deed(word):
            return None
        beside = self._done_beside(word)
        if beside is not None:
            return self.owners.get(beside.index)
        fresh = self._asked_of(word) or self._run_on(word)
        if fresh is not None:
            return fresh
        found = self._whole_of(self._by_both(word), word)
        label = self.reading.labels.get(word.sentence)
        named = found is not None and (label is None or found.index >= label[1])
        return found if named or label is None or label[1] > word.index else self._cast(word)

    def _done_beside(self, verb: Word) -> Word | None:
        """ "Looking to the side while talking": the verb whose subject a participle behind "while" has."""
        link = self._before(verb)
        if verb.form != "ing" or link is None or link.lower not in {"while", "whilst"}:
            return None
        ahead = self.words[self.reading.starts[verb.sentence] : link.index]
        return next((word for word in reversed(ahead) if word.kind == "VERB"), None)

    def _of_a_deed(self, verb: Word) -> bool:
        """ "A night of camping", "a view of riding a wave": what the noun is about, and nobody is named who does it."""
        of = self._before(verb)
        noun = self.words[of.index - 1] if of is not None and of.index else None
        return verb.form == "ing" and of is not None and of.lower == "of" and noun is not None and noun.kind == "NOUN"

    def _whole_of(self, found: Word | None, verb: Word) -> Word | None:
        """ "An eagle, feathers ruffling, soaring", "a man, bald head, waxed beard, lifts a crate", "an ape wearing a
        scarf hailing a cab", "a man, blue water, reaches for a cup": what only who lives does is not done by a part of
        them, by what they wear or by what is listed beside them."""
        if found is None or found.kind != "NOUN" or found.index > verb.index:
            return found
        worn = self._wearing(found)
        if worn is not None and self._kind(self.owners.get(worn.index)) in {"person", "animal"}:
            return self.owners[worn.index]
        goes = verb.lemma in self.sets["whole"] and verb.form == "ing" and self._behind_comma(verb)
        after = self._after(verb)
        handles = verb.lemma in self.sets["bodily"] and after is not None and after.kind in {"DET", "ADJ", "NOUN"}
        listed = handles and self._is_listed(found)
        beside = verb.lemma in _GRASPING and verb.form == "s" and self._behind_comma(verb) and self._is_listed(found)
        if not beside and (not (goes or listed) or self._kind(found) != "body"):
            return found
        ahead = self.words[self.reading.starts[verb.sentence] : found.index]
        living = (w for w in reversed(ahead) if self._kind(w) in {"person", "animal"} and w.kind == "NOUN")
        return next((w for w in living if self.words[w.index + 1].kind != "NOUN"), found)

    def _wearing(self, noun: Word) -> Word | None:
        """The verb of which a noun is what somebody wears."""
        index = self._phrase_start(noun) - 1
        before = self.words[index] if index >= 0 else None
        wears = before is not None and before.kind == "VERB" and before.lemma in _WEARING
        return before if wears and before is not None and before.sentence == noun.sentence else None

    def _is_listed(self, noun: Word) -> bool:
        """Whether a noun stands without an article between two marks: ", bald head,"."""
        start = self._phrase_start(noun)
        before, behind = self.words[start - 1] if start else noun, self.words[noun.index + 1]
        plain = self.words[start].kind != "DET"
        return plain and before.text == "," and behind.text == "," and noun.lower not in _LIMBS

    def _phrase_start(self, noun: Word) -> int:
        index = noun.index
        while index > 0 and self.words[index - 1].kind in {"DET", "ADJ", "NUM", "NOUN"}:
            index -= 1
            if self.words[index].kind == "DET":
                break
        return index

    def _behind_comma(self, verb: Word) -> bool:
        before = self._before(verb)
        return before is not None and before.text == ","

    def _asked_of(self, word: Word) -> Word | None:
        """ "I want the man to take off his hat", "causing the boat to rock": who does what is wished for or caused."""
        to = self._before(word)
        if word.form != "base" or to is None or to.lower != "to" or to.index < 2:
            return None
        index = to.index - 1
        who = self.words[index] if self.words[index].kind in {"NOUN", "PRON"} else None
        while index >= 0 and self.words[index].kind in {"NOUN", "ADJ", "DET", "NUM", "PRON"}:
            index -= 1
        verb = self.words[max(0, index)]
        asked = verb.lemma in self.sets["asking"] or verb.lower in self.sets["asking"]
        asked = asked or (verb.kind == "CONJ" and word.sentence in self.asked)  # "... and the dog to bark"
        if who is None or not asked or verb.sentence != word.sentence or verb.index >= to.index - 1:
            return None
        self.asked.add(word.sentence)
        return who

    def _cast(self, verb: Word) -> Word | None:
        """ "Subject: a potter. Action: raises a wall": whom an earlier label names, for a deed without its doer."""
        for sentence, (label, first) in reversed(self.reading.labels.items()):
            if sentence < verb.sentence and label.lower in self.sets["cast"]:
                nouns = (word for word in self.words[first : first + FURTHEST] if word.sentence == sentence)
                heads = [word for word in nouns if word.kind == "NOUN" and self._phrase_owner(word) is not None]
                acting = (word for word in heads if self._kind(word) in {"person", "animal", "vehicle"})
                return next(acting, heads[0] if heads else None)
        return None

    def _by_both(self, word: Word) -> Word | None:
        nearest, hung = self._nearest(word), self._hung(word)
        if nearest is not None and hung is not None and hung is not nearest and self._surer(hung, nearest, word):
            return hung
        beside = nearest is not None and nearest.index == word.index - 1 and word.form != "ing"
        if beside or self._kind(nearest) in {"person", "animal", "vehicle", "body", "scenery"}:
            return nearest
        tree = self._tree_subject(word)
        return tree if self._kind(tree) in {"person", "animal", "vehicle"} else nearest or tree

    def _run_on(self, word: Word) -> Word | None:
        """ "Tosses rice in a pan flames leap up": a second finite verb that nothing links has the noun before it."""
        near = self._before(word)
        if near is None or near.kind not in {"NOUN", "PRON"} or near.lower in _RELATIVES or word.form not in _OPENING:
            return None
        phrases = 0  # noun phrases since the last verb
        for index in range(near.index, -1, -1):
            earlier = self.words[index]
            if earlier.sentence != word.sentence or earlier.kind in {"PUNCT", "CONJ", "AUX"} | {"PRON"} - {near.kind}:
                return None
            if earlier.kind == "VERB":
                break
            phrases += earlier.kind in {"DET", "PRON"}
        else:
            return None
        stuff = near.lower in self.vocabulary.nouns.mass or near.plural
        compound = self.words[near.index - 1].kind == "NOUN"
        alone = near.kind == "PRON" or phrases > 1 or compound
        fits = near.kind == "PRON" or self._agrees(near, word) or word.form == "ing"
        firm = earlier.form in {"s", "ing"} and (word.form != "ing" or (stuff and compound))
        return near if fits and alone and firm and (stuff or not compound or phrases > 1) else None

    def _surer(self, hung: Word, nearest: Word, verb: Word) -> bool:
        """Whether the subject in the tree is the better one: "a giant, covered with fern, wakes"."""
        if hung.index > nearest.index:
            own = self._phrase_owner(hung) is not None and verb.form != "ing"
            return own and (hung.kind == "PRON" or self._agrees(hung, verb))
        between = {near.lower for near in self.words[hung.index : nearest.index]}
        stuff = nearest.lower in self.vocabulary.nouns.mass and "of" in between  # "a thread of smoke rises"
        listed = nearest.dep == "conj" and nearest.head == hung.index  # "branches and leaves"
        told = hung.lower in self.sets["picture"] | {*self.vocabulary.camera.subjects}
        apart = stuff or listed or told or between & self.sets["simultaneous"]
        return not apart and self._within(nearest, hung)

    def _hung(self, word: Word) -> Word | None:
        """The subject that hangs on a verb in the tree, where it is one that could act."""
        near = self.subjects.get(word.index)
        if near is None or near.sentence != word.sentence or near.index > word.index or near.form == "gerund":
            return None
        fits = near.kind == "NOUN" or (near.kind == "PRON" and near.lower not in _RELATIVES)
        wrong = near.kind == "NOUN" and word.form in {"s", "base"} and not self._agrees(near, word)
        compound = self.words[near.index + 1].kind == "NOUN" and near.index + 1 < word.index
        hidden = self.masks.hides(near.start, near.end)
        return near if fits and not (wrong or compound or hidden) else None

    def _within(self, word: Word, above: Word) -> bool:
        """Whether a word hangs on another, at whatever depth."""
        for _ in range(_DEEPEST):
            if word.head in {above.index, word.index}:
                return word.head == above.index
            word = self.words[word.head]
        return False

    def _tree_subject(self, word: Word) -> Word | None:
        """The subject by the tree: its own, that of the verb it goes on from, or the noun that it describes."""
        own = self.subjects.get(word.index)
        if own is not None and own.lower not in _RELATIVES:
            return own
        head = self.words[word.head] if word.head >= 0 else word
        if head is word:
            return None
        if head.kind in {"NOUN", "PRON"}:
            return head if word.dep in {"acl", "acl:relcl", "parataxis", "list"} else None
        return self.subjects.get(head.index) if word.dep in {"conj", "advcl", "xcomp", "parataxis"} else None

    def _nearest(self, word: Word) -> Word | None:
        """The nearest noun before a verb that no preposition claims, else the subject of the last verb."""
        index = word.index - 1
        while index >= 0 and self.words[index].kind == "ADV" and self.words[index].sentence == word.sentence:
            index -= 1
        if word.form in {"s", "base"}:
            index = self._before_aside(index)
        if word.form == "base" and self._chained(index, word):
            return self._chain_owner(index, word)
        index = self._before_view(self._before_picture(index, word))
        candidate: Word | None = None
        near = self.words[index] if index >= 0 else None
        if near is not None and near.kind == "NOUN" and near.sentence == word.sentence and word.form in {"ing", "base"}:
            if self._phrase_owner(near) is not None or self._kind(near) in {"person", "animal", "vehicle"}:
                return near  # "footage of a crane dancing": the crane dances, not the footage
            if word.form == "ing" and self._absolute(near):
                return near
            candidate = self._bearer(near) if word.form == "ing" else near
        while index >= 0 and index > word.index - FURTHEST and self.words[index].sentence == word.sentence:
            near = self.words[index]
            if near.lower in {"that", "which", "who"} and near.kind == "PRON" and self.words[index - 1].kind == "NOUN":
                return self._who(self.words[index - 1]) if near.lower == "who" else self.words[index - 1]
            if self.masks.hides(near.start, near.end):  # "a sign that reads "SALE" swings": not the sale
                index -= 1
                continue
            if near.kind in {"NOUN", "PRON"} and near.form != "gerund":
                head = self._phrase_owner(near)
                if head is not None:
                    if candidate is not None and self._governs(head, candidate, word):
                        return head
                    heads = {"person", "animal"} | ({"thing", "vehicle", "body"} if word.form == "s" else set())
                    return head if candidate is None or self._kind(head) in heads else candidate
                candidate = candidate or near
            if near.kind == "VERB":
                owner = self.owners.get(self._went_on_from(near, word).index)
                pictured = owner is not None and owner.lower in self.sets["picture"]
                return candidate if owner is None or (pictured and candidate is not None) else owner
            index -= 1
        return candidate

    def _who(self, noun: Word) -> Word:
        """ "A dwarf in the globe who rakes the garden": who lives, of what stands right before "who"."""
        if self._kind(noun) not in {"thing", "scenery", "vehicle"}:
            return noun
        before = reversed(self.words[max(0, noun.index - FURTHEST) : noun.index])
        alive = (near for near in before if near.sentence == noun.sentence and self._kind(near) in {"person", "animal"})
        return next(alive, noun)

    def _went_on_from(self, near: Word, verb: Word) -> Word:
        """ "Sniffs the cone lying there, blinks": past what describes a thing, the verb that the next goes on from."""
        if verb.form != "s" or near.form != "ing" or not self._chained(verb.index - 1, verb):
            return near
        start = self.reading.starts[verb.sentence]
        earlier = (w for w in reversed(self.words[start : near.index]) if w.kind == "VERB" and w.form == "s")
        return next(earlier, near)

    def _before_picture(self, index: int, word: Word) -> int:
        """ "Make the woman in the photo wave": past where the picture is only said to hold who acts."""
        if index < 2 or word.form != "base" or self.words[index].lower not in self.sets["picture"]:
            return index
        place = index - 1
        while place > 0 and self.words[place].kind in {"DET", "ADJ"}:
            place -= 1
        held = self.words[place].lower in {"in", "on", "from"} and self.words[place].sentence == word.sentence
        return place - 1 if held and self.words[place - 1].kind == "NOUN" else index

    def _before_view(self, index: int) -> int:
        """ "A guard in first person writing": past from whose eyes it is seen, who does nothing."""
        said = [near.lower for near in self.words[max(0, index - 2) : index + 1]]
        return index - 3 if index > 2 and said == ["in", "first", "person"] else index

    def _before_aside(self, index: int) -> int:
        """The place before ", covered with fern," or ", its fur wet,": what is only said between says not who acts."""
        if index < 0 or self.words[index].text != ",":
            return index
        for comma in range(index - 1, max(-1, index - _LONGEST_ASIDE), -1):
            near = self.words[comma]
            if near.sentence != self.words[index].sentence:
                return index
            if near.text == ",":
                opening, before = self.words[comma + 1], self.words[comma - 1]
                unknown = opening.kind == "NOUN" and not self._kind(opening) and self.words[comma + 2].kind == "PREP"
                describes = unknown or opening.kind == "ADJ" or opening.form in {"participle", "passive", "past"}
                aside = describes or opening.lower in self.sets["possessives"] | {"with"}
                return comma - 1 if aside and comma > 0 and before.sentence == near.sentence else index
        return index

    def _bearer(self, noun: Word) -> Word:
        """ "A boy in a raincoat jumping": who wears, holds or stands by what the participle follows; else the noun."""
        index = noun.index - 1
        while index > 0 and self.words[index].kind in {"DET", "ADJ", "NUM", "NOUN", "ADV"}:
            index -= 1
        if self.words[index].lower == "of":  # "a view of waves crashing"
            return noun
        made = self.words[index].lower == "in" and index == noun.index - 1 and not noun.plural and index > 0
        if (
            made
            and self._kind(noun) in {"", "thing"}
            and self.words[index - 1].kind == "NOUN"
            and not noun.text[:1].isupper()
        ):
            return self.words[index - 1]  # "a statue in plaster rotating"
        while index >= 0 and self.words[index].sentence == noun.sentence:
            near = self.words[index]
            if near.kind == "NOUN" and self._kind(near) in {"person", "animal", "vehicle"}:
                return near
            describing = near.kind == "VERB" and near.form in {"passive", "past"}  # "with tattooed hands"
            if near.kind in {"VERB", "PUNCT", "CONJ", "AUX"} and not describing:
                break
            index -= 1
        return noun

    def _absolute(self, noun: Word) -> bool:
        """ "The flag ripples, with folds travelling": after a verb, "with" opens a clause that has its own subject."""
        index = noun.index - 1
        while index > 0 and self.words[index].kind in {"DET", "ADJ", "NUM"}:
            index -= 1
        if self.words[index].lower != "with" or self.words[index].sentence != noun.sentence:
            return False
        earlier = (owner for verb, owner in self.owners.items() if self.words[verb].sentence == noun.sentence)
        return any(owner is None or owner.lower not in self.sets["picture"] for owner in earlier)

    def _governs(self, head: Word, near: Word, verb: Word) -> bool:
        """ "The glitter below the sun flickers": the head of the phrase governs a finite verb that fits its number."""
        if not self._agrees(head, verb):
            apart = {word.lower for word in self.words[head.index + 1 : near.index]}
            rises = self._kind(head) == "scenery" and head.lower in self.vocabulary.nouns.mass and "from" in apart
            return rises and self._kind(near) == "thing" and not apart & {",", "and"}  # "smoke from the tyres go out"
        pictured = head.lower in self.sets["picture"] | {*self.vocabulary.camera.subjects}
        between = self.words[head.index + 1 : near.index]
        parted = any(word.kind in {"PUNCT", "CONJ"} or word.lower == "with" for word in between)
        stuff = between[-1].lower == "of" if between else False  # "a ribbon of steam": the steam rises
        return not self._agrees(near, verb) or not (pictured or parted or stuff)

    def _chained(self, index: int, word: Word) -> bool:
        near = self.words[index] if index >= 0 else None
        return near is not None and near.sentence == word.sentence and near.kind in {"PUNCT", "CONJ"}

    def _chain_owner(self, index: int, word: Word) -> Word | None:
        """Who does what a bare form goes on with: whoever does the verb before; nobody in a row of commands."""
        while index >= 0 and self.words[index].sentence == word.sentence:
            if self.words[index].kind == "VERB":
                return self.owners.get(index)
            index -= 1
        return None
