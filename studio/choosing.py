"""Which engine? What each would make of one shot on this machine: whether it runs, how long, in what memory.

Seconds are learned from past takes on this machine where there are some; else they and the memory follow from the
profile's figures, which is said.
"""

from __future__ import annotations

from typing import Literal

from studio.engines.engine import Availability, Cost
from studio.errors import StudioError
from studio.jobs.estimate import learned
from studio.jobs.records import LOCAL, Estimate
from studio.presets import Profile
from studio.record import Record
from studio.shot import Plan, Shot
from studio.workspace import Workspace

__all__ = ["Choice", "choices", "cost_of", "time_words"]


class Choice(Record):
    """One engine for one shot.

    Attributes:
        state: "slowly": without a GPU; "not here": it cannot run, ``reason`` says why and ``remedy`` what would help.
        refusal: why it would not make this shot, though it runs here; empty: it would.
        estimate: seconds of work with their range; ``None`` where there is no plan.
        cost: the memory with its range, as past takes took it or by the engine's own figures.
        download: gigabytes that are fetched first; 0: its weights are here, or it has none.
    """

    engine: str
    title: str
    state: Literal["runs", "slowly", "not here"]
    reason: str = ""
    remedy: str = ""
    refusal: str = ""
    estimate: Estimate | None = None
    cost: Cost = Cost()
    download: float = 0.0

    @property
    def words(self) -> str:
        """The seconds, memory and download in one line; why not, where it would not make the shot."""
        if self.state == "not here":
            return self.reason
        if self.refusal:
            return self.refusal
        said = []
        if self.estimate and self.estimate.seconds:
            low, high = time_words(self.estimate.low), time_words(self.estimate.high)
            learned = f"learned from {self.estimate.learned} takes" if self.estimate.learned else "a guess"
            said.append(f"{low} to {high} of work ({learned})" if low != high else f"{high} of work ({learned})")
        if self.cost.memory[1]:
            low_memory, high_memory = (f"{size:.0f}" for size in self.cost.memory)
            said.append(
                f"{low_memory} to {high_memory} GB {self.cost.where}, {self.cost.how}"
                + (" (measured)" if self.cost.learned else "")
            )
        if self.download:
            said.append(f"{self.download:.0f} GB to download first")
        return " · ".join(said)


def choices(workspace: Workspace, shot: Shot, owner: str = LOCAL) -> tuple[Choice, ...]:
    """What every engine would make of a shot here. Nothing is loaded or fetched.

    Raises:
        StoreError: the store of past takes cannot be read.
    """
    return tuple(_choice(workspace, shot, owner, *one) for one in workspace.catalogue.all())


def cost_of(workspace: Workspace, plan: Plan) -> Cost:
    """What a plan takes of this machine: its memory as past takes took it, else by its engine's figures.

    Raises:
        InputError: there is no such engine.
        StoreError: the store cannot be read.
    """
    return learned(workspace.store, plan, workspace.catalogue.cost(plan))


def time_words(seconds: float) -> str:
    """Seconds as people say them: "40 s", "12 min", "3.5 h", "4 days"."""
    seconds = max(1, round(seconds))
    if seconds < 90:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.0f} days"


def _choice(workspace: Workspace, shot: Shot, owner: str, profile: Profile, found: Availability) -> Choice:
    made = Choice(
        engine=profile.id,
        title=profile.title,
        state="not here" if not found.ready else "slowly" if found.slow else "runs",
        reason=found.reason,
        remedy=found.remedy,
    )
    if not found.ready:
        return made
    terms, pipeline = profile.terms, profile.pipeline
    if terms and pipeline and pipeline.weights and not workspace.catalogue.here(profile.id):
        made = made.but(download=pipeline.weights.total)
    asked = shot.but(engine=profile.id, said="", fps=shot.fps if shot.fps in profile.fps else None)
    try:
        plan = workspace.plan(asked)
        return made.but(estimate=workspace.estimate(asked, owner, plan), cost=cost_of(workspace, plan))
    except StudioError as refused:
        return made.but(refusal=f"Not this shot: {refused.thing} {refused.value or ''}, it wants {refused.expected}.")
