"""The entry of a Hugging Face Space, and of ``python app.py``: settings, workspace, page."""

from __future__ import annotations

import signal
import sys

from studio.errors import StudioError
from studio.ui.page import build, launch
from studio.workspace import Workspace

try:
    workspace = Workspace.open()
    demo = build(workspace)
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
