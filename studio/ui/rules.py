"""The Rules tab: every rule's own documentation, written by the rules themselves."""

from __future__ import annotations

import gradio as gr

__all__ = ["build_rules"]


def build_rules() -> gr.HTML:
    """Put the rules' pages on the page."""
    return gr.HTML("<p>Rules</p>", apply_default_css=False)
