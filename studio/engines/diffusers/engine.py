"""An open video model as an engine of the studio: planned without weights, heard in every stage, stopped in any."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from studio.engines.diffusers import planning
from studio.engines.diffusers.classes import unknown_class
from studio.engines.diffusers.compiling import (
    COMPILED,
    FIRST_STEP,
    PERHAPS,
    compile_blocks,
    forget_compiled,
    has_blocks,
    lacks_compiler,
)
from studio.engines.diffusers.cost import cost
from studio.engines.diffusers.distilled import distilled_of, find_distilled, with_distilled
from studio.engines.diffusers.download import (
    begun,
    download_gigabytes,
    fetch,
    fetch_extra,
    free_gigabytes,
    kept,
    kept_extra,
    weight_gigabytes,
)
from studio.engines.diffusers.memory import (
    PLACEMENTS,
    Device,
    Tier,
    find_device,
    fitting,
    free_memory,
    out_of_memory,
    quicker,
    tiers,
)
from studio.engines.diffusers.peak import Peak
from studio.engines.diffusers.stages import as_planned, refines
from studio.engines.engine import Availability, Cost, Frame, Listener, Note, StageStarted, Step, Used
from studio.errors import EngineError, TermsError
from studio.media.latents import drop_latents
from studio.presets import WITHOUT, Distilled, Profile
from studio.shot import Plan, Shot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.engines.diffusers.loading import Loaded

__all__ = ["Diffusers"]

LowRank = tuple[Distilled, dict[str, Path]] | None
"""Distilled weights and where their files lie; None: none."""
_LOOK = 0.2
"""Seconds between two looks whether whoever waits for the model still wants it."""


class Diffusers:
    """One open model. Its weights stay in memory between takes, until another model wants the room.

    Args:
        profile: of kind "diffusers", with its pipeline.
        models: the folder in which models lie that are not in the Hub's cache, each named like its engine.
        others: the profiles among which to name an engine that can do what this one cannot.
        latents: the folder in which latents are kept until their clip is on the disk; ``None`` keeps none.
        may_fetch: raises where the weights may not be fetched; without it they are not.
        compiled: have the blocks of the denoiser compiled, where that can be.
    """

    _seat: ClassVar[Diffusers | None] = None
    """Whose weights are in memory."""
    _turn: ClassVar[threading.Lock] = threading.Lock()
    """One model works at a time: two would want the same memory."""

    def __init__(
        self,
        profile: Profile,
        models: Path,
        others: tuple[Profile, ...] = (),
        latents: Path | None = None,
        may_fetch: Callable[[Profile], None] | None = None,
        compiled: bool = False,
    ) -> None:
        assert profile.pipeline is not None
        self.profile, self._models, self._others, self._latents = profile, models, others, latents
        self._pipeline = profile.pipeline
        self._may_fetch = may_fetch or _nobody_asked
        self._loaded: Loaded | None = None
        self._compiles = compiled

    def availability(self) -> Availability:
        """Whether it can run here: diffusers has it, and some placement of its weights fits the memory."""
        if self._pipeline.lacks:
            return Availability(ready=False, reason=self._pipeline.lacks, remedy="Take another engine.")
        if wrong := unknown_class(self._pipeline):
            return wrong
        device, weights = find_device(), self._weights()
        if weights is None and not (self._pipeline.hub and self._pipeline.weights):
            return Availability(
                ready=False,
                reason="Its weights are not in one place on the Hub.",
                remedy=f"Put them in a folder named {self.profile.id} in the folder that MOTION_FIRST_MODELS names.",
            )
        if self._loaded or fitting(self.profile, device, weights):
            return self._no_room() or Availability(ready=True, slow=device.kind == "cpu")
        return Availability(
            ready=False,
            reason=f"It needs {_needs(self.profile, weights)}. Free here: {_has(device)}.",
            remedy="Run the studio where there is more, copy its prompt from the page or with "
            f"`python -m studio coach --engine {self.profile.id}`, or animate with sketch.",
        )

    def _no_room(self) -> Availability | None:
        """That its weights would have to be fetched and the disk has no room for them."""
        known = self._pipeline.weights
        wanted = download_gigabytes(known.total) if known else 0.0
        if not wanted or (free := free_gigabytes()) >= wanted or self.here() or begun(self.profile):
            return None  # where a download was begun, it says itself how much room the rest wants
        return Availability(
            ready=False,
            reason=f"Its download wants {wanted:.0f} GB of disk; {free:.0f} are free.",
            remedy="Make room, or let HF_HOME name a folder on a larger disk.",
        )

    def here(self) -> bool:
        """Whether its weights are on this computer, so that nothing is downloaded for a take."""
        return kept(self.profile, self._models) is not None

    def plan(self, shot: Shot) -> Plan:
        """Say what would be made of the shot.

        Raises:
            ShotError: it asks for a length or a control that the engine does not have.
        """
        one = self._few_steps(shot)
        if one is None:
            return planning.plan(shot, self.profile, self._others)
        plan = planning.plan(shot, with_distilled(self.profile, one.id), self._others)
        said = (
            f"{one.title}: {one.steps} steps instead of {self._pipeline.steps}, without guidance, so that a negative "
        )
        return plan.but(distilled=one.id, notes=(*plan.notes, said + "prompt does nothing."))

    def _few_steps(self, shot: Shot) -> Distilled | None:
        """The distilled weights that a shot is made with; None: none."""
        known = self._pipeline.distilled
        if not known:
            return None
        brought = (self._models / self.profile.id).is_dir()  # then nothing is fetched to them
        had = not brought or kept_extra(self.profile, self._models, known[0].weights) is not None
        return find_distilled(shot, self.profile, find_device(), had)

    def cost(self, plan: Plan) -> Cost:
        """What a plan will take of this machine; nothing is known where no placement fits."""
        device = find_device()
        fit = (self._loaded.tier,) if self._loaded else fitting(self.profile, device, self._weights())
        if not fit:
            return Cost()
        found = cost(with_distilled(self.profile, plan.distilled), plan, device, fit[0])
        return self._compiling(found, device, fit[0]) if self._compiles and found.how else found

    def _compiling(self, found: Cost, device: Device, tier: Tier) -> Cost:
        """The cost of a take whose blocks are to be compiled: as far as they are, and as far as that is known."""
        if self._loaded:
            plain, first, how = self._loaded.pipeline.compiled.startswith("Not"), 0.0, COMPILED
        else:
            blocks = has_blocks(kept(self.profile, self._models))
            plain = bool(lacks_compiler(device, tier.placement)) or blocks is False
            first, how = FIRST_STEP, COMPILED if blocks else PERHAPS
        return found if plain else found.but(seconds=round(found.seconds + first, 1), how=f"{found.how}, {how}")

    def generate(self, shot: Shot, tell: Listener, tier: int = 0) -> Iterator[Frame]:
        """Make the frames of the shot; from the latents of an earlier attempt, where there are some.

        Args:
            tier: how many placements to pass over; below the best, the clip is decoded in tiles too.

        Raises:
            ShotError: as `plan`, or a picture's file cannot be read.
            EngineError: the weights cannot be had or opened, or the memory does not suffice.
            Cancelled: raised by `tell`, passed on; the model stays ready for the next take.
        """
        plan = self.plan(shot)
        tell(StageStarted(stage="plan", detail=f"Lay out {plan.frames} frames of {plan.width} × {plan.height}."))
        for text in (*plan.notes, *plan.ignored):
            tell(Note(text=text))
        with self._at_work(tell):
            frames = self._frames(shot, plan, tell, tier)
        if len(frames) != plan.frames:
            tell(Note(text=f"{len(frames)} frames came out, not the {plan.frames} planned."))
        high, wide = frames.shape[1:3]
        if (wide, high) != (plan.width, plan.height):
            tell(Note(text=f"{wide} × {high} came out, not the {plan.width} × {plan.height} planned."))
        for number, frame in enumerate(frames, 1):  # a cancel is heard while the clip is written, too
            tell(Step(stage="decode", done=number, total=len(frames)))
            yield frame

    def release(self, shot: Shot) -> None:
        """Remove the latents of this shot: its take is done. A draft's stay where its finish begins from them."""
        if self._latents is not None and not (shot.draft and self._pipeline.staging.upsampler):
            drop_latents(self._latents, shot.digest)

    def unload(self) -> None:
        """Give the memory back."""
        if self._compiles and self._loaded:
            forget_compiled()
        self._loaded = None
        free_memory()

    def _frames(self, shot: Shot, plan: Plan, tell: Listener, below: int) -> NDArray[np.uint8]:
        """Run, one placement smaller where the memory does not suffice."""
        from studio.engines.diffusers.finishing import Beginning
        from studio.engines.diffusers.latents import Keeper
        from studio.engines.diffusers.loading import decode_in_tiles
        from studio.engines.diffusers.running import run

        folder = self.bring(tell)
        low = self._low_rank(plan.distilled, folder, tell)
        placements = self._tiers(folder, below)
        tier: Tier | None = next(placements)
        profile = as_planned(shot, with_distilled(self.profile, plan.distilled))
        keeper = Keeper(self._latents, shot, plan, profile, tell) if self._latents is not None else None
        beginning = None
        if refines(shot, profile):
            beginning = Beginning(shot, plan, profile, self._latents, self._upsampler(folder, tell), tell)
        while tier is not None:
            try:
                loaded = self._load(folder, tier, low, tell)
                if self._compiles:
                    tell(Note(text=loaded.pipeline.compiled))
                if below:
                    where = PLACEMENTS[tier.placement]
                    tell(Note(text=f"An earlier attempt wanted too much memory. Now with {where}, decoded in tiles."))
                decode_in_tiles(loaded.pipeline, below > 0)
                tell(Step(stage="plan", done=1, total=1))
                with Peak(loaded.device) as peak:
                    frames = run(shot, plan, profile, loaded, tell, keeper, beginning)
                tell(Used(memory=peak.gigabytes, placement=tier.placement))
                return frames
            except (RuntimeError, MemoryError) as error:
                if not out_of_memory(error):
                    raise
                self.unload()
                tier = next(placements, None)
                if tier is not None:
                    smaller = PLACEMENTS[tier.placement]
                    tell(Note(text=f"The memory did not suffice. Trying again with {smaller}."))
        raise EngineError(
            f"the memory for {self.profile.title}",
            _has(find_device()),
            expected=f"room for {plan.frames} frames of {plan.width} × {plan.height}",
            action="Ask for a smaller or shorter clip.",
        )

    def bring(self, tell: Listener) -> Path:
        """Where the weights lie; fetched first where they are not here and that is allowed.

        Raises:
            TermsError: nobody has acknowledged their terms.
            EngineError: they cannot be had.
            Cancelled: raised by `tell`, passed on.
        """
        folder = kept(self.profile, self._models)
        if folder is None:
            self._may_fetch(self.profile)
            folder = fetch(self.profile, tell)
        return folder

    def _low_rank(self, way: str, folder: Path, tell: Listener) -> LowRank:
        """Distilled weights and their files; fetched first where they are not here.

        Raises:
            TermsError, EngineError: they cannot be had.
        """
        one = distilled_of(self.profile, way)
        if one is None:
            return None
        files = kept_extra(self.profile, self._models, one.weights)
        if files is None:
            if folder == self._models / self.profile.id:  # somebody brought the weights: nothing is fetched to them
                raise EngineError(
                    f"{one.title} for {self.profile.title}",
                    "its weights are not here",
                    expected=f"{' and '.join(one.weights.files.values())} in the folder {folder.name}, beside its own",
                    action=f"Take them from huggingface.co/{one.weights.hub}, or ask for `{WITHOUT}`.",
                )
            self._may_fetch(self.profile)
            files = fetch_extra(self.profile, one.weights, tell)
        return one, files

    def _upsampler(self, folder: Path, tell: Listener) -> dict[str, Path] | None:
        """The files of the family's upsampler; None where it has none or they cannot be had, which is told."""
        extra = self._pipeline.staging.upsampler
        if extra is None or (found := kept_extra(self.profile, self._models, extra)):
            return found if extra else None
        try:
            if folder == self._models / self.profile.id:  # somebody brought the weights: nothing is fetched to them
                _nobody_asked(self.profile, extra.hub)
            self._may_fetch(self.profile)
            return fetch_extra(self.profile, extra, tell)
        except (TermsError, EngineError) as error:
            tell(Note(text=f"The draft's pictures are enlarged, not its latents: there is no upsampler here. {error}"))
            return None

    def _tiers(self, folder: Path, below: int) -> Iterator[Tier]:
        """The placements to try, all but the first `below`: the one in use and the smaller ones, else all that fit.

        What fits is seen when it is asked for: after the one in use did not suffice, its room is free.
        """
        used = self._loaded.tier if self._loaded else None
        if used and not below:
            yield used
        device, weights = find_device(), weight_gigabytes(folder)
        fit = fitting(self.profile, device, weights)
        if not (used or fit):
            raise EngineError(
                f"the memory for {self.profile.title}",
                _has(device),
                expected=_needs(self.profile, weights),
                action="Close what else uses it, or choose a smaller engine.",
            )
        every = (used, *(tier for tier in fit if tier.vram < used.vram)) if used else fit
        yield from every[min(below, len(every) - 1) if below or not used else 1 :]

    def _load(self, folder: Path, tier: Tier, low: LowRank, tell: Listener) -> Loaded:
        from studio.engines.diffusers.loading import load

        way = low[0].id if low else ""
        if self._loaded is None or (self._loaded.tier, self._loaded.distilled) != (tier, way):
            self.unload()
            tell(StageStarted(stage="plan", detail=f"Load {self.profile.title}: {PLACEMENTS[tier.placement]}."))
            device = find_device()
            self._loaded = load(self.profile, folder, tier, device, low)
            if self._compiles:
                compile_blocks(self._loaded.pipeline, tier.placement, device)
            if advice := quicker(self.profile, device, tier, self._weights()):
                tell(Note(text=advice))
        return self._loaded

    @contextmanager
    def _at_work(self, tell: Listener) -> Iterator[None]:
        """Wait for the turn, then take the seat of the model that was in memory."""
        while not Diffusers._turn.acquire(timeout=_LOOK):
            tell(StageStarted(stage="plan", detail="Wait for the take that is being made."))
        try:
            if Diffusers._seat not in (None, self):
                Diffusers._seat.unload()
            Diffusers._seat = self
            yield
        finally:
            Diffusers._turn.release()

    def _weights(self) -> float | None:
        """Gigabytes of the weights on the disk; None where they are not there."""
        folder = self._models / self.profile.id
        return weight_gigabytes(folder) if folder.is_dir() else None


def _nobody_asked(profile: Profile, what: str = "") -> None:
    raise TermsError(
        f"the weights of {what or profile.title}",
        "not on this computer",
        expected="that its terms were acknowledged before they are fetched",
        action="Use the page or the command line, which show them.",
    )


def _needs(profile: Profile, weights: float | None) -> str:
    """The least that it runs with."""
    every = tiers(profile, weights)
    least = min(every, key=lambda tier: (tier.vram, tier.ram))
    return (
        f"{least.vram:.0f} GB on a GPU and {least.ram:.0f} GB of memory, or without a GPU, slowly, "
        f"{2 * every[0].vram:.0f} GB of memory"
    )


def _has(device: Device) -> str:
    if device.kind == "cpu":
        return f"{device.ram:.0f} GB of memory, no GPU"
    return f"{device.vram:.0f} GB on {device.title}, {device.ram:.0f} GB of memory"
