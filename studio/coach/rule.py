"""What a rule is: a value that carries its own page. Add one to a file in ``rules/`` and everything else follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from studio.coach.cues import Parse
from studio.presets import Profile
from studio.shot import Finding, Fix, Severity, Span, StillReport

__all__ = ["Context", "Hit", "Rule"]


@dataclass(frozen=True)
class Context:
    """What a rule may look at. ``rewrite`` is the coach's whole rewrite, for fixes that no small edit can make."""

    parse: Parse
    seconds: float
    profile: Profile
    report: StillReport | None = None
    rewrite: str = ""

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
