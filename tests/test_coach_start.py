"""The coach starts fast: no heavy library is loaded for it."""

import subprocess
import sys

from studio.settings import ROOT

PROBE = """
import sys
from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings
settings = Settings()
review = Coach(settings.presets).review("Steam rises.", profile=load_profiles(settings.presets / "engines")["sketch"])
heavy = ("torch", "diffusers", "gradio", "cv2", "spacy.cli", "requests")
print(",".join(name for name in heavy if name in sys.modules), len(review.actions))
"""


def test_a_review_loads_nothing_heavy_that_it_does_not_need():
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
