"""What a rule is: a value that carries its own page. Add one to a file in ``rules/`` and everything else follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from studio.coach.cues.parse import Parse
from studio.coach.edits import replace_all
from studio.presets import Profile
from studio.shot import Box, Brief, Edit, Finding, Fix, Safety, Severity, Span, StillReport

__all__ = ["Context", "Example", "Hit", "Rule", "listed", "spoken", "whole", "works"]

MendedBy = Literal["words", "still", "settings"]
Taught = tuple["str | Example", ...]


@dataclass(frozen=True)
class Context:
    """What a rule may look at.

    Attributes:
        parse: the prompt, read.  brief: the rest of the shot, as far as it is decided.
        read: reads another text, each once in a review.
        report, end: the facts of the still and of the end frame, where there are such pictures.
        rewrite: the coach's whole rewrite, for fixes that no small edit can make.
    """

    parse: Parse
    brief: Brief
    profile: Profile
    read: Callable[[str], Parse] = field(repr=False)
    report: StillReport | None = None
    end: StillReport | None = None
    rewrite: str = ""

    @property
    def seconds(self) -> float:
        """The length of the clip."""
        return self.brief.seconds

    @property
    def budget(self) -> int:
        """How many main actions this engine can carry in these seconds; never fewer than one."""
        return max(1, -(-int(self.seconds * self.profile.actions_per_second * 1000) // 1000))


@dataclass(frozen=True)
class Hit:
    """That a rule applies: one line, where, and how bad."""

    message: str
    spans: tuple[Span, ...]
    severity: Severity
    why: str = ""
    blank: bool = False
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Example:
    """A prompt in the circumstances that a rule needs; a plain prompt is one for the studio's own engine, no still.

    Attributes:
        shown: what the circumstances are, in a few words, for the rule's page.
    """

    prompt: str
    shown: str = ""
    brief: Brief = field(default_factory=Brief)
    engine: str = "sketch"
    report: StillReport | None = None
    end: StillReport | None = None

    def __str__(self) -> str:
        return " ".join(part for part in (self.prompt or "(no words)", f"[{self.shown}]" if self.shown else "") if part)


@dataclass(frozen=True)
class Rule:
    """One piece of craft.

    Attributes:
        name, code: how it is called; the code never changes.
        looks_for: what it looks for, in one sentence.  why: what goes wrong, in two.  source: who found out.
        severity: in words, how bad and when.
        good, bad: prompts that it lets pass and prompts that it finds; the tests run every one.
        false_alarms: where it is known to be wrong.
        find: the rule itself.  mend: its fixes, for a hit.
        mended_by: what has to change to mend it. A rewrite is held to the rules that words can mend.
        yields_to: rules that say the same thing better; where one of them speaks, this one is silent.
    """

    name: str
    code: str
    title: str
    looks_for: str
    why: str
    source: str
    severity: str
    good: Taught
    bad: Taught
    false_alarms: str
    find: Callable[[Context], Hit | None] = field(repr=False)
    mend: Callable[[Context, Hit], tuple[Fix, ...]] = field(default=lambda _context, _hit: (), repr=False)
    mended_by: MendedBy = "words"
    yields_to: tuple[str, ...] = ()

    def check(self, context: Context, hit: Hit) -> Finding:
        """A hit as a finding, with its fixes."""
        return Finding(
            rule=self.name,
            code=self.code,
            severity=hit.severity,
            message=hit.message,
            why=hit.why or self.why,
            spans=hit.spans,
            boxes=hit.boxes,
            fixes=self.mend(context, hit),
        )


def spoken(rules: Iterable[Rule], context: Context) -> list[tuple[Rule, Hit]]:
    """The rules that apply, each with its hit, in their order: not those that the author dismissed, none twice."""
    dismissed = context.brief.dismissed
    hits = [
        (rule, hit)
        for rule in rules
        if rule.name not in dismissed and rule.code not in dismissed and (hit := rule.find(context)) is not None
    ]
    said = {rule.name for rule, _ in hits}
    return [(rule, hit) for rule, hit in hits if not said.intersection(rule.yields_to)]


def works(context: Context, find: Callable[[Context], Hit | None], edits: tuple[Edit, ...]) -> bool:
    """Whether a prompt with the edits made is tidy, says something and is found by the rule no more."""
    text = Fix(title="", safety="ask", edits=edits).apply(context.parse.prompt)
    if not text.strip() or any(gap in text for gap in ("  ", " ,", ",,", " .")) or text != text.strip(" ,;"):
        return False
    return find(replace(context, parse=context.read(text))) is None


def whole(context: Context, title: str, safety: Safety) -> tuple[Fix, ...]:
    """The coach's rewrite in place of the whole prompt, where no small edit will do."""
    edits = replace_all(context.parse.prompt, context.rewrite)
    told = context.rewrite and context.rewrite != context.parse.prompt
    return (Fix(title=title, safety=safety, edits=edits),) if told else ()


def listed(words: Iterable[str], room: int) -> str:
    """The author's words in a row, each once, as many as there is room for; "…" stands for the rest."""
    said = ""
    for word in dict.fromkeys(" ".join(word.split()).strip(" ,.;:\"'“”") for word in words):
        if said and len(said) + len(word) > room:
            return f"{said} …"
        said = f"{said}, {word}" if said else word if len(word) <= room else f"{word[: room - 1].rstrip()}…"
    return said
