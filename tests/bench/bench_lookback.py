"""How long it takes to search everything, to look back over 20,000 changes, and to say what is new.

Run by hand, with the folder of the checkout as PYTHONPATH: python tests/bench/bench_lookback.py
The plan is that of tests/large.py. Both the clock's time and the processor's are told: on a machine that
does other things as well only the second says anything. Limits: 30 ms for a key, 100 ms in the window.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop.base import Language, Message
from desktop.cli.naming import Names
from desktop.cli.past_activity import counted
from desktop.cli.past_told import Past
from desktop.exchange.newness import what_is_new
from desktop.exchange.searching import Placing, filled, update
from desktop.guideline import bundled_bytes
from desktop.ui.past.steps import SHOWN
from desktop.workspace import Author, Workspace, since, story
from desktop.workspace.journal import Edit
from tests import large

T = TypeVar("T")
LABEL = Message("workspace.label.resolve")
CHANGES, PROGRAMMES, AUTHORS = 20_000, 300, 30


def timed(name: str, act: Callable[[], T]) -> T:
    """One line: what, the clock's and the processor's milliseconds; the better of three."""
    best: tuple[float, float] | None = None
    made: T
    for _ in range(3):
        began, worked = time.perf_counter(), time.process_time()
        made = act()
        took = ((time.process_time() - worked) * 1000, (time.perf_counter() - began) * 1000)
        best = min(best, took) if best is not None else took
    sys.stdout.write(f"{name:<58}{best[1]:9.1f} ms{best[0]:9.1f} ms of the processor\n")  # type: ignore[index]
    sys.stdout.flush()
    return made


def search(folder: Path) -> None:
    """The index of the large plan."""
    path = folder / "large.rancang"
    large.build(path).close()
    with Workspace.open(path, author=Author("Sari")) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        index = timed("index of the large plan", lambda: filled(workspace))
        sys.stdout.write(f"    {len(index)} documents\n")
        placing = Placing(plan, pack)
        for typed in ("ke", "kesehatan", "masyarakat la", "program kesehatan masyarakat", '"layanan publik"'):
            found = timed(f"a key: {typed}", lambda typed=typed: index.find(typed))  # type: ignore[misc]
            matches = [match for group in found.groups for match in group.matches]
            timed("    where its results are", lambda: [placing.where(each) for each in matches])  # noqa: B023
        row = ("programme", plan.programmes[0].id)
        timed("one programme read again", lambda: update(index, path, pack, [row]))
        timed("names of the whole plan (beside the window)", lambda: Names(plan, pack))


def past(folder: Path) -> None:
    """A history of many changes by many hands."""
    path = folder / "past.rancang"
    pack, author = bundled_bytes("smart-city-2021"), Author("Sari", "secretary")
    made = Workspace.create(path, region="18.07", first_year=2026, last_year=2030, pack=pack, author=author)
    with made:
        with made.operation(LABEL) as op:
            rows = [op.insert("programme", title={"id": f"Program {n}"}) for n in range(PROGRAMMES)]
        _write_many(made, rows)
    with Workspace.open(path, author=Author("Sari"), read_only=True) as workspace:
        plan = workspace.plan()
        first, after = timed("newest page of the history", lambda: story.steps(workspace))
        timed("next page", lambda: story.steps(workspace, after=after))
        one = frozenset({"Orang 3"})
        timed("of one person", lambda: story.steps(workspace, story.Wanted(authors=one)))
        day = dt.date(2026, 3, 3)
        timed("of one day", lambda: story.steps(workspace, story.Wanted(since=day, until=day)))
        family = timed(
            "a programme with its parts", lambda: story.family(workspace, "programme", plan.programmes[0].id)
        )
        timed("of a programme", lambda: story.steps(workspace, story.Wanted(rows=family)))
        told = Past(workspace, Language.ID)
        timed("one step in words, as the window shows it", lambda: told.told(first[:1], most=SHOWN))
        timed("a page in words", lambda: told.told(first))
        timed("what is new: 60 changes", lambda: what_is_new(workspace, [first[-1].id]))
        oldest = workspace.recent(CHANGES)[-1].id
        timed("which of 20,000 are new", lambda: since.since(workspace, [oldest]))
        timed("activity of half a year", lambda: counted(workspace))
        timed("activity of all years", lambda: counted(workspace, dt.date(2026, 1, 1)))


def _write_many(workspace: Workspace, rows: list[str]) -> None:
    """Change sets of one edit each, in one transaction: to write them one by one would take minutes."""
    rng, begin = random.Random(1), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with workspace._writing() as journal:
        for number in range(CHANGES):
            row = rng.choice(rows)
            heads = journal.heads([("programme", row)])["programme", row]
            edit = Edit(
                "programme", row, "U", "status", f"s{number}", tuple(heads.get("status") or heads["*"])
            )
            author = Author(f"Orang {number % AUTHORS}", "agency")
            written = journal.write(
                [edit], kind="edit", label=LABEL, author=author, now=begin + dt.timedelta(minutes=15 * number)
            )
            journal.follow(written)


def main() -> None:
    """Measure everything in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="rancang-bench-") as name:
        folder = Path(name)
        os.environ["RANCANG_HOME"] = str(folder / "home")
        search(folder)
        past(folder)


if __name__ == "__main__":
    main()
