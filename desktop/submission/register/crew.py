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

from desktop.base.bounded.limits import Limits, confine, resident, spend_at_most, used_up
from desktop.base.bounded.orphans import end_with, undisturbed
from desktop.base.jobs import spawning

Item = TypeVar("Item")
Result = TypeVar("Result")

_READY = b"ready:"
"""Before the bytes that a process holds of what it was told."""
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
class Prepared(Generic[Item, Result]):
    """What a process can do, and how many bytes it holds of what the program itself told it: no item's."""

    do: Callable[[Item], Result]
    own: int = 0


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
    again: bool = False
    ready: bool = False
    own: int = 0


class Crew(Generic[Item, Result]):
    """Processes that do one kind of work.

    ``prepare(*material)`` is called once in each and gives the function that does one item. It is
    module-level, as are the two functions of ``wire``, which make bytes of a result and the result of
    bytes: what comes back is never unpickled, for a hostile file may have got hold of the process.

    What ended its process, or had too little memory (``short``), after the process had done others, is done
    once more in a new one: it may have run out of what those left behind. What ended the process that began
    with it is as well: the system may have ended that, for want of memory.
    """

    def __init__(
        self,
        prepare: Callable[..., Prepared[Item, Result]],
        material: tuple[Any, ...],
        size: int,
        limits: Callable[[Item], Limits],
        wire: Wire[Item, Result],
        short: Callable[[Result], bool] = lambda _result: False,
    ) -> None:
        self._prepare, self._material, self._size, self._limits = prepare, material, max(1, size), limits
        self._wire, self._short = wire, short
        self._again: list[Item] = []
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
                if not busy and not self._again:
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
            if self._again:
                if free is not None:
                    self._dismiss(free)
                fresh = self._start()
                fresh.again = True
                self._give(fresh, self._again.pop())
                continue
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
        worker.until = time.monotonic() + limits.longest
        worker.memory = (limits.memory + worker.own) * _SLACK
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
                limits, own = self._limits(worker.item), said.removeprefix(_READY)
                worker.own = int(own) if said.startswith(_READY) and own.isdigit() and len(own) < 11 else 0
                worker.until = time.monotonic() + limits.longest
                worker.memory = (limits.memory + worker.own) * _SLACK
                return None
            if said == _STARVED:
                return self._give_up(worker, "memory")
            try:
                result = self._wire.unpacked(worker.item, said)
            except (ValueError, RecursionError):
                return self._give_up(worker, "crash")
            if self._short(result):
                return None if self._once_more(worker) else (worker.item, result)
            item, worker.item = worker.item, None
            if worker.done >= ITEMS_EACH:
                self._dismiss(worker)
            return item, result
        if worker.ready and time.monotonic() > worker.until:
            return self._give_up(worker, "time")
        if worker.ready and (resident(worker.process.pid or 0) or 0) > worker.memory:
            return self._give_up(worker, "memory")
        return None

    def _give_up(self, worker: _Worker, why: str) -> tuple[Item, Result | Lost] | None:
        if why == "time":
            # time is each item's own
            self._dismiss(worker)
            return worker.item, Lost(why)
        return None if self._once_more(worker, ended=why == "crash") else (worker.item, Lost(why))

    def _once_more(self, worker: _Worker, *, ended: bool = False) -> bool:
        """Whether the item gets a new process; this one is ended in any case."""
        self._dismiss(worker)
        more = worker.done > 1 or (ended and not worker.again)
        if more:
            self._again.append(worker.item)
        return more

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _end(worker)

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
    prepare: Callable[..., Prepared[Any, Any]],
    material: tuple[Any, ...],
    packed: Callable[[Any], bytes],
    parent: int,
) -> None:
    """What each process does until nobody asks any more."""
    # Ctrl+C reaches the whole group; whoever asked decides what happens to us
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    with contextlib.suppress(EOFError, OSError):
        made = prepare(*material)
        line.send_bytes(_READY + str(made.own).encode())
        while True:
            limits, item = line.recv()
            confine(limits.memory + made.own)
            spend_at_most(limits.seconds)
            try:
                said = packed(made.do(item))
            except MemoryError:
                said = _STARVED
            finally:
                spend_at_most(0)
            line.send_bytes(said)
