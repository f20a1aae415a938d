"""In a terminal: show the terms of engines that would be downloaded, and have them accepted before anything is."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import typer

from studio import console
from studio.workspace import Workspace

__all__ = ["accept_terms"]


def accept_terms(workspace: Workspace, engines: Iterable[str], accepted: bool = False) -> None:
    """Have the terms accepted that stand in the way of these engines: by an option, or by a yes at the terminal.

    Args:
        accepted: they were accepted beforehand, by ``--accept-terms``; they are shown all the same.

    Raises:
        InputError: there is no such engine.
        TermsError: they were not accepted; nothing is fetched.
    """
    for engine in dict.fromkeys(engines):
        profile = workspace.profile(engine)
        terms = workspace.terms.open(profile)
        if terms is None:
            continue
        console.show_terms(terms)
        if accepted or (_somebody_there() and typer.confirm("Accept these terms and download?", err=True)):
            workspace.terms.acknowledge(terms)
        else:
            workspace.terms.check(profile)


def _somebody_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
