"""The addresses of pictures and clips: each is given to whom it belongs, and to nobody else.

::

    GET    files/takes/<take>/clip.mp4 | poster.jpg | take.json | beside-<take>.mp4 | reel-<hash>.mp4
    GET    files/stills/<digest>.jpg
    POST   files/uploads      the body is the file; the answer {"upload": a name to open it by, once}
    DELETE files/mine         forget me

Whatever is not this visitor's is answered as if it were not there. Clips are given in parts where a player asks for
parts. Proxies are told to keep nothing. The addresses are relative, so they hold behind a proxy's prefix.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from studio.errors import MediaError, StillError, StudioError
from studio.jobs.forget import INCOMING
from studio.jobs.make import POSTER, find_poster
from studio.media.stills import shown_still
from studio.shot import Take
from studio.ui.draft import Shelf
from studio.ui.visitors import Visitor
from studio.workspace import Workspace

__all__ = ["clear_incoming", "file_routes", "still_address", "take_address", "taken_in"]

_TAKE = r"[A-Za-z0-9_-]{16,40}"
_TAKE_FILE = re.compile(rf"clip\.mp4|poster\.jpg|take\.json|beside-({_TAKE})\.mp4|reel-[0-9a-f]{{16}}\.mp4")
_ADDRESS = re.compile(rf"/files/takes/({_TAKE})/clip\.mp4$")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UPLOAD = re.compile(r"[A-Za-z0-9_-]{32}")
_MOST_WAITING = 8
"""Uploads of one visitor that may lie unopened."""
_LONGEST_WAIT = 3600.0
"""Seconds after which an upload that was never opened is removed."""


def take_address(take: Take, name: str = "clip.mp4") -> str:
    """Where the page finds a file of a take."""
    return f"files/takes/{take.id}/{quote(name)}"


def still_address(digest: str) -> str:
    """Where the page finds the picture of a still."""
    return f"files/stills/{digest}.jpg"


def taken_in(workspace: Workspace, owner: str, name: object) -> Path:
    """The file that this visitor has just sent.

    Raises:
        StillError: there is none by this name.
    """
    path = workspace.settings.data / INCOMING / owner / str(name)
    if not _UPLOAD.fullmatch(str(name)) or not path.is_file():
        raise StillError("the picture", expected="a picture that was just sent", action="Drop it again.")
    return path


def file_routes(workspace: Workspace, shelf: Shelf) -> list[Route]:
    """The routes of this workspace's files, for the application that serves the page."""
    files = _Files(workspace, shelf)
    return [
        Route("/files/takes/{take}/{name}", files.take, methods=["GET", "HEAD"]),
        Route("/files/stills/{digest}.jpg", files.still, methods=["GET", "HEAD"]),
        Route("/files/uploads", files.upload, methods=["POST"]),
        Route("/files/mine", files.forget, methods=["DELETE"]),
        Route("/gradio_api/file={address:path}", files.called, methods=["GET", "HEAD"]),
    ]


def _told(route: Callable[[_Files, Request, Visitor], Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
    """Give the route its visitor, and turn a refusal into its words."""

    async def answer(files: _Files, request: Request) -> Response:
        try:
            return await route(files, request, request.scope["state"]["visitor"])
        except StudioError as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


class _Files:
    def __init__(self, workspace: Workspace, shelf: Shelf) -> None:
        self._workspace, self._shelf, self._data = workspace, shelf, workspace.settings.data

    @_told
    async def take(self, request: Request, visitor: Visitor) -> Response:
        """A file of a take of this visitor."""
        return await self._take(request, visitor, request.path_params["take"], request.path_params["name"])

    @_told
    async def called(self, request: Request, visitor: Visitor) -> Response:
        """A clip that ``/animate`` gave: Gradio's client asks for its address in this way. Gradio's own files are not
        given to anybody.
        """
        found = _ADDRESS.search(request.path_params["address"])
        return await self._take(request, visitor, found[1], "clip.mp4") if found else _absent()

    async def _take(self, request: Request, visitor: Visitor, identity: str, name: str) -> Response:
        match = _TAKE_FILE.fullmatch(name)
        if not match or not re.fullmatch(_TAKE, identity):
            return _absent()
        wanted = [identity, *filter(None, match.groups())]
        library = self._workspace.library.of(visitor.owner)
        for one in wanted:
            if not await anyio.to_thread.run_sync(library.has, one):
                return _absent()
        if name == POSTER:
            await anyio.to_thread.run_sync(find_poster, self._data / "takes" / identity)
        shown = f"motion-first-{identity[:8]}{Path(name).suffix}"
        return await _file(request, self._data / "takes" / identity / name, shown)

    @_told
    async def still(self, request: Request, visitor: Visitor) -> Response:
        """The picture of a still that this visitor brought, or of an example."""
        digest = request.path_params["digest"]
        if not _DIGEST.fullmatch(digest):
            return _absent()
        if not await anyio.to_thread.run_sync(self._shelf.of(visitor.owner).shows, digest):
            return _absent()
        shown = await anyio.to_thread.run_sync(_shown, self._data / "stills" / f"{digest}.png")
        return await _file(request, shown, f"still-{digest[:8]}.jpg") if shown else _absent()

    @_told
    async def upload(self, request: Request, visitor: Visitor) -> Response:
        """Take in a file, written whole or not at all; the page then says what it is for."""
        limit = self._workspace.settings.max_upload_mb * 1_000_000
        if _too_long(request.headers, limit):
            return _too_heavy(limit)
        folder = self._data / INCOMING / visitor.owner
        name = secrets.token_urlsafe(24)
        try:
            await anyio.to_thread.run_sync(_make_room, folder)
            async with await anyio.open_file(folder / name, "xb") as file:
                size = 0
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > limit:
                        break
                    await file.write(chunk)
        except OSError as error:
            (folder / name).unlink(missing_ok=True)
            raise MediaError(
                "the picture",
                f"cannot be kept ({error.strerror or type(error).__name__})",
                expected="a data folder with free space that may be written",
                action="Try again later.",
            ) from error
        except BaseException:  # the line broke off
            (folder / name).unlink(missing_ok=True)
            raise
        if size > limit:
            (folder / name).unlink(missing_ok=True)
            return _too_heavy(limit)
        return JSONResponse({"upload": name})

    @_told
    async def forget(self, request: Request, visitor: Visitor) -> Response:
        """Delete everything of this visitor, and the name by which they were known."""
        count = await anyio.to_thread.run_sync(self._workspace.forget, visitor.owner)
        request.scope["state"]["forgotten"] = True  # the gate gives the browser another name
        return JSONResponse({"takes": count}, headers={"Clear-Site-Data": '"cache"'})


def _make_room(folder: Path) -> None:
    """Make the visitor's folder; of what lies there unopened only the newest stays."""
    folder.mkdir(parents=True, exist_ok=True)
    waiting = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in waiting[: 1 - _MOST_WAITING] if len(waiting) >= _MOST_WAITING else ():
        path.unlink(missing_ok=True)


def _shown(path: Path) -> Path | None:
    """The picture of a still; ``None`` where it is gone."""
    with contextlib.suppress(StillError):
        return shown_still(path)
    return None


async def _file(request: Request, path: Path, name: str) -> Response:
    """A file, in parts where parts are asked for; not again where the browser has it."""
    try:
        facts = await anyio.Path(path).stat()
    except OSError:
        return _absent()
    headers = {"Cache-Control": "private, no-cache"}
    reply = FileResponse(path, headers=headers, filename=name, stat_result=facts, content_disposition_type="inline")
    if request.headers.get("if-none-match") == reply.headers["etag"]:
        return Response(status_code=304, headers={**headers, "ETag": reply.headers["etag"]})
    return reply


def _too_long(headers: Headers, limit: int) -> bool:
    length = headers.get("content-length", "0")
    return not length.isdecimal() or int(length) > limit


def _too_heavy(limit: int) -> Response:
    words = f"The picture is too heavy. Expected at most {limit // 1_000_000} MB. Save it as JPEG or scale it down."
    return JSONResponse({"error": words}, 413)


def _absent() -> Response:
    return JSONResponse({"detail": "Not Found"}, 404)


def clear_incoming(data: Path) -> None:
    """Remove what was sent long ago and never opened."""
    for path in (data / INCOMING).glob("*/*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _LONGEST_WAIT:
                path.unlink()
