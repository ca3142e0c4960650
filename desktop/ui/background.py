"""Work of a second or less that would make the window stutter: done in a thread while the window paints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QThread

T = TypeVar("T")


class _Worker(QThread, Generic[T]):
    """Runs one function and keeps what came of it."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__()
        self._work = work
        self.made: list[T] = []
        self.problem: BaseException | None = None

    def run(self) -> None:
        try:
            self.made.append(self._work())
        except BaseException as problem:  # noqa: BLE001 - handed on to whoever asked, in the other thread
            self.problem = problem


def beside(work: Callable[[], T]) -> T:
    """Do something in a thread and wait for it; the window paints meanwhile, clicks and keys wait.

    For work that must hand over something alive (an open workspace); what takes longer is a job in a
    process of its own (:mod:`desktop.base.jobs`), with a bar and a way to stop it. Raises what the work
    raises.
    """
    if QCoreApplication.instance() is None:
        return work()
    worker: _Worker[T] = _Worker(work)
    loop = QEventLoop()
    worker.finished.connect(loop.quit)
    worker.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    worker.wait()
    if worker.problem is not None:
        raise worker.problem
    return worker.made[0]
