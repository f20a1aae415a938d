"""The entry of a Hugging Face Space, and of ``python app.py``: settings, workspace, page."""

from __future__ import annotations

import sys

from studio.errors import StudioError
from studio.ui.page import build, launch
from studio.workspace import Workspace

try:
    workspace = Workspace.open()
    demo = build(workspace)
except StudioError as error:
    sys.exit(str(error))

if __name__ == "__main__":
    launch(workspace, demo)
