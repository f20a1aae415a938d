"""Look whether everything here is in order: what works, what would fail, and how to mend it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio import __version__
from studio.errors import StudioError
from studio.presets import Limits
from studio.record import Record
from studio.settings import Settings
from studio.shelter import unwritable

if TYPE_CHECKING:
    from studio.jobs.room import Hold

__all__ = ["Check", "examine"]

_LEAST_DISK = 2.0  # GB; a minute of Full HD is about 0.1
_LEAST_MEMORY = 2.0  # GB free; sketch at 1920 pixels was seen to take 0.9


_OWN = Limits()


class Check(Record):
    """One thing that was examined.

    Attributes:
        state: ``bad`` would fail, ``note`` is worth knowing.
        remedy: what to do, where something is to be done.
    """

    name: str
    state: Literal["good", "note", "bad"]
    found: str
    remedy: str = ""


def examine(settings: Settings) -> list[Check]:
    """Examine everything; nothing that makes sense is changed, and one trouble does not hide another."""
    looks: tuple[Callable[[Settings], Check], ...] = (
        _python, _limits, _folder, _disk, _memory, _devices, _compiling, _codecs, _engines, _models, _store, _jobs,
        _takes, _space,
    )  # fmt: skip
    return [_safely(look, settings) for look in looks]


def _safely(look: Callable[[Settings], Check], settings: Settings) -> Check:
    """What a look found; a refusal of the studio is a finding too."""
    try:
        return look(settings)
    except StudioError as error:
        found = error.thing if error.value is None else f"{error.thing}: {error.value}"
        return Check(name=look.__name__.strip("_"), state="bad", found=found, remedy=error.action)


def _python(_: Settings) -> Check:
    found = f"Motion First {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    good = sys.version_info >= (3, 11)
    return Check(
        name="python",
        state="good" if good else "bad",
        found=found,
        remedy="" if good else "Install Python 3.11 or newer.",
    )


def _limits(settings: Settings) -> Check:
    """Which limits hold, and whether they suit who can reach the page."""
    set_here = ((name, getattr(settings, name)) for name, own in _OWN if getattr(settings, name) != own)
    told = ", ".join(f"{name} {_said(value)}" for name, value in set_here) or "nothing is limited further"
    found = f"{settings.limits} ({told})"
    if settings.limits == "own" and not settings.at_home:
        remedy = "Whoever reaches the page may do what you may: set MOTION_FIRST_LIMITS to workshop or public."
        return Check(name="limits", state="note", found=f"{found}; answers at {settings.host}", remedy=remedy)
    return Check(name="limits", state="good", found=found)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "+".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value).lower()


def _folder(settings: Settings) -> Check:
    if why := unwritable(settings.data):
        return Check(
            name="data folder", state="bad", found=f"{settings.data} cannot be written ({why})",
            remedy="Allow writing there, or set MOTION_FIRST_DATA to a folder that can be written.",
        )  # fmt: skip
    return Check(name="data folder", state="good", found=str(settings.data))


def _disk(settings: Settings) -> Check:
    place = next(folder for folder in (settings.data, *settings.data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e9
    remedy = "Free some space: `doctor --clean` removes what is not kept, `takes rm --empty-trash` the trash."
    if hold := _hold(settings):
        return Check(name="disk", state="bad", found=hold.words, remedy=remedy)
    if free < _LEAST_DISK:
        return Check(name="disk", state="bad", found=f"{free:.1f} GB free", remedy=remedy)
    return Check(name="disk", state="good", found=f"{free:.0f} GB free")


def _hold(settings: Settings) -> Hold | None:
    """Why the queue waits, as far as it can be read."""
    from studio.jobs.room import find_hold
    from studio.workspace import Workspace

    with contextlib.suppress(StudioError):  # told by the look at the store
        return find_hold(Workspace.open(settings).store, settings)
    return None


def _memory(_: Settings) -> Check:
    import psutil

    memory = psutil.virtual_memory()
    free, whole = memory.available / 1e9, memory.total / 1e9
    found = f"{free:.1f} of {whole:.1f} GB free"
    if free < _LEAST_MEMORY:
        return Check(name="memory", state="note", found=found, remedy="Close other programs, or ask for smaller takes.")
    return Check(name="memory", state="good", found=found)


def _devices(settings: Settings) -> Check:
    cards = _graphics_cards()
    found = f"{os.cpu_count()} processors; " + (", ".join(cards) or "no NVIDIA card")
    asked = [device for device in settings.devices.split(",") if device.startswith("cuda:")]
    missing = [device for device in asked if int(device.removeprefix("cuda:")) >= len(cards)]
    if missing:
        remedy = "Correct MOTION_FIRST_DEVICES, or install the card's driver."
        return Check(name="devices", state="bad", found=f"{found}; {', '.join(missing)} is not there", remedy=remedy)
    return Check(name="devices", state="good", found=found)


def _compiling(settings: Settings) -> Check:
    """Whether the blocks of open models can be compiled here, and are."""
    from studio.engines.diffusers.compiling import lacks_compiler
    from studio.engines.diffusers.memory import find_device

    device = find_device()
    lacks, name = lacks_compiler(device), f"compiling open models for {device.title}"
    if settings.compile and lacks:
        remedy = "Takes are made without it. Install what is missing, or unset MOTION_FIRST_COMPILE."
        return Check(name="compiling", state="note", found=f"{name} is asked for, but {lacks}", remedy=remedy)
    can = f"cannot be had: {lacks}" if lacks else "can be had: MOTION_FIRST_COMPILE=true"
    found = "is on" if settings.compile else can
    return Check(name="compiling", state="good", found=f"{name} {found}")


def _graphics_cards() -> list[str]:
    """The names of the NVIDIA cards, asked of their driver; torch is not loaded for it."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return []
    ask = [tool, "--query-gpu=name,memory.total", "--format=csv,noheader"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return [line.strip() for line in answer.stdout.splitlines() if line.strip()]


def _codecs(_: Settings) -> Check:
    """Whether a clip can really be written and read."""
    import numpy as np

    from studio.media.clips import probe, write_clip

    frame = np.zeros((64, 64, 3), np.uint8)
    with tempfile.TemporaryDirectory(prefix="doctor-") as folder:
        clip = Path(folder) / "try.mp4"
        write_clip(clip, [frame] * 3, 8)
        facts = probe(clip)
    return Check(name="codecs", state="good", found=f"{facts.codec} in mp4 is written and read")


def _engines(settings: Settings) -> Check:
    from studio.workspace import Workspace

    listing = Workspace.open(settings).catalogue.all()
    ready = [profile.id for profile, availability in listing if availability.ready]
    found = f"{', '.join(ready) or 'none'} can run here; {len(listing) - len(ready)} others are spoken to only"
    state: Literal["good", "bad"] = "good" if ready else "bad"
    return Check(name="engines", state=state, found=found, remedy="" if ready else "See `engines` for why.")


def _models(settings: Settings) -> Check:
    folder = settings.assets / "models"
    found = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    absent = [name for name in ("spacy", "rapidocr", "onnxruntime", "cv2") if importlib.util.find_spec(name) is None]
    troubles = [*([] if found else ["no trained models"]), *([f"not installed: {', '.join(absent)}"] if absent else [])]
    if troubles:
        remedy = "Run `make setup` again, from a whole copy of the project."
        return Check(name="models", state="bad", found="; ".join(troubles), remedy=remedy)
    return Check(name="models", state="good", found=", ".join(found))


def _store(settings: Settings) -> Check:
    from studio.jobs.aside import read_aside
    from studio.jobs.store import Store

    store = Store.open(settings.data, settings.store)
    where = str(store.file) if store.file else "another database"
    with store.reading() as connection:
        kept = [f"one of {row.source} ({row.why})" for row in read_aside(connection)]
    store.close()
    if kept:
        told = ", ".join(kept[:8]) + (f" and {len(kept) - 8} more" if len(kept) > 8 else "")
        remedy = (
            "The others are not touched. What they held is in the table `aside` of the store; make those takes anew."
        )
        return Check(
            name="store", state="note", found=f"{where} is whole; damaged rows kept aside: {told}", remedy=remedy
        )
    return Check(name="store", state="good", found=f"{where} is whole")


def _jobs(settings: Settings) -> Check:
    from studio.workspace import Workspace

    found = Workspace.open(settings).jobs.list()
    count = {state: sum(job.state == state for job in found) for state in dict.fromkeys(job.state for job in found)}
    told = ", ".join(f"{number} {state}" for state, number in count.items()) or "none"
    unreadable = [str(job.number) for job in found if job.shot is None]
    if unreadable:
        remedy = "Make them anew; their records cannot be read. The others are not touched."
        return Check(name="jobs", state="note", found=f"{told}; unreadable: {', '.join(unreadable)}", remedy=remedy)
    if count.get("interrupted"):
        return Check(name="jobs", state="note", found=told, remedy="`jobs retry` queues an interrupted job again.")
    return Check(name="jobs", state="good", found=told)


def _takes(settings: Settings) -> Check:
    from studio.workspace import Workspace

    library = Workspace.open(settings).library
    found, unreadable = library.list(), library.unreadable()
    gone = [str(kept.number) for kept in found if kept.missing]
    broken = [str(kept.number) for kept in found if not kept.missing and not _plays(Path(kept.take.clip))]
    troubles = {"without a clip": gone, "with a damaged clip": broken, "with a record that cannot be read": unreadable}
    told = [f"{trouble}: {', '.join(names)}" for trouble, names in troubles.items() if names]
    if told:
        remedy = "The shots of those with a number are kept: make them again. The others are not touched."
        return Check(name="takes", state="note", found="; ".join([str(len(found)), *told]), remedy=remedy)
    return Check(name="takes", state="good", found=str(len(found)))


def _space(settings: Settings) -> Check:
    """What lies in the data folder, and how much of it would go by the settings."""
    from studio.jobs.cleaning import sizes, survey
    from studio.jobs.fading import faded
    from studio.workspace import Workspace

    told = ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in sizes(settings.data).items()) or "nothing yet"
    store = Workspace.open(settings).store
    going, log = sum(removal.bytes for removal in survey(store, settings)), sum(faded(store, settings).values())
    remedy = "`doctor --clean --dry-run` lists it." if going else ""
    entries = f"; {log} log entries of old jobs go at the next cleaning" if log else ""
    found = f"{told}; {going / 1e6:.0f} MB of it is not kept{entries}"
    return Check(name="space", state="good", found=found, remedy=remedy)


def _plays(clip: Path) -> bool:
    """Whether a clip is whole, as far as its index tells."""
    from studio.errors import MediaError
    from studio.media.clips import probe

    try:
        probe(clip)
    except MediaError:
        return False
    return True
