"""Pictures of anybody's are opened as the kinds that we mean, never as what they call themselves."""

from __future__ import annotations

import re
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
OPENED = re.compile(r"\bImage\.open\(")


def test_no_picture_is_opened_without_its_kinds() -> None:
    """One of Pillow's readers hands what it opens to Ghostscript, as a program to run."""
    found = [
        f"{path.relative_to(DESKTOP)}: {line.strip()}"
        for path in sorted(DESKTOP.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if OPENED.search(line) and "formats=" not in line
    ]
    assert found == []
