"""How quick a grid of 10,000 rows is, as ratios to what a person notices (above 1 is too slow).

Run by hand, with the folder of the checkout as PYTHONPATH: python tests/bench/bench_grid.py [rows]
The plan is read from memory, so that only the window's own work is measured, not the file's, and in
time of the processor, so that other work on the computer does not count.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["RANCANG_HOME"] = tempfile.mkdtemp(prefix="rancang-bench-")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.guideline import write_pack
from desktop.ui import application
from desktop.ui.journey import Stop
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Cell, Row, Text

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny-pack"
STEP, KEY = 50.0, 16.0
"""Milliseconds for a scroll, sort, filter or refresh, and for a key while typing (99 of 100)."""


def report(name: str, taken: list[float], limit: float) -> float:
    """One line: the median, the slowest of a hundred, and the ratio to the limit."""
    taken.sort()
    slow = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    sys.stdout.write(f"{name:<46}{taken[len(taken) // 2]:8.1f} ms{slow:8.1f} ms   x {slow / limit:.2f}\n")
    sys.stdout.flush()
    return slow / limit


def timed(app: QApplication, act: Callable[[int], object], times: int) -> list[float]:
    """Milliseconds of each call, painting included."""
    out = []
    for turn in range(times):
        started = time.process_time()
        act(turn)
        app.processEvents()
        out.append((time.process_time() - started) * 1000)
    return out


def rows_of(count: int) -> tuple[Row, ...]:
    """Rows of the tiny guideline's free worksheet."""
    empty = Text()
    return tuple(
        Row(
            f"row-{n}", "wishes", "", "", f"{n:06d}",
            {
                "wish": Cell(None, Text({"id": f"Taman {n * 7919 % count} di desa {n % 97}"})),
                "by": Cell(f"Warga {n * 31 % 1000}", empty),
                "cost": Cell(n * 104_729 % 10_000_000, empty),
                "dim": Cell(("air", "udara", "tanah")[n % 3], empty),
                "urgent": Cell(n % 2 == 0, empty),
            },
        )
        for n in range(count)
    )  # fmt: skip


def measure(count: int) -> list[float]:
    """Everything, over one worksheet."""
    app = QApplication.instance() or QApplication([])
    window = application.build(app)
    window.resize(1280, 720)
    window.show()
    session = window.session
    path = Path(os.environ["RANCANG_HOME"]) / "a.rancang"
    session.adopt(
        Workspace.create(
            path,
            region="18.07",
            first_year=2027,
            last_year=2030,
            pack=write_pack(TINY),
            author=Author("Sari"),
        )
    )
    window.workbench.visit(Stop("worksheet", "wishes"))
    app.processEvents()
    grid = window.workbench.current.grid
    rows, plan = rows_of(count), session.plan

    def show(now: tuple[Row, ...]) -> None:
        session._plan = replace(plan, rows={"wishes": now})
        grid.refresh()

    found = []
    started = time.process_time()
    window.workbench.current.show_agency("")
    show(rows)
    app.processEvents()
    found.append(report(f"first look at {count} rows", [(time.process_time() - started) * 1000], 2 * STEP))
    while grid.model._ahead.isActive():
        app.processEvents()
    started = time.process_time()
    gc.collect()
    report("(one full pass of the garbage collector)", [(time.process_time() - started) * 1000], 2 * STEP)
    # What follows is the grid's own time: such a pass may fall into any of it.
    gc.freeze()
    gc.disable()
    table = grid.table
    bar = table.verticalScrollBar()
    found.append(report("scroll by a page", timed(app, lambda n: bar.setValue(n * 37), 100), STEP))
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    for column, name in ((0, "text"), (2, "rupiah"), (3, "choice")):
        found.append(
            report(
                f"sort by {name}",
                timed(app, lambda n, c=column: table.sortByColumn(c, orders[n % 2]), 8),
                STEP,
            )
        )
    table.heads.setSortIndicator(-1, orders[0])
    words = ("taman 12", "warga 9", "desa", "")
    found.append(
        report("search all columns", timed(app, lambda n: grid.model.search(words[n % 4]), 12), STEP)
    )
    app.processEvents()

    def edit(n: int) -> None:
        nonlocal rows
        at = n * 97 % count
        row = rows[at]
        cells = {**row.cells, "by": Cell(f"Ratna {n}", Text())}
        rows = (*rows[:at], replace(row, cells=cells), *rows[at + 1 :])
        show(rows)

    found.append(report("refresh after an edit", timed(app, edit, 30), STEP))

    def fresh(n: int) -> None:
        nonlocal rows
        # As after reading everything again: equal rows that are other objects.
        rows = rows_of(count)
        started = time.process_time()
        show(rows)
        app.processEvents()
        apart.append((time.process_time() - started) * 1000)

    apart: list[float] = []
    for n in range(6):
        fresh(n)
    found.append(report("refresh after the plan was read anew", apart, STEP))
    found.append(report("totals", timed(app, lambda _n: grid.model.totals(), 20), STEP))
    table.setFocus()
    table.go((5, 0))
    keys = (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)
    found.append(report("arrow keys", timed(app, lambda n: QTest.keyClick(table, keys[n % 4]), 200), KEY))
    control = Qt.KeyboardModifier.ControlModifier
    edges = (Qt.Key.Key_Down, Qt.Key.Key_Up)
    found.append(
        report(
            "Ctrl+arrow over all rows",
            timed(app, lambda n: QTest.keyClick(table, edges[n % 2], control), 10),
            STEP,
        )
    )
    table.go((5, 1))
    table.edit(table.currentIndex())
    app.processEvents()
    editor = app.focusWidget()
    found.append(
        report("typing in a cell", timed(app, lambda n: QTest.keyClick(editor, "abc de"[n % 6]), 200), KEY)
    )
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    found.append(report("select everything", timed(app, lambda _n: table.selectAll(), 3), STEP))
    started = time.process_time()
    table.copy()
    found.append(report("copy everything", [(time.process_time() - started) * 1000], 10 * STEP))
    session._plan = plan
    gc.enable()
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.setStyleSheet("")
    return found


if __name__ == "__main__":
    sys.exit(max(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)) > 1)
