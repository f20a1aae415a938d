"""How fast the coach is: ``python -m benchmarks.coach``. CPU time of one thread; the cold start is wall time.

"Prompt to findings" reads a new prompt and asks every rule. A whole review goes on to prove each fix, to write the
rewrite and to say it in the engine's dialect: it reads several prompts.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable

from studio.coach.language.reading import read
from studio.coach.review import Coach
from studio.coach.rule import spoken
from studio.coach.rules import RULES
from studio.presets import load_profiles
from studio.settings import Settings

ROUNDS = 200
SENTENCES = (
    "The camera slowly pushes in while steam rises from a mug on a wooden table.",
    "An old fisherman in a yellow coat pulls a net out of the water and smiles.",
    "Behind him gulls circle over the harbour, and small waves lap at the boats.",
    "Warm morning light slides across the deck, then a flag ripples in the wind, quiet and calm.",
)
FAULTY = (
    "A beautiful, ultra detailed 8k room, cozy, elegant; the camera quickly orbits the old woman at the table.",
    "She turns her head, smiles, waves at the crowd, picks up a red book, opens it and starts reading aloud.",
    'A sign that reads "OPEN" flickers in the window while dust drifts through the light and rain falls outside.',
)
"""Looks, a big camera move, too many actions and lettering at once."""
_COLD = (
    "from studio.coach.review import Coach; from studio.presets import load_profiles;"
    "from studio.settings import Settings;"
    "s=Settings(); Coach(s.presets).review('Steam rises.', profile=load_profiles(s.presets/'engines')['sketch'])"
)
_COLOURS = ("red", "blue", "pale", "dark", "old", "new", "small", "large", "wet", "dry", "calm", "bright")


def cold_start() -> float:
    """Seconds from starting Python to the first review."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", _COLD], check=True)
    return time.perf_counter() - begin


def fresh(sentences: tuple[str, ...], number: int) -> str:
    """The sentences, each changed by words that depend on the number, so that none was read before."""
    pairs = itertools.islice(itertools.cycle(itertools.permutations(_COLOURS, 3)), number * 7, None)
    return " ".join(f"{' '.join(words)} {sentence}" for words, sentence in zip(pairs, sentences, strict=False))


def milliseconds(act: Callable[[str], object], texts: list[str]) -> str:
    """CPU time of each text's turn: median and p95."""
    times: list[float] = []
    for text in texts:
        begin = time.process_time()
        act(text)
        times.append((time.process_time() - begin) * 1000)
    times = sorted(times[len(times) // 10 :])  # the first ones warm the caches
    return f"p50 {times[len(times) // 2]:6.1f} ms   p95 {times[int(len(times) * 0.95)]:6.1f} ms"


def main() -> None:
    """Print the figures."""
    settings = Settings()
    coach, profile = Coach(settings.presets), load_profiles(settings.presets / "engines")["sketch"]
    parse, review = (lambda text: read(text, coach.vocabulary)), (lambda text: coach.review(text, profile=profile))
    find = lambda text: spoken(RULES, coach.context(text, profile=profile))  # noqa: E731
    review("Steam rises.")
    short, rounds = SENTENCES[:3], range(ROUNDS)
    news, faulty = [fresh(short, n) for n in rounds], [fresh(FAULTY, n + ROUNDS) for n in rounds]
    edits = [f"{fresh(short, 0)} {_COLOURS[n % 12]} {n} birds fly." for n in rounds]
    long = [" ".join(fresh(SENTENCES, n * 40 + m + 999) for m in range(27)) for n in range(6)]
    rows = (
        (f"read, {len(news[9].split())} new words", parse, news),
        ("read again, nothing new", parse, [news[0]] * ROUNDS),
        ("read, one short sentence of five is new", parse, edits),
        (f"prompt to findings, {len(news[9].split())} words", find, [fresh(short, n + 2 * ROUNDS) for n in rounds]),
        (f"prompt to findings, {len(faulty[9].split())} words", find, [fresh(FAULTY, n + 3 * ROUNDS) for n in rounds]),
        (f"whole review, {len(news[9].split())} words", review, [fresh(short, n + 4 * ROUNDS) for n in rounds]),
        ("whole review again, nothing new", review, [news[0]] * ROUNDS),
        (f"whole review, {len(faulty[9].split())} words with findings", review, faulty),
        (f"read, {len(long[1].split())} new words", parse, long),
    )
    sys.stdout.write(f"cold start to the first review            {cold_start():6.2f} s\n")
    for name, act, texts in rows:
        sys.stdout.write(f"{name:41} {milliseconds(act, texts)}\n")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
