"""The Reel tab: shots in order, looked over as a whole, made one after another through the queue, and joined."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from studio.errors import InputError, JobError, ShotError
from studio.jobs.queue import Queue
from studio.jobs.records import Job
from studio.reel import Reel, ReelPlan, ReelShot
from studio.reel_queue import ReelQueue
from studio.reels import Reels, last_frame_of
from studio.shot import Record, Shot
from studio.ui.cards import Answer, answers, cost_words, title
from studio.ui.components import Piece
from studio.ui.draft import Draft, Shelf
from studio.workspace import Workspace

__all__ = ["build_reels"]

_SHOWN = 12
"""Reels that are listed, newest first."""


class _Row(Record):
    """A shot as the page lists it.

    Attributes:
        chained: it opens on the last frame of the shot before; the draft's still is not looked at.
        fade: seconds of cross-fade with the shot before.
    """

    draft: Draft
    chained: bool = False
    fade: Annotated[float, Field(ge=0.0, le=5.0, allow_inf_nan=False)] = 0.0

    @property
    def own(self) -> Draft:
        """What counts of the draft: where the still is not there yet, nothing that was said or painted about one."""
        none = {"still": None, "focus": None, "motion_brush": None, "depth_strokes": None, "previous": None}
        return self.draft.but(**none) if self.chained else self.draft


class _Storyboard(Record):
    """The shots that the person has put in order."""

    title: str = Field(default="", max_length=200)
    shots: Annotated[tuple[_Row, ...], Field(min_length=1, max_length=24)]


class _Named(Record):
    reel: Annotated[str, Field(max_length=64)]


def build_reels(workspace: Workspace, shelf: Shelf, making: ReelQueue) -> Piece:
    """Put the reels on the page.

    Args:
        making: makes them in the background.
    """
    reels = Reels(workspace)

    def asked(board: _Storyboard, mine: Shelf) -> Reel:
        if board.shots[0].chained:
            raise ShotError(
                "shot 1", "opens on a shot before it", expected="a still of its own", action="Give it one, or move it."
            )
        shots = tuple(_shot(row, number, workspace, mine) for number, row in enumerate(board.shots, 1))
        return reels.new(shots, board.title.strip(), str(mine.owner))

    @answers(shelf)
    def look_over(question: Any, mine: Shelf) -> Answer:
        """Say what will come out, and what the coach would have changed in each shot, without making anything."""
        board = _Storyboard.from_dict(question)
        made, plan = reels.plan(asked(board, mine))
        return {
            "words": _told(made, plan, workspace, str(mine.owner)),
            "shots": [_advice(row.own, workspace, mine) for row in board.shots],
        }

    @answers(shelf)
    def make_reel(question: Any, mine: Shelf) -> Answer:
        """Make a reel in the background."""
        return {"reel": making.make(asked(_Storyboard.from_dict(question), mine)).id}

    @answers(shelf)
    def go_on(question: Any, mine: Shelf) -> Answer:
        """Make what is missing of a reel that was stopped or broke off."""
        return {"reel": making.make(making.kept.of(str(mine.owner)).get(_Named.from_dict(question).reel)).id}

    @answers(shelf)
    def stop_reel(question: Any, mine: Shelf) -> Answer:
        """Stop a reel; what was made of it stays."""
        making.stop(making.kept.of(str(mine.owner)).get(_Named.from_dict(question).reel).id)
        return {}

    @answers(shelf)
    def remove_reel(question: Any, mine: Shelf) -> Answer:
        """Delete a reel; its takes stay in the library."""
        making.kept.of(str(mine.owner)).remove(_Named.from_dict(question).reel)
        return {}

    @answers(shelf)
    def list_reels(_question: Any, mine: Shelf) -> Answer:
        """The reels of this person, newest first, each with how far it is."""
        kept, queue = making.kept.of(str(mine.owner)), workspace.jobs.of(str(mine.owner))
        return {"reels": [_card(reel, queue, making) for reel in kept.list()[:_SHOWN]]}

    functions = [look_over, make_reel, go_on, stop_reel, remove_reel, list_reels]
    return Piece("reel", functions=functions, longest=workspace.settings.max_seconds)


def _shot(row: _Row, number: int, workspace: Workspace, mine: Shelf) -> ReelShot:
    """A row as a shot in its place; the message of what is wrong names the row."""
    try:
        shot = _chained(row.own, number, workspace, mine) if row.chained else row.own.shot(workspace, mine)
    except InputError as error:
        raise error.within(f"shot {number}") from error
    return ReelShot(shot=shot, chained=row.chained, fade=row.fade if number > 1 else 0.0)


def _chained(own: Draft, number: int, workspace: Workspace, mine: Shelf) -> Shot:
    """A shot whose still is not there yet."""
    profile = workspace.profile(own.engine)
    return Shot(
        still=last_frame_of(number - 1),
        prompt=own.prompt,
        timeline=own.timeline(workspace, mine),
        engine=profile.id,
        seconds=own.seconds,
        seed=own.seed,
        depth_seed=own.depth_seed,
        negative=(own.negative or "") if profile.dialect.negative else "",
        controls=own.controls(profile, mine),
        by_hand=own.by_hand(workspace, mine),
    )


def _advice(own: Draft, workspace: Workspace, mine: Shelf) -> Answer:
    """The first thing that the coach would have changed in a shot; nothing where it is content.

    Of a shot whose timeline was edited: what is made instead of the words.
    """
    if own.by_hand(workspace, mine):
        made = own.timeline(workspace, mine).words or "nothing moves."
        return {"advice": f"Its timeline was edited, and is what is made: {made}", "by_hand": True}
    review = own.review(workspace, mine)
    found = [finding for finding in review.findings if finding.severity != "info"]
    directed = review.rewrite.text if found and review.rewrite.text != own.prompt else ""
    return {"advice": found[0].message if found else "", "directed": directed}


def _told(made: Reel, plan: ReelPlan, workspace: Workspace, owner: str) -> str:
    """What will come out and what it costs: its shots' work together, and the loading of their engine once."""
    costs = [workspace.estimate(one.shot, owner, each) for one, each in zip(made.shots, plan.shots, strict=True)]
    loading = max(cost.loading for cost in costs)  # once for all of them
    seconds = loading + sum(cost.seconds - cost.loading for cost in costs)
    low = loading + sum(cost.low - cost.loading for cost in costs)
    high = loading + sum(cost.high - cost.loading for cost in costs)
    learned = min(cost.learned for cost in costs)
    cost = costs[0].but(seconds=seconds, low=low, high=high, learned=learned, loading=loading)
    return f"{cost_words(cost)}{plan.seconds:.1f} s · {plan.width} × {plan.height} · {plan.frames} frames at {plan.fps}"


def _job(queue: Queue, take: str) -> Job | None:
    try:
        return queue.get(take) if take else None
    except JobError:
        return None


def _card(reel: Reel, queue: Queue, making: ReelQueue) -> Answer:
    """A reel as the page lists it."""
    clip, wanted = making.kept.clip(reel), making.kept.wanted(reel.id)
    state = "done" if clip else "making" if wanted else "stopped"
    return {
        "id": reel.id,
        "title": reel.title or title(reel.shots[0].shot),
        "made": reel.created,
        "state": state,
        "trouble": reel.trouble,
        "url": f"files/takes/{clip.parent.name}/{clip.name}" if clip else "",
        "poster": f"files/takes/{clip.parent.name}/poster.jpg" if clip else "",
        "name": f"motion-first-reel-{reel.id[:6]}.mp4",
        "short": "1 shot" if len(reel.shots) == 1 else f"{len(reel.shots)} shots",
        "shots": [_state(one, None if clip else _job(queue, one.take)) for one in reel.shots],
    }


def _state(one: ReelShot, job: Job | None) -> Answer:
    """How far a shot of a reel is."""
    told: Answer = {"title": title(one.shot), "state": "waiting", "trouble": one.trouble, "done": 0, "total": 0}
    if one.trouble:
        return {**told, "state": "trouble"}
    if job is None:
        return {**told, "state": "made" if one.take else "waiting"}
    state = {"done": "made", "queued": "queued", "running": "making"}.get(job.state, "waiting")
    return {**told, "state": state, "stage": job.progress.stage, "done": job.progress.done, "total": job.progress.total}
