"""Many files examined side by side in processes of their own, each file within bounds of time and memory.

A file that makes its process crash, hang or grow without end costs that process and nothing else: it is told
as lost, another process takes the place, and every other file is examined.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from desktop.base.jobs import spawning
from desktop.submission.limits import CLOCK, Limits, confine, resident, spend_at_most, used_up
from desktop.submission.orphans import end_with, undisturbed

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS_EACH = 100
"""A process is replaced after so many items, so that nothing adds up."""
LONGEST = 64 << 20
"""Bytes of one result."""
_STARVED = b"memory"
"""In place of a result."""
_SAYING = 10.0
"""Seconds within which a result has to come once it has begun."""
_SLACK = 1.15
"""Resident memory may pass the limit by so much: the kernel counts a little otherwise."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Why nothing came back for an item: ``crash``, ``time`` or ``memory``."""

    why: str


@dataclass(frozen=True, slots=True)
class Wire(Generic[Item, Result]):
    """How results travel; ``unpacked`` raises ValueError for bytes that are none."""

    packed: Callable[[Result], bytes]
    unpacked: Callable[[Item, bytes], Result]


@dataclass(slots=True)
class _Worker:
    """A process, the line to it, and what it is busy with."""

    process: BaseProcess
    line: Connection
    item: Any = None
    until: float = 0
    memory: float = 0
    done: int = 0
    ready: bool = False


class Crew(Generic[Item, Result]):
    """Processes that do one kind of work.

    ``prepare(*material)`` is called once in each and gives the function that does one item. It is
    module-level, as are the two functions of ``wire``, which make bytes of a result and the result of
    bytes: what comes back is never unpickled, for a hostile file may have got hold of the process.
    """

    def __init__(
        self,
        prepare: Callable[..., Callable[[Item], Result]],
        material: tuple[Any, ...],
        size: int,
        limits: Callable[[Item], Limits],
        wire: Wire[Item, Result],
    ) -> None:
        self._prepare, self._material, self._size, self._limits = prepare, material, max(1, size), limits
        self._wire = wire
        self._workers: list[_Worker] = []
        self._context = spawning()

    def run(
        self, items: Iterable[Item], idle: Callable[[], object] = lambda: None
    ) -> Generator[tuple[Item, Result | Lost]]:
        """Each item with what came of it, in the order in which they are done.

        ``idle`` is called at least four times a second and may raise to stop it all.
        """
        waiting = iter(items)
        try:
            while True:
                self._hand_out(waiting)
                busy = [each for each in self._workers if each.item is not None]
                if not busy:
                    return
                idle()
                ready = set(wait([each.line for each in busy], timeout=0.25))
                for worker in busy:
                    found = self._look(worker, readable=worker.line in ready)
                    if found is not None:
                        yield found
        finally:
            self.stop()

    def _hand_out(self, waiting: Iterator[Item]) -> None:
        """Give every free process something to do, and make processes as long as there is work."""
        while True:
            free = next((each for each in self._workers if each.item is None), None)
            if free is None and len(self._workers) >= self._size:
                return
            try:
                item = next(waiting)
            except StopIteration:
                return
            if free is None:
                free = self._start()
            self._give(free, item)

    def _give(self, worker: _Worker, item: Item) -> None:
        limits = self._limits(item)
        worker.item, worker.done = item, worker.done + 1
        worker.until, worker.memory = time.monotonic() + limits.seconds * CLOCK, limits.memory * _SLACK
        with contextlib.suppress(OSError):  # a process that died meanwhile is found out by looking
            worker.line.send((limits, item))

    def _start(self) -> _Worker:
        mine, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work,
            args=(theirs, self._prepare, self._material, self._wire.packed, os.getpid()),
            daemon=True,
        )
        if sys.platform != "win32":
            # otherwise started with the first process, and lets Ctrl+C through
            resource_tracker.ensure_running()
        with undisturbed():
            process.start()
        theirs.close()
        worker = _Worker(process, mine)
        self._workers.append(worker)
        return worker

    def _look(self, worker: _Worker, *, readable: bool) -> tuple[Item, Result | Lost] | None:
        """What a busy process has to say; None while it works."""
        if readable:
            try:
                said = _received(worker)
            except (EOFError, OSError):
                worker.process.join(1)
                return self._give_up(worker, "time" if used_up(worker.process.exitcode) else "crash")
            if not worker.ready:
                worker.ready = True  # the clock of the first item begins when the process has begun
                worker.until = time.monotonic() + self._limits(worker.item).seconds * CLOCK
                return None
            if said == _STARVED:
                return self._give_up(worker, "memory")
            try:
                result = self._wire.unpacked(worker.item, said)
            except (ValueError, RecursionError):
                return self._give_up(worker, "crash")
            item, worker.item = worker.item, None
            if worker.done >= ITEMS_EACH:
                self._workers.remove(worker)
                _end(worker)
            return item, result
        if worker.ready and time.monotonic() > worker.until:
            return self._give_up(worker, "time")
        if worker.ready and (resident(worker.process.pid or 0) or 0) > worker.memory:
            return self._give_up(worker, "memory")
        return None

    def _give_up(self, worker: _Worker, why: str) -> tuple[Item, Result | Lost]:
        self._workers.remove(worker)
        _end(worker)
        return worker.item, Lost(why)

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes now at work."""
        return tuple(each.process.pid or 0 for each in self._workers)


def _received(worker: _Worker) -> bytes:
    """What a process says; one that begins to say something and does not end is ended.

    Raises EOFError, OSError.
    """
    watch = threading.Timer(_SAYING, worker.process.kill)
    watch.start()
    try:
        return worker.line.recv_bytes(LONGEST)
    finally:
        watch.cancel()


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join(timeout=5)
    worker.line.close()


def _work(
    line: Connection,
    prepare: Callable[..., Callable[[Any], Any]],
    material: tuple[Any, ...],
    packed: Callable[[Any], bytes],
    parent: int,
) -> None:
    """What each process does until nobody asks any more."""
    # Ctrl+C reaches the whole group; whoever asked decides what happens to us
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    with contextlib.suppress(EOFError, OSError):
        do = prepare(*material)
        line.send_bytes(b"ready")
        while True:
            limits, item = line.recv()
            confine(limits.memory)
            spend_at_most(limits.seconds)
            try:
                said = packed(do(item))
            except MemoryError:
                said = _STARVED
            finally:
                spend_at_most(0)
            line.send_bytes(said)
