"""The long layer (``-m torture``): ten thousand histories, a hundred kills; totals are printed.

Every history has a number, which is the seed of all it does. Resumable: ``RANCANG_TORTURE_FROM`` and
``RANCANG_TORTURE_TO`` are the first number and the one after the last; with ``RANCANG_TORTURE_PROGRESS``,
the name of a small file, a run that was stopped goes on where it was. Kills are numbered from the same first.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.workspace import Author, Workspace
from tests.workspace.test_kill import edit_and_kill
from tests.workspace.test_merge_laws import run, seed_rows

pytestmark = pytest.mark.torture
FIRST = int(os.environ.get("RANCANG_TORTURE_FROM", "0"))
END = int(os.environ.get("RANCANG_TORTURE_TO", "0")) or FIRST + 10_000
PROGRESS = os.environ.get("RANCANG_TORTURE_PROGRESS", "")
BLOCK = 100


class Progress:
    """How far the histories have come, kept in a file from run to run."""

    def __init__(self) -> None:
        self._file = Path(PROGRESS) if PROGRESS else None
        self.following, self.seconds = FIRST, 0.0
        if self._file is not None and self._file.exists():
            said = json.loads(self._file.read_text(encoding="utf-8"))
            if (said["from"], said["to"]) == (FIRST, END):
                self.following, self.seconds = said["next"], said["seconds"]

    def keep(self) -> None:
        """Write down and say where we are."""
        done = {"from": FIRST, "to": END, "next": self.following, "seconds": round(self.seconds)}
        if self._file is not None:
            part = self._file.with_name(f"{self._file.name}.part")
            part.write_text(json.dumps(done), encoding="utf-8")
            part.replace(self._file)
        # the torture layer prints its totals (pytest -s shows them)
        count = self.following - FIRST
        print(f"histories {FIRST} to {self.following - 1}: {count} equal, nothing lost, {self.seconds:.0f} s")  # noqa: T201


def test_ten_thousand_histories_end_equal(make: Callable[..., Workspace], tmp_path: Path) -> None:
    template = make("template")
    seed_rows(template)
    template.close()
    progress = Progress()
    while progress.following < END:
        started = time.monotonic()
        block = range(progress.following, min(progress.following + BLOCK, END))
        for number in block:
            folder = tmp_path / str(number)
            folder.mkdir()
            try:
                run(template.path, folder, random.Random(number))
            except BaseException as error:
                error.add_note(f"history number {number}")
                raise
            shutil.rmtree(folder)
        progress.seconds += time.monotonic() - started
        progress.following = block.stop
        progress.keep()
    assert progress.following == END


@pytest.mark.parametrize("number", range(FIRST + 1000, FIRST + 1100))
def test_a_hundred_kills_lose_nothing(make: Callable[..., Workspace], number: int) -> None:
    rng = random.Random(number)
    workspace = make()
    path = workspace.path
    workspace.close()
    last = edit_and_kill(path, number, rng.randrange(2, 199), rng.random() * 0.03)
    with Workspace.open(path, author=Author("Sari")) as again:
        counter = again.plan().answer("profile.counter").value
        assert counter in {last, last + 1}
        again.self_check()
