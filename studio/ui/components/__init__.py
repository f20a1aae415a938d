"""The page's own pieces: HTML, CSS and JavaScript from ``assets/ui/``, wrapped as Gradio components."""

from studio.ui.components.piece import Piece

__all__ = ["Piece"]
