"""Every engine that the profiles describe, ready or not: one that cannot run here is listed with its reason."""

from __future__ import annotations

from pathlib import Path

from studio.engines.diffusers.engine import Diffusers
from studio.engines.engine import Availability, Engine
from studio.engines.sketch.engine import Sketch
from studio.errors import EngineError
from studio.presets import Profile, find_profile

__all__ = ["Catalogue"]


class Catalogue:
    """The engines by id.

    Args:
        profiles: profiles by id, in the order in which they are listed.
        models: the folder of video models that are not in the Hub's cache.
        latents: the folder in which latents are kept until their clip is on the disk; ``None`` keeps none.
    """

    def __init__(self, profiles: dict[str, Profile], models: Path = Path(), latents: Path | None = None) -> None:
        self.profiles, self._models, self._latents = profiles, models, latents
        self._open: dict[str, Diffusers] = {}

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
        if profile.kind == "sketch":
            return Sketch(profile).availability()
        if profile.pipeline:
            return self._diffusers(profile).availability()
        return _hosted(profile)

    def get(self, engine: str) -> Engine:
        """The engine with this id.

        Raises:
            InputError: there is none; the message names the known ones.
            EngineError: it cannot run here; the message says why and what would help.
        """
        profile = self.profile(engine)
        if profile.kind == "sketch":
            return Sketch(profile)
        state = self.availability(engine)
        if state.ready:
            return self._diffusers(profile)
        raise EngineError(
            "the engine", profile.title, expected="one that runs here", action=f"{state.reason} {state.remedy}"
        )

    def unload(self) -> None:
        """Give back the memory of every engine: nothing is made for a while."""
        for engine in self._open.values():
            engine.unload()

    def _diffusers(self, profile: Profile) -> Diffusers:
        """The one engine of this profile: its weights stay with it."""
        if profile.id not in self._open:
            others = tuple(self.profiles.values())
            self._open[profile.id] = Diffusers(profile, self._models, others, self._latents)
        return self._open[profile.id]


def _hosted(profile: Profile) -> Availability:
    return Availability(
        ready=False,
        reason="It is a service of its own; this release writes prompts for it and does not call it.",
        remedy=f"Copy its prompt from the page or with `python -m studio coach --engine {profile.id}`, "
        "or animate with sketch.",
    )
