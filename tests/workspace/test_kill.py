"""kill -9 in the middle of edits: no operation that was reported saved is lost, the file stays whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.workspace import Author, Workspace

EDITOR = """
import random, sys
from pathlib import Path
from desktop.base import Message
from desktop.workspace import Author, Workspace
rng = random.Random(int(sys.argv[2]))
workspace = Workspace.open(Path(sys.argv[1]), author=Author("Sari"))
print("ready", flush=True)
for n in range(200):
    with workspace.operation(Message("workspace.label.resolve")) as op:
        op.answer("profile.counter", n)
        text = f"<p>{n} " + "kata " * rng.randrange(400) + "</p>"
        op.answer_text(f"chapter.{rng.randrange(5)}", "id", text)
        if n % 3 == 0:
            op.insert("programme", title={"id": f"P{n}"})
    print(n, flush=True)
"""


@pytest.mark.parametrize(
    "number", [*range(4), *(pytest.param(each, marks=pytest.mark.slow) for each in range(4, 10))]
)
def test_no_saved_operation_is_lost(make: Callable[..., Workspace], number: int) -> None:
    rng = random.Random(number)
    workspace = make()
    path = workspace.path
    workspace.close()
    stop_after = rng.randrange(2, 60)
    last = edit_and_kill(path, number, stop_after, rng.random() * 0.02)
    with Workspace.open(path, author=Author("Sari")) as again:
        counter = again.plan().answer("profile.counter").value
        # the operation after the last one reported may have been written too, but not been said yet
        assert counter in {last, last + 1}
        assert len(again.plan().programmes) == int(str(counter)) // 3 + 1
        again.self_check()


def edit_and_kill(path: Path, number: int, stop_after: int, later: float) -> int:
    """Run an editor, kill it a moment after it reported some edit; the last number it reported."""
    import select

    process = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(path), str(number)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    last = -1
    for line in process.stdout:
        last = int(line) if line.strip() != "ready" else -1
        if last >= stop_after:
            select.select([], [], [], later)
            os.kill(process.pid, signal.SIGKILL)
            break
    rest = process.stdout.read().split()
    process.stdout.close()
    process.wait()
    assert process.returncode == -signal.SIGKILL
    return int(rest[-1]) if rest else last


def test_a_file_left_half_written_can_be_looked_at(make: Callable[..., Workspace]) -> None:
    """Found by the kills: a reader may not roll back, so nobody could even look at the file."""
    workspace = make()
    path = workspace.path
    workspace.close()
    crash = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute('UPDATE sync_gate SET open = 1');"
        "c.executemany('INSERT INTO agency(id) VALUES (?)', [(str(n) * 20,) for n in range(2000)]);"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", crash, str(path)], check=False)
    assert path.with_name(path.name + "-journal").exists()
    with Workspace.open(path, read_only=True) as reader:
        assert reader.plan().agencies == ()
