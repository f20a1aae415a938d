"""Sketch, the studio's own engine: camera, timing, light and life of a shot, its pixels carried over from the still."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from studio.engines.engine import Availability, Frame, Listener, Note, Preview, StageStarted, Step
from studio.engines.sketch.camera import out_and_back
from studio.engines.sketch.depth import lift_above_focus
from studio.engines.sketch.hypotheses import steps_of
from studio.engines.sketch.lens import Lens, follow_focus, refine
from studio.engines.sketch.life import ambient, light, particles
from studio.engines.sketch.life.effect import Life, Scene
from studio.engines.sketch.memory import hypothesis_of, lines_of, pixels_of, relief_of
from studio.engines.sketch.planning import Draft, draft
from studio.engines.sketch.render import Renderer
from studio.engines.sketch.saying import moves_camera
from studio.engines.sketch.warp import Warp
from studio.errors import EngineError
from studio.media.planes import Picture, Planes, half_size, whole_size
from studio.media.timing import frame_times
from studio.presets import Profile
from studio.shot import Plan, Shot

__all__ = ["Sketch"]

_PREVIEW_SIDE = 320
_PREVIEW_SECONDS = 0.25
_AHEAD = 3
"""Frames drawn ahead of whoever takes them."""

_FINER, _FINEST = 1.4, 1.7
"""A camera that moves looks at a canvas so much finer than its frames, as what it reads between pixels is softer than
they are; and at most so much finer than the frame at rest: more would shimmer."""

_Drawn = TypeVar("_Drawn", Frame, Picture)

_LIVES: tuple[Callable[[Scene], Life], ...] = (ambient.enliven, light.enliven, particles.enliven)
"""Who makes effects of a scene, each of its own kind."""

_NOTHING_FOUND = (
    "Nothing in this clip moves: what the timeline names was not found on the still. Paint it with the motion brush, "
    "or add a camera move."
)

_FAINT = "Near and far lie close together in this still, so the shift of focus shows little."


class Sketch:
    """Runs anywhere, in seconds, with nothing to download.

    Args:
        profile: the profile of kind "sketch".
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        # A take asks three times, the page with every edit; it is the window's search that takes time.
        self._draft = lru_cache(maxsize=4)(lambda shot: draft(shot, profile))
        # Its matrices are small: a second thread only spins beside the encoder, 2 ms a frame.
        threadpool_limits(1, user_api="blas")

    def availability(self) -> Availability:
        """Sketch is always ready."""
        return Availability(ready=True)

    def plan(self, shot: Shot) -> Plan:
        """Say what would be made of the shot.

        Raises:
            ShotError: the seconds are outside what sketch makes.
        """
        return self._draft(shot).plan

    def generate(self, shot: Shot, tell: Listener, tier: int = 0) -> Iterator[Frame]:  # noqa: ARG002 - it has one
        """Make the frames one by one; frame 0 is the still in the plan's crop, unless the camera starts elsewhere.

        Raises:
            ShotError: as `plan`.
            StillError: the still's file was removed or changed.
            Cancelled: raised by `tell`, passed on.
        """
        renderer, plan = self._prepare(shot, tell)
        yield from _frames(lambda number: renderer.frame(number).copy(), plan, tell)

    def film(self, shot: Shot, tell: Listener, tier: int = 0) -> Iterator[Picture]:  # noqa: ARG002 - it has one
        """The same for the encoder, in less time: as planes where only camera and lens make them. One may come twice.

        Raises:
            As `generate`.
        """
        renderer, plan = self._prepare(shot, tell)
        yield from _frames(renderer.film, plan, tell)

    def _prepare(self, shot: Shot, tell: Listener) -> tuple[Renderer, Plan]:
        """Everything before the first frame is drawn."""
        drafted = self._draft(shot)
        plan, framing = drafted.plan, drafted.framing
        tell(StageStarted(stage="encode", detail=f"Open the still at the clip's size, {plan.width} × {plan.height}."))
        canvas = _canvas(pixels_of(shot.still), drafted)
        tell(Preview(_small(_window(canvas, drafted)), 0.0))
        tell(Step(stage="encode", done=1, total=1))

        tell(StageStarted(stage="plan", detail=f"Lay out {plan.frames} frames and the window on the still."))
        for text in plan.notes:
            tell(Note(text=text))
        tell(Step(stage="plan", done=1, total=1))

        beats = [beat for beat in shot.timeline.on("camera") if beat.move]
        tell(StageStarted(stage="condition", detail=f"Turn {_count(len(beats), 'camera beat')} into a camera's path."))
        for text in plan.ignored:
            tell(Note(text=text))
        tell(Step(stage="condition", done=1, total=1))

        tell(StageStarted(stage="denoise", detail=_denoise_words(shot)))
        lift = lift_above_focus(_near_and_far(shot, drafted, tell), shot.focus)
        warp = Warp(canvas, lift, framing, (plan.width, plan.height), lines_of(shot.still))
        scene = Scene(shot, canvas, warp.lift, framing, (plan.width, plan.height), plan.fps)
        life = sum((enliven(scene) for enliven in _LIVES), Life())
        rack = follow_focus(shot.timeline, lift, _clock(shot, plan))
        still = not (plan.idle or life.effects or moves_camera(shot, framing))
        for text in (*((_NOTHING_FOUND,) if still else ()), *life.notes, *((_FAINT,) if rack and rack.faint else ())):
            tell(Note(text=text))
        lens = Lens(rack, refine(lift, canvas)) if rack else None
        steps = steps_of(shot.depth_seed) + 1
        tell(Step(stage="denoise", done=steps, total=steps))

        tell(StageStarted(stage="decode", detail=f"Draw {plan.frames} frames out of the still's own pixels."))
        return Renderer(warp, life, lens), plan

    def release(self, shot: Shot) -> None:
        """Nothing was kept: what is denoised here is made again in less time than it is read."""

    def unload(self) -> None:
        """Nothing is held between takes."""


def _near_and_far(shot: Shot, drafted: Draft, tell: Listener) -> NDArray[np.float32]:
    """Denoise the still's disparity and tell each step; without the network's weights, judge by rule and say so."""
    plan, framing = drafted.plan, drafted.framing

    def watch(done: int, total: int, disparity: NDArray[np.float32]) -> None:
        grey = np.asarray(np.repeat(disparity[..., None] * 255, 3, axis=-1) + 0.5, np.uint8)
        scale = _PREVIEW_SIDE / max(plan.width, plan.height) * plan.width / framing.width  # as the still is previewed
        size = (max(1, round(shot.still.width * scale)), max(1, round(shot.still.height * scale)))
        shown = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR), np.uint8)
        tell(Preview(_small(_window(shown, drafted)), 0.0))
        tell(Step(stage="denoise", done=done, total=total + 1))

    try:
        hypothesis_of(shot, watch)
    except EngineError as error:
        tell(Note(text=f"Near and far are judged by rule. {error}"))
        return relief_of(shot, by_rule=True)
    return relief_of(shot)


def _denoise_words(shot: Shot) -> str:
    which = f", guess {shot.depth_seed}" if shot.depth_seed else ""
    return f"Find out what is near and what is far, to move each at its own pace{which}."


def _frames(draw: Callable[[int], _Drawn], plan: Plan, tell: Listener) -> Iterator[_Drawn]:
    """Draw the clip, a few frames ahead of whoever takes them; while nothing moves, the frame is the same to the bit.

    A thread of its own draws, so that encoding goes on beside it; events are told where the frames are taken.
    """
    every = max(1, round(_PREVIEW_SECONDS * plan.fps))
    hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sketch")
    drawn = (hand.submit(draw, number) for number in range(plan.frames))
    coming = deque(itertools.islice(drawn, _AHEAD))
    try:
        for number in range(plan.frames):
            frame = coming.popleft().result()
            coming.extend(itertools.islice(drawn, 1))
            if number % every == 0 or number == plan.frames - 1:
                tell(Preview(_small(frame), number / plan.fps))
            tell(Step(stage="decode", done=number + 1, total=plan.frames))
            yield frame
    finally:
        hand.shutdown(cancel_futures=True)


def _clock(shot: Shot, plan: Plan) -> NDArray[np.float64]:
    """The time of the timeline at each frame, for the lens: in a loop it goes back as it came."""
    times = frame_times(plan.frames, plan.fps)
    return out_and_back(times, plan.seconds) if shot.loop else times


def _canvas(pixels: NDArray[np.uint8], drafted: Draft) -> NDArray[np.uint8]:
    """The whole still as fine as the frames can show it; where the camera rests, exactly as fine as they are."""
    plan, framing = drafted.plan, drafted.framing
    finer = min(_FINER * framing.magnified, _FINEST) if framing.path.any() else 1.0
    scale = plan.width / framing.width * finer
    if scale >= 1:
        return pixels
    height, width = pixels.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _window(canvas: NDArray[np.uint8], drafted: Draft) -> Frame:
    """What is in the frame at rest, cut out of the canvas."""
    start_x, start_y, across, down = drafted.framing.window(0)
    scale = canvas.shape[1] / drafted.framing.optics.width
    left, top, right, bottom = (round(edge * scale) for edge in (start_x, start_y, start_x + across, start_y + down))
    return canvas[max(0, top) : bottom, max(0, left) : right]


def _small(frame: Picture) -> Frame:
    """A frame as it is shown while the take is made."""
    height, width = frame.shape[:2]
    scale = min(1.0, _PREVIEW_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    whole = int(1 / scale)  # by whole numbers first, for an eighth of the time
    if isinstance(frame, Planes):
        frame, whole = (half_size(frame), whole // 2) if whole > 1 else (whole_size(frame), 1)
    if whole > 1:
        step = (max(1, frame.shape[1] // whole), max(1, frame.shape[0] // whole))
        frame = np.asarray(cv2.resize(frame, step, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")
