"""Let the disk refuse a program its writes: the nth one, or every one from the nth on, with an error of one's choice.

Linux asks us about each call that would change something on the disk (seccomp's user notification), whoever makes it:
Python, SQLite, FFmpeg, Pillow. No root, no compiler and no hook in the studio is needed. Only what lies below one
folder is counted and refused; every other call goes on as it is.
"""

from __future__ import annotations

import array
import ctypes
import errno
import fcntl
import os
import platform
import select
import socket
import struct
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.settings import ROOT

__all__ = ["Refuser", "supported"]

_NAMES = {
    "x86_64": {
        1: "write", 18: "pwrite", 20: "writev", 40: "sendfile", 2: "open", 74: "fsync", 75: "fdatasync",
        77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 86: "link", 87: "unlink", 257: "openat",
        258: "mkdirat", 263: "unlinkat", 264: "renameat", 265: "linkat", 285: "fallocate", 296: "pwritev",
        316: "renameat2", 326: "copy_file_range",
    },
    "aarch64": {
        64: "write", 68: "pwrite", 66: "writev", 71: "sendfile", 82: "fsync", 83: "fdatasync", 46: "ftruncate",
        56: "openat", 34: "mkdirat", 35: "unlinkat", 38: "renameat", 37: "linkat", 47: "fallocate", 70: "pwritev",
        276: "renameat2", 285: "copy_file_range",
    },
}.get(platform.machine(), {})  # fmt: skip
"""The calls that change a disk, by the number that Linux gives them."""

_BY_PATH = {"open": 0, "rename": 0, "mkdir": 0, "rmdir": 0, "link": 0, "unlink": 0}
_BELOW = {"openat": 0, "mkdirat": 0, "unlinkat": 0, "renameat": 0, "renameat2": 0, "linkat": 0}
_FLAGS = {"open": 1, "openat": 2}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_BY_FILE = {"copy_file_range": 2}  # the number of the argument that is the file written to; else the first
_FREEING = ("rmdir", "unlink", "unlinkat", "ftruncate")
"""Calls that a full disk does not refuse."""

_RECEIVE, _ANSWER = 0xC0502100, 0xC0182101
_QUESTION, _REPLY = struct.Struct("=QIIiIQ6Q"), struct.Struct("=QqiI")
_GO_ON = 1
_FOLDER = -100  # AT_FDCWD
_SECCOMP = {"x86_64": 317, "aarch64": 277}.get(platform.machine(), 0)


class Refuser:
    """Answers a program's questions; ``arm`` says which of them with a refusal.

    Args:
        folder: what is watched.
        command: the program, with its arguments; what it starts is watched too.
        options: as for ``subprocess.Popen``.
    """

    def __init__(self, folder: Path, command: Sequence[str], **options: Any) -> None:
        self._folder = str(folder.resolve())
        self._lock = threading.Lock()
        self._left, self._error, self._lasting = 0, 0, False
        self.seen: Counter[str] = Counter()
        self.refused: list[str] = []
        mine, theirs = socket.socketpair()
        with mine, theirs:
            launcher = [sys.executable, "-m", "tests.refusals", str(theirs.fileno()), *command]
            self.process = subprocess.Popen(
                launcher, pass_fds=[theirs.fileno(), *options.pop("pass_fds", ())], cwd=ROOT, **options
            )
            theirs.close()
            _, found, _, _ = socket.recv_fds(mine, 1, 1)
        if not found:
            raise OSError("this system does not let one program answer for another")
        self._listener = found[0]
        threading.Thread(target=self._answer, daemon=True).start()

    def arm(self, nth: int, error: int = errno.ENOSPC, *, lasting: bool = True) -> None:
        """Refuse the nth call from now on, and with `lasting` all that follow, until ``disarm``."""
        with self._lock:
            self.refused, self.seen = [], Counter()
            self._left, self._error, self._lasting = nth, error, lasting

    def disarm(self) -> list[str]:
        """Refuse nothing any more, and give what was refused."""
        with self._lock:
            self._left = 0
            return list(self.refused)

    def close(self) -> None:
        """Forget about the program; it should have ended."""
        self.process.wait()

    def _answer(self) -> None:
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        while True:
            for _, happened in poll.poll():
                if happened & (select.POLLHUP | select.POLLERR):  # nobody is left who could ask
                    os.close(self._listener)
                    return
            question = bytearray(_QUESTION.size)
            try:
                fcntl.ioctl(self._listener, _RECEIVE, question)
            except OSError:  # it died while it asked
                continue
            number, thread, _, call, _, _, *arguments = _QUESTION.unpack(question)
            error = self._judge(thread, _NAMES[call], arguments)
            reply = _REPLY.pack(number, 0, -error, 0) if error else _REPLY.pack(number, 0, 0, _GO_ON)
            try:
                fcntl.ioctl(self._listener, _ANSWER, bytearray(reply))
            except OSError:
                continue

    def _judge(self, thread: int, call: str, arguments: Sequence[int]) -> int:
        """The error to answer with; 0: go on."""
        try:
            path = _path(thread, call, arguments)
        except (OSError, UnicodeDecodeError):
            return 0
        if path != self._folder and not path.startswith(self._folder + "/"):
            return 0
        with self._lock:
            told = f"{call} {path.removeprefix(self._folder)}"
            if self._left and self._error == errno.ENOSPC and call in _FREEING:
                return 0
            self.seen[told] += 1
            if self._left == 0:
                return 0
            if self._left > 1:
                self._left -= 1
                return 0
            self._left = 1 if self._lasting else 0
            self.refused.append(told)
            return self._error


def supported() -> str:
    """Why this system cannot do it; empty when it can."""
    if not sys.platform.startswith("linux") or not _NAMES:
        return "needs Linux on x86-64 or arm64"
    try:
        probe = Refuser(Path("/nowhere"), [sys.executable, "-c", "open('/dev/null', 'w').write('x')"])
    except OSError as error:
        return str(error)
    return "" if probe.process.wait() == 0 else "a program that is watched does not run here"


def _path(thread: int, call: str, arguments: Sequence[int]) -> str:
    """What a call is about."""
    if call in _BY_PATH:
        return _within(thread, _FOLDER, _text(thread, arguments[0]))
    if call in _BELOW:
        return _within(thread, ctypes.c_int(arguments[0]).value, _text(thread, arguments[1]))
    return str(Path(f"/proc/{thread}/fd/{arguments[_BY_FILE.get(call, 0)]}").readlink())


def _within(thread: int, folder: int, name: str) -> str:
    if name.startswith("/"):
        return os.path.normpath(name)
    place = Path(f"/proc/{thread}/cwd" if folder == _FOLDER else f"/proc/{thread}/fd/{folder}")
    return os.path.normpath(place.readlink() / name)


def _text(thread: int, address: int) -> str:
    with Path(f"/proc/{thread}/mem").open("rb", buffering=0) as memory:
        memory.seek(address)
        page = memory.read(4096 - address % 4096)
        if b"\0" not in page:
            page += memory.read(4096)
    return page.split(b"\0", 1)[0].decode()


def _filter() -> bytes:
    """A program for the kernel: ask about the calls of the table, about opening only where it is for writing."""
    load, equal, any_bit, give = 0x20, 0x15, 0x45, 0x06
    ask, allow = 0x7FC00000, 0x7FFF0000
    steps = [(load, 0, 0, 0)]
    for number, name in _NAMES.items():
        if name in _FLAGS:
            steps += [(equal, 0, 4, number), (load, 0, 0, 16 + 8 * _FLAGS[name]), (any_bit, 0, 1, _WRITING)]
            steps += [(give, 0, 0, ask), (give, 0, 0, allow)]
        else:
            steps += [(equal, 0, 1, number), (give, 0, 0, ask)]
    steps.append((give, 0, 0, allow))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _launch(channel: int, command: Sequence[str]) -> None:
    """Become the command, after giving the right to answer for it to whoever holds the other end of the channel."""
    program, library = _filter(), ctypes.CDLL(None, use_errno=True)
    held = ctypes.create_string_buffer(program)
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    library.prctl(38, 1, 0, 0, 0)  # no new privileges: the condition for doing this without root
    with socket.socket(fileno=channel) as line:
        listener = library.syscall(_SECCOMP, 1, 8, head)
        if listener < 0:
            return
        line.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [listener]))])
    os.close(listener)
    os.execvp(command[0], command)


if __name__ == "__main__":
    _launch(int(sys.argv[1]), sys.argv[2:])
