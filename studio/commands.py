"""The commands for what is kept: ``python -m studio jobs | takes | doctor``."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Annotated, get_args

import typer

from studio import backstage
from studio.asked import read_size
from studio.errors import EngineError, InputError, MediaError, StoreError
from studio.jobs.records import State
from studio.workspace import Workspace

__all__ = ["doctor", "jobs", "takes"]

_LOOK = 0.2
"""Seconds between two looks while a job is watched."""

_REST = 2.0
"""Seconds between two looks whether the queue waits."""

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
jobs = typer.Typer(help="What waits, is being made, or has ended.", rich_markup_mode=None, context_settings=_HELP)
takes = typer.Typer(help="The takes that are kept.", rich_markup_mode=None, context_settings=_HELP)

JobArgument = Annotated[str, typer.Argument(metavar="JOB", help="Its number or its id; see `jobs list`.")]
JobsArgument = Annotated[list[str], typer.Argument(metavar="JOB…", help="Their numbers or ids; see `jobs list`.")]
TakeArgument = Annotated[str, typer.Argument(metavar="TAKE", help="Its number or its id; see `takes list`.")]
TakesArgument = Annotated[list[str], typer.Argument(metavar="TAKE…", help="Their numbers or ids; see `takes list`.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]


@jobs.callback(invoke_without_command=True)
def _jobs(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_jobs()


@jobs.command("list")
def list_jobs(
    state: Annotated[str, typer.Option(metavar="STATE", help="Only these: " + ", ".join(get_args(State)))] = "",
    as_json: JsonOption = False,
) -> None:
    """List jobs: what runs, what waits as it will be served, then what has ended, newest first."""
    if state not in ("", *get_args(State)):
        raise InputError("--state", state, expected="one of " + ", ".join(get_args(State)), action="Correct it.")
    workspace = Workspace.open(looking=True)
    backstage.show_jobs(workspace.jobs.list([state] if state else []), as_json)  # type: ignore[list-item]
    _say_hold(workspace, False)


@jobs.command("show")
def show_job(job: JobArgument, as_json: JsonOption = False) -> None:
    """Show one job: its shot, how far it is, and everything that happened to it."""
    queue = Workspace.open(looking=True).jobs
    found = queue.get(job)
    backstage.show_job(found, queue.events(job=found.id), as_json)


@jobs.command("cancel")
def cancel(job: JobsArgument) -> None:
    """Cancel jobs: at once while they wait, within one step while they are being made."""
    queue = Workspace.open().jobs
    for name in job:
        backstage.show_changed(queue.cancel(name))


@jobs.command("retry")
def retry(job: JobsArgument) -> None:
    """Queue jobs again that failed, were cancelled or were interrupted."""
    queue = Workspace.open().jobs
    for name in job:
        backstage.show_changed(queue.retry(name))


@jobs.command("repeat")
def repeat(
    job: JobArgument,
    seed: Annotated[list[int] | None, typer.Option("--seed", metavar="N", help="With this seed. Repeatable.")] = None,
    seeds: Annotated[int | None, typer.Option(metavar="N", help="N times, each with a seed of its own.")] = None,
) -> None:
    """Queue the same shot again: once with a new seed, or once for each seed that is asked for."""
    if seed and seeds is not None:
        raise InputError("the seeds", expected="either --seed or --seeds", action="Leave one out.")
    queue = Workspace.open().jobs
    for made in queue.sweep(job, seed) if seed else queue.vary(job, 1 if seeds is None else seeds):
        backstage.show_changed(made)


@jobs.command("edit")
def edit(
    job: JobArgument,
    prompt: Annotated[str | None, typer.Option(metavar="TEXT", help="Other words; its timeline is made anew.")] = None,
    seconds: Annotated[float | None, typer.Option(metavar="S", help="Another length; beats are stretched.")] = None,
    engine: Annotated[str | None, typer.Option(metavar="ID", help="Another engine; see `engines`.")] = None,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Size in pixels, such as 768x512.")] = None,
    fps: Annotated[int | None, typer.Option(metavar="N", help="Frames a second.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Another seed.")] = None,
    loop: Annotated[
        bool | None, typer.Option("--loop/--no-loop", help="Let the last frame lead into the first.")
    ] = None,
) -> None:
    """Change the shot of a job that still waits; it keeps its place."""
    from studio.revise import Changes, revised

    given = {"prompt": prompt, "seconds": seconds, "engine": engine, "size": read_size(size), "fps": fps}
    changes = Changes.from_dict({**given, "seed": seed, "loop": loop})
    if changes == Changes():
        raise InputError("the changes", expected="one at least", action="See `jobs edit --help`.")
    workspace = Workspace.open()
    found = workspace.jobs.get(job)
    if found.shot is None:
        raise InputError(
            f"job {found.number}", found.reason, expected="a shot that can be read", action="Make it anew."
        )
    edited = workspace.jobs.edit(job, revised(workspace, found.shot, changes))
    backstage.show_changed(edited)


@jobs.command("move")
def move(
    job: JobArgument,
    before: Annotated[str | None, typer.Option(metavar="JOB", help="Before this one; else to the end.")] = None,
) -> None:
    """Move a waiting job before another one, or to the end."""
    backstage.show_changed(Workspace.open().jobs.reorder(job, before))


@jobs.command("watch")
def watch(
    job: Annotated[
        str | None, typer.Argument(metavar="JOB", help="One job, until it ends; else all, until Ctrl+C.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Follow what happens, one event a line. Watching a job that fails gives exit status 1."""
    workspace = Workspace.open()
    queue = workspace.jobs
    seen, mine, said = 0, queue.get(job).id if job else None, False
    while True:
        said = _say_hold(workspace, said)
        found = queue.get(mine) if mine else None
        for event in queue.events(seen, mine):
            seen = event.number
            backstage.show_event(event, (found or queue.get(event.job)).number, as_json)
        if found and found.over:
            if found.state != "done":
                raise EngineError(f"job {found.number}", found.state, expected="a take", action=found.reason)
            return
        time.sleep(_LOOK)


@jobs.command("work")
def work(
    until_empty: Annotated[bool, typer.Option("--until-empty", help="End when nothing waits any more.")] = False,
) -> None:
    """Make what waits, without the page. Ctrl+C ends it; what is being made goes back to the queue."""
    from studio.jobs.crew import Crew

    workspace = Workspace.open()
    crew = Crew(workspace.settings, workspace.store, until_empty)
    crew.start()
    said = False
    try:
        while not crew.wait(_REST):
            said = _say_hold(workspace, said)
    finally:
        crew.stop()


def _say_hold(workspace: Workspace, said: bool) -> bool:
    """Say why nothing new is made, once for as long as it lasts; whether that is so."""
    from studio.jobs.room import find_hold

    try:
        hold = find_hold(workspace.store, workspace.settings)
    except StoreError:  # looked at again in a moment
        return said
    if not said:
        backstage.show_hold(hold)
    return hold is not None


@takes.callback(invoke_without_command=True)
def _takes(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        list_takes()


@takes.command("list")
def list_takes(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="All of them in its prompt or note.")
    ] = None,
    starred: Annotated[bool, typer.Option("--starred", help="Only those with a star.")] = False,
    trash: Annotated[bool, typer.Option("--trash", help="Those in the trash instead.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List takes, newest first."""
    found = Workspace.open(looking=True).library.list(" ".join(words or ()), starred=starred, removed=trash)
    backstage.show_takes(found, as_json)


@takes.command("show")
def show_take(take: TakeArgument, as_json: JsonOption = False) -> None:
    """Show one take: where it lies and the shot that made it."""
    backstage.show_kept_take(Workspace.open(looking=True).library.get(take), as_json)


@takes.command("export")
def export(
    take: TakeArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.mp4", help="Where the copy shall lie.")],
) -> None:
    """Copy a take's clip, with the record of how it was made inside it."""
    from studio.media.whole import whole

    kept = Workspace.open(looking=True).library.get(take)
    if kept.missing:
        raise MediaError(
            f"the clip of take {kept.number}", "gone", expected="a clip on the disk", action="Make it again."
        )
    try:
        with whole(output) as part:
            shutil.copyfile(kept.take.clip, part)
    except OSError as error:
        raise MediaError(
            "the output", f"{output} ({error.strerror})", expected="a name that can be written", action="Change -o."
        ) from error
    backstage.say(output)


@takes.command("finish")
def finish(take: TakesArgument) -> None:
    """Queue drafts to be made whole: enlarged and refined where the engine can do that, else made again in full.

    Drafts are made with `animate --draft` or on the page. `jobs work` makes what is queued where no page is open.
    """
    from studio.revise import finishing

    workspace = Workspace.open()
    for name in take:
        kept = workspace.library.get(name)
        shot = finishing(workspace, kept.take)
        job = workspace.jobs.add(shot)
        backstage.show_changed(job)
        for line in workspace.plan(shot).notes[:1]:
            backstage.say(line)


@takes.command("star")
def star(take: TakesArgument, off: Annotated[bool, typer.Option("--off", help="Take it away.")] = False) -> None:
    """Give takes a star."""
    library = Workspace.open().library
    for name in take:
        backstage.show_takes([library.star(name, not off)], False)


@takes.command("rm")
def remove(
    take: Annotated[list[str] | None, typer.Argument(metavar="TAKE…", help="Their numbers or ids.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Bring them back instead.")] = False,
    empty: Annotated[bool, typer.Option("--empty-trash", help="Delete for good what lies in the trash.")] = False,
) -> None:
    """Throw takes into the trash; --undo brings them back."""
    library = Workspace.open().library
    if not take and not empty:
        raise InputError("the takes", expected="one at least, or --empty-trash", action="See `takes list`.")
    for name in take or ():
        kept = library.restore(name) if undo else library.remove(name)
        back = "is back" if undo else f"lies in the trash; `takes rm --undo {kept.number}` brings it back"
        backstage.say(f"Take {kept.number} {back}.")
    if empty:
        backstage.say(f"Deleted for good: {library.empty_trash()}.")


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Save what can be read of a damaged store.")] = False,
    clean: Annotated[bool, typer.Option("--clean", help="Remove what is too old or too much by the settings.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --clean: only say what would go.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Look whether everything here is in order, what would fail, and how to mend it. Exit status 1 when it is not.

    --clean judges by MOTION_FIRST_KEEP_…; takes with a star, and what a waiting job is made from, always stay. The
    studio cleans by itself too, at its start, after jobs and every hour. For an hour after the clock has leapt nothing
    goes by its age.
    """
    from studio.doctor import examine
    from studio.jobs.ages import read_ages
    from studio.jobs.cleaning import remove, survey
    from studio.jobs.fading import fade, faded
    from studio.jobs.mend import mend_store
    from studio.settings import Settings

    settings = Settings.from_environment()
    if mend:
        backstage.say(mend_store(settings))
    if dry_run and not clean:
        raise InputError("--dry-run", expected="--clean beside it", action="Add --clean.")
    if clean:
        store = Workspace.open(settings).store
        found, watched = survey(store, settings), read_ages(settings.data)
        if watched and not watched.certain and not as_json:
            backstage.say("The clock has leapt, or nobody has watched it for an hour: ages do not count yet.")
        backstage.show_removals(found if dry_run else remove(store, settings, found), dry_run, as_json)
        log = sum(faded(store, settings).values()) if dry_run else fade(store, settings)
        if log and not as_json:
            backstage.say(f"{log} log entries of old jobs {'would go' if dry_run else 'are gone'}.")
        return
    checks = examine(settings)
    backstage.show_checks(checks, as_json)
    if any(check.state == "bad" for check in checks):
        raise typer.Exit(1)
