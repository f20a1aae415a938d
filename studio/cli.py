"""The command line: ``python -m studio coach | rules | why | animate | reel | engines | jobs | takes | doctor``.

Bad input gives one line on standard error and exit status 2; an engine or a clip that fails gives exit status 1.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated, get_args

import typer
from typer.exceptions import TyperException

from studio import __version__, commands, console, reeling
from studio.accepting import accept_terms
from studio.asked import Asked, read_controls, read_size
from studio.batch import LONGEST_LINE, coach_batch
from studio.errors import DiskError, InputError, PromptError, StoreError, StudioError
from studio.settings import Settings
from studio.shot import Brief, ControlKind, Shot, Still, Timeline
from studio.workspace import Workspace

__all__ = ["app", "main", "run"]

_ENVIRONMENT = "\n".join(
    f"  {'MOTION_FIRST_' + name.upper():<28} {field.description}" for name, field in Settings.model_fields.items()
)
_HELP = f"""Motion First: direct a still in words, see the motion, then animate it.

The page is started by `python app.py`; these commands do the same work in a terminal.

\b
EXIT STATUS
  0    done
  1    an engine failed, or a clip could not be written
  2    bad input
  130  interrupted; 143  terminated: nothing half done is left

\b
ENVIRONMENT
{_ENVIRONMENT}
"""

app = typer.Typer(
    name="studio",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_HELP,
)

app.add_typer(
    commands.jobs, name="jobs", short_help="Look at the queue, cancel, retry, watch; `work` makes what waits."
)
app.add_typer(commands.takes, name="takes", short_help="List, show, export, star and throw away what was made.")

_CONTROLS = ", ".join(get_args(ControlKind))
EngineOption = Annotated[str, typer.Option("--engine", metavar="ID", help="Engine to speak to; see `engines`.")]
SecondsOption = Annotated[float, typer.Option("--seconds", metavar="S", help="Length of the clip.")]
AcceptOption = Annotated[
    bool, typer.Option("--accept-terms", help="Accept the licence of an engine that is downloaded for this.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False) -> None:
    if version:
        sys.stdout.write(f"motion-first {__version__}\n")
        raise typer.Exit


@app.command(short_help="Read a prompt: what will break the clip, why, and a better way to say it.")
def coach(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="The prompt; `-` reads standard input.")] = None,
    batch: Annotated[
        Path | None, typer.Option(metavar="FILE.jsonl", help='Many prompts, one {"id", "prompt"} object a line.')
    ] = None,
    still: Annotated[Path | None, typer.Option(metavar="PATH", help="The still, read together with the words.")] = None,
    seconds: SecondsOption = 5.0,
    engine: EngineOption = "sketch",
    negative: Annotated[str | None, typer.Option(metavar="TEXT", help="Your negative prompt.")] = None,
    guidance: Annotated[float | None, typer.Option(metavar="X", help="Scale of classifier-free guidance.")] = None,
    end_frame: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A picture that the clip shall end on.")
    ] = None,
    control: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help=f"A control that is attached: {_CONTROLS}. Repeatable.")
    ] = None,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Size in pixels, such as 768x512.")] = None,
    first_frame: Annotated[
        str, typer.Option(metavar="TEXT", help="Your own line about the still, for engines that want one.")
    ] = "",
    idea: Annotated[int, typer.Option(metavar="N", help="Another proposal: 1, 2, 3 …")] = 0,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="A rule that shall not speak. Repeatable.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read a prompt and say what will make the clip drift, why, and how to say it better.

    Offsets in JSON count code points of the prompt. A batch always writes JSON, one object a line, each with the
    `id` of its input; a line that cannot be coached gives {"id", "error"} and exit status 2 at the end. A line may
    say otherwise for itself: seconds, engine, negative, guidance, end_frame, control, size, first_frame, idea, ignore.

    \b
    EXAMPLES
      python -m studio coach "Slow dolly-in. Steam rises from the mug." --seconds 4
      python -m studio coach "A woman turns around." --still her.jpg --end-frame back.jpg --engine kling_3
      python -m studio coach --batch prompts.jsonl --engine wan_2_2_i2v_a14b > reviews.jsonl
    """
    if (text is None) == (batch is None):
        raise InputError(
            "the prompt", expected="either TEXT or --batch FILE.jsonl", action='Try: coach "Steam rises from the mug."'
        )
    given = {"seconds": seconds, "engine": engine, "negative": negative, "guidance": guidance, "control": control}
    given |= {"size": size, "first_frame": first_frame, "idea": idea, "ignore": ignore}
    asked = Asked.from_dict({**given, "end_frame": str(end_frame) if end_frame else None})
    workspace = Workspace.open()
    picture = workspace.add_still(still) if still else None
    if batch:
        coach_batch(workspace, batch, asked, picture)
        return
    end = workspace.add_still(end_frame) if end_frame else None
    prompt = _read_prompt() if text == "-" else str(text)
    review = workspace.review(prompt, asked.brief(end), engine=asked.engine, still=picture, end=end)
    if as_json:
        console.show_json(review.to_dict())
    else:
        console.show_review(review)


@app.command(short_help="List the rules of the coach; --markdown writes all their pages.")
def rules(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="One rule, by code or name.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the pages as Markdown.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List what the coach looks for. With CODE, the page of one rule, as `why` shows it."""
    workspace = Workspace.open()
    if markdown:
        console.show_markdown(workspace.rule_pages(code))
    elif as_json:
        console.show_json([page.to_dict() for page in workspace.rule_pages(code)])
    elif code:
        console.show_rule(workspace.rule_pages(code)[0])
    else:
        console.show_rules(workspace.rules())


@app.command(short_help="Say why a rule speaks: what it looks for, why, how bad, examples, what mends it.")
def why(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The rule, by code or name, such as CAM001.")],
) -> None:
    """Show the page of one rule."""
    console.show_rule(Workspace.open().rule_pages(code)[0])


@app.command(short_help="Animate a still into an mp4.")
def animate(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.mp4", help="Where the clip shall lie.")],
    still: Annotated[
        Path | None, typer.Argument(metavar="STILL", help="A picture: PNG, JPEG, WebP, AVIF, TIFF, GIF …")
    ] = None,
    extend: Annotated[
        Path | None, typer.Option(metavar="CLIP.mp4", help="Go on from the last frame of this clip; without STILL.")
    ] = None,
    prompt: Annotated[str, typer.Option("--prompt", metavar="TEXT", help="What shall move.")] = "",
    engine: EngineOption = "sketch",
    seconds: SecondsOption = 5.0,
    fps: Annotated[int | None, typer.Option(metavar="N", help="Frames a second; the engine's own by default.")] = None,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Size in pixels, such as 768x512.")] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same clip.")] = 0,
    depth_seed: Annotated[
        int, typer.Option(metavar="N", help="Another hypothesis of what is near and far; 0 is the likeliest.")
    ] = 0,
    control: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND=PATH",
            help=f"A stronger signal than words: {_CONTROLS}. reference:mug=PATH is @mug in the prompt. Repeatable.",
        ),
    ] = None,
    loop: Annotated[bool, typer.Option("--loop", help="Let the last frame lead into the first.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Smaller or in fewer steps; `takes finish` makes it whole.")
    ] = False,
    distilled: Annotated[
        str,
        typer.Option(metavar="ID", help="Few steps by these weights of the engine, or `none`."),
    ] = "",
    no_coach: Annotated[bool, typer.Option("--no-coach", help="Only what the prompt says; suggest nothing.")] = False,
    accept: AcceptOption = False,
    as_json: JsonOption = False,
) -> None:
    """Animate a still: OUT.mp4, with the record of how it was made inside it and beside it.

    The clip is written whole or not at all. With --json the take is printed: its path, its shot and plan, and
    `timings` in seconds by stage; the time to import the parts is given apart, as `imports`.

    \b
    EXAMPLE
      python -m studio animate mug.jpg --prompt "Slow dolly-in. Steam rises." -o mug.mp4 --seconds 4
      python -m studio animate --extend mug.mp4 --prompt "Pan left." -o more.mp4
      python -m studio animate her.jpg --engine wan_2_2_animate --control pose_video=pose.mp4 \\
        --control face_video=face.mp4 --prompt "She dances." -o dance.mp4
    """
    source = still or extend
    if source is None or (still and extend):
        raise InputError("the still", expected="either STILL or --extend CLIP.mp4", action="Give one of them.")
    target = _check_output(output, source)
    workspace = Workspace.open()
    imports = _import_rooms(workspace, engine)
    picture, joined = workspace.go_on(extend) if extend else (workspace.add_still(source), {})
    given = tuple(workspace.control(kind, path, picture, name) for kind, name, path in read_controls(control))
    kinds = tuple(one.kind for one in given)
    review = workspace.review(prompt, Brief(seconds=seconds, controls=kinds), engine=engine, still=picture)
    timeline = _only_said(review.timeline) if no_coach else review.timeline
    width, height = read_size(size) or (None, None)
    options: dict[str, object] = {"engine": workspace.profile(engine).id, "fps": fps, "width": width, "height": height}
    options |= {
        "seed": seed,
        "depth_seed": depth_seed,
        "loop": loop,
        "draft": draft,
        "distilled": distilled,
        **joined,
        "controls": (*joined.get("controls", ()), *given),
    }
    shot = workspace.shot(picture, prompt, timeline, **options)
    workspace.plan(shot)
    accept_terms(workspace, [shot.engine], accept)
    with console.StageProgress(quiet=as_json) as progress:
        take = workspace.animate(shot, progress, target)
    if as_json:
        record = take.to_dict()
        console.show_json({**record, "path": str(output), "timings": {**record["timings"], "imports": imports}})
    else:
        console.show_take(take)


@app.command(short_help="List the engines that can run here, and why the rest cannot.")
def engines(
    engine: Annotated[str | None, typer.Argument(metavar="ID", help="Only this engine.")] = None,
    seconds: Annotated[float, typer.Option(metavar="S", help="Say what a clip of this length takes.")] = 5.0,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="And of this size.")] = None,
    accept: AcceptOption = False,
    as_json: JsonOption = False,
) -> None:
    """List the engines: which can run here, and for the rest why not and what would help.

    For those that run it says what a clip of a 3:2 still would take: seconds of work, learned from past takes here or
    guessed from the engine's figures, memory, and what is downloaded first.

    Before an engine is downloaded for the first time its terms are shown and accepted: here with --accept-terms, on the
    page, or when `animate` asks. They are asked again only when they change.
    """
    workspace = Workspace.open()
    if accept:
        if engine is None:
            raise InputError("--accept-terms", expected="one engine", action="Name it: engines ID --accept-terms")
        accept_terms(workspace, [engine], accepted=True)
    from studio.choosing import choices

    width, height = read_size(size) or (None, None)
    still = Still(path="", digest="0" * 64, width=1536, height=1024)
    workspace.check_seconds(seconds)
    shot = Shot(still=still, timeline=Timeline(seconds=seconds), seconds=seconds, width=width, height=height)
    wanted = workspace.profile(engine).id if engine else ""
    found = [one for one in choices(workspace, shot) if wanted in ("", one.engine)]
    profiles = [workspace.profile(one.engine) for one in found]
    if as_json:
        availability = [workspace.catalogue.availability(one.engine) for one in found]
        told = zip(profiles, availability, found, strict=True)
        console.show_json([{**each.to_dict(), **state.to_dict(), **one.to_dict()} for each, state, one in told])
    else:
        console.show_engines(zip(profiles, found, strict=True))


app.command(short_help="Make several shots in order and join them into one clip.")(reeling.reel)
app.command(short_help="Look whether everything here is in order, and how to mend it.")(commands.doctor)


def main() -> None:
    """Run the command line and leave with its exit status."""
    for name in ("stdout", "stderr"):  # prompts hold any script, whatever the terminal's encoding
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  it stays open
        stream = getattr(sys, name)
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(run())


def run() -> int:
    """Run one command and give its exit status."""
    try:
        status = int(app(standalone_mode=False) or 0)
        if status == 130:  # typer's own answer to Ctrl+C, given without a word
            console.complain("interrupted")
        return status
    except InputError as error:
        console.complain(error)
        return 2
    except StudioError as error:
        console.complain(error)
        if isinstance(error, StoreError | DiskError):  # visitors are never told where it lies; whoever sits here is
            console.complain(f"the data folder is {_data_folder()}")
        return 1
    except TyperException as error:
        message = error.format_message()
        console.complain(message if len(message) <= 300 else message[:299] + "…")
        return 2
    except (KeyboardInterrupt, typer.Abort):
        console.complain("interrupted")
        return 130
    except OSError as error:  # our own output: what the rooms meet on disk has become one of the errors above
        if not isinstance(error, BrokenPipeError):  # the reader has gone; nothing is left to say
            console.complain(f"the output cannot be written ({error.strerror}). Free some space or write elsewhere.")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _data_folder() -> str:
    """Where the data lie, as far as the environment tells."""
    with suppress(StudioError):
        return str(Settings.from_environment().data)
    return "not one that can be read from the environment"


def _terminate(number: int, _: object) -> None:
    """Leave through the same doors as any failure, so that half a clip is removed."""
    console.complain("terminated")
    sys.exit(128 + number)


def _read_prompt() -> str:
    """The prompt on standard input; of an endless one, enough to say that it is too long."""
    try:
        return sys.stdin.read(LONGEST_LINE)
    except (UnicodeDecodeError, AttributeError, OSError) as error:  # AttributeError: standard input is closed
        raise PromptError("standard input", expected="text in UTF-8", action="Give the prompt as TEXT.") from error


def _check_output(output: Path, still: Path) -> Path:
    """Where the clip shall lie, in full."""
    target = os.path.realpath(output)
    found = ""
    if output.suffix.lower() != ".mp4":
        raise InputError("the output", output, expected="a name ending in .mp4", action="Change -o.")
    if Path(target).is_dir():
        found = "is a folder"
    elif target == os.path.realpath(still):
        found = "is the still itself"
    elif any(
        "\ud800" <= character <= "\udfff" for character in target
    ):  # bytes that are no UTF-8: no record holds them
        found = "is not a path in UTF-8"
    if found:
        raise InputError("the output", f"{output} {found}", expected="a file to write", action="Change -o.")
    return Path(target)


def _only_said(timeline: Timeline) -> Timeline:
    """The timeline without the coach's suggestions."""
    return timeline.but(beats=tuple(beat for beat in timeline.beats if beat.origin != "coach"))


def _import_rooms(workspace: Workspace, engine: str) -> float:
    """Open the rooms that a take passes through and say how many seconds their imports took."""
    began = time.perf_counter()
    workspace.profile(engine)
    _ = workspace.coach
    workspace.catalogue.get(engine)
    import studio.media.clips
    import studio.still.report  # noqa: F401

    return round(time.perf_counter() - began, 3)
