"""Every benchmark, one after the other: ``make bench``. Figures depend on the machine; compare ratios, not seconds."""

from __future__ import annotations

import subprocess
import sys

for name in ("coach", "still", "sketch", "engines"):  # each in a process of its own: a cold start is one of the figures
    sys.stdout.write(f"\n{name}\n")
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
