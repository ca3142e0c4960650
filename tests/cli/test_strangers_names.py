"""What strangers named, on a terminal: it writes no line, hides nothing, and leads to no code of theirs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.base import Language, Message
from desktop.cli.console import Console, hanging

ROOT = Path(__file__).resolve().parents[2]
ENTRY = """import sys
from desktop.__main__ import main
if __name__ == "__main__":
    sys.exit(main())
"""
"""The program as it is installed: a script in a folder of its own."""
BAD = "paket\n18.07 Sah\x1b[8m\u202e\u2028.asice"


def test_a_name_cannot_write_a_line_of_its_own(capsys):
    console = Console(Language.ID, as_json=False)
    console.note(Message("cli.verify.reported", file=BAD))
    console.line(f"    {BAD}")
    console.record("x", {}, [f"[1]  {BAD}", f"      {BAD}"])
    console.record("x", {}, f"Sah: {BAD}")
    console.record("x", {}, hanging("Sumur: ", f"{BAD}\nbaris kedua"))
    console.fail(Message("cli.verify.reported", file=BAD))
    said = capsys.readouterr()
    lines = said.out.split("\n")
    assert len(lines) == 10, "no text begins a line of its own"
    assert lines[-2].startswith("    "), "and further lines of one stand further in"
    assert said.err.count("\n") == 1
    for hidden in ("\x1b", "\u202e", "\u2028"):
        assert hidden not in said.out + said.err


def test_an_object_stands_on_one_line_for_every_reader(capsys):
    """And commands a terminal, or turns its writing, in no way: U+009B clears a line in some."""
    odd = f"{BAD}\x85\u2029\x9b2K\x7f\u202e\u200b\U000e0041 é…"
    Console(Language.ID, as_json=True).record("x", {"name": odd}, "")
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["name"] == odd
    assert {sign for sign in line if not sign.isascii()} <= {"é", "…", "“", "”"}
    assert line.isprintable()


@pytest.mark.slow
def test_no_code_is_run_that_lies_beside_a_package(tmp_path):
    """The current folder is where a stranger's package was unpacked, with modules beside it."""
    inbox, ran, entry = tmp_path / "inbox", tmp_path / "ran", tmp_path / "bin" / "rancang"
    for folder in (inbox, entry.parent):
        folder.mkdir()
    for module in ("json", "pickle", "multiprocessing"):
        (inbox / f"{module}.py").write_text(f"open({str(ran)!r}, 'w')\nraise SystemExit\n")
    (inbox / "paket.asice").write_bytes(b"PK\x03\x04 no package")
    entry.write_text(ENTRY)
    for words in (["verify", "paket.asice"], ["receive", ".", "--register", str(tmp_path / "r.sqlite")]):
        done = subprocess.run(
            [sys.executable, str(entry), *words],
            cwd=inbox,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
    assert not ran.exists()
