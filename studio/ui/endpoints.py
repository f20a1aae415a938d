"""What other programs may call over HTTP: ``/coach`` and ``/animate``. Everything else on the page is private."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self

import gradio as gr
from gradio.data_classes import FileData
from gradio.route_utils import get_root_url
from pydantic import AfterValidator, Field, ValidationError

from studio.advice import Brief
from studio.errors import EngineError, StillError, StudioError
from studio.jobs.records import Job
from studio.record import Record, explain
from studio.shot import Take
from studio.ui.cards import said
from studio.ui.desk import DESK
from studio.ui.draft import Shelf
from studio.ui.files import take_address
from studio.ui.rates import count
from studio.ui.rehearsal import watch
from studio.ui.visitors import visitor_of
from studio.workspace import Workspace

__all__ = ["add_endpoints"]


def _encodable(text: str) -> str:
    """The text with a stand-in for every half of a character: JSON may bring them, the answer cannot hold them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Asked(Record):
    """What a call brings, checked: anything may come over the line, nulls among it."""

    prompt: Annotated[str, AfterValidator(_encodable)]
    seconds: float
    engine: str
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0

    @property
    def brief(self) -> Brief:
        """What the coach is told of the shot besides the prompt."""
        return Brief(seconds=self.seconds)

    @classmethod
    def from_dict(cls, values: object) -> Self:
        """Build it from plain values; complaints name what was sent, not this record.

        Raises:
            InputError: a value is missing or of another kind.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise explain("the", error) from error


def _by_address(url: str | None) -> FileData | None:
    """A clip by its address: no copy goes through Gradio's folder, and no path of this computer is told."""
    return FileData(path=url, url=url, orig_name="clip.mp4") if url else None


def _root(request: gr.Request) -> str:
    """Where the page is, as whoever asks sees it."""
    asked = request.request
    assert asked is not None
    prefix, mark, rest = asked.url.path.partition("/gradio_api/")
    return str(get_root_url(asked, mark + rest, prefix or None))


def add_endpoints(workspace: Workspace, shelf: Shelf) -> None:
    """Add the two named endpoints to the page that is being built."""

    def coach(request: gr.Request, prompt: str, seconds: float = 5.0, engine: str = "sketch") -> dict[str, Any]:
        """Read a prompt and give the review: cues, findings with fixes, timeline, rewrite, readiness."""
        try:
            count(request, "coach")
            asked = _Asked.from_dict({"prompt": prompt, "seconds": seconds, "engine": engine})
            review: dict[str, Any] = workspace.review(asked.prompt, asked.brief, engine=asked.engine).to_dict()
            return review
        except StudioError as error:
            raise gr.Error(said(error), print_exception=False) from error

    def queue_shot(asked: _Asked, still: Path, owner: str) -> Job:
        opened = shelf.of(owner).add(still, still.name)  # Gradio's copy, which others may have sent too, goes by itself
        timeline = workspace.review(asked.prompt, asked.brief, engine=asked.engine, still=opened).timeline
        shot = workspace.shot(opened, asked.prompt, timeline, engine=asked.engine, seed=asked.seed)
        return workspace.jobs.of(owner).add(shot)

    async def animate(
        still: str | None, prompt: str, seconds: float, engine: str, seed: float, request: gr.Request
    ) -> str:
        """Turn a still and a prompt into a clip (mp4), after what was queued before it."""
        owner = visitor_of(request).owner
        try:
            count(request, "animate")
            if not still:
                raise StillError("the still", expected="a picture", action="Send one.")
            asked = _Asked.from_dict({"prompt": prompt, "seconds": seconds, "engine": engine, "seed": seed})
            job = await DESK.answer(lambda: queue_shot(asked, Path(still), owner))
            why = ""
            async for news in watch(workspace, job.id, owner):
                if isinstance(news, Take):
                    return f"{_root(request)}/{take_address(news)}"
                why = str(news.get("message", "It was cancelled."))
            raise EngineError("the take", "not made", expected="a clip", action=why)
        except StudioError as error:
            raise gr.Error(said(error), print_exception=False) from error

    gr.events.api(coach, api_name="coach", queue=False)
    with gr.Row(visible=False):
        inputs = [
            gr.File(label="Still"),  # no gr.Image: it would open the picture itself, before our checks and limits
            gr.Textbox(label="Prompt", max_length=20_000),
            gr.Number(5.0, label="Seconds"),
            gr.Textbox("sketch", label="Engine"),
            gr.Number(7, label="Seed", precision=0),
        ]
        clip = gr.Video(label="Clip")
        vars(clip)["postprocess"] = _by_address  # of a kind of our own Gradio would ask for scripts that are not there
        gr.Button("Animate").click(animate, inputs, clip, api_name="animate", concurrency_limit=None)
