"""How near every part of a shot's still is: guessed, kept rigid, corrected by what was painted, faces left whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.depth import estimate_disparity, steady
from studio.engines.sketch.rigid import flatten_faces, make_rigid, segments
from studio.engines.sketch.strokes import apply_strokes, read_strokes
from studio.shot import Shot

__all__ = ["relief"]


def relief(shot: Shot, picture: NDArray[np.uint8], drawn: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """Judge near and far.

    Args:
        shot: its focus, its faces and its painted depth.
        picture: the whole still at any scale, height × width × 3, RGB.
        drawn: what the network says of it; ``None``: it is judged by rule.

    Returns:
        A small grid of the still's shape, 0 (far) to 1 (near).

    Raises:
        InputError: the painted depth cannot be read.
    """
    guess = estimate_disparity(picture, shot.focus) if drawn is None else steady(drawn, picture, shot.focus)
    labels = segments(picture, (guess.shape[0], guess.shape[1]))
    disparity = make_rigid(guess, labels)
    for control in shot.controls:
        if control.kind == "depth_strokes":
            strokes = read_strokes(control.path, (guess.shape[0], guess.shape[1]), control.strength)
            disparity = apply_strokes(disparity, strokes, labels)
    return flatten_faces(disparity, shot.faces)
