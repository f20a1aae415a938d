"""How jobs, takes and the state of the house are shown in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from studio.console import complain, show_json, show_take
from studio.doctor import Check
from studio.jobs.records import Happening, Job, KeptTake

if TYPE_CHECKING:
    from studio.jobs.cleaning import Removal
    from studio.jobs.room import Hold

__all__ = [
    "say",
    "show_changed",
    "show_checks",
    "show_event",
    "show_hold",
    "show_job",
    "show_jobs",
    "show_kept_take",
    "show_removals",
    "show_takes",
]

_out = Console(highlight=False, soft_wrap=True)
_COLOURS = {
    "queued": "cyan",
    "running": "bold cyan",
    "done": "green",
    "failed": "red",
    "cancelled": "dim",
    "interrupted": "yellow",
}
_MARKS = {"good": "[green]✓[/]", "note": "[yellow]·[/]", "bad": "[red]✗[/]"}


def say(words: object) -> None:
    """Say one line."""
    _out.print(escape(str(words)))


def show_jobs(jobs: Sequence[Job], as_json: bool) -> None:
    """Show jobs, one a line."""
    if as_json:
        show_json([job.to_dict() for job in jobs])
        return
    table = _table()
    for job in jobs:
        table.add_row(str(job.number), _state(job), _words(job), escape(job.reason))
    _out.print(table if jobs else "No jobs.")


def show_hold(hold: Hold | None) -> None:
    """Say why nothing new is made, where that is so; beside what was asked for, so that a list in JSON stays one."""
    if hold:
        complain(hold.words)


def show_job(job: Job, events: Sequence[Happening], as_json: bool) -> None:
    """Show one job and everything that happened to it."""
    if as_json:
        show_json({**job.to_dict(), "events": [event.to_dict() for event in events]})
        return
    _out.print(f"Job {job.number}  {_state(job)}  {escape(job.reason)}")
    _out.print(_words(job))
    _out.print(
        f"id {job.id} · made for {escape(job.owner)} · attempts {job.attempts} · cost so far {job.spent:.1f} s of work",
        style="dim",
    )
    for event in events:
        show_event(event, job.number, False)


def show_changed(job: Job) -> None:
    """Show what has become of a job."""
    _out.print(f"Job {job.number}  {_state(job)}  {escape(job.reason)}")


def show_event(event: Happening, number: int, as_json: bool) -> None:
    """Show one thing that happened, as it happens."""
    if as_json:
        show_json({**event.to_dict(), "job_number": number})
        return
    what = event.state if event.kind == "state" else event.kind
    _out.print(f"{event.at}  job {number}  {what}  {escape(event.text)}")


def show_takes(takes: Sequence[KeptTake], as_json: bool) -> None:
    """Show takes, one a line."""
    if as_json:
        show_json([kept.to_dict() for kept in takes])
        return
    table = _table()
    for kept in takes:
        plan = kept.take.plan
        facts = f"{plan.width}x{plan.height} {plan.seconds:.1f} s {kept.take.shot.engine} seed {kept.take.shot.seed}"
        shot = kept.take.shot
        told = [
            _short(shot.words),
            *(["(draft)"] if shot.draft else []),
            *(["(clip is gone)"] if kept.missing else []),
        ]
        table.add_row(str(kept.number), "★" if kept.starred else "", facts, " ".join(told), escape(kept.note))
    _out.print(table if takes else "No takes.")


def show_kept_take(kept: KeptTake, as_json: bool) -> None:
    """Show one take."""
    if as_json:
        show_json(kept.to_dict())
        return
    show_take(kept.take)
    _out.print(f"Take {kept.number}{' ★' if kept.starred else ''}  id {kept.take.id}  {kept.take.created}", style="dim")
    if kept.missing:
        _out.print("Its clip is gone from the disk; its shot is still here.")
    if kept.take.shot.draft:
        _out.print(f"A draft; `takes finish {kept.number}` makes it whole.")
    if kept.take.shot.finishes:
        _out.print(f"It makes the draft {kept.take.shot.finishes} whole.")
    shot = kept.take.shot
    edited = f"Its timeline was edited, and is what was made: {shot.words or 'nothing moves.'}" if shot.by_hand else ""
    for line in (shot.prompt, edited, kept.note):
        if line:
            _out.print(escape(line))


def show_checks(checks: Sequence[Check], as_json: bool) -> None:
    """Show what was examined, one a line, and below each trouble what mends it."""
    if as_json:
        show_json([check.to_dict() for check in checks])
        return
    for check in checks:
        _out.print(f"{_MARKS[check.state]} [bold]{escape(check.name)}[/]  {escape(check.found)}")
        if check.remedy:
            _out.print(f"    {escape(check.remedy)}", style="dim")


def show_removals(removals: Sequence[Removal], only_said: bool, as_json: bool) -> None:
    """Show what goes, or would go, one a line, and how much that is."""
    if as_json:
        show_json([removal.to_dict() for removal in removals])
        return
    for removal in removals:
        _out.print(f"{escape(removal.path)}  [dim]{removal.bytes / 1e6:.1f} MB · {removal.kind} · {removal.why}[/]")
    told = f"{len(removals)} things, {sum(removal.bytes for removal in removals) / 1e6:.1f} MB"
    _out.print((f"Would remove {told}." if only_said else f"Removed {told}.") if removals else "Nothing to remove.")


def _state(job: Job) -> str:
    words: str = job.state
    if job.state == "queued":
        words = f"queued, place {job.place}"
    elif job.state == "running":
        progress = job.progress
        words = f"{progress.stage or 'starting'} {progress.done}/{progress.total}" if progress.total else "running"
        words += ", stopping" if job.cancelling else ""
    return f"[{_COLOURS[job.state]}]{words}[/]"


def _words(job: Job) -> str:
    if job.shot is None:
        return "(its record cannot be read)"
    return f"{_short(job.shot.words)} [dim]{job.shot.seconds:g} s · {escape(job.shot.engine)} · seed {job.shot.seed}[/]"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return escape(words if len(words) <= 60 else words[:59] + "…")


def _table() -> Table:
    return Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
