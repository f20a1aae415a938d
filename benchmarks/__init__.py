"""Figures of speed and accuracy, printed; nothing here is a test."""

import tempfile
from collections.abc import Callable
from pathlib import Path

__all__ = ["in_a_folder"]


def in_a_folder(report: Callable[[Path], None]) -> None:
    """Measure in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder))
