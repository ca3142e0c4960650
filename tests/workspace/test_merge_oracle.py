"""Random merges judged by SQLite's session extension: nothing changed that neither side had changed."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.workspace import Author, Workspace
from tests.workspace.histories import Copies, hurried, incoming_from, seed, unite

pytestmark = [pytest.mark.uncounted, pytest.mark.slow]
ORACLE = Path(__file__).with_name("session_oracle.py")


@pytest.fixture
def template(make: Callable[..., Workspace]) -> Path:
    """A few rows with a past of their own."""
    workspace = make("template")
    seed(workspace)
    world = Copies(workspace, workspace.path.parent, 1)
    rng = random.Random(7)
    for _ in range(12):
        world.edit(0, rng)
    workspace.close()
    return workspace.path


def case(template: Path, folder: Path, rng: random.Random) -> None:
    """Two people work apart from one base; the four files are left closed."""
    folder.mkdir(parents=True)
    for name in ("base", "left", "right", "merged"):
        shutil.copy(template, folder / name)
    opened = {}
    for name in ("left", "right", "merged"):
        opened[name] = hurried(folder / name, name)
        with opened[name]._writing() as journal:
            journal.register_replica(Author(name), name, None, "2026-11-24T00:00:00+00:00")
    left, right, merged = opened.values()
    world = Copies(left, folder, 1)
    world.copies.append(right)
    world.seen.append(set(world.seen[0]))
    listed = list_of(left)
    for i, times in ((0, rng.randrange(2, 9)), (1, rng.randrange(2, 9))):
        for _ in range(times):
            world.edit(i, rng)
    for side in rng.sample([left, right], 2):
        unite(merged, incoming_from(side))
    listed += [each for copy in (left, right, merged) for each in list_of(copy)]
    (folder / "listed.json").write_text(json.dumps(listed), encoding="utf-8")
    for workspace in opened.values():
        workspace.close()


def list_of(workspace: Workspace) -> list[list[str]]:
    """What is listed as filled differently; a row that is in question with all its columns."""
    return [
        [c.table, c.row, column]
        for c in workspace.conflicts()
        for column in ([c.field.partition(":")[0]] if c.field else columns(workspace, c.table))
    ]


def columns(workspace: Workspace, table: str) -> list[str]:
    return [record[1] for record in workspace._raw().execute(f'PRAGMA table_info("{table}")')]


def judged(folder: Path) -> list[dict[str, Any]]:
    """The oracle's verdict on every case."""
    done = subprocess.run(
        [sys.executable, str(ORACLE), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        f"the oracle could not be asked (apsw is in the extra dev): {done.stderr[-400:]}"
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def merges(template: Path, folder: Path, first: int, count: int) -> None:
    for number in range(first, first + count):
        case(template, folder / f"{number:05}", random.Random(number))
    verdicts = judged(folder)
    assert len(verdicts) == count
    assert [each for each in verdicts if each["faults"]] == []
    # they did change something, and often the same rows
    assert sum(each["changed"] for each in verdicts) > 3 * count
    assert sum(each["both"] for each in verdicts) > count // 2


def test_random_merges_change_nothing_that_neither_side_changed(template: Path, tmp_path: Path) -> None:
    merges(template, tmp_path / "merges", 0, 10)


@pytest.mark.torture
def test_two_hundred_random_merges_change_nothing_that_neither_side_changed(
    template: Path, tmp_path: Path
) -> None:
    merges(template, tmp_path / "merges", 1_000, 200)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme SET status = 'nobody wrote this'",
        "DELETE FROM deadline; DELETE FROM budget_line",
        "INSERT INTO agency (id) VALUES ('00000000000000000000000000000000')",
    ],
)
def test_the_oracle_sees_what_should_not_be(template: Path, tmp_path: Path, statement: str) -> None:
    folder = tmp_path / "merges"
    case(template, folder / "1", random.Random(1))
    raw = sqlite3.connect(folder / "1" / "merged")
    for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{trigger}"')
    raw.executescript(statement)
    raw.close()
    assert judged(folder)[0]["faults"]
