"""How often one person may ask: a bucket of questions for each, which fills again as time goes by.

A question costs about as many reviews as the processor could read meanwhile, so that one person's animatics weigh as
much as another's typing. The numbers come from the limits; a person who types never empties the bucket.

Who sends our cookie is known by it. Whoever sends none shares a bucket with all others of the same address. Addresses
alone are counted only where the limits say so (``visits_a_minute``): behind a proxy that uvicorn was not told of
(``FORWARDED_ALLOW_IPS``) everybody has the proxy's address, and a header that claims another one is anybody's to write.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

import gradio as gr
from starlette.requests import Request

from studio.errors import LimitError
from studio.presets import Limits
from studio.ui.visitors import Visitor, state_of, visitor_of

__all__ = ["PRICES", "Bucket", "Rates", "count"]

PRICES = {
    "animatic": 20,
    "open_still": 12,
    "bring": 12,
    "paint": 3,
    "animate": 8,
    "uploads": 4,
    "upload": 4,
    "join": 20,
    "mine": 5,
}
"""What is asked of the studio by its name, in reviews; anything else costs one. Measured on two cores: a review takes
17 ms of the processor, an animatic 750 ms at most and 300 ms mostly, a picture that is opened 150 to 1500 ms."""
_PUT_OFF = {"animatic": 0.5}
"""What can as well be drawn later, and the share of a full bucket that it leaves: whoever types asks for more of it
than flows in, and would else find nothing left for the coach, who costs little."""
_MOST_KNOWN = 20_000


class Bucket:
    """Buckets that fill again, one for each name.

    Args:
        a_minute: how much flows in; 0: nothing is ever refused.
        size: how much a full one holds.
    """

    def __init__(self, a_minute: float, size: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._flow, self._size, self._clock = a_minute / 60.0, size, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By name: what was left, and when. Whoever was not there for longest is forgotten first: theirs is full."""
        self._lock = threading.Lock()

    def take(self, name: str, price: float = 1.0, *, spare: float = 0.0, look: bool = False) -> float:
        """Take `price` out; the seconds to wait until that can be done, 0 where it was.

        Args:
            spare: the share of a full bucket that has to be left.
            look: take nothing, say only how long it would be.
        """
        if not self._flow:
            return 0.0
        spare *= self._size
        price = min(price, self._size - spare)
        with self._lock:
            now = self._clock()
            held, then = self._left.pop(name, (self._size, now))
            held = min(self._size, held + (now - then) * self._flow)
            wait = max(0.0, (price + spare - held) / self._flow)
            self._left[name] = (held if wait or look else held - price, now)
            if len(self._left) > _MOST_KNOWN:
                self._left.popitem(last=False)
        return wait


class Rates:
    """What each visitor may still ask now.

    Args:
        limits: ``questions_a_minute``, ``questions_at_once`` and ``visits_a_minute`` are obeyed.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._questions = Bucket(limits.questions_a_minute, limits.questions_at_once, clock)
        self._visits = Bucket(limits.visits_a_minute, max(1.0, limits.visits_a_minute), clock)

    def ask(self, visitor: Visitor, name: str) -> None:
        """This visitor asks for this.

        Raises:
            LimitError: not before some seconds have passed.
        """
        _hold(self._questions.take(_bucket(visitor), PRICES.get(name, 1), spare=_PUT_OFF.get(name, 0.0)))

    def may(self, visitor: Visitor, name: str) -> None:
        """As ``ask``, and nothing is taken."""
        _hold(self._questions.take(_bucket(visitor), PRICES.get(name, 1), look=True))

    def visit(self, visitor: Visitor) -> None:
        """Somebody opens the page.

        Raises:
            LimitError: their address has done so too often.
        """
        _hold(self._visits.take(visitor.address))


def count(request: gr.Request | Request, name: str) -> None:
    """Who sent this request asks for this.

    Raises:
        LimitError: not before some seconds have passed.
    """
    rates: Rates = state_of(request)["rates"]
    rates.ask(visitor_of(request), name)


def _hold(wait: float) -> None:
    if wait:
        raise LimitError(max(1, math.ceil(wait)))


def _bucket(visitor: Visitor) -> str:
    return visitor.owner if visitor.known else f"at {visitor.address}"
