"""Reels: planned as a whole, made shot by shot, joined.

A shot's id is written down before it is begun, and its take is kept under that id, so a reel that was broken off
anywhere goes on with the shot it was at. A shot that fails stops only those that go on from it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from studio import __version__
from studio.errors import Cancelled, DiskError, ShotError, StudioError
from studio.identity import new_identity
from studio.jobs.make import keep_take
from studio.jobs.reel_store import ReelStore
from studio.media.join import Part, join_clips
from studio.media.provenance import portable
from studio.media.timing import clip_seconds, frame_count
from studio.reel import JoinedReel, Reel, ReelPlan, ReelShot
from studio.shot import Control, Plan, Shot, Still, Take
from studio.workspace import Workspace

__all__ = ["Here", "Maker", "Reels", "last_frame_of"]


class Maker(Protocol):
    """Who makes the shots of a reel."""

    def begin(self, shot: Shot, take: str) -> str:
        """Ask for a take; `take` is the id under which it was begun before, or "". Gives its id, quickly."""
        ...

    def finish(self, shot: Shot, take: str) -> Take:
        """Wait for that take.

        Raises:
            StudioError: it could not be made; the message says why.
            Cancelled: somebody asked to stop.
        """
        ...


class Here:
    """Makes takes in this process.

    Args:
        tell: hears every event of every shot.
    """

    def __init__(self, workspace: Workspace, tell: Callable[..., None]) -> None:
        self._workspace, self._tell = workspace, tell

    def begin(self, shot: Shot, take: str) -> str:  # noqa: ARG002 - as a maker is asked
        """The id under which it was begun, or a new one."""
        return take or new_identity()

    def finish(self, shot: Shot, take: str) -> Take:
        """Make it; a take that is there already is given."""
        engine = self._workspace.catalogue.get(shot.engine)
        return keep_take(engine, shot, self._tell, self._workspace.takes, take)


class Reels:
    """The reels of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.kept = ReelStore(workspace.settings.data)

    def new(self, shots: tuple[ReelShot, ...], title: str = "", owner: str = "") -> Reel:
        """A reel of these shots, not stored yet."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        values = {"id": new_identity(), "title": title, "owner": owner, "created": now}
        return Reel.from_dict({**values, "shots": shots})

    def plan(self, reel: Reel) -> tuple[Reel, ReelPlan]:
        """Agree on one size and rate for all shots, the first one's, and say what will come out. Makes nothing.

        Returns:
            The reel with that size and rate written into each shot, and the plan.

        Raises:
            ShotError: a shot cannot be made so, or is too short for its cross-fades; the message says what would help.
        """
        plans: list[Plan] = []
        shots: list[ReelShot] = []
        for number, one in enumerate(reel.shots, 1):
            shot = one.shot
            if plans:
                first = plans[0]
                shot = shot.but(width=first.width, height=first.height, fps=first.fps)
            if one.chained:
                shot = shot.but(still=last_frame_of(number - 1, plans[0].width, plans[0].height))
            try:
                plan = self._workspace.plan(shot.but(controls=(*shot.controls, *self._before(one))))
            except StudioError as error:
                raise error.within(f"shot {number}") from error
            if plans and (plan.width, plan.height, plan.fps) != (plans[0].width, plans[0].height, plans[0].fps):
                raise self._conflict(number, plan, plans[0])
            plans.append(plan)
            shots.append(one.but(shot=shot.but(width=plan.width, height=plan.height, fps=plan.fps)))
        reel = reel.but(shots=tuple(shots))
        return reel, self._planned(reel, plans)

    def make(self, reel: Reel, maker: Maker) -> Reel:
        """Make what is not made yet, in order, and join the whole; the reel as it is then.

        Its shots' ``trouble`` says what was not made and why; ``clip`` is empty while any is missing.

        Raises:
            ShotError: as `plan`; nothing is made then.
            MediaError: the folder cannot be written, or the clips cannot be joined.
            Cancelled: passed on from `maker`; what was made stays.
        """
        reel, plan = self.plan(reel)
        reel = self.kept.add(reel.but(clip="", trouble=""))
        takes: list[Take | None] = []
        for number, one in enumerate(reel.shots):
            before = takes[-1] if takes else None
            if one.chained and before is None:
                why = f"It starts where shot {number} ends, which was not made."
                reel = self.kept.keep(reel.with_shot(number, trouble=why))
                takes.append(None)
                continue
            try:
                shot = self._opened(one, before)
                take = maker.begin(shot, one.take)
                reel = self.kept.keep(reel.with_shot(number, take=take, trouble=""))
                takes.append(maker.finish(shot, take))
            except (Cancelled, DiskError):  # the disk would refuse the next shot too; what was made stays
                raise
            except StudioError as error:
                takes.append(None)
                reel = self.kept.keep(reel.with_shot(number, trouble=str(error)))
        made = [take for take in takes if take is not None]
        if len(made) == len(takes):
            reel = self.kept.keep(reel.but(clip=str(self._join(reel, plan, made))))
        return reel

    def _planned(self, reel: Reel, plans: Sequence[Plan]) -> ReelPlan:
        fps = plans[0].fps
        skips = tuple(self._skip(one) for one in reel.shots)
        fades = [_fade(one, fps) for one in reel.shots]
        for number, (plan, skip) in enumerate(zip(plans, skips, strict=True)):
            faded = fades[number] + (fades[number + 1] if number + 1 < len(fades) else 0)
            if faded >= plan.frames - skip:
                raise ShotError(
                    f"the cross-fades of shot {number + 1}",
                    f"{faded / fps:g} s",
                    expected=f"less than its {(plan.frames - skip) / fps:.2f} s",
                    action="Shorten a cross-fade or lengthen the shot.",
                )
        frames = sum(plan.frames for plan in plans) - sum(skips) - sum(fades)
        return ReelPlan(
            width=plans[0].width, height=plans[0].height, fps=fps, frames=frames, seconds=clip_seconds(frames, fps),
            shots=tuple(plans), skips=skips, estimate=round(sum(plan.estimate for plan in plans), 2),
        )  # fmt: skip

    def _conflict(self, number: int, plan: Plan, first: Plan) -> ShotError:
        return ShotError(
            f"shot {number}",
            f"{plan.width} × {plan.height} at {plan.fps} with {self._workspace.profile(plan.engine).title}",
            expected=f"{first.width} × {first.height} at {first.fps}, as shot 1",
            action="Give all shots one engine, or a size and frame rate that both make.",
        )

    def _skip(self, one: ReelShot) -> int:
        """A chained shot's first frame is the last one of the shot before, unless its engine draws what follows it."""
        return int(one.chained and not self._continues(one.shot.engine))

    def _before(self, one: ReelShot) -> tuple[Control, ...]:
        """Stands for the clip before, where the shot's engine is shown it: what comes out may depend on that."""
        shown = one.chained and (one.shot.engine == "sketch" or self._continues(one.shot.engine))
        return (Control(kind="previous_clip", path=""),) if shown else ()

    def _continues(self, engine: str) -> bool:
        profile = self._workspace.profile(engine)
        pipeline = profile.pipeline
        takes = "previous_clip" in (profile.controls or ())
        return bool(takes and pipeline and pipeline.overlap and "previous_clip" not in pipeline.undriven)

    def _opened(self, one: ReelShot, before: Take | None) -> Shot:
        """The shot with the still that it opens on."""
        asked = one.shot
        still: Still = asked.still
        options: dict[str, object] = {"controls": asked.controls, "focus": asked.focus}
        if one.chained:
            assert before is not None
            still, joined = self._workspace.go_on(Path(before.clip))
            options["focus"] = joined.get("focus")
            controls: tuple[Control, ...] = joined["controls"]
            if self._before(one):
                options["controls"] = (*asked.controls, *controls)
        for name in ("engine", "fps", "width", "height", "seed", "depth_seed", "negative", "said", "loop"):
            options[name] = getattr(asked, name)
        return self._workspace.shot(still, asked.prompt, asked.timeline, **options)

    def _join(self, reel: Reel, plan: ReelPlan, takes: Sequence[Take]) -> Path:
        """Join the clips of all takes, once; the clip lies with the first take and goes with it."""
        order = [(take.id, one.fade) for take, one in zip(takes, reel.shots, strict=True)]
        key = hashlib.sha256(repr(order).encode()).hexdigest()[:16]
        target = Path(takes[0].clip).with_name(f"reel-{key}.mp4")
        parts = [
            Part(Path(take.clip), skip, _fade(one, plan.fps))
            for take, one, skip in zip(takes, reel.shots, plan.skips, strict=True)
        ]

        def describe(frames: int) -> str:
            shots = tuple(one.but(shot=portable(take).shot) for one, take in zip(reel.shots, takes, strict=True))
            told = reel.but(shots=shots, clip=target.name, owner="")
            held = tuple(portable(take) for take in takes)
            return JoinedReel(reel=told, takes=held, frames=frames, fps=plan.fps, studio=__version__).to_json()

        if not target.exists():
            join_clips(parts, target, describe)
        return target


def last_frame_of(number: int, width: int = 768, height: int = 512) -> Still:
    """Stands for the last frame of shot `number` until that is made."""
    return Still(path="", digest="", width=width, height=height, name=f"the last frame of shot {number}")


def _fade(one: ReelShot, fps: int) -> int:
    """A cross-fade in frames."""
    return frame_count(one.fade, fps) if one.fade else 0
