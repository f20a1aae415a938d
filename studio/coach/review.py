"""The one verb of the coach: read a prompt, say what will break, lay it out in time, say it better."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path

from pydantic import Field

from studio.coach.cues import Parse, parse
from studio.coach.dialects import EnginePrompt, compile_prompt
from studio.coach.rewrite import Rewrite, rewrite_prompt
from studio.coach.rule import Context, Hit, Rule
from studio.coach.rules import LANGUAGE, RULES
from studio.coach.timeline import build_timeline
from studio.coach.vocabulary import Vocabulary, load_vocabulary
from studio.errors import PromptError
from studio.presets import Profile
from studio.shot import Brief, Cue, Finding, Level, Move, Record, Severity, Span, StillReport, Timeline

__all__ = ["LONGEST_PROMPT", "WEIGHTS", "Action", "CameraMove", "Coach", "Review", "readiness"]

LONGEST_PROMPT = 20_000
_FIRST = Brief()
WEIGHTS: dict[Severity, int] = {"error": 40, "warning": 20, "info": 5}
"""What a finding takes off the readiness of 100."""


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
    """Everything the coach has to say about one prompt. ``to_dict()`` is the command line's JSON."""

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
    readiness: int = Field(ge=0, le=100)


class Coach:
    """Reads prompts. Deterministic, offline; the word lists are loaded at the first use."""

    def __init__(self, presets: Path) -> None:
        self._folder = presets / "vocabulary"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The word lists.

        Raises:
            PresetError: a list is missing or wrong.
        """
        return load_vocabulary(self._folder)

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
        source = self._parse(prompt)
        read = cache(partial(parse, vocabulary=self.vocabulary))
        context = Context(source, brief, profile, read, report, end)
        hits = [(rule, hit) for rule in _rules(source) if (hit := rule.find(context)) is not None]
        timeline = build_timeline(source, brief.seconds, max(2, context.budget))
        good = bool(prompt.strip()) and not any(hit.severity != "info" for _, hit in hits)
        rewrite = rewrite_prompt(source, timeline, good=good, read=read, passes=partial(_passes, context=context))
        findings = _findings(hits, replace(context, rewrite=rewrite.text))
        return Review(
            prompt=prompt,
            seconds=brief.seconds,
            engine=profile.id,
            cues=source.cues,
            findings=findings,
            camera=tuple(CameraMove(move=found.move, level=found.level, span=found.span) for found in source.moves),
            actions=tuple(Action(lemma=e.lemma, text=e.span.text, span=e.span) for e in source.actions),
            timeline=timeline,
            rewrite=rewrite,
            engine_prompt=compile_prompt(timeline, source, profile),
            readiness=readiness(findings) if prompt.strip() else 0,
        )

    def compile(self, timeline: Timeline, prompt: str, profile: Profile) -> EnginePrompt:
        """Say a timeline in an engine's dialect; `prompt` gives the author's words about the still.

        Raises:
            PromptError: the prompt is longer than 20,000 characters.
        """
        return compile_prompt(timeline, self._parse(prompt), profile)

    def _parse(self, prompt: str) -> Parse:
        if len(prompt) > LONGEST_PROMPT:
            raise PromptError(
                "the prompt",
                f"{len(prompt):,} characters",
                expected=f"at most {LONGEST_PROMPT:,} characters",
                action="Keep what moves; the still shows the rest.",
            )
        return parse(prompt, self.vocabulary)


def _passes(text: str, context: Context) -> bool:
    """Whether no rule has an error or a warning for a text, in the same circumstances."""
    again = replace(context, parse=context.read(text))
    hits = (rule.find(again) for rule in RULES)
    return not any(hit is not None and hit.severity != "info" for hit in hits)


def _rules(source: Parse) -> tuple[Rule, ...]:
    """All rules; for a prompt in another language only the one that says so."""
    return (LANGUAGE,) if source.foreign else RULES


def _findings(hits: list[tuple[Rule, Hit]], context: Context) -> tuple[Finding, ...]:
    order = {"error": 0, "warning": 1, "info": 2}
    findings = [rule.check(context, hit) for rule, hit in hits]
    return tuple(sorted(findings, key=lambda finding: order[finding.severity]))


def readiness(findings: tuple[Finding, ...]) -> int:
    """100 less the weight of each finding, never below 0; so mending one never lowers it."""
    return max(0, 100 - sum(WEIGHTS[finding.severity] for finding in findings))
