"""``python -m studio reel``: several shots in order, made one after another and joined into one clip."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studio import console
from studio.accepting import accept_terms
from studio.asked import read_size
from studio.backstage import say
from studio.errors import EngineError, InputError, MediaError
from studio.media.whole import whole
from studio.reel import Reel, ReelPlan
from studio.workspace import Workspace

if TYPE_CHECKING:
    from studio.reels import Reels

__all__ = ["reel"]


def reel(
    source: Annotated[
        Path | None, typer.Argument(metavar="SHOTS", help="A list of shots (TOML, JSON), or the still for --prompt.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT.mp4", help="Where the joined clip shall lie.")
    ] = None,
    prompt: Annotated[str, typer.Option(metavar="TEXT", help="A prompt of several shots, for the still SHOTS.")] = "",
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="For all: engine, seconds, seed, fps, size, fade."),
    ] = None,
    resume: Annotated[str, typer.Option(metavar="ID", help="Go on with a reel that was broken off.")] = "",
    plan_only: Annotated[bool, typer.Option("--plan", help="Only say what would be made.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the reels that are kept.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")] = False,
) -> None:
    """Make a reel: shots in order, each from a still of its own or from the last frame of the one before.

    A list holds title, engine, seconds, seed, fps, size and shots; each shot prompt, still, seconds, engine, seed,
    negative and fade (seconds of cross-fade with the shot before; a hard cut without). All share the first one's
    size and frame rate. A reel that was broken off goes on with the shot it was at; a shot that fails stops only
    those that start from it.

    \b
    EXAMPLE
      python -m studio reel shots.toml -o morning.mp4
      python -m studio reel mug.jpg --prompt "Slow dolly-in. Cut to steam that rises." -o mug.mp4 --set seconds=4
      python -m studio reel --resume ID -o morning.mp4
    """
    from studio.reels import Here, Reels  # they open what draws and joins

    workspace = Workspace.open()
    reels = Reels(workspace)
    if listed:
        _show_list(reels.kept.list(), as_json)
        return
    if output is not None and output.suffix.lower() != ".mp4":
        raise InputError("the output", output, expected="a name ending in .mp4", action="Change -o.")
    made, plan = reels.plan(reels.kept.get(resume) if resume else _asked(workspace, reels, source, prompt, given or []))
    if plan_only:
        _show_plan(made, plan, as_json)
        return
    accept_terms(workspace, [one.shot.engine for one in made.shots])
    if not as_json:
        say(f"Reel {made.id}: {len(made.shots)} shots, {plan.seconds:.2f} s, {plan.width}x{plan.height} at {plan.fps}")
    with console.StageProgress(quiet=as_json) as progress:
        made = reels.make(made, Here(workspace, progress))
    _finish(made, plan, output, as_json)


def _asked(workspace: Workspace, reels: Reels, source: Path | None, prompt: str, given: list[str]) -> Reel:
    """The reel of a list of shots, or of a still and a prompt."""
    from studio.storyboard import ShotAsked, Storyboard, from_prompt, read_storyboard, shots_of

    if source is None:
        raise InputError("the reel", expected="a list of shots, or a still with --prompt", action="Give one of them.")
    values = _values(given)
    fade = float(values.pop("fade", 0.0))  # type: ignore[arg-type]
    if prompt:
        board = Storyboard.from_dict({**values, "shots": (ShotAsked(still=str(source)),)})
        board = from_prompt(workspace, str(source), prompt, board, fade)
    else:
        board = read_storyboard(source).but(**values)
        if fade:
            board = board.but(shots=(board.shots[0], *(one.but(fade=one.fade or fade) for one in board.shots[1:])))
    return reels.new(shots_of(workspace, board), board.title)


def _values(given: list[str]) -> dict[str, object]:
    kinds: dict[str, Callable[[str], object]] = {
        "engine": str,
        "seconds": float,
        "seed": int,
        "fps": int,
        "size": read_size,
        "fade": float,
    }
    values: dict[str, object] = {}
    for pair in given:
        name, _, value = pair.partition("=")
        try:
            values[name] = kinds[name](value)
        except (KeyError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                "--set", pair, expected="KEY=VALUE with one of " + ", ".join(kinds), action="Correct it."
            ) from error
    return values


def _finish(made: Reel, plan: ReelPlan, output: Path | None, as_json: bool) -> None:
    """Copy the joined clip where it shall lie and say what has become of each shot."""
    if made.clip and output is not None:
        try:
            with whole(output) as part:
                shutil.copyfile(made.clip, part)
        except OSError as error:
            raise MediaError(
                "the output", f"{output} ({error.strerror})", expected="a name that can be written", action="Change -o."
            ) from error
    if as_json:
        console.show_json({**made.to_dict(), "plan": plan.to_dict(), "path": str(output or made.clip)})
    failed = made.unmade
    for number in failed:
        console.complain(f"shot {number + 1}: {made.shots[number].trouble}")
    if failed:
        raise EngineError(
            "the reel",
            f"{len(failed)} of {len(made.shots)} shots were not made",
            expected="all of them",
            action=f"Mend what it says, then: python -m studio reel --resume {made.id}",
        )
    if not as_json:
        say(output or made.clip)


def _show_plan(made: Reel, plan: ReelPlan, as_json: bool) -> None:
    if as_json:
        console.show_json({**made.to_dict(), "plan": plan.to_dict()})
        return
    say(f"{plan.seconds:.2f} s, {plan.frames} frames of {plan.width}x{plan.height} at {plan.fps}")
    for number, (one, each) in enumerate(zip(made.shots, plan.shots, strict=True), 1):
        opens = (
            f"from the last frame of shot {number - 1}" if one.chained else f"from {one.shot.still.name or 'its still'}"
        )
        join = f"cross-fade of {one.fade:g} s" if one.fade else "cut" if number > 1 else "opens"
        say(f"{number}. {join}, {each.seconds:.2f} s {opens}: {one.shot.prompt or '(no words)'}")


def _show_list(reels: tuple[Reel, ...], as_json: bool) -> None:
    if as_json:
        console.show_json([one.to_dict() for one in reels])
        return
    for one in reels:
        state = "made" if one.clip else f"{sum(bool(shot.take) and not shot.trouble for shot in one.shots)} begun"
        say(f"{one.id}  {one.created}  {len(one.shots)} shots, {state}  {one.title}")
    if not reels:
        say("No reels.")
