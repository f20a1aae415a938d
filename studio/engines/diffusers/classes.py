"""Which classes the installed diffusers has. It is not loaded for that: its table of contents is read as text."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from studio.engines.engine import Availability
from studio.presets import Pipeline

__all__ = ["unknown_class"]

_MODULAR = "ModularPipeline"
_NAME = re.compile(r'"([A-Z]\w+)"')


def unknown_class(pipeline: Pipeline) -> Availability | None:
    """That a profile names a class that there is none of, with the nearest that there is; None where all is well."""
    if pipeline.name.endswith(_MODULAR):
        return Availability(
            ready=False,
            reason=f"{pipeline.name} is made of modular blocks, which the studio does not run.",
            remedy="Name the pipeline of the same family that is made of one piece, where diffusers has it.",
        )
    for name, key, kind in ((pipeline.name, "name", "Pipeline"), (pipeline.scheduler, "scheduler", "Scheduler")):
        known = [one for one in _listed() if one.endswith(kind)]
        if name and known and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            return Availability(
                ready=False,
                reason=f"Its profile's pipeline.{key} is {name}, which is not a {kind.lower()} that diffusers "
                f"{version('diffusers')} has{f' ({near[0]} is)' if near else ''}.",
                remedy="Correct it in the profile, or update diffusers.",
            )
    return None


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """The names that diffusers exports; none where it is not installed."""
    found = find_spec("diffusers")
    return frozenset(_NAME.findall(Path(found.origin).read_text("utf-8")) if found and found.origin else ())
