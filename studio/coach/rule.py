"""What a rule is: a value that carries its own page. Add one to a file in ``rules/`` and everything else follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from studio.coach.cues import Parse
from studio.coach.edits import replace_all
from studio.presets import Profile
from studio.shot import Brief, Edit, Finding, Fix, Safety, Severity, Span, StillReport

__all__ = ["Context", "Hit", "Rule", "listed", "whole", "works"]


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
    """

    name: str
    code: str
    title: str
    looks_for: str
    why: str
    source: str
    severity: str
    good: tuple[str, ...]
    bad: tuple[str, ...]
    false_alarms: str
    find: Callable[[Context], Hit | None] = field(repr=False)
    mend: Callable[[Context, Hit], tuple[Fix, ...]] = field(default=lambda _context, _hit: (), repr=False)

    def check(self, context: Context, hit: Hit) -> Finding:
        """A hit as a finding, with its fixes."""
        return Finding(
            rule=self.name,
            code=self.code,
            severity=hit.severity,
            message=hit.message,
            why=hit.why or self.why,
            spans=hit.spans,
            fixes=self.mend(context, hit),
        )


def works(context: Context, find: Callable[[Context], Hit | None], edits: tuple[Edit, ...]) -> bool:
    """Whether a prompt with the edits made is tidy, says something and is found by the rule no more."""
    text = Fix(title="", safety="ask", edits=edits).apply(context.parse.prompt)
    if not text.strip() or any(gap in text for gap in ("  ", " ,", ",,", " .")) or text != text.strip(" ,;"):
        return False
    return find(replace(context, parse=context.read(text))) is None


def whole(context: Context, title: str, safety: Safety) -> tuple[Fix, ...]:
    """The coach's rewrite in place of the whole prompt, where no small edit will do."""
    edits = replace_all(context.parse.prompt, context.rewrite)
    return (Fix(title=title, safety=safety, edits=edits),) if context.rewrite else ()


def listed(words: Iterable[str], room: int) -> str:
    """The author's words in a row, each once, as many as there is room for; "…" stands for the rest."""
    said = ""
    for word in dict.fromkeys(" ".join(word.split()).strip(" ,.;:\"'“”") for word in words):
        if said and len(said) + len(word) > room:
            return f"{said} …"
        said = f"{said}, {word}" if said else word[:room]
    return said
