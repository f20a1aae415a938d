"""The reader of lettering: RapidOCR, told to stay quiet, on one thread and off the network."""

from __future__ import annotations

import os
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["LINE", "can_read", "detect", "recognise"]

LINE = 48  # pixels; the height at which the recogniser reads a line
_LONGEST = 8192  # pixels; longer than any view, so that nothing is scaled behind our back
_THRESHOLD = 0.3  # probability from which a pixel belongs to a line
_SCORE = 0.45  # mean probability over a line; what is no lettering is turned away by the recogniser
_lock = threading.Lock()


def can_read() -> bool:
    """Whether RapidOCR and what it runs on are installed: they have no wheels for some older machines."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime"))


def detect(pixels: NDArray[np.uint8]) -> list[NDArray[np.float64]]:
    """Find lines of lettering by differentiable binarization (Liao et al., AAAI 2020), as trained for PP-OCRv6.

    Args:
        pixels: height × width × 3, RGB, at least 32 pixels each way.

    Returns:
        The corners of each line, 4 × 2, x and y in pixels: top left, top right, bottom right, bottom left.
    """
    found = _engine("det")(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    if found.boxes is None:
        return []
    return [np.asarray(box, np.float64) for box in found.boxes]


def recognise(line: NDArray[np.uint8]) -> tuple[str, float]:
    """Read one upright line: its text, and how sure that is, 0 to 1.

    Args:
        line: ``LINE`` × width × 3, RGB.
    """
    read = _engine("rec")(cv2.cvtColor(line, cv2.COLOR_RGB2BGR))
    if not read.txts:
        return "", 0.0
    return str(read.txts[0]), float(np.clip(read.scores[0], 0, 1))


def _engine(task: str) -> Any:
    with _lock:  # one of each kind for all threads: its sessions may be shared, its options may not be changed
        return _load(task)


@cache
def _load(task: str) -> Any:
    # ONNX Runtime's own builds keep a device id in the home folder and report to its maker unless this is set before
    # they load. Nothing of a still was ever in it; but the studio is used offline, and says that it sends nothing.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import rapidocr  # half a second, so only where a still is read

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_det": task == "det",
            "Global.use_cls": False,
            "Global.use_rec": task == "rec",
            "Global.max_side_len": _LONGEST,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # With their paths given, the models inside the package are used as they are; by name they may be fetched.
            "Det.model_path": str(next(models.glob("*_det_*.onnx"))),
            "Rec.model_path": str(next(models.glob("*_rec_*.onnx"))),
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST,
            "Det.thresh": _THRESHOLD,
            "Det.box_thresh": _SCORE,
            "Rec.rec_img_shape": [3, LINE, 2 * LINE],  # the least width; by default a short word is padded to 320
        }
    )
