"""Long work runs in a process of its own, tells how far it is, and can be stopped.

The window must never stutter while a book is laid out, so a job is a module-level function
``work(report, *arguments)`` with picklable arguments and result. The command line calls the same
function in its own process.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from desktop.base.errors import Cancelled, RancangError
from desktop.base.message import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``done`` of ``total`` steps (``total`` 0 = not known), and what it does now."""

    done: int
    total: int
    message: Message


class Report(Protocol):
    """What a job calls to tell its progress; it raises :class:`Cancelled` when the person gave up."""

    def __call__(self, done: int, total: int, message: Message) -> None:
        """Tell that ``done`` of ``total`` steps are done and what happens now."""


def quiet(done: int, total: int, message: Message) -> None:
    """A report that nobody reads."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that ended with a sentence instead of a result."""

    message: Message
    exit_code: int


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A job that ended well."""

    result: T


def _end_with(starter: BaseProcess) -> None:
    """End this process when the one is gone that started it: there is nobody left to work for."""
    starter.join()
    os._exit(1)


def _child(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    def report(done: int, total: int, message: Message) -> None:
        pipe.send(("progress", done, total, message.to_json()))

    starter = multiprocessing.parent_process()
    if starter is not None:
        # what it starts in turn ends with it, as it does itself with whoever started it
        multiprocessing.current_process().daemon = False
        threading.Thread(target=_end_with, args=(starter,), daemon=True).start()
    try:
        pipe.send(("done", work(report, *arguments)))
    except RancangError as error:
        pipe.send(("failed", error.message.to_json(), error.exit_code))
    except BrokenPipeError:
        pass  # whoever asked is gone, and nobody is to be told of it
    except Exception as error:  # noqa: BLE001 - the crash boundary of this process
        from desktop.base.crash import note_crash

        pipe.send(("failed", Message("base.crash", file=str(note_crash(error))).to_json(), 2))
    finally:
        pipe.close()


def spawning() -> SpawnContext:
    """How processes of this program are started.

    Python looks for modules in the current folder first, and that may be where a stranger's package lies
    with a ``json.py`` beside it: a new process is told not to, before it imports anything.
    """
    os.environ["PYTHONSAFEPATH"] = "1"
    return multiprocessing.get_context("spawn")


def command_of(module: str, argument: str) -> list[str]:
    """How the ``main`` of a module of ours becomes a process: from the sources, as a package, or frozen.

    ``argument``: what the program itself is called with for that, where it is frozen.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, argument]
    home = str(Path(__file__).parents[2])
    start = f"import sys; sys.path.insert(0, {home!r}); from {module} import main; main()"
    # -P: not from the current folder, where a json.py may lie beside the file that is opened
    return [sys.executable, "-P", "-c", start]


class Job(Generic[T]):
    """One running job in a process of its own. The owner polls it; nothing here blocks."""

    def __init__(self, work: Callable[..., T], *arguments: Any) -> None:
        context = spawning()
        self._pipe, child_end = context.Pipe(duplex=False)
        self._process = context.Process(target=_child, args=(child_end, work, arguments), daemon=True)
        self._process.start()
        child_end.close()
        self._ended = False

    def poll(self) -> list[Progress | Done[T] | Failed]:
        """What happened since the last call; the last entry of the last list is Done or Failed."""
        news: list[Progress | Done[T] | Failed] = []
        while not self._ended:
            try:
                if not self._pipe.poll():
                    break
                news.append(self._read(self._pipe.recv()))
            except (EOFError, OSError):
                news.append(Failed(Message("base.job.died"), 2))
                self._ended = True
            if self._ended:
                self._close()
        return news

    def _read(self, item: tuple[Any, ...]) -> Progress | Done[T] | Failed:
        match item:
            case ("progress", done, total, message):
                return Progress(done, total, Message.from_json(message))
            case ("done", result):
                self._ended = True
                return Done(result)
            case (_, message, exit_code):
                self._ended = True
                return Failed(Message.from_json(message), exit_code)
        raise AssertionError(item)

    def cancel(self) -> None:
        """Stop the process at once. The job only reads a snapshot, so nothing can be half-written."""
        if not self._ended:
            self._ended = True
            self._process.terminate()
            self._close()

    def _close(self) -> None:
        self._process.join(timeout=5)
        self._pipe.close()

    @property
    def running(self) -> bool:
        """Whether a result is still to come."""
        return not self._ended


class ThreadedJob(Job[T]):
    """A job in a thread, for work that itself hands out to processes which outlive it.

    What it does in its own thread is little; it is stopped when it next reports.
    """

    def __init__(self, work: Callable[..., T], *arguments: Any) -> None:
        self._news: queue.SimpleQueue[Progress | Done[T] | Failed] = queue.SimpleQueue()
        self._given_up = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, args=(work, arguments), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[..., T], arguments: tuple[Any, ...]) -> None:
        def report(done: int, total: int, message: Message) -> None:
            if self._given_up.is_set():
                raise Cancelled
            self._news.put(Progress(done, total, message))

        try:
            self._news.put(Done(work(report, *arguments)))
        except RancangError as error:
            self._news.put(Failed(error.message, error.exit_code))
        except Exception as error:  # noqa: BLE001 - the crash boundary of this thread
            from desktop.base.crash import note_crash

            self._news.put(Failed(Message("base.crash", file=str(note_crash(error))), 2))

    def poll(self) -> list[Progress | Done[T] | Failed]:
        """See :class:`Job`."""
        news: list[Progress | Done[T] | Failed] = []
        while not self._ended and not self._news.empty():
            news.append(self._news.get())
            self._ended = isinstance(news[-1], Done | Failed)
        return news

    def cancel(self) -> None:
        """Ask it to stop, and wait until it has; it reports several times a second."""
        self._ended = True
        self._given_up.set()
        self._thread.join(timeout=5)


__all__ = ["Cancelled", "Done", "Failed", "Job", "Progress", "Report", "ThreadedJob", "quiet"]
