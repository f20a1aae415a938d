"""How the studio speaks in a terminal: results on standard output, progress and complaints on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from studio.shot import STAGES, Take

if TYPE_CHECKING:
    from studio.choosing import Choice
    from studio.coach.pages import RulePage
    from studio.coach.review import Review
    from studio.coach.rule import Rule
    from studio.engines.engine import Event
    from studio.presets import Profile, Terms

__all__ = [
    "StageProgress",
    "complain",
    "show_engines",
    "show_json",
    "show_markdown",
    "show_review",
    "show_rule",
    "show_rules",
    "show_take",
    "show_terms",
]

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)
_MARKS = {"error": "✗", "warning": "!", "info": "·"}


def complain(sentence: object) -> None:
    """Say one line on standard error."""
    line = " ".join(str(sentence).split())
    sys.stderr.write(f"motion-first: {line}\n")


def show_json(values: object) -> None:
    """Write one JSON object on one line of standard output, in ASCII: prompts may hold halves of characters."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def show_review(review: Review) -> None:
    """Show what the coach says: advice, timeline, rewrite, what is left for another shot, readiness."""
    for finding in review.findings:
        _out.print(f"{_MARKS[finding.severity]} [bold]{finding.rule}[/] {escape(finding.message)}")
        _out.print(f"    {escape(finding.why)}", style="dim")
        for fix in finding.fixes:
            _out.print(f"    fix ({fix.safety}): {escape(fix.title)}")
    if not review.findings:
        _out.print("Nothing to mend.")
    table = _table()
    for beat in review.timeline.beats:
        whose = " (suggested)" if beat.origin == "coach" else ""
        table.add_row(beat.layer, f"{beat.start:.1f}-{beat.end:.1f} s", escape(beat.text) + whose)
    _out.print("\n[bold]Timeline[/]")
    _out.print(table)
    _out.print(f"\n[bold]Rewrite[/]\n{escape(review.rewrite.text)}")
    _show_omissions(review)
    if review.next_shot:
        _out.print(f"\n[bold]Next shot[/]\n{escape(review.next_shot)}")
    _show_engine_prompt(review)
    _out.print(f"\n[bold]Readiness {review.readiness}/100[/]")
    table = _table()
    for part in review.parts:
        table.add_row(part.name, f"{part.points}/{part.most}", escape(part.line))
    _out.print(table)


def _show_omissions(review: Review) -> None:
    """Show what the rewrite leaves out, and why: one reason a line."""
    from studio.coach.telling.reasons import by_reason

    for group in by_reason(one for one in review.rewrite.removed if one.reason):
        words = " · ".join(" ".join(one.text.split()) for one in group)
        _out.print(f"Left out: {escape(words)} ({group[0].reason}: {escape(group[0].why)})", style="dim")


def _show_engine_prompt(review: Review) -> None:
    """Show what the engine reads, where it is not the rewrite itself, and what it is not told."""
    spoken = review.engine_prompt
    if spoken.prompt != review.rewrite.text:
        _out.print(f"\n[bold]For {review.engine}[/]\n{escape(spoken.prompt)}")
    if spoken.negative:
        _out.print(f"Negative: {escape(spoken.negative)}", style="dim")
    for gone in spoken.left_out:
        _out.print(f"Left out: {escape(gone.text)} ({escape(gone.why)})", style="dim")
    if spoken.question:
        _out.print(f"{escape(spoken.question)} Answer with --first-frame.", style="dim")


def show_rules(rules: Iterable[Rule]) -> None:
    """Show what the coach looks for, one rule a line."""
    table = _table()
    for rule in rules:
        table.add_row(rule.code, f"[bold]{rule.name}[/]", escape(rule.title))
    _out.print(table)
    _out.print("\nOne of them in full: python -m studio why CODE", style="dim")


def show_rule(page: RulePage) -> None:
    """Show the page of one rule."""
    _out.print(f"[bold]{page.code} {page.name}[/]  {escape(page.title)}\n{escape(page.looks_for)}")
    for section in page.sections:
        _out.print(f"\n[bold]{section.heading}[/]")
        for line in section.lines:
            _out.print(f"  {escape(line)}")


def show_markdown(pages: Iterable[RulePage]) -> None:
    """Write the pages of rules as one Markdown document."""
    from studio.coach.pages import markdown

    sys.stdout.write(markdown(pages))


def _table() -> Table:
    return Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))


def show_engines(listing: Iterable[tuple[Profile, Choice]]) -> None:
    """Show which engines can run here, under which terms, and for the rest why not; what would help comes once."""
    remedies = []
    states = {"runs": "[green]ready   [/]", "slowly": "[green]slowly  [/]", "not here": "[yellow]not here[/]"}
    for profile, choice in listing:
        terms = f" · {profile.licence.words}" if profile.licence else ""
        _out.print(f"{states[choice.state]}  [bold]{profile.id}[/]  {escape(profile.title)}[dim]{escape(terms)}[/]")
        for said in filter(None, (profile.summary if choice.state != "not here" else "", choice.words)):
            _out.print(f"    {escape(said)}", style="dim")
        if choice.remedy:
            remedies.append(choice.remedy.replace(profile.id, "ENGINE"))
    for remedy in dict.fromkeys(remedies):
        _out.print(f"\n{escape(remedy)}")


def show_terms(terms: Terms) -> None:
    """Show under which terms an engine's weights would come here: on standard error, as it is asked about."""
    from studio.engines.diffusers.download import what_is_missing

    _err.print(f"[bold]{escape(terms.title)}[/] is not on this computer yet. It comes under these terms:")
    for name, words in terms.rows:
        _err.print(f"  [dim]{name}:[/] {escape(words)}")
    _err.print(f"  [dim]In full:[/] {escape(terms.page)}")
    for line in what_is_missing(terms):
        _err.print(f"  [yellow]![/] {escape(line)}")


def show_take(take: Take) -> None:
    """Show where a take lies, how long its stages took, and what is worth knowing about it."""
    plan = take.plan
    _out.print(f"{escape(take.clip)}  {plan.width}x{plan.height}, {plan.seconds:.2f} s at {plan.fps} fps")
    _out.print("  ".join(f"{stage} {seconds:.2f} s" for stage, seconds in take.timings.items()), style="dim")
    for note in take.notes:
        _out.print(escape(note), style="dim")
    if take.attribution:
        _out.print(f"Its licence wants this said with it: {escape(take.attribution)}")


class StageProgress:
    """A listener that draws one bar by stage; silent where standard error is no terminal."""

    def __init__(self, quiet: bool = False) -> None:
        columns = (TextColumn("{task.description:>9}"), BarColumn(), TextColumn("{task.fields[detail]}"))
        self._bars = Progress(
            *columns, TimeElapsedColumn(), console=_err, disable=quiet or not _err.is_terminal, transient=True
        )
        self._task = self._bars.add_task("", total=None, detail="")

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def __call__(self, event: Event) -> None:
        """Hear one event of an engine."""
        from studio.engines.engine import StageStarted, Step

        if isinstance(event, StageStarted):
            place = f"{STAGES.index(event.stage) + 1}/{len(STAGES)} {event.detail}"
            self._bars.reset(self._task, description=event.stage, total=None, detail=place)
        elif isinstance(event, Step):
            self._bars.update(self._task, completed=event.done, total=event.total)
