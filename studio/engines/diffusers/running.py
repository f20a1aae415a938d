"""One call of a pipeline for one shot: its arguments, what is heard of it on the way, its pictures and its sound."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from operator import attrgetter
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from studio.engines.diffusers.arguments import arguments, parameters
from studio.engines.diffusers.calls import CALLS, Said
from studio.engines.diffusers.controls import Canvas, ends_on_still, prepare
from studio.engines.diffusers.finishing import Beginning
from studio.engines.diffusers.joining import joined
from studio.engines.diffusers.latents import Keeper
from studio.engines.diffusers.loading import Loaded
from studio.engines.diffusers.memory import out_of_memory
from studio.engines.diffusers.pictures import fitted_still, held
from studio.engines.diffusers.planning import overlap
from studio.engines.diffusers.preview import frames_first, sketch_latents
from studio.engines.diffusers.watching import Watch
from studio.engines.diffusers.windows import Keep, Windows, window_words
from studio.engines.engine import Listener, Note, Preview, Sound
from studio.errors import EngineError, StudioError
from studio.presets import Profile
from studio.shot import Plan, Shot

__all__ = ["run"]

_SPARING = 400
"""Previews take one part of the time in so many."""

_ITS_OWN = (ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, NameError, RuntimeError,
            TypeError, ValueError)  # fmt: skip
_WORDS = 300

Given = tuple[dict[str, Any], Windows | None, Beginning | None]
"""What one call is given besides the shot: pictures by the keys of ``arguments.NAMES``, the windows it makes, what it
begins from in place of noise."""


def run(
    shot: Shot,
    plan: Plan,
    profile: Profile,
    loaded: Loaded,
    tell: Listener,
    keeper: Keeper | None = None,
    beginning: Beginning | None = None,
) -> NDArray[np.uint8]:
    """Call the pipeline.

    Args:
        keeper: keeps the latents until the clip is there, and starts from those that it has.
        beginning: what it begins from in place of noise.

    Returns:
        The frames: frames × height × width × 3, RGB, 8 bits, as many as came out.

    Raises:
        ShotError: the still's or a control's file cannot be read.
        EngineError: the pipeline refused, or gave no pictures.
        torch.OutOfMemoryError: the memory did not suffice.
        Cancelled: raised by `tell`, passed on; the pipeline can be called again.
    """
    assert profile.pipeline is not None
    facts, pipeline = profile.pipeline, loaded.pipeline
    again = overlap(shot, profile)
    pictures = _pictures(shot, plan, profile, tell)

    words = window_words(shot, plan, profile)

    def call(held: Sequence[torch.Tensor] = (), keep: Keep | None = None) -> Any:
        windows = Windows(words, facts.steps, held, keep, facts.opening) if words else None
        return _call(shot, plan, profile, pipeline, (pictures, windows, beginning), tell)

    with _refusals_told(profile):
        output = call() if keeper is None else keeper.windowed(call) if words else keeper.sampled_once(pipeline, call)
    _tell_sound(output, pipeline, profile, tell, again / plan.fps)
    frames = _frames(output, profile)
    if again:
        frames = joined(frames, np.stack([np.asarray(one) for one in pictures["before"]]), plan.fps)
    if "painted" in pictures:
        frames = held(frames, pictures["still"], pictures["painted"])
    return frames


def _call(shot: Shot, plan: Plan, profile: Profile, pipeline: Any, inputs: Given, tell: Listener) -> Any:
    """One call, from the seed on."""
    assert profile.pipeline is not None
    facts = profile.pipeline
    pictures, windows, beginning = inputs
    said, more = CALLS[facts.call](_said(shot, plan, profile, pictures))
    taken = parameters(pipeline)
    given, lost = arguments(taken, said, facts.names)
    if lost:
        raise EngineError(
            f"the pipeline {facts.name}",
            f"no argument for {', '.join(lost)}",
            expected=f"one that takes what the profile {profile.id} promises",
            action='Say in its [pipeline.names] what it calls that, as still = "first_image", or name a call.',
        )
    if getattr(pipeline, "guider", None) is not None and profile.guidance is not None:  # it is no argument there
        pipeline.guider = pipeline.guider.new(guidance_scale=profile.guidance)
    _sound_rate(pipeline, profile)
    for name in sorted(facts.arguments.keys() - taken):
        tell(Note(text=f"{name} is no argument of {facts.name}: what the profile says of it is left out."))
    seen = _previewer(shot, plan, profile, np.asarray(pictures["still"]), tell)
    watch = Watch(tell, (plan.steps or facts.steps) * facts.opening, seen, windows)
    told = windows.over(pipeline, str(said["prompt"])) if windows else nullcontext()
    given |= {"output_type": "np", **facts.arguments, **more}
    heard = _heard(pipeline, watch, tell, given, taken)
    begun = beginning.over(pipeline, taken, pictures) if beginning else nullcontext(dict[str, Any]())
    listening = watch.over(pipeline, in_windows=bool(facts.windows))
    with heard, torch.inference_mode(), begun as start, listening, told, _chance(shot.seed):
        given |= start
        output = pipeline(**{name: value for name, value in given.items() if name in taken})
        watch.finish()
    return output


def _pictures(shot: Shot, plan: Plan, profile: Profile, tell: Listener) -> dict[str, Any]:
    """The still and what else the shot is given, at the clip's size, by the keys of ``arguments.NAMES``."""
    again = overlap(shot, profile)
    canvas = Canvas((plan.width, plan.height), plan.frames + again, plan.fps, again, shot.focus, tell)
    still = fitted_still(shot, canvas.size)
    given = [control for control in shot.controls if control.kind != "draft"]  # see ``finishing``
    end = {"end_frame": still} if ends_on_still(shot, profile) else {}
    return {"still": still, **end, **prepare(given, canvas)}


def _said(shot: Shot, plan: Plan, profile: Profile, pictures: dict[str, Any]) -> Said:
    """What the shot says, by the keys of ``arguments.NAMES``."""
    assert profile.pipeline is not None
    return {
        **pictures,
        "prompt": shot.said or shot.prompt,
        "negative": (shot.negative or None) if profile.dialect.negative else None,
        "timeline": shot.timeline,
        "frames": profile.frames.asked(plan.frames + overlap(shot, profile)),
        "fps": plan.fps,
        "width": plan.width,
        "height": plan.height,
        "steps": profile.pipeline.steps,
        "guidance": profile.guidance,
        "generator": torch.Generator("cpu").manual_seed(shot.seed),
    }


@contextmanager
def _heard(pipeline: Any, watch: Watch, tell: Listener, given: dict[str, Any], taken: frozenset[str]) -> Iterator[None]:
    """Put the listener's ear to the pipeline, and leave it as it was, whatever happens."""
    bar = pipeline.progress_bar
    pipeline.told = tell
    if "callback_on_step_end" in taken:
        given["callback_on_step_end"] = watch.step_end
    else:
        pipeline.progress_bar = watch.bar
    try:
        yield
    except BaseException:
        pipeline.maybe_free_model_hooks()  # where it comes to its end, it has done that itself
        raise
    finally:
        pipeline.progress_bar = bar


@contextmanager
def _refusals_told(profile: Profile) -> Iterator[None]:
    """What a pipeline raises of its own, as an error that names it; a want of memory is another matter."""
    assert profile.pipeline is not None
    try:
        yield
    except StudioError:
        raise
    except _ITS_OWN as error:
        if out_of_memory(error):
            raise
        said = " ".join(str(error).split())[:_WORDS].rstrip(".") or type(error).__name__
        raise EngineError(
            f"the pipeline {profile.pipeline.name}",
            f"refused the shot ({type(error).__name__})",
            expected=f"that it takes what the profile {profile.id} plans",
            action=f"It says: {said}. Try another size or length; else correct the profile in presets/engines.",
        ) from error


@contextmanager
def _chance(seed: int) -> Iterator[None]:
    """Let what a pipeline draws without asking the generator be the same every time too."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield


def _previewer(shot: Shot, plan: Plan, profile: Profile, still: NDArray[np.uint8], tell: Listener) -> Any:
    assert profile.pipeline is not None
    layout = profile.pipeline.layout
    grid = (
        (plan.frames + overlap(shot, profile) - 1) // profile.frames.compression + 1,
        plan.height // profile.size.compression,
        plan.width // profile.size.compression,
    )
    count, rests = 0, 0.0

    def seen(latents: torch.Tensor) -> None:
        nonlocal count, rests
        count += 1
        began = time.perf_counter()
        if began < rests:
            return
        ordered = frames_first(latents, layout, grid)
        if ordered is None or not torch.isfinite(ordered).all():
            return
        number = count % len(ordered)  # another place of the clip at each step: so it is seen to move
        place = number / max(1, len(ordered) - 1) * plan.seconds
        tell(Preview(sketch_latents(ordered, number, still), min(place, plan.seconds)))
        ended = time.perf_counter()
        rests = ended + (ended - began) * _SPARING  # steps of a small model are quicker than their pictures

    return seen


def _frames(output: Any, profile: Profile) -> NDArray[np.uint8]:
    """The pictures of a pipeline's output, whatever it calls them, as 8 bits."""
    video = getattr(output, "frames", None)
    if video is None:
        video = getattr(output, "video", None)
    pixels = np.asarray(video)
    if pixels.ndim == 5:
        pixels = pixels[0]
    if pixels.ndim != 4 or pixels.shape[-1] != 3 or not len(pixels):
        raise EngineError(
            profile.title,
            f"an array of shape {pixels.shape}",
            expected="frames × height × width × 3",
            action="Report this with the profile's name.",
        )
    made = np.empty_like(pixels, np.uint8)  # in the order of the pipeline's own, so that nothing is carried about
    for number, frame in enumerate(pixels):  # one at a time: a long clip several times over does not fit the memory
        least, most = float(frame.min()), float(frame.max())  # they pass on what is no number
        if not math.isfinite(least + most):
            raise EngineError(
                profile.title,
                "values that are no numbers",
                expected="a picture",
                action="Take another placement of the weights, or another seed.",
            )
        levels = frame * 255
        levels += 0.5
        if least < 0 or most > 1:
            np.clip(levels, 0, 255, out=levels)
        np.copyto(made[number], levels, casting="unsafe")
    return made


def _sound_rate(pipeline: Any, profile: Profile) -> int:
    """Samples a second of the pipeline's sound; 0 where it has none.

    Raises:
        EngineError: the profile looks for it in the wrong place. It is looked for first of all: later a take is lost.
    """
    where = profile.pipeline.sound if profile.pipeline else ""
    try:
        return int(attrgetter(where)(pipeline)) if where else 0
    except (AttributeError, TypeError, ValueError) as error:
        raise EngineError(
            f"pipeline.sound in the profile {profile.id}",
            where,
            expected=f"where in {type(pipeline).__name__} its sample rate lies, as vocoder.config.output_sampling_rate",
            action="Correct it in the profile.",
        ) from error


def _tell_sound(output: Any, pipeline: Any, profile: Profile, tell: Listener, before: float) -> None:
    """Tell the sound, where there is one: channels × samples.

    Args:
        before: seconds at its start that belong to the clip before, whose frames do not come out either.
    """
    sound = getattr(output, "audio", None)
    if sound is None:
        sound = getattr(output, "sound", None)
    rate = _sound_rate(pipeline, profile)
    if sound is None or not rate:
        return
    samples = torch.as_tensor(sound).float().cpu().numpy()
    samples = samples.reshape(-1, samples.shape[-1]) if samples.ndim < 3 else samples[0]
    samples = samples[:, round(before * rate) :]
    if rate > 0 and samples.size and math.isfinite(float(np.abs(samples).max())):
        tell(Sound(np.clip(samples, -1, 1).astype(np.float32), rate))
