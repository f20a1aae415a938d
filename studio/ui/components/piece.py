"""A piece of the page written in HTML, CSS and JavaScript, as a Gradio component.

``assets/ui/<name>.html`` is its markup and ``assets/ui/<name>.js`` its behaviour; ``studio.js`` is what all pieces
share. The markup holds no values: Gradio evaluates a template as code, so words from people reach the page only
through the script, as text nodes and input values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from studio.settings import ROOT

__all__ = ["ASSETS", "Piece"]

ASSETS = ROOT / "assets" / "ui"


class Piece(gr.HTML):
    """One piece of the page.

    Args:
        name: which files of ``assets/ui`` it is made of.
        functions: what its script may ask of Python, as ``server.<function's name>(value)``.
        props: values that its script reads as ``props.<name>``.
    """

    def __init__(self, name: str, *, functions: list[Callable[..., Any]] | None = None, **props: Any) -> None:
        super().__init__(
            value=None,
            html_template=(ASSETS / f"{name}.html").read_text(encoding="utf-8"),
            js_on_load=(ASSETS / f"{name}.js").read_text(encoding="utf-8"),
            server_functions=functions,
            apply_default_css=False,
            elem_id=f"mf-{name}",
            elem_classes="mf-piece",
            **props,
        )

    def api_info(self) -> dict[str, Any]:
        """Say that any JSON may come; Python checks it where it is used."""
        return {"type": {}, "description": "JSON"}
