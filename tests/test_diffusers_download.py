"""Weights from a Hub on loopback: what is fetched, how it is told, broken off, gone on with, refused."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from studio.engines.diffusers import download
from studio.engines.diffusers.download import _explained
from studio.errors import DiskError, EngineError
from studio.presets import Profile
from studio.settings import ROOT
from tests.mounts import mountable, run_mounted, small_disk
from tests.sketch_shots import PROFILES

REVISION = "1" * 40
WEIGHTS = "diffusion_pytorch_model.safetensors"
FILES = {
    "model_index.json": json.dumps(
        {
            "_class_name": "WanImageToVideoPipeline",
            "transformer": ["diffusers", "X"],
            "vae": ["diffusers", "Y"],
            "image_encoder": [None, None],
        }
    ).encode(),
    "transformer/config.json": b"{}",
    "transformer/diffusion_pytorch_model.safetensors": bytes(range(256)) * 100_000,
    "vae/diffusion_pytorch_model.safetensors": bytes(range(256)) * 10_000,
    "vae/config.json": b"{}",
    "transformer/diffusion_pytorch_model.fp16.safetensors": b"twice " * 100,
    "transformer/diffusion_pytorch_model.bin": b"pickle" * 100,
    "image_encoder/model.safetensors": b"not named by the index",
    "README.md": b"words",
}


class Hub(BaseHTTPRequestHandler):
    """As much of the Hub as its library asks for."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        return None

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        path = self.path.split("?")[0]
        self.server.asked.append((self.command, path))
        if "/gated/" in path and "/resolve/" in path:
            return self._send(403, b"", {"X-Error-Code": "GatedRepo"})
        if "/missing/" in path:
            return self._send(404, b"", {"X-Error-Code": "RepoNotFound"})
        files = {**FILES, **({"model_index.json": b"<html>Sign in</html>"} if "/signed-out/" in path else {})}
        if "/pickled/" in path:
            del files[f"vae/{WEIGHTS}"]
        if path.startswith("/api/models/"):
            siblings = [{"rfilename": name, "size": len(data)} for name, data in files.items()]
            if "/tree/" in path:
                tree = [
                    {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                    for name, data in files.items()
                ]
                return self._send(200, json.dumps(tree).encode(), {"Content-Type": "application/json"})
            facts = {"id": "open/model", "sha": REVISION, "siblings": siblings, "private": False, "tags": []}
            return self._send(200, json.dumps(facts).encode(), {"Content-Type": "application/json"})
        name = path.split(f"/resolve/{REVISION}/")[-1].split("/resolve/main/")[-1]
        data = files.get(name)
        if data is None:
            return self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
        headers = {"X-Repo-Commit": REVISION, "ETag": f'"{hashlib.sha256(data).hexdigest()}"'}
        begin = 0
        if wanted := self.headers.get("Range"):
            begin = int(wanted.split("=")[1].split("-")[0])
            self.server.ranges.append(begin)
        if body and self.server.break_after is not None and name == f"transformer/{WEIGHTS}" and not begin:
            part = data[: self.server.break_after]
            self.server.break_after = None
            headers |= {"Content-Length": str(len(data))}
            self.send_response(200)
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(part)
            self.close_connection = True
            return None
        return self._send(206 if begin else 200, data[begin:], headers, body)

    def _send(self, status: int, data: bytes, headers: dict[str, str], body: bool = True) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        if body and self.command == "GET":
            self.wfile.write(data)


@pytest.fixture
def hub():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.asked, server.ranges, server.break_after = [], [], None
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


PROGRAM = """
import json, sys
from pathlib import Path
from studio.engines.diffusers.download import fetch, kept
from studio.errors import Cancelled, EngineError
from studio.presets import Profile
name, models, stop = sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "stop"
profile = Profile.from_dict({"id": "tiny", "title": "Tiny", "kind": "diffusers",
                             "pipeline": {"name": "WanImageToVideoPipeline", "hub": name}})
told = []
def tell(event):
    told.append((event.done, event.total))
    if stop and event.done:
        raise Cancelled
try:
    before = kept(profile, models)
    found = fetch(profile, tell)
    files = sorted(str(p.relative_to(found)) for p in found.rglob("*") if p.is_file())
    answer = {"before": str(before), "files": files, "told": told, "kept": kept(profile, models) == found}
except EngineError as error:
    answer = {"error": str(error)}
except Cancelled:
    answer = {"cancelled": True}
print(json.dumps(answer))
"""


def ask(hub, tmp_path: Path, name: str = "open/model", stop: bool = False, **environment: str):
    """Fetch in a process of its own: the library reads its address when it is imported."""
    settings = {
        "HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}",
        "HF_HOME": str(tmp_path / "hf"),
        "HF_HUB_DISABLE_XET": "1",
        "PATH": "/usr/bin:/bin",
        **environment,
    }
    program = [sys.executable, "-c", PROGRAM, name, str(tmp_path / "models"), "stop" if stop else "go"]
    done = subprocess.run(program, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_only_what_the_pipeline_loads_is_fetched_and_every_byte_is_told(hub, tmp_path):
    answer = ask(hub, tmp_path)
    parts = [f"{part}/{file}" for part in ("transformer", "vae") for file in ("config.json", WEIGHTS)]
    assert answer["files"] == ["model_index.json", *parts]
    assert answer["before"] == "None"
    assert answer["kept"]
    assert answer["told"][-1][0] >= len(FILES[f"transformer/{WEIGHTS}"])
    dones = [done for done, _ in answer["told"]]
    assert dones == sorted(dones)


def test_a_second_time_nothing_crosses_the_line(hub, tmp_path):
    ask(hub, tmp_path)
    hub.asked.clear()
    ask(hub, tmp_path)
    assert not [path for command, path in hub.asked if command == "GET" and path.endswith(".safetensors")]


def test_a_cancel_stops_the_download_and_it_goes_on_later(hub, tmp_path):
    assert ask(hub, tmp_path, stop=True) == {"cancelled": True}
    assert ask(hub, tmp_path)["kept"]


def test_a_broken_line_is_gone_on_from_where_it_broke(hub, tmp_path):
    hub.break_after = 15_000_000
    answer = ask(hub, tmp_path)
    if "error" in answer:
        assert "what has come whole is kept" in answer["error"]
        answer = ask(hub, tmp_path)
    assert answer["kept"]
    assert any(begin > 0 for begin in hub.ranges)


def test_a_gated_model_says_whose_terms_to_accept_and_where(hub, tmp_path):
    error = ask(hub, tmp_path, "gated/model")["error"]
    assert "huggingface.co/gated/model" in error
    assert "HF_TOKEN" in error


def test_an_unknown_repository_is_a_wrong_name(hub, tmp_path):
    assert "a repository that is there" in ask(hub, tmp_path, "missing/model")["error"]


def test_a_page_in_place_of_the_index_is_told(hub, tmp_path):
    error = ask(hub, tmp_path, "signed-out/model")["error"]
    assert "model_index.json is no index of a pipeline" in error
    assert "sign in" in error


def test_weights_that_are_no_safetensors_are_refused_by_the_part_that_lacks_them(hub, tmp_path):
    error = ask(hub, tmp_path, "pickled/model")["error"]
    assert "pickled/model does not have its vae whole" in error
    assert "Name another repository" in error


def test_a_folder_that_cannot_be_written_is_told_with_how_to_name_another(hub, tmp_path):
    (tmp_path / "hf").write_text("a file where the folder of downloads should be")
    error = ask(hub, tmp_path)["error"]
    assert "can be written" in error
    assert "HF_HOME" in error


def test_offline_says_so(hub, tmp_path):
    assert "HF_HUB_OFFLINE" in ask(hub, tmp_path, HF_HUB_OFFLINE="1")["error"]


def test_without_a_network_it_asks_for_one():
    lost = OSError("not cached")
    lost.__cause__ = httpx.ConnectError("no route")
    with pytest.raises(EngineError, match="a connection to the Hub"), _explained(PROFILES["ltx_video"], "open/model"):
        raise lost


@pytest.mark.parametrize("full", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_the_disks_fault_and_no_engines(full):
    with pytest.raises(DiskError, match="the disk is full"), _explained(PROFILES["ltx_video"], "open/model"):
        raise OSError(full, os.strerror(full))


@pytest.mark.skipif(bool(mountable()), reason=mountable())
def test_a_disk_that_fills_up_keeps_what_has_come_and_goes_on_when_there_is_room(hub, tmp_path):
    (tmp_path / "hub").write_text(f"http://127.0.0.1:{hub.server_port}")
    run_mounted(fill_up, tmp_path, small_disk(tmp_path / "hf", "16m"))
    got = [path.split("/main/")[-1] for command, path in hub.asked if command == "GET" and path.endswith(WEIGHTS)]
    assert sum("vae" in path for path in got) == 1  # it had come whole
    assert sum("transformer" in path for path in got) == 2


def fill_up(folder: Path) -> None:
    """Fetch onto a disk that is too small, and again when it has grown."""
    os.environ |= {"HF_ENDPOINT": (folder / "hub").read_text(), "HF_HOME": str(folder / "hf")}
    os.environ |= {"HF_HUB_DISABLE_XET": "1"}
    pipeline = {"name": "WanImageToVideoPipeline", "hub": "open/model"}
    profile = Profile.from_dict({"id": "tiny", "title": "Tiny", "kind": "diffusers", "pipeline": pipeline})
    download._SPARE = -(10**12)  # it looked large enough: somebody else filled it meanwhile
    assert not download.begun(profile)
    with pytest.raises(DiskError, match="are kept"):
        download.fetch(profile, lambda _: None)
    assert download.kept(profile, folder) is None
    assert download.begun(profile)
    download._SPARE = 0  # before anything crosses the line again, the room is looked at
    with pytest.raises(DiskError, match="GB free"):
        download.fetch(profile, lambda _: None)
    subprocess.run(["mount", "-o", "remount,size=64m", str(folder / "hf")], check=True)
    assert download.kept(profile, folder) is None
    assert download.fetch(profile, lambda _: None) == download.kept(profile, folder)


def test_what_is_no_fault_of_the_hub_is_passed_on():
    with pytest.raises(ValueError, match="something else"), _explained(PROFILES["ltx_video"], "open/model"):
        raise ValueError("something else")
