"""The most memory that a piece of work took: of the device by its own count, else of this process."""

from __future__ import annotations

import threading
from types import TracebackType

import psutil

from studio.engines.diffusers.memory import Device

__all__ = ["Peak"]

_GIGABYTE = 1024**3
_LOOK = 0.25
"""Seconds between two looks at a process; a device counts by itself."""


class Peak:
    """Measures while its block runs; ``gigabytes`` afterwards.

    Of a device it is what torch reserved at most, fragments among it, so that it can be held against what is free. Of a
    processor it is the process as a whole: the libraries too, which take about one gigabyte.
    """

    def __init__(self, device: Device) -> None:
        self._cuda = device.kind == "cuda"
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._most = 0
        self.gigabytes = 0.0

    def __enter__(self) -> Peak:
        if self._cuda:
            import torch

            torch.cuda.reset_peak_memory_stats()
        else:
            self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._cuda:
            import torch

            self._most = torch.cuda.max_memory_reserved()
        else:
            self._over.set()
            self._watch.join()
        self.gigabytes = round(self._most / _GIGABYTE, 3)

    def _look(self) -> None:
        process = psutil.Process()
        while True:
            self._most = max(self._most, process.memory_info().rss)
            if self._over.wait(_LOOK):
                self._most = max(self._most, process.memory_info().rss)
                return
