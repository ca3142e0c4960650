"""Whoever writes a file for a person writes it through one place, which asks what lies there already."""

from __future__ import annotations

import re
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
ROOMS = ("cli", "books", "exchange", "submission", "workspace")
BY_HAND = re.compile(
    r"\.write_(bytes|text)\(|open\([^)\n]*[\"'][wxa]b?\+?[\"']|shutil\.(copy|move)\w*\(|\.rename\(|os\.replace\("
)
OWN = {
    "cli/self_test.py": "folders of its own that go again",
    "exchange/agency_workbook/evidence.py": "a folder of its own that goes again",
    "exchange/list_memory.py": "the program's own folder",
    "exchange/shelf.py": "the program's own folder",
    "submission/returning/comparing.py": "a folder of its own that goes again",
    "submission/register/known_here.py": "the program's own folder",
    "workspace/backup.py": "placing.own_place",
    "workspace/database_copies.py": "a folder of its own that goes again",
    "workspace/file.py": "the lock, made new",
    "workspace/left_as.py": "the program's own folder",
    "workspace/noted.py": "the program's own folder",
    "workspace/profile.py": "the program's own folder",
    "workspace/restoring.py": "placing.own_place",
}
"""Who writes by hand, and where."""


def test_files_for_people_are_written_through_one_place() -> None:
    """:mod:`desktop.base.placing` keeps what is not ours (tests/cli/test_overwriting.py)."""
    found = {
        str(path.relative_to(DESKTOP))
        for room in ROOMS
        for path in sorted((DESKTOP / room).rglob("*.py"))
        if BY_HAND.search(path.read_text(encoding="utf-8"))
    }
    assert found == OWN.keys()


NAMED = {
    "ui/pages/desk.py": "a register that lies there is worked with",
    "ui/pages/new_document.py": "a workspace is made only where nothing lies",
}
"""Who asks for a name and writes no file over another."""


def test_what_lay_there_when_a_dialog_answered_goes_along() -> None:
    """:func:`desktop.base.written.chosen`: a file that comes meanwhile stays (tests/ui/test_over.py)."""
    asks = {
        str(path.relative_to(DESKTOP)): path.read_text(encoding="utf-8")
        for path in sorted((DESKTOP / "ui").rglob("*.py"))
        if "ask_save(" in path.read_text(encoding="utf-8").replace("def ask_save(", "")
    }
    assert {
        path for path, said in asks.items() if not re.search(r"\bchosen\((target|path)\)", said)
    } == NAMED.keys()


def test_jobs_that_write_into_a_folder_are_held_to_what_was_decided() -> None:
    """Of a folder that is chosen nobody was asked about the files in it."""
    said = (DESKTOP / "ui/receiving/handing_on.py").read_text(encoding="utf-8")
    started = re.findall(r"\.start\(([^\n]*)", said)
    assert len(started) == 3
    assert all(", as_decided, " in each for each in started)


LISTS = re.compile(r"csv\.writer\(|data_type = \"s\"")
EXACT = {"ui/grid/clipboard.py": "cells as they are, for a program to paste"}


def test_texts_for_spreadsheets_go_through_one_place() -> None:
    """:mod:`desktop.base.spreadsheets` keeps a stranger's words from being computed or unfolded there."""
    found = {
        str(path.relative_to(DESKTOP))
        for path in sorted(DESKTOP.rglob("*.py"))
        if LISTS.search(said := path.read_text(encoding="utf-8"))
        and "from desktop.base.spreadsheets import" not in said
    }
    assert found == EXACT.keys()


OPENED = re.compile(r"sqlite3\.connect\((?!\":memory:\")|create_engine\(\"sqlite:///")


def test_databases_are_opened_in_one_place() -> None:
    """:mod:`desktop.workspace.databases` looks at what lies beside them, which SQLite follows unasked."""
    found = {
        str(path.relative_to(DESKTOP))
        for path in sorted(DESKTOP.rglob("*.py"))
        if OPENED.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"workspace/databases.py"}
