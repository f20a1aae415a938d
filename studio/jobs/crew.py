"""The worker processes of a studio: start them, see them die, say why in plain words, start them again."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from studio.errors import StudioError
from studio.jobs.claims import Claims
from studio.jobs.store import Store
from studio.jobs.worker import OUT_OF_MEMORY, Orders
from studio.settings import ROOT, Settings

__all__ = ["Crew", "Pulse", "less_would_help", "why_it_ended"]

_LOOK = 0.5
_CANCEL_LOOKS = 30
"""Looks (15 s) after which a worker that does not hear a cancel is ended: it sits in a download or a long step."""
_SILENT_LOOKS = 600
"""Looks (5 minutes) without a beat after which a worker is dead. Counted in looks, not by the clock: a clock that
jumps and a computer that slept change nothing."""
_DOUBT = 20
"""Looks without a beat after which, and then again, the store is asked whether it takes beats at all."""
_SLOWEST = 30.0
_LARGEST_LOG = 1_000_000  # bytes


class Crew:
    """One worker for each device of the settings, kept alive until ``stop``.

    Args:
        settings: folders, devices.
        store: where jobs are.
        until_empty: end by itself when nothing waits any more.
    """

    def __init__(self, settings: Settings, store: Store, until_empty: bool = False) -> None:
        self._settings, self._until_empty = settings, until_empty
        self._claims = Claims(store, settings.data / "takes")
        self._stopping = threading.Event()
        self._ended: list[threading.Event] = []
        """One for each worker's keeper, not its thread: a signal during ``join`` makes Python think that ended."""
        self._host = socket.gethostname()

    def start(self) -> None:
        """Start the workers; they go on with what waits. Starting twice does no harm."""
        if not all(ended.is_set() for ended in self._ended):
            return
        self._stopping.clear()
        self._ended = []
        for device in self._settings.devices.split(","):
            ended = threading.Event()
            self._ended.append(ended)
            threading.Thread(target=self._keep, args=(device, ended), name=f"crew-{device}", daemon=True).start()

    def wait(self, seconds: float = float("inf")) -> bool:
        """Wait until every worker has ended, at most so long; whether they have."""
        until = time.monotonic() + seconds
        while not all(ended.wait(0.2) for ended in self._ended):  # short, so that Ctrl+C is heard
            if time.monotonic() >= until:
                return False
        return True

    def stop(self) -> None:
        """End the workers: what they are making goes back to the queue within one step."""
        self._stopping.set()
        self.wait()

    def _keep(self, device: str, ended: threading.Event) -> None:
        """Keep one worker alive until the studio closes."""
        try:
            self._keep_alive(device)
        finally:
            ended.set()

    def _keep_alive(self, device: str) -> None:
        pause = _LOOK
        while not self._stopping.is_set():
            began, worker = time.monotonic(), secrets.token_hex(8)
            kills = _out_of_memory_kills()
            with self._log(device) as log:
                process = self._spawn(worker, device, log)
                status = self._watch(process, worker)
            if self._stopping.is_set() or (status == 0 and self._until_empty):
                status = 0
            starved = _out_of_memory_kills() > kills
            reason = why_it_ended(status, starved)
            begun = False
            with contextlib.suppress(StudioError):  # a store that cannot be written now: the next worker settles it
                begun = bool(self._claims.bury([worker], reason, less_would_help(status, starved)))
            if status == 0:
                return
            fruitless = time.monotonic() - began < 5 and not begun  # what it had begun is not tried for ever either
            pause = min(_SLOWEST, pause * 2) if fruitless else _LOOK
            self._stopping.wait(pause)

    def _spawn(self, worker: str, device: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
        orders = Orders(
            settings=self._settings, worker=worker, host=self._host, device=device, until_empty=self._until_empty
        )
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        process = subprocess.Popen(
            [sys.executable, "-m", "studio.jobs.worker"],
            stdin=subprocess.PIPE, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it is dead already, which is seen in a moment
            process.stdin.write(orders.to_json().encode() + b"\n")
            process.stdin.flush()
        return process

    def _watch(self, process: subprocess.Popen[bytes], worker: str) -> int:
        """Wait for the worker's end and give its status; end it when it hears no cancel or does not live any more."""
        assert process.stdin is not None
        overdue, pulse = 0, Pulse(self._claims.heard)
        while process.poll() is None:
            if self._stopping.wait(_LOOK):
                with contextlib.suppress(BrokenPipeError):
                    process.stdin.close()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=15)
                process.kill()
                break
            with contextlib.suppress(StudioError):  # looked at again in a moment
                overdue = overdue + 1 if self._claims.overdue(worker) else 0
                silent = pulse.silent(self._claims.beats())
                self._claims.bury(silent - {worker}, "The computer that made this take stopped answering.")
                if overdue >= _CANCEL_LOOKS or worker in silent:
                    process.kill()
        with contextlib.suppress(OSError):
            process.stdin.close()
        return process.wait()

    def _log(self, device: str) -> IO[bytes]:
        path = self._settings.data / "logs" / f"worker-{device.replace(':', '-')}.log"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = not path.exists() or path.stat().st_size > _LARGEST_LOG
            return path.open("wb" if fresh else "ab")
        except OSError:
            return Path(os.devnull).open("ab")  # a full disk: work without a log rather than not at all


class Pulse:
    """Notices which workers, on any computer, have stopped beating.

    Args:
        heard: whether the store takes what is written; while it does not, silence says nothing.
    """

    def __init__(self, heard: Callable[[], bool] = lambda: True) -> None:
        self._heard = heard
        self._seen: dict[str, tuple[int, int]] = {}

    def silent(self, beats: dict[str, int]) -> set[str]:
        """The workers whose beat has not changed for too many looks."""
        looks = {}
        for worker, beat in beats.items():
            last, same = self._seen.get(worker, (beat, -1))
            looks[worker] = same + 1 if beat == last else 0
        if any(same and same % _DOUBT == 0 for same in looks.values()) and not self._heard():
            looks = dict.fromkeys(looks, 0)
        self._seen = {worker: (beat, looks[worker]) for worker, beat in beats.items()}
        return {worker for worker, same in looks.items() if same >= _SILENT_LOOKS}


def why_it_ended(status: int, out_of_memory: bool = False) -> str:
    """Why a worker's process ended, in words for whose take it was making.

    Args:
        status: its exit status; a signal's number below zero.
        out_of_memory: the system ended a process for want of memory meanwhile.
    """
    if status == OUT_OF_MEMORY or (status == -9 and out_of_memory):
        return "The computer ran out of memory. A smaller size or a shorter clip needs less."
    if status == -9:
        return "The process that made this take was killed from outside."
    if status < 0:
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = f"signal {-status}"
        return f"The engine crashed ({name})."
    if status == 0:
        return "The studio was closed while this take was being made."
    return f"The engine stopped unexpectedly (status {status}); the worker's log says more."


def less_would_help(status: int, out_of_memory: bool = False) -> bool:
    """Whether another attempt should take less memory: it ran out, or crashed, as drivers do that are short of it."""
    return status == OUT_OF_MEMORY or (out_of_memory if status == -9 else status < 0)


def _out_of_memory_kills() -> int:
    """How many processes Linux has ended for want of memory since it started; 0 elsewhere."""
    try:
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    except OSError:
        return 0
    return 0
