"""The one verb of the coach: read a prompt, say what will break, lay it out in time, say it better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path

from pydantic import Field

from studio.coach.cues.main_actions import main_actions
from studio.coach.cues.named_motions import named_motions
from studio.coach.cues.parse import Parse, glance, parse
from studio.coach.dialects.compile import EnginePrompt, compile_prompt
from studio.coach.dialects.windows import compile_windows
from studio.coach.language.reading import encodable
from studio.coach.readiness import Part, measure, total
from studio.coach.rule import Context, Hit, Rule, spoken
from studio.coach.rules import LANGUAGE, RULES
from studio.coach.rules.actions import TOO_MANY_ACTIONS, fits
from studio.coach.telling.explaining import explained
from studio.coach.telling.meaning.meant import is_meant
from studio.coach.telling.mending.mend import Mended, mend
from studio.coach.telling.rewrite import Rewrite, rewrite_prompt
from studio.coach.timeline.beat_sheet import say_timeline
from studio.coach.timeline.build import Laid, lay
from studio.coach.vocabulary.load import Vocabulary, load_vocabulary
from studio.errors import PromptError
from studio.presets import Profile
from studio.settings import ROOT
from studio.shot import Brief, Cue, Finding, Level, Move, Record, Span, StillReport, Timeline

__all__ = ["LONGEST_PROMPT", "Action", "CameraMove", "Coach", "Review"]

LONGEST_PROMPT = 20_000
_FIRST = Brief()
_ALL_BEATS = 64

Hits = list[tuple[Rule, Hit]]


class CameraMove(Record):
    """A camera move that the prompt asks for."""

    move: Move
    level: Level
    span: Span


class Action(Record):
    """Something that happens in the prompt."""

    lemma: str
    text: str
    span: Span


class Review(Record):
    """Everything the coach has to say about one prompt. ``to_dict()`` is the command line's JSON.

    Attributes:
        prompt: as it was given, with U+FFFD for half a character.
        next_shot: what did not fit into the seconds, as the prompt of a second shot; empty where all fits.
        readiness: 0 to 100, the points of its ``parts`` together.
    """

    prompt: str
    seconds: float
    engine: str
    cues: tuple[Cue, ...]
    findings: tuple[Finding, ...]
    camera: tuple[CameraMove, ...]
    actions: tuple[Action, ...]
    timeline: Timeline
    rewrite: Rewrite
    engine_prompt: EnginePrompt
    next_shot: str = ""
    readiness: int = Field(ge=0, le=100)
    parts: tuple[Part, ...] = ()


class Coach:
    """Reads prompts. Deterministic, offline; the word lists and the language model are loaded at the first use.

    Args:
        presets: folder of the presets; the word lists lie in its ``vocabulary``.
        models: folder of the trained models.
    """

    def __init__(self, presets: Path, models: Path = ROOT / "assets" / "models") -> None:
        self._folder, self._models = presets / "vocabulary", models

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The word lists.

        Raises:
            PresetError: a list is missing or wrong.
        """
        return load_vocabulary(self._folder, self._models)

    def review(
        self,
        prompt: str,
        brief: Brief = _FIRST,
        *,
        profile: Profile,
        report: StillReport | None = None,
        end: StillReport | None = None,
    ) -> Review:
        """Read a prompt for one engine, with the facts of the still and of the end frame where they are known.

        Raises:
            PromptError: the prompt is longer than 20,000 characters.
        """
        context = self.context(prompt, brief, profile=profile, report=report, end=end)
        source, hits = context.parse, _hits(context)
        prompt = source.prompt
        mended = mend(source, context.read)
        laid = lay(mended.parse, brief.seconds, max(2, context.budget), brief.idea)
        good = bool(prompt.strip()) and _passes(hits, source)
        judge = cache(lambda text: _hits(replace(context, parse=context.read(text))))  # a text is judged once
        glanced = cache(partial(glance, vocabulary=self.vocabulary))
        crowded = any(rule is TOO_MANY_ACTIONS for rule, _ in hits)

        def passes(text: str) -> bool:
            read = context.read(text)
            return _passes(judge(text), read) and (not crowded or fits(replace(context, parse=read)))

        rewrite = rewrite_prompt(mended, laid.timeline, glanced, good=good, crowded=crowded, passes=passes)
        findings = _findings(hits, replace(context, rewrite=rewrite.text), judge)
        parts = measure(findings, blank=not prompt.strip())
        next_shot = self._next_shot(laid, rewrite, mended, context)
        why = explained(rewrite, mended, next_shot=next_shot, crowded=crowded, seconds=brief.seconds)
        return Review(
            prompt=prompt,
            seconds=brief.seconds,
            engine=profile.id,
            cues=source.cues,
            findings=findings,
            camera=tuple(CameraMove(move=found.move, level=found.level, span=found.span) for found in source.moves),
            actions=_actions(source),
            timeline=_on_the_prompt(laid.timeline, mended),
            next_shot=next_shot,
            rewrite=rewrite.but(removed=why),
            engine_prompt=compile_prompt(laid.timeline, mended.parse, profile, brief),
            readiness=sum(part.points for part in parts),
            parts=parts,
        )

    def _next_shot(self, laid: Laid, rewrite: Rewrite, mended: Mended, context: Context) -> str:
        """What did not fit, and what the rewrite leaves out of it besides."""
        left = _left_out(rewrite, mended)
        if not left:
            return laid.next_shot
        return lay(mended.parse, context.seconds, max(2, context.budget), context.brief.idea, apart=left).next_shot

    def context(
        self,
        prompt: str,
        brief: Brief = _FIRST,
        *,
        profile: Profile,
        report: StillReport | None = None,
        end: StillReport | None = None,
    ) -> Context:
        """What the rules look at for this prompt.

        Raises:
            PromptError: the prompt is longer than 20,000 characters.
        """
        read = cache(partial(parse, vocabulary=self.vocabulary))
        return Context(self._parse(prompt), brief, profile, read, report, end)

    def compile(self, timeline: Timeline, prompt: str, profile: Profile, brief: Brief = _FIRST) -> EnginePrompt:
        """Say a timeline in an engine's dialect; `prompt` gives the author's words about the still.

        Raises:
            PromptError: the prompt is longer than 20,000 characters.
        """
        mended = mend(self._parse(prompt), partial(parse, vocabulary=self.vocabulary))
        return compile_prompt(timeline, mended.parse, profile, brief)

    def compile_run(self, timeline: Timeline, prompt: str, profile: Profile, brief: Brief = _FIRST) -> EnginePrompt:
        """As ``compile``, for the pipeline that the studio drives itself: with what each window is told.

        Raises:
            PromptError: the prompt is longer than 20,000 characters.
        """
        mended = mend(self._parse(prompt), partial(parse, vocabulary=self.vocabulary))
        return compile_windows(timeline, mended.parse, profile, brief)

    def say(self, timeline: Timeline) -> str:
        """Say a timeline as a prompt that is read as the same beats again."""
        return say_timeline(timeline, lambda text: lay(self._parse(text), timeline.seconds, _ALL_BEATS).timeline)

    def _parse(self, prompt: str) -> Parse:
        if len(prompt) > LONGEST_PROMPT:
            raise PromptError(
                "the prompt",
                f"{len(prompt):,} characters",
                expected=f"at most {LONGEST_PROMPT:,} characters",
                action="Keep what moves; the still shows the rest.",
            )
        return parse(encodable(prompt), self.vocabulary)


def _on_the_prompt(timeline: Timeline, mended: Mended) -> Timeline:
    """The timeline of the mended text with its spans where they stand in the prompt."""
    if not mended.edits:
        return timeline
    beats = (beat.but(span=mended.back(beat.span)) if beat.span is not None else beat for beat in timeline.beats)
    return timeline.but(beats=tuple(beats))


def _left_out(rewrite: Rewrite, mended: Mended) -> frozenset[int]:
    """Where the verbs of the main actions stand that a rewrite leaves out; not of lettering that forms or moves."""
    parse, words = mended.parse, mended.parse.reading.words
    lettered = [cue.span for cue in parse.labelled("lettering")]
    left: set[int] = set()
    for event in main_actions(parse):
        who = words[event.subject] if event.subject is not None and event.actor else None
        if who is None or event.tie == "attributive" or not is_meant(event, parse):
            continue
        verb = words[event.verb]
        own = mended.back(Span.of(parse.prompt, verb.start, verb.end)).start
        gone = any(span.start <= own < span.end for span in rewrite.removed)
        shown = any(event.span.overlaps(span) or span.start <= who.start < span.end for span in lettered)
        if gone and not shown:
            left.add(event.head)
    return frozenset(left)


def _hits(context: Context) -> Hits:
    """What the rules find, less those that the author does not want to hear.

    For a prompt in another language only the rule that says so speaks.
    """
    return spoken((LANGUAGE,) if context.parse.foreign else RULES, context)


def _actions(parse: Parse) -> tuple[Action, ...]:
    """What must be seen, in the order of the words: deeds, and motions that are only named."""
    said = [Action(lemma=event.lemma, text=event.span.text, span=event.span) for event in parse.actions]
    for first, last in named_motions(parse):
        word, span = parse.reading.words[last - 1], parse.span(first, last)
        camera = any(found.first < last and first < found.last for found in parse.moves)
        opens, passing = parse.reading.words[first], parse.vocabulary.sets["passing"]
        camera = camera or any(parse.reading.words[found.first].sentence == opens.sentence for found in parse.moves)
        general = opens.kind == "PREP" or opens.lower == "camera" or (opens.lower == "body" and bool(said))
        apart = camera or general or word.lower in passing
        if not (apart or _unwanted(span, parse) or any(other.span.overlaps(span) for other in said)):
            said.append(Action(lemma=word.lemma, text=span.text, span=span))
    return tuple(sorted(said, key=lambda action: action.span.start))


def _unwanted(span: Span, parse: Parse) -> bool:
    return any(cue.span.overlaps(span) for cue in parse.labelled("negation"))


def _passes(hits: Hits, parse: Parse) -> bool:
    """Whether no rule that words can mend has an error or a warning; none mends that somebody writes a letter."""
    acts = {event.head for event in parse.events} & {cue.span.start for cue in parse.labelled("lettering")}
    warned = (hit for rule, hit in hits if _worded(rule) and hit.severity != "info")
    return all(bool(hit.spans) and all(span.start in acts for span in hit.spans) for hit in warned)


def _worded(rule: Rule) -> bool:
    return rule.mended_by == "words"


def _findings(hits: Hits, context: Context, judge: Callable[[str], Hits]) -> tuple[Finding, ...]:
    """The hits as findings, the worst first. A fix that mends one thing and spoils more is not offered.

    `judge` says what the rules find in another text, in the same circumstances.
    """
    order = {"error": 0, "warning": 1, "info": 2}
    now = _readiness(hits)
    prompt = context.parse.prompt
    findings = []
    for rule, hit in hits:
        finding = rule.check(context, hit)
        mended = [(fix, fix.apply(prompt)) for fix in finding.fixes]
        kept = tuple(fix for fix, text in mended if text.strip() and _readiness(judge(text)) >= now)
        findings.append(finding if kept == finding.fixes else finding.but(fixes=kept))
    return tuple(sorted(findings, key=lambda finding: order[finding.severity]))


def _readiness(hits: Hits) -> int:
    return total((rule.code, hit.severity) for rule, hit in hits)
