"""The verbs that the camera governs: from "the camera" through the whole chain of what it does."""

from __future__ import annotations

from studio.coach.cues.camera.grammar import ACTORS, SIDES
from studio.coach.cues.camera.search import Search
from studio.coach.language.words import Word
from studio.shot import Move

__all__ = ["find_commanded", "find_subjects", "follow", "swallow"]

_REACH = 5  # how many words after a move may hold its direction; "slowly" and "a" are not counted
_CHAIN = 60  # how many words one camera may govern
_BORNE: set[Move] = {"handheld", "tracking"}


def find_subjects(search: Search) -> None:
    """ "The camera pans left", "a drone flies over it", "it then pushes in": whoever films, and its verbs."""
    for word in search.words:
        if word.lower not in search.sets["viewers"] or search.hidden(word.index, word.index + 1):
            continue
        if word.lower == "it" and _says_again(search, word):
            continue
        viewer = (word.lower == "it" and _is_it(search, word)) or (
            word.lower == "we" and search.travels(word.index + 1)
        )
        recorder = word.lower in search.sets["recorders"] and search.is_recorder(word)
        after = search.after(word.index)
        clip = word.lower in search.sets["clips"] and after is not None
        if (clip or word.lower in {"shot", "closeup", "up"}) and after is not None and after.lower in {"that", "which"}:
            clip, after = True, search.after(after.index)  # "a long shot that pans up"
            while after is not None and after.kind == "ADV":
                after = search.after(after.index)
        before = search.before(word.index)
        viewer = viewer or (word.lower == "angle" and before is not None and before.lower in {"dutch", "camera"})
        viewer = viewer or (clip and after is not None and bool(after.could_be_of(search.vocabulary.camera.own)))
        if viewer or recorder or (word.lower in search.sets["subjects"] and search.is_camera(word)):
            follow(search, after.index if clip and after is not None else word.index + 1, word.index)


def find_commanded(search: Search) -> None:
    """ "Tilt the camera up", "rotate the camera around the car": a command whose object is the camera."""
    for word in search.words:
        if word.lower not in {"camera", "cam", "view", "lens"} or search.hidden(word.index, word.index + 1):
            continue
        verb = search.before(word.index, "DET")
        if verb is None or verb.index in search.taken | search.negated or not _tells(search, verb):
            continue
        if word.lower == "lens" and verb.index == word.index - 1:
            continue  # "zoom lens"
        end = word.index + 1
        while end < min(len(search.words), word.index + 1 + _REACH) and search.words[end].sentence == word.sentence:
            if search.words[end].kind in {"PUNCT", "VERB", "CONJ"}:
                break
            end += 1
        lemmas = [lemma for lemma, form in verb.verbs if form in {"base", "ing"}]
        moves = search.tables.verbs
        sided = (
            (moves.get((lemma, name)), place)
            for place, name in search.directions(word.index + 1, end)
            for lemma in lemmas
        )
        move, place = next(((move, place) for move, place in sided if move), (None, word.index))
        bare = next((moves.get((lemma, "")) for lemma in lemmas if lemma in search.vocabulary.camera.own), None)
        told = move or bare
        if told:
            search.take(told, search.with_modifiers(verb.index), place + 1, verb.index)


def _tells(search: Search, verb: Word) -> bool:
    """Whether a verb commands: its bare form where a clause opens."""
    before = search.before(verb.index)
    while before is not None and (before.kind == "ADV" or before.lower == "to"):
        before = search.before(before.index)
    flagged = verb.start > 0 and search.reading.text[verb.start - 1] == "-"  # "a quiet street -zoom camera out"
    opens = before is None or before.kind in {"PUNCT", "CONJ"} or flagged
    return opens and verb.may_be("base", "ing")


def follow(search: Search, index: int, subject: int) -> None:
    """Read the chain of verbs that the camera governs: "pans left, then slowly pushes in and tilts up"."""
    reached, steps = False, 0
    end = min(len(search.words), subject + _CHAIN)
    while index < end and search.words[index].sentence == search.words[subject].sentence:
        word = search.words[index]
        entry = search.moves(index) if word.verbs and index not in search.taken else None
        if entry and _does(search, word, reached=reached) and not (reached and search.new_clause(index)):
            refused = reached and index in search.negated  # "weaves between the cars, narrowly avoiding falling rocks"
            if not (reached and _explains(search, word)) and not refused:
                search.take(entry[0], search.with_modifiers(index) if reached else subject, entry[1], index)
            search.taken.update(range(index, entry[1]))
            index, reached, steps = entry[1], True, 0
            continue
        if entry and search.measures(word):
            search.taken.add(index)  # "at walking height"
        if index in search.taken:
            reached, steps = True, 0
        elif word.kind in {"VERB", "PRON"} or word.lower in {"reveals", "shows", "that", "which"}:
            if reached and (onward := _goes_on(search, word)):
                index, steps = onward, 0
                continue
            if word.lemma not in search.sets["leading"] and word.lower not in {"it", "we"}:
                return
            reached = reached or word.lemma in {"begin", "start"}
        elif index == subject + 1 and word.could_be("begin", "start"):
            reached = True
        elif reached and word.lower in {"while", "whilst"} and _goes_with(search, word):
            steps = 0  # "rises while orbiting the car"
        elif (
            word.lower in {"as", "while"}
            or (word.kind == "DET" and not reached)
            or (word.kind == "PUNCT" and reached and _opens_anew(search, index + 1))
        ):
            return
        elif word.kind in {"NOUN", "DET", "ADJ", "PREP"}:
            steps += word.kind == "NOUN"
            astray = word.kind in {"NOUN", "PREP"} and word.lower not in search.sets["between"]
            astray = astray and not _wished(search, word)
            if steps > 3 or (not reached and astray):
                return
        index += 1


def _goes_on(search: Search, word: Word) -> int:
    """ "Draws back to show a street and follows her": where it goes on behind what it shows; 0 if nowhere."""
    to = search.before(word.index)
    if to is None or to.lower != "to" or not word.could_be("reveal", "show", "capture", "uncover", "unveil"):
        return 0
    for near in search.same(word, word.index + 1, word.index + 1 + 2 * _REACH):
        link = search.words[near.index - 1]
        linked = link.lower in {"and", "then"} and near.kind == "VERB" and near.form == "s"
        if linked and search.match(near.index, search.tables.verbs) is not None:
            return near.index
        if near.kind in {"VERB", "PUNCT"} or (near.kind == "PRON" and near.form != "possessive"):
            return 0
    return 0


def _wished(search: Search, word: Word) -> bool:
    """ "I want the camera to stay still": the "to" before what it is to do."""
    after = search.after(word.index, "ADV")
    return word.lower == "to" and after is not None and after.kind == "VERB" and after.form == "base"


def _does(search: Search, word: Word, *, reached: bool) -> bool:
    """Whether a word is a verb of this chain; not "over rolling hills", "is tilted up"."""
    if word.kind not in {"VERB", "NOUN", "ADJ"} or word.lower in search.sets["takes"]:
        return False
    before, after = search.before(word.index), search.after(word.index)
    apart = reached or (before is not None and before.text == "," and after is not None and after.kind == "NOUN")
    if (apart and word.form == "attributive") or (reached and search.measures(word)):
        return False  # "wide angle view, flying cars"
    if word.lower == "speed" and (search.after(word.index) or word).kind != "PREP":
        return False  # "high camera speed", "zoom out, fast speed"
    if word.form == "passive" and word.lemma in search.sets["postures"]:
        return False
    if word.form in {"past", "participle"} and word.lemma in search.sets["postures"] and _is_angled(search, word):
        return False
    tied = word.start > 0 and search.reading.text[word.start - 1] == "-"
    if tied and word.kind == "ADJ" and word.form == "participle":
        return False  # "a fast-paced game"
    if word.lower == "arc" and search.upright(word.index):
        return False
    ends = after is None or after.kind == "PUNCT" or after.form == "ing"
    if ends and not reached and word.lower == "move":
        return False  # "a smooth camera move", "a camera move circling them"
    if after is not None and after.lower == "tight" and word.could_be("stay", "hold", "keep", "remain"):
        return False  # "the framing stays tight on it"
    if word.form == "ing" and word.lemma == "look" and not reached:
        return False  # "the camera angle is high, looking down"
    if word.kind == "NOUN" and before is not None and before.lower in search.sets["moved"] | {"'s", "’s"}:
        return False  # "following every move", "shows the tower's tilt"
    if word.kind == "NOUN" and before is not None and before.lower in {"the", "these", "those"}:
        ahead = search.before(before.index)
        if word.plural or (ahead is not None and ahead.kind == "PREP"):
            return False  # "races between the cranes", "tilts up along the rocket"
    compound = after is not None and after.kind == "NOUN" and before is not None and before.kind in {"DET", "ADJ"}
    if reached and word.kind in {"NOUN", "ADJ"} and compound:
        return False  # "rolls over a spiral staircase"
    return reached or word.form != "participle" or word.lower in search.sets["still"]


def _is_angled(search: Search, word: Word) -> bool:
    """ "The camera tilted 15 degrees", "tilted off-axis": how it stands, where no way follows."""
    after = search.after(word.index)
    return after is None or after.kind in {"NUM", "PUNCT", "NOUN", "ADJ"} or after.lower == "off"


def _goes_with(search: Search, link: Word) -> bool:
    """Whether a participle stands right behind "while": it has the subject of the verb before."""
    verb = search.after(link.index, "ADV")
    return verb is not None and verb.kind == "VERB" and verb.form == "ing"


def _explains(search: Search, word: Word) -> bool:
    """ "Pans right, following the action", "flying through a gorge, flying low": what for, or how."""
    if word.could_be("fly") and search.found and search.found[-1].move in {"aerial_move", "fly_through", "fpv"}:
        return search.match(word.index, search.tables.verbs) == ("aerial_move", word.index + 1)
    after = search.same(word, word.index + 1, word.index + 4)
    follows = word.form == "ing" and bool(word.could_be("follow", "track", "trail"))
    return follows and any(near.lower in search.sets["vague"] for near in after)


def _opens_anew(search: Search, index: int) -> bool:
    """Whether behind a mark somebody else begins to act: ", this person holds a hammer"."""
    noun = False
    while index < len(search.words) and search.words[index].sentence == search.words[index - 1].sentence:
        word = search.words[index]
        if word.kind == "VERB" and index not in search.taken:
            return noun and word.form in {"s", "base", "past", "preterite"}
        if word.kind not in {"DET", "NOUN", "ADJ", "PRON", "NUM", "ADV", "PREP"} or (word.kind == "ADV" and not noun):
            return False
        noun = noun or word.kind in {"NOUN", "PRON"}
        index += 1
    return False


def swallow(search: Search, index: int) -> None:
    """Skip verbs that only spell the phrase out: "a tracking shot following a dog", "a tilt-up, moving up"."""
    while index < len(search.words) and search.words[index].sentence == search.words[index - 1].sentence:
        word = search.words[index]
        if word.lower in {"then", "and", "while", "as"} or (word.kind == "VERB" and word.form != "ing"):
            return
        if word.kind == "VERB" or word.form == "attributive":
            before = search.words[index - 1]
            spoken = before.lower in search.sets["spoken"] | {"movement", "motion"}
            bound = before.kind == "PUNCT" or spoken or index - 1 in search.taken
            entry = search.match(index, search.tables.verbs) if bound else None
            behind = entry is not None and entry[0] == "tracking" and search.found[-1].move == "handheld"
            weaves = entry is not None and entry[0] == "fly_through" and search.found[-1].move in _BORNE
            if entry and (behind or weaves) and word.form == "ing":
                search.take(entry[0], index, entry[1], index)  # "handheld, following the runner" says both
            if entry and entry[0] == "orbit" and search.found[-1].move == "tracking":
                search.take(entry[0], index, entry[1], index)  # "a tracking shot circling the band"
            if entry:
                search.taken.update(range(index, entry[1]))
            return
        index += 1


def _says_again(search: Search, word: Word) -> bool:
    """ "The camera circles a tower. As it moves closer, sand shifts": its way, where nobody else can go."""
    opening, verb = search.before(word.index), search.after(word.index)
    led = opening is not None and opening.lower in {"as", "while"} and search.before(opening.index) is None
    if not led:
        return False
    before = search.reading.sentence_before(word)
    camera = any(w.lower in search.sets["spoken"] for w in before[:3])
    acts = any(search.vocabulary.noun_kinds.get(w.lower) in ACTORS for w in before if w.index not in search.taken)
    moves = [found for found in search.found if before and before[0].index <= found.first <= before[-1].index]
    if not (camera and moves) or acts or verb is None or moves[-1].move in {"tracking", "static"}:
        return False
    entry = search.moves(verb.index) if verb.verbs else None
    if entry is None:
        return False
    plain = entry[0] == "dolly_in" and entry[1] == verb.index + 1
    if not plain and all(found.move != entry[0] for found in moves):
        follow(search, verb.index, word.index)
    search.taken.update(range(word.index, entry[1]))
    return True


def _is_it(search: Search, word: Word) -> bool:
    """ "The camera pans left. It then pushes in": "it" is the camera unless something else came between."""
    last = max((found.last for found in search.found if found.last <= word.index), default=None)
    if (
        last is None
        or word.sentence - search.words[last - 1].sentence > 1
        or not search.travels(word.index + 1, plain=True)
    ):
        return False
    between = search.words[last : word.index]
    aside = SIDES.keys() | search.sets["degrees"]
    if not any(near.kind in {"NOUN", "PRON"} and near.lower not in aside for near in between):
        return True
    verb = next((near for near in search.words[word.index + 1 : word.index + 4] if near.verbs), None)
    return verb is not None and bool(verb.could_be_of(search.vocabulary.camera.own)) and search.travels(word.index + 1)
