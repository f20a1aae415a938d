"""Fifty people at once: they type key by key, bring stills, queue sketches, fetch their clips; then each tries to get
at what the others made. ``make crowd`` runs the long form against a studio in a process of its own; the suite a short
one.

It prints how long the coach took (the aim is a p95 of 300 ms), how long each person waited for their takes, and how
many of the probes were given something of somebody else's (the aim is none).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.settings import ROOT
from tests.guests import Guest, Reply, picture, small

AIM = 0.3
"""Seconds that 95 of 100 reviews may take."""
AT_A_WORD, IN_A_WORD, AFTER, STILL_AFTER = 0.12, 0.4, 0.25, 0.45
"""Seconds without a key or a review after which the page asks: see prompt.js, actions.js and stage.js."""
TEXT = (
    "Slow dolly-in towards the mug while steam rises and curls. The light from the window fades to dusk. "
    "Leaves sway outside and dust drifts through the last of the sun as the curtain breathes in the wind"
)
WORDS = TEXT.split()
PATIENCE = 600.0


@dataclass
class Crowd:
    """Who is there and what they met.

    Attributes:
        reviews: (when it was asked, seconds that it took), from the beginning of the crowd.
        waits: by person, seconds from queueing a take until it was there.
    """

    address: str
    began: float = field(default_factory=time.monotonic)
    reviews: list[tuple[float, float]] = field(default_factory=list)
    asked: dict[str, list[float]] = field(default_factory=dict)
    waits: dict[str, list[float]] = field(default_factory=dict)
    met: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str) -> None:
        with self.lock:
            self.met[what] += 1


class Person:
    """One visitor with the page open: a hand that types, and all else that the page asks meanwhile."""

    def __init__(self, crowd: Crowd, number: int, config: dict[str, Any], size: tuple[int, int]) -> None:
        self.name, self.chance = f"person {number}", random.Random(number)
        self._crowd, self._number = crowd, number
        self._picture = picture(1000 + number, *size)  # beforehand: whoever draws it takes time from those who type
        self.hand, self.rest = Guest(crowd.address), Guest(crowd.address)
        self.rest.session = self.hand.session  # two lines of one browser tab
        for line in (self.hand, self.rest):
            line.read(config)
        self.still, self.upload, self.takes = "example:mug", "", list[dict[str, Any]]()
        self._reviewed, self._took, self._typing = 0.0, 0.0, threading.Event()

    def arrive(self) -> None:
        """Open the page, as a browser does."""
        self._timed(self.hand, "open the page", lambda: self.hand.get(""))
        self.rest.cookie = self.hand.cookie
        self._timed(self.hand, "recall", lambda: self.hand.ask("stage", "recall", None))
        self._timed(self.hand, "open_still", lambda: self.hand.ask("still", "open_still", {"key": self.still}))

    def type(self, words: int) -> None:
        """Write a prompt key by key; the page asks the coach in the pauses."""
        told = [str(self._number), *self.chance.sample(WORDS, min(words, len(WORDS)))]
        text, since = "", time.monotonic()
        for place, key in enumerate(" ".join(told)):
            text += key
            end = not key.isalnum()
            pause = self.chance.lognormvariate(-1.75, 0.35)  # half of the keys come within 174 ms
            pause += (self.chance.choice((0.05, 0.15, 0.3, 1.2)) if end else 0.0) + (2.0 if place % 60 == 59 else 0.0)
            since += pause
            wait = max(AT_A_WORD if end else IN_A_WORD, min(6 * self._took - 0.1, 2.0))
            if pause > wait and time.monotonic() + wait < since:
                time.sleep(wait)
                self._review(text)
            time.sleep(max(0.0, since - time.monotonic()))
            since = max(since, time.monotonic())  # a late answer: the hand went on, the next question holds it all
        time.sleep(IN_A_WORD)
        self._review(text)
        self.prompt = text
        self._typing.set()

    def live(self, takes: int, spread: float) -> None:
        """What goes on besides: plans and animatics in the pauses, a still of their own, takes, clips."""
        bring = time.monotonic() + self.chance.uniform(0.0, spread)
        planned = rough = 0.0
        while not self._typing.is_set():
            now, last = time.monotonic(), self._reviewed
            if bring and now > bring:
                bring = 0.0
                self._bring()
            elif last > planned and now - last > AFTER:
                planned = last
                self._timed(self.rest, "plan", lambda: self.rest.ask("actions", "plan", self._draft()))
            elif last > rough and now - last > STILL_AFTER:
                rough = last
                drawn = self._timed(self.rest, "animatic", lambda: self.rest.ask("stage", "animatic", self._draft()))
                if "wait" in drawn:
                    self._crowd.note("animatics put off")
            time.sleep(0.05)
        if bring:
            self._bring()
        self._make(takes)

    def _review(self, text: str) -> None:
        self.prompt = text
        began = time.monotonic()
        answer = self.hand.ask("prompt", "coach", self._draft())
        took = self._took = time.monotonic() - began
        self._reviewed = time.monotonic()
        with self._crowd.lock:
            self._crowd.reviews.append((began - self._crowd.began, took))
            self._crowd.met["reviews"] += 1
            if answer.get("prompt") != text:
                self._crowd.met[f"coach: {str(answer.get('error', 'somebody else’s words'))[:60]}"] += 1

    prompt = ""

    def _draft(self, **values: object) -> dict[str, Any]:
        return small(self.still, prompt=self.prompt, **values)

    def _bring(self) -> None:
        sent = self.rest.send("POST", "files/uploads", self._picture)
        self.upload = sent.json.get("upload", "")
        card = self._timed(
            self.rest,
            "a still of one's own",
            lambda: self.rest.ask("still", "open_still", {"upload": self.upload, "name": "mine.png"}),
        )
        self.still = card.get("key", self.still) if card else self.still

    def _make(self, takes: int) -> None:
        began = time.monotonic()
        queued = self._timed(
            self.rest, "enqueue", lambda: self.rest.ask("actions", "enqueue", self._draft(takes=takes))
        )
        if not queued or queued.get("queued") != takes:
            return
        known: set[str] = set()
        while len(known) < takes and time.monotonic() - began < PATIENCE:
            time.sleep(1.5)
            self.rest.ask("queue", "look", None)
            listed = self.rest.ask("library", "list_takes", {})
            if "takes" not in listed:
                continue
            for take in listed["takes"]:
                if take["id"] not in known:
                    known.add(take["id"])
                    self.takes.append(take)
                    with self._crowd.lock:
                        self._crowd.waits.setdefault(self.name, []).append(time.monotonic() - began)
                    clip = self.rest.get(take["url"])
                    self._crowd.note("clips fetched" if clip.status == 200 else f"a clip answered {clip.status}")

    def _timed(self, line: Guest, what: str, act: Callable[[], Any]) -> Any:
        began = time.monotonic()
        answer = act()
        with self._crowd.lock:
            self._crowd.asked.setdefault(what, []).append(time.monotonic() - began)
            trouble = answer.get("error") if isinstance(answer, dict) and what != "animatic" else None
            if trouble:
                self._crowd.met[f"{what}: {trouble[:80]}"] += 1
        return answer


def gather(
    address: str,
    people: int,
    words: int = 18,
    takes: int = 2,
    spread: float = 40.0,
    size: tuple[int, int] = (960, 640),
) -> tuple[Crowd, list[Person]]:
    """Let so many people arrive within two seconds, type, bring stills and make takes; what they met."""
    first = Guest(address).arrive()
    first.ask("prompt", "coach", small("example:mug"))  # the word lists and the model are loaded by whoever is first
    config = first.get("config").json
    crowd = Crowd(address)
    persons = [Person(crowd, number, config, size) for number in range(people)]

    def hand(person: Person) -> None:
        time.sleep(person.chance.uniform(0.0, 2.0))
        person.arrive()
        rest = threading.Thread(target=_safely, args=(crowd, person.live, takes, spread))
        rest.start()
        try:
            person.type(words)
        finally:
            person._typing.set()
        rest.join()

    hands = [threading.Thread(target=_safely, args=(crowd, hand, person)) for person in persons]
    crowd.began = time.monotonic()
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    return crowd, persons


def _safely(crowd: Crowd, act: Callable[..., None], *given: object) -> None:
    try:
        act(*given)
    except Exception as error:  # noqa: BLE001  # told at the end, with what it was
        crowd.note(f"{type(error).__name__}: {str(error)[:120]}")


# ---- cross-talk ------------------------------------------------------------------------------------------------------


def probe(persons: list[Person], count: int, seed: int = 0) -> Counter[str]:
    """Let people ask for what others made, by exact names and by guesses, in all manners.

    Returns:
        how many probes were made, refused, and (``cross-talk``) answered with something of somebody else's.
    """
    chance, found = random.Random(seed), Counter[str]()
    for number in range(count):
        asks, owns = chance.sample(persons, 2)
        what, answer = chance.choice(_PROBES)(asks, owns, chance)
        found["probes"] += 1
        if isinstance(answer, Reply):
            leaked = answer.status not in (307, 400, 404, 405, 429)
            same = answer.status in (200, 206, 304)
        else:
            leaked = same = not isinstance(answer, dict) or "error" not in answer
        found[f"probed {what}"] += 1
        found["cross-talk"] += leaked and same
        if leaked:
            found[f"LEAKED {what}: {answer.status if isinstance(answer, Reply) else str(answer)[:80]}"] += 1
        if number % 50 == 0:  # what is one's own is given all the while
            mine = owns.rest.get(owns.takes[0]["url"]) if owns.takes else None
            found["one's own, given"] += mine is not None and mine.status == 200
            found["one's own, refused"] += mine is not None and mine.status != 200
    return found


def _guess(name: str, chance: random.Random) -> str:
    """Another name, near this one or anyhow."""
    if chance.random() < 0.5:
        at = chance.randrange(len(name))
        return name[:at] + chance.choice("abcdef0123456789") + name[at + 1 :]
    return "".join(chance.choice("ABCDEFabcdef0123456789_-") for _ in name)


def _file(asks: Person, owns: Person, chance: random.Random) -> tuple[str, object]:
    """A file of a take: clip, poster, record, comparison."""
    take = chance.choice(owns.takes)
    name = chance.choice(("clip.mp4", "poster.jpg", "take.json", f"beside-{take['id']}.mp4"))
    identity = take["id"] if chance.random() < 0.7 else _guess(take["id"], chance)
    if identity in {mine["id"] for mine in asks.takes}:
        identity = "A" * 22
    return "files of takes", _fetch(asks, f"files/takes/{identity}/{name}", chance)


def _picture(asks: Person, owns: Person, chance: random.Random) -> tuple[str, object]:
    digest = owns.still.removeprefix("still:")
    digest = digest if chance.random() < 0.7 else _guess(digest, chance)
    return "stills", _fetch(asks, f"files/stills/{digest}.jpg", chance)


def _cache(asks: Person, owns: Person, chance: random.Random) -> tuple[str, object]:
    """Through Gradio's own addresses, by paths that the data folder has."""
    take, digest = chance.choice(owns.takes)["id"], owns.still.removeprefix("still:")
    path = chance.choice(
        (f"takes/{take}/clip.mp4", f"previews/{take}", f"stills/{digest}.png", f"incoming/{owns.upload}", "studio.db")
    )
    folder = chance.choice(("", "/", "../", "data/", "/tmp/", "uploads/../"))
    return "Gradio's files", _fetch(asks, f"gradio_api/file={folder}{path}", chance)


def _handed_in(asks: Person, owns: Person, _: random.Random) -> tuple[str, object]:
    """A picture that another sent through Gradio's own upload, by the name that it got there."""
    sent = owns.rest.hand_in(owns._picture).json
    still = {"path": sent[0] if isinstance(sent, list) else "", "meta": {"_type": "gradio.FileData"}}
    asked = {"data": [still, "Slow dolly-in.", 0.5, "sketch", 7]}
    return "files handed in", asks.rest.post("gradio_api/call/animate", asked)


def _fetch(asks: Person, path: str, chance: random.Random) -> Reply:
    method = chance.choice(("GET", "GET", "HEAD"))
    headers = chance.choice(
        (
            {},
            {"Range": "bytes=0-99"},
            {"Range": "bytes=-1"},
            {"If-None-Match": "*"},
            {"X-Forwarded-For": "127.0.0.1"},
            {"Cookie": "motion-first=" + "A" * 22 + "." + "0" * 32},
        )
    )
    way = chance.random()
    if way < 0.1:
        path = path.replace("/", "%2f", 1)
    elif way < 0.2:
        path = "".join(f"%{ord(c):02x}" if chance.random() < 0.2 and c not in "/=" else c for c in path)
    elif way < 0.25:
        path = path.replace("files/", "files/./").replace("/takes/", "/takes/../takes/")
    elif way < 0.3:
        path += chance.choice(("?", "?owner=all", "/", "%00", ";x"))
    cookie = asks.rest.cookie
    reply = asks.rest.send(method, path, None, headers)
    asks.rest.cookie = cookie  # who sent a forged one was given another
    return reply


def _question(piece: str, function: str, ask: Callable[[Person, random.Random], object]) -> Callable[..., Any]:
    def probe_one(asks: Person, owns: Person, chance: random.Random) -> tuple[str, object]:
        return f"{piece}.{function}", asks.rest.ask(piece, function, ask(owns, chance))

    return probe_one


def _take(owns: Person, chance: random.Random) -> str:
    identity: str = chance.choice(owns.takes)["id"]
    return identity if chance.random() < 0.7 else _guess(identity, chance)


_PROBES: tuple[Callable[..., tuple[str, object]], ...] = (
    *(_file,) * 8,
    *(_picture,) * 4,
    *(_cache,) * 4,
    _handed_in,
    _question("reopen", "reopen", lambda owns, chance: {"take": _take(owns, chance)}),
    _question("reopen", "reopen", lambda owns, chance: {"job": _take(owns, chance)}),
    _question("reopen", "reopen", lambda owns, _: {"upload": owns.upload, "name": "clip.mp4"}),
    _question("still", "open_still", lambda owns, _: {"key": owns.still}),
    _question("still", "open_still", lambda owns, _: {"upload": owns.upload}),
    _question("still", "open_still", lambda owns, chance: {"extend": _take(owns, chance)}),
    _question("prompt", "coach", lambda owns, _: small(owns.still)),
    _question("actions", "plan", lambda owns, _: small(owns.still)),
    _question("library", "star", lambda owns, chance: {"take": _take(owns, chance), "starred": True}),
    _question("library", "remove", lambda owns, chance: {"take": _take(owns, chance)}),
    _question("library", "annotate", lambda owns, chance: {"take": _take(owns, chance), "note": "mine"}),
    _question("queue", "cancel_job", lambda owns, chance: {"job": _take(owns, chance)}),
    _question("queue", "vary", lambda owns, chance: {"take": _take(owns, chance)}),
    _question("compare", "join", lambda owns, chance: [_take(owns, chance), _take(owns, chance)]),
)


# ---- the long form ---------------------------------------------------------------------------------------------------


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """A studio in a process of its own, with the limits of a workshop; its address."""
    settings = {"MOTION_FIRST_DATA": str(data), "MOTION_FIRST_LIMITS": "workshop", "PYTHONUNBUFFERED": "1"}
    command, log = [sys.executable, "app.py"], (data.parent / "log.txt").open("w+")
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, line
        yield line.split()[4]
        log.seek(0)
        assert "Traceback" not in (told := log.read()), told[-2000:]
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=60)
        process.kill()


def tell(crowd: Crowd) -> Iterator[str]:
    """What the crowd met, line by line."""
    for name, reviews in (
        ("the coach, in the first 5 s", [took for at, took in crowd.reviews if at <= 5]),
        ("the coach, after 5 s", [took for at, took in crowd.reviews if at > 5]),
        ("the coach, all", [took for _, took in crowd.reviews]),
        *sorted(crowd.asked.items()),
    ):
        yield f"{name:<30} {_spread(reviews)}"
    last = [max(waits) for waits in crowd.waits.values()]
    first = [min(waits) for waits in crowd.waits.values()]
    if last:
        yield f"{'wait for the first take':<30} {_spread(first, 1, 's')}"
        yield f"{'wait for the last take':<30} {_spread(last, 1, 's')}"
    for what, number in crowd.met.most_common():
        yield f"{number:6d}  {what}"


def _spread(taken: list[float], scale: float = 1000, unit: str = "ms") -> str:
    if not taken:
        return "none"
    ranked = sorted(taken)
    p50, p95 = statistics.median(ranked), ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]
    figures = f"p50 {p50 * scale:6.0f}  p95 {p95 * scale:6.0f}  most {ranked[-1] * scale:6.0f} {unit}"
    return f"{figures}  of {len(ranked)}"


def main() -> None:
    """The long form, with its figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--probes", type=int, default=10_000)
    asked.add_argument("--takes", type=int, default=2, help="by each person")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder, serving(Path(folder) / "data") as address:
        crowd, persons = gather(address, given.people, takes=given.takes)
        for line in tell(crowd):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
        with_takes = [person for person in persons if person.takes]
        assert len(with_takes) == given.people, f"{given.people - len(with_takes)} people have no take"
        found = probe(with_takes, given.probes)
        for what, number in found.most_common():
            sys.stdout.write(f"{number:6d}  {what}\n")
    ranked = sorted(took for _, took in crowd.reviews)
    p95 = ranked[int(len(ranked) * 0.95)]
    sys.stdout.write(
        f"The coach's p95 is {p95 * 1000:.0f} ms (aim {AIM * 1000:.0f}); cross-talk: {found['cross-talk']}.\n"
    )
    sys.exit(int(bool(found["cross-talk"])))


if __name__ == "__main__":
    main()
