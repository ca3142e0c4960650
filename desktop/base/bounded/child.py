"""The process that looks at what others made, seen from the program: asked, watched, and ended in time."""

from __future__ import annotations

import contextlib
import json
import pickle
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, Literal, TypeAlias

from desktop.base.bounded.frames import read_frame, write_frame
from desktop.base.bounded.limits import Limits, resident, used_up
from desktop.base.message import Message

STARTING = 60.0
"""Seconds a process may take to start, on a slow disk."""
LOOK_EVERY = 0.02
_SLACK = 1.15
"""Resident memory may pass the limit by so much: the kernel counts a little otherwise."""

Tell = Callable[[int, int, Message], object]
Why: TypeAlias = Literal["time", "memory", "crash"]
"""Which limit ended a process, or that it fell over."""
DATA = 320 << 20
"""Bytes that may come along with an answer."""
_LISTS_TAKE = 8
"""Times their size in memory, at most, when they were read."""
_MOST_STEPS = 1 << 31
"""A bar that shows how far it is takes no more."""
_NEARLY = 0.75
"""Of the limit: a process that held so much and fell over most likely wanted more."""


class Child:
    """One process, what it is doing now, and until when."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it. Raises OSError."""
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._child: subprocess.Popen[bytes] = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=hidden,
        )
        self._until = time.monotonic() + STARTING
        self._memory: float = 0
        self._most = 0
        self._ready = False
        self.own = 0
        """Bytes that it holds of what it was told when it began: revocation lists."""
        self._lock = threading.Lock()
        self.asked = 0
        """Tasks it was given so far: what one of them left behind may be what the next one lacks."""
        self.why = ""
        """Which limit ended it."""

    @property
    def pid(self) -> int:
        """Its number, as the system knows it."""
        return self._child.pid

    @property
    def gone(self) -> bool:
        """Whether it cannot be asked any more."""
        return bool(self.why) or self._child.poll() is not None

    def set_up(self, setup: bytes) -> None:
        """Tell a new process what holds for all it does. Raises OSError when it cannot start."""
        if not self._ready:
            self._send(setup)
            ready = self._receive()
            if ready is None:
                raise BrokenPipeError
            own = ready.get("own", 0)
            # no more than lists can take, should it not be our process that says it
            most = _LISTS_TAKE * len(setup)
            self.own = min(own, most) if isinstance(own, int) and own > 0 else 0
            self._ready = True
            self._rest()

    def ask(self, task: object, limits: Limits, tell: Tell) -> Mapping[str, Any] | None:
        """What it answers to a task; None when it ran into a limit or is gone (:meth:`reason`)."""
        self.asked += 1
        with self._lock:
            self._until = time.monotonic() + limits.longest
            self._memory = (limits.memory + self.own) * _SLACK
            self._most = 0
        try:
            self._send(pickle.dumps(task))
            while (news := self._receive()) is not None:
                if "answer" in news:
                    if not isinstance(news["answer"], Mapping):
                        raise ValueError(news)  # noqa: TRY301 - bad data, not a bad call
                    if news["answer"].get("limit") == "memory":
                        # what is left of its memory is in pieces
                        self.kill("memory")
                        return None
                    if news.get("data") is not True:
                        return news["answer"]
                    data = read_frame(_open(self._child.stdout), DATA)
                    if data is None:
                        raise BrokenPipeError
                    return {**news["answer"], "data": data}
                tell(*_progress(news["progress"]))
        except (OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
            # gone, or it says what no process of ours would say
            self.kill("crash")
        finally:
            self._rest()
        return None

    def ended(self, limits: Limits) -> Why:
        """Which limit ended it: ours, or the one it set itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self.why in {"", "crash"}:
                code = self._child.wait(1)
                if used_up(code):
                    self.why = "time"
                elif code < 0 and self._most > limits.memory * _NEARLY:
                    # a library that gets no more memory ends the whole process
                    self.why = "memory"
        return self.why if self.why in {"time", "memory"} else "crash"  # type: ignore[return-value]

    def look(self) -> None:
        """End it when its time or its memory is used up."""
        with self._lock:
            late = time.monotonic() > self._until
            memory = self._memory
        if late:
            self.kill("time")
        elif memory:
            self._most = max(self._most, resident(self._child.pid) or 0)
            if self._most > memory:
                self.kill("memory")

    def _rest(self) -> None:
        with self._lock:
            self._until, self._memory = float("inf"), 0

    def _send(self, data: bytes) -> None:
        write_frame(_open(self._child.stdin), data)

    def _receive(self) -> dict[str, Any] | None:
        """What it says next; None when it is gone or says what makes no sense."""
        piece = read_frame(_open(self._child.stdout))
        try:
            found = json.loads(piece) if piece is not None else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self.kill(self.why or "crash")
            return None
        return found

    def kill(self, why: str) -> None:
        """End it at once."""
        self.why = self.why or why
        with contextlib.suppress(OSError):
            self._child.kill()

    def close(self) -> None:
        """Let it go; an idle one ends when nobody speaks to it any more."""
        for stream in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                _open(stream).close()
        try:
            self._child.wait(1)
        except subprocess.TimeoutExpired:
            self.kill("closed")
            self._child.wait()


def _progress(said: Any) -> tuple[int, int, Message]:
    done, total, message = said
    if not all(type(each) is int and 0 <= each < _MOST_STEPS for each in (done, total)):
        raise ValueError(said)
    return done, total, Message.from_json(message)


def _open(stream: IO[bytes] | None) -> Any:
    assert stream is not None  # noqa: S101 - both were asked for
    return stream
