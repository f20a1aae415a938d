"""Camera moves in a prompt: finders in a list (``find``), each a question of its own, share one ``Search``.

``grammar`` asks around a word, ``search`` keeps what is found and where it leads (``aims``); ``phrases``, ``shots``,
``chain``, ``carriers``, ``flights`` and ``bare`` find; ``tidying`` leaves out what only says another move again.
"""

from studio.coach.cues.camera.find import find_moves
from studio.coach.cues.camera.grammar import Found

__all__ = ["Found", "find_moves"]
