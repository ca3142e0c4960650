"""The long layer (``-m torture``): thousands of histories, a hundred kills; totals are printed.

Resumable: ``RANCANG_TORTURE_FROM`` is the number of the first history or kill.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.workspace import Author, Workspace
from tests.workspace.test_kill import edit_and_kill
from tests.workspace.test_merge_laws import run, seed_rows

pytestmark = pytest.mark.torture
FIRST = int(os.environ.get("RANCANG_TORTURE_FROM", "0"))
BLOCK = 100


@pytest.mark.parametrize("block", range(30))
def test_thousands_of_histories_end_equal(make: Callable[..., Workspace], tmp_path: Path, block: int) -> None:
    template = make("template")
    seed_rows(template)
    template.close()
    for number in range(FIRST + block * BLOCK, FIRST + (block + 1) * BLOCK):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            run(template.path, folder, random.Random(number))
        except AssertionError as error:
            error.add_note(f"history number {number}")
            raise
        shutil.rmtree(folder)
    # the torture layer prints its totals (pytest -s shows them)
    print(f"histories {FIRST + block * BLOCK} to {FIRST + (block + 1) * BLOCK - 1}: equal, nothing lost")  # noqa: T201


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
