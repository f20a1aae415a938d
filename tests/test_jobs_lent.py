"""A lent GPU: the request's own job is made inside the decorated call, for as long as was estimated."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engines.diffusers.memory import find_device
from studio.engines.engine import Preview, Step
from studio.jobs.lent import Lender
from studio.jobs.worker import Orders, Worker
from studio.media.clips import read_frames
from studio.settings import ROOT
from studio.shot import Shot
from studio.workspace import Workspace
from tests.job_shots import small_shot, wait_for
from tests.tiny.home import TINY, tiny_settings


class Fake:
    """``spaces.GPU`` as far as the studio sees it: asks for a duration, crosses to another process by pickling."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.inside = 0
        self.abort_after: int | None = None
        self.closed = False

    def __call__(self, duration: Any) -> Any:
        def decorate(task: Any) -> Any:
            def call(*given: Any) -> Any:
                self.asked.append(duration(*given))
                made = task(*pickle.loads(pickle.dumps(given)))
                try:
                    for number, told in enumerate(made):
                        self.inside += 1
                        if number == self.abort_after:
                            raise RuntimeError("GPU task aborted")
                        yield pickle.loads(pickle.dumps(told))
                finally:
                    self.closed = True
                    made.close()

            return call

        return decorate


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("SPACES_ZERO_GPU", "true")
    return Workspace.open(tiny_settings(tmp_path))


@pytest.fixture
def on_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs inside the call finds this machine's own device."""
    from studio.engines.diffusers import engine
    from studio.engines.diffusers.memory import Device

    monkeypatch.setattr(engine, "find_device", lambda: Device(kind="cpu", title="processor", ram=64))


@pytest.fixture
def shot(workspace: Workspace, picture: Path) -> Shot:
    return small_shot(workspace, picture, engine=TINY, width=64, height=64, fps=None)


def test_the_job_is_made_inside_the_call_with_the_estimated_duration(
    workspace: Workspace, shot: Shot, picture: Path, on_processor: None
) -> None:
    gpu = Fake()
    lender = Lender(workspace.settings, gpu, lambda _: 41.5)
    job, other = workspace.jobs.add(shot), workspace.jobs.add(small_shot(workspace, picture))
    lender.begin(workspace.jobs, other.id)
    lender.begin(workspace.jobs, job.id)
    wait_for(lambda: workspace.jobs.get(job.id).over)
    assert workspace.jobs.get(job.id).state == "done"
    assert workspace.jobs.get(other.id).state == "queued"  # sketch needs no GPU: the workers make it
    assert gpu.asked == [62]
    plan = workspace.plan(shot)
    frames = np.stack(list(read_frames(workspace.takes / job.id / "clip.mp4")))
    assert frames.shape == (plan.frames, plan.height, plan.width, 3)
    assert gpu.inside > plan.frames


def test_that_a_lent_gpu_compiles_nothing_is_said_with_the_take(
    tmp_path: Path, picture: Path, monkeypatch: pytest.MonkeyPatch, on_processor: None
) -> None:
    monkeypatch.setenv("SPACES_ZERO_GPU", "true")
    workspace = Workspace.open(tiny_settings(tmp_path, compile=True))
    job = workspace.jobs.add(small_shot(workspace, picture, engine=TINY, width=64, height=64, fps=None))
    Lender(workspace.settings, Fake(), lambda _: 41.5).begin(workspace.jobs, job.id)
    wait_for(lambda: workspace.jobs.get(job.id).over)
    take = workspace.library.get(job.id).take
    assert "Not compiled: a lent GPU is gone before it would pay." in take.notes


def test_time_that_is_up_interrupts_the_job_with_the_reason_and_no_other(
    workspace: Workspace, shot: Shot, on_processor: None
) -> None:
    gpu = Fake()
    gpu.abort_after = 3
    lender = Lender(workspace.settings, gpu, lambda _: 1.0)
    job, other = workspace.jobs.add(shot), workspace.jobs.add(shot.but(seed=9))
    lender.begin(workspace.jobs, job.id)
    wait_for(lambda: workspace.jobs.get(job.id).over)
    found = workspace.jobs.get(job.id)
    assert found.state == "interrupted"
    assert "GPU task aborted" in found.reason and "lent for 30 s" in found.reason
    assert workspace.jobs.get(other.id).state == "queued"
    gpu.abort_after = None
    workspace.jobs.retry(job.id)
    lender.begin(workspace.jobs, job.id)
    wait_for(lambda: workspace.jobs.get(job.id).state == "done")


def test_a_cancel_closes_the_call(workspace: Workspace, shot: Shot, on_processor: None) -> None:
    gpu = Fake()
    lender = Lender(workspace.settings, gpu, lambda _: 1.0)
    job = workspace.jobs.add(shot.but(width=160, height=160))
    lender.begin(workspace.jobs, job.id)
    wait_for(lambda: gpu.inside > 0)
    workspace.jobs.cancel(job.id)
    wait_for(lambda: workspace.jobs.get(job.id).over)
    assert workspace.jobs.get(job.id).state in ("cancelled", "done")
    wait_for(lambda: gpu.closed)
    assert list(workspace.takes.glob("*")) == [] or workspace.jobs.get(job.id).state == "done"


def test_workers_leave_to_the_requests_what_needs_a_gpu(workspace: Workspace, shot: Shot, picture: Path) -> None:
    needs, sketch = workspace.jobs.add(shot), workspace.jobs.add(small_shot(workspace, picture))
    stop = threading.Event()
    Worker(Orders(settings=workspace.settings, worker="w1", host="here", device="cpu", until_empty=True), stop).run()
    assert workspace.jobs.get(sketch.id).state == "done"
    assert workspace.jobs.get(needs.id).state == "queued"


def test_there_the_lent_gpu_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACES_ZERO_GPU", "1")
    device = find_device()
    assert device.kind == "cuda"
    assert device.vram == pytest.approx(69.5, abs=0.1)


@pytest.mark.parametrize("value", ["", "false"])
def test_off_zerogpu_the_package_is_not_even_imported(value: str) -> None:
    program = "import sys, studio.zero; print(studio.zero.GPU, 'spaces' in sys.modules)"
    environment = {"PATH": "/usr/bin:/bin", "SPACES_ZERO_GPU": value}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["None", "False"]


def test_events_cross_to_another_process_unchanged() -> None:
    preview = Preview(np.zeros((4, 6, 3), np.uint8), 0.5)
    again = pickle.loads(pickle.dumps(preview))
    assert np.array_equal(again.frame, preview.frame)
    assert pickle.loads(pickle.dumps(Step(stage="denoise", done=1, total=2))).done == 1


class Scheduler(BaseHTTPRequestHandler):
    """As much of ZeroGPU's own service as says that no GPU is free."""

    def log_message(self, *_: object) -> None:
        return None

    def do_POST(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(503 if "/schedule" in self.path else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()


PROGRAM = """
import os, sys
sys.modules["torch"] = None  # the package takes over torch only where it finds it, and wants a build for CUDA then
import spaces, spaces.zero.torch
del sys.modules["torch"]
from spaces.config import Config
Config.zero_gpu, Config.zero_device_api_url = True, os.environ["SCHEDULER"]
from studio.jobs.lent import _duration, _inside
call = spaces.GPU(duration=_duration)(_inside)
try:
    list(call(None, "engine", None, 0, 75))
except Exception as error:
    print(type(error).__name__, "|", error)
"""


def test_the_real_package_asks_its_scheduler_for_the_estimated_seconds(tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Scheduler)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "cgroup").write_text("8:devices:/kubepods/pod1/box\n0::/kubepods/pod1/box\n", encoding="utf-8")
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(tmp_path),
        "SCHEDULER": f"http://127.0.0.1:{server.server_port}",
        "ZEROGPU_PROC_SELF_CGROUP_PATH": str(tmp_path / "cgroup"), "ZEROGPU_OFFLOAD_DIR": str(tmp_path / "tensors"),
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    finally:
        server.shutdown()
        server.server_close()
    assert "No GPU was available" in done.stdout, done.stderr
    (asked,) = [path for path in server.asked if "/schedule" in path]  # type: ignore[attr-defined]
    assert "durationSeconds=95" in asked
