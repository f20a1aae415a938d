"""The lexical grammar: which words are verbs, which are nouns, decided by their neighbours."""

from __future__ import annotations

from studio.coach.language.neighbours import Clause
from studio.coach.language.pasts import Pasts
from studio.coach.language.words import Word

__all__ = ["Tagger"]

_CLAUSE = 14  # words from the article of a clause to its verb
_QUOTES = {'"', "'", "”", "’", "»"}


class Tagger(Pasts):
    """One pass over the words, left to right; each decision sees what is settled before it and the spelling after."""

    def tag(self) -> list[Word]:
        """The words with kind, form and lemma."""
        for word in tuple(self.words):
            self.words[word.index] = self._settle(word)
        return self.words

    def _settle(self, word: Word) -> Word:
        kind = self._closed_class(word)
        if kind:
            word.kind, word.lemma = kind, word.lower  # half of the words; nobody else has them yet
            return word
        if word.verbs:
            verb = self._verb(word)
            if verb is not None:
                return self._remember(verb)
        return self._remember(self._nominal(word))

    def _remember(self, word: Word) -> Word:
        if word.kind != "VERB":
            return word
        clause = self._clause(word)
        subject = self._subject(word.index)
        goes_on = subject is None or subject.kind not in {"NOUN", "PRON"}
        acted = clause.acted or subject is None if goes_on else any(map(self._acts, self._bearers(subject)))
        finite = word.form in {"s", "base", "preterite", "past", "passive"}
        self.clauses[word.sentence] = Clause(word.form if finite else clause.finite, word.form, acted)
        return word

    def _nominal(self, word: Word) -> Word:
        lower = word.lower
        unlisted = self._unlisted_verb(word)
        if unlisted is not None:
            return unlisted
        singular = self.vocabulary.singulars.get(lower, lower)
        if (
            lower.endswith("ly")
            and not word.verbs
            and lower not in self.kinds
            and lower not in self.vocabulary.adjectives
        ):
            return word.but(kind="ADV", lemma=lower)
        if self._wears(word):
            return word.but(kind="NOUN", lemma=lower)
        describing = lower in self.vocabulary.adjectives and lower not in self.kinds
        if describing or (lower not in self.kinds and self._adjective_ending(lower)):
            return word.but(kind="ADJ", lemma=lower)
        plural = (
            singular != lower
            or (lower.endswith("s") and not lower.endswith(("ss", "us", "is")))
            or lower in {"people", "fish", "police", "sheep"}
            or lower.endswith(("women", "children"))
        )
        return word.but(kind="NOUN", lemma=singular, plural=plural)

    def _unlisted_verb(self, word: Word) -> Word | None:
        """A verb that no list holds, when form and neighbours leave little doubt: "a corgi vlogging"."""
        lower = word.lower
        if word.verbs or lower in self.kinds or len(lower) < 4 or not lower.isalpha():
            return None
        before = self._behind(word.index)
        if before is None:
            return None
        if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and self._unlisted_s(word):
            return word.but(kind="VERB", form="s", lemma=_stem(lower))
        if lower.endswith("ing") and lower not in self.sets["noun_ing"] and lower not in self.vocabulary.adjectives:
            actor = self.kinds.get(before.lower) in {"person", "animal"} or before.kind == "PRON"
            governed = actor or (before.lower in self.sets["be"] and before.kind != "DET")
            return word.but(kind="VERB", form="ing", lemma=lower[:-3]) if governed else None
        return None

    def _unlisted_s(self, word: Word) -> bool:
        """ "The boxer ducks, jabs twice", "a hand underlines it": one who acts, then -s, then an object or a way."""
        if not (self._object_follows(word) or self._way_follows(word)):
            return False
        subject, link = self._subject(word.index), self._link(word.index)
        if link is not None and (subject is None or subject.kind in {"CONJ", "PUNCT", "VERB"}):
            clause = self._clause(word)
            return clause.finite == "s" and clause.acted and not self._bare_list(link)
        return (
            subject is not None and subject is self._behind(word.index) and self._acts(subject) and not subject.plural
        )

    def _verb(self, word: Word) -> Word | None:
        """The word as a verb (or as a participle that describes), or None: a noun or adjective after all."""
        by_form: dict[str, str] = {}
        for lemma, form in word.verbs:
            by_form.setdefault(form, lemma)
        if "ing" in by_form:
            return self._ing(word, by_form["ing"])
        if "base" in by_form and self._is_foreign_present(word, by_form["base"]):
            return word.but(kind="VERB", form="ing", lemma=by_form["base"])
        same = "base" in by_form and "past" in by_form  # "run", "cut": the neighbours decide
        for form in ("base", "s", "preterite", "past") if same else ("s", "preterite", "past", "base"):
            if form in by_form:
                settled = getattr(self, f"_{form}")(word, by_form[form])
                if settled is not None:
                    assert isinstance(settled, Word)
                    return settled
        return None

    def _ing(self, word: Word, lemma: str) -> Word | None:
        before, after = self._behind(word.index), self._ahead(word.index)
        subject = self._subject(word.index)
        verb = word.but(kind="VERB", form="ing", lemma=lemma)
        if word.lower in self.sets["noun_ing"]:
            loose = before is None or before.kind not in {"DET", "ADJ", "NUM", "PREP"}
            held = loose and self._object_follows(word)
            held = held or self._is_phrasal(word, lemma)  # "plants lighting up"
            manner = before is not None and before.kind == "ADV" and before.lower.endswith("ly")
            begun = before is not None and before.kind == "VERB" and before.lemma in self.sets["beginning"]
            doer = before is not None and self.kinds.get(before.lower) == "person"
            held = held or (doer and self._bare_object_follows(word))  # "a chef plating dessert"
            held = held or self._comes_to_be(word)
            return verb if held or manner or begun or (subject and subject.lower in self.sets["be"]) else None
        describes = after is not None and self._noun_like(after)
        if describes and before is not None and before.text == "," and self._second_of_a_row(before):
            return word.but(kind="ADJ", form="attributive", lemma=lemma)  # "by a cold, babbling spring"
        if before is not None and before.lower in {"while", "whilst"}:
            return verb  # "jumps while smoking cigars"
        if before and (before.kind in {"DET", "ADJ", "NUM"} or (describes and self._measures(before))):
            if describes or (after is not None and after.text == ",") or word.lower in self.sets["attributive_state"]:
                return word.but(kind="ADJ", form="attributive", lemma=lemma)
            if before.kind != "ADJ" or self._of_noun(before):
                return word.but(kind="NOUN", form="gerund", lemma=lemma)
            return verb
        intransitive = lemma in self.sets["moving"] or lemma in self.sets["light_state"]
        intransitive = intransitive and lemma not in self.sets["local"]
        opens = before is None or before.kind in {"PUNCT", "CONJ", "PREP", "VERB"} or before.form == "attributive"
        goes_on = before is not None and before.lower == "and" and self._clause(word).last == "ing"
        goes_on = goes_on and not self._second_of_two(before)
        if (
            opens
            and not goes_on  # "flying over the roofs and breathing fire"
            and describes
            and (intransitive or word.lower in self.sets["attributive_state"])
            and lemma not in self.sets["transitive"]
        ):
            return word.but(kind="ADJ", form="attributive", lemma=lemma)
        if before and before.kind == "ADV" and describes and intransitive and lemma not in self.sets["transitive"]:
            earlier = self._behind(before.index)
            if earlier is None or earlier.kind in {"DET", "PREP", "ADJ", "PUNCT"}:
                return word.but(kind="ADJ", form="attributive", lemma=lemma)
        return verb

    def _second_of_a_row(self, comma: Word) -> bool:
        """Whether an article and an adjective stand before a comma: "a clear, ..."."""
        first = self._behind(comma.index)
        article = self._behind(first.index) if first is not None and first.kind == "ADJ" else None
        return article is not None and article.kind == "DET"

    def _of_noun(self, word: Word) -> bool:
        earlier = self._behind(word.index)
        return earlier is None or earlier.kind in {"DET", "PREP", "ADJ"}

    def _s(self, word: Word, lemma: str) -> Word | None:
        verb = word.but(kind="VERB", form="s", lemma=lemma)
        before, after, subject = self._behind(word.index), self._ahead(word.index), self._subject(word.index)
        particle = before is not None and before.kind == "PREP" and before.lower in self.sets["particles"]
        fits = particle and subject is not None
        if before is None or (before.kind in {"DET", "ADJ", "PREP", "NUM"} and not fits):
            return None
        if after is not None and after.lower == "of" and lemma not in self.sets["of_verbs"]:
            return None  # "shafts of light"
        relative = subject is not None and subject.lower in {"that", "which", "who"} and subject.kind == "PRON"
        if after and (after.kind == "AUX" or after.lower in self.sets["be"]) and not relative:
            return None  # "the only thing that moves is the flag"
        if self._owned(word, before):
            return None
        transitive = self._object_follows(word)
        if self._plural_before_verb(word, transitive):
            return None
        link = self._link(word.index)
        if link is not None and (subject is None or subject.kind in {"CONJ", "PUNCT", "VERB"}):
            return verb if self._goes_on_chain(word, link, transitive) else None
        if subject is None or (self._several(subject) and not self._single_head(word, subject)):
            return None
        acts = self._acts(subject) or self._holder_acts(word, subject)
        if self._is_ware(word, subject, lemma):
            return None
        if self._worn(subject) and word.lower in self.sets["rather_noun"]:
            return None
        phrasal = self._is_phrasal(word, lemma)
        if word.lower in self.sets["always_noun"] and not (
            acts or transitive or phrasal or self._heads_clause(word, subject) or self._flies(word, subject)
        ):
            return None
        if word.lower in self.sets["mostly_noun"] and not (acts or transitive or self._goes_on(word)):
            return None
        if self._compound(word, subject):
            return None
        if subject.text in _QUOTES:  # "the logo 'Ace' spins"
            return verb if word.lower not in self.sets["always_noun"] and self._goes_on(word) else None
        return verb if subject.kind in {"NOUN", "PRON", "ADJ"} else None

    def _several(self, subject: Word) -> bool:
        either = self.vocabulary.nouns.irregular_plural.get(subject.lower) == subject.lower  # "a fish leaps"
        return subject.plural and subject.kind == "NOUN" and not either and self.kinds.get(subject.lower) != "person"

    def _single_head(self, word: Word, subject: Word) -> bool:
        """ "Smoke from the chimneys drifts left": the plural only says more about the one thing that moves."""
        if word.lower in self.sets["rather_noun"] or not self._goes_on(word):
            return False
        return any(not head.plural and not self._coordinated(head) for head in self._heads(subject))

    def _plural_before_verb(self, word: Word, transitive: bool) -> bool:
        """ "Cranes fly": a plural noun, then its verb."""
        after = self._ahead(word.index)
        known = word.lower in self.kinds or word.lower in self.sets["mostly_noun"]
        if after is None or not known or transitive or self._closed_class(after):
            return False
        return after.may_be("base")

    def _goes_on_chain(self, word: Word, link: Word, transitive: bool) -> bool:
        """Whether a form in -s goes on with what the subject of the last verb does: ", waves at us", "then sits"."""
        clause, certain = self._clause(word), transitive or self._way_follows(word)
        if clause.finite == "s":
            does = clause.acted or word.lower not in self.sets["always_noun"]
            if certain and (does or (transitive and word.lower in self.sets["plain_s"])):
                return True
            listed = word.lower in self.sets["mostly_noun"] and self._bare_list(link)
            listed = listed or (link.kind == "CONJ" and not certain and self._counted_out(link))
            if word.lower in self.sets["always_noun"]:
                goes_on = self._goes_on(word) or self._bare_object_follows(word)  # "bows, lights incense"
                return clause.acted and goes_on and not self._bare_list(link)
            return not listed and (self._goes_on(word) or word.lower not in self.sets["mostly_noun"])
        if link.text != "," and link.kind == "PUNCT":
            return word.lower not in self.sets["mostly_noun"]
        known = word.lower in self.sets["always_noun"] and not self._takes_up(word, clause)
        if certain and link.text == "," and not known:
            return True  # "the couple, dressed in black, walks down the road"
        if link.kind in {"CONJ", "ADV"} or word.lower in self.sets["mostly_noun"]:
            told = clause.finite == "passive" and clause.acted and link.lower == "and"
            return told and certain and word.lower not in self.sets["mostly_noun"]  # "is puzzled and tries to"
        return self._goes_on(word) or (word.lower not in self.kinds and self._takes_up(word, clause))

    def _heads_clause(self, word: Word, subject: Word) -> bool:
        """ "A bud forms", "the sail fills": one determined noun, then the word, then nothing that a noun would need."""
        before = self._behind(subject.index, "ADJ")
        determined = before is not None and (before.kind == "DET" or before.lower in self.sets["subordinators"])
        firm = self._way_follows(word) or (word.lower in self.sets["plain_s"] and self._goes_on(word))
        return determined and not subject.plural and firm  # "a bud forms", "his hat flies off"

    def _flies(self, word: Word, subject: Word) -> bool:
        """ "A dragon made of water flies between towers": what one thing does, its "of" between."""
        after = self._ahead(word.index)
        led = after is not None and (after.lower in self.sets["prepositions"] or after.lower.endswith("ly"))
        if word.lower not in self.sets["plain_s"] or not led or after is None or after.lower == "of":
            return False
        start, before = word, self._behind(word.index)
        while before is not None and before.kind != "PUNCT" and word.index - before.index < _CLAUSE:
            start, before = before, self._behind(before.index)
        single = start.lower in {"a", "an", "one"} and not self._clause(word).finite
        return single and subject.kind == "NOUN" and not subject.plural

    def _compound(self, word: Word, subject: Word) -> bool:
        """ "Cherry blossoms": a bare noun before a plural that is itself a thing of nature."""
        if (
            self.kinds.get(word.lower) != "scenery"
            or self._acts(subject)
            or subject.kind != "NOUN"
            or self._object_follows(word)
        ):
            return False
        before = self._behind(subject.index)
        bare = before is None or before.kind in {"PUNCT", "PREP", "CONJ", "ADJ"}
        return bare and self.kinds.get(subject.lower, "thing") == "thing"

    def _base(self, word: Word, lemma: str) -> Word | None:
        verb = word.but(kind="VERB", form="base", lemma=lemma)
        before, after, subject = self._behind(word.index), self._ahead(word.index), self._subject(word.index)
        noun = word.lower in self.sets["mostly_noun"]
        if after is not None and after.lower == "of" and lemma not in self.sets["of_verbs"]:
            return None  # "a lack of"
        if self._afterwards(word) or self._said_twice(word):
            return None if self._said_twice(word) else verb
        if before is not None and before.lower == "her" and self._caused(word, 2):
            return verb  # "make her stand up"
        if before and (before.kind in {"DET", "ADJ", "NUM"} or (before.kind == "PREP" and before.lower != "to")):
            return None
        if before is not None and before.lower == "to" and self._comes_to(word):
            return None  # "turns to dust"
        if subject and subject.lower in self.sets["modals"]:
            return verb if not (before and before.lower == "to" and noun and not self._goes_on(word)) else None
        sudden = before is not None and before.lower in {"then", "suddenly"} and self._goes_on(word)
        if sudden and (not noun or self._is_phrasal(word, lemma)):
            return verb
        link = self._link(word.index)
        if before is not None and before is subject and before.kind == "VERB" and self._governs(before):
            return None  # "pours milk", "cracks open"
        if subject is None or subject.kind in {"PUNCT", "CONJ", "VERB"}:
            if link is not None and self._clause(word).finite == "base" and self._base_goes_on(word, link):
                return verb
            return verb if (link is None or link.kind == "PUNCT") and self._commands(word) else None
        if before is subject and (self._headline(subject, word, lemma) or self._heads_headline(subject, word, lemma)):
            return verb
        phrasal = self._is_phrasal(word, lemma)
        if word.lower in self.sets["always_noun"] and not (self._object_follows(word) or phrasal):
            return None
        if subject.kind == "PRON":
            return verb if not noun or self._goes_on(word) else None
        subject = self._owner(subject)
        plural = subject.plural or self._coordinated(subject) or subject.lower in self.sets["collectives"]
        plural = plural or self._counted(subject)
        if subject.kind == "NOUN" and (plural or self._caused(word)):
            led = self._goes_on(word) or (
                self._acts(subject) and self._bare_object_follows(word)
            )  # "crews spray water"
            firm = phrasal or (word.lower not in self.sets["always_noun"] and led)
            return verb if not noun or firm else None
        if subject.kind == "NOUN" and self.kinds.get(subject.lower) in {"person", "animal"} and not noun:
            return verb if after is not None and not self._noun_like(after) and before is subject else None
        return None

    def _base_goes_on(self, word: Word, link: Word) -> bool:
        """Whether a bare form goes on with a command or with what several do: ", wave to the crowd and bow"."""
        if self._object_follows(word) or self._way_follows(word) or self._begins(word):
            return True
        if word.lower in self.sets["mostly_noun"]:
            before = self._behind(link.index)
            apart = self._clause(word).acted or before is None or before.kind != "NOUN"
            ends = link.kind != "PUNCT" and self._ahead(word.index) is None
            after = self._ahead(word.index)
            row = link.text == "," and after is not None and after.lower in {",", "and"}  # "kids run, jump, and sing"
            row = row and self._clause(word).acted and before is not None and before.kind == "VERB"
            return row or (ends and apart and not self._bare_list(link))
        after = self._ahead(word.index)
        return self._goes_on(word) and not (after is not None and self._noun_like(after))

    def _commands(self, word: Word) -> bool:
        """Whether a bare form opens a command: "walk to the door", "open it"; "rain on a window" is none."""
        after = self._ahead(word.index)
        if after is None or after.kind == "VERB" or not self._goes_on(word) or self._noun_like(after):
            return False
        if word.lower not in self.sets["mostly_noun"] or self._begins(word):
            return True
        firm = self._object_follows(word) or after.lower in self.sets["ways"] - {"over", "across", "through"}
        return firm and self.kinds.get(word.lower) != "scenery" and word.lower not in self.sets["always_noun"]


def _stem(third: str) -> str:
    """The likely dictionary form of an unlisted verb in -s."""
    if third.endswith("ies"):
        return third[:-3] + "y"
    return third[:-2] if third.endswith(("shes", "sses", "xes", "zes", "tches", "oes")) else third[:-1]
