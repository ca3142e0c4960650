"""What is remembered on this computer of a document that is left: how far it is, and what was seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base import clock
from desktop.ui.checking import SLICE
from desktop.ui.roles import REVIEWERS

if TYPE_CHECKING:
    from desktop.checks import Report
    from desktop.guideline.pack import Pack
    from desktop.ui.settings import SettingsFile
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Plan

SEEN = 50
"""Documents of which it is remembered how far they were when they were left."""


class SummingUp(QObject):
    """Remembers how far a document is that was left: the start screen tells it without opening the file.

    It is worked out a few milliseconds at a time after the document was left, over the plan as it stood
    then, so that nobody waits for it.
    """

    told = Signal(object)
    """How far the document at this path is stands in the settings now."""

    def __init__(self, kept: SettingsFile, parent: QObject) -> None:
        super().__init__(parent)
        self._kept = kept
        self._waiting: dict[Path, Iterator[dict[str, int | bool] | None]] = {}
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._go_on)

    def of(self, path: Path, plan: Plan, pack: Pack, report: Report | None) -> None:
        """A document is left; ``report``: what its checks found, None where they were not done."""
        self._waiting[path] = _summed(plan, pack, report)
        self._slices.start()

    def finish(self) -> None:
        """The program ends: do at once what is left."""
        while self._waiting:
            self._go_on()

    def _go_on(self) -> None:
        path = next(iter(self._waiting), None)
        if path is None:
            self._slices.stop()
            return
        until = monotonic() + SLICE / 1000
        # out of the way first: what raises here is not begun again and again
        steps = self._waiting.pop(path)
        for found in steps:
            if found is not None:
                self._kept.keep(self._kept.value.summed_up(path, **found))
                self.told.emit(path)
                return
            if monotonic() > until:
                self._waiting = {path: steps, **self._waiting}
                return


def _summed(plan: Plan, pack: Pack, report: Report | None) -> Iterator[dict[str, int | bool] | None]:
    """How far a document is, in small steps: None until it is known."""
    from desktop.checks import checking
    from desktop.checks.progress import measuring

    wanted = 0
    for found in (report,) if report is not None else checking(plan, pack):
        if found is None:
            yield None
        else:
            wanted = len(found.mandatory)
    for measured in measuring(plan, pack):
        if measured is None:
            yield None
        else:
            yield {"percent": measured.percent, "mandatory": wanted, "example": plan.example}


def remember_place(kept: SettingsFile, workspace: Workspace, held: str) -> None:
    """What arrives after this is new to the person when they come back; ``held`` as in a session."""
    from desktop.exchange.newness import mark_seen

    mark_seen(workspace)
    settings = kept.value
    seen = {key: place for key, place in settings.seen.items() if key != workspace.id}
    newest = dict(list(seen.items())[-SEEN:]) | {workspace.id: workspace.position}
    at = clock.now().isoformat(timespec="seconds")
    visited = {key: settings.visited.get(key, "") for key in newest} | {workspace.id: at}
    kept.keep(replace(settings, seen=newest, visited=visited))
    if held in set(REVIEWERS) and not settings.shelf:
        # whoever reviews one region soon reviews several, and keeps them together
        kept.keep(replace(kept.value, shelf=str(workspace.path.parent)))
