"""What merging costs: time and memory against the limits, beside pygeodiff and apsw on the same edits.

Run by hand, with the folder of the checkout as PYTHONPATH: python tests/bench/bench_merge.py
Every figure is taken in a process of its own. pygeodiff and apsw are in the extra ``bench``; where they are
missing, that is said. A busy machine makes all figures larger.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.base import Message
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace, sending
from desktop.workspace.plan import Plan
from tests.bench import rivals

ROOT = Path(__file__).resolve().parents[2]
LABEL = Message("workspace.label.resolve")
REPLICAS, EDITS, PROGRAMMES = 30, 400, 2_000
MERGE_LIMIT, MEMORY_LIMIT, PREVIEW_LIMIT = 3_000, 250, 400
WORDS = [f"Kalimat {n} tentang layanan publik di kabupaten ini." for n in range(40)]


# -- the same edits for everybody -----------------------------------------------------------------
def prepare(folder: Path) -> None:
    """A workspace of 10,000 rows, 30 people's changes files, and one colleague's file in both forms."""
    path = folder / "base.rancang"
    pack = write_pack(ROOT / "tests" / "data" / "tiny-pack")
    author = Author("Sari")
    with Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030, pack=pack, author=author
    ) as base:
        _fill(base)
    for n in range(REPLICAS):
        _apart(folder, f"replica-{n}", n, EDITS, slice(n, None, REPLICAS))
    _apart(folder, "colleague", 99, 1_000, slice(None))


def _fill(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        for n in range(PROGRAMMES):
            row = op.insert(
                "programme",
                title={"id": f"Program {n}"},
                service={"id": " ".join(WORDS[n % 30 : n % 30 + 8])},
            )
            for year in range(2026, 2030):
                op.put("budget_line", programme=row, year=year, source="apbd", indicative=n)


def _apart(folder: Path, name: str, seed: int, edits: int, own: slice) -> None:
    """One person's copy with so many edits, each an operation, nine of ten in rows of their own."""
    path = folder / f"{name}.rancang"
    shutil.copy(folder / "base.rancang", path)
    os.environ["RANCANG_HOME"] = str(folder / f"home of {name}")
    with Workspace.open(path, author=Author(name)) as copy:
        copy._raw().execute("PRAGMA synchronous=OFF")
        heads = copy._journal.newest()
        rng = random.Random(seed)
        plan = copy.plan()
        mine = plan.programmes[own]
        for n in range(edits):
            _edit(copy, plan, rng, mine if rng.random() < 0.9 else plan.programmes, n)
        it = sending.parcel(copy, since=heads, full=False)
        sending.write(copy, folder / f"{name}.rancang-changes", it, review=False, evidence=False)
        copy.snapshot(folder / f"{name}.compact")
    (folder / f"{name}.compact").replace(path)
    shutil.rmtree(folder / f"home of {name}")


def _edit(copy: Workspace, plan: Plan, rng: random.Random, rows: object, n: int) -> None:
    some = rng.choice(rows)
    with copy.operation(LABEL) as op:
        kind = rng.random()
        if kind < 0.4:
            op.put("budget_line", programme=some.id, year=rng.randrange(2026, 2030), source="apbd",
                   indicative=rng.randrange(10**9))  # fmt: skip
        elif kind < 0.65:
            words = some.service.read("id").split(" ")
            words[rng.randrange(len(words))] = f"kata{n}"
            op.write("programme", some.id, "service", "id", " ".join(words))
        elif kind < 0.85:
            op.set("programme", some.id, status=f"s{rng.randrange(5)}", code=f"{n}")
        elif kind < 0.95:
            op.insert("activity", programme=some.id, title={"id": f"Kegiatan {n}"})
        else:
            op.answer(f"profile.i{rng.randrange(50)}", f"jawaban {n}", policy="conflict")


# -- what is measured, each in a fresh process ----------------------------------------------------
def _opened(folder: Path) -> Workspace:
    os.environ["RANCANG_HOME"] = str(folder / "home")
    target = folder / f"target-{os.getpid()}.rancang"
    shutil.copy(folder / "base.rancang", target)
    return Workspace.open(target, author=Author("Sari"))


def _files(folder: Path) -> list[Path]:
    return [folder / f"replica-{n}.rancang-changes" for n in range(REPLICAS)]


def clocked(act: Callable[[], object]) -> dict[str, float]:
    """How long it takes by the wall, and how much of that it is at work itself."""
    started, worked = time.perf_counter(), time.process_time()
    act()
    spent = (time.perf_counter() - started) * 1000
    return {"ms": spent, "cpu": (time.process_time() - worked) * 1000, "peak": _peak()}


def at_once(folder: Path) -> dict[str, float]:
    """Thirty people's changes files brought back in one go, the backup before it included."""
    with _opened(folder) as workspace:
        got = clocked(lambda: workspace.bring_back(*_files(folder)))
        return {**got, "conflicts": len(workspace.conflicts())}


def one_by_one(folder: Path) -> dict[str, float]:
    """The same files one after the other, each with its own backup and report."""
    with _opened(folder) as workspace:
        return clocked(lambda: [workspace.bring_back(path) for path in _files(folder)])


def previewed(folder: Path) -> dict[str, float]:
    """A thousand edits looked at, nothing kept."""
    path = folder / "colleague.rancang-changes"
    with _opened(folder) as workspace:
        return {**clocked(lambda: workspace.preview(path)), "note": f"({path.stat().st_size:,} bytes)"}


def whole_file(folder: Path) -> dict[str, float]:
    """The same thousand edits in the colleague's whole workspace file."""
    with _opened(folder) as workspace:
        return clocked(lambda: workspace.preview(folder / "colleague.rancang"))


def _peak() -> float:
    """The most memory this process ever had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says there begins with the peak of whoever started the process
        line = next(each for each in status.read_text("ascii").splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def plain_copy(folder: Path, name: str) -> Path:
    """The rows alone, as the other tools want them: no journal, no guards."""
    target = folder / f"{name}.plain"
    if not target.exists():
        shutil.copy(folder / f"{name}.rancang", target)
        raw = sqlite3.connect(target)
        for trigger in [r[0] for r in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            raw.execute(f'DROP TRIGGER "{trigger}"')
        for table in [r[0] for r in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]:
            if table.startswith(("sync_", "blob")):
                raw.execute(f'DROP TABLE "{table}"')
        raw.commit()
        raw.execute("VACUUM")
        raw.close()
    return target


MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    "at_once": at_once,
    "one_by_one": one_by_one,
    "previewed": previewed,
    "whole_file": whole_file,
    "apsw": lambda folder: rivals.apsw_merge(list(_plain(folder))),
    "apsw_delta": lambda folder: rivals.apsw_delta(folder / "base.plain", plain_copy(folder, "colleague")),
    "pygeodiff": lambda folder: rivals.geodiff_merge(list(_plain(folder))),
    "pygeodiff_delta": lambda folder: rivals.geodiff_delta(
        folder / "base.plain", plain_copy(folder, "colleague")
    ),
}


def _plain(folder: Path) -> Iterator[Path]:
    yield folder / "base.plain"
    for n in range(REPLICAS):
        yield plain_copy(folder, f"replica-{n}")


def measure(name: str, folder: Path) -> dict[str, float]:
    """One figure, taken in a process of its own."""
    words = [sys.executable, str(Path(__file__).resolve()), name, str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["stopped"])[-1]
        return {"failed": last}
    return dict(json.loads(done.stdout.splitlines()[-1]))


_MISSED: list[str] = []
"""Lines whose limit was missed, or that could not be measured against it."""


def say(name: str, got: dict[str, float], limit: float | None = None, what: str = "ms") -> None:
    """One line: what, how much, and the ratio to the limit where there is one."""
    if limit and ("failed" in got or got[what] > limit):
        _MISSED.append(name.strip())
    if "failed" in got:
        sys.stdout.write(f"{name:<66}cannot: {got['failed']}\n")
        return
    beside = f"   limit {limit:6.0f}   x {got[what] / limit:.2f}" if limit else ""
    own = f"   at work {got['cpu']:7.1f} ms" if what == "ms" and "cpu" in got else ""
    more = own + "".join(
        f"   {key} {got[key]}" for key in ("conflicts", "note") if key in got and what == "ms"
    )
    unit = "MB" if what in {"peak", "size"} else "ms"
    sys.stdout.write(f"{name:<66}{got[what]:9.1f} {unit}{beside}{more}\n")
    sys.stdout.flush()


def main() -> int:
    """Make the files (or use those of a folder that is named), then measure everything; 1 past a limit."""
    if len(sys.argv) > 2:
        sys.stdout.write(json.dumps(MEASURES[sys.argv[1]](Path(sys.argv[2]))) + "\n")
        return 0
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="rancang-bench-"))
    folder.mkdir(exist_ok=True)
    if not (folder / "colleague.rancang-changes").exists():
        prepare(folder)
    plain_copy(folder, "base")
    merged = measure("at_once", folder)
    say(f"{REPLICAS} changes files x {EDITS} edits on 10,000 rows, at once", merged, MERGE_LIMIT)
    say("  peak memory of it", merged, MEMORY_LIMIT, "peak")
    say("the same files one after the other, a backup each", measure("one_by_one", folder))
    looked = measure("previewed", folder)
    say("1,000 edits in a changes file previewed", looked, PREVIEW_LIMIT)
    say("  peak memory of it", looked, MEMORY_LIMIT, "peak")
    say("the same 1,000 edits in a whole workspace file previewed", measure("whole_file", folder))
    for tool in ("apsw", "pygeodiff"):
        if importlib.util.find_spec(tool) is None:
            sys.stdout.write(f"{tool} is not installed (pip install rancang[bench]): not compared\n")
            continue
        say(f"{tool}: {REPLICAS} x {EDITS} edits", measure(tool, folder))
        say(f"{tool}: 1,000 edits made a delta and applied", measure(f"{tool}_delta", folder))
    if len(sys.argv) < 2:
        shutil.rmtree(folder)
    if _MISSED:
        sys.stdout.write(f"limits MISSED: {', '.join(_MISSED)}\n")
    return 1 if _MISSED else 0


if __name__ == "__main__":
    sys.exit(main())
