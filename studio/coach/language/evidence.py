"""What the settler asks of a word, its neighbours and its place in the tree, before it decides what the word is."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.language.model import Model, Parsed
from studio.coach.language.words import Word
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["CLAUSES", "Evidence"]

_SEVERAL = {"two", "three", "four", "five", "six", "several", "many", "few", "these", "those", "various"}
_PERFORMING = ("execute", "perform")
_BETWEEN = 3  # words between such a verb and what is performed
_CHAIN = 8  # heads from a word of a phrase to the noun that it hangs on
_PHRASE = 8  # words from an article to its noun
_SINGLE = {"a", "an", "another", "each", "every", "one"}
_CLEARING = {
    "sky", "skies", "fog", "mist", "smoke", "storm", "cloud", "clouds", "dust", "haze", "air", "rain", "snow",
    "weather", "horizon", "view", "steam", "water", "path", "sandstorm", "blizzard",
}  # fmt: skip
CLAUSES = {"ROOT", "conj", "parataxis", "advcl", "ccomp"}
"""How the verb of a clause hangs in the tree."""


class Evidence:
    """One sentence, each word with what the model says of it."""

    def __init__(self, pairs: Sequence[tuple[Word, Parsed]], vocabulary: Vocabulary, model: Model) -> None:
        self._pairs, self._vocabulary, self._model = pairs, vocabulary, model
        self._kinds, self._sets = vocabulary.noun_kinds, vocabulary.sets
        self._below: dict[int, list[tuple[Word, str]]] = {}
        for word, said in pairs:
            if word.head != word.index:
                self._below.setdefault(word.head, []).append((word, said.dep))

    def _is_made_to(self, word: Word) -> bool:
        """ "Make the boy smile": somebody right before it, and who makes him before that."""
        who = self._near(word.index - 1)
        causes = any(
            near.lower in {"make", "makes", "let", "lets"}
            for near, _ in self._pairs[max(0, word.index - 5) : word.index]
        )
        return causes and who is not None and self._kinds.get(who.lower) in {"person", "animal"}

    def _stands_alone(self, word: Word) -> bool:
        """ "Warm, slightly faded", "light, warm and golden": an adjective between marks, no command."""
        if not self._model.is_adjective(word.lower):
            return False
        start = word.index - 1
        if start > 1 and self._pairs[start][0].kind == "ADV" and self._pairs[start - 1][0].text == ",":
            start -= 1  # ", slightly open,"
        near = [self._pairs[i][0] for i in (start, word.index + 1) if 0 <= i < len(self._pairs)]
        return all(other.kind in {"PUNCT", "CONJ"} for other in near)

    def _is_glade(self, word: Word) -> bool:
        """ "A forest clearing at dusk": a place, where before it stands what grows; the sky and the mist do clear."""
        behind, after = self._near(word.index - 1), self._near(word.index + 1)
        grows = behind is not None and behind.kind == "NOUN" and self._kinds.get(behind.lower) == "scenery"
        grows = grows and behind is not None and behind.lower not in _CLEARING
        return word.lower == "clearing" and grows and (after is None or after.kind in {"PUNCT", "PREP", "VERB", "AUX"})

    def _joins_a_list(self, word: Word, said: Parsed) -> bool:
        """ "A box of nails and screws", "her hopes and dreams fading": behind a plural noun and "and", another."""
        link, noun = self._near(word.index - 1), self._near(word.index - 2)
        if link is None or noun is None or link.lower not in {"and", "or", "&", ","}:
            return False
        if noun.kind != "NOUN" or not noun.plural or not self._model.is_noun(self._model.lemma(word.lower, "NOUN")):
            return False
        before, after = self._near(word.index - 3), self._near(word.index + 1)
        held = before is not None and (before.lower == "of" or before.lower in self._sets["possessives"])
        if link.text == ",":  # "jars, spoons, whisks and pins"
            listed = before is not None and (before.text == "," or before.lower in {"of", "with"})
            return listed and after is not None and after.lower in {",", "and", "or"}
        ends = after is None or after.kind == "PUNCT" or (after.form == "ing" and after.kind == "VERB")
        tied = said.dep == "conj" and word.head == noun.index
        return ends and (tied or held)

    def _is_performed(self, word: Word) -> bool:
        """ "Executes fluid spins": what is performed is a thing that is done, and no verb."""
        near, steps = self._near(word.index - 1), 0
        while near is not None and near.kind in {"ADJ", "ADV", "NOUN"} and not near.plural and steps < _BETWEEN:
            near, steps = self._near(near.index - 1), steps + 1
        return near is not None and near.kind == "VERB" and steps > 0 and bool(near.could_be(*_PERFORMING))

    def _only_describes(self, lower: str) -> bool:
        """Whether a word is an adjective and nothing else: in the dictionary, and in no list, which knows better."""
        listed = lower in self._kinds or self._vocabulary.levels.at((lower,), 0) is not None
        return self._model.is_adjective(lower) and not (listed or self._model.is_noun(lower))

    def _after_singular(self, word: Word) -> bool:
        """ "A golden crema forms on top": "a" wants one thing, so a form in -s behind its noun is what that does."""
        if word.kind != "NOUN" or word.index < 2:
            return False
        if word.lower in self._sets["always_noun"] and word.lower not in self._sets["plain_s"]:
            return False
        moves = any(form == "s" and lemma in self._sets["motion"] for lemma, form in word.verbs)
        noun = self._pairs[word.index - 1][0]
        if not moves or noun.kind != "NOUN" or noun.plural or noun.form:
            return False
        after = self._near(word.index + 1)
        apart = after is None or word.dep not in {"compound", "amod"} or after.kind in {"PREP", "ADV", "DET", "PUNCT"}
        return apart and self._single_before(word)

    def _single_before(self, word: Word) -> bool:
        """Whether a single thing stands before a word, from its article on: "a golden crema"."""
        noun = self._pairs[word.index - 1][0] if word.index else word
        place = noun.index - 1
        while place > noun.index - _PHRASE and place >= 0 and self._pairs[place][0].kind in {"NOUN", "ADJ"}:
            place -= 1
        single = place >= 0 and self._pairs[place][0].lower in _SINGLE
        return single and noun.kind == "NOUN" and not noun.plural

    def _begins_absolute(self, word: Word) -> bool:
        """ "It turns, laces swaying": right before what somebody goes on doing, a form in -s is who or what does it."""
        before = self._near(word.index - 1)
        after = self._near(word.index + 1)
        other = self._near(word.index - 2)
        paired = before is not None and before.lower == "and" and other is not None and other.plural
        opens = before is None or before.text == "," or paired  # "his looks and gestures changing"
        doing = after is not None and after.form == "ing" and after.kind == "VERB"
        return opens and doing and word.lemma not in self._sets["goes_on_doing"]

    def _is_deed(self, word: Word) -> bool:
        """ "Action: raises a wall", "[Action] howls": behind such a label a form in -s is what the subject does."""
        if word.index < 2:
            return False
        mark, label = self._pairs[word.index - 1][0], self._pairs[word.index - 2][0]
        after = self._near(word.index + 1)
        apart = after is None or after.kind not in {"NOUN", "AUX", "VERB"}
        timed = mark.text == ":" and (label.kind == "NUM" or label.lower in {"s", "sec", "secs", "seconds"})
        return apart and (timed or (mark.text in {":", "]"} and label.lower in self._sets["deeds"]))

    def _near(self, index: int) -> Word | None:
        return self._pairs[index][0] if 0 <= index < len(self._pairs) else None

    def _is_first_of_two(self, word: Word) -> bool:
        """ "A calm, assertive expression": behind an article, a comma, another adjective and their noun behind it."""
        comma = self._near(word.index + 1)
        if comma is None or comma.text != ",":
            return False
        article, other, noun = (self._near(word.index + step) for step in (-1, 2, 3))
        if article is None or other is None or noun is None or article.kind != "DET":
            return False
        paired = other.kind == "ADJ" and noun.kind in {"NOUN", "ADJ"}
        return paired and self._model.is_adjective(word.lower) and word.lower not in self._kinds

    def _ends_a_list(self, word: Word) -> bool:
        """ "Humans, creatures, and flying vehicles": in a list of nouns no participle has the one before as subject."""
        link, comma, noun = (self._near(word.index - step) for step in (1, 2, 3))
        thing, after = self._near(word.index + 1), self._near(word.index + 2)
        if link is None or comma is None or noun is None or thing is None or thing.kind != "NOUN" or not thing.plural:
            return False
        listed = comma.text == "," and noun.kind == "NOUN"
        pair = comma.kind == "NOUN" and comma.plural and noun.kind in {"CONJ", "PUNCT", "PREP", "ADJ"}
        ends = after is None or after.kind in {"PUNCT", "PREP"}
        moves = word.lemma in self._sets["whole"] and word.lemma not in self._sets["transitive"]
        return link.lower == "and" and (listed or pair) and ends and moves

    def _moves_somehow(self, word: Word) -> bool:
        """ "Hair moves slightly in the breeze", "a shot that pans up slowly": a form in -s and how it is done."""
        if word.kind != "NOUN":
            return False
        motion, own = self._sets["motion"], self._vocabulary.camera.own
        moves = any(form == "s" and (lemma in motion or lemma in own) for lemma, form in word.verbs)
        who, opener, after = (self._near(word.index + step) for step in (-1, -2, 1))
        if not moves or who is None or after is None:
            return False
        if who.lower == "that":
            return word.dep == "acl:relcl" and (after.lower in self._sets["ways"] or after.kind == "ADV")
        if who.kind == "ADV" and who.lower.endswith("ly") and opener is not None and opener.lower == "and":
            return after.kind in {"PREP", "ADV"}  # "slowly and smoothly dollies in"
        if self._goes_somewhere(word, who):
            return True
        if word.lower in self._sets["always_noun"]:
            return False
        single = who.kind == "NOUN" and not who.plural and not who.form
        bare = opener is None or opener.kind in {"PUNCT", "CONJ", "DET"}
        return single and bare and after.kind == "ADV" and after.lower.endswith("ly")

    def _goes_somewhere(self, word: Word, who: Word) -> bool:
        """ "Water streams over the steps.": what is not counted, a way and its article, and no other verb there."""
        way, article = self._near(word.index + 1), self._near(word.index + 2)
        led = way is not None and way.lower in self._sets["ways"] and article is not None and article.kind == "DET"
        opens = who.index == 0 and who.lower in self._vocabulary.nouns.mass
        return led and opens and not any(other.kind in {"VERB", "AUX"} for other, _ in self._pairs)

    def _goes_on_alone(self, word: Word, said: Parsed, lemma: str) -> bool:
        """ "Walks in." "Opens the door": a form in -s opens the sentence, with an object or a way behind it."""
        if word.kind != "NOUN" or word.index or said.dep != "ROOT" or not lemma or not word.lower.endswith("s"):
            return False
        after = self._pairs[1][0].lower if len(self._pairs) > 1 else ""
        firm = after in self._sets["object_openers"] | self._sets["ways"] | self._sets["particles"]
        return (
            firm and word.lower not in self._kinds and not any(pair.dep.startswith("nsubj") for _, pair in self._pairs)
        )

    def _is_told(self, word: Word, said: Parsed) -> bool:
        """ "The boy that runs falls": what has a single subject, or an object, and no "is" is a verb, whatever it
        looks like."""
        if word.kind != "NOUN":
            return False
        below = self._below.get(word.index, ())
        if said.dep == "conj" and self._pairs[word.head][0].form == "s":  # "reads “STOP NOW” and sways"
            linked = self._has(word, "cc") and self._pairs[word.head][1].pos == "VERB"
            return linked and all(dep in {"cc", "punct", "advmod", "obl"} for _, dep in below)
        acted = next((near for near, dep in below if dep == "obj" and near.index > word.index), None)
        who = self._near(word.index - 1)
        if acted is not None and who is not None and (who, "compound") in below:
            return who.kind == "NOUN" and not who.plural and self._model.is_noun(who.lower)  # "red knife cuts string"
        subject = next((near for near, dep in below if dep == "nsubj" and near.index < word.index), None)
        said_of = subject is not None and subject.kind == "NOUN" and not subject.plural
        return said_of and not self._has(word, "cop", "det", "nmod:poss", "amod", "compound", "case", "nummod")

    def _is_use(self, word: Word) -> bool:
        """ "Fishing" right before a boat: what the thing is for, when it describes and is a noun of its own."""
        known = word.lower in self._sets["attributive_state"] and self._model.is_noun(word.lower)
        behind = self._near(word.index - 1)
        doing = behind is not None and behind.lower in {"while", "when"}  # "while chewing twigs"
        return known and word.head == word.index + 1 and not doing

    def _subject(self, word: Word, said: Parsed) -> Word | None:
        """Its subject in the tree; of "a dog running" the noun, of a second verb that of the first."""
        for _ in range(4):
            own = next((child for child, dep in self._below.get(word.index, ()) if dep.startswith("nsubj")), None)
            relative = own is not None and own.lower in {"that", "which", "who"}
            if own is not None and not relative:
                return own if own.index < word.index else None
            if word.head == word.index or said.dep not in {"acl", "acl:relcl", "conj", "advcl", "xcomp"}:
                return None
            above, its = self._pairs[word.head]
            if said.dep.startswith("acl"):
                return above
            word, said = above, its
        return None

    def _is_part(self, word: Word, whole: Word) -> bool:
        """Whether a word hangs in what says more of another, and is no other thing beside it."""
        for _ in range(_CHAIN):
            if word.head in {word.index, whole.index}:
                break
            word = self._pairs[word.head][0]
        return word.head == whole.index and word.dep not in {"list", "parataxis"}

    def _has(self, word: Word, *deps: str) -> bool:
        return any(dep in deps for _, dep in self._below.get(word.index, ()))

    def _acts(self, subject: Word | None) -> bool:
        acts = {"person", "animal", "vehicle", "body"}
        known = subject is not None and (subject.kind == "PRON" or self._kinds.get(subject.lower) in acts)
        return known or (subject is not None and self._is_named(subject))

    def _is_named(self, word: Word) -> bool:
        """ "Claire", "Tim"."""
        return word.text[:1].isupper() and word.lower in self._vocabulary.given_names
