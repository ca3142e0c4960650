"""Asks one process after another, watches it, and hears whoever gives up."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Generic, Self, TypeVar

from desktop.base.bounded.child import LOOK_EVERY, Child, Why
from desktop.base.bounded.kept import Kept
from desktop.base.bounded.limits import Limits
from desktop.base.bounded.serving import ARGUMENT
from desktop.base.bounded.task import Look
from desktop.base.errors import RancangError
from desktop.base.jobs import Report, command_of, quiet
from desktop.base.message import Message

_TELL_EVERY = 0.1
"""Seconds between two tellings of how far it is, by which a person who gives up is heard."""
C = TypeVar("C", bound=Child)


class Unfinished(RancangError):
    """A file was not read to its end: it took too long or too much, or ended the process that read it."""

    def __init__(self, file: str, why: Why, limits: Limits) -> None:
        messages = {
            "time": Message("base.bounded.time", file=file, seconds=round(limits.seconds)),
            "memory": Message("base.bounded.memory", file=file, megabytes=limits.memory >> 20),
            "crash": Message("base.bounded.crash", file=file),
        }
        super().__init__(messages[why])
        self.why = why


class Asker(Generic[C]):
    """Asks one process after another; a context, at whose end the process is gone, or kept for the next."""

    def __init__(
        self,
        report: Report,
        kept: Kept[C],
        setup: Callable[[], bytes] = bytes,
        first: Message | None = None,
        *,
        keep: bool = True,
    ) -> None:
        """``first`` is told until the process says something itself."""
        self._report, self._kept, self._setup, self._keep = report, kept, setup, keep
        self._first = first if first is not None else Message("base.bounded.opening")
        self._child: C | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            if self._keep:
                self._kept.give(child)
            else:
                child.close()

    def answer_to(
        self, look: Look, doubtful: Callable[[Mapping[str, Any]], bool] = lambda _answer: False
    ) -> tuple[Mapping[str, Any] | None, C]:
        """What the process answers, and the process; no answer where it ran into a limit.

        What fell over, had too little memory, or is ``doubtful`` in a process that was asked before is asked
        once more in a new one: what came before may be to blame. Raises Cancelled, OSError.
        """
        child = self._alive()
        before, answer = child.asked, self._answer(child, look)
        if before and (doubtful(answer) if answer is not None else _wants_room(child, look.limits)):
            child.close()
            self._child = None
            child = self._alive(anew=True)
            answer = self._answer(child, look)
        return answer, child

    def _alive(self, *, anew: bool = False) -> C:
        """The process to ask. Raises OSError."""
        if self._child is None or self._child.gone:
            self.__exit__()
            self._child = self._kept.take() if self._keep and not anew else self._kept.start()
        return self._child

    def _answer(self, child: C, look: Look) -> Mapping[str, Any] | None:
        """What a process answers; None when it ran into a limit. Raises Cancelled."""
        news = queue.SimpleQueue[Any]()

        def work() -> None:
            answer: Mapping[str, Any] | None = None
            said = 0.0

            def tell(*told: Any) -> None:
                nonlocal said
                if time.monotonic() - said >= LOOK_EVERY:
                    said = time.monotonic()
                    news.put(told)

            try:
                child.set_up(self._setup())
                answer = child.ask(look, look.limits, tell)
            except OSError:
                child.kill("crash")
            finally:
                # whatever else goes wrong here: nobody waits for what does not come
                news.put(answer)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            return self._wait(child, news)
        except BaseException:  # whoever gives up, in whatever way, leaves no process at work; raised again
            child.kill("closed")
            raise
        finally:
            thread.join()

    def _wait(self, child: C, news: queue.SimpleQueue[Any]) -> Mapping[str, Any] | None:
        last, look, tell = (0, 0, self._first), 0.0, 0.0
        while True:
            # by the clock, however often it says something
            now = time.monotonic()
            if now >= tell:
                tell = now + _TELL_EVERY
                self._report(*last)
            if now >= look:
                look = now + LOOK_EVERY
                child.look()
            try:
                one = news.get(timeout=LOOK_EVERY)
            except queue.Empty:
                continue
            if not isinstance(one, tuple):
                found: Mapping[str, Any] | None = one
                return found
            last = one


def _wants_room(child: Child, limits: Limits) -> bool:
    """Whether it fell over or had too little memory; time is each look's own."""
    return child.ended(limits) in {"memory", "crash"}


def _command() -> list[str]:
    return command_of("desktop.base.bounded.serving", ARGUMENT)


def _start() -> Child:
    return Child(_command())


THEIRS = Kept(_start, most=2)
"""For files of strangers: the page that is read and the small ones beside it are drawn at the same time."""
OURS = Kept(_start)
"""For what this program made itself: no stranger's file is ever read by this one, nor holds it up."""


def ask(look: Look, file: str, report: Report = quiet, kept: Kept[Child] = THEIRS) -> Mapping[str, Any]:
    """What comes of looking at a file of this name, in a process with limits, kept for the next file.

    Raises Unfinished, Cancelled.
    """
    return apart(look, file, report, kept)


def apart(look: Look, file: str, report: Report, kept: Kept[Child]) -> Mapping[str, Any]:
    """See :func:`ask`; where tests have it done in their own process."""
    try:
        with Asker(report, kept) as asker:
            answer, child = asker.answer_to(look)
    except OSError as error:
        raise Unfinished(file, "crash", look.limits) from error
    if answer is None:
        raise Unfinished(file, child.ended(look.limits), look.limits)
    return answer
