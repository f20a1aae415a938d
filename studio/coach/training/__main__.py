"""``python -m studio.coach.training TREEBANK``: rebuild the language model; ``make language`` calls it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from studio.coach.training.build import build
from studio.coach.training.lexicon import load_lexicon
from studio.coach.vocabulary.load import load_vocabulary
from studio.settings import ROOT, Settings


def main() -> None:
    """Train and report the scores."""
    settings = Settings.from_environment()
    treebank = Path(sys.argv[1]) if len(sys.argv) == 2 else Path()
    if not (treebank / "en_ewt-ud-train.conllu").exists():
        sys.exit("usage: python -m studio.coach.training FOLDER, the folder of UD_English-EWT with en_ewt-ud-*.conllu")
    lexicon = load_lexicon(load_vocabulary(settings.presets / "vocabulary"))
    report = build(treebank, settings.assets / "models" / "prompt_en", lexicon, ROOT / "tests" / "gold")
    sys.stdout.write(json.dumps(report["scores"], indent=2) + "\n")


if __name__ == "__main__":
    main()
