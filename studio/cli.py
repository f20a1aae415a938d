"""The command line: ``python -m studio coach | animate | engines``.

Bad input gives one line on standard error and exit status 2; an engine or a clip that fails gives exit status 1.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from studio import __version__, console
from studio.errors import InputError, PromptError, ShotError, StudioError
from studio.settings import Settings
from studio.shot import Brief, Still, Timeline
from studio.workspace import Workspace

__all__ = ["app", "main", "run"]

_LONGEST_LINE = 1_000_000
"""Characters; far above the longest prompt, far below what would trouble a small machine."""

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

EngineOption = Annotated[str, typer.Option("--engine", metavar="ID", help="Engine to speak to; see `engines`.")]
SecondsOption = Annotated[float, typer.Option("--seconds", metavar="S", help="Length of the clip.")]
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
    as_json: JsonOption = False,
) -> None:
    """Read a prompt and say what will make the clip drift, why, and how to say it better.

    Offsets in JSON count code points of the prompt. A batch always writes JSON, one object a line, each with the
    `id` of its input; a line that cannot be coached gives {"id", "error"} and exit status 2 at the end.

    \b
    EXAMPLES
      python -m studio coach "Slow dolly-in. Steam rises from the mug." --seconds 4
      python -m studio coach --batch prompts.jsonl --engine wan_2_2_i2v_a14b > reviews.jsonl
    """
    if (text is None) == (batch is None):
        raise InputError(
            "the prompt", expected="either TEXT or --batch FILE.jsonl", action='Try: coach "Steam rises from the mug."'
        )
    workspace = Workspace.open()
    picture = workspace.add_still(still) if still else None
    if batch:
        _coach_batch(workspace, batch, Brief(seconds=seconds), engine, picture)
        return
    prompt = _read_prompt() if text == "-" else str(text)
    review = workspace.review(prompt, Brief(seconds=seconds), engine=engine, still=picture)
    if as_json:
        console.show_json(review.to_dict())
    else:
        console.show_review(review)


@app.command(short_help="Animate a still into an mp4.")
def animate(
    still: Annotated[Path, typer.Argument(metavar="STILL", help="A picture: PNG, JPEG, WebP, AVIF, TIFF, GIF …")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.mp4", help="Where the clip shall lie.")],
    prompt: Annotated[str, typer.Option("--prompt", metavar="TEXT", help="What shall move.")] = "",
    engine: EngineOption = "sketch",
    seconds: SecondsOption = 5.0,
    fps: Annotated[int | None, typer.Option(metavar="N", help="Frames a second; the engine's own by default.")] = None,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Size in pixels, such as 768x512.")] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same clip.")] = 0,
    no_coach: Annotated[bool, typer.Option("--no-coach", help="Only what the prompt says; suggest nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Animate a still: OUT.mp4, with the record of how it was made inside it and beside it.

    The clip is written whole or not at all. With --json the take is printed: its path, its shot and plan, and
    `timings` in seconds by stage; the time to import the parts is given apart, as `imports`.

    \b
    EXAMPLE
      python -m studio animate mug.jpg --prompt "Slow dolly-in. Steam rises." -o mug.mp4 --seconds 4
    """
    target = _check_output(output, still)
    workspace = Workspace.open()
    imports = _import_rooms(workspace, engine)
    picture = workspace.add_still(still)
    review = workspace.review(prompt, Brief(seconds=seconds), engine=engine, still=picture)
    timeline = _only_said(review.timeline) if no_coach else review.timeline
    width, height = _parse_size(size)
    options = {"engine": workspace.profile(engine).id, "fps": fps, "width": width, "height": height, "seed": seed}
    shot = workspace.shot(picture, prompt, timeline, **options)
    with console.StageProgress(quiet=as_json) as progress:
        take = workspace.animate(shot, progress, target)
    if as_json:
        record = take.to_dict()
        console.show_json({**record, "path": str(output), "timings": {**record["timings"], "imports": imports}})
    else:
        console.show_take(take)


@app.command(short_help="List the engines that can run here, and why the rest cannot.")
def engines(as_json: JsonOption = False) -> None:
    """List the engines: which can run here, and for the rest why not and what would help."""
    listing = Workspace.open().catalogue.all()
    if as_json:
        console.show_json([{**profile.to_dict(), **availability.to_dict()} for profile, availability in listing])
    else:
        console.show_engines(listing)


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


def _terminate(number: int, _: object) -> None:
    """Leave through the same doors as any failure, so that half a clip is removed."""
    console.complain("terminated")
    sys.exit(128 + number)


def _read_prompt() -> str:
    """The prompt on standard input; of an endless one, enough to say that it is too long."""
    try:
        return sys.stdin.read(_LONGEST_LINE)
    except (UnicodeDecodeError, AttributeError, OSError) as error:  # AttributeError: standard input is closed
        raise PromptError("standard input", expected="text in UTF-8", action="Give the prompt as TEXT.") from error


def _coach_batch(workspace: Workspace, batch: Path, brief: Brief, engine: str, picture: Still | None) -> None:
    """Coach a file line by line, streaming; bad lines are answered too, and counted."""
    number = bad = 0
    for number, line in enumerate(_lines(batch), start=1):
        if not line.strip():
            continue
        identity: object = number
        try:
            identity, asked = _parse_line(line, number)
            told = brief.but(seconds=asked.get("seconds", brief.seconds))
            review = workspace.review(asked["prompt"], told, engine=asked.get("engine", engine), still=picture)
            console.show_json({"id": identity, **review.to_dict()})
        except InputError as error:
            bad += 1
            console.show_json({"id": identity, "error": str(error)})
    if bad:
        raise InputError(
            "the batch",
            f"{bad} of {number} lines",
            expected="prompts that can be read",
            action="See `error` in the output.",
        )


def _lines(batch: Path) -> Iterator[str]:
    """Read a batch line by line, so that a pipe may feed it; an endless line is refused before it fills memory."""
    try:
        with batch.open(encoding="utf-8-sig", newline="\n") as file:
            while line := file.readline(_LONGEST_LINE):
                if len(line) >= _LONGEST_LINE:
                    raise InputError(
                        "the batch file", batch, expected="one prompt a line", action="Break it into lines."
                    )
                yield line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InputError(
            "the batch file", f"{batch} ({reason})", expected="a readable file of JSON lines", action="Check its path."
        ) from error


def _parse_line(line: str, number: int) -> tuple[object, dict[str, Any]]:
    """Take one line of a batch apart: its id, and what it asks (prompt, seconds, engine)."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: no JSON, or a number of thousands of digits
        raise PromptError(f"line {number}", line, expected="one JSON object", action="Correct the line.") from error
    if not isinstance(row, dict) or not isinstance(row.get("prompt"), str):
        raise PromptError(f"line {number}", line, expected='an object with a "prompt" text', action="Correct the line.")
    kinds: dict[str, Any] = {"prompt": str, "seconds": (int, float), "engine": str}
    asked = {key: row[key] for key, kind in kinds.items() if isinstance(row.get(key), kind)}
    return row.get("id", number), asked


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


def _parse_size(size: str | None) -> tuple[int | None, int | None]:
    if size is None:
        return None, None
    match = re.fullmatch(r"(\d{1,5})[x×X](\d{1,5})", size.strip())
    if not match:
        raise ShotError("the size", size, expected="WIDTHxHEIGHT in pixels, such as 768x512", action="Correct --size.")
    return int(match[1]), int(match[2])


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
