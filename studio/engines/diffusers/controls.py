"""What a shot is given besides its words: one small class for each kind of control.

Each says whether an engine can be given it (``check``, pure) and makes of its file what a pipeline is told
(``prepare``). How a family takes that is in ``calls``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from PIL import Image

from studio.engines.diffusers.joining import last_frames
from studio.engines.diffusers.motion import drawn_flow, frames_at
from studio.engines.diffusers.pictures import fitted, open_control, open_painting
from studio.engines.engine import Note
from studio.errors import ShotError
from studio.presets import Profile
from studio.shot import Control, ControlKind, Shot

__all__ = ["Canvas", "check", "ends_on_still", "prepare", "said_kind"]

_FACE = 512
"""Pixels along either side of a face track; pipelines scale it to their own."""

_NO_ESTIMATOR = (
    "a pose video (the performer as a drawn skeleton) and a face video; the studio has no estimator that would make "
    "them of a filmed performance"
)

_WANTS: dict[ControlKind, str] = {
    "end_frame": "goes from the still to it",
    "pose_video": "moves the still's person as it shows",
    "face_video": "gives the still's person that face's expressions",
}


@dataclass(frozen=True)
class Canvas:
    """The clip that controls are fitted to.

    Attributes:
        size: width and height.  frames: of the clip, those of a previous one among them.
        again: how many of them are the previous clip's.
        focus: the point of interest on the still.
        tell: hears what had to be changed.
    """

    size: tuple[int, int]
    frames: int
    fps: int
    again: int
    focus: tuple[float, float]
    tell: Callable[[Note], None]


class Given(ABC):
    """A control as an engine is given it.

    Attributes:
        key: what is said with it, of ``arguments.NAMES``.
    """

    key: ClassVar[str]

    def __init__(self, control: Control) -> None:
        self.control = control

    def check(self, profile: Profile, others: tuple[Profile, ...]) -> None:
        """Refuse it where the engine cannot be given it, naming those of `others` that can.

        Raises:
            ShotError
        """
        kind = self.control.kind
        if kind not in profile.driven:
            yet = "it, and the studio does not give it that yet" if profile.accepts(self.control) else _have(profile)
            raise _refused(kind, profile, yet, others)

    @abstractmethod
    def prepare(self, canvas: Canvas) -> Any:
        """What the pipeline is told.

        Raises:
            ShotError, MediaError: the file cannot be read.
        """


class EndFrame(Given):
    """The picture that the clip ends on."""

    key = "end_frame"

    def prepare(self, canvas: Canvas) -> Image.Image:
        """The picture at the clip's size, cropped like the still."""
        return fitted(open_control(self.control), canvas.size, canvas.focus)


class Reference(Given):
    """A thing or a person that shall look so."""

    key = "references"

    def prepare(self, canvas: Canvas) -> Image.Image:
        """The picture at the clip's size, around its middle."""
        return fitted(open_control(self.control), canvas.size, (0.5, 0.5))


class PreviousClip(Given):
    """The clip that this one goes on from."""

    key = "before"

    def prepare(self, canvas: Canvas) -> list[Image.Image]:
        """Its last frames at this clip's rate and size."""
        end = last_frames(self.control, canvas.again, canvas.fps, canvas.size, canvas.focus)
        return [Image.fromarray(frame) for frame in end]


class _Moving(Given):
    """A clip that says how things move."""

    def frames(self, canvas: Canvas, size: tuple[int, int]) -> list[Image.Image]:
        """A picture for each frame of the clip; where it is shorter, its last picture stays."""
        pictures, whole = frames_at(self.control, canvas.frames, canvas.fps, size)
        if not whole:
            canvas.tell(Note(text=f"The {said_kind(self.control.kind)} is shorter than the clip: its end is held."))
        return pictures


class MotionVideo(_Moving):
    """A filmed clip whose motion is followed: what moves, where to, how fast; not what it looks like."""

    key = "motion"

    def check(self, profile: Profile, others: tuple[Profile, ...]) -> None:
        """As ``Given``; where the engine follows a performer, say what is missing."""
        if "pose_video" in profile.driven and "motion_video" not in profile.driven:
            raise _refused("motion_video", profile, _NO_ESTIMATOR, others)
        super().check(profile, others)

    def prepare(self, canvas: Canvas) -> list[Image.Image]:
        """Its optical flow, drawn in colours."""
        return drawn_flow(self.frames(canvas, canvas.size))


class PoseVideo(_Moving):
    """A performer as a drawn skeleton."""

    key = "pose"

    def prepare(self, canvas: Canvas) -> list[Image.Image]:
        """As it was drawn."""
        return self.frames(canvas, canvas.size)


class FaceVideo(_Moving):
    """A performer's face, cut out of the picture."""

    key = "face"

    def prepare(self, canvas: Canvas) -> list[Image.Image]:
        """Square pictures."""
        return self.frames(canvas, (_FACE, _FACE))


class MotionBrush(Given):
    """Where the scene moves; the rest of it holds still."""

    key = "painted"

    def prepare(self, canvas: Canvas) -> Image.Image:
        """A mask, white where something was painted."""
        return open_painting(self.control, canvas.size, canvas.focus)


class DraftClip(Given):
    """The clip that is finished; how it is begun from stands in ``finishing``."""

    key = "draft"

    def check(self, profile: Profile, others: tuple[Profile, ...]) -> None:
        """Every engine can finish what it drafted."""

    def prepare(self, canvas: Canvas) -> list[Image.Image]:
        """A picture for each frame, at the clip's size."""
        return frames_at(self.control, canvas.frames - canvas.again, canvas.fps, canvas.size)[0]


class _Unknown(Given):
    """What no open engine of the studio is given yet."""

    key = "unknown"

    def check(self, profile: Profile, others: tuple[Profile, ...]) -> None:
        """Refuse it, whatever the profile says."""
        yet = "the studio does not give it to open engines yet"
        raise _refused(self.control.kind, profile, yet if profile.accepts(self.control) else _have(profile), others)

    def prepare(self, canvas: Canvas) -> None:
        """Nothing: it was refused."""


_KINDS: dict[ControlKind, type[Given]] = {
    "end_frame": EndFrame,
    "reference": Reference,
    "previous_clip": PreviousClip,
    "motion_video": MotionVideo,
    "pose_video": PoseVideo,
    "face_video": FaceVideo,
    "motion_brush": MotionBrush,
    "draft": DraftClip,
}


def check(shot: Shot, profile: Profile, others: tuple[Profile, ...]) -> None:
    """Refuse a shot whose controls the engine cannot be given, or that lacks one that it cannot do without.

    Raises:
        ShotError: the message names the engines among `others` that could be.
    """
    for control in shot.controls:
        _KINDS.get(control.kind, _Unknown)(control).check(profile, others)
    pipeline = profile.pipeline
    count = Counter(control.kind for control in shot.controls)
    for kind, given in count.items():
        most = pipeline.most.get(kind, 1) if pipeline else 1
        if given > most:
            raise ShotError(
                f"the controls for {profile.title}",
                f"{given} of {said_kind(kind)}",
                expected=f"at most {most}",
                action="Leave some out.",
            )
    for kind in pipeline.needs if pipeline else ():
        if not count[kind] and not (kind == EndFrame.key and ends_on_still(shot, profile)):
            raise ShotError(
                f"the {said_kind(kind)}",
                "none",
                expected=f"one: {profile.title} {_WANTS.get(kind, 'cannot do without it')}",
                action="Give one, or take another engine.",
            )


def ends_on_still(shot: Shot, profile: Profile) -> bool:
    """Whether the still is the end frame too: the shot loops, nothing else was given to end on, and the engine can."""
    given = any(control.kind == EndFrame.key for control in shot.controls)
    return shot.loop and not given and EndFrame.key in profile.driven


def prepare(controls: Iterable[Control], canvas: Canvas) -> dict[str, Any]:
    """What a pipeline is told of the controls, by the keys of ``arguments.NAMES``.

    Raises:
        ShotError, MediaError: a file cannot be read.
    """
    said: dict[str, Any] = {}
    for control in controls:
        given = _KINDS[control.kind](control)
        if isinstance(given, Reference):
            said.setdefault(given.key, []).append(given.prepare(canvas))
        else:
            said[given.key] = given.prepare(canvas)
    return said


def said_kind(kind: ControlKind) -> str:
    """A kind of control in words."""
    return kind.replace("_", " ")


def _refused(kind: ControlKind, profile: Profile, expected: str, others: tuple[Profile, ...]) -> ShotError:
    able = [one.title for one in others if one.pipeline and not one.pipeline.lacks and kind in one.driven]
    able = able if kind in _KINDS else []
    instead = f", or take {', '.join(able[:4])}" if able else ""
    return ShotError(
        "the control",
        f"{said_kind(kind)} for {profile.title}",
        expected=expected,
        action=f"Leave it out{instead}.",
    )


def _have(profile: Profile) -> str:
    kinds = profile.driven
    return "one of " + ", ".join(said_kind(kind) for kind in kinds) if kinds else "the still and words alone"
