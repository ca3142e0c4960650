"""How quickly every page of the large plan opens (150 ms) and everything is checked (500 ms).

Run by hand, with the folder of the checkout as PYTHONPATH: python tests/bench/bench_pages.py [FILE] [--views]
FILE is a plan made before by tests.large. Milliseconds of the window's own processor time, and beside them
those of the clock, which on a busy machine are more. ``open`` is from the step to the painted page, ``rest``
what is made after that between the turns of the window, ``block`` the longest of those turns.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["RANCANG_HOME"] = tempfile.mkdtemp(prefix="rancang-bench-")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop.base import Message
from desktop.checks import check
from desktop.checks.progress import by_agency, by_person, progress
from desktop.checks.registry import known_checks
from desktop.ui import application
from desktop.ui.journey import Stop
from desktop.ui.pages.directory import KINDS
from desktop.ui.views import View, offered
from desktop.workspace import Workspace
from tests import large

LABEL = Message("ui.op.add_programme")
PAGE, CHECK = 150.0, 500.0
"""Milliseconds a page may take to open after the first time, and the check of everything."""
CALM, SHORT, PATIENCE = 12, 0.002, 20.0
"""Turns of the loop without work that mean rest; what is no work; seconds after which nobody waits."""


@dataclass(frozen=True)
class Taken:
    """Milliseconds of the processor and of the clock until the page is seen; then what follows."""

    processor: float
    clock: float
    rest: float
    block: float


class Bench:
    """The window with the large plan open."""

    def __init__(self, path: Path) -> None:
        self.app = QApplication.instance() or QApplication([])
        self.window = application.build(self.app)
        self.window.resize(1280, 720)
        self.window.show()
        self.session = self.window.session
        self.session.remember(name="Sari")
        self.window.open_path(path)
        self.session.check_now()
        self.settle()

    def settle(self) -> tuple[float, float]:
        """Let everything happen; milliseconds of processor time that took, and its longest turn."""
        began = time.thread_time()
        until, calm, block = time.monotonic() + PATIENCE, 0, 0.0
        while calm < CALM and time.monotonic() < until:
            turn = time.thread_time()
            self.app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            spent = time.thread_time() - turn
            block = max(block, spent)
            calm = calm + 1 if spent < SHORT else 0
        return (time.thread_time() - began) * 1000, block * 1000

    def open(self, stop: Stop, view: View = View.FIELDS) -> Taken:
        """Go to a page and wait until it is at rest."""
        if self.session.settings.view != view:
            self.session.remember(view=view)
            self.settle()
        began, clock = time.thread_time(), time.perf_counter()
        self.window.workbench.visit(stop)
        self.window.workbench.grab()
        taken = (time.thread_time() - began) * 1000, (time.perf_counter() - clock) * 1000
        return Taken(*taken, *self.settle())

    def stops(self, *, views: bool) -> list[tuple[Stop, View]]:
        """Every stop of the journey, every other kind of page, and a programme."""
        journey = self.window.workbench.journey
        known = [*journey.stops, *journey.advanced.stops]
        known += [Stop(kind.id) for kind in KINDS.values() if kind.title and Stop(kind.id) not in known]
        known.append(Stop("programmes", self.session.plan.programmes[7].id))
        if not views:
            return [(stop, View.FIELDS) for stop in known]
        return [
            (stop, view)
            for view in View
            for stop in known
            if view in (offered(self.session.pack, stop) or (View.FIELDS,))
        ]

    def edit(self, turn: int) -> None:
        """A small edit elsewhere."""
        programme = self.session.plan.programmes[turn % 40].id
        with self.session.change(LABEL) as op:
            op.set("programme", programme, status=f"{turn}")
        self.session.checking._later.stop()

    def pages(self, *, views: bool) -> bool:
        """All pages, the first time, again, and again after an edit elsewhere; whether all are in time."""
        stops = self.stops(views=views)
        first = {each: self.open(*each) for each in stops}
        again = {each: self.open(*each) for each in stops}
        edited = {}
        for turn, each in enumerate(stops):
            self.edit(turn)
            self.settle()
            edited[each] = self.open(*each)
        for title, found in (("again", again), ("after an edit", edited), ("first", first)):
            say(f"\n{title:<52}{'open':>9}{'clock':>9}{'rest':>9}{'block':>9}")
            for (stop, view), taken in sorted(found.items(), key=lambda each: -each[1].processor):
                name = f"{stop.page} {stop.ref[:24]} {'' if view is View.FIELDS else view.value}"
                say(f"{name:<52}{taken.processor:9.1f}{taken.clock:9.1f}{taken.rest:9.1f}{taken.block:9.1f}"
                    f"{'  over' if taken.processor > PAGE else ''}")  # fmt: skip
        return all(each.processor <= PAGE for each in (*again.values(), *edited.values()))


def say(line: str) -> None:
    """One line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(name: str, act: Callable[[], object], limit: float = 0.0) -> bool:
    """One line: the processor's and the clock's milliseconds, and the ratio to a limit."""
    gc.collect()
    began, clock = time.thread_time(), time.perf_counter()
    act()
    taken, passed = (time.thread_time() - began) * 1000, (time.perf_counter() - clock) * 1000
    beside = f"   x {taken / limit:.2f}" if limit else ""
    say(f"{name:<52}{taken:9.1f} ms{passed:9.1f} ms{beside}")
    return not limit or taken <= limit


def work(workspace: Workspace) -> bool:
    """Reading, checking and measuring the plan without a window."""
    pack, plan = workspace.pack(), workspace.plan()

    def reread() -> None:
        workspace._plan = workspace._reader = None
        workspace.plan()

    good = timed("the whole plan read", reread)
    known_checks()  # their modules are loaded beside the start screen
    good &= timed("check of everything, nothing known yet", lambda: check(workspace.plan(), pack), CHECK)
    reread()
    good &= timed("check of everything, the plan read anew", lambda: check(workspace.plan(), pack), CHECK)
    biggest = {
        "programme": (plan.programmes[3].id, {"status": "x"}),
        "attendance": (plan.meetings[3].attendance[5].id, {"office": "x"}),
        "member": (plan.bodies[0].members[5].id, {"institution": "x"}),
        "input": (plan.inputs[300].id, {"author": "x"}),
        "evidence": (plan.evidence[30].id, {"taken_on": "2026-01-02"}),
        "score": (plan.scores[3].id, {"note": "x"}),
    }

    def edit(table: str, row: str, values: dict[str, Any]) -> None:
        with workspace.operation(LABEL) as op:
            op.set(table, row, **values)
        workspace.plan()

    for table, (row, values) in biggest.items():
        timed(f"an edit in {table}, and the plan", lambda t=table, r=row, v=values: edit(t, r, v))
    sheet = next(rows for rows in plan.rows.values() if rows and rows[0].cells)

    def paste(count: int) -> None:
        """Cells of rows that are there, some of which are filled and some not."""
        rows = [row for rows in plan.rows.values() for row in rows]
        with workspace.operation(LABEL) as op:
            for number in range(count):
                op.cell(rows[number % len(rows)].id, f"pasted{number // len(rows)}", f"{number}")
        workspace.plan()

    def one_cell() -> None:
        with workspace.operation(LABEL) as op:
            op.cell(sheet[0].id, next(iter(sheet[0].cells)), "x")
        workspace.plan()

    timed("an edit in a cell, and the plan", one_cell)
    good &= timed("check of everything after an edit", lambda: check(workspace.plan(), pack), CHECK)
    timed("progress", lambda: progress(workspace.plan(), pack))
    timed("progress by agency and person", lambda: _everybody(workspace))
    timed("1,250 cells pasted", lambda: paste(1_250))
    timed("undone", lambda: (workspace.undo(), workspace.plan()))
    return good


def _everybody(workspace: Workspace) -> None:
    plan, pack = workspace.plan(), workspace.pack()
    by_agency(plan, pack)
    by_person(plan, pack, progress(plan, pack))


def main(words: list[str]) -> int:
    """Everything, over a copy."""
    files = [Path(word) for word in words if not word.startswith("-")]
    path = Path(os.environ["RANCANG_HOME"]) / "besar.rancang"
    if files:
        shutil.copy(files[0], path)
    else:
        large.build(path).close()
    with Workspace.open(path) as workspace:
        good = work(workspace)
    bench = Bench(path)
    good &= bench.pages(views="--views" in words)
    bench.session.leave()
    bench.window.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
