"""Every engine that the profiles describe, ready or not: one that cannot run here is listed with its reason."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

from studio.engines.diffusers.arguments import NAMES
from studio.engines.diffusers.calls import CALLS
from studio.engines.diffusers.engine import Diffusers
from studio.engines.engine import Availability, Cost, Engine
from studio.engines.sketch.engine import Sketch
from studio.errors import EngineError, PresetError
from studio.presets import Limits, Profile, find_profile
from studio.shot import Plan

__all__ = ["Catalogue"]

_NO_LIMITS = Limits()
_COPY = "Copy the prompt that the studio writes for it, or animate with an engine that is offered."


class Catalogue:
    """The engines by id.

    Args:
        profiles: profiles by id, in the order in which they are listed.
        models: the folder of video models that are not in the Hub's cache.
        latents: the folder in which latents are kept until their clip is on the disk; ``None`` keeps none.
        limits: ``engines`` and ``downloads`` are obeyed: what they do not allow is not ready.
        may_fetch: raises where an engine's weights may not be fetched; without it none are.
        compiled: have the blocks of open models compiled, where that can be.

    Raises:
        PresetError: a profile names a way of calling that there is none of.
    """

    def __init__(
        self,
        profiles: dict[str, Profile],
        models: Path = Path(),
        latents: Path | None = None,
        limits: Limits = _NO_LIMITS,
        may_fetch: Callable[[Profile], None] | None = None,
        compiled: bool = False,
    ) -> None:
        _check_calls(profiles)
        self.profiles, self._models, self._latents, self._limits = profiles, models, latents, limits
        self._may_fetch, self._compiled = may_fetch, compiled
        self._open: dict[str, Diffusers] = {}
        self._sketches: dict[str, Sketch] = {}

    def all(self) -> list[tuple[Profile, Availability]]:
        """Every profile, and whether its engine can run here. Fast: nothing heavy is imported."""
        return [(profile, self.availability(profile.id)) for profile in self.profiles.values()]

    def profile(self, engine: str) -> Profile:
        """The profile with this id.

        Raises:
            InputError: there is none; the message names the known ones.
        """
        return find_profile(self.profiles, engine)

    def availability(self, engine: str) -> Availability:
        """Whether an engine can run here, and if not, why and what would help.

        Raises:
            InputError: there is no such engine.
        """
        profile = self.profile(engine)
        if profile.kind == "hosted":
            return _hosted(profile)
        if profile.kind == "sketch":  # always: the animatic is its work too
            return self._sketch(profile).availability()
        if self._limits.engines and profile.id not in self._limits.engines:
            return Availability(ready=False, reason="This studio does not offer it.", remedy=_COPY)
        found = self._diffusers(profile).availability()
        if found.ready and not self._limits.downloads and not self._diffusers(profile).here():
            reason = "Its weights are not here, and this studio downloads none."
            return Availability(ready=False, reason=reason, remedy=_COPY)
        return found

    def here(self, engine: str) -> bool:
        """Whether an engine's weights are on this computer, or it has none to fetch.

        Raises:
            InputError: there is no such engine.
        """
        profile = self.profile(engine)
        return self._diffusers(profile).here() if profile.pipeline else True

    def cost(self, plan: Plan) -> Cost:
        """What a plan will take of this machine, by its engine's own figures.

        Raises:
            InputError: there is no such engine.
        """
        profile = self.profile(plan.engine)
        return self._diffusers(profile).cost(plan) if profile.pipeline else Cost(seconds=plan.estimate)

    def costed(self, plan: Plan) -> Plan:
        """The plan with the seconds of work that are expected on this machine."""
        return plan.but(estimate=self.cost(plan).seconds)

    def get(self, engine: str) -> Engine:
        """The engine with this id.

        Raises:
            InputError: there is none; the message names the known ones.
            EngineError: it cannot run here; the message says why and what would help.
        """
        profile = self.profile(engine)
        state = self.availability(engine)
        if state.ready:
            return self._sketch(profile) if profile.kind == "sketch" else self._diffusers(profile)
        raise EngineError(
            "the engine", profile.title, expected="one that runs here", action=f"{state.reason} {state.remedy}"
        )

    def unload(self) -> None:
        """Give back the memory of every engine: nothing is made for a while."""
        for engine in self._open.values():
            engine.unload()

    def _sketch(self, profile: Profile) -> Sketch:
        """The one engine of this profile: it remembers the last plans."""
        if profile.id not in self._sketches:
            self._sketches[profile.id] = Sketch(profile)
        return self._sketches[profile.id]

    def _diffusers(self, profile: Profile) -> Diffusers:
        """The one engine of this profile: its weights stay with it."""
        if profile.id not in self._open:
            others = tuple(self.profiles.values())
            self._open[profile.id] = Diffusers(
                profile, self._models, others, self._latents, self._may_fetch, self._compiled
            )
        return self._open[profile.id]


def _check_calls(profiles: dict[str, Profile]) -> None:
    for profile in profiles.values():
        if profile.pipeline and profile.pipeline.call not in CALLS:
            raise PresetError(
                f"call in the engine profile {profile.id}",
                profile.pipeline.call,
                expected="one of " + ", ".join(CALLS),
                action="Name one of these, or write that function in studio/engines/diffusers/calls.py.",
            )
        for said in profile.pipeline.names if profile.pipeline else ():
            if said not in NAMES:
                near = difflib.get_close_matches(said, NAMES, n=1)
                raise PresetError(
                    f"pipeline.names in the engine profile {profile.id}",
                    said,
                    expected="one of " + ", ".join(NAMES),
                    action=f"Did you mean {near[0]}?" if near else "Name one of these.",
                )


def _hosted(profile: Profile) -> Availability:
    return Availability(
        ready=False,
        reason="It is a service of its own; this release writes prompts for it and does not call it.",
        remedy=f"Copy its prompt from the page or with `python -m studio coach --engine {profile.id}`, "
        "or animate with sketch.",
    )
