"""Where heavy questions wait for their turn, so that the coach, who is quick, always finds a processor free.

Reading a picture takes a second of the processor and an animatic about a third of one. Fifty people ask for them at
once; were each begun when it is asked, none of the fifty could type. They wait without holding any of the threads that
answer the rest.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

__all__ = ["DESK", "Desk"]

_MOST_WAITING = 3

T = TypeVar("T")


class Desk:
    """Answers as many heavy questions at once as half of the processors can, in the order in which they come."""

    def __init__(self) -> None:
        self._hands = ThreadPoolExecutor(max(1, (os.cpu_count() or 2) // 2), thread_name_prefix="desk")
        self._waiting = 0

    @property
    def crowded(self) -> bool:
        """Whether what can as well be asked for later should be."""
        return self._waiting >= _MOST_WAITING

    async def answer(self, act: Callable[[], T]) -> T:
        """Wait for a free hand, then do this."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hands, act)
        finally:
            self._waiting -= 1


DESK = Desk()
"""The one of this process, whose processors there are only once."""
