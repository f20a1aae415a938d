"""The page to work on: still, prompt with advice, stage, timeline, settings, and what they ask of the studio.

Every question carries the whole draft; every answer is plain values, an ``error`` among them where the draft is at
fault. Only Animate goes through Gradio's queue.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from studio.animatic import draw
from studio.choosing import cost_of
from studio.coach.review import LONGEST_PROMPT
from studio.coach.shot_list import split_prompt
from studio.coach.telling.reasons import REASONS
from studio.errors import JobError, StudioError
from studio.jobs.lent import Lender
from studio.media.controls import keep_clip
from studio.presets import WITHOUT, Profile
from studio.revise import finishing
from studio.shot import ControlKind, Take
from studio.ui import cards, rehearsal
from studio.ui.aim import aim_card
from studio.ui.bring import BROUGHT, bring_control
from studio.ui.brush import build_brush, unseen
from studio.ui.caps import caps
from studio.ui.cards import answers
from studio.ui.choose import weighed
from studio.ui.components import Piece
from studio.ui.draft import Draft, Shelf
from studio.ui.files import taken_in
from studio.ui.moves import move_cards
from studio.ui.rates import count
from studio.ui.reopen import build_reopen
from studio.ui.terms import build_terms, terms_card
from studio.ui.visitors import Visitor, visitor_of
from studio.workspace import Workspace
from studio.zero import GPU

__all__ = ["Direct"]

Answer = dict[str, Any]
_SIDES = (384, 512, 768, 1080, 1280, 1920)
_KEPT_TAKES = 24


class Direct:
    """The Direct tab. Build it inside a ``gr.Blocks``.

    Args:
        workspace: what it asks.
        shelf: the stills that it may use.
    """

    def __init__(self, workspace: Workspace, shelf: Shelf) -> None:
        self._workspace, self._shelf = workspace, shelf
        self._lender = Lender(workspace.settings, GPU, lambda shot: workspace.estimate(shot).high) if GPU else None
        with gr.Row(elem_id="mf-direct", equal_height=False):
            with gr.Column(elem_id="mf-left", min_width=0):
                build_reopen(workspace, shelf)
                self._still_piece()
                build_brush(workspace, shelf)
                self._prompt_piece()
            with gr.Column(elem_id="mf-right", min_width=0):
                stage = self._stage_piece()
                self._timeline_piece()
                actions = self._actions_piece()
                build_terms(workspace, shelf)
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        for ask, answer, name in (
            (actions.animate, self.animate, "take"),  # "animate" is the name of the public endpoint
            (stage.follow, self.follow, "follow"),
            (stage.again, self.again, "again"),
        ):
            run = ask(answer, outputs=stage, concurrency_limit=None, api_name=name, trigger_mode="multiple", **quiet)
            run.failure(_broken, outputs=stage, queue=False, **quiet)
        actions.cancel(self.cancel, queue=False, **quiet)

    def _still_piece(self) -> Piece:
        workspace, shelf = self._workspace, self._shelf
        alts = {f"example:{example.id}": example.alt for example in workspace.examples()}

        @answers(shelf, heavy="waits", quick="key")
        def open_still(question: Any, mine: Shelf) -> Answer:
            if isinstance(question, dict) and "extend" in question:
                return _extension(workspace, mine, str(question["extend"]), str(question.get("name", ""))[:120])
            if isinstance(question, dict) and "upload" in question:
                path = taken_in(workspace, str(mine.owner), question["upload"])
                try:
                    still = mine.add(path, str(question.get("name", ""))[:120] or "Your still")
                finally:
                    path.unlink(missing_ok=True)  # the still is kept by its content; the upload has done its work
            else:
                still = mine.find(str(question.get("key", "")) if isinstance(question, dict) else None)
            return cards.still_card(still, mine, workspace.report(still), alts.get(mine.key(still), ""))

        examples = [cards.example_card(workspace, example) for example in workspace.examples()]
        return Piece("still", functions=[open_still], examples=examples, most=workspace.settings.max_upload_mb)

    def _prompt_piece(self) -> Piece:
        workspace, shelf = self._workspace, self._shelf

        @answers(shelf, heavy="first")
        def coach(question: Any, mine: Shelf) -> Answer:
            draft = Draft.from_dict(question)
            review = draft.review(workspace, mine)
            timeline = review.timeline if draft.beats is None else draft.timeline(workspace, mine)
            return {**review.to_dict(), "aim": aim_card(draft, timeline, workspace, mine)}

        @answers(shelf)
        def speak(question: Any, mine: Shelf) -> Answer:
            """Say the draft's timeline to the engine that it names."""
            draft = Draft.from_dict(question)
            spoken = draft.review(workspace, mine).engine_prompt
            if draft.beats is not None:
                timeline, profile = draft.timeline(workspace, mine), workspace.profile(draft.engine)
                spoken = workspace.coach.compile(timeline, draft.prompt, profile, draft.brief(profile))
            answer: Answer = spoken.to_dict()
            return answer

        engines = [
            {"id": one.id, "title": one.title, "kind": one.kind, "asks": one.dialect.still_in_words != "no"}
            for one in workspace.profiles.values()
        ]
        return Piece("prompt", functions=[coach, speak], engines=engines, longest=LONGEST_PROMPT, reasons=[*REASONS])

    def _stage_piece(self) -> Piece:
        workspace, shelf = self._workspace, self._shelf

        @answers(shelf, heavy="put off")
        def animatic(question: Any, mine: Shelf) -> Answer:
            draft = Draft.from_dict(question)
            shot = draft.shot(workspace, mine)
            controls = draft.controls(workspace.profile("sketch"), mine)  # it draws for every engine
            rough = draw(workspace, shot.but(controls=controls, draft=False))
            return {"clip": "data:video/mp4;base64," + base64.b64encode(rough).decode("ascii")}

        @answers(shelf)
        def finish(question: Any, mine: Shelf) -> Answer:
            """Queue a draft to be made whole."""
            name = str(question.get("take", "")) if isinstance(question, dict) else ""
            shot = finishing(workspace, workspace.library.of(str(mine.owner)).get(name).take)
            mine.keep(*(f"controls/{Path(one.path).name}" for one in shot.controls if one.kind == "draft"))
            workspace.jobs.of(str(mine.owner)).add(shot)
            return {}

        def recall(_: Any, request: gr.Request) -> Answer:
            """Give what a browser left here; its takes are known only to it."""
            return self._left(visitor_of(request))

        return Piece("stage", functions=[recall, animatic, finish])

    def _timeline_piece(self) -> Piece:
        workspace, shelf = self._workspace, self._shelf

        @answers(shelf)
        def check_timeline(question: Any, mine: Shelf) -> Answer:
            draft = Draft.from_dict(question)
            timeline = draft.timeline(workspace, mine)
            return {**timeline.to_dict(), "aim": aim_card(draft, timeline, workspace, mine)}

        @answers(shelf)
        def say_timeline(question: Any, mine: Shelf) -> Answer:
            """The draft's timeline as words that are read as the same beats."""
            return {"prompt": workspace.coach.say(Draft.from_dict(question).timeline(workspace, mine))}

        return Piece("timeline", functions=[check_timeline, say_timeline], moves=move_cards())

    def _actions_piece(self) -> Piece:
        workspace, shelf = self._workspace, self._shelf

        @answers(shelf)
        def plan(question: Any, mine: Shelf) -> Answer:
            draft = Draft.from_dict(question)
            shot = draft.shot(workspace, mine)
            planned = workspace.plan(shot)
            cost = workspace.estimate(shot, str(mine.owner), planned)
            cost_words = cards.cost_words(cost, cost_of(workspace, planned))
            size = f"{planned.width} × {planned.height} · {planned.frames} frames at {planned.fps}"
            words = f"{cost_words}{size}"
            unshown = [*unseen(draft, workspace.profile(draft.engine)), *planned.ignored]
            first = [planned.idle] if planned.idle else []
            said = list(dict.fromkeys([*first, *planned.drawn, *unshown, *planned.notes]))
            return {
                "words": words,
                "estimate": cost.seconds,
                "notes": said,
                "terms": terms_card(workspace, draft.engine),
            }

        @answers(shelf)
        def weigh(question: Any, mine: Shelf) -> Answer:
            """What each engine would make of the draft here."""
            return {"rows": weighed(workspace, Draft.from_dict(question).shot(workspace, mine), mine.owner)}

        @answers(shelf)
        def enqueue(question: Any, mine: Shelf) -> Answer:
            """Queue a draft behind what is being made."""
            queue = workspace.jobs.of(str(mine.owner))
            made = queue.add_all(Draft.from_dict(question).shots(workspace, mine))
            return {"queued": len(made), "live": len(queue.list(["running", "queued"]))}

        engines = [
            {
                "id": profile.id,
                "title": profile.title,
                "summary": profile.summary,
                "ready": availability.ready,
                "slow": availability.slow,
                "reason": availability.reason,
                "least": profile.seconds[0],
                "most": profile.seconds[1],
                "rates": list(profile.fps),
                "negative": profile.dialect.negative,
                "guidance": profile.guidance,
                "end": "end_frame" in profile.driven,
                "distilled": _distilled(profile),
                "takes": {kind: _most(profile, kind) for kind in BROUGHT if kind in profile.driven},
            }
            for profile, availability in workspace.catalogue.all()
        ]

        @answers(shelf)
        def split(question: Any, _mine: Shelf) -> Answer:
            """Take a draft's prompt apart: one prompt for each shot of a reel."""
            draft = Draft.from_dict(question)
            profile = workspace.profile(draft.engine)
            return {"prompts": list(split_prompt(workspace.coach, draft.prompt, draft.brief(profile), profile))}

        @answers(shelf, heavy="waits")
        def bring(question: Any, mine: Shelf) -> Answer:
            """Keep a picture or a clip that says something besides the words, and give its key."""
            return bring_control(workspace, mine, question)

        sides = [side for side in _SIDES if side <= workspace.settings.max_side]
        longest = workspace.settings.max_seconds
        stills = [{"key": f"example:{example.id}", "title": example.title} for example in workspace.examples()]
        given: Answer = {"engines": engines, "sides": sides, "longest": longest, "stills": stills}
        return Piece("actions", functions=[plan, weigh, enqueue, split, bring], caps=caps(workspace.settings), **given)

    async def animate(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Answer]:
        """Queue the shot that the draft asks for and tell the stage of it; closing the page does not stop it."""
        owner = visitor_of(request).owner
        try:
            count(request, "animate")
            shots = await asyncio.to_thread(Draft.from_dict(event._data).shots, self._workspace, self._shelf.of(owner))
            job = (await asyncio.to_thread(self._workspace.jobs.of(owner).add_all, shots))[0]
        except StudioError as error:
            yield _news("failed", message=cards.said(error))
            return
        async for news in self._watch(job.id, owner):
            yield news

    async def follow(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Answer]:
        """Tell the stage of a job that was queued before: after a reload, or in a second tab."""
        async for news in self._watch(_job(event._data), visitor_of(request).owner):
            yield news

    async def again(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Answer]:
        """Queue a job once more that was interrupted or failed."""
        owner, job = visitor_of(request).owner, _job(event._data)
        try:
            count(request, "again")
            await asyncio.to_thread(self._workspace.jobs.of(owner).retry, job)
        except StudioError as error:
            yield _news("failed", message=cards.said(error))
            return
        async for news in self._watch(job, owner):
            yield news

    def cancel(self, event: gr.EventData, request: gr.Request) -> None:
        """Stop a job; who follows it hears of it."""
        with suppress(JobError):  # it is over already
            self._workspace.jobs.of(visitor_of(request).owner).cancel(_job(event._data))

    def _left(self, visitor: Visitor) -> Answer:
        """What a browser finds when it opens the page: its takes, the job that is being made or that waits for it.

        ``cookies`` is false where the browser keeps none: it cannot be known again.
        """
        found: Answer = {"takes": [], "job": None, "live": 0, "cookies": visitor.known}
        try:
            listed = self._workspace.library.of(visitor.owner).page(count=_KEPT_TAKES).takes
            jobs = self._workspace.jobs.of(visitor.owner).list(["running", "queued", "interrupted"])
        except StudioError as error:
            return {**found, "error": cards.said(error)}
        found["takes"] = [cards.take_card(one, self._workspace) for one in listed if not one.kept.missing]
        found["live"] = sum(not job.over for job in jobs)
        if jobs and jobs[0].state == "interrupted":
            return {**found, "waits": {"job": jobs[0].id, "message": jobs[0].reason}}
        return {**found, "job": jobs[0].id if jobs else None}

    async def _watch(self, job: str, owner: str) -> AsyncIterator[Answer]:
        try:
            if self._lender:
                await asyncio.to_thread(self._lender.begin, self._workspace.jobs.of(owner), job)
            async for news in rehearsal.watch(self._workspace, job, owner):
                if isinstance(news, Take):
                    listed = await asyncio.to_thread(self._workspace.library.of(owner).listed, news.id)
                    yield _news("done", take=cards.take_card(listed, self._workspace))
                else:
                    yield {"at": time.time_ns(), **news}
        except StudioError as error:
            yield _news("failed", message=cards.said(error))


def _distilled(profile: Profile) -> list[list[str]]:
    """The choice of distilled weights, as (value, words); none where an engine has none."""
    known = profile.pipeline.distilled if profile.pipeline else ()
    if profile.pipeline is None or not known:
        return []
    ways = [[one.id, f"{one.title}, {one.steps} steps"] for one in known]
    return [["", "As the memory here suggests"], *ways, [WITHOUT, f"Its own {profile.pipeline.steps} steps"]]


def _most(profile: Profile, kind: ControlKind) -> int:
    return profile.pipeline.most.get(kind, 1) if profile.pipeline else 1


def _extension(workspace: Workspace, mine: Shelf, identity: str, name: str) -> Answer:
    """A shot that goes on from a take: the clip's last frame as its still, and the clip itself.

    Raises:
        JobError, MediaError: the take is no longer kept here, or is somebody else's.
    """
    key = keep_clip(Path(cards.own_take(workspace, mine.owner, identity).clip), workspace.controls)
    mine.keep(f"controls/{key}.mp4")
    still, _, focus = mine.end_of(workspace.controls / f"{key}.mp4")
    still = mine.own(still.but(name=name))
    card = cards.still_card(still, mine, workspace.report(still), "The last frame of a take")
    return {**card, "previous": key, "focus": focus or card["focus"]}


def _news(state: str, **values: Any) -> Answer:
    """One thing for the stage to know; its moment makes it differ from the last, so that it is heard."""
    return {"state": state, "at": time.time_ns(), **values}


def _job(question: Any) -> str:
    """The job that a question names."""
    return str(question.get("job", "")) if isinstance(question, dict) else ""


def _broken() -> Answer:
    return _news(
        "failed",
        message="The studio stopped while it made this take. Try a smaller size or a shorter clip. "
        "If it happens again, report it with the last lines that the studio printed.",
    )
