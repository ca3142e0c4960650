"""Whoever writes a file for a person writes it through one place, which asks what lies there already."""

from __future__ import annotations

import re
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
ROOMS = ("cli", "books", "exchange", "submission")
BY_HAND = re.compile(
    r"\.write_(bytes|text)\(|open\([^)\n]*[\"'][wxa]b?\+?[\"']|shutil\.(copy|move)\w*\(|\.rename\(|os\.replace\("
)
OWN = {
    "cli/self_test.py": "folders of its own that go again",
    "exchange/agency_workbook/evidence.py": "a folder of its own that goes again",
    "exchange/list_memory.py": "the program's own folder",
    "exchange/shelf.py": "the program's own folder",
    "submission/comparing.py": "a folder of its own that goes again",
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
