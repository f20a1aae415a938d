"""What other programs may call over HTTP: ``/coach`` and ``/animate``. Everything else on the page is private."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from studio.errors import StudioError
from studio.ui.cards import said
from studio.workspace import Workspace

__all__ = ["add_endpoints"]


def add_endpoints(workspace: Workspace) -> None:
    """Add the two named endpoints to the page that is being built."""

    def coach(prompt: str, seconds: float = 5.0, engine: str = "sketch") -> dict[str, Any]:
        """Read a prompt and give the review: cues, findings with fixes, timeline, rewrite, readiness."""
        try:
            review: dict[str, Any] = workspace.review(prompt, seconds=seconds, engine=engine).to_dict()
            return review
        except StudioError as error:
            raise gr.Error(said(error), print_exception=False) from error

    def animate(still: str | None, prompt: str, seconds: float, engine: str, seed: float) -> str:
        """Turn a still and a prompt into a clip (mp4)."""
        try:
            if not still:
                raise gr.Error("A still is needed: send a picture.", print_exception=False)
            opened = workspace.add_still(Path(still))
            review = workspace.review(prompt, seconds=seconds, engine=engine, still=opened)
            shot = workspace.shot(opened, prompt, review.timeline, engine=engine, seed=int(seed))
            return workspace.animate(shot, lambda _: None).clip
        except StudioError as error:
            raise gr.Error(said(error), print_exception=False) from error

    gr.events.api(coach, api_name="coach", queue=False)
    with gr.Row(visible=False):
        inputs = [
            gr.Image(type="filepath", label="Still"),
            gr.Textbox(label="Prompt", max_length=20_000),
            gr.Number(5.0, label="Seconds"),
            gr.Textbox("sketch", label="Engine"),
            gr.Number(7, label="Seed", precision=0),
        ]
        clip = gr.Video(label="Clip")
        gr.Button("Animate").click(
            animate, inputs, clip, api_name="animate", concurrency_limit=1, concurrency_id="animate"
        )
