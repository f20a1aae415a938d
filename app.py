"""The entry of a Hugging Face Space, and of ``python app.py``: settings, workspace, page."""

from __future__ import annotations

import argparse
import os
import signal
import sys

if __name__ == "__main__" and not {"-h", "--help"} & set(sys.argv):  # what is imported below takes seconds
    sys.stderr.write("Opening the studio … some seconds, longer the first time. Its address comes here.\n")

# isort: split

import studio.zero  # noqa: F401  first: before anything that may touch CUDA

# isort: split

from studio.errors import StudioError
from studio.settings import Settings
from studio.shelter import find_refuge
from studio.ui.page import build, launch
from studio.workspace import Workspace

try:
    asked = argparse.ArgumentParser(description="Start the page; `python -m studio --help` lists its settings.")
    asked.add_argument("--limits", metavar="NAME", help="own, workshop or public: what each person may do")
    named = asked.parse_args().limits if __name__ == "__main__" else None
    refuge = find_refuge(Settings.from_environment({**os.environ, **({"MOTION_FIRST_LIMITS": named} if named else {})}))
    if refuge.trouble:
        sys.stderr.write(f"{refuge.trouble}\n")
    workspace = Workspace.open(refuge.settings)
    demo = build(workspace, refuge.told)
    if __name__ == "__main__":
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as with Ctrl+C
        address, _ = launch(workspace, demo, quiet=True, prevent_thread_lock=True)
        sys.stdout.write(f"Motion First is at {address}  (Ctrl+C stops it)\n")
        sys.stdout.flush()
        demo.block_thread()
        workspace.crew.stop()
except StudioError as error:
    sys.exit(str(error))
except KeyboardInterrupt:  # before the page was there
    sys.exit(130)
