"""Painting over the still: what the brush sends is checked and kept, and given back after a reload."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from studio.errors import InputError
from studio.media.controls import LARGEST_PAINTING, keep_painting
from studio.presets import Profile
from studio.shot import ControlKind, Record
from studio.ui.cards import answers
from studio.ui.components import Piece
from studio.ui.draft import Draft, Shelf
from studio.workspace import Workspace

__all__ = ["build_brush", "questions", "unseen"]

_ADDRESS = "data:image/png;base64,"
_LOST: dict[ControlKind, str] = {
    "motion_brush": "The motion brush: {} does not take it.",
    "depth_strokes": "Near and far: {} does not take what was painted.",
    "reference": "The reference: {} does not take one.",
    "motion_video": "The motion video: {} does not take one.",
    "pose_video": "The pose video: {} does not take one.",
    "face_video": "The face video: {} does not take one.",
    "previous_clip": "The take before: {} starts from its last frame, and does not see how it moved.",
}


class _Painted(Record):
    """A painting as the browser sends it."""

    still: str
    png: Annotated[str, Field(max_length=LARGEST_PAINTING * 4 // 3 + 64)]


class _Kept(Record):
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def build_brush(workspace: Workspace, shelf: Shelf) -> Piece:
    """Put the brush on the page."""
    return Piece("brush", functions=questions(workspace, shelf))


def questions(workspace: Workspace, shelf: Shelf) -> list[Callable[..., dict[str, Any]]]:
    """What the brush's script may ask."""

    @answers(shelf)
    def paint(question: Any, mine: Shelf) -> dict[str, Any]:
        """Keep a painting and give its key (empty: nothing is painted) and the share of the still that it covers."""
        asked = _Painted.from_dict(question)
        kept = keep_painting(_bytes(asked.png), mine.find(asked.still), workspace.controls)
        if kept.key:
            mine.keep(f"controls/{kept.key}.png")
        return {"key": kept.key, "share": round(kept.share, 4)}

    @answers(shelf)
    def painting(question: Any, mine: Shelf) -> dict[str, Any]:
        """Give a kept painting back."""
        path = mine.control(f"{_Kept.from_dict(question).key}.png", "the painting")
        return {"png": _address(path.read_bytes())}

    return [paint, painting]


def unseen(draft: Draft, profile: Profile) -> list[str]:
    """What was given besides the words and this engine does not take, each as a sentence."""
    given = dict.fromkeys((*draft.kept, *(one.kind for one in draft.given)))
    return [_LOST[kind].format(profile.title) for kind in given if kind not in profile.driven]


def _bytes(address: str) -> bytes:
    """The picture inside an address.

    Raises:
        InputError: there is none.
    """
    try:
        if not address.startswith(_ADDRESS):
            raise ValueError(address[:20])
        return base64.b64decode(address.removeprefix(_ADDRESS), validate=True)
    except (ValueError, binascii.Error) as error:
        raise InputError("the painting", expected="a PNG", action="Paint it again.") from error


def _address(picture: bytes) -> str:
    return _ADDRESS + base64.b64encode(picture).decode("ascii")
