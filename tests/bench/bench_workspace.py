"""How long the workspace takes, beside what its prototype took on an idle machine of the same kind.

Run by hand, with the folder of the checkout as PYTHONPATH: python tests/bench/bench_workspace.py
Ratios above 1 are slower than the prototype; a busy machine makes all of them larger.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.base import Message
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace
from desktop.workspace.merge import RowOps

ROOT = Path(__file__).resolve().parents[2]
LABEL_ID = "workspace.label.resolve"


def report(name: str, milliseconds: float, prototype: float | None) -> None:
    """One line: what, how long, and the ratio to the prototype where there is one."""
    beside = f"{prototype:8.1f} ms   x {milliseconds / prototype:.1f}" if prototype else ""
    sys.stdout.write(f"{name:<58}{milliseconds:9.1f} ms{beside}\n")
    sys.stdout.flush()


def timed(act: Callable[[], object], times: int = 1) -> float:
    """Milliseconds per call."""
    started = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - started) / times * 1000


def main() -> None:
    """Measure everything in a folder that is thrown away."""
    label = Message(LABEL_ID)
    folder = Path(tempfile.mkdtemp(prefix="rancang-bench-"))
    os.environ["RANCANG_HOME"] = str(folder / "home")
    workspace = Workspace.create(
        folder / "a.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=write_pack(ROOT / "tests" / "data" / "tiny-pack"), author=Author("Sari"),
    )  # fmt: skip
    rows: list[str] = []
    text = " ".join(f"Kalimat {n} tentang layanan publik di kabupaten ini." for n in range(40))

    def ten_thousand() -> None:
        with workspace.operation(label) as op:
            for n in range(2_000):
                row = op.insert("programme", title={"id": f"Program {n}"}, service={"id": text[:400]})
                rows.append(row)
                for year in range(2026, 2030):
                    op.put("budget_line", programme=row, year=year, source="apbd", indicative=n)

    count = itertools.count()

    def one_field() -> None:
        n = next(count)
        with workspace.operation(label) as op:
            op.set("programme", rows[n % 100], code=f"c{n}")

    def thousand_rows() -> None:
        with workspace.operation(label) as op:
            for row in rows[:1000]:
                op.set("programme", row, status="x")

    def fresh_plan() -> None:
        workspace._plan = None
        workspace.plan()

    report("10,000 rows in one operation", timed(ten_thousand), 626)
    report("one-field commit among 10,000 rows", timed(one_field, 50), 3.8)
    report("one commit changing 1,000 rows", timed(thousand_rows), 122)
    report("plan() of 10,000 rows", timed(fresh_plan, 3), None)
    report("can_undo and can_redo", timed(lambda: (workspace.can_undo, workspace.can_redo), 10), None)
    report("undo of the 1,000 rows", timed(workspace.undo), None)
    report("history of one field", timed(lambda: workspace.history("programme", rows[1], "code"), 20), 1.4)
    report("self-check: every hash and every row anew", timed(workspace.self_check), 1500)

    path = workspace.path
    workspace.close()
    Workspace.open(path).close()
    report(
        "open and close, nothing changed since the last backup",
        timed(lambda: Workspace.open(path).close()),
        14,
    )

    other = folder / "b.rancang"
    shutil.copy(path, other)
    os.environ["RANCANG_HOME"] = str(folder / "other home")
    started = time.perf_counter()
    theirs = Workspace.open(other, author=Author("Budi"))
    report("first opening of a copy from elsewhere", (time.perf_counter() - started) * 1000, None)
    for n in range(1000):
        with theirs.operation(label) as op:
            op.set("programme", rows[n], code=f"b{n}")
    theirs.close()
    os.environ["RANCANG_HOME"] = str(folder / "home")
    workspace = Workspace.open(path)
    for n in range(0, 100, 2):
        with workspace.operation(label) as op:
            op.set("programme", rows[n], code=f"a{n}")
    report("preview of 1,000 edits", timed(lambda: workspace.preview(other)), 140)
    report("bring back 1,000 edits", timed(lambda: workspace.bring_back(other)), 232)

    size = path.stat().st_size
    versions = 2_000
    place = rows[1500]

    def write(n: int) -> None:
        with workspace.operation(label) as op:
            op.write("programme", place, "before", "id", text.replace("Kalimat 7 ", f"Kalimat 7-{n} "))

    write(0)
    middle = (path.stat().st_size, time.perf_counter())
    for n in range(1, versions):
        write(n)
    report(
        f"each of {versions:,} versions of one text",
        (time.perf_counter() - middle[1]) / versions * 1000,
        None,
    )
    report(
        f"the {versions:,} versions read again",
        timed(lambda: workspace._journal.load([("programme", place)])),
        None,
    )
    sys.stdout.write(
        f"file: {size / 1e6:.1f} MB, and {path.stat().st_size - middle[0]:,} bytes for the versions\n"
    )
    branched(workspace, folder, place, label)
    workspace.close()
    shutil.rmtree(folder)


def branched(workspace: Workspace, folder: Path, place: str, label: Message) -> None:
    """A text with long histories on both sides is merged."""
    other = folder / "c.rancang"
    workspace.snapshot(other)
    theirs = Workspace.open(other, author=Author("Tuti"))
    for copy, sentence in ((workspace, "Kalimat 3 "), (theirs, "Kalimat 30 ")):
        before = next(p for p in copy.plan().programmes if p.id == place).before.read("id")
        for n in range(250):
            with copy.operation(label) as op:
                op.write("programme", place, "before", "id", before.replace(sentence, f"{sentence}{n} "))
    theirs.close()
    workspace.bring_back(other)
    ops = workspace._journal.load([("programme", place)])["programme", place]
    report(
        f"one text with {len(ops):,} versions behind it merged",
        timed(lambda: RowOps("programme", place, ops).resolve()),
        101,
    )


if __name__ == "__main__":
    main()
