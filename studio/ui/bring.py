"""Controls that a person brings as files: a reference picture, a clip that says how things move. Checked and kept."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from studio.errors import InputError
from studio.media.motion import keep_video
from studio.shot import Record
from studio.ui.draft import Shelf
from studio.ui.files import taken_in
from studio.workspace import Workspace

__all__ = ["BROUGHT", "bring_control"]

_Kind = Literal["reference", "motion_video", "pose_video", "face_video"]
BROUGHT: tuple[_Kind, ...] = get_args(_Kind)
"""The kinds of control that the page takes as files, in the order in which it offers them."""


class _Brought(Record):
    kind: _Kind
    upload: Annotated[str, Field(max_length=4096)]
    name: Annotated[str, Field(max_length=120)] = ""


def bring_control(workspace: Workspace, shelf: Shelf, question: Any) -> dict[str, Any]:
    """Check a file that the browser has just sent, keep it, and say what it is called here.

    Raises:
        InputError: it is not what this kind of control wants; nothing is kept.
    """
    brought = _Brought.from_dict(question)
    path = taken_in(workspace, str(shelf.owner), brought.upload)
    try:
        if brought.kind == "reference":
            still = shelf.add(path, brought.name)
            return {"kind": brought.kind, "key": shelf.key(still), "title": still.name}
        try:
            key = keep_video(path, workspace.controls, workspace.settings, f"the {brought.kind.replace('_', ' ')}")
        except InputError as error:  # the browser's own name for the file, not that of the upload
            value = str(error.value).replace(path.name, brought.name or "the file")
            raise InputError(error.thing, value, expected=error.expected, action=error.action) from error
        shelf.keep(f"controls/{key}.mp4")
        return {"kind": brought.kind, "key": key, "title": brought.name}
    finally:
        path.unlink(missing_ok=True)  # it is kept by its content; the upload has done its work
