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

__all__ = ["DESK", "HANDS", "Desk"]

HANDS = max(1, (os.cpu_count() or 2) // 2)
"""How many heavy questions are answered at once: by half of the processors."""
_COACHES = HANDS + 1
"""One more, for when somebody's prompt is as long as a book."""
_CLERKS = 6
_MOST_WAITING = 3

T = TypeVar("T")


class Desk:
    """Answers ``HANDS`` heavy questions at once, in the order in which they come; and beside them those who type.

    What is quick, too, is answered by few: forty threads that take turns at one interpreter all end last.
    """

    def __init__(self) -> None:
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="desk")
        self._coaches = ThreadPoolExecutor(_COACHES, thread_name_prefix="coach")
        self._clerks = ThreadPoolExecutor(_CLERKS, thread_name_prefix="clerk")
        self._waiting = 0

    @property
    def crowded(self) -> bool:
        """Whether what can as well be asked for later should be."""
        return self._waiting >= _MOST_WAITING

    async def coach(self, act: Callable[[], T]) -> T:
        """Do what somebody who types waits for."""
        return await asyncio.get_running_loop().run_in_executor(self._coaches, act)

    async def clerk(self, act: Callable[[], T]) -> T:
        """Do anything else: it takes a moment, mostly in the store."""
        return await asyncio.get_running_loop().run_in_executor(self._clerks, act)

    async def answer(self, act: Callable[[], T]) -> T:
        """Wait for a free hand, then do this."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hands, act)
        finally:
            self._waiting -= 1


DESK = Desk()
"""The one of this process, whose processors there are only once."""
