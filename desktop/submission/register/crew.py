"""Many files examined side by side in processes of their own, each file within bounds of time and memory.

A file that makes its process crash, hang or grow without end costs that process and nothing else: it is told
as lost, another process takes the place, and every other file is examined.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MEGABYTE = 1 << 20
MEMORY = 768 * MEGABYTE
"""Bytes a process may reserve beyond what it needs to begin with."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Why nothing came back for an item: ``crash``, ``time`` or ``memory``."""

    why: str


@dataclass(slots=True)
class _Worker:
    """A process, the line to it, and what it is busy with."""

    process: BaseProcess
    line: Connection
    item: Any = None
    until: float = 0
    ready: bool = False


class Crew(Generic[Item, Result]):
    """Processes that do one kind of work.

    ``prepare(*material)`` is called once in each and gives the function that does one item; both are
    module-level, and items and results travel pickled.
    """

    def __init__(
        self,
        prepare: Callable[..., Callable[[Item], Result]],
        material: tuple[Any, ...],
        size: int,
        seconds: Callable[[Item], float],
    ) -> None:
        self._prepare, self._material, self._size, self._seconds = prepare, material, max(1, size), seconds
        self._workers: list[_Worker] = []
        self._context = multiprocessing.get_context("spawn")

    def run(
        self, items: Iterable[Item], idle: Callable[[], object] = lambda: None
    ) -> Iterator[tuple[Item, Result | Lost]]:
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
            free.item, free.until = item, time.monotonic() + self._seconds(item)
            with contextlib.suppress(OSError):  # a process that died meanwhile is found out by looking
                free.line.send(item)

    def _start(self) -> _Worker:
        mine, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._prepare, self._material), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, mine)
        self._workers.append(worker)
        return worker

    def _look(self, worker: _Worker, *, readable: bool) -> tuple[Item, Result | Lost] | None:
        """What a busy process has to say; None while it works."""
        if readable:
            try:
                said = worker.line.recv()
            except (EOFError, OSError):
                return self._give_up(worker, "crash")
            except Exception:  # noqa: BLE001 - whatever a process gone astray sends instead of a result
                return self._give_up(worker, "crash")
            if not worker.ready:
                worker.ready = True  # the clock of the first item begins when the process has begun
                worker.until = time.monotonic() + self._seconds(worker.item)
                return None
            item, worker.item = worker.item, None
            return item, said
        if worker.ready and time.monotonic() > worker.until:
            return self._give_up(worker, "time")
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


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join(timeout=5)
    worker.line.close()


def _work(line: Connection, prepare: Callable[..., Callable[[Any], Any]], material: tuple[Any, ...]) -> None:
    """What each process does until nobody asks any more."""
    # Ctrl+C reaches the whole group; whoever asked decides what happens to us
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        do = prepare(*material)
        _bound_memory()
        line.send("ready")
        while True:
            item = line.recv()
            try:
                said = do(item)
            except MemoryError:
                said = Lost("memory")
            line.send(said)


def _bound_memory() -> None:
    """Where the system allows it, the process cannot reserve without end."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of ours
            pages = int(file.read().split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
