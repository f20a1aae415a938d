"""How the page looks: Gradio's theme tokens set to the page's own colours, and the style sheets.

The colours live in ``assets/ui/base.css`` as CSS variables, once for light and once for dark; the theme only points
to them, so the built-in parts and our own pieces can never drift apart.
"""

from __future__ import annotations

import gradio as gr

from studio.ui.components.piece import ASSETS

__all__ = ["head", "theme"]

_SHEETS = ("base", "direct", "prompt", "timeline", "stage", "brush", "takes", "library", "reel", "terms")
_TOKENS = {
    "body_background_fill": "var(--bg)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--ink-2)",
    "background_fill_primary": "var(--surface)",
    "background_fill_secondary": "var(--sunken)",
    "block_background_fill": "transparent",
    "block_border_color": "var(--line)",
    "border_color_primary": "var(--line)",
    "border_color_accent": "var(--line-strong)",
    "color_accent_soft": "var(--sunken)",
    "input_background_fill": "var(--surface)",
    "input_border_color": "var(--line-strong)",
    "link_text_color": "var(--ink)",
    "loader_color": "var(--ink-2)",
    "panel_background_fill": "transparent",
}


def theme() -> gr.themes.Base:
    """Gradio's plainest theme in the page's colours and the system's own fonts; nothing is fetched."""
    fonts = ["-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Liberation Sans", "Arial"]
    both = _TOKENS | {f"{name}_dark": value for name, value in _TOKENS.items()}
    base = gr.themes.Base(font=[*fonts, "sans-serif"], font_mono=["ui-monospace", "Menlo", "monospace"])
    return base.set(
        **both, block_border_width="0px", block_shadow="none", block_padding="0px", color_accent="var(--ink)"
    )


def head() -> str:
    """What goes into the page's head: how it fits a phone, the style sheets, the script that the pieces share.

    The style sheets go here because Gradio rewrites the selectors of those it is given, and breaks media queries.
    """
    styles = "\n".join((ASSETS / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    script = (ASSETS / "studio.js").read_text(encoding="utf-8")
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        '<meta name="color-scheme" content="light dark">'
        f"<style>{styles}</style><script>{script}</script>"
    )
