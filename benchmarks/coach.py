"""How fast the coach is: ``python -m benchmarks.coach``. Cold start in its own process, then warm reviews."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings

ROUNDS = 300
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


def cold_start() -> float:
    """Seconds from starting Python to the first review."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", _COLD], check=True)
    return time.perf_counter() - begin


def milliseconds(prompt: str, rounds: int) -> list[float]:
    """The time of each of `rounds` reviews of a prompt."""
    settings = Settings()
    coach, profile = Coach(settings.presets), load_profiles(settings.presets / "engines")["sketch"]
    coach.review(prompt, profile=profile)
    times: list[float] = []
    for _ in range(rounds):
        begin = time.perf_counter()
        coach.review(prompt, profile=profile)
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)


def main() -> None:
    """Print the figures."""
    short = " ".join(SENTENCES)
    long = " ".join([short] * (2000 // len(short.split())))
    faulty = milliseconds(" ".join(FAULTY), ROUNDS)
    warm, slow = milliseconds(short, ROUNDS), milliseconds(long, 10)
    lines = (
        f"cold start to the first review   {cold_start():6.2f} s",
        f"{len(short.split())} words, median              {statistics.median(warm):6.1f} ms",
        f"{len(short.split())} words, p95                 {warm[int(len(warm) * 0.95)]:6.1f} ms",
        f"{len(' '.join(FAULTY).split())} words with findings, p95   {faulty[int(len(faulty) * 0.95)]:6.1f} ms",
        f"{len(long.split())} words, median            {statistics.median(slow):6.1f} ms",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
