"""What the browser sends, checked: a draft of a shot.

The page keeps the draft and sends it whole with every question. Nothing in it is trusted: a still is named by a key
that this studio gave out, beats are read into a ``Timeline``, and what is out of range is refused with a sentence.
"""

from __future__ import annotations

import copy
import re
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import Field

from studio.elements import ELEMENT_NAME
from studio.errors import InputError, StillError
from studio.media.controls import find_control
from studio.presets import WITHOUT, Profile
from studio.shot import Beat, Brief, Control, ControlKind, Fraction, Record, Shot, Still, Timeline
from studio.still.aims import named_aim
from studio.workspace import Workspace

if TYPE_CHECKING:
    from studio.coach.review import Review

__all__ = ["Draft", "Shelf"]

_KEY = re.compile(r"(example|still):([a-z0-9_-]{1,64})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STROKES = 20
"""Paintings that one person may have for each picture: every stroke makes another."""
_Digest = Annotated[str, Field(pattern=rf"^{_DIGEST.pattern}$")]


class Given(Record):
    """A control that the person brought: the key of a still, or the digest of a clip kept here.

    Attributes:
        name: what a reference is called in the prompt.
    """

    kind: Literal["reference", "motion_video", "pose_video", "face_video"]
    key: Annotated[str, Field(max_length=80)]
    name: Annotated[str, Field(pattern=rf"^({ELEMENT_NAME})?$")] = ""

    def control(self, shelf: Shelf) -> Control:
        """The control itself.

        Raises:
            InputError: it is no longer kept here.
        """
        if self.kind == "reference":
            return Control(kind=self.kind, path=shelf.find(self.key).path, name=self.name)
        key = self.key if _DIGEST.fullmatch(self.key) else "none"
        return Control(kind=self.kind, path=str(shelf.control(f"{key}.mp4", f"the {self.kind.replace('_', ' ')}")))


class Draft(Record):
    """A shot as far as the person has come with it.

    Attributes:
        still: the key of a still, "example:<id>" or "still:<digest>".  end: the key of the end frame.
        focus: the point that the camera moves towards, where the person placed it.
        beats: the person's own timeline; ``None`` while it follows the prompt.
        side: the longest side of the clip in pixels.
        depth_seed: which hypothesis of near and far is drawn; 0: the likeliest.
        motion_brush, depth_strokes: what was painted over the still, by its digest.
        previous: the clip that this shot goes on from, by its digest.
        given: references, motion and performance that were brought besides.
        negative, guidance, first_frame, idea, dismissed: as in ``Brief``.
        draft: whether it is drafted first, to be finished when it is chosen.
        distilled: which distilled weights of the engine make it, as in ``Shot``; those of another engine do not count.
        takes: how many takes to make of it, each with a seed of its own.
    """

    still: str | None = None
    end: str | None = None
    prompt: str = Field(default="", max_length=20_000)
    focus: tuple[Fraction, Fraction] | None = None
    beats: Annotated[tuple[Beat, ...], Field(max_length=64)] | None = None
    engine: str = "sketch"
    seconds: Annotated[float, Field(gt=0.0, le=60.0, allow_inf_nan=False)] = 5.0
    side: Annotated[int, Field(ge=128, le=4096)] = 768
    fps: Annotated[int, Field(ge=1, le=60)] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    depth_seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    negative: str | None = Field(default=None, max_length=5_000)
    guidance: Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)] | None = None
    first_frame: str = Field(default="", max_length=2_000)
    idea: int = Field(default=0, ge=0, lt=2**32)
    dismissed: tuple[str, ...] = Field(default=(), max_length=64)
    motion_brush: _Digest | None = None
    depth_strokes: _Digest | None = None
    previous: _Digest | None = None
    given: Annotated[tuple[Given, ...], Field(max_length=8)] = ()
    loop: bool = False
    draft: bool = False
    distilled: str = Field(default="", max_length=64)
    takes: int = Field(default=1, ge=1, le=8)

    @property
    def kept(self) -> dict[ControlKind, str]:
        """The controls that lie in the workspace's folder of controls, by kind: each file's name."""
        named: dict[ControlKind, str | None] = {
            "motion_brush": self.motion_brush and f"{self.motion_brush}.png",
            "depth_strokes": self.depth_strokes and f"{self.depth_strokes}.png",
            "previous_clip": self.previous and f"{self.previous}.mp4",
        }
        return {kind: name for kind, name in named.items() if name}

    def brief(self, profile: Profile, still: Still | None = None, end: Still | None = None) -> Brief:
        """What the coach is told of the shot besides the prompt: what this engine takes, and all that was painted."""
        painted = tuple(kind for kind in self.kept if kind != "previous_clip")
        brought = tuple(one.kind for one in self.given if one.kind in profile.driven)
        return Brief(
            seconds=self.seconds,
            negative=self.negative if profile.dialect.negative else None,
            guidance=self.guidance if profile.guidance is not None else None,
            controls=tuple(dict.fromkeys((*(("end_frame",) if end else ()), *painted, *brought))),
            size=_size(still, self.side, profile.size_multiple) if still else None,
            first_frame=self.first_frame,
            idea=self.idea,
            dismissed=self.dismissed,
        )

    def review(self, workspace: Workspace, shelf: Shelf) -> Review:
        """What the coach says to this draft.

        Raises:
            InputError: something in it is out of range.
        """
        profile = workspace.profile(self.engine)
        still = shelf.find(self.still) if self.still else None
        end = self._end_frame(profile, shelf)
        return workspace.review(self.prompt, self.brief(profile, still, end), engine=self.engine, still=still, end=end)

    def timeline(self, workspace: Workspace, shelf: Shelf) -> Timeline:
        """The person's timeline, or else the one that the coach reads from the prompt.

        Raises:
            TimelineError: the beats do not fit.
        """
        if self.beats is not None:
            return Timeline.from_dict({"seconds": self.seconds, "beats": self.beats})
        read: Timeline = self.review(workspace, shelf).timeline
        return read

    def by_hand(self, workspace: Workspace, shelf: Shelf) -> bool:
        """Whether the person's own timeline tells otherwise than the prompt.

        Raises:
            InputError: something in it is out of range.
        """
        if self.beats is None:
            return False
        return not self.timeline(workspace, shelf).tells_as(self.review(workspace, shelf).timeline)

    def shot(self, workspace: Workspace, shelf: Shelf) -> Shot:
        """The shot that this draft asks for.

        Raises:
            InputError: something in it is missing or out of range.
        """
        still, profile = shelf.find(self.still), workspace.profile(self.engine)
        width, height = _size(still, self.side, profile.size_multiple)
        timeline = self.timeline(workspace, shelf)
        return workspace.shot(
            still,
            self.prompt,
            timeline,
            engine=self.engine,
            fps=self.fps,
            width=width,
            height=height,
            seed=self.seed,
            depth_seed=self.depth_seed,
            focus=self.focus or shelf.focus(still, timeline),
            negative=(self.negative or "") if profile.dialect.negative else "",
            brief={"first_frame": self.first_frame},
            controls=self.controls(profile, shelf),
            loop=self.loop,
            draft=self.draft,
            distilled=self.distilled if self.distilled in _ways(profile) else "",
            by_hand=self.by_hand(workspace, shelf),
        )

    def shots(self, workspace: Workspace, shelf: Shelf) -> list[Shot]:
        """The shot once for each take that is asked for, with one seed after the other.

        Raises:
            InputError: as ``shot``.
        """
        first = self.shot(workspace, shelf)
        return [first.but(seed=(first.seed + step) % 2**32) for step in range(self.takes)]

    def controls(self, profile: Profile, shelf: Shelf) -> tuple[Control, ...]:
        """The controls that are given and that an engine takes.

        Raises:
            InputError: one of them is no longer kept here.
        """
        end = self._end_frame(profile, shelf)
        ended = [Control(kind="end_frame", path=end.path)] if end else []
        given = {
            kind: shelf.control(name, f"the {kind.replace('_', ' ')}")
            for kind, name in self.kept.items()
            if kind in profile.driven
        }
        painted = [Control(kind=kind, path=str(path)) for kind, path in given.items() if kind != "previous_clip"]
        before = [shelf.end_of(given["previous_clip"]).clip] if "previous_clip" in given else []
        brought = [one.control(shelf) for one in self.given if one.kind in profile.driven]
        return (*ended, *painted, *before, *brought)

    def _end_frame(self, profile: Profile, shelf: Shelf) -> Still | None:
        """The picture to end on, where there is one and the engine takes one."""
        return shelf.find(self.end) if self.end and "end_frame" in profile.driven else None


class End(NamedTuple):
    """How a clip ends: its last frame, the clip as a control, and where its point of interest is seen."""

    still: Still
    clip: Control
    focus: tuple[float, float] | None


class Shelf:
    """Stills by key: the project's examples and the pictures that people brought; and what was painted over them.

    Args:
        workspace: where stills are opened and kept.
        owner: whose pictures these are besides the examples; ``None`` sees everybody's.
    """

    def __init__(self, workspace: Workspace, owner: str | None = None) -> None:
        self._workspace, self.owner = workspace, owner
        self._examples = {example.id: example for example in workspace.examples()}
        self._open: dict[tuple[str | None, str], Still] = {}
        self._keys: dict[str, str] = {}
        self._lock = threading.Lock()
        self.end_of = lru_cache(maxsize=64)(self._end_of)

    def of(self, owner: str) -> Shelf:
        """The same shelf as one person sees it: no other's pictures are found in it."""
        mine = copy.copy(self)
        mine.owner = owner
        return mine

    def add(self, picture: Path | bytes, name: str) -> Still:
        """Open a picture that somebody brought.

        Raises:
            StillError: it cannot be opened.
            StoreError: it cannot be written down whose it is.
        """
        return self.own(self._workspace.add_still(picture, name))

    def own(self, still: Still) -> Still:
        """A still that was opened for this person is theirs.

        Raises:
            StoreError: that cannot be written down.
        """
        self.keep(f"stills/{still.digest}.png")
        return self._keep(f"still:{still.digest}", still)

    def keep(self, *files: str) -> None:
        """These files are this person's, each as it lies in the data folder.

        Raises:
            InputError: this person has as many here as the limits allow.
            StoreError: that cannot be written down.
        """
        if self.owner is None:
            return
        held, limits = self._workspace.belongings, self._workspace.settings
        if limits.max_pictures:
            others = {file for file in held.of(self.owner) - set(files) if (limits.data / file).is_file()}
            thing, most = "pictures and clips", limits.max_pictures
            if all(map(_is_painting, files)):  # each stroke makes a new one
                thing, most = "paintings", most * _STROKES
            lying = sum(_is_painting(file) == _is_painting(files[0]) for file in others)
            if lying + len(files) > most:
                for file in held.nobodys(files):  # else whoever is refused could still fill the disk
                    if Path(file).stem not in self._keys:
                        (limits.data / file).unlink(missing_ok=True)
                raise InputError(
                    f"your {thing}",
                    f"{lying} are kept here",
                    expected=f"at most {most}",
                    action="Use one that you have, or delete them all with Forget me in Takes.",
                )
        held.add(self.owner, *files)

    def shows(self, digest: str) -> bool:
        """Whether the still with this digest may be shown: an example, or this person's own."""
        return self._keys.get(digest, "").startswith("example:") or self._has(f"stills/{digest}.png")

    def control(self, name: str, thing: str) -> Path:
        """Where a painting or a clip of this person's lies.

        Raises:
            InputError: it is no longer kept here, or was never theirs.
        """
        return find_control(self._workspace.controls, name if self._has(f"controls/{name}") else "gone", thing)

    def find(self, key: str | None) -> Still:
        """The still with this key.

        Raises:
            StillError: there is none, or it is no longer kept here.
        """
        match = _KEY.fullmatch(key or "")
        if match is None:
            raise StillError("the still", expected="a picture", action="Choose a still or drop one.")
        kind, name = match.groups()
        example = self._examples.get(name) if kind == "example" else None
        known = self._open.get((None if example else self.owner, match.string))
        may = example or (kind == "still" and self._has(f"stills/{name}.png"))
        if may and known and Path(known.path).is_file():  # somebody may have asked to be forgotten
            return known
        if example:
            opened = self._workspace.add_still(self._workspace.example_path(example), example.title)
            return self._keep(match.string, opened)
        kept = self._workspace.stills / f"{name}.png"
        if may and kept.is_file():
            return self._keep(match.string, self._workspace.add_still(kept, "Your still"))
        raise StillError("the still", expected="one that is still kept here", action="Drop the picture again.")

    def key(self, still: Still) -> str:
        """The key of a still that came from here or from a take."""
        return self._keys.get(still.digest, f"still:{still.digest}")

    def example(self, still: Still) -> str | None:
        """The key of the example with this very picture, where there is one."""
        for example in self._examples.values():
            if still.name in ("", example.title) and self.find(f"example:{example.id}").digest == still.digest:
                return f"example:{example.id}"
        return None

    def focus(self, still: Still, timeline: Timeline | None = None) -> tuple[float, float]:
        """The point of interest: a part of a face that a camera beat names, else as whoever composed an example meant
        it, else as read off the picture."""
        report = self._workspace.report(still)
        example = self._examples.get(self.key(still).removeprefix("example:"))
        named = named_aim(still, timeline, report) if timeline else None
        return named or (example and example.focus) or report.point_of_interest

    def _end_of(self, clip: Path) -> End:
        """How a kept clip ends; remembered, for every question about a shot that goes on from it asks again.

        Raises:
            MediaError: it cannot be read.
        """
        still, options = self._workspace.go_on(clip)
        ((control,), focus) = options["controls"], options.get("focus")
        return End(self._keep(f"still:{still.digest}", still), control, focus)

    def _has(self, file: str) -> bool:
        return self.owner is None or self._workspace.belongings.has(self.owner, file)

    def _keep(self, key: str, still: Still) -> Still:
        with self._lock:
            if len(self._open) >= 512:  # forget the oldest; its file stays and opens again when asked for
                self._open.pop(next(iter(self._open)))
            self._open[None if key.startswith("example:") else self.owner, key] = still
            if key.startswith("example:") or still.digest not in self._keys:
                self._keys[still.digest] = key
        return still


def _ways(profile: Profile) -> tuple[str, ...]:
    """What may be said of an engine's distilled weights: which, or that it goes without."""
    known = profile.pipeline.distilled if profile.pipeline else ()
    return (*(one.id for one in known), WITHOUT) if known else ()


def _size(still: Still, side: int, multiple: int) -> tuple[int, int]:
    """Width and height in pixels: the still's shape with `side` as its longer side, in steps of `multiple`."""
    scale = side / max(still.width, still.height)
    lowest = -(-64 // multiple) * multiple

    def snap(pixels: int) -> int:
        return max(lowest, round(pixels * scale / multiple) * multiple)

    return snap(still.width), snap(still.height)


def _is_painting(file: str) -> bool:
    """Whether this is a painting over a still, rather than a picture or a clip that somebody brought."""
    return file.startswith("controls/") and file.endswith(".png")
