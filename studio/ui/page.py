"""The page: its tabs, its named endpoints, and how it is served."""

from __future__ import annotations

import html
import os
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder
from starlette.middleware import Middleware

from studio.animatic import draw
from studio.apart import Apart
from studio.errors import SettingsError, StudioError
from studio.jobs.belongings import signing_key
from studio.reel_queue import ReelQueue
from studio.ui import theme
from studio.ui.desk import HANDS
from studio.ui.direct import Direct
from studio.ui.draft import Shelf
from studio.ui.endpoints import add_endpoints
from studio.ui.files import clear_incoming, file_routes
from studio.ui.front import Front
from studio.ui.gate import Gate
from studio.ui.rates import Rates
from studio.ui.reels import build_reels
from studio.ui.rules import build_rules
from studio.ui.takes import build_takes
from studio.ui.uploads import Uploads
from studio.ui.visitors import Visitors
from studio.workspace import Workspace

__all__ = ["Page", "build", "launch"]

_HOUR = 3600
"""In seconds: how often, and after how long, what passed through Gradio's own cache is removed."""


class Page(gr.Blocks):
    """The page, with the shelf that its pieces and its addresses share, and the reels that it makes."""

    shelf: Shelf
    reels: ReelQueue
    apart: Apart | None = None

    async def preprocess_data(self, block_fn: Any, inputs: list[Any], *given: Any, **named: Any) -> Any:
        """Take what was sent as a component wants it; what is none of that is refused in words, not in the log."""
        try:
            return await super().preprocess_data(block_fn, inputs, *given, **named)
        except gr.Error:
            raise
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            said = f"What was sent is not what was asked for ({type(error).__name__})."
            raise gr.Error(said, print_exception=False) from error

    def close(self, verbose: bool = True) -> None:
        """Stop serving; what is being made goes on with the next studio."""
        self.reels.close()
        super().close(verbose)
        if self.apart:
            self.apart.close()


def build(workspace: Workspace, notice: str = "") -> Page:
    """The whole page for this workspace, with a word for everybody at its top where there is one."""
    os.environ.setdefault("GRADIO_TEMP_DIR", str(workspace.settings.data / "uploads"))  # where leftovers are cleaned
    page = Page(title="Motion First", analytics_enabled=False, fill_width=True, delete_cache=(_HOUR, _HOUR))
    page.shelf = shelf = Shelf(workspace)
    page.reels = ReelQueue(workspace)
    clear_incoming(workspace.settings.data)
    with page:
        gr.HTML('<h1 class="mf-brand">Motion First</h1>', elem_id="mf-brand", apply_default_css=False)
        with gr.Tabs(elem_id="mf-tabs"):
            with gr.Tab("Direct"):
                if notice:
                    words = f'<p class="mf-hold" role="alert">{html.escape(notice)}</p>'
                    gr.HTML(words, elem_id="mf-notice", apply_default_css=False)
                Direct(workspace, shelf)
            with gr.Tab("Reel", render_children=True):
                build_reels(workspace, shelf, page.reels)
            with gr.Tab("Takes", render_children=True):
                build_takes(workspace, shelf)
            with gr.Tab("Rules", render_children=True):
                build_rules(workspace)
        add_endpoints(workspace, shelf)
    _describe_once(page)
    return page


def _describe_once(page: Page) -> None:
    """Let each component say once what the page is told of it: nothing in it changes. Gradio asks them all again for
    every visitor, 17 ms of the processor in which nobody is answered.
    """
    for block in page.blocks.values():
        setattr(block, "get_config", partial(dict, block.get_config()))  # noqa: B010  mypy: methods are not assigned


def launch(workspace: Workspace, page: Page | None = None, **options: Any) -> tuple[str, Page]:
    """Serve the page and give its address.

    It answers on the workspace's own host and port; on a Hugging Face Space on 0.0.0.0:7860, as the Space asks.
    `options` are passed on to Gradio (``prevent_thread_lock``, ``quiet``).

    Raises:
        SettingsError: the port is taken.
    """
    settings = workspace.settings
    workspace.crew.start()  # what waits from the last time goes on by itself
    space = os.environ.get("SYSTEM") == "spaces"
    page = page or build(workspace)
    page.reels.start()
    visitors = Visitors(signing_key(workspace.store), embedded=space)
    uploads = Middleware(Uploads, visitors, Path(get_upload_folder()), settings.max_upload_mb * 1_000_000)
    page.queue(max_size=32, default_concurrency_limit=4)
    port = 7860 if space else settings.port or None
    if settings.questions_a_minute:  # many come at once: none shall wait for what is loaded, or for another one’s still
        workspace.apart = page.apart = Apart(settings, HANDS)
        _load(workspace)
    try:
        _, address, _ = page.launch(
            server_name="0.0.0.0" if space else settings.host,
            server_port=port,
            theme=theme.theme(),
            head=theme.head(),
            app_kwargs={
                "middleware": [Middleware(Gate, visitors, Rates(settings)), uploads, Middleware(Front)],
                "routes": file_routes(workspace, page.shelf),
            },
            max_file_size=f"{settings.max_upload_mb}mb",
            footer_links=[],
            share=False,
            ssr_mode=False,
            run_history=False,
            enable_monitoring=False,
            pwa=False,
            **options,
        )
    except OSError as error:
        if page.apart:
            page.apart.close()
        raise SettingsError(
            "the port", port, expected="one that is free", action="Stop what uses it, or set MOTION_FIRST_PORT."
        ) from error
    if not settings.questions_a_minute:  # one person's page is there at once; what it works with comes behind it
        threading.Thread(target=_load_behind, args=(workspace,), name="load", daemon=True).start()
    return address, page


def _load_behind(workspace: Workspace) -> None:
    with suppress(Exception):  # the studio may close over it; what is wrong is told to whoever asks
        _load(workspace)


def _load(workspace: Workspace) -> None:
    """Load what the coach, the reader of stills and the animatic work with, on the still of the first visit: some
    seconds of the processor in which nobody would be answered.
    """
    with suppress(StudioError, OSError):  # it is told to whoever asks
        for example in workspace.examples()[:1]:
            still = workspace.add_still(workspace.example_path(example), example.title)
            review = workspace.review(example.prompt, still=still)
            workspace.coach.say(review.timeline)
            shot = workspace.shot(still, example.prompt, review.timeline)
            workspace.estimate(shot)
            draw(workspace, shot)
            if workspace.apart:
                workspace.apart.warm(shot, workspace.report(still))
