"""Opens the rooms together: the one object that the page, the command line and ``app.py`` receive.

Every request is a record in and a record out. Rooms open when needed: ``python -m studio coach`` loads no engine.
"""

from __future__ import annotations

import re
import threading
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.errors import MediaError, ShotError
from studio.examples import Example, load_examples
from studio.jobs.records import LOCAL, Estimate
from studio.media.folders import folder
from studio.presets import Profile, find_profile, load_profiles
from studio.settings import Settings
from studio.shot import Brief, Control, ControlKind, Plan, Shot, Still, StillReport, Take, Timeline
from studio.still.aims import named_aim

if TYPE_CHECKING:
    from studio.apart import Apart
    from studio.coach.pages import RulePage
    from studio.coach.review import Coach, Review
    from studio.coach.rule import Rule
    from studio.engines.catalogue import Catalogue
    from studio.engines.engine import Listener
    from studio.jobs.acknowledged import Acknowledged
    from studio.jobs.belongings import Belongings
    from studio.jobs.crew import Crew
    from studio.jobs.library import Library
    from studio.jobs.queue import Queue
    from studio.jobs.store import Store

__all__ = ["Workspace"]

_FIRST = Brief()
_TAKE_ID = re.compile(r"[A-Za-z0-9_-]{16,40}")


class Workspace:
    """The studio's rooms behind one door.

    Args:
        settings: folders and limits.
        looking: nothing will be changed, so a data folder that cannot be written is as good as any.
    """

    def __init__(self, settings: Settings, looking: bool = False) -> None:
        self.settings, self._looking = settings, looking
        self._comparing = threading.Lock()
        self.apart: Apart | None = None  # who does heavy work, where many come at once
        self._read = lru_cache(maxsize=256)(self._measure)
        self._judge = lru_cache(maxsize=256)(self._review)

    @classmethod
    def open(cls, settings: Settings | None = None, *, looking: bool = False) -> Workspace:
        """Open the workspace of these settings (of the environment's, when none are given)."""
        return cls(settings or Settings.from_environment(), looking)

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        """Every engine profile by id, the studio's own first."""
        return load_profiles(self.settings.presets / "engines", self.settings.profiles)

    @cached_property
    def coach(self) -> Coach:
        """The coach, with its vocabulary loaded."""
        from studio.coach.review import Coach

        return Coach(self.settings.presets, self.settings.assets / "models")

    @cached_property
    def catalogue(self) -> Catalogue:
        """The engines that these profiles describe."""
        from studio.engines.catalogue import Catalogue

        own = self.settings
        return Catalogue(self.profiles, own.models, own.data / "latents", own, self.terms.check, own.compile)

    @cached_property
    def terms(self) -> Acknowledged:
        """Which terms of engines were acknowledged here, and which stand in the way."""
        from studio.jobs.acknowledged import Acknowledged

        return Acknowledged(lambda: self.store, self.settings.models)

    @property
    def stills(self) -> Path:
        """Where opened stills are kept, named by their content."""
        return folder(self.settings.data / "stills")

    @property
    def takes(self) -> Path:
        """Where takes are kept, one unguessable folder each."""
        return folder(self.settings.data / "takes")

    @property
    def controls(self) -> Path:
        """Where paintings and the clips that shots go on from are kept, named by their content."""
        return folder(self.settings.data / "controls")

    @cached_property
    def store(self) -> Store:
        """Where jobs and takes are written down; opened, checked and brought up to date when first needed.

        Raises:
            StoreError: it is damaged or cannot be written; the message says what to do.
        """
        from studio.jobs.looking import open_store

        return open_store(self.settings, self._looking)

    @cached_property
    def jobs(self) -> Queue:
        """The queue of everybody; ``jobs.of(session)`` is one person's."""
        from studio.jobs.queue import Queue

        return Queue(self.store, self.admit, self.settings.max_queued)

    @cached_property
    def library(self) -> Library:
        """Every take that was kept here; ``library.of(session)`` is one person's."""
        from studio.jobs.library import Library

        return Library(self.store, self.settings.data)

    @cached_property
    def belongings(self) -> Belongings:
        """Who brought which still, painting or clip."""
        from studio.jobs.belongings import Belongings

        return Belongings(self.store)

    @cached_property
    def crew(self) -> Crew:
        """The worker processes that make what is queued; nothing is made until ``crew.start()``."""
        from studio.jobs.crew import Crew

        return Crew(self.settings, self.store)

    def profile(self, engine: str) -> Profile:
        """The profile with this id.

        Raises:
            InputError: there is none; the message names the known ones.
        """
        return find_profile(self.profiles, engine)

    def examples(self) -> tuple[Example, ...]:
        """The project's own stills, as far as their pictures are there."""
        return load_examples(self.settings.assets / "stills")

    def example_path(self, example: Example) -> Path:
        """Where the picture of an example lies."""
        return self.settings.assets / "stills" / example.file

    def add_still(self, source: Path | bytes, name: str = "") -> Still:
        """Open a picture and keep it as a still.

        Raises:
            StillError: it cannot be opened; the message says why.
        """
        if self.apart and isinstance(source, Path):
            return self.apart.open(source, name)
        from studio.media.stills import open_still

        return open_still(source, self.stills, self.settings, name)

    def report(self, still: Still) -> StillReport:
        """The facts read off a still, remembered by its digest."""
        return self._read(_bare(still))

    def _measure(self, still: Still) -> StillReport:
        if self.apart:
            return self.apart.read(still)
        from studio.still.report import read

        return read(still)

    def review(
        self,
        prompt: str,
        brief: Brief = _FIRST,
        *,
        engine: str = "sketch",
        still: Still | None = None,
        end: Still | None = None,
    ) -> Review:
        """Read a prompt, together with its still and its end frame where there are such pictures.

        Raises:
            PromptError, ShotError: the prompt or the seconds are out of range.
        """
        self.check_seconds(brief.seconds)
        return self._judge(prompt, brief, self.profile(engine).id, _bare(still), _bare(end))

    def _review(self, prompt: str, brief: Brief, engine: str, still: Still | None, end: Still | None) -> Review:
        """Remembered: after the coach, the plan, the timeline and the animatic ask the same of the same words."""
        reports = {"report": self.report(still) if still else None, "end": self.report(end) if end else None}
        if self.apart:
            return self.apart.review(prompt, brief, engine, **reports)
        return self.coach.review(prompt, brief, profile=self.profile(engine), **reports)

    def rules(self) -> tuple[Rule, ...]:
        """The rules of the coach, in the order in which they are told."""
        from studio.coach.rules import RULES

        return RULES

    def rule_pages(self, code: str | None = None) -> tuple[RulePage, ...]:
        """The pages of the coach's rules, or of the one with this code or name.

        Raises:
            InputError: there is no such rule.
        """
        from studio.coach.pages import find_rule, rule_page

        chosen = self.rules() if code is None else (find_rule(code),)
        return tuple(rule_page(rule, self.coach, self.profiles) for rule in chosen)

    def shot(self, still: Still, prompt: str, timeline: Timeline, **options: object) -> Shot:
        """Make a shot; `options` are other fields of ``Shot``.

        The focus, unless given, is the part of a face that a camera beat names, or the still's point of interest. For
        an open model, what it is told is compiled into its dialect here, so that the shot holds all that decides.

        Raises:
            ShotError: a value is out of range.
        """
        self.check_seconds(timeline.seconds)
        brief, report = Brief.from_dict(options.pop("brief", None) or {}), self.report(still)
        values = {"still": still, "prompt": prompt, "timeline": timeline, "seconds": timeline.seconds}
        focus = options.pop("focus", None) or named_aim(still, timeline, report) or report.point_of_interest
        seen = {"faces": report.faces[:16], "subject": report.thing_at(focus)}
        shot = Shot.from_dict({**values, "focus": focus, **seen, **options})
        profile = self.profile(shot.engine)
        if profile.kind != "diffusers" or shot.said:
            return shot
        brief = brief.but(seconds=shot.seconds, negative=shot.negative or brief.negative)
        told = self.coach.compile_run(timeline, prompt, profile, brief)
        return shot.but(said=told.prompt, timed=told.timed, negative=told.negative or shot.negative)

    def go_on(self, clip: Path) -> tuple[Still, dict[str, Any]]:
        """The last frame of a clip as a still, and the options of a ``shot`` that goes on from it.

        Raises:
            MediaError: the clip cannot be read.
        """
        from PIL import Image

        from studio.engines.sketch.joining import leave
        from studio.media.clips import last_frame
        from studio.media.provenance import read_take

        picture = BytesIO()
        Image.fromarray(last_frame(clip)).save(picture, "PNG", compress_level=1)
        still = self.add_still(picture.getvalue(), f"the last frame of {clip.name}")
        try:
            made = read_take(clip).shot
            left = leave(made, self.profile("sketch")) if made.engine == "sketch" else None
        except (MediaError, ShotError):  # somebody else's clip: nothing is known of its camera
            left = None
        control = Control(kind="previous_clip", path=str(clip), speed=left.speed if left else ())
        return still, {"controls": (control,), **({"focus": left.focus} if left else {})}

    def check_seconds(self, seconds: float) -> None:
        """Refuse a length that this studio does not make.

        Raises:
            ShotError: it is too short or too long.
        """
        longest = self.settings.max_seconds
        if not isinstance(seconds, int | float) or not 0.5 <= seconds <= longest:
            raise ShotError("seconds", seconds, expected=f"0.5 to {longest:g}", action="Choose a length in that range.")

    def control(self, kind: ControlKind, source: Path, still: Still, name: str = "") -> Control:
        """Check a control's file and keep it here.

        Args:
            kind: pictures for an end frame and a reference, a PNG with transparency for what is painted over the still,
                clips for the rest.
            name: what a reference is called in the prompt.

        Raises:
            InputError, StillError: the file is not what this kind wants; the message says why.
            MediaError: it cannot be kept.
        """
        from studio.media.controls import keep_control

        return keep_control(kind, source, still, self.settings, name)

    def plan(self, shot: Shot) -> Plan:
        """Say what would be made of the shot, without making it.

        Raises:
            ShotError: larger or longer than this studio allows.
        """
        self.check_seconds(shot.seconds)
        longest = max(shot.width or 0, shot.height or 0)
        if longest > self.settings.max_side:
            raise ShotError(
                "the clip's longest side",
                f"{longest} pixels",
                expected=f"at most {self.settings.max_side}",
                action="Ask for a smaller size.",
            )
        return self.catalogue.get(shot.engine).plan(shot)

    def admit(self, shot: Shot) -> Plan:
        """The plan of a shot that may be queued.

        Raises:
            ShotError: as ``plan``.
            TermsError: its engine's weights are not here, and nobody has acknowledged their terms.
        """
        plan = self.plan(shot)
        self.terms.check(self.profile(shot.engine))
        return plan

    def estimate(self, shot: Shot, owner: str = LOCAL, plan: Plan | None = None) -> Estimate:
        """Say what a shot (its plan, where there is one) will cost and how long it will wait, by what past jobs took.

        Raises:
            ShotError: as ``plan``.
            StoreError: the store cannot be read.
        """
        from studio.jobs.estimate import estimate

        return estimate(self.store, shot, self.catalogue.costed(plan or self.plan(shot)), owner)

    def forget(self, owner: str) -> int:
        """Delete for good everything that a person made, queued or brought here, and say how many takes that were.

        Raises:
            StoreError: the store cannot be written.
        """
        from studio.jobs.forget import forget

        self.belongings.forget(owner)
        self._judge.cache_clear()  # it holds people's words
        return forget(self.store, self.settings.data, owner)

    def animate(self, shot: Shot, tell: Listener, target: Path | None = None) -> Take:
        """Turn a shot into a take: a clip with its record inside it and beside it, or nothing at all.

        Args:
            tell: hears every event; it may raise ``Cancelled`` to stop.
            target: where the clip shall lie; by default in a folder of its own under ``takes``.

        Raises:
            ShotError, EngineError, MediaError: the take could not be made; nothing is left behind.
        """
        from studio.jobs.make import keep_take, make_take

        self.plan(shot)
        engine = self.catalogue.get(shot.engine)
        if target is None:
            return keep_take(engine, shot, tell, self.takes)
        take = make_take(engine, shot, tell, target)
        engine.release(shot)
        return take

    def load_take(self, identity: str) -> Take:
        """Find a take of this workspace again.

        Raises:
            MediaError: there is none with this id.
        """
        from studio.media.controls import housed
        from studio.media.provenance import read_take

        clip = self.settings.data / "takes" / identity / "clip.mp4"
        if not _TAKE_ID.fullmatch(identity) or not clip.exists():
            raise MediaError("the take", identity, expected="one that is still kept here", action="Make it again.")
        take = read_take(clip)
        return take.but(shot=housed(take.shot, self.settings.data))

    def compare(self, first: str, second: str) -> Path:
        """The clips of two takes next to each other in one mp4, made once and kept with the first.

        Raises:
            MediaError: a take is no longer kept here, or the clip cannot be written.
        """
        from studio.media.compare import side_by_side

        left, right = (Path(self.load_take(identity).clip) for identity in (first, second))
        target = left.with_name(f"beside-{second}.mp4")
        with self._comparing:  # one at a time; whoever waited finds it made
            if not target.exists():
                side_by_side((left, right), target)
        return target


def _bare(still: Still | None) -> Still | None:
    """A still without what is only told of it: the same picture is remembered once."""
    return still.but(name="", notes=()) if still else None
