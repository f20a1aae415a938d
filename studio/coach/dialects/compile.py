"""A timeline said the way one engine was trained to hear it. Everything is decided by the profile's dialect."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from studio.coach.cues.parse import Parse
from studio.coach.dialects.first_frame import first_frame, style_words
from studio.coach.dialects.negatives import denials, negative_prompt, unwanted_things
from studio.coach.dialects.syntax import SYNTAXES, Line, Speech, in_order
from studio.coach.dialects.tokens import count_tokens
from studio.coach.dialects.unsaid import unsaid
from studio.coach.edits import tidy
from studio.coach.timeline.agreement import beat_words
from studio.coach.timeline.stretches import said_starts
from studio.elements import say_elements
from studio.presets import Part, Profile
from studio.shot import Beat, Brief, Record, Timed, Timeline

__all__ = ["EnginePrompt", "LeftOut", "compile_prompt"]

_FIRST = Brief()
_TIMELESS = {"none", "prose", "then", "shots", "brackets"}
_MOVE_SECONDS = 5.0  # how long a camera move takes to be seen as one
_SETTLED = 0.2  # share of the clip before which a beginning is no wish of its own
_LEAST_FIRST: tuple[Part, ...] = ("style", "audio", "light", "scene", "camera", "subject")
_LABEL = re.compile(r"^\s*(?:sfx|audio|sound|sound effects?|soundtrack|ambien(?:t|ce)|music)\s*:\s*", re.IGNORECASE)
_SPEECH = re.compile(r"\b(\w+)[,:]?\s+([\"“„«].*[\"”“»])")
_SPOKEN = re.compile(r"[\"“„«].{2,}[\"”“»]")
_QUOTES = re.compile(r"“([^”]*)”|„([^“]*)“|«([^»]*)»|(?<!\w)[‘']([^‘’'\n]{2,}?)[’'](?!\w)")


class LeftOut(Record):
    """Something of the author's or of the timeline's that is not said to this engine, and why."""

    text: str
    why: str


class EnginePrompt(Record):
    """What is sent to an engine.

    Attributes:
        question: one line to ask the author, where the engine needs words that nobody has given; "" otherwise.
        left_out: what is not said, each with the reason.
        timed: what each window of the clip is told, for an engine that the studio drives window by window.
    """

    prompt: str
    negative: str = ""
    question: str = ""
    left_out: tuple[LeftOut, ...] = ()
    timed: tuple[Timed, ...] = ()


def compile_prompt(timeline: Timeline, parse: Parse, profile: Profile, brief: Brief = _FIRST) -> EnginePrompt:
    """Compile a timeline for a profile.

    The first frame is described where the engine wants it, in the author's own words: the line in `brief`, or what the
    prompt says of it. Nothing is invented; what cannot be said is listed.
    """
    compiler = _Compiler(timeline, parse, profile, brief)
    opening, question = first_frame(parse, profile.dialect, brief)
    lines = compiler.lines()
    own = parse.prompt.strip() if not lines else ""
    text = compiler.fitted(own or opening, lines)
    if profile.dialect.elements == "words":
        text = say_elements(text)
    negative = negative_prompt(timeline, parse, profile.dialect, brief)
    compiler.account(f"{text} {negative}")
    return EnginePrompt(
        prompt=text,
        negative=negative,
        question=question if parse.prompt.strip() and not parse.foreign else "",
        left_out=tuple(dict.fromkeys(compiler.left_out)),
    )


@dataclass
class _Compiler:
    """Chooses what to say and fits it into the engine's limits."""

    timeline: Timeline
    parse: Parse
    profile: Profile
    brief: Brief

    def __post_init__(self) -> None:
        self.dialect = self.profile.dialect
        self.speech = Speech(self.dialect, self.timeline.seconds, self.parse.vocabulary)
        self.left_out: list[LeftOut] = []
        self.said = said_starts(self.parse, self.timeline.seconds)

    def leave(self, text: str, why: str) -> None:
        """Note what is not said."""
        if text.strip():
            self.left_out.append(LeftOut(text=text.strip(), why=why.format(engine=self.profile.title)))

    # -- what is said ---------------------------------------------------------------------------------------------
    def lines(self) -> list[Line]:
        """Every sentence that the engine takes, none twice."""
        lines = [
            *self._camera(),
            *(self._heard(line) for layer in ("subject", "scene", "light") for line in self._on(layer)),
            *self._sounds(),
        ]
        kept: list[Line] = []
        for line in lines:
            if line.text and not any(line.text == other.text and line.part == other.part for other in kept):
                kept.append(line)
        if kept and "style" in self.dialect.order and (style := style_words(self.parse)):
            kept.append(Line("style", style, 0.0, self.timeline.seconds))
        self._untold()
        return kept

    def _line(self, beat: Beat) -> Line:
        mine = beat.origin == "user" and beat.start > _SETTLED * self.timeline.seconds
        timed = mine or any(abs(beat.start - start) < 0.02 for start in self.said)
        return Line(beat.layer, beat_words(beat, self.parse.vocabulary), beat.start, beat.end, beat, timed)

    def _on(self, layer: Part) -> list[Line]:
        beats = [beat for beat in self.timeline.beats if beat.layer == layer]
        mine = [beat for beat in beats if beat.origin != "coach" or beat.layer not in self.dialect.never_add]
        return [self._line(beat) for beat in mine]

    def _camera(self) -> list[Line]:
        """The camera's sentences, as many at one time and in a row as the engine takes."""
        lines = self._on("camera")
        for line in [line for line in lines if self._avoided(line)]:
            lines.remove(line)
            self.leave(line.text, "{engine} reads this camera move badly.")
        most = self.dialect.camera_max * max(1, round(self.timeline.seconds / _MOVE_SECONDS))
        moves = "one camera move" if most == 1 else f"{most} camera moves"
        for line in lines[most:]:
            self.leave(line.text, "{engine} follows " + f"{moves} in a shot of this length.")
        lines = lines[:most]
        for line in lines:
            self._command(line)
        if not lines and self.dialect.static:
            return [Line("camera", self.dialect.static, 0.0, self.timeline.seconds)]
        return lines

    def _command(self, line: Line) -> None:
        """Note what a command in brackets does not carry: how fast a move is and what it is aimed at."""
        move = line.beat.move if line.beat is not None else None
        command = self.dialect.commands.get(move) if move else None
        if move and command and line.text.rstrip(".") != self.parse.vocabulary.moves[move].say:
            self.leave(line.text, "{engine} is told " + f"[{command}] and no more of this move.")

    def _avoided(self, line: Line) -> bool:
        return line.beat is not None and line.beat.move in self.dialect.moves_avoided

    def _sounds(self) -> list[Line]:
        """What is heard, for an engine that makes sound; what another sentence says already is not said again."""
        lines = self._on("audio")
        if not self.profile.audio:
            for line in lines:
                self.leave(line.text, "{engine} makes no sound.")
            return []
        spoken = [replace(line, part="subject") for line in lines if _SPOKEN.search(line.text)]
        lines = [line for line in lines if not _SPOKEN.search(line.text)]
        told = {word for layer in ("subject", "scene") for line in self._on(layer) for word in _content(line.text)}
        heard = [line for line in lines if not set(_content(line.text)) <= told]
        if self.dialect.sound != "labels":
            return [*spoken, *heard]
        return [*spoken, *(self._labelled(line) for line in heard)]

    def _labelled(self, line: Line) -> Line:
        """ "Ambient: …" for what is heard throughout, "SFX: …" for the rest."""
        label = "Ambient" if line.end - line.start > 0.8 * self.timeline.seconds else "SFX"
        return replace(line, text=f"{label}: {tidy(_LABEL.sub('', line.text))}")

    def _heard(self, line: Line) -> Line:
        """A spoken line without its words, for an engine that makes no sound: the lips may still move."""
        speech = _SPEECH.search(line.text)
        verbs = self.parse.vocabulary.verb_forms.get(speech.group(1).lower(), ()) if speech else ()
        if self.profile.audio or speech is None:
            return line
        if not {lemma for lemma, _ in verbs} & set(self.parse.vocabulary.lettering.speech):
            return line
        self.leave(speech.group(2), "{engine} makes no sound.")
        said = line.text[: speech.start(2)].rstrip(" ,:") + line.text[speech.end(2) :].rstrip(" .") + "."
        return replace(line, text=re.sub(r"\bsay(s?)\.$", r"speak\1.", said))

    def _untold(self) -> None:
        """Times and unwanted things that the engine has no words for."""
        if self.dialect.timeline in _TIMELESS:
            times = ", ".join(mark.span.text for mark in self.parse.masks.times)
            self.leave(times, "{engine} reads no times; the order is kept.")
        for text in denials(self.parse):
            self.leave(text, "{engine} is told what happens, not what does not.")
        if not self.dialect.negative:
            for thing in unwanted_things(self.parse):
                self.leave(thing, "{engine} has no negative prompt.")

    def account(self, told: str) -> None:
        """List the author's words that are told nowhere, unless the timeline is the user's own."""
        if any(beat.origin == "user" for beat in self.timeline.beats):
            return
        chosen = self.left_out
        shown, later = unsaid(self.parse, " ".join([told, *(left.text for left in chosen)]))
        self.left_out = []
        self.leave(", ".join(span.text for span in later), "This shot has no beat for it.")
        self.leave(", ".join(span.text for span in shown), "Read as what is there; {engine} is told what changes.")
        self.left_out += chosen

    # -- how long it may be ---------------------------------------------------------------------------------------
    def fitted(self, opening: str, lines: list[Line]) -> str:
        """The prompt within the engine's limits: what matters least goes first, and is listed."""
        text = self._say(opening, lines)
        target = self.dialect.words[1] if self.dialect.words else None
        while target is not None and len(text.split()) > target and (line := self._spare(lines)) is not None:
            lines.remove(line)
            self.leave(line.text, "{engine} works best with " + f"{target} words at most.")
            text = self._say(opening, lines)
        return self._cut(opening, lines, text)

    def _spare(self, lines: Sequence[Line]) -> Line | None:
        """What may go for the sake of length alone: style, and the coach's own beats but one."""
        own = [line for line in lines if line.beat is not None and line.beat.origin == "coach"]
        style = [line for line in lines if line.part == "style"]
        return next(iter([*style, *(own[1:][::-1] if len(own) == len(lines) - len(style) else own[::-1])]), None)

    def _cut(self, opening: str, lines: list[Line], text: str) -> str:
        why = "It is past the limit of {engine}."
        while not self._fits(text) and len(lines) > 1:
            line = min(lines, key=lambda line: (_LEAST_FIRST.index(line.part), -line.start))
            lines.remove(line)
            self.leave(line.text, why)
            text = self._say(opening, lines)
        if self._fits(text):
            return text
        if lines and opening and self._fits(bare := self._say("", lines)):
            room = self._shortened(opening, lambda piece: self._fits(f"{piece} {bare}"))
            self.leave(opening[len(room) :], why)
            return f"{room} {bare}".strip()
        short = self._shortened(text, self._fits)
        self.leave(text[len(short) :], why)
        return short

    def _shortened(self, text: str, fits: Callable[[str], bool]) -> str:
        """The longest beginning of whole sentences that fits; of whole words where not even one does."""
        for pattern in (r"[.!?\]](?=\s|$)", r"\S(?=\s|$)"):
            low, ends = "", [match.end() for match in re.finditer(pattern, text)]
            first, last = 0, len(ends)
            while first < last:
                middle = (first + last) // 2
                if fits(text[: ends[middle]]):
                    low, first = text[: ends[middle]], middle + 1
                else:
                    last = middle
            if low:
                return low
        return text[: self.dialect.max_chars] if self.dialect.max_chars else ""

    def _fits(self, text: str) -> bool:
        chars, tokens = self.dialect.max_chars, self.dialect.max_tokens
        short = chars is None or len(text) <= chars
        return short and (tokens is None or count_tokens(text, self.dialect.tokenizer) <= tokens)

    def _say(self, opening: str, lines: Sequence[Line]) -> str:
        if not lines:
            return opening
        woven = self.dialect.sound != "end" or self.dialect.timeline == "shots"
        apart = [] if woven else [line for line in lines if line.part == "audio"]
        rest = [line for line in lines if line not in apart]
        body = SYNTAXES[self.dialect.timeline](rest, self.speech) if rest else ""
        sounds = " ".join(line.text for line in in_order(apart, self.speech))
        text = " ".join(part for part in (opening, body, sounds) if part)
        return _straight(text) if self.dialect.double_quotes else text


def _content(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _straight(text: str) -> str:
    """Quotations in straight double quotes; an apostrophe is none."""
    return _QUOTES.sub(lambda match: '"' + next(group for group in match.groups() if group is not None) + '"', text)
